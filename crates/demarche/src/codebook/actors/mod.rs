//! Countries, capitals, nationalities, organisations and offices: what the names in the news stand for.
//!
//! A name is looked up by its tokens, folded: without case, accents, full stops, apostrophes and hyphens. What a name
//! means on a day is decided by the dates of its entry.

mod parse;

use crate::error::Error;
use crate::record::Token;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// What a known name is a name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// A country or territory.
    Country,
    /// A capital, which stands for its government where it acts.
    Capital,
    /// A building or street that stands for a government.
    Seat,
    /// A nationality, as adjective or noun.
    Nationality,
    /// A town or region.
    Place,
    /// An international body.
    International,
    /// A party, armed group, parliament, agency, medium or company.
    Body,
    /// A person in office.
    Person,
}

/// One meaning of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub sense: Sense,
    /// The name that the codebook files it under.
    pub name: String,
    /// ISO 3166-1 alpha-3 or a code of PLOVER.
    pub code: String,
    /// PLOVER sector; none for places and nationalities.
    pub sector: Option<String>,
    /// Office in words, for persons.
    pub role: Option<String>,
    /// First and last day or year of validity, ISO 8601, as far as given.
    pub from: Option<String>,
    pub until: Option<String>,
    /// Dictionary entry for evidence: `country:PRK`, `body:NATO`.
    pub id: String,
    /// Acronyms count only in the case that they are filed in.
    exact: Option<String>,
}

impl Known {
    /// True if the entry holds on `day` (ISO 8601, to any precision); undated entries and unknown days always hold.
    pub fn holds(&self, day: Option<&str>) -> bool {
        let Some(day) = day else { return true };
        let after = |limit: &str| cut(day, limit.len()) >= limit;
        let before = |limit: &str| cut(day, limit.len()) <= limit;
        self.from.as_deref().is_none_or(after) && self.until.as_deref().is_none_or(before)
    }
}

/// The first `length` bytes, so that a day compares with a year on equal terms.
fn cut(day: &str, length: usize) -> &str {
    day.get(..length).unwrap_or(day)
}

/// What a common noun for people or bodies denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgentClass {
    Person,
    Group,
    Body,
}

/// A common noun for people or bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    pub class: AgentClass,
    /// PLOVER sector; none for words whose sector is that of the body they are named with.
    pub sector: Option<String>,
    /// True for `spokesman`, `member`, `source`: the sector of the body named beside it wins.
    pub bearer: bool,
}

/// A man's or a woman's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    Male,
    Female,
}

/// Countries, capitals, nationalities, organisations and offices.
#[derive(Debug, Default)]
pub struct ActorBook {
    names: HashMap<String, Vec<Known>>,
    /// Most tokens in a name that starts with the given token.
    longest: HashMap<String, usize>,
    agents: HashMap<String, Agent>,
    genders: HashMap<String, Gender>,
    gendered_nouns: HashMap<String, Gender>,
    honorifics: HashMap<String, Option<Gender>>,
    countries: BTreeMap<String, String>,
}

impl ActorBook {
    /// The part that is compiled in.
    pub fn built_in() -> Result<Self, Error> {
        parse::book(None).map_err(parse::first)
    }

    /// Reads `dir/actors`, or the built-in part where there is none. A file that the folder lacks is the built-in one.
    pub fn load(dir: &Path) -> Result<Self, Error> {
        parse::book(Some(&dir.join("actors"))).map_err(parse::first)
    }

    /// Every fault of the files in `dir/actors`, where [`load`](Self::load) stops at the first.
    pub fn check_dir(dir: &Path) -> Vec<Error> {
        match parse::book(Some(&dir.join("actors"))) {
            Ok(book) => book.check(),
            Err(errors) => errors,
        }
    }

    /// Names that mean two different things at the same time, which no single file can show.
    pub fn check(&self) -> Vec<Error> {
        let mut keys: Vec<&String> = self.names.keys().collect();
        keys.sort();
        let mut errors = Vec::new();
        for key in keys {
            let undated: Vec<&Known> =
                self.names[key].iter().filter(|k| k.from.is_none() && k.until.is_none()).collect();
            for (i, a) in undated.iter().enumerate() {
                if let Some(b) =
                    undated.iter().skip(i + 1).find(|b| a.sense == b.sense && a.exact == b.exact && a.code != b.code)
                {
                    let message = format!("\"{key}\" is both {} and {}", a.id, b.id);
                    errors.push(Error::codebook(message).remedy("keep the name in one entry, or date both entries"));
                }
            }
        }
        errors
    }

    /// The longest known name that starts with token `at`: its length in tokens and its meanings.
    pub fn name_at(&self, tokens: &[Token], at: usize) -> Option<(usize, Vec<&Known>)> {
        let first = fold(&tokens.get(at)?.form);
        let longest = *self.longest.get(first.split(' ').next()?)?;
        let mut key = String::new();
        let mut best = None;
        // A hyphen is a token of its own and folds to nothing, so more tokens than key words may be needed.
        for (taken, token) in tokens.iter().skip(at).take(2 * longest + 1).enumerate() {
            let word = fold(&token.form);
            if word.is_empty() {
                if token.form.chars().all(|c| matches!(c, '-' | '‑' | '–' | '/' | '.' | '\'' | '’' | ',')) {
                    continue;
                }
                break;
            }
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&word);
            if let Some(found) = self.names.get(&key) {
                let last = at + taken + 1;
                let known = fitting(found, tokens.get(at..last)?);
                if !known.is_empty() {
                    best = Some((taken + 1, known));
                }
            }
        }
        best
    }

    /// The meanings of a name given as text.
    pub fn meanings(&self, name: &str) -> &[Known] {
        self.names.get(&fold(name)).map_or(&[], Vec::as_slice)
    }

    /// The code of the country that a country's name, capital, nationality, seat of government, town or region names.
    pub fn country_of_name(&self, name: &str) -> Option<&str> {
        let mut countries: Vec<&Known> =
            self.meanings(name).iter().filter(|k| k.sense <= Sense::Place && k.until.is_none()).collect();
        countries.sort_by_key(|k| k.sense);
        countries.first().map(|k| k.code.as_str())
    }

    /// The English name of a country by its code.
    pub fn country_name(&self, code: &str) -> Option<&str> {
        self.countries.get(code).map(String::as_str)
    }

    /// The agent noun that ends at token `head`, and the index of its first token: `foreign minister` before `minister`.
    pub fn agent(&self, tokens: &[Token], head: usize) -> Option<(usize, &Agent)> {
        for length in (1..=4usize).rev() {
            let Some(start) = (head + 1).checked_sub(length) else {
                continue;
            };
            let words = tokens.get(start..=head)?;
            let phrase = |last: &str| {
                // "Gen." is filed as "gen".
                let bare = |form: &str| form.to_lowercase().trim_end_matches('.').to_owned();
                let mut key: Vec<String> = words.iter().map(|t| bare(&t.form)).collect();
                key.pop();
                key.push(bare(last));
                key.join(" ").replace(" - ", "-")
            };
            let last = words.last()?;
            for form in [&last.form, &last.lemma] {
                if let Some(agent) = self.agents.get(&phrase(form)) {
                    return Some((start, agent));
                }
            }
        }
        None
    }

    /// An agent noun given as text.
    pub fn agent_word(&self, phrase: &str) -> Option<&Agent> {
        self.agents.get(&phrase.to_lowercase())
    }

    /// The gender that a first name tells.
    pub fn gender_of_first_name(&self, name: &str) -> Option<Gender> {
        self.genders.get(&fold(name)).copied()
    }

    /// The gender that a noun tells: `businesswoman`.
    pub fn gender_of_noun(&self, noun: &str) -> Option<Gender> {
        self.gendered_nouns.get(&noun.to_lowercase()).copied()
    }

    /// `Mr`, `Dr`, `Sir`: none if the word is no honorific, else the gender that it tells, if any.
    pub fn honorific(&self, word: &str) -> Option<Option<Gender>> {
        self.honorifics.get(&fold(word)).copied()
    }
}

/// The meanings that the text's spelling allows.
fn fitting<'b>(found: &'b [Known], tokens: &[Token]) -> Vec<&'b Known> {
    let capital = tokens.first().is_some_and(|t| t.form.chars().next().is_some_and(char::is_uppercase));
    let written: String = tokens.iter().map(|t| t.form.replace(['.', '-'], "")).collect();
    found
        .iter()
        .filter(|k| match &k.exact {
            Some(exact) => *exact == written,
            None => capital || k.name.chars().next().is_some_and(char::is_lowercase),
        })
        .collect()
}

/// A name as the book files it: lower case, without accents, full stops and apostrophes, hyphens as spaces.
pub(crate) fn fold(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut folded = String::with_capacity(name.len());
    for c in name.nfkd() {
        match c {
            '.' | '\'' | '’' | '‘' | '`' | '“' | '”' | '"' | ',' | '(' | ')' => {}
            'ł' | 'Ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'đ' | 'Đ' => folded.push('d'),
            'ø' | 'Ø' => folded.push('o'),
            c if unicode_normalization::char::is_combining_mark(c) => {}
            c if c == '-' || c == '‑' || c == '–' || c == '/' || c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_book_has_no_faults() {
        let faults: Vec<String> = match parse::book(None) {
            Ok(book) => book.check().iter().map(Error::to_string).collect(),
            Err(errors) => errors.iter().map(Error::to_string).collect(),
        };
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn names_tell_their_country() {
        let book = ActorBook::built_in().unwrap();
        let rows = [
            ("North Korea", Some("PRK")),
            ("Pyongyang", Some("PRK")),
            ("the Kremlin", None),
            ("Kremlin", Some("RUS")),
            ("Dutch", Some("NLD")),
            ("Burma", Some("MMR")),
            ("Côte d’Ivoire", Some("CIV")),
            ("U.S.", Some("USA")),
            ("USSR", Some("RUS")),
            ("Zaire", Some("COD")),
            ("Texas", Some("USA")),
            ("NATO", None),
        ];
        let wrong: Vec<String> = rows
            .iter()
            .filter(|(name, code)| book.country_of_name(name) != *code)
            .map(|(name, code)| format!("{name}: {:?} in place of {code:?}", book.country_of_name(name)))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn entries_hold_on_their_days() {
        let book = ActorBook::built_in().unwrap();
        let meant = |name: &str, day: &str| -> Vec<String> {
            book.meanings(name).iter().filter(|k| k.holds(Some(day))).map(|k| k.code.clone()).collect()
        };
        assert_eq!(meant("Soviet Union", "1985-05-01"), ["SUN"]);
        assert_eq!(meant("Soviet Union", "2001-05-01"), ["RUS"]);
        assert_eq!(meant("Donald Tusk", "2010-01-01"), ["POL"]);
        assert_eq!(meant("Donald Tusk", "2017-01-01"), ["EUR"]);
    }

    #[test]
    fn faults_name_file_line_and_remedy() {
        let rows = [
            ("bodies.tsv", "KEN\tXYZ\tBoard\t\n", "bodies.tsv:1: \"XYZ\" is no sector; use one of PLOVER's sectors"),
            ("bodies.tsv", "# head\nQQQ\tGOV\tBoard\t\n", "bodies.tsv:2: \"QQQ\" is no country code; use ISO"),
            (
                "bodies.tsv",
                "KEN\tGOV\tBoard\t\nKEN\tMIL\tboard\t\n",
                "bodies.tsv:2: \"board\" stands in line 1 too; keep",
            ),
            ("bodies.tsv", "KEN\tGOV\ta\tb\tc\td\n", "bodies.tsv:1: 6 columns in place of 4; part"),
            ("former.tsv", "SUN\tSoviet Union\t\t\t\t\tRUS\tlate\n", "former.tsv:1: \"late\" is no year; write"),
            ("agents.toml", "[[agents]]\nsector = \"ABC\"\npeople = []\n", "agents.toml:2: \"ABC\" is no sector; use"),
            ("names.toml", "nouns_male = [\n", "names.toml:"),
        ];
        let mut wrong = Vec::new();
        for (nth, (file, text, want)) in rows.iter().enumerate() {
            let dir = std::env::temp_dir().join(format!("demarche-actors-{}-{nth}", std::process::id()));
            std::fs::create_dir_all(dir.join("actors")).unwrap();
            std::fs::write(dir.join("actors").join(file), text).unwrap();
            let got = ActorBook::load(&dir).map(|_| String::new()).unwrap_or_else(|e| e.to_string());
            if !got.contains(want) {
                wrong.push(format!("{text:?}: {got:?}"));
            }
            std::fs::remove_dir_all(&dir).unwrap();
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
