//! Words of running text. `training/words.py` cuts words the same way.

use crate::record::Span;
use regex::Regex;

/// Words before whose dot nothing ends, lower-cased, without the dot.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "maj", "sgt", "capt", "adm", "rev", "hon", "sen", "rep",
    "gov", "pres", "st", "ft", "jr", "sr", "inc", "corp", "co", "ltd", "bros", "dept", "univ", "assn", "no", "vs",
    "etc", "al", "div", "approx", "ca", "fig", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
    "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "sat", "sun", "a.m", "p.m", "e.g", "i.e", "u.s",
    "u.k", "u.n", "e.u", "d.c", "ph.d", "ed", "vol", "pp", "mt", "ave", "blvd", "rd",
];
const CONTRACTIONS: &[&str] = &["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"];
/// Written without the apostrophe or grown together, and where the first word ends.
const JOINED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("dont", 2),
    ("doesnt", 4),
    ("didnt", 3),
    ("cant", 2),
    ("wont", 2),
    ("isnt", 2),
    ("arent", 3),
    ("wasnt", 3),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("havent", 4),
    ("hasnt", 3),
    ("aint", 2),
    ("youre", 3),
    ("theyre", 4),
    ("ive", 1),
    ("youve", 3),
    ("im", 1),
    ("thats", 4),
    ("whats", 4),
    ("hes", 2),
    ("shes", 3),
];
/// Cuts text into words.
#[derive(Debug)]
pub struct Cutter {
    token: Regex,
}

impl Cutter {
    /// Compiles the patterns.
    pub fn new() -> Result<Self, regex::Error> {
        let token = Regex::new(concat!(
            // addresses
            r#"(?:https?|ftp)://[^\s<>"]*[^\s<>".,;:!?)\]}'’”]|www\.[^\s<>"]*[^\s<>".,;:!?)\]}'’”]"#,
            r"|(?:mailto:)?[\w.%+-]+@[\w-]+(?:\.[\w-]+)*",
            r"|[A-Za-z0-9][\w-]*(?:\.[A-Za-z0-9][\w-]*)*",
            r"\.(?i:com|org|net|edu|gov|info|co\.uk|html?|pdf|docx?|xlsx?|xls|txt|jpe?g|gif)\b",
            r"|(?:[A-Z]\.){2,}[A-Z]\b|(?:[A-Za-z]\.){2,}|Ph\.D\.?",
            // telephone numbers, names of files, numbers
            r"|\+?\d{3}-\d{3}-\d{4}\b|\b\d{3}-\d{4}\b",
            r"|[^\W_]+(?:_+[^\W_]+)+",
            r"|\+?\d+(?:[.,:/]\d+)+|\d+(?:st|nd|rd|th|s|[A-Z])\b|\+?\d+",
            // faces, and marks that stand in rows
            r"|[:;=]['’]?-?[)(DPp]+(?:\s|$)|<3\b|\^_\^",
            r"|\.{2,}|-{2,}|[!?][!?.]*[!?]|\.[!?]+|\*{2,}|_{2,}|={2,}|~{2,}|#{2,}|<{2,}|>{2,}|''|``|’’|‘‘|‘’|\+{2,}",
            // words: with a prefix, with apostrophes inside
            r"|(?i:anti|co|counter|cross|de|ex|extra|inter|mid|mini|multi|non|pan|post|pre|pro|quasi|re|semi|sub|trans",
            r"|ultra|un|neo|para|mis|micro|mega|intra|e|vice)-[^\W\d_]+(?:['’][^\W_]+)*",
            r"|[A-Z]{1,3}&[A-Z]{1,2}\b",
            r"|[^\W_]+(?:['’][^\W_]+)*",
            r"|['’`]s\b",
            r"|\S"
        ))?;
        Ok(Cutter { token })
    }

    /// Words of `text`, as byte spans of it.
    pub fn words(&self, text: &str) -> Vec<Span> {
        let mut out: Vec<Span> = Vec::new();
        for m in self.token.find_iter(text) {
            // a dot may have gone with the abbreviation before it
            let start = m.start().max(out.last().map_or(0, |s| s.end));
            // a face is known by the space behind it
            let word = text.get(start..m.end()).unwrap_or("").trim_end();
            let end = start + word.len();
            let Some(first) = word.chars().next() else { continue };
            if !first.is_alphabetic() {
                out.push(Span::new(start, end));
                continue;
            }
            let low = word.to_lowercase().replace('’', "'");
            let initial = first.is_uppercase() && word.chars().count() == 1;
            if text[end..].starts_with('.') {
                if low == "etc" && begins_sentence(&text[end + 1..]) {
                    out.push(Span::new(start, end)); // here the dot ends the sentence, and stands alone
                    continue;
                }
                if initial || ABBREVIATIONS.contains(&low.as_str()) {
                    out.push(Span::new(start, end + 1));
                    continue;
                }
            }
            if let Some((_, n)) = JOINED.iter().find(|(j, _)| *j == low && word.len() == j.len()) {
                out.push(Span::new(start, start + n));
                out.push(Span::new(start + n, end));
                continue;
            }
            match CONTRACTIONS.iter().find(|c| low.ends_with(*c) && low.len() > c.len()) {
                Some(c) => {
                    let tail: usize = word.chars().rev().take(c.chars().count()).map(char::len_utf8).sum();
                    out.push(Span::new(start, end - tail));
                    out.push(Span::new(end - tail, end));
                }
                None => out.push(Span::new(start, end)),
            }
        }
        out
    }
}

/// The end of the text, or white space and a capital.
fn begins_sentence(rest: &str) -> bool {
    let next = rest.trim_start();
    next.is_empty() || (next.len() < rest.len() && next.starts_with(|c: char| c.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_as_the_treebanks_cut_them() {
        let rows: &[(&str, &str)] = &[
            ("Mr. Okello didn’t go.", "Mr. Okello did n’t go ."),
            ("He cannot say; they dont.", "He can not say ; they do nt ."),
            ("Syria's year-end offer of $1,000.50.", "Syria 's year - end offer of $ 1,000.50 ."),
            ("He left the U.S. on Jan. 5.", "He left the U.S. on Jan. 5 ."),
            ("J. B. Okoth won... Nobody did.", "J. B. Okoth won ... Nobody did ."),
            ("At 10:30 p.m. the 1990s ended", "At 10:30 p.m. the 1990s ended"),
            ("A non-binding, pro-Minsk re-election", "A non-binding , pro-Minsk re-election"),
            ("Fish, rice, etc. Then tea, etc. and salt", "Fish , rice , etc . Then tea , etc. and salt"),
            ("Really?! Great!!! :) See www.example.org/a.", "Really ?! Great !!! :) See www.example.org/a ."),
            ("Call 555-0199 or a.b@example.org", "Call 555-0199 or a.b@example.org"),
        ];
        let cutter = Cutter::new().unwrap();
        let cut = |t: &str| cutter.words(t).iter().map(|w| w.slice(t)).collect::<Vec<_>>().join(" ");
        let wrong: Vec<_> = rows.iter().map(|(t, want)| (cut(t), want)).filter(|(got, want)| got != *want).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    proptest::proptest! {
        #[test]
        fn words_slice_back_in_order(text in "\\PC{0,80}") {
            let cutter = Cutter::new().unwrap();
            let mut at = 0;
            for s in cutter.words(&text) {
                proptest::prop_assert!(s.start >= at && text.get(s.start..s.end).is_some_and(|w| !w.trim().is_empty()));
                at = s.end;
            }
        }
    }
}
