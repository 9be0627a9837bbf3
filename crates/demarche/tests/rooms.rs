//! The stages never use one another, and what all of them use uses no stage.

use std::path::{Path, PathBuf};

const STAGES: &[&str] = &["page", "language", "mention", "event", "link"];

fn files(path: &Path, out: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(path).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        entries.iter().for_each(|e| files(e, out));
    } else if path.extension().is_some_and(|e| e == "rs") {
        out.push(path.to_path_buf());
    }
}

#[test]
fn stages_meet_in_the_record_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for room in STAGES.iter().chain(&["record", "error", "codebook"]) {
        let mut list = Vec::new();
        files(&src.join(room), &mut list);
        files(&src.join(format!("{room}.rs")), &mut list);
        for file in list.iter().filter(|f| f.exists()) {
            seen += 1;
            let text = std::fs::read_to_string(file).unwrap();
            for other in STAGES.iter().filter(|s| *s != room) {
                if text.contains(&format!("crate::{other}::")) || text.contains(&format!("crate::{other};")) {
                    wrong.push(format!("{} uses {other}", file.display()));
                }
            }
        }
    }
    assert!(seen > 20, "only {seen} files were found");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
