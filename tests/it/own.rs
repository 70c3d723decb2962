//! A municipality's own figures: checked, hidden where they must be, and kept among those who may
//! see them.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;

use crate::harness::{OwnPlace as Place, Server, canonical_dump, run};

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The codes of a level with their residents, in the newest division.
fn residents(server: &Server, level: &str) -> BTreeMap<String, Option<u64>> {
    let layer = server.get(&format!("/v1/lagen/{level}.geojson?indicator=inwoners&jaar=2024")).ok();
    list(&layer["features"])
        .iter()
        .map(|feature| &feature["properties"])
        .filter(|of| !list(&of["vlaggen"]).contains(&Value::from("water")))
        .map(|of| {
            (
                of["code"].as_str().expect("a code").to_owned(),
                of["waarde"].as_f64().map(|people| people as u64),
            )
        })
        .collect()
}

const ABOUT: &str = "naam = 'Meldingen'\nbestand = 'meldingen.csv'\nid = 'meldingen'\nsoort = 'aantal'\n\
                     jaar = 2024\nbron = 'Gemeente Verzonnen'\nlicentie = 'CC BY 4.0'\n";

/// Counts for every buurt that its residents make, with the sums of wijken and gemeenten.
fn counts(server: &Server, of: impl Fn(&str, u64) -> u64) -> (String, BTreeMap<String, u64>) {
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    for (code, people) in residents(server, "buurten") {
        let count = of(&code, people.unwrap_or(0));
        let wijk = format!("WK{}", &code[2..8]);
        let gemeente = format!("GM{}", &code[2..6]);
        for code in [code, wijk, gemeente] {
            *all.entry(code).or_default() += count;
        }
    }
    let rows: Vec<_> = all.iter().map(|(code, count)| format!("{code};{count}")).collect();
    (format!("code;waarde\n{}\n", rows.join("\n")), all)
}

/// The figures of a topic that a server shows, on all levels.
fn shown(server: &Server, id: &str) -> BTreeMap<String, Result<u64, String>> {
    let mut all = BTreeMap::new();
    for level in ["gemeenten", "wijken", "buurten"] {
        let layer = server.get(&format!("/v1/lagen/{level}.geojson?indicator={id}")).ok();
        for feature in list(&layer["features"]) {
            let of = &feature["properties"];
            let code = of["code"].as_str().expect("a code").to_owned();
            let value = of["waarde"].as_f64().map(|value| value as u64);
            let reason = || of["reden"].as_str().expect("a reason").to_owned();
            all.insert(code, value.ok_or_else(reason));
        }
    }
    all
}

#[test]
fn every_row_that_cannot_be_used_is_named_and_nothing_is_imported() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let codes: Vec<String> = residents(&server, "buurten").into_keys().take(3).collect();
    drop(server);
    let before = canonical_dump(&place.atlas);
    place.put("meldingen.toml", ABOUT);
    place.put(
        "meldingen.csv",
        &format!(
            "code;waarde\n{0};12\n{1};veel\nBU00000000;4\n{0};13\n{1};-3\n{2};1,5\n90010001;3\n{2};.\n",
            codes[0], codes[1], codes[2]
        ),
    );
    place.refuses(&[
        "meldingen.csv line 3: \"veel\" is geen getal",
        "line 4: de indeling van 2024 heeft geen gebied BU00000000",
        &format!("line 5: {} van 2024 staat er al, op regel 2", codes[0]),
        "line 6: -3: een aantal is een geheel getal van nul of meer",
        "line 7: 1.5: een aantal is een geheel getal",
        "line 8: ",
    ]);
    let partial = ["import", "--data", place.data(), "--accept-partial", "--json", place.folder()];
    let taken = run(&partial).succeeded();
    let report: Value = serde_json::from_str(&taken.stdout).expect("JSON");
    let topic = &report["onderwerpen"][0];
    assert_eq!((&topic["rijen"], list(&topic["fouten"]).len()), (&Value::from(2), 6));
    assert_ne!(canonical_dump(&place.atlas), before);
    let once = canonical_dump(&place.atlas);
    run(&partial).succeeded();
    assert_eq!(canonical_dump(&place.atlas), once, "the same twice changes nothing");
}

#[test]
fn a_description_is_held_against_the_catalogue_and_its_table() {
    let place = Place::new();
    place.put("meldingen.csv", "gebied;aantal\nBU00000000;1\n");
    for (text, said) in [
        (ABOUT.replace("'meldingen'", "'inwoners'"), "de catalogus heeft dat onderwerp al"),
        (ABOUT.replace("'meldingen'", "'Te Veel'"), "kleine letters"),
        (ABOUT.replace("meldingen.csv", "../etc/passwd"), "de naam van een bestand hiernaast"),
        (ABOUT.replace("'aantal'", "'percentage'"), "percentage"),
        (ABOUT.replace("'aantal'", "'aandeel'"), "noemer of noemerkolom"),
        (ABOUT.replace("jaar = 2024\n", ""), "jaar of jaarkolom ontbreekt"),
        (format!("{ABOUT}noemer = 'woningwaarde'\n"), "geen aantal in de catalogus"),
        (format!("{ABOUT}kleur = 'rood'\n"), "kleur"),
        (format!("{ABOUT}minimum = 1\n"), "ten minste 2"),
        (
            ABOUT.to_owned(),
            "codekolom = \"code\": meldingen.csv heeft die kolom niet; wel: gebied, aantal",
        ),
        (ABOUT.replace("meldingen.csv", "weg.csv"), "weg.csv"),
    ] {
        place.put("meldingen.toml", &text);
        run(&["check", "--data", place.data(), place.folder()]).failed_naming(&["eigen", said]);
    }
    fs::remove_file(place.own.join("meldingen.toml")).expect("a file");
    let none = run(&["import", "--data", place.data(), place.folder()]);
    none.failed_naming(&["no description (*.toml)"]);
    run(&["import", "--data", "nergens.gpkg", place.folder()])
        .failed_naming(&["import the areas of CBS first"]);
}

#[test]
fn own_figures_are_served_like_others_with_what_tells_of_few_hidden() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let (table, truth) =
        counts(&server, |code, people| people / 20 + u64::from(code.as_bytes()[9] % 3) * 3);
    let people = residents(&server, "buurten");
    drop(server);
    place.put("meldingen.toml", &format!("{ABOUT}openbaar = true\nnoemer = 'inwoners'\n"));
    place.put("meldingen.csv", &table);
    place.import();
    let server = Server::on(&place.atlas);
    let entry = server.get("/v1/indicatoren/meldingen").ok();
    assert_eq!((&entry["naam"]["nl"], &entry["soort"]), (&"Meldingen".into(), &"aantal".into()));
    assert_eq!(entry["bron"]["nl"], "Gemeente Verzonnen");
    let shown = shown(&server, "meldingen");
    let mut hidden = 0;
    for (code, value) in &shown {
        match value {
            Ok(value) => {
                assert_eq!(Some(value), truth.get(code), "{code}");
                let people = people.get(code).copied().flatten();
                assert!(*value >= 10 || people == Some(0), "{code}: {value} of {people:?}");
            }
            Err(reason) if truth.contains_key(code) => {
                assert_eq!(reason, "onderdrukt", "{code}");
                hidden += 1;
            }
            Err(_) => {}
        }
    }
    assert!(hidden > 3, "something is hidden");
    // Nobody finds one hidden figure from what is shown beside it and above it.
    for (parent, value) in &shown {
        let inside = |code: &&String| match parent.len() {
            6 => code.len() == 8 && code[2..6] == parent[2..],
            8 => code.len() == 10 && code[2..8] == parent[2..],
            _ => false,
        };
        let children: Vec<_> = truth.keys().filter(inside).collect();
        let secret: Vec<_> = children.iter().filter(|code| shown[**code].is_err()).collect();
        if let (Ok(_), [_, ..]) = (value, &secret[..]) {
            assert!(secret.len() > 1, "{parent} gives {secret:?} away");
            let sum: u64 = secret.iter().map(|code| truth[**code]).sum();
            assert!(sum >= 9, "{parent}: {secret:?} are {sum} together");
        }
    }
    let download = server.get("/v1/lagen/buurten.csv?indicator=meldingen").text();
    assert!(download.contains("onderdrukt") && download.contains("Gemeente Verzonnen,CC BY 4.0"));
    let sources = server.get("/v1/bronnen").text();
    assert!(sources.contains("meldingen.csv") && sources.contains("Gemeente Verzonnen"));
    // And that there is something new.
    let changes = server.get("/v1/wijzigingen").ok();
    let newest = &changes["wijzigingen"][0];
    let told = list(&newest["cijfers"]).iter().find(|one| one["niveau"] == "buurten");
    let numbers = shown.iter().filter(|(code, value)| code.starts_with("BU") && value.is_ok());
    let told = told.expect("the buurten");
    assert_eq!(
        (&told["indicator"], &told["nieuw"]),
        (&"meldingen".into(), &numbers.count().into())
    );
    assert_eq!(newest["bronnen"][0]["bestand"], "meldingen.csv", "{newest}");
    let file = String::from_utf8_lossy(&fs::read(&place.atlas).expect("an atlas")).into_owned();
    assert!(!file.contains("meldingen.csv;"), "no row of the table is in the atlas");
    let stored = canonical_dump(&place.atlas);
    let small = truth.iter().filter(|(code, _)| shown.get(*code).is_some_and(Result::is_err));
    for (code, _) in small {
        let rows = stored
            .iter()
            .filter(|row| row.starts_with("waarnemingen") && row.contains(code.as_str()));
        assert!(rows.filter(|row| row.contains("onderdrukt")).count() >= 1, "{code}");
    }
}

/// Every kind of public address, by which a visitor could come to know of a topic.
const PUBLIC: [&str; 33] = [
    "/v1/wijzigingen",
    "/v1/wijzigingen.atom",
    "/",
    "/v1/indicatoren",
    "/v1/indicatoren/meldingen",
    "/v1/bronnen",
    "/bronnen",
    "/methoden",
    "/analyse",
    "/v1/openapi.json",
    "/v1/lagen/buurten.geojson?indicator=meldingen",
    "/v1/lagen/wijken.csv?indicator=meldingen",
    "/v1/lagen/gemeenten.png?indicator=meldingen",
    "/v1/legenda?niveau=buurten&indicator=meldingen",
    "/v1/waarden/buurten?indicator=meldingen",
    "/v1/tegels/buurten/tilejson.json?indicatoren=meldingen",
    "/v1/lagen/buurten.geojson?indicator=leefbaarheid&met=meldingen",
    "/kaart/meldingen",
    "/kaart/meldingen/tabel",
    "/embed/meldingen",
    "/v1/insluiten?indicator=meldingen",
    "/v1/gebieden?q=meldingen",
    "/v1/gebieden/GM9001",
    "/v1/gebieden/GM9001/profiel",
    "/v1/gebieden/GM9001/reeks?indicator=meldingen",
    "/v1/gebieden/GM9001/vergelijkbaar",
    "/gebied/GM9001",
    "/gebied/GM9001/rapport",
    "/ogc/v1/collections",
    "/ogc/v1/collections/buurten/items?limit=3",
    "/v1/analyses/concentratie?indicator=meldingen&niveau=buurten",
    "/v1/samenvatting?niveau=buurten&indicator=meldingen",
    "/health/ready",
];

#[test]
fn what_is_not_public_is_as_if_it_had_never_been_imported() {
    let place = Place::new();
    let bare = place.folder.path().join("zonder.gpkg");
    fs::copy(&place.atlas, &bare).expect("a copy");
    let address = ["--base-url", "https://kaart.voorbeeld.example"];
    let bare = bare.to_str().expect("UTF-8");
    let without = Server::start(&[&["--data", bare][..], &address].concat());
    let (table, truth) = counts(&without, |_, people| people / 15);
    place.put("meldingen.toml", ABOUT);
    place.put("meldingen.csv", &table);
    place.import();
    let internal = ["--data", place.data(), "--intern-listen", "127.0.0.1:0"];
    let with = Server::start(&[&internal[..], &address].concat());
    for target in PUBLIC {
        let (a, b) = (without.get(target), with.get(target));
        assert_eq!(a.status, b.status, "{target}");
        assert_eq!(a.text(), b.text(), "{target}");
        let names = |answer: &crate::harness::Answer| {
            ["etag", "content-type", "cache-control", "vary", "link"]
                .map(|name| answer.header(name))
        };
        assert_eq!(names(&a), names(&b), "{target}");
    }
    assert!(!with.log().contains("meldingen"), "{}", with.log());

    // Those who may see it do, at the other listener.
    let ask = |target: &str| with.ask_internal(target);
    let layer = ask("/v1/lagen/gemeenten.geojson?indicator=meldingen").ok();
    let sums: Vec<u64> = list(&layer["features"])
        .iter()
        .filter_map(|feature| feature["properties"]["waarde"].as_f64().map(|sum| sum as u64))
        .collect();
    let known = truth.iter().filter(|(code, _)| code.starts_with("GM")).map(|(_, sum)| *sum);
    let known: Vec<u64> = known.collect();
    assert!(!sums.is_empty() && sums.iter().all(|sum| known.contains(sum)), "{sums:?} {known:?}");
    assert!(ask("/v1/indicatoren").text().contains("Meldingen"));
    assert_eq!(
        ask("/embed/meldingen")
            .header("content-security-policy")
            .map(|policy| policy.contains("frame-ancestors 'self'")),
        Some(true)
    );
    drop(with);

    // What is written for others has nothing of it either.
    let site = place.folder.path().join("site");
    let site = site.to_str().expect("UTF-8");
    run(&["export", "--data", place.data(), "--site", site]).succeeded();
    assert!(!holds(Path::new(site), "Gemeente Verzonnen"), "the site tells of it");
    let layer = "buurten.csv?indicator=meldingen";
    let out = place.folder.path().join("uit.csv");
    run(&[
        "export",
        "--data",
        place.data(),
        "--layer",
        layer,
        "--format",
        "csv",
        out.to_str().expect("UTF-8"),
    ])
    .failed_naming(&["meldingen"]);
}

/// Whether a file below a folder holds a text.
fn holds(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).expect("a folder").filter_map(Result::ok).any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return holds(&path, text);
        }
        let bytes = fs::read(&path).expect("a file");
        path.to_string_lossy().contains(text) || String::from_utf8_lossy(&bytes).contains(text)
    })
}

#[test]
fn a_second_import_gives_away_nothing_that_the_first_hid() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let (_, truth) = counts(&server, |_, people| people / 10);
    drop(server);
    place.put("meldingen.toml", &format!("{ABOUT}openbaar = true\nminimum-inwoners = 0\n"));
    let write = |truth: &BTreeMap<String, u64>| {
        let rows: Vec<_> = truth.iter().map(|(code, count)| format!("{code};{count}")).collect();
        place.put("meldingen.csv", &format!("code;waarde\n{}\n", rows.join("\n")));
    };
    write(&truth);
    place.import();
    let server = Server::on(&place.atlas);
    let first = shown(&server, "meldingen");
    drop(server);
    // One that was hidden to protect another grows, so that it alone need not be hidden any more.
    let changed = truth
        .iter()
        .find(|(code, count)| code.len() == 10 && first[*code].is_err() && **count >= 1)
        .map(|(code, _)| code.clone())
        .expect("a hidden buurt");
    let mut later = truth.clone();
    for code in [changed.clone(), format!("WK{}", &changed[2..8]), format!("GM{}", &changed[2..6])]
    {
        *later.entry(code).or_default() += 400;
    }
    write(&later);
    place.import();
    let server = Server::on(&place.atlas);
    let second = shown(&server, "meldingen");
    // Who has both knows what either shows, and takes it for the same where it did not change.
    let known =
        |code: &String| second[code].is_ok() || (first[code].is_ok() && truth[code] == later[code]);
    for parent in later.keys().filter(|code| code.len() == 8) {
        let children: Vec<_> =
            later.keys().filter(|code| code.len() == 10 && code[2..8] == parent[2..]).collect();
        let secret: Vec<_> = children.into_iter().filter(|code| !known(code)).collect();
        if known(parent) {
            assert_ne!(secret.len(), 1, "{parent} gives {secret:?} away");
            let sum: u64 = secret.iter().map(|code| later[*code]).sum();
            assert!(secret.is_empty() || sum >= 9, "{parent}: {secret:?} are {sum} together");
        }
    }
}

/// Numbers that look random and are the same in every run.
fn dice(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[test]
fn points_are_counted_and_forgotten() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let box_of = server.get("/v1/gebieden?niveau=gemeenten&aantal=5").ok();
    let codes: Vec<_> =
        list(&box_of["gebieden"]).iter().filter_map(|one| one["code"].as_str()).collect();
    let layer = server.get("/v1/lagen/gemeenten.geojson?indicator=inwoners&crs=EPSG:28992").ok();
    let mut corners: Vec<[f64; 2]> = Vec::new();
    for feature in list(&layer["features"]) {
        collect(&feature["geometry"]["coordinates"], &mut corners);
    }
    let end = |axis: usize, pick: fn(f64, f64) -> f64| {
        corners.iter().map(|corner| corner[axis]).reduce(pick).expect("corners")
    };
    let (low, high) = ([end(0, f64::min), end(1, f64::min)], [end(0, f64::max), end(1, f64::max)]);
    let mut roll = dice(7);
    let mut rows = String::from("x,y,wie\n");
    for _ in 0..6000 {
        let [x, y] = [0, 1].map(|axis| low[axis] + (high[axis] - low[axis]) * roll());
        rows.push_str(&format!("{x:.3},{y:.3},Jansen\n"));
    }
    rows.push_str("hier,daar,Geheim\n");
    place.put("punten.csv", &rows);
    // Where they lie, by the command that answers coordinates.
    let input = fs::File::open(place.own.join("punten.csv")).expect("a file");
    let located =
        crate::harness::run_with(&["locate", "--data", place.data(), "--crs", "rd"], input);
    let located = located.succeeded().stdout;
    let mut truth: BTreeMap<String, u64> = BTreeMap::new();
    for row in located.lines().skip(1) {
        for code in row.split(',').skip(3).take(3).filter(|code| !code.is_empty()) {
            *truth.entry(code.to_owned()).or_default() += 1;
        }
    }
    assert!(codes.iter().any(|code| truth.contains_key(*code)));
    drop(server);

    let about = "naam = 'Meldingen'\nbestand = 'punten.csv'\nid = 'meldingen'\nsoort = 'aantal'\n\
                 jaar = 2024\nbron = 'Gemeente Verzonnen'\nlicentie = 'CC BY 4.0'\nopenbaar = true\n\
                 minimum-inwoners = 0\n[punten]\nx = 'x'\ny = 'y'\n";
    place.put("meldingen.toml", about);
    let report =
        run(&["import", "--data", place.data(), "--accept-partial", place.folder()]).succeeded();
    let outside = located.lines().filter(|row| row.ends_with(",,,") || row.contains(",,,")).count();
    assert!(outside > 0 && report.stdout.contains("het punt ligt in geen enkel gebied"));
    assert!(report.stdout.contains("line 6002: de coördinaat is geen getal"), "{}", report.stdout);
    assert!(report.stdout.contains("verwijder punten.csv"));
    for secret in ["Jansen", "Geheim", "hier"] {
        assert!(!report.stdout.contains(secret) && !report.stderr.contains(secret), "{secret}");
        let atlas = fs::read(&place.atlas).expect("an atlas");
        assert!(
            !atlas.windows(secret.len()).any(|bytes| bytes == secret.as_bytes())
                || secret == "hier"
        );
    }
    let files: Vec<_> = fs::read_dir(place.folder.path()).expect("a folder").collect();
    assert!(files.len() <= 3, "nothing is left beside the atlas: {files:?}");
    let server = Server::on(&place.atlas);
    let shown = shown(&server, "meldingen");
    let mut compared = 0;
    for (code, value) in &shown {
        if let Ok(value) = value {
            assert_eq!(value, truth.get(code).unwrap_or(&0), "{code}");
            compared += 1;
        }
    }
    assert!(compared > 20, "{compared}");
}

/// Every coordinate in a tree of JSON.
fn collect(json: &Value, corners: &mut Vec<[f64; 2]>) {
    match list(json) {
        [Value::Number(x), Value::Number(y), ..] => {
            corners.push([x.as_f64().unwrap_or(0.0), y.as_f64().unwrap_or(0.0)]);
        }
        parts => parts.iter().for_each(|one| collect(one, corners)),
    }
}

#[test]
fn a_hidden_mean_is_never_alone() {
    let place = Place::new();
    let server = Server::on(&place.atlas);
    let people: BTreeMap<String, Option<u64>> = ["gemeenten", "wijken", "buurten"]
        .into_iter()
        .flat_map(|level| residents(&server, level))
        .collect();
    drop(server);
    let rows: Vec<_> =
        people.keys().enumerate().map(|(at, code)| format!("{code};{}", at % 9)).collect();
    place.put("cijfer.csv", &format!("code;waarde\n{}\n", rows.join("\n")));
    place.put(
        "cijfer.toml",
        "naam = 'Rapportcijfer'\nbestand = 'cijfer.csv'\nid = 'meldingen'\nsoort = 'gemiddelde'\n\
         jaar = 2024\nbron = 'Gemeente Verzonnen'\nlicentie = 'CC BY 4.0'\nopenbaar = true\n",
    );
    place.import();
    let server = Server::on(&place.atlas);
    let shown = shown(&server, "meldingen");
    let mut few = 0;
    for (code, people) in &people {
        if people.is_some_and(|people| people > 0 && people < 100) {
            assert_eq!(shown[code], Err("onderdrukt".to_owned()), "{code} with {people:?}");
            few += 1;
        }
    }
    assert!(few > 0, "few live somewhere");
    for parent in people.keys().filter(|code| code.len() == 8 && shown[*code].is_ok()) {
        let inside = |code: &&String| code.len() == 10 && code[2..8] == parent[2..];
        let hidden = people.keys().filter(inside).filter(|code| shown[*code].is_err()).count();
        assert_ne!(hidden, 1, "{parent} and its other buurten give one away");
    }
}
