//! The generated types and services of `proto/comity/v1`, and their descriptors.

#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::allow_attributes_without_reason,
    missing_docs,
    reason = "generated code"
)]

tonic::include_proto!("comity.v1");

/// The encoded file descriptor set, comments included, for reflection.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/comity.v1.bin"));
