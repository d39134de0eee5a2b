//! The wire and the ways to it, by a small office of its own: what it decides does not matter here.

mod bench;
mod days;
mod hostile;
mod office;
mod refusals;
mod reports;
mod round_trip;
mod rungs;
mod strangers;
mod watching;
