//! What the command line may say.

use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit codes:
  0  done; single pages may have had notes
  1  a page could not be read, or `check` found a fault
  2  wrong use: an unknown command, option, type or value, or a codebook that cannot be loaded";

#[derive(Debug, Parser)]
#[command(
    name = "demarche",
    version,
    about = "Reads news pages and writes down the diplomatic and political events in them as data",
    after_help = EXIT_CODES,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Code the events of pages
    Code(CodeArgs),
    /// Show for each event of a page which rule or model head set which field, and how surely
    Explain(ExplainArgs),
    /// Run every example and counter-example of a codebook
    Check(CheckArgs),
    /// Print the codebook as its manual
    Types(TypesArgs),
}

/// Code the events of pages.
///
/// HTML, plain text and JSONL are told apart by name and by content. A JSONL file holds one article a line: `text` is
/// needed, `title`, `date` and `url` are optional. At a terminal the events are shown as a table; redirected, they are
/// written as JSON, one event a line. A page that cannot be read is named on standard error and does not end the run.
#[derive(Debug, Arguments)]
#[command(after_help = EXIT_CODES, after_long_help = EXIT_CODES)]
pub struct CodeArgs {
    /// Files, folders (searched with their subfolders), or - for standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value = "events")]
    pub what: What,
    /// How to write it [default: table at a terminal, jsonl otherwise]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Day of publication of pages that give none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub date: Option<String>,
    /// Leave out events below this confidence [default: the codebook's, where F1 is best]
    #[arg(long, value_name = "0..1", value_parser = share)]
    pub min_confidence: Option<f32>,
    /// Threads; the output is the same for any number [default: one for each processor]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// A codebook in place of the built-in one
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
}

/// Show for each event of a page which rule or model head set which field, and how surely.
///
/// The sentence stands first, with its parts marked: coloured at a terminal, in brackets otherwise. A line for each value
/// that was set follows, with what set it, the score, and the value that came second.
#[derive(Debug, Arguments)]
#[command(after_help = EXIT_CODES, after_long_help = EXIT_CODES)]
pub struct ExplainArgs {
    /// A page, or - for standard input
    pub file: PathBuf,
    /// Number of an event on the page, or the beginning of its id [default: all events]
    pub event: Option<String>,
    /// Day of publication of pages that give none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub date: Option<String>,
    /// A codebook in place of the built-in one
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
}

/// Run every example and counter-example of a codebook.
///
/// Reports each that fails, unknown codes, duplicates, and rules that no example exercises; the exit code is 1 on any.
#[derive(Debug, Arguments)]
#[command(after_help = EXIT_CODES, after_long_help = EXIT_CODES)]
pub struct CheckArgs {
    /// Folder of the codebook [default: the built-in one]
    pub dir: Option<PathBuf>,
}

/// Print the codebook as its manual.
#[derive(Debug, Arguments)]
#[command(after_help = EXIT_CODES)]
pub struct TypesArgs {
    /// An event type [default: a list of all]
    #[arg(value_name = "TYPE")]
    pub name: Option<String>,
    /// A codebook in place of the built-in one
    #[arg(long, value_name = "DIR")]
    pub codebook: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Who did what to whom
    Events,
    /// The structure of the page, and its text
    Articles,
    /// Sentences with tokens, lemmas, tags, heads and names
    Sentences,
    /// Who, when and where
    Mentions,
    /// Who says what
    Quotations,
    /// Who speaks for whom
    SpeaksFor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// One JSON object a line
    Jsonl,
    /// One JSON list
    Json,
}

/// A day that exists, as `YYYY-MM-DD`.
pub fn day(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let [y, m, d] = parts.as_slice() else { return Err("write it as in 2019-11-14".into()) };
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    if !(digits(y, 4) && digits(m, 2) && digits(d, 2)) {
        return Err("write it as in 2019-11-14".into());
    }
    let number = |s: &str| s.parse::<u32>().unwrap_or(0);
    let (year, month, day) = (number(y), number(m), number(d));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return Err("a month is 01 to 12".into()),
    };
    if day == 0 || day > days {
        return Err(format!("that month has the days 01 to {days}"));
    }
    Ok(text.to_string())
}

fn share(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(x) if (0.0..=1.0).contains(&x) => Ok(x),
        _ => Err("write a number from 0 to 1, as in 0.5".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn days_must_exist() {
        for (text, good) in [
            ("2019-11-14", true),
            ("2020-02-29", true),
            ("2019-02-29", false),
            ("1900-02-29", false),
            ("2019-13-01", false),
            ("2019-00-10", false),
            ("2019-04-31", false),
            ("2019-4-3", false),
            ("14.11.2019", false),
            ("yesterday", false),
            ("", false),
        ] {
            assert_eq!(day(text).is_ok(), good, "{text}");
        }
    }
}
