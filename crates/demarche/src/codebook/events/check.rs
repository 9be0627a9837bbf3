//! Whether a codebook keeps its word: every example gives what it says, every counter-example does not.

use super::{EventBook, Expected};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What the engine made of a sentence, one for each event.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CodedExample {
    pub event: String,
    pub mode: Vec<String>,
    pub status: String,
    pub predicate: String,
    pub actor: Vec<String>,
    pub recipient: Vec<String>,
    pub third: Vec<String>,
    pub speaker: Vec<String>,
    pub terms: Option<String>,
    pub condition: Option<String>,
    pub deadline: Option<String>,
    pub when: Option<String>,
    pub place: Option<String>,
    pub cameo: Option<String>,
    /// Ids of the frames that spoke for it.
    pub frames: Vec<String>,
}

/// One broken promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Examples and counter-examples that were run.
    pub examples: usize,
    /// Of them, how many gave what they promise.
    pub passed: usize,
    /// Examples and counter-examples that did not, in order of file and line.
    pub failures: Vec<Failure>,
    /// Sentences that stand more than once in a file.
    pub duplicates: Vec<Failure>,
    /// Frames that no example exercises.
    pub unexercised: Vec<Failure>,
    /// For each type: other types that its examples gave although they do not promise them, with their number.
    pub confused: Vec<(String, String, usize)>,
}

impl Report {
    /// True if there is nothing to mend.
    pub fn is_clean(&self) -> bool {
        self.failures.is_empty() && self.duplicates.is_empty() && self.unexercised.is_empty()
    }
}

impl EventBook {
    /// Runs every example and counter-example through `coder`, which reads one sentence as a page of its own.
    pub fn check(&self, coder: &dyn Fn(&str) -> Vec<CodedExample>) -> Report {
        self.check_types(&self.types.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(), coder)
    }

    /// As [`check`](Self::check), only for the types named.
    pub fn check_types(&self, names: &[&str], coder: &dyn Fn(&str) -> Vec<CodedExample>) -> Report {
        let mut report = Report::default();
        let mut exercised: BTreeSet<String> = BTreeSet::new();
        let mut confused: BTreeMap<(String, String), usize> = BTreeMap::new();
        for event in self.types.iter().filter(|t| names.contains(&t.name.as_str())) {
            let fail = |line: usize, message: String| Failure { file: event.file.clone(), line, message };
            // One type's example may well be another type's counter-example.
            let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
            for example in event.examples.iter().chain(&event.counter_examples) {
                if let Some(first) = seen.insert(&example.text, example.line) {
                    report.duplicates.push(fail(example.line, format!("the sentence stands already on line {first}")));
                }
            }
            for example in &event.examples {
                report.examples += 1;
                let coded = coder(&example.text);
                exercised.extend(coded.iter().flat_map(|c| c.frames.iter().cloned()));
                let before = report.failures.len();
                if !example.expected.iter().any(|e| e.event == event.name) {
                    report
                        .failures
                        .push(fail(example.line, format!("an example without a {} to come out", event.name)));
                }
                for expected in &example.expected {
                    if let Some(message) = mismatch(expected, &coded) {
                        report.failures.push(fail(expected.line, message));
                    }
                }
                let promised: BTreeSet<&str> = example.expected.iter().map(|e| e.event.as_str()).collect();
                for other in coded.iter().filter(|c| !promised.contains(c.event.as_str())) {
                    *confused.entry((event.name.clone(), other.event.clone())).or_default() += 1;
                }
                report.passed += usize::from(report.failures.len() == before);
            }
            for example in &event.counter_examples {
                report.examples += 1;
                let coded = coder(&example.text);
                let before = report.failures.len();
                if let Some(wrong) = coded.iter().find(|c| c.event == event.name) {
                    let message = format!("must not give {}, but `{}` does", event.name, wrong.predicate);
                    report.failures.push(fail(example.line, message));
                }
                for expected in &example.expected {
                    if let Some(message) = mismatch(expected, &coded) {
                        report.failures.push(fail(expected.line, message));
                    }
                }
                report.passed += usize::from(report.failures.len() == before);
            }
        }
        for frame in self.frames.iter().filter(|f| names.contains(&f.event.as_str()) && !exercised.contains(&f.id)) {
            let file = self.get(&frame.event).map(|t| t.file.clone()).unwrap_or_default();
            let message = format!("no example exercises frame `{}`; write one", frame.id);
            report.unexercised.push(Failure { file, line: frame.line, message });
        }
        report.confused = confused.into_iter().map(|((a, b), n)| (a, b, n)).collect();
        report
    }
}

/// Says what is missing, after the event that comes nearest; nothing if one event has all.
fn mismatch(expected: &Expected, coded: &[CodedExample]) -> Option<String> {
    let mut best: Option<(usize, String)> = None;
    for event in coded.iter().filter(|c| c.event == expected.event) {
        let wrong = differences(expected, event);
        if wrong.is_empty() {
            return None;
        }
        if best.as_ref().is_none_or(|(n, _)| wrong.len() < *n) {
            best = Some((wrong.len(), format!("{} `{}`: {}", event.event, event.predicate, wrong.join("; "))));
        }
    }
    Some(best.map_or_else(
        || {
            let found: Vec<String> = coded.iter().map(|c| format!("{} `{}`", c.event, c.predicate)).collect();
            let found = if found.is_empty() { "nothing".to_string() } else { found.join(", ") };
            format!("must give {}, gives {found}", expected.event)
        },
        |(_, message)| message,
    ))
}

fn differences(expected: &Expected, event: &CodedExample) -> Vec<String> {
    let mut wrong = Vec::new();
    if let Some(mode) = &expected.mode
        && event.mode.first() != Some(mode)
    {
        wrong.push(format!("mode {} for {mode}", event.mode.first().map_or("none", String::as_str)));
    }
    if let Some(predicate) = &expected.predicate
        && !same(predicate, &event.predicate)
    {
        wrong.push(format!("predicate `{}` for `{predicate}`", event.predicate));
    }
    for (field, value) in &expected.fields {
        let one = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
        let found = match field.as_str() {
            "actor" => event.actor.clone(),
            "recipient" => event.recipient.clone(),
            "third" => event.third.clone(),
            "speaker" => event.speaker.clone(),
            "status" => vec![event.status.clone()],
            "terms" => one(&event.terms),
            "condition" => one(&event.condition),
            "deadline" => one(&event.deadline),
            "when" => one(&event.when),
            "where" => one(&event.place),
            _ => one(&event.cameo),
        };
        let exact = matches!(field.as_str(), "status" | "cameo");
        if value == "none" {
            if !found.is_empty() {
                wrong.push(format!("{field} `{}` for none", found.join(" + ")));
            }
        } else if !found.iter().any(|f| if exact { f == value } else { same(value, f) }) {
            let found = if found.is_empty() { "none".to_string() } else { found.join(" + ") };
            wrong.push(format!("{field} `{found}` for `{value}`"));
        }
    }
    wrong
}

/// True if one text holds the other: a reader may underline more or less of a phrase.
fn same(a: &str, b: &str) -> bool {
    let plain = |t: &str| {
        let words: Vec<String> = t
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty() && !matches!(*w, "the" | "a" | "an" | "s"))
            .map(str::to_string)
            .collect();
        format!(" {} ", words.join(" "))
    };
    let (a, b) = (plain(a), plain(b));
    a.trim() == b.trim() || (!a.trim().is_empty() && !b.trim().is_empty() && (a.contains(&b) || b.contains(&a)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_reports_what_is_broken() {
        let book = EventBook::built_in().unwrap();
        let silent = book.check(&|_| Vec::new());
        assert_eq!(
            silent.passed,
            book.types
                .iter()
                .map(|t| t.counter_examples.iter().filter(|e| e.expected.is_empty()).count())
                .sum::<usize>()
        );
        assert!(silent.duplicates.is_empty(), "{:?}", silent.duplicates);
        assert_eq!(silent.unexercised.len(), book.frames.len());
        // A coder that finds every type everywhere breaks every counter-example.
        let loud = book.check(&|_| {
            book.types.iter().map(|t| CodedExample { event: t.name.clone(), ..CodedExample::default() }).collect()
        });
        let counters: usize = book.types.iter().map(|t| t.counter_examples.len()).sum();
        assert!(loud.failures.iter().filter(|f| f.message.starts_with("must not give")).count() == counters);
    }

    #[test]
    fn phrases_are_compared_by_their_words() {
        for (a, b, same_) in [
            ("the Dutch", "Dutch", true),
            ("turned down", "has turned down", true),
            ("turned down", "turned", true),
            ("Iran", "Iranian", false),
            ("Oman", "women", false),
            ("", "x", false),
        ] {
            assert_eq!(same(a, b), same_, "{a} / {b}");
        }
    }
}
