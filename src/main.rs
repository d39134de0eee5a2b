//! The `comity` command: parses, carries out, maps what went wrong to an exit code.

use std::process::ExitCode;

use clap::Parser as _;
use comity::cli::{Cli, carry_out, stopped_by};

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_env("COMITY_LOG"))
        .with_writer(std::io::stderr)
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
