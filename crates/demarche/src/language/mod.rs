//! Sentences, tokens, syntax, names and event proposals from one pass of one encoder.
