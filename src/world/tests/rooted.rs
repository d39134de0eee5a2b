//! Networks whose people live where they are, and networks that hold back where punishment is certain.

use super::*;

fn with(states: usize, change: impl Fn(&mut Behaviour)) -> WorldSettings {
    let mut settings = settings(states);
    settings.behaviour.review_days = 60.0;
    change(&mut settings.behaviour);
    settings
}

fn count(run: &Run, counts: impl Fn(&WorldRecord) -> bool) -> usize {
    run.records.iter().filter(|record| counts(record)).count()
}

fn moves(run: &Run, of: Aspect) -> usize {
    count(run, |record| matches!(record, WorldRecord::NetworkMoved { aspect, .. } if *aspect == of))
}

/// All states but one surrender people. Who is rooted goes on or gives up, and those who come after are based where
/// attraction has them; sites and markets are as free as ever.
#[test]
fn the_rooted_never_move_their_base_and_are_replaced_by_attraction() {
    let law = PlainBooks { refuse_surrender: vec![0], ..PlainBooks::default() };
    let run = |rooted_share: f64| {
        let mut run = Run::new(with(4, |behaviour| behaviour.rooted_share = rooted_share), law.clone(), 0.3, 3);
        run.days(6 * YEAR, |_| ());
        run
    };
    let (rooted, free) = (run(1.0), run(0.0));
    assert_eq!(moves(&rooted, Aspect::Base), 0);
    assert!(moves(&rooted, Aspect::Host) > 100 && moves(&rooted, Aspect::Market) > 100);
    assert!(count(&rooted, |record| matches!(record, WorldRecord::NetworkGaveUp { .. })) > 10);
    let newcomers = |base: Option<StateId>| {
        count(&rooted, |record| match record {
            WorldRecord::NetworkFounded { network, base: at, .. } => {
                network.place() != network.0 && base.is_none_or(|base| *at == base)
            }
            _ => false,
        })
    };
    let (safe, all) = (newcomers(Some(StateId(0))), newcomers(None));
    assert!(all > 200 && (3..=5).contains(&(all / safe)), "{safe} of {all}");
    assert!(moves(&free, Aspect::Base) > 100 && free.quotient(Role::Base, 0) > 1.5);
}

/// Where people are surrendered and nothing is learnt, certainty is 1 and incidents are exp(-deterrence) of those planned:
/// to less than one for each place, since they are counted up and not drawn.
#[test]
fn incidents_are_those_planned_times_what_deterrence_leaves() {
    let incidents = |deterrence: f64, law: PlainBooks| {
        let settings = with(3, |behaviour| {
            behaviour.deterrence = deterrence;
            behaviour.incidents_per_year = 50.0;
            behaviour.lawful_life = -50.0;
        });
        let mut run = Run::new(settings, law, 0.0, 8);
        run.authorities.case_days = 10 * YEAR;
        run.days(2 * YEAR, |_| ());
        run.records.extend(run.world.close());
        let of_month = |record: &WorldRecord| match record {
            WorldRecord::Month { incidents, .. } => f64::from(*incidents),
            _ => 0.0,
        };
        run.records.iter().map(of_month).sum::<f64>()
    };
    let silent = PlainBooks { refuse_surrender: vec![0, 1, 2], ..PlainBooks::default() };
    for (law, certainty) in [(PlainBooks::default(), 1.0), (silent, 1.0 / 3.0)] {
        let planned = incidents(0.0, law.clone());
        assert!((planned - 400.0 * 50.0 * 2.0).abs() < 4.0 * planned.sqrt(), "{planned}");
        for deterrence in [0.15, 0.7] {
            let left = incidents(deterrence, law.clone());
            let expected = planned * libm::exp(-deterrence * certainty);
            assert!((left - expected).abs() < 60.0, "{left} of {planned}, expected {expected:.0}");
        }
    }
}
