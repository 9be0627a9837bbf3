//! Facts of a gold file about the page's structure, and about who, when and where.

use super::gold::{Fact, accepted, accepts, noted, texts};
use super::{alike, content, squash};
use demarche::record::{Article, Entity, Mention, Reading, SentencePlace};
use serde_json::Value;

/// All facts but those of events.
pub fn facts(gold: &Value, reading: &Reading) -> Vec<Fact> {
    let mut out = Vec::new();
    if let Some(article) = gold.get("article") {
        structure(article, &reading.article, &mut out);
    }
    for actor in list(gold, "actors") {
        party(actor, reading, &mut out);
    }
    for time in list(gold, "times") {
        let (text, value) = (word(time, "text"), time.get("value").unwrap_or(&Value::Null));
        let times = &reading.mentions.times;
        let right = times.iter().filter(|t| accepts(value, Some(&t.value)) && within(text, &t.text)).count();
        let count = time.get("count").and_then(Value::as_u64).unwrap_or(1) as usize;
        for n in 0..count {
            out.push(Fact::new("times", format!("{text} = {value}"), n < right));
        }
    }
    for place in list(gold, "places") {
        let text = word(place, "text");
        let mut found = reading.mentions.places.iter().filter(|p| within(text, &p.text));
        let right = match (place.get("same_as").and_then(Value::as_str), place.get("country")) {
            (Some(other), _) => found.any(|p| alike(other, &p.name)),
            (None, Some(country)) => found.any(|p| accepts(country, p.country.as_deref())),
            (None, None) => found.next().is_some(),
        };
        out.push(Fact::new("places", text, right));
    }
    out
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}

/// True if the words of one text stand in the other: a mark may be longer by an article or a title.
fn within(a: &str, b: &str) -> bool {
    let (a, b) = (format!(" {} ", squash(a)), format!(" {} ", squash(b)));
    a.trim() == b.trim() || (!a.trim().is_empty() && !b.trim().is_empty() && (a.contains(&b) || b.contains(&a)))
}

/// White space as one blank.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn structure(gold: &Value, article: &Article, out: &mut Vec<Fact>) {
    let mut fact = |what: &str, right: bool| out.push(Fact::new("article", what, right));
    let text = &article.text;
    let body: Vec<String> = article.paragraphs.iter().map(|p| flat(p.slice(text))).collect();
    let standfirst = article.standfirst.map(|s| flat(s.slice(text)));
    for (key, got) in [
        ("title", &article.title),
        ("publisher", &article.publisher),
        ("wire", &article.wire),
        ("language", &article.language),
        ("standfirst", &standfirst),
    ] {
        if let Some(want) = gold.get(key) {
            fact(key, accepts(want, got.as_deref().map(flat).as_deref()));
        }
    }
    if gold.get("section").is_some() {
        fact(
            "section",
            list(gold, "section").iter().map(Value::as_str).eq(article.section.iter().map(|s| Some(s.as_str()))),
        );
    }
    for (key, got) in [("published", &article.published), ("modified", &article.modified)] {
        let Some(want) = gold.get(key) else { continue };
        let stamp = serde_json::to_value(got).unwrap_or(Value::Null);
        let right = if want.is_null() {
            got.is_none()
        } else {
            let field = |k: &str| accepts(want.get(k).unwrap_or(&Value::Null), stamp.get(k).and_then(Value::as_str));
            field("value") && field("precision")
        };
        fact(key, right);
    }
    if let Some(byline) = gold.get("byline") {
        if byline.get("people").is_some() {
            let people = list(byline, "people").iter().map(Value::as_str);
            fact("byline people", people.eq(article.byline.people.iter().map(|s| Some(s.as_str()))));
        }
        for (key, got) in [("organisation", &article.byline.organisation), ("initials", &article.byline.initials)] {
            if let Some(want) = byline.get(key) {
                fact(&format!("byline {key}"), accepts(want, got.as_deref()));
            }
        }
    }
    let spans = |entry: &Value, text: &str| {
        let text = flat(text);
        text.starts_with(word(entry, "starts")) && text.ends_with(word(entry, "ends"))
    };
    for entry in list(gold, "captions") {
        let credit = entry.get("credit");
        let right = article
            .captions
            .iter()
            .any(|c| spans(entry, &c.text) && credit.is_none_or(|want| accepts(want, c.credit.as_deref())));
        fact(&format!("caption {}", word(entry, "starts")), right);
    }
    for entry in list(gold, "pull_quotes") {
        // Paragraphs of the gold are counted from 1.
        let twin = entry.get("twin_in_body").and_then(Value::as_u64).map(|n| n as usize);
        let right = article
            .pull_quotes
            .iter()
            .any(|q| spans(entry, &q.text) && twin.is_none_or(|n| q.twin.map(|t| t + 1) == Some(n)));
        fact(&format!("pull quote {}", word(entry, "starts")), right);
    }
    if let Some(n) = gold.get("body_paragraphs") {
        fact(
            &format!("body paragraphs: {n}, got {}", body.len()),
            accepted(n).iter().any(|n| n.as_u64() == Some(body.len() as u64)),
        );
    }
    if let Some(first) = gold.get("body_first") {
        fact("body_first", texts(first).iter().any(|t| body.first().is_some_and(|p| p.starts_with(&flat(t)))));
    }
    if let Some(last) = gold.get("body_last") {
        fact("body_last", texts(last).iter().any(|t| body.last().is_some_and(|p| p.ends_with(&flat(t)))));
    }
    for piece in list(gold, "not_text").iter().filter_map(Value::as_str) {
        fact(&format!("not text: {piece}"), !body.iter().any(|p| p.contains(&flat(piece))));
    }
}

/// An actor: that it is there, its country, sector, role, and each mention.
fn party(gold: &Value, reading: &Reading, out: &mut Vec<Fact>) {
    let name = word(gold, "name");
    let mut fact = |what: String, right: bool| out.push(Fact::new("actors", format!("{name}{what}"), right));
    let entity = find(name, gold, &reading.mentions.entities);
    fact(String::new(), entity.is_some());
    if let Some(country) = gold.get("country") {
        let got = entity.and_then(|e| e.country.as_deref());
        fact(format!(": country {country}, got {got:?}"), entity.is_some() && accepts(country, got));
    }
    if let Some(sector) = gold.get("sector") {
        let right = entity.is_some_and(|e| texts(sector).iter().any(|s| e.sector.iter().any(|x| x == s)));
        fact(format!(": sector {sector}, got {:?}", entity.map(|e| &e.sector)), right);
    }
    if let Some(role) = gold.get("role") {
        let got = entity.and_then(|e| e.role.as_deref());
        let right = got.is_some_and(|got| texts(role).iter().any(|r| alike(r, got)));
        fact(format!(": role {role}, got {got:?}"), right);
    }
    for mention in texts(gold.get("mentions").unwrap_or(&Value::Null)) {
        let (words, note) = noted(mention);
        let paragraph = note.and_then(paragraph_of);
        let right = entity.is_some_and(|e| {
            e.mentions
                .iter()
                .any(|m| same_mention(words, &m.text) && paragraph.is_none_or(|n| stands_in(m, n, reading)))
        });
        fact(format!(": mention {mention}"), right);
    }
}

/// The entity of that name; else the one that has it, or another of the gold's mentions of three letters and more,
/// as a mention.
fn find<'r>(name: &str, gold: &Value, entities: &'r [Entity]) -> Option<&'r Entity> {
    let key = content(name);
    let by_name = |e: &&Entity| squash(&e.name) == squash(name) || (!key.is_empty() && content(&e.name) == key);
    let by_mention = |e: &&Entity| e.mentions.iter().any(|m| content(&m.text) == key);
    let similar = |e: &&Entity| {
        let got = content(&e.name);
        let shared = got.intersection(&key).count();
        // Two men of one family name share half a name, and are still two.
        shared > 0 && 3 * shared >= 2 * got.len().max(key.len())
    };
    let any_mention = |e: &&Entity| {
        let names = texts(gold.get("mentions").unwrap_or(&Value::Null)).into_iter().map(|m| content(noted(m).0));
        names.filter(|n| n.len() > 1).any(|n| e.mentions.iter().any(|m| content(&m.text) == n))
    };
    let filled = !key.is_empty();
    entities
        .iter()
        .find(by_name)
        .or_else(|| entities.iter().find(|e| filled && by_mention(e)))
        .or_else(|| entities.iter().find(similar))
        .or_else(|| entities.iter().find(any_mention))
}

fn same_mention(want: &str, got: &str) -> bool {
    squash(want) == squash(got) || (!content(want).is_empty() && content(want) == content(got))
}

/// `with Biegun, body 3` stands in body paragraph 3, counted from 1.
fn paragraph_of(note: &str) -> Option<usize> {
    let (_, after) = note.rsplit_once("body ")?;
    after.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn stands_in(mention: &Mention, paragraph: usize, reading: &Reading) -> bool {
    reading.sentences.get(mention.sentence).is_some_and(|s| match s.place {
        SentencePlace::Body(n) => n + 1 == paragraph,
        _ => false,
    })
}
