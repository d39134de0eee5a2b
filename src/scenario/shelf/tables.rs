//! The tables of the record on the shelf, under `law/status`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Shelf;
use crate::base::{Place, Problem};
use crate::{embedded, reading};

impl Shelf {
    /// Names of the built-in tables of the record, without ending.
    pub fn tables() -> impl Iterator<Item = &'static str> + Clone {
        embedded::FILES.iter().filter_map(|(path, _)| path.strip_prefix("law/status/")?.strip_suffix(".csv"))
    }

    /// A table under `law/status`, as text.
    ///
    /// # Errors
    /// That there is none, or that it cannot be read: one that is broken is not taken for the built-in one.
    pub fn table(&self, name: &str) -> Result<String, Problem> {
        let text = match self.own_table(name) {
            Some(file) => reading::read_text(&file)?,
            None => embedded::file(&built_in_table(name))
                .map(str::to_owned)
                .ok_or_else(|| Problem::new(Place::NOWHERE, format!("there is no record {}", built_in_table(name))))?,
        };
        self.tables.note(name, &text);
        Ok(text)
    }

    /// Where a table stands: in the folder, or among those built in.
    pub(in crate::scenario) fn table_path(&self, name: &str) -> String {
        self.own_table(name).map_or_else(|| built_in_table(name), |file| file.display().to_string())
    }

    /// Whether there is a table of this name, in the folder or built in.
    pub(in crate::scenario) fn has_table(&self, name: &str) -> bool {
        self.own_table(name).is_some() || embedded::file(&built_in_table(name)).is_some()
    }

    /// The file of the folder that takes the place of a built-in table.
    fn own_table(&self, name: &str) -> Option<PathBuf> {
        reading::check_file_name(name).ok()?;
        self.folder.as_ref().map(|folder| folder.join(format!("status/{name}.csv"))).filter(|file| file.is_file())
    }

    /// A table under `law/status`, as text, and its number in the list of sources.
    ///
    /// # Errors
    /// That there is none, or that it cannot be read.
    pub(in crate::scenario) fn placed_table(&mut self, name: &str) -> Result<(u32, String), Problem> {
        let file = match self.own_table(name) {
            Some(file) => reading::read_file(&mut self.sources, &file)?,
            None => self.sources.add(built_in_table(name), self.table(name)?),
        };
        let text = self.sources.file(file).map(|source| source.text.clone()).unwrap_or_default();
        self.tables.note(name, &text);
        Ok((file, text))
    }

    /// Names of all tables of the record, those of the folder beside the built-in ones, in order.
    pub(in crate::scenario) fn all_tables(&self) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = Self::tables().map(str::to_owned).collect();
        if let Some(folder) = &self.folder {
            #[expect(clippy::disallowed_methods, reason = "the set sorts what comes of it")]
            let entries = std::fs::read_dir(folder.join("status")).into_iter().flatten().flatten();
            let own = entries.filter_map(|entry| entry.file_name().to_str()?.strip_suffix(".csv").map(str::to_owned));
            names.extend(own.filter(|name| !name.starts_with('.')));
        }
        names
    }
}

fn built_in_table(name: &str) -> String {
    format!("law/status/{name}.csv")
}
