//! The catalogue: every promised id, breaks in series, what is sensitive, and its documentation.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use serde_json::Value;
use wijkzicht::{
    geodata,
    indicator::{Counted, Display, Indicator, Kind, Recipe},
};

use crate::harness::{Server, everything, origin_in, run, scratch};

/// The ids that others may count on.
const PROMISED: [&str; 62] = [
    "leefbaarheid",
    "leefbaarheid-klasse",
    "leefbaarheid-afwijking",
    "leefbaarheid-absoluut",
    "leefbaarheid-woningvoorraad",
    "leefbaarheid-fysieke-omgeving",
    "leefbaarheid-voorzieningen",
    "leefbaarheid-sociale-samenhang",
    "leefbaarheid-overlast-onveiligheid",
    "leefbaarheid-2",
    "leefbaarheid-2-klasse",
    "leefbaarheid-2-woningen",
    "leefbaarheid-2-bewoners",
    "leefbaarheid-2-voorzieningen",
    "leefbaarheid-2-veiligheid",
    "leefbaarheid-2-fysieke-omgeving",
    "leefbaarheid-2-ontwikkeling",
    "leefbaarheid-2-ontwikkeling-klasse",
    "leefbaarheid-2-ontwikkeling-woningen",
    "leefbaarheid-2-ontwikkeling-bewoners",
    "leefbaarheid-2-ontwikkeling-voorzieningen",
    "leefbaarheid-2-ontwikkeling-veiligheid",
    "leefbaarheid-2-ontwikkeling-fysieke-omgeving",
    "inwoners",
    "bevolkingsdichtheid",
    "stedelijkheid",
    "huishoudens",
    "huishoudensgrootte",
    "aandeel-0-15",
    "aandeel-65-plus",
    "woningwaarde",
    "koopwoningen",
    "huurwoningen",
    "eengezinswoningen",
    "corporatiewoningen",
    "inkomen-per-inwoner",
    "laagste-inkomens",
    "hoogste-inkomens",
    "huishoudens-laagste-inkomen",
    "laag-inkomen",
    "sociaal-minimum",
    "sociaal-minimum-110",
    "sociaal-minimum-120",
    "vermogen",
    "arbeidsparticipatie",
    "bijstand",
    "bijstand-per-1000",
    "misdrijven",
    "afstand-huisarts",
    "afstand-supermarkt",
    "ses-woa",
    "herkomst-buiten-europa",
    "migratieachtergrond-niet-westers",
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
fn every_promised_id_is_there_with_what_belongs_to_it() {
    let catalogue = geodata::catalogue().expect("a sound catalogue");
    let ids: BTreeSet<_> = catalogue.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, BTreeSet::from(PROMISED));
    for one in catalogue.iter() {
        let id = &one.id;
        for text in [&one.name, &one.description, &one.topic, &one.source] {
            assert!(!text.nl.is_empty() && !text.en.is_empty(), "{id}");
        }
        assert_eq!(one.kind == Kind::Aantal, one.display == Display::Cirkel, "{id}");
        assert_eq!(one.published_from.is_empty(), one.publication_threshold.is_none(), "{id}");
        let is_score = one.source.nl.starts_with("Leefbaarometer");
        let rounded = one.rounding.is_some() || one.derived.is_some() || one.kind == Kind::Klasse;
        assert!(rounded || one.kind == Kind::Score, "{id} says how it is rounded");
        assert!(!is_score || one.rounding.is_none(), "{id}");
        let words = one.description.nl.to_lowercase();
        let tells = ["hoog", "hoge", "boven nul", "niets anders"];
        assert!(tells.iter().any(|word| words.contains(word)), "{id} says what high means");
        for other in &one.incomparable_with {
            let other = catalogue.get(other).expect("checked by the catalogue");
            assert!(other.incomparable_with.contains(id), "{} and {id}", other.id);
        }
    }
}

#[test]
fn the_interface_tells_breaks_and_what_does_not_compare() {
    let server = Server::demo();
    let value = server.get("/v1/indicatoren/woningwaarde").ok();
    assert_eq!(value["reeksbreuken"][0]["vanaf"], 2020);
    assert!(value["reeksbreuken"][0]["tekst"]["nl"].is_string(), "{value}");
    assert_eq!(
        value["publicatiegrenzen"][0],
        serde_json::json!({"minstens": 20, "van": "woningen"})
    );
    assert_eq!(value["afronding"], 1000.0);
    let score = server.get("/v1/indicatoren/leefbaarheid").ok();
    assert_eq!(score["nietVergelijkbaarMet"], serde_json::json!(["leefbaarheid-2"]));
    let rate = server.get("/v1/indicatoren/bijstand-per-1000").ok();
    assert_eq!(rate["berekendUit"], serde_json::json!(["bijstand", "inwoners"]));
    let list = server.get("/v1/gebieden?niveau=buurten&aantal=1").ok();
    let code = list["gebieden"][0]["code"].as_str().expect("a code").to_owned();
    let area = server.get(&format!("/v1/gebieden/{code}")).ok();
    assert_eq!(area["reeksbreuken"]["woningwaarde"], value["reeksbreuken"]);
    assert_eq!(area["nietVergelijkbaarMet"]["leefbaarheid"], score["nietVergelijkbaarMet"]);
    assert!(area["reeksbreuken"].get("inwoners").is_none(), "{}", area["reeksbreuken"]);
}

#[test]
fn a_fixed_scale_pools_the_years_on_one_side_of_a_break_alone() {
    let server = Server::demo();
    let bounds = |year: u16, scope: &str| {
        let query = format!(
            "indicator=woningwaarde&niveau=buurten&jaar={year}&methode=kwantielen&schaal={scope}"
        );
        let legend = server.get(&format!("/v1/legenda?{query}")).ok();
        let classes = legend["klassen"].as_array().expect("classes").clone();
        classes.iter().map(|class| class["tot"].clone()).collect::<Vec<Value>>()
    };
    // The series breaks in 2020: 2018 stands alone, the later years share their classes.
    assert_eq!(bounds(2018, "vast"), bounds(2018, "jaar"));
    assert_eq!(bounds(2020, "vast"), bounds(2024, "vast"));
    assert_ne!(bounds(2018, "vast"), bounds(2020, "vast"));
}

#[test]
fn what_is_sensitive_is_shown_only_where_the_configuration_names_it() {
    let folder = scratch();
    let atlas = folder.path().join("atlas.gpkg");
    let atlas = atlas.to_str().expect("UTF-8");
    run(&["demo", "--out", atlas, "--gemeenten", "1"]).succeeded();
    let config = folder.path().join("wijkzicht.toml");
    let path = config.to_str().expect("UTF-8");
    fs::write(&config, "gevoelig = ['inwoners']").expect("a temporary file");
    let refused = run(&["serve", "--data", atlas, "--config", path]);
    refused.failed_naming(&["inwoners", "herkomst-buiten-europa"]);

    origin_in(atlas);
    let hidden = Server::start(&["--data", atlas]);
    let ids = |server: &Server| {
        let list = server.get("/v1/indicatoren").ok();
        let entries = list["indicatoren"].as_array().expect("a list").clone();
        entries.iter().map(|one| one["id"].clone()).collect::<Vec<_>>()
    };
    let id = Value::from("herkomst-buiten-europa");
    assert!(!ids(&hidden).contains(&id));
    let layer = "/v1/lagen/gemeenten.geojson?indicator=herkomst-buiten-europa";
    hidden.get(layer).problem(400);
    hidden.get("/v1/indicatoren/herkomst-buiten-europa").problem(404);
    let area = hidden.get("/v1/gebieden?niveau=gemeenten&aantal=1").ok();
    let code = area["gebieden"][0]["code"].as_str().expect("a code").to_owned();
    let values =
        |server: &Server| server.get(&format!("/v1/gebieden/{code}")).ok()["waarden"].clone();
    assert!(values(&hidden).get("herkomst-buiten-europa").is_none());

    fs::write(&config, "gevoelig = ['herkomst-buiten-europa']").expect("a temporary file");
    let shown = Server::start(&["--data", atlas, "--config", path]);
    assert_eq!(ids(&shown).last(), Some(&id), "the last of the list");
    assert_eq!(shown.get("/v1/indicatoren/herkomst-buiten-europa").ok()["gevoelig"], true);
    assert!(shown.get(layer).ok()["features"][0]["properties"]["waarde"].is_number());
    assert!(values(&shown)["herkomst-buiten-europa"][0]["waarde"].is_number());
}

/// The line of the table in docs/DATA.md that the catalogue makes of an indicator: all but what
/// figures it stands on.
fn documented(one: &Indicator) -> String {
    let rounding = match (&one.rounding, &one.derived) {
        (Some(step), _) => step.to_string(),
        (None, Some(Recipe::Quotient(_))) => "that of the counts".to_owned(),
        (None, Some(Recipe::LocationQuotient(_))) => "that of the share".to_owned(),
        (None, _) => "–".to_owned(),
    };
    let threshold: Vec<_> = one
        .published_from
        .iter()
        .map(|threshold| {
            let counted = match threshold.of {
                Counted::Inwoners => "inhabitants",
                Counted::Huishoudens => "households",
                Counted::Woningen => "homes",
                Counted::Objecten => "properties",
            };
            format!("{} {counted}", threshold.least)
        })
        .collect();
    let threshold = if threshold.is_empty() { "–".to_owned() } else { threshold.join(", ") };
    let breaks: Vec<_> = one.breaks.iter().map(|at| at.from.to_string()).collect();
    let breaks = if breaks.is_empty() { "–".to_owned() } else { breaks.join(", ") };
    let unit = one.unit.en.trim();
    let unit = if unit.is_empty() { "–" } else { unit };
    format!("| `{}` | {} | {unit} | {rounding} | {threshold} | {breaks} |", one.id, one.name.en)
}

#[test]
fn the_documentation_has_a_true_line_for_every_indicator() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/DATA.md"));
    let text = text.expect("docs/DATA.md");
    let catalogue = geodata::catalogue().expect("a sound catalogue");
    let wrong: Vec<_> = catalogue
        .iter()
        .map(documented)
        .filter(|line| !text.lines().any(|have| have.starts_with(line)))
        .collect();
    assert!(wrong.is_empty(), "docs/DATA.md lacks these lines:\n{}", wrong.join("\n"));
}

#[test]
fn the_documentation_says_truly_what_stands_on_real_figures() {
    let Some(path) = everything() else { return };
    let atlas = rusqlite::Connection::open(&path).expect("an atlas");
    let covered = |id: &str| {
        let mut query = atlas
            .prepare(
                "SELECT niveau, jaar, count(DISTINCT code) FROM waarden
                 WHERE indicator = ?1 AND waarde IS NOT NULL GROUP BY niveau, jaar",
            )
            .expect("a view");
        let rows = query.query_map([id], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)));
        rows.and_then(Iterator::collect::<Result<Cover, _>>).expect("rows")
    };
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/DATA.md"));
    let text = text.expect("docs/DATA.md");
    let catalogue = geodata::catalogue().expect("a sound catalogue");
    let served = Server::on(&path).get("/v1/indicatoren").ok();
    let mut wrong = Vec::new();
    for one in catalogue.iter() {
        let cover = match &one.derived {
            // What is computed is there where both counts are.
            Some(Recipe::Quotient(recipe)) => {
                let whole = covered(&recipe.denominator);
                let parts = covered(&recipe.numerator).into_iter();
                parts.filter(|(at, _)| whole.contains_key(at)).collect()
            }
            Some(_) => computed(&served, one),
            None => covered(&one.id),
        };
        let line = format!("{} {} |", documented(one), told(&cover, one.sensitive));
        if !text.lines().any(|have| have == line) {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "docs/DATA.md lacks these lines:\n{}", wrong.join("\n"));
}

/// What the atlas computed, by what it serves.
fn computed(served: &Value, one: &Indicator) -> Cover {
    let all = served["indicatoren"].as_array().expect("a list");
    let found = all.iter().find(|served| served["id"] == one.id.as_str());
    let levels = found.and_then(|found| found["niveaus"].as_array()).into_iter().flatten();
    let years = levels.flat_map(|level| {
        let years = level["jaren"].as_array().into_iter().flatten();
        years.filter_map(|year| {
            let name = level["niveau"].as_str()?.to_owned();
            let number = |key: &str| year[key].as_u64();
            Some(((name, number("jaar")? as u16), number("metWaarde")? as u32))
        })
    });
    years.collect()
}

/// By level and year, how many areas have a figure.
type Cover = BTreeMap<(String, u16), u32>;

/// `wijken 2022, 2024; buurten 2019*, 2024`, with a star where only a few areas have it; or that
/// only the demo does.
fn told(covered: &Cover, sensitive: bool) -> String {
    let levels: Vec<_> =
        [("gemeenten", 100), ("wijken", 1_000), ("buurten", 1_000), ("pc4", 1_000)]
            .into_iter()
            .filter_map(|(level, many)| {
                let years: Vec<_> = covered
                    .iter()
                    .filter(|((of, _), _)| of == level)
                    .map(|((_, year), areas)| {
                        format!("{year}{}", if *areas < many { "*" } else { "" })
                    })
                    .collect();
                (!years.is_empty()).then(|| format!("{level} {}", years.join(", ")))
            })
            .collect();
    match (levels.is_empty(), sensitive) {
        (false, _) => levels.join("; "),
        (true, false) => "only on the demo".to_owned(),
        (true, true) => "none".to_owned(),
    }
}
