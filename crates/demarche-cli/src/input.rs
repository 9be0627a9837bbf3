//! Where pages come from: files, folders, standard input; one page a file, or one a line of JSONL.

use crate::near;
use demarche::record::{Page, PageKind};
use serde::Deserialize;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Bytes of a page, or of a line of JSONL, that are looked at.
const MAX_PAGE: u64 = 256 << 20;
/// Endings of the files that a folder is searched for.
const ENDINGS: [&str; 6] = ["html", "htm", "xhtml", "txt", "jsonl", "ndjson"];

/// A file, or standard input.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// As people know it.
    pub name: String,
    /// None for standard input.
    pub path: Option<PathBuf>,
    /// Size in bytes, where it is known.
    pub bytes: u64,
}

/// One page, or why there is none.
pub type Item = Result<Page, String>;

/// The files that the paths stand for, each folder's in order of their names, and what was wrong with the paths.
pub fn list(paths: &[PathBuf]) -> (Vec<Source>, Vec<String>) {
    let (mut sources, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        let name = path.display().to_string();
        if name == "-" {
            sources.push(Source { name: "standard input".into(), path: None, bytes: 0 });
        } else if path.is_dir() {
            let before = (sources.len(), faults.len());
            folder(path, &mut sources, &mut faults);
            if (sources.len(), faults.len()) == before {
                faults.push(format!("{name} holds no page; in folders, names end in .{}", ENDINGS.join(", .")));
            }
        } else if path.exists() {
            sources.push(Source { name, path: Some(path.clone()), bytes: size(path) });
        } else {
            faults.push(format!("{name}{}", near::missing(path)));
        }
    }
    (sources, faults)
}

fn size(path: &Path) -> u64 {
    fs::metadata(path).map(|m| m.len()).unwrap_or(0)
}

fn folder(dir: &Path, sources: &mut Vec<Source>, faults: &mut Vec<String>) {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) => return faults.push(format!("{} cannot be searched: {e}", dir.display())),
    };
    let mut entries: Vec<fs::DirEntry> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        // A link to a folder is not followed: it may lead round in a circle.
        if hidden {
            continue;
        } else if entry.file_type().is_ok_and(|t| t.is_dir()) {
            folder(&path, sources, faults);
        } else if ENDINGS.iter().any(|e| has_ending(&path, e)) && path.is_file() {
            sources.push(Source { name: path.display().to_string(), bytes: size(&path), path: Some(path) });
        }
    }
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(ending))
}

/// Hands the pages of a source on, each with its name, until `give` says no.
pub fn read(source: &Source, give: &mut dyn FnMut(String, Item) -> bool) {
    let unreadable = |e: io::Error| Err(format!("cannot be read: {e}"));
    match &source.path {
        None => pages(&source.name, None, &mut BufReader::new(io::stdin().lock()), give),
        Some(path) => match File::open(path) {
            Ok(file) => pages(&source.name, Some(path), &mut BufReader::new(file), give),
            Err(e) => {
                give(source.name.clone(), unreadable(e));
            }
        },
    }
}

/// The form of a page is read from the name; where it says nothing, from the content.
fn pages(name: &str, path: Option<&Path>, reader: &mut dyn BufRead, give: &mut dyn FnMut(String, Item) -> bool) {
    let named = |endings: &[&str]| path.is_some_and(|p| endings.iter().any(|e| has_ending(p, e)));
    let mut bytes = Vec::new();
    let mut lines = 0;
    // Blank lines first do not tell what the content is.
    loop {
        let before = bytes.len();
        match reader.take(MAX_PAGE).read_until(b'\n', &mut bytes) {
            Err(e) => {
                give(name.into(), Err(format!("cannot be read: {e}")));
                return;
            }
            Ok(0) => break,
            Ok(_) => lines += 1,
        }
        if !bytes.get(before..).unwrap_or(&[]).trim_ascii().is_empty() || bytes.len() as u64 > MAX_PAGE {
            break;
        }
    }
    let first = bytes.trim_ascii();
    if named(&["jsonl", "ndjson"]) || (first.starts_with(b"{") && serde_json::from_slice::<Record>(first).is_ok()) {
        return records(name, first, lines, reader, give);
    }
    let item = match reader.take(MAX_PAGE + 1).read_to_end(&mut bytes) {
        Err(e) => Err(format!("cannot be read: {e}")),
        Ok(_) if bytes.len() as u64 > MAX_PAGE => Err(format!("is larger than {} MiB", MAX_PAGE >> 20)),
        Ok(_) => {
            let kind = if named(&["html", "htm", "xhtml"]) { PageKind::Html } else { PageKind::Detect };
            Ok(Page { bytes, kind, ..Page::default() })
        }
    };
    give(name.into(), item);
}

/// A line of JSONL.
#[derive(Debug, Deserialize)]
struct Record {
    text: String,
    title: Option<String>,
    date: Option<String>,
    url: Option<String>,
}

fn records(
    name: &str,
    first: &[u8],
    lines: usize,
    reader: &mut dyn BufRead,
    give: &mut dyn FnMut(String, Item) -> bool,
) {
    let mut line = first.to_vec();
    let mut number = lines;
    loop {
        if !line.trim_ascii().is_empty() && !give(format!("{name}:{number}"), record(&line)) {
            return;
        }
        line.clear();
        match reader.take(MAX_PAGE).read_until(b'\n', &mut line) {
            Err(e) => {
                give(name.into(), Err(format!("cannot be read further: {e}")));
                return;
            }
            Ok(0) => return,
            Ok(_) => number += 1,
        }
    }
}

fn record(line: &[u8]) -> Item {
    match serde_json::from_slice::<Record>(line.trim_ascii()) {
        Ok(r) => Ok(Page {
            bytes: r.text.into_bytes(),
            kind: PageKind::Body,
            url: r.url,
            title: r.title,
            date: r.date,
            charset: None,
        }),
        Err(e) => {
            Err(format!("is no article: {e}; a line is an object with `text`, and may have `title`, `date`, `url`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_bytes(path: Option<&str>, bytes: &[u8]) -> Vec<(String, Item)> {
        let mut out = Vec::new();
        pages("x", path.map(Path::new), &mut BufReader::new(bytes), &mut |name, item| {
            out.push((name, item));
            true
        });
        out
    }

    #[test]
    fn content_and_name_tell_the_form() {
        let line = b"\n{\"text\": \"Chad left.\", \"date\": \"2004-05-12\"}\n\n{\"text\": \"Mali left.\"}\n";
        for (path, bytes, kinds) in [
            (None, &line[..], vec![PageKind::Body, PageKind::Body]),
            (Some("x.txt"), &line[..], vec![PageKind::Body, PageKind::Body]),
            (Some("x.HTM"), b"Chad left.", vec![PageKind::Html]),
            (Some("x.txt"), b"<p>Chad left.", vec![PageKind::Detect]),
            (None, b"{ is a brace\nand more", vec![PageKind::Detect]),
            (None, b"", vec![PageKind::Detect]),
            (None, b"\n\n", vec![PageKind::Detect]),
            (Some("x.jsonl"), b"", vec![]),
        ] {
            let got: Vec<PageKind> =
                read_bytes(path, bytes).into_iter().filter_map(|(_, i)| Some(i.ok()?.kind)).collect();
            assert_eq!(got, kinds, "{path:?} {}", String::from_utf8_lossy(bytes));
        }
        let names: Vec<String> = read_bytes(None, line).into_iter().map(|(n, _)| n).collect();
        assert_eq!(names, ["x:2", "x:4"]);
        let page = read_bytes(None, b"\nChad left.\n\nMali left.").remove(0).1.unwrap();
        assert_eq!(page.bytes, b"\nChad left.\n\nMali left.");
    }

    #[test]
    fn a_broken_line_does_not_end_the_file() {
        let got = read_bytes(Some("x.jsonl"), b"{\"text\": \"a\"}\n{\"txt\": 1}\nnonsense\n{\"text\": \"b\"}");
        assert_eq!(got.iter().map(|(_, i)| i.is_ok()).collect::<Vec<_>>(), [true, false, false, true]);
        assert!(got[1].1.as_ref().unwrap_err().contains("`text`"), "{:?}", got[1]);
    }
}
