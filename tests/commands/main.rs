//! The commands as people meet them: what they print, whole, and how they end.

#![expect(clippy::disallowed_methods, reason = "reads what the commands wrote")]

mod in_the_way;
mod law;
mod log;
mod output;
mod pipe;
mod slips;
mod studies;
mod terminal;

use snapbox::cmd::Command;

/// The command, in the folder of the repository.
fn comity(arguments: &[&str]) -> Command {
    Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("COMITY_LOG")
        .env_remove("COLUMNS")
}
