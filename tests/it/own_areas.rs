//! Areas that a municipality drew itself, as a further level: laid over buurten, with figures made
//! of theirs.

use std::{collections::BTreeMap, fs};

use serde_json::{Value, json};

use crate::harness::{OwnPlace as Place, Server, canonical_dump, ogrinfo, run, skip};

type Ring = Vec<[f64; 2]>;

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

const ABOUT: &str = "soort = 'gebieden'\nbestand = 'delen.geojson'\nniveau = 'stadsdelen'\n\
                     naam = { nl = 'stadsdelen', en = 'city parts' }\n\
                     enkelvoud = { nl = 'stadsdeel', en = 'city part' }\nindeling = 2024\n\
                     bron = 'Gemeente Verzonnen'\nlicentie = 'CC BY 4.0'\n";

const PUBLIC_ABOUT: &str = "openbaar = true\n";

/// Features in RD New.
fn collection(features: &[(&str, &str, Value)]) -> String {
    let features: Vec<_> = features
        .iter()
        .map(|(code, name, geometry)| {
            let properties = json!({"code": code, "naam": name});
            json!({"type": "Feature", "properties": properties, "geometry": geometry})
        })
        .collect();
    let crs = json!({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}});
    json!({"type": "FeatureCollection", "crs": crs, "features": features}).to_string()
}

fn rectangle([x0, y0]: [f64; 2], [x1, y1]: [f64; 2]) -> Value {
    json!({"type": "Polygon", "coordinates": [[[x0, y0], [x1, y0], [x1, y1], [x0, y1], [x0, y0]]]})
}

/// The areas of a level with their shapes in RD, at full detail, and one figure.
fn layer(server: &Server, level: &str, topic: &str, year: u16) -> Vec<Value> {
    let target = format!(
        "/v1/lagen/{level}.geojson?indicator={topic}&jaar={year}&detail=volledig&crs=EPSG:28992"
    );
    list(&server.get(&target).ok()["features"]).to_vec()
}

fn rings(geometry: &Value) -> Vec<Ring> {
    let polygons = list(&geometry["coordinates"]).iter().flat_map(list);
    polygons
        .map(|ring| {
            let at = |point: &Value, axis: usize| point[axis].as_f64().expect("a coordinate");
            list(ring).iter().map(|point| [at(point, 0), at(point, 1)]).collect()
        })
        .collect()
}

fn signed_area(ring: &Ring) -> f64 {
    let turn = |pair: &[[f64; 2]]| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1];
    ring.windows(2).map(turn).sum::<f64>() / 2.0
}

/// What of a ring lies west of a line (Sutherland and Hodgman): its signed area is exact, however
/// the ring is shaped.
fn west_of(ring: &Ring, x: f64) -> Ring {
    let mut out = Ring::new();
    for pair in ring.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if a[0] <= x {
            out.push(a);
        }
        if (a[0] <= x) != (b[0] <= x) {
            out.push([x, a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0])]);
        }
    }
    out.extend(out.first().copied());
    out
}

fn extent(features: &[Value]) -> [[f64; 2]; 2] {
    let points = features.iter().flat_map(|one| rings(&one["geometry"])).flatten();
    points.fold([[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]], |[low, high], point| {
        [
            [low[0].min(point[0]), low[1].min(point[1])],
            [high[0].max(point[0]), high[1].max(point[1])],
        ]
    })
}

fn is_land(feature: &Value) -> bool {
    !list(&feature["properties"]["vlaggen"]).contains(&Value::from("water"))
}

fn number(feature: &Value) -> Option<f64> {
    feature["properties"]["waarde"].as_f64()
}

fn by_code(features: &[Value]) -> BTreeMap<String, Value> {
    let of = |one: &Value| (one["id"].as_str().expect("a code").to_owned(), one.clone());
    features.iter().map(of).collect()
}

/// Everything west and everything east of a line through the country.
#[test]
fn two_halves_keep_the_totals_and_follow_the_ground() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let buurten = layer(&server, "buurten", "inwoners", 2024);
    let [low, high] = extent(&buurten);
    let x = f64::midpoint(low[0], high[0]).round();
    let [south_west, north_east] = [low.map(|at| at - 500.0), high.map(|at| at + 500.0)];
    drop(server);
    place.put("delen.toml", &format!("{ABOUT}{PUBLIC_ABOUT}"));
    let halves = [
        ("west", "West", rectangle(south_west, [x, north_east[1]])),
        ("oost", "Oost", rectangle([x, south_west[1]], north_east)),
    ];
    place.put("delen.geojson", &collection(&halves));
    place.import();

    let server = Server::on(&place.atlas);
    let mut expected = 0.0;
    for one in buurten.iter().filter(|one| is_land(one)) {
        let own = rings(&one["geometry"]);
        let all: f64 = own.iter().map(signed_area).sum();
        let west: f64 = own.iter().map(|ring| signed_area(&west_of(ring, x))).sum();
        expected += number(one).unwrap_or(0.0) * west / all;
    }
    let parts = by_code(&layer(&server, "stadsdelen", "inwoners", 2024));
    let west = number(&parts["west"]).expect("a figure");
    // Pieces with less than one in a hundred of a buurt go to its other side.
    assert!((west / expected - 1.0).abs() < 0.005, "{west} {expected}");
    let of = &parts["west"]["properties"];
    assert_eq!((&of["omrekening"], &of["geschat"]), (&"oppervlakte".into(), &true.into()));

    // Of every year, on whatever division it was delivered.
    let entry = server.get("/v1/indicatoren/inwoners").ok();
    let years: Vec<u16> = list(&entry["niveaus"])
        .iter()
        .find(|one| one["niveau"] == "stadsdelen")
        .map(|one| list(&one["jaren"]).to_vec())
        .expect("the level")
        .iter()
        .filter_map(|one| one["jaar"].as_u64())
        .filter_map(|year| u16::try_from(year).ok())
        .collect();
    assert!(years.len() > 2, "{years:?}");
    for year in years {
        let total: f64 =
            layer(&server, "buurten", "inwoners", year).iter().filter_map(number).sum();
        let parts = layer(&server, "stadsdelen", "inwoners", year);
        let sum: f64 = parts.iter().filter_map(number).sum();
        assert!((sum - total).abs() < 1e-6 * total, "{year}: {sum} {total}");
    }
}

#[test]
fn whole_buurten_are_added_up_and_averaged_by_their_people() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let wijken = layer(&server, "wijken", "inwoners", 2024);
    let chosen = wijken.iter().filter(|one| is_land(one)).max_by(|a, b| {
        let [a, b] = [a, b].map(|one| number(one).unwrap_or(0.0));
        a.total_cmp(&b)
    });
    let chosen = chosen.expect("a wijk");
    let wijk = chosen["id"].as_str().expect("a code").to_owned();
    place.put("delen.toml", &format!("{ABOUT}{PUBLIC_ABOUT}"));
    place.put("delen.geojson", &collection(&[("N", "Noord", chosen["geometry"].clone())]));
    drop(server);
    let told = run(&["check", "--data", place.data(), place.folder()]).succeeded().stdout;
    assert!(told.contains("1 of 1 areas are made of whole buurten"), "{told}");
    place.import();

    let server = Server::on(&place.atlas);
    let inside = |topic: &str| -> Vec<Option<f64>> {
        let of = layer(&server, "buurten", topic, 2024);
        let code = |one: &&Value| one["id"].as_str().is_some_and(|code| code[2..8] == wijk[2..]);
        of.iter().filter(code).filter(|one| is_land(one)).map(number).collect()
    };
    let own = |topic: &str| layer(&server, "stadsdelen", topic, 2024).remove(0);
    let people = inside("inwoners");
    let area = own("inwoners");
    let sum: f64 = people.iter().flatten().sum();
    assert_eq!(number(&area), Some(sum));
    assert_eq!(area["properties"]["omrekening"], "samengevoegd");
    assert_eq!(area["properties"]["geschat"], false);

    let scores = inside("leefbaarheid");
    let known = || scores.iter().zip(&people).filter_map(|(score, people)| score.zip(*people));
    let weight: f64 = known().map(|(_, people)| people).sum();
    assert!(weight > 0.9 * sum, "{weight} of {sum}");
    let mean = known().map(|(score, people)| score * people).sum::<f64>() / weight;
    let found = number(&own("leefbaarheid")).expect("a score");
    assert!((found - mean).abs() < 1e-9, "{found} {mean}");

    // It has a place among the others: found by name, by coordinate, in a gemeente, on a page.
    let search = server.get("/v1/gebieden?q=noord&niveau=stadsdelen").ok();
    assert_eq!(search["gebieden"][0]["gemeente"]["code"], format!("GM{}", &wijk[2..6]));
    let within = format!("/v1/lagen/stadsdelen.csv?indicator=inwoners&binnen=GM{}", &wijk[2..6]);
    assert!(server.get(&within).text().contains("N,Noord,stadsdelen"));
    let extent = &search["gebieden"][0]["omvang"];
    let profile = server.get("/v1/gebieden/N/profiel").ok();
    assert_eq!(profile["niveau"], "stadsdelen");
    let middle = |a: usize, b: usize| {
        f64::midpoint(extent[a].as_f64().expect("degrees"), extent[b].as_f64().expect("degrees"))
    };
    let at = server.get(&format!("/v1/locaties?lat={}&lon={}", middle(1, 3), middle(0, 2))).ok();
    let is_inside = at["wijk"]["code"] == wijk.as_str();
    assert_eq!(at["eigen"]["stadsdelen"]["code"] == "N", is_inside, "{at}");
    let page = server.get("/gebied/N").text();
    assert!(page.contains("stadsdeel") && page.contains("Noord"), "{page}");
    assert!(!page.contains("geschat naar oppervlakte"));

    // What was done in the gemeente was done here too.
    let gemeente = server.get(&format!("/v1/verhalen?gebied=GM{}", &wijk[2..6])).ok();
    let of_gemeente = |all: &Value| -> Vec<Value> {
        let own = list(&all["verhalen"]).iter().filter(|one| one["niveau"] == "gemeenten");
        own.map(|one| one["id"].clone()).collect()
    };
    let own = server.get("/v1/verhalen?gebied=N").ok();
    assert_eq!(of_gemeente(&own), of_gemeente(&gemeente));

    match ogrinfo(&["-so", place.data(), "stadsdelen_2024"]) {
        Some(told) => assert!(told.stdout.contains("Feature Count: 1"), "{}", told.stdout),
        None => skip("no GDAL"),
    }
}

#[test]
fn an_estimate_is_marked_wherever_it_stands() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let buurten = layer(&server, "buurten", "inwoners", 2024);
    drop(server);
    let [low, high] = extent(&buurten);
    let middle = [0, 1].map(|axis| f64::midpoint(low[axis], high[axis]));
    place.put("delen.toml", &format!("{ABOUT}{PUBLIC_ABOUT}"));
    place.put("delen.geojson", &collection(&[("M", "Midden", rectangle(low, middle))]));
    place.import();
    let server = Server::on(&place.atlas);
    for (target, mark) in [
        ("/v1/lagen/stadsdelen.csv?indicator=inwoners", "oppervlakte"),
        ("/kaart/inwoners/tabel?niveau=stadsdelen", "(geschat)"),
        ("/gebied/M", "geschat naar oppervlakte"),
        ("/gebied/M?taal=en", "estimated by area of ground"),
        ("/v1/gebieden/M/reeks?indicator=inwoners", "\"geschat\":true"),
        ("/v1/gebieden/M/profiel", "\"geschat\":true"),
        ("/v1/lagen/stadsdelen.svg?indicator=inwoners", "geschat"),
    ] {
        assert!(server.get(target).text().contains(mark), "{target}");
    }
    let legend = server.get("/v1/legenda?niveau=stadsdelen&indicator=inwoners").ok();
    assert_eq!(
        legend["omrekening"]["zin"]["nl"],
        "Cijfers van de buurten van 2024, gelezen op stadsdelen: 1 geschat naar oppervlakte."
    );
}

#[test]
fn a_level_that_is_not_public_is_as_if_it_had_never_been_imported() {
    let place = Place::new();
    let bare = place.folder.path().join("zonder.gpkg");
    fs::copy(&place.atlas, &bare).expect("a copy");
    let address = ["--base-url", "https://kaart.voorbeeld.example"];
    let bare = bare.to_str().expect("UTF-8");
    let without = Server::start(&[&["--data", bare][..], &address].concat());
    let [low, high] = extent(&layer(&without, "buurten", "inwoners", 2024));
    place.put("delen.toml", ABOUT);
    place.put("delen.geojson", &collection(&[("geheim", "Geheim gebied", rectangle(low, high))]));
    place.put(
        "klachten.toml",
        "naam = 'Klachten'\nbestand = 'klachten.csv'\nid = 'klachten'\nsoort = 'aantal'\n\
         jaar = 2024\nniveau = 'stadsdelen'\nbron = 'Gemeente Verzonnen'\nlicentie = 'CC BY 4.0'\n\
         minimum-inwoners = 0\n",
    );
    place.put("klachten.csv", "code;waarde\ngeheim;120\n");
    place.import();
    let internal = ["--data", place.data(), "--intern-listen", "127.0.0.1:0"];
    let with = Server::start(&[&internal[..], &address].concat());
    let point = "/v1/locaties?lat=52.3&lon=5.2";
    for target in [
        "/",
        "/v1/indicatoren",
        "/v1/indicatoren/inwoners",
        "/v1/bronnen",
        "/bronnen",
        "/v1/openapi.json",
        "/analyse",
        "/v1/gebieden?q=geheim",
        "/v1/gebieden?niveau=stadsdelen",
        "/v1/gebieden/geheim",
        "/gebied/geheim",
        "/gebied/GM9003",
        "/v1/gebieden/GM9003",
        "/v1/lagen/stadsdelen.geojson?indicator=inwoners",
        "/v1/lagen/stadsdelen.png?indicator=inwoners",
        "/v1/legenda?niveau=stadsdelen&indicator=inwoners",
        "/v1/waarden/stadsdelen?indicator=inwoners",
        "/v1/gebiedsgrenzen/stadsdelen",
        "/v1/tegels/stadsdelen/tilejson.json",
        "/kaart/inwoners?niveau=stadsdelen",
        "/kaart/inwoners/tabel?niveau=stadsdelen",
        "/embed/inwoners?niveau=stadsdelen",
        "/v1/analyses/concentratie?indicator=laag-inkomen&niveau=stadsdelen",
        "/ogc/v1/collections",
        "/ogc/v1/collections/stadsdelen/items",
        "/v1/wijzigingen",
        "/health/ready",
        point,
    ] {
        let (a, b) = (without.get(target), with.get(target));
        assert_eq!((a.status, a.text()), (b.status, b.text()), "{target}");
        assert_eq!(a.header("etag"), b.header("etag"), "{target}");
    }
    let layer = with.ask_internal("/v1/lagen/stadsdelen.geojson?indicator=klachten").ok();
    assert_eq!(number(&layer["features"][0]), Some(120.0), "{layer}");
    let made = with.ask_internal("/v1/lagen/stadsdelen.geojson?indicator=inwoners").ok();
    assert!(number(&made["features"][0]).is_some_and(|people| people > 1000.0));
}

#[test]
fn every_record_that_cannot_be_used_is_named_and_nothing_is_imported() {
    let place = Place::new();
    let before = canonical_dump(&place.atlas);
    place.put("delen.toml", ABOUT);
    let square = rectangle([150_000.0, 460_000.0], [151_000.0, 461_000.0]);
    let far = rectangle([950_000.0, 460_000.0], [951_000.0, 461_000.0]);
    let point = json!({"type": "Polygon", "coordinates": [[[150_000.0, 460_000.0]]]});
    place.put(
        "delen.geojson",
        &collection(&[
            ("A", "Goed", square.clone()),
            ("GM9003", "Van het CBS", square.clone()),
            ("A", "Nog eens", square.clone()),
            ("é", "Geen code", square.clone()),
            ("B", "Ver weg", far),
            ("C", "Geen vlak", Value::Null),
            ("..", "Geen adres", square.clone()),
        ]),
    );
    place.refuses(&[
        "record 2: GM9003 is een code van het CBS (gemeente)",
        "record 3: A staat er al, op regel 1",
        "record 4: ",
        "record 5: ",
        "record 6: geen vlak",
        "record 7: ..: een code begint niet met een punt",
    ]);
    place.put("delen.geojson", &collection(&[("B", "Een punt", point)]));
    run(&["import", "--data", place.data(), place.folder()]).failed_naming(&["delen"]);
    for (text, said) in [
        (ABOUT.replace("'stadsdelen'\nnaam", "'buurten'\nnaam"), "een niveau van het CBS"),
        (ABOUT.replace("'stadsdelen'\nnaam", "'sqlite-delen'\nnaam"), "van het bestandsformaat"),
        (ABOUT.replace("'stadsdelen'\nnaam", "'gpkg'\nnaam"), "van het bestandsformaat"),
        (ABOUT.replace("2024", "2019"), "de atlas heeft daarvan geen buurten; wel van"),
        (format!("{ABOUT}codekolom = 'nummer'\n"), "wel: code, naam"),
        (ABOUT.replace("delen.geojson", "../delen.geojson"), "een bestand hiernaast"),
        (format!("{ABOUT}kleur = 'rood'\n"), "kleur"),
    ] {
        place.put("delen.toml", &text);
        place.put("delen.geojson", &collection(&[("A", "Goed", square.clone())]));
        run(&["check", "--data", place.data(), place.folder()]).failed_naming(&[said]);
    }
    assert_eq!(canonical_dump(&place.atlas), before, "nothing was imported");
}

#[test]
fn figures_on_own_areas_are_not_given_away_by_other_borders() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let [low, high] = extent(&layer(&server, "buurten", "inwoners", 2024));
    let codes = by_code(&layer(&server, "gemeenten", "inwoners", 2024));
    drop(server);
    let topic = "naam = 'Klachten'\nbestand = 'klachten.csv'\nid = 'klachten'\nsoort = 'aantal'\n\
                 jaar = 2024\nbron = 'Gemeente Verzonnen'\nlicentie = 'CC BY 4.0'\n\
                 minimum-inwoners = 0\n";
    place.put("delen.toml", ABOUT);
    place.put("delen.geojson", &collection(&[("A", "Alles", rectangle(low, high))]));
    place.put("klachten.toml", &format!("{topic}niveau = 'stadsdelen'\n"));
    place.put("klachten.csv", "code;waarde\nA;120\n");
    place.import();
    let once = canonical_dump(&place.atlas);
    place.import();
    assert_eq!(canonical_dump(&place.atlas), once, "the same twice changes nothing");

    let import = || run(&["import", "--data", place.data(), place.folder()]);
    let smaller = rectangle(low, [high[0] - 100.0, high[1]]);
    place.put("delen.geojson", &collection(&[("A", "Alles", smaller)]));
    import().failed_naming(&["met andere grenzen", "klachten", "een andere naam"]);
    place.put("delen.geojson", &collection(&[("A", "Alles", rectangle(low, high))]));
    place.put("klachten.toml", topic);
    let gemeente = codes.keys().next().expect("a gemeente");
    place.put("klachten.csv", &format!("code;waarde\n{gemeente};60\n"));
    import().failed_naming(&["op één eigen niveau", "stadsdelen"]);
    place.put("klachten.toml", &format!("{topic}niveau = 'stadsdelen'\nopenbaar = true\n"));
    place.put("klachten.csv", "code;waarde\nA;120\n");
    import().failed_naming(&["openbaar = true", "stadsdelen is dat niet"]);
    assert_eq!(canonical_dump(&place.atlas), once);
}

/// What is made of hidden cells would tell of them.
#[test]
fn figures_on_own_areas_are_made_of_what_is_shown() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let wijken = layer(&server, "wijken", "inwoners", 2024);
    let buurten = layer(&server, "buurten", "inwoners", 2024);
    drop(server);
    let areas: Vec<_> = wijken
        .iter()
        .filter(|one| is_land(one))
        .map(|one| (one["id"].as_str().expect("a code")[2..].to_owned(), one["geometry"].clone()))
        .collect();
    let features: Vec<_> =
        areas.iter().map(|(code, shape)| (code.as_str(), "Eigen", shape.clone())).collect();
    place.put("delen.toml", &format!("{ABOUT}{PUBLIC_ABOUT}"));
    place.put("delen.geojson", &collection(&features));
    place.put(
        "meldingen.toml",
        "naam = 'Meldingen'\nbestand = 'meldingen.csv'\nid = 'meldingen'\nsoort = 'aantal'\n\
         jaar = 2024\nbron = 'Gemeente Verzonnen'\nlicentie = 'CC BY 4.0'\nopenbaar = true\n",
    );
    let mut rows = String::from("code;waarde\n");
    for one in buurten.iter().filter(|one| is_land(one)) {
        let people = number(one).unwrap_or(0.0);
        rows += &format!("{};{}\n", one["id"].as_str().expect("a code"), (people / 40.0).floor());
    }
    place.put("meldingen.csv", &rows);
    place.import();
    let server = Server::on(&place.atlas);
    let shown = by_code(&layer(&server, "buurten", "meldingen", 2024));
    let made = by_code(&layer(&server, "stadsdelen", "meldingen", 2024));
    let (mut whole, mut lacking) = (0, 0);
    for (code, _) in &areas {
        let parts: Vec<_> =
            shown.iter().filter(|(buurt, of)| buurt[2..8] == code[..] && is_land(of)).collect();
        let sum: f64 = parts.iter().filter_map(|(_, of)| number(of)).sum();
        match number(&made[code]) {
            Some(found) => {
                assert!((found - sum).abs() < 1e-9, "{code}: {found} of {sum} that is shown");
                whole += 1;
            }
            None => {
                assert!(parts.iter().any(|(_, of)| number(of).is_none()), "{code}");
                lacking += 1;
            }
        }
    }
    assert!(whole > 2 && lacking > 2, "{whole} {lacking}");
}

/// Names are texts, whoever wrote them.
#[test]
fn names_are_never_markup() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let [low, high] = extent(&layer(&server, "buurten", "inwoners", 2024));
    drop(server);
    let about =
        ABOUT.replace("'stadsdeel'", "'<b>deel'").replace("'stadsdelen', en", "'<i>delen', en");
    place.put("delen.toml", &format!("{about}{PUBLIC_ABOUT}").replace("'city part'", "'<u>part'"));
    let name = "<img src=x onerror=alert(1)>";
    place.put("delen.geojson", &collection(&[("M", name, rectangle(low, high))]));
    place.import();
    let server = Server::on(&place.atlas);
    for target in [
        "/gebied/M",
        "/gebied/M?taal=en",
        "/kaart/leefbaarheid?niveau=stadsdelen&gebied=M",
        "/kaart/leefbaarheid/tabel?niveau=stadsdelen",
        "/embed/leefbaarheid?niveau=stadsdelen",
        "/analyse/kloof?indicator=leefbaarheid",
        "/analyse/gelijkenis?indicator=leefbaarheid&niveau=stadsdelen",
        "/bronnen",
        "/ogc/v1/collections?f=html",
        "/ogc/v1/collections/stadsdelen-2024/items?f=html",
        "/v1/lagen/stadsdelen.svg?indicator=leefbaarheid",
    ] {
        let page = server.get(target).text();
        for markup in ["<b>deel", "<i>delen", "<u>part", "<img src=x"] {
            assert!(!page.contains(markup), "{target}: {markup}");
        }
    }
    let page = server.get("/gebied/M").text();
    assert!(page.contains("&lt;b&gt;deel") && page.contains("&lt;img src=x"), "it is told as text");
}

/// What was public and is not any more is gone, and told as gone.
#[test]
fn a_level_that_is_public_no_more_takes_its_figures_along() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let [low, high] = extent(&layer(&server, "buurten", "inwoners", 2024));
    drop(server);
    place.put("delen.toml", &format!("{ABOUT}{PUBLIC_ABOUT}"));
    place.put("delen.geojson", &collection(&[("A", "Alles", rectangle(low, high))]));
    place.put(
        "klachten.toml",
        "naam = 'Klachten'\nbestand = 'klachten.csv'\nid = 'klachten'\nsoort = 'aantal'\n\
         jaar = 2024\nniveau = 'stadsdelen'\nbron = 'Gemeente Verzonnen'\nlicentie = 'CC BY 4.0'\n\
         minimum-inwoners = 0\nopenbaar = true\n",
    );
    place.put("klachten.csv", "code;waarde\nA;120\n");
    place.import();
    let server = Server::on(&place.atlas);
    assert_eq!(server.get("/v1/lagen/stadsdelen.geojson?indicator=klachten").status, 200);
    drop(server);
    fs::remove_file(place.own.join("klachten.toml")).expect("a file");
    place.put("delen.toml", ABOUT);
    place.import();
    let server = Server::on(&place.atlas);
    server.get("/v1/lagen/stadsdelen.geojson?indicator=klachten").problem(404);
    assert!(!server.get("/v1/bronnen").text().contains("delen.geojson"));
    let newest = server.get("/v1/wijzigingen").ok()["wijzigingen"][0].clone();
    let told: Vec<_> = list(&newest["cijfers"])
        .iter()
        .map(|one| (one["niveau"].clone(), one["nieuw"].clone(), one["vervallen"].clone()))
        .collect();
    assert_eq!(told, [("stadsdelen".into(), 0.into(), 1.into())], "{newest}");
    assert_eq!(newest["bronnen"], json!([]));
}
