//! What is said of a run rests on the law and the numbers that the run had: adoption that a seed unfolded, and changes that
//! came on a day.

use comity::report::havens::ReasonSummary;

use super::{report, shipped, summarised, summary, written};

/// Two states, the second of which hosts for the first.
fn two(rest: &str) -> String {
    format!(
        "title: Two\nquestion: What is it?\nteaching: {{ time: none, goals: [law], ask: [What?] }}\n\
         from: 2011-01-01\nseed: 1\ntreaties: [ets185]\n{rest}"
    )
}

/// By hazard and enactment most states of that scenario join and make the law within the run.
#[test]
fn pairs_and_findings_know_who_joined_by_hazard() {
    let summary = summary(&shipped("gradual-adoption", None, &[]));
    let bound = summary.adopted.iter().map(|treaty| treaty.bound).max().expect("a treaty that is joined");
    let surrender = || summary.pairs.iter().filter(|row| row.measure == "extradition");
    let (first, last): (Vec<u64>, Vec<u64>) =
        surrender().map(|row| (row.open_on_the_first_day, row.open_on_the_last_day)).unzip();
    assert!(bound > 2 && first.iter().all(|open| *open == 0), "{bound} {first:?}");
    assert!(last.iter().all(|open| *open >= bound), "open between those who joined: {last:?}");
}

/// Alba punishes the conduct already; with all others kept from making the law, it alone has it.
#[test]
fn who_had_the_law_already_is_counted_among_those_with_the_law() {
    let protocol = "adoption.internet-trafficking-protocol/conduct";
    let [never, example] = [
        format!("{protocol}.enactment={{never-enacts: 1}}"),
        format!("{protocol}.example={{constant: -20, region: 0}}"),
    ];
    let summary = summary(&shipped("gradual-adoption", None, &["to=2013-01-31", &never, &example]));
    let adopted = summary.adopted.iter().find(|one| one.consented > 0).expect("a text that is joined");
    assert!(adopted.bound > 1, "{adopted:?}");
    assert_eq!(adopted.enacted, 1, "{adopted:?}");
}

/// No day on which it opens: who is bound is given, and who has the law is counted all the same.
#[test]
fn who_has_the_law_is_counted_where_nobody_joins_by_hazard() {
    let protocol = "adoption={internet-trafficking-protocol/conduct: {enactment: {lag-days: 30}}}";
    let summary = summary(&shipped("one-state-stays-out", None, &["to=2012-03-31", protocol]));
    let adopted = summary.adopted.iter().find(|one| one.consented > 0).expect("a text that is joined");
    assert_eq!((adopted.bound, adopted.enacted), (7, 7), "{adopted:?}");
}

#[test]
fn a_number_may_go_back_to_what_it_was() {
    let lasting = |event: &str| {
        let timeline = format!(
            "timeline=[{{date: 2011-02-01, state: brava, does: change-authority, authority: {{desks: 1}}}}{event}]"
        );
        summary(&shipped("one-state-stays-out", None, &["to=2011-04-30", &timeline])).dated.len()
    };
    let back = ", {date: 2011-03-01, state: brava, does: change-authority, authority: {desks: 6}}";
    assert_eq!(lasting(back), lasting("") + 1);
}

#[test]
fn a_state_attracts_bases_as_it_attracts_hosts_again() {
    let timeline = "timeline=[{date: 2011-02-01, state: brava, does: change-state, numbers: {base: 1}, until: 2011-03-01}, \
                    {date: 2011-04-01, state: brava, does: change-state, numbers: {infrastructure: 30}}]";
    let (outcome, _) = summarised(&shipped("one-state-stays-out", None, &["to=2011-05-31", timeline]));
    let (.., shares) = outcome.tally.expected_shares.last().expect("shares");
    assert_eq!(shares.bases, shares.hosts, "bases follow hosts in every state");
}

/// What is gone when a removal comes is not removed, and what falls to an operation neither.
#[test]
fn removed_sites_are_those_that_networks_lost_in_a_case() {
    let states = "to: 2011-12-31\nstates:\n  alba: { law: full, infrastructure: 1, market: 1, reporting: 1 }\n  \
                  brava: { law: full, infrastructure: 1, market: 1, reporting: 1 }\n\
                  membership: { ets185: { \"*\": 2005-03-10 } }\nnetworks:\n  count: 20\n  \
                  behaviour: { incidents-per-year: 100, deterrence: 0 }\n  \
                  lines: { a: { weight: 3, facts: [advertise, minor, knew, commercial, computer, intent] } }\n\
                  timeline: [{ date: 2011-06-01, state: alba, does: seize-sites, share: 1 }]\n";
    let (outcome, summary) = summarised(&written(&two(states)));
    let removed: u64 = summary.states.iter().map(|state| state.sites_removed).sum();
    let fell = summary.dated.iter().filter(|one| one.what().contains("operation")).count();
    assert!(fell == 1 && removed > 0, "{removed}");
    // A site is down for days, so that one network cannot lose more sites than days passed.
    let orders: u64 = outcome.tally.states.iter().map(|state| state.cases_opened).sum();
    assert!(removed < orders / 2, "{removed} of {orders} cases, most of which find no site any more");
}

/// The half-life of data that is set on the first day is that by which lost data are judged.
#[test]
fn lost_data_are_judged_by_the_half_life_of_their_day() {
    let of = |first: u32, event: &str| {
        let states = format!(
            "to: 2013-12-31\nstates:\n  alba: {{ law: full, infrastructure: 0, base: 1, market: 1, reporting: 1 }}\n  \
             brava: {{ law: full, infrastructure: 1, base: 0, market: 0, reporting: 1, authority: {{ contact-point: false, \
             urgent-desk-days: 30, desks: 500, retention-half-life-days: {first} }} }}\n\
             membership: {{ ets185: {{ alba: 2005-03-10, brava: never }} }}\ndiscretion: {{ comity: 0.5 }}\n\
             networks:\n  count: 100\n  lines: {{ a: {{ weight: 3, facts: [intrude, without-right, intent, computer] }} }}\n{event}"
        );
        let found = summary(&written(&two(&states))).attribution;
        let saved = found.savings.iter().find(|saving| saving.act.contains("secures data on the day"));
        (found.lost, saved.expect("data that were gone").expected)
    };
    let event = "timeline:\n  - { date: 2011-01-01, state: brava, does: change-authority, \
                 authority: { retention-half-life-days: 10 } }\n";
    assert_eq!(of(10, ""), of(36_000, event));
}

/// Only the act that the treaty itself calls for goes with a consent.
#[test]
fn no_treaty_is_said_to_oblige_to_what_it_does_not_name() {
    let states = "to: 2014-12-31\nstates:\n  alba: { law: full, infrastructure: 0, base: 1, market: 1, reporting: 1 }\n  \
                  brava: { law: no-internet-trafficking, infrastructure: 1, base: 0, market: 0, \
                  authority: { retention-half-life-days: 36000, data-execution-days: 5, desks: 500 } }\n\
                  membership: { ets185: { alba: 2005-03-10, brava: never } }\n\
                  discretion: { comity: 0.6, refuses-otherwise: 0.5 }\nnetworks:\n  count: 100\n  \
                  lines: { a: { weight: 3, facts: [advertise, minor, knew, commercial, computer, intent] } }\n";
    let found = summary(&written(&two(states))).attribution;
    let acts: Vec<&str> = found.savings.iter().map(|saving| saving.act.as_str()).collect();
    assert!(!acts.iter().any(|act| act.contains("as that obliges it to")), "{acts:?}");
    // The choice after the consent is another than that before it: half of what was refused for want of a duty is granted.
    let consent = found.savings.iter().find(|saving| saving.act.starts_with("Brava consents")).expect("a consent");
    assert!((consent.cases * 2 / 5..=consent.cases * 3 / 5).contains(&consent.expected), "{consent:?}");
}

/// A number that rests on a penal law which nobody entered says so; one of a law that is entered does not.
#[test]
fn cases_lost_to_an_assumed_penal_law_are_marked() {
    let summary = summary(&shipped("world-2010", None, &["to=2010-09-30"]));
    let text = comity::report::terminal::text(&summary);
    let (_, cases) = text.split_once("Cases, in the state").expect("the table of cases");
    let row = |name: &str| cases.lines().find(|line| line.starts_with(name)).map(str::to_owned);
    let of = |code: &str| summary.states.iter().find(|state| state.code == code).expect("a state of the world");
    assert!(of("CHN").penal_law_assumed && !of("USA").penal_law_assumed);
    assert!(row("China").is_some_and(|row| row.contains("* ")), "{text}");
    assert!(row("United States").is_some_and(|row| !row.contains("* ")), "{text}");
    assert!(text.contains("* by a penal law that is assumed, not entered."));
}

/// So does a refusal for want of dual criminality, wherever it is counted.
#[test]
fn refusals_by_an_assumed_penal_law_are_marked() {
    let scenario = shipped("world-today", None, &["networks.count=100"]);
    let (outcome, summary) = summarised(&scenario);
    let taken = |name: &str| summary.states.iter().any(|state| state.name == name && state.penal_law_assumed);
    let by_dual: Vec<_> = summary.attribution.lost_by.iter().filter(|lost| lost.ground == Some("G.DUAL")).collect();
    assert!(by_dual.iter().any(|lost| taken(&lost.state)), "{by_dual:?}");
    assert!(by_dual.iter().all(|lost| lost.assumed == taken(&lost.state)), "{by_dual:?}");
    let refused = summary.states.iter().flat_map(|state| state.refusals.iter().map(move |refusal| (state, refusal)));
    for (state, refusal) in refused {
        let rests_on_it = matches!(refusal.ground, "G.DUAL" | "G.DUAL-PRES" | "G.PENALTY");
        assert_eq!(refusal.assumed, rests_on_it && state.penal_law_assumed, "{}: {refusal:?}", state.name);
    }
    let text = comity::report::terminal::text(&summary);
    let (_, grounds) = text.split_once("Most frequent grounds of refusal").expect("grounds");
    assert!(grounds.lines().any(|line| line.contains("* ") && line.contains("G.DUAL")), "{grounds}");
    let page = comity::report::html::of_run(comity::report::html::Run {
        scenario: &scenario,
        outcome: &outcome,
        summary: &summary,
    });
    assert!(page.contains("by choice and by a penal law that is assumed"), "in the table of lost cases");
    assert!(page.contains("(dual criminality), by a penal law that is assumed"), "in the table of articles");
}

/// A run says what makes it another than the scenario as written, and that it ends before.
#[test]
fn what_is_set_and_where_a_run_ends_is_said() {
    let mut scenario = shipped("one-state-stays-out", Some("all-out"), &["networks.count=50"]);
    scenario.plan.last_day = "2011-06-30".parse().expect("a day");
    let summary = summary(&scenario);
    let text = comity::report::terminal::text(&summary);
    let page = report(&scenario).replace("<time>", "").replace("</time>", "");
    for said in [
        "membership.internet-trafficking-protocol/conduct = {&quot;*&quot;: never}",
        "networks.count=50",
        "2011-01-01 to 2011-06-30 (the scenario goes on to 2020-12-31)",
    ] {
        assert!(page.contains(said), "{said} is not on the page");
        let plain = said.replace("&quot;", "\"");
        assert!(text.contains(&plain), "{plain}: {text}");
    }
    let whole = report(&shipped("one-state-stays-out", None, &["to=2011-06-30"]));
    assert!(!whole.contains("goes on to"));
}

/// May and must look different among the reasons of a haven, too.
#[test]
fn a_reason_of_a_haven_says_whether_its_article_leaves_a_choice() {
    let summary = summary(&shipped("one-state-stays-out", None, &["to=2013-06-30"]));
    let reasons: Vec<String> =
        summary.havens.iter().flat_map(|haven| &haven.reasons).map(ReasonSummary::words).collect();
    assert!(
        reasons.iter().any(|words| words.starts_with("refused by choice: G.DUAL, Mutual Assistance Act 4")),
        "{reasons:?}"
    );
    assert!(reasons.iter().any(|words| words.starts_with("refused: G.SCOPE")), "{reasons:?}");
}
