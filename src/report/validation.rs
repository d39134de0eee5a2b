//! The targets of validation as a table: for the terminal, as Markdown, as JSON.

use std::fmt::Write as _;

use super::lines::{counted, hang};
use crate::validation::{Found, Measured, Sign, Target, Verdict};

/// One row of the table.
struct Row {
    statistic: String,
    measured: String,
    band: String,
    verdict: &'static str,
}

fn row(found: &Found) -> Row {
    let band = found.statistic.band.map(|(low, high)| format!("{low} to {high}"));
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

/// How many statistics that have a band or a sign are met.
fn score(measured: &[Measured]) -> (usize, usize) {
    let judged = || measured.iter().flat_map(|one| &one.found).filter(|found| found.verdict != Verdict::Reported);
    (judged().filter(|found| found.verdict == Verdict::Met).count(), judged().count())
}

/// On which of its numbers the defaults were fitted, if on any.
fn fitted(target: &Target) -> Option<String> {
    (!target.fitted_on.is_empty()).then(|| format!("Defaults were fitted on {}.", target.fitted_on.join(" and ")))
}

/// For the terminal.
#[must_use]
pub fn text(measured: &[Measured]) -> String {
    let mut text = String::new();
    for one in measured {
        let Target { number, says, source, .. } = one.target;
        let fitted = fitted(one.target).map_or_else(String::new, |sentence| format!(" {sentence}"));
        hang(&mut text, "", &format!("{number}: {says}"));
        hang(&mut text, "  ", &format!("{source}.{fitted}"));
        for row in one.found.iter().map(row) {
            hang(&mut text, &format!("  {:>11}  ", row.verdict), &row.statistic);
            hang(&mut text, &" ".repeat(15), &format!("{}; wanted: {}", row.measured, row.band));
        }
        if !one.target.remarks.is_empty() {
            hang(&mut text, "  Remark: ", one.target.remarks);
        }
        let _ = writeln!(text, "  Digest {}\n", one.digest().short());
    }
    let (met, judged) = score(measured);
    let _ = writeln!(text, "{met} of {judged} statistics are met, over {}.", seeds(measured));
    text
}

/// As `docs/validation.md` has it.
#[must_use]
pub fn markdown(measured: &[Measured]) -> String {
    let seeds = seeds(measured);
    let (met, judged) = score(measured);
    let mut text =
        format!("{met} of {judged} statistics are met, over {seeds}; intervals are 95 % (Student's t, over seeds).\n");
    for one in measured {
        let Target { number, says, source, .. } = one.target;
        let fitted = fitted(one.target).map_or_else(String::new, |sentence| format!(" {sentence}"));
        let _ = writeln!(text, "\n### {number}\n\n{says} *{source}*.{fitted}\n");
        text.push_str("| statistic | measured | wanted | |\n|---|---|---|---|\n");
        for row in one.found.iter().map(row) {
            let _ = writeln!(text, "| {} | {} | {} | {} |", row.statistic, row.measured, row.band, row.verdict);
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
pub fn json(measured: &[Measured]) -> serde_json::Value {
    let statistic = |target: &Target, found: &Found| {
        serde_json::json!({
            "name": found.statistic.name,
            "fitted_on": target.is_fitted_on(&found.statistic),
            "unit": found.statistic.unit,
            "band": found.statistic.band,
            "mean": found.interval.map(|interval| interval.mean),
            "low": found.interval.map(|interval| interval.low),
            "high": found.interval.map(|interval| interval.high),
            "sign_share": found.sign_share,
            "verdict": found.verdict.words(),
            "values": found.values,
        })
    };
    measured
        .iter()
        .map(|one| {
            serde_json::json!({
                "target": one.target.number,
                "digest": one.digest().to_string(),
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
