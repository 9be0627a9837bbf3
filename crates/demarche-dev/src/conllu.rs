//! Reads CoNLL-U into documents: an article with one text, sentences with gold trees, and, where the file has GUM's
//! `Entity=` brackets, names and coreference.

use demarche::record::{Article, Name, NameKind, Sentence, SentencePlace, Span, Token};
use std::collections::BTreeMap;
use std::path::Path;

/// One `# newdoc` of a file; a file without any is one document.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The value of `# newdoc id`, or the empty string.
    pub id: String,
    /// Text and paragraphs; a first paragraph that GUM marks as a heading is the title.
    pub article: Article,
    /// Gold tokens and trees; names only where the file has `Entity=` brackets.
    pub sentences: Vec<Sentence>,
    /// Every bracketed mention in text order; empty where the file has no brackets.
    pub mentions: Vec<GoldMention>,
}

/// One bracket of `Entity=`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldMention {
    /// The cluster that it belongs to, unique in the document.
    pub cluster: String,
    /// `person`, `organization`, `place`, `abstract` ...
    pub kind: String,
    /// Wikipedia title, where the annotators gave one.
    pub identity: Option<String>,
    /// Index into the document's sentences.
    pub sentence: usize,
    /// First token and one past the last.
    pub tokens: (usize, usize),
    /// Index of the token that heads the phrase in the gold tree.
    pub head: usize,
    /// Bytes of the article's text.
    pub span: Span,
    /// What the head is: a proper noun, a pronoun, or another word.
    pub form: GoldForm,
}

/// What heads a gold mention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum GoldForm {
    Named,
    Pronoun,
    #[default]
    Other,
}

/// Reads all documents of a file.
pub fn read(path: &Path) -> Result<Vec<Document>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    parse(&text).map_err(|e| format!("{}:{e}", path.display()))
}

/// Reads all documents of a CoNLL-U text. Errors start with the line, counted from 1.
pub fn parse(text: &str) -> Result<Vec<Document>, String> {
    let mut reader = Reader::default();
    for (number, line) in text.lines().enumerate() {
        reader.line(line).map_err(|e| format!("{}: {e}", number + 1))?;
    }
    reader.end_sentence()?;
    reader.end_document();
    Ok(reader.documents)
}

/// A token line before its place in the text is known.
struct Row {
    token: Token,
    surface: Surface,
    misc: String,
}

/// How the characters of a token stand in the text.
enum Surface {
    Own {
        space: bool,
    },
    /// The first or a later token of a multiword token, with that token's form on the first.
    Part {
        whole: Option<(String, usize, bool)>,
    },
}

#[derive(Default)]
struct Reader {
    documents: Vec<Document>,
    current: Option<Document>,
    rows: Vec<Row>,
    /// Last token number of the multiword token that is open.
    parts_until: usize,
    sentence_text: Option<String>,
    new_paragraph: bool,
    heading: bool,
    open: Vec<GoldMention>,
    title_open: bool,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let line = line.trim_end_matches(['\r', '\n']);
        if line.trim().is_empty() {
            return self.end_sentence();
        }
        if let Some(comment) = line.strip_prefix('#') {
            self.comment(comment.trim());
            return Ok(());
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, xpos, feats, head, deprel, _, misc] = fields.as_slice() else {
            return Err(format!("{} columns in place of 10", fields.len()));
        };
        if id.contains('.') {
            return Ok(());
        }
        let space = !misc.split('|').any(|m| m == "SpaceAfter=No");
        if let Some((first, last)) = id.split_once('-') {
            let first: usize = first.parse().map_err(|_| format!("bad token number {id}"))?;
            let last: usize = last.parse().map_err(|_| format!("bad token number {id}"))?;
            if last < first || first != self.rows.len() + 1 {
                return Err(format!("token number {id} out of order"));
            }
            self.rows.push(Row {
                token: Token::default(),
                surface: Surface::Part { whole: Some((form.to_string(), last - first + 1, space)) },
                misc: String::new(),
            });
            self.parts_until = last;
            return Ok(());
        }
        let number: usize = id.parse().map_err(|_| format!("bad token number {id}"))?;
        let head: usize = head.parse().unwrap_or(0);
        let token = Token {
            span: Span::default(),
            form: form.to_string(),
            lemma: lemma.to_string(),
            upos: upos.to_string(),
            xpos: xpos.to_string(),
            feats: feats.to_string(),
            head: head.checked_sub(1),
            deprel: deprel.to_string(),
        };
        // A multiword token's own line has opened a row for its first part.
        let waiting = self.rows.last().is_some_and(|r| r.token.form.is_empty() && r.token.upos.is_empty());
        if waiting && self.rows.len() == number {
            if let Some(row) = self.rows.last_mut() {
                row.token = token;
                row.misc = misc.to_string();
            }
        } else if number == self.rows.len() + 1 {
            let surface =
                if number <= self.parts_until { Surface::Part { whole: None } } else { Surface::Own { space } };
            self.rows.push(Row { token, surface, misc: misc.to_string() });
        } else {
            return Err(format!("token number {id} out of order"));
        }
        Ok(())
    }

    fn comment(&mut self, comment: &str) {
        if comment == "newdoc" || comment.starts_with("newdoc ") {
            self.end_document();
            let id = comment.split_once('=').map_or("", |(_, v)| v.trim());
            self.current = Some(Document { id: id.to_owned(), ..Document::default() });
        } else if comment == "newpar" || comment.starts_with("newpar ") {
            self.new_paragraph = true;
        } else if let Some(block) = comment.strip_prefix("newpar_block") {
            self.heading = block.trim_start_matches([' ', '=']).starts_with("head");
        } else if let Some(text) = comment.strip_prefix("text = ") {
            self.sentence_text = Some(text.to_owned());
        }
    }

    fn end_document(&mut self) {
        if let Some(mut document) = self.current.take() {
            document.mentions.sort_by_key(|m| (m.sentence, m.tokens.0, std::cmp::Reverse(m.tokens.1)));
            self.documents.push(document);
        }
        self.open.clear();
        self.new_paragraph = true;
        self.heading = false;
        self.title_open = false;
    }

    fn end_sentence(&mut self) -> Result<(), String> {
        let rows = std::mem::take(&mut self.rows);
        self.parts_until = 0;
        let text = self.sentence_text.take();
        if rows.is_empty() {
            return Ok(());
        }
        let text = text.unwrap_or_else(|| surface(&rows));
        let mut document = self.current.take().unwrap_or_default();
        let start_paragraph = self.new_paragraph || document.article.text.is_empty();
        self.new_paragraph = false;
        let place = self.append(&mut document, &text, start_paragraph);
        self.heading = false;
        let start = document.article.text.len() - text.len();
        let spans = align(&rows, &text, start);
        let mut sentence =
            Sentence { span: Span::new(start, start + text.len()), place, tokens: Vec::new(), names: Vec::new() };
        let mut miscs = Vec::with_capacity(rows.len());
        for (row, span) in rows.into_iter().zip(spans) {
            let mut token = row.token;
            token.span = span;
            // The record promises that a token's form is what stands in the text.
            token.form = span.slice(&document.article.text).to_owned();
            sentence.tokens.push(token);
            miscs.push(row.misc);
        }
        let index = document.sentences.len();
        let mut closed = Vec::new();
        for (at, misc) in miscs.iter().enumerate() {
            if let Some(value) = misc.split('|').find_map(|m| m.strip_prefix("Entity=")) {
                self.brackets(value, index, at, &mut closed);
            }
        }
        self.open.clear();
        for mention in &mut closed {
            finish(mention, &sentence);
        }
        sentence.names = names(&closed, &sentence);
        document.mentions.extend(closed);
        document.sentences.push(sentence);
        self.current = Some(document);
        Ok(())
    }

    /// Puts a sentence's text behind the document's, and says where it stands.
    fn append(&mut self, document: &mut Document, text: &str, start_paragraph: bool) -> SentencePlace {
        let article = &mut document.article;
        if start_paragraph {
            let first = article.text.is_empty();
            if !first {
                article.text.push_str("\n\n");
            }
            let start = article.text.len();
            article.text.push_str(text);
            let span = Span::new(start, article.text.len());
            if first && self.heading {
                self.title_open = true;
                article.title = Some(text.to_owned());
                article.title_span = Some(span);
                return SentencePlace::Title;
            }
            self.title_open = false;
            article.paragraphs.push(span);
            return SentencePlace::Body(article.paragraphs.len() - 1);
        }
        article.text.push(' ');
        article.text.push_str(text);
        let end = article.text.len();
        if self.title_open {
            if let Some(span) = &mut article.title_span {
                span.end = end;
                article.title = Some(span.slice(&article.text).to_owned());
            }
            return SentencePlace::Title;
        }
        if let Some(last) = article.paragraphs.last_mut() {
            last.end = end;
        }
        SentencePlace::Body(article.paragraphs.len().saturating_sub(1))
    }

    /// Takes in one `Entity=` value: `(1-person-new-...(2-place-...)3)`.
    fn brackets(&mut self, value: &str, sentence: usize, at: usize, closed: &mut Vec<GoldMention>) {
        let mut rest = value;
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('(') {
                let end = inner.find(['(', ')']).unwrap_or(inner.len());
                let (attributes, after) = inner.split_at(end);
                let mention = opened(attributes, sentence, at);
                if let Some(after) = after.strip_prefix(')') {
                    closed.push(GoldMention { tokens: (at, at + 1), ..mention });
                    rest = after;
                } else {
                    self.open.push(mention);
                    rest = after;
                }
            } else {
                let Some((id, after)) = rest.split_once(')') else {
                    break;
                };
                let id = cluster(id);
                if let Some(found) = self.open.iter().rposition(|m| m.cluster == id) {
                    let mention = self.open.remove(found);
                    closed.push(GoldMention { tokens: (mention.tokens.0, at + 1), ..mention });
                }
                rest = after;
            }
        }
    }
}

/// The cluster's name without the part number of a discontinuous mention (`3[1/2]`).
fn cluster(id: &str) -> &str {
    id.split('[').next().unwrap_or(id)
}

fn opened(attributes: &str, sentence: usize, at: usize) -> GoldMention {
    let mut parts = attributes.splitn(8, '-');
    let id = cluster(parts.next().unwrap_or("")).to_owned();
    let kind = parts.next().unwrap_or("").to_owned();
    // infstat, salience, centering, minspan, link come between.
    let identity = parts.nth(5).filter(|s| !s.is_empty()).map(str::to_owned);
    GoldMention { cluster: id, kind, identity, sentence, tokens: (at, at + 1), ..GoldMention::default() }
}

/// Sets head, span and form once the sentence's tokens are known.
fn finish(mention: &mut GoldMention, sentence: &Sentence) {
    let (first, end) = mention.tokens;
    mention.head = (first..end)
        .find(|&i| sentence.tokens.get(i).is_some_and(|t| t.head.is_none_or(|h| h < first || h >= end)))
        .unwrap_or(first);
    if let (Some(a), Some(b)) = (sentence.tokens.get(first), sentence.tokens.get(end.saturating_sub(1))) {
        mention.span = Span::new(a.span.start, b.span.end);
    }
    // "interviewee David Titley" is headed by a common noun, yet names its entity through `flat`.
    let flat_name = || {
        sentence
            .tokens
            .get(first..end)
            .unwrap_or_default()
            .iter()
            .any(|t| t.head == Some(mention.head) && t.upos == "PROPN" && t.rel() == "flat")
    };
    mention.form = match sentence.tokens.get(mention.head).map(|t| t.upos.as_str()) {
        Some("PROPN") => GoldForm::Named,
        Some("PRON") => GoldForm::Pronoun,
        Some("DET") if end - first == 1 && mention.is_possessive(sentence) => GoldForm::Pronoun,
        _ if flat_name() => GoldForm::Named,
        _ => GoldForm::Other,
    };
}

impl GoldMention {
    /// Older files tag "his" and "its" as determiners.
    fn is_possessive(&self, sentence: &Sentence) -> bool {
        sentence.tokens.get(self.head).is_some_and(|t| t.feats.contains("Poss=Yes"))
    }
}

/// The names inside bracketed persons, organisations and places: the run of proper nouns that holds the head.
fn names(mentions: &[GoldMention], sentence: &Sentence) -> Vec<Name> {
    let mut found: BTreeMap<(usize, usize), NameKind> = BTreeMap::new();
    for mention in mentions.iter().filter(|m| m.form == GoldForm::Named) {
        let kind = match mention.kind.as_str() {
            "person" => NameKind::Person,
            "organization" => NameKind::Organisation,
            "place" => NameKind::Place,
            _ => NameKind::Other,
        };
        if let Some(tokens) = name_run(mention, sentence) {
            found.entry(tokens).or_insert(kind);
        }
    }
    let mut names: Vec<Name> = Vec::new();
    for (tokens, kind) in found {
        let (Some(a), Some(b)) = (sentence.tokens.get(tokens.0), sentence.tokens.get(tokens.1 - 1)) else {
            continue;
        };
        let name = Name { span: Span::new(a.span.start, b.span.end), tokens, kind, score: 1.0 };
        match names.last_mut() {
            // Of two names that overlap, the longer one stays.
            Some(last) if last.tokens.1 > tokens.0 => {
                if tokens.1 - tokens.0 > last.tokens.1 - last.tokens.0 {
                    *last = name;
                }
            }
            _ => names.push(name),
        }
    }
    names
}

const TITLES: &[&str] = &[
    "Mr.",
    "Mrs.",
    "Ms.",
    "Dr.",
    "Mr",
    "Mrs",
    "Ms",
    "Dr",
    "President",
    "Prime",
    "Minister",
    "Senator",
    "Governor",
    "General",
    "Sir",
    "Lord",
    "King",
    "Queen",
    "Prince",
    "Princess",
    "Professor",
    "Justice",
    "Judge",
    "Pope",
    "Mayor",
];

fn name_run(mention: &GoldMention, sentence: &Sentence) -> Option<(usize, usize)> {
    let (first, end) = mention.tokens;
    let tokens = &sentence.tokens;
    // "United" of "United Kingdom" is an adjective by its part of speech, and a proper noun by its tag.
    let proper = |i: usize| tokens.get(i).is_some_and(|t| t.upos == "PROPN" || t.xpos.starts_with("NNP"));
    let mut start = mention.head;
    if !proper(start) {
        start = (first..end).find(|&i| proper(i) && tokens[i].head == Some(mention.head))?;
    }
    let mut stop = start + 1;
    while start > first && proper(start - 1) {
        start -= 1;
    }
    loop {
        if stop < end && proper(stop) {
            stop += 1;
            continue;
        }
        // "Department of the Interior": small words between proper nouns of one name.
        let bridge = (stop..end.min(stop + 2))
            .take_while(|&i| matches!(tokens[i].form.as_str(), "of" | "the" | "and" | "for" | "on" | "-"))
            .count();
        if bridge > 0 && stop + bridge < end && proper(stop + bridge) && mention.kind != "person" {
            stop += bridge + 1;
            continue;
        }
        break;
    }
    if mention.kind == "person" {
        while start + 1 < stop && TITLES.contains(&tokens[start].form.as_str()) {
            start += 1;
        }
    }
    (start < stop).then_some((start, stop))
}

/// The sentence's text as its tokens give it, for files without `# text`.
fn surface(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        match &row.surface {
            Surface::Own { space } => {
                text.push_str(&row.token.form);
                if *space {
                    text.push(' ');
                }
            }
            Surface::Part { whole: Some((form, _, space)) } => {
                text.push_str(form);
                if *space {
                    text.push(' ');
                }
            }
            Surface::Part { whole: None } => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// The span of each token in the article's text, where `text` is the sentence and begins at byte `base`.
fn align(rows: &[Row], text: &str, base: usize) -> Vec<Span> {
    let mut spans = Vec::with_capacity(rows.len());
    let mut at = 0;
    let mut index = 0;
    while let Some(row) = rows.get(index) {
        let (whole, parts) = match &row.surface {
            Surface::Part { whole: Some((form, parts, _)) } => (form.as_str(), *parts),
            _ => (row.token.form.as_str(), 1),
        };
        let (start, end) = locate(text, at, whole);
        at = end;
        let mut cursor = start;
        for (nth, part) in rows.iter().skip(index).take(parts).enumerate() {
            let rest = text.get(cursor..end).unwrap_or("");
            let stop = if nth + 1 == parts {
                end
            } else if rest.starts_with(part.token.form.as_str()) {
                cursor + part.token.form.len()
            } else {
                // The parts are not spelled as the whole is: share the characters out.
                let count = part.token.form.chars().count();
                cursor + rest.char_indices().nth(count).map_or(rest.len(), |(i, _)| i)
            };
            spans.push(Span::new(base + cursor, base + stop));
            cursor = stop;
        }
        index += parts.max(1);
    }
    spans.truncate(rows.len());
    spans
}

/// Where `form` stands next in `text` from byte `at` on; an empty range there if it does not.
fn locate(text: &str, at: usize, form: &str) -> (usize, usize) {
    let rest = text.get(at..).unwrap_or("");
    let skipped = at + rest.len() - rest.trim_start().len();
    if text.get(skipped..).unwrap_or("").starts_with(form) {
        return (skipped, skipped + form.len());
    }
    match rest.find(form) {
        Some(found) => (at + found, at + found + form.len()),
        None => (skipped, skipped),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "\
# newdoc id = one
# newpar
# newpar_block = head (1 s)
# text = Ruritania won't talk
1\tRuritania\tRuritania\tPROPN\tNNP\t_\t4\tnsubj\t_\tEntity=(1-place-new-s-cf1-1-coref-Ruritania)
2-3\twon't\t_\t_\t_\t_\t_\t_\t_\t_
2\two\twill\tAUX\tMD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\ttalk\ttalk\tVERB\tVB\t_\t0\troot\t_\t_

# newpar
# text = President Anna Zend of Ruritania (52) left.
1\tPresident\tPresident\tPROPN\tNNP\t_\t7\tnsubj\t_\tEntity=(2-person-new-s-cf1-1,2-coref
2\tAnna\tAnna\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\tZend\tZend\tPROPN\tNNP\t_\t1\tflat\t_\t_
4\tof\tof\tADP\tIN\t_\t5\tcase\t_\t_
5\tRuritania\tRuritania\tPROPN\tNNP\t_\t1\tnmod\t_\tEntity=(1-place-giv:act-s-cf2-1-coref-Ruritania)2)
6\t(52)\t52\tNUM\tCD\t_\t1\tnummod\t_\t_
7\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t7\tpunct\t_\t_

# text = She smiled.
1\tShe\tshe\tPRON\tPRP\t_\t2\tnsubj\t_\tEntity=(2-person-giv:act-s-cf1-1-ana)
2\tsmiled\tsmile\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
";

    #[test]
    fn spans_slice_back_and_brackets_become_clusters() {
        let documents = parse(SAMPLE).unwrap();
        let [document] = documents.as_slice() else { panic!("one document") };
        let text = &document.article.text;
        assert_eq!(text, "Ruritania won't talk\n\nPresident Anna Zend of Ruritania (52) left. She smiled.");
        assert_eq!(document.article.title.as_deref(), Some("Ruritania won't talk"));
        let places: Vec<_> = document.sentences.iter().map(|s| s.place).collect();
        assert_eq!(places, [SentencePlace::Title, SentencePlace::Body(0), SentencePlace::Body(0)]);
        for sentence in &document.sentences {
            for token in &sentence.tokens {
                assert_eq!(token.span.slice(text), token.form);
            }
        }
        let forms: Vec<_> = document.sentences[0].tokens.iter().map(|t| t.form.as_str()).collect();
        assert_eq!(forms, ["Ruritania", "wo", "n't", "talk"]);
        let mentions: Vec<_> =
            document.mentions.iter().map(|m| (m.cluster.as_str(), m.span.slice(text), m.form)).collect();
        assert_eq!(
            mentions,
            [
                ("1", "Ruritania", GoldForm::Named),
                ("2", "President Anna Zend of Ruritania", GoldForm::Named),
                ("1", "Ruritania", GoldForm::Named),
                ("2", "She", GoldForm::Pronoun),
            ]
        );
        let names: Vec<_> = document.sentences[1].names.iter().map(|n| (n.span.slice(text), n.kind)).collect();
        assert_eq!(names, [("Anna Zend", NameKind::Person), ("Ruritania", NameKind::Place)]);
    }

    #[test]
    fn a_bad_line_names_its_number() {
        let error = parse("# text = x\n1\tx\tx\n").unwrap_err();
        assert_eq!(error, "2: 3 columns in place of 10");
    }
}
