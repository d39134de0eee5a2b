//! The examples in another language: a client against real nodes, and readers of tables. They run only where
//! `COMITY_PYTHON` names an interpreter that has the packages of `examples/python/requirements.txt`.

#![expect(clippy::disallowed_methods, reason = "asks the environment for an interpreter")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A held run that ends with the test, whatever becomes of it.
struct Held(Child);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

mod tables;

#[test]
fn a_client_without_generated_code_asks_a_node() {
    let Some(python) = std::env::var_os("COMITY_PYTHON") else {
        eprintln!("skipped: COMITY_PYTHON names no interpreter");
        return;
    };
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut run = Command::new(env!("CARGO_BIN_EXE_comity"));
    run.args(["run", "scenarios/hate-speech-haven.yaml", "--variant", "as-recorded", "--hold"]);
    run.current_dir(manifest).env_remove("COMITY_LOG").stdout(Stdio::null()).stderr(Stdio::piped());
    let mut held = Held(run.spawn().expect("the command runs"));
    let stderr = BufReader::new(held.0.stderr.take().expect("piped"));
    // The pipe stays open until the test ends: closed, the run's next line would end the run.
    let mut lines = stderr.lines().map(|line| line.expect("text"));
    let address = lines.find_map(|line| line.strip_suffix("  USA").map(|start| start.trim().to_owned()));
    let address = address.expect("the address of the United States");

    let output = Command::new(python)
        .arg(manifest.join("examples/python/ask.py"))
        .args([address.as_str(), "2012-06-01"])
        .output()
        .expect("the interpreter runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let expected = [
        "comity.v1.CentralAuthority",
        "health: SERVING",
        "bound by ets185 since 2007-01-01",
        "asked for stored-data: REFUSE",
        "must refuse: G.DUAL (18 USC 3512(e), through BUD 25(4))",
        "requests of DEU in the docket",
        "stored-data, closed, REFUSE: ",
    ];
    let missing: Vec<&str> = expected.into_iter().filter(|text| !said.contains(text)).collect();
    assert!(missing.is_empty(), "{missing:?} missing in\n{said}");
    assert!(!said.contains("ets189"), "the United States is bound by no protocol:\n{said}");
}
