//! The law as a whole: each rule of `comity check law` has a law folder that it alone finds wrong. A folder holds the
//! list of facts and what was changed; the built-in law stands for the rest.

use std::fs;
use std::path::Path;

use super::{Checked, check};

/// A file of `law/`, a text of it, and what takes its place.
pub(super) type Edit = (&'static str, &'static str, &'static str);
/// A text of the changed file at whose line the problem is expected, and the problem with its advice.
pub(super) type Wrong = (&'static str, &'static str, &'static str);

pub(super) const FACTS: &str = "facts.yaml";
pub(super) const NO_HELP: &str = "";

/// Checks a law folder with one change, in which exactly one thing must be wrong.
pub(super) fn wrong(edit: Edit, says: &str, help: &str) {
    let at = if edit.2.is_empty() { edit.1 } else { edit.2 };
    all_wrong(&[edit], &[(at, says, help)]);
}

/// Checks a law folder with changes, in which exactly these things must be wrong.
pub(super) fn all_wrong(edits: &[Edit], expected: &[(&str, &str, &str)]) {
    let folder = tempfile::tempdir().expect("a folder");
    let law = folder.path().join("law");
    let texts = write(&law, edits);
    let checked = check(&law);
    let Checked { code, stderr, .. } = &checked;
    assert_eq!(*code, Some(2), "{edits:?}\n{stderr}{}", checked.stdout);
    let said: Vec<&str> = stderr.lines().filter_map(|line| line.strip_prefix("error: ")).collect();
    assert_eq!(said.len(), expected.len(), "{edits:?}\n{stderr}");
    for (at, says, help) in expected {
        assert!(said.iter().any(|said| said.contains(says)), "`{says}` is not said\n{stderr}");
        assert!(help.is_empty() || stderr.contains(&format!("help: {help}")), "no help `{help}`\n{stderr}");
        let places: Vec<String> = texts
            .iter()
            .filter_map(|(name, text)| Some((name, text[..text.find(at)?].matches('\n').count() + 1)))
            .map(|(name, line)| format!("law/{name}:{line}:"))
            .collect();
        let points = checked.places().iter().any(|place| places.iter().any(|line| place.starts_with(line)));
        assert!(points, "nothing points at {places:?}\n{stderr}");
    }
}

/// Writes a law folder; the changed files.
pub(super) fn write(law: &Path, edits: &[Edit]) -> Vec<(&'static str, String)> {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("law");
    let sound = |name: &str| fs::read_to_string(ours.join(name)).expect("part of the repository");
    let mut texts: Vec<(&str, String)> = vec![(FACTS, sound(FACTS))];
    for (name, old, new) in edits {
        if texts.iter().all(|(known, _)| known != name) {
            texts.push((name, sound(name)));
        }
        let (_, text) = texts.iter_mut().find(|(known, _)| known == name).expect("just put there");
        assert!(text.contains(old), "{name}: `{old}` is gone");
        *text = text.replacen(old, new, 1);
    }
    for (name, text) in &texts {
        let path = law.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    texts
}

#[test]
fn our_own_law_is_sound() {
    let checked = check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("law"));
    assert_eq!((checked.code, checked.stderr.as_str()), (Some(0), ""));
    for kind in ["cases", "laws", "list of facts", "states", "tables of the record", "treaties"] {
        assert!(checked.stdout.contains(&format!(" {kind}")), "{}", checked.stdout);
    }
}

#[test]
fn articles_are_defined_before_they_are_cited() {
    let budapest = "treaties/ets185.yaml";
    wrong(
        (budapest, "\"41(1)\"]", "\"41(1)\", \"41(7)\"]"),
        "`41(7)` may be reserved, but BUD has no rule",
        "did you mean `41(1)`?",
    );
    wrong(
        ("treaties/cets224.yaml", "\"18(2)\"]", "\"18(2)\", \"18(9)\"]"),
        "`18(9)` may be declared upon",
        "did you mean `18(2)`?",
    );
    let closed = ("treaties/cets212.yaml", "reservable: [\"1\"]", "reservable: []");
    all_wrong(&[closed], &[("  \"1\":", "`1` depends on a reservation", NO_HELP)]);
    let closed = ("treaties/ets30.yaml", "declarable: [5(1)(a), ", "declarable: [");
    all_wrong(&[closed], &[("  5(1)(a):", "`5(1)(a)` depends on a declaration", NO_HELP)]);
}

#[test]
fn rules_do_something_or_say_why_not() {
    let silent =
        ("states/ken.yaml", "      not-expressed: Grounds, thresholds and procedure, which are not entered.\n", "");
    let help = "what the data cannot express goes into `not-expressed`";
    all_wrong(&[silent], &[("    Extradition Acts", "this rule does nothing", help)]);
    let amnesty = "that had jurisdiction over it.\n    for: [";
    let idle = ("treaties/ets98.yaml", "that had jurisdiction over it.\n    for: [extradition", amnesty);
    all_wrong(&[idle], &[("  \"4\":\n", "this rule is for no measure", NO_HELP)]);
}

#[test]
fn offences_can_be_committed_and_grounds_can_hold() {
    let austria = "states/aut.yaml";
    let trafficking =
        "all: [exploitation-or-services, means-used, intent], any: [recruit, transport, transfer, harbour,";
    let impossible = "none: [minor-or-means], all: [exploitation-or-services, means-used, intent], any: [recruit, transport, transfer, harbour,";
    all_wrong(
        &[(austria, trafficking, impossible)],
        &[("    trafficking:", "nobody can commit `trafficking`", NO_HELP)],
    );
    wrong(
        (
            austria,
            "{ all: [punishable-here], none: [over-one-year-here, meets-threshold] }",
            "{ all: [over-one-year-here], none: [punishable-here] }",
        ),
        "G.PENALTY under `ARHG 11(1)` can never hold",
        NO_HELP,
    );
    let derived = "when: { all: [list-offence, three-years-there] }";
    let never = "when: { all: [own-national, requesting-national] }";
    wrong((FACTS, derived, never), "`list-offence-of-three-years` can never hold", NO_HELP);
    let always = "{ none: [list-offence-of-three-years] }";
    all_wrong(
        &[
            (FACTS, derived, never),
            (austria, "{ all: [punishable-here], none: [over-one-year-here, meets-threshold] }", always),
        ],
        &[
            (never, "can never hold", NO_HELP),
            (always, "this condition always holds", "leave it out, if that is meant"),
        ],
    );
    let ended = (austria, "from: 2004-05-01, until: 2013-08-01", "from: 2004-05-01, until: 2003-08-01");
    let message = "out of force on 2003-08-01, before it enters into force on 2004-05-01";
    all_wrong(&[ended], &[("    trafficking-before-2013:", message, NO_HELP)]);
}

#[test]
fn rules_of_a_state_end_after_they_begin_and_those_of_a_treaty_have_no_days() {
    let (state, from) = ("states/ecu.yaml", "from: 2024-05-09");
    let message = "out of force on 2024-05-08, before it enters into force on 2024-05-09";
    for (days, at, message) in [
        ("from: 2024-05-09\n        until: 2024-05-08", "until: 2024-05-08", message),
        ("from: 2024-05-09\n        until:  2024-05-09", "until:  2024-05-09", "out of force on 2024-05-09"),
        ("from: 9 May 2024", "from: 9 May 2024", "9 May 2024"),
        ("from: 2024-02-30", "from: 2024-02-30", "2024-02-30"),
        ("form: 2024-05-09", "form: 2024-05-09", "unknown key `form`"),
    ] {
        all_wrong(&[(state, from, days)], &[(at, message, NO_HELP)]);
    }
    let article = (
        "treaties/ets98.yaml",
        "that had jurisdiction over it.\n",
        "that had jurisdiction over it.\n    from: 1980-01-01\n    until: 1980-01-01\n",
    );
    let message = "out of force on 1980-01-01, before it enters into force on 1980-01-01";
    all_wrong(&[article], &[("until: 1980-01-01", message, NO_HELP)]);
}

#[test]
fn variants_can_be_committed() {
    let model = "treaties/internet-trafficking-protocol.yaml";
    let everyone = "all: [commercial-sexual-exploitation, computer, intent]\n    any: [produce, distribute]";
    let edits = [
        (
            model,
            "all: [minor, commercial-sexual-exploitation, computer, intent]\n    any: [produce, distribute]",
            everyone,
        ),
        (
            model,
            "any: [produce, distribute]\n    none: [attempt",
            "any: [produce, distribute]\n    none: [minor, attempt",
        ),
    ];
    all_wrong(&edits, &[("  information-on-minors:", "nobody can commit `information-on-minors`", NO_HELP)]);
}

#[test]
fn a_law_says_something_of_extradition() {
    let without = "      for: [extradition]\n      not-expressed: Grounds";
    let edit = ("states/ken.yaml", without, "      for: [other-evidence]\n      not-expressed: Grounds");
    all_wrong(&[edit], &[("state: KEN", "`KEN` has no rule on extradition", NO_HELP)]);
}

#[test]
fn a_reservation_works_both_ways_without_an_article_that_says_so() {
    let reserved = "  \"29(4)\":\n    reciprocal-by: 29(3)\n";
    all_wrong(
        &[("treaties/ets185.yaml", "  \"29(4)\":\n", reserved)],
        &[(
            "reciprocal-by: 29(3)",
            "only what depends on a declaration is `reciprocal-by` an article",
            "a reservation works both ways by itself",
        )],
    );
}

#[test]
fn a_slip_in_the_law_of_a_state_is_told_once_however_many_cases_rest_on_it() {
    let slip = ("states/gbr.yaml", "until: 2004-01-01", "until: 2004-13-01");
    let cases = [("cases/ex-gbr-1.yaml", "title: ", "title: "), ("cases/ex-gbr-2.yaml", "title: ", "title: ")];
    all_wrong(&[slip, cases[0], cases[1]], &[("until: 2004-13-01", "there is no day `2004-13-01`", NO_HELP)]);
}

#[test]
fn treaties_name_treaties_and_states_that_there_are() {
    let warrant = "treaties/eaw.yaml";
    wrong((warrant, "displaces: [ece57,", "displaces: [ece75,"), "unknown treaty `ece75`", "did you mean `ece57`?");
    wrong((warrant, "displaces: [ece57,", "displaces: [eaw,"), "does not displace itself", NO_HELP);
    let bilateral = "treaties/us-de-extradition.yaml";
    wrong((bilateral, "between: [USA, DEU]", "between: [USA, DUE]"), "unknown state `DUE`", "did you mean `DEU`?");
    wrong((bilateral, "between: [USA, DEU]", "between: [USA, USA]"), "between a state and itself", NO_HELP);
    wrong(
        ("treaties/cets212.yaml", "protocol-to: ece57", "protocol-to: ece75"),
        "unknown treaty `ece75`",
        "did you mean `ece57`?",
    );
    let (parent, mine) = ("treaties/ece57.yaml", "treaties/ets86.yaml");
    all_wrong(
        &[
            (parent, "cites-as:", "protocol-to: ets86\ncites-as:"),
            (mine, "protocol-to: ece57", "protocol-to: ece57 "),
            ("status/treaties.csv", "ece57,", "ece57,"),
        ],
        &[
            ("protocol-to: ets86", "in the end, a protocol to itself", NO_HELP),
            ("protocol-to: ece57", "in the end, a protocol to itself", NO_HELP),
            ("ece57,", "by the treaty's own file `ets86`", NO_HELP),
        ],
    );
}

#[test]
fn two_protocols_do_not_contradict_one_another() {
    let (file, article) = ("treaties/ets86.yaml", "articles:\n");
    let fiscal = "articles:\n  \"9\":\n    says: A tax of another kind may be refused.\n    for: [extradition]\n    when: { all: [fiscal] }\n    refuse: { ground: G.FISCAL, force: may }\n";
    all_wrong(&[(file, article, fiscal)], &[("  \"9\":", "two protocols to ece57 change the same at once", NO_HELP)]);
    let other = fiscal.replace("[fiscal]", "[fiscal], none: [corresponding-fiscal-offence]");
    let folder = tempfile::tempdir().expect("a folder");
    let law = folder.path().join("law");
    write(&law, &[(file, article, fiscal)]);
    let path = law.join(file);
    let text = fs::read_to_string(&path).expect("just written").replace(fiscal, &other);
    fs::write(&path, text).expect("written");
    let checked = check(&law);
    assert_eq!(
        (checked.code, checked.stderr.as_str()),
        (Some(0), ""),
        "conditions that cannot meet change different things"
    );
}

#[test]
fn a_law_folder_holds_a_file_once_and_under_its_name() {
    wrong(("treaties/ets86.yaml", "treaty: ets86", "treaty: ets68"), "holds this as `treaties/ets68.yaml`", NO_HELP);
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("law/treaties/ets86.yaml");
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["one.yaml", "two.yaml"] {
        fs::copy(&ours, folder.path().join(name)).expect("copied");
    }
    let checked = check(folder.path());
    assert_eq!(checked.code, Some(2), "{}", checked.stderr);
    assert!(checked.stderr.contains("one.yaml` defines the same"), "{}", checked.stderr);
}

#[test]
fn law_files_named_together_are_one_law() {
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("law/treaties");
    let text = |name: &str| fs::read_to_string(ours.join(name)).expect("part of the repository");
    let folder = tempfile::tempdir().expect("a folder");
    let together = folder.path().join("both");
    fs::create_dir(&together).expect("made");
    let parent = text("ece57.yaml").replace("treaty: ece57", "treaty: ece75").replace("ECE57", "ECE75");
    let protocol = text("ets86.yaml").replace("protocol-to: ece57", "protocol-to: ece75");
    fs::write(together.join("parent.yaml"), parent).expect("written");
    fs::write(together.join("protocol.yaml"), &protocol).expect("written");
    let checked = check(&together);
    assert_eq!((checked.code, checked.stderr.as_str()), (Some(0), ""));
    assert_eq!(checked.stdout, "sound: 2 treaties\n");
    let alone = folder.path().join("alone.yaml");
    fs::write(&alone, protocol).expect("written");
    assert!(check(&alone).stderr.contains("unknown treaty `ece75`"));
}

#[test]
fn cases_cite_grounds_and_articles_that_there_are() {
    let case = "cases/wc-13.yaml";
    wrong(
        (case, "basis: [BUD 29(4)]", "basis: [BUD 29(9)]"),
        "no law of this case has `BUD 29(9)`",
        "did you mean `BUD 29(",
    );
    wrong(
        (case, "grounds: [G.DUAL-PRES]", "grounds: [G.DUAL-PREZ]"),
        "unknown value `G.DUAL-PREZ`",
        "did you mean `G.DUAL-PRES`?",
    );
}

#[test]
fn everything_wrong_with_a_law_is_said_at_once() {
    let expected: [Wrong; 4] = [
        ("displaces: [ece75,", "unknown treaty `ece75`", "did you mean `ece57`?"),
        ("[intrud, security", "unknown fact `intrud`", "did you mean `intrude`?"),
        ("ALB,2001-11-22", "before it was opened for signature", NO_HELP),
        ("ets185,BGR,14(4)", "allows no reservation", "did you mean `14(3)`?"),
    ];
    let edits = [
        ("treaties/eaw.yaml", "displaces: [ece57,", "displaces: [ece75,"),
        ("states/aut.yaml", "[intrude, security", "[intrud, security"),
        ("status/ets185.csv", "ALB,2001-11-23", "ALB,2001-11-22"),
        ("status/reservations.csv", "ets185,BGR,14(3)", "ets185,BGR,14(4)"),
    ];
    all_wrong(&edits, &expected);
}

#[test]
fn a_treaty_that_would_be_in_force_without_anybody_is_refused() {
    let edit = ("treaties/c182.yaml", "first-in-force: { consents: 2 }", "first-in-force: { consents: 0 }");
    wrong(edit, "`c182` would enter into force without any consent", "with the first one");
}

#[test]
fn a_treaty_that_could_never_be_in_force_is_refused() {
    let convention = "treaties/c182.yaml";
    let edits = [(convention, "first-in-force: { consents: 2 }", ""), (convention, "in-force: 2000-11-19", "")];
    all_wrong(&edits, &[("treaty: c182", "`c182` would never be in force", "say what it needs by `first-in-force`")]);
}

#[test]
fn two_texts_are_not_cited_alike() {
    let alike = |file, cites| (file, cites, "cites-as: BUD");
    let edits = [alike("treaties/c182.yaml", "cites-as: C182"), alike("treaties/ets185.yaml", "cites-as: BUD")];
    all_wrong(
        &edits,
        &[("treaty: c182", "`BUD` is how `ets185` is cited, too", "give each text a `cites-as` of its own")],
    );
}
