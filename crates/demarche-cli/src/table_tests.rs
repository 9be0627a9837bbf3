use super::*;
use demarche::record::{Attribution, Stamp};

fn party(name: &str, country: Option<&str>) -> Actor {
    Actor { text: name.into(), name: name.into(), country: country.map(str::to_string), ..Actor::default() }
}

fn event() -> Event {
    let when = |value: &str| When { value: value.into(), text: "then".into(), ..When::default() };
    let mouth = |name: &str| Attribution { name: name.into(), ..Attribution::default() };
    Event {
        event: "REJECT".into(),
        mode: vec!["meet".into()],
        quad: 3,
        actor: vec![party("Abdoulaye Ouattara-Konan", Some("BFA")), party("Chad", Some("TCD"))],
        recipient: vec![party("the Association of Independent River Fishermen", None)],
        third_party: vec![Actor { part: Some("mediator".into()), ..party("Oman", Some("OMN")) }],
        status: "planned".into(),
        outcome: Some("failed".into()),
        date: Some(when("2004-05-12")),
        deadline: Some(when("2004-06-30")),
        place: Some(Place { name: "Ouagadougou".into(), country: Some("BFA".into()), ..Place::default() }),
        attribution: vec![mouth("Radio Sahel"), mouth("Radio Sahel"), mouth("Sahel Monitor")],
        confidence: 0.876,
        ..Event::default()
    }
}

/// The letters of a text, so that it is found again when it is broken over lines.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    let (one, other) = (event(), Event { event: "ASSAULT".into(), status: "happened".into(), ..Event::default() });
    let mut wrong = Vec::new();
    for width in [40, 60, 75, 76, 80, 100, 124, 125, 160, 240] {
        for line in plain(&events_table(&[&one, &other], width)).lines() {
            if line.chars().count() > width {
                wrong.push(format!("{width}: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_field_is_there_at_every_width() {
    let mut wrong = Vec::new();
    for width in [60, 100, 160] {
        let shown = plain(&events_table(&[&event()], width));
        for word in [
            "REJECT",
            "meet",
            "BFA",
            "Chad",
            "TCD",
            "mediator",
            "Oman",
            "2004-05-12",
            "until",
            "2004-06-30",
            "planned",
            "failed",
            "0.88",
        ] {
            if !shown.contains(word) {
                wrong.push(format!("{width}: {word}"));
            }
        }
        if shown.matches("Monitor").count() != 1 || shown.matches("Radio").count() != 1 {
            wrong.push(format!("{width}: each mouth once"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn columns_by_width() {
    for (width, header) in [
        (60, "whowhatwhomwhenwherestatus"),
        (100, "whowhatwhomwhenwherestatussayswho"),
        (160, "whowhatwhomwhenwherestatussayswhoconf"),
    ] {
        let shown = plain(&events_table(&[&event()], width));
        let first = shown.lines().next().unwrap_or("");
        assert_eq!(letters(first), header, "{width}");
    }
}

#[test]
fn wide_layout() {
    let event = Event {
        actor: vec![party("Chad", Some("TCD"))],
        recipient: vec![party("Mali", Some("MLI"))],
        third_party: Vec::new(),
        deadline: None,
        place: None,
        outcome: None,
        ..event()
    };
    insta::assert_snapshot!(plain(&events_table(&[&event], 160)));
    insta::assert_snapshot!(plain(&events_table(&[&event], 100)));
    insta::assert_snapshot!(plain(&events_table(&[&event], 60)));
}

#[test]
fn a_page_has_its_heading() {
    let article = Article {
        title: Some("Chad says no".into()),
        publisher: Some("Sahel Monitor".into()),
        published: Some(Stamp { value: "2004-05-12".into(), ..Stamp::default() }),
        ..Article::default()
    };
    let reading = Reading { article, ..Reading::default() };
    let view = View { what: What::Events, format: crate::args::Format::Table, width: 80, colour: true };
    assert_eq!(plain(&page("x.html", &reading, &view)), "Chad says no\nx.html · Sahel Monitor · 2004-05-12\nno events");
}
