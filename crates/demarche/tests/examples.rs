//! The readings of the example pages, held as snapshots: who, what, whom, status and who says so of every event that the
//! coder is sure of. Confidences are left out: they differ in their last digits between processors.

use demarche::record::{Actor, Page};
use demarche::{Engine, Options};
use std::fmt::Write;
use std::path::Path;

/// Events nearer to the threshold than this may come and go between processors.
const SURE: f32 = 0.5;

fn names(actors: &[Actor]) -> String {
    let one = |a: &Actor| format!("{} ({})", a.name, a.country.as_deref().unwrap_or("-"));
    actors.iter().map(one).collect::<Vec<_>>().join(" + ")
}

#[test]
fn example_pages() {
    let engine = Engine::new(Options::default()).unwrap_or_else(|e| panic!("{e}"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().filter_map(|f| Some(f.ok()?.path())).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "html" || e == "txt"));
    files.sort();
    assert_eq!(files.len(), 10);
    let mut out = String::new();
    for file in files {
        let reading = engine.read(&Page { bytes: std::fs::read(&file).unwrap(), ..Page::default() });
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let _ = writeln!(out, "{name}: {}", reading.article.title.as_deref().unwrap_or("-"));
        for e in reading.events.iter().filter(|e| e.confidence >= SURE) {
            for (span, text) in [(e.predicate.span, &e.predicate.text), (e.sentence.span, &e.sentence.text)] {
                assert_eq!(span.slice(&reading.article.text), text, "{name}");
            }
            let _ = writeln!(
                out,
                "  {} `{}`: {} -> {}; {}",
                e.event,
                e.predicate.text,
                names(&e.actor),
                names(&e.recipient),
                e.status
            );
        }
    }
    insta::assert_snapshot!(out);
}
