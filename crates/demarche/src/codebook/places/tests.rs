use super::*;

#[test]
fn built_in_holds_the_world() {
    let book = Gazetteer::built_in().expect("the gazetteer is compiled in");
    let rows = [
        ("nairobi", "KEN", -1.3, 36.8),
        ("=UK", "GBR", 54.7, -2.7),
        (",Tex", "USA", 31.0, -100.1),
        ("sao paulo", "BRA", -23.5, -46.6),
        ("danube", "", 45.5, 20.0),
        ("scott county", "USA", 41.6, -90.5),
    ];
    let near = |f: &Found, lat: f64, lon: f64| (f.lat - lat).abs() < 0.5 && (f.lon - lon).abs() < 0.5;
    let wrong: Vec<&str> = rows
        .iter()
        .filter(|(key, country, lat, lon)| !book.find(key).iter().any(|f| f.country == *country && near(f, *lat, *lon)))
        .map(|r| r.0)
        .collect();
    assert!(wrong.is_empty(), "not found: {wrong:?}");
    assert_eq!(book.capital("SWE").map(|f| f.name).as_deref(), Some("Stockholm"));
    assert!(!book.knows("no such place at all"));
}

#[test]
fn faulty_tables_say_where_and_what_to_do() {
    let rows = [
        ("name,lat\nA,1\n", 1, "column"),
        ("name,lat,lon\nA,1,2\nB,91,2\n", 3, "lat"),
        ("name,lat,lon,country\nA,1,2,Kenya\n", 2, "alpha-3"),
        ("name,lat,lon,class\nA,1,2,moon\n", 2, "moon"),
        ("name,lat,lon\n,1,2\n", 2, "without a name"),
        ("name,lat,lon\n\"A,1,2\n", 2, "quote"),
        ("name,lat,lon\nA,1,2,3\n", 2, "fields"),
        ("name,lat,lon,geonames\nA,1,2,x\n", 2, "GeoNames"),
    ];
    let mut wrong = Vec::new();
    for (text, line, word) in rows {
        match table::csv("mine.csv", text) {
            Ok(_) => wrong.push(format!("{text:?} was taken")),
            Err(e) if e.line() != Some(line) || !e.to_string().contains(word) => wrong.push(format!("{text:?}: {e}")),
            Err(_) => {}
        }
    }
    let feature = "{\"type\": \"FeatureCollection\", \"features\": [\n{\"type\": \"Feature\", \"geometry\":\n\
         {\"type\": \"Point\", \"coordinates\": [36, 1]}, \"properties\": {\"name\": \"Camp Nine\"}},\n\
         {\"type\": \"Feature\", \"geometry\": null, \"properties\": {}}]}";
    match table::geojson("mine.geojson", feature) {
        Err(e) if e.line() == Some(4) && e.to_string().contains("point") => {}
        other => wrong.push(format!("{other:?}")),
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_users_table_is_found_first() {
    let rows = table::csv("mine.csv", "name,alternates,country,lat,lon\n\"Paris, Camp\",Paris|=PX,KEN,0.5,37\n")
        .expect("a good table");
    let book = Gazetteer::with(&rows).expect("it compiles");
    assert_eq!(book.find("paris").first().map(|f| f.country.as_str()), Some("KEN"));
    assert_eq!(book.find("=PX").len(), 1);
    assert!(book.find("paris").len() > 1);
}

#[test]
fn damaged_bytes_are_an_error_or_harmless() {
    let rows = table::csv("mine.csv", "name,lat,lon\nA,1,2\nBee,3,4\n").expect("a good table");
    let whole = pack::compile(&rows).expect("it compiles");
    for cut in 0..whole.len() {
        let bytes = whole.get(..cut).unwrap_or_default().to_vec();
        if let Ok(pack) = Pack::open("cut", Cow::Owned(bytes)) {
            pack.find("bee", &mut |_| {});
        }
    }
    assert!(Pack::open("none", Cow::Borrowed(b"nothing")).is_err());
}
