//! Comity: a laboratory for treaties. See ARCHITECTURE.md for the map; the rings below run from the inside out.

pub mod base;

pub mod law;

pub mod authority;
pub mod depositary;
pub mod world;

pub mod engine;

pub mod embedded;
pub mod reading;
pub mod scenario;

pub mod grpc;
pub mod transport;

pub mod tables;

pub mod study;

pub mod cli;
pub mod report;
pub mod validation;
