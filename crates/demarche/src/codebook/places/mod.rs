//! Place names with coordinates: the compiled table of GeoNames (CC BY 4.0) and hand-written seas, rivers, mountains and
//! regions, with the user's own tables beside them.

mod fold;
mod pack;
mod table;

#[cfg(test)]
mod tests;

use crate::error::Error;
pub use fold::{after_comma, fold, short};
use pack::Pack;
use std::borrow::Cow;
use std::path::Path;

static COMPILED: &[u8] = include_bytes!("../../../codebook/places/gazetteer.bin");
const FEATURES: &str = include_str!("../../../codebook/places/features.csv");

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    Country = 0,
    /// State, province, governorate.
    Admin1 = 1,
    /// County, district.
    Admin2 = 2,
    Capital = 3,
    City = 4,
    Continent = 5,
    /// A part of the world or of a country without a government of its own.
    Region = 6,
    Water = 7,
    Mountain = 8,
    Island = 9,
    /// A building, a square, a base.
    Site = 10,
    /// A building or square that stands for a government: the Kremlin.
    Seat = 11,
}

const CLASSES: [(&str, Class); 12] = [
    ("country", Class::Country),
    ("admin1", Class::Admin1),
    ("admin2", Class::Admin2),
    ("capital", Class::Capital),
    ("city", Class::City),
    ("continent", Class::Continent),
    ("region", Class::Region),
    ("water", Class::Water),
    ("mountain", Class::Mountain),
    ("island", Class::Island),
    ("site", Class::Site),
    ("seat", Class::Seat),
];

impl Class {
    fn from_word(word: &str) -> Option<Self> {
        CLASSES.iter().find(|(w, _)| *w == word).map(|(_, c)| *c)
    }

    fn from_number(n: usize) -> Self {
        CLASSES.get(n).map_or(Class::City, |(_, c)| *c)
    }

    fn words() -> String {
        CLASSES.map(|(w, _)| w).join(", ")
    }
}

/// A place of the gazetteer, as found under a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry<'g> {
    /// The main name.
    pub name: &'g str,
    /// ISO 3166-1 alpha-3; empty where none or several.
    pub country: &'g str,
    /// The first-level division; empty where not known.
    pub admin1: &'g str,
    pub geonames: Option<u32>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Inhabitants, within 5 per cent; 0 where not known.
    pub population: f64,
    pub class: Class,
    /// True if it was found under another than its main name.
    pub alternate: bool,
    /// True if it comes from a table written by hand, not from the compiled one.
    pub own: bool,
}

/// One line of a table.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    name: String,
    alternates: Vec<String>,
    country: String,
    admin1: String,
    geonames: Option<u32>,
    lat: f64,
    lon: f64,
    population: f64,
    class: Class,
}

/// Place names with coordinates.
#[derive(Debug)]
pub struct Gazetteer {
    compiled: Pack,
    own: Pack,
}

impl Gazetteer {
    /// The part that is compiled in.
    ///
    /// # Errors
    /// Only if the compiled-in data are damaged.
    pub fn built_in() -> Result<Self, Error> {
        Self::with(&table::csv("features.csv", FEATURES)?)
    }

    fn with(rows: &[Row]) -> Result<Self, Error> {
        Ok(Gazetteer {
            compiled: Pack::open("gazetteer.bin", Cow::Borrowed(COMPILED))?,
            own: Pack::open("places", Cow::Owned(pack::compile(rows)?))?,
        })
    }

    /// Reads every `.csv`, `.json` and `.geojson` file of `dir/places`; they take the place of the hand-written part and
    /// stand before the compiled one. The built-in gazetteer where there is no such folder.
    ///
    /// # Errors
    /// A file that cannot be read or is wrong, with its line and what to do; nothing is half-loaded.
    pub fn load(dir: &Path) -> Result<Self, Error> {
        let dir = dir.join("places");
        if !dir.is_dir() {
            return Self::built_in();
        }
        let unread = |path: &Path, e: std::io::Error| {
            Error::codebook(format!("cannot be read: {e}"))
                .at(path.display().to_string(), None)
                .remedy("check its rights")
        };
        let mut files = Vec::new();
        for file in std::fs::read_dir(&dir).map_err(|e| unread(&dir, e))? {
            files.push(file.map_err(|e| unread(&dir, e))?.path());
        }
        files.sort();
        let mut rows = Vec::new();
        for path in &files {
            let kind = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
            let read: fn(&str, &str) -> Result<Vec<Row>, Error> = match kind.as_str() {
                "csv" => table::csv,
                "json" | "geojson" => table::geojson,
                _ => continue,
            };
            let bytes = std::fs::read(path).map_err(|e| unread(path, e))?;
            let name = path.display().to_string();
            let text = String::from_utf8(bytes).map_err(|e| {
                let upto = e.as_bytes().get(..e.utf8_error().valid_up_to()).unwrap_or_default();
                let line = 1 + upto.iter().filter(|b| **b == b'\n').count();
                Error::codebook("not UTF-8").at(name.clone(), Some(line)).remedy("save the file as UTF-8")
            })?;
            rows.extend(read(&name, &text)?);
        }
        Self::with(&rows)
    }

    /// Everything that is filed under a key (see [`fold`], [`short`], [`after_comma`]), hand-written entries first.
    pub fn find(&self, key: &str) -> Vec<Found> {
        let mut out = Vec::new();
        self.own.find(key, &mut |e| out.push(Found::of(&Entry { own: true, ..e })));
        self.compiled.find(key, &mut |e| out.push(Found::of(&e)));
        out
    }

    /// The capital of a country, by ISO 3166-1 alpha-3.
    pub fn capital(&self, country: &str) -> Option<Found> {
        self.find(&format!("^{country}")).into_iter().next()
    }

    /// True if anything is filed under a key.
    pub fn knows(&self, key: &str) -> bool {
        let mut any = false;
        self.own.find(key, &mut |_| any = true);
        self.compiled.find(key, &mut |_| any = true);
        any
    }

    /// Compiles a CSV table to the bytes that the library carries.
    ///
    /// # Errors
    /// A faulty line of the table, by number.
    pub fn compile(file: &str, csv: &str) -> Result<Vec<u8>, Error> {
        pack::compile(&table::csv(file, csv)?)
    }
}

/// An [`Entry`] that owns its names.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub name: String,
    pub country: String,
    pub admin1: String,
    pub geonames: Option<u32>,
    pub lat: f64,
    pub lon: f64,
    pub population: f64,
    pub class: Class,
    pub alternate: bool,
    pub own: bool,
}

impl Found {
    fn of(e: &Entry<'_>) -> Self {
        Found {
            name: e.name.into(),
            country: e.country.into(),
            admin1: e.admin1.into(),
            geonames: e.geonames,
            lat: e.lat,
            lon: e.lon,
            population: e.population,
            class: e.class,
            alternate: e.alternate,
            own: e.own,
        }
    }
}
