//! Which place a name means: what the text says outright, then its country and neighbours, then size.

use super::detect::{Known, Spot};
use crate::codebook::places::{Class, Found, fold};
use std::collections::BTreeMap;

/// Rounds of letting the resolved places of an article speak for one another.
const ROUNDS: usize = 3;
/// Places that a name may mean which are weighed, the likeliest first.
const CANDIDATES: usize = 60;

/// What an article says of where it plays, by country.
#[derive(Debug, Default, Clone)]
pub(super) struct Story {
    /// Words that speak of a country without naming a place in it: demonyms.
    pub countries: BTreeMap<String, f64>,
    /// The country of the outlet.
    pub home: Option<&'static str>,
}

/// How likely a place is before anything is read.
fn prior(f: &Found) -> f64 {
    let usual = match f.class {
        Class::Admin1 | Class::Water => 3e6,
        Class::City | Class::Capital | Class::Region => 1e6,
        Class::Mountain => 5e5,
        Class::Admin2 | Class::Island => 3e5,
        _ => 2e5,
    };
    let size = if f.population > 0.0 || !f.own { f.population } else { usual };
    let base = match f.class {
        Class::Country => 8.3,
        Class::Continent => 8.5,
        Class::Seat => 8.0,
        Class::Capital => (size + 10.0).log10() + 1.3,
        Class::Admin1 => (size + 10.0).log10() - 0.8,
        Class::Admin2 => (size + 10.0).log10() - 0.9,
        _ => (size + 10.0).log10(),
    };
    let by = match (f.alternate, f.class) {
        (true, Class::Country) => -0.2,
        (true, _) if !f.own => -1.2,
        _ => 0.0,
    };
    base + by + if f.own { 0.6 } else { 0.0 }
}

/// Great-circle distance in kilometres.
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (p, q) = (a.0.to_radians(), b.0.to_radians());
    let (dp, dl) = ((q - p) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let h = dp.sin().powi(2) + p.cos() * q.cos() * dl.sin().powi(2);
    2.0 * 6371.0 * h.clamp(0.0, 1.0).sqrt().asin()
}

/// True if `inner` lies in `outer`, as far as the gazetteer knows.
fn inside(inner: &Found, outer: &Found) -> bool {
    match outer.class {
        Class::Country => inner.country == outer.country && inner.class != Class::Country,
        Class::Admin1 => {
            inner.country == outer.country
                && !matches!(inner.class, Class::Country | Class::Admin1)
                && (fold(&inner.admin1) == fold(&outer.name)
                    || inner.admin1.is_empty() && kilometres((inner.lat, inner.lon), (outer.lat, outer.lon)) < 400.0)
        }
        Class::Admin2 | Class::City | Class::Capital | Class::Site | Class::Seat => {
            matches!(inner.class, Class::City | Class::Admin2 | Class::Site | Class::Seat | Class::Capital)
                && kilometres((inner.lat, inner.lon), (outer.lat, outer.lon)) < 80.0
                && (inner.name != outer.name)
        }
        Class::Island => kilometres((inner.lat, inner.lon), (outer.lat, outer.lon)) < 400.0,
        Class::Region => kilometres((inner.lat, inner.lon), (outer.lat, outer.lon)) < 800.0,
        Class::Continent | Class::Water | Class::Mountain => false,
    }
}

/// Chooses a candidate for every spot; none where the gazetteer has none.
pub(super) fn choose(spots: &[Spot], known: &Known, story: &Story) -> Vec<Option<Found>> {
    let candidates: Vec<Vec<(Found, f64)>> = spots.iter().map(|s| candidates(s, known)).collect();
    let held: Vec<Vec<f64>> = (0..spots.len()).map(|i| held(i, spots, &candidates)).collect();
    // What is said outright of one mention holds for the others of the name, if less.
    let mut shared: BTreeMap<(&str, usize), f64> = BTreeMap::new();
    for ((spot, marks), list) in spots.iter().zip(&held).zip(&candidates) {
        if spot.classes.is_empty() {
            for (k, mark) in marks.iter().enumerate().take(list.len()) {
                let best = shared.entry((&spot.key, k)).or_insert(0.0);
                *best = best.max(*mark);
            }
        }
    }
    let score = |i: usize, k: usize| -> f64 {
        let own = held.get(i).and_then(|h| h.get(k)).copied().unwrap_or(0.0);
        let Some(spot) = spots.get(i) else { return own };
        let any = held.get(i).is_some_and(|h| h.iter().any(|m| *m > 0.0));
        if any || !spot.classes.is_empty() { own } else { 0.8 * shared.get(&(&spot.key, k)).copied().unwrap_or(0.0) }
    };
    let mut chosen: Vec<Option<usize>> = vec![None; spots.len()];
    for round in 0..ROUNDS {
        let context = Context::of(spots, &candidates, &chosen, story);
        let next = (0..spots.len()).map(|i| {
            let (spot, list) = (spots.get(i)?, candidates.get(i)?);
            let mut best: Option<(usize, f64)> = None;
            for (k, (found, prior)) in list.iter().enumerate() {
                let near = if round == 0 { 0.0 } else { context.near(spot, found) };
                let total = prior + score(i, k) + context.country(&spot.key, found, story) + near;
                if best.is_none_or(|(_, b)| total > b + 1e-9) {
                    best = Some((k, total));
                }
            }
            best.map(|(k, _)| k)
        });
        chosen = next.collect();
    }
    chosen
        .iter()
        .zip(&candidates)
        .map(|(k, list)| k.and_then(|k| list.get(k)).map(|(found, _)| found.clone()))
        .collect()
}

fn candidates(spot: &Spot, known: &Known) -> Vec<(Found, f64)> {
    let all = known.get(&spot.key);
    let fits = |f: &&Found| spot.classes.is_empty() || spot.classes.contains(&f.class);
    let any = all.iter().any(|f| fits(&f));
    let mut list: Vec<(Found, f64)> = all.iter().filter(|f| !any || fits(f)).map(|f| (f.clone(), prior(f))).collect();
    list.sort_by(|a, b| b.1.total_cmp(&a.1));
    list.truncate(CANDIDATES);
    list
}

/// For each candidate of spot `i`, how well it fits into the place that the text puts it in, or around those that it holds.
fn held(i: usize, spots: &[Spot], candidates: &[Vec<(Found, f64)>]) -> Vec<f64> {
    let Some(list) = candidates.get(i) else { return Vec::new() };
    let mut marks = vec![0.0; list.len()];
    let fit = |inner: &Found, outer: &[(Found, f64)]| -> f64 {
        let top = outer.first().map_or(0.0, |o| o.1);
        let each = outer.iter().filter(|(o, _)| inside(inner, o)).map(|(_, p)| 6.0 - (top - p).max(0.0));
        each.fold(0.0, f64::max)
    };
    if let Some(outer) = spots.get(i).and_then(|s| s.container).and_then(|c| candidates.get(c)) {
        for (mark, (inner, _)) in marks.iter_mut().zip(list) {
            *mark += fit(inner, outer);
        }
    }
    for (j, spot) in spots.iter().enumerate() {
        if spot.container != Some(i) {
            continue;
        }
        let Some(inner) = candidates.get(j) else { continue };
        for (mark, (outer, _)) in marks.iter_mut().zip(list) {
            let top = inner.first().map_or(0.0, |o| o.1);
            let each = inner.iter().filter(|(f, _)| inside(f, outer)).map(|(_, p)| 4.0 - (top - p).max(0.0));
            *mark += each.fold(0.0, f64::max);
        }
    }
    marks
}

/// What the places chosen so far say, by the name that says it (a name is no witness for itself).
struct Context {
    countries: BTreeMap<String, BTreeMap<String, f64>>,
    regions: BTreeMap<(String, String), BTreeMap<String, f64>>,
    total: f64,
    points: Vec<(String, usize, f64, f64)>,
}

impl Context {
    fn of(spots: &[Spot], candidates: &[Vec<(Found, f64)>], chosen: &[Option<usize>], story: &Story) -> Self {
        let mut out = Context { countries: BTreeMap::new(), regions: BTreeMap::new(), total: 0.0, points: Vec::new() };
        for ((spot, list), k) in spots.iter().zip(candidates).zip(chosen) {
            // In the first round only names of countries and names with one meaning speak.
            let found = match k {
                Some(k) => list.get(*k),
                None => list.first().filter(|(f, _)| list.len() == 1 || f.class == Class::Country),
            };
            let Some((found, _)) = found else { continue };
            if !found.country.is_empty() {
                let weight = if found.class == Class::Country { 1.0 } else { 0.8 };
                *out.countries.entry(found.country.clone()).or_default().entry(spot.key.clone()).or_insert(0.0) +=
                    weight;
                out.total += weight;
                let region = if found.class == Class::Admin1 { fold(&found.name) } else { fold(&found.admin1) };
                if !region.is_empty() {
                    let by = out.regions.entry((found.country.clone(), region)).or_default();
                    *by.entry(spot.key.clone()).or_insert(0.0) += 1.0;
                }
            }
            if matches!(found.class, Class::City | Class::Capital | Class::Admin2 | Class::Site) {
                out.points.push((spot.key.clone(), spot.line, found.lat, found.lon));
            }
        }
        for (country, weight) in &story.countries {
            *out.countries.entry(country.clone()).or_default().entry("^".into()).or_insert(0.0) += 0.6 * weight;
            out.total += 0.6 * weight;
        }
        out
    }

    fn country(&self, key: &str, f: &Found, story: &Story) -> f64 {
        let home = if story.home.is_some_and(|h| h == f.country) { 0.7 } else { 0.0 };
        let Some(by) = self.countries.get(&f.country).filter(|_| !f.country.is_empty()) else { return home };
        let own: f64 = self.countries.values().filter_map(|by| by.get(key)).sum();
        let others: f64 = by.iter().filter(|(k, _)| *k != key).map(|(_, n)| n).sum();
        let share = if self.total > own { others / (self.total - own) } else { 0.0 };
        let region = match f.class {
            Class::Admin1 => fold(&f.name),
            _ => fold(&f.admin1),
        };
        let region = self
            .regions
            .get(&(f.country.clone(), region))
            .map_or(0.0, |by| by.iter().filter(|(k, _)| *k != key).map(|(_, n)| n).sum::<f64>());
        let local = if matches!(f.class, Class::Country) { 0.0 } else { 1.2 * (region / (region + 2.0)).sqrt() };
        home + 2.5 * share.sqrt() + local
    }

    /// Whether other places of the article lie close by; more in the same sentence.
    fn near(&self, spot: &Spot, f: &Found) -> f64 {
        if !matches!(f.class, Class::City | Class::Capital | Class::Admin2 | Class::Site) {
            return 0.0;
        }
        let mut best: f64 = 0.0;
        for (key, line, lat, lon) in &self.points {
            if *key == spot.key {
                continue;
            }
            let far = kilometres((f.lat, f.lon), (*lat, *lon));
            let apart = line.abs_diff(spot.line);
            let weight = match apart {
                0 => 1.2,
                1 | 2 => 0.9,
                _ => 0.6,
            };
            if far < 150.0 {
                best = best.max(weight * (1.0 - far / 200.0));
            }
        }
        best
    }
}
