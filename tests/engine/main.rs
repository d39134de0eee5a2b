//! The day cycle and the depositary, and the conservation of what passes through them.

#[path = "../checkers/mod.rs"]
mod checkers;

mod adoption;
mod attribution;
mod chance;
mod channels;
mod conservation;
mod depositary;
mod havens;
mod panel;
mod rules;
mod spread;
