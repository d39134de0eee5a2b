//! What `Cargo.lock` may hold: no crate older than the first version without an advisory that is known of it. The database of
//! advisories is asked by hand (`deny.toml`); this list needs no network.

use std::fs;

use super::manifest;

/// A version, without what follows a hyphen or a plus.
type Version = [u64; 3];

/// Crates, each with the first version that may be locked, and why an older one may not: an advisory of `RustSec`.
const FLOORS: [(&str, Version, &str); 12] = [
    ("bytes", [1, 11, 1], "RUSTSEC-2026-0007"),
    ("chrono", [0, 4, 20], "RUSTSEC-2020-0159"),
    ("crossbeam-channel", [0, 5, 15], "RUSTSEC-2025-0024"),
    ("h2", [0, 4, 16], "RUSTSEC-2026-0258"),
    ("hyper", [1, 5, 1], "a limit that was wired to the setter of another (its pull request 3782)"),
    ("prost-types", [0, 8, 0], "RUSTSEC-2021-0073"),
    ("rand", [0, 10, 1], "RUSTSEC-2026-0097"),
    ("rustls", [0, 23, 18], "RUSTSEC-2024-0399"),
    ("time", [0, 3, 47], "RUSTSEC-2026-0009"),
    ("tokio", [1, 44, 2], "RUSTSEC-2025-0023"),
    ("tonic", [0, 12, 3], "RUSTSEC-2024-0376"),
    ("tracing-subscriber", [0, 3, 20], "RUSTSEC-2025-0055"),
];

/// The packages of a lock, each with its version.
fn packages(lock: &str) -> Vec<(&str, Version)> {
    let blocks = lock.split("[[package]]").skip(1);
    blocks.map(|block| (value(block, "name"), version(value(block, "version")))).collect()
}

fn value<'a>(block: &'a str, key: &str) -> &'a str {
    let of_line = |line: &'a str| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"');
    block.lines().find_map(of_line).unwrap_or_else(|| panic!("no {key} in {block}"))
}

fn version(text: &str) -> Version {
    let mut parts = text.split(['-', '+']).next().unwrap_or_default().split('.');
    std::array::from_fn(|_| parts.next().and_then(|part| part.parse().ok()).unwrap_or_else(|| panic!("{text}")))
}

/// What of a lock lies below its floor.
fn too_old(lock: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (name, version) in packages(lock) {
        let floors = FLOORS.iter().filter(|(known, floor, _)| *known == name && version < *floor);
        found.extend(floors.map(|(_, floor, why)| format!("{name} {version:?}, at least {floor:?}: {why}")));
    }
    found
}

#[test]
fn no_crate_is_locked_below_the_version_that_mended_it() {
    let lock = fs::read_to_string(manifest().join("Cargo.lock")).expect("part of the repository");
    let locked = packages(&lock);
    for needed in ["bytes", "h2", "hyper", "prost-types", "rand", "tokio", "tonic", "tracing-subscriber"] {
        assert!(locked.iter().any(|(name, _)| *name == needed), "{needed} is not locked");
    }
    assert_eq!(too_old(&lock), Vec::<String>::new());
    let old =
        "[[package]]\nname = \"h2\"\nversion = \"0.4.9\"\n\n[[package]]\nname = \"time\"\nversion = \"0.3.47-x\"\n";
    assert_eq!(too_old(old), ["h2 [0, 4, 9], at least [0, 4, 16]: RUSTSEC-2026-0258"]);
}
