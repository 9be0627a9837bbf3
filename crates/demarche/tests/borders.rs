//! The border rules of docs/plover.md ("Which type, where two fit"): for each, sentences on both sides of the border.

use demarche::record::{Page, PageKind};
use demarche::{Engine, Options};

/// Rule, sentence, what must come out (type, and mode where the rule names one), and what must not.
const ROWS: &[(&str, &str, &[&str], &[&str])] = &[
    ("announced release", "Sudan said it would free the captured pilots next week.", &["CONCEDE"], &["RETREAT"]),
    ("release done", "Sudan freed the captured pilots on Monday.", &["RETREAT"], &["CONCEDE"]),
    ("cooperation to come", "Peru will send rice to Haiti next month.", &["AGREE"], &["AID"]),
    ("aid given", "Peru sent rice to Haiti after the flood.", &["AID"], &["AGREE"]),
    ("joint operation", "Kenya and Uganda held a joint military exercise on the lake.", &["COOPERATE"], &["MOBILIZE"]),
    ("exercise of one", "Belarus held a military exercise near the Lithuanian border.", &["MOBILIZE"], &["COOPERATE"]),
    ("troops for relief", "Turkey sent troops to Nepal to help survivors of the earthquake.", &["AID"], &["MOBILIZE"]),
    ("one person expelled", "Qatar deported an Indian journalist on Tuesday.", &["COERCE deport"], &["SANCTION"]),
    ("diplomats expelled", "Norway expelled two Russian diplomats on Tuesday.", &["SANCTION expel"], &["COERCE"]),
    ("entry barred", "Australia refused entry to the Iranian delegation.", &["REJECT"], &["SANCTION"]),
    ("fighters captured", "The rebels captured nine government soldiers near Goma.", &["ASSAULT abduct"], &["COERCE"]),
    ("arrest by police", "Police in Minsk arrested the opposition leader.", &["COERCE arrest"], &["ASSAULT"]),
    (
        "warrant",
        "A Spanish court issued an arrest warrant for the former president of Peru.",
        &["THREATEN"],
        &["COERCE"],
    ),
    ("meeting called off", "India called off the meeting with Pakistan.", &["REJECT meet"], &["CONSULT"]),
    ("military aid withdrawn", "Washington cut off military aid to Egypt.", &["SANCTION"], &["AID"]),
    ("protest by note", "Greece protested to Turkey in a note about the flights.", &["ACCUSE"], &["PROTEST"]),
    (
        "protest in the street",
        "Thousands of farmers marched in Lima to demand the minister’s resignation.",
        &["PROTEST"],
        &["REQUEST"],
    ),
    (
        "payment ordered",
        "A court in Ottawa ordered the company to pay a fine to the fishermen.",
        &["SANCTION"],
        &["AID"],
    ),
    ("reparation freely given", "Germany paid compensation to the families of the victims.", &["AID"], &["SANCTION"]),
    (
        "troops inside an assault",
        "Rebel fighters moved into the town and killed forty villagers.",
        &["ASSAULT"],
        &["MOBILIZE"],
    ),
];

#[test]
fn both_sides_of_every_border() {
    let engine = Engine::new(Options::default()).unwrap();
    let mut wrong = Vec::new();
    for (rule, sentence, must, must_not) in ROWS {
        let page = Page {
            bytes: sentence.as_bytes().to_vec(),
            kind: PageKind::Body,
            date: Some("2004-05-12".into()),
            ..Page::default()
        };
        let got: Vec<String> = engine
            .read(&page)
            .events
            .iter()
            .map(|e| format!("{} {}", e.event, e.mode.first().map_or("", String::as_str)).trim().to_string())
            .collect();
        let has = |want: &&str| got.iter().any(|g| g == want || g.split(' ').next() == Some(want));
        if !must.iter().all(has) || must_not.iter().any(has) {
            wrong.push(format!("{rule}: {sentence:?} gave {got:?}, not {must:?} without {must_not:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), ROWS.len(), wrong.join("\n"));
}

/// A meeting in which no side is host has actors only; a visitor acts on the host.
#[test]
fn meetings_and_visits() {
    let engine = Engine::new(Options::default()).unwrap();
    let read = |text: &str| {
        let page = Page {
            bytes: text.as_bytes().to_vec(),
            kind: PageKind::Body,
            date: Some("2004-05-12".into()),
            ..Page::default()
        };
        let consult = engine.read(&page).events.into_iter().find(|e| e.event == "CONSULT");
        let countries =
            |list: &[demarche::record::Actor]| list.iter().filter_map(|a| a.country.clone()).collect::<Vec<_>>();
        consult.map(|e| (countries(&e.actor), countries(&e.recipient)))
    };
    let both = read("Envoys of Ghana and Togo met in Geneva on Thursday.");
    assert_eq!(
        both.map(|(mut a, r)| {
            a.sort();
            (a, r)
        }),
        Some((vec!["GHA".into(), "TGO".into()], vec![]))
    );
    let visit = read("The Chilean president visited Japan on Thursday.");
    assert_eq!(visit, Some((vec!["CHL".into()], vec!["JPN".into()])));
}
