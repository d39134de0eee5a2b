//! Files that read well and mean something wrong: each is a sound file with one change, and what is said must
//! point at the line that was changed.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use snapbox::file;

use super::{check, corpus};

/// What to replace by what, which makes a file wrong.
struct Slip {
    what: &'static str,
    old: &'static str,
    new: &'static str,
    /// Where the error is expected, when not at the change itself: a text of the changed file.
    at: Option<&'static str>,
}

const fn slip(what: &'static str, old: &'static str, new: &'static str) -> Slip {
    Slip { what, old, new, at: None }
}

impl Slip {
    const fn shown_at(self, place: &'static str) -> Self {
        Self { at: Some(place), ..self }
    }
}

/// Slips in `tests/bad_input/corpus/accepted/plain.yaml`.
const IN_A_SCENARIO: &[Slip] = &[
    slip("membership of an unknown state", "hesper: never", "hespre: never"),
    slip("membership in an unknown treaty", "  ets185: {", "  ets186: {"),
    slip("an unknown treaty", "[ets185, ", "[ets158, "),
    slip("a treaty by the name that people give it", "[ets185, ", "[budapest, "),
    slip("an unknown variant of a treaty", "protocol/conduct]", "protocol/conducts]"),
    slip("a word that is no membership", "hesper: never", "hesper: nevre"),
    slip("a reservation that is not allowed", "hesper: never", "hesper: { consented: 2011-09-15, reserved: [\"7\"] }"),
    slip("a reservation without consent", "hesper: never", "hesper: { reserved: [r1] }"),
    slip(
        "a withdrawal without reservation",
        "hesper: never",
        "hesper: { consented: 2012-01-01, withdrawn: { r1: 2013-01-01 } }",
    ),
    slip(
        "a withdrawal before the reservation",
        "hesper: never",
        "hesper: { consented: 2012-01-01, reserved: [r1], withdrawn: { r1: 2011-01-01 } }",
    ),
    slip("a denunciation without consent", "hesper: never", "hesper: { denounced: 2012-01-01 }"),
    slip("a consent before the signature", "hesper: never", "hesper: { signed: 2012-05-01, consented: 2011-05-01 }"),
    slip("an end before the start", "to: 2020-12-31", "to: 2010-12-31"),
    slip("a run of three centuries", "from: 2011-01-01", "from: 1811-01-01").shown_at("to: "),
    slip("an event outside the run", "date: 2016-03-01", "date: 2031-03-01"),
    slip("an event of an unknown state", "state: hesper, does", "state: hespre, does"),
    slip(
        "an event towards an unknown treaty",
        "treaty: internet-trafficking-protocol }",
        "treaty: internet-trafficking-protcol }",
    ),
    slip("an unknown act", "does: ratify", "does: ratfy"),
    slip(
        "a law that carries out an unknown treaty",
        "hesper: { name: Hesper, law: no-internet-trafficking,",
        "hesper: { name: Hesper, law: { offences: { theft: { cite: Code 1, all: [theft], maximum-months: 12, carries-out: [internet-trafficking-protcol] } } },",
    ),
    slip(
        "consents of an unknown group",
        "seed: 7",
        "seed: 7\nentry-into-force: { internet-trafficking-protocol: { consents: 2, of-which: { costal: 1 } } }",
    ),
    slip("a reservation without article", "does: ratify", "does: reserve"),
    slip("a denunciation that ends nothing", "does: ratify", "does: denounce"),
    slip(
        "a change of capacity without factor",
        "does: ratify, treaty: internet-trafficking-protocol",
        "does: capacity",
    ),
    slip(
        "a ratification with a factor",
        "does: ratify, treaty: internet-trafficking-protocol",
        "does: ratify, factor: 2, treaty: internet-trafficking-protocol",
    ),
    slip(
        "a change that ends before it begins",
        "does: ratify, treaty: internet-trafficking-protocol",
        "does: capacity, factor: 0.8, until: 2016-01-01",
    ),
    slip(
        "an operation against an unknown line",
        "does: ratify, treaty: internet-trafficking-protocol",
        "does: seize-sites, share: 0.5, line: advertize",
    ),
    slip(
        "an operation of one state twice",
        "does: ratify, treaty: internet-trafficking-protocol",
        "does: seize-sites, share: 0.5, with: [hesper]",
    ),
    slip(
        "more reporting than there is",
        "does: ratify, treaty: internet-trafficking-protocol",
        "does: change-state, numbers: { reporting: 1.5 }",
    ),
    slip(
        "an unknown offence enacted",
        "does: ratify, treaty: internet-trafficking-protocol",
        "does: enact, law: full, offence: illegal-acces",
    ),
    slip(
        "a withdrawal of nothing",
        "does: ratify, treaty: internet-trafficking-protocol",
        "does: withdraw-reservation, article: r1, treaty: internet-trafficking-protocol",
    ),
    slip(
        "a reservation long after consent",
        "date: 2016-03-01, state: hesper, does: ratify, treaty: internet-trafficking-protocol",
        "date: 2016-03-01, state: alba, does: reserve, article: r1, treaty: internet-trafficking-protocol",
    ),
    slip("an unknown fact in a line", "[recruit, computer", "[recriut, computer"),
    slip("a computed fact in a line", "[recruit, computer", "[recruit, punishable-here, computer"),
    slip("no networks", "count: 400", "count: 0"),
    slip("four billion networks", "count: 400", "count: 4000000000"),
    slip("no lines", "lines: { recruit: { weight: 1, facts: [recruit, computer, intent] } }", "lines: {}"),
    slip("a line without weight", "weight: 1,", "weight: 0,"),
    slip(
        "a line on which a penal law leaves everything open",
        "law: no-internet-trafficking,",
        "law: { penal-law-leaves-out: [recruit] },",
    )
    .shown_at("networks: {"),
    slip("a negative weight", "weight: 1,", "weight: -1,"),
    slip("a behaviour out of range", "count: 400", "behaviour: { review-days: 0 }, count: 400"),
    slip("more ties than networks", "count: 400", "behaviour: { home-share: 0.6, region-share: 0.5 }, count: 400"),
    slip("an unknown behaviour", "count: 400", "behaviour: { reviewdays: 90 }, count: 400"),
    slip("a definition of havens out of range", "networks:", "havens: { excess-impunity: 7 }\nnetworks:"),
    slip("a share above one", "{ desks: 6 }", "{ desks: 6, identification: 1.5 }"),
    slip("no desks", "{ desks: 6 }", "{ desks: 0 }"),
    slip("half a day of travel", "{ desks: 6 }", "{ travel-days: 0.5 }"),
    slip("an unknown ground", "authority: { desks: 6 }", "discretion: { refuses: { G.DAUL: 0.5 } }"),
    slip("an unknown law", "law: full", "law: ful"),
    slip("a law that is missing", "law: full, ", ""),
    slip(
        "an unknown fact in a law written out",
        "law: full",
        "law: { offences: { theft: { cite: PC 1, all: [steel], maximum-months: 12 } } }",
    ),
    slip("a state that no wire can name", "  alba:", "  álba:"),
    slip("an empty variant path", "joins: { membership", "joins: { membership..a: 1, membership"),
    slip("a variant that leads through a number", "joins: {", "joins: { networks.count.least: 3,"),
    slip("a variant that leads to no key", "joins: {", "joins: { networks.cuont: 3,"),
    slip("a variant with an unknown state", "protocol.hesper:", "protocol.hespre:"),
    slip(
        "a finding of an unknown variant",
        "variants:",
        "findings: [{ variants: [hold-out], haven: hesper }]\nvariants:",
    ),
    slip("a finding of an unknown state", "variants:", "findings: [{ haven: hespre }]\nvariants:"),
    slip("a finding that expects nothing", "variants:", "findings: [{ variants: [joins] }]\nvariants:"),
    slip(
        "a finding with an unknown measure",
        "variants:",
        "findings: [{ letters: { from: alba, to: hesper, measure: extraditon, decision: GRANT } }]\nvariants:",
    ),
    slip(
        "a finding with an unknown decision",
        "variants:",
        "findings: [{ letters: { from: alba, to: hesper, measure: extradition, decision: GRAND } }]\nvariants:",
    ),
    slip(
        "a finding whose limits exclude one another",
        "variants:",
        "findings: [{ lost: { at-least: 0.9, at-most: 0.1 } }]\nvariants:",
    ),
    slip(
        "a finding of letters to oneself",
        "variants:",
        "findings: [{ no-letters: { from: alba, to: alba, measure: extradition } }]\nvariants:",
    ),
    slip(
        "a finding with a ground of nothing",
        "variants:",
        "findings: [{ no-haven: alba, ground: G.DUAL }]\nvariants:",
    ),
    slip(
        "a finding of more states than there are",
        "variants:",
        "findings: [{ in-force: { treaty: ets185, at-least: 300 } }]\nvariants:",
    ),
    slip(
        "a finding with four mistakes",
        "variants:",
        "findings: [{ opinion: { from: albo, to: hespre, measure: extradition, line: recriut, at: 2015-01-01, \
         conduct-day: 2016-01-01, decision: GRANT } }]\nvariants:",
    ),
    slip("a file that is like none", "title:", "like: base.yaml\ntitle:"),
    slip("a file that is like one outside", "title:", "like: ../plain.yaml\ntitle:"),
    slip("a file that is like itself", "title:", "like: slip.yaml\ntitle:"),
];

/// Slips in `law/cases/wc-13.yaml`.
const IN_A_CASE: &[Slip] = &[
    slip(
        "a derived fact stated",
        "facts: [share-experiences",
        "facts: [commercial-sexual-exploitation, share-experiences",
    ),
    slip("a computed fact stated", "facts: [share-experiences", "facts: [punishable-here, share-experiences"),
    slip("an unknown fact", "facts: [share-experiences", "facts: [share-experience"),
    slip("an unknown fact in an offence", "all: [share-experiences", "all: [share-experience"),
    slip("an unknown state", "requested: AUT", "requested: AUX"),
    slip("an unknown measure", "measure: preservation", "measure: preserve"),
    slip("an unknown ground", "grounds: [G.DUAL-PRES]", "grounds: [G.DUALPRES]"),
    slip("an unknown treaty", "treaties: [ets185]", "treaties: [ets85]"),
    slip("a conduct after the answer", "day: 2026-03-01", "day: 2026-03-01\nconduct-day: 2027-01-01"),
    slip("a follow-up before the hold", "day: 2026-03-01", "day: 2026-03-01\nheld-since: 2026-02-01\nfollow-up-day: 2026-01-01"),
    slip("a state that asks itself", "requested: AUT", "requested: gova"),
    slip("a fact stated and left open", "    measure: preservation", "    unknown: [share-experiences]\n    measure: preservation"),
    slip("a fact taken out that is not there", "    measure: preservation", "    without: [theft]\n    measure: preservation"),
    slip("a fact stated and taken out", "    measure: preservation", "    facts: [theft]\n    without: [theft]\n    measure: preservation"),
    slip("an unknown convention carried out", "maximum-months: 36 }", "maximum-months: 36, carries-out: [ets158] }"),
    slip("no day", "day: 2026-03-01\n", "").shown_at("case: "),
    slip(
        "no parts",
        "parts:\n  \"-\":\n    measure: preservation\n    expect: { decision: MAY_REFUSE, grounds: [G.DUAL-PRES], basis: [BUD 29(4)] }\n",
        "parts: {}\n",
    )
    .shown_at("case: "),
];

/// Slips in `law/treaties/ets189.yaml`.
const IN_A_TREATY: &[Slip] = &[
    slip("an unknown parent", "protocol-to: ets185", "protocol-to: ets158"),
    slip("an unknown fact", "public-insult, computer", "public-isult, computer"),
    slip("a reservation that the list does not hold", "reservable-by: 5(2)(b)", "reservable-by: 5(2)(z)")
        .shown_at("  insult:"),
    slip("an unknown key", "joins: {", "join: {"),
    slip("an unknown unit", "first-of-month-after-months: 3 }      #", "first-of-month-after-weeks: 3 }      #"),
];

/// Slips in `law/states/aut.yaml`.
const IN_A_STATE: &[Slip] = &[
    slip("an unknown fact", "[intrude, security", "[intrud, security"),
    slip("an unknown convention", "  needs-treaty: false", "  needs-treaty: false\n  accepts-as-basis: [ets158]"),
    slip(
        "an unknown convention carried out",
        "maximum-months: 24, from",
        "maximum-months: 24, carries-out: [ets158], from",
    ),
    slip("an unknown measure", "for: [extradition]", "for: [extraditions]"),
    slip("an unknown ground", "ground: G.PENALTY", "ground: G.PENALTIES"),
    slip("an unknown force", "force: must", "force: shall"),
    slip("more months than a number holds", "maximum-months: 24", "maximum-months: 99999"),
];

#[test]
fn every_slip_is_shown_where_it_was_made() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sets = [
        (corpus().join("accepted/plain.yaml"), IN_A_SCENARIO),
        (manifest.join("law/cases/wc-13.yaml"), IN_A_CASE),
        (manifest.join("law/treaties/ets189.yaml"), IN_A_TREATY),
        (manifest.join("law/states/aut.yaml"), IN_A_STATE),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let mut offenders = Vec::new();
    let mut shown = String::new();
    for (sound, slips) in sets {
        let text = fs::read_to_string(&sound).expect("part of the repository");
        for slip in slips {
            let at = text.find(slip.old).unwrap_or_else(|| panic!("{}: `{}` is gone", sound.display(), slip.old));
            let path = folder.path().join("slip.yaml");
            let changed = text.replacen(slip.old, slip.new, 1);
            fs::write(&path, &changed).expect("written");
            let checked = check(&path);
            let mut found = checked.complaints();
            let elsewhere = slip.at.map(|place| changed.find(place).unwrap_or_else(|| panic!("`{place}` is gone")));
            let first = changed[..elsewhere.unwrap_or(at)].matches('\n').count() + 1;
            let last = first + if elsewhere.is_none() { slip.new.matches('\n').count() } else { 0 };
            let here: Vec<String> = (first..=last).map(|line| format!("slip.yaml:{line}:")).collect();
            let points = checked.places().iter().any(|place| here.iter().any(|line| place.starts_with(line)));
            if !points && found.is_empty() {
                found.push(format!("nothing points at line {first}\n{}", checked.stderr));
            }
            offenders.extend(found.into_iter().map(|found| format!("{}: {found}", slip.what)));
            let _ = write!(shown, "{}\n{}", slip.what, checked.gist());
        }
    }
    snapbox::assert_data_eq!(shown, file!["snapshots/meaning.txt"].raw());
    assert!(offenders.is_empty(), "\n{}", offenders.join("\n"));
}

#[test]
fn all_slips_of_a_file_are_shown_at_once() {
    let mut text = fs::read_to_string(corpus().join("accepted/plain.yaml")).expect("part of the repository");
    let slips = [
        ("hesper: never", "hespre: never"),
        ("to: 2020-12-31", "to: 2010-12-31"),
        ("state: hesper, does", "state: hespre, does"),
        ("[recruit, computer", "[recriut, computer"),
        ("variants:", "findings: [{ haven: nobody }]\nvariants:"),
    ];
    for (old, new) in slips {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("slips.yaml");
    fs::write(&path, text).expect("written");
    let checked = check(&path);
    assert_eq!(checked.complaints(), Vec::<String>::new());
    let expected = ["unknown state `hespre`", "before it begins", "unknown fact `recriut`", "unknown state `nobody`"];
    let missing: Vec<&str> = expected.into_iter().filter(|said| !checked.stderr.contains(said)).collect();
    assert!(missing.is_empty(), "{missing:?} missing in\n{}", checked.stderr);
}

#[test]
fn an_unknown_variant_and_a_wrong_setting_hide_nothing_else() {
    let text = fs::read_to_string(corpus().join("accepted/plain.yaml")).expect("part of the repository");
    let text = text.replacen("state: hesper, does", "state: hespre, does", 1);
    let options = comity::scenario::Options {
        variant: Some("jions".to_owned()),
        settings: vec!["networks.cuont=3".to_owned()],
        ..comity::scenario::Options::default()
    };
    let (problems, _) = comity::scenario::read_text("plain", &text, &options).expect_err("three mistakes");
    let said = problems.to_string();
    for expected in ["unknown variant `jions`", "cuont", "unknown state `hespre`"] {
        assert!(said.contains(expected), "{expected} missing in\n{said}");
    }
}

#[test]
fn one_slip_is_said_once_and_hides_nothing() {
    let text = fs::read_to_string(corpus().join("accepted/plain.yaml")).expect("part of the repository");
    // A protocol to a treaty that is not among those of the run is nearest to what was written.
    let text = text.replacen("treaties: [ets185, ", "treaties: [ets185, ets999, ", 1);
    let text = text.replacen("state: hesper, does", "state: hespre, does", 1).replacen("count: 400", "count: 0", 1);
    let text = text.replacen("variants:", "variants:\n  slip: { states.hespre.authority.desks: 1 }", 1);
    let options = comity::scenario::Options { variant: Some("slip".to_owned()), ..Default::default() };
    let (problems, _) = comity::scenario::read_text("plain", &text, &options).expect_err("four mistakes");
    let said = problems.to_string();
    let expected = ["unknown treaty `ets999`", "unknown state `hespre`", "`networks.count` is 0, allowed are 1 to"];
    for expected in expected {
        assert!(said.contains(expected), "{expected} missing in\n{said}");
    }
    assert!(!said.contains("is missing") && problems.0.len() == 4, "four mistakes, and\n{said}");
}
