//! Maps on other sites: who may frame them, what is pasted, and that it keeps working.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

use crate::harness::{Answer, SQUARE, Server, demo, geopackage, origin_in, polygon, run, scratch};

fn listed(list: &Value) -> &[Value] {
    list.as_array().map_or(&[], Vec::as_slice)
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn unescaped(html: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// The values of an attribute, as they mean.
fn attributes(html: &str, name: &str) -> Vec<String> {
    let open = format!(" {name}=\"");
    html.split(&open).skip(1).filter_map(|rest| rest.split('"').next()).map(unescaped).collect()
}

/// Every address in a piece of HTML, as the server is asked.
fn targets(server: &Server, html: &str) -> Vec<String> {
    let home = format!("http://{}", server.address);
    let mut all = attributes(html, "src");
    all.extend(attributes(html, "href"));
    for set in attributes(html, "srcset") {
        all.extend(set.split(", ").filter_map(|one| Some(one.split(' ').next()?.to_owned())));
    }
    all.iter().map(|address| address.strip_prefix(&home).unwrap_or(address).to_owned()).collect()
}

fn frame(server: &Server, target: &str) -> String {
    let answer = server.get(target);
    assert_eq!(answer.status, 200, "{target}: {}", answer.text());
    answer.text()
}

/// What the script of a frame is told.
fn told(html: &str) -> Value {
    let (_, rest) = html.split_once("id=\"wk-configuratie\">").expect("a configuration");
    let (json, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str::<Value>(json).expect("JSON")["insluiting"].clone()
}

fn configured(text: &str) -> Server {
    let folder = scratch();
    let path = folder.path().join("wijkzicht.toml");
    fs::write(&path, text).expect("a temporary file");
    let atlas = demo();
    Server::start(&[
        "--data",
        atlas.to_str().expect("UTF-8"),
        "--config",
        path.to_str().expect("UTF-8"),
    ])
}

fn ancestors(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy").expect("a policy");
    policy.split_once("frame-ancestors ").expect("ancestors").1.to_owned()
}

#[test]
fn any_site_may_frame_a_map_and_nothing_else() {
    let server = Server::demo();
    let framed = server.get("/embed/leefbaarheid");
    assert_eq!(ancestors(&framed), "*");
    assert_eq!(framed.header("x-frame-options"), None, "it knows no list, and would forbid it");
    for target in ["/", "/kaart/leefbaarheid", "/bronnen", "/analyse", "/kaart/leefbaarheid/tabel"]
    {
        let answer = server.get(target);
        assert_eq!(ancestors(&answer), "'self'", "{target}");
        assert_eq!(answer.header("x-frame-options").as_deref(), Some("DENY"), "{target}");
    }
    // A page that says that there is no map is read on the other site as well.
    let unknown = server.get("/embed/geluk");
    assert_eq!((unknown.status, ancestors(&unknown).as_str()), (404, "*"));
    assert!(unknown.text().contains("Dit onderwerp is hier niet."));
    for answer in [&framed, &unknown] {
        assert_eq!(answer.header("set-cookie"), None);
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    }
}

#[test]
fn an_administrator_may_name_the_sites() {
    let sites = "insluiten = ['https://www.gemeente.example', 'https://*.stad.example']";
    let server = configured(sites);
    let framed = server.get("/embed/leefbaarheid");
    assert_eq!(ancestors(&framed), "'self' https://www.gemeente.example https://*.stad.example");
    assert_eq!(framed.header("x-frame-options"), None);
    let code = server.get("/v1/insluiten?indicator=leefbaarheid").ok();
    let told = code["meldingen"][0].as_str().expect("a remark");
    assert!(told.contains("alleen insluiten op https://www.gemeente.example"), "{told}");
    drop(server);
    let closed = configured("insluiten = []");
    assert_eq!(ancestors(&closed.get("/embed/leefbaarheid")), "'self'");
    let home = format!("http://{}/kaart/leefbaarheid", closed.address);
    assert_eq!(closed.get(&format!("/oembed?url={}", encoded(&home))).status, 401);
}

#[test]
fn an_old_address_shows_a_map_and_says_what_is_not_as_it_was_asked() {
    let server = Server::demo();
    for (query, notes, wish) in [
        ("", &[][..], &[("niveau", "buurten"), ("binnen", "land")][..]),
        ("utm_source=brief&fbclid=%FF&&=&a=b=c", &[], &[]),
        ("jaar=1999", &["Het jaar 1999 is er niet; u ziet "], &[]),
        ("jaar=ooit", &["Het jaar ooit is er niet; u ziet "], &[]),
        ("jaar=1999&taal=en", &["The year 1999 is not there; you see "], &[("taal", "en")]),
        ("niveau=huizen", &[], &[("niveau", "buurten")]),
        (
            "binnen=GM0001",
            &["Het gebied GM0001 is er op deze indeling niet"],
            &[("binnen", "land")],
        ),
        ("binnen=GM9003&gebied=BU00000000", &["BU00000000 is er op deze indeling niet"], &[]),
        ("gebied=hier", &["Het gekozen gebied hier is er op"], &[]),
        ("methode=kwantielen&aantalKlassen=4", &[], &[("aantalKlassen", "4")]),
        ("methode=eigen", &["De klassen zijn anders dan gevraagd."], &[]),
        ("methode=eigen&klassegrenzen=3,1", &["De klassen zijn anders"], &[]),
        ("palet=roze&schaal=maan", &["De klassen zijn anders dan gevraagd."], &[]),
        ("met=geluk", &["Het tweede onderwerp, geluk, kan hier niet bij."], &[]),
        // A change between two years the page computes by itself, and says what it cannot.
        ("sinds=1900", &[], &[("sinds", "1900")]),
        ("keuze=jaar,zwemmen,zoeken&zonder=alles&hoogte=1e9&kleuren=roze", &[], &[]),
        ("jaar=2024&jaar=2020", &[], &[("jaar", "2020")]),
    ] {
        let target = format!("/embed/leefbaarheid?{query}");
        let html = frame(&server, &target);
        let told = told(&html);
        let said: Vec<_> = listed(&told["meldingen"]).iter().filter_map(Value::as_str).collect();
        assert_eq!(said.len(), notes.len(), "{target}: {said:?}");
        for (said, note) in said.iter().zip(notes) {
            assert!(said.contains(note), "{target}: {said}");
            assert!(html.contains(&said.replace('\'', "&#39;")), "without script too: {said}");
        }
        for (key, value) in wish {
            assert_eq!(told["wens"][key], *value, "{target}");
        }
        for link in targets(&server, &html).iter().filter(|link| !link.contains("/assets/")) {
            // What it leads to is sound, whatever it was asked with.
            let path = link.split('?').next().unwrap_or_default();
            if !path.starts_with("/src/") {
                assert_eq!(server.get(link).status, 200, "{link} of {target}");
            }
        }
    }
    let options = told(&frame(&server, "/embed/leefbaarheid?keuze=jaar,zwemmen,zoeken&hoogte=500"));
    assert_eq!(options["keuze"], serde_json::json!(["zoeken", "jaar"]));
    assert_eq!(options["hoogte"], 500);
}

#[test]
fn nothing_in_a_query_makes_a_frame_fail() {
    let server = Server::demo();
    let names = [
        "jaar",
        "sinds",
        "niveau",
        "binnen",
        "gebied",
        "methode",
        "aantalKlassen",
        "klassegrenzen",
        "schaal",
        "palet",
        "met",
        "taal",
        "versie",
        "keuze",
        "zonder",
        "interactief",
        "kleuren",
        "hoogte",
        "titel",
        "tekst",
        "z",
        "klassen",
        "bereik",
        "selectie",
        "crs",
        "bbox",
        "x",
    ];
    let values = [
        "",
        "2024",
        "2014",
        "0",
        "-1",
        "1e99",
        "laatste",
        "ja",
        "nee",
        "nl",
        "en",
        "buurten",
        "gemeenten",
        "wijken",
        "GM9003",
        "WK900301",
        "BU90030101",
        "land",
        "twaalf-wijken",
        "eigen",
        "kwantielen",
        "standaarddeviatie",
        "publicatie",
        "1,2",
        "3",
        "99",
        "inwoners",
        "koopwoningen",
        "leefbaarheid",
        "licht",
        "jaar,zoeken",
        "%00",
        "%ff",
        "%F0%9F%92%A9",
        "%22%3E%3Cscript%3E",
        "12/52.1/5.2",
        "+",
        "%",
    ];
    let topics = ["leefbaarheid", "inwoners", "koopwoningen", "leefbaarheid-klasse"];
    let mut state = 20_240_102_u64;
    let mut roll = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..400 {
        let topic = topics[roll(topics.len())];
        let pairs: Vec<_> = (0..roll(7))
            .map(|_| format!("{}={}", names[roll(names.len())], values[roll(values.len())]))
            .collect();
        let target = format!("/embed/{topic}?{}", pairs.join("&"));
        let html = frame(&server, &target);
        assert!(!html.contains("\"><script>"), "{target}");
        // What it settles on is there.
        let told = told_or_nothing(&html);
        if let Some(year) = told["wens"]["jaar"].as_str() {
            let year: u16 = year.parse().expect("a year");
            assert!((2000..2100).contains(&year), "{target}");
        }
    }
}

/// What the script of a frame is told; nothing where there is no script.
fn told_or_nothing(html: &str) -> Value {
    if html.contains("id=\"wk-configuratie\">") { told(html) } else { Value::Null }
}

#[test]
fn a_dialog_is_told_all_that_is_wrong() {
    let server = Server::demo();
    let ask = "/v1/insluiten?indicator=leefbaarheid&niveau=buurten";
    for (query, names) in [
        ("&kleur=rood", &["kleur"][..]),
        ("&keuze=zwemmen&zonder=alles", &["keuze", "zonder"]),
        ("&hoogte=100&breedte=9999", &["hoogte", "breedte"]),
        ("&titel=Hallo", &["titel"]),
        ("&jaar=laatste&tekst=Hallo&versie=abc", &["tekst", "versie"]),
        ("&jaar=1999&binnen=GM0001&methode=eigen", &["jaar", "binnen", "klassegrenzen"]),
        ("&gebied=BU00000000", &["gebied"]),
    ] {
        let problem = server.get(&format!("{ask}{query}")).problem(400);
        let mut told: Vec<_> = listed(&problem["errors"])
            .iter()
            .filter_map(|error| error["location"]["name"].as_str())
            .collect();
        told.sort_unstable();
        let mut names = names.to_vec();
        names.sort_unstable();
        assert_eq!(told, names, "{query}");
    }
    let unknown = server.get("/v1/insluiten?indicator=geluk").problem(400);
    assert_eq!(unknown["errors"][0]["location"]["name"], "indicator");
    server.get("/v1/insluiten").problem(400);
}

#[test]
fn what_is_pasted_leads_somewhere_and_is_safe_to_paste() {
    let server = Server::demo();
    let nasty = "\"><script>alert('x')</script>&amp; <b>";
    for query in [
        String::new(),
        "&jaar=2024&binnen=GM9003&keuze=jaar,zoeken&zonder=legenda&hoogte=700&taal=en".to_owned(),
        format!("&jaar=2024&titel={}&tekst={}", encoded(nasty), encoded(nasty)),
        "&jaar=2024&met=koopwoningen".to_owned(),
    ] {
        let ask = format!("/v1/insluiten?indicator=leefbaarheid&niveau=buurten{query}");
        let code = server.get(&ask).ok();
        let ways = &code["codes"];
        for way in ["plaatje", "iframe", "element"] {
            let html = ways[way].as_str().expect("a text");
            assert!(!html.contains("alert('x')</script>"), "{html}");
            let targets = targets(&server, html);
            assert!(!targets.is_empty());
            for target in targets {
                assert_eq!(server.get(&target).status, 200, "{target} of {way}");
            }
        }
        let iframe = ways["iframe"].as_str().expect("a text");
        assert_eq!(attributes(iframe, "title").len(), 1);
        assert!(iframe.contains("loading=\"lazy\"") && iframe.contains("sandbox=\"allow-scripts "));
        let address = code["adres"].as_str().expect("an address");
        assert_eq!(attributes(iframe, "src"), [address]);
        let home = format!("http://{}", server.address);
        let html = frame(&server, address.strip_prefix(&home).expect("its own"));
        assert!(!html.contains("alert('x')</script>"), "{html}");
        // The frame says nothing is amiss: what the dialog gave is what it shows.
        assert_eq!(told(&html)["meldingen"], serde_json::json!([]), "{address}");
        let oembed = ways["oembed"].as_str().expect("an address");
        let card = server.get(oembed.strip_prefix(&home).expect("its own")).ok();
        assert_eq!(card["type"], "rich");
        assert_eq!(attributes(card["html"].as_str().expect("HTML"), "src"), [address]);
    }
}

#[test]
fn what_goes_with_new_years_says_no_year() {
    let server = Server::demo();
    let ask = "/v1/insluiten?indicator=leefbaarheid&niveau=buurten&binnen=GM9003";
    let latest = server.get(ask).ok();
    for text in
        [&latest["codes"]["plaatje"], &latest["codes"]["iframe"], &latest["codes"]["element"]]
    {
        // The number of a free port may hold anything.
        let text = text.as_str().expect("a text").replace(&server.address.to_string(), "");
        assert!(!text.contains("20"), "a year, or a figure of one: {text}");
    }
    assert!(latest["adres"].as_str().expect("an address").contains("jaar=laatste"));
    let pinned = server.get(&format!("{ask}&jaar=2020")).ok();
    let picture = pinned["codes"]["plaatje"].as_str().expect("a text");
    assert!(picture.contains("jaar=2020") && picture.contains("De laagste score:"), "{picture}");
    assert!(pinned["adres"].as_str().expect("an address").contains("jaar=2020"));
}

#[test]
fn a_cms_finds_the_map_by_its_address() {
    let server = Server::demo();
    let home = format!("http://{}", server.address);
    for (map, shown) in [
        ("/kaart/leefbaarheid?jaar=2020&niveau=wijken", "Leefbaarheid 2020, per wijk"),
        ("/?taal=en", "by neighbourhood"),
        ("/kaart/inwoners?binnen=GM9003&z=12/52.1/5.2&gebied=", "Inwoners"),
    ] {
        let page = frame(&server, map);
        let links = targets(&server, &page);
        let links: Vec<_> = links.iter().filter(|link| link.starts_with("/oembed?")).collect();
        assert_eq!(links.len(), 2, "JSON and XML: {page}");
        let card = server.get(links[0]).ok();
        assert!(card["title"].as_str().is_some_and(|title| title.contains(shown)), "{card}");
        assert_eq!(card["version"], "1.0");
        let thumbnail = card["thumbnail_url"].as_str().expect("an address");
        let picture = server.get(thumbnail.strip_prefix(&home).expect("its own"));
        assert_eq!(picture.header("content-type").as_deref(), Some("image/png"));
        let xml = server.get(links[1]);
        assert_eq!(xml.header("content-type").as_deref(), Some("text/xml; charset=utf-8"));
        let text = xml.text();
        let (_, html) = text.split_once("<html>").expect("an element");
        let (html, _) = html.split_once("</html>").expect("its end");
        assert_eq!(unescaped(html), card["html"].as_str().expect("HTML"), "both say the same");
    }
    let map = encoded(&format!("{home}/kaart/leefbaarheid"));
    let narrow = server.get(&format!("/oembed?url={map}&maxwidth=320&maxheight=300&for=mij")).ok();
    assert_eq!((&narrow["width"], &narrow["height"]), (&320.into(), &300.into()));
    assert!(
        narrow["html"].as_str().is_some_and(|html| html.contains("width=\"320\" height=\"300\""))
    );
    for elsewhere in ["https://kwaad.example/kaart/leefbaarheid", "/kaart/leefbaarheid", "x"] {
        server.get(&format!("/oembed?url={}", encoded(elsewhere))).problem(404);
    }
    for no_map in ["/v1/indicatoren", "/kaart/geluk", "/gebied/GM9003"] {
        let address = encoded(&format!("{home}{no_map}"));
        server.get(&format!("/oembed?url={address}")).problem(404);
    }
    server.get("/oembed").problem(400);
    assert_eq!(server.get(&format!("/oembed?url={map}&format=yaml")).status, 501);
}

#[test]
fn addresses_are_those_that_the_administrator_says() {
    let atlas = demo();
    let data = atlas.to_str().expect("UTF-8");
    let server = Server::start(&["--data", data, "--base-url", "https://kaart.example/wijken"]);
    let ask = "/v1/insluiten?indicator=leefbaarheid";
    let forged = server.ask("GET", ask, &[("X-Forwarded-Host", "kwaad.example")]).ok();
    let address = forged["adres"].as_str().expect("an address");
    assert!(address.starts_with("https://kaart.example/wijken/embed/leefbaarheid?"), "{address}");
    let page = frame(&server, "/embed/leefbaarheid?jaar=2024");
    let pictures: Vec<_> =
        targets(&server, &page).into_iter().filter(|one| one.contains(".png?")).collect();
    assert!(pictures.len() >= 3);
    for picture in pictures {
        assert!(picture.starts_with("/wijken/v1/lagen/"), "{picture}");
    }
}

#[test]
fn without_script_there_is_all_there_is_to_know() {
    let server = Server::demo();
    let scripted = frame(&server, "/embed/leefbaarheid?jaar=2024&binnen=GM9003");
    let silent = frame(&server, "/embed/leefbaarheid?jaar=2024&binnen=GM9003&interactief=nee");
    assert!(!silent.contains("<script") && !silent.contains("modulepreload"), "{silent}");
    assert!(!silent.contains("<noscript"), "nothing takes its place");
    for html in [&scripted, &silent] {
        assert_eq!(html.matches("<h1>").count(), 1);
        let alt = attributes(html, "alt");
        assert!(alt.len() == 1 && alt[0].starts_with("Fictieve kaart: Leefbaarheid 2024"));
        for words in ["De laagste score:", "Tabel", "Bekijk groot", "Cijfers herzien op"] {
            assert!(html.contains(words), "{words}");
        }
    }
    let fixed = frame(&server, "/embed/leefbaarheid?kleuren=donker&taal=en&zonder=tabel");
    assert!(fixed.contains("<html lang=\"en\" data-kleuren=\"donker\">"), "{fixed}");
    assert!(!fixed.contains("/tabel?"));
    // A text by hand stands above what the program says, and never in its place.
    let own = frame(&server, "/embed/leefbaarheid?jaar=2024&titel=Onze+wijken&tekst=Zie+verder");
    assert!(own.contains("<h1>Onze wijken</h1>") && own.contains("Zie verder"));
    assert!(own.contains("Leefbaarheid 2024, per buurt"));
    let stale = frame(&server, "/embed/leefbaarheid?jaar=laatste&titel=Onze+wijken");
    assert!(!stale.contains("Onze wijken"), "it would outlive its figures");
}

#[test]
fn an_old_name_of_a_topic_leads_to_the_new_one() {
    let server = configured("omleidingen = { veiligheid = 'leefbaarheid' }");
    let html = frame(&server, "/embed/veiligheid?jaar=2024");
    assert!(html.contains("Leefbaarheid 2024, per buurt"));
    assert_eq!(told(&html)["meldingen"], serde_json::json!([]), "it is what was asked");
    let moved = server.get("/kaart/veiligheid?jaar=2020&binnen=GM9003");
    assert_eq!(moved.status, 308);
    assert_eq!(
        moved.header("location").as_deref(),
        Some("/kaart/leefbaarheid?jaar=2020&binnen=GM9003")
    );
    assert_eq!(server.get("/kaart/veiligheid/tabel").status, 200);
    let (old, new) = ("indicator=veiligheid&jaar=2024", "indicator=leefbaarheid&jaar=2024");
    let picture = |query: &str| server.get(&format!("/v1/lagen/wijken.png?{query}")).body;
    assert_eq!(picture(old), picture(new));
    assert_eq!(server.get("/v1/indicatoren/veiligheid").ok()["id"], "leefbaarheid");
    drop(server);
    let folder = scratch();
    let path = folder.path().join("wijkzicht.toml");
    fs::write(&path, "omleidingen = { inwoners = 'leefbaarheid' }").expect("written");
    let atlas = demo();
    run(&["serve", "--data", &atlas.to_string_lossy(), "--config", &path.to_string_lossy()])
        .failed_naming(&["inwoners", "leefbaarheid"]);
}

/// Three buurten of a gemeente, by their codes.
const BUURTEN: [&str; 3] = ["BU00020101", "BU00020102", "BU00020103"];

/// A division of three buurten.
fn import_division(atlas: &Path, folder: &Path) {
    let square = |at: f64| SQUARE.map(|(x, y)| (x + 1000.0 * at, y));
    let rows: Vec<_> = BUURTEN
        .iter()
        .zip([0.0, 1.0, 2.0])
        .map(|(code, at)| {
            let row = format!("'{code}', 'Buurt {at}', 'WK000201', 'GM0002', 'Dorp', 'NEE', 500");
            (row, polygon(&square(at)))
        })
        .collect();
    let rows: Vec<_> = rows.iter().map(|(row, shape)| (row.as_str(), shape.clone())).collect();
    let columns = "buurtcode TEXT, buurtnaam TEXT, wijkcode TEXT, gemeentecode TEXT, \
                   gemeentenaam TEXT, water TEXT, aantal_inwoners INTEGER";
    let file = geopackage(folder, "wijkenbuurten_2024_v1.gpkg", "buurten", columns, &rows);
    run(&["import", "--data", &atlas.to_string_lossy(), &file.to_string_lossy()]).succeeded();
}

/// Scores of some buurten in the publisher's own form.
fn import_scores(atlas: &Path, folder: &Path, year: u16, scores: &[f64]) {
    let rows: Vec<_> = scores.iter().map(|score| format!("4.1,{score},0,0,0,0,0")).collect();
    import_rows(atlas, folder, year, &rows);
}

/// Rows of the publisher's own form, one a buurt.
fn import_rows(atlas: &Path, folder: &Path, year: u16, rows: &[String]) {
    let mut text = "bu_code,bu_naam,jaar,lbm,afw,fys,onv,soc,vrz,won\n".to_owned();
    for (code, row) in BUURTEN.iter().zip(rows) {
        text.push_str(&format!("{code},x,{year},{row}\n"));
    }
    let file = folder.join(format!("Leefbaarometer-scores buurten {year}.csv"));
    fs::write(&file, text).expect("a temporary file");
    let (atlas, file) = (atlas.to_string_lossy(), file.to_string_lossy());
    let vintage = ["--vintage", "2024", "--level", "buurten"];
    run(&[&["import", "--data", &atlas][..], &vintage, &[&file]].concat()).succeeded();
}

#[test]
fn two_topics_that_no_area_has_both_of_are_shown_as_one() {
    let folder = scratch();
    let atlas = folder.path().join("atlas.gpkg");
    import_division(&atlas, folder.path());
    let rows = ["4.1,0.1,0,0,0,0,NA", "NA,NA,NA,NA,NA,NA,0.2", "NA,NA,NA,NA,NA,NA,-0.1"];
    import_rows(&atlas, folder.path(), 2024, &rows.map(str::to_owned));
    let server = Server::on(&atlas);
    let both = "leefbaarheid?met=leefbaarheid-woningvoorraad&niveau=buurten";
    server
        .get("/v1/lagen/buurten.geojson?indicator=leefbaarheid&met=leefbaarheid-woningvoorraad")
        .problem(404);
    let html = frame(&server, &format!("/embed/{both}"));
    let told = told(&html);
    assert_eq!(told["wens"].get("met"), None, "{told}");
    let note = told["meldingen"][0].as_str().expect("a note");
    assert!(note.contains("Het tweede onderwerp") && note.contains("kan hier niet bij"), "{note}");
    for target in targets(&server, &html).iter().filter(|link| !link.contains("/assets/")) {
        assert_eq!(server.get(target).status, 200, "{target}");
    }
    let home = format!("http://{}/kaart/{both}", server.address);
    let pasted = server.get(&format!("/oembed?url={}", encoded(&home))).ok();
    assert!(!pasted["html"].as_str().expect("a text").contains("met="), "{pasted}");
    assert_eq!(server.get(&format!("/kaart/{both}")).status, 200);
}

#[test]
fn what_is_sensitive_is_no_second_topic_on_another_site() {
    let folder = scratch();
    let atlas = folder.path().join("atlas.gpkg");
    let path = atlas.to_str().expect("UTF-8");
    run(&["demo", "--out", path, "--gemeenten", "2"]).succeeded();
    origin_in(path);
    let config = folder.path().join("wijkzicht.toml");
    fs::write(&config, "gevoelig = ['herkomst-buiten-europa']").expect("a temporary file");
    let server = Server::start(&["--data", path, "--config", config.to_str().expect("UTF-8")]);
    let both = "indicator=woningwaarde&met=herkomst-buiten-europa";
    server.get(&format!("/v1/legenda?niveau=buurten&{both}")).ok();
    let refused = server.get(&format!("/v1/insluiten?niveau=buurten&{both}")).problem(400);
    assert_eq!(refused["errors"][0]["code"], "gevoelig", "{refused}");
    let html = frame(&server, "/embed/woningwaarde?met=herkomst-buiten-europa");
    assert_eq!(told(&html)["wens"].get("met"), None);
    assert!(told(&html)["meldingen"][0].as_str().expect("a note").contains("kan hier niet bij"));
    assert_eq!(server.get("/embed/herkomst-buiten-europa").status, 403);
    for target in targets(&server, &html) {
        assert!(!target.contains("met="), "{target}");
    }
}

#[test]
fn a_new_year_moves_the_latest_and_a_revision_is_told_where_it_is_pinned() {
    let folder = scratch();
    let atlas = folder.path().join("atlas.gpkg");
    import_division(&atlas, folder.path());
    import_scores(&atlas, folder.path(), 2024, &[0.1, 0.2, -0.1]);
    let server = Server::on(&atlas);
    let ask = "/v1/insluiten?indicator=leefbaarheid&niveau=buurten&jaar=2024";
    let code = server.get(ask).ok();
    let delivery = code["levering"].as_str().expect("a text").to_owned();
    drop(server);

    import_scores(&atlas, folder.path(), 2025, &[0.3, 0.2, -0.2]);
    let server = Server::on(&atlas);
    let year = |target: &str| told(&frame(&server, target))["wens"]["jaar"].clone();
    assert_eq!(year("/embed/leefbaarheid?jaar=laatste"), "2025");
    assert_eq!(year("/embed/leefbaarheid?jaar=2024"), "2024");
    let pinned = format!("/embed/leefbaarheid?jaar=2024&niveau=buurten&versie={delivery}");
    let html = frame(&server, &pinned);
    assert_eq!(told(&html)["herzien"], Value::Null, "the figures are those that were pinned");
    assert!(html.contains(".png?"), "another year beside them changes nothing");
    let pinned_code = server.get(&format!("{ask}&versie={delivery}")).ok();
    let picture = targets(&server, pinned_code["codes"]["element"].as_str().expect("a text"))
        .into_iter()
        .find(|one| one.contains(".png?"))
        .expect("a picture");
    assert_eq!(server.get(&picture).status, 200, "{picture}");
    assert!(told(&frame(&server, "/embed/leefbaarheid?jaar=2024"))["herzien"].is_string());
    drop(server);

    import_scores(&atlas, folder.path(), 2024, &[0.15, 0.2, -0.1]);
    let server = Server::on(&atlas);
    let html = frame(&server, &pinned);
    assert!(html.contains("de cijfers zijn herzien op"), "{html}");
    assert!(!html.contains(".png?"), "no other figures: {html}");
    assert_eq!(told(&html)["vervallen"], true);
    server.get(&picture).problem(410);
    for target in targets(&server, &html).iter().filter(|link| link.starts_with("/kaart")) {
        assert_eq!(server.get(target).status, 200);
    }
}

#[test]
fn the_summary_says_what_the_table_says() {
    let server = Server::demo();
    let mut flat = 0;
    for (id, level) in [
        ("leefbaarheid", "buurten"),
        ("leefbaarheid", "gemeenten"),
        ("koopwoningen", "wijken"),
        ("inwoners", "buurten"),
    ] {
        for within in ["", "&binnen=GM9003", "&binnen=GM9007"] {
            let within = if level == "gemeenten" { "" } else { within };
            let query = format!("indicator={id}{within}");
            let said = server.get(&format!("/v1/samenvatting?niveau={level}&{query}")).ok();
            let text: Vec<_> = listed(&said["tekst"]).iter().filter_map(Value::as_str).collect();
            let layer = server.get(&format!("/v1/lagen/{level}.geojson?{query}&detail=grof")).ok();
            let mut classes: BTreeMap<String, usize> = BTreeMap::new();
            let mut figures: Vec<(f64, String)> = Vec::new();
            for feature in listed(&layer["features"]) {
                let area = &feature["properties"];
                if let Some(name) = area["klassenaam"].as_str() {
                    *classes.entry(name.to_owned()).or_default() += 1;
                }
                let is_marked = !listed(&area["vlaggen"]).is_empty();
                if let (Some(number), false) = (area["waarde"].as_f64(), is_marked) {
                    figures.push((number, area["naam"].as_str().expect("a name").to_owned()));
                }
            }
            figures.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (least, most) = (&figures[0], &figures[figures.len() - 1]);
            let ends = text
                .iter()
                .find(|one| {
                    one.contains("laagste") && one.contains("De hoogste")
                        || one.contains("Het hoogste")
                })
                .expect("ends");
            let (low, high) = ends.split_once(" hoogste").expect("both ends");
            if figures.iter().filter(|one| one.0 == least.0).count() == 1 {
                assert!(low.contains(&least.1), "{least:?} in {ends}");
            } else {
                flat += 1;
            }
            if figures.iter().filter(|one| one.0 == most.0).count() == 1 {
                assert!(high.contains(&most.1), "{most:?} in {ends}");
            }
            if id == "leefbaarheid" {
                for (name, count) in &classes {
                    let told = format!("{name}: {count}");
                    assert!(text.iter().any(|one| one.contains(&told)), "{told} in {text:?}");
                }
            }
        }
    }
    assert!(flat < 8, "most have one lowest");
}

#[test]
fn no_text_in_place_of_a_picture_is_too_long() {
    let server = Server::demo();
    let mut asked = 0;
    for topic in listed(&server.get("/v1/indicatoren").ok()["indicatoren"]) {
        let id = topic["id"].as_str().expect("an id");
        for level in listed(&topic["niveaus"]) {
            let level = level["niveau"].as_str().expect("a level");
            for more in ["", "&taal=en", "&binnen=GM9003", "&binnen=GM9003&taal=en"] {
                if level == "gemeenten" && more.contains("binnen") {
                    continue;
                }
                let target = format!("/v1/samenvatting?indicator={id}&niveau={level}{more}");
                let answer = server.get(&target);
                if answer.status != 200 {
                    continue;
                }
                let said = answer.ok();
                let alt = said["alt"].as_str().expect("a text");
                assert!(alt.chars().count() <= 125, "{} in {alt}", alt.chars().count());
                assert!(alt.starts_with("Fictieve kaart: ") || alt.starts_with("Fictional map: "));
                let words = said["tekst"].to_string();
                assert!(!words.contains("  ") && !words.contains("..") && !words.contains("NaN"));
                asked += 1;
            }
        }
    }
    assert!(asked > 100, "{asked}");
}
