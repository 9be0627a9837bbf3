//! A sentence's tree: children, subjects and objects as a reader understands them, noun phrases as ranges of tokens.

use crate::codebook::events::lemmas;
use crate::record::{Sentence, Token};

/// How far a subject is sought up the tree; deeper nesting is not read by people either.
const DEPTH: usize = 6;

/// Verbs whose subject, not object, does what the complement says: `promised him to come`.
const SUBJECT_CONTROL: &[&str] = &["promise", "threaten", "vow", "pledge", "offer", "refuse", "agree"];

/// A sentence with its children looked up. Every index that a method returns is one of the sentence's tokens.
#[derive(Debug)]
pub struct Tree<'s> {
    pub tokens: &'s [Token],
    pub sentence: &'s Sentence,
    children: Vec<Vec<usize>>,
    /// For each token the dictionary words that it may be, the likeliest first.
    words: Vec<Vec<String>>,
}

impl<'s> Tree<'s> {
    /// Looks at a sentence; heads that point nowhere or at themselves are taken as roots.
    pub fn new(sentence: &'s Sentence) -> Self {
        let tokens = sentence.tokens.as_slice();
        let mut children = vec![Vec::new(); tokens.len()];
        for (i, token) in tokens.iter().enumerate() {
            if let Some(head) = token.head
                && head != i
                && let Some(list) = children.get_mut(head)
            {
                list.push(i);
            }
        }
        let words =
            tokens.iter().map(|t| lemmas(&t.form, if t.lemma == "_" { "" } else { &t.lemma }, &t.upos)).collect();
        Tree { tokens, sentence, children, words }
    }

    /// Children in text order.
    pub fn children(&self, i: usize) -> &[usize] {
        self.children.get(i).map_or(&[], Vec::as_slice)
    }

    /// Relation without subtype, empty where there is no such token.
    pub fn rel(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", Token::rel)
    }

    /// Relation with subtype.
    pub fn deprel(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.deprel.as_str())
    }

    /// Lemma in small letters, in the spelling of `normal`. Where the parser's lemma is no word that rules know but
    /// another reading of the form is, that one.
    pub fn lemma(&self, i: usize) -> &str {
        let words = self.candidates(i);
        let first = words.first().map_or("", String::as_str);
        if known(first) {
            return first;
        }
        words.iter().map(String::as_str).find(|w| known(w)).unwrap_or(first)
    }

    /// All dictionary words that the token may be.
    pub fn candidates(&self, i: usize) -> &[String] {
        self.words.get(i).map_or(&[], Vec::as_slice)
    }

    /// Universal part of speech.
    pub fn upos(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.upos.as_str())
    }

    /// Penn tag.
    pub fn xpos(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| t.xpos.as_str())
    }

    /// Head that is another token of the sentence.
    pub fn head(&self, i: usize) -> Option<usize> {
        self.tokens.get(i).and_then(|t| t.head).filter(|h| *h != i && *h < self.tokens.len())
    }

    /// First child with one of these relations (without subtype).
    pub fn child(&self, i: usize, rels: &[&str]) -> Option<usize> {
        self.children(i).iter().copied().find(|c| rels.contains(&self.rel(*c)))
    }

    /// First child with exactly this relation.
    pub fn child_exact(&self, i: usize, deprel: &str) -> Option<usize> {
        self.children(i).iter().copied().find(|c| self.deprel(*c) == deprel)
    }

    /// The words of a preposition or conjunction on a token: `because of`, `according to`.
    pub fn marker(&self, i: usize, rel: &str) -> String {
        let mut words = Vec::new();
        for c in self.children(i).iter().copied().filter(|c| *c < i && self.rel(*c) == rel) {
            words.push(self.lemma(c).to_string());
            words.extend(
                self.children(c).iter().filter(|f| self.rel(**f) == "fixed").map(|f| self.lemma(*f).to_string()),
            );
        }
        words.join(" ")
    }

    /// The token and its coordinated fellows.
    pub fn with_conjuncts(&self, i: usize) -> Vec<usize> {
        let mut all = vec![i];
        let mut at = 0;
        while let Some(&token) = all.get(at) {
            at += 1;
            for &c in self.children(token) {
                if self.rel(c) == "conj" && !all.contains(&c) {
                    all.push(c);
                }
            }
        }
        all
    }

    /// True if the verb is in the passive, by its own auxiliary, as a participle after a noun, or by the verb that it is
    /// coordinated with.
    pub fn passive(&self, i: usize) -> bool {
        let verb_passive = |v: usize| {
            self.children(v)
                .iter()
                .any(|c| matches!(self.deprel(*c), "nsubj:pass" | "aux:pass" | "obl:agent" | "csubj:pass"))
        };
        if verb_passive(i) {
            return true;
        }
        if self.xpos(i) != "VBN"
            || self.child(i, &["obj"]).is_some()
            || self.children(i).iter().any(|c| self.rel(*c) == "aux")
        {
            return false;
        }
        match self.deprel(i) {
            "acl" | "amod" => true,
            "advcl" => true,
            "conj" => self.head(i).is_some_and(verb_passive) && self.child(i, &["nsubj"]).is_none(),
            _ => false,
        }
    }

    /// The noun that a relative pronoun stands for, or the token itself.
    fn antecedent(&self, i: usize) -> usize {
        let relative = matches!(self.lemma(i), "who" | "whom" | "which" | "that" | "whose")
            && matches!(self.upos(i), "PRON" | "DET" | "SCONJ");
        if !relative {
            return i;
        }
        let mut at = i;
        for _ in 0..DEPTH {
            let Some(head) = self.head(at) else { return i };
            if self.deprel(at) == "acl:relcl" || (self.deprel(at) == "acl" && self.upos(head) != "VERB") {
                return head;
            }
            at = head;
        }
        i
    }

    /// The grammatical subject of a verb or predicate noun, inherited where it has none of its own.
    pub fn surface_subject(&self, i: usize) -> Option<usize> {
        self.surface_subject_at(i, 0)
    }

    /// The subject that hangs on the verb itself; of two, one is an object that the parser took for a subject.
    fn subject_child(&self, i: usize) -> Option<usize> {
        let before = self.children(i).iter().copied().find(|c| self.rel(*c) == "nsubj" && *c < i);
        before.or_else(|| self.child(i, &["nsubj"]))
    }

    fn surface_subject_at(&self, i: usize, depth: usize) -> Option<usize> {
        if depth > DEPTH {
            return None;
        }
        if let Some(subject) = self.subject_child(i) {
            return Some(self.antecedent(subject)).filter(|s| *s != i);
        }
        let head = self.head(i)?;
        match self.deprel(i) {
            "conj" => self.surface_subject_at(head, depth + 1),
            "xcomp" => {
                let control = SUBJECT_CONTROL.contains(&self.lemma(head));
                match self.child(head, &["obj", "iobj"]) {
                    Some(object) if !control => Some(self.antecedent(object)),
                    _ => self.surface_subject_at(head, depth + 1),
                }
            }
            "acl:relcl" => Some(head),
            "acl" => {
                if self.marker(i, "mark").contains("to") {
                    self.carrier(head, depth + 1)
                } else if matches!(self.upos(head), "NOUN" | "PROPN" | "PRON") && self.marker(i, "mark").is_empty() {
                    Some(head)
                } else {
                    self.carrier(head, depth + 1)
                }
            }
            "advcl" | "parataxis" if self.xpos(i) == "VBG" || self.xpos(i) == "VBN" || self.has_to(i) => {
                if self.rel(i) == "parataxis" { None } else { self.surface_subject_at(head, depth + 1) }
            }
            "ccomp" if self.has_to(i) || self.xpos(i) == "VBG" => self.surface_subject_at(head, depth + 1),
            _ => None,
        }
    }

    /// Who has a noun: `[Iran]'s offer`, `[Iran] made an offer`.
    fn carrier(&self, noun: usize, depth: usize) -> Option<usize> {
        if let Some(owner) = self.child_exact(noun, "nmod:poss") {
            return Some(owner);
        }
        if self.rel(noun) == "obj"
            && let Some(verb) = self.head(noun)
        {
            return self.surface_subject_at(verb, depth + 1);
        }
        None
    }

    /// True for an infinitive with `to`.
    pub fn has_to(&self, i: usize) -> bool {
        self.children(i).iter().any(|c| self.rel(*c) == "mark" && self.lemma(*c) == "to")
    }

    /// Who does what a verb says: the subject of the active, the `by` phrase of the passive.
    pub fn agent(&self, i: usize) -> Vec<usize> {
        if self.passive(i) {
            let by =
                self.children(i).iter().copied().find(|c| {
                    self.deprel(*c) == "obl:agent" || (self.rel(*c) == "obl" && self.marker(*c, "case") == "by")
                });
            if let Some(by) = by.filter(|b| !self.is_time(*b)) {
                return vec![by];
            }
            // "was bombed and shelled by": the agent hangs on the last verb.
            return self
                .with_conjuncts(i)
                .into_iter()
                .skip(1)
                .find_map(|v| self.child_exact(v, "obl:agent"))
                .into_iter()
                .collect();
        }
        self.surface_subject(i).filter(|s| self.upos(*s) != "VERB").into_iter().collect()
    }

    /// Whom or what a verb acts on: the object of the active, the subject of the passive.
    pub fn patient(&self, i: usize) -> Vec<usize> {
        if self.passive(i) {
            if self.rel(i) == "amod" {
                return self.head(i).into_iter().collect();
            }
            return self.surface_subject(i).into_iter().collect();
        }
        if let Some(object) = self.child(i, &["obj"]) {
            return vec![self.antecedent(object)];
        }
        if let Some(subject) = self.subject_child(i)
            && subject < i
            && let Some(second) = self.children(i).iter().copied().find(|c| self.rel(*c) == "nsubj" && *c > i)
        {
            return vec![second];
        }
        // "the offer that Iran made", "the offer Iran made": the noun before a relative clause fills the gap.
        if self.deprel(i) == "acl:relcl"
            && let Some(head) = self.head(i)
            && let Some(subject) = self.child(i, &["nsubj"])
            && self.antecedent(subject) == subject
        {
            return vec![head];
        }
        // "bombed and shelled the town", "condemned the plan and rejected".
        if self.rel(i) == "conj"
            && let Some(head) = self.head(i)
            && let Some(object) = self.child(head, &["obj"])
            && object > i
        {
            return vec![object];
        }
        Vec::new()
    }

    /// Nouns under a preposition that hang on a token.
    pub fn under(&self, i: usize, preposition: &str) -> Vec<usize> {
        self.children(i)
            .iter()
            .copied()
            .filter(|c| matches!(self.rel(*c), "obl" | "nmod" | "advcl" | "acl" | "xcomp" | "advmod" | "iobj" | "obj"))
            .filter(|c| {
                let case = self.marker(*c, "case");
                case == preposition
                    || (preposition == "by" && self.deprel(*c) == "obl:agent")
                    || (!case.is_empty() && case.split(' ').next_back() == Some(preposition) && case.contains(' '))
                    || (case.is_empty() && self.marker(*c, "mark") == preposition)
            })
            .map(|c| self.antecedent(c))
            .collect()
    }

    /// True for the head of a plain time expression: `Tuesday`, `March`, `weeks`.
    pub fn is_time(&self, i: usize) -> bool {
        const TIMES: &[&str] = &[
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "today",
            "tomorrow",
            "yesterday",
            "day",
            "week",
            "month",
            "year",
            "hour",
            "minute",
            "night",
            "morning",
            "evening",
            "afternoon",
            "weekend",
            "noon",
            "midnight",
            "dawn",
            "dusk",
            "spring",
            "summer",
            "autumn",
            "winter",
            "decade",
            "century",
        ];
        let lemma = self.lemma(i);
        TIMES.contains(&lemma) && (lemma != "may" || self.upos(i) == "PROPN") && lemma != "march"
            || (lemma == "march" && self.upos(i) == "PROPN")
            || (self.upos(i) == "NUM" && lemma.len() == 4 && lemma.chars().all(|c| c.is_ascii_digit()))
    }

    /// True if `i` lies under `top`, or is it.
    pub fn within(&self, i: usize, top: usize) -> bool {
        let mut at = i;
        for _ in 0..self.tokens.len().min(64) {
            if at == top {
                return true;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }

    /// All tokens under `top`, `keep` deciding which children are entered; sorted.
    fn collect(&self, top: usize, keep: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let mut found = vec![top];
        let mut at = 0;
        while let Some(&token) = found.get(at) {
            at += 1;
            for &c in self.children(token) {
                if keep(c) && !found.contains(&c) {
                    found.push(c);
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// The run of tokens around `head` among `kept`; a comma inside is bridged.
    fn run(&self, head: usize, kept: &[usize]) -> (usize, usize) {
        let holds = |i: usize| kept.binary_search(&i).is_ok();
        let comma = |i: usize| self.tokens.get(i).is_some_and(|t| t.form == "," || t.upos == "PUNCT");
        let (mut start, mut end) = (head, head + 1);
        while start > 0 && (holds(start - 1) || (start > 1 && comma(start - 1) && holds(start - 2))) {
            start -= 1;
        }
        while end < self.tokens.len() && (holds(end) || (comma(end) && holds(end + 1))) {
            end += 1;
        }
        while start < head && comma(start) {
            start += 1;
        }
        while end > head + 1 && comma(end - 1) {
            end -= 1;
        }
        (start, end)
    }

    /// A noun phrase as a reader would underline it: without preposition, trailing clause and fellows.
    pub fn phrase(&self, head: usize) -> (usize, usize) {
        let kept = self.collect(head, &|c| {
            let rel = self.rel(c);
            let direct = self.head(c) == Some(head);
            if direct
                && matches!(
                    rel,
                    "case"
                        | "cc"
                        | "conj"
                        | "punct"
                        | "mark"
                        | "cop"
                        | "parataxis"
                        | "advcl"
                        | "nsubj"
                        | "aux"
                        | "advmod"
                )
            {
                return rel == "advmod" && c < head;
            }
            let form = self.tokens.get(c).map_or("", |t| t.form.as_str());
            match rel {
                "acl" | "parataxis" | "advcl" => false,
                "punct" => matches!(form, "-" | "'" | "\"" | "“" | "”"),
                "case" => !(direct && matches!(form, "'s" | "'" | "’s" | "’")),
                _ => true,
            }
        });
        self.run(head, &kept)
    }

    /// A clause or phrase with everything under it, without the punctuation and conjunction at its edges.
    pub fn clause(&self, head: usize) -> (usize, usize) {
        let kept = self.collect(head, &|c| !(self.head(c) == Some(head) && matches!(self.rel(c), "punct" | "cc")));
        self.run(head, &kept)
    }

    /// As [`clause`](Self::clause), beginning at the content: without `to`, `that` or a preposition.
    pub fn content(&self, head: usize) -> (usize, usize) {
        let kept = self.collect(head, &|c| {
            !(self.head(c) == Some(head) && matches!(self.rel(c), "punct" | "cc" | "mark" | "case") && c < head)
        });
        self.run(head, &kept)
    }

    /// The words of a verb group or noun: auxiliaries right before, particles right after.
    pub fn predicate(&self, head: usize, others: &[usize]) -> (usize, usize) {
        let (mut start, mut end) = (head, head + 1);
        for &c in self.children(head) {
            if matches!(self.rel(c), "aux" | "cop") && c < start && c + 4 >= head {
                start = start.min(c);
            }
            if self.deprel(c) == "compound:prt" && c >= end && c <= head + 3 {
                end = c + 1;
            }
        }
        for &other in others {
            if other + 6 >= head && other < start {
                start = other;
            } else if other >= end && other <= head + 6 {
                end = other + 1;
            }
        }
        (start, end)
    }

    /// The token of a range that the others hang on.
    pub fn head_of(&self, range: (usize, usize)) -> usize {
        let (start, end) = (range.0.min(self.tokens.len()), range.1.min(self.tokens.len()));
        let outside = |i: &usize| self.head(*i).is_none_or(|h| h < start || h >= end);
        let mut tops = (start..end).filter(outside);
        let first = tops.next();
        let all: Vec<usize> = first.into_iter().chain(tops).collect();
        all.iter()
            .copied()
            .find(|i| self.upos(*i) == "VERB")
            .or_else(|| all.iter().copied().find(|i| matches!(self.upos(*i), "NOUN" | "PROPN" | "ADJ")))
            .or(all.first().copied())
            .unwrap_or(start)
    }
}

/// True for a word that a rule over the tree asks for.
fn known(word: &str) -> bool {
    super::status::WORDS.iter().chain(super::attribution::WORDS).any(|list| list.contains(&word))
        || super::matcher::LIGHT.contains(&word)
        || SUBJECT_CONTROL.contains(&word)
}

/// Small trees for tests: one token a line, `form lemma upos xpos head deprel`, heads counted from 1, 0 the root.
#[cfg(test)]
pub(crate) fn sentence(table: &str) -> Sentence {
    let mut sentence = Sentence::default();
    let mut at = 0;
    for line in table.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let f: Vec<&str> = line.split_whitespace().collect();
        let head: usize = f[4].parse().unwrap();
        sentence.tokens.push(Token {
            span: crate::record::Span::new(at, at + f[0].len()),
            form: f[0].into(),
            lemma: f[1].into(),
            upos: f[2].into(),
            xpos: f[3].into(),
            feats: "_".into(),
            head: head.checked_sub(1),
            deprel: f[5].into(),
        });
        at += f[0].len() + 1;
    }
    sentence.span = crate::record::Span::new(0, at.saturating_sub(1));
    sentence
}

/// The forms of a range, for tests.
#[cfg(test)]
pub(crate) fn words(sentence: &Sentence, range: (usize, usize)) -> String {
    sentence.tokens[range.0..range.1].iter().map(|t| t.form.as_str()).collect::<Vec<_>>().join(" ")
}
