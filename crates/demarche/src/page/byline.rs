//! Who signed: people, organisation, initials, and a wire agency where the signature is one.

use super::wire;
use super::words::{count, key, squeeze, strip_prefix_ci};
use crate::record::Byline;

const OPENINGS: &[&str] = &[
    "by",
    "by:",
    "written by",
    "written by:",
    "story by",
    "reported by",
    "reporting by",
    "posted by",
    "posted by:",
    "published by",
    "article by",
    "words by",
    "text by",
    "author:",
    "authors:",
    "author",
    "authored by",
    "from",
    "compiled by",
    "analysis by",
    "opinion by",
    "report by",
    "medically reviewed by",
];

/// Words that make a name one of a body and not of a person.
const BODIES: &[&str] = &[
    "staff",
    "desk",
    "team",
    "editors",
    "editorial",
    "bureau",
    "agency",
    "agencies",
    "news",
    "newsroom",
    "times",
    "post",
    "press",
    "media",
    "tv",
    "radio",
    "network",
    "magazine",
    "journal",
    "herald",
    "tribune",
    "gazette",
    "institute",
    "center",
    "centre",
    "university",
    "foundation",
    "inc",
    "ltd",
    "llc",
    "group",
    "company",
    "office",
    "ministry",
    "department",
    "council",
    "association",
    "online",
    "digital",
    "service",
    "services",
    "correspondents",
    "reporters",
    "board",
    "blog",
    "community",
    "official",
    "research",
    "wire",
    "daily",
    "weekly",
    "the",
    "admin",
    "editor",
    "contributors",
];

/// Words that make a part of a byline a job and not a name.
const JOBS: &[&str] = &[
    "writer",
    "correspondent",
    "reporter",
    "editor",
    "columnist",
    "contributor",
    "journalist",
    "analyst",
    "producer",
    "author",
    "photographer",
    "director",
    "manager",
    "specialist",
    "expert",
    "professor",
    "founder",
    "ceo",
    "cto",
    "president",
    "officer",
    "fellow",
    "senior",
    "chief",
    "contributing",
    "freelance",
    "executive",
    "associate",
    "strategist",
    "consultant",
    "engineer",
    "head",
    "lead",
];

const DEGREES: &[&str] = &[
    "phd", "ph d", "md", "m d", "ms", "rd", "rdn", "mba", "ma", "msc", "bsc", "mph", "jd", "esq", "cpa", "cfp", "rn",
    "dds", "dvm", "do", "mfa", "ldn", "ldn", "cscs", "cpp", "psp", "jr", "sr", "ba", "bs", "dphil", "edd", "psyd",
    "lcsw", "cissp", "pmp", "pe", "np",
];

/// Reads a signature with or without its `By`. The second value is an agency that it names.
pub(super) fn read(text: &str) -> (Byline, Option<String>) {
    let mut byline = Byline::default();
    let mut agency = None;
    let text = squeeze(text);
    let text = open(&text).unwrap_or(&text);
    // Dates and reading times often share the line.
    let text = super::stamp::find(text).and_then(|(_, start, _)| text.get(..start)).unwrap_or(text);
    let text = [" Updated", " Published", " Posted", " Last updated", " Reviewed", " Fact checked", " | Updated"]
        .iter()
        .fold(text, |t, mark| t.split(mark).next().unwrap_or(t));
    let all = key(text);
    let named = |list: &[&str]| all.split(' ').any(|w| list.contains(&w));
    if !text.contains([',', '|', '/', '•'])
        && count(text) <= 9
        && named(BODIES)
        && !named(JOBS)
        && wire::agency(text).is_none()
    {
        byline.organisation = Some(text.trim().to_owned());
        return (byline, None);
    }
    for part in parts(text) {
        let part = part.trim().trim_matches(['.', ',', ':', '-', '–', '—', '|', '•', '·', '(', ')', '@', ' ']);
        if part.is_empty()
            || part.chars().count() > 80
            || !part.chars().any(char::is_alphabetic)
            || part.contains("://")
        {
            continue;
        }
        if let Some(a) = wire::agency(part) {
            agency = agency.or(Some(a));
            byline.organisation.get_or_insert_with(|| part.to_owned());
            continue;
        }
        if let Some((house, initials)) = slashed(part) {
            byline.organisation = Some(house);
            byline.initials = Some(initials);
            continue;
        }
        let folded = key(part);
        let words: Vec<&str> = folded.split(' ').collect();
        if DEGREES.contains(&folded.as_str())
            || super::stamp::visible(part).is_some()
            || words.iter().all(|w| w.bytes().all(|b| b.is_ascii_digit()))
            || part.starts_with(|c: char| c.is_ascii_digit())
            || timed(&words)
        {
            continue;
        }
        let first = byline.people.is_empty() && byline.organisation.is_none();
        let job = words.iter().any(|w| JOBS.contains(w));
        let body = words.iter().any(|w| BODIES.contains(w));
        let lower = part.split(' ').filter(|w| w.starts_with(|c: char| c.is_lowercase())).count();
        if body && (first || byline.organisation.is_none()) && (first || !job) {
            byline.organisation.get_or_insert_with(|| part.to_owned());
        } else if job
            || count(part) > 6
            || (lower > 2 && count(part) > 3)
            || words
                .first()
                .is_some_and(|w| matches!(*w, "updated" | "published" | "in" | "on" | "at" | "for" | "min" | "read"))
        {
            continue;
        } else if let Some((name, house)) = shouted(part) {
            byline.organisation.get_or_insert(house.to_owned());
            byline.people.push(name.to_owned());
        } else if !byline.people.iter().any(|p| key(p) == folded) {
            byline.people.push(part.to_owned());
        }
    }
    (byline, agency)
}

/// What follows `By`, `Written by` and the like.
pub(super) fn open(text: &str) -> Option<&str> {
    let text = text.trim();
    OPENINGS
        .iter()
        .filter_map(|o| strip_prefix_ci(text, o).filter(|r| r.starts_with([' ', ':', '\u{a0}'])))
        .min_by_key(|r| r.len())
        .map(|r| r.trim_start_matches([':', ' ']))
}

/// True for a line that is a signature and nothing else.
pub(super) fn is_line(text: &str) -> bool {
    let Some(rest) = open(text) else { return false };
    let lead = text.split_whitespace().next().unwrap_or("").to_ascii_lowercase();
    if lead == "from" || count(rest) > 14 || rest.is_empty() {
        return false;
    }
    // `By Friday, ...` opens a sentence; a signature has names and no verb.
    if rest.ends_with(['.', '?', '!', ':']) && count(rest) > 4 && !rest.ends_with("Jr.") {
        return false;
    }
    let small = rest
        .split_whitespace()
        .filter(|w| {
            w.starts_with(|c: char| c.is_lowercase())
                && !matches!(
                    *w,
                    "and"
                        | "de"
                        | "van"
                        | "von"
                        | "der"
                        | "da"
                        | "del"
                        | "in"
                        | "for"
                        | "the"
                        | "of"
                        | "with"
                        | "bin"
                        | "al"
                        | "el"
                        | "la"
                )
        })
        .count();
    small <= 1 && rest.chars().any(char::is_alphabetic)
}

/// A name with the house behind it in capitals: `Jane Roe DAILY BUGLE`.
fn shouted(part: &str) -> Option<(&str, &str)> {
    let loud = |w: &str| w.chars().count() > 2 && w.chars().all(|c| c.is_uppercase());
    let words: Vec<&str> = part.split(' ').collect();
    let tail = words.iter().rev().take_while(|w| loud(w)).count();
    if tail < 2 || words.len() < tail + 2 {
        return None;
    }
    let at = part.find(words.get(words.len() - tail)?)?;
    Some((part.get(..at)?.trim(), part.get(at..)?))
}

/// True for what is left of a date or a reading time: `Mar 27`, `10 min read`.
fn timed(words: &[&str]) -> bool {
    const TIMES: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "min",
        "mins",
        "minutes",
        "read",
        "ago",
        "hours",
        "days",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    words.iter().any(|w| TIMES.contains(w))
        && words.iter().all(|w| TIMES.contains(w) || w.bytes().any(|b| b.is_ascii_digit()))
}

fn parts(text: &str) -> Vec<&str> {
    // Where the section follows (`in Culture`), and the day (`on Friday`), nobody signs any more.
    let text = [" in ", " on ", " at "].iter().fold(text, |t, mark| match t.find(mark) {
        Some(i)
            if t.get(i + mark.len()..).is_some_and(|r| r.starts_with(|c: char| c.is_uppercase() || c.is_numeric())) =>
        {
            t.get(..i).unwrap_or(t)
        }
        _ => t,
    });
    let mut first = true;
    text.split([',', '|', ';', '•', '·', '\n'])
        .filter(|segment| {
            // After a name, a comma opens what the person does, whole.
            let job = !std::mem::take(&mut first) && key(segment).split(' ').any(|w| JOBS.contains(&w));
            !job
        })
        .flat_map(|p| p.split(" and "))
        .flat_map(|p| p.split(" & "))
        .flat_map(|p| p.split(" with "))
        .flat_map(|p| p.split(" for "))
        .flat_map(|p| p.split(" - "))
        .flat_map(|p| p.split(" – "))
        .flat_map(|p| p.split(" — "))
        .map(|p| {
            ["and ", "edited by ", "by ", "By "].iter().fold(p.trim(), |p, lead| p.strip_prefix(lead).unwrap_or(p))
        })
        .collect()
}

/// `House/xy`: a newsroom and the initials of who worked there on the piece.
fn slashed(part: &str) -> Option<(String, String)> {
    let (house, initials) = part.rsplit_once('/')?;
    let (house, initials) = (house.trim(), initials.trim());
    let letters = initials.chars().count();
    let fits = (1..=5).contains(&letters) && initials.chars().all(|c| c.is_alphabetic() || c == '.' || c == '-');
    (fits && house.chars().any(char::is_alphabetic) && !house.contains('/'))
        .then(|| (house.to_owned(), initials.to_owned()))
}

/// Adds what `other` knows and `byline` does not.
pub(super) fn merge(byline: &mut Byline, other: Byline) {
    if byline.people.is_empty() {
        byline.people = other.people;
    }
    if byline.organisation.is_none() {
        byline.organisation = other.organisation;
    }
    if byline.initials.is_none() {
        byline.initials = other.initials;
    }
}
