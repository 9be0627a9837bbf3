//! CAMEO codes with their names and Goldstein values (`cameo.tsv`; facts of CAMEO 1.1b3 and of the published tables).

use crate::error::Error;
use std::collections::BTreeMap;

/// One CAMEO code.
#[derive(Debug, Clone, PartialEq)]
pub struct Cameo {
    pub name: String,
    /// -10 to +10, where one was published.
    pub goldstein: Option<f32>,
}

/// The CAMEO codes by code; codes are text, `010` and `10` differ.
#[derive(Debug, Clone, Default)]
pub struct CameoTable {
    codes: BTreeMap<String, Cameo>,
}

impl CameoTable {
    /// Reads the table: tab-separated, the first line naming the columns.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        let mut codes = BTreeMap::new();
        for (n, line) in text.lines().enumerate().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let (Some(code), Some(name), Some(goldstein)) = (columns.first(), columns.get(4), columns.get(7)) else {
                return Err(Error::codebook("a row with too few columns")
                    .at(file, Some(n + 1))
                    .remedy("keep the sixteen columns that the first line names"));
            };
            codes.insert(
                (*code).to_string(),
                Cameo { name: (*name).to_string(), goldstein: goldstein.parse::<f32>().ok() },
            );
        }
        Ok(CameoTable { codes })
    }

    /// The code's entry.
    pub fn get(&self, code: &str) -> Option<&Cameo> {
        self.codes.get(code)
    }

    /// Goldstein value of the code, or of the nearest code above it that has one.
    pub fn goldstein(&self, code: &str) -> Option<f32> {
        let mut code = code;
        while code.len() >= 2 {
            if let Some(value) = self.codes.get(code).and_then(|c| c.goldstein) {
                return Some(value);
            }
            code = code.get(..code.len() - 1)?;
        }
        None
    }
}
