//! Tests of whole pages.

use super::*;
use crate::record::{Precision, Span};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn html(text: &str) -> Article {
    bytes(text.as_bytes(), PageKind::Html)
}

fn bytes(bytes: &[u8], kind: PageKind) -> Article {
    read(&Page { bytes: bytes.to_vec(), kind, ..Page::default() })
}

fn kinds(article: &Article) -> Vec<&str> {
    article.notes.iter().map(|n| n.kind.as_str()).collect()
}

fn body(article: &Article) -> Vec<&str> {
    article.paragraphs.iter().map(|p| p.slice(&article.text)).collect()
}

/// Every span slices, and to the words beside it.
fn check(article: &Article) -> Result<(), String> {
    let whole = |span: &Span, words: Option<&str>| match article.text.get(span.start..span.end) {
        None => Err(format!("{span:?} does not slice a text of {} bytes", article.text.len())),
        Some("") => Err(format!("{span:?} is empty")),
        Some(got) if words.is_some_and(|w| w != got) => Err(format!("{got:?} is not {words:?}")),
        Some(_) => Ok(()),
    };
    article.paragraphs.iter().chain(&article.standfirst).try_for_each(|s| whole(s, None))?;
    article.title_span.iter().try_for_each(|s| whole(s, article.title.as_deref()))?;
    article.captions.iter().try_for_each(|c| whole(&c.span, Some(&c.text)))?;
    article.pull_quotes.iter().try_for_each(|q| whole(&q.span, Some(&q.text)))?;
    for quote in &article.pull_quotes {
        if quote.twin.is_some_and(|t| t >= article.paragraphs.len()) {
            return Err("a twin that is no paragraph".into());
        }
    }
    Ok(())
}

const LEAD: &str = "Envoys of Norland and Sudria sat down in the port city of Vell on Tuesday, the host said, for the first talks in a year.";
const SECOND: &str =
    "“We will not leave the table before the border is open again,” the envoy of Sudria, Ana Perel, told reporters.";
const THIRD: &str = "Norland closed its side of the border in March, after a patrol was fired upon, and has asked for an apology since then.";
const LAST: &str =
    "The two sides agreed to meet again before the end of the month, according to a statement that the host read out.";

fn news() -> String {
    format!(
        r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Envoys meet in Vell | The Daily Example</title>
<meta property="og:site_name" content="The Daily Example"><meta property="article:published_time" content="2021-05-04T09:30:00+02:00">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"BreadcrumbList","itemListElement":[{{"name":"Home"}},{{"name":"World"}},{{"name":"Borders"}}]}},
{{"@type":"NewsArticle","headline":"Envoys meet in Vell","author":[{{"@type":"Person","name":"Jane Roe"}}],"dateModified":"2021-05-04T11:00:00Z"}}]}}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<main><article><h1>Envoys meet in Vell</h1><div class="byline">By Jane Roe and Jo Bloggs</div><time datetime="2021-05-04">4 May 2021</time>
<div class="social-share"><a href="/f">Share on Facebook</a> <a href="/t">Tweet this story</a></div>
<figure><img src="a.jpg"><figcaption>The harbour of Vell at dawn. | Photo: Reuters</figcaption></figure>
<p>VELL (Reuters) - {LEAD}</p><p>{SECOND}</p><aside class="pullquote"><p>We will not leave the table before the border is open again</p></aside><p>{THIRD}</p>
<p><a href="/old">Read more: A year without talks</a></p><p>{LAST}</p>
<p>(Reporting by Jane Roe; Editing by Jo Bloggs)</p></article></main>
<aside class="related"><h3>Related</h3><p><a href="/x">Harvest in the north is late again this year, farmers say</a></p></aside>
<footer>Copyright 2021 The Daily Example. All rights reserved.</footer></body></html>"#
    )
}

#[test]
fn a_news_page_comes_apart_into_its_pieces() {
    let article = html(&news());
    check(&article).unwrap();
    assert_eq!(article.title.as_deref(), Some("Envoys meet in Vell"));
    assert_eq!(article.section, ["World", "Borders"]);
    assert_eq!(article.publisher.as_deref(), Some("The Daily Example"));
    assert_eq!(article.wire.as_deref(), Some("Reuters"));
    assert_eq!(article.byline.people, ["Jane Roe", "Jo Bloggs"]);
    let published = article.published.clone().unwrap();
    assert_eq!((published.value.as_str(), published.precision), ("2021-05-04T09:30:00+02:00", Precision::Instant));
    assert_eq!(article.modified.as_ref().map(|s| s.value.as_str()), Some("2021-05-04T11:00:00Z"));
    assert_eq!(article.language.as_deref(), Some("en"));
    let lead = format!("VELL (Reuters) - {LEAD}");
    assert_eq!(body(&article), [lead.as_str(), SECOND, THIRD, LAST]);
    assert_eq!(article.captions.len(), 1);
    assert_eq!(article.captions[0].text, "The harbour of Vell at dawn.");
    assert_eq!(article.captions[0].credit.as_deref(), Some("Reuters"));
    assert_eq!(article.id.len(), 16);
    assert!(article.notes.is_empty(), "{:?}", article.notes);
}

#[test]
fn a_scrape_comes_apart_into_its_pieces() {
    let caption = "Boats lie in the harbour of Vell on May 3, 2021. | Photo: AFP";
    let text = format!(
        "date 2021-05-04   • Live\nWorld > Borders\n\nEnvoys of Two Neighbours Meet in Vell\n  {caption}\n\n    {caption}\n\nPublished 4 May 2021 (2 hours ago)\n{SECOND}\n\n{LEAD}\n\n{THIRD}\n\n{SECOND}\n\n{LAST}\n\nAFP\nby Vellpost/jr\n"
    );
    let article = bytes(text.as_bytes(), PageKind::Text);
    check(&article).unwrap();
    assert_eq!(article.title.as_deref(), Some("Envoys of Two Neighbours Meet in Vell"));
    assert_eq!(article.section, ["World", "Borders"]);
    let published = article.published.clone().unwrap();
    assert_eq!((published.value.as_str(), published.precision), ("2021-05-04", Precision::Day));
    assert_eq!(article.wire.as_deref(), Some("AFP"));
    assert_eq!(
        (article.byline.organisation.as_deref(), article.byline.initials.as_deref()),
        (Some("Vellpost"), Some("jr"))
    );
    assert_eq!(article.publisher.as_deref(), Some("Vellpost"));
    assert_eq!(article.captions.len(), 1, "{:?}", article.captions);
    assert_eq!(article.captions[0].credit.as_deref(), Some("AFP"));
    assert_eq!(body(&article), [LEAD, THIRD, SECOND, LAST]);
    assert_eq!(article.pull_quotes.len(), 1);
    assert_eq!(article.pull_quotes[0].twin, Some(2));
}

#[test]
fn a_body_is_left_as_it_is() {
    let text = format!("{LEAD}\n\nBy Jane Roe\n\n  {THIRD}\n{LAST}\n");
    let page = Page {
        bytes: text.into_bytes(),
        kind: PageKind::Body,
        title: Some("Envoys meet".into()),
        date: Some("2021-05-04".into()),
        ..Page::default()
    };
    let article = read(&page);
    check(&article).unwrap();
    let joined = format!("{THIRD} {LAST}");
    assert_eq!(body(&article), [LEAD, "By Jane Roe", joined.as_str()]);
    assert_eq!(article.published.unwrap().precision, Precision::Day);
    assert_eq!(article.text.split("\n\n").next(), Some("Envoys meet"));
}

#[test]
fn words_survive_every_encoding() {
    let words = "Le président a reçu l’émissaire à Genève, où les délégués siègent depuis l’été dernier, a déclaré son porte-parole.";
    let page = |charset: &str| {
        format!(
            "<html><head><meta charset=\"{charset}\"></head><body><article><h1>À Genève</h1><p>{words}</p><p>Les délégués sont arrivés à la fin de la journée, à l’hôtel de ville.</p></article></body></html>"
        )
    };
    let mut wrong = Vec::new();
    for (name, encoding, declared) in [
        ("utf-8", encoding_rs::UTF_8, "utf-8"),
        ("windows-1252", encoding_rs::WINDOWS_1252, "windows-1252"),
        ("undeclared windows-1252", encoding_rs::WINDOWS_1252, ""),
        ("declared utf-8, yet windows-1252", encoding_rs::WINDOWS_1252, "utf-8"),
    ] {
        let raw = encoding.encode(&page(declared)).0.into_owned();
        let article = bytes(&raw, PageKind::Html);
        if body(&article).first() != Some(&words) {
            wrong.push((name, body(&article).join("|")));
        }
    }
    let mut wide = vec![0xff, 0xfe];
    wide.extend(page("").encode_utf16().flat_map(u16::to_le_bytes));
    if body(&bytes(&wide, PageKind::Detect)).first() != Some(&words) {
        wrong.push(("utf-16", String::new()));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn hostile_pages_give_notes_in_bounded_time() {
    let many = |one: &str, times: usize| one.repeat(times);
    let rows: Vec<(&str, Vec<u8>, PageKind, &str)> = vec![
        ("nothing", vec![], PageKind::Detect, "empty"),
        ("white space", b" \n\t ".to_vec(), PageKind::Detect, "empty"),
        ("an image", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), PageKind::Detect, "binary"),
        ("zeros", vec![0; 4096], PageKind::Html, "binary"),
        ("every byte", (0..=255u8).cycle().take(10_000).collect(), PageKind::Detect, "binary"),
        ("50 MB of markup", many("<p>A paragraph of some words.</p>", 1_600_000).into_bytes(), PageKind::Html, "cut"),
        ("50 MB of text", many("A line of some words that ends here.\n\n", 1_400_000).into_bytes(), PageKind::Text, "cut"),
        ("100,000 nested tags", many("<div>", 100_000).into_bytes(), PageKind::Html, "no-text"),
        ("100,000 nested spans with text", (many("<span>", 100_000) + LEAD).into_bytes(), PageKind::Html, "cut"),
        ("open formatting before each paragraph", (0..20_000).map(|i| format!("<p><b id={i}><i>word")).collect::<String>().into_bytes(), PageKind::Html, "no-date"),
        ("a tag of a million attributes", format!("<p {}>{LEAD}", many("a ", 1_000_000)).into_bytes(), PageKind::Html, "cut"),
        ("unclosed comments", many("<!-- ", 500_000).into_bytes(), PageKind::Html, "no-text"),
        ("unclosed styles", many("<style>", 500_000).into_bytes(), PageKind::Html, "no-text"),
        ("unclosed scripts", many("<script>", 500_000).into_bytes(), PageKind::Html, "no-text"),
        ("unclosed quotes", many("<a b='", 500_000).into_bytes(), PageKind::Html, "no-text"),
        ("nested JSON", format!("<html><script type='application/ld+json'>{}</script>", many("[", 100_000)).into_bytes(), PageKind::Html, "no-text"),
        ("nested tables", many("<table><tr><td>", 30_000).into_bytes(), PageKind::Html, "no-text"),
        ("no text", b"<html><body><img src=a.png></body></html>".to_vec(), PageKind::Html, "no-text"),
        ("no date", format!("<html><body><h1>Envoys meet</h1><p>{LEAD}</p></body></html>").into_bytes(), PageKind::Html, "no-date"),
        ("German", "Die Gesandten der beiden Länder trafen sich am Dienstag in der Hafenstadt, um über die Öffnung der Grenze zu sprechen.".as_bytes().to_vec(), PageKind::Text, "language"),
        ("one long line", many("word ", 1_000_000).into_bytes(), PageKind::Text, "no-date"),
        ("half a million equal lines", many("The same words stand here again and again today.\n", 100_000).into_bytes(), PageKind::Text, "no-date"),
    ];
    let mut wrong = Vec::new();
    for (name, raw, kind, note) in rows {
        let start = Instant::now();
        let article = bytes(&raw, kind);
        let took = start.elapsed();
        if let Err(e) = check(&article) {
            wrong.push(format!("{name}: {e}"));
        }
        if !kinds(&article).contains(&note) {
            wrong.push(format!("{name}: no note `{note}` in {:?}", kinds(&article)));
        }
        // Generous, as tests run unoptimised beside others; what this guards against takes hours.
        if took > Duration::from_secs(60) {
            wrong.push(format!("{name}: took {took:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn dates_keep_the_precision_of_the_page() {
    let rows = [
        ("14 November 2019", Some("2019-11-14")),
        ("Nov. 14, 2019", Some("2019-11-14")),
        ("Published: Thursday, November 14th, 2019", Some("2019-11-14")),
        ("2019-11-14", Some("2019-11-14")),
        ("2019/11/14 09:30", Some("2019-11-14T09:30")),
        ("14.11.2019", Some("2019-11-14")),
        ("25/12/2019", Some("2019-12-25")),
        ("12/25/2019", Some("2019-12-25")),
        // Either way round: not a date.
        ("03/04/2019", None),
        ("31 February 2019", None),
        ("3 hours ago", None),
        ("Nov 14, 2019, 9:30 p.m. EST", Some("2019-11-14T21:30-05:00")),
        ("2019-11-14T09:30:00Z", Some("2019-11-14T09:30:00Z")),
        ("2019-11-14T09:30:00.000+0100", Some("2019-11-14T09:30:00+01:00")),
        ("2019-11-14T00:00:00", Some("2019-11-14")),
        ("2019-11-14T00:00:00Z", Some("2019-11-14")),
        ("Nov 14, 2019 12:15 am", Some("2019-11-14T00:15")),
    ];
    let wrong: Vec<_> = rows
        .iter()
        .map(|(text, want)| (text, want, stamp::machine(text).or_else(|| stamp::visible(text)).map(|s| s.value)))
        .filter(|(_, want, got)| got.as_deref() != **want)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn signatures_are_split() {
    let rows: &[(&str, &[&str], Option<&str>, Option<&str>, Option<&str>)] = &[
        ("By Jane Roe", &["Jane Roe"], None, None, None),
        ("By Jane Roe and Jo Bloggs", &["Jane Roe", "Jo Bloggs"], None, None, None),
        ("by Vellpost/jr", &[], Some("Vellpost"), Some("jr"), None),
        ("Written by Jane Roe, Senior Correspondent", &["Jane Roe"], None, None, None),
        ("JANE ROE, Associated Press", &["JANE ROE"], Some("Associated Press"), None, Some("AP")),
        ("By Reuters", &[], Some("Reuters"), None, Some("Reuters")),
        ("Example News Staff", &[], Some("Example News Staff"), None, None),
        ("By Jane Roe | May 4, 2021", &["Jane Roe"], None, None, None),
    ];
    let mut wrong = Vec::new();
    for (text, people, organisation, initials, agency) in rows {
        let (byline, wire) = byline::read(text);
        let same = byline.people == *people
            && byline.organisation.as_deref() == *organisation
            && byline.initials.as_deref() == *initials
            && wire.as_deref() == *agency;
        if !same {
            wrong.push((text, byline, wire));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn agencies_are_told_from_sentences_that_mention_them() {
    let rows = [
        (wire::credit_line("Reuters"), Some("Reuters")),
        (wire::credit_line("(AFP/Reuters)"), Some("AFP")),
        (wire::credit_line("Source: Xinhua"), Some("Xinhua")),
        (wire::credit_line("With inputs from AP"), Some("AP")),
        (wire::credit_line("Reuters reported it first"), None),
        (wire::dateline("VELL (Reuters) - Envoys met."), Some("Reuters")),
        (wire::dateline("VELL, May 4 (Xinhua) -- Envoys met."), Some("Xinhua")),
        (wire::dateline("VELL, May 4. /TASS/. Envoys met."), Some("TASS")),
        (wire::dateline("The envoy told the agency (Reuters) - and others - that talks failed."), None),
        (wire::closing("Copyright 2021 The Associated Press. All rights reserved."), Some("AP")),
        (wire::closing("They will meet again. (dpa)"), Some("dpa")),
        (wire::closing("They will meet again (in May)."), None),
    ];
    let wrong: Vec<_> = rows.iter().enumerate().filter(|(_, (got, want))| got.as_deref() != *want).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn lines_of_the_page_are_not_lines_of_the_story() {
    let rows = [
        ("Share", true),
        ("Share on Facebook", true),
        ("Read more: A year without talks", true),
        ("5 min read", true),
        ("Follow us on Twitter", true),
        ("• Live", true),
        ("Advertisement", true),
        ("You are visitor no. 204", true),
        ("Copyright 2021 The Daily Example. All rights reserved.", true),
        ("Share prices in Vell fell by a tenth on Monday.", false),
        ("More than forty people came.", false),
        ("Sharing the river was never easy, the envoy said.", false),
        ("Photographs show a line of trucks at the border.", false),
    ];
    let wrong: Vec<_> = rows.iter().filter(|(text, want)| line::furniture(text) != *want).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_give_an_article_whose_spans_slice(raw in proptest::collection::vec(any::<u8>(), 0..600), kind in 0..4usize) {
        let kind = [PageKind::Detect, PageKind::Html, PageKind::Text, PageKind::Body][kind];
        prop_assert_eq!(check(&bytes(&raw, kind)), Ok(()));
    }

    #[test]
    fn any_markup_gives_an_article_whose_spans_slice(parts in proptest::collection::vec(prop_oneof![
        Just("<p>".to_owned()), Just("</p>".to_owned()), Just("<div class='comments'>".to_owned()), Just("</div>".to_owned()), Just("<h1>".to_owned()), Just("</h1>".to_owned()),
        Just("<table><tr><td>".to_owned()), Just("<!--".to_owned()), Just("-->".to_owned()), Just("<a href='".to_owned()), Just("'>".to_owned()), Just("<figcaption>".to_owned()),
        Just("<meta property=og:title content=\"".to_owned()), Just("\">".to_owned()), Just("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":".to_owned()),
        Just("<br><br>".to_owned()), Just("By Ål Ø, AP | Photo: ".to_owned()), Just("\u{a0}14 May 2019 – ".to_owned()), Just(LEAD.to_owned()), "\\PC{0,12}",
    ], 0..60)) {
        prop_assert_eq!(check(&html(&parts.concat())), Ok(()));
        prop_assert_eq!(check(&bytes(parts.join("\n").as_bytes(), PageKind::Text)), Ok(()));
    }
}
