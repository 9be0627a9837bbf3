//! Plain text: clean bodies, and scrapes that still hold what stood around the article.

use super::build::Draft;

/// Text that is the body and nothing else: paragraphs parted by blank lines.
pub(super) fn body(text: &str) -> Draft {
    Draft {
        paragraphs: groups(text).into_iter().map(|g| g.join(" ")).collect(),
        ..Draft::default()
    }
}

/// Lines in groups that blank lines part.
fn groups(text: &str) -> Vec<Vec<&str>> {
    let mut out: Vec<Vec<&str>> = Vec::new();
    let mut open = Vec::new();
    for line in text
        .lines()
        .flat_map(|l| l.split(['\r', '\u{2028}', '\u{2029}', '\u{0c}']))
    {
        if line.trim().is_empty() {
            if !open.is_empty() {
                out.push(std::mem::take(&mut open));
            }
        } else {
            open.push(line.trim());
        }
    }
    if !open.is_empty() {
        out.push(open);
    }
    out
}

pub(super) fn read(text: &str, _title: Option<&str>) -> Draft {
    body(text)
}
