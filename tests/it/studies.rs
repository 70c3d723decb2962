//! Studies: what comes out is what a second computation gives, and what cannot be is told.

use std::{collections::BTreeMap, fs};

use serde_json::Value;

use crate::harness::{Server, each, everything, scratch};

/// A year of figures by code, from the table of the layer.
fn figures(server: &Server, indicator: &str, year: u32, within: &str) -> BTreeMap<String, f64> {
    let target = format!("/v1/lagen/buurten.csv?indicator={indicator}&jaar={year}{within}");
    let table = server.get(&target).text();
    let mut rows = table.lines().filter(|line| !line.starts_with('#'));
    let heads: Vec<_> =
        rows.next().expect("a header").trim_start_matches('\u{feff}').split(',').collect();
    let at = |name: &str| heads.iter().position(|head| *head == name).expect(name);
    let (code, value) = (at("code"), at("waarde"));
    rows.filter_map(|row| {
        let cells: Vec<_> = row.split(',').collect();
        Some((cells[code].to_owned(), cells.get(value)?.parse().ok()?))
    })
    .collect()
}

fn outcome(server: &Server, target: &str) -> Value {
    let path = format!("/v1/analyses/{target}");
    // A debug build may need longer for the country than an answer may take; it computes on, and
    // who asks again gets what came out.
    let mut answer = server.get(&path);
    for _ in 0..6 {
        if answer.status == 504 {
            answer = server.get(&path);
        }
    }
    let body = answer.ok();
    let account = &body["uitkomst"]["verantwoording"];
    for key in ["formule", "citaat", "versie", "bron", "licentie", "weggelaten", "eenheden"] {
        assert!(!account[key].is_null(), "{target}: no {key}");
    }
    let sentences = body["uitkomst"]["zinnen"].as_array().expect("sentences");
    assert!(
        !sentences.is_empty() && sentences.iter().all(|one| one["nl"] != one["en"]),
        "{target}"
    );
    body["uitkomst"].clone()
}

fn near(value: &Value, expected: f64) {
    let value = value.as_f64().expect("a number");
    assert!((value - expected).abs() < 6e-3, "{value} is not {expected}");
}

/// A gemeente of the demo that has buurten with the indicator.
fn gemeente(server: &Server) -> String {
    let list = server.get("/v1/gebieden?niveau=gemeenten&aantal=50").ok();
    each(&list["gebieden"], "code")[0].as_str().expect("a code").to_owned()
}

#[test]
fn every_question_is_listed_with_what_it_takes_and_answered() {
    let server = Server::demo();
    let list = server.get("/v1/analyses").ok();
    let here = gemeente(&server);
    for entry in list["analyses"].as_array().expect("a list") {
        let id = entry["id"].as_str().expect("an id");
        // One area and a period: it takes no level and no place around it.
        if id == "voor-en-na" {
            outcome(
                &server,
                &format!("{id}?indicator=leefbaarheid&gebied={here}&van=2010&tot=2014"),
            );
            continue;
        }
        let indicator = match id {
            "gelijkenis" | "kloof" | "verandering" | "verloop" => "leefbaarheid",
            _ => "corporatiewoningen",
        };
        let topic = match id {
            "menging" | "stapeling" => String::new(),
            _ => format!("&indicator={indicator}"),
        };
        for within in [String::new(), format!("&binnen={here}")] {
            outcome(&server, &format!("{id}?niveau=buurten{topic}{within}"));
        }
    }
    assert_eq!(list["analyses"].as_array().map(Vec::len), Some(9));
}

#[test]
fn segregation_and_concentration_are_what_a_second_computation_gives() {
    let server = Server::demo();
    let here = gemeente(&server);
    let query = format!("?indicator=corporatiewoningen&niveau=buurten&binnen={here}");
    let found = outcome(&server, &format!("segregatie{query}"));
    let last = found["jaren"].as_array().and_then(|all| all.last()).expect("a year");
    let year = u32::try_from(last["jaar"].as_u64().expect("a year")).expect("32 bits");
    let shares = figures(&server, "corporatiewoningen", year, &format!("&binnen={here}"));
    let denominator = found["noemer"]["nl"].as_str().expect("a denominator").to_lowercase();
    let denominators = server.get("/v1/indicatoren").ok();
    let denominators = denominators["indicatoren"].as_array().expect("a list").iter();
    let id = denominators
        .filter(|one| {
            one["naam"]["nl"].as_str().map(str::to_lowercase).as_deref() == Some(&denominator)
        })
        .map(|one| one["id"].as_str().expect("an id").to_owned())
        .next()
        .expect("the denominator is an indicator");
    let totals = figures(&server, &id, year, &format!("&binnen={here}"));
    let units: Vec<(f64, f64)> = shares
        .iter()
        .filter_map(|(code, share)| totals.get(code).map(|total| (share / 100.0 * total, *total)))
        .collect();
    let (x, t): (f64, f64) =
        units.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let d: f64 = units.iter().map(|(a, b)| (a / x - (b - a) / (t - x)).abs()).sum::<f64>() / 2.0;
    let isolation: f64 = units.iter().filter(|one| one.1 > 0.0).map(|(a, b)| a / x * a / b).sum();
    near(&last["dissimilariteit"], d * 100.0);
    near(&last["isolatie"], isolation * 100.0);
    near(&last["aandeel"], x / t * 100.0);

    let found = outcome(&server, &format!("concentratie{query}&jaar={year}"));
    let reference = found["aandeelLand"].as_f64().expect("a share");
    for area in found["gebieden"].as_array().expect("areas") {
        let code = area["code"].as_str().expect("a code");
        near(&area["aandeel"], shares[code]);
        if let Some(quotient) = area["quotient"].as_f64() {
            assert!((quotient - shares[code] / reference).abs() < 2e-3, "{area}");
        } else {
            assert!(totals[code] < 50.0, "{area}");
        }
    }
}

#[test]
fn what_cannot_be_is_told() {
    let server = Server::demo();
    let wrong = |target: &str, name: &str, words: &str| {
        let problem = server.get(&format!("/v1/analyses/{target}")).problem(400);
        let error = &problem["errors"][0];
        assert_eq!(error["location"]["name"], name, "{target}: {problem}");
        let detail = error["detail"].as_str().expect("a detail");
        assert!(detail.contains(words), "{target}: {detail}");
    };
    wrong("segregatie?indicator=leefbaarheid", "indicator", "telt geen groep");
    wrong("gelijkenis?indicator=leefbaarheid-klasse", "indicator", "klassen en geen getallen");
    wrong("verloop?indicator=inwoners", "indicator", "geen score");
    wrong("verandering?indicator=leefbaarheid&sinds=2024", "sinds", "ligt niet voor");
    wrong("verandering?indicator=leefbaarheid&sinds=1990", "sinds", "geen cijfers van 1990");
    wrong("kloof?indicator=onzin", "indicator", "geen onderwerp");
    wrong("kloof?indicator=leefbaarheid&niveau=straten", "niveau", "geen niveau");
    wrong("kloof?indicator=leefbaarheid&binnen=GM9998", "binnen", "staat niet in de indeling");
    wrong("kloof?indicator=leefbaarheid&codes=BU99999999", "codes", "staat niet in de indeling");
    wrong("concentratie?indicator=corporatiewoningen&drempel=120", "drempel", "0 tot en met 100");
    let here = gemeente(&server);
    wrong(
        &format!("kloof?indicator=leefbaarheid&binnen={here}&codes={here}"),
        "codes",
        "niet samen",
    );
    let list = server.get(&format!("/v1/gebieden?niveau=buurten&binnen={here}&aantal=1")).ok();
    let one = each(&list["gebieden"], "code")[0].as_str().expect("a code").to_owned();
    wrong(
        &format!("gelijkenis?indicator=leefbaarheid&codes={one}"),
        "binnen",
        "gebieden met de cijfers",
    );
    server.get("/v1/analyses/onzin?indicator=leefbaarheid").problem(404);
    server.get("/v1/analyses/kloof?indicator=leefbaarheid&drempel=3").problem(400);
}

/// Theil's H of several groups, as the difference of entropies: another road than the program's.
fn segregated(groups: &[Vec<f64>]) -> f64 {
    let entropy = |counts: &[f64]| {
        let total: f64 = counts.iter().sum();
        let part =
            |count: &f64| if *count > 0.0 { -count / total * (count / total).ln() } else { 0.0 };
        counts.iter().map(part).sum::<f64>()
    };
    let sizes: Vec<f64> = groups.iter().map(|group| group.iter().sum()).collect();
    let (whole, all) = (entropy(&sizes), sizes.iter().sum::<f64>());
    let units = groups[0].len();
    let inside: f64 = (0..units)
        .map(|at| {
            let here: Vec<f64> = groups.iter().map(|group| group[at]).collect();
            let total: f64 = here.iter().sum();
            if total > 0.0 { total * (whole - entropy(&here)) } else { 0.0 }
        })
        .sum();
    inside / (all * whole)
}

#[test]
fn mixture_is_what_a_second_computation_gives() {
    let server = Server::demo();
    let here = gemeente(&server);
    for within in ["", here.as_str()] {
        let place = if within.is_empty() { String::new() } else { format!("&binnen={within}") };
        let found = outcome(&server, &format!("menging?niveau=buurten&groepen=woningen{place}"));
        let last = found["jaren"].as_array().and_then(|years| years.last()).expect("a year");
        let year = u32::try_from(last["jaar"].as_u64().expect("a year")).expect("a year");
        let own = figures(&server, "koopwoningen", year, &place);
        let rented = figures(&server, "corporatiewoningen", year, &place);
        let people = figures(&server, "inwoners", year, &place);
        let mut groups = vec![Vec::new(), Vec::new(), Vec::new()];
        for (code, total) in &people {
            let (Some(own), Some(rented)) = (own.get(code), rented.get(code)) else { continue };
            let (own, rented) = (own / 100.0 * total, rented / 100.0 * total);
            groups[0].push(own);
            groups[1].push(rented);
            groups[2].push((total - own - rented).max(0.0));
        }
        assert_eq!(last["eenheden"], groups[0].len());
        let told = last["entropie"].as_f64().expect("H");
        let expected = segregated(&groups);
        assert!((told - expected).abs() < 2e-4, "{told} is not {expected}");
        let shares: f64 = each(&last["groepen"], "aandeel").iter().filter_map(|s| s.as_f64()).sum();
        assert!((shares - 100.0).abs() < 0.01, "{shares}");
    }
    let problem = server.get("/v1/analyses/menging?groepen=onzin").problem(400);
    assert_eq!(problem["errors"][0]["location"]["name"], "groepen");
    assert!(problem["errors"][0]["toegestaan"].as_array().is_some_and(|all| all.len() > 1));
}

/// Geary's C with rows that add up to 1, over the neighbours that the areas name themselves.
#[test]
fn likeness_by_other_measures_and_neighbours() {
    let server = Server::demo();
    let here = gemeente(&server);
    let place = format!("&binnen={here}");
    let target = format!("gelijkenis?indicator=koopwoningen&niveau=buurten&jaar=2024{place}");
    let usual = outcome(&server, &target);
    let values = figures(&server, "koopwoningen", 2024, &place);
    let mean = values.values().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.values().map(|value| (value - mean).powi(2)).sum();
    let mut sum = 0.0;
    let mut rows = 0.0;
    for (code, value) in &values {
        let area = server.get(&format!("/v1/gebieden/{code}?jaar=2024")).ok();
        let beside: Vec<f64> = each(&area["buren"], "code")
            .into_iter()
            .filter_map(|one| values.get(one.as_str()?).copied())
            .collect();
        if beside.is_empty() {
            continue;
        }
        rows += 1.0;
        let apart: f64 = beside.iter().map(|other| (value - other).powi(2)).sum();
        sum += apart / beside.len() as f64;
    }
    let expected = (values.len() as f64 - 1.0) * sum / (2.0 * rows * squares);
    let told = usual["anders"]["gearyC"].as_f64().expect("C");
    assert!((told - expected).abs() < 2e-4, "{told} is not {expected}");
    assert!(usual["anders"]["hetePlekken"].is_u64() && usual["anders"]["algemeneGZ"].is_f64());
    let mut seen = vec![usual["i"].clone()];
    for buren in ["grens", "lengte", "naaste"] {
        let found = outcome(&server, &format!("{target}&buren={buren}"));
        assert_eq!(found["buren"], buren);
        seen.push(found["i"].clone());
    }
    seen.dedup();
    assert!(seen.len() > 2, "{seen:?}");
    let six = outcome(&server, &format!("{target}&buren=naaste"));
    let neighbours = each(&six["gebieden"], "buren");
    assert!(neighbours.iter().all(|count| **count == 6), "{neighbours:?}");
    let problem = server.get(&format!("/v1/analyses/{target}&buren=vriend")).problem(400);
    assert_eq!(problem["errors"][0]["location"]["name"], "buren");
}

#[test]
fn stacking_counts_what_lies_beyond_the_limits_of_the_country() {
    let server = Server::demo();
    let query = "stapeling?niveau=buurten&indicatoren=leefbaarheid,laag-inkomen:hoog,koopwoningen:laag&deel=25";
    let found = outcome(&server, query);
    let year = 2024;
    let topics = [("leefbaarheid", true), ("laag-inkomen", false), ("koopwoningen", true)];
    let columns: Vec<_> = topics.iter().map(|(id, _)| figures(&server, id, year, "")).collect();
    let limits = each(&found["onderwerpen"], "grens");
    let mut expected = BTreeMap::new();
    let codes: std::collections::BTreeSet<&String> =
        columns.iter().flat_map(|of| of.keys()).collect();
    for code in codes {
        let known = columns.iter().filter(|of| of.contains_key(code)).count();
        let is_bad = |at: usize| {
            let limit = limits[at].as_f64().expect("a limit");
            let (_, low) = topics[at];
            let value = columns[at].get(code);
            value.is_some_and(|value| if low { *value <= limit } else { *value >= limit })
        };
        let count = (0..topics.len()).filter(|at| is_bad(*at)).count();
        if known >= 2 {
            expected.insert(code.clone(), count);
        }
    }
    for one in found["verdeling"].as_array().expect("counts") {
        let count = expected.values().filter(|count| one["aantal"] == **count).count();
        assert_eq!(one["gebieden"], count, "{one}");
    }
    for one in found["gebieden"].as_array().expect("areas") {
        assert_eq!(one["aantal"], expected[one["code"].as_str().expect("a code")]);
    }
    // The limits are those of a quarter of the areas of the country that are compared.
    for one in found["onderwerpen"].as_array().expect("topics") {
        let (bad, known) = (one["ongunstigIn"].as_f64(), one["bekend"].as_f64());
        let part = bad.zip(known).map(|(bad, known)| bad / known).expect("numbers");
        assert!((0.2..0.32).contains(&part), "{one}");
        let r = each(&found["onderwerpen"], "correlaties");
        assert!(r.iter().enumerate().all(|(at, row)| row[at] == 1.0));
    }
    let wrong = |list: &str, words: &str| {
        let target = format!("/v1/analyses/stapeling?niveau=buurten&indicatoren={list}");
        let problem = server.get(&target).problem(400);
        assert_eq!(problem["errors"][0]["location"]["name"], "indicatoren", "{problem}");
        let detail = problem["errors"][0]["detail"].as_str().expect("a detail");
        assert!(detail.contains(words), "{list}: {detail}");
    };
    wrong("leefbaarheid", "twee tot acht");
    wrong("leefbaarheid,koopwoningen", "koopwoningen:laag");
    wrong("leefbaarheid,koopwoningen:weinig", "laag of hoog");
    wrong("leefbaarheid,leefbaarheid:laag", "twee keer");
    wrong("leefbaarheid,leefbaarheid-woningvoorraad", "bevatten elkaar");
    wrong("leefbaarheid,inwoners:hoog", "kies een aandeel");
    wrong("leefbaarheid,onzin:hoog", "geen onderwerp");
}

#[test]
fn the_same_question_gives_the_same_answer_on_any_number_of_threads() {
    let target = "/v1/analyses/gelijkenis?indicator=leefbaarheid&niveau=buurten";
    let ask = |threads: &str| {
        let server = Server::start_with(&["--demo"], &[("RAYON_NUM_THREADS", threads)]);
        server.get(target).text()
    };
    assert!(ask("1") == ask("3"));
}

#[test]
fn public_figures_come_out_as_they_were_measured() {
    let Some(atlas) = everything() else { return };
    let server = Server::on(&atlas);
    let change =
        outcome(&server, "verandering?indicator=leefbaarheid-2&niveau=wijken&sinds=2012&jaar=2014");
    let percent = |counts: &Value| {
        let of = |key: &str| counts[key].as_f64().expect(key);
        (of("lager") / of("bekend") * 1000.0).round() / 10.0
    };
    assert_eq!((change["bekend"].as_u64(), percent(&change)), (Some(2806), 37.7));
    assert_eq!(percent(&change["tegenoverHetLand"]), 48.9);
    let classes = ["gedaald", "gestegen", "gelijk"].map(|key| change[key].as_u64());
    assert_eq!(classes, [44, 122, 2640].map(Some));

    let all = outcome(&server, "segregatie?indicator=laagste-inkomens&niveau=wijken&jaar=2022");
    let gemeenten = all["gemeenten"].as_array().expect("gemeenten");
    assert!(gemeenten.len() > 300, "{}", gemeenten.len());
    let amsterdam = gemeenten.iter().find(|one| one["code"] == "GM0363").expect("Amsterdam");
    let own = outcome(
        &server,
        "segregatie?indicator=laagste-inkomens&niveau=wijken&jaar=2022&binnen=GM0363",
    );
    assert_eq!(amsterdam["dissimilariteit"], own["jaren"][0]["dissimilariteit"]);
    near(&amsterdam["dissimilariteit"], 13.183);

    // Links are between all buurten: an area whose neighbours have no score is listed, not dropped.
    let like = outcome(&server, "gelijkenis?indicator=leefbaarheid&niveau=buurten&jaar=2024");
    assert_eq!(like["verantwoording"]["eenheden"], 12147);
    let islands = like["zonderBuren"].as_array().expect("a list").len();
    assert!((1..400).contains(&islands), "{islands} islands");
    assert!(like["i"].as_f64().is_some_and(|i| i > 0.5));
}

#[test]
fn pages_answer_without_script_and_keep_the_question_when_there_is_no_answer() {
    let server = Server::demo();
    let here = gemeente(&server);
    for question in [
        "concentratie",
        "segregatie",
        "menging",
        "stapeling",
        "gelijkenis",
        "kloof",
        "verandering",
        "verloop",
    ] {
        for query in
            [String::new(), format!("?binnen={here}&taal=en"), "?jaar=&niveau=&binnen=".into()]
        {
            let page = server.get(&format!("/analyse/{question}{query}"));
            let text = page.text();
            assert_eq!(page.status, 200, "{question}{query}: {text}");
            assert!(
                text.contains("<h1>") && text.contains("class=\"inleiding\""),
                "{question}{query}"
            );
            assert!(!text.contains("<script") && !text.contains("style="), "{question}{query}");
            // The picture and the data that it links to are there.
            assert!(text.contains("class=\"grafiek\"") || question == "segregatie", "{question}");
            for link in ["/v1/lagen/", "/v1/analyses/"] {
                let at = text.find(&format!("\"{link}")).expect(link);
                let address = text[at + 1..].split('"').next().expect("an address");
                let answer = server.get(&address.replace("&amp;", "&"));
                assert_eq!(answer.status, 200, "{address}");
            }
        }
    }
    let refused =
        server.get("/analyse/verandering?indicator=leefbaarheid&sinds=1990&binnen=GM9998");
    assert_eq!(refused.status, 400);
    let text = refused.text();
    assert!(text.contains("role=\"alert\"") && text.contains("value=\"1990\""), "{text}");
    assert!(text.contains("<option value=\"GM9998\" selected>"), "what was asked for stays");
    // In English it says so in English.
    let series = "/analyse/segregatie?indicator=corporatiewoningen&niveau=gemeenten&taal=en";
    let refused = server.get(&format!("{series}&binnen={here}"));
    assert_eq!(refused.status, 400);
    let text = refused.text();
    assert!(text.contains("There is no answer") && !text.contains("<p lang=\"nl\">"), "{text}");
    let evil = server.get("/analyse/kloof?binnen=%22%3E%3Cscript%3E&sinds=%3Cb%3E").text();
    assert!(!evil.contains("<script>") && !evil.contains("<b>"), "{evil}");
    assert_eq!(server.get("/analyse").status, 200);
    assert_eq!(server.get("/analyse/onzin").status, 404);
}

/// The address of the data that a page leads to.
fn data_link(page: &str) -> String {
    let at = page.find("\"/v1/analyses/").expect("a link to the data");
    page[at + 1..].split('"').next().expect("an address").replace("&amp;", "&")
}

#[test]
fn a_page_keeps_all_that_was_asked() {
    let server = Server::demo();
    let page = |target: &str| server.get(&format!("/analyse/{target}")).text();
    // What the form has no field for goes along, to the data and to the other language.
    let text = page("verandering?indicator=leefbaarheid&sinds=2020&band=0.05&niveau=buurten");
    let link = data_link(&text);
    assert!(link.contains("sinds=2020") && link.contains("band=0.05"), "{link}");
    let answer = server.get(&link).ok();
    assert_eq!(answer["uitkomst"]["van"], 2020, "{answer}");
    assert!(text.contains("name=\"band\" value=\"0.05\""));
    let english = text.split("href=\"").find(|part| part.contains("taal=en")).expect("a switch");
    assert!(english.split('"').next().is_some_and(|to| to.contains("sinds=2020")), "{english}");
    // An explicit year stays chosen; where none was asked for, the newest does.
    let newest = page("kloof?indicator=leefbaarheid");
    assert!(newest.contains("<option value=\"\" selected>nieuwste</option>"));
    let explicit = page("kloof?indicator=leefbaarheid&jaar=2024");
    assert!(explicit.contains("<option value=\"2024\" selected>"));
    // Who chooses a place leaves the list of codes.
    let here = gemeente(&server);
    let chosen = page(&format!("kloof?indicator=leefbaarheid&codes=BU99999999&binnen={here}"));
    assert!(!chosen.contains("BU99999999"));
}

#[test]
fn places_of_a_selection_that_the_division_lacks_are_told() {
    let all = {
        let server = Server::demo();
        let list = server.get("/v1/lagen/buurten.geojson?indicator=inwoners&jaar=2024&detail=grof");
        let features = list.ok()["features"].as_array().expect("features").clone();
        let code = |one: &Value| one["properties"]["code"].as_str().map(str::to_owned);
        features.iter().filter_map(code).collect::<Vec<_>>()
    };
    let folder = scratch();
    let path = folder.path().join("wijkzicht.toml");
    let config = format!(
        "[[selectie]]\nid = 'alles'\nnaam = 'Alles'\nindeling = 2024\ncodes = ['{}']\n",
        all.join("', '")
    );
    fs::write(&path, config).expect("a temporary file");
    let server = Server::start(&["--demo", "--config", path.to_str().expect("UTF-8")]);
    let ask = |year: u32| {
        let target =
            format!("kloof?indicator=koopwoningen&niveau=buurten&binnen=alles&jaar={year}");
        let page = server.get(&format!("/analyse/{target}")).text();
        (server.get(&format!("/v1/analyses/{target}")).ok(), page)
    };
    let (now, page) = ask(2024);
    assert_eq!(now["ontbreekt"], Value::Array(Vec::new()));
    assert!(!page.contains("staan niet in deze indeling"));
    let (then, page) = ask(2018);
    assert_ne!(then["indeling"], now["indeling"]);
    let listed = then["ontbreekt"].as_array().expect("a list");
    assert!(!listed.is_empty() && listed.len() < all.len(), "{listed:?}");
    assert!(
        page.contains("staan niet in deze indeling")
            && page.contains(listed[0].as_str().expect("a code"))
    );
}
