//! Takes out of a tree what its own labels call something other than the article.

use super::dom;
use dom_query::{Document, NodeRef};

/// Words in classes and ids of parts that are not the article.
const WORDS: &[&str] = &[
    "related",
    "recirc",
    "recirculation",
    "recommended",
    "recommendations",
    "recommend",
    "newsletter",
    "newsletters",
    "promo",
    "promos",
    "share",
    "sharing",
    "sharebar",
    "sharedaddy",
    "shares",
    "social",
    "socials",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "comment",
    "commentlist",
    "replies",
    "disqus",
    "advert",
    "advertisement",
    "advertising",
    "ads",
    "adunit",
    "sponsored",
    "subscribe",
    "subscription",
    "signup",
    "sidebar",
    "widget",
    "widgets",
    "trending",
    "pagination",
    "pager",
    "navigation",
    "navbar",
    "cookie",
    "cookies",
    "gdpr",
    "consent",
    "modal",
    "popup",
    "tooltip",
    "rollover",
    "popover",
    "hovercard",
    "toolbar",
    "outbrain",
    "taboola",
    "teaser",
    "teasers",
    "footer",
    "masthead",
    "paywall",
    "jobs",
    "skiplink",
    "addtoany",
    "addthis",
    "sociable",
    "printfriendly",
    "respond",
    "loginform",
];
/// Of these, parts that may well be longer than the article itself.
const LONG: &[&str] = &["comments", "comment", "disqus", "respond", "commentlist", "cookie", "cookies", "consent"];
/// The same, of two words in a row.
const PAIRS: &[(&str, &str)] = &[
    ("read", "more"),
    ("more", "from"),
    ("more", "stories"),
    ("most", "read"),
    ("most", "popular"),
    ("read", "next"),
    ("up", "next"),
    ("next", "post"),
    ("prev", "post"),
    ("post", "navigation"),
    ("author", "bio"),
    ("author", "box"),
    ("about", "author"),
    ("author", "info"),
    ("author", "card"),
    ("sr", "only"),
    ("screen", "reader"),
    ("visually", "hidden"),
    ("skip", "link"),
    ("ad", "container"),
    ("ad", "slot"),
    ("ad", "wrapper"),
    ("article", "tags"),
    ("post", "tags"),
    ("tag", "list"),
    ("entry", "tags"),
    ("entry", "footer"),
    ("see", "also"),
    ("also", "read"),
    ("sign", "up"),
    ("call", "out"),
    ("table", "contents"),
    ("toc", "container"),
    ("reading", "time"),
    ("read", "time"),
    ("comment", "list"),
    ("comments", "area"),
    ("latest", "news"),
    ("top", "stories"),
    ("footnote", "credit"),
    ("social", "media"),
    ("print", "only"),
    ("site", "header"),
    ("site", "footer"),
    ("call", "action"),
];

/// Removes such parts, as long as each is small beside the whole: a label on a wrapper of everything means nothing.
pub(super) fn prune(doc: &Document) {
    let Some(body) = doc.body() else { return };
    let whole = body.normalized_char_count().max(1);
    visit(&body, whole, 0);
}

fn visit(node: &NodeRef, whole: usize, depth: usize) {
    if depth > 600 {
        return;
    }
    let children: Vec<NodeRef> = node.children_it(false).filter(NodeRef::is_element).collect();
    for child in children {
        if unwanted(&child) {
            let size = child.normalized_char_count();
            let most = if long(&child) { 85 } else { 30 };
            if size * 100 < whole * most && !has_heading(&child) {
                child.remove_from_parent();
                continue;
            }
        }
        visit(&child, whole, depth + 1);
    }
}

fn long(node: &NodeRef) -> bool {
    ["nav", "footer", "dialog"].iter().any(|n| node.has_name(n))
        || ["class", "id"].iter().any(|a| {
            node.attr(a).is_some_and(|v| {
                v.len() < 300
                    && v.split_whitespace().any(|one| dom::label_words(one).iter().any(|w| LONG.contains(&w.as_str())))
            })
        })
}

fn has_heading(node: &NodeRef) -> bool {
    node.has_name("h1") || node.descendants_it().any(|n| n.has_name("h1"))
}

fn unwanted(node: &NodeRef) -> bool {
    if ["nav", "footer", "dialog", "form", "menu"].iter().any(|n| node.has_name(n)) {
        return true;
    }
    if let Some(role) = node.attr("role")
        && matches!(
            &*role,
            "navigation"
                | "search"
                | "dialog"
                | "alert"
                | "complementary"
                | "banner"
                | "contentinfo"
                | "menu"
                | "tablist"
                | "tooltip"
        )
    {
        return true;
    }
    if node.attr("hidden").is_some() {
        return true;
    }
    if let Some(style) = node.attr("style") {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        if style.contains("display:none") || style.contains("visibility:hidden") {
            return true;
        }
    }
    ["class", "id", "data-component", "data-module"]
        .iter()
        .any(|a| node.attr(a).is_some_and(|v| v.len() < 600 && labelled(&v)))
}

/// True if the words of a label name a part that is not the article.
fn labelled(label: &str) -> bool {
    // One maker of sites labels every part of a page a widget.
    let generic = label.contains("elementor");
    label.split_whitespace().any(|one| {
        let words = dom::label_words(one);
        words.iter().any(|w| WORDS.contains(&w.as_str()) && !(generic && w.starts_with("widget")))
            || words.windows(2).any(|w| matches!(w, [a, b] if PAIRS.contains(&(a.as_str(), b.as_str()))))
    })
}
