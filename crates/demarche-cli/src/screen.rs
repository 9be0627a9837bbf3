//! The terminal: its width, whether it is one, and messages to people.

use anstyle::{AnsiColor, Style};
use demarche::record::Note;
use std::io::{IsTerminal, Write};

/// Columns where the width is not known.
const USUAL_WIDTH: usize = 100;
/// No line of prose is longer, however wide the terminal.
pub const PROSE_WIDTH: usize = 100;

pub const BOLD: Style = Style::new().bold();
pub const FAINT: Style = Style::new().dimmed();
pub const GOOD: Style = AnsiColor::Green.on_default();
pub const BAD: Style = AnsiColor::Red.on_default();

/// True if standard output is a terminal.
pub fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Columns of the terminal; `COLUMNS` where there is none.
pub fn width() -> usize {
    let known = terminal_size::terminal_size().map(|(w, _)| usize::from(w.0));
    let told = || std::env::var("COLUMNS").ok()?.trim().parse().ok();
    known.filter(|_| is_terminal()).or_else(told).filter(|w| *w > 0).unwrap_or(USUAL_WIDTH).clamp(20, 1000)
}

/// Standard output that drops colours where there is no terminal, or where `NO_COLOR` or `CLICOLOR` say so.
pub fn out() -> anstream::AutoStream<std::io::StdoutLock<'static>> {
    anstream::stdout().lock()
}

/// True if [`out`] keeps colours.
pub fn has_colour() -> bool {
    !matches!(anstream::AutoStream::choice(&std::io::stdout()), anstream::ColorChoice::Never)
}

/// A message on standard error; if that is closed, nobody wants it.
pub fn tell(message: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{BOLD}demarche{BOLD:#}: {message}");
}

/// What a note says, for people.
pub fn note(name: &str, note: &Note) -> String {
    format!("{name}: {} ({})", note.message, note.kind)
}

/// `text` painted.
pub fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Breaks a text at blanks into lines of at most `width` characters, behind `indent` blanks.
pub fn wrap(text: &str, width: usize, indent: usize) -> String {
    let room = width.saturating_sub(indent).max(10);
    let mut out = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > room {
            out.push('\n');
            used = 0;
        }
        if used == 0 {
            out.push_str(&" ".repeat(indent));
        } else {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks() {
        assert_eq!(wrap("one two three four", 12, 2), "  one two\n  three four");
        assert_eq!(wrap("  ", 12, 2), "");
        assert_eq!(wrap("extraordinarily long", 5, 0), "extraordinarily\nlong");
    }
}
