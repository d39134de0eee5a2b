//! The targets of validation as a table: for the terminal, as Markdown, as JSON.

use std::fmt::Write as _;

use super::lines::{counted, hang, joined};
use crate::validation::protocol::USUAL_SEEDS;
use crate::validation::{Band, Found, Measured, NotMeasured, Sign, Target, Verdict};

/// The word for what a target asks for beside what is measured.
const NOT_MEASURED: &str = "not measured";

/// One row of the table.
struct Row {
    statistic: String,
    measured: String,
    band: String,
    verdict: &'static str,
}

fn row(found: &Found) -> Row {
    let band = found.statistic.band.map(|band| match band {
        Band::Meets(low, high) => format!("{low} to {high}"),
        Band::Holds(low, high) => format!("all within {low} to {high}"),
        Band::OfSeeds(least) => format!("at least {least}"),
    });
    let sign = found.statistic.sign.map(|sign| match sign {
        Sign::Below => "below 0".to_owned(),
        Sign::Above => "above 0".to_owned(),
    });
    let wanted: Vec<String> = band.into_iter().chain(sign).collect();
    let mut measured = found
        .interval
        .map_or_else(|| "-".to_owned(), |i| format!("{} ({} to {})", number(i.mean), number(i.low), number(i.high)));
    if let Some(share) = found.sign_share {
        let _ = write!(measured, ", sign right in {:.0} %", share * 100.0);
    }
    let defined = found.values.iter().flatten().count();
    if defined < found.values.len() {
        let _ = write!(measured, ", defined in {defined} of {}", found.values.len());
    }
    Row {
        statistic: format!("{} [{}]", found.statistic.name, found.statistic.unit),
        measured,
        band: if wanted.is_empty() { "-".to_owned() } else { wanted.join(", ") },
        verdict: found.verdict.words(),
    }
}

/// Three figures that count.
fn number(value: f64) -> String {
    let magnitude = value.abs();
    if magnitude >= 100.0 {
        format!("{value:.0}")
    } else if magnitude >= 10.0 {
        format!("{value:.1}")
    } else if magnitude >= 1.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    }
}

/// How many statistics that have a band or a sign are met, and how many that a target asks for are not measured.
fn score(measured: &[Measured]) -> String {
    let judged = || measured.iter().flat_map(|one| &one.found).filter(|found| found.verdict != Verdict::Reported);
    let met = judged().filter(|found| found.verdict == Verdict::Met).count();
    let not_measured: usize = measured.iter().map(|one| one.target.not_measured.len()).sum();
    let seeds = seeds(measured);
    format!("{met} of {} measured statistics are met, over {seeds}; {not_measured} not measured", judged().count())
}

/// On which of its numbers the defaults were fitted, if on any.
fn fitted(target: &Target) -> Option<String> {
    (!target.fitted_on.is_empty()).then(|| format!("Defaults were fitted on {}.", target.fitted_on.join(" and ")))
}

/// What was set otherwise than the model has it, where anything was.
fn set(settings: &[String]) -> Option<String> {
    let quoted: Vec<String> = settings.iter().map(|setting| format!("`{setting}`")).collect();
    (!settings.is_empty())
        .then(|| format!("With {} in every world: this is not the model as it is.", joined(&quoted, "and")))
}

/// For the terminal.
#[must_use]
pub fn text(measured: &[Measured], settings: &[String]) -> String {
    let mut text = String::new();
    if let Some(set) = set(settings) {
        hang(&mut text, "", &set);
        text.push('\n');
    }
    for one in measured {
        let Target { number, says, source, .. } = one.target;
        let fitted = fitted(one.target).map_or_else(String::new, |sentence| format!(" {sentence}"));
        hang(&mut text, "", &format!("{number}: {says}"));
        hang(&mut text, "  ", &format!("{source}.{fitted}"));
        for row in one.found.iter().map(row) {
            hang(&mut text, &format!("  {:>11}  ", row.verdict), &row.statistic);
            hang(&mut text, &" ".repeat(15), &format!("{}; wanted: {}", row.measured, row.band));
        }
        for NotMeasured { name, because } in one.target.not_measured {
            hang(&mut text, &format!("  {NOT_MEASURED:>11}  "), name);
            hang(&mut text, &" ".repeat(15), because);
        }
        if !one.target.remarks.is_empty() {
            hang(&mut text, "  Remark: ", one.target.remarks);
        }
        let _ = writeln!(text, "  Digest {}\n", one.digest().short());
    }
    let _ = writeln!(text, "{}.", score(measured));
    if measured.iter().any(|one| (one.seeds() as u64) < USUAL_SEEDS) {
        hang(
            &mut text,
            "",
            "With few seeds intervals are wide, and a wide one meets any band: the common protocol asks for 30 seeds.",
        );
    }
    text
}

/// As `docs/validation.md` has it.
#[must_use]
pub fn markdown(measured: &[Measured], settings: &[String]) -> String {
    let mut text = format!(
        "{}. Intervals are 95 % (Student's t, over seeds; of a share of the seeds the exact one).\n",
        score(measured)
    );
    if let Some(set) = set(settings) {
        let _ = writeln!(text, "\n{set}");
    }
    for one in measured {
        let Target { number, says, source, .. } = one.target;
        let fitted = fitted(one.target).map_or_else(String::new, |sentence| format!(" {sentence}"));
        let _ = writeln!(text, "\n### {number}\n\n{says} *{source}*.{fitted}\n");
        text.push_str("| statistic | measured | wanted | |\n|---|---|---|---|\n");
        for row in one.found.iter().map(row) {
            let _ = writeln!(text, "| {} | {} | {} | {} |", row.statistic, row.measured, row.band, row.verdict);
        }
        for NotMeasured { name, because } in one.target.not_measured {
            let _ = writeln!(text, "| {name} | {because} | - | {NOT_MEASURED} |");
        }
        if !one.target.remarks.is_empty() {
            let _ = writeln!(text, "\n{}", one.target.remarks);
        }
        let _ = writeln!(text, "\nDigest of the values: `{}`", one.digest());
    }
    text
}

/// Every statistic with its values by seed.
#[must_use]
pub fn json(measured: &[Measured], settings: &[String]) -> serde_json::Value {
    let statistic = |target: &Target, found: &Found| {
        serde_json::json!({
            "name": found.statistic.name,
            "fitted_on": target.is_fitted_on(&found.statistic),
            "unit": found.statistic.unit,
            "band": found.statistic.band.map(Band::ends),
            "all_within": matches!(found.statistic.band, Some(Band::Holds(..))),
            "share_of_seeds": matches!(found.statistic.band, Some(Band::OfSeeds(_))),
            "mean": found.interval.map(|interval| interval.mean),
            "low": found.interval.map(|interval| interval.low),
            "high": found.interval.map(|interval| interval.high),
            "sign_share": found.sign_share,
            "verdict": found.verdict.words(),
            "values": found.values,
        })
    };
    let not_measured = |one: &NotMeasured| serde_json::json!({ "name": one.name, "because": one.because });
    measured
        .iter()
        .map(|one| {
            serde_json::json!({
                "target": one.target.number,
                "settings": settings,
                "digest": one.digest().to_string(),
                "not_measured": one.target.not_measured.iter().map(not_measured).collect::<Vec<_>>(),
                "statistics": one.found.iter().map(|found| statistic(one.target, found)).collect::<Vec<_>>(),
            })
        })
        .collect()
}

/// How many seeds; from the fewest to the most where an interrupted measurement has more of some targets.
fn seeds(measured: &[Measured]) -> String {
    let least = measured.iter().map(Measured::seeds).min().unwrap_or(0);
    let most = measured.iter().map(Measured::seeds).max().unwrap_or(0);
    if least == most { counted(most, "seed", "seeds") } else { format!("{least} to {most} seeds") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::{Statistic, all};

    /// All seeds of a target at one value.
    fn measured(number: &str, value: f64) -> Measured {
        let target = all().into_iter().find(|target| target.number == number).expect("a target");
        let judged = |statistic: &Statistic| statistic.judge(vec![Some(value); 3]);
        Measured { target, found: target.statistics.iter().map(judged).collect() }
    }

    #[test]
    fn what_is_not_measured_has_its_rows_and_its_count() {
        let measured = [measured("T16", 0.0), measured("T10", 0.0)];
        let markdown = markdown(&measured, &[]);
        assert!(
            markdown.starts_with("3 of 9 measured statistics are met, over 3 seeds; 1 not measured."),
            "{markdown}"
        );
        for text in [markdown, text(&measured, &[])] {
            let row = text.find("T16 convictions per identified victim").expect("a row");
            assert!(text[row..].contains("there are no victims to identify"), "{text}");
        }
        assert_eq!(json(&measured, &[])[0]["not_measured"].as_array().map(Vec::len), Some(1));
    }
}
