//! Comity: a laboratory for treaties. See ARCHITECTURE.md for the map; the rings below run from the inside out.

// Both end the program where nobody listens: results go through `writeln!`, what is said beside them through `tell!`.
#![warn(clippy::print_stdout, clippy::print_stderr)]

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
