//! The day cycle and the depositary, and the conservation of what passes through them.

mod attribution;
mod conservation;
mod depositary;
mod panel;
mod rules;
