mod fault;
mod limit;
mod pattern;
mod random;
mod space;
mod standard;
mod truth;

use std::{borrow::Cow, cell::Cell};

use geo::BoundingRect;
use geo_types::{MultiPolygon, Polygon, Rect};

use super::{CqlError, Filter, Kind, Longitude, Property, Row, Value};

/// The properties of the rows below, by index.
const PROPERTIES: [Property<'static>; 12] = [
    Property { name: "code", kind: Kind::Text },
    Property { name: "naam", kind: Kind::Text },
    Property { name: "inwoners", kind: Kind::Number },
    Property { name: "eo:cloud_cover", kind: Kind::Number },
    Property { name: "stedelijk", kind: Kind::Boolean },
    Property { name: "water", kind: Kind::Boolean },
    Property { name: "geom", kind: Kind::Geometry },
    Property { name: "dag", kind: Kind::Date },
    Property { name: "moment", kind: Kind::Timestamp },
    Property { name: "in", kind: Kind::Text },
    Property { name: "aandeel 65+ \"oud\"", kind: Kind::Number },
    Property { name: "date", kind: Kind::Text },
];

/// A row with the values of the properties; those missing are null.
#[derive(Debug)]
struct Area {
    values: Vec<Value<'static>>,
    shape: Option<MultiPolygon<f64>>,
    /// How often the shape was asked for.
    asked: Cell<usize>,
}

impl Area {
    fn new(values: Vec<Value<'static>>, shape: Option<MultiPolygon<f64>>) -> Self {
        Self { values, shape, asked: Cell::new(0) }
    }

    /// A row with one value.
    fn with(name: &str, value: Value<'static>) -> Self {
        let index = PROPERTIES.iter().position(|p| p.name == name).expect("a property");
        let mut values = vec![Value::Null; PROPERTIES.len()];
        values[index] = value;
        Self::new(values, None)
    }

    fn shaped(polygons: Vec<Polygon<f64>>) -> Self {
        Self::new(vec![], Some(MultiPolygon(polygons)))
    }
}

impl Row for Area {
    fn value(&self, property: usize) -> Value<'_> {
        assert_ne!(PROPERTIES[property].kind, Kind::Geometry);
        self.values.get(property).copied().unwrap_or(Value::Null)
    }

    fn bounds(&self) -> Option<Rect<f64>> {
        self.shape.as_ref()?.bounding_rect()
    }

    fn shape(&self) -> Cow<'_, MultiPolygon<f64>> {
        self.asked.set(self.asked.get() + 1);
        Cow::Borrowed(self.shape.as_ref().expect("a shape, since there are bounds"))
    }
}

fn parse(text: &str) -> Result<Filter, CqlError> {
    Filter::parse(text, &PROPERTIES, Longitude::None)
}

fn filter(text: &str) -> Filter {
    parse(text).unwrap_or_else(|error| unreachable!("{text}: {error}"))
}

fn canonical(text: &str) -> String {
    let read = filter(text);
    let canonical = read.canonical();
    assert_eq!(filter(&canonical), read, "{text} as {canonical}");
    canonical
}

/// True, false or unknown, by asking three times.
fn truth(text: &str, row: &Area) -> Option<bool> {
    let holds = filter(text).holds(row);
    let fails = filter(&format!("NOT ({text})")).holds(row);
    let unknown = filter(&format!("({text}) IS NULL")).holds(row);
    match (holds, fails, unknown) {
        (true, false, false) => Some(true),
        (false, true, false) => Some(false),
        (false, false, true) => None,
        other => unreachable!("{text}: {other:?}"),
    }
}
