//! Who may become a Party: nobody is told to consent to what it cannot join, or could not yet; and who has to be invited.

use comity::law::{self, ButFor, Change};
use comity::scenario::Case;

use crate::case_of;

/// Alba asks Brava, and is refused: whose consent to what would turn that, in words.
fn consents(treaties: &str, day: &str, groups: &str, membership: &str) -> Vec<String> {
    asked(treaties, day, groups, membership, "")
}

fn asked(treaties: &str, day: &str, groups: &str, membership: &str, own: &str) -> Vec<String> {
    let law =
        "needs-treaty: true, offences: { theft: { cite: Penal Code 1, all: [theft, intent], maximum-months: 60 } }";
    let case: Case = case_of(&format!(
        "
case: participation
title: Who may join
source: see the test
states: {{ alba: {{ law: {{ {law}, groups: [council-of-europe] }} }}, brava: {{ law: {{ {law}, groups: [{groups}] }} }} }}
treaties: [{treaties}]
{own}
membership: {{ {membership} }}
requesting: alba
requested: brava
day: {day}
facts: [theft, intent]
parts: {{ '-': {{ measure: extradition }} }}"
    ));
    let question = &case.parts[0].question;
    let opinion = law::decide(&case.library, &case.memberships, question);
    let ButFor { turns, .. } = law::but_for(&case.library, &case.memberships, question, &opinion, None);
    let consents = turns.iter().flat_map(|turn| &turn.changes).filter(|one| matches!(one, Change::Consent { .. }));
    consents.map(|consent| consent.says(&case.library, &case.memberships, question)).collect()
}

const ALBA_IN: &str = "eaw: { alba: 2004-01-01, brava: never }";

#[test]
fn the_warrant_is_for_members_of_the_union_alone() {
    let both = "eaw, european-union";
    let members = |brava: &str| format!("{ALBA_IN}, european-union: {{ alba: 1958-01-01, brava: {brava} }}");
    let joins = "Brava consents to be bound by the Framework Decision 2002/584/JHA on the European arrest warrant by 2010-01-01";
    assert_eq!(consents(both, "2010-01-01", "", &members("2004-05-01")), [joins]);
    assert_eq!(consents(both, "2010-01-01", "", &members("never")), [""; 0]);
    assert_eq!(consents(both, "2010-01-01", "", &members("2010-02-01")), [""; 0], "not yet a member");
    assert_eq!(consents("eaw", "2010-01-01", "", ALBA_IN), [""; 0], "nobody is known to be a member");
}

#[test]
fn nobody_consents_to_what_is_not_yet_open() {
    let own = "own-treaties: [{ treaty: coast, cites-as: C, title: Coast Convention, source: Invented., coverage: Surrender., \
               read: designed, opened: 2010-06-01, joins: { days-after-deposit: 30 }, first-in-force: { consents: 2 }, \
               articles: { '1': { says: Surrender is owed., for: [extradition], carries: must } } }]";
    let alba = "coast: { alba: 2010-01-01, brava: never }";
    let joins = "Brava consents to be bound by the Coast Convention by 2010-06-01";
    assert_eq!(asked("", "2010-07-01", "", alba, own), [joins]);
    assert_eq!(asked("", "2010-06-30", "", alba, own), [""; 0], "that would have been the day before it was opened");
}

#[test]
fn who_is_no_member_of_the_council_of_europe_is_invited_first() {
    let alba = "ece57: { alba: 1960-01-01, brava: never }";
    let by = "consents to be bound by the European Convention on Extradition by 2009-10-03";
    assert_eq!(consents("ece57", "2010-01-01", "council-of-europe", alba), [format!("Brava {by}")]);
    assert_eq!(consents("ece57", "2010-01-01", "", alba), [format!("Brava, once invited (ECE57 30), {by}")]);
    // Nor need it be who took part in drafting (ETS 185, Art. 36(1)).
    let invites = |took_part: &str| {
        let own = format!(
            "own-treaties: [{{ treaty: coast, cites-as: C, title: Coast Convention, source: Invented., coverage: Surrender., \
             read: designed, on-invitation: {{ by: '5', unless-in: council-of-europe, took-part: [{took_part}] }}, \
             joins: {{ days-after-deposit: 30 }}, first-in-force: {{ consents: 2 }}, \
             articles: {{ '1': {{ says: Surrender is owed., for: [extradition], carries: must }} }} }}]"
        );
        asked("", "2010-07-01", "", "coast: { alba: 2010-01-01, brava: never }", &own)
    };
    let joins = |brava: &str| [format!("{brava} consents to be bound by the Coast Convention by 2010-06-01")];
    assert_eq!(invites(""), joins("Brava, once invited (C 5),"));
    assert_eq!(invites("brava"), joins("Brava"));
    let signed = "ece57: { alba: 1960-01-01, brava: { signed: 2005-01-01 } }";
    assert_eq!(consents("ece57", "2010-01-01", "", signed), [format!("Brava, a signatory, {by}")]);
}
