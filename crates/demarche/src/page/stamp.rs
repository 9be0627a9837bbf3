//! Dates as pages write them, kept to the precision that they have.

use crate::record::{Precision, Stamp};
use regex::Regex;
use std::sync::LazyLock;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let month = "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
    Regex::new(&format!(
        r"(?i)\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+(?P<m1>{month})\.?,?[\s\-]+(?P<y1>(?:19|20)\d\d)|(?P<m2>{month})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d))\b"
    ))
    .ok()
});
static DIGITS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})|(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y2>(?:19|20)\d\d))\b").ok()
});
static ISO: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b(?:19|20)\d\d-\d\d-\d\dT\d\d:\d\d\S*").ok());
static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[\s,|at@·\-–—T]{0,6}(?P<h>\d{1,2})[:.](?P<m>\d\d)(?::\d\d)?\s*(?P<half>[ap]\.?m\b\.?)?\s*\(?(?P<zone>[A-Z]{2,4}\b|[+-]\d\d:?\d\d)?").ok()
});

/// A date in the machine form of attributes and metadata: ISO 8601, also loosely (`2019-11-14 09:30:00 +0000`).
pub(super) fn machine(text: &str) -> Option<Stamp> {
    let text = text.trim();
    let day = text.get(..10)?;
    let bytes = day.as_bytes();
    let digits = |from: usize, to: usize| day.get(from..to).filter(|s| s.bytes().all(|b| b.is_ascii_digit()));
    let sep = (*bytes.get(4)?, *bytes.get(7)?);
    if !matches!(sep, (b'-', b'-') | (b'/', b'/')) {
        return visible(text);
    }
    let (y, m, d) = (digits(0, 4)?, digits(5, 7)?, digits(8, 10)?);
    let day = valid(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)?;
    let rest = text.get(10..).unwrap_or("").trim_start_matches(['T', 't', ' ']);
    Some(clocked(day, rest))
}

/// Adds the time of day, if `rest` starts with one. Midnight to the second is what content systems fill in where they
/// know only the day, so it counts as no time at all.
fn clocked(day: String, rest: &str) -> Stamp {
    let plain = Stamp { value: day.clone(), precision: Precision::Day };
    let clock = rest.get(..8).filter(|c| c.as_bytes().get(5) == Some(&b':')).or_else(|| rest.get(..5)).unwrap_or("");
    let mut parts = clock.split(':').map(|p| p.parse::<u32>().ok().filter(|_| p.len() == 2));
    let (Some(Some(h)), Some(Some(m))) = (parts.next(), parts.next()) else {
        return plain;
    };
    let s = parts.next().flatten();
    if h > 23 || m > 59 || s.unwrap_or(0) > 60 || (h == 0 && m == 0 && s.unwrap_or(0) == 0) {
        return plain;
    }
    let time = match s {
        Some(s) => format!("{h:02}:{m:02}:{s:02}"),
        None => format!("{h:02}:{m:02}"),
    };
    let after = rest.get(clock.len()..).unwrap_or("");
    let after = after.strip_prefix('.').map_or(after, |f| f.trim_start_matches(|c: char| c.is_ascii_digit()));
    match offset(after.trim()) {
        Some(zone) => Stamp { value: format!("{day}T{time}{zone}"), precision: Precision::Instant },
        None => Stamp { value: format!("{day}T{h:02}:{m:02}"), precision: Precision::Minute },
    }
}

/// `Z`, `+0100`, `GMT`, `EST` as ISO 8601 writes them. Names that several zones share (CST, IST, ET) give none.
fn offset(zone: &str) -> Option<String> {
    let zone = zone.trim_end_matches([')', '.', ',']);
    let fixed = match zone.to_ascii_uppercase().as_str() {
        "Z" | "UTC" | "GMT" | "+0000" | "+00:00" => "Z",
        "EST" => "-05:00",
        "EDT" => "-04:00",
        "MST" => "-07:00",
        "MDT" => "-06:00",
        "PST" => "-08:00",
        "PDT" => "-07:00",
        "CET" => "+01:00",
        "CEST" => "+02:00",
        "EEST" => "+03:00",
        "JST" | "KST" => "+09:00",
        "MSK" => "+03:00",
        "AEST" => "+10:00",
        "AEDT" => "+11:00",
        _ => "",
    };
    if !fixed.is_empty() {
        return Some(fixed.into());
    }
    let sign = zone.get(..1).filter(|s| matches!(*s, "+" | "-"))?;
    let rest: String = zone.get(1..)?.chars().take(5).filter(|c| *c != ':').collect();
    let (h, m) = match rest.len() {
        2 => (rest.as_str(), "00"),
        4 => (rest.get(..2)?, rest.get(2..)?),
        _ => return None,
    };
    if !h.bytes().chain(m.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(format!("{sign}{h}:{m}"))
}

/// The first date written for readers in `text`, with the time that follows it: `14 November 2019`, `Nov. 14, 2019
/// 9:30 a.m. EST`, `2019-11-14`, `14.11.2019`. A date whose day and month could be either way round is not one.
pub(super) fn visible(text: &str) -> Option<Stamp> {
    find(text).map(|(stamp, ..)| stamp)
}

/// As [`visible`], with the byte range of the date itself.
pub(super) fn find(text: &str) -> Option<(Stamp, usize, usize)> {
    // Some templates print the machine's form for readers too.
    if let Some(found) = ISO.as_ref().and_then(|r| r.find(text))
        && let Some(stamp) = machine(found.as_str())
    {
        return Some((stamp, found.start(), found.end()));
    }
    let named = NAMED.as_ref().and_then(|r| r.captures(text)).and_then(|c| {
        let get = |a: &str, b: &str| c.name(a).or_else(|| c.name(b)).map(|m| m.as_str());
        let month = month(get("m1", "m2")?)?;
        let day = valid(get("y1", "y2")?.parse().ok()?, month, get("d1", "d2")?.parse().ok()?)?;
        c.get(0).map(|m| (day, m.start(), m.end()))
    });
    let digits = DIGITS.as_ref().and_then(|r| r.captures(text)).and_then(|c| {
        let number = |name: &str| c.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
        let day = if let Some(y) = number("y") {
            valid(y, number("m")?, number("d")?)
        } else {
            let (a, b, y) = (number("a")?, number("b")?, number("y2")?);
            let dots = c.get(0).is_some_and(|m| m.as_str().contains('.'));
            match (a > 12, b > 12) {
                (true, false) => valid(y, b, a),
                (false, true) => valid(y, a, b),
                // Dots are written where the day comes first; equal numbers read the same either way.
                (false, false) if dots || a == b => valid(y, b, a),
                _ => None,
            }
        }?;
        c.get(0).map(|m| (day, m.start(), m.end()))
    });
    let (day, start, end) = match (named, digits) {
        (Some(a), Some(b)) => {
            if a.1 <= b.1 {
                a
            } else {
                b
            }
        }
        (a, b) => a.or(b)?,
    };
    let rest = text.get(end..).unwrap_or("");
    if let Some(c) = CLOCK.as_ref().and_then(|r| r.captures(rest)) {
        let number = |name: &str| c.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
        if let (Some(mut h), Some(m)) = (number("h"), number("m")) {
            let half = c.name("half").map(|m| m.as_str().to_ascii_lowercase());
            match half.as_deref().and_then(|h| h.chars().next()) {
                Some('p') if h < 12 => h += 12,
                Some('a') if h == 12 => h = 0,
                _ => {}
            }
            let zone = c.name("zone").map_or("", |m| m.as_str());
            return Some((clocked(day, &format!("{h:02}:{m:02}{zone}")), start, end));
        }
    }
    Some((Stamp { value: day, precision: Precision::Day }, start, end))
}

fn month(name: &str) -> Option<u32> {
    let name = name.to_ascii_lowercase();
    let key = name.get(..3)?;
    MONTHS.iter().position(|m| m.starts_with(key)).map(|i| i as u32 + 1)
}

fn valid(y: u32, m: u32, d: u32) -> Option<String> {
    let date = jiff::civil::Date::new(i16::try_from(y).ok()?, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok()?;
    (1970..=2100).contains(&y).then(|| date.to_string())
}
