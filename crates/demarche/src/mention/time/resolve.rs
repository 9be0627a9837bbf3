//! Where in time an expression stands: against the story's day, the tense, and what was spoken of before.

use super::atom::Atom;
use super::calendar::{self, Cal, Season, Unit, weekday};
use super::number::Amount;
use super::op::Op;
use super::value;
use crate::codebook::time::Dir;
use crate::record::Precision;
use jiff::ToSpan;
use jiff::civil::Date;

/// What is known while an article is read from its start.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// The day of publication.
    pub anchor: Option<Date>,
    /// The piece of the calendar spoken of last.
    pub last: Option<Cal>,
    /// The day spoken of last that was not to come: what a story goes on from.
    pub day: Option<Date>,
    /// The period under report, of companies and statisticians.
    pub period: Option<Cal>,
}

/// What the clause says of where a time lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tense {
    pub dir: Dir,
    /// Its own preposition or participle says so, not only a verb near by.
    pub sure: bool,
}

/// An expression in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolved {
    pub value: String,
    pub kind: &'static str,
    pub cal: Option<Cal>,
    pub days: Option<(Date, Date)>,
    pub precision: Option<Precision>,
    pub modifier: Option<&'static str>,
}

impl Resolved {
    fn cal(cal: Cal) -> Self {
        Resolved {
            value: cal.value(),
            kind: "DATE",
            cal: Some(cal),
            days: cal.days(),
            precision: Some(cal.precision()),
            modifier: None,
        }
    }

    fn text(value: impl Into<String>, kind: &'static str) -> Self {
        Resolved { value: value.into(), kind, cal: None, days: None, precision: None, modifier: None }
    }

    fn between(first: Cal, last: Cal) -> Option<Self> {
        Some(Resolved {
            value: format!("{}/{}", first.value(), last.value()),
            kind: "DATE",
            cal: Some(first),
            days: Some((first.days()?.0, last.days()?.1)),
            precision: Some(first.precision()),
            modifier: None,
        })
    }
}

fn gap(anchor: Date, (first, last): (Date, Date)) -> i32 {
    let days = |x: Date, y: Date| x.until(y).map(|s| s.get_days()).unwrap_or(i32::MAX / 4);
    if last < anchor {
        days(last, anchor)
    } else if first > anchor {
        days(anchor, first)
    } else {
        0
    }
}

/// A day of the year, by tense: a clause in the past may well name a day that was set for later, and one in the
/// future a day just gone, so the tense decides only against what is not near.
fn lean(anchor: Date, dir: Dir, at: impl Fn(i16) -> Option<Cal>) -> Option<Cal> {
    let (past, future) = (pick(anchor, Dir::Past, &at)?, pick(anchor, Dir::Future, &at)?);
    let (back, ahead) = (gap(anchor, past.days()?), gap(anchor, future.days()?));
    Some(match dir {
        Dir::Past if ahead <= 75 && ahead < back => future,
        Dir::Past => past,
        Dir::Future if back <= 31 && back < ahead => past,
        Dir::Future => future,
        _ => return pick(anchor, dir, at),
    })
}

/// Picks among pieces that differ by their year the one that the direction points to.
fn pick(anchor: Date, dir: Dir, at: impl Fn(i16) -> Option<Cal>) -> Option<Cal> {
    let year = anchor.year();
    let all: Vec<(Cal, Date, Date)> =
        (year - 4..=year + 4).filter_map(|y| at(y).and_then(|cal| cal.days().map(|(a, b)| (cal, a, b)))).collect();
    let found = match dir {
        Dir::Past => all.iter().rev().find(|(_, a, _)| *a <= anchor),
        Dir::Future => all.iter().find(|(_, _, b)| *b >= anchor),
        Dir::This => all.iter().find(|(cal, ..)| cal.year() == Some(year)),
        // News speaks more of what was: what is to come must be much the nearer.
        Dir::Open => all.iter().min_by_key(|(_, a, b)| gap(anchor, (*a, *b)) * if *a > anchor { 2 } else { 1 }),
    };
    found.map(|(cal, ..)| *cal)
}

/// The year-less piece: with its year, else by direction, else with X.
fn dated(year: Option<i16>, ctx: &Context, dir: Dir, blank: &str, at: impl Fn(i16) -> Option<Cal>) -> Option<Resolved> {
    match (year, ctx.anchor) {
        (Some(year), _) => at(year).map(Resolved::cal),
        (None, Some(anchor)) => pick(anchor, dir, at).map(Resolved::cal),
        (None, None) => Some(Resolved::text(format!("XXXX-{blank}"), "DATE")),
    }
}

fn blank(unit: Unit) -> &'static str {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => "XXXX-XX-XX",
        Unit::Week | Unit::Fortnight => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
        Unit::Millennium => "X",
    }
}

/// The same weekday, by direction, around the anchor.
fn on_weekday(anchor: Date, target: i8, dir: Dir) -> Option<Date> {
    let ahead = i32::from((target - weekday(anchor)).rem_euclid(7));
    let offset = match dir {
        Dir::Open | Dir::Past if ahead == 0 && dir == Dir::Open => 0,
        Dir::Open => ahead - 7,
        Dir::Past => ahead - 7,
        Dir::Future => ahead,
        Dir::This => i32::from(target - weekday(anchor)),
    };
    anchor.checked_add(offset.days()).ok()
}

/// Places an atom in time. `tense` is what the clause says where the words themselves do not.
pub(super) fn resolve(atom: &Atom, ctx: &Context, said: Tense) -> Option<Resolved> {
    let tense = said.dir;
    let dir = if atom.dir == Dir::Open { tense } else { atom.dir };
    let certain = said.sure || atom.dir != Dir::Open;
    let own_dir = atom.dir;
    let anchor = match ctx.last.and_then(|c| c.days()) {
        Some((_, last)) if atom.from_last && own_dir == Dir::Future => Some(last),
        Some((first, _)) if atom.from_last => Some(first),
        _ => ctx.anchor,
    };
    let narrative = Context { anchor, last: ctx.last, day: ctx.day, period: ctx.period };
    let ctx = if atom.from_last { &narrative } else { ctx };
    let year_of = |year: Option<i16>| -> Option<i16> {
        year.or_else(|| {
            let of = resolve(atom.of.as_deref()?, ctx, said)?;
            of.cal?.year()
        })
    };
    Some(match &atom.op {
        Op::Nothing => return None,
        Op::Day { year, month, day } => day_in(year_of(*year), ctx, dir, certain, *month, *day)?,
        Op::Days { year, month, first, last } => {
            let start = day_in(year_of(*year), ctx, dir, certain, *month, *first)?;
            match start.cal {
                Some(Cal::Day(day)) => {
                    Resolved::between(Cal::Day(day), Cal::Day(Date::new(day.year(), *month, *last).ok()?))?
                }
                _ => start,
            }
        }
        Op::Month { year, month } => {
            // A month already running is past enough for `last`, which must lie before it.
            let anchor_month = anchor.map(|a| a.month());
            let skip = own_dir != Dir::Open && anchor_month == Some(*month);
            let mut found = dated(year_of(*year), ctx, dir, &format!("{month:02}"), |y| Some(Cal::Month(y, *month)))?;
            if skip && let Some(cal) = found.cal {
                match own_dir {
                    Dir::Past => found = Resolved::cal(cal.in_year(cal.year()? - 1)?),
                    Dir::Future => found = Resolved::cal(cal.in_year(cal.year()? + 1)?),
                    _ => {}
                }
            }
            found
        }
        Op::Year(year) => Resolved::cal(Cal::Year(*year)),
        Op::YearBc(year) => Resolved::text(format!("BC{year:04}"), "DATE"),
        Op::Years(first, last) => Resolved::between(Cal::Year(*first), Cal::Year(*last))?,
        Op::Decade(decade) => Resolved::cal(Cal::Decade(*decade)),
        Op::Century(century) => Resolved::cal(Cal::Century(*century)),
        Op::MonthDay(day) => match ctx.last.and_then(|c| c.days()).map(|d| d.0).or(anchor) {
            Some(base) => Resolved::cal(Cal::Day(Date::new(base.year(), base.month(), *day).ok()?)),
            None => Resolved::text(format!("XXXX-XX-{day:02}"), "DATE"),
        },
        Op::Unit(unit, n) => match anchor {
            Some(anchor) => Resolved::cal(Cal::of(anchor, *unit)?.step(*n)?),
            None => Resolved::text(blank(*unit), "DATE"),
        },
        Op::Ago(amount, unit, sign) => ago(anchor, *amount, *unit, *sign)?,
        Op::FromRef(amount, unit, sign) => {
            let base = match unit {
                Unit::Day => ctx.day.map(Cal::Day),
                _ => ctx.last.filter(|c| c.unit() <= *unit || matches!(unit, Unit::Year)),
            };
            match (base, amount.whole()) {
                (Some(base), Some(n)) => {
                    let start = base.days()?.0;
                    // `a year earlier` than a quarter or a month is a quarter or a month.
                    if *unit == Unit::Year && matches!(base, Cal::Quarter(..) | Cal::Half(..) | Cal::Month(..)) {
                        Resolved::cal(base.in_year(i16::try_from(i64::from(base.year()?) + n * sign).ok()?)?)
                    } else {
                        counted(start, n.checked_mul(*sign)?, *unit)?
                    }
                }
                _ => Resolved::text(value::duration(&[(*amount, *unit)])?, "DURATION"),
            }
        }
        Op::NextDay(part, sign) => match (ctx.day.or(anchor), part) {
            (Some(day), part) => {
                let day = Cal::Day(day).step(*sign)?;
                part_of(day, part.as_deref())
            }
            (None, Some(part)) => Resolved::text(format!("XXXX-XX-XXT{part}"), "TIME"),
            (None, None) => Resolved::text("XXXX-XX-XX", "DATE"),
        },
        Op::Same(unit) => {
            let base = match unit {
                Unit::Day => ctx.day.or(anchor),
                Unit::Quarter => ctx.period.and_then(|p| p.days()).map(|d| d.0).or(anchor),
                _ => ctx.last.filter(|c| c.unit() <= *unit).and_then(|c| c.days()).map(|d| d.0).or(anchor),
            };
            match base {
                Some(base) => Resolved::cal(Cal::of(base, *unit)?),
                None => Resolved::text(blank(*unit), "DATE"),
            }
        }
        Op::YearEnd => match year_of(None).or(anchor.map(|a| a.year())) {
            Some(year) => Resolved::cal(Cal::Day(Date::new(year, 12, 31).ok()?)),
            None => Resolved::text("XXXX-12-31", "DATE"),
        },
        Op::MonthEnd => match anchor {
            Some(anchor) => Resolved::cal(Cal::Day(anchor.last_of_month())),
            None => Resolved::text("XXXX-XX-XX", "DATE"),
        },
        Op::Last => match ctx.last {
            Some(cal) => Resolved::cal(cal),
            None => Resolved::text("PAST_REF", "DATE"),
        },
        Op::Weekend => match anchor {
            Some(anchor) => {
                let this = Cal::of(anchor, Unit::Weekend)?;
                let begun = this.days()?.0 <= anchor;
                Resolved::cal(if begun || dir == Dir::Future { this } else { this.step(-1)? })
            }
            None => Resolved::text(blank(Unit::Weekend), "DATE"),
        },
        Op::Weekday(target) => match anchor {
            Some(anchor) => {
                let dir = match own_dir {
                    Dir::Open if tense == Dir::Future => Dir::Future,
                    Dir::Open => Dir::Open,
                    own => own,
                };
                let mut day = on_weekday(anchor, *target, dir)?;
                if own_dir == Dir::Future && day == anchor {
                    day = day.checked_add(7.days()).ok()?;
                }
                Resolved::cal(Cal::Day(day))
            }
            None => Resolved::text(format!("XXXX-WXX-{target}"), "DATE"),
        },
        Op::WeekdayOf(target, weeks) => match anchor {
            Some(anchor) => {
                let day = on_weekday(anchor, *target, Dir::This)?;
                Resolved::cal(Cal::Day(day).step(weeks * 7)?)
            }
            None => Resolved::text(format!("XXXX-WXX-{target}"), "DATE"),
        },
        Op::WeekdayWeek(target) => match anchor {
            Some(anchor) => Resolved::cal(Cal::Day(on_weekday(anchor, *target, Dir::Future)?).step(7)?),
            None => Resolved::text(format!("XXXX-WXX-{target}"), "DATE"),
        },
        Op::Season { year, season } => season_of(year_of(*year), *season, ctx, dir, own_dir)?,
        Op::Quarter { year, quarter } => {
            dated(year_of(*year), ctx, dir_of_quarters(dir, own_dir), &format!("Q{quarter}"), |y| {
                Some(Cal::Quarter(y, *quarter))
            })?
        }
        Op::Half { year, half } => {
            dated(year_of(*year), ctx, dir_of_quarters(dir, own_dir), &format!("H{half}"), |y| {
                Some(Cal::Half(y, *half))
            })?
        }
        Op::HalfMonth { half, month, year } => {
            let mut found = dated(*year, ctx, dir, &format!("{month:02}"), |y| Some(Cal::Month(y, *month)))?;
            found.modifier = Some(if *half == 1 { "START" } else { "END" });
            if let Some((a, b)) = found.days {
                let middle = Date::new(a.year(), a.month(), 15).ok()?;
                found.days = Some(if *half == 1 { (a, middle) } else { (middle.tomorrow().ok()?, b) });
            }
            found
        }
        Op::Latest(unit) => latest(ctx, *unit)?,
        Op::YearAgo { period, unit, quarter } => year_ago(ctx, *period, *unit, *quarter)?,
        Op::YearPeriod(year) => match ctx.period {
            Some(period) => Resolved::cal(period.in_year(*year)?),
            None => Resolved::cal(Cal::Year(*year)),
        },
        Op::WeekOf { month, day } => {
            let mut found = dated(None, ctx, dir, "WXX", |y| Date::new(y, *month, *day).ok().map(Cal::Day))?;
            if let Some(Cal::Day(day)) = found.cal {
                found = Resolved::cal(Cal::of(day, Unit::Week)?);
            }
            found
        }
        Op::NthOf { n, unit, weekday, month, year } => {
            let base = dated(*year, ctx, dir, &format!("{month:02}"), |y| Some(Cal::Month(y, *month)))?;
            match (base.cal, base.days) {
                (Some(Cal::Month(..)), Some((first, last))) => nth_of(*n, *unit, *weekday, first, last)?,
                _ => base,
            }
        }
        Op::Duration(parts) => Resolved::text(value::duration(parts)?, "DURATION"),
        Op::Set(set) => Resolved::text(set.clone(), "SET"),
        Op::Clock { hour, minute, zone } => {
            let day = day_of(atom, ctx, said);
            let text = day.map_or("XXXX-XX-XX".to_string(), |d| d.to_string());
            Resolved {
                value: format!("{text}T{hour:02}:{minute:02}{zone}"),
                kind: "TIME",
                cal: day.map(Cal::Day),
                days: day.map(|d| (d, d)),
                precision: Some(if zone.is_empty() { Precision::Minute } else { Precision::Instant }),
                modifier: None,
            }
        }
        Op::Stamp { year, month, day, hour, minute, zone } => {
            let day = Date::new(*year, *month, *day).ok()?;
            let mut found = Resolved::cal(Cal::Day(day));
            found.value = format!("{day}T{hour:02}:{minute:02}{zone}");
            found.kind = "TIME";
            found.precision = Some(if zone.is_empty() { Precision::Minute } else { Precision::Instant });
            found
        }
        Op::Part(part, days) => {
            let day = match days {
                Some(n) => anchor.and_then(|a| a.checked_add(i32::try_from(*n).ok()?.days()).ok()),
                None => day_of(atom, ctx, said),
            };
            match day {
                Some(day) => part_of(Cal::Day(day), Some(part)),
                None => Resolved::text(format!("XXXX-XX-XXT{part}"), "TIME"),
            }
        }
        Op::PartOf { weekday, days, part } => {
            let day = anchor.and_then(|a| match weekday {
                Some(target) if own_dir != Dir::Open => on_weekday(a, *target, own_dir),
                Some(target) => on_weekday(a, *target, if tense == Dir::Future { Dir::Future } else { Dir::Open }),
                None => a.checked_add(i32::try_from(*days).ok()?.days()).ok(),
            });
            match (day, weekday) {
                (Some(day), _) => part_of(Cal::Day(day), Some(part)),
                (None, Some(target)) => Resolved::text(format!("XXXX-WXX-{target}T{part}"), "TIME"),
                (None, None) => Resolved::text(format!("XXXX-XX-XXT{part}"), "TIME"),
            }
        }
        Op::Text(text) => {
            if text.starts_with(|c: char| c.is_ascii_digit()) {
                Resolved::cal(Cal::Year(text.parse().ok()?))
            } else {
                Resolved::text(text.clone(), "DATE")
            }
        }
        Op::Holiday { feast, year } => {
            dated(year_of(*year), ctx, dir, "XX-XX", |y| calendar::feast(feast, y).map(Cal::Day))?
        }
        Op::Hijri { year, month, day } => {
            other_calendar(*year, *month, *day, ctx, dir, calendar::hijri, 580, 33.0 / 32.0)?
        }
        Op::Persian { year, month, day } => other_calendar(*year, *month, *day, ctx, dir, calendar::persian, 621, 1.0)?,
    })
}

/// A month and day in its year, or in the one that tense and nearness point to.
fn day_in(year: Option<i16>, ctx: &Context, dir: Dir, certain: bool, month: i8, day: i8) -> Option<Resolved> {
    let at = |y: i16| Date::new(y, month, day).ok().map(Cal::Day);
    match (year, ctx.anchor) {
        (None, Some(anchor)) if !certain => lean(anchor, dir, at).map(Resolved::cal),
        _ => dated(year, ctx, dir, &format!("{month:02}-{day:02}"), at),
    }
}

/// A quarter that is reported on is the nearest, whatever is still to be done about it.
fn dir_of_quarters(dir: Dir, own: Dir) -> Dir {
    if own == Dir::Open && dir == Dir::Future { Dir::Open } else { dir }
}

fn part_of(day: Cal, part: Option<&str>) -> Resolved {
    let mut found = Resolved::cal(day);
    if let Some(part) = part {
        found.value = format!("{}T{part}", found.value);
        found.kind = "TIME";
    }
    found
}

/// The day that a time of day belongs to: the one beside it, else the one spoken of last, else the story's.
fn day_of(atom: &Atom, ctx: &Context, said: Tense) -> Option<Date> {
    if let Some(of) = &atom.of {
        return match resolve(of, ctx, said)?.cal? {
            Cal::Day(day) => Some(day),
            _ => None,
        };
    }
    ctx.day.or(ctx.anchor)
}

/// `n` units from a day, as coarse as the unit.
fn counted(from: Date, n: i64, unit: Unit) -> Option<Resolved> {
    let cal = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Cal::Day(from),
        Unit::Fortnight => Cal::of(from, Unit::Week)?.step(n.checked_mul(2)?)?,
        Unit::Weekend => Cal::of(from, Unit::Weekend)?.step(n)?,
        Unit::Decade => Cal::of(from, Unit::Year)?.step(n.checked_mul(10)?)?,
        unit => Cal::of(from, unit)?.step(n)?,
    };
    Some(Resolved::cal(cal))
}

fn ago(anchor: Option<Date>, amount: Amount, unit: Unit, sign: i64) -> Option<Resolved> {
    let vague = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
    match (anchor, amount) {
        (_, Amount::Vague) => Some(Resolved::text(vague, "DATE")),
        (Some(anchor), Amount::Known(n)) => match amount.whole() {
            Some(n) => counted(anchor, n.checked_mul(sign)?, unit),
            // Half units: in months or days, whichever is smaller.
            None if unit == Unit::Year => counted(anchor, (n * 12.0) as i64 * sign, Unit::Month),
            None => counted(anchor, n.round() as i64 * sign, unit),
        },
        (None, _) => Some(Resolved::text(blank(if unit == Unit::Decade { Unit::Year } else { unit }), "DATE")),
    }
}

fn season_of(year: Option<i16>, season: Season, ctx: &Context, dir: Dir, own: Dir) -> Option<Resolved> {
    let mut found = dated(year, ctx, dir, season.code(), |y| Some(Cal::Season(y, season)))?;
    // `last summer` said in summer is the one before, `next summer` the one after.
    if let (Some(cal), Some(anchor), Some((a, b))) = (found.cal, ctx.anchor, found.days)
        && year.is_none()
        && a <= anchor
        && anchor <= b
    {
        match own {
            Dir::Past => found = Resolved::cal(cal.step(-1)?),
            Dir::Future => found = Resolved::cal(cal.step(1)?),
            _ => {}
        }
    }
    Some(found)
}

/// The piece that was last complete on the story's day; for quarters and periods the one under report.
fn latest(ctx: &Context, unit: Option<Unit>) -> Option<Resolved> {
    if let (None | Some(Unit::Quarter), Some(period)) = (unit, ctx.period) {
        return Some(Resolved::cal(period));
    }
    let unit = unit.unwrap_or(Unit::Quarter);
    match ctx.anchor {
        Some(anchor) => Some(Resolved::cal(Cal::of(anchor, unit)?.step(-1)?)),
        None => Some(Resolved::text(blank(unit), "DATE")),
    }
}

fn year_ago(ctx: &Context, period: bool, unit: Option<Unit>, quarter: Option<i8>) -> Option<Resolved> {
    let base = ctx.period.or(ctx.anchor.and_then(|a| Cal::of(a, unit.unwrap_or(Unit::Year))));
    let Some(base) = base else { return Some(Resolved::text("XXXX", "DATE")) };
    let year = base.year()?.checked_sub(1)?;
    if let Some(quarter) = quarter.filter(|q| (1..=4).contains(q)) {
        return Some(Resolved::cal(Cal::Quarter(year, quarter)));
    }
    if period && ctx.period.is_none() {
        return Some(Resolved::cal(Cal::Quarter(
            year,
            latest(ctx, None)?.cal.and_then(|c| match c {
                Cal::Quarter(_, q) => Some(q),
                _ => None,
            })?,
        )));
    }
    match base {
        Cal::Month(..) | Cal::Quarter(..) | Cal::Half(..) | Cal::Year(_) => Some(Resolved::cal(base.in_year(year)?)),
        _ => Some(Resolved::cal(Cal::Year(year))),
    }
}

fn nth_of(n: i8, unit: Option<Unit>, target: Option<i8>, first: Date, last: Date) -> Option<Resolved> {
    if let Some(target) = target {
        let day = jiff::civil::Weekday::from_monday_one_offset(target).ok()?;
        return first.nth_weekday_of_month(n, day).ok().map(|d| Resolved::cal(Cal::Day(d)));
    }
    match unit? {
        Unit::Day => {
            let day = if n < 0 { last } else { Date::new(first.year(), first.month(), n).ok()? };
            Some(Resolved::cal(Cal::Day(day)))
        }
        unit @ (Unit::Week | Unit::Weekend) => {
            // The week that has most of its days there.
            let day = if n < 0 {
                last.checked_sub(3.days()).ok()?
            } else {
                first.checked_add((7 * i32::from(n - 1) + 3).days()).ok()?
            };
            (day <= last).then(|| Cal::of(day, unit).map(Resolved::cal))?
        }
        _ => None,
    }
}

/// A date of a calendar whose years are counted `before` years later, `rate` of them in one Gregorian year.
#[allow(clippy::too_many_arguments)]
fn other_calendar(
    year: Option<i64>,
    month: i8,
    day: Option<i8>,
    ctx: &Context,
    dir: Dir,
    to: fn(i64, i8, i8) -> Option<Date>,
    before: i64,
    rate: f64,
) -> Option<Resolved> {
    let piece = |first: Date| match day {
        Some(_) => Some(Cal::Day(first)),
        None => Cal::of(first, Unit::Month),
    };
    let bounded = |y: i64| -> Option<Resolved> {
        let first = to(y, month, day.unwrap_or(1))?;
        let mut found = Resolved::cal(piece(first)?);
        if day.is_none() {
            let (next_year, next) = if month == 12 { (y + 1, 1) } else { (y, month + 1) };
            found.days = Some((first, to(next_year, next, 1)?.yesterday().ok()?));
        }
        Some(found)
    };
    match (year, ctx.anchor) {
        (Some(y), _) if y < 1600 => bounded(y),
        (year, anchor) => {
            let Some(anchor) = year.and_then(|y| Date::new(i16::try_from(y).ok()?, 7, 1).ok()).or(anchor) else {
                return Some(Resolved::text(if day.is_some() { "XXXX-XX-XX" } else { "XXXX-XX" }, "DATE"));
            };
            let near = if before == 621 {
                i64::from(anchor.year()) - before
            } else {
                ((i64::from(anchor.year()) - 622) as f64 * rate) as i64 + 1
            };
            let mut all: Vec<Resolved> = (near - 2..=near + 2).filter_map(bounded).collect();
            all.retain(|r| r.days.is_some());
            let start = |r: &Resolved| r.days.map_or(anchor, |d| d.0);
            let gap = |r: &Resolved| start(r).until(anchor).map(|s| s.get_days().abs()).unwrap_or(i32::MAX);
            let found = match dir {
                _ if year.is_some() => all.iter().find(|r| start(r).year() == anchor.year()),
                Dir::Future => all.iter().find(|r| r.days.is_some_and(|d| d.1 >= anchor)),
                Dir::Past => all.iter().rev().find(|r| start(r) <= anchor),
                _ => all.iter().min_by_key(|r| gap(r)),
            };
            found.cloned()
        }
    }
}
