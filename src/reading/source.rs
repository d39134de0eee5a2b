//! The files of one reading: read within limits, included one in another, kept for error messages.
//!
//! Deliberately absent: any path that leads out of the folder of the file that was asked for.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::overlay::overlay;
use super::tree::{Key, Kind, MAX_FILE_BYTES, MAX_NODES, Node, parse, parse_within, short, too_large};
use crate::base::{Place, Problem, Problems};

/// The top-level key that names the files this one is laid over.
pub const LIKE: &str = "like";
/// Longest chain of files, each like the next: library, course, class and student make four.
pub const MAX_INCLUDE_DEPTH: usize = 8;
/// Most files of one reading, a file read twice counted twice: diamonds of includes would double at each step.
pub const MAX_FILES: usize = 64;
/// Most bytes of all files of one reading.
pub const MAX_TOTAL_BYTES: usize = 8 * MAX_FILE_BYTES;
/// Longest name of an included file, in bytes, as file systems have it.
const MAX_NAME_BYTES: usize = 255;

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name shown to people.
    pub name: String,
    /// The text; empty or cut short when the file could not be read as a whole.
    pub text: String,
    line_starts: Vec<u32>,
}

/// A position as people count it: from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Character within the line, from 1.
    pub column: usize,
}

/// All files of a reading. A [`Place`] names its file by the index here.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file; its index.
    ///
    /// # Panics
    /// At four thousand million files.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> u32 {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)))
            .collect();
        self.files.push(Source { name: name.into(), text, line_starts });
        u32::try_from(self.files.len() - 1).expect("a reading has far fewer files")
    }

    /// The file of this index.
    #[must_use]
    pub fn file(&self, file: u32) -> Option<&Source> {
        self.files.get(file as usize)
    }

    /// The names of all files, in order of reading, for what a result says of its inputs.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|source| source.name.as_str())
    }

    /// Line and column of the first byte of a place; `None` when no file holds it.
    #[must_use]
    pub fn line_column(&self, place: Place) -> Option<LineColumn> {
        let source = self.file(place.file)?;
        let (line, start) = source.line_at(place.start);
        let before = source.text.get(start..(place.start as usize).min(source.text.len()))?;
        Some(LineColumn { line, column: before.chars().count() + 1 })
    }
}

impl Source {
    /// Number, from 1, and first byte of the line that holds a byte.
    pub(super) fn line_at(&self, byte: u32) -> (usize, usize) {
        let line = self.line_starts.partition_point(|start| *start <= byte).max(1);
        (line, self.line_starts[line - 1] as usize)
    }
}

/// Reads a file into the list: at most [`MAX_FILE_BYTES`] of UTF-8; its index.
///
/// # Errors
/// Why it cannot be read, at no place or at the first byte that is no text. The file is listed all the same,
/// with what could be read of it.
pub fn read_file(sources: &mut Sources, path: &Path) -> Result<u32, Problem> {
    read_as(sources, path, path.display().to_string())
}

fn read_as(sources: &mut Sources, path: &Path, name: String) -> Result<u32, Problem> {
    let mut bytes = Vec::new();
    // Read to one byte beyond the limit: what a file says of its own size may be wrong, or not yet true.
    #[expect(clippy::disallowed_methods, reason = "the one place where what people write is read")]
    let read = File::open(path).and_then(|file| file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        let file = sources.add(name.as_str(), "");
        return Err(Problem::new(Place { file, start: 0, end: 0 }, format!("cannot read `{name}`: {error}")));
    }
    if bytes.len() > MAX_FILE_BYTES {
        return Err(too_large(sources.add(name, "")));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(sources.add(name, text)),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let text = String::from_utf8_lossy(&bytes[..good]).into_owned();
            let message = format!("the file is not UTF-8 text: byte 0x{:02X} at offset {good}", bytes[good]);
            let file = sources.add(name, text);
            let place = Place { file, start: short(good), end: short(good) };
            Err(Problem::new(place, message).help("save it as UTF-8"))
        }
    }
}

/// Reads a file and all that it is like, laid over one another; `like` itself is gone from the tree.
///
/// Included names are relative to the folder of `path`, wherever the including file lies below it. A name that
/// is not on disk is looked up in `library`.
///
/// # Errors
/// All problems of all files.
pub fn load(
    sources: &mut Sources,
    path: &Path,
    library: &dyn Fn(&str) -> Option<&'static str>,
) -> Result<Node, Problems> {
    let file = read_file(sources, path).map_err(|problem| Problems(vec![problem]))?;
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let bytes = sources.file(file).map_or(0, |source| source.text.len());
    let mut loader = Loader {
        folder: folder.canonicalize().ok(),
        sources,
        library,
        chain: vec![Link { identity: Identity::of(path), name: path.display().to_string() }],
        files: 1,
        bytes,
        nodes_left: MAX_NODES,
        problems: Problems::default(),
    };
    let node = loader.tree(file);
    match node {
        Some(node) => loader.problems.or(node),
        None => Err(loader.problems),
    }
}

/// The tree of a text that came without a folder (over the network, from a pipe): it may include nothing.
///
/// # Errors
/// All problems of the text.
pub fn load_text(sources: &mut Sources, name: &str, text: &str) -> Result<Node, Problems> {
    if text.len() > MAX_FILE_BYTES {
        return Err(Problems(vec![too_large(sources.add(name, ""))]));
    }
    let file = sources.add(name, text);
    let node = parse(file, text)?;
    match node.get(LIKE) {
        Some(like) => {
            let message = format!("`{LIKE}` needs a folder, and this text came without one");
            Err(Problems(vec![Problem::new(like.place, message)]))
        }
        None => Ok(node),
    }
}

/// What makes two files the same, whatever they are called.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Identity {
    Disk(PathBuf),
    Library(String),
}

impl Identity {
    fn of(path: &Path) -> Self {
        Self::Disk(path.canonicalize().unwrap_or_else(|_| path.to_owned()))
    }
}

/// A file that is being read now, because the one before it is like it.
struct Link {
    identity: Identity,
    name: String,
}

struct Loader<'a> {
    sources: &'a mut Sources,
    library: &'a dyn Fn(&str) -> Option<&'static str>,
    /// Resolved, so that files found by way of symbolic links can be compared with it.
    folder: Option<PathBuf>,
    chain: Vec<Link>,
    files: usize,
    bytes: usize,
    nodes_left: u32,
    problems: Problems,
}

impl Loader<'_> {
    /// The tree of a listed file over the trees of what it is like. What goes wrong in one included file does
    /// not keep the others from being checked.
    fn tree(&mut self, file: u32) -> Option<Node> {
        let text = self.sources.file(file)?.text.clone();
        let mut own = match parse_within(file, &text, &mut self.nodes_left) {
            Ok(node) => node,
            Err(problems) => {
                self.problems.0.extend(problems.0);
                return None;
            }
        };
        let Some((key, like)) = own.remove(LIKE) else { return Some(own) };
        let mut base: Option<Node> = None;
        for (name, place) in self.names(&key, &like) {
            let included = match self.include(&name, place) {
                Ok(node) => node,
                Err(problem) => {
                    self.problems.push(problem);
                    None
                }
            };
            match (&mut base, included) {
                (Some(base), Some(node)) => overlay(base, &node),
                (base, Some(node)) => *base = Some(node),
                (_, None) => {}
            }
        }
        let Some(mut base) = base else { return Some(own) };
        overlay(&mut base, &own);
        Some(base)
    }

    fn names(&mut self, key: &Key, like: &Node) -> Vec<(String, Place)> {
        let single = std::slice::from_ref(like);
        let items = if let Kind::List(items) = &like.kind { items.as_slice() } else { single };
        let mut names = Vec::new();
        for item in items {
            if let Some(text) = item.text() {
                names.push((text.to_owned(), item.place));
                continue;
            }
            let place = if item.kind == Kind::Nothing { key.place } else { item.place };
            self.problems.push(Problem::new(place, format!("`{LIKE}` names a file, or a list of files")));
        }
        names
    }

    fn include(&mut self, name: &str, place: Place) -> Result<Option<Node>, Problem> {
        let refuse = |why: String| Problem::new(place, why);
        check_name(name).map_err(|why| refuse(format!("`{name}` cannot be included: {why}")))?;
        if self.files == MAX_FILES {
            return Err(refuse(format!("more than {MAX_FILES} files are included")));
        }
        let found = self.find(name).map_err(refuse)?;
        let identity = match &found {
            Found::Disk(path) => Identity::Disk(path.clone()),
            Found::Library(_) => Identity::Library(name.to_owned()),
        };
        if let Some(first) = self.chain.iter().position(|link| link.identity == identity) {
            let names = self.chain[first..].iter().map(|link| link.name.as_str()).chain([name]);
            return Err(refuse(format!("files include one another: {}", names.collect::<Vec<_>>().join(" -> "))));
        }
        if self.chain.len() == MAX_INCLUDE_DEPTH {
            return Err(refuse(format!("files include one another more than {MAX_INCLUDE_DEPTH} deep")));
        }
        self.files += 1;
        let file = match found {
            Found::Disk(path) => match read_as(self.sources, &path, name.to_owned()) {
                Ok(file) => file,
                Err(problem) => {
                    self.problems.push(problem);
                    return Ok(None);
                }
            },
            Found::Library(text) => self.sources.add(name, text),
        };
        self.bytes += self.sources.file(file).map_or(0, |source| source.text.len());
        if self.bytes > MAX_TOTAL_BYTES {
            return Err(refuse(format!("the included files are larger than {MAX_TOTAL_BYTES} bytes in all")));
        }
        self.chain.push(Link { identity, name: name.to_owned() });
        let node = self.tree(file);
        self.chain.pop();
        Ok(node)
    }

    fn find(&self, name: &str) -> Result<Found, String> {
        if let Some(folder) = &self.folder
            && let Ok(path) = folder.join(name).canonicalize()
        {
            if !path.starts_with(folder) {
                return Err(format!("`{name}` leads out of the folder of the file that was asked for"));
            }
            // A pipe or a device could keep the reader waiting for ever.
            if !path.is_file() {
                return Err(format!("`{name}` is not a file"));
            }
            return Ok(Found::Disk(path));
        }
        (self.library)(name).map(Found::Library).ok_or_else(|| format!("there is no file `{name}`"))
    }
}

enum Found {
    Disk(PathBuf),
    Library(&'static str),
}

/// Refuses every name that could mean something else than a file below the folder, on any system.
fn check_name(name: &str) -> Result<(), &'static str> {
    let refusals: [(bool, &str); 6] = [
        (name.is_empty(), "the name is empty"),
        (name.len() > MAX_NAME_BYTES, "the name is too long"),
        (name.chars().any(char::is_control), "it holds a control character"),
        (name.contains('\\'), "write folders with `/`, not with a backslash"),
        (name.contains(':'), "it names a drive or an address"),
        (name.starts_with('/'), "it is not relative to the folder of the file"),
    ];
    if let Some((_, why)) = refusals.iter().find(|(refused, _)| *refused) {
        return Err(why);
    }
    let mut parts = name.split('/');
    if parts.any(|part| matches!(part, "" | "." | "..") || part.ends_with(['.', ' '])) {
        // Windows drops final dots and spaces, so that `.. ` would be `..` there.
        return Err("it holds a part that is empty, `.`, `..` or ends in a dot or space");
    }
    Ok(())
}

#[cfg(test)]
mod tests;
