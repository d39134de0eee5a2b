//! How variants go over time: for each of them one bright line with its band over that of the baseline, for the networks
//! of one state and for impunity in the world; one line alone, where there is nothing to lay over another.

use maud::{Markup, html};

use super::first_runs::Origin;
use super::section as page_section;
use crate::base::{Day, in_prose};
use crate::report::alike::{World, in_a_sentence};
use crate::report::charts::Hue;
use crate::report::charts::time::{Look, Series, TimeChart};
use crate::report::compare::CompareSummary;
use crate::report::lines::counted;
use crate::report::over_time::DaySummary;
use crate::study::course::Spread;

/// More panels are a wall of them; the table of the variants has all.
const MOST_PANELS: usize = 6;
/// More points than this are more than a figure can show, and with many panels more than a page should weigh.
const MOST_POINTS: usize = 130;
const MOST_POINTS_OF_MANY: usize = 65;
/// With more panels than these, each has the baseline alone behind it, and fewer points.
const FEW_PANELS: usize = 3;

/// What is followed.
struct Measure {
    name: &'static str,
    title: String,
    axis: String,
    of: fn(&DaySummary) -> Option<Spread>,
}

/// A world and how it goes.
struct Shown<'a> {
    name: String,
    said: String,
    days: &'a [DaySummary],
}

/// The panels, one a world that goes another way than the baseline.
pub(super) fn section(summary: &CompareSummary, worlds: &[World], origin: Origin) -> Markup {
    let over_time = &summary.over_time;
    let of_world = |world: &World| Shown {
        name: world.name.clone(),
        said: world.said.clone(),
        days: &over_time.variants[world.place].days,
    };
    let all: Vec<Shown> = worlds.iter().map(of_world).collect();
    let (baseline, others) = all.split_first().expect("a comparison has a baseline");
    let (same, others): (Vec<&Shown>, Vec<&Shown>) = others.iter().partition(|other| is_same(baseline, other));
    let measures = [
        Measure {
            name: "based",
            title: format!("Networks based in {}", in_prose(&over_time.state)),
            axis: format!("Share of all networks, based in {}, %", in_prose(&over_time.state)),
            of: |day| day.based,
        },
        Measure {
            name: "impunity",
            title: "Impunity in the world".to_owned(),
            axis: format!("Part lost of the cases closed in the {} days before, %", over_time.window_days),
            of: |day| day.impunity,
        },
    ];
    let left_out = others.len().saturating_sub(MOST_PANELS);
    let is_valued =
        |measure: &&Measure| all.iter().any(|course| course.days.iter().any(|day| (measure.of)(day).is_some()));
    let (measures, without): (Vec<&Measure>, Vec<&Measure>) = measures.iter().partition(is_valued);
    let content = html! {
        @if let Origin::MadeForPage = origin { (origin.remark(summary.seeds[0], worlds.len())) }
        @if let Some(chosen) = &over_time.chosen { p { (chosen) "; " (origin.names_another()) " names another." } }
        @if left_out > 0 {
            p {
                (counted(left_out, "more variant has no panel of its own", "more variants have no panel of their own")) "; "
                (origin.writes_numbers()) " writes " (if left_out == 1 { "its" } else { "their" }) " numbers."
            }
        }
        @for measure in &without {
            p { (measure.title) ": " (if all.len() == 1 { "there is no value" } else { "no variant has a value" }) " on any day, and so no figure." }
        }
        @for variant in &same {
            p { strong { (variant.name) } ": the same as " (baseline.said) ", to the last number." }
        }
        @for (index, variant) in others.iter().take(MOST_PANELS).enumerate() {
            @for measure in &measures { (panel(summary, measure, index + 1, &all, (Some(baseline), variant))) }
        }
        @if others.is_empty() {
            @for measure in &measures { (panel(summary, measure, 0, &all[..1], (None, baseline))) }
        }
    };
    page_section("over-time", "How it goes, month by month", content)
}

/// A figure, or a sentence where the variant has nothing to draw.
fn panel(
    summary: &CompareSummary,
    measure: &Measure,
    number: usize,
    all: &[Shown],
    (baseline, variant): (Option<&Shown>, &Shown),
) -> Markup {
    let few = all.len() <= FEW_PANELS + 1;
    let days = kept(variant.days, if few { MOST_POINTS } else { MOST_POINTS_OF_MANY });
    let own = line(measure, variant, &days, Look::Bright(Hue::Vermilion));
    if !has_values(&own) {
        return html! { p { (measure.title) ", " (variant.said) ": there is no value on any day, and so no figure." } };
    }
    let mut others: Vec<&Shown> = all.iter().collect();
    let is_own = |course: &Shown| std::iter::once(variant).chain(baseline).any(|own| std::ptr::eq(own, course));
    others.retain(|course| few && !is_own(course));
    let mut series: Vec<Series> =
        others.iter().map(|course| Series { band: Vec::new(), ..line(measure, course, &days, Look::Grey) }).collect();
    // A line without a value on these days would be promised, and be a column of dashes in the table.
    series.retain(has_values);
    let behind = baseline.map(|baseline| line(measure, baseline, &days, Look::Baseline)).filter(has_values);
    let tabled = ends_of_years(&days);
    let title = match baseline.filter(|_| behind.is_some()) {
        Some(against) => format!("{} against {}", variant.said, against.said),
        None => variant.said.clone(),
    };
    let behind_it = behind_it(variant, baseline, behind.is_some(), &series);
    series.extend(behind);
    series.push(own);
    if summary.seeds.len() == 1 {
        for series in &mut series {
            series.band.clear();
        }
    }
    let (lines, bands) = lines_and_bands(summary, baseline.is_some());
    TimeChart {
        name: format!("{}-over-time-{number}", measure.name),
        title: format!("{}: {title}", measure.title),
        description: format!(
            "{lines}: solid, {}{behind_it}.{bands}{}{}",
            variant.said,
            if days.len() < variant.days.len() { " Not all months are drawn." } else { "" },
            if tabled.is_empty() { "" } else { " The table has the ends of years." },
        ),
        axis: measure.axis.clone(),
        tabled,
        days,
        series,
        spells: Vec::new(),
        others: String::new(),
        band: "10th to 90th percentile".to_owned(),
    }
    .figure()
    .markup()
}

/// What lies behind the bright line, in words: the baseline, where it is `drawn`, or why it is not; and the others.
fn behind_it(variant: &Shown, baseline: Option<&Shown>, drawn: bool, others: &[Series]) -> String {
    let dashed = baseline.map_or_else(String::new, |against| match &against.said {
        against if drawn => format!("; dashed and grey, {against}"),
        said if overlap(against.days, variant.days) => format!("; {said} has no value on these days"),
        said => format!("; {said} runs in another period, and has no line here"),
    });
    let grey = match others {
        [] => String::new(),
        [one] => format!("; thin, {}", in_a_sentence(&one.name)),
        _ => "; thin, the other variants".to_owned(),
    };
    dashed + &grey
}

/// Of how many runs the lines are, and what their bands mean: those of one run have none.
fn lines_and_bands(summary: &CompareSummary, compared: bool) -> (&'static str, String) {
    match (summary.seeds.len(), compared) {
        (1, true) => ("One run of each", String::new()),
        (1, false) => ("One run", String::new()),
        _ => {
            let band = summary.over_time.band;
            let lie = "how far single histories lie apart, and not how well their mean is known";
            ("Means over the runs", format!(" Bands reach {band}: {lie}."))
        }
    }
}

/// Whether two variants go the same way, in what is followed.
fn is_same(one: &Shown, other: &Shown) -> bool {
    let values = |day: &DaySummary| (day.day, day.based, day.impunity);
    one.days.iter().map(values).eq(other.days.iter().map(values))
}

/// Whether a line has anything to draw.
fn has_values(series: &Series) -> bool {
    series.values.iter().any(Option::is_some)
}

/// Whether two courses have a day in common.
fn overlap(one: &[DaySummary], other: &[DaySummary]) -> bool {
    let ends = |days: &[DaySummary]| Some((days.first()?.day, days.last()?.day));
    ends(one).zip(ends(other)).is_some_and(|(one, other)| one.0 <= other.1 && other.0 <= one.1)
}

/// A line with its band; the variants may begin and end on other days, on which a line has nothing.
fn line(measure: &Measure, course: &Shown, days: &[Day], look: Look) -> Series {
    let on = |day: &Day| {
        let place = course.days.binary_search_by_key(day, |summary| summary.day).ok()?;
        (measure.of)(&course.days[place])
    };
    Series {
        name: course.name.clone(),
        values: days.iter().map(|day| on(day).map(|spread| spread.mean * 100.0)).collect(),
        band: days.iter().map(|day| on(day).map(|spread| (spread.low * 100.0, spread.high * 100.0))).collect(),
        look,
        thicker: Vec::new(),
    }
}

/// At most so many of the days, evenly; the last, and the first of each year, stay.
fn kept(days: &[DaySummary], most: usize) -> Vec<Day> {
    let every = [1, 3, 12].into_iter().find(|every| days.len() / every <= most).unwrap_or(60);
    let last = days.len().saturating_sub(1);
    // Counted from the first January, so that the ends of years are among them.
    let january = days.iter().position(|day| day.day.calendar().1 == 1).unwrap_or(0);
    let is_kept = |index: usize| index == 0 || index == last || index.abs_diff(january).is_multiple_of(every);
    days.iter().enumerate().filter(|(index, _)| is_kept(*index)).map(|(_, day)| day.day).collect()
}

/// The first days of years, the first day of all and the last; of a time shorter than two years, all of them.
fn ends_of_years(days: &[Day]) -> Vec<Day> {
    let ends = [days.first(), days.last()];
    let is_end = |day: &&Day| matches!(day.calendar(), (_, 1, 1)) || ends.contains(&Some(*day));
    let kept: Vec<Day> = days.iter().filter(is_end).copied().collect();
    if kept.len() < 4 { Vec::new() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_years_are_drawn_and_tabled_however_few_points_there_are() {
        let mut day = Day::from_calendar(2010, 6, 1).expect("a day");
        let mut days = Vec::new();
        for _ in 0..121 {
            days.push(DaySummary { day, based: None, impunity: None });
            day = day.first_of_next_month();
        }
        for most in [130, 65] {
            let kept = kept(&days, most);
            assert!(kept.len() <= most && kept.first() == Some(&days[0].day) && kept.last() == Some(&days[120].day));
            assert_eq!(ends_of_years(&kept).len(), 12, "2010-06, ten Januaries, 2020-06");
        }
    }
}
