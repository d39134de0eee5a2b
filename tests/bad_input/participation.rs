//! Who may join a treaty, badly written.

use super::law::{NO_HELP, wrong};

#[test]
fn those_whom_a_treaty_is_for_are_states_and_treaties_that_there_are() {
    let orders = "treaties/e-evidence.yaml";
    let open_to = "parties-to: european-union, but-not: [DNK]";
    let unknown = "parties-to: europaean-union, but-not: [DNK]";
    wrong((orders, open_to, unknown), "unknown treaty `europaean-union`", "did you mean `european-union`?");
    let unknown = "parties-to: european-union, but-not: [DKN]";
    wrong((orders, open_to, unknown), "unknown state `DKN`", "did you mean `DNK`?");
    wrong((orders, "opened: 2023-07-12", "opened: 2024-07-12"), "opened on 2024-07-12, but in force from", NO_HELP);
    let invited = ("treaties/lanzarote.yaml", "took-part: [CAN,", "took-part: [CAM,");
    wrong(invited, "unknown state `CAM`", NO_HELP);
    let amendment =
        ("treaties/ets185-amendment.yaml", "in-force-article:", "ends-with-parent: BUD 47\nin-force-article:");
    wrong(amendment, "which is left with the treaty that it amends (VCLT 44(1))", "leave out `leaves`");
    let bilateral = "treaties/us-de-extradition.yaml";
    let alone = "between: [USA, DEU]\non-invitation: { by: \"1\", unless-in: council-of-europe }";
    wrong((bilateral, "between: [USA, DEU]", alone), "between two states, and no other may join it", NO_HELP);
}
