//! Finding expressions: which rules match where, which of them win, and how neighbours join.

use super::op::{self, Op};
use crate::codebook::time::{Dir, How, Rule, TimeBook, Words, normal};
use regex::Regex;

/// How far before and behind an expression its surroundings are looked at, in bytes.
const REACH: usize = 48;

/// One expression, not yet placed in time. Offsets are bytes of the text that was searched.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub start: usize,
    pub end: usize,
    pub op: Op,
    pub dir: Dir,
    pub kind: Option<String>,
    pub modifier: Option<String>,
    /// The day of a time of day, the year of a part of a year.
    pub of: Option<Box<Atom>>,
    pub until_anchor: bool,
    pub from_anchor: bool,
    /// Reckoned from the time spoken of last.
    pub from_last: bool,
    priority: i8,
}

/// All expressions of one sentence in their order; they do not overlap.
pub(super) fn find(text: &str, book: &TimeBook) -> Vec<Atom> {
    // ASCII only, so that offsets stay.
    let small = text.to_ascii_lowercase();
    let mut found = Vec::new();
    let slots = book.words.slots_in(&small);
    for rule in &book.rules {
        if rule.needs.is_some_and(|slot| slots.get(slot) == Some(&false)) {
            continue;
        }
        let piece = if rule.keep_case { text } else { &small };
        // Most rules match nowhere, and to ask so costs least.
        if !rule.regex.is_match(piece) {
            continue;
        }
        for caps in rule.regex.captures_iter(piece) {
            found.extend(atom(text, &small, rule, &caps, book));
        }
    }
    let mut atoms = choose(found);
    atoms = join(&small, atoms, book);
    for atom in &mut atoms {
        modify(&small, atom, book);
    }
    // A modifier may have grown over its neighbour; the first keeps its ground.
    let mut end = 0;
    atoms.retain(|a| {
        let free = a.start >= end;
        if free {
            end = a.end;
        }
        free
    });
    atoms
}

fn head(text: &str, end: usize) -> &str {
    let mut start = end.saturating_sub(REACH);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..end).unwrap_or("")
}

fn tail(text: &str, start: usize) -> &str {
    let mut end = (start + REACH).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(start..end).unwrap_or("")
}

fn atom(text: &str, small: &str, rule: &Rule, caps: &regex::Captures<'_>, book: &TimeBook) -> Option<Atom> {
    let whole = caps.get(0)?;
    let (mut start, mut end) = (whole.start(), whole.end());
    let surface = text.get(start..end)?;
    if !whole_words(text, start, end) {
        return None;
    }
    let (left, right) = (head(small, start), tail(small, end));
    let fits = |r: &Option<Regex>, side: &str| r.as_ref().is_none_or(|r| r.is_match(side));
    let hits = |r: &Option<Regex>, side: &str| r.as_ref().is_some_and(|r| r.is_match(side));
    if !fits(&rule.before, left) || !fits(&rule.after, right) {
        return None;
    }
    if hits(&rule.before_not, left) || hits(&rule.after_not, right) {
        return None;
    }
    if rule.capital && !surface.chars().any(|c| c.is_uppercase() || c.is_ascii_digit()) {
        return None;
    }
    if rule.year_like
        && surface.starts_with(|c: char| c.is_ascii_digit())
        && !like_year(surface, left, right, &book.words)
    {
        return None;
    }
    let op = op::read(rule, caps, &book.words)?;
    if let Some(trim) = &rule.trim {
        let cut = surface.len().saturating_sub(trim.len());
        if surface.get(cut..).is_some_and(|s| normal(s) == normal(trim)) {
            end = start + cut;
        } else if let Some(at) = surface.rfind('’') {
            end = start + at;
        }
    }
    if let Some(m) = rule.trim_start.as_ref().and_then(|r| r.find(small.get(start..end)?)) {
        start += m.end();
    }
    let mut dir = rule.dir;
    if rule.dir_word {
        let word = caps.name("dir").map_or(surface, |m| m.as_str());
        dir = match normal(word).split(' ').collect::<Vec<_>>().as_slice() {
            ["this", "past", ..] | ["last" | "previous" | "preceding", ..] => Dir::Past,
            ["this", "coming", ..] | ["next" | "following", ..] => Dir::Future,
            ["this", ..] => Dir::This,
            _ => dir,
        };
    }
    Some(Atom {
        start,
        end,
        op,
        dir,
        kind: rule.kind.clone(),
        modifier: rule.modifier.clone(),
        of: None,
        until_anchor: false,
        from_anchor: false,
        from_last: rule.from_last,
        priority: rule.priority,
    })
}

/// True if the match neither begins nor ends inside a word or a number.
fn whole_words(text: &str, start: usize, end: usize) -> bool {
    let (Some(left), Some(inner), Some(right)) = (text.get(..start), text.get(start..end), text.get(end..)) else {
        return false;
    };
    let (before, after) = (left.chars().next_back(), right.chars().next());
    let (first, last) = (inner.chars().next(), inner.chars().next_back());
    let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if first.is_some_and(char::is_alphanumeric)
        && before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '$' | '£' | '€' | '¥' | '#' | '_' | '@'))
    {
        return false;
    }
    if last.is_some_and(char::is_alphanumeric)
        && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '%' | '@'))
    {
        return false;
    }
    // 1,990 and 3.1990 are one number each.
    if number(first) && before.is_some_and(|c| matches!(c, '.' | ',' | ':' | '/')) && number(left.chars().rev().nth(1))
    {
        return false;
    }
    if number(last) && after.is_some_and(|c| matches!(c, '.' | ',' | ':' | '/')) && number(right.chars().nth(1)) {
        return false;
    }
    true
}

/// True if a number of four figures between such neighbours (in lower case) is read as a year.
fn like_year(number: &str, left: &str, right: &str, words: &Words) -> bool {
    let before = left.trim_end().rsplit(char::is_whitespace).next().unwrap_or("");
    let after = right.trim_start().split(char::is_whitespace).next().unwrap_or("");
    if left.ends_with(['-', '–', '/']) && !["mid", "pre", "post"].iter().any(|p| before.starts_with(p)) {
        return false;
    }
    if right.starts_with('-') && right.get(1..).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit())) {
        return false;
    }
    let after = after.trim_end_matches(|c: char| !c.is_alphanumeric());
    if words.listed("counted-after", after) || words.listed("counted-before", before) {
        return false;
    }
    // A round number before a plural counts; `2016 elections` is a year.
    let round = number.ends_with("00") || number.ends_with("50");
    let plural = right.starts_with(char::is_whitespace)
        && after.len() > 3
        && after.ends_with('s')
        && !words.listed("no-plural", after);
    !(round && plural) || words.listed("year-before", before)
}

/// The winners among overlapping matches: the higher priority, the longer, the earlier.
fn choose(mut found: Vec<Atom>) -> Vec<Atom> {
    found.sort_by(|a, b| {
        b.priority.cmp(&a.priority).then((b.end - b.start).cmp(&(a.end - a.start))).then(a.start.cmp(&b.start))
    });
    let mut taken: std::collections::BTreeMap<usize, Atom> = std::collections::BTreeMap::new();
    for atom in found {
        let before = taken.range(..atom.end).next_back().is_some_and(|(_, t)| t.end > atom.start);
        if !before {
            taken.insert(atom.start, atom);
        }
    }
    taken.into_values().filter(|a| a.op != Op::Nothing).collect()
}

fn join(text: &str, atoms: Vec<Atom>, book: &TimeBook) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::with_capacity(atoms.len());
    for atom in atoms {
        let Some(last) = out.last_mut() else {
            out.push(atom);
            continue;
        };
        let gap = text.get(last.end..atom.start).unwrap_or("\n");
        let how = (gap.len() <= REACH).then(|| {
            book.joins.iter().find(|j| {
                j.left.iter().any(|k| last.op.is(k)) && j.right.iter().any(|k| atom.op.is(k)) && j.gap.is_match(gap)
            })
        });
        let Some(join) = how.flatten() else {
            out.push(atom);
            continue;
        };
        match join.how {
            How::PartOfDay | How::PartOfYear => {
                last.end = atom.end;
                last.of = Some(Box::new(atom));
            }
            How::DayPart | How::YearPart => {
                let mut part = atom;
                part.start = last.start;
                std::mem::swap(last, &mut part);
                last.of = Some(Box::new(part));
            }
            How::Same => {
                let start = last.start;
                *last = atom;
                last.start = start;
            }
            How::SameLeft => last.end = atom.end,
        }
    }
    out
}

/// Takes in the words around an expression that change it.
fn modify(text: &str, atom: &mut Atom, book: &TimeBook) {
    for _ in 0..2 {
        let mut grown = false;
        for m in &book.modifiers {
            if !m.on.iter().any(|kind| atom.op.is(kind)) {
                continue;
            }
            let (start, end) = (atom.start, atom.end);
            if m.unless.as_ref().is_some_and(|r| r.is_match(text.get(start..end).unwrap_or(""))) {
                continue;
            }
            if m.after {
                if let Some(found) = m.regex.captures(tail(text, end)).and_then(|c| c.get(1)) {
                    atom.end += found.end();
                }
            } else {
                let left = head(text, start);
                if let Some(found) = m.regex.captures(left).and_then(|c| c.get(1)) {
                    atom.start -= left.len() - found.start();
                }
            }
            if (start, end) != (atom.start, atom.end) {
                grown = true;
                atom.modifier = atom.modifier.take().or_else(|| m.modifier.clone());
                atom.until_anchor |= m.until_anchor;
                atom.from_anchor |= m.from_anchor;
            }
        }
        if !grown {
            break;
        }
    }
}
