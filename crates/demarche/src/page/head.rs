//! Title, section, dates, signature: what stands above the text, for machines and for readers.

use super::build::Draft;
use super::line::Dated;
use super::meta::Meta;
use super::words::{count, key, squeeze};
use super::{byline, caption, dom, masthead, stamp, wire};
use crate::record::{Byline, Stamp};
use dom_query::{Document, NodeRef};

/// What readers see of it.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The title element.
    pub window: Option<String>,
    pub h1: Vec<String>,
    pub crumbs: Vec<String>,
    pub standfirst: Option<String>,
    /// Texts of elements that are marked as signatures, in page order.
    pub signatures: Vec<String>,
    /// Dates that time elements carry, with whether they say that it was modified.
    pub times: Vec<(Stamp, bool)>,
    /// Dates of lines that are nothing but dates.
    pub lines: Vec<(Dated, Stamp)>,
    /// Dates in lines near the headline that hold other words too.
    pub weak: Vec<Stamp>,
    /// Words and credits of figures that are not in parts about other articles.
    pub captions: Vec<(String, Option<String>)>,
    /// Section names near the headline, or that the page's menu marks as open.
    pub kickers: Vec<String>,
    /// The house that a foot line names as the owner of rights.
    pub rights: Option<String>,
    /// A line anywhere that says that it dates the page.
    pub marked: Option<(Dated, Stamp)>,
}

pub(super) fn look(doc: &Document) -> Seen {
    let mut seen = Seen {
        window: doc.select("title").nodes().first().map(|n| squeeze(&n.text())).filter(|t| !t.is_empty()),
        ..Seen::default()
    };
    for node in doc.select("h1").nodes().iter().take(6) {
        let text = dom::text(node);
        if !text.is_empty() && text.len() < 400 {
            seen.h1.push(text);
        }
    }
    for selector in [
        "[itemtype$='BreadcrumbList'] a",
        "nav[aria-label*='readcrumb'] a",
        "[class*='breadcrumb'] a",
        "[class*='Breadcrumb'] a",
        "[id*='breadcrumb'] a",
    ] {
        let items: Vec<String> = doc
            .select(selector)
            .nodes()
            .iter()
            .take(10)
            .map(|n| squeeze(&n.text()))
            .filter(|t| !t.is_empty() && count(t) <= 6)
            .collect();
        if !items.is_empty() {
            seen.crumbs = items;
            break;
        }
    }
    for node in doc.select("time, [itemprop='datePublished'], [itemprop='dateModified']").nodes().iter().take(30) {
        let label = dom::label(node);
        if elsewhere(node) {
            continue;
        }
        let value = node.attr("datetime").or_else(|| node.attr("content")).and_then(|d| stamp::machine(&d));
        let text = squeeze(&node.text());
        let shown = value.or_else(|| stamp::visible(&text));
        if let Some(shown) = shown {
            let modified = label.contains("modif") || label.contains("updat") || key(&text).starts_with("updated");
            seen.times.push((shown, modified));
        }
    }
    if seen.h1.is_empty() {
        let window = seen.window.as_deref().map(key).unwrap_or_default();
        for node in doc.select("h2, h3").nodes().iter().take(20) {
            let text = dom::text(node);
            if count(&text) > 2 && window.contains(&key(&text)) {
                seen.h1.push(text);
                break;
            }
        }
    }
    for node in doc.select("figcaption").nodes().iter().take(40) {
        let text = dom::text(node);
        if (3..=100).contains(&count(&text)) && !elsewhere(node) {
            seen.captions.push(caption::read(&text).unwrap_or((text, None)));
        }
    }
    for selector in [
        "[class*='kicker']",
        "[class*='eyebrow']",
        "[class*='rubric']",
        "[class*='section-name']",
        "[class*='article-section']",
        "[itemprop='articleSection']",
        "nav .active",
        "[class*='nav'] .active",
        "nav [class*='current']",
    ] {
        let found = doc.select(selector).nodes().iter().take(3).map(dom::text).find(|t| (1..=4).contains(&count(t)));
        if let Some(found) = found {
            seen.kickers.push(found);
            break;
        }
    }
    if seen.kickers.is_empty() {
        let classes = doc
            .select("article[class*='category-'], body[class*='category-']")
            .nodes()
            .first()
            .and_then(|n| n.attr("class"));
        let one = classes
            .as_deref()
            .and_then(|c| c.split_whitespace().find_map(|w| w.strip_prefix("category-")).map(str::to_owned));
        if let Some(one) = one.filter(|o| !o.bytes().any(|b| b.is_ascii_digit()) && o != "uncategorized") {
            let words: Vec<String> = one.split('-').map(capitalised).collect();
            seen.kickers.push(words.join(" "));
        }
    }
    let near = masthead::look(doc);
    seen.rights = near.rights;
    seen.lines = near.dates;
    seen.marked = near.marked;
    seen.weak = near.weak;
    signatures(doc, &mut seen);
    let plain = near.signatures.into_iter().filter(|s| !seen.signatures.contains(s)).collect::<Vec<_>>();
    seen.signatures.extend(plain);
    for selector in [
        "[class*='standfirst']",
        "[class*='subtitle']",
        "[class*='sub-title']",
        "[class*='subheadline']",
        "[class*='sub-headline']",
        "[class*='article-summary']",
        "[class*='article__summary']",
        "[class*='-dek']",
        "[class*='deck']",
        "[itemprop='alternativeHeadline']",
        "h1 + h2",
    ] {
        let found = doc.select(selector).nodes().iter().take(3).map(dom::text).find(|t| (4..=70).contains(&count(t)));
        if found.is_some() {
            seen.standfirst = found;
            break;
        }
    }
    seen
}

/// True inside a part of the page that speaks of other articles. What also holds the headline is not such a part.
fn elsewhere(node: &NodeRef) -> bool {
    const WORDS: &[&str] = &[
        "related",
        "recommended",
        "sidebar",
        "footer",
        "comments",
        "comment",
        "popular",
        "trending",
        "newsletter",
        "promo",
        "teaser",
        "recirc",
        "carousel",
    ];
    for a in node.ancestors_it(Some(12)) {
        if a.has_name("body") || a.has_name("main") || a.has_name("article") {
            return false;
        }
        let outside = a.has_name("aside")
            || a.has_name("footer")
            || ["class", "id"].iter().any(|n| {
                a.attr(n).is_some_and(|v| {
                    v.len() < 300
                        && v.split_whitespace()
                            .any(|one| dom::label_words(one).iter().any(|w| WORDS.contains(&w.as_str())))
                })
            });
        if outside {
            return !a.descendants_it().take(3_000).any(|n| n.has_name("h1"));
        }
    }
    false
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn signatures(doc: &Document, seen: &mut Seen) {
    for selector in [
        "[rel~='author']",
        "[itemprop='author'] [itemprop='name']",
        "[itemprop='author']",
        "[class*='byline']",
        "[class*='Byline']",
        "[class*='author-name']",
        "[class*='author__name']",
        "[class*='authorName']",
        "[class*='author']",
        "[class*='Author']",
        "[id*='byline']",
        "[id*='author']",
    ] {
        for node in doc.select(selector).nodes().iter().take(6) {
            if elsewhere(node) {
                continue;
            }
            let text = match node.attr("content") {
                Some(content) => squeeze(&content),
                None => dom::text(node),
            };
            if !text.is_empty() && count(&text) <= 20 && !seen.signatures.contains(&text) {
                seen.signatures.push(text);
            }
        }
        if !seen.signatures.is_empty() {
            return;
        }
    }
}

/// The headline: what metadata and the page's own heading agree on, without the site's name.
pub(super) fn title(meta: &Meta, seen: &Seen) -> Option<String> {
    let site = meta.get(&["og:site_name"]).or(meta.publisher.as_deref()).map(key);
    let candidates: Vec<String> = [
        meta.get(&["og:title", "twitter:title", "dc.title", "title"]).map(super::meta::unescape),
        meta.headline.clone(),
        seen.window.clone(),
    ]
    .into_iter()
    .flatten()
    .collect();
    // A heading on the page that metadata repeats is the headline as readers see it. The end of the window's title is
    // where sites put their own name.
    for h1 in &seen.h1 {
        let folded = key(h1);
        if count(h1) < 2 || Some(&folded) == site.as_ref() {
            continue;
        }
        let repeats = candidates.iter().any(|c| {
            let c = key(c);
            c == folded
                || c.starts_with(&format!("{folded} "))
                || (folded.len() > 20 && count(&folded) > 2 && c.contains(&folded))
        });
        if repeats {
            return Some(without_site(h1, site.as_deref()));
        }
    }
    let window = seen.window.as_deref().map(key).unwrap_or_default();
    if let [only] = seen.h1.as_slice()
        && count(only) >= 2
        && Some(key(only)) != site
        && !window.ends_with(&key(only))
        && akin(only, &candidates)
    {
        return Some(without_site(only, site.as_deref()));
    }
    candidates
        .into_iter()
        .next()
        .map(|c| without_site(&c, site.as_deref()))
        .or_else(|| seen.h1.iter().find(|h| count(h) >= 3).cloned())
}

/// True if a heading shares a word of some weight with what metadata calls the page, or there is no metadata.
fn akin(heading: &str, candidates: &[String]) -> bool {
    let weighty = |text: &str| -> Vec<String> {
        key(text).split(' ').filter(|w| w.chars().count() > 3).map(str::to_owned).collect()
    };
    let own = weighty(heading);
    candidates.is_empty() || candidates.iter().any(|c| weighty(c).iter().any(|w| own.contains(w)))
}

/// Cuts a site's name off the end or the beginning of a title.
fn without_site(title: &str, site: Option<&str>) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "] {
        if let Some((head, tail)) = title.rsplit_once(mark)
            && (site == Some(key(tail).as_str()) || (count(tail) <= 4 && count(head) >= 4))
        {
            return without_site(head, site);
        }
        if let Some((head, tail)) = title.split_once(mark)
            && site == Some(key(head).as_str())
            && count(tail) >= 2
        {
            return tail.to_owned();
        }
    }
    title.trim().to_owned()
}

pub(super) fn publisher(meta: &Meta, seen: &Seen, title: Option<&str>) -> Option<String> {
    meta.get(&["og:site_name"])
        .map(super::meta::unescape)
        .or_else(|| meta.publisher.clone())
        .or_else(|| meta.get(&["application-name", "publisher", "dc.publisher", "copyright"]).map(str::to_owned))
        .filter(|p| count(p) <= 10)
        .or_else(|| beside(seen.window.as_deref()?, title?))
        .or_else(|| seen.rights.clone())
}

/// What stands beside the headline in the window's title, behind or before a mark: the site's name.
fn beside(window: &str, title: &str) -> Option<String> {
    let title = key(title);
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " • "] {
        let ends = [window.split_once(mark), window.rsplit_once(mark)];
        for (left, right) in ends.into_iter().flatten() {
            let site = if key(left) == title {
                right
            } else if key(right) == title {
                left
            } else {
                continue;
            };
            if (1..=6).contains(&count(site)) {
                return Some(site.trim().to_owned());
            }
        }
    }
    None
}

pub(super) fn section(meta: &Meta, seen: &Seen, title: Option<&str>) -> Vec<String> {
    let title = title.map(key).unwrap_or_default();
    let clean = |items: &[String]| -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for item in items {
            let item = squeeze(item);
            let folded = key(&item);
            if item.is_empty()
                || folded == "home"
                || folded == "homepage"
                || folded == title
                || count(&item) > 8
                || out.contains(&item)
            {
                continue;
            }
            out.push(item);
        }
        out
    };
    let crumbs = clean(&meta.crumbs);
    if !crumbs.is_empty() {
        return crumbs;
    }
    let crumbs = clean(&seen.crumbs);
    if !crumbs.is_empty() {
        return crumbs;
    }
    let declared: Vec<String> = meta.all("article:section").iter().map(|s| super::meta::unescape(s)).collect();
    let declared = clean(&declared);
    if !declared.is_empty() {
        return declared;
    }
    let declared = clean(&meta.sections);
    if declared.is_empty() { clean(&seen.kickers) } else { declared }
}

/// Publication and change. Metadata first, then time elements, then lines that are dates, then the address.
pub(super) fn dates(meta: &Meta, seen: &Seen, url: Option<&str>, draft: &mut Draft) {
    const PUBLISHED: &[&str] = &[
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "datepublished",
        "date_published",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "publication-date",
        "article.published",
        "dc.date.issued",
        "dcterms.created",
        "dc.date",
        "dcterms.date",
        "dc.date.created",
        "date",
        "cxenseparse:recs:publishtime",
        "citation_publication_date",
        "citation_date",
        "bt:pubdate",
        "rnews:datepublished",
        "originalpublicationdate",
        "displaydate",
        "timestamp",
    ];
    const MODIFIED: &[&str] = &[
        "article:modified_time",
        "og:updated_time",
        "datemodified",
        "lastmod",
        "last-modified",
        "dcterms.modified",
        "dc.date.modified",
        "article.updated",
    ];
    let tag = |names: &[&str]| names.iter().find_map(|n| meta.get(&[n]).and_then(stamp::machine));
    draft.published = meta
        .published
        .as_deref()
        .and_then(stamp::machine)
        .or_else(|| tag(PUBLISHED))
        .or_else(|| meta.loosely_published().and_then(stamp::machine))
        .or_else(|| seen.lines.iter().find(|(k, _)| *k == Dated::Published).map(|(_, s)| s.clone()))
        .or_else(|| seen.times.iter().find(|(_, m)| !m).map(|(s, _)| s.clone()))
        .or_else(|| seen.lines.iter().find(|(k, _)| *k == Dated::Bare).map(|(_, s)| s.clone()))
        .or_else(|| seen.weak.first().cloned())
        .or_else(|| seen.marked.as_ref().filter(|(k, _)| *k == Dated::Published).map(|(_, s)| s.clone()))
        .or_else(|| url.or_else(|| meta.get(&["og:url"])).and_then(in_address))
        // A page that only says when it was last touched was out by then.
        .or_else(|| seen.lines.first().map(|(_, s)| s.clone()))
        .or_else(|| meta.modified.as_deref().and_then(stamp::machine))
        .or_else(|| tag(MODIFIED))
        .or_else(|| seen.marked.as_ref().map(|(_, s)| s.clone()))
        .or_else(|| seen.times.first().map(|(s, _)| s.clone()));
    // Moved sites give the day of the move, and clocks in Greenwich the day after: a line under the headline that is
    // nothing but an earlier date, or says that it is the date of publication, is what the story was dated.
    let shown = seen.lines.iter().find(|(k, _)| *k != Dated::Modified).map(|(_, s)| s);
    if let (Some(shown), Some(stated)) = (shown, &draft.published)
        && shown.value.get(..10) < stated.value.get(..10)
    {
        draft.published = Some(shown.clone());
    }
    draft.modified = meta
        .modified
        .as_deref()
        .and_then(stamp::machine)
        .or_else(|| tag(MODIFIED))
        .or_else(|| seen.lines.iter().find(|(k, _)| *k == Dated::Modified).map(|(_, s)| s.clone()))
        .or_else(|| seen.times.iter().find(|(_, m)| *m).map(|(s, _)| s.clone()));
}

/// `/2019/11/14/` or `/2019-11-14-` in an address.
fn in_address(url: &str) -> Option<Stamp> {
    let path = url.split("://").nth(1).unwrap_or(url);
    let parts: Vec<&str> = path.split(['/', '-', '_']).collect();
    parts.windows(3).find_map(|w| {
        let [y, m, d] = w else { return None };
        let fits = y.len() == 4
            && (y.starts_with("19") || y.starts_with("20"))
            && (1..=2).contains(&m.len())
            && (1..=2).contains(&d.len());
        if !fits {
            return None;
        }
        let (m, d): (u32, u32) = (m.parse().ok()?, d.parse().ok()?);
        stamp::machine(&format!("{y}-{m:02}-{d:02}"))
    })
}

/// Who signed, and the agency if it was one.
pub(super) fn signature(meta: &Meta, seen: &Seen, publisher: Option<&str>) -> (Byline, Option<String>) {
    let mut all = Byline::default();
    let mut agency = None;
    let mut take = |text: &str, all: &mut Byline| {
        let (mut signed, name) = byline::read(text);
        // A site that signs with its own name has no author but itself.
        if let Some(at) = signed.people.iter().position(|p| publisher.map(key) == Some(key(p))) {
            let house = signed.people.remove(at);
            signed.organisation.get_or_insert(house);
        }
        if agency.is_none() {
            agency = name;
        }
        if signed.people.is_empty() {
            byline::merge(all, signed);
        } else {
            for p in std::mem::take(&mut signed.people) {
                if !all.people.iter().any(|q| key(q) == key(&p)) {
                    all.people.push(p);
                }
            }
            byline::merge(all, signed);
        }
    };
    for author in &meta.authors {
        take(author, &mut all);
    }
    if all.people.is_empty() {
        for name in [
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "parsely-author",
            "sailthru.author",
            "byl",
            "citation_author",
            "twitter:data1",
        ] {
            for value in meta.all(name) {
                if value.contains("://")
                    || value.starts_with('@')
                    || (name == "twitter:data1" && meta.get(&["twitter:label1"]) != Some("Written by"))
                {
                    continue;
                }
                take(value, &mut all);
            }
            if !all.people.is_empty() {
                break;
            }
        }
    }
    if all.people.is_empty() {
        for text in &seen.signatures {
            take(text, &mut all);
            if !all.people.is_empty() || all.organisation.is_some() {
                break;
            }
        }
    }
    // A line for readers that names more people than the metadata does is the fuller of the two.
    for text in &seen.signatures {
        let (signed, _) = byline::read(text);
        let fuller = signed.people.len() > all.people.len() && !all.people.is_empty();
        if fuller
            && signed.people.len() <= 12
            && all.people.iter().all(|p| signed.people.iter().any(|q| key(q).contains(&key(p))))
        {
            all.people = signed.people;
            break;
        }
    }
    if let (None, Some(house)) = (&all.organisation, &meta.author_house) {
        agency = agency.or_else(|| wire::agency(house));
        all.organisation = Some(house.clone());
    }
    (all, agency)
}
