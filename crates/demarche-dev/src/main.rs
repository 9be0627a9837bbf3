//! Evaluation, generators and benchmarks of Demarche.

mod conllu;
mod eval;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "demarche-dev", version, about = "Evaluation, generators and benchmarks of Demarche")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure a task on a data set; prints one JSON line last.
    Eval {
        /// relation, coding, parse, names, coreference, time, quotes, places, copies, articles, pages, reading
        task: String,
        /// A file or folder in the form of the task's development set.
        path: PathBuf,
        /// Write what was predicted, in the form of the gold.
        #[arg(long)]
        predictions: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let Command::Eval { task, path, predictions } = Args::parse().command;
    match eval::run(&task, &path, predictions.as_deref()) {
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
