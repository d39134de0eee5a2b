//! T12: a border slows removal by an order of magnitude, and evidence is lost first.

use crate::base::Day;
use crate::engine::Plan;
use crate::validation::observed::{Fate, Observed, Site, observe};
use crate::validation::protocol::{BURN_IN, Band, Sign, Statistic, Target};
use crate::validation::statistics::float;
use crate::validation::world::{World, day};

pub(super) static TARGET: Target = Target {
    number: "T12",
    says: "A site at home is removed ten to fifty times as fast as one abroad; where operators move quickly, most are gone \
           before the authority arrives.",
    source: "IWF annual reports 2013, 2014 and 2022; Moore and Clayton 2008, WEIS",
    fitted_on: &[],
    statistics: &[
        Statistic {
            name: "T12 daily hazard of removal at home, of that abroad",
            unit: "ratio",
            band: Some(Band::Meets(10.0, 50.0)),
            sign: None,
        },
        Statistic {
            name: "T12 hazard abroad with a duty to help less without",
            unit: "a day",
            band: None,
            sign: Some(Sign::Above),
        },
        Statistic {
            name: "T12 seeds in which home, same region, other partner, none are in order",
            unit: "share",
            band: Some(Band::OfSeeds(0.9)),
            sign: None,
        },
        Statistic {
            name: "T12 sites gone first where operators are quick",
            unit: "share",
            band: Some(Band::Meets(0.5, 0.9)),
            sign: None,
        },
        Statistic { name: "T12 sites abroad that were counted for it", unit: "sites", band: None, sign: None },
        BURN_IN,
    ],
    not_measured: &[],
    remarks: "A hazard is removals per day at risk within ten days. At home everything is removed within days, so that \
              nothing stands after ten; and since nothing takes less than a day here, whole days cap the hazard at home at one \
              a day, where it is about three on record. Sites are counted from the third year. The state without the offence, \
              which draws nearly every site that may move, is in a world of its own. How much faster a removal is inside \
              a region, where contact points work together, is set from the target's own source, so that the order of the four \
              kinds of pairs reads it back. Gone first are sites abroad that were moved to another state, or given up, of all that ended so or were \
              removed for their case; a site that fell to another case is neither. Quick operators look at theirs every ten days.",
    worlds,
    measure,
};

/// Days over which a hazard is taken.
const DAYS: u16 = 10;
/// Removal inside a region, where contact points work together, against removal elsewhere: 0.24 and 0.07 of the sites a day in
/// 2014 (IWF annual report).
const REGION_REMOVAL_PACE: f64 = 0.3;
/// How many states, first in the order of the codes, share a region; the third is a partner from elsewhere, the fourth
/// without the offence.
const REGION: usize = 2;
const LAWLESS: usize = 3;

/// The first day from which sites are counted, and the last: what was recorded by then has been removed, or has left, by
/// the end of the run.
fn counted() -> (Day, Day) {
    (day(2003, 1, 1), day(2005, 6, 30))
}

/// Removal among members; the same with a state whose law is without the offence; and among members with quick operators.
fn worlds(_seed: u64) -> Vec<World> {
    let member =
        |code: &str, region: &str| (code.to_owned(), format!("infrastructure: 1, market: 1, region: {region}"));
    let members = vec![member("a1", "near"), member("a2", "near"), member("a3", "far")];
    let slow = World {
        title: "T12: removal at home and abroad".to_owned(),
        days: (day(2001, 1, 1), day(2005, 12, 31)),
        membership: members.iter().map(|(code, _)| (code.clone(), "2000-01-15".to_owned())).collect(),
        states: members,
        treaties: String::new(),
        networks: 1500,
        behaviour: "incidents-per-year: 6".to_owned(),
        authority: format!("desks: 200, region-removal-pace: {REGION_REMOVAL_PACE}"),
        more: String::new(),
    };
    let mut lawless = World { title: "T12: a state without the offence".to_owned(), ..slow.clone() };
    let keys = "law: { needs-treaty: true }, infrastructure: 1, market: 0, discretion: { comity: 0 }, region: far";
    lawless.states.push(("z1".to_owned(), keys.to_owned()));
    let quick = World {
        title: "T12: quick operators".to_owned(),
        behaviour: "incidents-per-year: 6, review-days: 10, cost-host: 0".to_owned(),
        ..slow.clone()
    };
    vec![slow, lawless, quick]
}

/// The sites that are counted.
fn sites(observed: &Observed) -> impl Iterator<Item = &Site> {
    let (from, until) = counted();
    observed.sites.values().filter(move |site| (from..=until).contains(&site.day))
}

/// Removals per day at risk of some sites within the first days, in which sites also leave or fall otherwise.
fn hazard<'a>(sites: impl Iterator<Item = &'a Site>) -> Option<f64> {
    let (mut removals, mut days_at_risk) = (0.0, 0.0);
    for site in sites {
        let end = site.fate.map(|(on, fate)| (f64::from(on.days_since(site.day)), fate));
        let end = end.filter(|(days, _)| *days <= f64::from(DAYS));
        days_at_risk += end.map_or(f64::from(DAYS), |(days, _)| days);
        removals += f64::from(u8::from(end.is_some_and(|(_, fate)| fate == Fate::Removed)));
    }
    (days_at_risk > 0.0).then(|| removals / days_at_risk)
}

/// How many of some sites left, and how many left or were removed.
fn gone_first<'a>(sites: impl Iterator<Item = &'a Site>) -> (usize, usize) {
    sites.fold((0, 0), |(left, counted), site| match site.fate {
        Some((_, Fate::Left)) => (left + 1, counted + 1),
        Some((_, Fate::Removed)) => (left, counted + 1),
        Some((_, Fate::Fell)) | None => (left, counted),
    })
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    let [slow, lawless, quick] = [0, 1, 2].map(|world| observe(&plans[world], seed));
    let is_home = |site: &&Site| site.host == site.market;
    let is_near = |site: &&Site| site.host.index() < REGION && site.market.index() < REGION;
    let home = hazard(sites(&slow).filter(is_home));
    let abroad = hazard(sites(&slow).filter(|site| !is_home(site)));
    let region = hazard(sites(&slow).filter(|site| !is_home(site) && is_near(site)));
    let partner = hazard(sites(&slow).filter(|site| !is_home(site) && !is_near(site)));
    let none = hazard(sites(&lawless).filter(|site| site.host.index() == LAWLESS));
    let in_order = [home, region, partner, none].into_iter().collect::<Option<Vec<f64>>>();
    let in_order = in_order.map(|hazards| hazards.windows(2).all(|pair| pair[0] > pair[1]));
    let (left, ended) = gone_first(sites(&quick).filter(|site| !is_home(site)));
    vec![
        home.zip(abroad).filter(|(_, abroad)| *abroad > 0.0).map(|(home, abroad)| home / abroad),
        abroad.zip(none).map(|(abroad, none)| abroad - none),
        in_order.map(|holds| f64::from(u8::from(holds))),
        (ended > 0).then(|| float(left) / float(ended)),
        Some(float(ended)),
        slow.yearly_change(counted().0),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::targets::id;

    fn site(fate: Option<(u32, Fate)>) -> Site {
        let opened = day(2003, 5, 1);
        Site { day: opened, market: id(0), host: id(1), fate: fate.map(|(days, fate)| (opened + days, fate)) }
    }

    fn check(fates: &[Option<(u32, Fate)>], expected: Option<f64>) {
        let sites: Vec<Site> = fates.iter().map(|fate| site(*fate)).collect();
        assert_eq!(hazard(sites.iter()), expected, "{fates:?}");
    }

    #[test]
    fn a_hazard_is_removals_per_day_at_risk() {
        use Fate::{Fell, Left, Removed};
        check(&[], None);
        check(&[Some((1, Removed)), Some((1, Removed))], Some(1.0));
        check(&[Some((1, Removed)), Some((3, Removed))], Some(0.5));
        // Who stands, leaves, falls or is removed later was at risk until then and no longer.
        check(&[Some((4, Removed)), None, Some((4, Left)), Some((2, Fell)), Some((30, Removed))], Some(1.0 / 30.0));
        check(&[None], Some(0.0));
    }

    #[test]
    fn gone_first_are_those_that_left_of_those_that_left_or_were_removed() {
        use Fate::{Fell, Left, Removed};
        let sites = [Some((3, Left)), Some((9, Removed)), Some((40, Left)), Some((2, Fell)), None].map(site);
        assert_eq!(gone_first(sites.iter()), (2, 3));
    }
}
