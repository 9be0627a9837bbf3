//! From a tree of elements to a list of blocks of text.

use super::words::squeeze;
use dom_query::{NodeData, NodeRef};

/// A run of text that a reader sees as one piece: a paragraph, a heading, an item of a list, a cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    pub text: String,
    /// Element that holds it: `p`, `h2`, `li` ...
    pub tag: String,
    /// Class, id and role of that element and of those around it up to the root of the walk, in lower case.
    pub context: String,
    /// Bytes of `text`, before white space was squeezed, that stand inside links.
    pub linked: usize,
    /// Bytes of `text` before white space was squeezed.
    pub length: usize,
    pub caption: bool,
    pub quote: bool,
    /// Inside a list.
    pub list: bool,
    pub table: bool,
}

impl Block {
    /// Share of the text that is links, 0 to 1.
    pub fn link_share(&self) -> f32 {
        if self.length == 0 { 0.0 } else { self.linked as f32 / self.length as f32 }
    }
}

/// Elements whose text stands apart from what is around it.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "caption",
];

/// Deeper than any tree that the linear pass lets through; guards the stack all the same.
const MAX_DEPTH: usize = 600;

/// All blocks under `root` in reading order.
pub(super) fn blocks(root: &NodeRef) -> Vec<Block> {
    let mut walk = Walk { out: Vec::new(), open: Block::default(), raw: String::new() };
    walk.enter(root, &Block::default(), false, 0);
    walk.flush();
    walk.out
}

/// Text of one element, squeezed, with spaces where blocks part.
pub(super) fn text(root: &NodeRef) -> String {
    let parts: Vec<String> = blocks(root).into_iter().map(|b| b.text).collect();
    parts.join(" ")
}

/// Class, id and role of an element in lower case.
pub(super) fn label(node: &NodeRef) -> String {
    let mut out = String::new();
    for name in ["class", "id", "role", "data-component", "data-testid", "itemprop"] {
        if let Some(value) = node.attr(name) {
            out.push(' ');
            out.push_str(&value.to_lowercase());
        }
    }
    out
}

/// The words of one class or id: `articleBody-lead_2` has article, body, lead, 2.
pub(super) fn label_words(label: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = String::new();
    let mut lower = false;
    for c in label.chars() {
        let parts = !c.is_alphanumeric() || (c.is_uppercase() && lower);
        if parts && !open.is_empty() {
            words.push(std::mem::take(&mut open));
        }
        lower = c.is_lowercase();
        if c.is_alphanumeric() {
            open.extend(c.to_lowercase());
        }
    }
    if !open.is_empty() {
        words.push(open);
    }
    words
}

/// True if the label of an element says that it holds the words under a picture.
fn captioned(node: &NodeRef) -> bool {
    ["class", "id", "itemprop"].iter().any(|a| {
        node.attr(a).is_some_and(|v| {
            v.len() < 400
                && label_words(&v).iter().any(|w| {
                    matches!(
                        w.as_str(),
                        "caption"
                            | "captions"
                            | "photocaption"
                            | "imagecaption"
                            | "slideshow"
                            | "gallery"
                            | "credit"
                            | "photocredit"
                            | "imgcaption"
                            | "figcaption"
                    )
                })
        })
    })
}

/// True if an inline element follows another without a space and starts a word of its own.
fn apart(node: &NodeRef) -> bool {
    let before = node.prev_sibling().filter(NodeRef::is_element);
    before.is_some_and(|b| b.text().trim().chars().nth(2).is_some())
        && node.text().chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

struct Walk {
    out: Vec<Block>,
    open: Block,
    raw: String,
}

impl Walk {
    fn enter(&mut self, node: &NodeRef, around: &Block, linked: bool, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for child in node.children_it(false) {
            if child.is_text() {
                child.query(|n| {
                    if let NodeData::Text { contents } = &n.data {
                        if self.raw.is_empty() {
                            self.open = around.clone();
                        }
                        if linked {
                            self.open.linked += contents.trim().len();
                        }
                        self.open.length += contents.trim().len();
                        self.raw.push_str(contents);
                    }
                });
                continue;
            }
            let Some(name) = child.node_name() else {
                continue;
            };
            let name: &str = &name;
            if matches!(
                name,
                "script" | "style" | "button" | "input" | "textarea" | "select" | "noscript" | "template" | "head"
            ) {
                continue;
            }
            if name == "br" {
                self.raw.push('\n');
                // Two breaks part paragraphs as surely as tags do.
                if self.raw.trim_end_matches([' ', '\t']).ends_with("\n\n") {
                    self.flush();
                }
                continue;
            }
            if BLOCKS.contains(&name) {
                self.flush();
                let mut inner = around.clone();
                if inner.context.len() < 2_000 {
                    inner.context.push_str(&label(&child));
                }
                inner.tag = name.to_owned();
                inner.caption |= matches!(name, "figcaption" | "caption") || captioned(&child);
                inner.quote |= matches!(name, "blockquote" | "aside");
                inner.list |= matches!(name, "li" | "dd" | "dt");
                inner.table |= matches!(name, "td" | "th");
                self.enter(&child, &inner, linked, depth + 1);
                self.flush();
            } else {
                // Scripts set spans side by side that only their styles keep apart: `17 Dec 2025` and `Jane Roe`.
                if matches!(name, "span" | "time" | "a") && self.raw.ends_with(char::is_alphanumeric) && apart(&child) {
                    self.raw.push(' ');
                }
                self.enter(&child, around, linked || name == "a", depth + 1);
            }
        }
    }

    fn flush(&mut self) {
        let text = squeeze(&self.raw);
        self.raw.clear();
        let mut block = std::mem::take(&mut self.open);
        if !text.is_empty() {
            block.text = text;
            self.out.push(block);
        }
    }
}
