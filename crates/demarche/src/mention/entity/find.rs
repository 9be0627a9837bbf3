//! Every phrase that may speak of an actor, with what its own words tell. Phrases for other things are found too:
//! a pronoun that stands for one of them must not be given to an actor.

use super::facts::{self, Facts};
use super::names::{Named, names, sense_of};
use super::phrase;
use crate::codebook::actors::{ActorBook, AgentClass, Gender, Sense, fold};
use crate::record::{MentionForm, NameKind, Sentence, Token};

/// What a phrase denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    Organisation,
    Country,
    Group,
    /// A town or region, or a country where it is only a place.
    Place,
    Thing,
}

/// How a common noun is determined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Determiner {
    Definite,
    Indefinite,
    Bare,
    Possessive,
}

/// Grammatical person, number and kind of a pronoun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    First { plural: bool },
    Second,
    He,
    She,
    It,
    They,
}

/// One phrase.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub sentence: usize,
    pub tokens: (usize, usize),
    pub head: usize,
    pub form: MentionForm,
    pub kind: Kind,
    /// The name inside the phrase.
    pub name: Option<(usize, usize)>,
    /// Its words, folded.
    pub key: Vec<String>,
    /// Lemma of the head, in lower case.
    pub noun: String,
    pub plural: bool,
    pub gender: Option<Gender>,
    pub determiner: Determiner,
    pub pronoun: Option<Pronoun>,
    /// Content words before the head.
    pub modifiers: Vec<String>,
    pub facts: Facts,
}

impl Candidate {
    pub(super) fn is_actor(&self) -> bool {
        !matches!(self.kind, Kind::Place | Kind::Thing)
    }
}

/// All candidates of one sentence, in order of their first token, longer ones first.
pub(super) fn candidates(sentence: &Sentence, index: usize, day: Option<&str>, book: &ActorBook) -> Vec<Candidate> {
    let children = phrase::children(sentence);
    let names = names(sentence, &children, day, book);
    let view = View { sentence, index, children: &children, names: &names, day, book };
    let mut found: Vec<Candidate> = Vec::new();
    for head in 0..sentence.tokens.len() {
        if let Some(candidate) = view.candidate(head) {
            found.push(candidate);
        }
    }
    // Two readings of the same tokens: the one with a name wins.
    found.sort_by_key(|c| (c.tokens.0, std::cmp::Reverse(c.tokens.1), c.name.is_none()));
    found.dedup_by(|later, first| later.tokens == first.tokens);
    found
}

/// One sentence with what is needed to read phrases in it.
pub(super) struct View<'a> {
    pub sentence: &'a Sentence,
    pub index: usize,
    pub children: &'a [Vec<usize>],
    pub names: &'a [Named<'a>],
    pub day: Option<&'a str>,
    pub book: &'a ActorBook,
}

impl View<'_> {
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.sentence.tokens.get(at)
    }

    /// The name that token `at` belongs to.
    pub(super) fn name_of(&self, at: usize) -> Option<&Named<'_>> {
        self.names.iter().find(|n| n.tokens.0 <= at && at < n.tokens.1)
    }

    fn candidate(&self, head: usize) -> Option<Candidate> {
        let token = self.token(head)?;
        match token.upos.as_str() {
            "PRON" | "DET" => self.pronoun(head, token),
            "NOUN" | "PROPN" | "ADJ" | "X" | "NUM" | "SYM" | "VERB" => self.noun(head, token),
            _ => None,
        }
    }

    fn pronoun(&self, head: usize, token: &Token) -> Option<Candidate> {
        if token.rel() == "expl" || token.feats.contains("PronType=Rel") || token.feats.contains("PronType=Int") {
            return None;
        }
        let pronoun = match token.form.to_lowercase().as_str() {
            "i" | "me" | "my" | "mine" | "myself" => Pronoun::First { plural: false },
            "we" | "us" | "our" | "ours" | "ourselves" => Pronoun::First { plural: true },
            "you" | "your" | "yours" | "yourself" | "yourselves" => Pronoun::Second,
            "he" | "him" | "his" | "himself" => Pronoun::He,
            "she" | "her" | "hers" | "herself" => Pronoun::She,
            "it" | "its" | "itself" => Pronoun::It,
            "they" | "them" | "their" | "theirs" | "themselves" | "themself" => Pronoun::They,
            _ => return None,
        };
        // "U.S." is no pronoun, however it was tagged.
        if pronoun == (Pronoun::First { plural: true }) && matches!(token.form.as_str(), "US" | "U.S." | "U.S") {
            return None;
        }
        if pronoun == Pronoun::It && self.pleonastic(head, token) {
            return None;
        }
        let (kind, plural, gender) = match pronoun {
            Pronoun::First { plural } => (if plural { Kind::Group } else { Kind::Person }, plural, None),
            Pronoun::Second => (Kind::Person, false, None),
            Pronoun::He => (Kind::Person, false, Some(Gender::Male)),
            Pronoun::She => (Kind::Person, false, Some(Gender::Female)),
            Pronoun::It => (Kind::Thing, false, None),
            Pronoun::They => (Kind::Group, true, None),
        };
        Some(Candidate {
            sentence: self.index,
            tokens: (head, head + 1),
            head,
            form: MentionForm::Pronoun,
            kind,
            name: None,
            key: Vec::new(),
            noun: token.lemma.to_lowercase(),
            plural,
            gender,
            determiner: Determiner::Definite,
            pronoun: Some(pronoun),
            modifiers: Vec::new(),
            facts: Facts::default(),
        })
    }

    /// "It is likely that", "it seems", "it rained": nothing is meant.
    fn pleonastic(&self, head: usize, token: &Token) -> bool {
        if token.rel() != "nsubj" {
            return false;
        }
        let Some(governor) = token.head else {
            return false;
        };
        let Some(verb) = self.token(governor) else {
            return false;
        };
        let clause = self.children.get(governor).into_iter().flatten().any(|&c| {
            self.token(c).is_some_and(|t| matches!(t.deprel.as_str(), "csubj" | "ccomp" | "advcl:relcl") && c > head)
        });
        let infinitive = self
            .children
            .get(governor)
            .into_iter()
            .flatten()
            .any(|&c| self.token(c).is_some_and(|t| matches!(t.rel(), "xcomp" | "advcl" | "acl") && c > governor));
        match verb.upos.as_str() {
            "ADJ" => clause || infinitive,
            "VERB" => {
                (matches!(verb.lemma.as_str(), "seem" | "appear" | "happen" | "turn" | "take" | "follow")
                    && (clause || infinitive))
                    || matches!(verb.lemma.as_str(), "rain" | "snow")
            }
            _ => false,
        }
    }

    fn noun(&self, head: usize, token: &Token) -> Option<Candidate> {
        if let Some(name) = self.name_of(head) {
            if self.head_of(name.tokens) != head {
                return None;
            }
            return self.named(head, name.tokens);
        }
        match token.upos.as_str() {
            "NOUN" => {}
            "PROPN" => {}
            "ADJ" | "NUM" | "VERB" => {
                // "the wounded", "three injured"
                let nominal = matches!(token.rel(), "nsubj" | "obj" | "obl" | "nmod" | "iobj" | "conj");
                let agent = self.book.agent_word(&token.form.to_lowercase());
                let article = self.children.get(head)?.iter().any(|&c| self.token(c).is_some_and(|t| t.rel() == "det"));
                if token.upos != "ADJ" || !nominal || !article || agent.is_none_or(|a| a.class != AgentClass::Group) {
                    return None;
                }
            }
            _ => return None,
        }
        let title_of = |i: usize| {
            // A title belongs to the phrase of the name that it goes with.
            self.token(i).is_some_and(|t| {
                matches!(t.rel(), "flat" | "fixed" | "goeswith")
                    || t.deprel == "nmod:desc"
                    || (t.rel() == "compound" && t.upos != "PROPN")
            })
        };
        if title_of(head) {
            return None;
        }
        // A common noun with a name hung on it: "director Ana Roe".
        let hung = self.children.get(head)?.iter().copied().find_map(|c| {
            let t = self.token(c)?;
            let name = self.name_of(c)?;
            let person = name.kind == Some(NameKind::Person) || name.known.iter().any(|k| k.sense == Sense::Person);
            let tied = t.rel() == "flat"
                || t.rel() == "appos" && c == head + 1
                || (matches!(t.rel(), "compound" | "nmod")
                    && name.tokens.0 == head + 1
                    && person
                    && t.deprel != "nmod:poss");
            (tied && name.tokens.0 > head).then_some(name.tokens)
        });
        if let Some(name) = hung {
            return self.named(head, name);
        }
        self.common(head, token)
    }

    /// The token of a range whose head lies outside it.
    pub(super) fn head_of(&self, (first, end): (usize, usize)) -> usize {
        (first..end)
            .find(|&i| self.token(i).is_some_and(|t| t.head.is_none_or(|h| h < first || h >= end)))
            .unwrap_or(first)
    }

    fn named(&self, head: usize, name: (usize, usize)) -> Option<Candidate> {
        let own = self.name_of(name.0)?;
        let token = self.token(head)?;
        let inner = name.0 <= head && head < name.1;
        if inner && token.rel() == "flat" && token.head.is_some_and(|h| h < name.0 && self.name_of(h).is_none()) {
            let outer = token.head.and_then(|h| self.token(h))?;
            // The title is the head of the phrase; it makes the candidate.
            if matches!(outer.upos.as_str(), "NOUN" | "PROPN")
                && self.book.agent(&self.sentence.tokens, token.head?).is_some()
            {
                return None;
            }
        }
        let sense = sense_of(own);
        let kind = self.kind_of(own, head, sense)?;
        let adjective = sense == Some(Sense::Nationality);
        let noun_agent = !inner;
        // A name inside another phrase speaks for itself alone.
        let modifier = inner
            && (matches!(token.rel(), "compound" | "amod") || token.deprel == "nmod:desc" || token.rel() == "flat")
            && token.head.is_some_and(|h| h != head);
        let (form, tokens, kind) = if adjective {
            let people = !modifier && !matches!(token.rel(), "det");
            if people {
                // "the Dutch", "three Colombians"
                let tokens = phrase::extent(self.sentence, self.children, head, Some(name));
                (MentionForm::Noun, tokens, Kind::Group)
            } else {
                (MentionForm::Adjective, name, Kind::Country)
            }
        } else if modifier {
            (MentionForm::Name, name, kind)
        } else {
            (MentionForm::Name, phrase::extent(self.sentence, self.children, head, Some(name)), kind)
        };
        let key = self.key(name);
        if key.is_empty() {
            return None;
        }
        let plural = match kind {
            Kind::Group => token.feats.contains("Number=Plur") || adjective,
            _ => false,
        };
        let mut candidate = Candidate {
            sentence: self.index,
            tokens,
            head,
            form,
            kind,
            name: Some(name),
            key,
            noun: if noun_agent || kind == Kind::Group { token.lemma.to_lowercase() } else { String::new() },
            plural,
            gender: None,
            determiner: self.determiner(head),
            pronoun: None,
            modifiers: Vec::new(),
            facts: Facts::default(),
        };
        if kind == Kind::Person {
            candidate.gender = self.gender(&candidate, name);
        }
        facts::of_phrase(self, &mut candidate, Some(own));
        Some(candidate)
    }

    fn kind_of(&self, own: &Named, head: usize, sense: Option<Sense>) -> Option<Kind> {
        let model = own.kind;
        Some(match sense {
            Some(Sense::Country | Sense::Nationality) => Kind::Country,
            Some(Sense::Seat) => Kind::Country,
            Some(Sense::Capital) => {
                if self.acts(head) {
                    Kind::Country
                } else {
                    Kind::Place
                }
            }
            Some(Sense::Place) => Kind::Place,
            Some(Sense::International | Sense::Body) => {
                let plural = self.token(head).is_some_and(|t| t.feats.contains("Number=Plur") && t.form.ends_with('s'));
                if plural && own.tokens.1 - own.tokens.0 == 1 { Kind::Group } else { Kind::Organisation }
            }
            Some(Sense::Person) => Kind::Person,
            None => match model {
                Some(NameKind::Person) => Kind::Person,
                Some(NameKind::Organisation) => Kind::Organisation,
                Some(NameKind::Place) => Kind::Place,
                _ => Kind::Thing,
            },
        })
    }

    /// A capital acts where it is a subject, an owner or a party to something; elsewhere it is a town.
    fn acts(&self, head: usize) -> bool {
        let mut at = head;
        for _ in 0..5 {
            let Some(token) = self.token(at) else {
                return false;
            };
            let rel = token.deprel.as_str();
            if token.rel() == "conj" {
                match token.head {
                    Some(h) => at = h,
                    None => return false,
                }
                continue;
            }
            let case =
                self.children.get(at).into_iter().flatten().find_map(|&c| {
                    self.token(c).filter(|t| t.rel() == "case" && c < at).map(|t| t.form.to_lowercase())
                });
            return match (rel, case.as_deref()) {
                ("nsubj", None) => true,
                ("nmod:poss", _) => true,
                ("obj" | "iobj", None) => token.head.and_then(|h| self.token(h)).is_some_and(|verb| {
                    !matches!(
                        verb.lemma.as_str(),
                        "visit"
                            | "leave"
                            | "reach"
                            | "enter"
                            | "hit"
                            | "shake"
                            | "rock"
                            | "strike"
                            | "tour"
                            | "bomb"
                            | "shell"
                            | "capture"
                            | "besiege"
                    )
                }),
                ("nsubj:pass", None) => token.head.and_then(|h| self.token(h)).is_some_and(|verb| {
                    !matches!(
                        verb.lemma.as_str(),
                        "hit" | "shake" | "rock" | "strike" | "bomb" | "shell" | "capture" | "hold" | "locate"
                    )
                }),
                (_, Some("with" | "by" | "between" | "against" | "towards" | "toward")) => true,
                (_, Some("for" | "on")) => token.rel() == "nmod" || token.rel() == "obl",
                _ => false,
            };
        }
        false
    }

    fn key(&self, (first, end): (usize, usize)) -> Vec<String> {
        let words = self.sentence.tokens.get(first..end).unwrap_or_default().iter();
        words
            .filter(|t| t.xpos != "POS")
            .flat_map(|t| fold(&t.form).split(' ').map(str::to_owned).collect::<Vec<_>>())
            .filter(|w| !w.is_empty() && w != "the")
            .collect()
    }

    fn gender(&self, candidate: &Candidate, name: (usize, usize)) -> Option<Gender> {
        let before = candidate.tokens.0..name.0;
        for i in before.rev().chain(name.0..name.1) {
            let word = self.token(i)?;
            if let Some(Some(gender)) = self.book.honorific(&word.form)
                && (i < name.0 || i == name.0 && name.1 - name.0 > 1)
            {
                return Some(gender);
            }
            if i < name.0
                && let Some(gender) = self.book.gender_of_noun(&word.lemma)
            {
                return Some(gender);
            }
        }
        if name.1 - name.0 < 2 && candidate.tokens.0 == name.0 {
            return self.book.gender_of_first_name(&self.token(name.0)?.form);
        }
        if name.1 - name.0 < 2 { None } else { self.book.gender_of_first_name(&self.token(name.0)?.form) }
    }

    pub(super) fn determiner(&self, head: usize) -> Determiner {
        for &child in self.children.get(head).into_iter().flatten().filter(|&&c| c < head) {
            let Some(token) = self.token(child) else {
                continue;
            };
            if token.deprel == "nmod:poss" {
                return Determiner::Possessive;
            }
            if token.rel() == "det" {
                return match token.form.to_lowercase().as_str() {
                    "the" | "this" | "that" | "these" | "those" | "both" => Determiner::Definite,
                    _ => Determiner::Indefinite,
                };
            }
            if token.rel() == "nummod" && token.form.eq_ignore_ascii_case("one") {
                return Determiner::Indefinite;
            }
        }
        Determiner::Bare
    }

    fn common(&self, head: usize, token: &Token) -> Option<Candidate> {
        let proper = token.upos == "PROPN";
        if proper && token.rel() == "compound" {
            return None;
        }
        let agent = self.book.agent(&self.sentence.tokens, head);
        let plural = token.feats.contains("Number=Plur") || matches!(token.xpos.as_str(), "NNS" | "NNPS");
        let kind = match agent {
            Some((_, a)) => match a.class {
                AgentClass::Person if plural => Kind::Group,
                AgentClass::Person => Kind::Person,
                AgentClass::Group => Kind::Group,
                AgentClass::Body => Kind::Organisation,
            },
            None => Kind::Thing,
        };
        let tokens = phrase::extent(self.sentence, self.children, head, None);
        let modifiers = (tokens.0..head)
            .filter_map(|i| self.token(i))
            .filter(|t| matches!(t.upos.as_str(), "ADJ" | "NOUN" | "PROPN" | "NUM"))
            .map(|t| t.lemma.to_lowercase())
            .collect();
        let collective = agent.is_some_and(|(_, a)| a.class == AgentClass::Group);
        let mut candidate = Candidate {
            sentence: self.index,
            tokens,
            head,
            form: if proper && agent.is_none() { MentionForm::Name } else { MentionForm::Noun },
            kind,
            name: None,
            key: if proper && agent.is_none() { self.key((head, head + 1)) } else { Vec::new() },
            noun: token.lemma.to_lowercase(),
            plural: plural || collective,
            gender: self.book.gender_of_noun(&token.lemma),
            determiner: self.determiner(head),
            pronoun: None,
            modifiers,
            facts: Facts::default(),
        };
        if proper && agent.is_none() {
            candidate.name = Some((head, head + 1));
        }
        facts::of_phrase(self, &mut candidate, None);
        Some(candidate)
    }
}
