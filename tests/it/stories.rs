//! Stories of areas: read and checked, kept among those who may see them, told everywhere alike, and
//! held against what happened elsewhere.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{Server, canonical_dump, demo, each, run, scratch};

/// A fictional country of three gemeenten, and a folder of stories.
struct Place {
    folder: TempDir,
    atlas: PathBuf,
    own: PathBuf,
}

const ABOUT: &str = "bestand = 'verhalen.csv'\nsoort = 'verhalen'\nbron = 'Gemeente Verzonnen'\n\
                     licentie = 'CC BY 4.0'\n";

const HEADER: &str = "code;van;tot;pijler;titel;tekst;bron;link\n";

impl Place {
    fn new() -> Self {
        let folder = scratch();
        let atlas = folder.path().join("atlas.gpkg");
        let own = folder.path().join("eigen");
        fs::create_dir(&own).expect("a folder");
        let path = atlas.to_str().expect("UTF-8");
        run(&["demo", "--out", path, "--gemeenten", "3", "--seed", "4"]).succeeded();
        Self { folder, atlas, own }
    }

    fn data(&self) -> &str {
        self.atlas.to_str().expect("UTF-8")
    }

    fn folder(&self) -> &str {
        self.own.to_str().expect("UTF-8")
    }

    fn put(&self, about: &str, rows: &str) {
        fs::write(self.own.join("verhalen.toml"), about).expect("a file");
        fs::write(self.own.join("verhalen.csv"), format!("{HEADER}{rows}")).expect("a file");
    }

    fn import(&self) -> Value {
        let said = run(&["import", "--json", "--data", self.data(), self.folder()]).succeeded();
        serde_json::from_str(&said.stdout).expect("a report in JSON")
    }

    /// Two buurten of one wijk on land, that wijk and its gemeente.
    fn areas(&self) -> [String; 4] {
        let server = Server::on(&self.atlas);
        let all = server.get("/v1/gebieden?niveau=buurten&aantal=1000").ok();
        let codes: Vec<&str> =
            each(&all["gebieden"], "code").into_iter().filter_map(Value::as_str).collect();
        let is_pair = |pair: &&[&str]| pair[0][2..8] == pair[1][2..8];
        let pair = codes.windows(2).find(is_pair).expect("a wijk of two buurten");
        let wijk = format!("WK{}", &pair[0][2..8]);
        let gemeente = format!("GM{}", &pair[0][2..6]);
        [pair[0].to_owned(), pair[1].to_owned(), wijk, gemeente]
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn titles(answer: &Value) -> Vec<&str> {
    list(&answer["verhalen"]).iter().filter_map(|one| one["titel"].as_str()).collect()
}

#[test]
fn every_row_that_cannot_be_used_is_named_and_nothing_is_imported() {
    let place = Place::new();
    let [buurt, ..] = place.areas();
    let before = canonical_dump(&place.atlas);
    let (long, longer) = ("x".repeat(201), "y".repeat(4001));
    let rows = [
        format!("{buurt};2015;2018;Sociale Basis;Goed;;;"),
        "BU00000000;2015;;fysiek;Nergens;;;".to_owned(),
        "straat 1;2015;;fysiek;Geen code;;;".to_owned(),
        format!("{buurt};2018;2015;fysiek;Achterstevoren;;;"),
        format!("{buurt};18e eeuw;;fysiek;Geen jaar;;;"),
        format!("{buurt};1815;;fysiek;Te vroeg;;;"),
        format!("{buurt};;;fysiek;Zonder begin;;;"),
        format!("{buurt};2015;;economisch;Andere pijler;;;"),
        format!("{buurt};2015;;fysiek;;;;"),
        format!("{buurt};2015;;fysiek;{long};;;"),
        format!("{buurt};2015;;fysiek;Lange tekst;{longer};;"),
        format!("{buurt};2015;;fysiek;Bel\u{7};;;"),
        format!("{buurt};2015;;fysiek;Script;;;javascript:alert(1)"),
        format!("{buurt};2015;;fysiek;Onveilig;;;http://voorbeeld.nl"),
        format!("{buurt};2015;;fysiek;Met naam;;;https://wie:geheim@voorbeeld.nl"),
        format!("{buurt};2015;2019;fysiek;Goed;;;"),
    ];
    place.put(ABOUT, &(rows.join("\n") + "\n"));
    let named = [
        "line 3: geen indeling van de atlas heeft een gebied BU00000000",
        "line 4: \"straat 1\" is no area code",
        "line 5: tot = 2015 ligt voor van = 2018",
        "line 6: van = \"18e eeuw\" is geen jaar",
        "line 7: van = \"1815\" is geen jaar: verwacht 1900 tot en met 2100",
        "line 8: van is leeg",
        "line 9: pijler = \"economisch\": verwacht een van sociale-basis, sociale-stijging, \
         sociale-herovering, fysiek",
        "line 10: titel is leeg",
        "line 11: titel heeft 201 tekens: verwacht er ten hoogste 200",
        "line 12: tekst heeft 4001 tekens: verwacht er ten hoogste 4000",
        "line 13: titel heeft een stuurteken (U+0007)",
        "line 14: link = \"javascript:alert(1)\": begint niet met https",
        "line 15: link = \"http://voorbeeld.nl\": begint niet met https",
        "line 16: link = \"https://wie:geheim@voorbeeld.nl\": heeft een gebruikersnaam",
        &format!("line 17: {buurt} van 2015 met deze titel staat er al, op regel 2"),
    ];
    let looked = run(&["check", "--data", place.data(), place.folder()]).succeeded();
    let refused = run(&["import", "--data", place.data(), place.folder()]);
    let refused = refused.failed_naming(&["15 rows cannot be used", "--accept-partial"]);
    for text in named {
        for said in [&looked.stdout, &refused.stdout] {
            assert!(said.contains(text), "{text:?} in {said}");
        }
    }
    assert!(looked.stdout.contains("verhalen.csv, 1 stories of 1 areas; internal, not public"));
    assert_eq!(canonical_dump(&place.atlas), before, "nothing was imported");
    let partial = ["import", "--data", place.data(), "--accept-partial", "--json", place.folder()];
    let report: Value =
        serde_json::from_str(&run(&partial).succeeded().stdout).expect("a report in JSON");
    let told = &report["verhalen"][0];
    assert_eq!((&told["aantal"], list(&told["fouten"]).len()), (&Value::from(1), 15));
    let once = canonical_dump(&place.atlas);
    assert_ne!(once, before);
    run(&partial).succeeded();
    assert_eq!(canonical_dump(&place.atlas), once, "the same twice changes nothing");
}

#[test]
fn a_description_of_stories_is_checked() {
    let place = Place::new();
    let [buurt, ..] = place.areas();
    let row = format!("{buurt};2015;;fysiek;Goed;;;\n");
    for (about, said) in [
        (format!("{ABOUT}kleur = 'rood'\n"), "kleur"),
        (ABOUT.replace("verhalen.csv", "../weg.csv"), "de naam van een bestand hiernaast"),
        (ABOUT.replace("'CC BY 4.0'", "' '"), "licentie: verwacht een gewone tekst"),
        (ABOUT.replace("bron = 'Gemeente Verzonnen'\n", ""), "bron"),
        (ABOUT.replace("'verhalen'", "'sprookjes'"), "sprookjes"),
        (ABOUT.replace("verhalen.csv", "weg.csv"), "weg.csv"),
    ] {
        place.put(&about, &row);
        run(&["check", "--data", place.data(), place.folder()]).failed_naming(&[said]);
    }
    place.put(ABOUT, &row);
    fs::write(place.own.join("verhalen.csv"), format!("code;van;titel\n{buurt};2015;Goed\n"))
        .expect("a file");
    run(&["check", "--data", place.data(), place.folder()])
        .failed_naming(&["verhalen.csv heeft geen kolom \"tot\"; wel: code, van, titel"]);
    // A division that does not have the code.
    place.put(&format!("{ABOUT}indeling = 1999\n"), &row);
    let looked = run(&["check", "--data", place.data(), place.folder()]).succeeded();
    assert!(looked.stdout.contains("de indeling van 1999 heeft geen gebied"), "{}", looked.stdout);
}

#[test]
fn a_file_takes_the_place_of_what_it_told_before_and_of_nothing_else() {
    let place = Place::new();
    let [one, two, ..] = place.areas();
    let public = format!("{ABOUT}openbaar = true\n");
    let before = Server::on(&place.atlas).get("/v1/verhalen").ok();
    let demo = list(&before["verhalen"]).len();
    assert!(demo > 0);
    place.put(&public, &format!("{one};2015;;fysiek;Eerst;;;\n{two};2016;2018;fysiek;Weg;;;\n"));
    let report = place.import();
    assert_eq!(report["verhalen"][0]["gebieden"], 2, "{report:#}");
    let first = Server::on(&place.atlas).get("/v1/verhalen").ok();
    assert_eq!(list(&first["verhalen"]).len(), demo + 2);
    let id = |answer: &Value| {
        let found = list(&answer["verhalen"]).iter().find(|one| one["titel"] == "Eerst");
        found.expect("the story")["id"].as_str().expect("an id").to_owned()
    };
    place.put(&public, &format!("{one};2015;2020;sociale-basis;Eerst;Anders verteld;;\n"));
    assert_eq!(place.import()["veranderd"], true);
    let server = Server::on(&place.atlas);
    let second = server.get("/v1/verhalen").ok();
    assert_eq!(list(&second["verhalen"]).len(), demo + 1);
    assert_eq!(id(&second), id(&first), "it keeps its address");
    // What is in no story any more is no source.
    let sources = server.get("/v1/bronnen").ok();
    let own: Vec<_> =
        list(&sources["bronnen"]).iter().filter(|one| one["dialect"] == "eigen").collect();
    assert_eq!((own.len(), &own[0]["verhalen"]), (1, &Value::from(1)), "{sources:#}");
    drop(server);
    assert_eq!(place.import()["veranderd"], false);
}

/// Every kind of public address that tells of stories, or of an area that has one.
fn public(buurt: &str, gemeente: &str, id: &str) -> Vec<String> {
    [
        "/v1/verhalen",
        "/v1/verhalen.geojson",
        "/v1/verhalen.csv",
        "/v1/verhalen?gebied={buurt}",
        "/v1/verhalen?binnen={gemeente}&jaar=2016&taal=en",
        "/v1/gebieden/{buurt}/profiel",
        "/v1/gebieden/{buurt}",
        "/gebied/{buurt}",
        "/gebied/{gemeente}?taal=en",
        "/gebied/{gemeente}/rapport",
        "/v1/analyses/voor-en-na?indicator=leefbaarheid&verhaal={id}",
        "/v1/analyses/voor-en-na?indicator=leefbaarheid&gebied={buurt}&van=2013&tot=2018",
        "/analyse/voor-en-na",
        "/analyse/voor-en-na?gebied={buurt}&van=2013",
        "/analyse/voor-en-na?verhaal={id}",
        "/v1/bronnen",
        "/bronnen",
        "/v1/wijzigingen",
        "/v1/openapi.json",
        "/v1/indicatoren",
        "/",
        "/health/ready",
    ]
    .map(|target| {
        target.replace("{buurt}", buurt).replace("{gemeente}", gemeente).replace("{id}", id)
    })
    .into()
}

#[test]
fn what_is_not_public_is_as_if_it_had_never_been_imported() {
    let place = Place::new();
    let [one, two, _, gemeente] = place.areas();
    let bare = place.folder.path().join("zonder.gpkg");
    fs::copy(&place.atlas, &bare).expect("a copy");
    let rows = format!(
        "{one};2013;2018;fysiek;Kraanvogel een;Nog niet bekend;;https://intern.voorbeeld.nl/\n\
         {two};2013;;fysiek;Kraanvogel twee;;;\n"
    );
    // As public as it could be, its id would be this.
    place.put(&format!("{ABOUT}openbaar = true\n"), &rows);
    let open = place.folder.path().join("open.gpkg");
    fs::copy(&place.atlas, &open).expect("a copy");
    run(&["import", "--data", open.to_str().expect("UTF-8"), place.folder()]).succeeded();
    let told = Server::on(&open);
    let all = told.get(&format!("/v1/verhalen?gebied={one}")).ok();
    let story = list(&all["verhalen"]).iter().find(|one| one["titel"] == "Kraanvogel een");
    let id = story.expect("the story")["id"].as_str().expect("an id").to_owned();
    place.put(ABOUT, &rows);
    place.import();
    let address = ["--base-url", "https://kaart.voorbeeld.example"];
    let bare = bare.to_str().expect("UTF-8");
    let without = Server::start(&[&["--data", bare][..], &address].concat());
    let internal = ["--data", place.data(), "--intern-listen", "127.0.0.1:0"];
    let with = Server::start(&[&internal[..], &address].concat());
    let mut differing = 0;
    for target in public(&one, &gemeente, &id) {
        let (a, b) = (without.get(&target), with.get(&target));
        assert_eq!((a.status, a.text()), (b.status, b.text()), "{target}");
        assert_eq!(a.header("etag"), b.header("etag"), "{target}");
        assert!(!b.text().contains("raanvogel"), "{target}");
        differing += usize::from(told.get(&target).text() != a.text());
    }
    assert!(differing > 10, "were they public, {differing} answers would tell");
    assert!(!with.log().contains("raanvogel"));
}

#[test]
fn the_list_says_where_and_when_and_takes_what_it_says_it_takes() {
    let place = Place::new();
    let [one, two, wijk, gemeente] = place.areas();
    place.put(
        &format!("{ABOUT}openbaar = true\n"),
        &format!(
            "{one};2013;2018;fysiek;=Plein;Regel een.;Bewoners;https://voorbeeld.nl/plein?a=1&b=2\n\
             {two};2016;;SOCIALE STIJGING;Leren;;;\n\
             {wijk};2010;2011;sociale-herovering;Rust;;;\n\
             {gemeente};2020;2022;sociale basis;Samen;;;\n"
        ),
    );
    place.import();
    let server = Server::on(&place.atlas);
    let all = server.get(&format!("/v1/verhalen?binnen={gemeente}")).ok();
    let own = |target: &str| -> BTreeSet<String> {
        let answer = server.get(target).ok();
        let all = titles(&answer).into_iter().map(ToOwned::to_owned);
        all.filter(|title| !title.contains("fictief")).collect()
    };
    let set = |titles: &[&str]| titles.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    let v1 = |query: String| own(&format!("/v1/verhalen?{query}"));
    assert_eq!(v1(format!("binnen={gemeente}")), set(&["=Plein", "Leren", "Rust", "Samen"]));
    assert_eq!(v1(format!("binnen={wijk}")), set(&["=Plein", "Leren", "Rust"]));
    assert_eq!(v1(format!("binnen={one}")), set(&["=Plein"]));
    assert_eq!(v1(format!("gebied={one}")), set(&["=Plein", "Rust", "Samen"]));
    assert_eq!(v1(format!("gebied={gemeente}")), set(&["Samen"]));
    assert_eq!(v1(format!("binnen={wijk}&pijler=fysiek")), set(&["=Plein"]));
    assert_eq!(v1(format!("binnen={gemeente}&niveau=gemeenten")), set(&["Samen"]));
    assert_eq!(v1(format!("binnen={gemeente}&jaar=2018")), set(&["=Plein", "Leren"]));
    assert_eq!(v1(format!("binnen={gemeente}&jaar=2030")), set(&["Leren"]), "it goes on");
    for (wrong, name) in [
        ("gebied=BU00000000", "gebied"),
        ("pijler=economisch", "pijler"),
        ("niveau=straten", "niveau"),
        ("jaar=1", "jaar"),
        ("kleur=rood", "kleur"),
        (&format!("gebied={one}&binnen={one}"), "binnen"),
    ] {
        for form in ["", ".geojson", ".csv"] {
            let problem = server.get(&format!("/v1/verhalen{form}?{wrong}")).problem(400);
            assert!(problem.to_string().contains(name), "{problem}");
        }
    }

    let story = list(&all["verhalen"]).iter().find(|one| one["titel"] == "=Plein");
    let story = story.expect("the story");
    assert_eq!((&story["code"], &story["niveau"]), (&one.as_str().into(), &"buurten".into()));
    assert_eq!((&story["van"], &story["tot"]), (&2013.into(), &2018.into()));
    assert_eq!(story["gemeente"]["code"], gemeente);
    assert_eq!((&story["bron"], &story["licentie"]), (&"Bewoners".into(), &"CC BY 4.0".into()));
    assert_eq!(story["link"], "https://voorbeeld.nl/plein?a=1&b=2");
    let goes_on = list(&all["verhalen"]).iter().find(|one| one["titel"] == "Leren");
    let goes_on = goes_on.expect("the story");
    assert_eq!((&goes_on["tot"], &goes_on["link"]), (&Value::Null, &Value::Null));
    assert_eq!(goes_on["bron"], "Gemeente Verzonnen", "of the description");
    assert_eq!(goes_on["pijlerNaam"]["en"], "Social advancement");
    assert_eq!(all["pijlers"].as_array().map(Vec::len), Some(4));
    let told: usize = list(&all["pijlers"])
        .iter()
        .map(|one| one["aantal"].as_u64().expect("a number") as usize)
        .sum();
    assert_eq!(told, list(&all["verhalen"]).len());
    // The place is in the area.
    for story in list(&all["verhalen"]) {
        let at = list(&story["plek"]);
        let here = server.get(&format!("/v1/locaties?lon={}&lat={}", at[0], at[1])).ok();
        let codes = ["buurt", "wijk", "gemeente"].map(|level| &here[level]["code"]);
        assert!(codes.contains(&&story["code"]), "{story}");
    }

    let layer = server.get(&format!("/v1/verhalen.geojson?binnen={gemeente}&taal=en"));
    assert_eq!(layer.header("content-type").as_deref(), Some("application/geo+json"));
    let layer = layer.ok();
    assert_eq!(list(&layer["features"]).len(), list(&all["verhalen"]).len());
    let feature = list(&layer["features"])
        .iter()
        .find(|one| one["properties"]["titel"] == "Leren")
        .expect("the story");
    assert_eq!(feature["geometry"]["coordinates"], goes_on["plek"]);
    assert_eq!(feature["properties"]["pijlerNaam"], "Social advancement");
    assert_eq!(layer["fictief"], true);
    let table = server.get(&format!("/v1/verhalen.csv?binnen={one}"));
    assert_eq!(table.header("content-type").as_deref(), Some("text/csv; charset=utf-8"));
    let table = table.text();
    assert!(table.contains(",'=Plein,Regel een.,FICTIEF: Bewoners,CC BY 4.0,https://"), "{table}");

    let profile = server.get(&format!("/v1/gebieden/{one}/profiel")).ok();
    let about = server.get(&format!("/v1/verhalen?gebied={one}")).ok();
    assert_eq!(profile["verhalen"], about["verhalen"]);
    let page = server.get("/").text();
    let (_, rest) = page.split_once("id=\"wk-configuratie\">").expect("a configuration");
    let (told, _) = rest.split_once("</script>").expect("its end");
    let told: Value = serde_json::from_str(told).expect("JSON");
    assert_eq!(told["verhalen"], true);
}

#[test]
fn pages_list_stories_with_numbers_that_charts_refer_to_and_escape_them() {
    let place = Place::new();
    let [one, _, wijk, gemeente] = place.areas();
    place.put(
        &format!("{ABOUT}openbaar = true\n"),
        &format!(
            "{one};2013;2018;fysiek;<script>alert(1)</script> & zo;\"Een <b>plein</b>.\";\
             'Q\"><i>;https://voorbeeld.nl/%22%3E<x>\n\
             {wijk};2009;;sociale-basis;Tafel;;;\n\
             {gemeente};2016;2016;sociale-basis;Feest;;;\n"
        ),
    );
    place.import();
    let server = Server::on(&place.atlas);
    for (language, heading, since) in [
        ("", "Aanpak en initiatieven", "sinds 2009"),
        ("?taal=en", "Approaches and initiatives", "since 2009"),
    ] {
        let page = server.get(&format!("/gebied/{one}{language}")).text();
        assert!(page.contains(heading) && page.contains(since), "{page}");
        for text in [
            "&lt;script&gt;alert(1)&lt;/script&gt; &amp; zo",
            "Een &lt;b&gt;plein&lt;/b&gt;.",
            "2013–2018",
            "rel=\"noopener nofollow\"",
            "op voorbeeld.nl</a>",
        ] {
            let text = if language.is_empty() { text } else { &text.replace("op ", "on ") };
            assert!(page.contains(text), "{text} in {page}");
        }
        for wrong in ["<script>alert", "<b>plein", "<i>", "<x>"] {
            assert!(!page.contains(wrong), "{wrong} in {page}");
        }
        // Three stories are about it, told in the order of their years.
        let numbers = |page: &str| -> BTreeMap<String, usize> {
            let mut all = BTreeMap::new();
            for part in page.split("class=\"nummer\"").skip(1) {
                let number = part.split(['>', '<']).nth(1).unwrap_or_default().to_owned();
                *all.entry(number).or_default() += 1;
            }
            all
        };
        let found = numbers(&page);
        assert_eq!(found.keys().collect::<Vec<_>>(), ["1", "2", "3"], "{found:?}");
        let order: Vec<_> =
            ["Tafel", "alert(1)", "Feest"].map(|title| page.find(title)).into_iter().collect();
        assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{order:?}");
    }
    let report = server.get(&format!("/gebied/{gemeente}/rapport")).text();
    assert!(report.contains("Aanpak en initiatieven") && report.contains("In gebieden hierbinnen"));
    assert!(report.contains("&lt;script&gt;alert(1)") && !report.contains("<script>alert"));
    assert!(report.contains("class=\"haak\""), "marks on its charts");
    // Where nothing is told, nothing is said of it.
    let codes = server.get("/v1/gebieden?niveau=wijken&aantal=1000").ok();
    let told = server.get("/v1/verhalen").ok();
    let told: Vec<&str> =
        each(&told["verhalen"], "code").into_iter().filter_map(Value::as_str).collect();
    let quiet = each(&codes["gebieden"], "code")
        .into_iter()
        .filter_map(Value::as_str)
        .find(|wijk| !told.iter().any(|code| code[2..6] == wijk[2..6]));
    if let Some(quiet) = quiet {
        let page = server.get(&format!("/gebied/{quiet}")).text();
        assert!(!page.contains("Aanpak en initiatieven") && !page.contains("class=\"haak\""));
    }
}

/// The figures of an area by year, from the answer that tells its series.
fn series(server: &Server, code: &str, indicator: &str) -> BTreeMap<u64, f64> {
    let target = format!("/v1/gebieden/{code}/reeks?indicator={indicator}");
    list(&server.get(&target).ok()["reeks"])
        .iter()
        .filter(|year| year["sinds"].is_null())
        .filter_map(|year| Some((year["jaar"].as_u64()?, year["waarde"].as_f64()?)))
        .collect()
}

fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let (x, y) = (
        points.iter().map(|(x, _)| x).sum::<f64>() / count,
        points.iter().map(|(_, y)| y).sum::<f64>() / count,
    );
    let up: f64 = points.iter().map(|(at, of)| (at - x) * (of - y)).sum();
    up / points.iter().map(|(at, _)| (at - x).powi(2)).sum::<f64>()
}

fn near(found: &Value, wanted: f64) -> bool {
    found.as_f64().is_some_and(|found| (found - wanted).abs() < 2e-6)
}

#[test]
fn before_and_after_is_what_a_second_computation_gives() {
    let server = Server::on(&demo());
    let stories = server.get("/v1/verhalen?niveau=buurten").ok();
    let mut told = 0;
    for story in list(&stories["verhalen"]) {
        let id = story["id"].as_str().expect("an id");
        let answer = server
            .get(&format!("/v1/analyses/voor-en-na?indicator=leefbaarheid&verhaal={id}"))
            .ok();
        let outcome = &answer["uitkomst"];
        let code = story["code"].as_str().expect("a code");
        assert_eq!(outcome["code"], code);
        let said = outcome["zinnen"].to_string();
        assert!(said.contains("verschil, geen bewijs van effect"), "{said}");
        assert!(said.contains("a difference, no proof of effect"), "{said}");
        assert_eq!(outcome["lezing"]["nl"], "verschil, geen bewijs van effect");
        let own = series(&server, code, "leefbaarheid");
        let van = story["van"].as_u64().expect("a year");
        let before = own.keys().copied().rfind(|year| *year < van);
        let after = match story["tot"].as_u64() {
            Some(tot) => own.keys().copied().find(|year| *year >= tot),
            None => None,
        };
        let after = after.or_else(|| own.keys().copied().rfind(|year| *year >= van));
        let codes: Vec<&str> =
            each(&outcome["gebieden"], "code").into_iter().filter_map(Value::as_str).collect();
        // None of them had such an approach, and none is the area itself.
        assert_eq!(codes.len(), 10);
        for other in &codes {
            assert_ne!(*other, code);
            for there in list(&server.get(&format!("/v1/verhalen?gebied={other}")).ok()["verhalen"])
            {
                let end = |one: &Value| one["tot"].as_u64().unwrap_or(9999);
                let overlaps = there["van"].as_u64() <= Some(end(story))
                    && story["van"].as_u64() <= Some(end(there));
                assert!(there["pijler"] != story["pijler"] || !overlaps, "{other}: {there}");
            }
        }
        let figures: Vec<_> =
            codes.iter().map(|code| series(&server, code, "leefbaarheid")).collect();
        let (Some(before), Some(after)) = (before, after) else {
            assert!(outcome["verandering"].is_null() && !outcome["reden"].is_null(), "{outcome:#}");
            continue;
        };
        let both: Vec<_> =
            figures.iter().filter_map(|one| Some(one.get(&after)? - one.get(&before)?)).collect();
        if both.len() < 5 {
            assert!(outcome["verandering"].is_null(), "{outcome:#}");
            continue;
        }
        told += 1;
        let change = &outcome["verandering"];
        assert_eq!((&change["jaarErvoor"], &change["jaarErna"]), (&before.into(), &after.into()));
        let (mine, mean) =
            (own[&after] - own[&before], both.iter().sum::<f64>() / both.len() as f64);
        assert!(near(&change["eigen"], mine) && near(&change["gemiddeld"], mean), "{change}");
        assert!(near(&change["verschil"], mine - mean), "{change}");
        let placebo: Vec<f64> = (0..both.len())
            .map(|at| {
                let rest: f64 =
                    both.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, d)| d).sum();
                both[at] - rest / (both.len() - 1) as f64
            })
            .collect();
        let rank = 1 + placebo.iter().filter(|one| one.abs() >= (mine - mean).abs()).count();
        assert_eq!(
            (&change["rang"], &change["vanAantal"]),
            (&rank.into(), &(both.len() + 1).into())
        );
        let differences: Vec<f64> =
            list(&outcome["gebieden"]).iter().filter_map(|one| one["verschil"].as_f64()).collect();
        for (found, wanted) in differences.iter().zip(&placebo) {
            assert!((found - wanted).abs() < 2e-6, "{found} {wanted}");
        }
        let years: Vec<u64> = own.keys().copied().filter(|year| *year <= before).collect();
        let trend = |of: &BTreeMap<u64, f64>| {
            let points: Option<Vec<_>> =
                years.iter().map(|year| Some((*year as f64, *of.get(year)?))).collect();
            points.filter(|points| points.len() > 1).map(|points| slope(&points))
        };
        match trend(&own) {
            None => assert!(outcome["trendErvoor"].is_null()),
            Some(mine) => {
                let of = &outcome["trendErvoor"];
                let members = figures
                    .iter()
                    .filter(|one| one.contains_key(&before) && one.contains_key(&after));
                let others: Vec<f64> = members.filter_map(trend).collect();
                assert!(near(&of["eigen"], mine), "{of}");
                let mean = others.iter().sum::<f64>() / others.len() as f64;
                assert!(near(&of["gemiddeld"], mean) && near(&of["verschil"], mine - mean), "{of}");
            }
        }
        let shown = list(&outcome["jaren"]).iter().find(|one| one["jaar"] == after);
        let shown = shown.expect("the year after");
        let there: Vec<f64> = figures
            .iter()
            .filter(|one| one.contains_key(&before) && one.contains_key(&after))
            .map(|one| one[&after])
            .collect();
        assert!(near(&shown["gemiddeld"], there.iter().sum::<f64>() / there.len() as f64));
        assert!(near(&shown["hoogste"], there.iter().copied().fold(f64::MIN, f64::max)));
        let page = server.get(&format!("/analyse/voor-en-na?verhaal={id}&taal=en")).text();
        assert!(
            page.contains("a difference, no proof of effect") && page.contains("class=\"haak\"")
        );
    }
    assert!(told > 5, "{told} stories have an outcome");
}

#[test]
fn areas_with_the_same_approach_are_left_out_and_what_cannot_be_told_is_said() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let all = server.get("/v1/gebieden?niveau=buurten&aantal=1000").ok();
    let outcome = |server: &Server, query: &str| {
        server.get(&format!("/v1/analyses/voor-en-na?{query}")).ok()["uitkomst"].clone()
    };
    let ask = |code: &str| format!("indicator=leefbaarheid&gebied={code}&van=2013&tot=2018");
    let code = each(&all["gebieden"], "code")
        .into_iter()
        .filter_map(Value::as_str)
        .find(|code| !outcome(&server, &ask(code))["verandering"].is_null())
        .expect("a buurt with an outcome")
        .to_owned();
    let before = outcome(&server, &ask(&code));
    drop(server);
    let nearest: Vec<String> = each(&before["gebieden"], "code")
        .iter()
        .map(|code| code.as_str().expect("a code").to_owned())
        .collect();
    // The three most alike get an approach in those years, the fourth long before.
    let rows: Vec<String> = nearest
        .iter()
        .take(4)
        .enumerate()
        .map(|(at, code)| match at {
            3 => format!("{code};1990;1995;fysiek;Lang geleden;;;"),
            _ => format!("{code};2014;;fysiek;Ook hier {at};;;"),
        })
        .collect();
    place.put(&format!("{ABOUT}openbaar = true\n"), &(rows.join("\n") + "\n"));
    place.import();
    let server = Server::on(&place.atlas);
    let after = outcome(&server, &ask(&code));
    let now: Vec<&str> =
        each(&after["gebieden"], "code").into_iter().filter_map(Value::as_str).collect();
    assert!(nearest[..3].iter().all(|code| !now.contains(&code.as_str())), "{now:?}");
    assert_eq!(now[0], nearest[3]);
    let left = |of: &Value| of["keuze"]["weggelatenMetAanpak"].as_u64().expect("a number");
    // Further down the list there may be more.
    assert!(left(&after) >= left(&before) + 3, "{}", after["keuze"]);
    assert!(after["zinnen"].to_string().contains("deden niet mee"), "{}", after["zinnen"]);
    // Too early, too late: a reason and no number.
    for (years, said) in
        [("van=1950", "geen cijfer van voor 1950"), ("van=2090", "van 2090 of later")]
    {
        let query = format!("indicator=leefbaarheid&gebied={code}&{years}");
        let found = outcome(&server, &query);
        assert!(found["verandering"].is_null(), "{found:#}");
        assert!(found["reden"]["nl"].as_str().is_some_and(|why| why.contains(said)), "{found:#}");
        assert!(found["zinnen"].to_string().contains("geen bewijs van effect"));
        let page = server.get(&format!("/analyse/voor-en-na?{query}"));
        assert_eq!(page.status, 200);
        assert!(page.text().contains("Hier is geen getal te geven"));
    }
    for (wrong, name) in [
        ("van=2013".to_owned(), "gebied"),
        (format!("gebied={code}"), "van"),
        (format!("gebied={code}&van=2018&tot=2013"), "tot"),
        (format!("gebied={code}&verhaal=bestaatniet"), "verhaal"),
        ("gebied=BU00000000&van=2013".to_owned(), "gebied"),
        (format!("gebied={code}&van=2013&niveau=wijken"), "niveau"),
    ] {
        let target = format!("/v1/analyses/voor-en-na?indicator=leefbaarheid&{wrong}");
        let problem = server.get(&target).problem(400);
        let names = each(&problem["errors"], "location");
        assert!(names.iter().any(|one| one["name"] == name), "{wrong}: {problem:#}");
    }
    // A count is of another size everywhere.
    let target = format!("/v1/analyses/voor-en-na?indicator=inwoners&gebied={code}&van=2013");
    server.get(&target).problem(400);
    let story =
        &server.get(&format!("/v1/verhalen?gebied={}", nearest[0])).ok()["verhalen"][0]["id"];
    let story = story.as_str().expect("an id");
    let other = format!("indicator=leefbaarheid&gebied={code}&verhaal={story}");
    server.get(&format!("/v1/analyses/voor-en-na?{other}")).problem(400);
    // The page forgives: the story says where.
    assert_eq!(server.get(&format!("/analyse/voor-en-na?{other}&van=2001")).status, 200);
}
