//! Tests of whole pages.

use super::*;

fn html(text: &str) -> Article {
    read(&Page {
        bytes: text.as_bytes().to_vec(),
        kind: PageKind::Html,
        ..Page::default()
    })
}

#[test]
fn a_small_page_gives_its_title_and_body() {
    let body = "Envoys of both sides sat down on Tuesday, the ministry said, and agreed to talk again next month in the capital. ".repeat(3);
    let page = format!(
        "<html><head><title>Envoys agree to talk</title></head><body><h1>Envoys agree to talk</h1><article><p>{body}</p><p>{body}</p></article></body></html>"
    );
    let article = html(&page);
    assert_eq!(article.title.as_deref(), Some("Envoys agree to talk"));
    assert_eq!(article.paragraphs.len(), 2, "{article:?}");
    for span in &article.paragraphs {
        assert_eq!(span.slice(&article.text), body.trim());
    }
}
