//! Articles read in full: events found by type and place in the text, and what is right in those found.

use super::super::{f1, round};
use super::{alike, squash};
use demarche::record::{Actor, Event, Page, PageKind};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

const QUADS: [&[&str]; 4] = [
    &["AGREE", "CONSULT", "SUPPORT", "CONCEDE"],
    &["COOPERATE", "AID", "RETREAT"],
    &["REQUEST", "ACCUSE", "REJECT", "THREATEN"],
    &["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"],
];

/// The article as a source would hand it over.
pub fn page(doc: &Value) -> Page {
    let paragraphs: Vec<&str> = list(doc, "paragraphs").iter().filter_map(Value::as_str).collect();
    let field = |key: &str| doc.get(key).and_then(Value::as_str).map(str::to_string);
    Page {
        bytes: paragraphs.join("\n\n").into_bytes(),
        kind: PageKind::Body,
        title: field("title"),
        date: field("date"),
        url: field("url"),
        ..Page::default()
    }
}

/// Right and all, by name, in the order in which the names came up.
#[derive(Default)]
struct Tallies(Vec<(&'static str, usize, usize)>);

impl Tallies {
    fn add(&mut self, name: &'static str, right: bool) {
        match self.0.iter_mut().find(|t| t.0 == name) {
            Some(t) => {
                t.1 += usize::from(right);
                t.2 += 1;
            }
            None => self.0.push((name, usize::from(right), 1)),
        }
    }
}

/// The measures over all articles; events belong to the article whose address they carry.
pub fn measures(docs: &[Value], events: &[Event]) -> Value {
    let mut by: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in events {
        by.entry(event.article.url.as_deref().unwrap_or("")).or_default().push(event);
    }
    let none = Vec::new();
    let mut tallies = Tallies::default();
    let mut counts = [[0; 3]; 2];
    for doc in docs {
        let got = doc.get("url").and_then(Value::as_str).and_then(|u| by.get(u)).unwrap_or(&none);
        let entities: BTreeMap<String, &Value> =
            list(doc, "entities").iter().map(|e| (e.get("id").map(Value::to_string).unwrap_or_default(), e)).collect();
        for (level, count) in counts.iter_mut().enumerate() {
            let mut free: BTreeSet<usize> = (0..got.len()).collect();
            count[1] += got.len();
            count[2] += list(doc, "events").len();
            for gold in list(doc, "events") {
                let kind = string(gold, "type");
                let same_label = |e: &Event| {
                    if level == 0 { e.event == kind } else { quad(&e.event) == quad(kind) }
                };
                let of = |key: &str| -> Vec<&Value> {
                    list(gold, key).iter().filter_map(|id| entities.get(&id.to_string()).copied()).collect()
                };
                let rank = |i: usize| {
                    let named = |want: Vec<&Value>, have: &[Actor]| {
                        want.iter().filter(|x| have.iter().any(|a| names(&[&a.name, &a.text], x))).count()
                    };
                    let Some(e) = got.get(i) else { return 0 };
                    named(of("a"), &e.actor) + named(of("r"), &e.recipient)
                };
                let fits =
                    free.iter().copied().filter(|&i| got.get(i).is_some_and(|e| same_label(e) && holds(e, gold, doc)));
                let Some(best) = fits.max_by_key(|&i| (rank(i), std::cmp::Reverse(i))) else {
                    continue;
                };
                free.remove(&best);
                count[0] += 1;
                if let Some(event) = got.get(best).filter(|_| level == 0) {
                    fields(&mut tallies, event, gold, &of);
                }
            }
        }
    }
    let mut out = Map::new();
    out.insert("articles".into(), json!(docs.len()));
    for (name, [right, predicted, gold]) in ["type", "quad"].into_iter().zip(counts) {
        let share = |n: usize| {
            if n == 0 { 0.0 } else { round(right as f64 / n as f64) }
        };
        out.insert(
            name.into(),
            json!({"p": share(predicted), "r": share(gold), "f1": round(f1(right, predicted, gold))}),
        );
    }
    for (name, right, n) in tallies.0 {
        out.insert(name.into(), json!({"right": round(right as f64 / n as f64), "n": n}));
    }
    Value::Object(out)
}

/// What is right in an event that was found.
fn fields<'v>(tallies: &mut Tallies, event: &Event, gold: &'v Value, of: &dyn Fn(&str) -> Vec<&'v Value>) {
    let mode = gold.get("mode").and_then(Value::as_str);
    tallies.add("mode", event.mode.first().map(String::as_str) == mode);
    tallies.add("status", event.status == string(gold, "status"));
    for (name, country, key, have) in
        [("actor", "actor_country", "a", &event.actor), ("recipient", "recipient_country", "r", &event.recipient)]
    {
        let want = of(key);
        let first = want.first();
        if !want.is_empty() || !have.is_empty() {
            let named = first.is_none_or(|x| have.iter().any(|a| names(&[&a.name, &a.text], x)));
            tallies.add(name, want.is_empty() == have.is_empty() && named);
        }
        if let Some(code) = first.map(|x| string(x, "country")).filter(|c| !c.is_empty()) {
            tallies.add(country, have.iter().any(|a| a.country.as_deref() == Some(code)));
        }
    }
    let date = string(gold, "date");
    if !date.is_empty() {
        tallies.add("date", dates(date, event.date.as_ref().map_or("", |d| d.value.as_str())));
    }
    if !list(gold, "say").is_empty() {
        let right = of("say").first().is_some_and(|x| event.attribution.iter().any(|a| names(&[&a.name, &a.text], x)));
        tallies.add("speaker", right);
    }
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn string<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}

fn quad(kind: &str) -> Option<usize> {
    QUADS.iter().position(|q| q.contains(&kind))
}

/// The words of a mark such as `3:turned down#2`: paragraph, words, occurrence.
fn piece(mark: &str) -> &str {
    let words = mark.split_once(':').map_or(mark, |(_, words)| words);
    match words.rsplit_once('#') {
        Some((before, n)) if !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) => before,
        _ => words,
    }
}

/// Does one of the texts name the entity, by its name or by one of its mentions.
fn names(texts: &[&str], entity: &Value) -> bool {
    let mentions = list(entity, "mentions").iter().filter_map(Value::as_str).map(piece);
    let wanted: Vec<&str> = std::iter::once(string(entity, "name")).chain(mentions).collect();
    texts.iter().filter(|t| !t.is_empty()).any(|text| wanted.iter().any(|want| alike(text, want)))
}

/// Is the event bound to the place of the gold predicate.
fn holds(event: &Event, gold: &Value, doc: &Value) -> bool {
    let mark = string(gold, "p");
    let key = mark.split_once(':').map_or("", |(key, _)| key);
    let text = match key.parse::<usize>() {
        Ok(n) => list(doc, "paragraphs").get(n).and_then(Value::as_str).unwrap_or(""),
        Err(_) => string(doc, "title"),
    };
    let sentence = squash(&event.sentence.text);
    !sentence.is_empty() && squash(text).contains(&sentence) && sentence.contains(&squash(piece(mark)))
}

/// The coarser of the two precisions decides, but a year at least.
fn dates(want: &str, got: &str) -> bool {
    let n = want.len().min(got.len());
    n >= 4 && want.get(..n).is_some() && want.get(..n) == got.get(..n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use demarche::record::{ArticleRef, Piece, When};

    fn doc() -> Value {
        json!({
            "url": "u", "title": "Talks end", "paragraphs": ["It rained.", "Chad turned down an offer by Mali. Chad left."],
            "entities": [{"id": "e1", "name": "Chad", "country": "TCD", "mentions": ["1:Chad", "1:Chad#2"]},
                         {"id": "e2", "name": "Mali", "country": "MLI", "mentions": ["1:Mali"]}],
            "events": [{"type": "REJECT", "mode": null, "status": "happened", "p": "1:turned down", "a": ["e1"], "r": ["e2"],
                        "date": "2004-05-12", "say": ["e1"]}],
        })
    }

    fn event(kind: &str, sentence: &str) -> Event {
        Event {
            article: ArticleRef { url: Some("u".into()), ..ArticleRef::default() },
            event: kind.into(),
            status: "happened".into(),
            sentence: Piece { text: sentence.into(), ..Piece::default() },
            actor: vec![Actor { name: "Chad".into(), country: Some("TCD".into()), ..Actor::default() }],
            date: Some(When { value: "2004-05".into(), ..When::default() }),
            ..Event::default()
        }
    }

    #[test]
    fn an_event_is_found_by_type_and_place() {
        let found = "Chad turned down an offer by Mali.";
        for (events, p, r, quad) in [
            (vec![event("REJECT", found)], 1.0, 1.0, 1.0),
            (vec![event("REJECT", found), event("REJECT", found)], 0.5, 1.0, 0.5),
            (vec![event("ACCUSE", found)], 0.0, 0.0, 1.0),
            (vec![event("REJECT", "Chad left.")], 0.0, 0.0, 0.0),
            (vec![], 0.0, 0.0, 0.0),
        ] {
            let out = measures(&[doc()], &events);
            assert_eq!(
                (&out["type"]["p"], &out["type"]["r"], &out["quad"]["p"]),
                (&json!(p), &json!(r), &json!(quad)),
                "{events:?}"
            );
        }
    }

    #[test]
    fn fields_of_found_events_are_tallied() {
        let out = measures(&[doc()], &[event("REJECT", "Chad turned down an offer by Mali.")]);
        for (field, right) in [
            ("mode", 1.0),
            ("status", 1.0),
            ("actor", 1.0),
            ("actor_country", 1.0),
            ("recipient", 0.0),
            ("recipient_country", 0.0),
            ("date", 1.0),
            ("speaker", 0.0),
        ] {
            assert_eq!(out[field], json!({"right": right, "n": 1}), "{field}");
        }
    }
}
