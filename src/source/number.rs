//! Numbers as publishers write them.

use serde::Deserialize;

/// Which sign stands before the decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decimal {
    /// A point.
    #[default]
    Point,
    /// A comma.
    Comma,
    /// Either, within one file; no sign for thousands then.
    Mixed,
}

/// Reads an exact decimal number: digits with at most one decimal mark, a sign, an exponent.
///
/// `None` for everything else, `NaN`, `inf` and what overflows to infinity among it.
pub fn parse(text: &str, decimal: Decimal) -> Option<f64> {
    let text = text.trim();
    let (mut digits, mut marks, mut comma) = (0, 0, false);
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'+' | b'-' | b'e' | b'E' => {}
            b'.' if decimal != Decimal::Comma => marks += 1,
            b',' if decimal != Decimal::Point => {
                marks += 1;
                comma = true;
            }
            _ => return None,
        }
    }
    if digits == 0 || marks > 1 {
        return None;
    }
    let number: f64 =
        if comma { text.replace(',', ".").parse().ok()? } else { text.parse().ok()? };
    number.is_finite().then_some(number)
}

/// The same with a point or a comma before the decimals.
pub fn parse_any(text: &str) -> Option<f64> {
    parse(text, Decimal::Mixed)
}

/// A delivered number in the indicator's unit: times `factor`, rounded to the sixth decimal, so
/// that 35.3 thousand is 35,300 and not a hair less.
pub fn scale(number: f64, factor: f64) -> f64 {
    const MILLIONTHS: f64 = 1e6;
    if factor == 1.0 {
        return number;
    }
    let product = number * factor;
    let rounded = (product * MILLIONTHS).round() / MILLIONTHS;
    if rounded.is_finite() { rounded } else { product }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_follow_the_dialect() {
        assert_eq!(parse(" 26,4", Decimal::Mixed), Some(26.4));
        assert_eq!(parse("1.2", Decimal::Mixed), Some(1.2));
        assert_eq!(parse("26,4", Decimal::Point), None);
        assert_eq!(parse("26.4", Decimal::Comma), None);
        assert_eq!(parse("-6.27e-2", Decimal::Point), Some(-0.0627));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", ".", ",", "NaN", "inf", "-inf", "infinity", "1e999", "1,234,5", "1.2.3", "0x1",
            "e", "1e", "é",
        ] {
            assert_eq!(parse(text, Decimal::Mixed), None, "{text:?}");
        }
    }

    #[test]
    fn thousands_of_euros_are_exact() {
        for (given, whole) in [(35.3, 35300.0), (32.1, 32100.0), (0.1, 100.0), (-4.35, -4350.0)] {
            assert_eq!(scale(given, 1000.0), whole);
        }
    }

    proptest! {
        #[test]
        fn written_numbers_read_back(number in -1e12..1e12f64) {
            prop_assert_eq!(parse(&number.to_string(), Decimal::Point), Some(number));
        }

        #[test]
        fn tenths_of_thousands_scale_exactly(tenths in -10_000_000i64..10_000_000) {
            prop_assert_eq!(scale(tenths as f64 / 10.0, 1000.0), (tenths * 100) as f64);
        }
    }
}
