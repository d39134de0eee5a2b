//! CPU per letter over sockets, beside tonic alone with the same messages.

use std::collections::BTreeMap;
use std::sync::Arc;

use comity::authority::{Due, Report};
use comity::base::{Day, StateId};
use comity::engine::{Nodes, Plan, Stopped};
use comity::grpc::parcels::{letter_digest, tally};
use comity::grpc::{convert, wire};
use comity::law::Library;
use comity::transport::Rung;
use prost::Message;

use crate::bare_tonic::{BareTonic, NodeDay, Script};
use crate::flagship::{open, read, run, timed};
use crate::measure::{Contestant, cost, figure, float, goal, heading, interleaved, line};
use crate::settings::Settings;

/// What a run is called in the messages that carry its name.
const RUN: &str = "run";

/// See the module.
pub fn bench(settings: &Settings) {
    heading("sockets: letters of the flagship over TCP, one worker; baseline: tonic alone, the same messages");
    let plan = read("holds-out").plan;
    let script = recorded(&plan);
    let letters = describe(&script);
    let bare = BareTonic::open(script, plan.library.states().len());
    let mut contestants: [Contestant; 3] = [
        Box::new(|| timed(&plan, Rung::Sockets, 1).0.per(letters)),
        Box::new(|| cost(|| bare.all_calls()).0.per(letters)),
        Box::new(|| cost(|| bare.letters_alone()).0.per(letters)),
    ];
    let rounds = interleaved(settings.rounds.min(5), &mut contestants);
    let microseconds = |of| figure(rounds.cpu(of).median * 1e6);
    line("CPU per letter, microseconds", microseconds(0));
    line("the same calls on bare tonic", microseconds(1));
    line("the letters' calls alone on bare tonic", microseconds(2));
    goal("cost of a letter, of the same calls on bare tonic", rounds.ratio(0, 1), "at most 1.5");
    line("of the letters' calls alone", rounds.ratio(0, 2).words());
}

/// Prints what the exchange consists of; gives back the letters.
fn describe(script: &Script) -> f64 {
    let days = || script.values().flat_map(BTreeMap::values);
    let parcels = || days().flat_map(|day| &day.parcels).map(|(_, parcel)| parcel);
    let letters = parcels().map(|parcel| parcel.letters.len() as u64).sum();
    let bytes: usize = parcels().map(Message::encoded_len).sum();
    let all_bytes: usize =
        bytes + days().map(|day| day.advance.encoded_len() + day.report.encoded_len()).sum::<usize>();
    let parcels = parcels().count() as u64;
    let per_parcel = figure(float(letters) / float(parcels));
    line("letters, calls that carry them, letters a call", format_args!("{letters}, {parcels}, {per_parcel}"));
    line("calls of the engine", days().count());
    let kilobytes = |bytes: usize| bytes / 1_000;
    line("kilobytes of letters, of all", format_args!("{}, {}", kilobytes(bytes), kilobytes(all_bytes)));
    float(letters)
}

/// The messages that a run sends over a wire.
fn recorded(plan: &Plan) -> Script {
    let mut recorder =
        Recorder { nodes: open(plan, Rung::Direct, 1), library: Arc::clone(&plan.library), script: Script::new() };
    run(plan, &mut recorder);
    recorder.script
}

/// Direct nodes, with what they would have sent written down.
struct Recorder {
    nodes: Box<dyn Nodes>,
    library: Arc<Library>,
    script: Script,
}

impl Nodes for Recorder {
    fn day(&mut self, day: Day, due: Vec<(StateId, Due)>) -> Result<Vec<(StateId, Report)>, Stopped> {
        let advances: Vec<wire::AdvanceRequest> = due.iter().map(|(_, due)| self.advance(day, due)).collect();
        let reports = self.nodes.day(day, due)?;
        let days = advances.into_iter().zip(&reports).map(|(advance, (state, report))| {
            let (parcels, report) = self.sent(day, report);
            (state.index(), NodeDay { advance, parcels, report })
        });
        let days = days.collect();
        self.script.insert(day.number(), days);
        Ok(reports)
    }
}

impl Recorder {
    fn advance(&self, day: Day, due: &Due) -> wire::AdvanceRequest {
        let written = |letter| letter_digest(&convert::letter_to(&self.library, letter));
        let manifest = tally(due.letters.iter().map(|letter| (letter.id.from, written(letter))));
        let mut request = wire::AdvanceRequest {
            run: RUN.to_owned(),
            epoch: 1,
            day: day.number(),
            manifest: convert::manifest_to(&self.library, &manifest),
            ..wire::AdvanceRequest::default()
        };
        convert::due_to(&self.library, due, &mut request);
        request
    }

    /// The parcels, by addressee, and the report in one part: no day of the flagship needs more.
    fn sent(&self, day: Day, report: &Report) -> (Vec<(usize, wire::Parcel)>, wire::Report) {
        let (letters, records) = convert::report_to(&self.library, report);
        let mut addressed: BTreeMap<usize, Vec<wire::Letter>> = BTreeMap::new();
        for (letter, written) in report.letters.iter().zip(&letters) {
            addressed.entry(letter.to.index()).or_default().push(written.clone());
        }
        let parcel = |letters| wire::Parcel { run: RUN.to_owned(), letters };
        let parcels = addressed.into_iter().map(|(to, letters)| (to, parcel(letters))).collect();
        let report = wire::Report {
            day: day.number(),
            epoch: 1,
            part: 0,
            parts: 1,
            letters,
            records,
            next_due: report.next_due.map(Day::number),
            register: report.register.0.to_vec(),
        };
        (parcels, report)
    }
}
