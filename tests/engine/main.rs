//! The day cycle and the depositary, and the conservation of what passes through them.

#[path = "../checkers/mod.rs"]
mod checkers;

mod chance;
mod channels;
mod adoption;
mod attribution;
mod conservation;
mod depositary;
mod panel;
mod rules;
