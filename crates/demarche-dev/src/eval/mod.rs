//! One file a task. Each takes a path and, where asked for, a place for its predictions, and gives its measures.

mod articles;
mod coding;
mod copies;
mod coreference;
mod corpus;
mod names;
mod pages;
mod parse;
mod places;
mod quiet;
mod quotes;
mod reading;
mod relation;
mod time;

use demarche::{Engine, Options};
use serde_json::Value;
use std::path::Path;

/// Runs a task by name.
pub fn run(task: &str, path: &Path, predictions: Option<&Path>) -> Result<Value, String> {
    if !path.exists() {
        return Err(format!("{} does not exist", path.display()));
    }
    match task {
        "relation" => relation::run(path, predictions),
        "coding" => coding::run(path, predictions),
        "parse" => parse::run(path, predictions),
        "names" => names::run(path, predictions),
        "coreference" => coreference::run(path, predictions),
        "time" => time::run(path, predictions),
        "quiet" => quiet::run(path, predictions),
        "quotes" => quotes::run(path, predictions),
        "places" => places::run(path, predictions),
        "copies" => copies::run(path, predictions),
        "corpus" => corpus::run(path, predictions),
        "articles" => articles::run(path, predictions),
        "pages" => pages::run(path, predictions),
        "reading" => reading::run(path, predictions),
        _ => Err("no such task; see `demarche-dev eval --help`".into()),
    }
}

/// The model file to measure with, where it is not the built-in one.
pub static MODEL: std::sync::OnceLock<std::path::PathBuf> = std::sync::OnceLock::new();

/// The engine with everything built in but for `--model`.
pub fn engine() -> Result<Engine, String> {
    engine_from(None)
}

/// The same, with events from another confidence on.
pub fn engine_from(min_confidence: Option<f32>) -> Result<Engine, String> {
    let options = Options { model: MODEL.get().cloned(), min_confidence, ..Options::default() };
    Engine::new(options).map_err(|e| e.to_string())
}

/// Rounded to 4 digits, for the JSON line.
pub fn round(x: f64) -> f64 {
    (x * 10_000.0).round() / 10_000.0
}

/// F1 from what was right, predicted and expected.
pub fn f1(right: usize, predicted: usize, gold: usize) -> f64 {
    if predicted + gold == 0 { 0.0 } else { 2.0 * right as f64 / (predicted + gold) as f64 }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    /// Shares of the examples' gold facts that a change may not fall below.
    const FLOORS: &[(&str, f64)] = &[("article", 0.98), ("actors", 0.85), ("times", 0.93), ("events", 0.81)];

    #[test]
    fn examples_keep_their_floors() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        let measures = super::reading::run(&folder, None).unwrap_or_else(|e| panic!("{e}"));
        let low: Vec<_> = FLOORS
            .iter()
            .filter(|(kind, floor)| measures[kind]["share"].as_f64().is_none_or(|share| share < *floor))
            .collect();
        assert!(low.is_empty(), "below the floor: {low:?} in {measures}");
    }
}
