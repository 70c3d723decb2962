//! What all families of cases need: the units, and whether numbers are those that are expected.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use wijkzicht::{
    analysis::Weights,
    coverage::{Borders, Neighbours, Tolerance, Topology, repair},
};

/// The units of a coverage.
pub(crate) struct Units {
    json: Json,
    pub(crate) neighbours: Neighbours,
    pub(crate) centroids: Vec<[f64; 2]>,
    pub(crate) areas: Vec<f64>,
    /// The tables of samples that the reference drew, by the case that they are for.
    pub(crate) tables: BTreeMap<String, Json>,
    /// Another division of the same ground, where there is one.
    pub(crate) target: Option<Json>,
}

impl Units {
    pub(crate) fn new(json: Json, cases: &[Json]) -> Result<Self, String> {
        let features = json["features"].as_array().ok_or("units without features")?;
        let shapes: Result<Vec<_>, _> =
            features.iter().map(|unit| multi_polygon(&unit["geometry"])).collect();
        let shapes = shapes?;
        Ok(Self {
            neighbours: neighbours(&shapes)?,
            centroids: shapes.iter().map(|shape| centroid(shape).0).collect(),
            areas: shapes.iter().map(|shape| centroid(shape).1).collect(),
            tables: cases.iter().filter_map(table).collect(),
            json,
            target: None,
        })
    }

    /// The polygons, in their order.
    pub(crate) fn shapes(&self) -> Result<Vec<Polygons>, String> {
        self.features().iter().map(|unit| multi_polygon(&unit["geometry"])).collect()
    }

    fn features(&self) -> &[Json] {
        self.json["features"].as_array().map_or(&[], Vec::as_slice)
    }

    /// A column of the units, in their order; `null` is missing.
    pub(crate) fn known(&self, name: &Json) -> Result<Vec<Option<f64>>, String> {
        let name = name.as_str().ok_or("no column")?;
        let values = self.features().iter().map(|unit| match &unit["properties"][name] {
            Json::Null => Ok(None),
            value => value.as_f64().map(Some).ok_or(format!("{name} holds {value}")),
        });
        values.collect()
    }

    /// The same with what is missing as no number.
    pub(crate) fn column(&self, name: &Json) -> Result<Vec<f64>, String> {
        Ok(self.known(name)?.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect())
    }

    /// A column of names, numbered in the order of the names.
    pub(crate) fn partition(&self, name: &Json) -> Result<(Vec<u32>, Vec<String>), String> {
        let name = name.as_str().ok_or("no partition")?;
        let text = |unit: &Json| unit["properties"][name].as_str().map(str::to_owned);
        let all: Option<Vec<String>> = self.features().iter().map(text).collect();
        let all = all.ok_or("a unit without a name")?;
        let mut names = all.clone();
        names.sort();
        names.dedup();
        let place = |one: &String| names.binary_search(one).map_or(u32::MAX, |at| at as u32);
        Ok((all.iter().map(place).collect(), names))
    }

    /// The weights that a case names.
    pub(crate) fn weights(&self, name: &Json) -> Result<Weights, String> {
        let name = name.as_str().ok_or("no weights")?;
        let number = |prefix: &str| name.strip_prefix(prefix).and_then(|rest| rest.parse().ok());
        let made = match name {
            "queen" | "queen binary" => Ok(Weights::queen(&self.neighbours)),
            "rook" => Ok(Weights::rook(&self.neighbours)),
            "border_length" | "shared border length (rook)" => {
                Ok(Weights::border_length(&self.neighbours))
            }
            _ => match (number("knn"), number("band_")) {
                (Some(k), _) => Weights::k_nearest(&self.centroids, k as usize),
                (_, Some(metres)) => Weights::distance_band(&self.centroids, metres),
                _ => return Err(format!("unknown weights {name}")),
            },
        };
        made.map_err(|error| error.to_string())
    }
}

/// The case that a table is for, and its rows.
fn table(case: &Json) -> Option<(String, Json)> {
    let id = case["id"].as_str()?.strip_suffix("/permutation_table")?;
    Some((id.to_owned(), case["expected"]["ids"].clone()))
}

type Ring = Vec<[f64; 2]>;

/// Polygons of rings, outer ring first, as the case writes them.
pub(crate) type Polygons = Vec<Vec<Ring>>;

pub(crate) fn multi_polygon(geometry: &Json) -> Result<Polygons, String> {
    let read = |json: &Json| serde_json::from_value::<Vec<Ring>>(json.clone());
    let coordinates = &geometry["coordinates"];
    let polygons = match geometry["type"].as_str() {
        Some("Polygon") => read(coordinates).map(|polygon| vec![polygon]),
        _ => serde_json::from_value(coordinates.clone()),
    };
    polygons.map_err(|error| error.to_string())
}

/// The neighbours of a coverage of polygons.
pub(crate) fn neighbours(polygons: &[Polygons]) -> Result<Neighbours, String> {
    Ok(Borders::new(std::sync::Arc::new(topology(polygons)?)).neighbours())
}

/// A coverage of polygons.
pub(crate) fn topology(polygons: &[Polygons]) -> Result<Topology, String> {
    let line = |ring: &Ring| {
        geo_types::LineString::from(ring.iter().map(|&[x, y]| (x, y)).collect::<Vec<_>>())
    };
    let polygon = |rings: &Vec<Ring>| {
        let mut lines = rings.iter().map(line);
        let outer = lines.next().unwrap_or_else(|| geo_types::LineString::new(Vec::new()));
        geo_types::Polygon::new(outer, lines.collect())
    };
    let shapes: Result<Vec<_>, String> = polygons
        .iter()
        .map(|one| {
            let source = geo_types::MultiPolygon::new(one.iter().map(polygon).collect());
            repair(&source).map(|(shape, _)| shape).map_err(|error| error.to_string())
        })
        .collect();
    // They share their borders to the centimetre already: nothing is moved further than that.
    let tolerance = Tolerance { snap: 1, ..Tolerance::default() };
    Ok(Topology::of(&shapes?, tolerance).0)
}

/// The centroid and the area of polygons.
fn centroid(polygons: &Polygons) -> ([f64; 2], f64) {
    let Some(&[x0, y0]) = polygons.first().and_then(|p| p.first()).and_then(|r| r.first()) else {
        return ([f64::NAN; 2], f64::NAN);
    };
    // From a corner of its own, which keeps the digits.
    let mut sums = [0.0; 3];
    for rings in polygons {
        for (place, ring) in rings.iter().enumerate() {
            let mut own = [0.0; 3];
            for pair in ring.windows(2) {
                let [a, b] = [pair[0], pair[1]].map(|[x, y]| [x - x0, y - y0]);
                let cross = a[0] * b[1] - b[0] * a[1];
                own[0] += (a[0] + b[0]) * cross / 6.0;
                own[1] += (a[1] + b[1]) * cross / 6.0;
                own[2] += cross / 2.0;
            }
            let sign = if (own[2] > 0.0) == (place == 0) { 1.0 } else { -1.0 };
            sums.iter_mut().zip(own).for_each(|(sum, own)| *sum += sign * own);
        }
    }
    ([x0 + sums[0] / sums[2], y0 + sums[1] / sums[2]], sums[2])
}

pub(crate) fn close(case: &Json, what: &str, got: &[f64], expected: &[f64]) -> Result<(), String> {
    let is_near = |(&got, &expected): (&f64, &f64)| near(case, got, expected);
    if got.len() == expected.len() && got.iter().zip(expected).all(is_near) {
        Ok(())
    } else {
        Err(format!("{what} {got:?}, expected {expected:?}"))
    }
}

/// Whether a number is within the case's tolerance of another; without one it must be the same.
pub(crate) fn near(case: &Json, got: f64, expected: f64) -> bool {
    let tolerance = |name: &str| case["tolerance"][name].as_f64().unwrap_or(0.0);
    (got - expected).abs() <= tolerance("abs") + tolerance("rel") * expected.abs()
}

pub(crate) fn same_length<A, B>(ids: &[A], units: &[B]) -> Result<(), String> {
    let lengths = (ids.len(), units.len());
    (lengths.0 == lengths.1).then_some(()).ok_or(format!("{lengths:?} classes and units"))
}

pub(crate) fn numbers(json: &Json) -> Result<Vec<f64>, String> {
    let number = |json: &Json| json.as_f64().ok_or(format!("expected a number, not {json}"));
    match json {
        Json::Array(list) => list.iter().map(number).collect(),
        one => Ok(vec![number(one)?]),
    }
}

/// One number against the one of that name in what is expected.
pub(crate) fn one(case: &Json, name: &str, got: f64) -> Result<(), String> {
    let expected = &case["expected"];
    let expected = if name.is_empty() { expected } else { &expected[name] };
    close(case, name, &[got], &numbers(expected)?)
}

/// A number, or none where none is expected.
pub(crate) fn maybe(case: &Json, name: &str, got: Option<f64>) -> Result<(), String> {
    let expected = &case["expected"];
    let expected = if name.is_empty() { expected } else { &expected[name] };
    match got {
        Some(got) => one(case, name, got),
        None if expected.is_null() => Ok(()),
        None => Err(format!("{name} is undefined, expected {expected}")),
    }
}

/// A list with numbers and gaps.
pub(crate) fn gappy(
    case: &Json,
    name: &str,
    got: &[Option<f64>],
    expected: &Json,
) -> Result<(), String> {
    let expected = expected.as_array().ok_or(format!("{name}: no list is expected"))?;
    same_length(expected, got)?;
    for (unit, (got, expected)) in got.iter().zip(expected).enumerate() {
        let same = match (got, expected.as_f64()) {
            (Some(got), Some(expected)) => near(case, *got, expected),
            (None, None) => expected.is_null(),
            _ => false,
        };
        if !same {
            return Err(format!("{name} of unit {unit} is {got:?}, expected {expected}"));
        }
    }
    Ok(())
}

/// An error as text.
pub(crate) fn told<T, E: std::fmt::Display>(result: Result<T, E>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// A list of texts of numbers with commas.
pub(crate) fn rows<T: std::str::FromStr>(json: &Json) -> Result<Vec<Vec<T>>, String> {
    let row = |row: &Json| -> Option<Vec<T>> {
        row.as_str()?.split(',').map(|number| number.trim().parse().ok()).collect()
    };
    let rows: Option<Vec<_>> = json.as_array().and_then(|rows| rows.iter().map(row).collect());
    rows.ok_or("no rows of numbers".to_owned())
}
