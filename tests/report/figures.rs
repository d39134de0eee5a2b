//! What the figures of a run are about: the state that stands out, hosts where they say something, a choice that has lines.

use comity::scenario::Scenario;

use super::{assert_sound, report, shipped, summary};

/// The flagship in which everybody stays out: no haven, for every case is lost everywhere, and nearly all hosts in Hesper.
fn all_out() -> Scenario {
    shipped("one-state-stays-out", Some("all-out"), &["to=2012-12-31"])
}

#[test]
fn hosts_are_drawn_where_they_gather_and_nobody_is_a_haven() {
    let scenario = all_out();
    let found = summary(&scenario);
    let nearest = found.nearest_to_haven.as_ref().expect("one that came nearest");
    assert!(found.havens.is_empty() && (nearest.role, nearest.state.as_str()) == ("host", "Hesper"), "{nearest:?}");
    let page = report(&scenario);
    assert_sound(&page);
    let (_, figure) = page.split_once("<figure id=\"share-of-hosts\">").expect("hosts are drawn");
    let (figure, _) = figure.split_once("</figure>").expect("an end");
    assert!(figure.starts_with("<figcaption><strong>Networks hosted in Hesper</strong>"), "{figure}");
    assert!(figure.contains("No state was a haven in this role; Hesper came nearest."), "{figure}");
    assert!(page.contains(" holds most beyond its expected share."), "bases");
}

#[test]
fn hosts_that_are_where_they_are_expected_are_not_drawn() {
    let page = report(&shipped("one-state-stays-out", Some("joins"), &["to=2011-06-30"]));
    assert!(page.contains("id=\"share-of-bases\"") && !page.contains("id=\"share-of-hosts\""));
}

/// Brava was a haven longest, and refused nobody; two of the others did.
#[test]
fn a_choice_of_states_opens_on_one_that_has_lines() {
    let page = report(&shipped("travelling-offender", None, &[]));
    assert!(page.contains("Brava was a haven") || page.contains("Brava became a haven"), "a haven");
    let (before, _) = page.split_once(" checked").expect("a choice");
    let chosen = before.rsplit_once("id=\"tiles-").expect("its name").1.trim_end_matches('"');
    let lines = format!("<g class=\"choice choice-{chosen}\"><path");
    assert!(page.contains(&lines), "choice {chosen} has no line");
    // No nought in a shaded cell.
    let page = report(&shipped("travelling-offender", Some("nationals"), &[]));
    assert!(page.contains(">&lt;1</text>") && page.contains("<td>&lt;1\u{a0}% ("), "a share of a few");
}

#[test]
fn articles_stand_to_the_left_whatever_they_begin_with() {
    let page = report(&shipped("hate-speech-haven", None, &["to=2012-06-30"]));
    let (_, articles) = page.split_once("<h3>Refusals by article</h3>").expect("refusals");
    let (table, _) = articles.split_once("</table>").expect("a table");
    assert!(table.contains("<table class=\"words-3 words-4 words-5 long-5\">"), "{table}");
}

/// What a provider does not disclose, no state refused.
#[test]
fn the_choice_of_a_provider_is_no_refusal_of_its_state() {
    let settings =
        ["to=2012-12-31", "networks.count=100", "authority.asks-providers=true", "authority.providers-disclose=0.2"];
    let scenario = shipped("one-state-stays-out", Some("holds-out"), &settings);
    let page = report(&scenario).replace('\u{a0}', " ");
    let (_, articles) = page.split_once("<h3>Refusals by article</h3>").expect("refusals");
    let (articles, _) = articles.split_once("</table>").expect("a table");
    assert!(articles.contains("a provider there chose not to disclose"), "{articles}");
    assert!(page.contains("and what providers disclose by choice"), "the matrix says what it leaves out");
}
