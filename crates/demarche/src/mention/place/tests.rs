use super::*;
use crate::record::Span;
use proptest::prelude::*;

fn article(title: &str, body: &str) -> Article {
    let text = format!("{title}\n\n{body}");
    Article {
        title: Some(title.into()),
        title_span: Some(Span::new(0, title.len())),
        paragraphs: vec![Span::new(title.len() + 2, text.len())],
        text,
        ..Article::default()
    }
}

/// Text, and what must be read from it without the encoder's help: words, country, first-level division.
#[test]
fn names_mean_what_the_text_says() {
    let rows: &[(&str, &[(&str, &str, &str)])] = &[
        ("Envoys met in Paris on Monday.", &[("Paris", "FRA", "")]),
        ("A fire broke out in Paris, Texas, overnight.", &[("Paris", "USA", "Texas"), ("Texas", "USA", "")]),
        ("Farmers fled to Kano in northern Nigeria.", &[("Kano", "NGA", ""), ("Nigeria", "NGA", "")]),
        ("Troops left London, Ontario, at noon.", &[("London", "CAN", "Ontario"), ("Ontario", "CAN", "")]),
        ("The treaty was signed in the Swedish capital.", &[("the Swedish capital", "SWE", "")]),
        ("The Kenyan minister flew to Kampala.", &[("Kampala", "UGA", "")]),
        ("Aid arrived in the U.S. from Kenya.", &[("U.S.", "USA", ""), ("Kenya", "KEN", "")]),
        ("The envoy told us nothing of it.", &[]),
        ("Ships crossed the South China Sea.", &[("South China Sea", "", "")]),
        ("Workers marched in Zürich.", &[("Zürich", "CHE", "")]),
        ("President Washington was remembered.", &[]),
        ("Loans came from the Bank of America yesterday.", &[]),
    ];
    let book = Gazetteer::built_in().expect("the gazetteer is compiled in");
    let mut wrong = Vec::new();
    for (body, want) in rows {
        let got = read(&article("What happened", body), &[], &book);
        let text: Vec<&str> = got.iter().map(|p| p.text.as_str()).collect();
        let words: Vec<&str> = want.iter().map(|w| w.0).collect();
        if text != words {
            wrong.push(format!("{body}: {text:?}, not {words:?}"));
            continue;
        }
        for (p, (words, country, admin1)) in got.iter().zip(want.iter()) {
            if p.country.as_deref().unwrap_or("") != *country {
                wrong.push(format!("{body}: {words} is in {:?}", p.country));
            }
            if !admin1.is_empty() && p.admin1.as_deref() != Some(admin1) {
                wrong.push(format!("{body}: {words} is in {:?}", p.admin1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Any text gives places whose spans slice back to their words, in order, without overlap.
    #[test]
    fn spans_fit(body in "([A-Z]?[a-zäé’'.,-]{0,6}[ \n]?(Paris|Lagos|U\\.S\\.|the Swedish capital|, Texas)?[ ,]?){0,20}") {
        let book = Gazetteer::built_in().expect("the gazetteer is compiled in");
        let article = article("Ümläut", &body);
        let places = read(&article, &[], &book);
        let mut last = 0;
        for p in &places {
            prop_assert_eq!(p.span.slice(&article.text), p.text.as_str());
            prop_assert!(p.span.start >= last && !p.span.is_empty());
            last = p.span.end;
        }
    }
}
