//! Rules, calendars and holidays for time expressions.
//!
//! The rules are data: TOML files, one a family, each rule with a pattern, what its value is, and examples that must
//! come out of it. They are compiled once; `TimeBook::check` runs every example.

mod raw;
mod rule;
mod words;

pub(crate) use raw::Example;
pub(crate) use rule::{Arg, Dir, Func, How, Join, Modifier, Rule};
pub(crate) use words::{Feast, Words, normal};

use crate::error::Error;
use std::path::Path;

/// The files that are compiled in, by name.
const BUILT_IN: [(&str, &str); 12] = [
    ("time/calendars.toml", include_str!("../../../codebook/time/calendars.toml")),
    ("time/dates.toml", include_str!("../../../codebook/time/dates.toml")),
    ("time/durations.toml", include_str!("../../../codebook/time/durations.toml")),
    ("time/holidays.toml", include_str!("../../../codebook/time/holidays.toml")),
    ("time/joins.toml", include_str!("../../../codebook/time/joins.toml")),
    ("time/periods.toml", include_str!("../../../codebook/time/periods.toml")),
    ("time/relative.toml", include_str!("../../../codebook/time/relative.toml")),
    ("time/sets.toml", include_str!("../../../codebook/time/sets.toml")),
    ("time/times.toml", include_str!("../../../codebook/time/times.toml")),
    ("time/vague.toml", include_str!("../../../codebook/time/vague.toml")),
    ("time/weekdays.toml", include_str!("../../../codebook/time/weekdays.toml")),
    ("time/words.toml", include_str!("../../../codebook/time/words.toml")),
];

/// Rules, calendars and holidays for time expressions, compiled.
#[derive(Debug, Default)]
pub struct TimeBook {
    pub(crate) rules: Vec<Rule>,
    pub(crate) joins: Vec<Join>,
    pub(crate) modifiers: Vec<Modifier>,
    pub(crate) words: Words,
    pub(crate) examples: Vec<Example>,
}

impl TimeBook {
    /// The part that is compiled in.
    pub fn built_in() -> Result<Self, Error> {
        let files: Vec<(String, String)> =
            BUILT_IN.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
        Self::compile(&files)
    }

    /// Reads the TOML files of `dir/time`, by name; the built-in part where there is no such folder.
    pub fn load(dir: &Path) -> Result<Self, Error> {
        let folder = dir.join("time");
        if !folder.is_dir() {
            return Self::built_in();
        }
        let unreadable = |path: &Path, e: std::io::Error| {
            Error::codebook(format!("cannot be read: {e}")).at(path.display().to_string(), None)
        };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(|e| unreadable(&folder, e))? {
            let path = entry.map_err(|e| unreadable(&folder, e))?.path();
            if path.extension().is_some_and(|e| e == "toml") {
                let text = std::fs::read_to_string(&path).map_err(|e| unreadable(&path, e))?;
                files.push((path.display().to_string(), text));
            }
        }
        files.sort();
        if files.is_empty() {
            return Err(Error::codebook("holds no .toml file")
                .at(folder.display().to_string(), None)
                .remedy("remove the folder to use the built-in rules, or copy their files into it"));
        }
        Self::compile(&files)
    }

    fn compile(files: &[(String, String)]) -> Result<Self, Error> {
        let mut parsed = Vec::new();
        for (name, text) in files {
            parsed.push((name.as_str(), text.as_str(), raw::parse(name, text)?));
        }
        let mut book = TimeBook::default();
        // Words first, whatever the order of the files: every pattern is written with them.
        for (name, text, file) in &parsed {
            book.words.add(name, text, file)?;
        }
        book.words.index()?;
        for (name, text, file) in &parsed {
            rule::add(&mut book, name, text, file)?;
        }
        Ok(book)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(rules: &str) -> String {
        let words = "[slot.month]\nmay = 5\n";
        let files = vec![("words.toml".to_string(), words.to_string()), ("own.toml".to_string(), rules.to_string())];
        TimeBook::compile(&files).err().map(|e| e.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_bad_rule_is_an_error_with_its_file_and_line() {
        let rule = |pattern: &str, value: &str| {
            format!(
                "[[rule]]\nid = 'x'\nmatch = '{pattern}'\nvalue = '{value}'\nexamples = [{{ text = 'a', none = true }}]\n"
            )
        };
        let twice = rule("a", "none()") + &rule("b", "none()");
        let rows = [
            (rule("{moon}", "none()"), "own.toml:3:", "no slot `moon`"),
            (rule("(a", "none()"), "own.toml:3:", "unclosed group"),
            (rule("{month", "none()"), "own.toml:3:", "brace is not closed"),
            (rule("{month}", "moon(month)"), "own.toml:4:", "no function `moon`"),
            (rule("{month}", "month(0, year)"), "own.toml:4:", "no group `year`"),
            (rule("{month}", "month"), "own.toml:4:", "a value is written like"),
            (twice, "own.toml:7:", "stands twice"),
            ("[[rule]]\nid = 'x'\nmatch = 'a'\nvalue = 'none()'\n".into(), "own.toml:3:", "has no example"),
            ("[[rule]]\nid = 'x'\nmatsch = 'a'\n".into(), "own.toml:", "matsch"),
            ("[holiday]\n\"Moon Day\" = \"on 13-1\"\n".into(), "own.toml:2:", "`on 13-1` is not understood"),
            (
                "[[join]]\nleft = ['moon']\ngap = ' '\nright = ['day']\nhow = 'same'\n".into(),
                "own.toml:3:",
                "no kind `moon`",
            ),
            ("[tense]\nnow = ['is']\n".into(), "own.toml:", "no tense `now`"),
            ("a = [".into(), "own.toml:1:", ""),
        ];
        let wrong: Vec<String> = rows
            .iter()
            .map(|(rules, place, part)| (error(rules), place, part))
            .filter(|(got, place, part)| !got.starts_with(*place) || !got.contains(*part))
            .map(|(got, place, part)| format!("wanted `{place} ... {part}`, got `{got}`"))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn a_wrong_example_fails_the_check() {
        let rules = "[[rule]]\nid = 'x'\nmatch = '{month}'\nvalue = 'month(0, month)'\n\
                     examples = [{ text = 'in May', anchor = '2019-11-14', span = 'May', value = '2018-05' }]\n";
        let words = "[slot.month]\nmay = 5\n";
        let files = vec![("words.toml".to_string(), words.to_string()), ("own.toml".to_string(), rules.to_string())];
        let error = TimeBook::compile(&files).and_then(|book| book.check()).unwrap_err();
        assert_eq!((error.file(), error.line()), (Some("own.toml"), Some(5)), "{error}");
    }
}
