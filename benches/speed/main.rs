//! What a letter, an opinion and a run cost, each beside its baseline in the same run; see `benches/README.md`.

mod bare_heap;
mod bare_tonic;
mod direct;
mod flagship;
mod loading;
mod measure;
mod opinion;
mod pairing;
mod seeds;
mod settings;
mod sockets;

use std::process::ExitCode;

use settings::Settings;

/// Its name on the command line, and what it does.
type Part = (&'static str, fn(&Settings));

fn main() -> ExitCode {
    let settings = match Settings::read(std::env::args().skip(1)) {
        Ok(settings) => settings,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(2);
        }
    };
    println!("Medians of {} interleaved rounds; in brackets the lowest and highest.", settings.rounds);
    let parts: [Part; 6] = [
        ("direct", direct::bench),
        ("opinion", opinion::bench),
        ("loading", loading::bench),
        ("sockets", sockets::bench),
        ("flagship", flagship::bench),
        ("pairing", pairing::bench),
    ];
    for (part, bench) in parts.into_iter().filter(|(part, _)| settings.wants(part)) {
        // The counter of allocations is for `opinion` alone, which asks for it where it counts.
        if part == "opinion" {
            bench(&settings);
        } else {
            allocation_counter::opt_out(|| bench(&settings));
        }
    }
    let found = !settings.wants("seeds") || seeds::bench(&settings);
    if found { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
