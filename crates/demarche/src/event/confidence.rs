//! How likely it is that an event was read right: a weighted sum of what speaks for and against it, by the weights of
//! `codebook/confidence.toml`, which `training/confidence.py` sets by texts that no part of the coder was trained on.

use crate::record::{Event, Evidence};

/// What speaks for or against an event, as numbers, by the names of `confidence.toml`:
///
/// | name | what |
/// | --- | --- |
/// | `predicate`, `type` | how sure the heads are of the predicate and of its type (log odds) |
/// | `second` | probability of the type that the heads hold for second best |
/// | `seconded`, `contradicted`, `overruled` | weight of a frame that agrees, that does not, that prevailed over the heads |
/// | `frame` | 1 where no head saw the event |
/// | `actor`, `recipient` | the best score of such an argument |
/// | `terms`, `told`, `long` | 1 where it has terms; where it did not just happen; where its predicate has three words or more |
/// | a type, in small letters | 1 for an event of that type |
#[must_use]
pub fn signs(event: &Event) -> Vec<(String, f32)> {
    let evidence = |field: &str, by: &str| event.evidence.iter().find(|e| e.field == field && e.by == by);
    let odds = |e: Option<&Evidence>| {
        e.map_or(0.0, |e| {
            let p = e.score.clamp(0.005, 0.995);
            (p / (1.0 - p)).ln()
        })
    };
    let best = |field: &str| {
        let scores = event.evidence.iter().filter(|e| e.field == field).map(|e| e.score);
        scores.fold(0.0, f32::max)
    };
    let head = evidence("event", "head:event");
    let kind = event.event.to_lowercase();
    let frame = event.evidence.iter().find(|e| e.field == "event" && e.by != "head:event");
    let weight_if = |is: bool| frame.filter(|_| is).map_or(0.0, |f| f.score);
    let same = frame.is_some_and(|f| f.by.split('.').next() == Some(kind.as_str()));
    let prevailed = frame.is_some_and(|f| f.runner_up.is_some());
    let flag = |is: bool| f32::from(u8::from(is));
    vec![
        ("predicate".into(), odds(evidence("predicate", "head:predicate"))),
        ("type".into(), odds(head)),
        ("second".into(), head.and_then(|h| h.runner_up.as_ref()).map_or(0.0, |r| r.1)),
        ("seconded".into(), weight_if(same && head.is_some() && !prevailed)),
        ("contradicted".into(), weight_if(!same)),
        ("overruled".into(), weight_if(prevailed)),
        ("frame".into(), flag(head.is_none())),
        ("actor".into(), best("actor")),
        ("recipient".into(), best("recipient")),
        ("terms".into(), flag(event.terms.is_some())),
        ("told".into(), flag(event.status != "happened")),
        ("long".into(), flag(event.predicate.text.split_whitespace().count() > 2)),
        (kind, 1.0),
    ]
}
