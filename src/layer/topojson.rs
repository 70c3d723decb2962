//! A coloured layer as TopoJSON: every border once.

use std::io::{self, Write};

use rayon::prelude::*;
use serde_json::json;

use crate::{
    coverage::{ArcRef, Arcs},
    crs::{Rd, RdTransform},
};

use super::{
    LayerCrs, PaintedLayer,
    geojson::{Painted, Properties, members},
    standings,
};

/// What a vertex takes as text, roughly.
const VERTEX: usize = 14;

/// The layer as a TopoJSON topology with one object, named after the level, whose geometries have
/// the id and properties of the features of [`geojson`](super::geojson()), and with the members of
/// that collection. Arcs that no area of the layer has are left out.
///
/// Coordinates are whole numbers of the steps in which the GeoJSON is rounded, counted from the
/// south-western corner: 10⁻⁷ degree, a millimetre in [`LayerCrs::Rd`], a centimetre in
/// [`LayerCrs::WebMercator`]. So
/// the same positions come back, and what areas share they share to the last digit.
///
/// Cost: projecting the arcs and writing the text, on all cores.
///
/// # Errors
/// When a value does not serialise, which a bug alone can cause.
pub fn topojson(layer: &PaintedLayer<'_>) -> io::Result<Vec<u8>> {
    let coverage = layer.series.coverage;
    let borders = coverage.borders();
    let (arcs, rings) = (borders.arcs_at(layer.spec.detail), borders.rings());
    let classes = Painted::of_classes(layer);
    let mut used = Used { numbers: vec![None; arcs.len()], arcs: Vec::new() };
    let mut geometries = Vec::with_capacity(layer.areas.len() * 512);
    for (area, standing) in layer.areas.iter().zip(standings(layer)) {
        if !geometries.is_empty() {
            geometries.push(b',');
        }
        let count = rings.polygons(area.ordinal).len();
        geometries.extend(match count {
            0 => b"{\"type\":null".as_slice(),
            1 => b"{\"type\":\"Polygon\",\"arcs\":",
            _ => b"{\"type\":\"MultiPolygon\",\"arcs\":[",
        });
        for (number, polygon) in rings.polygons(area.ordinal).enumerate() {
            comma(&mut geometries, number);
            geometries.push(b'[');
            for (number, ring) in polygon.enumerate() {
                comma(&mut geometries, number);
                geometries.push(b'[');
                for (number, arc) in ring.iter().enumerate() {
                    comma(&mut geometries, number);
                    write!(geometries, "{}", used.index(*arc))?;
                }
                geometries.push(b']');
            }
            geometries.push(b']');
        }
        if count > 1 {
            geometries.push(b']');
        }
        geometries.extend(b",\"id\":");
        serde_json::to_writer(&mut geometries, &coverage.codes()[area.ordinal])?;
        geometries.extend(b",\"properties\":");
        serde_json::to_writer(&mut geometries, &Properties::new(layer, &classes, area, standing))?;
        geometries.push(b'}');
    }

    let scale = Scale::of(layer.spec.crs, &layer.atlas.transform);
    let lines: Vec<Vec<[i32; 2]>> =
        used.arcs.par_iter().with_min_len(64).map(|&arc| scale.line(arcs, arc)).collect();
    let corner = |pick: fn(i32, i32) -> i32| {
        lines.iter().flatten().copied().reduce(|a, b| [pick(a[0], b[0]), pick(a[1], b[1])])
    };
    let (south_west, north_east) =
        (corner(i32::min).unwrap_or_default(), corner(i32::max).unwrap_or_default());
    let texts: Vec<Vec<u8>> =
        lines.par_iter().with_min_len(64).map(|line| text(line, south_west)).collect();

    let length: usize = texts.iter().map(|text| text.len() + 1).sum();
    let mut out = Vec::with_capacity(length + geometries.len() + 16 * 1024);
    let [west, south] = south_west.map(|v| f64::from(v) / scale.steps);
    let [east, north] = north_east.map(|v| f64::from(v) / scale.steps);
    out.extend(b"{\"type\":\"Topology\",\"bbox\":");
    serde_json::to_writer(&mut out, &[west, south, east, north])?;
    out.extend(b",\"transform\":");
    let step = 1.0 / scale.steps;
    serde_json::to_writer(&mut out, &json!({"scale": [step, step], "translate": [west, south]}))?;
    out.extend(b",\"objects\":{");
    serde_json::to_writer(&mut out, layer.spec.level.plural())?;
    out.extend(b":{\"type\":\"GeometryCollection\",\"geometries\":[");
    out.append(&mut geometries);
    out.extend(b"]}},\"arcs\":[");
    for (number, text) in texts.iter().enumerate() {
        comma(&mut out, number);
        out.extend(text);
    }
    out.extend(b"],");
    // The brace of the members gives way to the comma above.
    out.extend(&members(layer)?[1..]);
    Ok(out)
}

fn comma(out: &mut Vec<u8>, number: usize) {
    if number > 0 {
        out.push(b',');
    }
}

/// The arcs that occur, numbered as they come.
struct Used {
    /// By arc of the topology: its number here.
    numbers: Vec<Option<i64>>,
    arcs: Vec<usize>,
}

impl Used {
    /// The index by which geometries name an arc: negative where it is walked backwards.
    fn index(&mut self, arc: ArcRef) -> i64 {
        let next = self.arcs.len() as i64;
        let number = *self.numbers[arc.arc()].get_or_insert_with(|| {
            self.arcs.push(arc.arc());
            next
        });
        if arc.is_reversed() { !number } else { number }
    }
}

/// Whole numbers for the coordinates of a reference system.
struct Scale<'a> {
    crs: LayerCrs,
    /// How many steps a degree or metre has.
    steps: f64,
    transform: &'a RdTransform,
}

impl<'a> Scale<'a> {
    fn of(crs: LayerCrs, transform: &'a RdTransform) -> Self {
        let steps = match crs {
            LayerCrs::Crs84 | LayerCrs::Etrs89 => 1e7,
            LayerCrs::Rd => 1e3,
            // Millimetres from the equator would not fit 32 bits.
            LayerCrs::WebMercator => 1e2,
        };
        Self { crs, steps, transform }
    }

    fn line(&self, arcs: &Arcs, arc: usize) -> Vec<[i32; 2]> {
        if self.crs == LayerCrs::Rd {
            return arcs.get(arc).to_vec();
        }
        let position = |[x, y]: [i32; 2]| {
            let rd = Rd { x: f64::from(x) / 1000.0, y: f64::from(y) / 1000.0 };
            // At most 180 times ten million, or 20 million times a hundred.
            self.crs.position(rd, self.transform).map(|at| (at * self.steps).round() as i32)
        };
        arcs.get(arc).iter().map(|&vertex| position(vertex)).collect()
    }
}

/// An arc: the first position, and the steps from there on.
fn text(line: &[[i32; 2]], origin: [i32; 2]) -> Vec<u8> {
    let mut out = Vec::with_capacity(line.len() * VERTEX + 2);
    let mut last = origin;
    out.push(b'[');
    for (number, &[x, y]) in line.iter().enumerate() {
        comma(&mut out, number);
        out.push(b'[');
        integer(&mut out, x - last[0]);
        out.push(b',');
        integer(&mut out, y - last[1]);
        out.push(b']');
        last = [x, y];
    }
    out.push(b']');
    out
}

fn integer(out: &mut Vec<u8>, number: i32) {
    let mut digits = [0; 10];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push(b'-');
    }
    out.extend(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_others_write_them() {
        for number in [0, 7, -7, 10, -123_456, i32::MAX, i32::MIN] {
            let mut out = Vec::new();
            integer(&mut out, number);
            assert_eq!(String::from_utf8_lossy(&out), number.to_string());
        }
    }

    #[test]
    fn arcs_are_steps_from_the_corner() {
        let text = text(&[[105, 207], [104, 207], [110, 300]], [100, 200]);
        assert_eq!(String::from_utf8_lossy(&text), "[[5,7],[-1,0],[6,93]]");
    }
}
