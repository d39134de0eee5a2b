//! The day cycle and the depositary, and the conservation of what passes through them.

mod adoption;
mod as_far;
mod attribution;
mod chance;
mod channels;
mod choices;
mod conservation;
mod custom;
mod delays;
mod depositary;
mod enacting;
mod havens;
mod kept_answers;
mod names;
mod on_the_day;
mod panel;
mod regions;
mod rule_dates;
mod rules;
mod spread;
mod staff;
mod window;
