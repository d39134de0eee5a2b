//! The `comity` command: parses, carries out, maps what went wrong to an exit code.

use std::process::ExitCode;

use clap::Parser as _;
use comity::cli::{Cli, carry_out, stopped_by};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(diagnostics())
        .with_writer(std::io::stderr)
        .with_ansi(console::Term::stderr().features().colors_supported())
        .log_internal_errors(false)
        .init();
    match carry_out(Cli::parse()) {
        Ok(ending) => ending.into(),
        Err(error) => {
            comity::cli::tell(format_args!("error: {error:#}"));
            stopped_by(&error).into()
        }
    }
}

/// Which diagnostics are shown: those that `COMITY_LOG` names. A level alone is that of this program: what it is built on says
/// thirty thousand lines for each of its own, and is shown to whoever names it.
fn diagnostics() -> EnvFilter {
    #[expect(clippy::disallowed_methods, reason = "what is shown to people; it is no part of a result")]
    let named = std::env::var("COMITY_LOG").unwrap_or_default();
    match named.parse::<LevelFilter>() {
        // Where nothing is named, errors are shown, whoever has them.
        Ok(level) if !named.is_empty() => EnvFilter::new(format!("comity={level}")),
        _ => EnvFilter::new(named),
    }
}
