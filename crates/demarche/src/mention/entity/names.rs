//! The names of a sentence: what the model marked, mended by the tree and by what the codebook knows.

use crate::codebook::actors::{ActorBook, AgentClass, Known, Sense};
use crate::record::{NameKind, Sentence, Token};

/// A name in a sentence: the model's, the codebook's, or both.
pub(super) struct Named<'b> {
    /// First token and one past the last.
    pub tokens: (usize, usize),
    /// What the model took it for.
    pub kind: Option<NameKind>,
    /// What the codebook says of it.
    pub known: Vec<&'b Known>,
}

/// The sense that decides: a country before its capital, a body before a town.
pub(super) fn sense_of(name: &Named) -> Option<Sense> {
    let mut senses: Vec<Sense> = name.known.iter().map(|k| k.sense).collect();
    senses.sort();
    let body = senses.iter().copied().find(|s| matches!(s, Sense::Body | Sense::International));
    match name.kind {
        Some(NameKind::Organisation) => body.or_else(|| senses.first().copied()),
        _ => senses.first().copied(),
    }
}

/// The names of a sentence in order, without overlaps.
pub(super) fn names<'b>(
    sentence: &Sentence,
    children: &[Vec<usize>],
    day: Option<&str>,
    book: &'b ActorBook,
) -> Vec<Named<'b>> {
    let tokens = &sentence.tokens;
    let marked = mended(sentence, book);
    let mut names: Vec<Named<'b>> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let model = marked.iter().find(|(t, _)| t.0 <= at && at < t.1).copied();
        let known = known_at(tokens, at, day, book);
        let (name, next) = match (model, known) {
            (Some(((first, end), kind)), Some((stop, known))) if first == at && stop >= end => (
                Some(Named {
                    tokens: (at, stop),
                    kind: Some(kind),
                    known: agreeing(known, kind, tokens.get(at..stop).unwrap_or_default(), book),
                }),
                stop,
            ),
            (Some(((first, end), kind)), _) => {
                (Some(Named { tokens: (first.max(at), end), kind: Some(kind), known: Vec::new() }), end)
            }
            (None, Some((stop, known))) => {
                // A known name may swallow the beginning of a marked one: "European Union | foreign".
                (Some(Named { tokens: (at, stop), kind: None, known }), stop)
            }
            (None, None) => match unmarked(sentence, children, at, book, &marked) {
                Some((stop, kind)) => (Some(Named { tokens: (at, stop), kind: Some(kind), known: Vec::new() }), stop),
                None => (None, at + 1),
            },
        };
        names.extend(name);
        at = next.max(at + 1);
    }
    names
}

/// The longest name of the codebook that begins at a token, with the meanings that hold on the day.
fn known_at<'b>(
    tokens: &[Token],
    at: usize,
    day: Option<&str>,
    book: &'b ActorBook,
) -> Option<(usize, Vec<&'b Known>)> {
    let token = tokens.get(at)?;
    let nominal = matches!(token.upos.as_str(), "PROPN" | "ADJ" | "NOUN" | "X");
    if !nominal {
        return None;
    }
    let (length, known) = book.name_at(tokens, at)?;
    let holding: Vec<&Known> = known.iter().copied().filter(|k| k.holds(day)).collect();
    // Out of office is still known.
    let known =
        if holding.is_empty() { known.into_iter().filter(|k| k.sense == Sense::Person).collect() } else { holding };
    (!known.is_empty()).then_some(((at + length).min(tokens.len()), known))
}

/// The meanings that agree with the kind that the model saw. Where none does, the codebook is believed, except against
/// a first name read as a person.
fn agreeing<'b>(known: Vec<&'b Known>, kind: NameKind, tokens: &[Token], book: &ActorBook) -> Vec<&'b Known> {
    let fits = |sense: Sense| match kind {
        NameKind::Person => sense == Sense::Person,
        NameKind::Organisation => !matches!(sense, Sense::Person | Sense::Place),
        NameKind::Place => sense <= Sense::Place,
        NameKind::Other => sense != Sense::Person,
    };
    let agreed: Vec<&Known> = known.iter().copied().filter(|k| fits(k.sense)).collect();
    if !agreed.is_empty() {
        return agreed;
    }
    let first_name = tokens.first().is_some_and(|t| book.gender_of_first_name(&t.form).is_some());
    if kind == NameKind::Person && first_name { Vec::new() } else { known }
}

/// The model's names without titles before them and small words around them, pieces of one name put together.
fn mended(sentence: &Sentence, book: &ActorBook) -> Vec<((usize, usize), NameKind)> {
    let tokens = &sentence.tokens;
    let mut mended: Vec<((usize, usize), NameKind)> = Vec::new();
    for name in &sentence.names {
        let (mut first, mut end) = name.tokens;
        end = end.min(tokens.len());
        let small = |i: usize| {
            tokens.get(i).is_none_or(|t| {
                matches!(t.upos.as_str(), "ADP" | "DET" | "CCONJ" | "PUNCT" | "PART" | "SCONJ" | "AUX" | "PRON")
            })
        };
        while first < end && small(first) {
            first += 1;
        }
        while first < end && small(end - 1) {
            end -= 1;
        }
        // "KCNA news" is KCNA.
        let lower =
            |i: usize| tokens.get(i).is_some_and(|t| t.upos == "NOUN" && t.form.chars().all(|c| c.is_lowercase()));
        while name.kind != NameKind::Other && end > first + 1 && lower(end - 1) {
            end -= 1;
        }
        if name.kind == NameKind::Person {
            // "Secretary of State Ana Roe", "Iranian Ana Roe": the name begins behind the title.
            for i in (first..end.saturating_sub(1)).rev() {
                let title = book.agent(tokens, i).is_some_and(|(_, a)| a.class != AgentClass::Body);
                let office =
                    book.agent(tokens, i).is_some_and(|(start, a)| start < first && a.class != AgentClass::Body);
                let honorific = tokens.get(i).is_some_and(|t| book.honorific(&t.form).is_some());
                let nation =
                    book.name_at(tokens, i).is_some_and(|(_, k)| k.iter().all(|k| k.sense == Sense::Nationality));
                if title || office || honorific || nation {
                    first = i + 1;
                    break;
                }
            }
        }
        let capital = |t: &Token| t.form.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
        if first >= end || !tokens.get(first..end).unwrap_or_default().iter().any(capital) {
            continue;
        }
        if end - first == 1 && name.kind != NameKind::Place {
            let title = book.agent(tokens, first).is_some_and(|(_, a)| a.class != AgentClass::Body);
            let word = tokens.get(first).is_some_and(|t| book.name_at(tokens, first).is_none() && t.upos != "ADJ");
            if title && word {
                continue;
            }
        }
        (first, end) = grown(tokens, first, end, book, mended.last().map_or(0, |(t, _)| t.1));
        let before = mended.last().copied();
        match before {
            Some((last, kind))
                if last.1 >= first
                    && (kind == name.kind || last.1 > first)
                    && book.name_at(tokens, last.0).is_none() =>
            {
                mended.pop();
                mended.push(((last.0, last.1.max(end)), kind));
            }
            Some((last, _)) if last.1 > first => {
                if last.1 < end {
                    mended.push(((last.1, end), name.kind));
                }
            }
            _ => mended.push(((first, end), name.kind)),
        }
    }
    mended
}

/// A name takes in the proper nouns beside it that hang on it as parts of one name.
fn grown(tokens: &[Token], mut first: usize, mut end: usize, book: &ActorBook, floor: usize) -> (usize, usize) {
    let part = |i: usize, inside: &dyn Fn(usize) -> bool| {
        tokens.get(i).is_some_and(|t| {
            (t.upos == "PROPN" || t.xpos.starts_with("NNP"))
                && t.form.chars().next().is_some_and(char::is_uppercase)
                && matches!(t.rel(), "flat" | "compound" | "amod")
                && t.head.is_some_and(inside)
        })
    };
    while first > floor {
        let i = first - 1;
        let inside = |h: usize| first <= h && h < end;
        let title = book.agent(tokens, i).is_some() || tokens.get(i).is_some_and(|t| book.honorific(&t.form).is_some());
        if !part(i, &inside) || title || book.name_at(tokens, i).is_some() {
            break;
        }
        first = i;
    }
    while end < tokens.len() {
        let (a, b) = (first, end);
        let inside = |h: usize| a <= h && h < b;
        if !part(end, &inside) || tokens.get(end).is_none_or(|t| t.rel() != "flat") {
            break;
        }
        end += 1;
    }
    (first, end)
}

/// A name that the model passed over: proper nouns in a row, tied by `flat`.
fn unmarked(
    sentence: &Sentence,
    children: &[Vec<usize>],
    at: usize,
    book: &ActorBook,
    marked: &[((usize, usize), NameKind)],
) -> Option<(usize, NameKind)> {
    let tokens = &sentence.tokens;
    let proper = |i: usize| {
        tokens.get(i).is_some_and(|t| t.upos == "PROPN" && t.form.chars().next().is_some_and(char::is_uppercase))
            && !marked.iter().any(|(t, _)| t.0 <= i && i < t.1)
    };
    let titled = book.agent(tokens, at).is_some() || tokens.get(at).is_some_and(|t| book.honorific(&t.form).is_some());
    if !proper(at) || titled {
        return None;
    }
    let mut end = at + 1;
    while proper(end)
        && tokens
            .get(end)
            .is_some_and(|t| t.rel() == "flat" && t.head.is_some_and(|h| at <= h && h < end || h + 1 == at))
    {
        end += 1;
    }
    if end - at < 2 {
        return None;
    }
    let first_name = book.gender_of_first_name(&tokens.get(at)?.form).is_some();
    let title =
        at.checked_sub(1).is_some_and(|i| book.agent(tokens, i).is_some_and(|(_, a)| a.class == AgentClass::Person));
    let age = children.get(at).into_iter().flatten().any(|&c| tokens.get(c).is_some_and(|t| t.upos == "NUM"));
    let kind = if first_name || title || age { NameKind::Person } else { NameKind::Other };
    Some((end, kind))
}
