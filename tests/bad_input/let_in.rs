//! What an article lets in of the requested state's own law, badly written.

use super::law::all_wrong;

#[test]
fn all_of_a_law_and_a_part_of_it_are_not_let_in_at_once() {
    let both = ("imports-on: [own-national]", "imports: true\n      imports-on: [own-nationel]");
    let advice = "`imports-on` is for the provisions that ask for these facts alone";
    let twice = [
        ("own-nationel", "unknown fact `own-nationel`", "did you mean `own-national`?"),
        ("own-nationel", "`imports` lets all of that law in already", advice),
    ];
    all_wrong(&[("treaties/ece57.yaml", both.0, both.1)], &twice);
}
