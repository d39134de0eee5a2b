//! `comity law pages`.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Found;
use crate::cli::overwriting;
use crate::cli::publish::write_text;
use crate::report::pages::{self, MARK};
use crate::scenario::Corpus;

/// Arguments of `comity law pages`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The folder to write into: `docs/reference` in this repository
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Writes the pages; pages written earlier that no longer belong are removed. Nothing is written where a page would take
/// the place of a file that people wrote.
pub fn pages(corpus: &Corpus, arguments: &Arguments) -> Found {
    let pages = pages::all(corpus);
    for path in pages.keys() {
        overwriting::beginning_with(&arguments.folder.join(path), "page", MARK)?;
    }
    for (path, text) in &pages {
        let path = arguments.folder.join(path);
        let folder = path.parent().unwrap_or(&arguments.folder);
        fs_err::create_dir_all(folder)?;
        write_text(&path, text)?;
    }
    let mut removed = 0;
    for part in ["", "treaties", "states"] {
        for path in markdown(&arguments.folder.join(part))? {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let key = if part.is_empty() { name } else { format!("{part}/{name}") };
            if !pages.contains_key(&key) && overwriting::beginning_with(&path, "page", MARK).is_ok() {
                fs_err::remove_file(&path)?;
                removed += 1;
            }
        }
    }
    let removed = if removed == 0 { String::new() } else { format!(", {removed} removed") };
    Ok(format!("{} pages written{removed}\n", pages.len()).into())
}

fn markdown(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    #[expect(clippy::disallowed_methods, reason = "the order in which files are removed does not matter")]
    let entries = fs_err::read_dir(folder)?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<PathBuf>>>()?;
    Ok(paths.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect())
}
