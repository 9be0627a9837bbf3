//! Bytes to text: byte order mark, declared charset, and a guess where neither tells.

use super::LIMIT;
use crate::record::Note;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// How far into a page a `<meta charset>` is looked for; browsers stop at 1,024 bytes, real pages do not.
const META_WINDOW: usize = 8192;

/// Text of `bytes`, with notes of what was lost. Binary content gives an empty text and the note `binary`.
pub(super) fn decode(bytes: &[u8], charset: Option<&str>, html: bool, notes: &mut Vec<Note>) -> String {
    let mut bytes = bytes;
    if bytes.len() > LIMIT {
        notes.push(Note::new("cut", format!("only the first {LIMIT} of {} bytes were read", bytes.len())));
        bytes = bytes.get(..LIMIT).unwrap_or(bytes);
    }
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => {
            if is_binary(bytes) {
                notes.push(Note::new("binary", "the content is not text"));
                return String::new();
            }
            choose(bytes, charset, html)
        }
    };
    let (text, _, lossy) = encoding.decode(bytes);
    // A cut may split a character; that alone is no fault of the page.
    if lossy && text.matches('\u{FFFD}').take(2).count() > 1 {
        notes.push(Note::new("encoding", format!("some bytes are not valid {}", encoding.name())));
    }
    text.into_owned()
}

/// What the page's words are written in. Valid UTF-8 with any non-ASCII letter is hardly ever anything else, so it wins
/// over a declaration; then the transport, then the page itself, then a guess.
fn choose(bytes: &[u8], charset: Option<&str>, html: bool) -> &'static Encoding {
    let valid = std::str::from_utf8(bytes).map_or_else(|e| e.error_len().is_none(), |_| true);
    if valid {
        let escapes = bytes.contains(&0x1b);
        if !escapes {
            return UTF_8;
        }
    }
    let declared = charset
        .and_then(|label| Encoding::for_label(label.trim().trim_matches(['"', '\'']).as_bytes()))
        .or_else(|| if html { meta_charset(bytes) } else { None });
    match declared {
        // A page that says UTF-8 and is mostly that has single broken bytes, not another encoding.
        Some(encoding) if encoding == UTF_8 && !mostly_utf8(bytes) => guess(bytes),
        Some(encoding) => encoding,
        None if mostly_utf8(bytes) => UTF_8,
        None => guess(bytes),
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    if encoding == UTF_8 && !mostly_utf8(bytes) { WINDOWS_1252 } else { encoding }
}

/// True if multi-byte sequences are valid far more often than not.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 20
}

fn meta_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..META_WINDOW).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    for (at, _) in head.match_indices("charset") {
        let rest = head.get(at + 7..).unwrap_or("").trim_start();
        let Some(rest) = rest.strip_prefix('=') else {
            continue;
        };
        let label: String = rest
            .trim_start_matches([' ', '"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
            // What was read as ASCII to find this line cannot be UTF-16.
            let wide = encoding == encoding_rs::UTF_16LE || encoding == encoding_rs::UTF_16BE;
            return Some(if wide { UTF_8 } else { encoding });
        }
    }
    None
}

/// True for images, archives, documents in binary formats: a known signature, or control bytes that text never has.
fn is_binary(bytes: &[u8]) -> bool {
    const SIGNATURES: &[&[u8]] = &[
        b"%PDF-",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"\x7fELF",
        b"RIFF",
        b"OggS",
        b"ID3",
    ];
    if SIGNATURES.iter().any(|s| bytes.starts_with(s)) {
        return true;
    }
    let head = bytes.get(..65_536).unwrap_or(bytes);
    let control = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    control * 50 > head.len()
}
