//! The report of a run, without a browser: every figure has its name and its table with the same numbers, nothing is
//! asked of the network, what people wrote stays text.

mod assumed;
mod dated;
mod direction;
mod elements;
mod few;
mod figures;
mod labels;
mod parameters;
mod run_law;
mod studies;
mod texts;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use comity::base::StateId;
use comity::engine::{self, Outcome};
use comity::report::{self, Summary, html};
use comity::scenario::findings::{Bounds, Sought};
use comity::scenario::{self, Expects, Finding, Options, Scenario};
use comity::transport::{self, Direct};

use elements::{Element, elements};

/// A run of a scenario, and its summary.
fn summarised(scenario: &Scenario) -> (Outcome, Summary) {
    let plan = &scenario.plan;
    let _options = transport::Options::default();
    let mut nodes = Direct::of(plan);
    let outcome = engine::run(plan, &mut nodes, &mut (), &AtomicBool::new(false)).expect("it runs");
    let summary = report::summarise(scenario, &outcome, "comity run <scenario>".to_owned());
    (outcome, summary)
}

fn summary(scenario: &Scenario) -> Summary {
    summarised(scenario).1
}

/// The report of a scenario.
fn report(scenario: &Scenario) -> String {
    let (outcome, summary) = summarised(scenario);
    html::of_run(html::Run { scenario, outcome: &outcome, summary: &summary })
}

fn shipped(name: &str, variant: Option<&str>, settings: &[&str]) -> Scenario {
    let options = Options {
        variant: variant.map(str::to_owned),
        settings: settings.iter().map(|setting| (*setting).to_owned()).collect(),
        ..Options::default()
    };
    let path = Path::new("scenarios").join(name).with_extension("yaml");
    scenario::read(&path, &options).unwrap_or_else(|(problems, _)| panic!("{name}: {problems:?}"))
}

fn written(text: &str) -> Scenario {
    scenario::read_text("written.yaml", text, &Options::default())
        .unwrap_or_else(|(problems, _)| panic!("{problems:?}\n{text}"))
}

/// A finding that is not met says what was found instead.
#[test]
fn what_is_not_met_says_what_was_found() {
    let mut scenario = shipped("one-state-stays-out", None, &["to=2011-06-30", "networks.count=20"]);
    let name = scenario.plan.library.state(StateId(0)).name.clone();
    let first = Sought { state: StateId(0), role: None };
    let expected = [
        Expects::Haven(first, None),
        Expects::Removed(StateId(0), Bounds { least: Some(1_000_000), most: None }),
        Expects::NoHaven(first),
    ];
    scenario.findings = expected.map(|expects| Finding { variants: Vec::new(), expects }).to_vec();
    let page = report(&scenario);
    let not_met = "<strong>NOT MET: </strong>";
    assert!(page.contains(&format!("{not_met}{name} becomes a haven; found: no state does</li>")), "no haven");
    assert!(page.contains(&format!("{not_met}{name} removes at least 1,000,000 sites; found: ")), "no sites");
    assert!(page.contains(&format!("<strong>met: </strong>{name} does not become a haven</li>")), "what is met");
}

/// Twenty states of which each has a law of its own, three stay out, and everything is as large as ten years make it.
fn twenty_states() -> Scenario {
    let mut text = String::from(
        "title: Twenty states\nquestion: How large is the report?\n\
         teaching: { time: none, goals: [size], ask: [How large?] }\n\
         from: 2011-01-01\nto: 2020-12-31\nseed: 3\n\
         treaties: [ets185, internet-trafficking-protocol/conduct]\nstates:\n",
    );
    for index in 1..=20 {
        let law = if index <= 3 { "no-internet-trafficking" } else { "full" };
        let _ = writeln!(
            text,
            "  state{index:02}: {{ law: {law}, infrastructure: {index}, market: {}, authority: {{ contact-point: {} }} }}",
            21 - index,
            index % 2 == 0
        );
    }
    text += "membership:\n  ets185: { \"*\": 2005-03-10 }\n  internet-trafficking-protocol/conduct:\n    \
             \"*\": { signed: 2011-01-01, consented: 2011-09-15 }\n";
    for index in 1..=3 {
        let _ = writeln!(text, "    state{index:02}: never");
    }
    text += "networks:\n  count: 400\n  lines:\n    advertise: { weight: 1, facts: [advertise, minor, knew, commercial, \
             computer, intent] }\n";
    written(&text)
}

/// Every figure with its drawing and its tables; every complaint is one line.
fn complaints(page: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    let all = match elements(page) {
        Ok(all) => all,
        Err(why) => return vec![why],
    };
    let drawings: Vec<&Element> = all.iter().filter(|element| element.name == "svg").collect();
    let figures: Vec<&Element> = all.iter().filter(|element| element.name == "figure").collect();
    if drawings.len() != figures.len() {
        complaints.push(format!("{} drawings in {} figures", drawings.len(), figures.len()));
    }
    for figure in figures {
        let inside = |name: &str| all.iter().filter(|element| element.name == name && figure.holds(element)).collect();
        let [svg, titles, descriptions, tables, paths]: [Vec<&Element>; 5] =
            ["svg", "title", "desc", "table", "path"].map(inside);
        let id = figure.attribute("id").unwrap_or_default();
        // A label that is cut has a title, too; the figure's own is the one with an id.
        let titles: Vec<&Element> = titles.into_iter().filter(|title| title.attribute("id").is_some()).collect();
        let mut complain = |what: &str| complaints.push(format!("{id}: {what}"));
        let named = svg.first().and_then(|svg| svg.attribute("aria-labelledby")).unwrap_or_default();
        let of_names: Vec<&str> =
            titles.iter().chain(&descriptions).filter_map(|element| element.attribute("id")).collect();
        if svg.first().and_then(|svg| svg.attribute("role")) != Some("img") {
            complain("no role");
        }
        if titles.len() != 1 || descriptions.len() != 1 || named.split(' ').collect::<Vec<_>>() != of_names {
            complain("no name or description");
        }
        if titles.iter().chain(&descriptions).any(|element| element.text(page).trim().is_empty()) {
            complain("an empty name");
        }
        if paths.is_empty() {
            complain("an empty drawing");
        }
        if !tables
            .iter()
            .any(|table| svg.first().is_some_and(|svg| table.from > svg.to) && table.text(page).contains("<td>"))
        {
            complain("no table after it");
        }
    }
    let mut ids: Vec<&str> = all.iter().filter_map(|element| element.attribute("id")).collect();
    ids.sort_unstable();
    complaints
        .extend(ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| format!("two elements are {}", pair[0])));
    for name in ["script", "img", "image", "link", "iframe", "object", "embed", "video", "audio", "base", "form", "use"]
    {
        complaints.extend(all.iter().filter(|element| element.name == name).map(|_| format!("an element {name}")));
    }
    for element in &all {
        for (name, value) in &element.attributes {
            let outside = matches!(*name, "src" | "srcset" | "xlink:href" | "action" | "style" | "data")
                || name.starts_with("on")
                || (*name == "href" && !value.starts_with('#'))
                || value.contains("url(");
            if outside {
                complaints.push(format!("{} {name}=\"{value}\"", element.name));
            }
        }
    }
    let of = |name: &str| all.iter().filter(|element| element.name == name).collect::<Vec<_>>();
    let without = |what: &str, inside: &str| {
        let bare = of(what).into_iter().filter(|one| !of(inside).iter().any(|part| one.holds(part))).count();
        (bare > 0).then(|| format!("{bare} times {what} without {inside}"))
    };
    complaints.extend([without("table", "caption"), without("fieldset", "legend")].into_iter().flatten());
    let style = all.iter().filter(|element| element.name == "style").map(|element| element.text(page));
    complaints.extend(
        style.filter(|text| text.contains("url(") || text.contains("@import")).map(|_| "a style that loads".to_owned()),
    );
    complaints
}

#[track_caller]
fn assert_sound(page: &str) {
    let complaints = complaints(page);
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn complaints_are_made() {
    let page = |body: &str| format!("<html><body>{body}</body></html>");
    let svg = "<svg role=\"img\" aria-labelledby=\"a b\"><title id=\"a\">A</title><desc id=\"b\">B</desc><path d=\"M0 0\"></path></svg>";
    let table = "<table><caption>T</caption><tr><td>1</td></tr></table>";
    let found = |body: &str| complaints(&page(body)).join("; ");
    assert_eq!(found(&format!("<figure id=\"f\">{svg}{table}</figure>")), "");
    assert_eq!(found(&format!("<figure id=\"f\">{table}{svg}</figure>")), "f: no table after it");
    assert_eq!(found(&format!("<figure id=\"f\">{}{table}</figure>", svg.replace("role=\"img\" ", ""))), "f: no role");
    assert_eq!(
        found(&format!("<figure id=\"f\">{}{table}</figure>", svg.replace("a b", "a c"))),
        "f: no name or description"
    );
    assert_eq!(found("<p onclick=\"x\">"), "<p> is not closed before </body>");
    assert_eq!(found("<p onclick=\"x\"></p>"), "p onclick=\"x\"");
    assert_eq!(found("<a href=\"https://x.org\"></a>"), "a href=\"https://x.org\"");
    assert_eq!(found("<table></table>"), "1 times table without caption");
    assert_eq!(found("<script></script>"), "an element script");
}

#[test]
fn the_flagship_is_whole_and_comes_out_the_same_again() {
    let scenario = shipped("one-state-stays-out", None, &[]);
    let page = report(&scenario);
    assert_sound(&page);
    for section in
        ["networks", "happened", "refusals", "states", "treaties", "reasoning", "acts", "assumed", "teaching", "again"]
    {
        assert!(page.contains(&format!("<section id=\"{section}\">")), "no section {section}");
    }
    for said in [
        "<p class=\"lead\">Hesper became a haven for bases on <time>2012-12-01</time>, and still is one on the last day.</p>",
        "<p class=\"lead\">Hesper became a haven for hosts on <time>2012-12-01</time>, and still is one on the last day.</p>",
        "Every state but one joins the optional protocol. Where do the networks go?",
        "Who should pay for its consent?",
        ", as that obliges it to",
        "comity run &lt;scenario&gt;",
        "<strong>REFUSE</strong>: must be refused",
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert_eq!(page, report(&scenario));
}

#[test]
fn numbers_of_a_matrix_stand_in_its_table() {
    let page = report(&shipped("one-state-stays-out", None, &["to=2012-12-31"]));
    let all = elements(&page).expect("sound");
    let matrix = all.iter().find(|element| element.attribute("id") == Some("matrix")).expect("a matrix");
    let inside = |name: &str| -> Vec<&Element> { all.iter().filter(|e| e.name == name && matrix.holds(e)).collect() };
    let mut drawn: Vec<String> = inside("text")
        .into_iter()
        .filter(|text| text.attribute("class").is_some_and(|class| class.starts_with("cell")))
        .map(|text| text.text(&page).to_owned())
        .collect();
    let tabled = inside("td").into_iter().map(|cell| cell.text(&page)).filter(|text| *text != "-");
    // Of few requests the cell has both numbers, and no share.
    let in_a_cell = |text: &str| {
        let (share, of) = text.split_once("\u{a0}% (")?;
        let (refused, decided) = of.trim_end_matches(')').split_once("\u{a0}of\u{a0}")?;
        Some(if decided.len() == 1 { format!("{refused}/{decided}") } else { share.to_owned() })
    };
    let mut tabled: Vec<String> = tabled.filter_map(in_a_cell).collect();
    assert!(drawn.len() > 20, "{drawn:?}");
    drawn.sort_unstable();
    tabled.sort_unstable();
    assert_eq!(drawn, tabled);
}

/// The points of the bright line, read back through the ticks of its axis, are the numbers of the table.
#[test]
fn points_of_a_line_stand_in_its_table() {
    let page = report(&shipped("one-state-stays-out", None, &["to=2014-06-30"]));
    let all = elements(&page).expect("sound");
    let chart = all.iter().find(|element| element.attribute("id") == Some("share-of-bases")).expect("a chart");
    let inside = |name: &str| -> Vec<&Element> { all.iter().filter(|e| e.name == name && chart.holds(e)).collect() };
    let number = |text: &str| text.parse::<f64>().ok();
    // Ticks of the upright axis end before the plot.
    let ticks: Vec<(f64, f64)> = inside("text")
        .iter()
        .filter(|text| text.attribute("text-anchor") == Some("end"))
        .filter_map(|text| Some((number(text.text(&page))?, number(text.attribute("y")?)? - 5.0)))
        .collect();
    let ((low, bottom), (high, top)) = (ticks[0], ticks[ticks.len() - 1]);
    let bright =
        inside("path").into_iter().find(|path| path.attribute("stroke-width") == Some("3.5")).expect("a bright line");
    // Each point is counted from the one before it.
    let mut height = 0.0;
    let drawn: Vec<f64> = bright
        .attribute("d")
        .expect("points")
        .trim_start_matches('M')
        .split('l')
        .map(|point| point.split(' ').nth(1).and_then(number).expect("a height"))
        .map(|by| {
            height += by;
            low + (bottom - height) / (bottom - top) * (high - low)
        })
        .collect();
    let heads =
        inside("th").into_iter().filter(|head| head.attribute("scope") == Some("col")).map(|head| head.text(&page));
    let heads: Vec<&str> = heads.collect();
    assert_eq!(heads[1], "Hesper", "{heads:?}");
    let rows = inside("tr").into_iter().filter_map(|row| inside("td").into_iter().find(|cell| row.holds(cell)));
    let tabled: Vec<f64> = rows.filter_map(|cell| number(cell.text(&page))).collect();
    assert_eq!(drawn.len(), 43);
    assert_eq!(drawn.len(), tabled.len());
    for (drawn, tabled) in drawn.iter().zip(&tabled) {
        assert!((drawn - tabled).abs() < 0.07, "{drawn} is drawn, {tabled} tabled");
    }
}

#[test]
fn twenty_states_take_less_than_half_a_megabyte() {
    let page = report(&twenty_states());
    assert_sound(&page);
    assert!(page.contains("State01") && page.len() < 500_000, "{} bytes", page.len());
}

#[test]
fn worlds_of_many_states_and_of_adoption_are_whole() {
    for (name, settings) in [
        ("world-2010", &["to=2010-09-30"][..]),
        ("gradual-adoption", &["to=2014-12-31"]),
        ("three-routes", &["to=2013-12-31"]),
        ("travelling-offender", &["to=2011-03-31"]),
    ] {
        let page = report(&shipped(name, None, settings));
        assert_sound(&page);
        assert!(page.len() < 500_000, "{name}: {} bytes", page.len());
    }
}

/// What people write stays text, wherever it is shown.
#[test]
fn hostile_texts_are_escaped() {
    let hostile = "</title></style><script>alert(1)</script><img src=x onerror=alert(2)>' onload=x";
    let turned = "a\u{202E}b";
    let text = format!(
        "title: \"{hostile}\"\nquestion: \"{hostile} {turned}\"\n\
         teaching: {{ time: \"{hostile}\", goals: [\"{hostile}\"], ask: [\"{hostile}\"], reality: \"{hostile}\" }}\n\
         from: 2011-01-01\nto: 2012-06-30\nseed: 3\ntreaties: [ets185]\nstates:\n  \
         alba: {{ name: \"{hostile}\", law: full, infrastructure: 5, market: 9 }}\n  \
         brava: {{ name: \"<b>&Brava\", law: full, infrastructure: 5, market: 3 }}\n\
         membership:\n  ets185: {{ \"*\": 2005-03-10 }}\nnetworks:\n  count: 60\n  lines:\n    \
         \"advertise\": {{ weight: 1, facts: [advertise, minor, knew, commercial, computer, intent] }}\n"
    );
    let page = report(&written(&text));
    assert_sound(&page);
    assert!(page.contains("&lt;script&gt;alert(1)") && page.contains("&lt;b&gt;&amp;Brava"));
    assert!(!page.contains('\u{202E}') && page.contains("U+202E"));
}
