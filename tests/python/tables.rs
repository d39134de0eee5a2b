//! Tables of a run and of a sweep, opened from outside: `DuckDB` and polars find the sums that the program's own JSON has.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn comity(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("COMITY_LOG")
        .output()
        .expect("the command runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// What each reader finds in each table of a folder.
fn read(python: &std::ffi::OsStr, folder: &Path) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/python/tables.py");
    let output = Command::new(python).arg(script).arg(folder).output().expect("the interpreter runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn duckdb_and_polars_find_the_sums_of_the_summary() {
    let Some(python) = std::env::var_os("COMITY_PYTHON") else {
        eprintln!("skipped: COMITY_PYTHON names no interpreter");
        return;
    };
    let place = tempfile::tempdir().expect("a folder");
    let mut summaries = Vec::new();
    for format in ["parquet", "csv"] {
        let out = place.path().join(format).display().to_string();
        let printed = comity(&[
            "run",
            "scenarios/one-state-stays-out.yaml",
            "--transport",
            "direct",
            "--json",
            "--set",
            "to=2013-06-30",
            "--set",
            "networks.count=100",
            "--tables",
            &out,
            "--format",
            format,
        ]);
        summaries.push(serde_json::from_slice::<Value>(&printed).expect("JSON"));
    }
    let summary = &summaries[0];
    assert_eq!(summary["digest"], summaries[1]["digest"]);
    let letters = summary["letters"].as_f64().expect("letters");
    let states = summary["states"].as_array().expect("states");
    let opened: f64 = states.iter().filter_map(|state| state["cases_opened"].as_f64()).sum();
    let total = |key: &str| -> f64 {
        let of = |state: &Value| state[key].as_object().map_or(0.0, |map| map.values().filter_map(Value::as_f64).sum());
        states.iter().map(of).sum()
    };
    for format in ["parquet", "csv"] {
        let found = read(&python, &place.path().join(format));
        for reader in ["duckdb", "polars"] {
            let of = |table: &str| &found[format!("{table}.{format}")][reader];
            let sum = |table: &str, column: &str| {
                of(table)["sums"][column]
                    .as_f64()
                    .unwrap_or_else(|| panic!("{format}, {reader}: no numbers in {table}.{column}: {found}"))
            };
            let near =
                |one: f64, other: f64| assert!((one - other).abs() < 1e-6, "{format}, {reader}: {one}, not {other}");
            near(sum("panel", "letters_out"), letters);
            near(sum("panel", "cases_opened"), opened);
            near(sum("panel", "cases_lost"), total("lost"));
            near(sum("run", "letters"), letters);
            near(of("cases")["rows"].as_f64().expect("rows"), opened);
            near(of("run")["rows"].as_f64().expect("rows"), 1.0);
            assert!(sum("requests", "answer_days") > 0.0);
        }
        // Both readers, every number of every table.
        for (table, readers) in found.as_object().expect("tables") {
            assert_eq!(readers["duckdb"]["rows"], readers["polars"]["rows"], "{table}");
            let sums = readers["duckdb"]["sums"].as_object().expect("sums");
            for (column, sum) in sums {
                let (one, other) = (sum.as_f64().expect("a sum"), readers["polars"]["sums"][column].as_f64());
                let close = other.is_some_and(|other| (one - other).abs() <= 1e-9 * one.abs());
                assert!(close, "{table}.{column}: {one}, not {other:?}");
            }
        }
    }
}

#[test]
fn the_table_of_a_sweep_reads_the_same_from_parquet_and_csv() {
    let Some(python) = std::env::var_os("COMITY_PYTHON") else {
        eprintln!("skipped: COMITY_PYTHON names no interpreter");
        return;
    };
    let place = tempfile::tempdir().expect("a folder");
    let study = "title: Two points\nscenario: scenarios/one-state-stays-out.yaml\nseed: 1\nreplicates: 2\n\
                 design: grid\nfactors:\n  networks.count: { values: [30, 50] }\n  to: { values: [2012-03-31] }\n";
    std::fs::write(place.path().join("study.yaml"), study).expect("written");
    let text = |name: &str| place.path().join(name).display().to_string();
    comity(&["sweep", "plan", &text("study.yaml"), "-o", &text("plan")]);
    comity(&["sweep", "run", &text("plan"), "--quiet"]);
    std::fs::create_dir(place.path().join("tables")).expect("a folder");
    for name in ["tables/all.parquet", "tables/all.csv"] {
        comity(&["sweep", "merge", &text("plan"), "-o", &text(name)]);
    }
    let found = read(&python, &place.path().join("tables"));
    let tables = found.as_object().expect("tables");
    let first = &tables["all.parquet"]["duckdb"];
    assert_eq!(first["rows"], 4);
    assert_eq!(first["sums"]["networks.count"], 160.0);
    for readers in tables.values() {
        for found in readers.as_object().expect("readers").values() {
            assert_eq!(found["sums"]["letters"], first["sums"]["letters"]);
            assert_eq!(found["sums"]["seed"], first["sums"]["seed"]);
        }
    }
}
