use super::*;
use crate::record::{Name, Precision, Stamp, Token};
use proptest::prelude::*;
use std::sync::LazyLock;

static BOOK: LazyLock<TimeBook> = LazyLock::new(|| TimeBook::built_in().unwrap());

fn short(found: &[When]) -> String {
    found.iter().map(|w| format!("{}={}", w.text, w.value)).collect::<Vec<_>>().join("; ")
}

/// Text, day of writing, what must come out.
type Row = (&'static str, &'static str, &'static str);

fn table(rows: &[Row]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, day, want)| (text, want, short(&find(text, day.parse().ok(), &BOOK))))
        .filter(|(_, want, got)| *want != got)
        .map(|(text, want, got)| format!("{text}\n  wanted {want}\n  got    {got}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn tense_and_nearness_choose_the_year() {
    table(&[
        ("The envoys met on Tuesday.", "2019-11-14", "Tuesday=2019-11-12"),
        ("The envoys will meet on Tuesday.", "2019-11-14", "Tuesday=2019-11-19"),
        ("She had given them until Tuesday.", "2019-11-14", "Tuesday=2019-11-12"),
        ("The deadline runs until Tuesday.", "2019-11-14", "Tuesday=2019-11-19"),
        ("The envoys met on March 3.", "2019-11-14", "March 3=2019-03-03"),
        ("The envoys set a meeting for Dec. 2.", "2019-11-14", "Dec. 2=2019-12-02"),
        ("The year ended March 31 was bad.", "2019-11-14", "The year=P1Y; March 31=2019-03-31"),
        ("No interest in December Talks\n\nHe said so.", "2019-11-14", "December=2019-12"),
        ("He might have called in late July.", "2019-09-25", "late July=2019-07"),
        ("The law takes force in two weeks.", "2019-11-14", "two weeks=2019-W48"),
        ("The house was built in two weeks.", "2019-11-14", "two weeks=P2W"),
    ]);
}

#[test]
fn a_story_goes_on_from_the_day_it_named() {
    table(&[
        (
            "The first blast came at 13:40 local time (0040 UTC) on Friday. He was charged the next day.",
            "2019-03-17",
            "13:40 local time=2019-03-15T13:40; 0040 UTC=2019-03-15T00:40Z; Friday=2019-03-15; the next day=2019-03-16",
        ),
        ("It joined in 1997. Since then little moved.", "2019-03-17", "1997=1997; then=1997"),
        ("From March to June 1944 it held.", "2019-03-17", "March=1944-03; June 1944=1944-06"),
        ("From November to June 1944 it held.", "2019-03-17", "November=1943-11; June 1944=1944-06"),
    ]);
}

#[test]
fn without_a_day_of_writing_nothing_is_invented() {
    table(&[
        ("The envoys met on Tuesday.", "", "Tuesday=XXXX-WXX-2"),
        ("The envoys met on March 3.", "", "March 3=XXXX-03-03"),
        ("The envoys met in June.", "", "June=XXXX-06"),
        ("The envoys met last month.", "", "last month=XXXX-XX"),
        ("The envoys met yesterday.", "", "yesterday=XXXX-XX-XX"),
        ("The envoys met ten days ago.", "", "ten days ago=XXXX-XX-XX"),
        ("The envoys met in the spring.", "", "the spring=XXXX-SP"),
        ("The envoys met at 5 p.m. on Tuesday.", "", "5 p.m. on Tuesday=XXXX-XX-XXT17:00"),
        ("The envoys met on 3 March 2018.", "", "3 March 2018=2018-03-03"),
        ("A year-end deadline looms.", "", "year-end=XXXX-12-31"),
    ]);
}

#[test]
fn numbers_and_names_are_no_times() {
    table(&[
        ("About 1,990 people and 2.1990 grams.", "2019-11-14", ""),
        ("Some 1500 soldiers and 2000 people came.", "2019-11-14", ""),
        ("It may march on.", "2019-11-14", ""),
        ("They hope to fall back.", "2019-11-14", ""),
        ("Resolution 1973 and flight 1812.", "2019-11-14", ""),
        ("It cost $1990 or £2010.", "2019-11-14", ""),
        ("The 31 June and 99 o'clock rules.", "2019-11-14", "June=2019-06"),
    ]);
}

#[test]
fn intervals_and_precision_follow_the_value() {
    let rows = [
        ("They met late last month.", "2019-10-21", "2019-10-31", Precision::Month),
        ("They met earlier this month.", "2019-11-01", "2019-11-14", Precision::Month),
        ("They meet later this month.", "2019-11-14", "2019-11-30", Precision::Month),
        ("It is due in the second half of June 2020.", "2020-06-16", "2020-06-30", Precision::Month),
        ("The summit of June 3-5, 2018 failed.", "2018-06-03", "2018-06-05", Precision::Day),
        ("It lasted through the 1990s.", "1990-01-01", "1999-12-31", Precision::Decade),
        ("They met this week.", "2019-11-11", "2019-11-17", Precision::Week),
        ("They met at 5 p.m. GMT on June 3, 2018.", "2018-06-03", "2018-06-03", Precision::Instant),
    ];
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, start, end, precision)| {
            let found = find(text, "2019-11-14".parse().ok(), &BOOK);
            let w = found.first()?;
            let right = w.start.as_deref() == Some(*start) && w.end.as_deref() == Some(*end);
            (!right || w.precision != Some(*precision) || found.len() != 1).then(|| format!("{text}: {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn article(text: &str) -> (Article, Sentence) {
    let stamp = Stamp { value: "2019-11-14T09:30:00Z".into(), precision: Precision::Instant };
    let article = Article { text: text.into(), published: Some(stamp), ..Article::default() };
    let sentence = Sentence { span: Span::new(0, text.len()), place: SentencePlace::Body(0), ..Sentence::default() };
    (article, sentence)
}

#[test]
fn tags_and_names_overrule_words() {
    let text = "Theresa May met April Jones in May.";
    let (article, mut sentence) = article(text);
    assert_eq!(short(&read(&article, std::slice::from_ref(&sentence), &BOOK)), "April=2019-04; May=2019-05");
    sentence.names.push(Name { span: Span::new(0, 11), kind: NameKind::Person, ..Name::default() });
    sentence.names.push(Name { span: Span::new(16, 27), kind: NameKind::Person, ..Name::default() });
    assert_eq!(short(&read(&article, std::slice::from_ref(&sentence), &BOOK)), "May=2019-05");
    sentence.tokens.push(Token { span: Span::new(31, 34), upos: "AUX".into(), ..Token::default() });
    assert_eq!(short(&read(&article, &[sentence], &BOOK)), "");
}

#[test]
fn a_sentence_apart_keeps_its_offsets() {
    let text = "Zürich – first.  They met on Tuesday.";
    let (article, mut sentence) = article(text);
    sentence.span = Span::new(text.find("They").unwrap(), text.len());
    let found = read(&article, &[sentence], &BOOK);
    assert_eq!(found.iter().map(|w| w.span.unwrap().slice(text)).collect::<Vec<_>>(), ["Tuesday"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn spans_slice_to_their_text_and_stand_in_order(
        pieces in prop::collection::vec(
            prop_oneof![
                "\\PC{0,12}",
                Just("Thursday".to_string()), Just("İstanbul’s".to_string()), Just("the end of".to_string()),
                Just("99999999999 years ago".to_string()), Just("31 February".to_string()), Just("9999-12-31".to_string()),
                Just("in 9999".to_string()), Just("next century".to_string()), Just("½ hour".to_string()), Just("\n\n".to_string()),
                Just("12/31/1999 24:59".to_string()), Just("1 BC".to_string()), Just("400000 decades later".to_string()),
                Just("the 30th of Ramadan 1599".to_string()), Just("Q4 1000".to_string()), Just("p.m. May".to_string()),
            ],
            0..14,
        ),
        day in prop_oneof![Just(None), Just(Some("2019-11-14")), Just(Some("0001-01-01")), Just(Some("9999-12-31"))],
    ) {
        let text = pieces.join(" ");
        let found = find(&text, day.and_then(|d| d.parse().ok()), &BOOK);
        let mut end = 0;
        for when in &found {
            let span = when.span.unwrap();
            prop_assert!(span.start >= end && !span.is_empty(), "{when:?} in {text:?}");
            prop_assert_eq!(span.slice(&text), when.text.as_str());
            prop_assert!(!when.value.is_empty());
            prop_assert_eq!(when.start.is_some(), when.end.is_some());
            end = span.end;
        }
    }
}
