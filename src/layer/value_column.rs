//! The values of a layer for the browser, joined to borders by ordinal.

use std::io;

use serde_json::json;

use crate::{atlas::Way, indicator::Reason};

use super::{
    PaintedLayer,
    conversion::{Origin, origin},
    legend, order_hash,
};

/// The type of value columns over HTTP.
pub const VALUES_TYPE: &str = "application/vnd.wijkzicht.waarden";

const MAGIC: &[u8; 4] = b"WKWA";
const VERSION: u8 = 1;

/// The most decimals that numbers are counted in.
const MOST_DECIMALS: u8 = 9;

/// The value of every area of a level as `docs/API.md` lays it out: header, description, then a
/// plane of bytes for each byte of the values, one for classes and reasons, and one for marks. Figures
/// that were read on another division have two more: the way that each came, from 1, and the whole
/// percents of the area that are known.
///
/// Numbers are whole numbers of the smallest decimal that they have, counted from the least of
/// them, in one, two or four bytes, or doubles where that does not hold them all. They come back
/// exactly, unless `decimals` rounds them. The `layer` must not be limited to a part of the level.
///
/// # Errors
/// When the description does not serialise, which a bug alone can cause.
pub fn value_column(layer: &PaintedLayer<'_>, decimals: Option<u8>) -> io::Result<Vec<u8>> {
    let coverage = layer.series.coverage;
    let legend = legend(layer);
    let numbers: Vec<Option<f64>> = layer.areas.iter().map(|area| area.value.number()).collect();
    let packed = Packed::of(&numbers, decimals);
    let mut reasons = Vec::new();
    let mut flags = Vec::new();
    let mut painted = Vec::with_capacity(numbers.len());
    let mut marked = Vec::with_capacity(numbers.len());
    for area in &layer.areas {
        painted.push(match (area.class, area.reason()) {
            // There are nine classes at most, and no more reasons.
            (Some(class), _) => u8::try_from(class).unwrap_or(u8::MAX),
            (None, reason) => u8::MAX - place(&mut reasons, reason.unwrap_or(Reason::Onbekend)),
        });
        let bits = coverage.flags(area.ordinal).iter().map(|flag| 1 << place(&mut flags, flag));
        marked.push(bits.sum::<u8>());
    }
    let converted = layer.series.column.converted();
    let hash = order_hash(coverage);
    let description = serde_json::to_vec(&json!({
        "volgorde": hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>(),
        "decimalen": packed.decimals,
        "basis": packed.base,
        "afgerond": packed.is_rounded,
        "redenen": reasons,
        "vlaggen": flags,
        "legenda": legend,
        "wijzen": converted.map(|_| Way::ALL),
    }))?;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let mut out = Vec::with_capacity(description.len() + 10 * numbers.len() + 64);
    out.extend(MAGIC);
    out.extend([VERSION, packed.width]);
    out.extend(coverage.vintage.get().to_le_bytes());
    out.extend(hash);
    out.extend(count(numbers.len()));
    out.extend(count(description.len()));
    out.extend(description);
    for byte in 0..u32::from(packed.width) {
        out.extend(packed.codes.iter().map(|code| (code >> (8 * byte)) as u8));
    }
    out.extend(painted);
    out.extend(marked);
    if converted.is_some() {
        let origins = || layer.areas.iter().map(|area| origin(converted, area.ordinal));
        let way = |origin: Option<Origin>| origin.map_or(0, |origin| origin.way as u8 + 1);
        out.extend(origins().map(way));
        let percent = |origin: Origin| (origin.covered * 100.0).floor() as u8;
        out.extend(origins().map(|origin| origin.map_or(0, percent)));
    }
    Ok(out)
}

/// The place of something in a list, at whose end it is put where it is new.
fn place<T: PartialEq>(list: &mut Vec<T>, one: T) -> u8 {
    let at = list.iter().position(|known| *known == one).unwrap_or_else(|| {
        list.push(one);
        list.len() - 1
    });
    u8::try_from(at).unwrap_or(u8::MAX)
}

/// Numbers as codes of so many bytes; a missing one has every bit set.
#[derive(Debug, PartialEq)]
struct Packed {
    /// 1, 2 or 4: a code is how many units of the last decimal a number is above `base` of them. 8:
    /// it is the bits of a double.
    width: u8,
    decimals: u8,
    base: i64,
    is_rounded: bool,
    codes: Vec<u64>,
}

impl Packed {
    fn of(numbers: &[Option<f64>], decimals: Option<u8>) -> Self {
        let present = || numbers.iter().copied().flatten();
        let exact = (0..=MOST_DECIMALS).find(|&d| present().all(|number| has(number, d)));
        let wanted = decimals.map(|wanted| wanted.min(MOST_DECIMALS));
        let is_rounded = wanted.is_some_and(|wanted| exact.is_none_or(|exact| exact > wanted));
        let chosen = if is_rounded { wanted } else { exact };
        if let Some(decimals) = chosen {
            let units: Vec<Option<i64>> =
                numbers.iter().map(|number| number.map(|n| units(n, decimals))).collect();
            let base = units.iter().copied().flatten().min().unwrap_or_default();
            let most = units.iter().copied().flatten().max().unwrap_or_default();
            let span = most.abs_diff(base);
            let width = [1u8, 2, 4].into_iter().find(|width| span < (1 << (8 * width)) - 1);
            if let Some(width) = width {
                let missing = (1u64 << (8 * width)) - 1;
                let code = |unit: Option<i64>| unit.map_or(missing, |unit| unit.abs_diff(base));
                let codes = units.into_iter().map(code).collect();
                return Self { width, decimals, base, is_rounded, codes };
            }
        }
        let code = |number: Option<f64>| number.map_or(u64::MAX, f64::to_bits);
        let codes = numbers.iter().copied().map(code).collect();
        Self { width: 8, decimals: 0, base: 0, is_rounded: false, codes }
    }
}

/// The number in units of its last decimal, rounded.
fn units(number: f64, decimals: u8) -> i64 {
    // The cast saturates; such a number is not `has`.
    (number * 10f64.powi(decimals.into())).round() as i64
}

/// Whether a number is the double that is nearest to one with so many decimals.
fn has(number: f64, decimals: u8) -> bool {
    let units = units(number, decimals);
    units.unsigned_abs() < 1 << 52 && units as f64 / 10f64.powi(decimals.into()) == number
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the page makes of codes.
    fn unpacked(packed: &Packed) -> Vec<Option<f64>> {
        let missing = u64::MAX >> (64 - 8 * u32::from(packed.width));
        let number = |&code: &u64| {
            (code != missing).then(|| match packed.width {
                8 => f64::from_bits(code),
                _ => {
                    let units = packed.base + i64::try_from(code).expect("four bytes at most");
                    units as f64 / 10f64.powi(packed.decimals.into())
                }
            })
        };
        packed.codes.iter().map(number).collect()
    }

    #[test]
    fn as_few_bytes_as_hold_every_number() {
        let width = |numbers: &[f64]| {
            let numbers: Vec<_> = numbers.iter().copied().map(Some).chain([None]).collect();
            let packed = Packed::of(&numbers, None);
            assert_eq!(unpacked(&packed), numbers, "{packed:?}");
            (packed.width, packed.decimals)
        };
        assert_eq!(width(&[0.0, 100.0]), (1, 0));
        assert_eq!(width(&[-5.0, 249.0]), (1, 0));
        assert_eq!(width(&[-5.0, 250.0]), (2, 0), "a code is kept for what is missing");
        assert_eq!(width(&[0.1, 99.9]), (2, 1));
        assert_eq!(width(&[-0.156_874, 0.4]), (4, 6));
        assert_eq!(width(&[0.0, 1e9]), (4, 0));
        assert_eq!(width(&[0.0, 1e12]), (8, 0));
        assert_eq!(width(&[1.0 / 3.0, 2.0]), (8, 0));
        assert_eq!(width(&[]), (1, 0));
        assert_eq!(width(&[7.25]), (1, 2));
    }

    #[test]
    fn rounding_is_told() {
        let numbers = [Some(-0.156_874), Some(0.25), None];
        let packed = Packed::of(&numbers, Some(3));
        assert_eq!((packed.width, packed.decimals, packed.is_rounded), (2, 3, true));
        assert_eq!(unpacked(&packed), [Some(-0.157), Some(0.25), None]);
        assert!(!Packed::of(&numbers, Some(6)).is_rounded);
        assert!(Packed::of(&[Some(1.0 / 3.0)], Some(2)).is_rounded);
    }

    proptest! {
        #[test]
        fn numbers_come_back_to_the_last_bit(
            units in prop::collection::vec(prop::option::weighted(0.9, -40_000_000i64..40_000_000), 0..60),
            decimals in 0i32..7,
            bits in prop::collection::vec(-1e15..1e15f64, 0..2),
        ) {
            let fixed = units.iter().map(|unit| unit.map(|unit| unit as f64 / 10f64.powi(decimals)));
            let numbers: Vec<_> = fixed.chain(bits.into_iter().map(Some)).collect();
            prop_assert_eq!(unpacked(&Packed::of(&numbers, None)), numbers);
        }
    }
}
