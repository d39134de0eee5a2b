//! T12: a border slows removal by an order of magnitude, and evidence is lost first.

use crate::engine::Plan;
use crate::validation::observed::{Observed, Site, observe};
use crate::validation::protocol::{Band, Sign, Statistic, Target};
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
            name: "T12 sites gone first where operators are quick",
            unit: "share",
            band: Some(Band::Meets(0.5, 0.9)),
            sign: None,
        },
    ],
    not_measured: &[],
    remarks: "Where the conduct is no crime nothing is removed: of the four kinds of pairs (at home, same region, other \
              partner, none) the model tells apart home, abroad, and abroad without an offence. Gone first are sites that \
              left a state that would have removed them; quick operators look at theirs every ten days.",
    worlds,
    measure,
};

/// Days over which a hazard is taken.
const DAYS: i32 = 10;

fn worlds(_seed: u64) -> Vec<World> {
    let usual = "infrastructure: 1, market: 1";
    let lawless = "law: { needs-treaty: true }, infrastructure: 1, market: 0, discretion: { comity: 0 }";
    let states = vec![
        ("a1".to_owned(), usual.to_owned()),
        ("a2".to_owned(), usual.to_owned()),
        ("a3".to_owned(), usual.to_owned()),
        // Its law is without the offence.
        ("z1".to_owned(), lawless.to_owned()),
    ];
    let members = ["a1", "a2", "a3"].map(|code| (code.to_owned(), "2000-01-15".to_owned()));
    let slow = World {
        title: "T12: removal at home and abroad".to_owned(),
        days: (day(2001, 1, 1), day(2004, 12, 31)),
        states,
        membership: members.to_vec(),
        treaties: String::new(),
        networks: 600,
        behaviour: "incidents-per-year: 6".to_owned(),
        authority: "desks: 200".to_owned(),
        more: String::new(),
    };
    let quick = World {
        title: "T12: quick operators".to_owned(),
        behaviour: "incidents-per-year: 6, review-days: 10, cost-host: 0".to_owned(),
        ..slow.clone()
    };
    vec![slow, quick]
}

/// Hazard a day of the removal of some sites: minus the log of the share that stands after so many days, Kaplan and
/// Meier's, since sites also leave by themselves.
fn hazard(observed: &Observed, counts: impl Fn(&Site) -> bool) -> Option<f64> {
    let sites: Vec<&Site> = observed.sites.values().filter(|site| counts(site)).collect();
    let mut standing = 1.0;
    for day in 0..=DAYS {
        let since = |on: Option<crate::base::Day>, site: &Site| on.map(|on| on.days_since(site.day));
        let present = sites.iter().filter(|site| {
            since(site.removed, site).is_none_or(|days| days >= day)
                && since(site.left, site).is_none_or(|days| days >= day)
        });
        let removed = sites.iter().filter(|site| since(site.removed, site) == Some(day));
        let (present, removed) = (present.count(), removed.count());
        if present > 0 {
            standing *= 1.0 - float(removed) / float(present);
        }
    }
    (!sites.is_empty()).then(|| -libm::log(standing.max(1e-6)) / f64::from(DAYS))
}

fn measure(plans: &[Plan], seed: u64) -> Vec<Option<f64>> {
    /// The state without the offence, last in the order of the codes.
    const LAWLESS: usize = 3;
    let slow = observe(&plans[0], seed);
    let quick = observe(&plans[1], seed);
    let home = hazard(&slow, |site| site.host == site.market);
    let abroad = hazard(&slow, |site| site.host != site.market && site.host.index() != LAWLESS);
    let lawless = hazard(&slow, |site| site.host.index() == LAWLESS);
    // Where the conduct is no crime no authority is on its way, and nothing leaves before it.
    let abroad_with_law = |site: &&Site| site.host != site.market && site.host.index() != LAWLESS;
    let foreign = || quick.sites.values().filter(abroad_with_law);
    let gone = foreign().filter(|site| site.left.is_some()).count();
    vec![
        home.zip(abroad).filter(|(_, abroad)| *abroad > 0.0).map(|(home, abroad)| home / abroad),
        abroad.zip(lawless).map(|(abroad, lawless)| abroad - lawless),
        Some(float(gone) / float(foreign().count().max(1))),
    ]
}
