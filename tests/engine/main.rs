//! The day cycle and the depositary, and the conservation of what passes through them.

mod adoption;
mod conservation;
mod depositary;
mod rules;
mod spread;
