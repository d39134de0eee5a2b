//! Entries of lists as factors: the day of an event in a timeline, above all.

use crate::{Place, ends, ok};

/// An operation closes the sites in Elona on a day that is no fixed one. Of 2011 and half of 2012.
const OPERATION: &str = "\
like: scenarios/moving-operators.yaml
networks: { count: 60 }
variants:
  early: { timeline.0.date: 2011-02-01 }
timeline:
  - { date: 2011-06-01, state: elona, does: seize-sites, share: 0.9 }
  - { date: 2012-06-01, state: alba, does: seize-sites, share: 0.9 }
findings: []
";

/// A study of it, with this design and this factor.
fn study(design: &str, factor: &str) -> String {
    format!(
        "title: When to act\nscenario: operation.yaml\nseed: 5\nreplicates: 2\ndesign: {design}\nfactors:\n  \
         states.elona.market: {{ values: [1, 2] }}\n  {factor}\n"
    )
}

const DAYS: &str = "timeline.0.date: { from: 2011-02-01, to: 2012-04-01, steps: 4 }";

#[test]
fn a_range_of_days_of_an_event_is_a_factor_of_every_design() {
    for (design, points) in [
        ("grid", 8),
        ("one-at-a-time", 7),
        ("{ latin-hypercube: { points: 5 } }", 5),
        ("{ morris: { trajectories: 2 } }", 6),
        ("{ sobol: { samples: 2 } }", 8),
        ("{ list: [{ timeline.0.date: 2011-03-01 }, { timeline.0.date: 2011-09-01, timeline.1.state: brava }] }", 2),
    ] {
        let place = Place::new();
        place.write("operation.yaml", OPERATION);
        let design_alone = design.starts_with("{ list");
        let mut study = study(
            design,
            if design.starts_with('{') { "timeline.0.date: { from: 2011-02-01, to: 2012-04-01 }" } else { DAYS },
        );
        if design_alone {
            study.truncate(study.find("factors:").expect("factors"));
        }
        let plan = place.plan(&study, "plan");
        ok(&["sweep", "run", &plan, "--quiet"]);
        let table = place.merged(&plan);
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let headers = rows.headers().expect("a head").clone();
        let column = |name: &str| headers.iter().position(|header| header == name).expect("a column");
        let (day, stopped, incidents) = (column("timeline.0.date"), column("stopped"), column("impunity"));
        let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), points * 2, "{design}");
        let is_in_range = |row: &csv::StringRecord| ("2011-02-01"..="2012-04-01").contains(&&row[day]);
        assert!(
            rows.iter().all(|row| row[stopped].is_empty() && (row[day].is_empty() || is_in_range(row))),
            "{design}: {table}"
        );
        // The day is not only written down: something hangs on it.
        let mut seen: Vec<&str> = rows.iter().map(|row| &row[incidents]).collect();
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() > 2, "{design}: {seen:?}");
    }
}

#[test]
fn a_variant_and_a_setting_lead_to_an_entry_as_well() {
    let place = Place::new();
    let scenario = place.write("operation.yaml", OPERATION).display().to_string();
    let days = |arguments: &[&str]| {
        let common = ["run", &scenario, "--transport", "direct", "--set", "to=2012-06-30", "--json"];
        let summary: serde_json::Value = serde_json::from_str(&ok(&[&common, arguments].concat())).expect("JSON");
        summary["digest"].to_string()
    };
    let early = days(&["--variant", "early"]);
    assert_eq!(days(&["--set", "timeline.0.date=2011-02-01"]), early);
    assert_ne!(days(&[]), early);
}

#[test]
fn a_step_that_leads_to_no_entry_is_told_with_its_place_and_how_many_there_are() {
    let place = Place::new();
    let scenario = place.write("operation.yaml", OPERATION).display().to_string();
    let told = |code: i32, arguments: &[&str], expected: &[&str]| {
        let said = ends(code, arguments);
        for expected in expected {
            assert!(said.contains(expected), "`{expected}` missing in\n{said}");
        }
    };
    let beyond = "`timeline.2.date` leads to entry 2 of `timeline`, which has 2 entries";
    let help = "entries are counted from 0: write `timeline.0` to `timeline.1`";
    told(2, &["run", &scenario, "--set", "timeline.2.date=2011-02-01"], &[beyond, help, "--set timeline.2.date"]);
    let no_number =
        "`timeline.first.date` leads through `timeline`, a list of 2 entries, by `first`, which is no number";
    told(2, &["run", &scenario, "--set", "timeline.first.date=2011-02-01"], &[no_number, help]);
    // A scenario that has no such list at all.
    let without = ["run", "scenarios/one-state-stays-out.yaml", "--set", "timeline.0.date=2011-02-01"];
    told(2, &without, &["`timeline.0.date` leads to entry 0 of `timeline`, which has no entries"]);
    let of_factor = |factor: &str, expected: &[&str]| {
        let file = place.write("study.yaml", &study("grid", factor)).display().to_string();
        told(2, &["sweep", "plan", &file, "-o", &place.text("plan")], expected);
        assert!(!place.path("plan").exists());
    };
    of_factor(&DAYS.replace(".0.", ".2."), &["study.yaml:8:3", beyond, help]);
    of_factor(&DAYS.replace(".0.", ".first."), &["study.yaml:8:3", no_number, help]);
    of_factor(&DAYS.replace(".0.", ".00."), &["study.yaml:8:3", "by `00`, which is no number"]);
    let variant = place.write("variant.yaml", &OPERATION.replace("timeline.0.date:", "timeline.7.date:"));
    let expected = ["variant.yaml:4:12", "`timeline.7.date` leads to entry 7 of `timeline`, which has 2 entries"];
    told(2, &["check", &variant.display().to_string()], &expected);
}

/// A day that cannot stand there is a mistake of the range, at the end where it is written.
#[test]
fn a_day_of_an_event_outside_the_run_is_told_where_the_range_is() {
    let place = Place::new();
    place.write("operation.yaml", OPERATION);
    let file = place.write("study.yaml", &study("grid", &DAYS.replace("from: 2011-02-01", "from: 2001-02-01")));
    let said = ends(2, &["sweep", "plan", &file.display().to_string(), "-o", &place.text("plan")]);
    assert!(
        said.contains("study.yaml:8:28") && said.contains("2001-02-01 lies before the run, which begins on 2011-01-01"),
        "{said}"
    );
}
