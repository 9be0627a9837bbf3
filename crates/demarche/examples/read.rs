//! Codes JSONL articles (title, date, url, text) from standard input and prints events as JSONL.
use demarche::record::{Page, PageKind};
fn main() {
    let engine = demarche::Engine::new(demarche::Options::default()).unwrap();
    for line in std::io::stdin().lines() {
        let x: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let s = |k: &str| x[k].as_str().map(String::from);
        let page = Page { bytes: s("text").unwrap().into_bytes(), kind: PageKind::Body, title: s("title"), date: s("date"), url: s("url"), charset: None };
        let reading = engine.read(&page);
        if std::env::args().nth(1).is_some() {
            for e in &reading.events {
                let n = |v: &[demarche::record::Actor]| v.iter().map(|a| format!("{}<{}|{}>", a.text, a.name, a.country.as_deref().unwrap_or(""))).collect::<Vec<_>>().join(" & ");
                println!("{:.2} {} {:?} [{}] {} -> {} ({}) {} date {:?} say {:?} terms {:?} cond {:?} dl {:?}", e.confidence, e.event, e.mode, e.predicate.text, n(&e.actor), n(&e.recipient), n(&e.third_party), e.status, e.date.as_ref().map(|d| &d.value), e.attribution.iter().map(|a| &a.name).collect::<Vec<_>>(), e.terms.as_ref().map(|t| &t.text), e.condition.as_ref().map(|t| &t.text), e.deadline.as_ref().map(|t| &t.text));
            }
        } else {
            for e in &reading.events {
                println!("{}", serde_json::to_string(e).unwrap());
            }
        }
    }
}
