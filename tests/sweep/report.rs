//! The report of a sweep: a figure an outcome and factor, each with the means of the table it was made from.

use crate::{Place, STUDY, ok};

#[test]
fn a_report_shows_every_factor_with_the_means_of_the_table() {
    let place = Place::new();
    let plan = place.plan(STUDY, "plan");
    ok(&["sweep", "run", &plan, "--quiet"]);
    let (table, page) = (place.text("all.csv"), place.text("report.html"));
    ok(&["sweep", "merge", &plan, "-o", &table, "--report", &page]);
    let page = std::fs::read_to_string(page).expect("a report");
    // Three outcomes by three factors.
    assert_eq!(page.matches("<svg").count(), 9);
    for factor in ["networks.count", "networks.behaviour.incidents-per-year", "states.hesper.law (1: "] {
        assert!(page.contains(&format!("Impunity by {factor}")), "no figure by {factor}");
    }
    // The name of the language of figures is asked of nobody.
    let asks = page.replace("http://www.w3.org/2000/svg", "");
    assert!(!asks.contains("http://") && !asks.contains("https://"), "something is asked for from outside");
    // The mean impunity where Hesper has the full law and joins, taken from the table by hand.
    let mut rows = csv::Reader::from_path(table).expect("a table");
    let headers = rows.headers().expect("a head").clone();
    let column = |name: &str| headers.iter().position(|header| header == name).expect("a column");
    let (variant, law, impunity) = (column("variant"), column("states.hesper.law"), column("impunity"));
    let values: Vec<f64> = rows
        .records()
        .map(|row| row.expect("a row"))
        .filter(|row| &row[variant] == "joins" && &row[law] == "full")
        .map(|row| row[impunity].parse().expect("a number"))
        .collect();
    assert!(values.len() >= 3, "{values:?}");
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let mean = values.iter().sum::<f64>() / values.len() as f64 * 100.0;
    assert!(page.contains(&format!("{mean:.1}")), "{mean} is in no figure");
}
