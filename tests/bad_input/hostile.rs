//! The files of `tests/bad_input/corpus`. Each is a sound scenario with one thing wrong, so each must show just that.

use std::fmt::Write as _;

use snapbox::file;

use super::{check, corpus, files};

#[test]
fn every_hostile_file_is_refused_for_what_is_wrong_with_it() {
    let paths = files(&corpus());
    assert!(paths.len() >= 40, "only {} files", paths.len());
    let mut offenders = Vec::new();
    let mut shown = String::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let checked = check(&path);
        offenders.extend(checked.complaints().into_iter().map(|complaint| format!("{name}: {complaint}")));
        let _ = write!(shown, "{name}\n{}", checked.gist());
    }
    snapbox::assert_data_eq!(shown, file!["snapshots/hostile.txt"].raw());
    assert!(offenders.is_empty(), "\n{}", offenders.join("\n"));
}

#[test]
fn odd_but_sound_files_are_accepted() {
    let paths = files(&corpus().join("accepted"));
    assert!(paths.len() >= 8, "only {} files", paths.len());
    for path in paths {
        let checked = check(&path);
        assert_eq!((checked.code, checked.stderr.as_str()), (Some(0), ""), "{}", path.display());
        assert_eq!(
            checked.stdout,
            "sound: 1 scenario
",
            "{}",
            path.display()
        );
    }
}
