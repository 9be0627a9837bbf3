//! News agencies and the ways in which a page credits one.

use super::words::{key, strip_prefix_ci};

/// Name to show, then every spelling in lower case; those in capitals count only as written, as they are words or
/// abbreviations of much else.
const AGENCIES: &[(&str, &[&str], &[&str])] = &[
    ("Reuters", &["reuters", "thomson reuters", "reuters news agency"], &[]),
    ("AP", &["associated press", "the associated press"], &["AP"]),
    ("AFP", &["agence france presse", "agence france-presse", "afp"], &[]),
    ("Xinhua", &["xinhua", "xinhua news agency"], &[]),
    ("TASS", &["itar tass", "tass news agency"], &["TASS", "ITAR-TASS"]),
    ("Yonhap", &["yonhap", "yonhap news agency"], &[]),
    ("KCNA", &["kcna", "korean central news agency"], &[]),
    ("dpa", &["dpa", "deutsche presse agentur"], &[]),
    ("EFE", &["agencia efe"], &["EFE"]),
    ("ANSA", &[], &["ANSA"]),
    ("UPI", &["united press international", "upi"], &[]),
    ("Kyodo", &["kyodo", "kyodo news"], &[]),
    ("Jiji Press", &["jiji press"], &["JIJI"]),
    ("Interfax", &["interfax"], &[]),
    ("RIA Novosti", &["ria novosti"], &[]),
    ("PTI", &["press trust of india"], &["PTI"]),
    ("ANI", &["asian news international"], &["ANI"]),
    ("IANS", &["indo asian news service", "ians"], &[]),
    ("IRNA", &["irna", "islamic republic news agency"], &[]),
    ("SANA", &["syrian arab news agency"], &["SANA"]),
    ("WAFA", &["wafa"], &["WAFA"]),
    ("Anadolu", &["anadolu", "anadolu agency"], &["AA"]),
    ("Bernama", &["bernama"], &[]),
    ("Antara", &["antara news"], &["ANTARA"]),
    ("PA Media", &["pa media", "press association"], &["PA"]),
    ("Prensa Latina", &["prensa latina"], &[]),
    ("Notimex", &["notimex"], &[]),
    ("Lusa", &["agencia lusa"], &["LUSA"]),
    ("Ukrinform", &["ukrinform"], &[]),
    ("BelTA", &["belta"], &[]),
    ("KUNA", &["kuna", "kuwait news agency"], &[]),
    ("SPA", &["saudi press agency"], &["SPA"]),
    ("WAM", &["emirates news agency"], &["WAM"]),
    ("MENA", &["middle east news agency"], &["MENA"]),
    ("Petra", &["petra news agency"], &[]),
    ("CNA", &["central news agency"], &[]),
    ("APP", &["associated press of pakistan"], &["APP"]),
    ("AAP", &["australian associated press"], &["AAP"]),
    ("The Canadian Press", &["canadian press", "the canadian press"], &[]),
    ("Bloomberg", &["bloomberg", "bloomberg news"], &[]),
];

/// The agency that `name` is, whole and nothing else.
pub(super) fn agency(name: &str) -> Option<String> {
    let name = name.trim().trim_matches(['(', ')', '[', ']', '/', '-', '–', '—', '.', ',', '©', '*', ' ']);
    let name = name.strip_suffix(".com").unwrap_or(name);
    if name.len() > 60 {
        return None;
    }
    let folded = key(name);
    AGENCIES
        .iter()
        .find(|(_, any, exact)| exact.contains(&name) || any.iter().any(|a| *a == folded || key(a) == folded))
        .map(|(shown, ..)| (*shown).to_owned())
        .or_else(|| unlisted(name))
}

/// An agency that says that it is one: `Northern Press Agency`.
fn unlisted(name: &str) -> Option<String> {
    let folded = key(name);
    let kind = ["news agency", "press agency", "press association", "news service", "newswire", "wire service"]
        .iter()
        .any(|k| folded.ends_with(k));
    let words: Vec<&str> = name.split_whitespace().collect();
    let capitals = words.iter().all(|w| w.starts_with(|c: char| c.is_uppercase()) || matches!(*w, "of" | "the"));
    (kind && capitals && (2..=6).contains(&words.len())).then(|| name.to_owned())
}

/// The agencies of a credit such as `Reuters`, `AFP/Reuters`, `Source: Xinhua`, `With inputs from AP`, if the line is
/// nothing but a credit.
pub(super) fn credit_line(line: &str) -> Option<String> {
    const OPENINGS: &[&str] = &[
        "source:",
        "sources:",
        "source -",
        "with inputs from",
        "with input from",
        "with information from",
        "(with inputs from",
        "with agencies",
        "with",
        "via",
        "from",
        "credit:",
        "agency:",
        "by",
    ];
    let line = line.trim();
    if line.len() > 80 {
        return None;
    }
    let rest = OPENINGS
        .iter()
        .find_map(|o| strip_prefix_ci(line, o).filter(|r| o.ends_with([':', '-']) || r.starts_with(' ')))
        .unwrap_or(line);
    let rest = rest.trim().trim_matches(['(', ')', '[', ']', '.']);
    let mut first = None;
    for part in rest.split(['/', ',', '&', '|', ';', '+']).flat_map(|p| p.split(" and ")) {
        if part.trim().is_empty() {
            continue;
        }
        match agency(part) {
            Some(a) => first = first.or(Some(a)),
            None if matches!(key(part).as_str(), "agencies" | "news agencies" | "agency") => {}
            None => return None,
        }
    }
    first
}

/// The agency of a dateline at the head of the first paragraph: `GENEVA (Reuters) -`, `ROME, Nov. 14 (Xinhua) --`,
/// `MOSCOW, November 14. /TASS/.`
pub(super) fn dateline(paragraph: &str) -> Option<String> {
    for (open, close) in [('(', ')'), ('/', '/'), ('[', ']')] {
        let Some(start) = paragraph.find(open).filter(|&i| i < 80) else {
            continue;
        };
        let Some(rest) = paragraph.get(start + open.len_utf8()..) else {
            continue;
        };
        let Some(end) = rest.find(close).filter(|&i| i < 50) else {
            continue;
        };
        let before = paragraph.get(..start).unwrap_or("");
        // Words in lower case ahead of it mean a sentence that merely mentions the agency.
        let lower =
            before.split_whitespace().filter(|w| w.starts_with(|c: char| c.is_lowercase()) && w.len() > 3).count();
        let after = rest.get(end + 1..).unwrap_or("").trim_start();
        let marked = after.starts_with(['-', '–', '—', '.', ':']) || before.is_empty();
        if lower == 0
            && marked
            && let Some(a) = rest.get(..end).and_then(credit_line)
        {
            return Some(a);
        }
    }
    // `BERLIN — dpa -` has no brackets; a bare `AP —` at the very start does happen.
    let head = paragraph.split([' ', '–', '—', '-']).next().unwrap_or("");
    let rest = paragraph.get(head.len()..).unwrap_or("").trim_start();
    if rest.starts_with(['–', '—', '-']) && head.chars().count() > 2 { agency(head) } else { None }
}

/// The agency of a closing line: `(Reporting by ...; Editing by ...)` is how Reuters signs, `(Reuters)` at the end of the
/// last paragraph, `© 2019 AFP`, `Copyright 2019 The Associated Press`.
pub(super) fn closing(paragraph: &str) -> Option<String> {
    let text = paragraph.trim();
    if let Some(rest) =
        text.strip_prefix('©').or_else(|| strip_prefix_ci(text, "copyright")).or_else(|| strip_prefix_ci(text, "(c)"))
    {
        let rest = rest.trim_start_matches(|c: char| {
            c.is_ascii_digit() || c.is_whitespace() || matches!(c, '©' | '(' | ')' | 'c')
        });
        let name = rest.split(['.', ',']).next().unwrap_or("");
        return agency(name).or_else(|| name.split(" All ").next().and_then(agency));
    }
    let inner = text
        .strip_suffix(')')
        .or_else(|| text.strip_suffix(")."))
        .and_then(|t| t.rfind('(').and_then(|i| t.get(i + 1..)));
    inner.and_then(credit_line).or_else(|| {
        let dash = text.rfind(['—', '–']).and_then(|i| text.get(i..)).map(|t| t.trim_start_matches(['—', '–', ' ']));
        dash.filter(|d| d.len() < 30).and_then(agency)
    })
}
