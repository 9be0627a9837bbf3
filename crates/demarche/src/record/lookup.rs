//! From words to the entity that they speak of.

use super::{MentionForm, Mentions, Span};

impl Mentions {
    /// The entity and the mention of it (indices into `entities` and its `mentions`) that best fit a range of tokens
    /// (first and one past the last) of a sentence.
    ///
    /// Best is a mention whose head lies within the range; of several, the one whose extent is most like the range, so
    /// that "the Kenyan minister" gives the minister and "Kenyan" gives Kenya. If no head lies within, the smallest
    /// mention that overlaps the range.
    pub fn entity_at(&self, sentence: usize, tokens: (usize, usize)) -> Option<(usize, usize)> {
        let (first, end) = tokens;
        let mut best: Option<((bool, isize, bool), (usize, usize))> = None;
        for (e, entity) in self.entities.iter().enumerate() {
            for (m, mention) in entity.mentions.iter().enumerate() {
                if mention.sentence != sentence || mention.tokens.0 >= end || mention.tokens.1 <= first {
                    continue;
                }
                let within = first <= mention.head && mention.head < end;
                let (a, b) = mention.tokens;
                let shared = b.min(end) as isize - a.max(first) as isize;
                let apart = (b - a) as isize + end.saturating_sub(first) as isize - 2 * shared;
                let rank = (within, -apart, mention.form != MentionForm::Adjective);
                if best.is_none_or(|(r, _)| rank > r) {
                    best = Some((rank, (e, m)));
                }
            }
        }
        best.map(|(_, found)| found)
    }

    /// The same for a range of bytes of the article's text: the mention that overlaps it and is most like it.
    pub fn entity_at_span(&self, span: Span) -> Option<(usize, usize)> {
        let mut best: Option<(isize, (usize, usize))> = None;
        for (e, entity) in self.entities.iter().enumerate() {
            for (m, mention) in entity.mentions.iter().enumerate() {
                if !mention.span.overlaps(&span) {
                    continue;
                }
                let shared = mention.span.end.min(span.end) as isize - mention.span.start.max(span.start) as isize;
                let rank = 2 * shared - mention.span.len() as isize - span.len() as isize;
                if best.is_none_or(|(r, _)| rank > r) {
                    best = Some((rank, (e, m)));
                }
            }
        }
        best.map(|(_, found)| found)
    }
}

#[cfg(test)]
mod tests {
    use crate::record::{Entity, Mention, MentionForm, Mentions};

    #[test]
    fn the_mention_whose_head_lies_within_wins() {
        // 0 the 1 Kenyan 2 minister 3 met 4 Uganda
        let mention = |tokens: (usize, usize), head: usize, form| Mention { tokens, head, form, ..Mention::default() };
        let entity = |mention: Mention| Entity { mentions: vec![mention], ..Entity::default() };
        let mentions = Mentions {
            entities: vec![
                entity(mention((0, 3), 2, MentionForm::Noun)),
                entity(mention((1, 2), 1, MentionForm::Adjective)),
                entity(mention((4, 5), 4, MentionForm::Name)),
            ],
            ..Mentions::default()
        };
        let rows = [
            ((0, 3), Some((0, 0))),
            ((1, 3), Some((0, 0))),
            ((1, 2), Some((1, 0))),
            ((2, 3), Some((0, 0))),
            ((0, 1), Some((0, 0))),
            ((3, 5), Some((2, 0))),
            ((3, 4), None),
        ];
        let wrong: Vec<String> = rows
            .iter()
            .filter(|(tokens, want)| mentions.entity_at(0, *tokens) != *want)
            .map(|(tokens, want)| format!("{tokens:?}: {:?} in place of {want:?}", mentions.entity_at(0, *tokens)))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
