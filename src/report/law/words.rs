//! Conditions, rules and dates of law files in words that can be read aloud.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::base::{Day, OneOrMany, Spanned};
use crate::law::build::natural;
use crate::law::explain::term;
use crate::law::forms::{DutyForm, PatternForm, Read, RuleForm};
use crate::law::rule::Carries;
use crate::law::time_limit::{Term, Timed};
use crate::law::{DateRule, FirstInForce, Force, GroundCode, wording};
use crate::report::lines::{counted, joined};
use crate::report::marks::Tone;

/// One effect of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EffectWords {
    /// How it binds.
    pub binds: Tone,
    /// What it does: the verb first, a duty in capitals.
    pub words: String,
}

/// One rule in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct RuleWords {
    /// What the provision says, in one sentence.
    pub says: String,
    /// The measures it speaks of.
    pub measures: Vec<&'static str>,
    /// When it applies.
    pub applies: String,
    /// In force from this day, where the file says so.
    pub from: Option<Day>,
    /// No longer in force from this day.
    pub until: Option<Day>,
    /// What it does.
    pub effects: Vec<EffectWords>,
    /// Where it is known from.
    pub read: &'static str,
    /// What of it the data cannot express.
    pub not_expressed: Option<String>,
}

/// A provision and its rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleWords {
    /// The article or statute, as it is cited.
    pub cite: String,
    /// Its name in the file.
    #[serde(skip)]
    pub article: String,
    /// Whether reservations to it are allowed.
    pub reservable: bool,
    /// Its rules.
    pub rules: Vec<RuleWords>,
}

/// The days within which law is in force, in words: from the first, until it no longer is.
#[must_use]
pub fn days(from: Option<Day>, until: Option<Day>) -> Option<String> {
    match (from, until) {
        (Some(from), Some(until)) => Some(format!("from {from} until {until}")),
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(until)) => Some(format!("until {until}")),
        (None, None) => None,
    }
}

/// Whether law with these days is in force on a day; without one, any law is looked at.
#[must_use]
pub fn in_force(from: Option<Day>, until: Option<Day>, on: Option<Day>) -> bool {
    on.is_none_or(|day| from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until))
}

/// The provisions of a file in the order of lawyers: those with a rule in force on a day, or all.
#[must_use]
pub fn articles(
    forms: &BTreeMap<Spanned<String>, OneOrMany<RuleForm>>,
    cites_as: Option<&str>,
    reservable: &[Spanned<String>],
    read: Option<Read>,
    on: Option<Day>,
) -> Vec<ArticleWords> {
    let mut ordered: Vec<_> = forms.iter().collect();
    ordered.sort_by_key(|(article, _)| natural(article));
    let article = |(name, rules): (&Spanned<String>, &OneOrMany<RuleForm>)| ArticleWords {
        cite: cites_as.map_or_else(|| name.value.clone(), |prefix| format!("{prefix} {}", name.value)),
        article: name.value.clone(),
        reservable: reservable.contains(name),
        rules: rules.0.iter().map(|form| rule(form, read)).filter(|rule| in_force(rule.from, rule.until, on)).collect(),
    };
    ordered.into_iter().map(article).filter(|article| !article.rules.is_empty()).collect()
}

/// The rules of a file in the order in which a library numbers them, each with its provision.
#[must_use]
pub fn in_order(forms: &BTreeMap<Spanned<String>, OneOrMany<RuleForm>>) -> Vec<(&str, &RuleForm)> {
    let mut ordered: Vec<_> = forms.iter().collect();
    ordered.sort_by_key(|(article, _)| natural(article));
    ordered.into_iter().flat_map(|(name, rules)| rules.0.iter().map(move |form| (name.as_str(), form))).collect()
}

/// A rule in words.
#[must_use]
pub fn rule(form: &RuleForm, read: Option<Read>) -> RuleWords {
    RuleWords {
        says: form.says.clone(),
        measures: form.measures.iter().map(|measure| measure.name()).collect(),
        applies: applies(form),
        from: form.from.as_deref().copied(),
        until: form.until.as_deref().copied(),
        effects: effects(form),
        read: read_words(form.read.or(read)),
        not_expressed: form.not_expressed.clone(),
    }
}

fn applies(form: &RuleForm) -> String {
    let days = days(form.from.as_deref().copied(), form.until.as_deref().copied());
    let counted =
        if form.by_receipt.as_deref() == Some(&true) { ", by the day on which the request was received" } else { "" };
    let mut parts: Vec<String> = days.map(|days| format!("{days}{counted}")).into_iter().collect();
    if form.only_if_reserved {
        parts.push("only where either State reserved this article (VCLT 21(1))".to_owned());
    }
    match &form.reciprocal_by {
        Some(by) => parts.push(format!("only where either State made a declaration under this article ({})", by.value)),
        None if form.only_if_declared => {
            parts.push("only where the requested State made a declaration under this article".to_owned());
        }
        None => {}
    }
    if form.unless_reserved {
        parts.push("unless either State reserved this article".to_owned());
    }
    parts.extend(pattern(&form.when).map(|words| format!("if {words}")));
    if parts.is_empty() { "always".to_owned() } else { parts.join(", ") }
}

fn effects(form: &RuleForm) -> Vec<EffectWords> {
    let mut effects = Vec::new();
    let mut add = |binds, words: String| effects.push(EffectWords { binds, words });
    if let Some(applies) = form.applies.as_ref().and_then(pattern) {
        add(Tone::Free, format!("the treaty applies only to requests with {applies}"));
    }
    if let Some(day) = form.acts_from.as_deref() {
        add(Tone::Free, format!("the treaty applies only to acts from {day} on"));
    }
    if let Some(day) = form.requests_from.as_deref() {
        add(Tone::Free, format!("the treaty applies only to requests received from {day} on"));
    }
    if form.requests_in_force {
        add(Tone::Free, "the treaty applies only to requests received when it bound both".to_owned());
    }
    if let Some(covers) = form.covers.as_ref().and_then(pattern) {
        add(Tone::Free, format!("covers only requests with {covers}"));
    }
    match form.carries {
        Some(Carries::Must) => add(Tone::Comply, "MUST comply".to_owned()),
        Some(Carries::May) => add(Tone::May, "may comply".to_owned()),
        Some(Carries::InPart) => add(Tone::Free, "part of the basis, beside an article that carries".to_owned()),
        Some(Carries::WithoutRequest) => add(Tone::Free, "no request is needed".to_owned()),
        None => {}
    }
    if let Some(refuse) = form.refuse {
        add(
            Tone::of_force(refuse.force),
            format!("{}: {}", crate::report::marks::force(refuse.force), ground(refuse.ground)),
        );
    }
    for code in &form.bars {
        add(Tone::Must, format!("MUST NOT refuse for {}", ground(*code)));
    }
    if form.imports {
        add(Tone::Free, "lets the requested State's own law in".to_owned());
    }
    if !form.imports_on.is_empty() {
        let on: Vec<&str> = form.imports_on.iter().map(|fact| fact.value.as_str()).collect();
        let on = joined(&on, "or");
        add(Tone::Free, format!("lets those provisions of the requested State's own law in that ask for {on}"));
    }
    if form.also_under_treaties.as_deref().copied().unwrap_or_default() {
        add(Tone::Free, "holds under every treaty, too, unless the treaty has a rule on it".to_owned());
    }
    if let Some(condition) = &form.condition {
        let otherwise = condition.otherwise.map_or_else(String::new, |code| format!("; if refused, {}", ground(code)));
        add(Tone::Later, format!("on condition: {}{otherwise}", condition.says));
    }
    effects.extend(form.duty.as_ref().map(duty));
    effects.extend(times(form));
    effects
}

fn duty(form: &DutyForm) -> EffectWords {
    let codes: Vec<&str> = form.after.iter().map(|code| code.code()).collect();
    let after = match codes.as_slice() {
        _ if form.always => "whatever the answer".to_owned(),
        [] => "after any refusal or postponement".to_owned(),
        codes => format!("after a refusal only for {}", joined(codes, "or")),
    };
    let asked = if form.on_request { ", if the requesting State asks" } else { "" };
    EffectWords { binds: Tone::Must, words: format!("MUST {}, {after}{asked}", spaced(form.does.value.name())) }
}

fn times(form: &RuleForm) -> Vec<EffectWords> {
    let mut times = Vec::new();
    let mut add = |words| times.push(EffectWords { binds: Tone::Must, words });
    let days = |days: u16| counted(usize::from(days), "day", "days");
    match (form.holds_days, form.holds_days_at_most.as_deref().copied()) {
        (Some(least), Some(most)) => {
            add(format!("MUST hold for {}; release is due after {}", days(least), days(most)));
        }
        (Some(least), None) => add(format!("MUST hold for at least {}", days(least))),
        (None, Some(most)) => add(format!("MUST release after {}", days(most))),
        (None, None) => {}
    }
    for (timed, term) in &form.time_limits {
        add(time(*timed, *term));
    }
    times
}

/// A time that an article sets, in words.
#[must_use]
pub fn time(timed: Timed, term: Term) -> String {
    match timed {
        Timed::Acknowledge => format!("MUST confirm receipt within {term}"),
        Timed::Decide => format!("MUST decide within {term}"),
        Timed::Extension => format!("may take {term} longer to decide"),
        Timed::Execute => format!("MUST carry out within {term}"),
        Timed::Surrender => format!("MUST hand over within {term} of the decision"),
        Timed::Answer => format!("MUST answer within {term}"),
    }
}

/// A ground by its code and meaning.
#[must_use]
pub fn ground(code: GroundCode) -> String {
    format!("{} ({})", code.code(), code.meaning())
}

/// A name of files as words.
#[must_use]
pub fn spaced(name: &str) -> String {
    name.replace('-', " ")
}

/// A condition in words; nothing for one that always holds.
#[must_use]
pub fn pattern(form: &PatternForm) -> Option<String> {
    let names = |facts: &[Spanned<String>]| facts.iter().map(|fact| fact.value.clone()).collect::<Vec<_>>();
    wording::condition(&names(&form.all), &names(&form.any), &names(&form.none))
}

/// Where a provision is known from, in words.
#[must_use]
pub const fn read_words(read: Option<Read>) -> &'static str {
    match read {
        Some(Read::Text) => "the text was read",
        Some(Read::Secondary) => "from a secondary source",
        Some(Read::Recalled) => "recalled, not checked",
        Some(Read::Designed) => "designed for this model",
        None => "not marked",
    }
}

/// The mark in one word.
#[must_use]
pub const fn read_word(read: Read) -> &'static str {
    match read {
        Read::Text => "text",
        Read::Secondary => "secondary",
        Read::Recalled => "recalled",
        Read::Designed => "designed",
    }
}

/// When a deposited act takes effect, in words.
#[must_use]
pub fn date_rule(rule: DateRule) -> String {
    match rule {
        DateRule::FirstOfMonthAfterMonths(months) => {
            format!("on the first day of the month that follows {} after deposit", period(months))
        }
        DateRule::DaysAfterDeposit(0) => "on the day of deposit".to_owned(),
        DateRule::DaysAfterDeposit(days) => format!("{} after deposit", counted(usize::from(days), "day", "days")),
        DateRule::MonthsAfterDeposit(months) => format!("{} after deposit", period(months)),
    }
}

fn period(months: u16) -> String {
    counted(usize::from(months), "month", "months")
}

/// The members of a group of states, as treaties call them.
#[must_use]
pub fn of_group(group: &str) -> String {
    match group {
        "council-of-europe" => "member States of the Council of Europe".to_owned(),
        other => format!("States of the group {}", spaced(other)),
    }
}

/// What the first entry into force needs, in words.
#[must_use]
pub fn first_in_force(first: &FirstInForce) -> String {
    let groups: Vec<String> =
        first.of_which.iter().map(|(group, count)| format!("{count} by {}", of_group(group))).collect();
    let of_which = if groups.is_empty() { String::new() } else { format!(", of which {}", joined(&groups, "and")) };
    let rule = first.rule.map_or_else(String::new, |rule| format!("; then {}", date_rule(rule)));
    if first.all_parties {
        return format!("acceptance by every Party to the parent treaty{of_which}{rule}");
    }
    format!("{}{of_which}{rule}", counted(usize::from(first.consents), "consent", "consents"))
}

/// A maximum penalty in words.
#[must_use]
pub fn maximum(months: u16) -> String {
    match months {
        0 => "none stated".to_owned(),
        months => format!("up to {}", term(months)),
    }
}

/// Whether a ground binds, for sorting: those that bind first.
#[must_use]
pub const fn order(force: Force) -> u8 {
    match force {
        Force::Must => 0,
        Force::May => 1,
        Force::Postpone => 2,
    }
}

/// A key that sorts statutes as lawyers do: `StGB 86` before `StGB 130(1)`.
#[must_use]
pub fn statute_order(cite: &str) -> (String, u32, String) {
    let at = cite.find(|c: char| c.is_ascii_digit()).unwrap_or(cite.len());
    // A title of a code comes before its section: 18 USC 875 before 18 USC 1030.
    let section = cite.rfind(' ').map_or(at, |space| space + 1).max(at);
    let digits: String = cite[section..].chars().take_while(char::is_ascii_digit).collect();
    (cite[..section].to_owned(), digits.parse().unwrap_or(0), cite[section..].to_owned())
}
