//! What treaties say of other treaties and of states, and protocols to one treaty that contradict one another.

use super::conditions::pattern;
use crate::base::{Place, Problem, Problems};
use crate::law::build::cited_alike;
use crate::law::forms::{PatternForm, RuleForm, TreatyForm};
use crate::law::satisfy::{self, Found};
use crate::law::{Facts, GroundCode};

/// What is wrong between treaties. `names` are those of all texts, also of such that do not read; `states` the codes of
/// all states on the shelf and in the record.
pub(super) fn check(facts: &Facts, treaties: &[TreatyForm], names: &[String], states: &[String]) -> Problems {
    let mut problems = cited_alike(treaties);
    for form in treaties {
        let known = || names.iter().map(String::as_str);
        for named in &form.displaces {
            if named.value == form.treaty.value {
                problems.push(Problem::new(named.place, "a treaty does not displace itself"));
            } else if !names.contains(&text(named).to_owned()) {
                problems.push(Problem::unknown("treaty", named, known()));
            }
        }
        if let (Some(opened), Some(in_force)) = (&form.opened, form.in_force)
            && opened.value > in_force
        {
            let message = format!("opened on {}, but in force from {in_force}", opened.value);
            problems.push(Problem::new(opened.place, message));
        }
        if let Some(open_to) = &form.open_to
            && !names.contains(&text(&open_to.parties_to).to_owned())
        {
            problems.push(Problem::unknown("treaty", &open_to.parties_to, known()));
        }
        let named = form.open_to.iter().flat_map(|open_to| open_to.and.iter().chain(&open_to.but_not));
        let invited = form.on_invitation.iter().flat_map(|rule| &rule.took_part);
        for state in named.chain(invited).filter(|state| !states.contains(&state.value)) {
            problems.push(Problem::unknown("state", state, states.iter().map(String::as_str)));
        }
        if let Some((one, other)) = &form.between {
            for state in [one, other].into_iter().filter(|state| !states.contains(&state.value)) {
                problems.push(Problem::unknown("state", state, states.iter().map(String::as_str)));
            }
            if one == other {
                problems.push(Problem::new(other.place, "a treaty between a state and itself"));
            }
        }
    }
    for (index, one) in treaties.iter().enumerate() {
        for other in treaties[..index].iter().filter(|other| one.protocol_to.is_some() && are_siblings(one, other)) {
            contradictions(facts, one, other, &mut problems);
        }
    }
    problems
}

/// The text of a treaty's name, without a variant.
fn text(name: &str) -> &str {
    name.split('/').next().unwrap_or(name)
}

fn are_siblings(one: &TreatyForm, other: &TreatyForm) -> bool {
    one.protocol_to.as_deref().map(|name| text(name)) == other.protocol_to.as_deref().map(|name| text(name))
}

/// Where one protocol makes a ground what the other bars, for the same measure and for facts that can hold together:
/// no State can be bound by both.
fn contradictions(facts: &Facts, one: &TreatyForm, other: &TreatyForm, problems: &mut Problems) {
    for (refusing, barring) in [(one, other), (other, one)] {
        for (place, ground, refuses) in grounds(refusing) {
            for bars in barred(barring, ground) {
                let shared = refuses.measures.iter().any(|measure| bars.measures.contains(measure));
                if shared && together(facts, &refuses.when, &bars.when) {
                    let message = format!(
                        "two protocols to {} change the same at once: {} makes {} a ground, and {} bars it",
                        one.protocol_to.as_deref().map_or("one treaty", String::as_str),
                        refusing.cites_as,
                        ground.code(),
                        barring.cites_as,
                    );
                    problems.add(Problems(vec![Problem::new(place, message)]));
                }
            }
        }
    }
}

fn rules(form: &TreatyForm) -> impl Iterator<Item = (Place, &RuleForm)> {
    form.articles.iter().flat_map(|(article, rules)| rules.0.iter().map(|rule| (article.place, rule)))
}

fn grounds(form: &TreatyForm) -> impl Iterator<Item = (Place, GroundCode, &RuleForm)> {
    rules(form).filter_map(|(place, rule)| Some((place, rule.refuse?.ground, rule)))
}

fn barred(form: &TreatyForm, ground: GroundCode) -> impl Iterator<Item = &RuleForm> {
    rules(form).map(|(_, rule)| rule).filter(move |rule| rule.bars.contains(&ground))
}

fn together(facts: &Facts, one: &PatternForm, other: &PatternForm) -> bool {
    let both = pattern(facts, one).zip(pattern(facts, other));
    both.is_some_and(|(one, other)| matches!(satisfy::meeting(facts, &[one, other]), Found::Facts(_)))
}
