//! One event type in one Markdown file: prose, one `toml` block, examples and counter-examples.

use super::words::line_of;
use crate::error::Error;

/// The parts of a file, not yet understood.
#[derive(Debug, Default)]
pub struct Parts<'t> {
    /// Everything before the `toml` block.
    pub definition: &'t str,
    pub toml: &'t str,
    /// Line of the first line of `toml`, counted from 1.
    pub toml_line: usize,
    pub examples: Vec<Example>,
    pub counter_examples: Vec<Example>,
}

/// A sentence and what must come out of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Example {
    pub text: String,
    /// Line of the file, counted from 1.
    pub line: usize,
    pub expected: Vec<Expected>,
}

/// One event that must come out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expected {
    pub event: String,
    pub mode: Option<String>,
    pub predicate: Option<String>,
    /// Field (`actor`, `recipient`, `status`, `terms`, `condition`, `deadline`, `speaker`, `third`, `cameo`) and value.
    pub fields: Vec<(String, String)>,
    pub line: usize,
}

/// Fields that an expectation may name.
const FIELDS: &[&str] =
    &["actor", "recipient", "status", "terms", "condition", "deadline", "speaker", "third", "cameo", "when", "where"];

#[derive(PartialEq, Clone, Copy)]
enum Part {
    Examples,
    CounterExamples,
    Other,
}

/// Splits a file into its parts.
pub fn split<'t>(file: &str, text: &'t str) -> Result<Parts<'t>, Error> {
    let mut parts = Parts::default();
    let Some(open) = text.find("```toml\n") else {
        return Err(Error::codebook("no toml block")
            .at(file, Some(1))
            .remedy("write one block between ```toml and ``` that gives type, quad and score"));
    };
    let body = open + "```toml\n".len();
    let rest = text.get(body..).unwrap_or("");
    let Some(close) = rest.find("\n```") else {
        return Err(Error::codebook("the toml block has no end")
            .at(file, Some(line_of(text, open)))
            .remedy("close it with a line of three backticks"));
    };
    parts.definition = text.get(..open).unwrap_or("").trim();
    parts.toml = rest.get(..close + 1).unwrap_or("");
    parts.toml_line = line_of(text, body);
    let after = body + close + 1;
    let tail = text.get(after..).unwrap_or("");
    if let Some(second) = tail.find("```toml\n") {
        return Err(Error::codebook("a second toml block")
            .at(file, Some(line_of(text, after + second)))
            .remedy("put everything into the first block"));
    }
    let first_line = line_of(text, after);
    let mut part = Part::Other;
    for (n, line) in tail.lines().enumerate() {
        let number = first_line + n;
        if let Some(title) = line.strip_prefix('#') {
            let title = title.trim_start_matches('#').trim().to_lowercase();
            part = match title.as_str() {
                "examples" => Part::Examples,
                "counter-examples" => Part::CounterExamples,
                _ => Part::Other,
            };
            continue;
        }
        let list = match part {
            Part::Examples => &mut parts.examples,
            Part::CounterExamples => &mut parts.counter_examples,
            Part::Other => continue,
        };
        if let Some(sentence) = line.strip_prefix("- ") {
            list.push(Example { text: sentence.trim().to_string(), line: number, expected: Vec::new() });
        } else if let Some(expected) = line.trim_start().strip_prefix("- ") {
            let expected = Expected::parse(expected, number).map_err(|message| {
                Error::codebook(message)
                    .at(file, Some(number))
                    .remedy("write `TYPE mode; predicate; actor: A + B; recipient: C; status: happened`")
            })?;
            match list.last_mut() {
                Some(example) => example.expected.push(expected),
                None => {
                    return Err(Error::codebook("an expectation without a sentence above it")
                        .at(file, Some(number))
                        .remedy("write the sentence as `- Sentence.` first"));
                }
            }
        }
    }
    Ok(parts)
}

impl Expected {
    /// Reads `REJECT meet; turned down; actor: Ankara; recipient: Dutch`.
    fn parse(text: &str, line: usize) -> Result<Self, String> {
        let mut expected = Expected { line, ..Expected::default() };
        for (n, field) in text.split(';').map(str::trim).enumerate() {
            if n == 0 {
                let mut words = field.split_whitespace();
                expected.event = words.next().unwrap_or("").to_string();
                expected.mode = words.next().map(str::to_string);
                if expected.event.is_empty()
                    || expected.event.chars().any(|c| c.is_lowercase())
                    || words.next().is_some()
                {
                    return Err(format!("`{field}` is no type with an optional mode"));
                }
                continue;
            }
            match field.split_once(':') {
                Some((key, value)) if FIELDS.contains(&key.trim()) => {
                    for value in value.split(" + ") {
                        expected.fields.push((key.trim().to_string(), value.trim().to_string()));
                    }
                }
                Some((key, _)) if !key.contains(' ') => {
                    return Err(format!("there is no field `{}`", key.trim()));
                }
                _ if n == 1 => expected.predicate = Some(field.to_string()),
                _ => return Err(format!("`{field}` has no field name")),
            }
        }
        Ok(expected)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# REJECT\nNo.\n\n```toml\ntype = \"REJECT\"\n```\n\n## Examples\n- Rome turned down a Dutch offer.\n  - REJECT assist; turned down; actor: Rome + Paris; recipient: Dutch\n\n## Counter-examples\n- It rained.\n";

    #[test]
    fn parts_and_their_lines() {
        let parts = split("reject.md", FILE).unwrap();
        assert_eq!(parts.definition, "# REJECT\nNo.");
        assert_eq!(parts.toml, "type = \"REJECT\"\n");
        assert_eq!(parts.toml_line, 5);
        let example = &parts.examples[0];
        assert_eq!((example.text.as_str(), example.line), ("Rome turned down a Dutch offer.", 9));
        let expected = &example.expected[0];
        assert_eq!((expected.event.as_str(), expected.mode.as_deref(), expected.line), ("REJECT", Some("assist"), 10));
        assert_eq!(expected.predicate.as_deref(), Some("turned down"));
        assert_eq!(
            expected.fields,
            [("actor", "Rome"), ("actor", "Paris"), ("recipient", "Dutch")]
                .map(|(a, b)| (a.to_string(), b.to_string()))
        );
        assert_eq!(parts.counter_examples[0].text, "It rained.");
    }

    #[test]
    fn faults_name_their_line() {
        for (text, line) in [
            ("no block", 1),
            ("a\n```toml\ntype = 1\n", 2),
            ("```toml\n\n```\n## Examples\n  - REJECT\n", 5),
            ("```toml\n\n```\n## Examples\n- A.\n  - REJECT; x; colour: red\n", 6),
            ("```toml\n\n```\n## Examples\n- A.\n  - reject\n", 6),
            ("```toml\n\n```\n```toml\n\n```\n", 4),
        ] {
            let error = split("x.md", text).unwrap_err();
            assert_eq!(error.line(), Some(line), "{text:?}: {error}");
        }
    }
}
