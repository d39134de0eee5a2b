//! Reports in a real browser: labels neither overlap nor leave their figure, every figure has its name and its table,
//! nothing is asked of the network, nothing scrolls sideways on a projector, and nothing is wider than paper.
//!
//! Runs where a Chromium is: the one that `COMITY_CHROMIUM` names, or else one on the path. Where that variable is set,
//! as `.ci/run` does once it has one, a browser that does not work is an error; where there is none at all, or the
//! variable is empty, the test says so and ends.

#![expect(clippy::disallowed_methods, reason = "asks the environment for a browser and writes pages for it")]

mod seen;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use comity::report::charts::dots::{Differences, PairedDifference};
use comity::report::charts::factor::{Axis, ByFactor, Point, Series};
use comity::report::html::study::{self, Study};
use comity::scenario::{self, Options};

const CHECK: &str = include_str!("check.js");

/// What the check finds, for the projector that reports are made for.
const SIZE: &str = "--window-size=1366,768";
/// The width between the margins of an A4 page (210 mm less twice the 18 mm of `@page`), in pixels of which 96 are an
/// inch; the height says nothing.
const PAPER: &str = "--window-size=658,900";

/// A window no narrower than a browser allows, for a page that is told to be as narrow as a phone.
const PHONE: &str = "--window-size=500,900";

fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("COMITY_CHROMIUM") {
        if named.is_empty() {
            eprintln!("NOT RUN: COMITY_CHROMIUM is empty");
            return None;
        }
        let named = PathBuf::from(named);
        assert!(named.is_file(), "COMITY_CHROMIUM names {}, which is no file", named.display());
        return Some(named);
    }
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let found = folders.iter().flat_map(|folder| names.map(|name| folder.join(name))).find(|path| path.is_file());
    if found.is_none() {
        eprintln!("NOT RUN: there is no Chromium on the path, and COMITY_CHROMIUM names none");
    }
    found
}

/// The page with the check in it: the one script that its content policy is changed to let run.
fn with_check(page: &str) -> String {
    let policy = "style-src 'unsafe-inline'";
    assert_eq!(page.matches(policy).count(), 1, "one content policy");
    assert!(page.contains("default-src 'none'") && !page.contains("script-src"), "the policy lets scripts run");
    let page = page.replacen(policy, &format!("{policy}; script-src 'unsafe-inline'"), 1);
    page.replacen("</body>", &format!("<script>{CHECK}</script></body>"), 1)
}

/// The page as it is printed: what its style says of print alone holds everywhere.
fn on_paper(page: &str) -> String {
    assert!(page.contains("@media print {"), "the page has a style for print");
    let page = page.replace("@media print {", "@media all {").replace("@media screen", "@media print");
    page.replacen("<html", "<html data-paper=\"A4\"", 1)
}

/// The page as wide as a phone: 400 pixels.
fn on_phone(page: &str) -> String {
    page.replacen("<html", "<html data-phone=\"400\" style=\"width:400px\"", 1)
}

/// What the browser says is wrong with a page in a window of this size, one line each.
fn found(browser: &Path, page: &str, size: &str) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("page.html");
    fs::write(&file, with_check(page)).expect("written");
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", size])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg("--dump-dom")
        .arg(format!("file://{}", file.display()))
        .stdin(Stdio::null())
        .output()
        .expect("the browser starts");
    let dom = String::from_utf8_lossy(&output.stdout);
    let told = dom.split_once("<pre id=\"checked\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    let Some((told, _)) = told else {
        panic!(
            "the check did not run:\n{}\n{}",
            dom.chars().take(2000).collect::<String>(),
            String::from_utf8_lossy(&output.stderr)
        );
    };
    told.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[track_caller]
fn check(browser: &Path, name: &str, page: &str) {
    let (paper, phone) = (on_paper(page), on_phone(page));
    for (place, page, size) in [("a projector", page, SIZE), ("paper", &paper, PAPER), ("a phone", &phone, PHONE)] {
        let name = format!("{name}, on {place}");
        let found = found(browser, page, size);
        let (told, wrong): (Vec<String>, Vec<String>) =
            found.into_iter().partition(|line| line.starts_with("figures: "));
        assert!(told.len() == 1 && told[0] != "figures: 0", "{name}: no figure was looked at");
        assert!(wrong.is_empty(), "{name}:\n{}", wrong.join("\n"));
    }
}

fn comity(arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("COMITY_LOG")
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn report(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("report.html").display().to_string();
    comity(&[arguments, &["--report", &file]].concat());
    fs::read_to_string(&file).expect("a report")
}

/// The report of a sweep of the flagship in these variants, planned, run and put together.
fn swept(design: &str, variants: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let study = format!(
        "title: A sweep\nscenario: scenarios/one-state-stays-out.yaml\nseed: 3\nreplicates: 2\nvariants: {variants}\n\
         design: {design}\nfactors:\n  networks.behaviour.incidents-per-year: {{ from: 2, to: 8, steps: 3 }}\n  \
         havens.quotient: {{ from: 1.2, to: 3, steps: 2 }}\n"
    );
    fs::write(place("study.yaml"), study).expect("written");
    comity(&[
        "sweep",
        "plan",
        &place("study.yaml"),
        "-o",
        &place("plan"),
        "--set",
        "to=2012-12-31",
        "--set",
        "networks.count=40",
    ]);
    comity(&["sweep", "run", &place("plan"), "--quiet"]);
    comity(&["sweep", "merge", &place("plan"), "-o", &place("all.csv"), "--report", &place("report.html")]);
    fs::read_to_string(place("report.html")).expect("a report")
}

#[test]
fn reports_of_runs_are_sound() {
    let Some(browser) = browser() else { return };
    let run = ["run", "--transport", "direct", "--quiet"];
    for arguments in [
        &["scenarios/one-state-stays-out.yaml"][..],
        &["scenarios/one-state-stays-out.yaml", "--variant", "joins", "--set", "to=2011-02-10"],
        &["scenarios/hate-speech-haven.yaml"],
        // A month, and a time without any incident.
        &["scenarios/one-state-stays-out.yaml", "--set", "to=2011-01-30"],
        &[
            "scenarios/one-state-stays-out.yaml",
            "--set",
            "to=2011-09-30",
            "--set",
            "networks.behaviour.incidents-per-year=0",
        ],
        &["scenarios/world-2010.yaml", "--set", "to=2010-10-15"],
        &["scenarios/gradual-adoption.yaml", "--set", "to=2020-12-31"],
        &["scenarios/three-routes.yaml", "--set", "to=2016-12-31"],
        // Names that are wider than their places.
        &[
            "scenarios/one-state-stays-out.yaml",
            "--set",
            "to=2012-03-31",
            "--set",
            "states.alba.name=Republic of the Northern Islands of Alpha",
            "--set",
            "states.brava.name=Republic of the Northern Islands of Beta",
            "--set",
            "states.hesper.name=Republic of the Northern Islands of Gamma and Delta",
        ],
        // And from right to left.
        &[
            "scenarios/one-state-stays-out.yaml",
            "--set",
            "to=2012-03-31",
            "--set",
            "states.alba.name=הרפובליקה הפדרלית של האיים הצפוניים",
            "--set",
            "states.brava.name=הרפובליקה הפדרלית של האיים הדרומיים",
            "--set",
            "states.hesper.name=جزيرة الغرب",
        ],
    ] {
        check(&browser, &arguments.join(" "), &report(&[&run, arguments].concat()));
    }
}

#[test]
fn reports_of_comparisons_are_sound() {
    let Some(browser) = browser() else { return };
    for arguments in [
        // Three variants and a premium; one seed, and so no interval; seven variants about no state that is named; many
        // states; states of the record; a state that the scenario does not name.
        &["scenarios/one-state-stays-out.yaml", "--runs", "3", "--set", "to=2013-03-31"][..],
        &["scenarios/one-state-stays-out.yaml", "--runs", "1", "--variants", "joins", "--set", "to=2012-03-31"],
        &["scenarios/three-routes.yaml", "--runs", "2", "--set", "to=2015-06-30"],
        &["scenarios/gradual-adoption.yaml", "--runs", "2", "--set", "to=2016-12-31"],
        &["scenarios/hate-speech-haven.yaml", "--runs", "2"],
        &["scenarios/reservations.yaml", "--runs", "2", "--state", "gova"],
    ] {
        check(&browser, &arguments.join(" "), &report(&[&["compare"], arguments].concat()));
    }
}

#[test]
fn reports_of_sweeps_are_sound() {
    let Some(browser) = browser() else { return };
    for (design, variants) in
        [("grid", "[holds-out, joins, all-out]"), ("{ morris: { trajectories: 2 } }", "[holds-out]")]
    {
        let page = swept(design, variants);
        assert!(page.contains("<figure id=\"based-over-time-"), "the page has its single runs");
        check(&browser, design, &page);
    }
}

#[test]
fn reports_of_studies_are_sound() {
    let Some(browser) = browser() else { return };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/one-state-stays-out.yaml");
    let scenario = scenario::read(&path, &Options::default()).unwrap_or_else(|(problems, _)| panic!("{problems:?}"));
    let study = Study {
        title: scenario.title.clone(),
        scenario: &scenario,
        caveat: None,
        assumed: Vec::new(),
        numbers_of: None,
        outcomes: vec![("impunity".to_owned(), "the part that was lost")],
        done: "20 seeds from 7.".to_owned(),
        sentences: vec!["One sentence.".to_owned()],
        known_by: Vec::new(),
        reproduce: "comity compare scenarios/one-state-stays-out.yaml".to_owned(),
        beyond: None,
    };
    check(&browser, "a comparison", &study::compared(&study, &[], &[differences()]));
    check(&browser, "a sweep", &study::swept(&study, &[], &figures()));
}

/// Differences on both sides of 0 and on it, of sizes that lie far apart.
fn differences() -> Differences {
    let difference = |(outcome, unit, mean, half): (&str, &str, f64, f64)| PairedDifference {
        outcome: outcome.to_owned(),
        unit: unit.to_owned(),
        mean,
        interval: Some((mean - half, mean + half)),
        shown: (format!("{mean:+.1}"), Some((format!("{:+.1}", mean - half), format!("{:+.1}", mean + half)))),
        pairs: 20,
        undefined: (0, 0),
        is_withheld: false,
        above_zero: 0.5,
        equal: 2,
    };
    Differences {
        name: "differences".to_owned(),
        baseline: "a-baseline-with-a-long-name".to_owned(),
        variant: "holds-out".to_owned(),
        differences: [
            ("impunity in the world over all years", "percentage points", 23.456, 4.5),
            ("incidents", "incidents", -12_345.6, 20_000.0),
            ("evidence lapsed", "cases", 0.0, 0.0),
        ]
        .map(difference)
        .to_vec(),
    }
}

fn point(at: Option<f64>, value: &str) -> Point {
    Point { at, value: value.to_owned(), mean: 0.5, interval: Some((0.4, 0.6)), undefined: 0.0, not_made: 0.0 }
}

/// Lines that end at one height, factors of five digits, and more series than there are colours.
fn by_numbers() -> ByFactor {
    let series = |name: &str| Series {
        name: name.to_owned(),
        points: vec![
            point(Some(1000.0), "1000"),
            point(Some(12_500.0), "12500"),
            point(Some(40_000.0), "40000"),
            point(None, "as written"),
        ],
    };
    ByFactor {
        name: "outcome".to_owned(),
        factor: "states.hesper.discretion.refuses-otherwise".to_owned(),
        factor_unit: "chance".to_owned(),
        outcome: "impunity".to_owned(),
        outcome_unit: "share".to_owned(),
        over: "Means over seeds.".to_owned(),
        axis: Axis::Numbers,
        joined: true,
        series: ["holds-out", "joins", "all-out", "a-variant-with-a-very-long-name-of-its-own", "fifth"]
            .map(series)
            .to_vec(),
    }
}

/// What a sweep draws by factors of every kind.
fn figures() -> Vec<ByFactor> {
    // Words that fit their slots, and words that stand below.
    let worded = |name: &str, words: &[&str]| ByFactor {
        name: name.to_owned(),
        axis: Axis::Words(words.iter().map(|word| (*word).to_owned()).collect()),
        joined: false,
        series: vec![Series {
            name: "holds-out".to_owned(),
            points: [0.0, 1.0].map(|at| point(Some(at), "a word")).to_vec(),
        }],
        ..by_numbers()
    };
    let short = worded("short", &["as written", "never", "{signed: 2011-01-01, consented: 2011-09-15}"]);
    let long = "{signed: 2011-01-01, consented: 2011-09-15, declarations: [art-24-7], reservations: [art-9-4]}";
    let long = worded("long", &["never", long, "as written", "a", "b", "c", "d", "e", "f"]);
    let ratios = |name: &str, low: f64, high: f64| ByFactor {
        name: name.to_owned(),
        axis: Axis::Ratios,
        series: vec![Series {
            name: "holds-out".to_owned(),
            points: [Some(low), Some(high), None].map(|at| point(at, "a value")).to_vec(),
        }],
        ..by_numbers()
    };
    let ratios = [("wide", 0.00001, 5e8), ("narrow", 1.2e6, 1.9e6), ("between", 90.0, 14_600.0)]
        .map(|(name, low, high)| ratios(name, low, high));
    [by_numbers(), short, long].into_iter().chain(ratios).collect()
}
