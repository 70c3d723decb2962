//! A layer as a picture.

use std::{collections::BTreeSet, fs, io::Cursor, path::Path};

use serde_json::Value;

use crate::harness::{Answer, Server, demo, python, scratch};

/// A picture in pixels: width, height, and every pixel as `#rrggbb`.
fn pixels(answer: &Answer) -> (u32, u32, Vec<[u8; 3]>) {
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.lower("content-type"), "image/png");
    assert_eq!(answer.header("content-encoding"), None, "a PNG is packed already");
    let mut decoder = png::Decoder::new(Cursor::new(&answer.body));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut bytes).expect("pixels");
    assert_eq!(info.color_type, png::ColorType::Rgb);
    let (pixels, _) = bytes.as_chunks::<3>();
    (info.width, info.height, pixels.to_vec())
}

fn colour(text: &str) -> [u8; 3] {
    let number = u32::from_str_radix(text.trim_start_matches('#'), 16).expect("a colour");
    let [_, r, g, b] = number.to_be_bytes();
    [r, g, b]
}

/// How many pixels have a colour.
fn count(pixels: &[[u8; 3]], wanted: &str) -> usize {
    pixels.iter().filter(|pixel| **pixel == colour(wanted)).count()
}

#[test]
fn it_has_the_size_that_was_asked_and_every_colour_of_the_legend() {
    let server = Server::demo();
    let legend = server.get("/v1/legenda?indicator=leefbaarheid&niveau=buurten").ok();
    for (query, width, height) in [
        ("", 800, 600),
        ("&breedte=1000&hoogte=700", 1000, 700),
        ("&breedte=280&hoogte=420", 280, 420),
        ("&breedte=280&hoogte=280", 280, 280),
        ("&breedte=400&hoogte=400&schaalfactor=2", 800, 800),
    ] {
        let target = format!("/v1/lagen/buurten.png?indicator=leefbaarheid{query}");
        let (found_width, found_height, pixels) = pixels(&server.get(&target));
        assert_eq!((found_width, found_height), (width, height), "{query}");
        for class in legend["klassen"].as_array().expect("classes") {
            let colour = class["kleur"].as_str().expect("a colour");
            // A swatch alone has some of it.
            assert!(count(&pixels, colour) > 60, "{query}: no {colour}");
        }
        for entry in legend["redenen"].as_array().expect("reasons") {
            let colour = entry["kleur"].as_str().expect("a colour");
            // In the smallest there is no room for more than the classes.
            assert!(height < 400 || count(&pixels, colour) > 20, "{query}: no {colour} of {entry}");
        }
        assert!(count(&pixels, "#8a2b06") > 1000, "{query}: fictional, and not said loudly");
    }
}

#[test]
fn as_much_of_the_map_has_a_colour_as_of_the_land() {
    let server = Server::demo();
    let query = "indicator=leefbaarheid&crs=EPSG:28992";
    let layer = server.get(&format!("/v1/lagen/wijken.geojson?{query}")).ok();
    let mut wanted: Vec<(String, f64)> = Vec::new();
    for feature in layer["features"].as_array().expect("features") {
        // What is hatched is of two colours.
        let is_plain = feature["properties"]["vlaggen"].as_array().is_some_and(Vec::is_empty);
        if feature["properties"]["waarde"].is_null() || !is_plain {
            continue;
        }
        let fill = feature["properties"]["fill"].as_str().expect("a colour");
        let size = surface(&feature["geometry"]);
        match wanted.iter_mut().find(|(colour, _)| colour == fill) {
            Some((_, sum)) => *sum += size,
            None => wanted.push((fill.to_owned(), size)),
        }
    }
    // Large, so that lines and letters weigh little.
    let target = "/v1/lagen/wijken.png?indicator=leefbaarheid&breedte=2000&hoogte=1600";
    let (.., pixels) = pixels(&server.get(target));
    let found: Vec<f64> = wanted.iter().map(|(fill, _)| count(&pixels, fill) as f64).collect();
    let (all, seen) = (wanted.iter().map(|(_, size)| size).sum::<f64>(), found.iter().sum::<f64>());
    assert!(wanted.len() > 2 && seen > 400_000.0, "{wanted:?} {found:?}");
    for ((fill, size), found) in wanted.iter().zip(&found) {
        let (part, seen) = (size / all, found / seen);
        assert!((part - seen).abs() < 0.02, "{fill}: {part:.3} of the land, {seen:.3} of the map");
    }
}

/// The surface of a polygon or several, in the square of its unit.
fn surface(geometry: &Value) -> f64 {
    let ring = |ring: &Value| {
        let points: Vec<[f64; 2]> = ring
            .as_array()
            .expect("a ring")
            .iter()
            .map(|point| [0, 1].map(|axis| point[axis].as_f64().expect("a number")))
            .collect();
        points.windows(2).map(|p| p[0][0] * p[1][1] - p[1][0] * p[0][1]).sum::<f64>() / 2.0
    };
    // Holes run the other way, and so count off.
    let polygon = |rings: &Value| rings.as_array().expect("rings").iter().map(ring).sum::<f64>();
    let coordinates = &geometry["coordinates"];
    if geometry["type"] == "Polygon" {
        polygon(coordinates).abs()
    } else {
        coordinates.as_array().expect("polygons").iter().map(|one| polygon(one).abs()).sum()
    }
}

#[test]
fn counts_are_circles_on_blank_land() {
    let server = Server::demo();
    let target = "/v1/lagen/wijken.png?indicator=inwoners&breedte=1000&hoogte=800";
    let (.., pixels) = pixels(&server.get(target));
    let blank = count(&pixels, "#f7f6f3");
    assert!(blank > 100_000, "{blank} pixels of blank land");
}

#[test]
fn sizes_that_cannot_be_are_told_with_the_limits() {
    let server = Server::demo();
    let all = "/v1/lagen/buurten.png?indicator=leefbaarheid";
    for (query, name, limit) in [
        ("&breedte=0", "breedte", "280"),
        ("&breedte=-5", "breedte", "280"),
        ("&hoogte=99999999999", "hoogte", "4096"),
        ("&hoogte=600.5", "hoogte", "4096"),
        ("&schaalfactor=9", "schaalfactor", "3"),
        ("&breedte=4096&hoogte=4096&schaalfactor=3", "schaalfactor", "16777216"),
    ] {
        let problem = server.get(&format!("{all}{query}")).problem(400);
        let errors = problem["errors"].as_array().expect("errors");
        assert_eq!(errors.len(), 1, "{problem}");
        assert_eq!(errors[0]["location"]["name"], name, "{problem}");
        let detail = errors[0]["detail"].as_str().expect("a text");
        assert!(detail.contains(limit), "{query}: {detail}");
    }
    // What is no picture has no size.
    server.get("/v1/lagen/buurten.geojson?indicator=leefbaarheid&breedte=500").problem(400);
    // All that is wrong is told at once.
    let problem = server.get(&format!("{all}&breedte=1&hoogte=1&palet=bruin")).problem(400);
    assert_eq!(problem["errors"].as_array().map(Vec::len), Some(3), "{problem}");
}

#[test]
fn a_part_of_the_country_without_areas_says_so() {
    let server = Server::demo();
    let box_at_sea = "bbox=2.1,50.1,2.2,50.2";
    let svg = server.get(&format!("/v1/lagen/buurten.svg?indicator=leefbaarheid&{box_at_sea}"));
    assert_eq!(svg.status, 200);
    assert!(svg.text().contains("In deze uitsnede ligt geen enkel gebied."), "{}", svg.text());
    let png = server.get(&format!("/v1/lagen/buurten.png?indicator=leefbaarheid&{box_at_sea}"));
    assert_eq!(pixels(&png).0, 800);
}

/// What Python's XML reader finds in an SVG.
const READ: &str = "
import sys, json, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
space = '{http://www.w3.org/2000/svg}'
assert root.tag == space + 'svg', root.tag
print(json.dumps({
    'role': root.get('role'), 'lang': root.get('lang'), 'viewBox': root.get('viewBox'),
    'children': [child.tag.removeprefix(space) for child in root],
    'title': root.findtext(space + 'title'), 'desc': root.findtext(space + 'desc'),
    'texts': [''.join(text.itertext()) for text in root.iter(space + 'text')],
    'fills': sorted({node.get('fill') for node in root.iter() if node.get('fill')}),
    'ids': [node.get('id') for node in root.iter() if node.get('id')],
    'tags': sorted({node.tag.removeprefix(space) for node in root.iter()}),
}))
";

fn read_svg(folder: &Path, text: &str) -> Option<Value> {
    let path = folder.join("picture.svg");
    fs::write(&path, text).expect("a temporary file");
    let read = python(&["-c", READ, path.to_str().expect("UTF-8")])?.succeeded();
    Some(serde_json::from_str(&read.stdout).expect("JSON"))
}

#[test]
fn an_svg_is_a_document_that_says_what_it_shows() {
    let server = Server::demo();
    let folder = scratch();
    let legend = server.get("/v1/legenda?indicator=leefbaarheid&niveau=buurten").ok();
    let answer = server.get("/v1/lagen/buurten.svg?indicator=leefbaarheid");
    assert_eq!(answer.lower("content-type"), "image/svg+xml");
    let Some(svg) = read_svg(folder.path(), &answer.text()) else { return };
    assert_eq!(svg["role"], "img");
    assert_eq!(svg["lang"], "nl");
    assert_eq!(svg["viewBox"], "0 0 800 600");
    assert_eq!(svg["children"][0], "title");
    assert_eq!(svg["children"][1], "desc");
    let title = svg["title"].as_str().expect("a title");
    assert!(title.starts_with("Leefbaarheid 20") && title.contains("per buurt"), "{title}");
    let source = legend["bron"]["nl"].as_str().expect("a source");
    let version = legend["versie"].as_str().expect("a version");
    let desc = svg["desc"].as_str().expect("a description");
    let texts: Vec<_> =
        svg["texts"].as_array().expect("texts").iter().filter_map(Value::as_str).collect();
    let said = texts.join(" ");
    for text in [title, source, version, "CC0 1.0", "indeling 2024", "FICTIEVE GEGEVENS", "km"] {
        assert!(said.contains(text), "no {text:?} in {said}");
    }
    assert!(desc.contains(source) && desc.contains("uitstekend: "), "{desc}");
    let fills: BTreeSet<_> =
        svg["fills"].as_array().expect("fills").iter().filter_map(Value::as_str).collect();
    for class in legend["klassen"].as_array().expect("classes") {
        assert!(fills.contains(class["kleur"].as_str().expect("a colour")), "{class} in {fills:?}");
        let name = class["naam"]["nl"].as_str().expect("a name");
        assert!(texts.contains(&name), "no {name} in the legend");
    }
    let ids: Vec<_> = svg["ids"].as_array().expect("ids").iter().collect();
    let once: BTreeSet<_> = ids.iter().map(ToString::to_string).collect();
    assert_eq!(ids.len(), once.len(), "ids stand there once");
    let tags: BTreeSet<_> =
        svg["tags"].as_array().expect("tags").iter().filter_map(Value::as_str).collect();
    for active in ["script", "style", "image", "foreignObject", "a"] {
        assert!(!tags.contains(active), "{active} in {tags:?}");
    }
}

#[test]
fn words_are_english_where_that_is_asked() {
    let server = Server::demo();
    let target = "/v1/lagen/wijken.svg?indicator=woningwaarde&taal=en&methode=kwantielen";
    let text = server.get(target).text();
    for words in ["by district in the whole country", "Source: ", "Areas", "FICTIONAL DATA"] {
        assert!(text.contains(words), "no {words:?}");
    }
    assert!(!text.contains("inwoners"), "{text:.3000}");
}

#[test]
fn no_name_becomes_markup_or_leaves_its_place() {
    let folder = scratch();
    let atlas = folder.path().join("hostile.gpkg");
    fs::copy(demo(), &atlas).expect("a copy");
    let name =
        "</text><script>alert('&')</script> \u{202e}\"Zeer lange naam van een gemeente\" ]]>";
    let connection = rusqlite::Connection::open(&atlas).expect("an atlas");
    let code: String = connection
        .query_row("SELECT code FROM gemeenten_2024 ORDER BY code LIMIT 1", [], |row| row.get(0))
        .expect("a gemeente");
    connection
        .execute("UPDATE gemeenten_2024 SET naam = ? WHERE code = ?", [name, code.as_str()])
        .expect("renamed");
    drop(connection);
    let server = Server::on(&atlas);
    let query = format!("indicator=leefbaarheid&binnen={code}&breedte=300&hoogte=400");
    let text = server.get(&format!("/v1/lagen/buurten.svg?{query}")).text();
    assert!(!text.contains("<script"), "{text:.1000}");
    if let Some(svg) = read_svg(folder.path(), &text) {
        let title = svg["title"].as_str().expect("a title");
        assert!(title.contains(name), "{title}");
    }
    let png = server.get(&format!("/v1/lagen/buurten.png?{query}"));
    let (width, height, pixels) = pixels(&png);
    // Nothing is cut off: what is written keeps away from the right edge, but for the band on top.
    let edge = (60..height).map(|row| pixels[(row * width + width - 3) as usize]);
    assert!(edge.into_iter().all(|pixel| pixel == [255, 255, 255]), "ink at the edge");
}

#[test]
fn a_picture_for_the_screen_is_small() {
    let server = Server::demo();
    for target in ["buurten.png?indicator=leefbaarheid", "gemeenten.png?indicator=koopwoningen"] {
        let bytes = server.get(&format!("/v1/lagen/{target}")).body.len();
        assert!(bytes <= 65_000, "{target}: {bytes} bytes");
    }
    let Some(server) = Server::country() else { return };
    for (target, most) in [
        ("gemeenten.png?indicator=koopwoningen", 60_000),
        ("buurten.png?indicator=leefbaarheid&binnen=GM0014", 60_000),
        ("buurten.png?indicator=leefbaarheid&binnen=GM0363", 60_000),
        ("wijken.png?indicator=woningwaarde", 70_000),
        ("buurten.png?indicator=leefbaarheid", 70_000),
    ] {
        let bytes = server.get(&format!("/v1/lagen/{target}")).body.len();
        assert!(bytes <= most, "{target}: {bytes} bytes");
    }
}

#[test]
fn the_same_picture_is_not_sent_twice() {
    let server = Server::demo();
    let target = "/v1/lagen/wijken.png?indicator=leefbaarheid&breedte=300&hoogte=300";
    let first = server.get(target);
    let etag = first.header("etag").expect("an ETag");
    assert_eq!(server.get(target).body, first.body, "the same bytes");
    let again = server.ask("GET", target, &[("If-None-Match", &etag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
}
