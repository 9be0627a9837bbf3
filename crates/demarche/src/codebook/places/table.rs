//! Gazetteers as people write them: CSV tables and GeoJSON.

use super::{Class, Row};
use crate::error::Error;
use serde_json::Value;

const COLUMNS: &str = "name, alternates, country, admin1, geonames, lat, lon, population, class";

/// The line that a record begins on, and its fields.
type Record = (usize, Vec<String>);

/// Records of a CSV file. Quoted fields may hold commas, doubled quotes and line ends.
fn records(text: &str) -> Result<Vec<Record>, (usize, String)> {
    let (mut out, mut fields, mut field) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut begin, mut quoted) = (1, 1, false);
    let mut chars = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
        }
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            c if quoted => field.push(c),
            '"' if field.trim().is_empty() => {
                field.clear();
                quoted = true;
            }
            ',' => fields.push(std::mem::take(&mut field)),
            '\n' | '\r' => {
                fields.push(std::mem::take(&mut field));
                if fields.iter().any(|f| !f.trim().is_empty()) {
                    out.push((begin, std::mem::take(&mut fields)));
                }
                fields.clear();
                begin = line;
            }
            c => field.push(c),
        }
    }
    if quoted {
        return Err((begin, "a quote is opened and never closed".into()));
    }
    fields.push(field);
    if fields.iter().any(|f| !f.trim().is_empty()) {
        out.push((begin, fields));
    }
    Ok(out)
}

/// Reads a CSV table with a heading; `name`, `lat` and `lon` are needed.
pub(super) fn csv(file: &str, text: &str) -> Result<Vec<Row>, Error> {
    let records = records(text).map_err(|(line, e)| {
        Error::codebook(e).at(file, Some(line)).remedy("close it, or double a quote that belongs to the field")
    })?;
    let mut records = records.into_iter();
    let Some((_, head)) = records.next() else { return Ok(Vec::new()) };
    let head: Vec<String> = head.iter().map(|h| h.trim().to_lowercase()).collect();
    for needed in ["name", "lat", "lon"] {
        if !head.iter().any(|h| h == needed) {
            return Err(Error::codebook(format!("the heading has no column `{needed}`"))
                .at(file, Some(1))
                .remedy(format!("begin the file with column names; known are {COLUMNS}")));
        }
    }
    let mut rows = Vec::new();
    for (line, fields) in records {
        let get = |column: &str| {
            let i = head.iter().position(|h| h == column);
            i.and_then(|i| fields.get(i)).map(|f| f.trim()).filter(|f| !f.is_empty())
        };
        if fields.len() > head.len() {
            return Err(Error::codebook(format!("{} fields, but {} columns", fields.len(), head.len()))
                .at(file, Some(line))
                .remedy("quote fields that hold a comma"));
        }
        rows.push(row(&get).map_err(|e| e.at(file, Some(line)))?);
    }
    Ok(rows)
}

/// Reads the points of a GeoJSON feature collection; names and the rest are the features' properties.
pub(super) fn geojson(file: &str, text: &str) -> Result<Vec<Row>, Error> {
    let value: Value = serde_json::from_str(text).map_err(|e| {
        Error::codebook(format!("not JSON: {e}")).at(file, Some(e.line())).remedy("check the file with a JSON tool")
    })?;
    let features = value.get("features").and_then(Value::as_array).ok_or_else(|| {
        Error::codebook("not a GeoJSON FeatureCollection")
            .at(file, Some(1))
            .remedy("give {\"type\": \"FeatureCollection\", \"features\": [...]}")
    })?;
    // serde_json keeps no line numbers: those of the features are found by their `type`.
    let lines = feature_lines(text);
    let mut rows = Vec::new();
    for (i, feature) in features.iter().enumerate() {
        let line = lines.get(i).copied();
        let fault = |what: String, remedy: &str| Error::codebook(what).at(file, line).remedy(remedy);
        let point = feature.get("geometry").filter(|g| g.get("type").and_then(Value::as_str) == Some("Point"));
        let place = point.and_then(|g| g.get("coordinates")).and_then(Value::as_array);
        let number = |i: usize| place.and_then(|c| c.get(i)).and_then(Value::as_f64).map(|n| n.to_string());
        let (Some(lon), Some(lat)) = (number(0), number(1)) else {
            return Err(fault(
                format!("feature {} is no point", i + 1),
                "give every place a Point: [longitude, latitude]",
            ));
        };
        let text = |column: &str| {
            let value = feature.get("properties").and_then(|p| p.get(column))?;
            Some(match value {
                Value::String(s) => s.trim().to_string(),
                Value::Number(n) => n.to_string(),
                Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("|"),
                _ => return None,
            })
        };
        let columns: Vec<(&str, String)> = COLUMNS
            .split(", ")
            .filter_map(|c| match c {
                "lat" => Some((c, lat.clone())),
                "lon" => Some((c, lon.clone())),
                _ => text(c).filter(|t| !t.is_empty()).map(|t| (c, t)),
            })
            .collect();
        let get = |column: &str| columns.iter().find(|(c, _)| *c == column).map(|(_, t)| t.as_str());
        rows.push(row(&get).map_err(|e| e.at(file, line))?);
    }
    Ok(rows)
}

fn feature_lines(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let (mut line, mut last) = (1, 0);
    for (at, _) in text.match_indices("\"Feature\"") {
        line += text.get(last..at).unwrap_or("").matches('\n').count();
        last = at;
        out.push(line);
    }
    out
}

fn row<'a>(get: &dyn Fn(&str) -> Option<&'a str>) -> Result<Row, Error> {
    let fault = |what: String, remedy: &str| Err(Error::codebook(what).remedy(remedy));
    let Some(name) = get("name") else { return fault("a place without a name".into(), "fill the column `name`") };
    let degrees = |column: &str, limit: f64| match get(column).map(|f| (f, f.parse::<f64>())) {
        Some((_, Ok(x))) if x.is_finite() && x.abs() <= limit => Ok(x),
        Some((f, _)) => Err(Error::codebook(format!("`{column}` of {name} is `{f}`"))
            .remedy(format!("give decimal degrees between -{limit} and {limit}"))),
        None => Err(Error::codebook(format!("{name} has no `{column}`")).remedy("give decimal degrees")),
    };
    let (lat, lon) = (degrees("lat", 90.0)?, degrees("lon", 180.0)?);
    let country = get("country").unwrap_or("");
    let code = country.len() == 3 && country.bytes().all(|b| b.is_ascii_uppercase());
    if !country.is_empty() && !code {
        return fault(format!("the country of {name} is `{country}`"), "write ISO 3166-1 alpha-3, such as KEN");
    }
    let geonames = match get("geonames").map(|f| (f, f.parse::<u32>())) {
        None => None,
        Some((_, Ok(id))) if id < 1 << 24 => Some(id),
        Some((f, _)) => {
            return fault(format!("the GeoNames identifier of {name} is `{f}`"), "give its digits, or leave it empty");
        }
    };
    let population = match get("population").map(|f| (f, f.parse::<f64>())) {
        None => 0.0,
        Some((_, Ok(n))) if n.is_finite() && n >= 0.0 => n,
        Some((f, _)) => {
            return fault(format!("the population of {name} is `{f}`"), "give its digits, or leave it empty");
        }
    };
    let class = match get("class") {
        None => Class::City,
        Some(word) => match Class::from_word(word) {
            Some(class) => class,
            None => return fault(format!("no such class: `{word}`"), &format!("write one of {}", Class::words())),
        },
    };
    let alternates = get("alternates").unwrap_or("").split('|').map(|n| n.trim().to_string()).filter(|n| !n.is_empty());
    Ok(Row {
        name: name.to_string(),
        alternates: alternates.collect(),
        country: country.to_string(),
        admin1: get("admin1").unwrap_or("").to_string(),
        geonames,
        lat,
        lon,
        population,
        class,
    })
}
