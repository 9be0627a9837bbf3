//! Rules, calendars and holidays for time expressions.

use crate::error::Error;
use std::path::Path;

/// Rules, calendars and holidays for time expressions.
#[derive(Debug, Default)]
pub struct TimeBook {}

impl TimeBook {
    /// The part that is compiled in.
    pub fn built_in() -> Result<Self, Error> {
        Ok(TimeBook::default())
    }

    /// Reads `dir/time`, or the built-in part where there is none.
    pub fn load(_dir: &Path) -> Result<Self, Error> {
        Self::built_in()
    }
}
