//! Words under pictures, and who took them.

use super::wire;
use super::words::{count, strip_prefix_ci};

/// Words and credit of a line that ends or starts as captions do; none if it does not.
pub(super) fn read(text: &str) -> Option<(String, Option<String>)> {
    let text = text.trim();
    for mark in [
        "| Photo:",
        "| Photo by",
        "| Photos:",
        "| Image:",
        "| Picture:",
        "| Credit:",
        "| Foto:",
        "| EFE",
        "[Photo:",
        "[Image:",
        "(Photo by",
        "(Photo:",
        "(Photo/",
        "(Image:",
        "(Credit:",
        "Photo by:",
        "Photo credit:",
        "Image credit:",
        "Credit:",
        "Photograph:",
        "Photo:",
        "PHOTO:",
        "Image:",
        "Image copyright",
        "Photo courtesy",
    ] {
        if let Some(at) = text.rfind(mark) {
            let words = text.get(..at).unwrap_or("").trim().trim_end_matches(['|', '-', '–', '/']).trim();
            let credit = text
                .get(at + mark.len()..)
                .unwrap_or("")
                .trim()
                .trim_matches([':', ']', ')', '(', '[', '.', '|', ' '])
                .trim();
            if count(credit) <= 8 {
                return Some((words.to_owned(), Some(credit.to_owned()).filter(|c| !c.is_empty())));
            }
        }
    }
    // `[Jane Roe/Agency]`, `(AP Photo/Jane Roe)` close a caption and nothing else.
    let closers = [('[', ']'), ('(', ')')];
    for (open, close) in closers {
        if let Some(at) =
            text.strip_suffix(close).or_else(|| text.strip_suffix(close).and(None)).and_then(|t| t.rfind(open))
        {
            let inside = text.get(at + 1..text.len().saturating_sub(1)).unwrap_or("");
            let photo = inside.split([' ', '/']).any(|w| {
                w.eq_ignore_ascii_case("photo")
                    || w.eq_ignore_ascii_case("file")
                    || w.eq_ignore_ascii_case("getty")
                    || w.eq_ignore_ascii_case("handout")
            });
            let named =
                inside.split_once('/').is_some_and(|(a, b)| wire::agency(b).or_else(|| wire::agency(a)).is_some());
            if count(inside) <= 8 && (photo || named) {
                return Some((text.get(..at).unwrap_or("").trim().to_owned(), Some(inside.to_owned())));
            }
        }
    }
    // `House/Jane Roe` or `(Jane Roe for House)` after the last sentence.
    if let Some((words, credit)) = tail_credit(text) {
        return Some((words.to_owned(), Some(credit.to_owned())));
    }
    if strip_prefix_ci(text, "file photo").is_some_and(|r| r.starts_with([':', ' ', '-'])) {
        let rest = text.get(10..).unwrap_or("").trim_start_matches([':', ' ', '-']);
        return Some((rest.to_owned(), None));
    }
    None
}

fn tail_credit(text: &str) -> Option<(&str, &str)> {
    let capital = |s: &str| {
        s.split([' ', '/']).all(|w| {
            w.starts_with(|c: char| c.is_uppercase()) || matches!(w, "for" | "via" | "of" | "the" | "de" | "The")
        })
    };
    if let Some(at) = text.strip_suffix(')').and_then(|t| t.rfind('(')) {
        let inside = text.get(at + 1..text.len() - 1)?;
        if (3..=8).contains(&count(inside)) && inside.contains(" for ") && capital(inside) {
            return Some((text.get(..at)?.trim(), inside));
        }
        return None;
    }
    let at = text.rfind(". ")? + 2;
    let tail = text.get(at..)?;
    (count(tail) <= 6 && tail.matches('/').count() == 1 && !tail.contains(['.', ',']) && capital(tail))
        .then_some((text.get(..at)?.trim(), tail))
}
