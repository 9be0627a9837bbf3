//! Which event of a reading is which event of the gold, and what is right in it.

use super::gold::{Fact, accepts, noted, texts};
use super::{alike, content, squash};
use demarche::record::{Actor, Event, Reading, When};
use serde_json::Value;
use std::collections::BTreeSet;

/// What a reading's events come to.
pub struct Events {
    pub facts: Vec<Fact>,
    /// Events in the gold.
    pub gold: usize,
    /// Of them, those that the reading has.
    pub found: usize,
    /// Events that the gold has not, for people.
    pub beyond: Vec<String>,
}

const FIELDS: [&str; 16] = [
    "type",
    "mode",
    "actor",
    "recipient",
    "third_party",
    "says",
    "via",
    "date",
    "deadline",
    "terms",
    "condition",
    "place",
    "status",
    "outcome",
    "context",
    "answers",
];

/// Pairs events of one type by the number of fields that agree, the best pair first; each serves once.
pub fn events(gold: &Value, reading: &Reading) -> Events {
    let empty = Vec::new();
    let wanted = gold.get("events").and_then(Value::as_array).unwrap_or(&empty);
    let got = &reading.events;
    let mut ranked = Vec::new();
    for (g, want) in wanted.iter().enumerate() {
        for (e, event) in got.iter().enumerate() {
            if want.get("type").is_some_and(|t| accepts(t, Some(&event.event))) {
                let agree = FIELDS.iter().filter(|f| right(f, want, event) == Some(true)).count();
                ranked.push((agree, g, e));
            }
        }
    }
    ranked.sort_by_key(|&(agree, g, e)| (std::cmp::Reverse(agree), g, e));
    let mut pair: Vec<Option<usize>> = vec![None; wanted.len()];
    let mut used = BTreeSet::new();
    for (_, g, e) in ranked {
        if pair.get(g) == Some(&None) && used.insert(e) {
            pair[g] = Some(e);
        }
    }
    let event_of = |g: usize| pair.get(g).copied().flatten().and_then(|e| got.get(e));
    let mut facts = Vec::new();
    for (g, want) in wanted.iter().enumerate() {
        let id = want.get("id").and_then(Value::as_str).unwrap_or("");
        let event = event_of(g);
        for field in FIELDS.iter().filter(|f| want.get(f).is_some()) {
            let right = match (*field, event) {
                (_, None) => false,
                ("answers", Some(event)) => {
                    let answered = texts(want.get("answers").unwrap_or(&Value::Null));
                    let at = |id: &str| wanted.iter().position(|w| w.get("id").and_then(Value::as_str) == Some(id));
                    let ids: Vec<&str> =
                        answered.iter().filter_map(|id| event_of(at(id)?)).map(|e| e.id.as_str()).collect();
                    event.answers.as_deref().is_some_and(|a| ids.contains(&a))
                }
                (field, Some(event)) => right(field, want, event) == Some(true),
            };
            let value = want.get(field).unwrap_or(&Value::Null);
            let got = event.map_or("no event".into(), |e| shown(field, e));
            facts.push(Fact::new("events", format!("{id}: {field} {value}, got {got}"), right));
        }
    }
    let beyond: Vec<&Event> = got.iter().enumerate().filter(|(e, _)| !used.contains(e)).map(|(_, e)| e).collect();
    for piece in texts(gold.get("no_event").unwrap_or(&Value::Null)) {
        let words = content(noted(piece).0);
        // An event of the gold may well stand in the same sentence: only what is beyond it can break this.
        let broken = beyond.iter().any(|e| {
            let sentence = content(&e.sentence.text);
            !words.is_empty() && 3 * words.intersection(&sentence).count() >= 2 * words.len()
        });
        facts.push(Fact::new("no_event", piece, !broken));
    }
    Events { facts, gold: wanted.len(), found: used.len(), beyond: beyond.iter().map(|e| summary(e)).collect() }
}

/// One event in one line.
fn summary(event: &Event) -> String {
    let names = |list: &[Actor]| list.iter().map(|a| a.name.clone()).collect::<Vec<_>>().join(" + ");
    let kind = std::iter::once(event.event.as_str()).chain(event.mode.first().map(String::as_str));
    format!(
        "{} `{}` {} -> {} ({})",
        kind.collect::<Vec<_>>().join(" "),
        event.predicate.text,
        names(&event.actor),
        names(&event.recipient),
        event.status
    )
}

fn shown(field: &str, event: &Event) -> String {
    let value = serde_json::to_value(event).unwrap_or(Value::Null);
    let key = match field {
        "type" => "event",
        "says" | "via" => "attribution",
        other => other,
    };
    let brief = |v: &Value| match v {
        Value::Object(map) => ["name", "value", "text"]
            .iter()
            .filter_map(|k| map.get(*k).and_then(Value::as_str))
            .find(|s| !s.is_empty())
            .unwrap_or("")
            .to_string(),
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    match value.get(key) {
        None | Some(Value::Null) => "nothing".into(),
        Some(Value::Array(all)) => {
            format!("[{}]", all.iter().map(brief).collect::<Vec<_>>().join(", "))
        }
        Some(one) => brief(one),
    }
}

/// Whether a field is right; nothing where the gold does not judge it. `answers` is judged after pairing.
fn right(field: &str, want: &Value, event: &Event) -> Option<bool> {
    let value = want.get(field)?;
    let words = |got: &Option<String>| got.as_deref().is_some_and(|got| texts(value).iter().any(|t| alike(t, got)));
    Some(match field {
        "type" => accepts(value, Some(&event.event)),
        "mode" => accepts(value, event.mode.first().map(String::as_str)),
        "status" => accepts(value, Some(&event.status)),
        "outcome" => accepts(value, event.outcome.as_deref()),
        "context" => texts(value).iter().any(|c| event.context.iter().any(|x| x == c)),
        "actor" => parties(value, &event.actor),
        "recipient" => parties(value, &event.recipient),
        "third_party" => texts(value).iter().any(|t| {
            let (name, part) = noted(t);
            event.third_party.iter().any(|a| is(name, a) && part.is_none_or(|p| a.part.as_deref() == Some(p)))
        }),
        // Who asserts it is nearest; whoever passes it on comes behind.
        "says" => event.attribution.iter().any(|a| texts(value).iter().any(|t| named(t, &[&a.name, &a.text]))),
        "via" => {
            let mouths: Vec<_> = event.attribution.iter().filter(|a| a.part != "speaker").collect();
            mouths.iter().any(|a| texts(value).iter().any(|t| named(t, &[&a.name, &a.text])))
        }
        "date" => day(value, event.date.as_ref(), false),
        "deadline" => day(value, event.deadline.as_ref(), true),
        "terms" => words(&event.terms.as_ref().map(|p| p.text.clone())),
        "condition" => words(&event.condition.as_ref().map(|p| p.text.clone())),
        "place" => event.place.as_ref().is_some_and(|p| texts(value).iter().any(|t| named(t, &[&p.name, &p.text]))),
        _ => return None,
    })
}

/// Every party that the gold names must be there; where it names none, there must be none.
fn parties(value: &Value, got: &[Actor]) -> bool {
    let want = texts(value);
    if want.is_empty() { got.is_empty() } else { want.iter().all(|w| got.iter().any(|a| is(w, a))) }
}

fn is(name: &str, party: &Actor) -> bool {
    party.country.as_deref() == Some(name) || named(name, &[&party.name, &party.text])
}

fn named(name: &str, got: &[&str]) -> bool {
    got.iter().filter(|g| !squash(g).is_empty()).any(|g| alike(name, g))
}

/// The value itself, or the day that an interval begins (a date) or ends (a deadline) with.
fn day(value: &Value, when: Option<&When>, last: bool) -> bool {
    let Some(when) = when else {
        return accepts(value, None);
    };
    let edge = if last { when.end.as_deref() } else { when.start.as_deref() };
    accepts(value, Some(&when.value)) || (edge.is_some() && (last || when.start == when.end) && accepts(value, edge))
}
