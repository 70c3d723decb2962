//! The geometry of areas as text, written once.

use std::sync::OnceLock;

use crate::{
    coverage::{Detail, Shape},
    crs::{LayerCrs, Rd, RdTransform},
};

/// Millimetres in a metre.
const METRE: f64 = 1000.0;

/// What a vertex takes as text, roughly.
const VERTEX: usize = 24;

/// One text an area.
type Texts = Box<[OnceLock<Box<str>>]>;

/// The texts that were written, by detail and system, then by ordinal.
#[derive(Debug, Default)]
pub(super) struct Fragments([[OnceLock<Texts>; LayerCrs::ALL.len()]; Detail::COUNT]);

impl Fragments {
    /// The text of an area among `count`, as `write` writes it the first time.
    pub(super) fn get(
        &self,
        count: usize,
        ordinal: usize,
        detail: Detail,
        crs: LayerCrs,
        write: impl FnOnce(&mut Vec<u8>),
    ) -> &str {
        let texts = &self.0[detail.index()][crs as usize];
        let texts = texts.get_or_init(|| (0..count).map(|_| OnceLock::new()).collect());
        texts[ordinal].get_or_init(|| {
            let mut text = Vec::new();
            write(&mut text);
            String::from_utf8(text).expect("digits and brackets").into_boxed_str()
        })
    }
}

/// Writes a shape as a GeoJSON `MultiPolygon`.
pub(super) fn write(text: &mut Vec<u8>, shape: &Shape, crs: LayerCrs, transform: &RdTransform) {
    text.reserve(shape.vertices().len() * VERTEX + 64);
    text.extend_from_slice(br#"{"type":"MultiPolygon","coordinates":["#);
    for (at, polygon) in shape.polygons().enumerate() {
        text.extend_from_slice(if at == 0 { b"[" } else { b",[" });
        for (at, ring) in polygon.rings().enumerate() {
            text.extend_from_slice(if at == 0 { b"[" } else { b",[" });
            let begun = text.len();
            for &vertex in ring {
                write_vertex(text, vertex, crs, transform);
                text.push(b',');
            }
            // The first vertex again, which closes the ring.
            let first = text[begun..].iter().position(|byte| *byte == b']');
            let first = first.map_or(begun, |end| begun + end + 1);
            text.extend_from_within(begun..first);
            text.push(b']');
        }
        text.push(b']');
    }
    text.extend_from_slice(b"]}");
}

fn write_vertex(text: &mut Vec<u8>, [x, y]: [i32; 2], crs: LayerCrs, transform: &RdTransform) {
    let decimals = crs.decimals();
    let units = if crs == LayerCrs::Rd {
        // The grid itself.
        [x, y].map(i64::from)
    } else {
        let rd = Rd { x: f64::from(x) / METRE, y: f64::from(y) / METRE };
        let one = f64::from(10_u32.pow(decimals));
        // Far within 64 bits; NaN, which no place is, becomes 0.
        crs.position(rd, transform).map(|at| (at * one).round() as i64)
    };
    text.push(b'[');
    write_fixed(text, units[0], decimals);
    text.push(b',');
    write_fixed(text, units[1], decimals);
    text.push(b']');
}

/// Writes `units` of which ten to the power `decimals` make one, as JSON writes that double: without
/// zeros at the end, but for one behind the point of a whole number.
fn write_fixed(text: &mut Vec<u8>, units: i64, decimals: u32) {
    // A sign, the digits of a 64-bit number, a point and a zero.
    let mut digits = [b'0'; 24];
    let mut at = digits.len();
    let mut rest = units.unsigned_abs();
    let mut push = |digit: u8| {
        at -= 1;
        digits[at] = digit;
    };
    let mut written = 0;
    let mut begun = false;
    while written < decimals {
        let digit = (rest % 10) as u8;
        rest /= 10;
        written += 1;
        if digit != 0 || begun || written == decimals {
            begun = true;
            push(b'0' + digit);
        }
    }
    push(b'.');
    loop {
        push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if units < 0 {
        push(b'-');
    }
    text.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_json_writes_them() {
        for (decimals, factor) in [(3, 1e3), (7, 1e7)] {
            let odd = [0, 1, -1, 10, -10, 999, 1000, 1001, 52_155_172, 53_876_543, 70_000_000];
            let some = (0..20_000).map(|step: i64| step * 77_777_771 % 1_800_000_001 - 900_000_000);
            for units in odd.into_iter().chain(some) {
                let mut text = Vec::new();
                write_fixed(&mut text, units, decimals);
                let text = String::from_utf8(text).expect("ASCII");
                let expected = units as f64 / factor;
                assert_eq!(text.parse::<f64>().expect("a number").to_bits(), expected.to_bits());
                if expected == 0.0 || expected.abs() >= 1e-3 {
                    assert_eq!(text, serde_json::to_string(&expected).expect("a number"));
                }
            }
        }
    }
}
