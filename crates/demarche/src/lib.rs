//! Demarche reads news pages and writes down the diplomatic and political steps in them as data: who did what to whom,
//! when, where, on whose word and on what terms; each value with the exact characters that it was read from.
//!
//! The library takes bytes and gives plain data ([`record`]). It opens no connection, reads no clock and keeps no
//! global state. Offsets are byte ranges of [`record::Article::text`] throughout.

pub mod codebook;
pub mod error;
pub mod event;
pub mod language;
pub mod link;
pub mod mention;
pub mod page;
pub mod record;

pub use error::Error;
