//! The rules' own examples.

use super::find;
use crate::codebook::time::TimeBook;
use crate::error::Error;

impl TimeBook {
    /// Runs every example of every rule.
    ///
    /// # Errors
    /// The first example that does not come out as it is written, with its file and line.
    pub fn check(&self) -> Result<(), Error> {
        match self.failures().into_iter().next() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// All examples that do not come out as they are written.
    pub fn failures(&self) -> Vec<Error> {
        let mut out = Vec::new();
        for example in &self.examples {
            let found = find(&example.text, example.anchor, self);
            let got = || {
                let all: Vec<String> = found
                    .iter()
                    .map(|w| match &w.modifier {
                        Some(m) => format!("`{}` = {} ({m})", w.text, w.value),
                        None => format!("`{}` = {}", w.text, w.value),
                    })
                    .collect();
                if all.is_empty() { "nothing".to_string() } else { all.join(", ") }
            };
            let right = match &example.expect {
                None => found.is_empty(),
                Some((span, value)) => found.iter().any(|w| {
                    &w.text == span
                        && &w.value == value
                        && example.modifier.as_ref().is_none_or(|m| w.modifier.as_ref() == Some(m))
                }),
            };
            if !right {
                let want = example.expect.as_ref().map_or("nothing".to_string(), |(s, v)| format!("`{s}` = {v}"));
                out.push(
                    Error::codebook(format!("example of {}: wanted {want}, got {}", example.rule, got()))
                        .at(example.file.clone(), Some(example.line)),
                );
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_the_built_in_rules_comes_out() {
        let book = TimeBook::built_in().unwrap();
        let failures: Vec<String> = book.failures().iter().map(ToString::to_string).collect();
        assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), book.examples.len(), failures.join("\n"));
    }
}
