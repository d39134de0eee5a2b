//! Compiles the wire contract (protox, so no `protoc` is needed) and embeds the law and the scenarios, so that the
//! installed program runs from any folder.

#![expect(clippy::disallowed_methods, reason = "a build script works by files and by what cargo sets")]

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use prost::Message as _;

/// The contract. Each file is named so that one left out by mistake is seen in review.
const PROTOS: [&str; 6] = ["authority", "depositary", "letter", "observatory", "participant", "record"];

/// Folders whose files the binary carries.
const EMBEDDED: [&str; 2] = ["law", "scenarios"];

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    compile_protos(&out)?;
    embed(&out)?;
    name_build()?;
    Ok(())
}

fn compile_protos(out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto");
    let files = PROTOS.map(|name| format!("comity/v1/{name}.proto"));
    let descriptors = protox::compile(files, ["proto"])?;
    // The whole set, comments included: reflection serves it.
    fs::write(out.join("comity.v1.bin"), descriptors.encode_to_vec())?;
    tonic_prost_build::configure().emit_rerun_if_changed(false).compile_fds(descriptors)?;
    Ok(())
}

/// Writes `embedded.rs`: one expression, `&[("law/…", "…"), …]`, sorted by path. The texts themselves, not where they
/// lie: a folder that is moved still builds.
fn embed(out: &Path) -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let mut paths = Vec::new();
    for folder in EMBEDDED {
        // A folder that does not exist yet is named too, so that its first file is seen.
        println!("cargo::rerun-if-changed={folder}");
        if root.join(folder).is_dir() {
            collect(&root, Path::new(folder), &mut paths)?;
        }
    }
    paths.sort();
    let mut table = String::from("&[\n");
    for path in paths {
        let text = fs::read_to_string(root.join(&path)).map_err(|error| format!("cannot read {path}: {error}"))?;
        writeln!(table, "    ({path:?}, {text:?}),")?;
    }
    table.push_str("]\n");
    fs::write(out.join("embedded.rs"), table)?;
    Ok(())
}

/// Names the build by its sources: results of one build may be put together, those of two may not, whatever version
/// they both call themselves. The sources and not the binary, so that a laptop and a cluster have the same build.
fn name_build() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    println!("cargo::rerun-if-changed=src");
    let mut paths = Vec::new();
    for folder in ["src", "proto", "law", "scenarios"] {
        collect(&root, Path::new(folder), &mut paths)?;
    }
    paths.sort();
    // Fowler, Noll and Vo (1a, 64 bits): enough to tell builds apart that nobody forges.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for path in paths {
        let text = fs::read(root.join(&path))?;
        // A checkout may have turned the line ends.
        for byte in path.bytes().chain(text.into_iter().filter(|byte| *byte != b'\r')) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    println!("cargo::rustc-env=COMITY_BUILD={hash:016x}");
    Ok(())
}

fn collect(root: &Path, folder: &Path, into: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|name| format!("{} is not UTF-8", name.display()))?;
        // Editors' and systems' leftovers are no law.
        if name.starts_with('.') {
            continue;
        }
        let path = folder.join(&name);
        if entry.file_type()?.is_dir() {
            collect(root, &path, into)?;
        } else {
            into.push(path.to_str().ok_or("a path is not UTF-8")?.replace('\\', "/"));
        }
    }
    Ok(())
}
