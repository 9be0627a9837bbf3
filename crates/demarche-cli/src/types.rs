//! `demarche types`: the codebook as its manual.

use crate::args::TypesArgs;
use crate::near::nearest;
use crate::screen::{self, BOLD, FAINT, PROSE_WIDTH, paint, wrap};
use crate::{Failure, Outcome, is_codebook};
use demarche::codebook::Codebook;
use demarche::codebook::events::{EventBook, EventType, Example};
use std::fmt::Write as _;
use std::io::Write as _;

pub fn run(args: &TypesArgs) -> Outcome {
    let book = match &args.codebook {
        Some(dir) => {
            is_codebook(dir).map_err(Failure::Usage)?;
            Codebook::load(dir)?
        }
        None => Codebook::built_in()?,
    };
    let mut out = screen::out();
    match &args.name {
        None => out.write_all(list(&book.events).as_bytes())?,
        Some(name) => out.write_all(manual(&book.events, find(&book.events, name)?).as_bytes())?,
    }
    Ok(true)
}

fn find<'b>(book: &'b EventBook, name: &str) -> Result<&'b EventType, Failure> {
    if let Some(found) = book.types.iter().find(|t| t.name.eq_ignore_ascii_case(name)) {
        return Ok(found);
    }
    let names: Vec<&str> = book.types.iter().map(|t| t.name.as_str()).collect();
    let remedy = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("the types are {}", names.join(", ")),
    };
    Err(Failure::Usage(format!("there is no event type {name}; {remedy}")))
}

fn quad(n: u8) -> &'static str {
    match n {
        1 => "verbal cooperation",
        2 => "material cooperation",
        3 => "verbal conflict",
        _ => "material conflict",
    }
}

/// All types, the most cooperative first.
fn list(book: &EventBook) -> String {
    let mut types: Vec<&EventType> = book.types.iter().collect();
    types.sort_by_key(|t| t.quad);
    let width = screen::width().min(PROSE_WIDTH);
    let (mut out, mut last) = (String::new(), 0);
    for t in types {
        if t.quad != last {
            let _ = writeln!(out, "{}{}", if last == 0 { "" } else { "\n" }, paint(BOLD, quad(t.quad)));
            last = t.quad;
        }
        let about = first_sentence(&t.definition);
        let _ = writeln!(out, "  {:<14}{}", t.name, wrap(&about, width, 16).trim_start());
        if !t.modes.is_empty() {
            let modes = t.modes.iter().map(|m| m.id.as_str()).collect::<Vec<_>>().join(", ");
            let _ = writeln!(out, "{}", paint(FAINT, &wrap(&format!("modes: {modes}"), width, 16)));
        }
    }
    let _ = writeln!(out, "\n`demarche types TYPE` prints the manual of one of them.");
    out
}

/// Prose begins after the headings.
fn first_sentence(definition: &str) -> String {
    let prose: Vec<&str> = definition
        .lines()
        .skip_while(|l| l.starts_with('#') || l.trim().is_empty())
        .take_while(|l| !l.trim().is_empty())
        .collect();
    let prose = prose.join(" ");
    let end = prose.find(". ").map_or(prose.len(), |i| i + 1);
    prose.get(..end).unwrap_or(&prose).to_string()
}

fn manual(book: &EventBook, t: &EventType) -> String {
    let width = screen::width().min(PROSE_WIDTH);
    let mut out = String::new();
    let mut para = |text: &str| {
        let _ = writeln!(out, "{text}\n");
    };
    for block in t.definition.split("\n\n") {
        match block.trim().strip_prefix('#') {
            Some(title) => para(&paint(BOLD, title.trim_start_matches('#').trim())),
            None if block.trim_start().starts_with(['-', '|', '*']) => para(block.trim_end()),
            None => para(&wrap(block, width, 0)),
        }
    }
    let cameo = |code: &Option<String>| code.as_ref().map_or(String::new(), |c| format!(", CAMEO {c}"));
    para(&format!("{} ({}), value {:+.1}{}", quad(t.quad), t.quad, t.score, cameo(&t.cameo)));
    if !t.modes.is_empty() {
        let mut text = paint(BOLD, "Modes");
        for m in &t.modes {
            let value = m.score.map_or(String::new(), |s| format!(" ({s:+.1}{})", cameo(&m.cameo)));
            let _ = write!(text, "\n{}", wrap(&format!("{}{value}: {}", m.id, m.about), width, 2));
        }
        para(&text);
    }
    let frames: Vec<&str> = book.frames.iter().filter(|f| f.event == t.name).map(|f| f.id.as_str()).collect();
    if !frames.is_empty() {
        para(&format!("{}\n{}", paint(BOLD, "Frames"), wrap(&frames.join(", "), width, 2)));
    }
    for (title, list) in [("Examples", &t.examples), ("Counter-examples", &t.counter_examples)] {
        if !list.is_empty() {
            para(&format!("{}\n{}", paint(BOLD, title), examples(list, width)));
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn examples(list: &[Example], width: usize) -> String {
    let mut lines = Vec::new();
    for example in list {
        lines.push(wrap(&example.text, width, 2));
        for e in &example.expected {
            let mut words = vec![e.event.clone()];
            words.extend(e.mode.clone());
            let mut text = words.join(" ");
            if let Some(predicate) = &e.predicate {
                let _ = write!(text, " “{predicate}”");
            }
            for (field, value) in &e.fields {
                let _ = write!(text, "; {field}: {value}");
            }
            lines.push(paint(FAINT, &wrap(&format!("→ {text}"), width, 4)));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_types_have_their_manual() {
        let book = EventBook::built_in().unwrap();
        let list = list(&book);
        let mut wrong = Vec::new();
        for t in &book.types {
            let manual = manual(&book, t);
            if !list.contains(&t.name) || t.examples.iter().any(|e| !manual.contains(&e.text[..10])) {
                wrong.push(t.name.clone());
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn a_slip_in_a_type_is_answered() {
        let book = EventBook::built_in().unwrap();
        for (name, words) in [("REJCET", "did you mean REJECT?"), ("banana", "the types are")] {
            match find(&book, name) {
                Err(Failure::Usage(message)) => assert!(message.contains(words), "{message}"),
                other => panic!("{name}: {other:?}"),
            }
        }
        assert!(find(&book, "reject").is_ok());
    }
}
