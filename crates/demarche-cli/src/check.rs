//! `demarche check`: does a codebook keep its word.

use crate::args::CheckArgs;
use crate::screen::{self, BAD, FAINT, GOOD, paint, tell};
use crate::{Failure, Outcome, is_codebook};
use demarche::codebook::actors::ActorBook;
use demarche::codebook::events::CodedExample;
use demarche::record::{Actor, Event, Page, PageKind};
use demarche::{Engine, Error, Options};
use std::io::Write;

/// Examples name weekdays and months; this is the day that they are read on.
const DAY: &str = "2004-05-12";

pub fn run(args: &CheckArgs) -> Outcome {
    if let Some(dir) = &args.dir {
        is_codebook(dir).map_err(Failure::Usage)?;
    }
    // A codebook that cannot be loaded is what a check is there to find.
    let engine = match Engine::new(Options { codebook: args.dir.clone(), ..Options::default() }) {
        Ok(engine) => engine,
        Err(e) if e.is_codebook() => {
            tell(&e.to_string());
            // Loading stops at the first fault; who mends a book wants to see them all.
            let more = args.dir.iter().flat_map(|dir| ActorBook::check_dir(dir));
            more.filter(|x| *x != e).for_each(|x| tell(&x.to_string()));
            return Ok(false);
        }
        Err(e) => return Err(e.into()),
    };
    let book = engine.codebook();
    let events = book.events.check(&|sentence| coded(&engine, sentence));
    let others: Vec<Error> = book.time.failures().into_iter().chain(book.actors.check()).collect();
    let mut out = screen::out();
    let faults = [
        ("example fails", &events.failures),
        ("stands twice", &events.duplicates),
        ("without example", &events.unexercised),
    ];
    for (what, list) in faults {
        for fault in list {
            writeln!(out, "{} {fault}", paint(BAD, what))?;
        }
    }
    for fault in &others {
        writeln!(out, "{} {fault}", paint(BAD, "fault"))?;
    }
    for (kind, other, n) in &events.confused {
        writeln!(out, "{}", paint(FAINT, &format!("{n} examples of {kind} also give {other}")))?;
    }
    let wrong = faults.iter().map(|(_, list)| list.len()).sum::<usize>() + others.len();
    let style = if wrong == 0 { GOOD } else { BAD };
    let summary = format!("{} of {} examples of events hold; {wrong} faults in all", events.passed, events.examples);
    writeln!(out, "{}", paint(style, &summary))?;
    Ok(wrong == 0)
}

/// What the engine makes of a sentence that is a page of its own.
fn coded(engine: &Engine, sentence: &str) -> Vec<CodedExample> {
    let page =
        Page { bytes: sentence.as_bytes().to_vec(), kind: PageKind::Body, date: Some(DAY.into()), ..Page::default() };
    engine.read(&page).events.iter().map(|e| example(engine, e)).collect()
}

fn example(engine: &Engine, e: &Event) -> CodedExample {
    let texts = |list: &[Actor]| list.iter().map(|a| a.text.clone()).collect();
    let frames = e.evidence.iter().filter(|x| engine.codebook().events.frame(&x.by).is_some());
    CodedExample {
        event: e.event.clone(),
        mode: e.mode.clone(),
        status: e.status.clone(),
        predicate: e.predicate.text.clone(),
        actor: texts(&e.actor),
        recipient: texts(&e.recipient),
        third: texts(&e.third_party),
        speaker: e.attribution.iter().filter(|a| a.span.is_some()).map(|a| a.text.clone()).collect(),
        terms: e.terms.as_ref().map(|p| p.text.clone()),
        condition: e.condition.as_ref().map(|p| p.text.clone()),
        deadline: e.deadline.as_ref().map(|w| w.text.clone()),
        // The story's own date has no words in the text.
        when: e.date.as_ref().filter(|w| w.span.is_some()).map(|w| w.text.clone()),
        place: e.place.as_ref().map(|p| p.text.clone()),
        cameo: e.cameo.clone(),
        frames: frames.map(|x| x.by.clone()).collect(),
    }
}
