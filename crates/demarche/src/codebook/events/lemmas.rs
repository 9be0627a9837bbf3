//! Which dictionary words a form may belong to. The parser's lemma is one voice; a rare verb (`lodged`, `besieged`) it may
//! cut wrongly, and a frame must not fail for that: every candidate is offered, and only those that a frame names count.

use super::words::normal;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Irregular forms, each group a lemma and its forms.
const IRREGULAR: &str = "beat beat beaten|become became|begin began begun|bend bent|bind bound|bite bit bitten|blow blew blown|break broke broken|\
bring brought|build built|burn burnt|buy bought|catch caught|choose chose chosen|come came|cut cut|deal dealt|dig dug|draw drew drawn|drink drank drunk|\
drive drove driven|eat ate eaten|fall fell fallen|feed fed|feel felt|fight fought|find found|flee fled|fling flung|fly flew flown|forbid forbade forbidden|\
forget forgot|forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|go went gone|grind ground|grow grew grown|hang hung|have had has|\
hear heard|hide hid hidden|hit hit|hold held|hurt hurt|keep kept|know knew known|lay laid|lead led|leave left|lend lent|let let|lie lay lain lying|light lit|\
lose lost|make made|mean meant|meet met|mow mown|outlaw outlawed|overcome overcame|overrun overran|overthrow overthrew overthrown|overfly overflew overflown|\
override overrode|pay paid|put put|quit quit|read read|rebuild rebuilt|repay repaid|resell resold|rid rid|ride rode ridden|ring rang rung|rise rose risen|\
run ran|say said|see saw seen|seek sought|sell sold|send sent|set set|shake shook shaken|shed shed|shoot shot|show shown|shut shut|shrink shrank|sing sang sung|\
sink sank sunk|sit sat|slay slew slain|sleep slept|slide slid|slit slit|speak spoke spoken|spend spent|spin spun|spit spat|split split|spread spread|spring sprang|\
stand stood|steal stole stolen|stick stuck|sting stung|strike struck stricken|string strung|strive strove|swear swore sworn|sweep swept|swim swam|swing swung|\
take took taken|teach taught|tear tore torn|tell told|think thought|throw threw thrown|tread trod|undergo underwent|undertake undertook undertaken|upbraid upbraided|\
uphold upheld|wake woke woken|wage waging|wear wore worn|weave wove|weep wept|win won|wind wound|withdraw withdrew withdrawn|withhold withheld|withstand withstood|\
wring wrung|write wrote written|retake retook retaken|hand handed|veto vetoes vetoed vetoing|ban banned banning|bar barred barring|drop dropped dropping|stop stopped stopping|\
man men|woman women|child children|gunman gunmen|policeman policemen|fisherman fishermen|militiaman militiamen|businessman businessmen|clansman clansmen|tribesman tribesmen|\
wife wives|knife knives|life lives|thief thieves|person people|airman airmen|crewman crewmen|congressman congressmen|guardsman guardsmen|spokesman spokesmen|lawman lawmen|\
infantryman infantrymen|frogman frogmen|be is are was were been being am|do did done does|carry carried|bury buried|die died dying|tie tied tying";

/// Lemmas of each irregular form.
static BY_FORM: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut forms: HashMap<&str, Vec<&str>> = HashMap::new();
    for group in IRREGULAR.split('|') {
        let mut words = group.split(' ').map(str::trim).filter(|w| !w.is_empty());
        let Some(head) = words.next() else { continue };
        for form in words {
            forms.entry(form).or_default().push(head);
        }
    }
    forms
});

/// Candidates in order of likelihood, in the spelling of [`normal`], without repetition.
pub fn lemmas(form: &str, lemma: &str, upos: &str) -> Vec<String> {
    let mut found = vec![normal(lemma)];
    let form = form.to_lowercase();
    let mut add = |word: String| {
        let word = normal(&word);
        if word.len() > 1 && !found.contains(&word) {
            found.push(word);
        }
    };
    for head in BY_FORM.get(form.as_str()).into_iter().flatten() {
        add((*head).to_string());
    }
    add(form.clone());
    let verbal = matches!(upos, "VERB" | "AUX" | "ADJ");
    if verbal {
        for ending in ["ed", "ing", "d"] {
            let Some(stem) = form.strip_suffix(ending).filter(|s| s.len() > 1) else {
                continue;
            };
            add(stem.to_string());
            add(format!("{stem}e"));
            if let Some(y) = stem.strip_suffix('i') {
                add(format!("{y}y"));
            }
            let mut back = stem.chars().rev();
            if let (Some(a), Some(b)) = (back.next(), back.next())
                && a == b
                && a.is_ascii()
            {
                add(stem.get(..stem.len() - 1).unwrap_or("").to_string());
            }
        }
    }
    for ending in ["s", "es"] {
        if let Some(stem) = form.strip_suffix(ending).filter(|s| s.len() > 2) {
            add(stem.to_string());
        }
    }
    if let Some(stem) = form.strip_suffix("ies") {
        add(format!("{stem}y"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_words() {
        for (form, upos, lemma) in [
            ("lodged", "VERB", "lodge"),
            ("sued", "VERB", "sue"),
            ("criticised", "VERB", "criticize"),
            ("investigating", "VERB", "investigate"),
            ("barred", "VERB", "bar"),
            ("denied", "VERB", "deny"),
            ("withheld", "VERB", "withhold"),
            ("fishermen", "NOUN", "fisherman"),
            ("bishops", "PROPN", "bishop"),
            ("embassies", "NOUN", "embassy"),
            ("kidnapped", "VERB", "kidnap"),
            ("vetoes", "VERB", "veto"),
        ] {
            assert!(lemmas(form, "?", upos).contains(&lemma.to_string()), "{form}: {:?}", lemmas(form, "?", upos));
        }
    }
}
