//! A filter: what is read can be written, read again and asked of a row.
#![no_main]

use std::borrow::Cow;

use geo_types::{MultiPolygon, Rect, coord, polygon};
use libfuzzer_sys::fuzz_target;
use wijkzicht::cql::{Filter, Kind, Longitude, MOST_BYTES, Property, Row, Value};

const PROPERTIES: [Property<'static>; 4] = [
    Property { name: "naam", kind: Kind::Text },
    Property { name: "inwoners", kind: Kind::Number },
    Property { name: "water", kind: Kind::Boolean },
    Property { name: "geometrie", kind: Kind::Geometry },
];

struct Place;

impl Row for Place {
    fn value(&self, property: usize) -> Value<'_> {
        match property {
            0 => Value::Text("Noorderplantsoen"),
            1 => Value::Null,
            _ => Value::Boolean(false),
        }
    }

    fn bounds(&self) -> Option<Rect<f64>> {
        Some(Rect::new(coord! { x: 4.0, y: 52.0 }, coord! { x: 5.0, y: 53.0 }))
    }

    fn shape(&self) -> Cow<'_, MultiPolygon<f64>> {
        let square = polygon![
            (x: 4.0, y: 52.0), (x: 5.0, y: 52.0), (x: 5.0, y: 53.0), (x: 4.0, y: 53.0),
        ];
        Cow::Owned(square.into())
    }
}

fuzz_target!(|text: &str| {
    let Ok(mut filter) = Filter::parse(text, &PROPERTIES, Longitude::First) else { return };
    let canonical = filter.canonical();
    if canonical.len() <= MOST_BYTES {
        let again = Filter::parse(&canonical, &PROPERTIES, Longitude::First).expect("what it writes it reads");
        assert_eq!(again, filter, "{canonical}");
    }
    filter.bounds();
    filter.holds(&Place);
    filter.map_coordinates(|at| coord! { x: at.y * 1e3, y: 1.0 / at.x });
    filter.holds(&Place);
});
