//! The JSON Schemas and pages under `docs` say what the program says: editors and people work with what is committed.

use std::path::Path;
use std::process::Command;

use comity::authority::AuthoritySettings;
use comity::base::Parameter;
use comity::depositary::adoption::{Enactment, Example, Hazard, Practice};
use comity::law::GroundCode;
use comity::world::{Behaviour, HavenSettings};

/// Every kind that `comity schema` knows; `kinds_are_all_here` holds this list to it.
const KINDS: [&str; 7] = ["scenario", "case", "treaty", "state", "law", "facts", "study"];

fn comity(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_comity")).args(arguments).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "reads files of this repository")]
fn committed_schemas_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema");
    let stale: Vec<&str> = KINDS
        .into_iter()
        .filter(|kind| {
            let committed = std::fs::read_to_string(folder.join(format!("{kind}.json"))).unwrap_or_default();
            // A checkout may have turned the line ends.
            committed.replace("\r\n", "\n") != comity(&["schema", kind])
        })
        .collect();
    let again = stale.join(" ");
    assert!(
        stale.is_empty(),
        "schemas are stale; write them again with: for kind in {again}; do comity schema $kind > docs/schema/$kind.json; done"
    );
}

#[test]
fn kinds_are_all_here() {
    let help = comity(&["schema", "--help"]);
    let named = help.lines().filter_map(|line| line.trim().strip_prefix("- ")?.split_once(':')).map(|(kind, _)| kind);
    assert_eq!(named.collect::<Vec<_>>(), KINDS);
}

/// The cells of a Markdown row whose first cell is this name in code.
fn row<'a>(page: &'a str, name: &str) -> Option<Vec<&'a str>> {
    let start = format!("| `{name}` |");
    let cells = |line: &'a str| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>();
    // A setting has more columns than the keys of a file, and some bear the name of one.
    page.lines().filter(|line| line.starts_with(&start)).map(cells).max_by_key(Vec::len)
}

#[test]
fn every_default_stands_in_the_page_on_scenarios() {
    let page = include_str!("../../docs/scenario-format.md");
    let authority = AuthoritySettings::default().parameters();
    let of_section = |heading: &str, parameters: Vec<Parameter>| {
        let from = page.find(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no section {heading}"));
        let section = &page[from + 1..];
        let section = &section[..section.find("\n#").unwrap_or(section.len())];
        parameters.into_iter().map(move |parameter| (section, parameter)).collect::<Vec<_>>()
    };
    let world = [Behaviour::default().parameters(), HavenSettings::default().parameters(), authority].concat();
    // Hazards and examples have terms of one name.
    let settings = [
        of_section("### `hazard`", Hazard::default().parameters()),
        of_section("### `example`", Example::default().parameters()),
        of_section("### `enactment`", Enactment::default().parameters()),
        of_section("## `custom`", Practice::default().parameters()),
        world.into_iter().map(|parameter| (page, parameter)).collect(),
    ]
    .concat();
    for (section, parameter) in settings {
        let name = parameter.name.replace('_', "-");
        let row = row(section, &name).unwrap_or_else(|| panic!("docs/scenario-format.md has no row for `{name}`"));
        let number = |text: &str| text.split(' ').next().and_then(|number| number.replace(',', "").parse().ok());
        assert_eq!(number(row[2]), Some(parameter.default), "the default of `{name}` in docs/scenario-format.md");
        assert!(row.contains(&parameter.grade.word()), "the grade of `{name}`: {row:?}");
    }
}

#[test]
fn every_ground_stands_in_the_glossary() {
    let page = include_str!("../../docs/glossary.md");
    for ground in GroundCode::ALL {
        assert_eq!(row(page, ground.code()), Some(vec![&*format!("`{}`", ground.code()), ground.meaning()]));
    }
}

#[test]
fn every_reason_of_refusal_stands_in_the_page_on_the_wire() {
    let page = include_str!("../../docs/wire.md");
    let source = include_str!("../../src/grpc/refusal.rs");
    let is_reason = |word: &&str| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    for reason in source.split('"').skip(1).step_by(2).filter(is_reason) {
        assert!(row(page, reason).is_some(), "docs/wire.md has no row for `{reason}`");
    }
}

/// Kinds as the log writes them; whoever follows a run is told all but heads of registers.
#[test]
fn every_kind_of_record_stands_in_the_contract() {
    let contract = include_str!("../../proto/comity/v1/observatory.proto");
    let log = include_str!("../../src/report/log.rs");
    let (_, kinds) = contract.split_once("// What kind of record: ").expect("the remark on kinds");
    let told: Vec<&str> = kinds.lines().next().unwrap_or_default().split('`').skip(1).step_by(2).collect();
    let of_records = log.lines().filter(|line| line.contains("=> (\"") && line.contains("Record::"));
    let of_months = log.lines().filter(|line| line.contains("\"kind\": \""));
    let written = of_records.filter_map(|line| line.split('"').nth(1)).filter(|kind| *kind != "register");
    let written: Vec<&str> = written.chain(of_months.filter_map(|line| line.split('"').nth(5))).collect();
    assert_eq!(told, written);
}

/// The page on scenarios lists the States whose penal law is entered.
#[test]
#[expect(clippy::disallowed_methods, reason = "reads files of this repository")]
fn states_whose_penal_law_is_entered_are_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("law/states");
    let files = std::fs::read_dir(folder).expect("part of the repository");
    let texts = files.map(|file| std::fs::read_to_string(file.expect("an entry").path()).expect("text"));
    let entered = texts.filter(|text| !text.contains("penal-law: not-entered"));
    let code = |text: String| Some(text.lines().next()?.strip_prefix("state: ")?.to_owned());
    let mut entered: Vec<String> = entered.map(|text| code(text).expect("a code")).collect();
    entered.sort_unstable();
    let (last, others) = entered.split_last().expect("some");
    let listed = format!("Penal law is entered for {} and {last},", others.join(", "));
    assert!(include_str!("../../docs/scenario-format.md").contains(&listed), "{listed}");
}

/// What the page on scenarios shows of a law that states share runs as it stands there.
#[test]
#[expect(clippy::disallowed_methods, reason = "writes the files of the page into a folder of its own")]
fn the_law_that_states_share_is_shared() {
    let page = include_str!("../../docs/scenario-format.md").replace("\r\n", "\n");
    let (_, passage) = page.split_once("### A law that states share\n").expect("the passage");
    let (passage, _) = passage.split_once("\n## ").expect("what follows it");
    let blocks: Vec<&str> =
        passage.split("```yaml\n").skip(1).filter_map(|text| Some(text.split_once("```")?.0)).collect();
    let [law, scenario] = blocks[..] else { panic!("a law and a scenario: {blocks:?}") };
    let folder = tempfile::tempdir().expect("a folder");
    let own = folder.path().join("own");
    std::fs::create_dir_all(own.join("laws")).expect("a folder");
    std::fs::write(own.join("laws/coastal-code.yaml"), law).expect("a law");
    let path = folder.path().join("coast.yaml");
    std::fs::write(&path, scenario).expect("a scenario");
    let [path, own] = [&path, &own].map(|path| path.to_str().expect("text"));
    let run = comity(&["run", path, "--law", own, "--transport", "direct", "--json"]);
    let summary: serde_json::Value = serde_json::from_str(&run).expect("JSON");
    assert_eq!(summary["states"].as_array().map(Vec::len), Some(3));
    let lost = |state: usize| summary["states"][state]["lost"].as_object().expect("causes").len();
    assert!(lost(1) > 0 && lost(2) > 0, "both work under the law: {}", summary["states"]);
    assert_eq!(comity(&["check", own]), "sound: 1 law\n");
}

/// The treaty, the law, the case and the scenario of the page on law read, and what it shows of them is what comes out.
#[test]
#[expect(clippy::disallowed_methods, reason = "writes the files of the page into a folder of its own")]
fn the_files_of_the_page_on_law_do_what_it_says() {
    let page = include_str!("../../docs/law-format.md").replace("\r\n", "\n");
    let (_, passage) = page.split_once("## A treaty, a law, a case, a scenario\n").expect("the passage");
    let (passage, _) = passage.split_once("\n## ").expect("what follows it");
    let blocks = |language: &str| -> Vec<&str> {
        let opens = format!("```{language}\n");
        passage.split(&opens).skip(1).filter_map(|text| Some(text.split_once("```")?.0)).collect()
    };
    let names = ["own/treaties/coast-convention.yaml", "own/laws/harbour-code.yaml", "coast-1.yaml", "coast-run.yaml"];
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in names.iter().zip(blocks("yaml")) {
        assert!(passage.contains(&format!("`{name}`")), "{name}");
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }
    let run = |arguments: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_comity"));
        let output = command.args(arguments.split(' ')).current_dir(folder.path()).output().expect("the command runs");
        assert!(output.status.success(), "{arguments}\n{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let first_three =
        ["check own", "check coast-1.yaml coast-run.yaml --law own", "opine coast-1.yaml --law own --all"];
    let shown = blocks("text");
    assert_eq!(first_three.map(run).concat(), shown[0]);
    let opinion = run("opine coast-1.yaml --law own");
    assert!(opinion.contains(shown[1]), "{opinion}");
    assert_eq!(run("law --law own show coast-convention"), run("law show coast-convention --law own"));
    let without = run("run coast-run.yaml --law own --transport direct --json");
    let with = run("run coast-run.yaml --law own --transport direct --json --variant joins");
    assert!(without.contains("G.NOTREATY") && !with.contains("G.NOTREATY") && with.contains("Constitution 10"));
}
