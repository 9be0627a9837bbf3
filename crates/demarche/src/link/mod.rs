//! What belongs together: answers to offers, an act told twice.
