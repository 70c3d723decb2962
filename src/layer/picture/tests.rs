//! Pictures of a small fictional country.

use crate::{
    area::Level,
    atlas::{Atlas, testdata},
    coverage::Detail,
    crs::Rd,
    indicator::Language,
    layer::{LayerCrs, LayerSpec, PaintedLayer, Scope, Second, Within, paint},
    scale::PAIR_COLOURS,
};

use super::{
    PictureSize,
    fill::area_fill,
    layout::compose,
    map::{Map, Need},
    numbers::{has_numbers, numbers},
    raster::raster,
    scene::{Item, Rect, Scene},
    viewport::{Viewport, extent},
};

fn painted<'a>(
    atlas: &'a Atlas,
    indicator: &str,
    level: &Level,
    language: Language,
) -> PaintedLayer<'a> {
    let indicator = atlas.catalogue.get(indicator).expect("in the catalogue");
    let (begin, year) = atlas.years(&indicator.id, level).pop().expect("values");
    let spec = LayerSpec {
        indicator: indicator.id.clone(),
        second: None,
        level: level.clone(),
        begin,
        year,
        vintage: None,
        method: indicator.method,
        class_count: usize::from(indicator.class_count),
        bounds: None,
        scope: Scope::Vast,
        palette: indicator.palette.clone(),
        within: None,
        bbox: None,
        detail: Detail::VOLLEDIG,
        crs: LayerCrs::Rd,
        language,
    };
    paint(atlas, indicator, spec).expect("a layer")
}

/// Two topics, in the whole country or with the numbers that a part of it has.
fn paired(atlas: &Atlas, language: Language, is_part: bool) -> PaintedLayer<'_> {
    let layer = painted(atlas, "leefbaarheid", &Level::Buurt, language);
    let second =
        Second { indicator: "laagste-inkomens".into(), begin: None, year: layer.spec.year };
    let gemeente = layer.series.coverage.codes()[0].gemeente().expect("of a gemeente");
    let within = is_part.then_some(Within::Area(gemeente));
    let spec = LayerSpec { second: Some(second), within, ..layer.spec.clone() };
    paint(atlas, layer.indicator, spec).expect("a layer")
}

fn texts(scene: &Scene) -> Vec<(&str, Rect)> {
    let text = |item: &'_ Item| matches!(item, Item::Text(_));
    let found = scene.items.iter().filter(|item| text(item));
    found
        .filter_map(|item| match item {
            Item::Text(text) => Some((text.text.as_str(), text.bounds())),
            _ => None,
        })
        .collect()
}

#[test]
fn no_text_stands_on_another_or_leaves_the_page() {
    let atlas = testdata::atlas();
    for language in [Language::Nl, Language::En] {
        for indicator in ["leefbaarheid", "woningwaarde", "inwoners"] {
            has_room(&painted(&atlas, indicator, &Level::Buurt, language));
        }
        for is_part in [false, true] {
            has_room(&paired(&atlas, language, is_part));
        }
    }
}

#[track_caller]
fn has_room(layer: &PaintedLayer<'_>) {
    let language = layer.spec.language;
    for (width, height) in
        [(280, 280), (280, 600), (400, 300), (640, 480), (800, 600), (1600, 500), (500, 2000)]
    {
        let size = PictureSize::new(width, height, 1).expect("within the limits");
        let scene = compose(layer, size, Need::Crossings);
        let texts = texts(&scene);
        assert!(texts.len() > 4, "{texts:?}");
        for (at, (text, one)) in texts.iter().enumerate() {
            assert!(
                one.x >= 0.0
                    && one.y >= 0.0
                    && one.right() <= width as f32
                    && one.bottom() <= height as f32,
                "{width} x {height}: {text:?} at {one:?}"
            );
            for (other_text, other) in &texts[at + 1..] {
                let apart = one.right() <= other.x
                    || other.right() <= one.x
                    || one.bottom() <= other.y
                    || other.bottom() <= one.y;
                assert!(apart, "{width} x {height}: {text:?} on {other_text:?}");
            }
        }
        let said: Vec<_> = texts.iter().map(|(text, _)| *text).collect();
        let said = said.join(" ");
        let source = layer.indicator.source.get(language);
        // What is broken over lines is joined by the spaces that it was broken at.
        assert!(said.contains(source), "{width} x {height}: no {source:?} in {said}");
    }
}

fn map_of(scene: &Scene) -> &Map {
    let map = scene.items.iter().find_map(|item| match item {
        Item::Map(map) => Some(&**map),
        _ => None,
    });
    map.expect("a map")
}

#[test]
fn a_pixel_has_the_colour_of_the_area_that_it_lies_in() {
    let atlas = testdata::atlas();
    let layer = painted(&atlas, "leefbaarheid", &Level::Buurt, Language::Nl);
    let size = PictureSize::new(1000, 800, 1).expect("within the limits");
    let mut scene = compose(&layer, size, Need::Crossings);
    let frame = map_of(&scene).frame;
    let extent = extent(&layer).expect("areas");
    let viewport = Viewport::around(&extent, frame);
    // The fills alone: no lines, nothing over them.
    scene.items.retain(|item| matches!(item, Item::Map(_)));
    for item in &mut scene.items {
        if let Item::Map(map) = item {
            map.lines.clear();
            for fill in &mut map.paints {
                fill.pattern = None;
            }
        }
    }
    let pixmap = raster(&scene, 1).expect("memory");
    let coverage = layer.series.coverage;
    let area = |x: u32, y: u32| {
        let [east, north] = viewport.to_country([x as f32 + 0.5, y as f32 + 0.5]);
        coverage.at(Rd { x: east / 1000.0, y: north / 1000.0 })
    };
    let paint = |at: usize| {
        let area = &layer.areas[layer.areas.binary_search_by_key(&at, |a| a.ordinal).expect("all")];
        area_fill(&layer, area).ground
    };
    let (mut compared, mut colours) = (0, std::collections::BTreeSet::new());
    let (left, top) = (frame.x as u32 + 3, frame.y as u32 + 3);
    for y in (top..frame.bottom() as u32 - 3).step_by(4) {
        for x in (left..frame.right() as u32 - 3).step_by(4) {
            let here = area(x, y);
            // Borders are drawn within half a pixel, and mixed over one.
            let mut around = (x - 2..=x + 2).flat_map(|x| (y - 2..=y + 2).map(move |y| (x, y)));
            if around.any(|(x, y)| area(x, y) != here) {
                continue;
            }
            let pixel = pixmap.pixel(x, y).expect("within");
            let found = [pixel.red(), pixel.green(), pixel.blue()];
            let wanted = here.map_or([255; 3], |at| {
                let rgb = paint(at);
                [rgb.r, rgb.g, rgb.b]
            });
            assert_eq!(found, wanted, "pixel {x} {y}");
            compared += 1;
            colours.insert(found);
        }
    }
    assert!(compared > 3_000 && colours.len() > 4, "{compared} pixels, {} colours", colours.len());
}

#[test]
fn a_picture_of_a_gemeente_has_the_number_of_its_class_in_each_area_with_room() {
    let atlas = testdata::atlas();
    let mut layer = painted(&atlas, "leefbaarheid", &Level::Buurt, Language::Nl);
    assert!(!has_numbers(&layer), "the country has none");
    let gemeente = layer.series.coverage.codes()[0].gemeente().expect("of a gemeente");
    let spec = LayerSpec { within: Some(Within::Area(gemeente)), ..layer.spec.clone() };
    layer = paint(&atlas, layer.indicator, spec).expect("a layer");
    let extent = extent(&layer).expect("areas");
    let frame = Rect { x: 0.0, y: 0.0, width: 800.0, height: 800.0 };
    let viewport = Viewport::around(&extent, frame);
    let found = numbers(&layer, viewport, frame);
    assert!(!found.is_empty());
    for text in &found {
        let [x, y] = viewport.to_country([text.at[0], text.at[1] - 4.3]);
        let place = Rd { x: x / 1000.0, y: y / 1000.0 };
        let ordinal = layer.series.coverage.at(place).expect("in an area");
        let area = layer.areas.iter().find(|area| area.ordinal == ordinal).expect("of the layer");
        let class = &layer.scale.classes()[area.class.expect("a class")];
        assert_eq!(text.text, class.number.to_string());
        assert_eq!(text.halo, Some(class.colour));
        assert!(text.colour.contrast(class.colour) >= 4.5, "{text:?}");
    }
    // The legend explains them: every class number stands there too.
    let size = PictureSize::new(1200, 900, 1).expect("within the limits");
    let scene = compose(&layer, size, Need::Crossings);
    for class in layer.scale.classes() {
        let number = class.number.to_string();
        assert!(texts(&scene).iter().any(|(text, _)| *text == number), "{number}");
    }
}

#[test]
fn nine_cells_have_their_colours_names_and_counts() {
    let atlas = testdata::atlas();
    let size = PictureSize::new(1000, 800, 1).expect("within the limits");
    for is_part in [false, true] {
        let layer = paired(&atlas, Language::Nl, is_part);
        let scene = compose(&layer, size, Need::Crossings);
        let boxes: Vec<_> = scene
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Box { at, fill, .. } if PAIR_COLOURS.contains(&fill.ground) => {
                    Some((*at, fill.ground))
                }
                _ => None,
            })
            .collect();
        let colours: Vec<_> = boxes.iter().map(|(_, colour)| *colour).collect();
        assert_eq!(colours, PAIR_COLOURS, "row by row, each once");
        for (cell, (at, _)) in boxes.iter().enumerate() {
            let count = layer.areas.iter().filter(|area| area.class == Some(cell)).count();
            let wanted = count.to_string();
            let inside = |one: &Rect| {
                one.x >= at.x
                    && one.y >= at.y
                    && one.right() <= at.right()
                    && one.bottom() <= at.bottom()
            };
            let inside: Vec<_> =
                texts(&scene).into_iter().filter(|(_, one)| inside(one)).map(|(t, _)| t).collect();
            let number = (cell + 1).to_string();
            let expected: Vec<&str> = if is_part { vec![&number, &wanted] } else { vec![&wanted] };
            assert_eq!(inside, expected, "cell {number}");
        }
        let said = texts(&scene).into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(" ");
        for words in ["hoog", "midden", "laag", "Rechtsonder", "Leefbaarheid", "Personen"] {
            assert!(said.contains(words), "{words} in {said}");
        }
    }
}
