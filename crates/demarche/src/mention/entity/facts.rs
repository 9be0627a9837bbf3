//! Country, sector and role as a phrase's own words tell them, each with the words it was read from.

use super::find::{Candidate, Kind, View};
use super::names::{Named, sense_of};
use crate::codebook::actors::{Agent, AgentClass, Sense};
use crate::record::{Evidence, MentionForm, Span, Token};

/// What one phrase tells of its entity.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    pub country: Vec<(String, Evidence)>,
    pub sector: Vec<(String, Evidence)>,
    pub role: Option<(String, Evidence)>,
    pub id: Option<String>,
    /// Nouns that the entity can be called by later: `minister`, `airline`.
    pub nouns: Vec<String>,
    /// Heads of phrases in the same sentence that it belongs to: `Mahan` of `Mahan's director`.
    pub employers: Vec<usize>,
    /// The sector of what it belongs to beats its own.
    pub bearer: bool,
}

pub(super) fn evidence(field: &str, by: impl Into<String>, span: Option<Span>, score: f32) -> Evidence {
    Evidence { field: field.to_owned(), by: by.into(), span, score, runner_up: None }
}

/// Reads what the words of a phrase tell.
pub(super) fn of_phrase(view: &View, candidate: &mut Candidate, own: Option<&Named>) {
    if let Some(own) = own {
        of_name(view, candidate, own);
    }
    if candidate.form == MentionForm::Adjective || (own.is_some() && candidate.kind == Kind::Country) {
        return;
    }
    of_neighbours(view, candidate);
    if candidate.facts.sector.is_empty() || candidate.kind == Kind::Person {
        of_nouns(view, candidate);
    }
    if candidate.kind == Kind::Group
        && candidate.form == MentionForm::Noun
        && candidate.name.is_some()
        && candidate.facts.sector.is_empty()
    {
        let span = span_of(view, candidate.tokens);
        candidate.facts.sector.push(("CVL".into(), evidence("sector", "actor.nationality", span, 0.6)));
    }
}

fn span_of(view: &View, (first, end): (usize, usize)) -> Option<Span> {
    let start = view.token(first)?.span.start;
    let stop = view.token(end.checked_sub(1)?)?.span.end;
    Some(Span::new(start, stop))
}

/// The words of a range as they stand in the text.
fn words(view: &View, range: &[usize]) -> String {
    let mut text = String::new();
    let mut last: Option<&Token> = None;
    for &i in range {
        let Some(token) = view.token(i) else { continue };
        if last.is_some_and(|l| l.span.end < token.span.start) {
            text.push(' ');
        }
        text.push_str(&token.form);
        last = Some(token);
    }
    text
}

/// What the codebook says of the name.
fn of_name(view: &View, candidate: &mut Candidate, own: &Named) {
    let Some(sense) = sense_of(own) else { return };
    let span = span_of(view, own.tokens);
    let Some(known) = own.known.iter().find(|k| k.sense == sense) else {
        return;
    };
    let score = match sense {
        Sense::Country | Sense::Nationality => 0.98,
        Sense::Capital | Sense::Seat => 0.9,
        Sense::Person => 0.85,
        Sense::Body if own.tokens.1 - own.tokens.0 == 1 && known.sector.as_deref() == Some("LEG") => 0.6,
        _ => 0.9,
    };
    candidate.facts.id = Some(known.id.clone());
    candidate.facts.country.push((known.code.clone(), evidence("country", &known.id, span, score)));
    let former = !known.holds(view.day);
    if former {
        candidate.facts.sector.push(("ELI".into(), evidence("sector", &known.id, span, 0.45)));
    } else if let Some(sector) = &known.sector {
        candidate.facts.sector.push((sector.clone(), evidence("sector", &known.id, span, score)));
    } else if candidate.kind == Kind::Country {
        candidate.facts.sector.push(("GOV".into(), evidence("sector", "actor.state", span, 0.7)));
    }
    if let Some(role) = &known.role {
        let role = if former { format!("former {role}") } else { role.clone() };
        candidate.facts.role = Some((role, evidence("role", &known.id, span, 0.6)));
    }
}

/// Countries and bodies that stand inside the phrase, before the head or in "of ...", "in ...".
fn of_neighbours(view: &View, candidate: &mut Candidate) {
    for name in view.names.iter().filter(|n| candidate.tokens.0 <= n.tokens.0 && n.tokens.1 <= candidate.tokens.1) {
        if candidate.name.is_some_and(|own| own.0 <= name.tokens.0 && name.tokens.1 <= own.1) {
            continue;
        }
        let head = view.head_of(name.tokens);
        let Some((link, direct)) = link(view, head, candidate) else {
            continue;
        };
        let score = match (link.as_str(), direct) {
            ("compound" | "amod" | "nmod:desc" | "flat", _) => 0.95,
            ("nmod:poss", _) => 0.92,
            ("of" | "from", true) => 0.9,
            ("in" | "at" | "within" | "inside" | "near", true) => 0.75,
            _ => 0.65,
        };
        candidate.facts.employers.push(head);
        let Some(sense) = sense_of(name) else {
            continue;
        };
        let Some(known) = name.known.iter().find(|k| k.sense == sense) else {
            continue;
        };
        let span = span_of(view, name.tokens);
        match sense {
            Sense::Person => {}
            Sense::Country | Sense::Capital | Sense::Seat | Sense::Nationality | Sense::Place => {
                candidate.facts.country.push((known.code.clone(), evidence("country", &known.id, span, score)));
            }
            Sense::International | Sense::Body => {
                let score = score - 0.1;
                candidate.facts.country.push((known.code.clone(), evidence("country", &known.id, span, score)));
                if let Some(sector) = &known.sector {
                    candidate.facts.sector.push((sector.clone(), evidence("sector", &known.id, span, score - 0.2)));
                }
            }
        }
    }
    // An owner without a name of the book: "the North's negotiator".
    for &child in view.children.get(candidate.head).into_iter().flatten() {
        if view.token(child).is_some_and(|t| t.deprel == "nmod:poss" && t.upos != "PRON") {
            candidate.facts.employers.push(child);
        }
    }
    // Names inside an organisation's own name: "Bank of England", "Hungarian Development Bank".
    if let (Some((first, end)), true) = (candidate.name, candidate.facts.country.is_empty()) {
        if !matches!(candidate.kind, Kind::Organisation | Kind::Thing | Kind::Group) {
            return;
        }
        let mut at = first;
        while at < end {
            let found = view.book.name_at(&view.sentence.tokens, at);
            let found = found.filter(|(length, _)| at + length <= end);
            let place = found.as_ref().and_then(|(length, known)| {
                let known =
                    known.iter().filter(|k| k.holds(view.day) && k.sense <= Sense::Place).min_by_key(|k| k.sense)?;
                Some((*length, *known))
            });
            if let Some((length, known)) = place {
                let span = span_of(view, (at, at + length));
                candidate.facts.country.push((known.code.clone(), evidence("country", &known.id, span, 0.85)));
                return;
            }
            at += 1;
        }
    }
}

/// How a name inside a phrase hangs on its head: the relation, or the preposition, and whether directly.
fn link(view: &View, from: usize, candidate: &Candidate) -> Option<(String, bool)> {
    let inside = |i: usize| i == candidate.head || candidate.name.is_some_and(|(a, b)| a <= i && i < b);
    let mut at = from;
    let mut outermost = String::new();
    for step in 0..6 {
        if inside(at) {
            // The name hangs the other way round: a title that heads its holder's name.
            return (step > 0).then_some((outermost, step == 1));
        }
        let token = view.token(at)?;
        if token.rel() == "conj" {
            at = token.head?;
            continue;
        }
        let case = view
            .children
            .get(at)
            .into_iter()
            .flatten()
            .find_map(|&c| view.token(c).filter(|t| t.rel() == "case" && c < at).map(|t| t.form.to_lowercase()));
        outermost = match (&case, token.deprel.as_str()) {
            (_, "nmod:poss") => "nmod:poss".to_owned(),
            (Some(case), _) => case.clone(),
            (None, rel) => rel.to_owned(),
        };
        if matches!(outermost.as_str(), "to" | "for" | "with" | "against" | "on" | "over" | "about" | "between") {
            // "the ambassador to Kenya" is no Kenyan; "a spokesman for Kenya" is.
            let spokes = outermost == "for" && candidate.facts.bearer_like(view, candidate.head);
            if !spokes {
                return None;
            }
            outermost = "of".to_owned();
        }
        at = token.head?;
    }
    None
}

impl Facts {
    fn bearer_like(&self, view: &View, head: usize) -> bool {
        view.book.agent(&view.sentence.tokens, head).is_some_and(|(_, a)| a.bearer)
    }
}

/// Agent nouns: the head itself, the title before a name, the kind of body that a name tells.
fn of_nouns(view: &View, candidate: &mut Candidate) {
    let tokens = &view.sentence.tokens;
    let mut spots: Vec<usize> = Vec::new();
    match candidate.name {
        Some((first, end)) => {
            if !(first <= candidate.head && candidate.head < end) {
                spots.push(candidate.head);
            }
            // Words between the phrase's start and the name: "Kenyan Deputy Foreign Minister", "airline".
            if first > candidate.tokens.0 {
                spots.push(first - 1);
                spots.extend((candidate.tokens.0..first - 1).rev());
            }
            if candidate.kind == Kind::Person && end - first > 1 {
                spots.push(first);
            }
        }
        None => spots.push(candidate.head),
    }
    let mut found: Option<(usize, usize, Agent)> = None;
    for spot in spots {
        let outer = tokens.get(spot).is_some_and(|t| t.deprel == "nmod:poss");
        if outer || view.name_of(spot).is_some_and(|n| Some(n.tokens) != candidate.name) {
            continue;
        }
        if let Some((start, agent)) = view.book.agent(tokens, spot) {
            if found.as_ref().is_none_or(|(_, _, a)| a.bearer && a.sector.is_none()) {
                found = Some((start.max(candidate.tokens.0), spot, agent.clone()));
            }
            if let Some(token) = tokens.get(spot) {
                candidate.facts.nouns.push(token.lemma.to_lowercase());
            }
        }
    }
    if found.is_none() {
        found = body_word(view, candidate);
    }
    if let Some((start, spot, agent)) = &found {
        let span = span_of(view, (*start, spot + 1));
        let by = format!("agent:{}", words(view, &(*start..=*spot).collect::<Vec<_>>()).to_lowercase());
        candidate.facts.bearer = agent.bearer;
        if let Some(sector) = &agent.sector {
            // A father or a supporter may hold an office as well.
            let private = candidate.kind == Kind::Person && matches!(sector.as_str(), "CVL" | "ELI");
            let score = match (agent.bearer, private) {
                (true, _) => 0.55,
                (_, true) => 0.5,
                _ => 0.85,
            };
            candidate.facts.sector.push((sector.clone(), evidence("sector", by, span, score)));
        }
        if agent.bearer {
            of_employer_noun(view, candidate, *spot);
        }
    }
    if candidate.kind == Kind::Person {
        role(view, candidate);
    }
}

/// "Christchurch District Court", "University of Essex": the kind of body that a name tells.
fn body_word(view: &View, candidate: &Candidate) -> Option<(usize, usize, Agent)> {
    let (first, end) = candidate.name?;
    if !matches!(candidate.kind, Kind::Organisation | Kind::Group | Kind::Thing) {
        return None;
    }
    let lower = |a: usize, b: usize| {
        let words: Vec<String> = (a..b).filter_map(|i| view.token(i)).map(|t| t.form.to_lowercase()).collect();
        words.join(" ")
    };
    let body = |a: usize, b: usize| view.book.agent_word(&lower(a, b)).filter(|a| a.class != AgentClass::Person);
    for start in first..end {
        if let Some(agent) = body(start, end) {
            return Some((start, end - 1, agent.clone()));
        }
    }
    // The head before "of" or "for", and at last any word.
    let of = (first..end).find(|&i| view.token(i).is_some_and(|t| matches!(t.form.as_str(), "of" | "for")));
    let stops = of.into_iter().chain((first + 1..=end).rev());
    for stop in stops {
        for start in first..stop {
            if let Some(agent) = body(start, stop) {
                return Some((start, stop - 1, agent.clone()));
            }
        }
    }
    None
}

/// The body that a spokesman or member belongs to, named by a common noun: "army spokesman", "head of the union".
fn of_employer_noun(view: &View, candidate: &mut Candidate, spot: usize) {
    let tokens = &view.sentence.tokens;
    for &child in view.children.get(spot).into_iter().flatten() {
        let Some(token) = tokens.get(child) else {
            continue;
        };
        if !matches!(token.rel(), "compound" | "nmod" | "amod")
            || token.upos == "PROPN" && view.name_of(child).is_some()
        {
            continue;
        }
        let case = view
            .children
            .get(child)
            .into_iter()
            .flatten()
            .find_map(|&c| tokens.get(c).filter(|t| t.rel() == "case" && c < child).map(|t| t.form.to_lowercase()));
        if !matches!(
            case.as_deref(),
            None | Some("of" | "for" | "from" | "at" | "within" | "in" | "inside" | "with" | "to")
        ) {
            continue;
        }
        let Some((start, agent)) = view.book.agent(tokens, child) else {
            continue;
        };
        if token.rel() == "nmod" {
            candidate.facts.employers.push(child);
        }
        if let Some(sector) = agent.sector.clone().filter(|_| !agent.bearer) {
            let span = span_of(view, (start, child + 1));
            let by = format!("agent:{}", token.lemma.to_lowercase());
            candidate.facts.sector.push((sector, evidence("sector", by, span, 0.8)));
        }
    }
}

/// Office or part in words: what stands before the name, or the whole phrase without determiner and country.
fn role(view: &View, candidate: &mut Candidate) {
    let country = |i: usize| view.name_of(i).is_some_and(|n| sense_of(n).is_some_and(|s| s <= Sense::Place));
    let (range, score): (Vec<usize>, f32) = match candidate.name {
        Some((first, _)) => {
            let before: Vec<usize> = (candidate.tokens.0..first).collect();
            (before, 0.9)
        }
        None => ((candidate.tokens.0..candidate.tokens.1).collect(), 0.7),
    };
    let mut range: Vec<usize> = range;
    // The possessor and all before it name someone else.
    if let Some(cut) = range.iter().rposition(|&i| {
        i < candidate.head.max(candidate.name.map_or(0, |n| n.0))
            && view.token(i).is_some_and(|t| t.xpos == "POS" || t.xpos == "PRP$")
    }) {
        range.drain(..=cut);
    }
    while let Some(&first) = range.first() {
        let Some(token) = view.token(first) else {
            break;
        };
        if matches!(token.rel(), "det" | "punct" | "cc")
            || country(first)
            || view.book.honorific(&token.form).is_some() && range.len() == 1
        {
            range.remove(0);
        } else {
            break;
        }
    }
    while range.last().is_some_and(|&i| view.token(i).is_some_and(|t| t.upos == "PUNCT")) {
        range.pop();
    }
    let has_agent = range.iter().any(|&i| view.book.agent(&view.sentence.tokens, i).is_some());
    if range.is_empty() || !has_agent {
        return;
    }
    let text = words(view, &range);
    let span = range.first().zip(range.last()).and_then(|(&a, &b)| span_of(view, (a, b + 1)));
    let by = if candidate.name.is_some() { "actor.title" } else { "actor.description" };
    if candidate.facts.role.as_ref().is_none_or(|(_, e)| e.score < score) {
        candidate.facts.role = Some((text, evidence("role", by, span, score)));
    }
}
