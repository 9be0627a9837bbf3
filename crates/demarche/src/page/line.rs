//! What a line of a page is, judged by its words alone: the same rules for scrapes and for markup.

use super::words::{count, ends_sentence, key, strip_prefix_ci};

/// Openings of lines that lead elsewhere or ask for something and are no part of an article.
const LEADS: &[&str] = &[
    "read more:",
    "read more about",
    "read also:",
    "read also",
    "also read:",
    "also read |",
    "read next:",
    "read:",
    "see also:",
    "see more:",
    "more:",
    "more on this",
    "more from",
    "more on:",
    "related:",
    "related stories",
    "related articles",
    "related topics",
    "related news",
    "related content",
    "related coverage",
    "related article",
    "related posts",
    "recommended:",
    "recommended stories",
    "recommended for you",
    "watch:",
    "watch now:",
    "listen:",
    "don't miss:",
    "don’t miss:",
    "must read:",
    "explore more",
    "keep reading",
    "sign up for",
    "sign up to",
    "subscribe to",
    "subscribe now",
    "subscribe for",
    "follow us on",
    "follow us",
    "follow him on",
    "follow her on",
    "follow me on",
    "like us on",
    "join us on",
    "join our",
    "share this",
    "share on",
    "share via",
    "share article",
    "share story",
    "click here to",
    "click to share",
    "click here for",
    "tap here to",
    "download our app",
    "get our app",
    "advertisement",
    "sponsored",
    "story continues below",
    "article continues below",
    "continue reading",
    "skip to",
    "jump to",
    "all rights reserved",
    "copyright ©",
    "© ",
    "copyright 20",
    "copyright 19",
    "this material may not be published",
    "we use cookies",
    "this site uses cookies",
    "this website uses cookies",
    "your email address",
    "enter your email",
    "leave a comment",
    "post a comment",
    "leave a reply",
    "comments (",
    "view comments",
    "show comments",
    "have a tip",
    "got a tip",
    "got a story",
    "send us",
    "email the author",
    "contact the author",
    "contact us at",
    "write to us",
    "tags:",
    "topics:",
    "filed under:",
    "filed under",
    "posted in",
    "categories:",
    "category:",
    "keywords:",
    "file photo:",
    "photo credit:",
    "image credit:",
    "in this article:",
    "you are visitor",
    "what to read next",
    "most read",
    "most popular",
    "trending now",
    "you may also like",
    "you might also like",
    "up next",
    "next article",
    "previous article",
    "next story",
    "previous story",
    "print this",
    "email this",
    "to read this article",
    "already a subscriber",
    "our standards:",
    "this article was originally published",
    "this story was originally published",
    "this post was originally",
    "originally published",
    "photo:",
    "photos:",
    "image:",
    "picture:",
    "video:",
    "photograph:",
    "source: getty",
];

/// Whole lines of page furniture, folded.
const WHOLE: &[&str] = &[
    "live",
    "share",
    "tweet",
    "email",
    "print",
    "save",
    "comment",
    "comments",
    "home",
    "menu",
    "search",
    "login",
    "log in",
    "sign in",
    "sign up",
    "subscribe",
    "register",
    "facebook",
    "twitter",
    "whatsapp",
    "linkedin",
    "pinterest",
    "reddit",
    "telegram",
    "copy link",
    "link copied",
    "close",
    "next",
    "previous",
    "back",
    "back to top",
    "top",
    "advertisement",
    "advert",
    "ad",
    "ads",
    "sponsored",
    "sponsored content",
    "loading",
    "more",
    "read more",
    "read full story",
    "see more",
    "show more",
    "view more",
    "load more",
    "read full article",
    "learn more",
    "reply",
    "like",
    "follow",
    "share this",
    "share this article",
    "share this story",
    "share this post",
    "share on facebook",
    "share on twitter",
    "breaking",
    "breaking news",
    "related",
    "tags",
    "topics",
    "newsletter",
    "watch live",
    "play",
    "play video",
    "listen",
    "recommended",
    "advertising",
    "promoted",
    "popular",
    "trending",
    "latest",
    "latest news",
    "view all",
    "see all",
    "all rights reserved",
    "caption",
    "hide caption",
    "toggle caption",
    "enlarge this image",
    "enlarge image",
    "view gallery",
    "gallery",
    "comments are closed",
    "thank you for your feedback",
    "was this article helpful",
    "yes",
    "no",
    "published",
    "updated",
    "photo",
    "image",
    "video",
    "text size",
    "a a",
    "font size",
    "download",
    "transcript",
    "skip advertisement",
    "table of contents",
    "contents",
    "in this article",
    "on this page",
    "fb",
    "tw",
    "copy",
    "instagram",
    "youtube",
    "tiktok",
    "messenger",
    "pocket",
    "flipboard",
    "sms",
    "viber",
    "bookmark",
    "story text",
    "minimize to nav",
    "standard",
    "wide",
    "links",
];

/// True for a line that is a part of the page and not of the article.
pub(super) fn furniture(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || !text.chars().any(char::is_alphanumeric) {
        return true;
    }
    let words = count(text);
    if words <= 6 && WHOLE.contains(&key(text).as_str()) {
        return true;
    }
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '"' && c != '“');
    if words <= 40 {
        for lead in LEADS {
            if let Some(rest) = strip_prefix_ci(bare, lead) {
                let whole_word =
                    lead.ends_with([':', ' ', '(', '|']) || !rest.starts_with(|c: char| c.is_alphanumeric());
                if whole_word {
                    return true;
                }
            }
        }
    }
    let lower = text.to_lowercase();
    if words <= 25
        && (lower.contains("all rights reserved")
            || lower.contains("copyright 19")
            || lower.contains("copyright 20")
            || text.contains("©"))
    {
        return true;
    }
    if lower.matches("cookie").count() >= 2 && (lower.contains("website") || lower.contains("browser")) {
        return true;
    }
    // Markup that a page shows by mistake, bare addresses.
    if lower.starts_with("<img")
        || lower.starts_with("<iframe")
        || lower.starts_with("<script")
        || (words == 1 && lower.contains("://"))
    {
        return true;
    }
    // `Updated Nov 19, 9:41 AM`: a date without its year tells nothing that the page does not say elsewhere.
    let stamped = ["updated ", "posted ", "published "].iter().any(|w| lower.starts_with(w));
    if stamped
        && words <= 14
        && (lower.contains(" am")
            || lower.contains(" pm")
            || lower.contains("a.m.")
            || lower.contains("p.m.")
            || lower.contains(':'))
    {
        return true;
    }
    // `5 min read`, `3 hours ago`, `12 Comments`, `1.2k shares`
    let folded = key(text);
    let mut parts = folded.split(' ');
    let number = parts.next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    if number && words <= 4 {
        let last = folded.rsplit(' ').next().unwrap_or("");
        if matches!(
            last,
            "read"
                | "ago"
                | "comments"
                | "comment"
                | "shares"
                | "share"
                | "views"
                | "likes"
                | "minutes"
                | "mins"
                | "min"
                | "replies"
                | "photos"
                | "images"
        ) {
            return true;
        }
    }
    words <= 6 && ago(text)
}

/// A heading behind which only other stories, comments and the page's foot follow.
pub(super) fn closes(text: &str, publisher: Option<&str>) -> bool {
    if count(text) > 8 {
        return false;
    }
    let folded = key(text);
    let starts = [
        "related stories",
        "related articles",
        "related posts",
        "related news",
        "related content",
        "related coverage",
        "related topics",
        "more from",
        "more stories",
        "more news",
        "more videos",
        "most read",
        "most popular",
        "you may also like",
        "you might also like",
        "recommended for you",
        "recommended stories",
        "read next",
        "up next",
        "latest news",
        "latest stories",
        "trending",
        "comments",
        "leave a comment",
        "leave a reply",
        "share this",
        "about the author",
        "join the conversation",
        "privacy overview",
    ];
    starts.iter().any(|s| folded.starts_with(s))
        || matches!(folded.as_str(), "related" | "recommended" | "read more" | "latest" | "popular")
        || publisher.is_some_and(|p| folded == format!("more {}", key(p)) || folded == format!("more on {}", key(p)))
}

/// `3 hours 33 minutes ago`: a time that only the moment of reading could turn into a date.
pub(super) fn ago(text: &str) -> bool {
    let folded = key(text);
    folded.ends_with(" ago") && folded.starts_with(|c: char| c.is_ascii_digit())
}

/// The sections of a trail such as `News > North Korea`; empty if the line is none.
pub(super) fn trail(text: &str) -> Vec<String> {
    const MARKS: [char; 5] = ['>', '»', '›', '→', '❯'];
    if !text.contains(MARKS) || count(text) > 16 || ends_sentence(text) {
        return Vec::new();
    }
    let parts: Vec<String> = text.split(MARKS).map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect();
    if parts.len() < 2 || parts.iter().any(|p| count(p) > 5) {
        return Vec::new();
    }
    parts
}

/// The sections of a trail with slashes, `World / Borders`, for where only a trail can stand.
pub(super) fn slashes(text: &str) -> Vec<String> {
    let parts: Vec<String> = text.split(" / ").map(|p| p.trim().to_owned()).collect();
    let fits = (2..=4).contains(&parts.len())
        && parts.iter().all(|p| (1..=4).contains(&count(p)) && p.starts_with(char::is_uppercase));
    if fits { parts } else { Vec::new() }
}

/// Which date a line gives, if it is a line of dates and no sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dated {
    Published,
    Modified,
    /// A date without a word that says of what.
    Bare,
}

/// Judges a short line with a date in it.
pub(super) fn dated(text: &str) -> Option<(Dated, crate::record::Stamp)> {
    const WORDS: &[&str] = &[
        "published",
        "updated",
        "posted",
        "date",
        "first",
        "last",
        "modified",
        "on",
        "at",
        "created",
        "pub",
        "issued",
        "by",
        "the",
        "of",
        "and",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "am",
        "pm",
        "gmt",
        "utc",
        "est",
        "edt",
        "et",
        "pst",
        "pdt",
        "pt",
        "cet",
        "cest",
        "bst",
        "ist",
        "time",
        "local",
        "hours",
        "hour",
        "minutes",
        "minute",
        "days",
        "day",
        "ago",
        "h",
        "a",
        "m",
        "p",
        "min",
        "mins",
        "read",
        "release",
        "released",
        "added",
        "publication",
        "publish",
        "edition",
        "news",
        "version",
        "as",
        "st",
        "nd",
        "rd",
        "th",
        "hrs",
        "jst",
        "kst",
        "t",
        "z",
    ];
    if count(text) > 24 {
        return None;
    }
    let (stamp, start, end) = super::stamp::find(text)?;
    let rest = format!("{} {}", text.get(..start).unwrap_or(""), text.get(end..).unwrap_or(""));
    let folded = key(&rest);
    let other = folded
        .split(' ')
        .filter(|w| !w.is_empty() && !WORDS.contains(w) && !w.bytes().any(|b| b.is_ascii_digit()))
        .count();
    let first = key(text.get(..start).unwrap_or(""));
    let marked = first.split(' ').find_map(|w| match w {
        "updated" | "modified" => Some(Dated::Modified),
        "published" | "posted" | "date" | "created" | "issued" | "released" | "publication" => Some(Dated::Published),
        _ => None,
    });
    let allowed = if marked.is_some() && start < 30 { 4 } else { 0 };
    (other <= allowed).then(|| (marked.unwrap_or(Dated::Bare), stamp))
}

/// A note that the text was put right after it came out.
pub(super) fn correction(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    [
        "correction:",
        "corrections:",
        "correction,",
        "clarification:",
        "editor's note:",
        "editor’s note:",
        "editors' note:",
        "editors’ note:",
        "this article has been updated",
        "this story has been updated",
        "this article has been corrected",
        "this story has been corrected",
        "this article was amended",
        "an earlier version of this",
        "a previous version of this",
        "this piece was updated",
        "update:",
        "(corrects",
        "(updates",
        "(this version of",
        "(this story has",
        "(adds ",
    ]
    .iter()
    .any(|p| strip_prefix_ci(bare, p).is_some() || strip_prefix_ci(text, p).is_some())
}

/// A line that says the rest is for those who pay.
pub(super) fn paywall(text: &str) -> bool {
    if count(text) > 30 {
        return false;
    }
    let folded = key(text);
    [
        "subscribe to continue reading",
        "subscribe to read",
        "to continue reading",
        "to read the full",
        "to read this article in full",
        "this article is for subscribers",
        "this content is for subscribers",
        "subscriber only",
        "subscribers only",
        "already a subscriber",
        "log in to continue",
        "sign in to continue",
        "register to continue",
        "create a free account to",
        "this story is available exclusively to",
        "youve reached your limit",
        "you have reached your limit",
        "become a member to read",
        "start your free trial",
    ]
    .iter()
    .any(|p| folded.contains(p))
}
