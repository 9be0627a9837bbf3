//! One spelling for all the ways of writing a name, so that the text and the gazetteer meet.

use unicode_normalization::UnicodeNormalization;

/// Longest name, in bytes, that is looked up; real ones stay far below.
pub(super) const MAX_NAME: usize = 120;

/// The key that a name is filed under: lower case, without accents, apostrophes and full stops, hyphens as spaces, without
/// a leading article, `st` and `mt` written out.
pub fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.nfd() {
        match c {
            '\u{300}'..='\u{36f}' | '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | 'ʿ' | 'ʾ' | '`' | '.' => {}
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'ı' => out.push('i'),
            'ə' | 'Ə' => out.push('a'),
            'ß' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'þ' | 'Þ' => out.push_str("th"),
            '-' | '‐' | '‑' | '–' | '/' | ',' => out.push(' '),
            c if c.is_whitespace() => out.push(' '),
            c => out.extend(c.to_lowercase()),
        }
    }
    let mut words: Vec<&str> = out.split(' ').filter(|w| !w.is_empty()).collect();
    if words.len() > 1 && words.first() == Some(&"the") {
        words.remove(0);
    }
    let last = words.len().saturating_sub(1);
    let words: Vec<&str> = words
        .iter()
        .enumerate()
        .map(|(i, w)| match *w {
            "st" if i < last => "saint",
            "ste" if i < last => "sainte",
            "mt" if i == 0 && i < last => "mount",
            "ft" if i == 0 && i < last => "fort",
            "&" => "and",
            w => w,
        })
        .collect();
    words.join(" ")
}

/// The key of a short form that is matched letter for letter: `U.S.` and `US` meet in `=US`.
pub fn short(form: &str) -> String {
    let mut out = String::from("=");
    out.extend(form.chars().filter(|c| *c != '.'));
    out
}

/// The key of a form that names a container only after a comma: `Calif.`, `TX`.
pub fn after_comma(form: &str) -> String {
    let mut out = String::from(",");
    out.extend(form.chars().filter(|c| *c != '.'));
    out
}

/// The key of an alternate name as tables write it: `=` and `,` before it mark the two kinds of short form.
pub(super) fn key(name: &str) -> String {
    match (name.strip_prefix('='), name.strip_prefix(',')) {
        (Some(form), _) => short(form),
        (_, Some(form)) => after_comma(form),
        _ => fold(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        let rows = [
            ("São Paulo", "sao paulo"),
            ("Côte d’Ivoire", "cote divoire"),
            ("St. Petersburg", "saint petersburg"),
            ("Main St", "main st"),
            ("the Netherlands", "netherlands"),
            ("Stratford-upon-Avon", "stratford upon avon"),
            ("Łódź", "lodz"),
            ("Washington, D.C.", "washington dc"),
            ("Mt Elgon", "mount elgon"),
            ("The", "the"),
            ("", ""),
        ];
        let wrong: Vec<String> = rows
            .iter()
            .filter(|(name, key)| fold(name) != *key)
            .map(|(name, key)| format!("{name}: {} is not {key}", fold(name)))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(key("=U.K."), "=UK");
        assert_eq!(key(",Calif."), ",Calif");
    }
}
