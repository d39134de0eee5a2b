//! A word that is no command: more often than not one that stands under another, as `list` stands under `law`.

use clap::CommandFactory as _;

use super::slips::{unknown_of_all, unplaced};
use super::{Cli, Ending, show};
use crate::base::Problems;
use crate::reading::Sources;

/// Says what may have been meant.
pub(super) fn unknown_command(words: &[String]) -> Ending {
    let name = words.first().map_or("", String::as_str);
    let cli = Cli::command();
    let known: Vec<&str> = cli.get_subcommands().map(clap::Command::get_name).collect();
    let has = |command: &&clap::Command| command.find_subcommand(name).is_some();
    let under = cli.get_subcommands().filter(has).map(|command| format!("`comity {} {name}`", command.get_name()));
    let under: Vec<String> = under.collect();
    let problem = if under.is_empty() {
        unknown_of_all("command", name, known)
    } else {
        unplaced(format!("unknown command `{name}`")).help(format!("did you mean {}?", under.join(" or ")))
    };
    show(&Sources::default(), &Problems(vec![problem]));
    Ending::Wrong
}
