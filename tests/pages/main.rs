//! The reference pages say what the law files say: what is committed is what the command writes.

#![expect(clippy::disallowed_methods, reason = "compares files of this repository with what the command writes")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Every Markdown page below a folder, by its path there. A checkout may have turned the line ends.
fn pages(folder: &Path) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for part in ["", "treaties", "states"] {
        let Ok(entries) = std::fs::read_dir(folder.join(part)) else { continue };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                pages.insert(name, std::fs::read_to_string(&path).expect("UTF-8").replace("\r\n", "\n"));
            }
        }
    }
    pages
}

fn write(folder: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(["law", "pages"])
        .arg(folder)
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn committed_pages_are_current() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path());
    let written = pages(folder.path());
    let committed = pages(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference"));
    let names: std::collections::BTreeSet<&String> = written.keys().chain(committed.keys()).collect();
    let stale: Vec<&String> = names.into_iter().filter(|name| written.get(*name) != committed.get(*name)).collect();
    assert!(stale.is_empty(), "pages are stale: {stale:?}\nwrite them again with: comity law pages docs/reference");
}

#[test]
fn the_data_dictionary_is_current() {
    let output = Command::new(env!("CARGO_BIN_EXE_comity")).arg("tables").output().expect("the program starts");
    let written = String::from_utf8(output.stdout).expect("UTF-8");
    let committed = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tables.md"));
    let committed = committed.unwrap_or_default().replace("\r\n", "\n");
    assert!(written == committed, "docs/tables.md is stale; write it again with: comity tables > docs/tables.md");
}

#[test]
fn only_pages_of_the_command_are_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path());
    let page = std::fs::read_to_string(folder.path().join("facts.md")).expect("a page");
    let old = folder.path().join("treaties/no-longer-here.md");
    let own = folder.path().join("treaties/written-by-hand.md");
    std::fs::write(&old, page).expect("written");
    std::fs::write(&own, "# Notes\n").expect("written");
    write(folder.path());
    assert!(!old.exists() && own.exists());
}

#[test]
fn links_lead_to_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference");
    for (name, text) in pages(&folder) {
        let base = folder.join(&name);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = base.parent().expect("a folder").join(link);
            assert!(target.is_file(), "{name} links to {link}");
        }
    }
}
