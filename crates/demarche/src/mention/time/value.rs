//! TIMEX3 values that are no piece of the calendar.

use super::calendar::Unit;
use super::number::Amount;

/// `P2Y6M`, `PT30M`, `PXD`; none where the amounts make no duration.
pub(super) fn duration(parts: &[(Amount, Unit)]) -> Option<String> {
    let mut date = String::new();
    let mut time = String::new();
    for (amount, unit) in parts {
        let (factor, letter, clock) = match unit {
            Unit::Second => (1.0, "S", true),
            Unit::Minute => (1.0, "M", true),
            Unit::Hour => (1.0, "H", true),
            Unit::Day => (1.0, "D", false),
            Unit::Week => (1.0, "W", false),
            Unit::Fortnight => (2.0, "W", false),
            Unit::Weekend => (1.0, "WE", false),
            Unit::Month => (1.0, "M", false),
            Unit::Quarter => (1.0, "Q", false),
            Unit::Year => (1.0, "Y", false),
            Unit::Decade => (10.0, "Y", false),
            Unit::Century => (100.0, "Y", false),
            Unit::Millennium => (1000.0, "Y", false),
        };
        let out = if clock { &mut time } else { &mut date };
        match amount {
            Amount::Vague => {
                let letter = match unit {
                    Unit::Decade => "DE",
                    Unit::Century => "CE",
                    Unit::Millennium => "ML",
                    _ => letter,
                };
                out.push('X');
                out.push_str(letter);
            }
            Amount::Known(n) => {
                if !n.is_finite() || *n < 0.0 || *n > 1e9 {
                    return None;
                }
                let n = n * factor;
                let (whole, rest) = (n.trunc(), n.fract());
                // Halves of what has smaller parts are written with those.
                let smaller = match letter {
                    "Y" => Some((12.0, "M")),
                    "H" => Some((60.0, "M")),
                    "M" if clock => Some((60.0, "S")),
                    _ => None,
                };
                match smaller {
                    Some((count, small)) if rest > 0.0 && (rest * count).fract() == 0.0 => {
                        if whole > 0.0 {
                            out.push_str(&format!("{whole}{letter}"));
                        }
                        out.push_str(&format!("{}{small}", rest * count));
                    }
                    _ if letter == "D" && rest == 0.5 && whole == 0.0 => time.push_str("12H"),
                    _ => out.push_str(&format!("{n}{letter}")),
                }
            }
        }
    }
    match (date.is_empty(), time.is_empty()) {
        (true, true) => None,
        (_, true) => Some(format!("P{date}")),
        _ => Some(format!("P{date}T{time}")),
    }
}
