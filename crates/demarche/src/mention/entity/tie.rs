//! Ties phrases into entities, from the first sentence to the last: names first of all by what they are names of,
//! descriptions by the words that the entity was called by before, pronouns by what is in the reader's mind.

use super::find::{Candidate, Determiner, Kind, Pronoun};
use super::pronoun;
use super::quote::Quote;
use super::who;
use crate::codebook::actors::{ActorBook, Gender};
use crate::record::{MentionForm, Sentence};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Phrases that speak of one entity.
#[derive(Debug, Clone)]
pub(super) struct Cluster {
    /// Indices of candidates, in text order.
    pub members: Vec<usize>,
    pub kind: Kind,
    /// Names, folded, each once.
    pub keys: Vec<Vec<String>>,
    pub gender: Option<Gender>,
    pub plural: bool,
    /// Code of a country that acts.
    pub code: Option<String>,
    pub id: Option<String>,
    /// Nouns that it was called by, and words that stood with them.
    pub nouns: BTreeSet<String>,
    pub words: BTreeSet<String>,
}

/// All that the ties are made with.
pub(super) struct Ties<'a> {
    pub candidates: &'a [Candidate],
    pub sentences: &'a [Sentence],
    pub quotes: &'a [Quote],
    pub book: &'a ActorBook,
    pub clusters: Vec<Cluster>,
    /// Cluster of each candidate.
    pub of: Vec<Option<usize>>,
    /// Sentence and head token to candidate.
    pub at: BTreeMap<(usize, usize), usize>,
    by_word: HashMap<String, Vec<usize>>,
    by_noun: HashMap<String, Vec<usize>>,
    /// Candidates that an apposition or a copula makes one with an earlier one.
    forced: HashMap<usize, usize>,
}

/// Bodies that are their country when they are named with it.
const GOVERNMENTS: &[&str] = &["government", "regime", "side", "administration"];
const REALMS: &[&str] = &["country", "nation", "kingdom", "republic"];

pub(super) fn tie<'a>(
    candidates: &'a [Candidate],
    sentences: &'a [Sentence],
    quotes: &'a [Quote],
    book: &'a ActorBook,
) -> Ties<'a> {
    let mut at = BTreeMap::new();
    for (i, c) in candidates.iter().enumerate() {
        at.entry((c.sentence, c.head)).or_insert(i);
        if let Some((first, end)) = c.name {
            for token in first..end {
                at.entry((c.sentence, token)).or_insert(i);
            }
        }
    }
    let mut ties = Ties {
        candidates,
        sentences,
        quotes,
        book,
        clusters: Vec::new(),
        of: vec![None; candidates.len()],
        at,
        by_word: HashMap::new(),
        by_noun: HashMap::new(),
        forced: HashMap::new(),
    };
    ties.force();
    for i in 0..candidates.len() {
        ties.place(i);
    }
    ties.speakers();
    ties
}

impl<'a> Ties<'a> {
    /// The quotation that a candidate stands in.
    pub(super) fn quote_of(&self, candidate: &Candidate) -> Option<&'a Quote> {
        self.quotes
            .iter()
            .find(|q| q.sentence == candidate.sentence && q.tokens.0 <= candidate.head && candidate.head < q.tokens.1)
    }

    /// Appositions ("Ana Roe, the minister") and copulas ("Roe is the minister").
    fn force(&mut self) {
        for (i, candidate) in self.candidates.iter().enumerate() {
            if candidate.pronoun.is_some() || candidate.form == MentionForm::Adjective {
                continue;
            }
            let Some(sentence) = self.sentences.get(candidate.sentence) else {
                continue;
            };
            let Some(token) = sentence.tokens.get(candidate.head) else {
                continue;
            };
            let mut partner = None;
            if token.rel() == "appos" {
                partner = token.head.and_then(|h| self.at.get(&(candidate.sentence, h))).copied();
            }
            let own = |rel: &'static str| {
                sentence
                    .tokens
                    .iter()
                    .enumerate()
                    .filter(move |(_, t)| t.head == Some(candidate.head) && t.deprel.split(':').next() == Some(rel))
                    .map(|(n, _)| n)
            };
            let negated = own("advmod")
                .any(|n| sentence.tokens.get(n).is_some_and(|t| matches!(t.lemma.as_str(), "not" | "never")));
            if partner.is_none() && own("cop").next().is_some() && !negated {
                partner = own("nsubj").find_map(|n| self.at.get(&(candidate.sentence, n))).copied();
            }
            if partner.is_none() {
                partner = self.beside(candidate, sentence);
            }
            let Some(partner) = partner.filter(|&p| p != i) else {
                continue;
            };
            let Some(other) = self.candidates.get(partner) else {
                continue;
            };
            if self.may_be_one(candidate, other) {
                let (late, early) = (i.max(partner), i.min(partner));
                self.forced.insert(late, early);
            }
        }
    }

    /// "Ana Roe, the minister, ...", where the tree missed the apposition: a person's name, a comma, and at once a
    /// description of a person with article or owner, closed by another comma.
    fn beside(&self, candidate: &Candidate, sentence: &Sentence) -> Option<usize> {
        let described = candidate.kind == Kind::Person
            && candidate.name.is_none()
            && matches!(candidate.determiner, Determiner::Definite | Determiner::Possessive);
        let comma = |i: usize| sentence.tokens.get(i).is_some_and(|t| t.form == ",");
        let before =
            candidate.tokens.0.checked_sub(1).filter(|&i| described && comma(i) && comma(candidate.tokens.1))?;
        let other = *self.at.get(&(candidate.sentence, before.checked_sub(1)?))?;
        self.candidates.get(other).filter(|o| o.kind == Kind::Person && o.name.is_some() && o.tokens.1 == before)?;
        Some(other)
    }

    /// The country that "the North" or "the South" is half of, once it was named.
    fn half(&self, side: &str) -> Option<usize> {
        self.latest(|c| {
            let name = c.code.as_deref().and_then(|code| self.book.country_name(code)).unwrap_or("");
            c.kind == Kind::Country && name.to_lowercase().starts_with(&format!("{side} "))
        })
    }

    fn may_be_one(&self, a: &Candidate, b: &Candidate) -> bool {
        let overlapping = a.tokens.0 < b.tokens.1 && b.tokens.0 < a.tokens.1;
        if overlapping || a.plural != b.plural && a.pronoun.is_none() && b.pronoun.is_none() {
            return false;
        }
        if b.pronoun.is_some() {
            return match b.pronoun {
                Some(Pronoun::It) => !matches!(a.kind, Kind::Person),
                Some(Pronoun::He | Pronoun::She | Pronoun::First { plural: false }) => a.kind == Kind::Person,
                _ => false,
            };
        }
        if a.name.is_some() && b.name.is_some() {
            return a.kind == b.kind && (a.kind != Kind::Person || who::same_person(&a.key, &b.key) > 0.0);
        }
        match (a.kind, b.kind) {
            (Kind::Country, Kind::Country) => false,
            (x, y) if x == y => true,
            (Kind::Thing, Kind::Organisation | Kind::Place) | (Kind::Organisation | Kind::Place, Kind::Thing) => true,
            (Kind::Organisation, Kind::Place | Kind::Country | Kind::Group) => true,
            (Kind::Place | Kind::Country | Kind::Group, Kind::Organisation) => true,
            _ => false,
        }
    }

    fn place(&mut self, i: usize) {
        let Some(candidate) = self.candidates.get(i) else {
            return;
        };
        if let Some(cluster) = self.forced.get(&i).and_then(|&p| self.of.get(p).copied().flatten()) {
            self.join(i, cluster);
            return;
        }
        if matches!(candidate.pronoun, Some(Pronoun::First { .. } | Pronoun::Second)) {
            return;
        }
        let found = match candidate.form {
            MentionForm::Pronoun => pronoun::antecedent(self, i),
            _ if candidate.name.is_some() => self.by_name(i),
            _ => self.by_description(i),
        };
        match found {
            Some(cluster) => self.join(i, cluster),
            None => {
                self.open(i);
            }
        }
    }

    /// Starts a cluster with one candidate.
    pub(super) fn open(&mut self, i: usize) -> usize {
        let index = self.clusters.len();
        if let Some(candidate) = self.candidates.get(i) {
            self.clusters.push(Cluster {
                members: Vec::new(),
                kind: candidate.kind,
                keys: Vec::new(),
                gender: None,
                plural: candidate.plural,
                code: None,
                id: None,
                nouns: BTreeSet::new(),
                words: BTreeSet::new(),
            });
            self.join(i, index);
        }
        index
    }

    pub(super) fn join(&mut self, i: usize, index: usize) {
        let candidates = self.candidates;
        let Some(candidate) = candidates.get(i) else {
            return;
        };
        let governs = self.governs(candidate);
        let Some(cluster) = self.clusters.get_mut(index) else {
            return;
        };
        if let Some(slot) = self.of.get_mut(i) {
            *slot = Some(index);
        }
        cluster.members.push(i);
        cluster.gender = cluster.gender.or(candidate.gender);
        if candidate.kind == Kind::Country || governs {
            let code = candidate.facts.country.first().map(|(code, _)| code.clone());
            if cluster.code.is_none() {
                cluster.code = code;
            }
            if cluster.members.len() == 1 && candidate.kind != Kind::Country {
                // "the Kenyan government" is Kenya, acting.
                cluster.kind = Kind::Country;
            }
        }
        // A description that turns out to have a name takes the name's kind, and a thing the actor's.
        if matches!(cluster.kind, Kind::Thing) && candidate.is_actor() && candidate.pronoun.is_none() {
            cluster.kind = candidate.kind;
        }
        if candidate.name.is_some() {
            cluster.id = cluster.id.take().or_else(|| candidate.facts.id.clone());
            if !cluster.keys.contains(&candidate.key) && candidate.form != MentionForm::Adjective {
                cluster.keys.push(candidate.key.clone());
            }
            for word in &candidate.key {
                index_under(&mut self.by_word, word, index);
            }
        }
        let mut nouns: Vec<&String> = candidate.facts.nouns.iter().collect();
        if candidate.pronoun.is_none() && !candidate.noun.is_empty() && candidate.form == MentionForm::Noun {
            nouns.push(&candidate.noun);
        }
        for noun in nouns {
            index_under(&mut self.by_noun, noun, index);
            cluster.nouns.insert(noun.clone());
        }
        if let Some((role, _)) = &candidate.facts.role {
            cluster.words.extend(role.to_lowercase().split(' ').map(str::to_owned));
        }
        cluster.words.extend(candidate.modifiers.iter().cloned());
        cluster.words.extend(candidate.key.iter().cloned());
    }

    /// "the Kenyan government", "the U.S. side": a body that is its country.
    fn governs(&self, candidate: &Candidate) -> bool {
        candidate.name.is_none()
            && candidate.kind == Kind::Organisation
            && !candidate.plural
            && GOVERNMENTS.contains(&candidate.noun.as_str())
            && candidate.facts.country.iter().any(|(_, e)| e.score >= 0.89 && e.by.starts_with("country:"))
            // "the Kenyan county government" is another.
            && candidate.modifiers.len() <= 3
    }

    fn country_cluster(&self, code: &str) -> Option<usize> {
        self.clusters.iter().position(|c| c.kind == Kind::Country && c.code.as_deref() == Some(code))
    }

    fn by_name(&self, i: usize) -> Option<usize> {
        let candidate = self.candidates.get(i)?;
        if let ([side], Determiner::Definite) = (candidate.key.as_slice(), candidate.determiner)
            && matches!(side.as_str(), "north" | "south")
            && let Some(found) = self.half(side)
        {
            return Some(found);
        }
        match candidate.kind {
            Kind::Country => {
                let code = &candidate.facts.country.first()?.0;
                self.country_cluster(code)
            }
            Kind::Person => who::cluster(self, i).or_else(|| {
                // A body's short name, read as a surname.
                if candidate.key.len() > 1 || candidate.tokens.1 - candidate.tokens.0 > 1 {
                    return None;
                }
                self.by_body_name(candidate)
                    .filter(|&c| self.clusters.get(c).is_some_and(|k| k.kind == Kind::Organisation))
            }),
            // A surname, read as something else or as nothing.
            Kind::Thing | Kind::Organisation | Kind::Place
                if candidate.key.len() == 1 && candidate.facts.id.is_none() =>
            {
                self.by_body_name(candidate).or_else(|| {
                    let surname = |c: &usize| {
                        self.clusters.get(*c).is_some_and(|k| {
                            k.kind == Kind::Person
                                && k.keys.iter().any(|name| name.len() > 1 && name.ends_with(&candidate.key))
                        })
                    };
                    who::cluster(self, i).filter(surname)
                })
            }
            Kind::Group if candidate.form == MentionForm::Noun => self.by_description(i),
            _ => self.by_body_name(candidate),
        }
    }

    fn by_body_name(&self, candidate: &Candidate) -> Option<usize> {
        if let Some(id) = &candidate.facts.id {
            let known = self.near(&self.by_word, candidate.key.first()?);
            if let Some(&found) = known.iter().find(|&&c| {
                self.clusters.get(c).is_some_and(|k| {
                    k.id.as_ref() == Some(id) && (k.kind == Kind::Place) == (candidate.kind == Kind::Place)
                })
            }) {
                return Some(found);
            }
            if candidate.kind != Kind::Place
                && let Some(found) =
                    self.clusters.iter().rposition(|k| k.id.as_ref() == Some(id) && k.kind != Kind::Country)
            {
                return Some(found);
            }
        }
        let mut best: Option<(f32, usize)> = None;
        let mut seen = BTreeSet::new();
        for word in &candidate.key {
            for index in self.near(&self.by_word, word) {
                let Some(cluster) = self.clusters.get(index).filter(|_| seen.insert(index)) else {
                    continue;
                };
                if cluster.kind == Kind::Person || cluster.kind == Kind::Country {
                    continue;
                }
                let places = (cluster.kind == Kind::Place, candidate.kind == Kind::Place);
                let score = cluster
                    .keys
                    .iter()
                    .map(|key| who::same_body(&candidate.key, key, places.0 || places.1))
                    .fold(0.0, f32::max);
                if score > 0.0 && best.is_none_or(|(s, b)| score > s || score == s && index > b) {
                    best = Some((score, index));
                }
            }
        }
        if best.is_none() {
            best = self.by_acronym(candidate).map(|c| (1.0, c));
        }
        best.map(|(_, c)| c)
    }

    /// "NLA" after "National Liberation Army", or the other way round.
    fn by_acronym(&self, candidate: &Candidate) -> Option<usize> {
        let initials = |key: &[String]| -> String {
            key.iter()
                .filter(|w| !matches!(w.as_str(), "of" | "for" | "and" | "the" | "in" | "on"))
                .filter_map(|w| w.chars().next())
                .collect()
        };
        let own = match candidate.key.as_slice() {
            [single] if single.len() >= 2 && single.len() <= 7 => Some(single.clone()),
            _ => None,
        };
        let long = (candidate.key.len() >= 2).then(|| initials(&candidate.key));
        self.clusters.iter().rposition(|cluster| {
            !matches!(cluster.kind, Kind::Person | Kind::Country)
                && cluster.keys.iter().any(|key| {
                    own.as_ref().is_some_and(|short| key.len() >= 2 && initials(key) == *short)
                        || long
                            .as_ref()
                            .is_some_and(|l| l.len() >= 2 && matches!(key.as_slice(), [single] if single == l))
                })
        })
    }

    /// The last clusters filed under a word; few enough to bound the time on any text.
    pub(super) fn near(&self, index: &HashMap<String, Vec<usize>>, word: &str) -> Vec<usize> {
        index.get(word).map(|list| list.iter().rev().take(40).copied().collect()).unwrap_or_default()
    }

    pub(super) fn named_with(&self, word: &str) -> Vec<usize> {
        self.near(&self.by_word, word)
    }

    /// Index of the sentence in which a cluster was last spoken of.
    pub(super) fn last_sentence(&self, cluster: &Cluster) -> usize {
        cluster.members.last().and_then(|&m| self.candidates.get(m)).map_or(0, |c| c.sentence)
    }

    fn by_description(&self, i: usize) -> Option<usize> {
        let candidate = self.candidates.get(i)?;
        if self.governs(candidate) {
            let code = &candidate.facts.country.first()?.0;
            return self.country_cluster(code);
        }
        let definite = candidate.determiner == Determiner::Definite;
        if definite && !candidate.plural {
            if REALMS.contains(&candidate.noun.as_str()) && candidate.modifiers.is_empty() {
                return self.latest(|c| c.kind == Kind::Country);
            }
            if matches!(candidate.noun.as_str(), "north" | "south") {
                return self.half(&candidate.noun);
            }
        }
        match candidate.determiner {
            Determiner::Indefinite | Determiner::Possessive => return None,
            Determiner::Bare if !candidate.plural && candidate.kind != Kind::Organisation => {
                // Headlines leave out the article.
                let title = self
                    .sentences
                    .get(candidate.sentence)
                    .is_some_and(|s| s.place == crate::record::SentencePlace::Title);
                if !title && candidate.kind != Kind::Person {
                    return None;
                }
            }
            _ => {}
        }
        if let Some(found) = self
            .near(&self.by_noun, &candidate.noun)
            .into_iter()
            .filter(|&c| self.fits(candidate, c))
            .max_by_key(|&c| self.clusters.get(c).map_or(0, |k| k.members.last().copied().unwrap_or(0)))
        {
            return Some(found);
        }
        if !definite
            || !candidate.is_actor()
            || candidate.modifiers.iter().any(|m| !matches!(m.as_str(), "armed" | "group"))
        {
            return None;
        }
        // "the company" after a name of that sector, not long before.
        let sector = candidate.facts.sector.first().map(|(s, _)| s.as_str())?;
        if matches!(sector, "CVL" | "GOV") || candidate.kind == Kind::Person {
            return None;
        }
        let near = |c: &Cluster| {
            !c.keys.is_empty()
                && matches!(c.kind, Kind::Organisation | Kind::Group)
                && candidate.sentence.saturating_sub(self.last_sentence(c)) <= 3
                && c.members
                    .iter()
                    .any(|&m| self.candidates.get(m).is_some_and(|k| k.facts.sector.iter().any(|(s, _)| s == sector)))
        };
        self.latest(near)
    }

    /// The cluster spoken of last among those that fit.
    fn latest(&self, fits: impl Fn(&Cluster) -> bool) -> Option<usize> {
        let found = self.clusters.iter().enumerate().rev().take(200).filter(|(_, c)| fits(c));
        found.max_by_key(|(_, c)| c.members.last().copied().unwrap_or(0)).map(|(i, _)| i)
    }

    fn fits(&self, candidate: &Candidate, index: usize) -> bool {
        let Some(cluster) = self.clusters.get(index) else {
            return false;
        };
        let kinds = match (candidate.kind, cluster.kind) {
            (a, b) if a == b => true,
            (Kind::Thing, Kind::Organisation | Kind::Place) | (Kind::Organisation, Kind::Thing | Kind::Group) => true,
            (Kind::Group, Kind::Organisation) => true,
            _ => false,
        };
        if !kinds
            || candidate.plural != cluster.plural
                && candidate.kind != Kind::Organisation
                && cluster.kind != Kind::Organisation
        {
            return false;
        }
        if let (Some(a), Some(b)) = (candidate.gender, cluster.gender)
            && a != b
        {
            return false;
        }
        // Another country's is another one.
        let country = candidate.facts.country.first().map(|(c, _)| c);
        let theirs = cluster
            .members
            .iter()
            .filter_map(|&m| self.candidates.get(m))
            .find_map(|m| m.facts.country.first())
            .map(|(c, _)| c);
        if let (Some(a), Some(b)) = (country, theirs)
            && a != b
        {
            return false;
        }
        // What the phrase adds must be known of the entity; a count may change.
        let known = |word: &String| {
            cluster.words.contains(word)
                || word.chars().all(|c| c.is_ascii_digit())
                || candidate.facts.country.iter().any(|(_, e)| e.by.to_lowercase().contains(word.as_str()))
        };
        let adds = candidate.modifiers.iter().filter(|m| !known(m)).count();
        if candidate.kind == Kind::Person || candidate.kind == Kind::Group {
            // Two "spokesmen" with names are two people.
            let overlapping = cluster.members.last().and_then(|&m| self.candidates.get(m)).is_some_and(|m| {
                m.sentence == candidate.sentence && m.tokens.0 < candidate.tokens.1 && candidate.tokens.0 < m.tokens.1
            });
            if overlapping {
                return false;
            }
        }
        adds == 0
    }

    /// First and second person: the speaker of the quotation, or one voice for the whole text outside of any.
    fn speakers(&mut self) {
        let mut narrator: Option<usize> = None;
        let mut narrators: Option<usize> = None;
        let mut listener: Option<usize> = None;
        for (i, candidate) in self.candidates.iter().enumerate() {
            let Some(pronoun) = candidate.pronoun else {
                continue;
            };
            let quote = self.quote_of(candidate);
            let speaker = quote
                .and_then(|q| q.speaker)
                .and_then(|s| self.at.get(&s).copied())
                .and_then(|s| self.of.get(s).copied().flatten());
            match pronoun {
                Pronoun::First { plural } => {
                    let target = match (quote, speaker) {
                        (Some(_), Some(speaker)) if plural => Some(self.we(speaker)),
                        (Some(_), Some(speaker)) => Some(speaker),
                        _ => None,
                    };
                    match target {
                        Some(cluster) => self.join(i, cluster),
                        None => {
                            let slot = if plural { narrators } else { narrator };
                            match slot {
                                Some(cluster) => self.join(i, cluster),
                                None => {
                                    let cluster = self.open(i);
                                    if plural { narrators = Some(cluster) } else { narrator = Some(cluster) }
                                }
                            }
                        }
                    }
                }
                Pronoun::Second => match listener {
                    Some(cluster) => self.join(i, cluster),
                    None => listener = Some(self.open(i)),
                },
                _ => {}
            }
        }
        for cluster in &mut self.clusters {
            cluster.members.sort_unstable();
        }
    }

    /// Whom a speaker means by "we": the government, body or country that he or she speaks for.
    fn we(&self, speaker: usize) -> usize {
        let Some(cluster) = self.clusters.get(speaker) else {
            return speaker;
        };
        if cluster.kind != Kind::Person {
            return speaker;
        }
        let members = || cluster.members.iter().filter_map(|&m| self.candidates.get(m));
        let employer = members().find_map(|m| {
            m.facts.employers.iter().find_map(|&head| {
                let other = self.of.get(*self.at.get(&(m.sentence, head))?).copied().flatten()?;
                let kind = self.clusters.get(other)?.kind;
                (other != speaker && matches!(kind, Kind::Organisation | Kind::Country)).then_some(other)
            })
        });
        if let Some(employer) = employer {
            return employer;
        }
        let official = members().any(|m| m.facts.sector.iter().any(|(s, _)| matches!(s.as_str(), "GOV" | "MIL")));
        let country = members().find_map(|m| m.facts.country.first()).map(|(c, _)| c.as_str());
        country.filter(|_| official).and_then(|code| self.country_cluster(code)).unwrap_or(speaker)
    }
}

fn index_under(index: &mut HashMap<String, Vec<usize>>, word: &str, cluster: usize) {
    let list = index.entry(word.to_owned()).or_default();
    if !list.contains(&cluster) {
        list.push(cluster);
    }
}
