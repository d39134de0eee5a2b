//! T7: squeezed routes reappear where the map says. Named so that it is not forgotten; it cannot be run.

use crate::engine::Plan;
use crate::validation::protocol::Target;
use crate::validation::world::World;

pub(super) static TARGET: Target = Target {
    number: "T7",
    says: "Where a crackdown closes nodes of a route, traffic reappears on the detours that the map predicts, by 10 to 30 %.",
    source: "Dell 2015, American Economic Review 105(6), by its press summary",
    calibrated: false,
    statistics: &[],
    remarks: "Not run: the model has places, not routes. Choice among them is a logit, under which whatever closes sends \
              its share to all others alike, so that no map could predict more for one than for another.",
    worlds,
    measure,
};

fn worlds() -> Vec<World> {
    Vec::new()
}

fn measure(_: &[Plan], _: u64) -> Vec<Option<f64>> {
    Vec::new()
}
