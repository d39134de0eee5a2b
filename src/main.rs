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
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            comity::cli::tell(format_args!("error: {error:#}"));
            stopped_by(&error).into()
        }
    }
}

/// Whoever read our output has read enough: that is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let is_pipe = |cause: &std::io::Error| cause.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(is_pipe)
            || cause
                .downcast_ref::<serde_json::Error>()
                .is_some_and(|error| error.io_error_kind() == Some(std::io::ErrorKind::BrokenPipe))
    })
}
