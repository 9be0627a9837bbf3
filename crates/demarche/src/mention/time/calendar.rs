//! Pieces of the calendar and the arithmetic on them.

use crate::codebook::time::Feast;
use crate::record::Precision;
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday, date};

/// What time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    pub(super) fn parse(word: &str) -> Option<Unit> {
        Some(match word {
            "second" => Unit::Second,
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "week" => Unit::Week,
            "fortnight" => Unit::Fortnight,
            "weekend" => Unit::Weekend,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            "millennium" => Unit::Millennium,
            _ => return None,
        })
    }
}

/// The seasons as TIMEX3 writes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub(super) fn parse(code: &str) -> Option<Season> {
        Some(match code {
            "SP" => Season::Spring,
            "SU" => Season::Summer,
            "FA" => Season::Autumn,
            "WI" => Season::Winter,
            _ => return None,
        })
    }

    pub(super) fn code(self) -> &'static str {
        match self {
            Season::Spring => "SP",
            Season::Summer => "SU",
            Season::Autumn => "FA",
            Season::Winter => "WI",
        }
    }

    /// First month of the season in the north; winter begins in the year that names it.
    fn month(self) -> i8 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        }
    }
}

/// A piece of the calendar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cal {
    Day(Date),
    /// ISO year and week.
    Week(i16, i8),
    Weekend(i16, i8),
    Month(i16, i8),
    Quarter(i16, i8),
    Half(i16, i8),
    Season(i16, Season),
    Year(i16),
    /// Year divided by ten, by a hundred, by a thousand.
    Decade(i16),
    Century(i16),
    Millennium(i16),
}

fn first_of(year: i16, month: i8) -> Option<Date> {
    Date::new(year, month, 1).ok()
}

fn months(year: i16, month: i8, count: i16) -> Option<(Date, Date)> {
    let start = first_of(year, month)?;
    Some((start, start.checked_add(count.months()).ok()?.yesterday().ok()?))
}

fn years(year: i16, count: i16) -> Option<(Date, Date)> {
    let last = year.checked_add(count - 1)?;
    Some((Date::new(year.max(1), 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
}

/// `offset` months after the month.
fn add_months(year: i16, month: i8, offset: i64) -> Option<(i16, i8)> {
    let total = i64::from(year) * 12 + i64::from(month) - 1 + offset;
    let year = i16::try_from(total.div_euclid(12)).ok().filter(|y| (1..=9999).contains(y))?;
    Some((year, total.rem_euclid(12) as i8 + 1))
}

fn year_plus(year: i16, offset: i64) -> Option<i16> {
    i16::try_from(i64::from(year) + offset).ok().filter(|y| (1..=9999).contains(y))
}

impl Cal {
    /// The piece of size `unit` that holds the day; none for units under a day.
    pub(super) fn of(day: Date, unit: Unit) -> Option<Cal> {
        let week = day.iso_week_date();
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Cal::Day(day),
            Unit::Week | Unit::Fortnight => Cal::Week(week.year(), week.week()),
            Unit::Weekend => Cal::Weekend(week.year(), week.week()),
            Unit::Month => Cal::Month(day.year(), day.month()),
            Unit::Quarter => Cal::Quarter(day.year(), (day.month() - 1) / 3 + 1),
            Unit::Year => Cal::Year(day.year()),
            Unit::Decade => Cal::Decade(day.year() / 10),
            Unit::Century => Cal::Century(day.year() / 100),
            Unit::Millennium => Cal::Millennium(day.year() / 1000),
        })
    }

    /// First and last day.
    pub(super) fn days(&self) -> Option<(Date, Date)> {
        match *self {
            Cal::Day(day) => Some((day, day)),
            Cal::Week(year, week) => {
                let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
                Some((monday, monday.checked_add(6.days()).ok()?))
            }
            Cal::Weekend(year, week) => {
                let saturday = ISOWeekDate::new(year, week, Weekday::Saturday).ok()?.date();
                Some((saturday, saturday.tomorrow().ok()?))
            }
            Cal::Month(year, month) => months(year, month, 1),
            Cal::Quarter(year, quarter) => months(year, quarter * 3 - 2, 3),
            Cal::Half(year, half) => months(year, half * 6 - 5, 6),
            Cal::Season(year, season) => months(year, season.month(), 3),
            Cal::Year(year) => years(year, 1),
            Cal::Decade(decade) => years(decade.checked_mul(10)?, 10),
            Cal::Century(century) => years(century.checked_mul(100)?, 100),
            Cal::Millennium(millennium) => years(millennium.checked_mul(1000)?, 1000),
        }
    }

    /// TIMEX3 value.
    pub(super) fn value(&self) -> String {
        match *self {
            Cal::Day(day) => day.to_string(),
            Cal::Week(year, week) => format!("{year:04}-W{week:02}"),
            Cal::Weekend(year, week) => format!("{year:04}-W{week:02}-WE"),
            Cal::Month(year, month) => format!("{year:04}-{month:02}"),
            Cal::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Cal::Half(year, half) => format!("{year:04}-H{half}"),
            Cal::Season(year, season) => format!("{year:04}-{}", season.code()),
            Cal::Year(year) => format!("{year:04}"),
            Cal::Decade(decade) => format!("{decade:03}"),
            Cal::Century(century) => format!("{century:02}"),
            Cal::Millennium(millennium) => format!("{millennium}"),
        }
    }

    pub(super) fn precision(&self) -> Precision {
        match self {
            Cal::Day(_) => Precision::Day,
            Cal::Week(..) | Cal::Weekend(..) => Precision::Week,
            Cal::Month(..) => Precision::Month,
            Cal::Quarter(..) => Precision::Quarter,
            Cal::Half(..) | Cal::Season(..) => Precision::Season,
            Cal::Year(_) => Precision::Year,
            Cal::Decade(_) => Precision::Decade,
            Cal::Century(_) | Cal::Millennium(_) => Precision::Century,
        }
    }

    pub(super) fn unit(&self) -> Unit {
        match self {
            Cal::Day(_) => Unit::Day,
            Cal::Week(..) | Cal::Weekend(..) => Unit::Week,
            Cal::Month(..) => Unit::Month,
            Cal::Quarter(..) | Cal::Season(..) | Cal::Half(..) => Unit::Quarter,
            Cal::Year(_) => Unit::Year,
            Cal::Decade(_) => Unit::Decade,
            Cal::Century(_) => Unit::Century,
            Cal::Millennium(_) => Unit::Millennium,
        }
    }

    pub(super) fn year(&self) -> Option<i16> {
        match *self {
            Cal::Day(day) => Some(day.year()),
            Cal::Week(y, _) | Cal::Weekend(y, _) | Cal::Month(y, _) | Cal::Quarter(y, _) => Some(y),
            Cal::Half(y, _) | Cal::Season(y, _) | Cal::Year(y) => Some(y),
            Cal::Decade(_) | Cal::Century(_) | Cal::Millennium(_) => None,
        }
    }

    /// The piece of the same kind `n` of its own steps later.
    pub(super) fn step(&self, n: i64) -> Option<Cal> {
        let small = i32::try_from(n).ok().filter(|n| n.abs() < 4_000_000)?;
        Some(match *self {
            Cal::Day(day) => Cal::Day(day.checked_add(small.days()).ok()?),
            Cal::Week(..) | Cal::Weekend(..) => {
                let (monday, _) = self.days()?;
                let day = monday.checked_add(small.weeks()).ok()?;
                let unit = if matches!(self, Cal::Week(..)) { Unit::Week } else { Unit::Weekend };
                return Cal::of(day, unit);
            }
            Cal::Month(y, m) => {
                let (y, m) = add_months(y, m, n)?;
                Cal::Month(y, m)
            }
            Cal::Quarter(y, q) => {
                let (y, m) = add_months(y, q * 3 - 2, n.checked_mul(3)?)?;
                Cal::Quarter(y, (m - 1) / 3 + 1)
            }
            Cal::Half(y, h) => {
                let (y, m) = add_months(y, h * 6 - 5, n.checked_mul(6)?)?;
                Cal::Half(y, (m - 1) / 6 + 1)
            }
            Cal::Season(y, s) => Cal::Season(year_plus(y, n)?, s),
            Cal::Year(y) => Cal::Year(year_plus(y, n)?),
            Cal::Decade(d) => Cal::Decade(year_plus(d, n)?),
            Cal::Century(c) => Cal::Century(i16::try_from(i64::from(c) + n).ok().filter(|c| (0..100).contains(c))?),
            Cal::Millennium(m) => {
                Cal::Millennium(i16::try_from(i64::from(m) + n).ok().filter(|m| (0..10).contains(m))?)
            }
        })
    }

    /// The same piece in another year.
    pub(super) fn in_year(&self, year: i16) -> Option<Cal> {
        Some(match *self {
            Cal::Day(day) => Cal::Day(Date::new(year, day.month(), day.day()).ok()?),
            Cal::Month(_, m) => Cal::Month(year, m),
            Cal::Quarter(_, q) => Cal::Quarter(year, q),
            Cal::Half(_, h) => Cal::Half(year, h),
            Cal::Season(_, s) => Cal::Season(year, s),
            Cal::Year(_) => Cal::Year(year),
            _ => return None,
        })
    }
}

/// Easter Sunday of the Western churches (the anonymous Gregorian algorithm).
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year as i16, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

/// Easter Sunday of the Orthodox churches: the Julian reckoning in Gregorian days.
fn orthodox_easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 4, year % 7, year % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let n = d + e + 114;
    let julian = Date::new(year as i16, (n / 31) as i8, (n % 31 + 1) as i8).ok()?;
    julian.checked_add((year / 100 - year / 400 - 2).days()).ok()
}

/// 1 Tishri of a Jewish year, by the reckoning of the new moon and the four postponements.
fn tishri(year: i32) -> Option<Date> {
    let elapsed = |y: i64| {
        let months = (235 * y - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let day = 29 * months + parts.div_euclid(25_920);
        if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
    };
    let y = i64::from(year);
    let (before, this, after) = (elapsed(y - 1), elapsed(y), elapsed(y + 1));
    let delay = match (after - this, this - before) {
        (356, _) => 2,
        (_, 382) => 1,
        _ => 0,
    };
    // 1 Tishri 5780 was 30 September 2019, 2,110,759 days after the epoch of the count.
    let days = i32::try_from(this + delay - 2_110_759).ok()?;
    date(2019, 9, 30).checked_add(days.days()).ok()
}

/// The day that a holiday falls on in a Gregorian year.
pub(super) fn feast(feast: &Feast, year: i16) -> Option<Date> {
    if !(1..=9998).contains(&year) {
        return None;
    }
    match *feast {
        Feast::On(month, day) => Date::new(year, month, day).ok(),
        Feast::Nth { month, weekday, n } => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            first_of(year, month)?.nth_weekday_of_month(n, weekday).ok()
        }
        Feast::Easter(offset) => easter(i32::from(year))?.checked_add(offset.days()).ok(),
        Feast::Orthodox(offset) => orthodox_easter(i32::from(year))?.checked_add(offset.days()).ok(),
        // The Jewish year that begins in Gregorian year y is y + 3761; Passover stands before its new year.
        Feast::Tishri(offset) => tishri(i32::from(year) + 3761)?.checked_add(offset.days()).ok(),
        Feast::Nisan(offset) => tishri(i32::from(year) + 3761)?.checked_add((offset - 163).days()).ok(),
        Feast::Dates(ref days) => days.iter().find(|d| d.year() == year).copied(),
        Feast::Hijri(month, day) => {
            // An Islamic year is 354 or 355 days: one of three falls in the Gregorian year asked for.
            let near = (i64::from(year) - 622) * 33 / 32;
            (near - 1..=near + 2).find_map(|y| hijri(y, month, day).filter(|d| d.year() == year))
        }
    }
}

/// The Gregorian day of a date of the tabular Islamic calendar (civil epoch, 16 July 622 Julian).
pub(super) fn hijri(year: i64, month: i8, day: i8) -> Option<Date> {
    if !(1..=5000).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let month = i64::from(month);
    // 30 and 29 days by turns; 11 leap days in 30 years.
    let days = (year - 1) * 354 + (3 + 11 * year) / 30 + 29 * (month - 1) + month / 2 + i64::from(day) - 1;
    // 1 Muharram 1 is 19 July 622 in the proleptic Gregorian calendar.
    date(622, 7, 19).checked_add(i32::try_from(days).ok()?.days()).ok()
}

/// The Gregorian day of a date of the Persian calendar (the 33-year cycle, exact for 1178 to 1633).
pub(super) fn persian(year: i64, month: i8, day: i8) -> Option<Date> {
    if !(1..=3000).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let month = i64::from(month);
    let before = if month <= 7 { 31 * (month - 1) } else { 30 * (month - 1) + 6 };
    // 1 Farvardin 1399 was 20 March 2020; leap years have a remainder of 1, 5, 9, 13, 17, 22, 26 or 30 by 33.
    let leaps = |y: i64| (1..y).filter(|y| matches!(y % 33, 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30)).count() as i64;
    let days = (year - 1399) * 365 + leaps(year) - leaps(1399) + before + i64::from(day) - 1;
    date(2020, 3, 20).checked_add(i32::try_from(days).ok()?.days()).ok()
}

/// Weekday as 1 (Monday) to 7.
pub(super) fn weekday(day: Date) -> i8 {
    day.weekday().to_monday_one_offset()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_of_other_calendars() {
        let rows = [
            ("hijri 1 Muharram 1441", hijri(1441, 1, 1), "2019-09-01"),
            ("hijri 1 Shawwal 1440", hijri(1440, 10, 1), "2019-06-05"),
            ("hijri 1 Ramadan 1400", hijri(1400, 9, 1), "1980-07-14"),
            ("persian 1 Farvardin 1398", persian(1398, 1, 1), "2019-03-21"),
            ("persian 22 Bahman 1357", persian(1357, 11, 22), "1979-02-11"),
            ("persian 30 Esfand 1399", persian(1399, 12, 30), "2021-03-20"),
            ("easter 2019", easter(2019), "2019-04-21"),
            ("easter 2000", easter(2000), "2000-04-23"),
            ("orthodox 2019", orthodox_easter(2019), "2019-04-28"),
            ("tishri 5780", tishri(5780), "2019-09-30"),
            ("tishri 5784", tishri(5784), "2023-09-16"),
            ("tishri 5709", tishri(5709), "1948-10-04"),
            ("passover 2019", feast(&Feast::Nisan(0), 2019), "2019-04-20"),
            ("passover 2024", feast(&Feast::Nisan(0), 2024), "2024-04-23"),
            ("orthodox 2023", orthodox_easter(2023), "2023-04-16"),
        ];
        let wrong: Vec<String> = rows
            .iter()
            .filter(|(_, got, want)| got.map(|d| d.to_string()).as_deref() != Some(*want))
            .map(|(name, got, want)| format!("{name}: {got:?}, not {want}"))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn pieces_have_their_days() {
        let rows = [
            (Cal::Week(2019, 46), "2019-11-11", "2019-11-17"),
            (Cal::Weekend(2019, 46), "2019-11-16", "2019-11-17"),
            (Cal::Month(2020, 2), "2020-02-01", "2020-02-29"),
            (Cal::Quarter(2019, 4), "2019-10-01", "2019-12-31"),
            (Cal::Season(2019, Season::Winter), "2019-12-01", "2020-02-29"),
            (Cal::Decade(199), "1990-01-01", "1999-12-31"),
            (Cal::Century(18), "1800-01-01", "1899-12-31"),
        ];
        let wrong: Vec<String> = rows
            .iter()
            .filter(|(cal, a, b)| {
                cal.days().map(|(x, y)| (x.to_string(), y.to_string())) != Some((a.to_string(), b.to_string()))
            })
            .map(|row| format!("{row:?}"))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
