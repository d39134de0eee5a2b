//! What is wrong with a study is said with its place, all at once.

use crate::{Place, STUDY, ends, ok, run};

#[track_caller]
fn wrong(study: &str, expected: &[&str]) {
    let place = Place::new();
    let file = place.write("study.yaml", study);
    let said = ends(2, &["sweep", "plan", &file.display().to_string(), "-o", &place.text("plan")]);
    for expected in expected {
        assert!(said.contains(expected), "`{expected}` missing in\n{said}");
    }
    assert!(!place.path("plan").exists());
}

#[test]
fn slips_are_named_with_line_and_nearest_name() {
    wrong(
        &STUDY.replace("joins]", "jions]").replace("replicates: 3", "replicates: 0"),
        &[
            "unknown variant `jions`",
            "did you mean `joins`?",
            "study.yaml:5:23",
            "0 replicates, where 1 to 1000000 are allowed",
        ],
    );
    wrong(
        &STUDY.replace("replicates: 3", "replicate: 3"),
        &["study.yaml:4:1", "`replicate`", "did you mean `replicates`?"],
    );
    wrong(
        &STUDY.replace("networks.behaviour.incidents-per-year", "networks.behaviour.incident-per-year"),
        &["study.yaml:9:3", "incident-per-year", "did you mean `incidents-per-year`?"],
    );
    wrong(
        &STUDY.replace("no-internet-trafficking]", "no-internet-traficking]"),
        &["study.yaml:10:", "did you mean `no-internet-trafficking`?"],
    );
    wrong(&STUDY.replace("from: 3, to: 6", "from: 3, to: 9999"), &["study.yaml:9:", "allowed are 0 to 365 a year"]);
    wrong(
        &STUDY.replace("one-state-stays-out", "one-state-stay-out"),
        &["study.yaml:2:11", "did you mean the built-in"],
    );
    wrong(
        &STUDY.replace("from: 30, to: 60", "from: 60, to: 30"),
        &["the range ends at 30, which is not above its beginning, 60"],
    );
    wrong(
        &STUDY.replace("from: 30, to: 60", "from: 30.5, to: 60"),
        &["the range is one of whole numbers, and 30.5 is none"],
    );
    wrong(
        &STUDY.replace("{ latin-hypercube: { points: 4 } }", "grid"),
        &["is a range, and this design needs levels", "steps: 5"],
    );
    wrong(
        &STUDY
            .replace("{ latin-hypercube: { points: 4 } }", "grid")
            .replace("from: 30, to: 60", "from: 30, to: 32, steps: 6"),
        &["of 6 steps two are 30", "fewer steps, or a longer range"],
    );
    wrong(&STUDY.replace("{ points: 4 }", "{ point: 4 }"), &["unknown key `point`", "did you mean `points`?"]);
    wrong(
        &STUDY.replace("from: 30, to: 60", "values: [30], to: 60"),
        &["says its values, and the ends of a range, too"],
    );
    wrong(&STUDY.replace("from: 3, to: 6", "values: [4, 5, 4.0]"), &["has the value 4.0 twice", "study.yaml:9:"]);
    wrong(&STUDY.replace("from: 30, to: 60", "to: 60"), &["has one end of a range, and no other"]);
    wrong(
        &STUDY.replace(
            "states.hesper.law:",
            "networks.behaviour: { values: [{ incidents-per-year: 4 }] }\n  states.hesper.law:",
        ),
        &["`networks.behaviour.incidents-per-year` lies within `networks.behaviour`"],
    );
    wrong(
        &STUDY.replace("states.hesper.law:", "seed:").replace("[full, no-internet-trafficking]", "[1]"),
        &["`seed` is no factor"],
    );
    wrong(
        &STUDY.replace("{ latin-hypercube: { points: 4 } }", "{ morris: { trajectories: 4, levels: 3 } }"),
        &["3 levels, where Morris's design has an even number"],
    );
    wrong(&STUDY.replace("seed: 11", "seed: 11\nstate: hespre"), &["unknown state `hespre`", "did you mean `hesper`?"]);
}

#[test]
fn all_slips_are_told_at_once_and_nothing_that_follows_from_them() {
    let study = "\
title: Slips
scenario: scenarios/one-state-stays-out.yaml
seed: 1
replicates: 0
variants: [hold-out]
design: { morris: { trajectories: 1 } }
state: hespr
factors:
  networks.behaviour.risk-wight: { from: 3, to: 0.5 }
  authority.dseks: { values: [] }
  networks.count: { from: 1, to: 2, logarithmic: maybe }
  states.hespre.severity: { from: 1, to: 2 }
";
    let place = Place::new();
    let file = place.write("study.yaml", study);
    let said = ends(2, &["sweep", "plan", &file.display().to_string(), "-o", &place.text("plan")]);
    let expected = [
        "0 replicates, where 1 to 1000000 are allowed",
        "unknown variant `hold-out`",
        "1 trajectory, where 2 to",
        "unknown state `hespr`",
        "unknown key `risk-wight`",
        "the range ends at 0.5, which is not above its beginning, 3",
        "unknown key `dseks`",
        "`authority.dseks` has 0 values, where 1 to 10000 are allowed",
        "expected `true` or `false`, found `maybe`",
        "unknown state `hespre`",
    ];
    for expected in expected {
        assert!(said.contains(expected), "`{expected}` missing in\n{said}");
    }
    assert!(said.ends_with(&format!("{} problems found\n", expected.len())), "{said}");
}

#[test]
fn one_slip_in_the_shape_of_a_factor_is_one_problem() {
    let head = "title: T\nscenario: scenarios/one-state-stays-out.yaml\nseed: 1\nreplicates: 1\n";
    let told = |study: &str, problems: &[&str]| {
        let place = Place::new();
        let file = place.write("study.yaml", study);
        let said = ends(2, &["sweep", "plan", &file.display().to_string(), "-o", &place.text("plan")]);
        for problem in problems {
            assert!(said.contains(problem), "`{problem}` missing in\n{said}");
        }
        let count = if problems.len() > 1 { "problems" } else { "problem" };
        assert!(said.ends_with(&format!("{} {count} found\n", problems.len())), "{said}");
    };
    let factors = |factors: &str, problems: &[&str]| told(&format!("{head}factors:\n{factors}"), problems);
    let path = "networks.behaviour.risk-weight";
    factors(&format!("  {path}: [0.5, 1]\n"), &["expected a map (`key: value`), found a list"]);
    factors(&format!("  {path}: 2\n"), &["expected a map (`key: value`), found `2`"]);
    factors(&format!("  {path}: {{ values: 2 }}\n"), &["expected a list, found `2`"]);
    factors(&format!("  {path}: {{ valuse: [1, 2] }}\n"), &["did you mean `values`?"]);
    factors(
        &format!("  {path}: {{ from: 1, to: 3, steps: [2] }}\n"),
        &["expected a whole number from 0 to 4294967295"],
    );
    let range = format!("  {path}: {{ from: 1, to: 3 }}\n");
    told(&format!("{head}design: latin-hypercube\nfactors:\n{range}"), &["`latin-hypercube` needs a value"]);
    // The path is wrong beside it, and of two keys each is: these are slips of their own.
    let weight = "networks.behaviour.risk-wieght";
    factors(
        &format!("  {weight}: [0.5, 1]\n"),
        &["expected a map (`key: value`), found a list", "did you mean `risk-weight`?"],
    );
    let both = format!("  {path}: {{ from: 3, to: 1, stepps: 2 }}\n");
    factors(&both, &["did you mean `steps`?", "the range ends at 1, which is not above its beginning, 3"]);
    told(
        "factors:\n  networks.count: { values: [1] }\n",
        &["the keys `title`, `scenario`, `seed` and `replicates` are missing"],
    );
}

#[test]
fn what_memory_does_not_hold_is_refused_before_it_is_taken() {
    let head = "title: T\nscenario: scenarios/one-state-stays-out.yaml\nseed: 1\nreplicates: 1\n";
    let factors = |count: usize, range: &str| -> String {
        (0..count).map(|number| format!("  states.s{number}.severity: {{ from: 1, to: 2{range} }}\n")).collect()
    };
    let hypercube = "design: { latin-hypercube: { points: 1000000 } }";
    wrong(&format!("{head}{hypercube}\nfactors:\n{}", factors(500, "")), &["more than 200 factors"]);
    wrong(
        &format!("{head}{hypercube}\nfactors:\n{}", factors(190, "")),
        &["1000000 points, where 1 to 105263 are allowed"],
    );
    wrong(
        &format!("{head}design: one-at-a-time\nfactors:\n{}", factors(190, ", steps: 10000")),
        &["more than 105263 levels of all factors together"],
    );
    let list: String = (0..300).map(|number| format!("    - {{ states.s{number}.severity: 1 }}\n")).collect();
    wrong(&format!("{head}design:\n  list:\n{list}"), &["more than 200 factors"]);
}

/// Names that people wrote do not steer the terminal.
#[test]
fn a_title_is_printed_as_text() {
    let place = Place::new();
    let study = STUDY.replace("title: Networks", "title: \"\\e[31mRed \\u202e");
    let study = study.replace("of the flagship\n", "of the flagship\"\n");
    let file = place.write("study.yaml", &study).display().to_string();
    let said = ok(&["sweep", "plan", &file, "-o", &place.text("p")]) + &ends(3, &["sweep", "status", &place.text("p")]);
    assert!(!said.contains('\u{1b}') && !said.contains('\u{202e}'), "{said:?}");
    assert_eq!(said.matches(r"\u{1b}[31mRed \u{202e}").count(), 2, "{said}");
}

/// A range is tried at its ends; a point between them may hold together with another, or not.
#[test]
fn runs_that_stop_are_counted_wherever_results_are_shown() {
    let place = Place::new();
    let (head, _) = STUDY.split_once("design:").expect("a design");
    let head = head.replace("replicates: 3", "replicates: 1").replace("[holds-out, joins]", "[holds-out]");
    let days = "  from: { from: 2011-01-01, to: 2011-12-31 }\n  to: { from: 2011-06-01, to: 2012-06-30 }\n";
    let design = "design: { latin-hypercube: { points: 450 } }";
    let study = format!("{head}{design}\nfactors:\n{days}  networks.count: {{ values: [1] }}\n");
    let file = place.write("study.yaml", &study).display().to_string();
    let plan = place.text("p");
    ok(&["sweep", "plan", &file, "-o", &plan]);
    let ran = run(&["sweep", "run", &plan]);
    let ran = String::from_utf8_lossy(&ran.stderr).into_owned();
    let (table, page) = (place.text("all.csv"), place.text("report.html"));
    let status = ok(&["sweep", "status", &plan]).replace('\n', " ");
    let merged = ends(0, &["sweep", "merge", &plan, "-o", &table, "--report", &page]);
    let mut rows = csv::Reader::from_path(table).expect("a table");
    let column = rows.headers().expect("a head").iter().position(|name| name == "stopped").expect("the column");
    let stopped = rows.records().filter(|row| !row.as_ref().expect("a row")[column].is_empty()).count();
    assert!(stopped > 1, "{stopped}");
    let told = format!("{stopped} of 450 runs stop before their end and have no outcomes");
    let page = std::fs::read_to_string(page).expect("a report").replace('\u{a0}', " ");
    for said in [ran, status, merged, page] {
        assert!(said.contains(&told) && said.contains("for example: "), "`{told}` missing in\n{said}");
    }
}

#[test]
fn a_range_that_holds_more_than_whole_numbers_is_told_as_such() {
    let study = STUDY.replace("from: 30, to: 60, whole: true", "from: 30, to: 60, logarithmic: true");
    wrong(&study, &["`networks.count` is a whole number, and this range holds others, such as ", "add `whole: true`"]);
}

#[test]
fn a_plan_is_written_once_and_is_not_written_over() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    assert_eq!(place.plan(STUDY, "plan"), plan, "the same plan again is no harm");
    let other = place.write("other.yaml", &STUDY.replace("seed: 11", "seed: 12"));
    let said = ends(2, &["sweep", "plan", &other.display().to_string(), "-o", &plan]);
    assert!(said.contains("holds another plan"), "{said}");
    let said = ends(2, &["sweep", "status", &place.text("nowhere")]);
    assert!(said.contains("neither a plan nor results of one"), "{said}");
    // The folder above a plan that has results is no folder of results.
    std::fs::create_dir(format!("{plan}/results")).expect("made");
    for command in ["status", "run"] {
        let said = ends(2, &["sweep", command, &place.text(".")]);
        assert!(said.contains("did you mean") && said.contains("plan"), "{said}");
    }
}

#[test]
fn a_plan_takes_the_place_of_nothing() {
    let place = Place::new();
    let file = place.write("study.yaml", STUDY).display().to_string();
    let plan = |to: &str| ends(2, &["sweep", "plan", &file, "-o", to]);
    let folder = place.text(".");
    assert!(plan(&format!("{folder}/")).contains("is there already"), "a folder in which something lies");
    for none in [place.text("sub/.."), format!("{folder}/..")] {
        assert!(plan(&none).contains("is no name for a new folder"), "{none}");
    }
    assert_eq!(std::fs::read_to_string(&file).expect("the study is there"), STUDY);
    let said = ends(2, &["sweep", "plan", &file, "-o", &place.text("p"), "--set", "seed=3"]);
    assert!(said.contains("seeds follow from the study's own"), "{said}");
    ok(&["sweep", "plan", &file, "-o", &place.text("p")]);
    let said = ends(2, &["sweep", "run", &place.text("p"), "--out", &place.text("p")]);
    assert!(said.contains("is a plan"), "{said}");
    ok(&["sweep", "run", &place.text("p"), "--quiet"]);
    let same = place.text("one.csv");
    let said = ends(2, &["sweep", "merge", &place.text("p"), "-o", &same, "--report", &same]);
    assert!(said.contains("are both to write"), "{said}");
}

#[test]
fn a_plan_holds_all_that_it_rests_on() {
    let place = Place::new();
    let scenario = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/one-state-stays-out.yaml"));
    place.write("base.yaml", &scenario.expect("the flagship"));
    place.write("own.yaml", "like: base.yaml\ntitle: Own\nnetworks: { count: 40 }\n");
    let study =
        STUDY.replace("scenarios/one-state-stays-out.yaml", "own.yaml").replace("replicates: 3", "replicates: 1");
    let plan = place.plan(&study, "plan");
    for file in ["base.yaml", "own.yaml", "plan.yaml"] {
        std::fs::remove_file(place.path(file)).expect("removed");
    }
    // Carried away, too.
    std::fs::rename(place.path("plan"), place.path("moved")).expect("moved");
    ok(&["sweep", "run", &place.text("moved"), "--quiet"]);
    assert_eq!(place.merged(&place.text("moved")).lines().count(), 9);
    assert!(!place.path("plan").exists(), "{plan}");
}

/// A value from the command line stands over the variant, in plan, runs and table alike, and wherever the plan is carried.
#[test]
fn a_setting_is_laid_over_the_variant() {
    let place = Place::new();
    let scenario = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/one-state-stays-out.yaml"));
    let scenario =
        scenario.expect("the flagship").replacen("variants:\n", "variants:\n  b: { networks.count: 50 }\n", 1);
    let file = place.write("own.yaml", &scenario).display().to_string();
    let study = "title: T\nscenario: own.yaml\nseed: 1\nreplicates: 1\nvariants: [b]\ndesign: { list: [{}] }\n";
    let study = place.write("study.yaml", study).display().to_string();
    let set = ["--set", "to=2011-12-31", "--set", "networks.count=7"];
    ok(&[["sweep", "plan", &study, "-o", &place.text("plan")].as_slice(), &set].concat());
    std::fs::rename(place.path("plan"), place.path("moved")).expect("moved");
    ok(&["sweep", "run", &place.text("moved"), "--quiet"]);
    let cases = place.write("cases.csv", "states.hesper.severity\n1\n").display().to_string();
    let table = place.text("cases-out.csv");
    ok(&[["sweep", "cases", &file, "--cases", &cases, "-o", &table, "--variant", "b"].as_slice(), &set].concat());
    let table = std::fs::read_to_string(table).expect("a table");
    for (table, severity) in [(place.merged(&place.text("moved")), None), (table, Some("states.hesper.severity=1"))] {
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let row: std::collections::BTreeMap<String, String> =
            reader.deserialize().next().expect("a row").expect("cells");
        let run = ["run", &file, "--variant", "b", "--transport", "direct", "--json", "--seed", &row["seed"]];
        let severity: Vec<&str> = severity.iter().flat_map(|severity| ["--set", severity]).collect();
        let summary: serde_json::Value =
            serde_json::from_str(&ok(&[run.as_slice(), &set, &severity].concat())).expect("JSON");
        assert_eq!(summary["digest"], row["digest"].as_str(), "{table}");
    }
}

#[test]
fn every_design_is_planned_and_says_how_many_runs() {
    let runs = |design: &str, factors: &str| {
        let place = Place::new();
        let (head, _) = STUDY.split_once("design:").expect("a design");
        let file = place.write("study.yaml", &format!("{head}design: {design}\n{factors}"));
        let said = ok(&["sweep", "plan", &file.display().to_string(), "-o", &place.text("plan")]);
        let second = said.lines().nth(1).expect("a second line").to_owned();
        second.split_once(" runs").expect("a number of runs").0.to_owned()
    };
    let listed = "factors:\n  networks.count: { from: 30, to: 60, whole: true, steps: 3 }\n  to: { values: [2012-06-30, 2012-12-31] }\n";
    let ranged =
        "factors:\n  networks.count: { from: 30, to: 60, whole: true }\n  to: { from: 2012-06-30, to: 2012-12-31 }\n";
    // Times two variants and three seeds.
    assert_eq!(runs("grid", listed), "36");
    assert_eq!(runs("one-at-a-time", listed), "36");
    assert_eq!(runs("{ morris: { trajectories: 5 } }", ranged), "90");
    assert_eq!(runs("{ sobol: { samples: 4 } }", ranged), "96");
    assert_eq!(runs("{ list: [{ networks.count: 30 }, { to: 2012-06-30, networks.count: 40 }] }", ""), "12");
}
