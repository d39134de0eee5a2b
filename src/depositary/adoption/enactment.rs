//! From consent to law: an offence that carries treaties out is enacted after the first that binds its state, by a
//! lag that is drawn for the state and the treaty; some states never enact it.

use super::yearly::actor;
use super::{Adoption, Enactment, first_bound};
use crate::base::streams::Purpose;
use crate::base::{Day, StateId, Stream, Streams, TreatyId};
use crate::law::{Instrument, Library};

/// Dates every offence that waits for one of these acts.
pub(super) fn enact(adoption: &Adoption, library: &mut Library, instruments: &[Instrument], streams: &Streams) {
    let mut enacted: Vec<(StateId, usize, Day)> = Vec::new();
    for ((treaty, state), bound) in first_bound(instruments) {
        let carrying = carrying(library, state, treaty);
        if carrying.is_empty() {
            continue;
        }
        let settings = adoption.enactments.get(&treaty).copied().unwrap_or_default();
        if let Some(lag) = lag(&settings, streams.stream(Purpose::Enactment, actor(library, treaty, state), 0)) {
            enacted.extend(carrying.into_iter().map(|offence| (state, offence, bound + lag)));
        }
    }
    for (state, offence, day) in enacted {
        library.enact(state, offence, day);
    }
}

/// The offences of a state that carry a treaty out, in force or not.
pub(super) fn carrying(library: &Library, state: StateId, treaty: TreatyId) -> Vec<usize> {
    let offences = library.state(state).offences.iter().enumerate();
    offences.filter(|(_, offence)| offence.carries_out.contains(&treaty)).map(|(index, _)| index).collect()
}

/// Days from consent to law; none, if it never comes.
fn lag(settings: &Enactment, mut stream: Stream) -> Option<u32> {
    let (never, first) = (stream.chance(settings.never_enacts), stream.unit());
    let later = stream.lognormal_days(settings.lag_days, settings.lag_log_sd);
    // Shares of all states, so that the two add up.
    let has_it_already = first * (1.0 - settings.never_enacts) < settings.enacts_first;
    (!never).then_some(if has_it_already { 0 } else { later })
}
