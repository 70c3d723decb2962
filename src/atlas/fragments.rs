//! The geometry of areas as text, written once.

use std::sync::OnceLock;

use crate::{
    coverage::{Detail, Shape},
    crs::{LayerCrs, Rd, RdTransform},
};

/// Decimals of a degree: about a centimetre, as the Geo module's at most eight allow.
const DEGREES: u32 = 7;

/// Decimals of a metre: the grid itself.
const METRES: u32 = 3;

/// What a vertex takes as text, roughly.
const VERTEX: usize = 24;

/// One text an area.
type Texts = Box<[OnceLock<Box<str>>]>;

/// The texts that were written, by detail and system, then by ordinal.
#[derive(Debug, Default)]
pub(super) struct Fragments([[OnceLock<Texts>; 2]; Detail::COUNT]);

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
    let (units, decimals) = match crs {
        LayerCrs::Rd => ([i64::from(x), i64::from(y)], METRES),
        LayerCrs::Crs84 => {
            let metre = f64::from(10_u32.pow(METRES));
            let rd = Rd { x: f64::from(x) / metre, y: f64::from(y) / metre };
            let at = transform.to_lonlat(rd);
            let degree = f64::from(10_u32.pow(DEGREES));
            // At most 180 times ten million; NaN, which no place is, becomes 0.
            ([at.lon, at.lat].map(|degrees| (degrees * degree).round() as i64), DEGREES)
        }
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
        for (decimals, factor) in [(METRES, 1e3), (DEGREES, 1e7)] {
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
