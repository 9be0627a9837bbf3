//! The share of a gold file's facts that a reading has right, by kind.

use super::super::round;
use super::{facts, pairs};
use demarche::record::Reading;
use serde_json::{Map, Value, json};

/// One thing that a gold file says, and whether the reading says it too.
pub struct Fact {
    pub kind: &'static str,
    pub what: String,
    pub right: bool,
}

impl Fact {
    pub fn new(kind: &'static str, what: impl Into<String>, right: bool) -> Self {
        Fact { kind, what: what.into(), right }
    }
}

const KINDS: [&str; 6] = ["article", "actors", "times", "places", "events", "no_event"];

/// What was right over all pages.
#[derive(Default)]
pub struct Score {
    pages: Map<String, Value>,
    counts: [(usize, usize); KINDS.len()],
    gold_events: usize,
    found: usize,
    beyond: usize,
    /// For people: what was not right, and events that no gold has.
    pub misses: Vec<String>,
}

impl Score {
    /// Adds a page.
    pub fn page(&mut self, name: &str, gold: &Value, reading: &Reading) {
        let mut all = facts::facts(gold, reading);
        let events = pairs::events(gold, reading);
        all.extend(events.facts);
        let right = all.iter().filter(|f| f.right).count();
        for fact in &all {
            if let Some(i) = KINDS.iter().position(|k| *k == fact.kind) {
                self.counts[i].0 += usize::from(fact.right);
                self.counts[i].1 += 1;
            }
            if !fact.right {
                self.misses.push(format!("{name}: {}: {}", fact.kind, fact.what));
            }
        }
        self.misses.extend(events.beyond.iter().map(|e| format!("{name}: beyond: {e}")));
        self.gold_events += events.gold;
        self.found += events.found;
        self.beyond += events.beyond.len();
        let share = round(right as f64 / all.len().max(1) as f64);
        self.pages.insert(name.into(), json!({"share": share, "n": all.len(), "beyond": events.beyond.len()}));
    }

    /// The JSON line.
    pub fn measures(&self) -> Value {
        let (right, n) = self.counts.iter().fold((0, 0), |(a, b), (r, n)| (a + r, b + n));
        let share = |right: usize, n: usize| round(right as f64 / n.max(1) as f64);
        let mut out = Map::new();
        out.insert("share".into(), json!(share(right, n)));
        out.insert("right".into(), json!(right));
        out.insert("n".into(), json!(n));
        for (kind, (right, n)) in KINDS.iter().zip(self.counts) {
            out.insert((*kind).into(), json!({"share": share(right, n), "right": right, "n": n}));
        }
        out.insert("gold_events".into(), json!(self.gold_events));
        out.insert("found".into(), json!(self.found));
        out.insert("beyond".into(), json!(self.beyond));
        out.insert("pages".into(), Value::Object(self.pages.clone()));
        Value::Object(out)
    }
}

/// The values that a field of the gold accepts: the members of a list, or the one value. Null is a value.
pub fn accepted(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(all) => all.iter().collect(),
        one => vec![one],
    }
}

/// Texts that a field accepts.
pub fn texts(value: &Value) -> Vec<&str> {
    accepted(value).into_iter().filter_map(Value::as_str).collect()
}

/// True if a field accepts what was read; null stands for nothing.
pub fn accepts(value: &Value, got: Option<&str>) -> bool {
    accepted(value).iter().any(|v| v.as_str() == got && (v.is_string() || v.is_null()))
}

/// A gold mention and the note for people in brackets behind it: `Kim (with Biegun, body 3)`.
pub fn noted(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(" (") {
        Some((words, note)) => (words.trim(), note.strip_suffix(')')),
        None => (text.trim(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche::record::{Actor, Article, Event, Span, When};

    #[test]
    fn lists_are_alternatives_and_null_is_a_value() {
        for (gold, got, want) in [
            (json!(["AGREE", "REQUEST"]), Some("REQUEST"), true),
            (json!([null, "meet"]), None, true),
            (json!([null, "meet"]), Some("yield"), false),
            (json!("meet"), None, false),
            (json!(null), None, true),
            (json!(3), None, false),
        ] {
            assert_eq!(accepts(&gold, got), want, "{gold} / {got:?}");
        }
        assert_eq!(noted("Kim (saying, body 4)"), ("Kim", Some("saying, body 4")));
        assert_eq!(noted("a third country"), ("a third country", None));
    }

    fn party(name: &str, country: &str) -> Actor {
        Actor { text: name.into(), name: name.into(), country: Some(country.into()), ..Actor::default() }
    }

    fn reading() -> Reading {
        let offer = Event {
            id: "1".into(),
            event: "REQUEST".into(),
            mode: vec!["meet".into()],
            actor: vec![party("Mali", "MLI")],
            recipient: vec![party("Chad", "TCD")],
            status: "happened".into(),
            ..Event::default()
        };
        let refusal = Event {
            id: "2".into(),
            event: "REJECT".into(),
            actor: vec![party("Chad", "TCD")],
            recipient: vec![party("Mali", "MLI")],
            date: Some(When { value: "2004-05-12".into(), ..When::default() }),
            answers: Some("1".into()),
            ..Event::default()
        };
        let stray = Event { id: "3".into(), event: "AID".into(), ..Event::default() };
        let text = "Chad says no\n\nChad said no to Mali.".to_string();
        let paragraphs = vec![Span::new(14, text.len())];
        let article = Article { title: Some("Chad says no".into()), text, paragraphs, ..Article::default() };
        Reading { article, events: vec![stray, refusal, offer], ..Reading::default() }
    }

    #[test]
    fn facts_are_counted_by_kind() {
        let gold = json!({
            "article": {"title": "Chad says no", "publisher": "Sahel News", "body_paragraphs": 1, "body_first": "Chad said", "not_text": ["• Live"]},
            "actors": [{"name": "Chad", "country": "TCD"}],
            "events": [
                {"id": "offer", "type": ["AGREE", "REQUEST"], "mode": [null, "meet"], "actor": ["MLI"], "recipient": ["TCD"]},
                {"id": "no", "type": "REJECT", "actor": ["TCD"], "recipient": ["MLI"], "date": "2004-05-12", "answers": "offer", "outcome": "failed"},
                {"id": "war", "type": "ASSAULT", "actor": ["TCD"]}],
            "no_event": ["Mali (the country)"],
        });
        let mut score = Score::default();
        score.page("x.txt", &gold, &reading());
        let out = score.measures();
        assert_eq!(out["article"], json!({"share": 0.8, "right": 4, "n": 5}), "{:?}", score.misses);
        assert_eq!(out["actors"], json!({"share": 0.0, "right": 0, "n": 2}), "{:?}", score.misses);
        // offer: type, mode, actor, recipient; refusal: type, actor, recipient, date, answers, not outcome; war: neither
        assert_eq!(out["events"], json!({"share": 0.75, "right": 9, "n": 12}), "{:?}", score.misses);
        assert_eq!((&out["found"], &out["beyond"], &out["gold_events"]), (&json!(2), &json!(1), &json!(3)));
    }
}
