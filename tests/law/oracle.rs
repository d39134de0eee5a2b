//! The answers that the worked cases must hold to be right, apart from the files of the cases: no expectation can be
//! weakened there without being weakened here too. One line a question, facts only; names as in the cases.

use std::collections::BTreeMap;
use std::path::Path;

use comity::base::Day;
use comity::law::forms::ExpectForm;
use comity::law::opinion::{Decision, DutyKind};
use comity::law::time_limit::TimeLimitsForm;
use comity::law::{GroundCode, Timed};
use comity::scenario::case;
use serde::Deserialize;

const ORACLE: &str = include_str!("oracle.jsonl");

/// One question's right answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Right {
    case: String,
    part: String,
    decision: Decision,
    settled: bool,
    #[serde(default)]
    grounds: Vec<GroundCode>,
    #[serde(default)]
    basis: Vec<String>,
    #[serde(default)]
    duties: Vec<DutyKind>,
    #[serde(default)]
    conditions: Vec<String>,
    #[serde(default)]
    time_limits: TimeLimitsForm,
    #[serde(default)]
    holds_days: Option<u16>,
    #[serde(default)]
    kept_through: Option<Day>,
    #[serde(default)]
    kept_until_decision: bool,
    #[serde(default)]
    in_force_from: Option<Day>,
    #[serde(default)]
    out_of_force_from: Option<Day>,
}

impl Right {
    /// In what a case's expectation is weaker than this, or other.
    fn weaknesses(&self, expect: &ExpectForm) -> Vec<&'static str> {
        let mut own = expect.grounds.clone();
        let mut right = self.grounds.clone();
        own.sort_unstable();
        right.sort_unstable();
        let times = |limits: &TimeLimitsForm, timed: &Timed| limits.get(timed).copied();
        let holds: [(&'static str, bool); 10] = [
            ("decision", expect.decision == self.decision && (expect.or.is_empty() || !self.settled)),
            ("settled", expect.settled == self.settled),
            ("grounds", own == right),
            ("basis", self.basis.iter().all(|basis| expect.basis.iter().any(|known| known.value == *basis))),
            ("duties", self.duties.iter().all(|duty| expect.duties.contains(duty))),
            ("conditions", self.conditions == expect.conditions),
            (
                "time limits",
                self.time_limits.keys().all(|t| times(&self.time_limits, t) == times(&expect.time_limits, t)),
            ),
            ("days of holding", self.holds_days == expect.holds_days),
            (
                "end of holding",
                self.kept_through == expect.kept_through
                    && (!self.kept_until_decision || expect.kept_until_decision == Some(true)),
            ),
            (
                "days of force",
                self.in_force_from.is_none_or(|day| expect.in_force_from == Some(day))
                    && self.out_of_force_from == expect.out_of_force_from,
            ),
        ];
        holds.into_iter().filter(|(_, holds)| !holds).map(|(what, _)| what).collect()
    }
}

#[test]
fn no_case_expects_less_than_the_oracle() {
    let rights: Vec<Right> = ORACLE
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect();
    let mut by_case: BTreeMap<&str, Vec<&Right>> = BTreeMap::new();
    for right in &rights {
        by_case.entry(&right.case).or_default().push(right);
    }
    assert_eq!((by_case.len(), rights.len()), (38, 58));
    let mut weak = Vec::new();
    for (name, rights) in by_case {
        let file = format!("law/cases/{}.yaml", name.to_lowercase());
        let case = case::read(Path::new(&file), None).unwrap_or_else(|(problems, _)| panic!("{file}: {problems:?}"));
        for right in rights {
            let part = case.parts.iter().find(|part| part.name == right.part);
            let Some(expect) = part.and_then(|part| part.expect.as_ref()) else {
                weak.push(format!("{name} {}: not asked, or without an expected answer", right.part));
                continue;
            };
            let found = right.weaknesses(expect);
            if !found.is_empty() {
                weak.push(format!("{name} {}: {}", right.part, found.join(", ")));
            }
        }
    }
    assert!(weak.is_empty(), "\n{}", weak.join("\n"));
}
