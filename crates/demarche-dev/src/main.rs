//! Evaluation, generators and benchmarks of Demarche.

mod conllu;
mod eval;
mod speed;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "demarche-dev", version, about = "Evaluation, generators and benchmarks of Demarche")]
struct Args {
    /// A model file in place of the built-in one.
    #[arg(long, global = true)]
    model: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure a task on a data set; prints one JSON line last.
    Eval {
        /// relation, coding, parse, names, coreference, time, quotes, places, copies, corpus, quiet, articles, pages, reading
        task: String,
        /// A file or folder in the form of the task's development set.
        path: PathBuf,
        /// Write what was predicted, in the form of the gold.
        #[arg(long)]
        predictions: Option<PathBuf>,
    },
    /// Measure the speed of the language stage on a file with one paragraph a line; prints one JSON line.
    Speed {
        /// The paragraphs.
        file: PathBuf,
        /// Threads that read at once.
        #[arg(short = 'j', long, default_value_t = 1)]
        threads: usize,
        /// Propose events too.
        #[arg(long)]
        events: bool,
    },
}

fn main() -> ExitCode {
    let args = Args::parse();
    if let Some(model) = args.model {
        let _ = eval::MODEL.set(model);
    }
    let (task, measures) = match args.command {
        Command::Eval { task, path, predictions } => {
            let measures = eval::run(&task, &path, predictions.as_deref());
            (task, measures)
        }
        Command::Speed { file, threads, events } => ("speed".into(), speed::run(&file, threads, events)),
    };
    match measures {
        Ok(measures) => {
            println!("{measures}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("demarche-dev: {task}: {message}");
            ExitCode::FAILURE
        }
    }
}
