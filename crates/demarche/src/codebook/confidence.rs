//! `confidence.toml`: what each sign counts for in the confidence of an event.

use crate::error::Error;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

const NAME: &str = "confidence.toml";
const BUILT_IN: &str = include_str!("../../codebook/confidence.toml");

/// Weights of the signs that speak for or against an event, see `event::confidence::signs`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidence {
    /// An event below this confidence is not reported, unless another measure is asked for.
    pub least: f32,
    bias: f32,
    weights: BTreeMap<String, f32>,
}

impl Confidence {
    /// The weights that are compiled in.
    pub fn built_in() -> Result<Self, Error> {
        Self::parse(NAME, BUILT_IN)
    }

    /// Reads `dir/confidence.toml`; the built-in weights where there is no such file.
    pub fn load(dir: &Path) -> Result<Self, Error> {
        let file = dir.join(NAME);
        if !file.is_file() {
            return Self::built_in();
        }
        let name = file.display().to_string();
        let text = std::fs::read_to_string(&file)
            .map_err(|e| Error::codebook(format!("cannot be read: {e}")).at(name.as_str(), None))?;
        Self::parse(&name, &text)
    }

    fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let out: Self = toml::from_str(text).map_err(|e| {
            let line = e.span().map(|s| text[..s.start.min(text.len())].matches('\n').count() + 1);
            Error::codebook(e.message().to_string()).at(name, line).remedy("make it with training/confidence.py")
        })?;
        if !(0.0..=1.0).contains(&out.least) {
            let fault = Error::codebook(format!("`least` is {}, no share of 1", out.least)).at(name, None);
            return Err(fault.remedy("give a number from 0 to 1"));
        }
        Ok(out)
    }

    /// The probability that an event with these signs was read right.
    #[must_use]
    pub fn of(&self, signs: &[(String, f32)]) -> f32 {
        let sum: f32 = signs.iter().map(|(name, v)| v * self.weights.get(name).copied().unwrap_or(0.0)).sum();
        1.0 / (1.0 + (-(self.bias + sum)).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::Confidence;

    #[test]
    fn more_signs_more_confidence() {
        let c = Confidence::parse("c", "least = 0.5\nbias = -1.0\n[weights]\ntype = 0.5\n").unwrap_or_default();
        let of = |v: f32| c.of(&[("type".into(), v), ("unknown".into(), 9.0)]);
        assert!((of(2.0) - 0.5).abs() < 1e-6 && of(3.0) > of(2.0));
    }

    #[test]
    fn faults_name_the_line() {
        let e = Confidence::parse("c.toml", "least = 0.5\nbias = \"x\"\n").err().map(|e| e.to_string());
        assert!(e.as_ref().is_some_and(|e| e.contains("c.toml:2")), "{e:?}");
        assert!(Confidence::parse("c.toml", "least = 5\nbias = 0\n[weights]\n").is_err());
    }
}
