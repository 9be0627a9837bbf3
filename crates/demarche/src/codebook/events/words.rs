//! Word lists that frames share (`classes.toml`), and sets of words written in a frame.

use crate::error::Error;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Named word lists.
#[derive(Debug, Clone, Default)]
pub struct Classes {
    lists: BTreeMap<String, Arc<BTreeSet<String>>>,
}

/// A set of words: single lemmas, and two classes that are no lists.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Words {
    lemmas: BTreeSet<String>,
    /// Classes whole, shared: some hold hundreds of words and stand in hundreds of frames.
    lists: Vec<Arc<BTreeSet<String>>>,
    compounds: bool,
    /// Any word at all (`ANY`).
    pub any: bool,
    /// Any name, nationality, pronoun or word for people and bodies (`PARTY`).
    pub party: bool,
    /// Any name (`NAME`).
    pub name: bool,
}

impl Classes {
    /// Reads `classes.toml`: a string of words parted by commas for each class; a class may hold others.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        let raw: BTreeMap<String, toml::Spanned<String>> = toml::from_str(text).map_err(|e| {
            let line = e.span().map(|s| line_of(text, s.start));
            Error::codebook(e.message().to_string()).at(file, line).remedy("write NAME = \"word, word\"")
        })?;
        let mut classes = Classes::default();
        let mut open: BTreeSet<String> = raw.keys().cloned().collect();
        // Classes may name one another in any order: fill those first whose parts are known.
        while !open.is_empty() {
            let mut done = Vec::new();
            for name in &open {
                let Some(words) = raw.get(name) else { continue };
                let mut set = BTreeSet::new();
                let mut ready = true;
                for word in words.get_ref().split(',').map(|w| w.split_whitespace().collect::<Vec<_>>().join(" ")) {
                    if word.is_empty() {
                        continue;
                    }
                    if is_class(&word) {
                        match classes.lists.get(&word) {
                            Some(list) => set.extend(list.iter().cloned()),
                            None => ready = false,
                        }
                    } else {
                        set.insert(normal(&word));
                    }
                }
                if ready {
                    done.push((name.clone(), set));
                }
            }
            if done.is_empty() {
                let name = open.iter().next().cloned().unwrap_or_default();
                let line = raw.get(&name).map(|s| line_of(text, s.span().start));
                return Err(Error::codebook(format!("class {name} names a class that does not exist, or itself"))
                    .at(file, line)
                    .remedy("define the class, or write the word in small letters"));
            }
            for (name, set) in done {
                open.remove(&name);
                classes.lists.insert(name, Arc::new(set));
            }
        }
        Ok(classes)
    }

    /// The words of a class.
    pub fn get(&self, name: &str) -> Option<&BTreeSet<String>> {
        self.lists.get(name).map(Arc::as_ref)
    }

    /// True if the class holds the lemma.
    pub fn holds(&self, name: &str, lemma: &str) -> bool {
        self.lists.get(name).is_some_and(|list| list.contains(&normal(lemma)))
    }

    /// Takes over every class of `other`, which wins.
    pub fn extend(&mut self, other: Classes) {
        self.lists.extend(other.lists);
    }
}

impl Words {
    /// Reads `word/word/CLASS`; a comma parts as well as a stroke.
    pub fn parse(text: &str, classes: &Classes) -> Result<Self, String> {
        let mut words = Words::default();
        for piece in text.split(['/', ',']).map(str::trim).filter(|p| !p.is_empty()) {
            match piece {
                "ANY" => words.any = true,
                "PARTY" => words.party = true,
                "NAME" => words.name = true,
                _ if is_class(piece) => match classes.lists.get(piece) {
                    Some(list) => {
                        words.compounds |= list.iter().any(|w| w.contains(' '));
                        words.lists.push(Arc::clone(list));
                    }
                    None => return Err(format!("there is no class `{piece}`")),
                },
                _ => words.insert(&normal(piece)),
            }
        }
        Ok(words)
    }

    fn insert(&mut self, word: &str) {
        self.compounds |= word.contains(' ');
        self.lemmas.insert(word.to_string());
    }

    /// The entries of one word.
    pub fn lemmas(&self) -> impl Iterator<Item = &str> {
        self.lemmas
            .iter()
            .chain(self.lists.iter().flat_map(|l| l.iter()))
            .map(String::as_str)
            .filter(|w| !w.contains(' '))
    }

    /// True if the set holds the lemma, or the words before a head and the head, parted by a blank.
    pub fn holds(&self, lemma: &str) -> bool {
        self.lemmas.contains(lemma) || self.lists.iter().any(|l| l.contains(lemma))
    }

    /// True if some entry has more than one word.
    pub fn has_compounds(&self) -> bool {
        self.compounds
    }
}

fn is_class(word: &str) -> bool {
    word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_')
}

/// Small letters, and one spelling for `-ise` and `-ize`, so that a frame need not list both.
pub fn normal(word: &str) -> String {
    let mut word = word.to_lowercase().replace('_', " ");
    for (british, american) in [("isation", "ization"), ("ise", "ize"), ("yse", "yze"), ("defence", "defense")] {
        if word.len() > british.len() + 3
            && let Some(stem) = word.strip_suffix(british)
        {
            word = format!("{stem}{american}");
        }
    }
    word
}

/// Line of a byte offset, counted from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes().iter().take(offset).filter(|b| **b == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_hold_other_classes_in_any_order() {
        let classes = Classes::parse("classes.toml", "ALL = \"SOME, third\"\nSOME = \"first, air strike\"\n").unwrap();
        let words = Words::parse("ALL/own", &classes).unwrap();
        assert!(words.holds("first") && words.holds("third") && words.holds("own"));
        assert!(words.holds("air strike"));
        let error = Classes::parse("classes.toml", "OK = \"a\"\nBAD = \"NOWHERE\"\n").unwrap_err();
        assert_eq!((error.file(), error.line()), (Some("classes.toml"), Some(2)));
    }

    #[test]
    fn both_spellings_are_one() {
        assert_eq!(normal("criticise"), normal("criticize"));
        assert_eq!(normal("mobilisation"), normal("mobilization"));
        assert_ne!(normal("rise"), "rize");
    }
}
