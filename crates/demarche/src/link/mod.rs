//! What belongs together inside an article: a refusal or acceptance names the offer or demand that it answers.

mod speaks;

pub use speaks::speaks_for;

use crate::record::{Actor, Article, Event};

/// Sentences that may lie between an answer and what it answers are not counted, but paragraphs of text are: bytes.
const REACH: usize = 4000;

/// Ties the events of one article to each other.
pub fn within(_article: &Article, events: &mut [Event]) {
    let answers: Vec<Option<String>> = (0..events.len()).map(|i| answered_by(events, i)).collect();
    for (event, answer) in events.iter_mut().zip(answers) {
        event.answers = answer;
    }
}

/// The id of the offer or demand that event `i` answers.
fn answered_by(events: &[Event], i: usize) -> Option<String> {
    let answer = &events[i];
    let asks: &[&str] = match answer.event.as_str() {
        "REJECT" => &["AGREE", "REQUEST"],
        "AGREE" | "CONCEDE" if answer.status != "planned" => &["REQUEST", "AGREE"],
        _ => return None,
    };
    let mut best: Option<((usize, usize), &Event)> = None;
    for (k, ask) in events.iter().enumerate() {
        // an answer is no answer to another answer of the same kind and side
        if k == i || !asks.contains(&ask.event.as_str()) || ask.status == "denied" {
            continue;
        }
        // who answers was asked, or who asked is answered; one of the two must be known and the other must not clash
        let forth = same_party(&ask.actor, &answer.recipient);
        let back = same_party(&ask.recipient, &answer.actor);
        let clash = same_party(&ask.actor, &answer.actor);
        if clash || !(forth || back) {
            continue;
        }
        let (a, b) = (ask.predicate.span.start, answer.predicate.span.start);
        let distance = a.abs_diff(b);
        let same_sentence = ask.sentence.span == answer.sentence.span;
        // an acceptance must come after what it accepts; a refusal may be told first
        if distance > REACH || (a > b && !same_sentence && answer.event != "REJECT") {
            continue;
        }
        if answer.event == "AGREE" && ask.event == "AGREE" && !accepts(&answer.predicate.text) {
            continue;
        }
        let weak = usize::from(!(forth && back)) + usize::from(a > b);
        if best.is_none_or(|(rank, _)| (weak, distance) < rank) {
            best = Some(((weak, distance), ask));
        }
    }
    best.map(|(_, e)| e.id.clone())
}

fn accepts(predicate: &str) -> bool {
    let low = predicate.to_lowercase();
    ["accept", "agree", "welcom", "consent", "approv", "yes"].iter().any(|w| low.contains(w))
}

/// One entity on both sides, or two of one country.
fn same_party(a: &[Actor], b: &[Actor]) -> bool {
    a.iter().any(|x| {
        b.iter().any(|y| (!x.name.is_empty() && x.name == y.name) || (x.country.is_some() && x.country == y.country))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Piece, Span};

    fn event(kind: &str, id: &str, actor: &str, recipient: &str, at: usize) -> Event {
        let party = |name: &str| vec![Actor { name: name.into(), ..Actor::default() }];
        Event {
            id: id.into(),
            event: kind.into(),
            status: "happened".into(),
            actor: party(actor),
            recipient: party(recipient),
            predicate: Piece { text: "x".into(), span: Span::new(at, at + 1) },
            sentence: Piece { text: String::new(), span: Span::new(at, at + 1) },
            ..Event::default()
        }
    }

    #[test]
    fn a_refusal_answers_the_offer_of_the_other_side() {
        let mut events = vec![
            event("AGREE", "other", "Peru", "Chile", 10),
            event("AGREE", "offer", "Kenya", "Uganda", 50),
            event("REJECT", "refusal", "Uganda", "Kenya", 90),
        ];
        within(&Article::default(), &mut events);
        assert_eq!(events[2].answers.as_deref(), Some("offer"));
        assert_eq!(events[1].answers, None);
    }

    #[test]
    fn a_party_does_not_answer_itself() {
        let mut events =
            vec![event("REQUEST", "demand", "Kenya", "Uganda", 10), event("REJECT", "r", "Kenya", "Uganda", 50)];
        within(&Article::default(), &mut events);
        assert_eq!(events[1].answers, None);
    }
}
