//! The files of one reading included one in another, within limits.
//!
//! Deliberately absent: any path that leads out of the folder of the file that was asked for.

use std::path::{Path, PathBuf};

use super::overlay::overlay;
use super::sources::{Sources, read_as, read_file};
use super::tree::{Key, Kind, MAX_FILE_BYTES, MAX_NODES, Node, parse, parse_within, too_large};
use super::unread::Unread;
use crate::base::{Place, Problem, Problems};

/// The top-level key that names the files this one is laid over.
pub const LIKE: &str = "like";
/// Longest chain of files, each like the next: library, course, class and student make four.
pub const MAX_INCLUDE_DEPTH: usize = 8;
/// Most files of one reading, a file read twice counted twice: diamonds of includes would double at each step.
pub const MAX_FILES: usize = 64;
/// Most bytes of all files of one reading.
pub const MAX_TOTAL_BYTES: usize = 8 * MAX_FILE_BYTES;
/// Most files of a folder among which a name near to a misspelt one is sought.
const MAX_LISTED: usize = 1_000;
/// Longest name of an included file, in bytes, as file systems have it.
const MAX_NAME_BYTES: usize = 255;

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
) -> Result<Node, Unread> {
    load_among(sources, path, library, &[])
}

/// The same with the names that `library` knows, for advice where a name is not known.
///
/// # Errors
/// As [`load`].
pub fn load_among(
    sources: &mut Sources,
    path: &Path,
    library: &dyn Fn(&str) -> Option<&'static str>,
    names: &[&'static str],
) -> Result<Node, Unread> {
    let file = read_file(sources, path).map_err(Unread::of)?;
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let bytes = sources.file(file).map_or(0, |source| source.text.len());
    let mut loader = Loader {
        folder: folder.canonicalize().ok(),
        beside: path,
        sources,
        library,
        names,
        chain: vec![Link { identity: Identity::of(path), name: path.display().to_string() }],
        files: 1,
        bytes,
        nodes_left: MAX_NODES,
        problems: Problems::default(),
        is_clear: true,
    };
    let node = loader.tree(file);
    match node {
        Some(node) if loader.problems.0.is_empty() => Ok(node),
        node => Err(Unread { problems: loader.problems, tree: node.filter(|_| loader.is_clear) }),
    }
}

/// The tree of a text that came without a folder (over the network, from a pipe): it may include nothing.
///
/// # Errors
/// All problems of the text.
pub fn load_text(sources: &mut Sources, name: &str, text: &str) -> Result<Node, Unread> {
    if text.len() > MAX_FILE_BYTES {
        return Err(Unread::of(too_large(sources.add(name, ""))));
    }
    let file = sources.add(name, text);
    let node = parse(file, text)?;
    match node.get(LIKE) {
        Some(like) => {
            let message = format!("`{LIKE}` needs a folder, and this text came without one");
            Err(Unread::of(Problem::new(like.place, message)))
        }
        None => Ok(node),
    }
}

/// What makes two files the same, whatever they are called.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Identity {
    Disk(PathBuf),
    /// By its text: it may go by several names.
    Library(&'static str),
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
    names: &'a [&'static str],
    /// The file that was asked for, as people wrote it: what it includes is shown as lying beside it.
    beside: &'a Path,
    /// Resolved, so that files found by way of symbolic links can be compared with it.
    folder: Option<PathBuf>,
    chain: Vec<Link>,
    files: usize,
    bytes: usize,
    nodes_left: u32,
    problems: Problems,
    /// Whether every file could be understood, whatever is wrong with its writing.
    is_clear: bool,
}

impl Loader<'_> {
    /// The tree of a listed file over the trees of what it is like. What goes wrong in one included file does
    /// not keep the others from being checked.
    fn tree(&mut self, file: u32) -> Option<Node> {
        let text = self.sources.file(file)?.text.clone();
        let mut own = match parse_within(file, &text, &mut self.nodes_left) {
            Ok(node) => node,
            Err(unread) => {
                self.problems.add(unread.problems);
                self.is_clear &= unread.tree.is_some();
                unread.tree?
            }
        };
        let Some((key, like)) = own.remove(LIKE) else { return Some(own) };
        let mut base: Option<Node> = None;
        for (name, place) in self.names(&key, &like) {
            let included = match self.include(&name, place) {
                Ok(node) => node,
                Err(problem) => {
                    self.unclear(problem);
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

    /// A file is missing from the whole, so that what seems to be wrong with the rest may follow from that.
    fn unclear(&mut self, problem: Problem) {
        self.problems.push(problem);
        self.is_clear = false;
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
            self.unclear(Problem::new(place, format!("`{LIKE}` names a file, or a list of files")));
        }
        names
    }

    fn include(&mut self, name: &str, place: Place) -> Result<Option<Node>, Problem> {
        let refuse = |why: String| Problem::new(place, why);
        check_name(name).map_err(|why| refuse(format!("`{name}` cannot be included: {why}")))?;
        if self.files == MAX_FILES {
            return Err(refuse(format!("more than {MAX_FILES} files are included")));
        }
        let found = self.find(name).map_err(refuse)?.ok_or_else(|| self.missing(name, place))?;
        let identity = match &found {
            Found::Disk(path) => Identity::Disk(path.clone()),
            Found::Library(text) => Identity::Library(text),
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
            Found::Disk(path) => {
                match read_as(self.sources, &path, self.beside.with_file_name(name).display().to_string()) {
                    Ok(file) => file,
                    Err(problem) => {
                        self.unclear(problem);
                        return Ok(None);
                    }
                }
            }
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

    /// The file of a name, if there is one.
    fn find(&self, name: &str) -> Result<Option<Found>, String> {
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
            return Ok(Some(Found::Disk(path)));
        }
        Ok((self.library)(name).map(Found::Library))
    }

    /// That there is no such file, with the nearest one, in the same folder or built in.
    fn missing(&self, name: &str, place: Place) -> Problem {
        let (below, _) = name.rsplit_once('/').unwrap_or(("", name));
        let prefix = if below.is_empty() { String::new() } else { format!("{below}/") };
        let beside = self.folder.as_ref().map(|folder| yaml_files(&folder.join(below))).unwrap_or_default();
        let beside: Vec<String> = beside.iter().map(|file| format!("{prefix}{file}")).collect();
        let known = beside.iter().map(String::as_str).chain(self.names.iter().copied());
        let problem = Problem::new(place, format!("there is no file `{name}`"));
        match crate::base::nearest(name, known) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        }
    }
}

/// The YAML files of a folder, of which the nearest to a name is sought.
fn yaml_files(folder: &Path) -> Vec<String> {
    #[expect(clippy::disallowed_methods, reason = "advice, for which the nearest name is sought: order is no matter")]
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .take(MAX_LISTED)
        // A link may lead nowhere.
        .filter(|entry| entry.path().exists())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|file| Path::new(file).extension().is_some_and(|ending| ending == "yaml" || ending == "yml"))
        .collect()
}

/// The folder that a file is in, or is to be: of a bare name that in which the command is given.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The YAML file whose name is nearest to that of one that is not there, in the same folder.
#[must_use]
pub fn nearest_beside(path: &Path) -> Option<PathBuf> {
    let files = yaml_files(folder_of(path));
    let near = crate::base::nearest(path.file_name()?.to_str()?, files.iter().map(String::as_str))?;
    Some(path.with_file_name(near))
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

/// Refuses every name that could mean something else than a file right in a folder, on any system.
///
/// # Errors
/// Why, in words.
pub fn check_file_name(name: &str) -> Result<(), &'static str> {
    if name.contains(['/', '\\']) { Err("it leads to another folder") } else { check_name(name) }
}

#[cfg(test)]
mod tests;
