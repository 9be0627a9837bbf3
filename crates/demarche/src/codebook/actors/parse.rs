//! Reads the actor files and says what is wrong in them, with file, line and remedy.

use super::{ActorBook, Agent, AgentClass, Gender, Known, Sense, fold};
use crate::error::Error;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

const FILES: [(&str, &str); 8] = [
    ("countries.tsv", include_str!("../../../codebook/actors/countries.tsv")),
    ("former.tsv", include_str!("../../../codebook/actors/former.tsv")),
    ("places.tsv", include_str!("../../../codebook/actors/places.tsv")),
    ("international.tsv", include_str!("../../../codebook/actors/international.tsv")),
    ("bodies.tsv", include_str!("../../../codebook/actors/bodies.tsv")),
    ("leaders.tsv", include_str!("../../../codebook/actors/leaders.tsv")),
    ("agents.toml", include_str!("../../../codebook/actors/agents.toml")),
    ("names.toml", include_str!("../../../codebook/actors/names.toml")),
];

/// PLOVER's codes for actors that are no country.
pub(super) const BODY_CODES: [&str; 8] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", "KOS"];

/// PLOVER's sectors.
pub(super) const SECTORS: [&str; 25] = [
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
    "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
];

/// The first of several errors; there is always one.
pub(super) fn first(errors: Vec<Error>) -> Error {
    errors.into_iter().next().unwrap_or_else(|| Error::codebook("the actor files cannot be read"))
}

/// The book of a folder, or the built-in one.
pub(super) fn book(dir: Option<&Path>) -> Result<ActorBook, Vec<Error>> {
    let mut builder = Builder::default();
    for (name, built_in) in FILES {
        let own = dir.map(|d| d.join(name)).filter(|p| p.exists());
        let (shown, text) = match &own {
            None => (name.to_owned(), built_in.to_owned()),
            Some(path) => match std::fs::read_to_string(path) {
                Ok(text) => (path.display().to_string(), text),
                Err(e) => {
                    let error = Error::codebook(format!("cannot be read: {e}")).at(path.display().to_string(), None);
                    builder
                        .errors
                        .push(error.remedy("make it a readable UTF-8 file, or take it away to use the built-in one"));
                    continue;
                }
            },
        };
        match name {
            "agents.toml" => builder.agents(&shown, &text),
            "names.toml" => builder.genders(&shown, &text),
            _ => builder.table(name, &shown, &text),
        }
    }
    builder.codes();
    if builder.errors.is_empty() { Ok(builder.book) } else { Err(builder.errors) }
}

#[derive(Default)]
struct Builder {
    book: ActorBook,
    errors: Vec<Error>,
    /// Every code used, with the place of its first use; checked once all countries are known.
    used: BTreeMap<String, (String, usize)>,
    /// Codes of former states.
    former: BTreeSet<String>,
    /// File, key and sense to line, to find duplicates.
    seen: HashMap<(String, String, Sense), usize>,
}

/// What all names of a line share.
struct Entry<'a> {
    file: &'a str,
    line: usize,
    name: &'a str,
    code: &'a str,
    sector: Option<&'a str>,
    role: Option<&'a str>,
    from: Option<&'a str>,
    until: Option<&'a str>,
    kind: &'a str,
}

impl Builder {
    fn fault(&mut self, file: &str, line: usize, message: String, remedy: &str) {
        self.errors.push(Error::codebook(message).at(file, Some(line)).remedy(remedy));
    }

    fn table(&mut self, kind: &str, file: &str, text: &str) {
        for (number, line) in text.lines().enumerate() {
            let number = number + 1;
            let line = line.trim_end_matches('\r');
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let mut cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let wanted = match kind {
                "countries.tsv" => 6,
                "former.tsv" => 8,
                "places.tsv" => 2,
                "leaders.tsv" => 7,
                _ => 4,
            };
            if cells.len() > wanted || cells.len() < 2 {
                let message = format!("{} columns in place of {wanted}", cells.len());
                self.fault(file, number, message, "part the columns by one tab each, as the head of the file shows");
                continue;
            }
            cells.resize(wanted, "");
            self.row(kind, file, number, &cells);
        }
    }

    fn row(&mut self, kind: &str, file: &str, line: usize, cells: &[&str]) {
        let cell = |i: usize| cells.get(i).copied().unwrap_or("");
        let some = |i: usize| Some(cell(i)).filter(|s| !s.is_empty());
        let base = Entry {
            file,
            line,
            name: cell(1),
            code: cell(0),
            sector: None,
            role: None,
            from: None,
            until: None,
            kind: "country",
        };
        match kind {
            "countries.tsv" => {
                if self.book.countries.insert(cell(0).to_owned(), cell(1).to_owned()).is_some() {
                    let message = format!("country {} stands here twice", cell(0));
                    self.fault(file, line, message, "join the two lines");
                }
                self.country(&base, cells);
            }
            "former.tsv" => {
                self.former.insert(cell(0).to_owned());
                let year = cell(7);
                if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
                    self.fault(file, line, format!("\"{year}\" is no year"), "write the year of the end as 1991");
                }
                let until = year.parse::<u32>().ok().map(|y| y.saturating_sub(1).to_string());
                self.country(&Entry { until: until.as_deref(), ..base }, cells);
                let heir =
                    Entry { code: cell(6), from: some(7), ..Entry { kind: "former", ..entry_of(file, line, cells) } };
                self.country(&heir, cells);
            }
            "places.tsv" => {
                for name in values(cell(1)) {
                    self.name(name, Sense::Place, &Entry { name, kind: "place", ..entry_of(file, line, cells) });
                }
            }
            "leaders.tsv" => {
                let entry = Entry {
                    sector: some(1),
                    name: cell(2),
                    from: some(4),
                    until: some(5),
                    role: some(6),
                    kind: "person",
                    ..entry_of(file, line, cells)
                };
                self.sector(&entry);
                for name in std::iter::once(cell(2)).chain(values(cell(3))) {
                    self.name(name, Sense::Person, &entry);
                }
            }
            _ => {
                let sense = if kind == "international.tsv" { Sense::International } else { Sense::Body };
                let entry = Entry { sector: some(1), name: cell(2), kind: "body", ..entry_of(file, line, cells) };
                self.sector(&entry);
                for name in std::iter::once(cell(2)).chain(values(cell(3))) {
                    self.name(name, sense, &entry);
                }
            }
        }
    }

    fn sector(&mut self, entry: &Entry) {
        let sector = entry.sector.unwrap_or("");
        if !SECTORS.contains(&sector) {
            let message = format!("\"{sector}\" is no sector");
            self.fault(entry.file, entry.line, message, "use one of PLOVER's sectors: GOV, MIL, COP, REB, CVL ...");
        }
    }

    fn country(&mut self, entry: &Entry, cells: &[&str]) {
        let cell = |i: usize| cells.get(i).copied().unwrap_or("");
        for (sense, column) in [(Sense::Country, 2), (Sense::Capital, 3), (Sense::Nationality, 4), (Sense::Seat, 5)] {
            if sense == Sense::Country {
                self.name(entry.name, sense, entry);
            }
            for name in values(cell(column)) {
                self.name(name, sense, entry);
                if sense == Sense::Nationality {
                    let plural = plural_nationality(name);
                    if plural != name {
                        self.insert(&plural, sense, entry);
                    }
                }
            }
        }
    }

    fn name(&mut self, name: &str, sense: Sense, entry: &Entry) {
        let key = fold(name);
        if key.is_empty() {
            self.fault(
                entry.file,
                entry.line,
                "an entry without a name".to_owned(),
                "write the name, or take the line away",
            );
            return;
        }
        // People hold several offices one after another; every other name stands once in a file.
        if sense != Sense::Person && entry.kind != "former" {
            let place = (entry.file.to_owned(), format!("{key} {}", exact(name).unwrap_or_default()), sense);
            if let Some(before) = self.seen.insert(place, entry.line) {
                // Spellings of one entry that fold to the same key.
                if before == entry.line {
                    return;
                }
                let message = format!("\"{name}\" stands in line {before} too");
                self.fault(entry.file, entry.line, message, "keep it in one entry");
            }
        }
        self.insert(name, sense, entry);
    }

    fn insert(&mut self, name: &str, sense: Sense, entry: &Entry) {
        let key = fold(name);
        self.used.entry(entry.code.to_owned()).or_insert_with(|| (entry.file.to_owned(), entry.line));
        let words = key.split(' ').count();
        if let Some(head) = key.split(' ').next() {
            let longest = self.book.longest.entry(head.to_owned()).or_default();
            *longest = words.max(*longest);
        }
        let id = match entry.kind {
            "country" | "former" => format!("country:{}", entry.code),
            kind => format!("{kind}:{}", entry.name),
        };
        self.book.names.entry(key).or_default().push(Known {
            sense,
            name: entry.name.to_owned(),
            code: entry.code.to_owned(),
            sector: entry.sector.map(str::to_owned),
            role: entry.role.map(str::to_owned),
            from: entry.from.map(str::to_owned),
            until: entry.until.map(str::to_owned),
            id,
            exact: exact(name),
        });
    }

    /// Every code must be a country of the book, a former state or one of PLOVER's.
    fn codes(&mut self) {
        let used = std::mem::take(&mut self.used);
        for (code, (file, line)) in used {
            let known = self.book.countries.contains_key(&code)
                || self.former.contains(&code)
                || BODY_CODES.contains(&code.as_str());
            if !known {
                let remedy = "use ISO 3166-1 alpha-3 or IGO, UNO, EUR, NGO, ISM, IMG, MNC, KOS";
                self.fault(&file, line, format!("\"{code}\" is no country code"), remedy);
            }
        }
    }

    fn agents(&mut self, file: &str, text: &str) {
        let Some(table) = self.toml(file, text) else {
            return;
        };
        for (part, bearer) in [("agents", false), ("bearers", true)] {
            for block in table.get(part).and_then(toml::Value::as_array).into_iter().flatten() {
                let sector = block.get("sector").and_then(toml::Value::as_str).unwrap_or("");
                if !(SECTORS.contains(&sector) || bearer && sector.is_empty()) {
                    let line = line_of(text, &format!("sector = \"{sector}\""));
                    self.fault(file, line, format!("\"{sector}\" is no sector"), "use one of PLOVER's sectors");
                    continue;
                }
                for (kind, class) in
                    [("people", AgentClass::Person), ("groups", AgentClass::Group), ("bodies", AgentClass::Body)]
                {
                    for word in strings(block.get(kind)) {
                        let agent = Agent { class, sector: Some(sector.to_owned()).filter(|s| !s.is_empty()), bearer };
                        if class == AgentClass::Person {
                            let plural = plural(word);
                            self.book
                                .agents
                                .entry(plural)
                                .or_insert(Agent { class: AgentClass::Group, ..agent.clone() });
                        } else if class == AgentClass::Body {
                            self.book.agents.entry(plural(word)).or_insert(agent.clone());
                        }
                        // Groups and bodies are listed after people: what is written out beats what is derived.
                        if class == AgentClass::Group {
                            self.book.agents.insert(word.to_lowercase(), agent);
                        } else {
                            self.book.agents.entry(word.to_lowercase()).or_insert(agent);
                        }
                    }
                }
            }
        }
    }

    fn genders(&mut self, file: &str, text: &str) {
        let Some(table) = self.toml(file, text) else {
            return;
        };
        for (key, gender) in [("first_male", Gender::Male), ("first_female", Gender::Female)] {
            for name in table.get(key).and_then(toml::Value::as_str).unwrap_or("").split_whitespace() {
                self.book.genders.insert(fold(name), gender);
            }
        }
        for (key, gender) in [("nouns_male", Gender::Male), ("nouns_female", Gender::Female)] {
            for noun in strings(table.get(key)) {
                self.book.gendered_nouns.insert(noun.to_lowercase(), gender);
            }
        }
        for (key, gender) in
            [("honorifics_male", Some(Gender::Male)), ("honorifics_female", Some(Gender::Female)), ("honorifics", None)]
        {
            for word in strings(table.get(key)) {
                self.book.honorifics.insert(fold(word), gender);
            }
        }
    }

    fn toml(&mut self, file: &str, text: &str) -> Option<toml::Table> {
        match text.parse::<toml::Table>() {
            Ok(table) => Some(table),
            Err(e) => {
                let line = e.span().map_or(1, |s| text.get(..s.start).unwrap_or("").lines().count().max(1));
                self.fault(file, line, e.message().to_owned(), "mend the TOML");
                None
            }
        }
    }
}

fn entry_of<'a>(file: &'a str, line: usize, cells: &[&'a str]) -> Entry<'a> {
    Entry {
        file,
        line,
        name: cells.get(1).copied().unwrap_or(""),
        code: cells.first().copied().unwrap_or(""),
        sector: None,
        role: None,
        from: None,
        until: None,
        kind: "country",
    }
}

fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').map(str::trim).filter(|s| !s.is_empty())
}

fn strings(value: Option<&toml::Value>) -> impl Iterator<Item = &str> {
    value.and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_str)
}

fn line_of(text: &str, needle: &str) -> usize {
    text.find(needle).map_or(1, |at| text.get(..at).unwrap_or("").lines().count() + 1)
}

/// Short names in capitals (`US`, `WHO`, `G20`) must not be found in `us` and `who`.
fn exact(name: &str) -> Option<String> {
    let bare: String = name.chars().filter(|c| !matches!(c, '.' | '-' | ' ')).collect();
    let capitals = bare.chars().filter(|c| c.is_uppercase()).count();
    let small = bare.chars().filter(|c| c.is_lowercase()).count();
    (bare.chars().count() <= 5 && capitals >= 2 && small <= 2 && !name.contains(' ')).then_some(bare)
}

/// `Kenyans` of `Kenyan`; nationalities in -ese, -ish, -ch, -men and the like have no plural of their own.
fn plural_nationality(name: &str) -> String {
    const FIXED: [&str; 10] = ["ese", "ish", "ch", "sh", "men", "man", "woman", "ss", "s", "z"];
    if FIXED.iter().any(|end| name.ends_with(end)) { name.to_owned() } else { format!("{name}s") }
}

/// The regular plural of an agent noun, formed on its head: `heads of state`, `attorneys general`.
fn plural(phrase: &str) -> String {
    let phrase = phrase.to_lowercase();
    for inner in [" of ", " general", "-in-chief", " in chief", " for ", " d'affaires"] {
        if let Some((head, rest)) = phrase.split_once(inner) {
            return format!("{}{inner}{rest}", plural_word(head));
        }
    }
    plural_word(&phrase)
}

fn plural_word(word: &str) -> String {
    let before_y = word.chars().rev().nth(1);
    if word.ends_with('y') && before_y.is_some_and(|c| !"aeiou".contains(c)) {
        return format!("{}ies", word.strip_suffix('y').unwrap_or(word));
    }
    if ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        return format!("{word}es");
    }
    format!("{word}s")
}
