//! Lemmas from edit scripts: `<cut>:<add>` on the lower-cased form, `W:` for a whole word, `T` before either for a
//! capital; `=C` keeps the form, `=T` lower-cases all but the first letter.

/// Applies a script to a form. A script that does not fit gives the lower-cased form.
pub fn apply(form: &str, script: &str) -> String {
    let low = form.to_lowercase();
    match script {
        "=C" => return form.to_string(),
        "=T" => return capital(&low),
        _ => {}
    }
    let (title, script) = match script.strip_prefix('T') {
        Some(rest) => (true, rest),
        None => (false, script),
    };
    let lemma = if let Some(word) = script.strip_prefix("W:") {
        word.to_string()
    } else if let Some((cut, add)) = script.split_once(':') {
        let keep = low.chars().count().saturating_sub(cut.parse().unwrap_or(0));
        low.chars().take(keep).chain(add.chars()).collect()
    } else {
        low
    };
    if lemma.is_empty() {
        return form.to_lowercase();
    }
    if title { capital(&lemma) } else { lemma }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::apply;

    #[test]
    fn scripts() {
        let rows = [
            ("talks", "1:", "talk"),
            ("went", "W:go", "go"),
            ("Paris", "=C", "Paris"),
            ("PARIS", "=T", "Paris"),
            ("Talks", "T1:", "Talk"),
            ("denies", "3:y", "deny"),
            ("is", "9:x", "x"),
            ("A", "1:", "a"),
        ];
        let wrong: Vec<_> = rows.iter().filter(|(f, s, l)| apply(f, s) != *l).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
