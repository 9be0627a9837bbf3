//! What an expression means, before it is known where in time it stands.

use super::calendar::{Season, Unit};
use super::number::{Amount, amount, short_year, spoken_year};
use crate::codebook::time::{Arg, Feast, Func, Rule, Words, normal};
use regex::Captures;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Op {
    Day {
        year: Option<i16>,
        month: i8,
        day: i8,
    },
    Days {
        year: Option<i16>,
        month: i8,
        first: i8,
        last: i8,
    },
    Month {
        year: Option<i16>,
        month: i8,
    },
    Year(i16),
    YearBc(i16),
    Years(i16, i16),
    Decade(i16),
    Century(i16),
    /// The day of a month that is not named.
    MonthDay(i8),
    /// The piece of the calendar around the story's day, so many steps on.
    Unit(Unit, i64),
    /// So much before (sign -1) or after the story's day.
    Ago(Amount, Unit, i64),
    /// So much before or after the time spoken of last.
    FromRef(Amount, Unit, i64),
    /// The day before or after the time spoken of last, and a part of it.
    NextDay(Option<String>, i64),
    Same(Unit),
    YearEnd,
    MonthEnd,
    /// The very time spoken of last.
    Last,
    /// The weekend that the tense points to.
    Weekend,
    Weekday(i8),
    /// Weekday of the week so many weeks on.
    WeekdayOf(i8, i64),
    /// A week after the coming such weekday.
    WeekdayWeek(i8),
    Season {
        year: Option<i16>,
        season: Season,
    },
    Quarter {
        year: Option<i16>,
        quarter: i8,
    },
    Half {
        year: Option<i16>,
        half: i8,
    },
    HalfMonth {
        half: i8,
        month: i8,
        year: Option<i16>,
    },
    /// The most recent whole piece; none for the period under report.
    Latest(Option<Unit>),
    /// The period under report a year before, or its year.
    YearAgo {
        period: bool,
        unit: Option<Unit>,
        quarter: Option<i8>,
    },
    /// The period under report in that year.
    YearPeriod(i16),
    WeekOf {
        month: i8,
        day: i8,
    },
    /// The n-th (or last, -1) unit or weekday of a month.
    NthOf {
        n: i8,
        unit: Option<Unit>,
        weekday: Option<i8>,
        month: i8,
        year: Option<i16>,
    },
    Duration(Vec<(Amount, Unit)>),
    Set(String),
    Clock {
        hour: i8,
        minute: i8,
        zone: String,
    },
    /// A day with its time, in figures.
    Stamp {
        year: i16,
        month: i8,
        day: i8,
        hour: i8,
        minute: i8,
        zone: String,
    },
    /// A part of a day so many days on, or of the day spoken of last.
    Part(String, Option<i64>),
    /// A part of a weekday, or of a day so many days on.
    PartOf {
        weekday: Option<i8>,
        days: i64,
        part: String,
    },
    Text(String),
    Holiday {
        feast: Feast,
        year: Option<i16>,
    },
    Hijri {
        year: Option<i64>,
        month: i8,
        day: Option<i8>,
    },
    Persian {
        year: Option<i64>,
        month: i8,
        day: Option<i8>,
    },
    /// Looks like a time and is none.
    Nothing,
}

impl Op {
    /// The kinds that joins and modifiers speak of.
    pub(super) fn is(&self, kind: &str) -> bool {
        match kind {
            "clock" => matches!(self, Op::Clock { .. }),
            "daypart" => matches!(self, Op::Part(_, None)),
            "day" => matches!(
                self,
                Op::Unit(Unit::Day, _) | Op::WeekdayOf(..) | Op::Holiday { .. } | Op::Ago(_, Unit::Day, _)
            ),
            "weekday" => matches!(self, Op::Weekday(_)),
            "monthday" => matches!(self, Op::Day { .. } | Op::Days { .. }),
            "month" => matches!(self, Op::Month { year: None, .. }),
            "quarter" => matches!(self, Op::Quarter { year: None, .. }),
            "half" => matches!(self, Op::Half { year: None, .. }),
            "season" => matches!(self, Op::Season { year: None, .. }),
            "year" => matches!(self, Op::Year(_) | Op::Unit(Unit::Year, _) | Op::Same(Unit::Year)),
            "duration" => matches!(self, Op::Duration(_)),
            "ago" => matches!(self, Op::Ago(..) | Op::FromRef(..) | Op::YearAgo { .. }),
            "set" => matches!(self, Op::Set(_)),
            "cal" => !matches!(
                self,
                Op::Duration(_)
                    | Op::Set(_)
                    | Op::Text(_)
                    | Op::Nothing
                    | Op::Ago(..)
                    | Op::FromRef(..)
                    | Op::Clock { .. }
            ),
            _ => false,
        }
    }
}

/// The words of one match, by argument.
struct Args<'a, 't> {
    args: &'a [Arg],
    caps: &'a Captures<'t>,
    words: &'a Words,
}

impl<'a> Args<'a, '_> {
    fn text(&self, at: usize) -> Option<&'a str>
    where
        Self: 'a,
    {
        let found = match self.args.get(at)? {
            Arg::Fixed(word) if word == "0" => return None,
            Arg::Fixed(word) => return Some(word),
            Arg::Group(name) => self.caps.name(name)?.as_str(),
            Arg::Match => self.caps.get(0)?.as_str(),
        };
        (!found.is_empty()).then_some(found)
    }

    fn amount(&self, at: usize) -> Option<Amount> {
        amount(self.text(at)?, self.words)
    }

    fn whole(&self, at: usize) -> Option<i64> {
        self.amount(at)?.whole()
    }

    fn small(&self, at: usize) -> Option<i8> {
        self.whole(at).and_then(|n| i8::try_from(n).ok())
    }

    /// The sign or count of a fixed argument, nought included.
    fn fixed(&self, at: usize) -> i64 {
        match self.args.get(at) {
            Some(Arg::Fixed(word)) => word.parse().unwrap_or(0),
            _ => 0,
        }
    }

    fn value(&self, at: usize, slots: &[&str]) -> Option<&'a str> {
        self.words.value(slots, self.text(at)?)
    }

    fn month(&self, at: usize) -> Option<i8> {
        let month = self.value(at, &["month"]).and_then(|v| v.parse().ok()).or_else(|| self.small(at))?;
        (1..=12).contains(&month).then_some(month)
    }

    fn day(&self, at: usize) -> Option<i8> {
        self.small(at).filter(|d| (1..=31).contains(d))
    }

    fn year(&self, at: usize) -> Option<i16> {
        let text = self.text(at)?;
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            short_year(self.whole(at)?)
        } else {
            spoken_year(text, self.words)
        }
    }

    fn weekday(&self, at: usize) -> Option<i8> {
        self.value(at, &["weekday", "weekdays"])?.parse().ok()
    }

    fn unit(&self, at: usize) -> Option<Unit> {
        Unit::parse(self.value(at, &["unit"])?)
    }

    fn part(&self, at: usize) -> Option<String> {
        let text = self.text(at)?;
        let code = self.words.value(&["daypart", "nights"], text);
        code.map(str::to_string).or_else(|| (text.len() == 2).then(|| text.to_string()))
    }

    fn season(&self, at: usize) -> Option<Season> {
        Season::parse(self.value(at, &["season"])?)
    }

    /// The first amount among arguments `at` and `at + 1`: a number, a vague word, or `couple`.
    fn either(&self, at: usize) -> Amount {
        match self.amount(at).or_else(|| self.amount(at + 1)) {
            Some(amount) => amount,
            None if self.caps.get(0).is_some_and(|m| m.as_str().contains("multi")) => Amount::Vague,
            None => Amount::Known(2.0),
        }
    }
}

/// What a match of a rule means; none where its words do not make a time (31 June, an hour of 25).
pub(super) fn read(rule: &Rule, caps: &Captures<'_>, words: &Words) -> Option<Op> {
    let a = Args { args: &rule.call.args, caps, words };
    Some(match rule.call.func {
        Func::Nothing => Op::Nothing,
        Func::Day => {
            let (month, day) = (a.month(1)?, a.day(2)?);
            // 2000 was a leap year: a day that it lacks no year has.
            jiff::civil::Date::new(2000, month, day).ok()?;
            Op::Day { year: a.year(0), month, day }
        }
        Func::Days => {
            let (first, last) = (a.day(2)?, a.day(3)?);
            if first >= last {
                return None;
            }
            Op::Days { year: a.year(0), month: a.month(1)?, first, last }
        }
        Func::Month => Op::Month { year: a.year(0), month: a.month(1)? },
        Func::MonthName => Op::Month { year: None, month: a.month(0)? },
        Func::Year => Op::Year(a.year(0).or_else(|| a.year(1))?),
        Func::YearBc => Op::YearBc(a.whole(0).and_then(|n| i16::try_from(n).ok())?),
        Func::YearAd => {
            Op::Year(a.whole(0).or_else(|| a.whole(1)).and_then(|n| i16::try_from(n).ok()).filter(|y| *y > 0)?)
        }
        Func::Years => {
            let (first, last) = (a.year(0)?, a.whole(1)?);
            let last = if last < 100 { i64::from(first) / 100 * 100 + last } else { last };
            let last = i16::try_from(last).ok()?;
            if last <= first || last - first > 300 {
                return None;
            }
            Op::Years(first, last)
        }
        Func::Decade => {
            let century = a.whole(0)?;
            let decade: i64 = a.text(1)?.parse().ok()?;
            Op::Decade(i16::try_from(century * 10 + decade).ok()?)
        }
        Func::DecadeWord => {
            let tens: i16 = a.value(0, &["decadeword"])?.parse().ok()?;
            Op::Decade(190 + tens / 10)
        }
        Func::Century => Op::Century(i16::try_from(a.whole(0).or_else(|| a.whole(1))? - 1).ok().filter(|c| *c < 30)?),
        Func::MonthDay => Op::MonthDay(a.day(0)?),
        Func::Unit => Op::Unit(a.unit(0)?, a.fixed(1)),
        Func::UnitWord => {
            let n = match a.text(0).map(normal).as_deref() {
                Some("previous" | "last") => -1,
                Some("next" | "coming") => 1,
                _ => 0,
            };
            Op::Unit(a.unit(1)?, n)
        }
        Func::Ago | Func::FromRef => {
            let last = rule.call.args.len().checked_sub(1)?;
            let unit = a.unit(last.checked_sub(1)?)?;
            let amount = if last == 3 { a.either(0) } else { a.amount(0)? };
            if rule.call.func == Func::Ago {
                Op::Ago(amount, unit, a.fixed(last))
            } else {
                Op::FromRef(amount, unit, a.fixed(last))
            }
        }
        Func::FromRefDay => Op::NextDay(a.part(0), a.fixed(1)),
        Func::Same => Op::Same(a.unit(0)?),
        Func::SamePart => Op::Part(a.part(0)?, None),
        Func::YearEnd => match a.year(0) {
            Some(year) => Op::Day { year: Some(year), month: 12, day: 31 },
            None => Op::YearEnd,
        },
        Func::MonthEnd => Op::MonthEnd,
        Func::Last => Op::Last,
        Func::Weekend => Op::Weekend,
        Func::Weekday => Op::Weekday(a.weekday(0)?),
        Func::WeekdayOf => {
            let weeks = match normal(a.text(1)?).as_str() {
                "last" => -1,
                "next" => 1,
                _ => 0,
            };
            Op::WeekdayOf(a.weekday(0)?, weeks)
        }
        Func::WeekdayWeek => Op::WeekdayWeek(a.weekday(0)?),
        Func::Season => Op::Season { year: a.year(1).or_else(|| a.year(2)), season: a.season(0)? },
        Func::Quarter => {
            let quarter = (0..3).find_map(|i| a.small(i)).filter(|q| (1..=4).contains(q))?;
            Op::Quarter { year: a.year(3), quarter }
        }
        Func::Half => Op::Half { year: None, half: a.value(0, &["half"])?.parse().ok()? },
        Func::HalfMonth => {
            Op::HalfMonth { half: a.value(0, &["half"])?.parse().ok()?, month: a.month(1)?, year: a.year(2) }
        }
        Func::Latest => Op::Latest(a.unit(0)),
        Func::YearAgo => {
            let period = a.text(0).is_some_and(|t| matches!(normal(t).as_str(), "period" | "quarter"));
            Op::YearAgo { period, unit: a.unit(0), quarter: a.small(1) }
        }
        Func::YearPeriod => Op::YearPeriod(a.year(0)?),
        Func::WeekOf => Op::WeekOf { month: a.month(0)?, day: a.day(1)? },
        Func::NthOf => Op::NthOf {
            n: a.small(0).or_else(|| a.text(1).map(|_| -1))?,
            unit: a.unit(2),
            weekday: a.weekday(2),
            month: a.month(3)?,
            year: a.year(4),
        },
        Func::Duration => {
            let unit = a.unit(2)?;
            let amount = match rule.call.args.first() {
                // A unit alone: how many it is, its number tells.
                Some(Arg::Fixed(zero)) if zero == "0" => {
                    let plural = a.text(2).is_some_and(|t| t.ends_with('s') || t.ends_with("ia"));
                    if plural { Amount::Vague } else { Amount::Known(1.0) }
                }
                _ => a.either(0),
            };
            Op::Duration(vec![(amount, unit)])
        }
        Func::Duration2 => Op::Duration(vec![(a.amount(0)?, a.unit(1)?), (a.amount(2)?, a.unit(3)?)]),
        Func::VagueUnits => {
            let word = normal(a.text(0)?);
            let word = word.strip_prefix("the ").unwrap_or(&word);
            match word.split(' ').next()? {
                "recent" | "past" | "last" => Op::Text("PAST_REF".into()),
                "coming" | "next" => Op::Text("FUTURE_REF".into()),
                _ => Op::Duration(vec![(Amount::Vague, a.unit(1)?)]),
            }
        }
        Func::Set => Op::Set(super::value::duration(&[(a.amount(0)?, a.unit(1)?)])?),
        Func::SetDay => {
            let part = a.part(1).map(|p| format!("T{p}")).unwrap_or_default();
            Op::Set(format!("XXXX-WXX-{}{part}", a.weekday(0)?))
        }
        Func::SetMonth => Op::Set(format!("XXXX-{:02}", a.month(0)?)),
        Func::SetSeason => Op::Set(format!("XXXX-{}", a.season(0)?.code())),
        Func::SetPart => Op::Set(format!("XXXX-XX-XXT{}", a.part(0)?)),
        Func::Clock => clock(&a)?,
        Func::Stamp => Op::Stamp {
            year: a.year(0)?,
            month: a.month(1)?,
            day: a.day(2)?,
            hour: a.text(3)?.parse().ok()?,
            minute: a.text(4)?.parse().ok()?,
            zone: a.text(5).unwrap_or("").to_uppercase(),
        },
        Func::DayPart => Op::Part(a.part(0)?, Some(a.fixed(1))),
        Func::DayPartWord => Op::Part(a.part(0)?, Some(a.fixed(1))),
        Func::DayPartOf => {
            let days = match a.text(1).map(normal).as_deref() {
                Some("yesterday") => -1,
                Some("tomorrow") => 1,
                _ => 0,
            };
            Op::PartOf { weekday: a.weekday(0), days, part: a.part(2)? }
        }
        Func::Ref => Op::Text(a.text(0)?.to_string()),
        Func::Holiday => Op::Holiday { feast: words.feast(a.text(0)?)?, year: a.year(1) },
        Func::Hijri | Func::Persian => {
            let slot = if rule.call.func == Func::Hijri { "hijrimonth" } else { "persianmonth" };
            let month: i8 = a.value(1, &[slot])?.parse().ok()?;
            let (year, day) = (a.whole(0), a.day(2));
            if rule.call.func == Func::Hijri {
                Op::Hijri { year, month, day }
            } else {
                Op::Persian { year, month, day }
            }
        }
    })
}

fn clock(a: &Args<'_, '_>) -> Option<Op> {
    let mut hour = match a.args.first()? {
        Arg::Fixed(word) => word.parse().ok()?,
        _ => a.small(0)?,
    };
    let minute = match a.args.get(1) {
        Some(Arg::Group(_)) => a.text(1).map_or(Some(0), |t| t.parse().ok())?,
        _ => 0,
    };
    let half = a.value(2, &["ampm"]);
    let part = a.text(3).or_else(|| a.text(4)).and_then(|t| a.words.value(&["daypart"], t));
    let zone = a.value(3, &["zone"]).unwrap_or("").to_string();
    match half {
        Some(_) if hour > 12 => return None,
        Some("p") if hour < 12 => hour += 12,
        Some("a") if hour == 12 => hour = 0,
        _ => {}
    }
    if matches!(part, Some("AF" | "EV" | "NI")) && hour < 12 {
        hour += 12;
    }
    ((0..=24).contains(&hour) && (0..60).contains(&minute)).then_some(Op::Clock { hour, minute, zone })
}
