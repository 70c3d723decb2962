//! Two topics on one map: nine cells, each area in one of them or with a reason.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::harness::{Server, each};

const COLOURS: [&str; 9] = [
    "#f3efe8", "#f6b26b", "#d9680f", "#86b6d9", "#888864", "#784f0e", "#2166ac", "#214c4f",
    "#1d2c0b",
];

/// The rows of a CSV answer, each cell by the name of its column.
fn table(server: &Server, target: &str) -> Vec<BTreeMap<String, String>> {
    let answer = server.get(target);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let text = answer.text();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row with a header")).collect()
}

fn number(text: &str) -> Option<f64> {
    (!text.is_empty()).then(|| text.parse().expect("a number"))
}

/// Quantiles of type 7 at one and two thirds, equal ones once and none at the highest value: made
/// here anew.
fn bounds(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    let most = values[values.len() - 1];
    let mut bounds: Vec<f64> = (1..3)
        .map(|step| {
            let place = (values.len() - 1) * step;
            let (below, rest) = (place / 3, (place % 3) as f64 / 3.0);
            let above = values[(below + 1).min(values.len() - 1)];
            values[below] * (1.0 - rest) + above * rest
        })
        .filter(|bound| *bound < most)
        .collect();
    bounds.dedup();
    bounds
}

/// The class of a number, 1 to 3, the favourable one first.
fn class(bounds: &[f64], value: f64, is_high_good: bool) -> usize {
    let above = bounds.iter().filter(|bound| **bound < value).count();
    if is_high_good { 3 - above } else { 1 + above }
}

/// The cells of a layer of two topics against the tables of each by itself.
#[track_caller]
fn agrees(server: &Server, level: &str, year: u16, first: (&str, bool), second: (&str, bool, u16)) {
    let base = format!("/v1/lagen/{level}.csv");
    let both = format!("indicator={}&jaar={year}&met={}", first.0, second.0);
    let own = table(server, &format!("{base}?indicator={}&jaar={year}", first.0));
    let other = table(server, &format!("{base}?indicator={}&jaar={}", second.0, second.2));
    let paired = table(server, &format!("{base}?{both}"));
    let legend = server.get(&format!("/v1/legenda?niveau={level}&{both}")).ok();
    assert_eq!(own.len(), paired.len());

    let found: BTreeMap<&str, _> = other.iter().map(|row| (row["code"].as_str(), row)).collect();
    let pairs: Vec<_> = own
        .iter()
        .map(|row| {
            let other = found.get(row["code"].as_str()).expect("the same areas");
            (row, *other, number(&row["waarde"]), number(&other["waarde"]))
        })
        .collect();
    let compared: Vec<(f64, f64)> = pairs
        .iter()
        .filter(|(row, ..)| row["vlaggen"].is_empty())
        .filter_map(|(_, _, y, x)| y.zip(*x))
        .collect();
    let (ys, xs) = compared.into_iter().unzip();
    let (rows, columns): (Vec<f64>, Vec<f64>) = (bounds(ys), bounds(xs));
    assert_eq!(legend["rijen"]["grenzen"], serde_json::json!(rows));
    assert_eq!(legend["kolommen"]["grenzen"], serde_json::json!(columns));
    assert_eq!(legend["rijen"]["omgekeerd"], first.1);
    assert_eq!(legend["kolommen"]["omgekeerd"], second.1);
    assert_eq!(legend["metJaar"], second.2);

    let mut cells = [0; 9];
    let mut reasons: BTreeMap<String, i64> = BTreeMap::new();
    for ((own, other, y, x), got) in pairs.iter().zip(&paired) {
        let code = &own["code"];
        assert_eq!(code, &got["code"]);
        assert_eq!((&own["waarde"], &own["reden"]), (&got["waarde"], &got["reden"]), "{code}");
        assert_eq!((&other["waarde"], &other["reden"]), (&got["met"], &got["met_reden"]), "{code}");
        let cell = y
            .zip(*x)
            .map(|(y, x)| (class(&rows, y, first.1) - 1) * 3 + class(&columns, x, second.1));
        assert_eq!(got["klasse"], cell.map(|cell| cell.to_string()).unwrap_or_default(), "{code}");
        if own["vlaggen"].contains("water") {
            continue;
        }
        match cell {
            Some(cell) => cells[cell - 1] += 1,
            None => {
                let reason = if y.is_none() { &own["reden"] } else { &other["reden"] };
                assert!(!reason.is_empty(), "{code}");
                *reasons.entry(reason.clone()).or_default() += 1;
            }
        }
    }
    let told: Vec<_> = each(&legend["cellen"], "gebieden");
    assert_eq!(told, cells, "{legend}");
    let told: BTreeMap<String, i64> = legend["redenen"]
        .as_array()
        .expect("reasons")
        .iter()
        .map(|one| {
            let reason = one["reden"].as_str().expect("a reason");
            (reason.to_owned(), one["gebieden"].as_i64().expect("a count"))
        })
        .collect();
    assert_eq!(told, reasons, "{legend}");
    assert_eq!(legend["dekking"]["metWaarde"], cells.iter().sum::<i64>());
    assert!(cells.iter().filter(|count| **count > 0).count() > 5, "{cells:?}");
}

#[test]
fn cells_are_those_of_a_second_computation() {
    let server = Server::demo();
    for level in ["wijken", "buurten"] {
        agrees(&server, level, 2024, ("leefbaarheid", true), ("aandeel-65-plus", false, 2024));
        agrees(&server, level, 2022, ("koopwoningen", false), ("leefbaarheid", true, 2022));
    }
}

#[test]
fn cells_are_those_of_a_second_computation_on_real_figures() {
    let Some(atlas) = crate::harness::everything() else { return };
    let server = Server::on(&atlas);
    agrees(&server, "buurten", 2024, ("leefbaarheid", true), ("aandeel-65-plus", false, 2024));
    agrees(&server, "buurten", 2024, ("leefbaarheid", true), ("koopwoningen", false, 2024));
    agrees(&server, "gemeenten", 2024, ("leefbaarheid", true), ("aandeel-65-plus", false, 2024));
}

#[test]
fn the_legend_tells_axes_cells_and_what_is_missing() {
    let server = Server::demo();
    let asked = "indicator=leefbaarheid&met=laagste-inkomens&jaar=2024";
    let legend = server.get(&format!("/v1/legenda?niveau=buurten&{asked}")).ok();
    assert_eq!(legend["met"], "laagste-inkomens");
    assert_eq!(each(&legend["rijen"]["klassen"], "nl"), ["hoog", "midden", "laag"]);
    assert_eq!(each(&legend["kolommen"]["klassen"], "nl"), ["laag", "midden", "hoog"]);
    assert_eq!(each(&legend["cellen"], "klasse"), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(each(&legend["cellen"], "rij"), [1, 1, 1, 2, 2, 2, 3, 3, 3]);
    assert_eq!(each(&legend["cellen"], "kolom"), [1, 2, 3, 1, 2, 3, 1, 2, 3]);
    assert_eq!(each(&legend["cellen"], "kleur"), COLOURS);
    let last = &legend["cellen"][8];
    let name = last["naam"]["nl"].as_str().expect("a name");
    assert_eq!(name, "leefbaarheid laag, aandeel personen met een laag inkomen hoog");
    let sentence = legend["zin"]["nl"].as_str().expect("a sentence");
    assert!(sentence.starts_with(&format!("{} buurten: ", last["gebieden"])), "{sentence}");
    assert_eq!(legend["letOp"], Value::Null);

    // The layer has what the legend counts, in its colours.
    let layer = server.get(&format!("/v1/lagen/buurten.geojson?{asked}&detail=grof")).ok();
    assert_eq!(layer["legenda"], legend);
    assert_eq!((&layer["met"], &layer["metJaar"]), (&legend["met"], &legend["metJaar"]));
    let mut counts = [0; 9];
    for feature in layer["features"].as_array().expect("features") {
        let of = &feature["properties"];
        assert_ne!(of["waarde"].is_null(), of["reden"].is_null(), "{of}");
        assert_ne!(of["met"].is_null(), of["metReden"].is_null(), "{of}");
        let is_missing = of["waarde"].is_null() || of["met"].is_null();
        assert_eq!(of["klasse"].is_null(), is_missing, "{of}");
        let is_water = of["vlaggen"].as_array().expect("flags").contains(&"water".into());
        if let Some(cell) = of["klasse"].as_u64()
            && !is_water
        {
            let entry = &legend["cellen"][cell as usize - 1];
            assert_eq!((&of["fill"], &of["klassenaam"]), (&entry["kleur"], &entry["naam"]["nl"]));
            counts[cell as usize - 1] += 1;
        }
    }
    assert_eq!(each(&legend["cellen"], "gebieden"), counts);
}

#[test]
fn a_part_of_the_country_keeps_the_bounds_and_counts_its_own() {
    let server = Server::demo();
    let gemeenten = server.get("/v1/gebieden?niveau=gemeenten&aantal=1").ok();
    let gemeente = gemeenten["gebieden"][0]["code"].as_str().expect("a code");
    let asked = "niveau=buurten&indicator=leefbaarheid&met=woningwaarde";
    let whole = server.get(&format!("/v1/legenda?{asked}")).ok();
    let part = server.get(&format!("/v1/legenda?{asked}&binnen={gemeente}")).ok();
    for axis in ["rijen", "kolommen"] {
        assert_eq!(whole[axis], part[axis]);
    }
    let sum = |legend: &Value| -> i64 {
        each(&legend["cellen"], "gebieden").iter().filter_map(|count| count.as_i64()).sum()
    };
    assert!((1..sum(&whole)).contains(&sum(&part)), "{part}");
    assert_eq!(part["binnen"], gemeente);
}

#[test]
fn the_second_year_is_the_nearest_within_three_on_the_same_division() {
    let server = Server::demo();
    let target = |first: &str, year: u16, second: &str| {
        format!("/v1/legenda?niveau=wijken&indicator={first}&jaar={year}&met={second}")
    };
    for (first, year, second, expected) in [
        ("leefbaarheid", 2024, "aandeel-65-plus", 2024),
        ("leefbaarheid", 2024, "misdrijven", 2022),
        ("leefbaarheid", 2016, "aandeel-65-plus", 2018),
        // Two as near: the earlier.
        ("leefbaarheid", 2016, "leefbaarheid-voorzieningen", 2014),
    ] {
        let legend = server.get(&target(first, year, second)).ok();
        assert_eq!(legend["metJaar"], expected, "{first} {year} {second}");
        assert_eq!((&legend["jaar"], &legend["indeling"]), (&year.into(), &2024.into()));
    }
    let problem = server.get(&target("leefbaarheid", 2012, "aandeel-65-plus")).problem(400);
    let error = &problem["errors"][0];
    assert_eq!((&error["location"]["name"], &error["code"]), (&"met".into(), &"geen-jaar".into()));
    assert_eq!(error["toegestaan"], serde_json::json!(["2018", "2020", "2022", "2024"]));
    // Figures on another division are told, and not laid on this one.
    let problem = server.get(&target("leefbaarheid", 2024, "leefbaarheid-2")).problem(400);
    assert!(problem["detail"].as_str().is_some_and(|text| text.contains("2012, 2014, 2016")));
}

#[test]
fn what_cannot_be_is_refused_with_a_reason() {
    let server = Server::demo();
    let first = "/v1/legenda?niveau=wijken&indicator=";
    for (asked, told) in [
        ("leefbaarheid&met=leefbaarheid", "hetzelfde onderwerp"),
        ("leefbaarheid&met=inwoners", "inwoners is een aantal"),
        ("inwoners&met=leefbaarheid", "inwoners is een aantal"),
        ("leefbaarheid&met=leefbaarheid-klasse", "leefbaarheid-klasse is een klasse"),
        ("leefbaarheid-klasse&met=koopwoningen", "leefbaarheid-klasse is een klasse"),
        ("leefbaarheid&met=bestaat-niet", "bestaat-niet"),
        ("leefbaarheid-2-ontwikkeling&met=woningwaarde&sinds=2014", "sinds"),
        ("leefbaarheid&met=koopwoningen&aantalKlassen=4", "aantalKlassen=3"),
        ("leefbaarheid&met=koopwoningen&klassegrenzen=1,2", "klassegrenzen"),
        ("leefbaarheid&met=koopwoningen&palet=geelgroenblauw", "palet"),
        ("leefbaarheid&met=koopwoningen&methode=natuurlijke-grenzen", "methode=kwantielen"),
        ("leefbaarheid&met=koopwoningen&schaal=vast", "schaal=jaar"),
    ] {
        let problem = server.get(&format!("{first}{asked}")).problem(400);
        let errors = problem["errors"].as_array().expect("errors");
        assert_eq!(errors.len(), 1, "{asked}: {problem}");
        assert_eq!(errors[0]["location"]["name"], "met", "{asked}");
        assert!(errors[0]["detail"].as_str().is_some_and(|text| text.contains(told)), "{problem}");
    }
    // What is refused by what it is names what fits, and that does.
    let problem = server.get(&format!("{first}leefbaarheid&met=inwoners")).problem(400);
    let fitting = problem["errors"][0]["toegestaan"].as_array().expect("a list").clone();
    assert!(fitting.contains(&"koopwoningen".into()) && !fitting.contains(&"inwoners".into()));
}

#[test]
fn that_one_is_made_of_the_other_is_told() {
    let server = Server::demo();
    let target = |first: &str, second: &str| {
        format!("/v1/legenda?niveau=wijken&indicator={first}&met={second}")
    };
    for (first, second, told) in [
        ("leefbaarheid", "leefbaarheid-voorzieningen", "is een onderdeel van"),
        ("leefbaarheid-voorzieningen", "leefbaarheid", "is een onderdeel van"),
        ("leefbaarheid", "leefbaarheid-absoluut", "is een andere vorm van"),
        ("aandeel-65-plus", "aandeel-65-plus-tov-land", "is berekend uit"),
    ] {
        let legend = server.get(&target(first, second)).ok();
        let warning = legend["letOp"]["nl"].as_str().expect("a warning");
        assert!(warning.contains(told), "{warning}");
        assert!(warning.ends_with("dat zij samengaan, zegt daarom weinig."), "{warning}");
    }
}

#[test]
fn every_form_of_the_layer_has_both() {
    let server = Server::demo();
    let asked = "indicator=leefbaarheid&met=aandeel-65-plus&jaar=2024";
    let rows = table(&server, &format!("/v1/lagen/wijken.csv?{asked}"));
    let row = rows.iter().find(|row| row["klasse"] == "9").expect("the last cell");
    assert_eq!((&*row["met_indicator"], &*row["met_jaar"]), ("aandeel-65-plus", "2024"));
    assert_eq!(row["klassenaam"], "leefbaarheid laag, aandeel 65-plussers hoog");
    assert!(!row["met"].is_empty() && row["met_reden"].is_empty());
    // One topic has no such columns.
    let alone = table(&server, "/v1/lagen/wijken.csv?indicator=leefbaarheid&jaar=2024");
    assert!(!alone[0].contains_key("met"));

    let book = server.get(&format!("/v1/lagen/wijken.xlsx?{asked}"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.plain())).expect("a workbook");
    let sheet = book.worksheet_range("wijken 2024").expect("a sheet");
    let mut lines = sheet.rows();
    let heads: Vec<String> =
        lines.next().expect("a header").iter().map(ToString::to_string).collect();
    let place = |name: &str| heads.iter().position(|head| head == name).expect("a column");
    for (line, row) in lines.zip(&rows) {
        assert_eq!(line[place("code")], Data::String(row["code"].clone()));
        let same = |column: &str| {
            let expected = number(&row[column]).map_or(Data::Empty, Data::Float);
            assert_eq!(line[place(column)], expected, "{column} of {}", row["code"]);
        };
        ["waarde", "met", "klasse"].into_iter().for_each(same);
        assert_eq!(line[place("met_reden_tekst")] == Data::Empty, row["met_reden"].is_empty());
    }

    let style = server.get(&format!("/v1/lagen/wijken.qml?{asked}")).text();
    assert!(style.contains("metReden") && style.contains("9 leefbaarheid laag"), "{style:.600}");
    let topology = server.get(&format!("/v1/lagen/wijken.topojson?{asked}")).ok();
    let shapes = topology["objects"]["wijken"]["geometries"].as_array().expect("geometries");
    for (shape, row) in shapes.iter().zip(&rows) {
        let class = shape["properties"]["klasse"].as_u64().map(|class| class.to_string());
        assert_eq!(class.unwrap_or_default(), row["klasse"]);
    }
    let picture = server.get(&format!("/v1/lagen/wijken.svg?{asked}")).text();
    for words in COLOURS.into_iter().chain(["Rechtsonder", "65-plussers 2024"]) {
        assert!(picture.contains(words), "no {words} in the picture");
    }
    assert_eq!(server.get(&format!("/v1/lagen/wijken.png?{asked}")).status, 200);
}

#[test]
fn tiles_have_both_numbers_and_the_cell() {
    let server = Server::demo();
    let asked = "indicator=leefbaarheid&met=aandeel-65-plus&jaar=2024";
    let told = server.get(&format!("/v1/tegels/wijken/tilejson.json?{asked}")).ok();
    let fields = &told["vector_layers"][0]["fields"];
    for field in ["leefbaarheid", "aandeel-65-plus", "aandeel-65-plus_reden", "klasse"] {
        assert!(fields[field].is_string(), "{field} in {fields}");
    }
    let tile = server.get(&format!("/v1/tegels/wijken/0/0/0?{asked}"));
    assert_eq!(tile.status, 200);
    let bytes = tile.plain();
    let has = |name: &str| bytes.windows(name.len()).any(|part| part == name.as_bytes());
    assert!(has("klasse") && has("leefbaarheid") && has("aandeel-65-plus"));
    for (query, name) in [
        ("indicator=leefbaarheid", "met"),
        ("met=leefbaarheid", "indicator"),
        ("indicator=leefbaarheid&met=aandeel-65-plus&indicatoren=woningwaarde", "indicatoren"),
        ("indicator=leefbaarheid&met=inwoners", "met"),
    ] {
        let problem = server.get(&format!("/v1/tegels/wijken/0/0/0?{query}")).problem(400);
        assert_eq!(problem["errors"][0]["location"]["name"], name, "{problem}");
    }
}

#[test]
fn what_means_the_same_is_one_answer_and_the_order_of_topics_counts() {
    let server = Server::demo();
    let tag = |query: &str| {
        let answer = server.get(&format!("/v1/lagen/wijken.csv?{query}"));
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.header("etag").expect("an ETag")
    };
    let one = tag("indicator=leefbaarheid&met=aandeel-65-plus");
    for same in [
        "met=aandeel-65-plus&indicator=leefbaarheid&jaar=2024",
        "indicator=leefbaarheid&met=aandeel-65-plus&aantalKlassen=3&methode=kwantielen&schaal=jaar",
    ] {
        assert_eq!(tag(same), one, "{same}");
    }
    assert_ne!(tag("indicator=aandeel-65-plus&met=leefbaarheid"), one);
    assert_ne!(tag("indicator=leefbaarheid"), one);
    let known = server.ask(
        "GET",
        "/v1/lagen/wijken.csv?indicator=leefbaarheid&met=aandeel-65-plus",
        &[("If-None-Match", &one)],
    );
    assert_eq!(known.status, 304);
}

#[test]
fn the_table_page_tells_both_without_script() {
    let server = Server::demo();
    let page = server.get("/kaart/leefbaarheid/tabel?niveau=wijken&met=aandeel-65-plus&jaar=2024");
    assert_eq!(page.status, 200);
    let page = page.text();
    let legend = "/v1/legenda?niveau=wijken&indicator=leefbaarheid&met=aandeel-65-plus&jaar=2024";
    let legend = server.get(legend).ok();
    let sentence = legend["zin"]["nl"].as_str().expect("a sentence");
    assert!(page.contains(sentence), "no {sentence:?}");
    for words in ["Leefbaarheid 2024 naast 65-plussers 2024", "gebieden met beide waarden"] {
        assert!(page.contains(words), "no {words:?}");
    }
    assert!(!page.contains("<script"));
    // Its links keep the second topic.
    let link = page.split("href=\"/v1/lagen/").nth(1).and_then(|rest| rest.split('"').next());
    let link = link.expect("a download").replace("&amp;", "&");
    assert!(link.contains("met=aandeel-65-plus"), "{link}");
    assert_eq!(server.get(&format!("/v1/lagen/{link}")).status, 200);
    let warned = server.get("/kaart/leefbaarheid/tabel?met=leefbaarheid-voorzieningen&taal=en");
    assert!(warned.text().contains("it says little that they go together"));
}
