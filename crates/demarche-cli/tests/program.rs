//! The program as people run it: what it writes where, with which exit code, on good and on hostile input.

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for each test, removed with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("demarche-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn program(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.args(args).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

fn run(args: &[&str]) -> Output {
    program(args).output().unwrap()
}

fn feed(args: &[&str], input: &[u8]) -> Output {
    let mut child = program(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn out(o: &Output) -> String {
    String::from_utf8(o.stdout.clone()).expect("standard output is UTF-8")
}

fn err(o: &Output) -> String {
    let text = String::from_utf8_lossy(&o.stderr).into_owned();
    assert!(!text.contains("panicked"), "{text}");
    text
}

fn examples() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").display().to_string()
}

const PAGE: &str = "<html><head><title>Chad Turns Down Offer</title></head><body><article><h1>Chad Turns Down Offer</h1>\
    <p>Chad on Monday rejected an offer by Mali to host talks with the northern rebels, the foreign minister said.</p>\
    <p>Mali had offered to bring both sides together in Bamako in June, and had asked the rebels for a truce.</p>\
    </article></body></html>";

#[test]
fn hostile_pages_end_in_a_note() {
    let folder = Folder::new("hostile");
    let markup = "<div class=\"row wide\"><span></span><a href=\"#\"></a></div>\n".repeat(950_000);
    assert!(markup.len() > 50 << 20);
    let nested = format!("{}<p>Chad rejected an offer by Mali.</p>", "<div>".repeat(100_000));
    let binary: Vec<u8> = (0..200_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let french = "Le gouvernement du Tchad a rejeté lundi une offre de médiation du Mali, selon le ministre des affaires \
        étrangères, qui répondait aux questions des députés devant l'Assemblée nationale.";
    let mut wrong = Vec::new();
    // name, content, note, exit code
    let rows: [(&str, &[u8], &str, i32); 7] = [
        ("empty.html", b"", "empty", 0),
        ("blank.txt", b" \n\n ", "empty", 0),
        ("binary.html", &binary, "binary", 1),
        ("markup.html", markup.as_bytes(), "no-text", 0),
        ("nested.html", nested.as_bytes(), "cut", 0),
        ("no-text.html", b"<html><head><script>x()</script></head><body></body></html>", "no-text", 0),
        ("french.txt", french.as_bytes(), "language", 0),
    ];
    for (name, content, note, code) in rows {
        let path = folder.file(name, content);
        let o = run(&["code", "--what", "articles", &path]);
        let text = out(&o);
        let article: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        let notes: Vec<&str> =
            article["notes"].as_array().into_iter().flatten().filter_map(|n| n["kind"].as_str()).collect();
        if !notes.contains(&note) || o.status.code() != Some(code) || text.lines().count() != 1 {
            wrong.push(format!("{name}: notes {notes:?} for {note}, code {:?} for {code}", o.status.code()));
        }
        if !err(&o).contains(name) {
            wrong.push(format!("{name}: standard error does not name it: {}", err(&o)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_page_without_date_takes_the_one_that_is_given() {
    let folder = Folder::new("date");
    let path = folder.file("a.html", PAGE);
    let without = out(&run(&["code", "--what", "articles", &path]));
    assert!(without.contains("no-date") && !without.contains("\"published\""), "{without}");
    let with = out(&run(&["code", "--what", "articles", "--date", "2004-05-12", &path]));
    assert!(with.contains("\"published\":{\"value\":\"2004-05-12\",\"precision\":\"day\"}"), "{with}");
    let own = folder.file("b.jsonl", "{\"text\": \"Chad left.\", \"date\": \"1999-01-02\"}");
    let with = out(&run(&["code", "--what", "articles", "--date", "2004-05-12", &own]));
    assert!(with.contains("1999-01-02") && !with.contains("2004"), "{with}");
}

#[test]
fn what_cannot_be_read_does_not_end_the_run() {
    let folder = Folder::new("missing");
    let good = folder.file("good.html", PAGE);
    let lines = folder.file("lines.jsonl", "{\"text\": \"Chad left.\"}\n{\"txt\": 1}\n{\"text\": \"Mali left.\"}\n");
    let missing = folder.0.join("god.html").display().to_string();
    let o = run(&["code", "--what", "articles", &missing, &lines, &good]);
    assert_eq!(o.status.code(), Some(1));
    let records: Vec<Value> = out(&o).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let unreadable: Vec<bool> = records.iter().map(|r| r["notes"][0]["kind"] == "unreadable").collect();
    assert_eq!(unreadable, [true, false, true, false, false], "{}", out(&o));
    let messages = err(&o);
    assert!(messages.contains("does not exist; did you mean") && messages.contains("good.html"), "{messages}");
    assert!(messages.contains("lines.jsonl:2"), "{messages}");
    let o = run(&["code", &folder.0.join("nowhere/x.html").display().to_string()]);
    assert_eq!((o.status.code(), out(&o).as_str()), (Some(1), ""));
}

#[test]
fn wrong_use_is_answered_with_a_remedy() {
    let mut wrong = Vec::new();
    for (args, words) in [
        (vec!["cod", "x"], "code"),
        (vec!["code"], "PATH"),
        (vec!["code", "--fromat", "json", "x"], "--format"),
        (vec!["code", "--what", "event", "x"], "events"),
        (vec!["code", "--date", "14.11.2019", "x"], "2019-11-14"),
        (vec!["code", "--min-confidence", "7", "x"], "0.5"),
        (vec!["code", "-j", "0", "x"], "1..=256"),
        (vec!["code", "--codebook", "/nowhere/at/all", "x"], "/nowhere/at/all does not exist"),
        (vec!["types", "REJCET"], "did you mean REJECT?"),
        (vec!["types", "banana"], "the types are ACCUSE"),
        (vec!["explain", "/nowhere/at/all"], "does not exist"),
        (vec!["check", "/nowhere/at/all"], "does not exist"),
    ] {
        let o = run(&args);
        if o.status.code() != Some(2) || !err(&o).contains(words) || !out(&o).is_empty() {
            wrong.push(format!("{args:?}: {:?} {}", o.status.code(), err(&o)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_broken_codebook_names_file_line_and_remedy() {
    let folder = Folder::new("codebook");
    let page = folder.file("page.html", PAGE);
    let broken = folder.file("book/events/water.md", "Water.\n```toml\ntype = \"WATER\"\nquad = 9\nscore = -3\n```\n");
    let dir = folder.0.join("book").display().to_string();
    for (args, code) in
        [(vec!["code", "--codebook", &dir, &page], 2), (vec!["types", "--codebook", &dir], 2), (vec!["check", &dir], 1)]
    {
        let o = run(&args);
        assert_eq!((o.status.code(), out(&o).as_str()), (Some(code), ""), "{args:?} {}", err(&o));
        let message = err(&o);
        assert!(message.contains(&format!("{broken}:4: quad must be 1 to 4; ")), "{message}");
    }
    let empty = folder.0.join("book/events").display().to_string();
    let o = run(&["code", "--codebook", &empty, &page]);
    assert!(o.status.code() == Some(2) && err(&o).contains("is no codebook"), "{}", err(&o));
}

/// docs/own-types.md: a type of one's own is a file, and is coded beside the built-in ones.
#[test]
fn a_type_of_ones_own_is_coded() {
    let book = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/own-types").display().to_string();
    let o = run(&["check", &book]);
    assert_eq!(o.status.code(), Some(0), "{}{}", out(&o), err(&o));
    let folder = Folder::new("own-type");
    let page = folder.file(
        "page.txt",
        "Ankara holds back river\n\nTurkey held back water from Syria for a month, officials said.\n",
    );
    let kinds = |o: &std::process::Output| -> Vec<String> {
        let rows = out(o);
        let event =
            |l: &str| serde_json::from_str::<serde_json::Value>(l).unwrap()["event"].as_str().unwrap().to_string();
        rows.lines().map(event).collect()
    };
    let with = run(&["code", "--codebook", &book, &page]);
    assert!(kinds(&with).contains(&"WATER-CONFLICT".into()), "{}{}", out(&with), err(&with));
    let without = run(&["code", &page]);
    assert!(!kinds(&without).contains(&"WATER-CONFLICT".into()), "{}", out(&without));
}

#[test]
fn a_check_reports_an_example_that_fails() {
    let folder = Folder::new("check");
    folder.file(
        "book/events/water.md",
        "Water.\n```toml\ntype = \"WATER\"\nquad = 3\nscore = -3\n[[frame]]\nid = \"water.cut\"\nverbs = \"zigzag\"\n```\n\
         ## Examples\n- The sun shone.\n  - WATER; shone; actor: sun\n## Counter-examples\n- It rained.\n",
    );
    let o = run(&["check", &folder.0.join("book").display().to_string()]);
    assert_eq!(o.status.code(), Some(1));
    let text = out(&o);
    assert!(text.contains("water.md:12: must give WATER") && text.contains("`water.cut`"), "{text}");
}

#[test]
fn output_does_not_depend_on_threads_or_company() {
    let folder = examples();
    let one = run(&["code", "-j1", &folder]);
    let two = run(&["code", "-j2", &folder]);
    assert!(out(&one).lines().count() > 10, "{}", err(&one));
    assert_eq!(out(&one), out(&two));
    let mut alone = String::new();
    let mut names: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for name in names.iter().filter(|p| p.extension().is_some_and(|e| e == "html" || e == "txt")) {
        alone.push_str(&out(&run(&["code", &name.display().to_string()])));
    }
    assert_eq!(out(&one), alone);
}

#[test]
fn redirected_output_is_json_and_nothing_else() {
    let folder = Folder::new("json");
    let path = folder.file("a.html", PAGE);
    let mut wrong = Vec::new();
    for what in ["events", "articles", "sentences", "mentions"] {
        let o = run(&["code", "--what", what, &path, &path]);
        let lines = out(&o);
        if lines.is_empty() || lines.lines().any(|l| !serde_json::from_str::<Value>(l).is_ok_and(|v| v.is_object())) {
            wrong.push(format!("{what}: {lines}"));
        }
        let list: Value = serde_json::from_str(&out(&run(&["code", "--what", what, "--format", "json", &path, &path])))
            .unwrap_or(Value::Null);
        if list.as_array().map(Vec::len) != Some(lines.lines().count()) {
            wrong.push(format!("{what}: {list}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let none = run(&["code", "--format", "json", "--min-confidence", "1", &folder.file("b.txt", "It rained.")]);
    assert_eq!(out(&none), "[]\n");
}

#[test]
fn standard_input_is_read_by_its_content() {
    let file = Folder::new("stdin");
    let path = file.file("a.html", PAGE);
    assert_eq!(out(&feed(&["code", "-"], PAGE.as_bytes())), out(&run(&["code", &path])));
    let lines = b"{\"text\": \"Chad rejected an offer by Mali.\", \"url\": \"https://example.org/1\", \"date\": \"2004-05-12\"}\n";
    let articles = out(&feed(&["code", "--what", "articles", "-"], lines));
    let article: Value = serde_json::from_str(&articles).unwrap();
    assert_eq!(article["url"], "https://example.org/1");
    assert_eq!(article["text"], "Chad rejected an offer by Mali.");
}

#[test]
fn tables_fit_and_colours_obey() {
    let folder = Folder::new("table");
    let path = folder.file("a.html", PAGE);
    for width in ["60", "100", "160"] {
        let o = program(&["code", "--format", "table", &path]).env("COLUMNS", width).output().unwrap();
        let text = out(&o);
        assert!(text.contains("REJECT") && text.contains("Chad Turns Down Offer"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
        let widest = text.lines().map(|l| l.chars().count()).max().unwrap_or(0);
        assert!(widest <= width.parse().unwrap(), "{widest} > {width}\n{text}");
    }
    let forced = program(&["code", "--format", "table", &path]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(out(&forced).contains('\u{1b}'));
    let none = program(&["code", "--format", "table", &path])
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    assert!(!out(&none).contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let mut child = program(&["code", &examples()]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let o = child.wait_with_output().unwrap();
    assert_eq!(o.status.code(), Some(0), "{}", err(&o));
    assert!(!err(&o).contains("pipe"), "{}", err(&o));
}

#[test]
fn an_event_is_explained() {
    let folder = Folder::new("explain");
    let path = folder.file("a.html", PAGE);
    let all = out(&run(&["explain", &path]));
    assert!(all.contains("[predicate: rejected") && all.contains("[actor: Chad]"), "{all}");
    assert!(all.contains("runner-up") && all.contains("head:"), "{all}");
    let events = out(&run(&["code", &path]));
    let id = serde_json::from_str::<Value>(events.lines().next().unwrap()).unwrap()["id"].as_str().unwrap().to_string();
    let one = out(&run(&["explain", &path, &id[..8]]));
    assert!(one.contains(&id) && one.lines().count() <= all.lines().count(), "{one}");
    assert_eq!(one, out(&run(&["explain", &path, "1"])));
    let o = run(&["explain", &path, "99"]);
    assert!(o.status.code() == Some(2) && err(&o).contains("has no event 99"), "{}", err(&o));
}

#[test]
fn help_and_version() {
    let o = run(&["--version"]);
    assert_eq!(out(&o).trim(), concat!("demarche ", env!("CARGO_PKG_VERSION")));
    for command in ["code", "explain", "check", "types"] {
        let o = run(&["help", command]);
        assert!(o.status.success() && out(&o).contains("Exit codes:"), "{command}: {}", out(&o));
    }
    assert!(out(&run(&["types"])).contains("THREATEN"));
    assert!(out(&run(&["types", "reject"])).contains("Counter-examples"));
}
