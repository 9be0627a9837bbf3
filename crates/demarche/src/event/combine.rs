//! Two voices on what happened, the encoder's heads and the codebook's frames, made one.

use super::frames::tree::Tree;
use super::frames::{FrameMatch, attribution, clauses, status};
use crate::record::{Argument, Proposal};

/// The heads' status is taken from this probability on, else grammar may overrule it.
const STATUS_SURE: f32 = 0.75;
/// A frame of another type prevails where the heads give its type at least this probability and are not sure of theirs.
const SECOND_CHOICE: f32 = 0.2;
const SURE: f32 = 0.6;
/// What the heads propose with less than this is cut as the frame cuts it.
const FAINT: f32 = 0.4;
/// A frame of at least this weight prevails over heads that are not even this sure, and its mode over theirs.
const HEAVY: f32 = 0.5;
const VERY_SURE: f32 = 0.75;

/// Types that the heads were trained on.
const HEADS: &[&str] = &[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// Types whose content is something said: offered, demanded, refused, threatened.
const TALKS_OF: &[&str] = &["AGREE", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"];

/// What the two voices together say of one act. Token ranges are of the sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Act {
    pub sentence: usize,
    pub predicate: (usize, usize),
    pub kind: String,
    pub mode: Option<String>,
    pub cameo: Option<String>,
    pub status: String,
    /// The weight of the frame, for a type of the user's own that no head knows.
    pub own: Option<f32>,
    pub arguments: Vec<Argument>,
    /// What each argument was read by, in their order.
    pub rules: Vec<String>,
    pub voices: Vec<Voice>,
}

/// Field, rule or head, score, runner-up.
pub(super) type Voice = (String, String, f32, Option<(String, f32)>);

/// The acts of an article, not yet filtered.
pub(super) fn acts(trees: &[Tree], proposals: &[Proposal], frames: &[FrameMatch]) -> Vec<Act> {
    let mut used = vec![false; frames.len()];
    let mut out = Vec::new();
    for p in proposals {
        let near: Vec<usize> = (0..frames.len()).filter(|&i| touches(p, &frames[i])).collect();
        near.iter().for_each(|&i| used[i] = true);
        let kind = p.types.first().map_or("", |t| t.0.as_str());
        let same = near.iter().copied().find(|&i| frames[i].event == kind);
        let frame = same.or(near.first().copied()).map(|i| &frames[i]);
        if let Some(s) = trees.get(p.sentence) {
            let mut act = of_proposal(s, p, frame);
            whole_deadlines(s, &mut act);
            speaker_apart(s, &mut act);
            out.push(act);
        }
    }
    for (frame, used) in frames.iter().zip(used) {
        // a type of the user's own is known to no head
        let own = !HEADS.contains(&frame.event.as_str());
        if (!used || own)
            && let Some(s) = trees.get(frame.sentence)
        {
            let mut act = of_frame(s, frame, own);
            complete(s, &mut act);
            out.push(act);
        }
    }
    out
}

fn touches(p: &Proposal, f: &FrameMatch) -> bool {
    p.sentence == f.sentence && f.predicate.0 < p.predicate.1 && p.predicate.0 < f.predicate.1
}

fn of_proposal(tree: &Tree, p: &Proposal, frame: Option<&FrameMatch>) -> Act {
    let (top, sure) = p.types.first().cloned().unwrap_or_default();
    let mut act = Act {
        sentence: p.sentence,
        predicate: p.predicate,
        kind: top.clone(),
        mode: p.modes.first().map(|m| m.0.clone()).filter(|m| m != "-"),
        arguments: p.arguments.clone(),
        rules: p.arguments.iter().map(|a| format!("head:{}", a.role)).collect(),
        ..Act::default()
    };
    act.voices.push(("predicate".into(), "head:predicate".into(), p.score, None));
    act.voices.push(("event".into(), "head:event".into(), sure, p.types.get(1).cloned()));
    if let Some((_, score)) = p.modes.first() {
        act.voices.push(("mode".into(), "head:mode".into(), *score, p.modes.get(1).cloned()));
    }
    if let Some(f) = frame {
        let second = p.types.iter().find(|t| t.0 == f.event).map_or(0.0, |t| t.1);
        if f.event != top && ((second >= SECOND_CHOICE && sure < SURE) || (f.weight >= HEAVY && sure < VERY_SURE)) {
            act.kind = f.event.clone();
            act.mode = None;
        }
        // what the frame prevailed over stands beside it
        let beaten = Some((top.clone(), sure)).filter(|_| act.kind != top);
        act.voices.push(("event".into(), f.frame.clone(), f.weight, beaten));
        if f.event == act.kind {
            // the heads sometimes see no more of a predicate than a small word beside it
            let content = |t: usize| matches!(tree.upos(t), "VERB" | "NOUN" | "ADJ" | "PROPN");
            if !(p.predicate.0..p.predicate.1).any(content) || p.score < FAINT {
                act.predicate = f.predicate;
            }
            act.cameo = f.cameo.clone();
            act.mode = match &f.mode {
                Some(mode) if f.weight >= HEAVY => Some(mode.clone()),
                _ => act.mode.or_else(|| f.mode.clone()),
            };
            turn_passive(tree, &mut act, f);
            add_missing(&mut act, f);
        }
    }
    settle_status(tree, p.statuses.first(), p.statuses.get(1), &mut act);
    if let Some((f, status)) = frame.and_then(|f| Some((f, f.status.clone()?))).filter(|(f, _)| f.event == act.kind) {
        act.voices.push(("status".into(), f.frame.clone(), f.weight, Some((act.status.clone(), 0.0))));
        act.status = status;
    }
    act
}

fn of_frame(tree: &Tree, f: &FrameMatch, own: bool) -> Act {
    let mut act = Act {
        sentence: f.sentence,
        predicate: f.predicate,
        kind: f.event.clone(),
        mode: f.mode.clone(),
        cameo: f.cameo.clone(),
        own: own.then_some(f.weight),
        ..Act::default()
    };
    act.voices.push(("event".into(), f.frame.clone(), f.weight, None));
    add_missing(&mut act, f);
    settle_status(tree, None, None, &mut act);
    if let Some(status) = &f.status {
        act.status = status.clone();
    }
    act
}

/// "Peru has been offered talks": heads that know words better than grammar take the subject for the actor. Where the
/// verb is passive the frame knows who is acted on; whoever the heads took for the other side then acts.
fn turn_passive(tree: &Tree, act: &mut Act, f: &FrameMatch) {
    if !tree.passive(f.head) {
        return;
    }
    let overlaps = |role: &str, tokens: (usize, usize)| {
        f.arguments.iter().any(|a| a.role == role && a.tokens.0 < tokens.1 && tokens.0 < a.tokens.1)
    };
    let mut turned = false;
    for a in act.arguments.iter_mut().filter(|a| a.role == "actor") {
        if overlaps("recipient", a.tokens) && !overlaps("actor", a.tokens) {
            a.role = "recipient".into();
            turned = true;
        }
    }
    if turned && act.arguments.iter().all(|a| a.role != "actor") {
        for a in act.arguments.iter_mut().filter(|a| a.role == "recipient") {
            if !overlaps("recipient", a.tokens) {
                a.role = "actor".into();
            }
        }
    }
}

/// Takes from the frame the roles that the heads left empty.
fn add_missing(act: &mut Act, f: &FrameMatch) {
    let known: Vec<String> = act.arguments.iter().map(|a| a.role.clone()).collect();
    for part in f.arguments.iter().filter(|a| !known.contains(&a.role)) {
        act.arguments.push(Argument {
            role: part.role.clone(),
            tokens: part.tokens,
            score: f.weight,
            part: part.part.clone(),
        });
        act.rules.push(if part.rule.is_empty() { f.frame.clone() } else { part.rule.clone() });
    }
}

/// A deadline is a whole phrase; the heads sometimes see but a word of it.
fn whole_deadlines(tree: &Tree, act: &mut Act) {
    for a in act.arguments.iter_mut().filter(|a| a.role == "deadline") {
        let mut head = tree.head_of(a.tokens);
        // "by": the phrase is that of the noun which the preposition belongs to
        if tree.rel(head) == "case" {
            head = tree.head(head).unwrap_or(head);
        }
        let phrase = tree.phrase(head);
        a.tokens = (a.tokens.0.min(phrase.0), a.tokens.1.max(phrase.1));
    }
}

/// A speaker by the rules of grammar where the heads saw none: one who is not himself the actor.
fn speaker_apart(tree: &Tree, act: &mut Act) {
    if act.arguments.iter().any(|a| a.role == "speaker") {
        return;
    }
    let Some((tokens, rule)) = attribution::of(tree.sentence, act.predicate).into_iter().next() else { return };
    let acts = |a: &Argument| a.role == "actor" && a.tokens.0 < tokens.1 && tokens.0 < a.tokens.1;
    if !act.arguments.iter().any(acts) {
        act.arguments.push(Argument { role: "speaker".into(), tokens, score: 0.5, part: None });
        act.rules.push(rule.into());
    }
}

/// Fills by rules over the tree what a frame left open: deadline, condition, terms, speaker. Where the heads saw the act
/// they know better what it has: of what these rules added to their acts, four in five were wrong.
fn complete(tree: &Tree, act: &mut Act) {
    let head = tree.head_of(act.predicate);
    let has = |act: &Act, role: &str| act.arguments.iter().any(|a| a.role == role);
    let add = |act: &mut Act, role: &str, found: Option<((usize, usize), &'static str)>| {
        let Some((tokens, rule)) = found.filter(|_| !has(act, role)) else { return };
        act.arguments.push(Argument { role: role.into(), tokens, score: 0.5, part: None });
        act.rules.push(rule.into());
    };
    add(act, "deadline", clauses::deadline(tree, head));
    add(act, "condition", clauses::condition(tree, head));
    if TALKS_OF.contains(&act.kind.as_str()) {
        add(act, "terms", clauses::terms(tree, head));
    }
    add(act, "speaker", attribution::of(tree.sentence, act.predicate).into_iter().next());
    whole_deadlines(tree, act);
}

fn settle_status(tree: &Tree, first: Option<&(String, f32)>, second: Option<&(String, f32)>, act: &mut Act) {
    let verdict = status::of_tree(tree, act.predicate);
    let grammar = if verdict.confident { 0.8 } else { 0.5 };
    match first {
        Some((status, p)) if *p >= STATUS_SURE || !verdict.confident => {
            act.status = status.clone();
            act.voices.push(("status".into(), "head:status".into(), *p, second.cloned()));
            act.voices.push(("status".into(), verdict.rule.into(), grammar, None));
        }
        other => {
            act.status = verdict.status.into();
            act.voices.push(("status".into(), verdict.rule.into(), grammar, other.cloned()));
        }
    }
}
