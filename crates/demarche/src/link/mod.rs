//! What belongs together: answers to offers, an act told twice.

use crate::record::{Article, Event};

/// Ties the events of one article to each other.
pub fn within(_article: &Article, _events: &mut Vec<Event>) {}
