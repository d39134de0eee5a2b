//! The observatory, polled by hand.

use comity::base::Day;
use comity::grpc::Observatory;
use comity::grpc::observatory::{FOLLOWERS, KEPT_BYTES, KEPT_RECORDS};
use comity::grpc::refusal::Refusal;
use tokio_test::{assert_pending, assert_ready, task};
use tonic::Code;

use crate::bench::refused;

fn publish(observatory: &Observatory, number: usize) {
    let day = Day::from_number(i32::try_from(number).expect("few"));
    observatory.publish(
        day,
        if number.is_multiple_of(2) { "letter" } else { "authority" },
        format!("{{\"n\":{number}}}"),
    );
}

#[test]
fn a_follower_is_woken_by_each_record_and_released_by_the_end() {
    let observatory = Observatory::new("run");
    publish(&observatory, 0);
    let mut following = task::spawn(observatory.records(0).expect("follows"));
    assert_eq!(assert_ready!(following.poll_next()).expect("one").expect("good").index, 0);
    assert_pending!(following.poll_next());
    assert!(!following.is_woken());
    publish(&observatory, 1);
    assert!(following.is_woken());
    let record = assert_ready!(following.poll_next()).expect("one").expect("good");
    assert_eq!((record.index, record.kind.as_str(), record.line.as_str()), (1, "authority", "{\"n\":1}"));
    assert_pending!(following.poll_next());
    observatory.end();
    assert!(following.is_woken());
    assert!(assert_ready!(following.poll_next()).is_none());
}

#[test]
fn what_is_no_longer_kept_is_out_of_range_before_and_during_a_visit() {
    let observatory = Observatory::new("run");
    let mut slow = task::spawn(observatory.records(0).expect("follows"));
    (0..KEPT_RECORDS + 10).for_each(|number| publish(&observatory, number));
    let answer = assert_ready!(slow.poll_next()).expect("an answer");
    refused(answer, Code::OutOfRange, "RECORD_FORGOTTEN");
    assert!(assert_ready!(slow.poll_next()).is_none());
    assert_eq!(observatory.records(9).err(), Some(Refusal::RecordForgotten { wanted: 9, oldest: 10 }));
    let mut ahead = task::spawn(observatory.records(KEPT_RECORDS as u64 + 11).expect("waits"));
    publish(&observatory, 0);
    assert_pending!(ahead.poll_next());
    publish(&observatory, 1);
    assert_eq!(assert_ready!(ahead.poll_next()).expect("one").expect("good").index, KEPT_RECORDS as u64 + 11);
    let summary = observatory.run_summary();
    assert_eq!((summary.first, summary.next), (12, KEPT_RECORDS as u64 + 12));
    assert_eq!(summary.kinds.iter().map(|kind| kind.count).sum::<u64>(), summary.next);
}

#[test]
fn long_records_are_fewer() {
    let observatory = Observatory::new("run");
    let third = KEPT_BYTES / 3;
    for _ in 0..4 {
        observatory.publish(Day::from_number(0), "month", "x".repeat(third));
    }
    assert_eq!((observatory.run_summary().first, observatory.run_summary().next), (1, 4));
    // One that is longer than all is the last all the same.
    observatory.publish(Day::from_number(0), "month", "x".repeat(KEPT_BYTES + 1));
    assert_eq!((observatory.run_summary().first, observatory.run_summary().next), (4, 5));
}

#[test]
fn followers_are_counted_and_leave_their_place() {
    let observatory = Observatory::new("run");
    let mut followers: Vec<_> = (0..FOLLOWERS).map(|_| observatory.records(0).expect("follows")).collect();
    assert_eq!(observatory.records(0).err(), Some(Refusal::FollowersFull(FOLLOWERS)));
    followers.pop();
    observatory.records(0).expect("a place is free");
}
