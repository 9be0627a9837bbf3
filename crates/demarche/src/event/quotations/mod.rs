//! Quotations: what is said, direct, indirect or mixed, the words that report it, and who says it.
//!
//! They are read from the tree: a reporting verb with its clause before, after or around it; "according to"; a noun with
//! a that-clause; a verb of judging with what it judges. Stretches in quotation marks that no cue stands beside belong
//! to whoever spoke last in their paragraph.

mod cues;

use super::frames::tree::Tree;
use super::{Context, parties, piece, span_of};
use crate::record::{Piece, Quotation, Sentence, SentencePlace, Span};
use cues::{ASK, JUDGE, NAME, NOT_SAY, NOUNS, REPORTING, SAY, SAYING_NOUNS, WILL};

type Range = (usize, usize);

/// A quotation by the tokens of one sentence.
struct Found {
    source: Option<Range>,
    cue: Range,
    content: Vec<Range>,
}

/// The quotations of an article, in text order of their cues.
pub(super) fn read(context: &Context) -> Vec<Quotation> {
    let text = &context.article.text;
    let mut out: Vec<(usize, Quotation)> = Vec::new();
    let marked: Vec<Vec<Span>> = context.article.paragraphs.iter().map(|p| stretches(text, *p)).collect();
    for (i, tree) in context.trees.iter().enumerate() {
        let sentence = tree.sentence;
        let mut found: Vec<Found> = (0..tree.tokens.len()).flat_map(|t| at(tree, t)).collect();
        // What somebody quotes inside a quotation is part of what he says.
        let quoted = match sentence.place {
            SentencePlace::Body(paragraph) => marked.get(paragraph),
            _ => None,
        };
        let inside = |s: Span| quoted.into_iter().flatten().any(|q| q.start < s.start && s.end < q.end);
        found.retain(|f| !f.content.is_empty() && !span_of(sentence, f.cue).is_some_and(inside));
        for f in found {
            let spans = f.content.iter().filter_map(|r| span_of(sentence, *r));
            let content: Vec<Piece> = spans.map(|s| piece(text, s)).collect();
            let speaker = f.source.and_then(|s| parties::party(context, i, s));
            let quotation = Quotation {
                source: f.source.and_then(|s| span_of(sentence, s)).map(|s| piece(text, s)),
                speaker,
                cue: span_of(sentence, f.cue).map(|s| piece(text, s)),
                kind: kind_of(text, &content).into(),
                content,
            };
            out.push((i, quotation));
        }
    }
    continued(context, &marked, &mut out);
    out.into_iter().map(|x| x.1).collect()
}

/// What the word `v` reports, if it reports.
fn at(tree: &Tree, v: usize) -> Vec<Found> {
    match tree.upos(v) {
        "VERB" => verb(tree, v).into_iter().collect(),
        "ADJ" => feeling(tree, v).into_iter().collect(),
        "NOUN" => noun(tree, v).into_iter().collect(),
        _ => Vec::new(),
    }
    .into_iter()
    .chain(according(tree, v))
    .collect()
}

fn verb(tree: &Tree, v: usize) -> Option<Found> {
    let is = |list: &[&str]| tree.candidates(v).iter().any(|w| list.contains(&w.as_str()));
    let (say, will, ask, judge, name) = (is(REPORTING) || is(SAY), is(WILL), is(ASK), is(JUDGE), is(NAME));
    let clause = tree.child(v, &["ccomp"]);
    // Any verb with a that-clause reports, but for a few: there are too many to list.
    let that = clause.is_some_and(|c| tree.marker(c, "mark") == "that") && !is(NOT_SAY);
    if !(say || will || ask || judge || name || that) {
        return None;
    }
    // "who" speaks where it stands, whoever that is
    let agent = tree.child(v, &["nsubj"]).filter(|_| !tree.passive(v)).or_else(|| tree.agent(v).first().copied());
    if agent.is_some_and(|a| matches!(tree.lemma(a), "you" | "someone" | "anyone" | "nobody")) {
        return None;
    }
    let source = agent.map(|s| tree.phrase(s));
    let cue = tree.predicate(v, &[]);
    let with = |content: Vec<Range>| Some(Found { source, cue, content });
    if (say || that)
        && let Some(c) = clause
    {
        return with(vec![tree.clause(c)]);
    }
    // "X, he said": the reporting verb hangs on what it reports, or stands inside it.
    if say
        && matches!(tree.rel(v), "parataxis" | "advcl")
        && let Some(h) = tree.head(v)
        && matches!(tree.marker(v, "mark").as_str(), "" | "as")
        && (source.is_some() || tree.rel(v) == "parataxis")
    {
        let content = without(tree, tree.clause(h), whole(tree, v));
        if !content.is_empty() && source.is_some() {
            return with(content);
        }
    }
    // "He said: X", where the parser made X the verb's fellow
    if say
        && source.is_some()
        && let Some(p) = tree.child(v, &["parataxis"])
        && p > v
        && !REPORTING.contains(&tree.lemma(p))
    {
        return with(vec![tree.clause(p)]);
    }
    source?;
    let object = tree.child(v, &["obj"]);
    let infinitive = tree.child(v, &["xcomp"]).filter(|x| *x > v);
    if name && let (Some(o), Some(x)) = (object, infinitive) {
        return with(vec![join(tree.clause(o), tree.clause(x))]);
    }
    if let Some(x) = infinitive {
        if ask && let Some(o) = object {
            return with(vec![join(tree.phrase(o), tree.clause(x))]);
        }
        if will && object.is_none() {
            return with(vec![tree.clause(x)]);
        }
    }
    let under = |words: &[&str]| {
        let below = tree.children(v).iter().copied();
        below.filter(|c| *c > v).find(|c| {
            matches!(tree.rel(*c), "obl" | "advcl" | "ccomp")
                && (words.contains(&tree.marker(*c, "case").as_str())
                    || words.contains(&tree.marker(*c, "mark").as_str()))
        })
    };
    if tree.lemma(v) == "call" || tree.lemma(v) == "appeal" || tree.lemma(v) == "push" {
        return under(&["for", "on", "to"]).and_then(|c| with(vec![tree.content(c)]));
    }
    if tree.lemma(v) == "accuse" {
        let of = under(&["of"]).map(|c| tree.clause(c));
        let o = object.map(|o| tree.phrase(o))?;
        return with(vec![of.map_or(o, |c| join(o, c))]);
    }
    if (judge || say)
        && let Some(o) = object.filter(|o| *o > v && tree.upos(*o) != "PRON")
    {
        let strong = judge || in_quotes(tree, o);
        return if strong { with(vec![tree.clause(o)]) } else { None };
    }
    None
}

/// "was sure that X", "is afraid that".
fn feeling(tree: &Tree, a: usize) -> Option<Found> {
    let clause = tree.child(a, &["ccomp"]).filter(|c| *c > a)?;
    let subject = tree.child(a, &["nsubj"]).filter(|s| !matches!(tree.lemma(*s), "it" | "that" | "this" | "you"))?;
    Some(Found { source: Some(tree.phrase(subject)), cue: tree.predicate(a, &[]), content: vec![tree.clause(clause)] })
}

/// "the claim that X", "X's fear that".
fn noun(tree: &Tree, n: usize) -> Option<Found> {
    if !NOUNS.contains(&tree.lemma(n)) && !SAYING_NOUNS.contains(&tree.lemma(n)) {
        return None;
    }
    let clause = tree.children(n).iter().copied().find(|c| {
        *c > n
            && matches!(tree.rel(*c), "acl" | "ccomp")
            && tree.deprel(*c) != "acl:relcl"
            && tree.marker(*c, "mark") == "that"
    })?;
    let by = tree.children(n).iter().copied().find(|c| {
        tree.deprel(*c) == "nmod:poss"
            || tree.rel(*c) == "nmod" && matches!(tree.marker(*c, "case").as_str(), "by" | "from" | "of")
    });
    let source =
        by.or_else(|| (tree.rel(n) == "obj").then(|| tree.head(n).and_then(|h| tree.surface_subject(h))).flatten());
    Some(Found { source: source.map(|s| tree.phrase(s)), cue: (n, n + 1), content: vec![tree.clause(clause)] })
}

/// "X, according to Y".
fn according(tree: &Tree, y: usize) -> Option<Found> {
    let first = tree.children(y).iter().copied().find(|c| {
        let form = tree.tokens.get(*c).map_or("", |t| t.form.as_str());
        *c < y && tree.rel(*c) == "case" && form.eq_ignore_ascii_case("according")
    })?;
    let head = tree.head(y)?;
    let content = without(tree, tree.clause(head), whole(tree, y));
    Some(Found { source: Some(tree.phrase(y)), cue: (first, (first + 2).min(y)), content })
}

/// A token with all that hangs on it.
fn whole(tree: &Tree, top: usize) -> Range {
    let all: Vec<usize> = (0..tree.tokens.len()).filter(|i| tree.within(*i, top)).collect();
    (all.first().copied().unwrap_or(top), all.last().map_or(top + 1, |l| l + 1))
}

/// What is left of a range without another: before it and after it, without the commas between them, leaving out
/// remains of one word.
fn without(tree: &Tree, range: Range, hole: Range) -> Vec<Range> {
    let comma = |i: usize| tree.tokens.get(i).is_some_and(|t| t.form == ",");
    let parts = [(range.0, hole.0.min(range.1)), (hole.1.max(range.0), range.1)];
    let trimmed = parts.into_iter().map(|(mut a, mut z)| {
        while a < z && comma(a) {
            a += 1;
        }
        while a < z && comma(z - 1) {
            z -= 1;
        }
        (a, z)
    });
    trimmed.filter(|(a, z)| a + 1 < *z).collect()
}

fn join(a: Range, b: Range) -> Range {
    (a.0.min(b.0), a.1.max(b.1))
}

fn in_quotes(tree: &Tree, i: usize) -> bool {
    let (a, z) = tree.clause(i);
    let quote =
        |k: usize| tree.tokens.get(k).is_some_and(|t| matches!(t.form.as_str(), "\"" | "“" | "''" | "``" | "”"));
    (a.saturating_sub(1)..=z).any(quote)
}

fn kind_of(text: &str, content: &[Piece]) -> &'static str {
    let quoted = |p: &Piece| {
        let before = text[..p.span.start].chars().next_back();
        let open = |c: char| matches!(c, '"' | '“' | '«');
        p.text.starts_with(open) || before.is_some_and(open)
    };
    if content.iter().all(quoted) {
        "direct"
    } else if content.iter().any(|p| p.text.contains(['"', '“', '«'])) {
        "mixed"
    } else {
        "indirect"
    }
}

/// Stretches in quotation marks go whole to the quotation that has a part of them; those that no quotation has a part
/// of go to who spoke last in the paragraph.
fn continued(context: &Context, marked: &[Vec<Span>], out: &mut [(usize, Quotation)]) {
    let text = &context.article.text;
    for (paragraph, found) in marked.iter().enumerate() {
        let inside = |s: &Sentence| s.place == SentencePlace::Body(paragraph);
        for &stretch in found {
            let here = |s: &Sentence| inside(s) && s.span.overlaps(&stretch);
            if context.sentences.iter().filter(|s| here(s)).count() == 0 {
                continue;
            }
            let owner = out
                .iter()
                .position(|(_, q)| q.kind != "indirect" && q.content.iter().any(|p| p.span.overlaps(&stretch)));
            let words = stretch.slice(text).split_whitespace().count();
            let owner = owner.or_else(|| {
                // many words in quotation marks are speech, few may be a title or irony
                let free = words > 4 && out.iter().all(|(_, q)| q.content.iter().all(|p| !p.span.overlaps(&stretch)));
                let last = |(i, q): &(usize, Quotation)| {
                    context.sentences.get(*i).is_some_and(inside)
                        && q.cue.as_ref().is_some_and(|c| c.span.start < stretch.start)
                };
                if free { out.iter().rposition(last) } else { None }
            });
            if let Some((_, q)) = owner.and_then(|o| out.get_mut(o)) {
                extend(text, q, stretch);
            }
        }
    }
}

fn extend(text: &str, q: &mut Quotation, stretch: Span) {
    match q.content.iter_mut().find(|p| p.span.overlaps(&stretch)) {
        Some(p) => {
            let span = Span::new(p.span.start.min(stretch.start), p.span.end.max(stretch.end));
            let cue = q.cue.as_ref().is_some_and(|c| c.span.overlaps(&span));
            if !cue {
                *p = piece(text, span);
            }
        }
        None => q.content.push(piece(text, stretch)),
    }
    q.kind = kind_of(text, &q.content).into();
}

/// Stretches of a paragraph between quotation marks, the marks included; one that is not closed runs to its end.
fn stretches(text: &str, paragraph: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (i, c) in paragraph.slice(text).char_indices() {
        let at = paragraph.start + i;
        match (c, open) {
            ('“' | '«', None) | ('"', None) => open = Some(at),
            ('”' | '»' | '"', Some(start)) => {
                out.push(Span::new(start, at + c.len_utf8()));
                open = None;
            }
            _ => {}
        }
    }
    out.extend(open.map(|start| Span::new(start, paragraph.end)));
    out
}

#[cfg(test)]
mod tests;
