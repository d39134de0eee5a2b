//! What stands round the facts of a request, and may be varied to see a ground hold or fail.

/// The other treaties between the two, on the matter of the measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Other {
    None,
    OnExtradition,
    OnAssistance,
}

/// What is held for the requesting state since earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    No,
    FollowedUp,
    TooLate,
}

/// Everything round the facts that a trial may vary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one switch of a trial")]
pub(super) struct Setting {
    /// Maximum penalties in months there and here; none, where the conduct is no offence.
    pub(super) maxima: (Option<u16>, Option<u16>),
    pub(super) national_of_requested: bool,
    pub(super) needs_treaty: bool,
    pub(super) other: Other,
    /// A reservation or declaration of the requested state under the very article.
    pub(super) stated: bool,
    pub(super) held: Held,
    pub(super) union: bool,
    /// The requested state made the conduct an offence only after it was done.
    pub(super) made_lately: bool,
}

const PLAIN: Setting = Setting {
    maxima: (Some(60), Some(60)),
    national_of_requested: false,
    needs_treaty: true,
    other: Other::None,
    stated: false,
    held: Held::No,
    union: false,
    made_lately: false,
};

/// The settings that are tried, those nearest to the plain one first.
pub(super) fn settings(stated: bool) -> Vec<Setting> {
    let mut settings = Vec::new();
    for maxima in [(60, 60), (60, 6), (6, 6), (60, 0), (0, 0), (0, 60), (6, 60)] {
        let months = |months: u16| (months > 0).then_some(months);
        for other in [Other::None, Other::OnExtradition, Other::OnAssistance] {
            for (national_of_requested, needs_treaty) in [(false, true), (true, true), (false, false)] {
                for held in [Held::No, Held::FollowedUp, Held::TooLate] {
                    for (union, made_lately) in [(false, false), (true, false), (false, true)] {
                        let maxima = (months(maxima.0), months(maxima.1));
                        settings.push(Setting {
                            maxima,
                            national_of_requested,
                            needs_treaty,
                            other,
                            stated,
                            held,
                            union,
                            made_lately,
                        });
                    }
                }
            }
        }
    }
    settings.sort_by_key(|setting| distance(setting, &Setting { stated, ..PLAIN }));
    settings
}

/// In how many parts two settings differ.
pub(super) fn distance(one: &Setting, other: &Setting) -> usize {
    [
        one.maxima.0 != other.maxima.0,
        one.maxima.1 != other.maxima.1,
        one.national_of_requested != other.national_of_requested,
        one.needs_treaty != other.needs_treaty,
        one.other != other.other,
        one.stated != other.stated,
        one.held != other.held,
        one.union != other.union,
        one.made_lately != other.made_lately,
    ]
    .into_iter()
    .filter(|differs| *differs)
    .count()
}
