//! The OGC interface in the words of the standard.

use serde_json::Value as Json;

use crate::{
    harness::{Server, demo},
    ogc_clients::stored,
};

pub const ROOT: &str = "/ogc/v1";

pub fn list<'a>(of: &'a Json, name: &str) -> Vec<&'a Json> {
    of[name].as_array().expect(name).iter().collect()
}

fn ids(answer: &Json) -> Vec<String> {
    let features = list(answer, "features");
    features.iter().map(|one| one["id"].as_str().expect("an id").to_owned()).collect()
}

fn link(answer: &Json, rel: &str) -> Option<String> {
    let links = list(answer, "links");
    let found = links.iter().find(|link| link["rel"] == rel)?;
    let href = found["href"].as_str().expect("an address");
    Some(href[href.find(ROOT).expect("below the root")..].to_owned())
}

#[test]
fn following_next_gives_every_area_once_in_any_order() {
    let server = Server::demo();
    let all = stored(&demo(), "buurten", 2024).codes;
    for (query, size) in [
        ("limit=1000", 1000),
        ("limit=13", 13),
        ("limit=61&sortby=-leefbaarheid_2024,naam", 61),
        ("limit=50&sortby=%2Bgemeente", 50),
        ("limit=17&filter=leefbaarheid_2024%20IS%20NOT%20NULL", 17),
        ("limit=17&bbox=5.1,52,5.4,52.3&properties=naam", 17),
    ] {
        let mut next = Some(format!("{ROOT}/collections/buurten-2024/items?{query}"));
        let mut found = Vec::new();
        let mut matched = None;
        while let Some(target) = next {
            let page = server.get(&target).ok();
            let ids = ids(&page);
            assert_eq!(page["numberReturned"], ids.len());
            assert!(ids.len() <= size, "{query}");
            assert_eq!(
                *matched.get_or_insert(page["numberMatched"].clone()),
                page["numberMatched"]
            );
            found.extend(ids);
            next = link(&page, "next");
        }
        assert_eq!(matched.expect("a page"), found.len(), "{query}");
        let mut once = found.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), found.len(), "{query}: none twice");
        if !query.contains("filter") && !query.contains("bbox") {
            assert_eq!(once, all, "{query}: none lost");
        }
    }
}

#[test]
fn a_cursor_belongs_to_its_question() {
    let server = Server::demo();
    let items = format!("{ROOT}/collections/buurten-2024/items");
    let next = link(&server.get(&format!("{items}?limit=10")).ok(), "next").expect("more");
    let cursor = next.split(['?', '&']).find(|part| part.starts_with("cursor=")).expect("a cursor");
    server.get(&format!("{items}?limit=3&{cursor}")).ok();
    for other in [
        format!("{items}?{cursor}&filter=water%20=%20FALSE"),
        format!("{items}?{cursor}&sortby=naam"),
        format!("{items}?{cursor}&bbox=5,52,6,53"),
        format!("{items}?{cursor}&offset=10"),
        format!("{ROOT}/collections/wijken-2024/items?{cursor}"),
        format!("{items}?cursor=AAAA"),
        format!("{items}?cursor=%00"),
    ] {
        let problem = server.get(&other).problem(400);
        assert!(problem["detail"].as_str().expect("a text").contains("cursor"), "{other}");
    }
}

#[test]
fn limits_are_kept_and_told() {
    let server = Server::demo();
    let items = format!("{ROOT}/collections/buurten-2024/items");
    assert_eq!(server.get(&items).ok()["numberReturned"], 10);
    for (limit, returned) in [("1000", 492), ("1001", 492), ("4294967295", 492)] {
        let page = server.get(&format!("{items}?limit={limit}")).ok();
        assert_eq!(page["numberReturned"], returned, "{limit}");
    }
    for wrong in [
        "limit=0",
        "limit=-1",
        "limit=18446744073709551616",
        "limit=1e9",
        "limit=NaN",
        "offset=-1",
        "limit=5&limit=6",
        "onbekend=1",
        "bbox=1,2,3",
        "bbox=NaN,1,2,3",
        "bbox=inf,1,2,3",
        "bbox=5,53,6,52",
        "bbox=1e400,52,6,53",
        "crs=EPSG:28992",
        "crs=http://x",
        "bbox=5,52,6,53&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326",
        "bbox=160000,400000,150000,410000&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/28992",
        "sortby=bestaatniet",
        "sortby=naam,naam,naam,naam,naam,naam",
        "properties=bestaatniet",
        "datetime=gisteren",
        "datetime=..%2F..",
        "filter=(",
        "filter=x=1",
        "filter-lang=cql2-json",
        "f=xml",
    ] {
        server.get(&format!("{items}?{wrong}")).problem(400);
    }
    for fine in [
        "datetime=2024-01-01",
        "datetime=..%2F2024-01-01T00:00:00Z",
        "offset=4000000000",
        "bbox=5,52,0,6,53,100",
        "bbox=179,50,-179,54",
        "filter-lang=cql2-text",
        "filter-crs=http://www.opengis.net/def/crs/EPSG/0/28992",
    ] {
        server.get(&format!("{items}?{fine}")).ok();
    }
}

#[test]
fn boxes_mean_the_same_in_every_system() {
    let server = Server::demo();
    let items = format!("{ROOT}/collections/buurten-2024/items?limit=1000");
    let uri = |code: &str| format!("http://www.opengis.net/def/crs/EPSG/0/{code}");
    let of = |query: &str| ids(&server.get(&format!("{items}&{query}")).ok());
    let plain = of("bbox=5.1,52.1,5.3,52.2");
    assert!(plain.len() > 5 && plain.len() < 400, "{}", plain.len());
    assert_eq!(of(&format!("bbox=52.1,5.1,52.2,5.3&bbox-crs={}", uri("4258"))), plain);
    assert_eq!(of("bbox=5.1,52.1,-10,5.3,52.2,10"), plain, "six numbers");
    let filter = "filter=S_INTERSECTS(geometrie,BBOX(5.1,52.1,5.3,52.2))";
    assert_eq!(of(filter), plain);
    let polygon = "filter=S_INTERSECTS(geometrie,POLYGON((52.1%205.1,52.1%205.3,52.2%205.3,52.2%205.1,52.1%205.1)))";
    let few: Vec<_> = of(&format!("{polygon}&filter-crs={}", uri("4258")));
    // Sides of a polygon are straight between its corners, those of a box follow the parallels.
    let differ = few.iter().filter(|one| !plain.contains(one)).count()
        + plain.iter().filter(|one| !few.contains(one)).count();
    assert!(differ <= 2, "{differ}");
    // Around the far side of the earth: everything but what lies between.
    let around = of("bbox=5.3,50,5.1,54");
    assert!(!around.is_empty() && around.len() < 492);
    let none = of("bbox=100,10,101,11");
    assert!(none.is_empty());
    let whole = of("bbox=-180,-90,180,90");
    assert_eq!(whole.len(), 492);
}

#[test]
fn golden_places_have_the_axes_of_their_system() {
    let server = Server::demo();
    let first = |crs: &str| {
        let target =
            format!("{ROOT}/collections/gemeenten-2024/items?limit=1&properties=code&crs={crs}");
        let answer = server.get(&target);
        assert_eq!(answer.header("content-crs"), Some(format!("<{crs}>")));
        let at = answer.ok()["features"][0]["geometry"]["coordinates"][0][0][0].clone();
        [at[0].as_f64().expect("one"), at[1].as_f64().expect("two")]
    };
    let epsg = |code: &str| format!("http://www.opengis.net/def/crs/EPSG/0/{code}");
    let [lon, lat] = first("http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    assert!((4.0..6.0).contains(&lon) && (51.0..53.0).contains(&lat), "{lon}, {lat}");
    assert_eq!(first(&epsg("4258")), [lat, lon]);
    let [x, y] = first(&epsg("28992"));
    assert!((0.0..300_000.0).contains(&x) && (300_000.0..650_000.0).contains(&y), "{x}, {y}");
    let [east, north] = first(&epsg("3857"));
    let radius = 6_378_137.0_f64;
    assert!((east - radius * lon.to_radians()).abs() < 0.02);
    assert!((north - radius * lat.to_radians().sin().atanh()).abs() < 0.02);
}

#[test]
fn missing_is_null_and_says_why() {
    let server = Server::demo();
    let items = format!("{ROOT}/collections/buurten-2024/items?limit=1000");
    let missing = server.get(&format!("{items}&filter=leefbaarheid_2024%20IS%20NULL")).ok();
    let missing = list(&missing, "features");
    assert!(!missing.is_empty());
    for one in &missing {
        let properties = &one["properties"];
        assert!(properties["leefbaarheid_2024"].is_null());
        let reasons = properties["redenen"].as_str().expect("reasons");
        assert!(reasons.contains("leefbaarheid_2024: "), "{reasons}");
    }
    // Neither a comparison nor its opposite holds of what is not there.
    let count = |filter: &str| {
        server.get(&format!("{items}&filter={filter}")).ok()["numberMatched"]
            .as_u64()
            .expect("a number")
    };
    let (low, not_low) =
        (count("leefbaarheid_2024%20%3C%200"), count("NOT%20leefbaarheid_2024%20%3C%200"));
    assert_eq!(low + not_low + missing.len() as u64, 492);
}

#[test]
fn pages_are_there_for_browsers() {
    let server = Server::demo();
    let browser = [("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")];
    for path in [
        "",
        "/conformance",
        "/collections",
        "/collections/buurten-2024",
        "/collections/buurten-2024/items",
        "/collections/buurten-2024/items/BU90010000",
        "/collections/buurten-2024/queryables",
        "/collections/buurten-2024/schema",
    ] {
        let target = format!("{ROOT}{path}");
        // In whichever order, also where the other was there before.
        for _ in 0..2 {
            let data = server.get(&target);
            assert!(data.header("content-type").expect("a type").contains("json"), "{path}");
            let page = server.ask("GET", &target, &browser);
            assert_eq!(page.status, 200, "{path}");
            assert_eq!(page.header("content-type").as_deref(), Some("text/html; charset=utf-8"));
            assert!(page.lower("vary").contains("accept"), "{path}");
            let text = page.text();
            assert!(text.contains("<h1>") && !text.contains("<script"), "{path}");
        }
        let asked = server.ask("GET", &format!("{target}?f=json"), &browser);
        assert!(asked.header("content-type").expect("a type").contains("json"), "{path}");
        let head = server.ask("HEAD", &target, &[]);
        assert_eq!(head.status, 200);
        assert!(head.text().is_empty());
    }
}

#[test]
fn tiles_are_those_of_the_map() {
    let server = Server::demo();
    let set = server.get(&format!("{ROOT}/collections/wijken-2024/tiles/WebMercatorQuad")).ok();
    let links = list(&set, "links");
    let item = links.iter().find(|link| link["rel"] == "item").expect("a template");
    let template = item["href"].as_str().expect("an address");
    // Zoom 9 around the middle of the demo: x is the column, y the row.
    let (z, x, y) = (9, 263, 168);
    let target = template
        .replace("{tileMatrix}", &z.to_string())
        .replace("{tileRow}", &y.to_string())
        .replace("{tileCol}", &x.to_string());
    let target = &target[target.find(ROOT).expect("below the root")..];
    let (ours, map) =
        (server.get(target), server.get(&format!("/v1/tegels/wijken/{z}/{x}/{y}?jaar=2024")));
    assert_eq!((ours.status, map.status), (200, 200));
    assert_eq!(ours.plain(), map.plain());
    for nothing in ["30/0/0", "2/4/0", "2/0/4", "x/0/0", "-1/0/0"] {
        let target = format!("{ROOT}/collections/wijken-2024/tiles/WebMercatorQuad/{nothing}");
        server.get(&target).problem(404);
    }
    server
        .get(&format!("{ROOT}/collections/wijken-2024/tiles/EuropeanETRS89_LAEAQuad"))
        .problem(404);
    let matrices = server.get(&format!("{ROOT}/tileMatrixSets/WebMercatorQuad")).ok();
    // The scale of OGC 17-083r4, annex D.1.
    let scale = matrices["tileMatrices"][0]["scaleDenominator"].as_f64().expect("a number");
    assert!((scale - 559_082_264.028_717_8).abs() < 1e-3, "{scale}");
}

#[test]
fn every_link_leads_somewhere_and_every_path_is_described() {
    let server = Server::demo();
    let mut waiting = vec![ROOT.to_owned()];
    let mut seen: Vec<String> = Vec::new();
    while let Some(target) = waiting.pop() {
        if seen.contains(&target) || target.contains('{') || seen.len() > 80 {
            continue;
        }
        let answer = server.get(&target);
        assert_eq!(answer.status, 200, "{target}");
        seen.push(target);
        if answer.header("content-type").is_some_and(|kind| kind.contains("json")) {
            fn hrefs(of: &Json, into: &mut Vec<String>) {
                match of {
                    Json::Object(members) => {
                        if let Some(href) = members.get("href").and_then(Json::as_str)
                            && let Some(at) = href.find(ROOT)
                        {
                            into.push(href[at..].to_owned());
                        }
                        members.values().for_each(|one| hrefs(one, into));
                    }
                    Json::Array(list) => list.iter().for_each(|one| hrefs(one, into)),
                    _ => {}
                }
            }
            hrefs(&answer.json(), &mut waiting);
        }
    }
    assert!(seen.len() > 30, "{}", seen.len());
    let document = server.get(&format!("{ROOT}/openapi.json")).ok();
    assert_eq!(document["openapi"], "3.0.3");
    let described = document["paths"].as_object().expect("paths");
    assert!(described.contains_key("/collections/{collectionId}/items"));
    let conforms = server.get(&format!("{ROOT}/conformance")).ok();
    let conforms = conforms["conformsTo"].as_array().expect("classes");
    for class in [
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
        "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
        "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    ] {
        assert!(conforms.iter().any(|one| one == class), "{class}");
    }
}

#[test]
fn the_data_are_described_for_catalogues() {
    let server = Server::demo();
    let answer = server.get(&format!("{ROOT}/dataset.jsonld"));
    assert_eq!(answer.header("content-type").as_deref(), Some("application/ld+json"));
    let catalogue = answer.ok();
    let datasets = catalogue["dcat:dataset"].as_array().expect("datasets");
    assert_eq!(datasets.len(), 6);
    for dataset in datasets {
        for distribution in dataset["dcat:distribution"].as_array().expect("distributions") {
            let licence = distribution["dct:license"]["@id"].as_str().expect("a licence");
            assert!(licence.starts_with("http://creativecommons.org/"), "{licence}");
        }
    }
}
