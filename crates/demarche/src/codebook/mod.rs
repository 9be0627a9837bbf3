//! What a domain expert edits: event types, actors, places, calendars. Compiled in, replaceable at run time.

pub mod actors;
pub mod confidence;
pub mod events;
pub mod places;
pub mod time;

use crate::error::Error;
use std::path::Path;

/// All knowledge that is not in the model.
#[derive(Debug)]
pub struct Codebook {
    pub events: events::EventBook,
    pub actors: actors::ActorBook,
    pub places: places::Gazetteer,
    pub time: time::TimeBook,
    pub confidence: confidence::Confidence,
}

impl Codebook {
    /// The codebook that is compiled in.
    pub fn built_in() -> Result<Self, Error> {
        Ok(Codebook {
            events: events::EventBook::built_in()?,
            actors: actors::ActorBook::built_in()?,
            places: places::Gazetteer::built_in()?,
            time: time::TimeBook::built_in()?,
            confidence: confidence::Confidence::built_in()?,
        })
    }

    /// Reads a folder laid out like `codebook/`. A part (`events/`, `actors/`, `places/`, `time/`, `confidence.toml`) that the folder lacks
    /// is taken from the built-in codebook.
    pub fn load(dir: &Path) -> Result<Self, Error> {
        Ok(Codebook {
            events: events::EventBook::load(dir)?,
            actors: actors::ActorBook::load(dir)?,
            places: places::Gazetteer::load(dir)?,
            time: time::TimeBook::load(dir)?,
            confidence: confidence::Confidence::load(dir)?,
        })
    }
}
