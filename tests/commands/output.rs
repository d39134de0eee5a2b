//! What programs read: JSON, files, exit codes.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::comity;

const FLAGSHIP: &str = "scenarios/one-state-stays-out.yaml";
/// Enough to begin cases, and soon done.
const SHORT: [&str; 4] = ["--set", "to=2012-12-31", "--set", "networks.count=60"];

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn a_summary_as_json() {
    let arguments = ["run", FLAGSHIP, "--transport", "direct", "--json", "--seed", "3", "--variant", "joins"];
    let output = comity(&arguments).args(SHORT).output().expect("the command runs");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    let summary: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(summary["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(summary["seed"], 3);
    assert_eq!(summary["variant"], "joins");
    assert_eq!(summary["states"].as_array().map(Vec::len), Some(8));
    assert!(summary["havens"].is_array(), "{}", summary["havens"]);
    assert!(summary["letters"].as_u64().is_some_and(|letters| letters > 0), "{}", summary["letters"]);
    for digest in ["scenario", "digest"] {
        let digest = summary[digest].as_str().unwrap_or_default();
        assert!(digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()), "{digest}");
    }
}

#[test]
fn the_command_named_in_a_summary_gives_it_again() {
    let first = ["run", FLAGSHIP, "--transport", "direct", "--json", "--variant", "all-out", "--seed", "5"];
    let output = comity(&first).args(SHORT).output().expect("the command runs");
    let summary: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let command = summary["reproduce"].as_str().expect("a command");
    let words = command.strip_prefix("comity ").expect("our own command");
    let again = comity(&words.split(' ').collect::<Vec<_>>()).arg("--json").output().expect("the command runs");
    assert_eq!(text(&again.stdout), text(&output.stdout));
}

#[test]
fn files_for_programs() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("new/folder");
    let arguments = ["run", FLAGSHIP, "--transport", "direct", "--quiet", "--out"];
    let output = comity(&arguments).arg(&out).args(SHORT).output().expect("the command runs");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!((text(&output.stdout), text(&output.stderr)), (String::new(), String::new()), "quiet prints nothing");
    let mut names: Vec<String> = names_in(&out);
    names.sort();
    assert_eq!(names, ["records.jsonl", "summary.json"]);

    let summary = fs::read_to_string(out.join("summary.json")).expect("a summary");
    let printed = comity(&["run", FLAGSHIP, "--transport", "direct", "--json"]).args(SHORT).output().expect("it runs");
    assert_eq!(summary, text(&printed.stdout), "the file and the screen say the same");

    let summary: Value = serde_json::from_str(&summary).expect("JSON");
    let records = fs::read_to_string(out.join("records.jsonl")).expect("records");
    assert!(records.ends_with('\n'));
    let mut letters = 0;
    let mut last_day = String::new();
    for line in records.lines() {
        let record: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let day = record["day"].as_str().expect("a day").to_owned();
        assert!(day >= last_day, "days go forward: {line}");
        last_day = day;
        letters += u64::from(record["kind"] == "letter");
    }
    assert_eq!(Some(letters), summary["letters"].as_u64(), "every letter is in the log");
}

fn names_in(folder: &Path) -> Vec<String> {
    let listed = fs::read_dir(folder).expect("the folder was made");
    listed.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn problems_as_json() {
    let output = comity(&["check", "--json", "tests/commands/wrong/scenario.yaml"]).output().expect("it runs");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(2), String::new()));
    let problems: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(problems.len() >= 8, "{problems:#?}");
    for problem in &problems {
        assert_eq!(problem["file"], "tests/commands/wrong/scenario.yaml");
        assert!(problem["line"].is_u64() && problem["column"].is_u64(), "{problem}");
        assert!(problem["message"].as_str().is_some_and(|message| !message.is_empty()), "{problem}");
    }
    let output = comity(&["check", "--json", FLAGSHIP]).output().expect("it runs");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "[]\n".to_owned()));
}

#[test]
fn opinions_as_json_and_the_score() {
    let output = comity(&["opine", "--json", "law/cases/wc-13.yaml"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0));
    let opinions: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(opinions.len(), 1);
    assert_eq!((&opinions[0]["case"], &opinions[0]["decision"]), (&Value::from("WC-13"), &Value::from("MAY_REFUSE")));

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("case.yaml");
    let right = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("law/cases/wc-13.yaml")).expect("a case");
    fs::write(&path, right.replace("decision: MAY_REFUSE", "decision: GRANT")).expect("written");
    let output = comity(&["opine", "--all"]).arg(&path).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1), "a disagreement is a failure, not a wrong file");
    let said = text(&output.stdout);
    assert!(
        said.contains("decision MAY_REFUSE where GRANT is right") && said.ends_with("0 of 1 case agrees\n"),
        "{said}"
    );
}

#[test]
fn schemas_of_all_kinds() {
    for kind in ["scenario", "case", "treaty", "state", "law", "facts"] {
        let output = comity(&["schema", kind]).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{kind}");
        let schema: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert!(schema["properties"].is_object(), "{kind}: {schema}");
    }
}

#[test]
fn a_path_that_cannot_be_is_told_before_anything_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = |name: &str| folder.path().join(name).display().to_string();
    std::fs::create_dir_all(inside("slip/treatise")).expect("a folder");
    std::fs::create_dir_all(inside("slip/laws")).expect("a folder");
    std::fs::create_dir(inside("empty")).expect("a folder");
    std::fs::write(inside("file"), "").expect("a file");
    let told = |option: &str, path: &str, what: &str| {
        let output = comity(&["run", FLAGSHIP, "--transport", "direct", option, path]).output().expect("it runs");
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{option} {path}: {text}");
        assert!(text.contains(what) && output.stdout.is_empty(), "{option} {path}: {text}");
    };
    told("--law", &inside("none"), "there is no such folder");
    told("--law", &inside("file"), "it is no folder");
    told("--law", &inside("empty"), "nothing of a law is in it");
    told("--law", &inside("slip"), "`treatise` in it is not read; did you mean `treaties`?");
    told("--report", &inside("none/report.html"), "there is no folder");
    told("--report", &inside("empty"), "it is a folder");
    told("--tables", &inside("file/tables"), "is no folder");
    told("--out", &inside("file"), "is no folder");
    told("--out", "", "a name is needed");
    told("--report", "", "a name is needed");
    told("--port", "5000", "--port needs --transport sockets");
}

#[test]
fn a_report_may_stand_in_a_folder_that_the_command_makes() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = |name: &str| folder.path().join(name).display().to_string();
    let ended = |arguments: &[&str]| {
        let output = comity(&[arguments, &["--set", "to=2011-03-01"]].concat()).output().expect("it runs");
        (output.status.code(), text(&output.stderr))
    };
    let run = ["run", FLAGSHIP, "--transport", "direct", "--quiet"];
    for (option, report) in
        [("--out", "a/b/report.html"), ("--tables", "c/b/report.html"), ("--tables", "d/report.html")]
    {
        let made = inside(&format!("{}/b", &report[..1]));
        let done = ended(&[run.as_slice(), &[option, &made, "--report", &inside(report)]].concat());
        assert_eq!(done, (Some(0), String::new()), "{option} {report}");
        assert!(folder.path().join(report).is_file(), "{option} {report}");
    }
    let compare = ["compare", FLAGSHIP, "--runs", "1", "--json", "--tables", &inside("e")];
    assert_eq!(ended(&[compare.as_slice(), &["--report", &inside("e/report.html")]].concat()).0, Some(0));
    let (code, said) = ended(&[compare.as_slice(), &["--report", &inside("f/report.html")]].concat());
    assert!(code == Some(2) && said.contains("there is no folder"), "{said}");
}

#[test]
fn a_report_takes_the_place_of_a_report_and_of_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = |name: &str| folder.path().join(name).display().to_string();
    let scenario = inside("mine.yaml");
    std::fs::copy(FLAGSHIP, &scenario).expect("copied");
    let written = std::fs::read(&scenario).expect("read");
    let to = |report: &str| {
        let output = comity(&["run", &scenario, "--transport", "direct", "--quiet", "--report", report]);
        output.output().expect("it runs").status.code()
    };
    assert_eq!(to(&scenario), Some(2));
    assert_eq!(std::fs::read(&scenario).expect("read"), written, "the scenario is as it was");
    let report = inside("report.html");
    assert_eq!((to(&report), to(&report)), (Some(0), Some(0)));
}

#[test]
fn tables_take_the_place_of_tables_and_of_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let tables = folder.path().display().to_string();
    let run = || {
        let output = comity(&["run", FLAGSHIP, "--transport", "direct", "--quiet", "--set", "to=2011-03-01"])
            .args(["--tables", &tables, "--format", "csv"])
            .output()
            .expect("it runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let own = folder.path().join("cases.csv");
    std::fs::write(&own, "networks.count\n30\n").expect("written");
    let (code, said) = run();
    assert!(code == Some(2) && said.contains("cases.csv is there already and is no table of this program"), "{said}");
    assert_eq!(std::fs::read_to_string(&own).expect("read"), "networks.count\n30\n");
    std::fs::remove_file(&own).expect("removed");
    assert_eq!((run(), run()), ((Some(0), String::new()), (Some(0), String::new())));
    std::fs::write(folder.path().join("differences.parquet"), "of a comparison").expect("written");
    let said = run().1;
    assert!(said.contains("still holds tables of another result: differences.parquet\n"), "{said}");
    // A comparison says so before its runs.
    std::fs::write(folder.path().join("runs.csv"), "mine\n").expect("written");
    let compare = comity(&["compare", FLAGSHIP, "--runs", "1", "--set", "to=2011-03-01"]);
    let output = compare.args(["--tables", &tables, "--format", "csv"]).output().expect("it runs");
    assert!(output.stdout.is_empty() && output.status.code() == Some(2), "{}", String::from_utf8_lossy(&output.stdout));
}

/// Parquet, the table of a sweep and the files of a run alike.
#[test]
fn no_file_of_others_is_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = |name: &str| folder.path().join(name).display().to_string();
    let ended = |arguments: &[&str]| {
        let output = comity(arguments).args(["--set", "to=2011-02-01"]).output().expect("it runs");
        (output.status.code(), text(&output.stderr))
    };
    let cases = inside("cases-in.csv");
    fs::write(&cases, "networks.count\n30\n").expect("written");
    let sweep = |out: &str| ended(&["sweep", "cases", FLAGSHIP, "--cases", &cases, "-o", out]);
    let run = |option: &str| ended(&["run", FLAGSHIP, "--transport", "direct", "--quiet", option, &inside("")]);
    let compare = || ended(&["compare", FLAGSHIP, "--runs", "1", "--json", "--tables", &inside("")]);
    // Parquet of another program has the marks and not our notes.
    let marked = [b"PAR1".as_slice(), &[0; 40], &40_u32.to_le_bytes(), b"PAR1"].concat();
    for foreign in [b"mine\n".to_vec(), marked, b"PAR1\xff\xff\xff\xffPAR1".to_vec(), vec![0; 5_000]] {
        let refuses = |name: &str, command: &dyn Fn() -> (Option<i32>, String)| {
            let path = folder.path().join(name);
            fs::write(&path, &foreign).expect("written");
            let (code, said) = command();
            assert!(code == Some(2) && said.contains(&format!("{name} is there already and is no")), "{name}: {said}");
            assert_eq!(fs::read(&path).expect("read"), foreign, "{name}");
            fs::remove_file(path).expect("removed");
        };
        refuses("cases.parquet", &|| run("--tables"));
        refuses("over_time.parquet", &compare);
        refuses("mine.csv", &|| sweep(&inside("mine.csv")));
        refuses("mine.parquet", &|| sweep(&inside("mine.parquet")));
        refuses("summary.json", &|| run("--out"));
        refuses("records.jsonl", &|| run("--out"));
    }
    assert_eq!(names_in(folder.path()), ["cases-in.csv"]);
    // What is ours may be replaced, and an empty file holds nothing.
    fs::write(inside("mine.parquet"), "").expect("written");
    for _ in 0..2 {
        for (code, said) in [run("--tables"), run("--out"), sweep(&inside("mine.csv")), sweep(&inside("mine.parquet"))]
        {
            assert_eq!(code, Some(0), "{said}");
        }
        assert_eq!(compare().0, Some(0));
    }
}

#[test]
fn pages_and_worlds_take_the_place_of_their_own_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path().display().to_string();
    let pages = || comity(&["law", "pages", &at]).output().expect("it runs");
    let worlds = || comity(&["validate", "T5", "--worlds", &at]).output().expect("it runs");
    let refused = |output: std::process::Output, name: &str| {
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(&format!("{name} is there already and is no")), "{said}");
        assert_eq!(fs::read_to_string(folder.path().join(name)).expect("read"), "mine\n");
        fs::remove_file(folder.path().join(name)).expect("removed");
        assert!(names_in(folder.path()).is_empty(), "nothing else is written");
    };
    fs::write(folder.path().join("README.md"), "mine\n").expect("written");
    refused(pages(), "README.md");
    fs::write(folder.path().join("t5-1.yaml"), "mine\n").expect("written");
    refused(worlds(), "t5-1.yaml");
    for _ in 0..2 {
        assert!(pages().status.success() && worlds().status.success());
    }
    // What was ours and has been gone on with is somebody's.
    let world = folder.path().join("t5-1.yaml");
    let changed = fs::read_to_string(&world).expect("read") + "# mine\n";
    fs::write(&world, &changed).expect("written");
    assert_eq!(worlds().status.code(), Some(2));
    assert_eq!(fs::read_to_string(&world).expect("read"), changed);
}

/// Two runs that write into one folder do not mix: all tables are those of one of them.
#[test]
fn of_two_runs_into_one_folder_one_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = || {
        let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_comity"));
        run.args(["run", FLAGSHIP, "--transport", "direct", "--quiet", "--set", "to=2012-12-31", "--tables"]);
        run.arg(folder.path()).current_dir(env!("CARGO_MANIFEST_DIR")).spawn().expect("it runs")
    };
    let mut codes = [run(), run()].map(|mut run| run.wait().expect("it is ours").code());
    codes.sort_unstable();
    assert!([[0, 2], [0, 0]].map(|codes| codes.map(Some)).contains(&codes), "unless one was through first: {codes:?}");
    assert!(names_in(folder.path()).iter().all(|name| name.strip_suffix(".parquet").is_some()));
}

#[test]
fn a_folder_without_files_is_no_sound_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in ["check", "opine"] {
        let output = comity(&[command, &folder.path().display().to_string()]).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("there is no YAML file in"), "{command}");
    }
}

#[test]
fn a_path_in_a_command_to_be_typed_again_is_no_option() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(FLAGSHIP, folder.path().join("-mine.yaml")).expect("copied");
    let run = comity(&["run", "--transport", "direct", "--json", "--", "-mine.yaml"]).current_dir(folder.path());
    let summary: Value = serde_json::from_slice(&run.output().expect("it runs").stdout).expect("JSON");
    assert!(summary["reproduce"].as_str().is_some_and(|line| line.contains(" ./-mine.yaml ")), "{summary}");
}

/// What programs read is as it was written: a soft hyphen shown as an escape would be no JSON.
#[test]
fn law_for_programs_is_not_made_printable() {
    let folder = tempfile::tempdir().expect("a folder");
    let written = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/law/treaties/c182.yaml")).expect("a treaty");
    let title = written.lines().find(|line| line.starts_with("title:")).expect("a title");
    let named = written.replace(title, "title: \"Child\u{ad}ren\"");
    fs::create_dir(folder.path().join("treaties")).expect("made");
    fs::write(folder.path().join("treaties/c182.yaml"), named).expect("written");
    let law = folder.path().display().to_string();
    let shown = |more: &[&str]| {
        let output = comity(&[&["law", "show", "c182", "--law", &law], more].concat()).output().expect("it runs");
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    let told: serde_json::Value = serde_json::from_str(&shown(&["--json"])).expect("JSON");
    assert!(told.to_string().contains("Child\u{ad}ren"), "{told}");
    let told = shown(&[]);
    assert!(told.contains("Child\\u{ad}ren") && !told.contains('\u{ad}'), "{told}");
}
