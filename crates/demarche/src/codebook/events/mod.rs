//! Event types with their frames, examples and codes: one Markdown file for each, and beside them the word lists that
//! frames share (`classes.toml`) and the words that tell of a context (`contexts.toml`).

mod check;
mod codes;
mod frame;
mod lemmas;
mod markdown;
mod raw;
mod words;

pub use check::{CodedExample, Failure, Report};
pub use codes::{Cameo, CameoTable};
pub use frame::{Form, Frame, FrameIndex, HeadKind, Part, Slot, Step, Trigger};
pub use lemmas::lemmas;
pub use markdown::{Example, Expected};
pub use words::{Classes, Words, normal};

use crate::error::Error;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use words::line_of;

/// The statuses that an event may have.
pub const STATUSES: &[&str] =
    &["happened", "ongoing", "planned", "conditional", "hypothetical", "denied", "historical"];

/// The contexts of PLOVER.
pub const CONTEXTS: &[&str] = &[
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
];

const BUILT_IN: &[(&str, &str)] = &[
    ("accuse.md", include_str!("../../../codebook/events/accuse.md")),
    ("agree.md", include_str!("../../../codebook/events/agree.md")),
    ("aid.md", include_str!("../../../codebook/events/aid.md")),
    ("assault.md", include_str!("../../../codebook/events/assault.md")),
    ("coerce.md", include_str!("../../../codebook/events/coerce.md")),
    ("concede.md", include_str!("../../../codebook/events/concede.md")),
    ("consult.md", include_str!("../../../codebook/events/consult.md")),
    ("cooperate.md", include_str!("../../../codebook/events/cooperate.md")),
    ("mobilize.md", include_str!("../../../codebook/events/mobilize.md")),
    ("protest.md", include_str!("../../../codebook/events/protest.md")),
    ("reject.md", include_str!("../../../codebook/events/reject.md")),
    ("request.md", include_str!("../../../codebook/events/request.md")),
    ("retreat.md", include_str!("../../../codebook/events/retreat.md")),
    ("sanction.md", include_str!("../../../codebook/events/sanction.md")),
    ("support.md", include_str!("../../../codebook/events/support.md")),
    ("threaten.md", include_str!("../../../codebook/events/threaten.md")),
];
const CLASSES: &str = include_str!("../../../codebook/events/classes.toml");
const CONTEXT_WORDS: &str = include_str!("../../../codebook/events/contexts.toml");
const CAMEO: &str = include_str!("../../../codebook/cameo.tsv");

/// A mode of an event type.
#[derive(Debug, Clone, PartialEq)]
pub struct Mode {
    pub id: String,
    /// PLOVER's value, -10 to +10, where the mode has one of its own.
    pub score: Option<f32>,
    pub cameo: Option<String>,
    /// What it means, for people.
    pub about: String,
}

/// A finer CAMEO code for a mode when one of these words stands in the terms or beside the predicate.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    pub mode: Option<String>,
    pub words: Words,
    pub cameo: String,
}

/// One type of event: its own manual and its own test.
#[derive(Debug, Clone, PartialEq)]
pub struct EventType {
    /// PLOVER type, or a name that a user chose.
    pub name: String,
    /// Prose of the file, Markdown.
    pub definition: String,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// -10 to +10.
    pub score: f32,
    pub recipient_required: bool,
    pub cameo: Option<String>,
    /// The type that the same act has while it is still to come: AGREE of CONSULT.
    pub future: Option<String>,
    /// Types that are no event of their own inside this one: the demand of a march.
    pub absorbs: Vec<String>,
    pub modes: Vec<Mode>,
    pub leaves: Vec<Leaf>,
    pub examples: Vec<Example>,
    pub counter_examples: Vec<Example>,
    /// File that the type was read from.
    pub file: String,
}

impl EventType {
    /// The mode of that name.
    pub fn mode(&self, id: &str) -> Option<&Mode> {
        self.modes.iter().find(|m| m.id == id)
    }
}

/// Event types with their frames, examples and codes.
#[derive(Debug, Default)]
pub struct EventBook {
    /// In order of their names.
    pub types: Vec<EventType>,
    pub frames: Vec<Frame>,
    pub index: FrameIndex,
    pub classes: Classes,
    pub cameo: CameoTable,
    /// Context and the words that tell of it, in order of names.
    pub contexts: Vec<(String, Words)>,
}

impl EventBook {
    /// The part that is compiled in.
    pub fn built_in() -> Result<Self, Error> {
        let mut book = EventBook {
            classes: Classes::parse("classes.toml", CLASSES)?,
            cameo: CameoTable::parse("cameo.tsv", CAMEO)?,
            ..EventBook::default()
        };
        book.read_contexts("contexts.toml", CONTEXT_WORDS)?;
        for (file, text) in BUILT_IN {
            book.read_type(file, text)?;
        }
        book.finish()
    }

    /// Reads `dir/events`, or the built-in part where there is none. The folder's types stand beside the built-in ones;
    /// a file that defines a type of the same name takes its place. Its `classes.toml` adds to the built-in word lists.
    pub fn load(dir: &Path) -> Result<Self, Error> {
        let folder = dir.join("events");
        if !folder.is_dir() {
            return Self::built_in();
        }
        Self::load_types(&folder)
    }

    /// Reads a folder of event types, Markdown files and optionally `classes.toml` and `contexts.toml`.
    pub fn load_types(folder: &Path) -> Result<Self, Error> {
        let read = |path: &Path| {
            std::fs::read_to_string(path).map_err(|e| {
                Error::codebook(format!("cannot be read: {e}"))
                    .at(path.display().to_string(), None)
                    .remedy("save it as UTF-8 text that this user may read")
            })
        };
        let entries = std::fs::read_dir(folder).map_err(|e| {
            Error::codebook(format!("cannot be read: {e}"))
                .at(folder.display().to_string(), None)
                .remedy("name a folder that this user may read")
        })?;
        let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|e| e.path()).collect();
        paths.sort();
        let mut book = Self::built_in()?;
        let classes = folder.join("classes.toml");
        if classes.is_file() {
            book.classes.extend(Classes::parse(&classes.display().to_string(), &read(&classes)?)?);
        }
        let contexts = folder.join("contexts.toml");
        if contexts.is_file() {
            book.contexts.clear();
            book.read_contexts(&contexts.display().to_string(), &read(&contexts)?)?;
        }
        let mut own: BTreeMap<String, String> = BTreeMap::new();
        for path in paths {
            let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
            if !name.ends_with(".md") || name == "readme.md" {
                continue;
            }
            let file = path.display().to_string();
            let text = read(&path)?.replace("\r\n", "\n");
            let parts = markdown::split(&file, &text)?;
            let event = parse_toml(&file, &parts)?.name.get_ref().clone();
            if let Some(first) = own.insert(event.clone(), file.clone()) {
                return Err(Error::codebook(format!("{event} is defined a second time"))
                    .at(&file, Some(parts.toml_line))
                    .remedy(format!("keep it here or in {first}")));
            }
            book.types.retain(|t| t.name != event);
            book.frames.retain(|f| f.event != event);
            book.read_type(&file, &text)?;
        }
        book.finish()
    }

    /// The type of that name.
    pub fn get(&self, event: &str) -> Option<&EventType> {
        self.types.iter().find(|t| t.name == event)
    }

    /// The frame of that id.
    pub fn frame(&self, id: &str) -> Option<&Frame> {
        self.frames.iter().find(|f| f.id == id)
    }

    fn read_contexts(&mut self, file: &str, text: &str) -> Result<(), Error> {
        let raw: BTreeMap<String, toml::Spanned<String>> = toml::from_str(text).map_err(|e| {
            Error::codebook(e.message().to_string())
                .at(file, e.span().map(|s| line_of(text, s.start)))
                .remedy("write context = \"word, word\"")
        })?;
        for (name, list) in raw {
            let line = Some(line_of(text, list.span().start));
            if !CONTEXTS.contains(&name.as_str()) {
                return Err(Error::codebook(format!("`{name}` is no context of PLOVER"))
                    .at(file, line)
                    .remedy(format!("use one of {}", CONTEXTS.join(", "))));
            }
            let words = Words::parse(list.get_ref(), &self.classes)
                .map_err(|m| Error::codebook(m).at(file, line).remedy("define the class in classes.toml"))?;
            self.contexts.push((name, words));
        }
        Ok(())
    }

    fn read_type(&mut self, file: &str, text: &str) -> Result<(), Error> {
        let parts = markdown::split(file, text)?;
        let raw = parse_toml(file, &parts)?;
        let fault = |message: String, at: usize, remedy: String| {
            Error::codebook(message).at(file, Some(parts.toml_line + line_of(parts.toml, at) - 1)).remedy(remedy)
        };
        let name = raw.name.get_ref().clone();
        if name.len() < 2 || name.chars().any(|c| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')) {
            return Err(fault(
                format!("`{name}` is no name for a type"),
                raw.name.span().start,
                "use capital letters, digits and hyphens".into(),
            ));
        }
        if !(1..=4).contains(raw.quad.get_ref()) {
            return Err(fault(
                "quad must be 1 to 4".into(),
                raw.quad.span().start,
                "1 and 2 cooperation, 3 and 4 conflict; 2 and 4 material".into(),
            ));
        }
        if !(-10.0..=10.0).contains(raw.score.get_ref()) {
            return Err(fault("score must be -10 to 10".into(), raw.score.span().start, "use PLOVER's scale".into()));
        }
        let known = |code: &Option<toml::Spanned<String>>| -> Result<Option<String>, Error> {
            match code {
                Some(code) if self.cameo.get(code.get_ref()).is_none() => Err(fault(
                    format!("there is no CAMEO code `{}`", code.get_ref()),
                    code.span().start,
                    "see cameo.tsv; codes are written in quotes, with a leading 0 where they have one".into(),
                )),
                Some(code) => Ok(Some(code.get_ref().clone())),
                None => Ok(None),
            }
        };
        let cameo = known(&raw.cameo)?;
        let mut modes: Vec<Mode> = Vec::new();
        for mode in &raw.mode {
            if modes.iter().any(|m| m.id == *mode.id.get_ref()) {
                return Err(fault(
                    format!("mode `{}` stands twice", mode.id.get_ref()),
                    mode.id.span().start,
                    "keep one of them".into(),
                ));
            }
            modes.push(Mode {
                id: mode.id.get_ref().clone(),
                score: mode.score,
                cameo: known(&mode.cameo)?,
                about: mode.about.clone(),
            });
        }
        let mode_known = |mode: &Option<toml::Spanned<String>>| -> Result<(), Error> {
            match mode {
                Some(mode) if !modes.iter().any(|m| m.id == *mode.get_ref()) => Err(fault(
                    format!("{name} has no mode `{}`", mode.get_ref()),
                    mode.span().start,
                    "add a [[mode]] of that id, or correct it".into(),
                )),
                _ => Ok(()),
            }
        };
        let mut leaves = Vec::new();
        for leaf in &raw.leaf {
            mode_known(&leaf.mode)?;
            known(&Some(leaf.cameo.clone()))?;
            leaves.push(Leaf {
                mode: leaf.mode.as_ref().map(|m| m.get_ref().clone()),
                words: Words::parse(leaf.words.get_ref(), &self.classes)
                    .map_err(|m| fault(m, leaf.words.span().start, "define it in classes.toml".into()))?,
                cameo: leaf.cameo.get_ref().clone(),
            });
        }
        for frame in &raw.frame {
            mode_known(&frame.mode)?;
            known(&frame.cameo)?;
            if let Some(status) = &frame.status
                && !STATUSES.contains(&status.get_ref().as_str())
            {
                return Err(fault(
                    format!("there is no status `{}`", status.get_ref()),
                    status.span().start,
                    format!("use one of {}", STATUSES.join(", ")),
                ));
            }
            let mut compiled = frame
                .compile(&name, raw.swallows, &self.classes)
                .map_err(|(m, at)| fault(m, at, "classes stand in classes.toml; places are subj, obj, iobj, poss, adj, comp, light or a preposition".into()))?;
            compiled.line = parts.toml_line + line_of(parts.toml, frame.id.span().start) - 1;
            if let Some(first) = self.frames.iter().find(|f| f.id == compiled.id) {
                return Err(fault(
                    format!("frame `{}` is defined a second time", compiled.id),
                    frame.id.span().start,
                    format!("rename it; the first one is of {} on line {}", first.event, first.line),
                ));
            }
            if let Some(text) = repeated_trigger(&compiled) {
                return Err(fault(
                    format!("`{text}` stands twice in `{}`", compiled.id),
                    frame.id.span().start,
                    "keep it once".into(),
                ));
            }
            self.frames.push(compiled);
        }
        for expected in parts.examples.iter().flat_map(|e| &e.expected) {
            let mode_of_own =
                expected.event != name || expected.mode.as_ref().is_none_or(|m| modes.iter().any(|x| x.id == *m));
            if !mode_of_own {
                return Err(Error::codebook(format!(
                    "{name} has no mode `{}`",
                    expected.mode.clone().unwrap_or_default()
                ))
                .at(file, Some(expected.line))
                .remedy("add a [[mode]] of that id, or correct the example"));
            }
        }
        self.types.push(EventType {
            name,
            definition: parts.definition.to_string(),
            quad: *raw.quad.get_ref(),
            score: *raw.score.get_ref(),
            recipient_required: raw.recipient,
            cameo,
            future: raw.future.map(|f| f.get_ref().clone()),
            absorbs: raw.absorbs.iter().map(|a| a.get_ref().clone()).collect(),
            modes,
            leaves,
            examples: parts.examples,
            counter_examples: parts.counter_examples,
            file: file.to_string(),
        });
        Ok(())
    }

    fn finish(mut self) -> Result<Self, Error> {
        self.types.sort_by(|a, b| a.name.cmp(&b.name));
        let names: BTreeSet<&str> = self.types.iter().map(|t| t.name.as_str()).collect();
        for event in &self.types {
            if let Some(absorbed) = event.absorbs.iter().find(|a| !names.contains(a.as_str())) {
                return Err(Error::codebook(format!("`absorbs` names a type `{absorbed}` that does not exist"))
                    .at(&event.file, None)
                    .remedy("name a type of the codebook"));
            }
            if let Some(future) = &event.future
                && !names.contains(future.as_str())
            {
                return Err(Error::codebook(format!("`future` names a type `{future}` that does not exist"))
                    .at(&event.file, None)
                    .remedy("name a type of the codebook"));
            }
            for expected in event.examples.iter().flat_map(|e| &e.expected) {
                if !names.contains(expected.event.as_str()) {
                    return Err(Error::codebook(format!("there is no type `{}`", expected.event))
                        .at(&event.file, Some(expected.line))
                        .remedy("name a type of the codebook"));
                }
            }
        }
        self.index = FrameIndex::build(&self.frames);
        Ok(self)
    }
}

fn parse_toml(file: &str, parts: &markdown::Parts) -> Result<raw::RawType, Error> {
    toml::from_str(parts.toml).map_err(|e| {
        let line = e.span().map(|s| parts.toml_line + line_of(parts.toml, s.start) - 1);
        Error::codebook(e.message().to_string())
            .at(file, line.or(Some(parts.toml_line)))
            .remedy("see the built-in types for the form of the block")
    })
}

fn repeated_trigger(frame: &Frame) -> Option<&str> {
    let mut seen = BTreeSet::new();
    frame.triggers.iter().find(|t| !seen.insert((t.kind, t.text.as_str()))).map(|t| t.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_book_loads() {
        let book = EventBook::built_in().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(book.types.len(), 16);
        for event in &book.types {
            assert!(!event.examples.is_empty() && !event.counter_examples.is_empty(), "{} lacks examples", event.name);
            assert!(event.cameo.is_some(), "{} lacks a CAMEO code", event.name);
        }
    }

    #[test]
    fn faults_of_a_users_folder_name_file_and_line() {
        let head = "Water.\n```toml\ntype = \"WATER-CONFLICT\"\nquad = 3\nscore = -3\n";
        let tail = "```\n## Examples\n- Chad cut the flow to Niger.\n  - WATER-CONFLICT; cut the flow; actor: Chad\n## Counter-examples\n- It rained.\n";
        for (block, line, words) in [
            ("cameo = \"99\"\n", 6, "no CAMEO code"),
            ("[[frame]]\nid = \"w\"\nverbs = \"cut NOWHERE\"\n", 8, "no class"),
            ("[[frame]]\nid = \"w\"\nverbs = \"cut\"\nmode = \"x\"\n", 9, "no mode"),
            ("[[frame]]\nid = \"w\"\nverbs = \"cut\"\ncolour = 3\n", 9, "colour"),
            ("[[frame]]\nid = \"w\"\nverbs = \"cut\"\nactor = \"nose\"\n", 9, "no place"),
            ("[[frame]]\nid = \"w\"\nverbs = \"cut, cut\"\n", 7, "twice"),
            ("[[frame]]\nid = \"reject.decline\"\nverbs = \"cut\"\n", 7, "second time"),
            ("[[frame]]\nid = \"w\"\nverbs = \"cut\"\nstatus = \"maybe\"\n", 9, "no status"),
            ("[[frame]]\nid = \"w\"\nverbs = \"cut\"\nweight = 3.0\n", 9, "weight"),
            ("[[frame]]\nid = \"w\"\n", 7, "without verbs"),
            ("this is no toml\n", 6, ""),
        ] {
            let mut book = EventBook::built_in().unwrap();
            let error = book.read_type("water.md", &format!("{head}{block}{tail}")).expect_err(block);
            assert_eq!((error.file(), error.line()), (Some("water.md"), Some(line)), "{block}: {error}");
            assert!(error.to_string().contains(words), "{block}: {error}");
        }
        let mut book = EventBook::built_in().unwrap();
        book.read_type("water.md", &format!("{head}{tail}")).unwrap();
        assert_eq!(book.get("WATER-CONFLICT").map(|t| t.examples.len()), Some(1));
    }
}
