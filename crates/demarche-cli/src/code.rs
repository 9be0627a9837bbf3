//! `demarche code`: pages to many threads, and what they made of them out in the order of the pages.

use crate::args::{CodeArgs, Format, What};
use crate::input::{self, Item, Source};
use crate::render::{self, View};
use crate::screen::{self, tell};
use crate::{Outcome, engine};
use crossbeam_channel::{Receiver, Sender, bounded};
use demarche::Engine;
use demarche::record::{Article, Note, Page, Reading};
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

/// Pages on their way for each thread: enough that none waits, few enough that memory stays flat.
const AHEAD: usize = 4;
/// Of a reading thread. Markup may be nested deeply.
const STACK: usize = 64 << 20;

/// A page to be read.
struct Job {
    number: usize,
    name: String,
    item: Item,
    /// Of the source, to be counted as done with this page.
    bytes: u64,
}

/// What was made of a page.
struct Done {
    number: usize,
    records: Vec<String>,
    notes: Vec<String>,
    events: usize,
    failed: bool,
    bytes: u64,
}

/// How pages are read and shown.
struct Plan<'a> {
    engine: &'a Engine,
    view: View,
    date: Option<&'a str>,
}

pub fn run(args: &CodeArgs) -> Outcome {
    let format = args.format.unwrap_or(if screen::is_terminal() { Format::Table } else { Format::Jsonl });
    let view = View { what: args.what, format, width: screen::width(), colour: screen::has_colour() };
    let engine = engine(args.codebook.as_deref(), args.min_confidence)?;
    let (sources, faults) = input::list(&args.paths);
    faults.iter().for_each(|f| tell(f));
    let threads = match args.jobs {
        Some(n) => usize::from(n),
        None => thread::available_parallelism().map_or(1, |n| n.get()),
    };
    let plan = Plan { engine: &engine, view, date: args.date.as_deref() };
    let mut writer = Writer::new(format, progress(&sources));
    for fault in &faults {
        writer.lost(fault, args.what, &plan.view)?;
    }
    read_all(&plan, &sources, threads, &mut writer)?;
    writer.finish()?;
    Ok(faults.is_empty() && !writer.failed)
}

/// A bar on standard error, where that is a terminal and there is more than one page.
fn progress(sources: &[Source]) -> ProgressBar {
    let many = sources.len() > 1 || sources.iter().any(|s| s.name.ends_with("jsonl"));
    if !many {
        return ProgressBar::hidden();
    }
    let known = sources.iter().all(|s| s.path.is_some());
    let (bar, template) = if known {
        let total = sources.iter().map(|s| s.bytes).sum();
        (ProgressBar::new(total), "{bar:30} {bytes}/{total_bytes}  {msg}  {eta} left")
    } else {
        (ProgressBar::new_spinner(), "{spinner} {msg}  {elapsed}")
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Reads all sources. Pages may be ready in any order; a ticket for each page on its way bounds how far the fast ones
/// run ahead of a slow one.
fn read_all(plan: &Plan, sources: &[Source], threads: usize, writer: &mut Writer) -> io::Result<()> {
    let ahead = threads * AHEAD;
    let (tickets, take_ticket) = bounded::<()>(ahead);
    for _ in 0..ahead {
        let _ = tickets.send(());
    }
    let (jobs, take_job) = bounded::<Job>(ahead);
    let (done, take_done) = bounded::<Done>(ahead);
    thread::scope(|scope| {
        let feeder = scope.spawn(move || feed(sources, &jobs, &take_ticket));
        for n in 0..threads {
            let (take_job, done) = (take_job.clone(), done.clone());
            let worker = move || {
                for job in take_job {
                    if done.send(work(plan, job)).is_err() {
                        break;
                    }
                }
            };
            thread::Builder::new().name(format!("read-{n}")).stack_size(STACK).spawn_scoped(scope, worker)?;
        }
        drop((take_job, done));
        let written = write_in_order(&take_done, &tickets, writer);
        // After a closed pipe the others must see that nobody takes their work any more.
        drop((take_done, tickets));
        let _ = feeder.join();
        written
    })
}

fn feed(sources: &[Source], jobs: &Sender<Job>, take_ticket: &Receiver<()>) {
    let mut number = 0;
    for source in sources {
        let mut bytes = source.bytes;
        let mut open = true;
        input::read(source, &mut |name, item| {
            let counted = if name == source.name { bytes } else { item.as_ref().map_or(0, |p| p.bytes.len() as u64) };
            bytes = bytes.saturating_sub(counted);
            open = take_ticket.recv().is_ok() && jobs.send(Job { number, name, item, bytes: counted }).is_ok();
            number += 1;
            open
        });
        if !open {
            return;
        }
    }
}

fn write_in_order(take_done: &Receiver<Done>, tickets: &Sender<()>, writer: &mut Writer) -> io::Result<()> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for done in take_done {
        waiting.insert(done.number, done);
        while let Some(done) = waiting.remove(&next) {
            writer.page(done)?;
            next += 1;
            let _ = tickets.try_send(());
        }
    }
    Ok(())
}

fn work(plan: &Plan, job: Job) -> Done {
    let reading = match job.item {
        Ok(page) => read_page(plan.engine, page, plan.date),
        Err(message) => lost(message),
    };
    let article = &reading.article;
    let failed = article.notes.iter().any(|n| matches!(n.kind.as_str(), "unreadable" | "binary"));
    Done {
        number: job.number,
        records: render::page(&job.name, &reading, &plan.view),
        notes: article.notes.iter().map(|n| screen::note(&job.name, n)).collect(),
        events: reading.events.len(),
        failed,
        bytes: job.bytes,
    }
}

/// Reads a page, with `date` where neither source nor page gives one.
pub fn read_page(engine: &Engine, mut page: Page, date: Option<&str>) -> Reading {
    let read = || {
        if page.date.is_none() && date.is_some() && demarche::page::read(&page).published.is_none() {
            page.date = date.map(str::to_string);
        }
        engine.read(&page)
    };
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| lost("the reader failed on this page; please report it, with the page".into()))
}

/// The reading of a page that could not be read.
fn lost(message: String) -> Reading {
    let article = Article { notes: vec![Note::new("unreadable", message)], ..Article::default() };
    Reading { article, ..Reading::default() }
}

/// Writes records in the order of the pages.
struct Writer {
    format: Format,
    bar: ProgressBar,
    pages: usize,
    events: usize,
    records: usize,
    failed: bool,
}

impl Writer {
    fn new(format: Format, bar: ProgressBar) -> Self {
        Writer { format, bar, pages: 0, events: 0, records: 0, failed: false }
    }

    /// A path that leads to no page is a page that could not be read.
    fn lost(&mut self, fault: &str, what: What, view: &View) -> io::Result<()> {
        if what == What::Articles && view.format != Format::Table {
            let records = render::page("", &lost(fault.to_string()), view);
            self.write(&records)?;
        }
        Ok(())
    }

    fn page(&mut self, done: Done) -> io::Result<()> {
        self.pages += 1;
        self.events += done.events;
        self.failed |= done.failed;
        let bar = self.bar.clone();
        bar.suspend(|| {
            done.notes.iter().for_each(|n| tell(n));
            self.write(&done.records)
        })?;
        bar.set_message(format!("{} pages, {} events", self.pages, self.events));
        bar.inc(done.bytes);
        Ok(())
    }

    fn write(&mut self, records: &[String]) -> io::Result<()> {
        let mut out = screen::out();
        for record in records {
            let before = match (self.format, self.records) {
                (Format::Json, 0) => "[\n",
                (Format::Json, _) => ",\n",
                (Format::Table, 1..) => "\n",
                _ => "",
            };
            let after = if self.format == Format::Json { "" } else { "\n" };
            write!(out, "{before}{record}{after}")?;
            self.records += 1;
        }
        out.flush()
    }

    fn finish(&mut self) -> io::Result<()> {
        self.bar.finish_and_clear();
        let mut out = screen::out();
        if self.format == Format::Json {
            out.write_all(if self.records == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        out.flush()
    }
}
