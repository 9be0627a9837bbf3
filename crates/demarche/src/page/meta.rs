//! What a page says of itself to machines: meta elements and JSON-LD.

use super::words::squeeze;
use dom_query::Document;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Facts in the order of trust that each field has where it is used.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// `name`, `property` or `itemprop` in lower case, and all contents in page order.
    tags: BTreeMap<String, Vec<String>>,
    pub headline: Option<String>,
    pub published: Option<String>,
    pub modified: Option<String>,
    pub authors: Vec<String>,
    /// Author that JSON-LD types as an organisation.
    pub author_house: Option<String>,
    pub publisher: Option<String>,
    pub sections: Vec<String>,
    pub crumbs: Vec<String>,
    pub description: Option<String>,
    pub paywalled: bool,
    pub live: bool,
    pub body: Option<String>,
    pub language: Option<String>,
}

impl Meta {
    /// The first content of the first of `names` that has one.
    pub fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|n| self.tags.get(*n).and_then(|v| v.first())).map(String::as_str)
    }

    /// A time under a name of the site's own making that says it is the time of publication.
    pub fn loosely_published(&self) -> Option<&str> {
        let fits = |name: &str| {
            name.contains("publi")
                && (name.contains("date") || name.contains("time"))
                && !name.contains("modif")
                && !name.contains("updat")
        };
        self.tags.iter().find(|(name, _)| fits(name)).and_then(|(_, v)| v.first()).map(String::as_str)
    }

    /// All contents under `name`.
    pub fn all(&self, name: &str) -> &[String] {
        self.tags.get(name).map_or(&[], Vec::as_slice)
    }
}

pub(super) fn read(doc: &Document) -> Meta {
    let mut meta = Meta::default();
    for node in doc.select("meta[content]").nodes().iter().take(400) {
        let content = squeeze(&node.attr_or("content", ""));
        if content.is_empty() {
            continue;
        }
        for attribute in ["name", "property", "itemprop", "http-equiv"] {
            if let Some(name) = node.attr(attribute) {
                meta.tags.entry(name.trim().to_ascii_lowercase()).or_default().push(content.clone());
            }
        }
    }
    meta.language = doc.select("html[lang]").attr("lang").map(|l| l.to_string());
    for node in doc.select("script").nodes().iter().take(40) {
        let text = node.text();
        match json(&text) {
            Some(value) => linked(&value, &mut meta),
            None => broken(&text, &mut meta),
        }
    }
    meta
}

/// JSON as pages have it: raw line breaks inside strings, comments or CDATA marks around it.
fn json(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[").trim_start_matches("<!--");
    let text =
        text.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let text =
            if text.contains("&quot;") { text.replace("&quot;", "\"").replace("&amp;", "&") } else { text.to_owned() };
        let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&plain).ok()
    })
}

/// Dates and headline of JSON-LD that no parser takes, as from an unescaped quotation mark in a description.
fn broken(text: &str, meta: &mut Meta) {
    let text = text.replace("&quot;", "\"");
    let find = |name: &str| {
        let at = text.find(&format!("\"{name}\""))? + name.len() + 2;
        let rest = text.get(at..)?.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        rest.split('"').next().map(unescape)
    };
    if text.contains("Article") || text.contains("Posting") {
        fill(&mut meta.published, find("datePublished"));
        fill(&mut meta.modified, find("dateModified"));
        fill(&mut meta.headline, find("headline"));
    }
}

fn linked(value: &Value, meta: &mut Meta) {
    let mut objects = Vec::new();
    gather(value, &mut objects, 0);
    let ids: BTreeMap<&str, &Map<String, Value>> = objects
        .iter()
        .filter(|o| o.len() > 1)
        .filter_map(|o| o.get("@id").and_then(Value::as_str).map(|id| (id, *o)))
        .collect();
    // Article types first; a WebPage says something only where no article does.
    let rank = |o: &&Map<String, Value>| {
        let types = strings(o.get("@type"));
        if types.iter().any(|t| t.contains("Article") || t.contains("Posting") || t.contains("Report") || t == "Review")
        {
            0
        } else if types.iter().any(|t| t.contains("WebPage")) {
            1
        } else {
            2
        }
    };
    let mut ranked: Vec<&Map<String, Value>> = objects.iter().copied().filter(|o| rank(o) < 2).collect();
    ranked.sort_by_key(rank);
    for object in ranked {
        let article = rank(&object) == 0;
        let text = |name: &str| object.get(name).and_then(Value::as_str).map(unescape).filter(|s| !s.is_empty());
        fill(&mut meta.published, text("datePublished"));
        fill(&mut meta.modified, text("dateModified"));
        fill(&mut meta.description, text("description"));
        fill(&mut meta.language, text("inLanguage"));
        if !article {
            continue;
        }
        fill(&mut meta.headline, text("headline").or_else(|| text("name")));
        fill(&mut meta.body, text("articleBody"));
        meta.live |= strings(object.get("@type")).iter().any(|t| t == "LiveBlogPosting");
        meta.paywalled |= matches!(object.get("isAccessibleForFree"), Some(Value::Bool(false)))
            || object
                .get("isAccessibleForFree")
                .and_then(Value::as_str)
                .is_some_and(|s| s.eq_ignore_ascii_case("false"));
        if meta.sections.is_empty() {
            meta.sections = strings(object.get("articleSection"));
        }
        if meta.authors.is_empty() && meta.author_house.is_none() {
            for author in each(object.get("author")).into_iter().chain(each(object.get("creator"))).take(20) {
                let author = resolve(author, &ids);
                let name = match author {
                    Value::String(s) => unescape(s),
                    Value::Object(o) => strings(o.get("name")).join(", "),
                    _ => continue,
                };
                let house =
                    author.get("@type").is_some_and(|t| strings(Some(t)).iter().any(|t| t.contains("Organization")));
                if name.is_empty() || name.contains("://") || meta.authors.contains(&name) {
                    continue;
                }
                if house { meta.author_house = Some(name) } else { meta.authors.push(name) }
            }
        }
        if meta.publisher.is_none() {
            meta.publisher = each(object.get("publisher")).into_iter().next().and_then(|p| match resolve(p, &ids) {
                Value::String(s) => Some(unescape(s)),
                Value::Object(o) => o.get("name").and_then(Value::as_str).map(unescape),
                _ => None,
            });
        }
    }
    for object in &objects {
        if meta.crumbs.is_empty() && strings(object.get("@type")).iter().any(|t| t == "BreadcrumbList") {
            for item in each(object.get("itemListElement")).into_iter().take(12) {
                let name =
                    item.get("name").or_else(|| item.get("item").and_then(|i| i.get("name"))).and_then(Value::as_str);
                meta.crumbs.extend(name.map(unescape));
            }
        }
    }
}

fn fill(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value;
    }
}

fn resolve<'v>(value: &'v Value, ids: &BTreeMap<&str, &'v Map<String, Value>>) -> &'v Value {
    // A reference names its object and says nothing of it.
    match value {
        Value::Object(o) if o.get("name").is_none() => {
            let target = o.get("@id").and_then(Value::as_str).and_then(|id| ids.get(id));
            target.and_then(|t| t.get("name")).unwrap_or(value)
        }
        _ => value,
    }
}

/// Objects of a document at any depth that matters, arrays and graphs included.
fn gather<'v>(value: &'v Value, out: &mut Vec<&'v Map<String, Value>>, depth: usize) {
    if depth > 6 || out.len() > 500 {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|v| gather(v, out, depth + 1)),
        Value::Object(object) => {
            out.push(object);
            for (name, inner) in object {
                if matches!(
                    name.as_str(),
                    "@graph" | "mainEntity" | "mainEntityOfPage" | "breadcrumb" | "author" | "publisher" | "isPartOf"
                ) {
                    gather(inner, out, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn each(value: Option<&Value>) -> Vec<&Value> {
    match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(other) => vec![other],
        None => Vec::new(),
    }
}

fn strings(value: Option<&Value>) -> Vec<String> {
    each(value).into_iter().filter_map(Value::as_str).map(unescape).filter(|s| !s.is_empty()).collect()
}

/// JSON-LD is often made from HTML, entities and all.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let end = rest.bytes().take(10).position(|b| b == b';');
        let decoded = end.and_then(|e| rest.get(1..e)).and_then(entity);
        match (decoded, end) {
            (Some(c), Some(e)) => {
                out.push(c);
                rest = rest.get(e + 1..).unwrap_or("");
            }
            _ => {
                out.push('&');
                rest = rest.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    squeeze(&out)
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "rsquo" => '’',
        "lsquo" => '‘',
        "rdquo" => '”',
        "ldquo" => '“',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "eacute" => 'é',
        _ => return None,
    })
}
