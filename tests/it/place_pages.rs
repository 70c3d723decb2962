//! Pages about a place read and print without script, and say what the interface says.

use std::fs;

use serde_json::Value;

use crate::harness::{Server, demo, scratch};

/// A gemeente, a wijk in it and an ordinary buurt with a score.
fn places(server: &Server) -> [String; 3] {
    let layer = server.get("/v1/lagen/buurten.geojson?detail=grof&indicator=leefbaarheid").ok();
    let all = layer["features"].as_array().expect("features").iter();
    let mut ranked = all.filter(|one| one["properties"]["rang"].is_array());
    let buurt = ranked.next().and_then(|one| one["id"].as_str()).expect("a ranked buurt");
    [format!("GM{}", &buurt[2..6]), format!("WK{}", &buurt[2..8]), buurt.to_owned()]
}

fn page(server: &Server, target: &str) -> String {
    let answer = server.get(target);
    assert_eq!(answer.status, 200, "{target}");
    let policy = answer.header("content-security-policy").unwrap_or_default();
    assert!(policy.contains("style-src 'self'") && !policy.contains("unsafe"), "{policy}");
    assert_eq!(answer.header("content-type").as_deref(), Some("text/html; charset=utf-8"));
    answer.text()
}

/// The attributes of every element of a name.
fn elements<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let open = format!("<{name}");
    let starts = html.match_indices(&open).map(|(at, _)| &html[at + open.len()..]);
    let exact = starts.filter(|rest| rest.starts_with([' ', '>', '\n', '/']));
    exact.filter_map(|rest| rest.split_once('>').map(|(attributes, _)| attributes)).collect()
}

/// Every element that is opened is closed, in order.
fn is_well_nested(html: &str) -> Result<(), String> {
    const VOID: [&str; 4] = ["meta", "link", "img", "!doctype"];
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').ok_or_else(|| format!("{tag:.40} does not end"))?;
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap_or_default();
        if VOID.contains(&name) || tag.ends_with('/') {
            continue;
        }
        if !tag.starts_with('/') {
            open.push(name);
        } else if open.pop() != Some(name) {
            return Err(format!("</{name}> closes something else"));
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("left open: {open:?}")) }
}

#[test]
fn they_need_no_script_and_no_inline_style() {
    let server = Server::demo();
    let [gemeente, wijk, buurt] = places(&server);
    for target in [
        format!("/gebied/{buurt}"),
        format!("/gebied/{wijk}?taal=en"),
        format!("/gebied/{gemeente}"),
        format!("/gebied/{gemeente}/rapport"),
        format!("/gebied/{gemeente}?jaar=2024"),
    ] {
        let html = page(&server, &target);
        for refused in ["<script", "style=", "<style", "javascript:", "onclick", "NaN", "inf<"] {
            assert!(!html.contains(refused), "{refused} in {target}");
        }
        assert_eq!(is_well_nested(&html), Ok(()), "{target}");
        assert_eq!(elements(&html, "h1").len(), 1, "{target}");
        let mut last = 1;
        for rest in html.match_indices("<h").filter_map(|(at, _)| html[at + 2..].chars().next()) {
            let Some(level) = rest.to_digit(10) else { continue };
            assert!(level <= last + 1, "a heading is left out: h{last}, h{level} in {target}");
            last = level;
        }
        let language = if target.contains("taal=en") { "en" } else { "nl" };
        assert!(html.contains(&format!("<html lang=\"{language}\">")), "{target}");
        for asset in elements(&html, "link").into_iter().chain(elements(&html, "img")) {
            let path = asset.split("href=\"").nth(1).or_else(|| asset.split("src=\"").nth(1));
            let path = path.and_then(|rest| rest.split('"').next()).expect("an address");
            let answer = server.get(&path.replace("&amp;", "&"));
            assert_eq!(answer.status, 200, "{path} of {target}");
        }
    }
    let styles = server.get("/stijlen/plaats.css");
    assert_eq!(styles.header("content-type").as_deref(), Some("text/css; charset=utf-8"));
    let styles = styles.text();
    for promised in
        ["@page", "A4", "break-before: page", "table-header-group", "prefers-color-scheme"]
    {
        assert!(styles.contains(promised), "no {promised}");
    }
}

#[test]
fn every_chart_has_a_name_and_a_table_beside_it() {
    let server = Server::demo();
    let [gemeente, _, buurt] = places(&server);
    for target in [format!("/gebied/{buurt}"), format!("/gebied/{gemeente}/rapport")] {
        let html = page(&server, &target);
        let charts: Vec<_> = html.match_indices("<svg class=\"grafiek\"").collect();
        assert!(charts.len() > 5, "{target}: {}", charts.len());
        for (at, _) in charts {
            let rest = &html[at..];
            let (chart, behind) = rest.split_once("</svg>").expect("it ends");
            assert!(chart.contains("role=\"img\"") && chart.contains("<title>"), "{chart:.200}");
            assert!(
                behind.trim_start().starts_with("<div class=\"schuif"),
                "no table: {behind:.200}"
            );
        }
        let tables = elements(&html, "table").len();
        assert_eq!(tables, elements(&html, "caption").len(), "{target}");
        assert_eq!(tables, elements(&html, "thead").len());
        assert!(elements(&html, "th").iter().all(|one| one.contains("scope=")), "{target}");
        assert!(elements(&html, "img").iter().all(|one| one.contains("alt=\"Kaart")), "{target}");
    }
}

#[test]
fn a_place_says_what_its_profile_says() {
    let server = Server::demo();
    let [gemeente, _, buurt] = places(&server);
    let html = page(&server, &format!("/gebied/{buurt}")).replace("&nbsp;", " ");
    let profile = server.get(&format!("/v1/gebieden/{buurt}/profiel")).ok();
    let escaped = |text: &str| {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&#39;")
    };
    let told = |text: &Value| escaped(text["nl"].as_str().expect("Dutch"));
    let mut sentences = 0;
    for topic in profile["onderwerpen"].as_array().expect("topics") {
        let is_form = !topic["vormVan"].is_null() || topic["onderdeelVan"] != serde_json::json!([]);
        let is_part = topic["id"].as_str().is_some_and(|id| id.starts_with("leefbaarheid-"));
        if is_form && is_part {
            continue;
        }
        assert!(html.contains(&told(&topic["naam"])), "{}", topic["id"]);
        if !topic["zin"].is_null() {
            assert!(html.contains(&told(&topic["zin"])), "{}", topic["zin"]);
            sentences += 1;
        }
        for at in topic["reeksbreuken"].as_array().expect("breaks") {
            assert!(html.contains(&told(&at["tekst"])), "{at}");
        }
    }
    assert!(sentences > 15, "{sentences}");
    for part in profile["scores"][0]["onderdelen"].as_array().expect("parts") {
        assert!(html.contains(&told(&part["naam"])), "{part}");
    }
    for said in
        ["signaleert; hij verklaart geen oorzaak", "dit land bestaat niet", "CC0 1.0", &buurt]
    {
        assert!(html.contains(said), "{said}");
    }
    let alike = server.get(&format!("/v1/gebieden/{buurt}/vergelijkbaar")).ok();
    for area in alike["gebieden"].as_array().expect("areas") {
        let code = area["code"].as_str().expect("a code");
        assert!(html.contains(&format!("/gebied/{code}?")), "{code}");
    }
    let gemeente = page(&server, &format!("/gebied/{gemeente}"));
    assert!(gemeente.contains("/rapport?jaar="), "the report is found from the gemeente");
}

#[test]
fn what_is_missing_is_said_in_words() {
    let server = Server::demo();
    let layer = server.get("/v1/lagen/buurten.geojson?detail=grof&indicator=leefbaarheid").ok();
    let all = layer["features"].as_array().expect("features");
    let is_marked =
        |one: &&Value| one["properties"]["vlaggen"] == serde_json::json!(["nauwelijks-woongebied"]);
    let marked = all.iter().find(is_marked).and_then(|one| one["id"].as_str()).expect("marked");
    let html = page(&server, &format!("/gebied/{marked}"));
    assert!(html.contains("Nauwelijks woongebied:") && html.contains("Geen antwoord:"), "{marked}");
    let bare = all.iter().find(|one| one["properties"]["waarde"].is_null() && !is_marked(one));
    let bare = bare.and_then(|one| one["id"].as_str()).expect("a buurt without a score");
    let html = page(&server, &format!("/gebied/{bare}"));
    assert!(html.contains("geen score in deze bron"), "{bare}");
    assert!(!html.contains(">-<") && !html.contains(">–<"), "a dash says nothing");
}

#[test]
fn a_report_has_a_sheet_for_each_wijk_with_all_its_buurten() {
    let server = Server::demo();
    let [gemeente, ..] = places(&server);
    let html = page(&server, &format!("/gebied/{gemeente}/rapport"));
    let listed = |level: &str| {
        let target = format!("/v1/gebieden?niveau={level}&binnen={gemeente}&jaar=2024&aantal=1000");
        let list = server.get(&target).ok();
        let codes: Vec<String> = list["gebieden"]
            .as_array()
            .expect("areas")
            .iter()
            .filter_map(|one| one["code"].as_str().map(str::to_owned))
            .collect();
        codes
    };
    let sheets: Vec<_> = html.split("<section class=\"blad\" id=\"").skip(1).collect();
    let wijken = listed("wijken");
    let mut shown = 0;
    for code in &wijken {
        let Some(sheet) = sheets.iter().find(|sheet| sheet.starts_with(code.as_str())) else {
            // Water has no sheet.
            let detail = server.get(&format!("/v1/gebieden/{code}")).ok();
            assert_eq!(detail["vlaggen"], serde_json::json!(["water"]), "{code} has no sheet");
            continue;
        };
        assert!(html.contains(&format!("href=\"#{code}\"")), "{code} is not in the contents");
        let detail = server.get(&format!("/v1/gebieden/{code}")).ok();
        for buurt in detail["onderliggend"].as_array().expect("buurten") {
            let buurt = buurt["code"].as_str().expect("a code");
            assert!(sheet.contains(&format!("/gebied/{buurt}?")), "{buurt} is not on {code}");
            shown += 1;
        }
    }
    assert!(shown > 20 && sheets.len() > 3, "{shown} on {} sheets", sheets.len());
    let english = page(&server, &format!("/gebied/{gemeente}/rapport?taal=en"));
    for said in ["Key figures", "Neighbourhoods of", "this country does not exist", "Made on"] {
        assert!(english.contains(said), "{said}");
    }
    assert!(
        !english.contains("Kerncijfers") && !english.contains("inwoners</"),
        "Dutch in English"
    );
}

#[test]
fn the_foot_says_source_licence_day_and_where_it_is_found_again() {
    let folder = scratch();
    let config = folder.path().join("wijkzicht.toml");
    fs::write(&config, "adres = 'https://kaart.voorbeeld.example/'\ntitel = 'Wijken & zo'")
        .expect("a temporary file");
    let server = Server::start(&["--demo", "--config", config.to_str().expect("UTF-8")]);
    let [gemeente, _, buurt] = places(&server);
    for path in [format!("/gebied/{buurt}"), format!("/gebied/{gemeente}/rapport")] {
        let html = page(&server, &path);
        let foot = html.rsplit_once("<footer").expect("a foot").1;
        let address = format!("https://kaart.voorbeeld.example{path}?jaar=2024");
        for said in [&address, "Bron: ", "CC0 1.0", "Gemaakt op ", "Fictieve gegevens"] {
            assert!(foot.contains(said), "{said} in {foot}");
        }
        assert!(html.contains("Wijken &amp; zo</title>"), "the site's own name");
    }
}

#[test]
fn names_stay_text() {
    let folder = scratch();
    let atlas = folder.path().join("hostile.gpkg");
    fs::copy(demo(), &atlas).expect("a copy");
    let connection = rusqlite::Connection::open(&atlas).expect("an atlas");
    for level in ["gemeenten", "wijken", "buurten"] {
        let name = format!("</h1><script>alert('{level}')</script>\"><img src=x onerror=alert(1)>");
        connection.execute(&format!("UPDATE {level}_2024 SET naam = ?"), [name]).expect("renamed");
    }
    drop(connection);
    let server = Server::on(&atlas);
    let [gemeente, wijk, buurt] = places(&server);
    for target in [
        format!("/gebied/{buurt}"),
        format!("/gebied/{wijk}"),
        format!("/gebied/{gemeente}/rapport"),
    ] {
        let html = page(&server, &target);
        assert!(!html.contains("<script") && !html.contains("<img src=x"), "{target}");
        assert!(html.contains("&lt;script&gt;"), "the name is there as text");
        assert_eq!(is_well_nested(&html), Ok(()), "{target}");
    }
}

#[test]
fn what_is_no_place_is_a_problem() {
    let server = Server::demo();
    let [gemeente, wijk, _] = places(&server);
    let problem = server.get(&format!("/gebied/{wijk}/rapport")).problem(404);
    assert!(problem["detail"].as_str().is_some_and(|text| text.contains("gemeente")));
    server.get("/gebied/BU00000000").problem(404);
    server.get("/gebied/%3Cscript%3E").problem(404);
    server.get(&format!("/gebied/{gemeente}?taal=fr")).problem(400);
    server.get(&format!("/gebied/{gemeente}/rapport?jaar=1999")).problem(400);
    server.get(&format!("/gebied/{gemeente}/rapport?kleur=rood")).problem(400);
}

#[test]
fn they_lead_to_the_map_at_that_place_and_outline_it_on_theirs() {
    let server = Server::demo();
    let [gemeente, wijk, buurt] = places(&server);
    let catalogue = server.get("/v1/indicatoren").ok();
    for (target, expected) in [
        (format!("/gebied/{buurt}"), format!("niveau=buurten&amp;gebied={buurt}\"")),
        (
            format!("/gebied/{wijk}?taal=en"),
            format!("niveau=wijken&amp;gebied={wijk}&amp;taal=en\""),
        ),
        (format!("/gebied/{gemeente}"), format!("niveau=buurten&amp;binnen={gemeente}\"")),
        (format!("/gebied/{gemeente}/rapport"), format!("niveau=buurten&amp;binnen={gemeente}\"")),
    ] {
        let html = page(&server, &target);
        let (_, link) = html.split_once("<header class=\"kop\">").expect("a head");
        let (_, link) = link.split_once("<a href=\"").expect("a link");
        let (link, _) = link.split_once('>').expect("its end");
        assert!(link.starts_with("/kaart/") && link.ends_with(&expected), "{link}");
        // A topic and a year that the level has.
        let id = link["/kaart/".len()..].split('?').next().unwrap_or_default();
        let all = catalogue["indicatoren"].as_array().expect("topics");
        let topic = all.iter().find(|one| one["id"] == id).expect("a topic there is").to_string();
        let year = link.split("jaar=").nth(1).and_then(|rest| rest.get(..4)).expect("a year");
        assert!(topic.contains(&format!("\"jaar\":{year}")), "{year} of {id}");
    }
    // The outline of a buurt lies within the picture; a gemeente fills its own.
    let html = page(&server, &format!("/gebied/{buurt}"));
    let mark = elements(&html, "svg").into_iter().find(|one| one.contains("merk"));
    assert!(mark.is_some_and(|mark| mark.contains("viewBox=\"0 0 560 460\"")), "{mark:?}");
    let paths: Vec<_> = elements(&html, "path")
        .into_iter()
        .filter_map(|one| one.strip_prefix(" d=\"")?.strip_suffix("\"/"))
        .collect();
    assert_eq!(paths.len(), 2, "{paths:?}");
    let start = paths[0].strip_prefix('M').and_then(|rest| rest.split('l').next());
    let start: Vec<f64> = start
        .into_iter()
        .flat_map(|pair| pair.split(' '))
        .filter_map(|one| one.parse().ok())
        .collect();
    assert!(start[0] > 0.0 && start[0] < 560.0 && start[1] > 0.0 && start[1] < 460.0, "{start:?}");
    assert!(html.contains("Omlijnd: "), "{buurt}");
    let html = page(&server, &format!("/gebied/{gemeente}"));
    assert!(!html.contains("class=\"merk\"") && !html.contains("Omlijnd: "));
}
