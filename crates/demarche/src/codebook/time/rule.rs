//! Patterns and values, compiled.

use super::TimeBook;
use super::raw::{File, RawExample, line};
use super::words::Words;
use crate::error::Error;
use regex::{Regex, RegexBuilder};

/// One way of saying a time.
#[derive(Debug)]
pub(crate) struct Rule {
    pub id: String,
    pub regex: Regex,
    pub call: Call,
    /// TIMEX3 type, where it is not the one that the value has of itself.
    pub kind: Option<String>,
    pub modifier: Option<String>,
    pub dir: Dir,
    /// Takes its direction from the group `dir` or the first word.
    pub dir_word: bool,
    /// Reckoned from the time spoken of last, not from the story's day.
    pub from_last: bool,
    /// Must match at the end of what stands before.
    pub before: Option<Regex>,
    pub before_not: Option<Regex>,
    /// Must match at the start of what stands behind.
    pub after: Option<Regex>,
    pub after_not: Option<Regex>,
    /// Cut off the end and the start of what was matched.
    pub trim: Option<String>,
    pub trim_start: Option<Regex>,
    /// The higher wins where two overlap; then the longer.
    pub priority: i8,
    /// Must begin with a capital letter or a digit.
    pub capital: bool,
    /// A number that is a year only where its neighbours allow it.
    pub year_like: bool,
    /// One of the words of this slot must stand in the sentence.
    pub needs: Option<usize>,
    /// Looks at the text as it is, not at the text in lower case.
    pub keep_case: bool,
}

/// Where a time without a year lies, as far as its own words tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Dir {
    /// Its words do not tell: the tense decides.
    #[default]
    Open,
    Past,
    Future,
    /// Within the current week or year.
    This,
}

/// A value as a function of the words that were matched.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub func: Func,
    pub args: Vec<Arg>,
}

/// An argument of a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Arg {
    /// A named group of the pattern.
    Group(String),
    /// The whole match.
    Match,
    /// A fixed word or number.
    Fixed(String),
}

macro_rules! funcs {
    ($($name:ident = $word:literal),* $(,)?) => {
        /// What a value can be made with; the resolver says what each means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Func { $($name),* }
        impl Func {
            fn parse(word: &str) -> Option<Func> {
                match word { $($word => Some(Func::$name),)* _ => None }
            }
        }
    };
}
funcs! {
    Day = "day", Days = "days", Month = "month", MonthName = "monthname", Year = "year", YearBc = "yearbc", YearAd = "yearad",
    Years = "years", Decade = "decade", DecadeWord = "decadeword", Century = "century", MonthDay = "monthday",
    Unit = "unit", UnitWord = "unitword", Ago = "ago", FromRef = "fromref", FromRefDay = "fromrefday", Same = "same",
    SamePart = "samepart", YearEnd = "yearend", MonthEnd = "monthend", Weekend = "weekend", Last = "last", Weekday = "weekday", WeekdayOf = "weekdayof",
    WeekdayWeek = "weekdayweek", Season = "season", Quarter = "quarter", Half = "half", HalfMonth = "halfmonth",
    Latest = "latest", YearAgo = "yearago", YearPeriod = "yearperiod", WeekOf = "weekof", NthOf = "nthof",
    Duration = "duration", Duration2 = "duration2", VagueUnits = "vagueunits", Set = "set", SetDay = "setday",
    SetMonth = "setmonth", SetSeason = "setseason", SetPart = "setpart", Clock = "clock", Stamp = "stamp", DayPart = "daypart",
    DayPartWord = "daypartword", DayPartOf = "daypartof", Ref = "ref", Holiday = "holiday", Hijri = "hijri",
    Persian = "persian", Nothing = "none",
}

/// What two expressions side by side mean.
#[derive(Debug)]
pub(crate) struct Join {
    pub left: Vec<String>,
    pub gap: Regex,
    pub right: Vec<String>,
    pub how: How,
}

/// How the two sides of a [`Join`] belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    PartOfDay,
    DayPart,
    PartOfYear,
    YearPart,
    Same,
    SameLeft,
}

/// A word before or after an expression that changes it.
#[derive(Debug)]
pub(crate) struct Modifier {
    pub regex: Regex,
    pub modifier: Option<String>,
    pub on: Vec<String>,
    /// Must not match at the start of the expression.
    pub unless: Option<Regex>,
    pub after: bool,
    pub until_anchor: bool,
    pub from_anchor: bool,
}

const KINDS: [&str; 14] = [
    "clock", "daypart", "day", "weekday", "monthday", "month", "quarter", "half", "season", "year", "cal", "duration",
    "ago", "set",
];

/// Turns the pattern language into a regular expression: `{slot}` and `{slot:group}` are words of the vocabulary, a
/// space is any white space, `~` is white space or a hyphen, `'` either apostrophe.
fn pattern(words: &Words, raw: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut chars = raw.char_indices().peekable();
    let mut class = false;
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                out.push(c);
                if let Some((_, next)) = chars.next() {
                    out.push(next);
                }
            }
            '[' => {
                class = true;
                out.push(c);
            }
            ']' => {
                class = false;
                out.push(c);
            }
            ' ' if class => out.push_str(r"\s"),
            ' ' => match chars.peek() {
                Some((_, '?')) => {
                    chars.next();
                    out.push_str(r"\s*");
                }
                _ => out.push_str(r"\s+"),
            },
            '~' if !class => out.push_str(r"(?:\s+|\s?[-–‑]\s?)"),
            '\'' if !class => out.push_str("['’]"),
            '{' if !class => {
                let rest = raw.get(at + 1..).unwrap_or("");
                let Some(close) = rest.find('}') else { return Err("a brace is not closed".into()) };
                let inner = rest.get(..close).unwrap_or("");
                if inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    let (slot, group) = inner.split_once(':').unwrap_or((inner, inner));
                    let body = words.pattern(slot, 2).ok_or_else(|| format!("no slot `{slot}`"))?;
                    out.push_str(&format!("(?P<{group}>{body})"));
                } else {
                    out.push('{');
                    out.push_str(inner);
                    out.push('}');
                }
                while chars.peek().is_some_and(|(i, _)| *i <= at + 1 + close) {
                    chars.next();
                }
            }
            c => out.push(c),
        }
    }
    Ok(out)
}

/// The slots that every match of a pattern has a word of: those in no group, not followed by a question mark.
fn needs(raw: &str) -> Vec<&str> {
    let (mut depth, mut slots) = (0, Vec::new());
    let mut chars = raw.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' if depth == 0 => return Vec::new(),
            '{' if depth == 0 => {
                let rest = raw.get(at + 1..).unwrap_or("");
                let (inner, after) = rest.split_once('}').unwrap_or((rest, ""));
                if !after.starts_with(['?', '*']) {
                    slots.push(inner.split(':').next().unwrap_or(inner));
                }
            }
            _ => {}
        }
    }
    slots
}

fn compile(source: &str, keep_case: bool) -> Result<Regex, String> {
    // ASCII word characters are enough beside the words of the rules, and the Unicode classes are slow to compile.
    let source = &source.replace(r"\W", "[^A-Za-z0-9_]").replace(r"\w", "[A-Za-z0-9_]").replace(r"\b", r"(?-u:\b)");
    // Case is no flag but lower-case text: flags multiply what the automaton has to tell apart.
    let source = if keep_case { source.to_string() } else { lower(source) };
    RegexBuilder::new(&source)
        .size_limit(32 << 20)
        .build()
        .map_err(|e| e.to_string().lines().last().unwrap_or("bad pattern").trim().to_string())
}

/// A pattern in lower case, its escapes (`\W`) and group names (`?P<`) as they are.
fn lower(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut kept = false;
    for c in source.chars() {
        out.push(if kept { c } else { c.to_ascii_lowercase() });
        kept = !kept && matches!(c, '\\' | '?');
    }
    out
}

fn before(words: &Words, raw: &Option<String>) -> Result<Option<Regex>, String> {
    let Some(raw) = raw else { return Ok(None) };
    compile(&format!(r"(?:^|\W)(?:{})\W{{0,2}}$", pattern(words, raw)?), false).map(Some)
}

fn after(words: &Words, raw: &Option<String>) -> Result<Option<Regex>, String> {
    let Some(raw) = raw else { return Ok(None) };
    compile(&format!("^(?:{})", pattern(words, raw)?), false).map(Some)
}

fn call(source: &str, regex: &Regex) -> Result<Call, String> {
    let (name, rest) = source.split_once('(').ok_or("a value is written like `month(year, month)`")?;
    let inner = rest.strip_suffix(')').ok_or("a value ends with `)`")?;
    let func = Func::parse(name.trim()).ok_or_else(|| format!("no function `{}`", name.trim()))?;
    let mut args = Vec::new();
    for arg in inner.split(',').map(str::trim).filter(|a| !a.is_empty()) {
        let quoted = arg.strip_prefix('\'').and_then(|a| a.strip_suffix('\''));
        args.push(match quoted {
            Some(word) => Arg::Fixed(word.into()),
            None if arg.parse::<f64>().is_ok() => Arg::Fixed(arg.into()),
            None if arg == "match" => Arg::Match,
            None if regex.capture_names().flatten().any(|n| n == arg) => Arg::Group(arg.into()),
            None => return Err(format!("the pattern has no group `{arg}`")),
        });
    }
    Ok(Call { func, args })
}

pub(super) fn add(book: &mut TimeBook, name: &str, text: &str, file: &File) -> Result<(), Error> {
    let fail = |message: String, at: usize| Error::codebook(message).at(name, Some(line(text, at)));
    for raw in &file.rule {
        let id = raw.id.get_ref();
        if book.rules.iter().any(|r| &r.id == id) {
            return Err(fail(format!("rule `{id}` stands twice"), raw.id.span().start).remedy("give it another id"));
        }
        let at = raw.pattern.span().start;
        let words = &book.words;
        let body = pattern(words, raw.pattern.get_ref()).map_err(|e| fail(format!("rule `{id}`: {e}"), at))?;
        let regex =
            compile(&format!("(?:{body})"), raw.keep_case).map_err(|e| fail(format!("rule `{id}`: {e}"), at))?;
        let call =
            call(raw.value.get_ref(), &regex).map_err(|e| fail(format!("rule `{id}`: {e}"), raw.value.span().start))?;
        let dir = match raw.dir.as_ref().map(|d| d.get_ref().as_str()) {
            None => Dir::Open,
            Some("past") => Dir::Past,
            Some("future") => Dir::Future,
            Some("this") => Dir::This,
            Some(other) => {
                return Err(fail(format!("rule `{id}`: no direction `{other}`"), at).remedy("past, future or this"));
            }
        };
        let side = |r: Result<Option<Regex>, String>| r.map_err(|e| fail(format!("rule `{id}`: {e}"), at));
        let rule = Rule {
            id: id.clone(),
            call,
            kind: raw.kind.clone(),
            modifier: raw.modifier.clone(),
            dir,
            dir_word: raw.dir_word,
            from_last: raw.from_last,
            before: side(before(words, &raw.before))?,
            before_not: side(before(words, &raw.before_not))?,
            after: side(after(words, &raw.after))?,
            after_not: side(after(words, &raw.after_not))?,
            trim: raw.trim.clone(),
            trim_start: side(after(words, &raw.trim_start))?,
            priority: raw.priority,
            capital: raw.capital,
            year_like: raw.year_like,
            keep_case: raw.keep_case,
            needs: needs(raw.pattern.get_ref()).iter().find_map(|slot| words.slot_number(slot)),
            regex,
        };
        if raw.examples.is_empty() {
            return Err(
                fail(format!("rule `{id}` has no example"), at).remedy("give one text and what comes out of it")
            );
        }
        examples(book, name, text, id, file, &raw.examples)?;
        book.rules.push(rule);
    }
    for raw in &file.join {
        let at = raw.gap.span().start;
        let how = match raw.how.get_ref().as_str() {
            "part-of-day" => How::PartOfDay,
            "day-part" => How::DayPart,
            "part-of-year" => How::PartOfYear,
            "year-part" => How::YearPart,
            "same" => How::Same,
            "same-left" => How::SameLeft,
            other => return Err(fail(format!("no way of joining `{other}`"), raw.how.span().start)),
        };
        kinds(raw.left.iter().chain(&raw.right)).map_err(|e| fail(e, at))?;
        let gap = pattern(&book.words, raw.gap.get_ref())
            .and_then(|p| compile(&format!("^(?:{p})$"), false))
            .map_err(|e| fail(e, at))?;
        examples(book, name, text, "join", file, &raw.examples)?;
        book.joins.push(Join { left: raw.left.clone(), gap, right: raw.right.clone(), how });
    }
    for raw in &file.modifier {
        let at = raw.pattern.span().start;
        kinds(raw.on.iter()).map_err(|e| fail(e, at))?;
        let regex = pattern(&book.words, raw.pattern.get_ref())
            .and_then(|p| match (raw.after, raw.tight) {
                (true, _) => compile(&format!(r"^(\s+(?:{p}))(?:\W|$)"), false),
                (false, true) => compile(&format!(r"(?:^|\W)((?:{p})\s*)$"), false),
                (false, false) => compile(&format!(r"(?:^|\W)((?:{p})\s+)$"), false),
            })
            .map_err(|e| fail(e, at))?;
        let unless = after(&book.words, &raw.unless).map_err(|e| fail(e, at))?;
        examples(book, name, text, "modifier", file, &raw.examples)?;
        book.modifiers.push(Modifier {
            regex,
            modifier: raw.modifier.clone(),
            on: raw.on.clone(),
            unless,
            after: raw.after,
            until_anchor: raw.until_anchor,
            from_anchor: raw.from_anchor,
        });
    }
    Ok(())
}

fn kinds<'a>(mut names: impl Iterator<Item = &'a String>) -> Result<(), String> {
    match names.find(|name| !KINDS.contains(&name.as_str())) {
        Some(name) => Err(format!("no kind `{name}`: it is one of {}", KINDS.join(", "))),
        None => Ok(()),
    }
}

fn examples(
    book: &mut TimeBook,
    name: &str,
    text: &str,
    rule: &str,
    file: &File,
    raw: &[RawExample],
) -> Result<(), Error> {
    for example in raw {
        book.examples.push(example.read(name, text, rule, file)?);
    }
    Ok(())
}
