//! A linear pass over markup before any parser sees it. Parsers keep a stack of open elements and look through it at
//! every tag, so that a page of a few hundred kilobytes can keep one busy for hours; this pass bounds what they get:
//! nesting, open formatting, attributes. It also drops what is never text: scripts, styles, comments.

use std::collections::BTreeMap;

/// Elements nested deeper than this lose their tags; their text stays.
const MAX_DEPTH: usize = 220;
/// Formatting elements are reopened in every block by the standard's rules, so few may stay open.
const MAX_FORMATTING: usize = 24;
/// A tag with more attributes or bytes than these is dropped.
const MAX_ATTRIBUTES: usize = 200;
const MAX_TAG: usize = 2_000_000;
/// No attribute that is of use is longer; the values of longer ones are dropped with their names.
const MAX_VALUE: usize = 4_000;
/// More tags than this are not passed on.
const MAX_TAGS: usize = 100_000;

const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Closed by the next of their kind or by their parent: an open one does not mean a deeper page.
const IMPLIED: &[&str] = &[
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot", "colgroup", "html",
    "head", "body",
];
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Dropped with everything in them.
const DROPPED: &[&str] = &[
    "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "select", "noembed", "noframes",
    "xmp",
];

/// What is left of the page, and whether anything had to be left out for being too deep or too much.
pub(super) struct Tidy {
    pub html: String,
    pub cut: bool,
}

/// Rewrites `html` within the bounds above, in time linear in its length.
pub(super) fn tidy(html: &str) -> Tidy {
    let mut out = String::with_capacity(html.len() / 2 + 16);
    let mut cut = false;
    let mut depth = 0usize;
    // How many tags of each kind were left out for being too deep: as many closing tags must go.
    let mut skipped = 0usize;
    let mut formatting = 0usize;
    let mut tags = 0usize;
    let mut at = 0usize;
    let ends = Ends::new(html);
    while let Some(rest) = html.get(at..) {
        let Some(open) = rest.find('<') else {
            out.push_str(rest);
            break;
        };
        out.push_str(rest.get(..open).unwrap_or(""));
        at += open;
        let Some(rest) = html.get(at..) else { break };
        if rest.starts_with("<!--") {
            at = ends.comment(at);
            continue;
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            at = ends.bracket(at);
            continue;
        }
        let (closing, name_at) = if rest.starts_with("</") { (true, 2) } else { (false, 1) };
        let name: String = rest
            .get(name_at..)
            .unwrap_or("")
            .chars()
            .take(24)
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':'))
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            out.push_str("&lt;");
            at += 1;
            continue;
        }
        let Some(tag) = Tag::read(rest) else {
            // No end: the parser would drop it too.
            break;
        };
        at += tag.len;
        let name = name.as_str();
        if !closing && DROPPED.contains(&name) && !tag.self_closing {
            at = ends.dropped(at, name);
            continue;
        }
        if !closing && name == "script" {
            let end = ends.script(at);
            let body = html.get(at..end).unwrap_or("");
            let kind = rest.get(..tag.len.min(400)).or_else(|| rest.get(..tag.len)).unwrap_or("").to_ascii_lowercase();
            if kind.contains("ld+json") && body.len() < 400_000 {
                out.push_str("<script type=\"application/ld+json\">");
                out.push_str(body);
                out.push_str("</script>");
            }
            at = end;
            continue;
        }
        if closing && (name == "script" || DROPPED.contains(&name)) {
            continue;
        }
        if tag.attributes > MAX_ATTRIBUTES || tag.len > MAX_TAG {
            cut = true;
            continue;
        }
        tags += 1;
        if tags > MAX_TAGS {
            cut = true;
            continue;
        }
        if !VOID.contains(&name) && !IMPLIED.contains(&name) {
            let inline = FORMATTING.contains(&name);
            if closing {
                if skipped > 0 {
                    skipped -= 1;
                    continue;
                }
                depth = depth.saturating_sub(1);
                if inline {
                    formatting = formatting.saturating_sub(1);
                }
            } else if depth >= MAX_DEPTH || (inline && formatting >= MAX_FORMATTING) {
                // Unclosed formatting is common in careless pages and no loss; depth is.
                if depth >= MAX_DEPTH {
                    cut = true;
                    skipped += 1;
                }
                continue;
            } else {
                depth += 1;
                formatting += usize::from(inline);
            }
        }
        let whole = rest.get(..tag.len).unwrap_or("");
        if tag.longest > MAX_VALUE { push_short(&mut out, whole) } else { out.push_str(whole) }
    }
    Tidy { html: out, cut }
}

/// Where comments, scripts and declarations end. Each search starts where the last one ended or gives up for good, so
/// that a page of a million unclosed comments costs one look to its end and not a million.
struct Ends<'t> {
    html: &'t str,
    no_comment_end: std::cell::Cell<bool>,
    no_script_end: std::cell::Cell<bool>,
    no_bracket: std::cell::Cell<bool>,
    /// Where the next closing tag of a dropped element was last seen, by name.
    closings: std::cell::RefCell<BTreeMap<String, usize>>,
}

impl<'t> Ends<'t> {
    fn new(html: &'t str) -> Self {
        Ends {
            html,
            no_comment_end: false.into(),
            no_script_end: false.into(),
            no_bracket: false.into(),
            closings: Default::default(),
        }
    }

    fn comment(&self, at: usize) -> usize {
        self.find(at, 4, "-->", &self.no_comment_end).map_or_else(|| self.bracket(at), |i| i + 3)
    }

    fn bracket(&self, at: usize) -> usize {
        self.find(at, 2, ">", &self.no_bracket).map_or(self.html.len(), |i| i + 1)
    }

    fn script(&self, at: usize) -> usize {
        if self.no_script_end.get() {
            return self.html.len();
        }
        let found = find_close(self.html, at, "script");
        self.no_script_end.set(found.is_none());
        found.unwrap_or(self.html.len())
    }

    /// Past the content of a dropped element that was opened just before `at`. One whose closing tag is missing or far
    /// off is dropped alone, as what follows may be the article.
    fn dropped(&self, at: usize, name: &str) -> usize {
        const FAR: usize = 300_000;
        let mut closings = self.closings.borrow_mut();
        let known = closings.get(name).copied().filter(|&end| end >= at);
        let end = known.unwrap_or_else(|| find_close(self.html, at, name).unwrap_or(usize::MAX));
        closings.insert(name.to_owned(), end);
        if end == usize::MAX || (end.saturating_sub(at) > FAR && name != "style") { at } else { end }
    }

    fn find(&self, at: usize, past: usize, what: &str, none: &std::cell::Cell<bool>) -> Option<usize> {
        if none.get() {
            return None;
        }
        let found = self.html.get(at + past..).and_then(|rest| rest.find(what)).map(|i| at + past + i);
        none.set(found.is_none());
        found
    }
}

/// Byte position of `</name` at or after `at`, whatever its case.
fn find_close(html: &str, at: usize, name: &str) -> Option<usize> {
    let mut from = at;
    loop {
        let found = html.get(from..)?.find("</")? + from;
        let candidate = html.as_bytes().get(found + 2..found + 2 + name.len());
        if candidate.is_some_and(|c| c.eq_ignore_ascii_case(name.as_bytes())) {
            return Some(found);
        }
        from = found + 2;
    }
}

struct Tag {
    len: usize,
    attributes: usize,
    longest: usize,
    self_closing: bool,
}

impl Tag {
    /// Reads the tag that `text` starts with up to its `>`, minding quotes. None if it never ends.
    fn read(text: &str) -> Option<Tag> {
        let (mut quote, mut attributes, mut longest, mut run) = (0u8, 0usize, 0usize, 0usize);
        let mut before = 0u8;
        for (i, &byte) in text.as_bytes().iter().enumerate().take(MAX_TAG + 64) {
            if quote != 0 {
                run += 1;
                if byte == quote {
                    longest = longest.max(run);
                    quote = 0;
                }
            } else if (byte == b'"' || byte == b'\'') && before == b'=' {
                quote = byte;
                run = 0;
            } else if byte == b'>' {
                let self_closing = i > 0 && text.as_bytes().get(i - 1) == Some(&b'/');
                return Some(Tag { len: i + 1, attributes, longest: longest.max(run), self_closing });
            } else if byte.is_ascii_whitespace() || byte == b'/' {
                if !before.is_ascii_whitespace() && before != b'=' {
                    attributes += 1;
                }
                run = 0;
            } else {
                run += 1;
            }
            if !(byte.is_ascii_whitespace() && before == b'=') {
                before = byte;
            }
        }
        // A quote that never closes: end the tag at its first `>` as a reader would.
        let end = text.as_bytes().iter().take(MAX_TAG).position(|&b| b == b'>')?;
        Some(Tag { len: end + 1, attributes: 0, longest: 0, self_closing: false })
    }
}

/// Copies a tag without its quoted values that are too long to be of use (images written into the page).
fn push_short(out: &mut String, tag: &str) {
    let mut rest = tag;
    while let Some(at) = rest.find(['"', '\'']) {
        let quote = rest.as_bytes().get(at).copied().unwrap_or(b'"') as char;
        out.push_str(rest.get(..=at).unwrap_or(""));
        rest = rest.get(at + 1..).unwrap_or("");
        let Some(end) = rest.find(quote) else { break };
        let value = rest.get(..end).unwrap_or("");
        if value.len() <= MAX_VALUE {
            out.push_str(value);
        }
        out.push(quote);
        rest = rest.get(end + 1..).unwrap_or("");
    }
    out.push_str(rest);
}
