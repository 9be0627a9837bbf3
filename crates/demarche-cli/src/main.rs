//! The program `demarche`: news pages in, coded events out.

mod args;
mod check;
mod code;
mod explain;
mod input;
mod near;
mod render;
mod screen;
mod table;
mod types;

use args::{Args, Command};
use clap::Parser;
use demarche::{Engine, Error, Options};
use screen::tell;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Wrong use, or a codebook or model that cannot be loaded.
    Usage(String),
    /// The output could not be written.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(e: io::Error) -> Self {
        Failure::Output(e)
    }
}

impl From<Error> for Failure {
    fn from(e: Error) -> Self {
        Failure::Usage(e.to_string())
    }
}

/// True if all was well: exit code 0, else 1.
pub type Outcome = Result<bool, Failure>;

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Command::Code(args) => code::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Types(args) => types::run(&args),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads the output has seen enough: `demarche code ... | head`.
        Err(Failure::Output(e)) if e.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(e)) => {
            tell(&format!("the output cannot be written: {e}"));
            ExitCode::from(1)
        }
        Err(Failure::Usage(message)) => {
            tell(&message);
            ExitCode::from(2)
        }
    }
}

/// The engine with the codebook of a folder, or the built-in one.
pub fn engine(codebook: Option<&Path>, min_confidence: Option<f32>) -> Result<Engine, Failure> {
    if let Some(dir) = codebook {
        is_codebook(dir).map_err(Failure::Usage)?;
    }
    Ok(Engine::new(Options { codebook: codebook.map(Path::to_path_buf), min_confidence, ..Options::default() })?)
}

const PARTS: [&str; 4] = ["events", "actors", "places", "time"];

/// A folder without any part of a codebook would silently stand for the built-in one.
pub fn is_codebook(dir: &Path) -> Result<(), String> {
    if !dir.is_dir() {
        return Err(format!("{}{}", dir.display(), near::missing(dir)));
    }
    if !PARTS.iter().any(|p| dir.join(p).is_dir()) {
        let parts = PARTS.join(", ");
        return Err(format!(
            "{} is no codebook: it has none of the folders {parts}; name the folder that holds them",
            dir.display()
        ));
    }
    Ok(())
}
