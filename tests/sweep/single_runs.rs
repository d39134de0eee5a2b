//! The report of a sweep beside its factors: the variants as dots against the first, and one run of each to look into.

use std::fmt::Write as _;

use crate::{Place, STUDY, ok};

/// The report of a plan that was run, without what keeps days and intervals on one line; and what `merge` printed.
fn report(place: &Place, plan: &str) -> (String, String) {
    ok(&["sweep", "run", plan, "--quiet"]);
    let said = ok(&["sweep", "merge", plan, "-o", &place.text("all.csv"), "--report", &place.text("report.html")]);
    (page(place, "report.html"), said)
}

fn page(place: &Place, name: &str) -> String {
    let page = std::fs::read_to_string(place.path(name)).expect("a report");
    page.replace("<time>", "").replace("</time>", "").replace('\u{a0}', " ")
}

/// A figure of a page, whole.
#[track_caller]
fn figure<'a>(page: &'a str, name: &str) -> &'a str {
    let start = page.find(&format!("<figure id=\"{name}\">")).unwrap_or_else(|| panic!("no figure {name}"));
    let end = page[start..].find("</figure>").expect("it ends");
    &page[start..start + end]
}

/// The columns of the merged table by name, row by row.
fn column(place: &Place, name: &str) -> Vec<String> {
    let mut rows = csv::Reader::from_path(place.path("all.csv")).expect("a table");
    let at = rows.headers().expect("a head").iter().position(|header| header == name).expect("a column");
    rows.records().map(|row| row.expect("a row")[at].to_owned()).collect()
}

#[test]
fn a_report_shows_one_run_of_each_variant_as_a_comparison_does() {
    let place = Place::new();
    let (page_of_sweep, _) = report(&place, &place.plan(STUDY, "plan"));
    let seed = column(&place, "seed").swap_remove(0);
    let said = format!(
        "The run of seed {seed} under each variant, made for this page with every factor as the scenario has it:"
    );
    assert_eq!(page_of_sweep.matches(&said).count(), 4, "over time, refusals, states, reasoning");
    // The same by the command that compares: the scenario's own point is the scenario.
    let file = place.text("compared.html");
    let seed = format!("seed={seed}");
    let compare = ["compare", "scenarios/one-state-stays-out.yaml", "--variants", "holds-out,joins", "--runs", "1"];
    ok(&[&compare[..], &["--set", "to=2012-06-30", "--set", &seed, "--report", &file]].concat());
    let compared = page(&place, "compared.html");
    for name in ["based-over-time-1", "impunity-over-time-1", "matrix-0", "tiles-0"] {
        assert_eq!(figure(&page_of_sweep, name), figure(&compared, name), "{name}");
    }
    let reasoning = |page: &str| {
        let (_, from) = page.split_once("How the law decides typical refusals").expect("a section");
        let (section, _) = from.split_once("</section>").expect("it ends");
        section.matches("class=\"typical\"").count()
    };
    assert!(reasoning(&compared) > 0 && reasoning(&page_of_sweep) == reasoning(&compared));
}

/// The mean over seeds of what each seed comes to over its points, as people would compute it from the table.
#[test]
fn dots_are_the_differences_of_the_study_itself() {
    let place = Place::new();
    // With the study's own seed the three pairs differ by the same amount, of which there is no interval.
    let study = STUDY.replace("seed: 11", "seed: 12");
    let (page, _) = report(&place, &place.plan(&study, "plan"));
    let incidents = column(&place, "incidents");
    let rows = column(&place, "variant").into_iter().zip(column(&place, "replicate")).zip(&incidents);
    let (mut sum, mut runs) = (0.0, 0.0_f64);
    for ((variant, _), incidents) in rows {
        let incidents: f64 = incidents.parse().expect("a number");
        sum += if variant == "joins" { incidents } else { -incidents };
        runs += 0.5;
    }
    let dots = figure(&page, "differences-1");
    let (_, row) =
        dots.split_once("<th scope=\"row\">Incidents in the world</th><td>incidents</td><td>").expect("a row");
    let written: Vec<String> =
        row.split("</td><td>").take(4).map(|cell| cell.replace('\u{2212}', "-").replace(',', "")).collect();
    let cells: Vec<f64> = written.iter().map(|cell| cell.parse().expect("a number")).collect();
    let [mean, low, high, seeds] = cells[..] else { panic!("{cells:?}") };
    // The mean is rounded as the ends of its interval are: what is shown is the nearest number of so many decimals.
    let decimals = written[0].split_once('.').map_or(0, |(_, decimals)| decimals.len());
    assert_eq!(written[0], format!("{:+.decimals$}", sum / runs), "{cells:?}");
    assert!(low < mean && mean < high && (seeds - 3.0).abs() < 1e-9, "{cells:?}");
    assert!(dots.contains("“joins” against “holds-out”"));
    assert!(
        page.contains(
            "A pair is a seed, in both variants. Each seed is averaged over the 4 points of the design first."
        )
    );
}

#[test]
fn a_report_names_its_results_in_full() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    let digest = || {
        let (page, said) = report(&place, &plan);
        let (_, short) = said.trim_end().split_once("digest of their content ").expect("a digest");
        let (_, again) = page.split_once("To get this again").expect("a section");
        let (_, named) = again.split_once("Digest of the results").expect("named");
        let at = named.find(short).unwrap_or_else(|| panic!("{short} is not named"));
        named[at..].chars().take_while(char::is_ascii_hexdigit).collect::<String>()
    };
    let first = digest();
    assert_eq!(first.len(), 64, "{first}");
    assert_eq!(digest(), first, "the same results");
}

#[test]
fn one_variant_has_its_own_lines_and_nothing_beside() {
    let place = Place::new();
    let (page, _) = report(&place, &place.plan(&STUDY.replace("[holds-out, joins]", "[holds-out]"), "plan"));
    assert!(figure(&page, "based-over-time-0").contains("Networks based in Hesper: “holds-out”"));
    assert!(figure(&page, "impunity-over-time-0").contains("One run: solid, “holds-out”."));
    assert!(page.contains("<h2>Who refused whom, in one run</h2>") && !page.contains("under every variant"));
    assert!(
        figure(&page, "matrix-0").contains("Requests refused, holds-out") && figure(&page, "tiles-0").contains("●")
    );
    assert!(!page.contains("What the variants differ by") && !page.contains("the order is that of every variant"));
}

#[test]
fn variants_with_seeds_of_their_own_are_shown_and_not_paired() {
    let place = Place::new();
    let (page, _) = report(&place, &place.plan(&STUDY.replace("seed: 11\n", "seed: 11\nseeds: by-variant\n"), "plan"));
    assert!(!page.contains("What the variants differ by") && page.contains("they are not compared seed by seed"));
    assert!(figure(&page, "based-over-time-1").contains("“joins” against “holds-out”"));
    let seed = column(&place, "seed").swap_remove(0);
    assert!(page.contains(&format!("The run of seed {seed} under each variant, made for this page")));
}

/// Twenty states, ten years, four variants, two factors: as much as a report of usual size holds.
#[test]
fn a_report_of_twenty_states_takes_less_than_half_a_megabyte() {
    let mut world = String::from(
        "title: Twenty states\nquestion: How large is the report?\n\
         teaching: { time: none, goals: [size], ask: [How large?] }\nfrom: 2011-01-01\nto: 2020-12-31\nseed: 3\n\
         treaties: [ets185, internet-trafficking-protocol/conduct]\nstates:\n",
    );
    for index in 1..=20 {
        let law = if index <= 3 { "no-internet-trafficking" } else { "full" };
        let _ = writeln!(world, "  state{index:02}: {{ law: {law}, infrastructure: {index}, market: {} }}", 21 - index);
    }
    world += "membership:\n  ets185: { \"*\": 2005-03-10 }\n  internet-trafficking-protocol/conduct:\n    \
              \"*\": 2011-09-15\n    state01: never\n    state02: never\n    state03: never\n\
              networks:\n  count: 200\n  lines:\n    advertise: { weight: 1, facts: [advertise, minor, knew, commercial, \
              computer, intent] }\nvariants:\n  fewer: { networks.count: 150 }\n  more: { networks.count: 250 }\n  \
              others: { networks.count: 180 }\n  as-is: {}\nfindings: []\n";
    let place = Place::new();
    place.write("twenty.yaml", &world);
    let study = "title: Twenty\nscenario: twenty.yaml\nseed: 2\nreplicates: 2\nvariants: [as-is, fewer, more, others]\n\
                 design: one-at-a-time\nfactors:\n  networks.behaviour.risk-weight: { values: [1, 2] }\n  \
                 networks.behaviour.memory-days: { values: [400, 900] }\n";
    let file = place.write("study.yaml", study).display().to_string();
    let plan = place.text("plan");
    ok(&["sweep", "plan", &file, "-o", &plan]);
    ok(&["sweep", "run", &plan, "--quiet"]);
    ok(&["sweep", "merge", &plan, "-o", &place.text("all.csv"), "--report", &place.text("report.html")]);
    let page = std::fs::read_to_string(place.path("report.html")).expect("a report");
    assert!(page.len() < 500_000, "{} bytes", page.len());
    assert!(page.len() > 200_000, "a report with all its figures is larger: {} bytes", page.len());
    for name in ["differences-3", "based-over-time-3", "matrix-2", "tiles-2", "factor-1-impunity"] {
        figure(&page, name);
    }
}
