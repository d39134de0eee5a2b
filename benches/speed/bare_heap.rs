//! The limit of a discrete-event run: a binary heap, and next to nothing done at each event.
//!
//! Fifty nodes, each a queue with one server (M/M/1). A request goes to a node drawn at random, waits for the one
//! before it, is "decided" after a random time and counted as answered. Times are exponential; the load is 0.8.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

const NODES: usize = 50;

/// Mean time between requests from one node, and mean time at a server, in ticks.
const BETWEEN_TICKS: f64 = 1_000.0;
const SERVICE_TICKS: f64 = 800.0;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A node sends its next request.
    Request(u8),
    /// A node answers the request at its server.
    Answer(u8),
}

/// Plays until so many requests are answered; gives back a number that depends on all of them.
pub fn run(pairs: u64, seed: u64) -> u64 {
    let mut random = Random(seed | 1);
    let mut agenda: BinaryHeap<Reverse<(u64, Event)>> = BinaryHeap::new();
    let mut waiting = [0_u32; NODES];
    for node in 0..NODES {
        agenda.push(Reverse((random.ticks(BETWEEN_TICKS), Event::Request(number(node)))));
    }
    let (mut answered, mut sum) = (0, 0_u64);
    while answered < pairs {
        let Some(Reverse((now, event))) = agenda.pop() else { break };
        match event {
            Event::Request(from) => {
                agenda.push(Reverse((now + random.ticks(BETWEEN_TICKS), Event::Request(from))));
                let to = random.node();
                waiting[to] += 1;
                if waiting[to] == 1 {
                    agenda.push(Reverse((now + random.ticks(SERVICE_TICKS), Event::Answer(number(to)))));
                }
            }
            Event::Answer(from) => {
                answered += 1;
                sum = sum.wrapping_add(now);
                let node = usize::from(from);
                waiting[node] -= 1;
                if waiting[node] > 0 {
                    agenda.push(Reverse((now + random.ticks(SERVICE_TICKS), Event::Answer(from))));
                }
            }
        }
    }
    sum
}

fn number(node: usize) -> u8 {
    u8::try_from(node).expect("50 nodes")
}

/// xorshift64* (Vigna 2016): about as cheap as numbers come.
struct Random(u64);

impl Random {
    const fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    const fn node(&mut self) -> usize {
        ((self.next() >> 32) as usize * NODES) >> 32
    }

    /// Exponentially distributed, at least 1.
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "ticks")]
    fn ticks(&mut self, mean: f64) -> u64 {
        let unit = ((self.next() >> 11) as f64 + 1.0) / 9_007_199_254_740_992.0;
        (-libm::log(unit) * mean) as u64 + 1
    }
}
