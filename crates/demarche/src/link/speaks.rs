//! Who speaks for whom, as of the story's day: spokesmen, ministers, envoys, agencies.

use crate::record::{Article, Entity, EntityKind, Evidence, Mention, MentionForm, Mentions, SpeaksFor};

/// Offices whose holders speak for what they stand at the head of or were sent by, by a word of the office.
const OFFICES: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "president",
    "minister",
    "premier",
    "chancellor",
    "king",
    "queen",
    "emir",
    "sultan",
    "prince",
    "envoy",
    "ambassador",
    "negotiator",
    "representative",
    "delegate",
    "secretary",
    "chief",
    "commander",
    "leader",
    "chairman",
    "chairwoman",
    "chair",
    "director",
    "head",
    "governor",
    "mayor",
    "speaker",
    "consul",
    "commissioner",
    "general",
    "prosecutor",
    "officer",
    "official",
    "mediator",
];
/// Offices that end.
const PAST: &[&str] = &["former", "ex", "late", "retired", "ousted", "deposed", "outgoing"];

/// Everybody in an article who speaks for a country or body, in the order of their first mention.
pub fn speaks_for(article: &Article, mentions: &Mentions) -> Vec<SpeaksFor> {
    mentions.entities.iter().filter_map(|e| person(article, mentions, e)).collect()
}

fn person(article: &Article, mentions: &Mentions, e: &Entity) -> Option<SpeaksFor> {
    if e.kind != EntityKind::Person {
        return None;
    }
    let role = e.role.clone()?;
    let words: Vec<String> =
        role.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    if words.iter().any(|w| PAST.contains(&w.as_str())) || !words.iter().any(|w| OFFICES.contains(&w.as_str())) {
        return None;
    }
    let body = body(mentions, &role);
    if body.is_none() && e.country.is_none() {
        return None;
    }
    let named = e.mentions.iter().find(|m| m.form == MentionForm::Name);
    let first: &Mention = named.or(e.mentions.first())?;
    let country =
        |c: &str| mentions.entities.iter().find(|x| x.kind == EntityKind::Country && x.country.as_deref() == Some(c));
    let for_name = match (&body, &e.country) {
        (Some(b), _) => b.name.clone(),
        (None, Some(c)) => country(c).map_or_else(|| c.clone(), |x| x.name.clone()),
        (None, None) => return None,
    };
    Some(SpeaksFor {
        name: e.name.clone(),
        text: first.text.clone(),
        span: first.span,
        role,
        for_name,
        country: body.and_then(|b| b.country.clone()).or_else(|| e.country.clone()),
        sector: e.sector.clone(),
        date: article.published.as_ref().map(|p| p.value.chars().take(10).collect()),
        by: e.by.iter().filter(|b| b.field == "role" || b.field == "country").cloned().collect::<Vec<Evidence>>(),
    })
}

/// The body that an office names: "spokeswoman for the Chilean foreign ministry".
fn body<'m>(mentions: &'m Mentions, role: &str) -> Option<&'m Entity> {
    let at = [" for ", " of ", " at ", " to "].iter().filter_map(|p| role.find(p).map(|i| i + p.len())).min()?;
    let named = role.get(at..)?.trim_start_matches("the ").to_lowercase();
    let fits = |m: &Mention| {
        let text = m.text.trim_start_matches("the ").trim_start_matches("The ").to_lowercase();
        m.form != MentionForm::Pronoun && !text.is_empty() && (named.starts_with(&text) || text.starts_with(&named))
    };
    let bodies = mentions.entities.iter().filter(|e| matches!(e.kind, EntityKind::Organisation | EntityKind::Country));
    bodies
        .max_by_key(|e| e.mentions.iter().filter(|m| fits(m)).map(|m| m.text.len()).max())
        .filter(|e| e.mentions.iter().any(fits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(name: &str, kind: EntityKind, country: &str, role: Option<&str>) -> Entity {
        let mention = Mention { text: name.into(), form: MentionForm::Name, ..Mention::default() };
        Entity {
            name: name.into(),
            kind,
            country: Some(country.into()),
            role: role.map(Into::into),
            mentions: vec![mention],
            ..Entity::default()
        }
    }

    #[test]
    fn offices_speak_for_bodies_and_countries() {
        let rows = [
            ("spokeswoman for the foreign ministry", Some("foreign ministry")),
            ("Deputy Foreign Minister", Some("Chile")),
            ("former ambassador", None),
            ("poet", None),
        ];
        let mut wrong = Vec::new();
        for (role, expected) in rows {
            let entities = vec![
                entity("Chile", EntityKind::Country, "CHL", None),
                entity("foreign ministry", EntityKind::Organisation, "CHL", None),
                entity("Marcela Undurraga", EntityKind::Person, "CHL", Some(role)),
            ];
            let found = speaks_for(&Article::default(), &Mentions { entities, ..Mentions::default() });
            let got = found.first().map(|s| s.for_name.as_str());
            if got != expected {
                wrong.push(format!("{role}: {got:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
