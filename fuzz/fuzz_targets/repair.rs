//! A shape on few points, so that its borders meet everywhere: what is repaired is valid, and
//! repairing it again changes nothing.
#![no_main]

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use libfuzzer_sys::fuzz_target;
use wijkzicht::coverage::{Shape, ShapeError, repair};

/// Bytes that begin another ring or polygon; every other byte is half a coordinate.
const RING: u8 = 255;
const POLYGON: u8 = 254;

fuzz_target!(|data: &[u8]| {
    let Some((scale, rest)) = data.split_first() else { return };
    // From tenths of a millimetre, which fall together, to kilometres.
    let scale = 1e-4 * 10_f64.powi(i32::from(scale % 8));
    let line = |bytes: &[u8]| -> LineString<f64> {
        let (points, _) = bytes.as_chunks();
        let at = |byte: u8| f64::from(byte) * scale;
        points.iter().map(|&[x, y]| Coord { x: 1e5 + at(x), y: 4e5 + at(y) }).collect()
    };
    let polygons = rest.split(|byte| *byte == POLYGON).map(|bytes| {
        let mut rings = bytes.split(|byte| *byte == RING).map(line);
        let outer = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        Polygon::new(outer, rings.collect())
    });
    match repair(&MultiPolygon(polygons.collect())) {
        Ok((shape, _)) => {
            let metres = shape.to_multi_polygon();
            assert_eq!(Shape::from_grid_metres(&metres).as_ref(), Some(&shape));
            let (again, done) = repair(&metres).expect("a repaired shape is one");
            assert!(again == shape && done.faults.is_empty(), "{:?}", done.faults);
        }
        Err(ShapeError::Empty | ShapeError::NoArea | ShapeError::Unresolved(_)) => {}
        Err(error) => panic!("{error}"),
    }
});
