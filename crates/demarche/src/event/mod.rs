//! What happened: the codebook's frames over the tree and the encoder's proposals, combined into events.

pub mod cameo;
mod combine;
pub mod confidence;
pub mod frames;
mod merge;
mod outcome;
mod parties;
mod quotations;
mod setting;

use crate::codebook::Codebook;
use crate::record::{
    Argument, Article, Attribution, Event, Evidence, Mentions, Piece, Proposal, Quotation, Sentence, SentencePlace,
    Span,
};
use combine::Act;
use frames::tree::Tree;
use sha2::{Digest, Sha256};

/// All that the coding of one article looks at.
pub(crate) struct Context<'a> {
    pub article: &'a Article,
    pub sentences: &'a [Sentence],
    pub mentions: &'a Mentions,
    pub book: &'a Codebook,
    pub told: cameo::Told,
    pub trees: Vec<Tree<'a>>,
}

/// Codes the events of an article, in text order, those below the confidence `least` left out; and its quotations.
pub fn code(
    article: &Article,
    sentences: &[Sentence],
    proposals: &[Proposal],
    mentions: &Mentions,
    book: &Codebook,
    least: f32,
) -> (Vec<Event>, Vec<Quotation>) {
    let trees: Vec<Tree> = sentences.iter().map(Tree::new).collect();
    let matches = frames::find(&trees, &book.events);
    let told = cameo::Told::new(&book.events, sentences);
    let context = Context { article, sentences, mentions, book, told, trees };
    let mut events: Vec<(usize, Event)> = combine::acts(&context.trees, proposals, &matches)
        .iter()
        .filter_map(|a| Some((a.sentence, event_of(&context, a)?)))
        .filter(|(_, e)| e.confidence >= least && !e.actor.is_empty())
        .collect();
    events.sort_by_key(|(_, e)| (e.predicate.span.start, e.predicate.span.end));
    outcome::mark(&context, &mut events);
    merge::told_twice(&context, &mut events);
    (events.into_iter().map(|(_, e)| e).collect(), quotations::read(&context))
}

fn event_of(context: &Context, act: &Act) -> Option<Event> {
    let sentence = context.sentences.get(act.sentence)?;
    let text = &context.article.text;
    let predicate = span_of(sentence, act.predicate)?;
    let mut event = Event {
        event: act.kind.clone(),
        mode: act.mode.iter().cloned().collect(),
        status: act.status.clone(),
        predicate: piece(text, predicate),
        sentence: piece(text, sentence.span),
        ..Event::default()
    };
    for (field, by, score, runner_up) in &act.voices {
        event.evidence.push(Evidence {
            field: field.clone(),
            by: by.clone(),
            span: Some(predicate),
            score: *score,
            runner_up: runner_up.clone(),
        });
    }
    for (a, by) in act.arguments.iter().zip(&act.rules) {
        if let Some(span) = span_of(sentence, a.tokens) {
            event.evidence.push(Evidence {
                field: a.role.clone(),
                by: by.clone(),
                span: Some(span),
                score: a.score,
                runner_up: None,
            });
        }
    }
    parties::fill(context, act, &mut event);
    setting::fill(context, act, &mut event);
    event.event = frames::settle(&event.event, &event.status, &context.book.events).to_string();
    event.mode.retain(|m| context.book.events.get(&event.event).is_some_and(|t| t.mode(m).is_some()));
    event.id = id_of(&context.article.id, predicate, &event.event);
    event.terms = hull(&act.arguments, "terms").and_then(|r| span_of(sentence, r)).map(|s| piece(text, s));
    event.condition = hull(&act.arguments, "condition").and_then(|r| span_of(sentence, r)).map(|s| piece(text, s));
    attribute(context, act, &mut event);
    let words: Vec<_> = sentence
        .tokens
        .iter()
        .filter(|t| predicate.contains(&t.span) || event.terms.as_ref().is_some_and(|x| x.span.contains(&t.span)))
        .cloned()
        .collect();
    let mode = event.mode.first().map(String::as_str);
    let codes = cameo::codes(&context.book.events, &event.event, mode, act.cameo.as_deref(), &words);
    (event.cameo, event.quad, event.score, event.goldstein) = (codes.cameo, codes.quad, codes.score, codes.goldstein);
    event.context = context.told.contexts(act.sentence);
    let sure = act.own.unwrap_or_else(|| context.book.confidence.of(&confidence::signs(&event)));
    event.confidence = (sure * 1000.0).round() / 1000.0;
    Some(event)
}

/// Who says so: the speakers that the heads see, then the mouths that the page itself names.
fn attribute(context: &Context, p: &Act, event: &mut Event) {
    let text = &context.article.text;
    let quoted = in_quotation(text, event.sentence.span, event.predicate.span);
    for a in p.arguments.iter().filter(|a| a.role == "speaker") {
        let Some(party) = parties::party(context, p.sentence, a.tokens) else { continue };
        let medium = party.sector.first().is_some_and(|s| s == "JRN");
        event.attribution.push(Attribution {
            part: if medium { "medium" } else { "speaker" }.into(),
            text: party.text,
            name: party.name,
            span: Some(party.span),
            quoted: quoted && !medium,
        });
    }
    // A person speaks through a medium: "said in a report carried by state media".
    event.attribution.sort_by_key(|a| a.part == "medium");
    let page = [("wire", &context.article.wire), ("outlet", &context.article.publisher)];
    for (part, name) in page {
        if let Some(name) = name.as_ref().filter(|n| event.attribution.iter().all(|a| a.name != **n)) {
            let mouth =
                Attribution { part: part.into(), text: name.clone(), name: name.clone(), ..Attribution::default() };
            event.attribution.push(mouth);
        }
    }
}

/// Does the predicate stand between quotation marks of its sentence.
fn in_quotation(text: &str, sentence: Span, predicate: Span) -> bool {
    let before = text.get(sentence.start..predicate.start).unwrap_or("");
    let mut open = false;
    for c in before.chars() {
        match c {
            '“' | '«' => open = true,
            '”' | '»' => open = false,
            '"' => open = !open,
            _ => {}
        }
    }
    // a quotation that began in an earlier sentence closes here without having opened
    let after = text.get(predicate.end..sentence.end).unwrap_or("");
    open || (!before.contains('“') && after.find('”').is_some_and(|i| !after[..i].contains('“')))
}

/// First to last token of the arguments of a role, if what lies between is short: terms hold other parties.
fn hull(arguments: &[Argument], role: &str) -> Option<(usize, usize)> {
    let mut all = arguments.iter().filter(|a| a.role == role);
    let mut out = all.next()?.tokens;
    let mut longest = out.1 - out.0;
    let mut whole = out;
    for a in all {
        if a.tokens.0 <= out.1 + 3 {
            out.1 = a.tokens.1;
        } else {
            out = a.tokens;
        }
        if out.1 - out.0 > longest {
            longest = out.1 - out.0;
        }
        if out.1 - out.0 == longest {
            whole = out;
        }
    }
    Some(whole)
}

/// Bytes of a token range.
pub(crate) fn span_of(sentence: &Sentence, tokens: (usize, usize)) -> Option<Span> {
    let first = sentence.tokens.get(tokens.0)?;
    let last = sentence.tokens.get(tokens.1.checked_sub(1)?)?;
    Some(Span::new(first.span.start, last.span.end))
}

pub(crate) fn piece(text: &str, span: Span) -> Piece {
    Piece { text: span.slice(text).to_string(), span }
}

/// Stable across runs: article, place of the predicate, type.
fn id_of(article: &str, predicate: Span, kind: &str) -> String {
    let digest = Sha256::digest(format!("{article}:{}-{}:{kind}", predicate.start, predicate.end));
    digest.iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// True for sentences of the title and standfirst, whose acts the body tells more fully.
pub(crate) fn is_summary(sentence: &Sentence) -> bool {
    !matches!(sentence.place, SentencePlace::Body(_))
}
