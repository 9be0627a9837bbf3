//! The compiled form: fixed-size records, their names, and an fst from folded name to records. It is read where it lies,
//! so that the built-in gazetteer costs neither time nor memory to load.

use super::fold::{MAX_NAME, fold, key};
use super::{Class, Entry, Row};
use crate::error::Error;
use fst::Map;
use std::borrow::Cow;
use std::collections::BTreeMap;

const MAGIC: &[u8; 8] = b"DEMGAZ01";
const HEADER: usize = 8 + 5 * 4;
/// Name (3 + 1), area (2), latitude (3), longitude (3), GeoNames identifier (3), population (1), class (1).
const RECORD: usize = 17;
/// Country (3), name (3 + 1).
const AREA: usize = 7;
const SCALE: f64 = 40_000.0;

/// A compiled gazetteer.
pub(super) struct Pack {
    data: Cow<'static, [u8]>,
    areas: usize,
    names: usize,
    postings: usize,
    index: Map<Cow<'static, [u8]>>,
}

impl std::fmt::Debug for Pack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pack({} names)", self.index.len())
    }
}

fn number(data: &[u8], at: usize, bytes: usize) -> Option<usize> {
    let slice = data.get(at..at.checked_add(bytes)?)?;
    Some(slice.iter().rev().fold(0, |n, b| (n << 8) | usize::from(*b)))
}

fn varint(data: &[u8], at: &mut usize) -> Option<usize> {
    let (mut n, mut shift) = (0, 0);
    loop {
        let b = *data.get(*at)?;
        *at += 1;
        n |= usize::from(b & 0x7f).checked_shl(shift)?;
        shift += 7;
        if b < 0x80 {
            return Some(n);
        }
        if shift > 28 {
            return None;
        }
    }
}

impl Pack {
    /// Opens compiled bytes.
    pub(super) fn open(name: &str, data: Cow<'static, [u8]>) -> Result<Self, Error> {
        let bad = |what: &str| {
            Error::codebook(format!("the compiled gazetteer is damaged: {what}"))
                .at(name, None)
                .remedy("compile it again from its table")
        };
        if data.get(..8) != Some(MAGIC.as_slice()) {
            return Err(bad("it does not begin as one"));
        }
        let part = |i: usize| number(&data, 8 + 4 * i, 4).filter(|at| *at <= data.len());
        let (Some(areas), Some(names), Some(postings), Some(index), Some(end)) =
            (part(0), part(1), part(2), part(3), part(4))
        else {
            return Err(bad("a part lies beyond its end"));
        };
        let bytes = match &data {
            Cow::Borrowed(d) => d.get(index..end).map(Cow::Borrowed),
            Cow::Owned(d) => d.get(index..end).map(|d| Cow::Owned(d.to_vec())),
        };
        let index = Map::new(bytes.ok_or_else(|| bad("its index lies beyond its end"))?)
            .map_err(|e| bad(&format!("its index cannot be read ({e})")))?;
        Ok(Pack { data, areas, names, postings, index })
    }

    /// Calls `each` for every place that is filed under the key.
    pub(super) fn find(&self, key: &str, each: &mut dyn FnMut(Entry<'_>)) {
        let Some(at) = self.index.get(key.as_bytes()) else { return };
        let mut at = self.postings + usize::try_from(at).unwrap_or(usize::MAX / 2);
        let Some(count) = varint(&self.data, &mut at) else { return };
        let mut id = 0;
        for _ in 0..count {
            let Some(step) = varint(&self.data, &mut at) else { return };
            id += step >> 1;
            if let Some(mut entry) = self.entry(id) {
                entry.alternate = step & 1 == 1;
                each(entry);
            }
        }
    }

    fn name(&self, at: usize) -> Option<&str> {
        let start = self.names + number(&self.data, at, 3)?;
        let len = number(&self.data, at + 3, 1)?;
        std::str::from_utf8(self.data.get(start..start + len)?).ok()
    }

    fn entry(&self, id: usize) -> Option<Entry<'_>> {
        let at = HEADER + id * RECORD;
        let d = &self.data;
        let area = self.areas + number(d, at + 4, 2)? * AREA;
        let degrees = |at| Some((number(d, at, 3)? as f64 / SCALE * 1e5).round() / 1e5);
        let country = std::str::from_utf8(d.get(area..area + 3)?).ok()?;
        Some(Entry {
            name: self.name(at)?,
            country: if country == "   " { "" } else { country },
            admin1: self.name(area + 3)?,
            geonames: number(d, at + 12, 3).filter(|n| *n > 0).and_then(|n| u32::try_from(n).ok()),
            lat: degrees(at + 6)? - 90.0,
            lon: degrees(at + 9)? - 180.0,
            population: 10f64.powf(number(d, at + 15, 1)? as f64 / 25.0) - 1.0,
            class: Class::from_number(number(d, at + 16, 1)?),
            alternate: false,
            own: false,
        })
    }
}

struct Names {
    heap: Vec<u8>,
    at: BTreeMap<String, usize>,
}

impl Names {
    fn add(&mut self, name: &str) -> [u8; 4] {
        let mut cut = name.len().min(MAX_NAME);
        while !name.is_char_boundary(cut) {
            cut -= 1;
        }
        let name = name.get(..cut).unwrap_or("");
        let at = *self.at.entry(name.to_string()).or_insert_with(|| {
            self.heap.extend_from_slice(name.as_bytes());
            self.heap.len() - name.len()
        });
        let [a, b, c, _] = (at as u32).to_le_bytes();
        [a, b, c, cut as u8]
    }
}

fn push_varint(out: &mut Vec<u8>, mut n: usize) {
    while n >= 0x80 {
        out.push((n & 0x7f) as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Compiles rows; the same rows give the same bytes.
pub(super) fn compile(rows: &[Row]) -> Result<Vec<u8>, Error> {
    let mut order: Vec<(String, &Row)> = rows.iter().map(|r| (fold(&r.name), r)).collect();
    order.sort_by(|(a, x), (b, y)| {
        a.cmp(b).then(y.population.total_cmp(&x.population)).then(x.geonames.cmp(&y.geonames))
    });

    let mut names = Names { heap: Vec::new(), at: BTreeMap::new() };
    let mut areas: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let (mut area_bytes, mut records) = (Vec::new(), Vec::new());
    let mut filed: BTreeMap<String, BTreeMap<usize, bool>> = BTreeMap::new();
    for (id, (folded, row)) in order.iter().enumerate() {
        let next = areas.len();
        let area = *areas.entry((&row.country, &row.admin1)).or_insert_with(|| {
            let mut country = row.country.as_bytes().to_vec();
            country.resize(3, b' ');
            area_bytes.extend(country);
            area_bytes.extend(names.add(&row.admin1));
            next
        });
        let area = u16::try_from(area)
            .map_err(|_| Error::codebook("more than 65,536 first-level divisions").remedy("leave some out"))?;
        records.extend(names.add(&row.name));
        records.extend(area.to_le_bytes());
        let degrees = |x: f64| ((x * SCALE).round() as u32).to_le_bytes();
        records.extend_from_slice(&degrees(row.lat + 90.0)[..3]);
        records.extend_from_slice(&degrees(row.lon + 180.0)[..3]);
        records.extend_from_slice(&row.geonames.unwrap_or(0).to_le_bytes()[..3]);
        records.push(((row.population + 1.0).log10() * 25.0).round().clamp(0.0, 255.0) as u8);
        records.push(row.class as u8);
        if !folded.is_empty() {
            filed.entry(folded.clone()).or_default().insert(id, false);
        }
        // So that "the Swedish capital" can be looked up.
        if row.class == Class::Capital && !row.country.is_empty() {
            filed.entry(format!("^{}", row.country)).or_default().insert(id, false);
        }
        for other in &row.alternates {
            let k = key(other);
            if k.len() > 1 {
                filed.entry(k).or_default().entry(id).or_insert(true);
            }
        }
    }

    let mut postings = Vec::new();
    let mut index = fst::MapBuilder::memory();
    let fault = |e: fst::Error| Error::codebook(format!("the gazetteer cannot be indexed: {e}"));
    for (k, ids) in &filed {
        index.insert(k.as_bytes(), postings.len() as u64).map_err(fault)?;
        push_varint(&mut postings, ids.len());
        let mut last = 0;
        for (id, alternate) in ids {
            push_varint(&mut postings, (id - last) << 1 | usize::from(*alternate));
            last = *id;
        }
    }
    let index = index.into_inner().map_err(fault)?;

    let mut out = MAGIC.to_vec();
    let mut at = HEADER + records.len();
    for len in [area_bytes.len(), names.heap.len(), postings.len(), index.len(), 0] {
        out.extend(u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes());
        at += len;
    }
    for part in [records, area_bytes, names.heap, postings, index] {
        out.extend(part);
    }
    Ok(out)
}
