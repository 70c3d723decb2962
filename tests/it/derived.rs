//! What the atlas computes from other indicators is served as any other: in every form, with
//! reasons, sources and how it was made.

use std::{collections::BTreeSet, fs, path::Path, time::Instant};

use serde_json::Value;
use wijkzicht::{
    atlas::Atlas,
    geodata,
    indicator::{Catalogue, Recipe, ResidentialChange},
    store::{GpkgStore, Store},
};

use crate::harness::{Server, demo, each, everything, run, scratch};

/// What is computed, but for the quotient of counts.
const COMPUTED: [&str; 9] = [
    "cluster-leefbaarheid",
    "cluster-laag-inkomen",
    "stapeling",
    "verloop-leefbaarheid",
    "corporatiebuurt",
    "laag-inkomen-tov-land",
    "laagste-inkomens-tov-land",
    "corporatiewoningen-tov-land",
    "aandeel-65-plus-tov-land",
];

#[test]
fn the_catalogue_says_how_and_of_what_and_has_them_last() {
    let server = Server::demo();
    let list = server.get("/v1/indicatoren").ok();
    let all = list["indicatoren"].as_array().expect("a list");
    let last: Vec<_> =
        all[all.len() - COMPUTED.len()..].iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(last, COMPUTED);
    for one in all {
        let id = one["id"].as_str().expect("an id");
        if !COMPUTED.contains(&id) {
            assert_eq!(one["berekening"].is_null(), id != "bijstand-per-1000", "{id}");
            continue;
        }
        let how = &one["berekening"];
        assert_eq!(one["thema"]["nl"], "Berekend", "{id}");
        let of = one["berekendUit"].as_array().expect("ingredients");
        assert!(!of.is_empty(), "{id}");
        for language in ["nl", "en"] {
            let formula = how["formule"][language].as_str().expect("a formula");
            let named = |id: &Value| formula.contains(id.as_str().expect("an id"));
            assert!(of.iter().all(named), "{id}: {formula}");
        }
        let is_random = how["recept"] == "cluster";
        assert_eq!(how["zaad"].is_u64(), is_random, "{how}");
        assert_eq!(how["permutaties"] == serde_json::json!([999, 9999]), is_random, "{how}");
    }
}

/// The classes or numbers of a level, by code.
fn values(server: &Server, id: &str) -> Vec<(String, Option<f64>, Option<String>)> {
    let layer = server.get(&format!("/v1/lagen/buurten.geojson?indicator={id}")).ok();
    let features = layer["features"].as_array().expect("features");
    let text = |value: &Value| value.as_str().map(str::to_owned);
    features
        .iter()
        .map(|one| {
            let properties = &one["properties"];
            let code = text(&properties["code"]).expect("a code");
            (code, properties["waarde"].as_f64(), text(&properties["reden"]))
        })
        .collect()
}

#[test]
fn each_is_a_layer_a_legend_a_table_a_tile_a_profile_and_a_page() {
    let server = Server::demo();
    let code = "BU90010000";
    let profile = server.get(&format!("/v1/gebieden/{code}/profiel")).ok();
    let detail = server.get(&format!("/v1/gebieden/{code}")).ok();
    let items = server.get(&format!("/ogc/v1/collections/buurten-2024/items/{code}")).ok();
    for id in COMPUTED {
        let all = values(&server, id);
        assert!(all.iter().filter(|(_, value, _)| value.is_some()).count() > 100, "{id}");
        assert!(all.iter().all(|(_, value, why)| value.is_some() != why.is_some()), "{id}");

        let legend = server.get(&format!("/v1/legenda?indicator={id}&niveau=buurten")).ok();
        let counted: f64 =
            each(&legend["klassen"], "gebieden").iter().filter_map(|n| n.as_f64()).sum();
        assert_eq!(Some(counted), legend["dekking"]["metWaarde"].as_f64(), "{id}");
        let number = |one: &Value| one["nummer"].is_u64() && !one["naam"].is_null();
        assert!(legend["klassen"].as_array().expect("classes").iter().all(number), "{id}");

        let table = server.get(&format!("/v1/lagen/buurten.csv?indicator={id}")).text();
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        let header = rows.headers().expect("a header").clone();
        let column = |name: &str| header.iter().position(|one| one == name).expect("a column");
        let (value, why, source) = (column("waarde"), column("reden"), column("bron"));
        for (row, (_, number, reason)) in rows.records().zip(&all) {
            let row = row.expect("a row");
            let read = row[value].parse::<f64>().ok();
            assert!(read.zip(*number).is_none_or(|(a, b)| (a - b).abs() < 1e-4), "{id}: {row:?}");
            assert_eq!(read.is_some(), number.is_some(), "{id}: {row:?}");
            assert_eq!(&row[why], reason.as_deref().unwrap_or_default(), "{id}");
            assert!(!row[source].is_empty(), "{id}");
        }

        let tile = server.get(&format!("/v1/tegels/buurten/7/65/42?indicatoren={id}"));
        assert!(matches!(tile.status, 200 | 204), "{id}");
        server.get(&format!("/v1/waarden/buurten?indicator={id}")).plain();
        server.get(&format!("/v1/lagen/buurten.svg?indicator={id}")).text();
        let page = server.get(&format!("/kaart/{id}/tabel")).text();
        assert!(page.contains("<table"), "{id}");

        let own = all.iter().find(|(one, ..)| one == code).expect("the area");
        let topics = profile["onderwerpen"].as_array().expect("topics");
        let topic = topics.iter().find(|one| one["id"] == id).expect(id);
        let newest = topic["reeks"].as_array().and_then(|years| years.last()).expect("a year");
        assert_eq!(newest["waarde"].is_null(), own.1.is_none(), "{id}");
        assert_eq!(newest["reden"].as_str(), own.2.as_deref(), "{id}");
        let known = detail["waarden"][id].as_array().and_then(|years| years.last());
        assert_eq!(known.expect(id)["reden"], newest["reden"], "{id}");
        let field = id.replace('-', "_");
        let properties = items["properties"].as_object().expect("properties");
        let found = properties.keys().filter(|name| name.starts_with(&field)).count();
        assert!(found > 0, "{id}");
        if id.starts_with("cluster") {
            assert_eq!(found, 1, "{id}: of what is computed when asked for, the newest year");
        }
    }
    let located = "/v1/locaties?x=178000&y=450000&indicatoren=cluster-leefbaarheid";
    let located = server.get(located);
    assert!(matches!(located.status, 200 | 404), "{}", located.text());
}

#[test]
fn what_is_missing_keeps_the_reason_of_what_it_is_computed_from() {
    let server = Server::demo();
    for (id, of, also) in [
        ("cluster-leefbaarheid", "leefbaarheid", "geen_buren"),
        ("cluster-laag-inkomen", "laag-inkomen", "geen_buren"),
        ("corporatiebuurt", "corporatiewoningen", ""),
        ("laag-inkomen-tov-land", "laag-inkomen", "te_weinig_inwoners"),
        ("aandeel-65-plus-tov-land", "aandeel-65-plus", "te_weinig_inwoners"),
    ] {
        let mut missing = 0;
        for (own, other) in values(&server, id).iter().zip(values(&server, of)) {
            assert_eq!(own.0, other.0);
            missing += usize::from(own.1.is_none());
            match &own.2 {
                Some(why) if other.1.is_some() => assert_eq!(why, also, "{id} {}", own.0),
                why => assert_eq!(*why, other.2, "{id} {}", own.0),
            }
        }
        assert!(missing > 0, "{id}");
    }
}

#[test]
fn clusters_answer_the_same_each_time_and_each_year() {
    let (one, other) = (Server::demo(), Server::demo());
    for year in [2012, 2024] {
        let question = format!("/v1/lagen/buurten.csv?indicator=cluster-leefbaarheid&jaar={year}");
        let [first, second] = [&one, &other].map(|server| server.get(&question));
        assert_eq!(first.text(), second.text());
        assert_eq!(first.header("etag"), second.header("etag"));
    }
}

#[test]
fn an_export_has_them_as_rows_and_the_atlas_holds_none_of_them() {
    let atlas = demo();
    let atlas = atlas.to_str().expect("a path in UTF-8");
    let folder = scratch();
    let table = folder.path().join("alles.csv");
    let path = table.to_str().expect("a path in UTF-8");
    run(&["export", "--data", atlas, "--long", "--level", "wijken", "--format", "csv", path])
        .succeeded();
    let text = fs::read_to_string(&table).expect("a table");
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let at = rows.headers().expect("a header").iter().position(|one| one == "indicator");
    let at = at.expect("a column of indicators");
    let found: BTreeSet<_> = rows.records().map(|row| row.expect("a row")[at].to_owned()).collect();
    let lacking: Vec<_> = COMPUTED.iter().filter(|id| !found.contains(**id)).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    let stored = rusqlite::Connection::open(atlas).expect("an atlas");
    for id in COMPUTED {
        let count = "SELECT count(*) FROM reeksen WHERE indicator = ?1";
        let count: u32 = stored.query_row(count, [id], |row| row.get(0)).expect("a count");
        assert_eq!(count, 0, "{id} is computed at every start, never stored");
    }
}

/// An atlas with and without what is computed, and how long each took to put together.
fn loaded(path: &Path, with: bool) -> (Atlas, f64) {
    let files = geodata::files("indicators/");
    let files = files.iter().filter(|(name, _)| with || !name.ends_with("afgeleid.toml"));
    let catalogue = Catalogue::parse(files.map(|(name, text)| (name.as_str(), text.as_str())));
    let contents = GpkgStore::new(path).read().expect("readable").expect("an atlas");
    let palettes = geodata::palettes().expect("sound palettes");
    let rule = geodata::residential_rule(&ResidentialChange::default()).expect("a sound rule");
    let catalogue = catalogue.expect("a sound catalogue");
    let begun = Instant::now();
    let atlas = Atlas::new(contents, catalogue, palettes, rule);
    (atlas, begun.elapsed().as_secs_f64())
}

#[test]
fn on_real_figures_clusters_wait_and_no_version_changes() {
    let Some(path) = everything() else { return };
    let (without, before) = loaded(&path, false);
    let (with, after) = loaded(&path, true);
    assert_eq!(without.version, with.version);
    for (recipe, id) in with
        .catalogue
        .iter()
        .filter_map(|one| Some((one.derived.as_ref()?, &one.id)))
        .filter(|(recipe, _)| matches!(recipe, Recipe::Cluster(_)))
    {
        let all: Vec<_> = with.series_of(id).collect();
        assert!(!all.is_empty() && all.iter().all(|one| !one.column.is_ready()), "{recipe:?}");
    }
    let largest = with
        .series_of("cluster-leefbaarheid")
        .max_by_key(|one| (one.coverage.len(), one.key.year))
        .expect("a year");
    let begun = Instant::now();
    let known = largest.column.values().iter().filter(|value| value.number().is_some()).count();
    eprintln!(
        "put together without and with what is computed: {before:.2} s, {after:.2} s; {known} \
         clusters of {} areas: {:.2} s",
        largest.coverage.len(),
        begun.elapsed().as_secs_f64()
    );
    // Neighbours of the country lie together: both kinds are there, and a middle.
    for class in [1.0, 3.0, 5.0] {
        let is_class = |value: &&wijkzicht::indicator::Value| value.number() == Some(class);
        assert!(largest.column.values().iter().filter(is_class).count() > 100, "{class}");
    }
}
