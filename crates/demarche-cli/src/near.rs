//! What may have been meant: names near one that does not exist.

use std::path::Path;

/// The candidate nearest to `word`, if one is near enough to be a slip of the hand.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let low = word.to_lowercase();
    candidates
        .into_iter()
        .map(|c| (distance(&low, &c.to_lowercase()), c))
        .filter(|(d, c)| *d <= 2.max(c.chars().count() / 4) && *d < c.chars().count())
        .min_by_key(|(d, _)| *d)
        .map(|(_, c)| c)
}

/// What to say behind the name of a path that is not there.
pub fn missing(path: &Path) -> String {
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !parent.is_dir() {
        return format!(" does not exist, nor does the folder {}; check the spelling", parent.display());
    }
    let wanted = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut names: Vec<String> = std::fs::read_dir(parent)
        .map(|all| all.filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().into_owned())).collect())
        .unwrap_or_default();
    names.sort();
    match nearest(&wanted, names.iter().map(String::as_str)) {
        Some(name) => {
            let near = if parent == Path::new(".") { name.into() } else { parent.join(name) };
            format!(" does not exist; did you mean {}?", near.display())
        }
        None => " does not exist; name a file or folder, or - for standard input".into(),
    }
}

/// How many letters must be added, dropped, changed or swapped with their neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(100).collect(), b.chars().take(100).collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (rows[i][j] + usize::from(x != y)).min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_word() {
        let types = ["ACCUSE", "AGREE", "AID", "REJECT", "REQUEST", "THREATEN"];
        for (word, want) in [
            ("REJCET", Some("REJECT")),
            ("reject", Some("REJECT")),
            ("treaten", Some("THREATEN")),
            ("aids", Some("AID")),
            ("banana", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, types), want, "{word}");
        }
    }
}
