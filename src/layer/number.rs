//! Numbers as people read them.

use crate::indicator::Language;

/// A number with `decimals` decimals in the notation of the language: `1.234,5` in Dutch,
/// `1,234.5` in English, with a true minus. No unit.
pub fn format_number(number: f64, decimals: u8, language: Language) -> String {
    let (thousands, decimal) = match language {
        Language::Nl => ('.', ','),
        Language::En => (',', '.'),
    };
    let text = format!("{:.*}", usize::from(decimals), number.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let mut out = String::with_capacity(text.len() + 8);
    if number < 0.0 && !is_zero {
        out.push('\u{2212}');
    }
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(decimal);
        out.push_str(fraction);
    }
    out
}

/// How many decimals a number has in plain notation; 12 at most.
pub(super) fn decimals_of(number: f64) -> u8 {
    let text = number.to_string();
    let fraction = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    u8::try_from(fraction).unwrap_or(u8::MAX).min(12)
}

/// A bound with as many digits as it deserves: sums of binary fractions and quotients have no end.
pub fn short(bound: f64) -> f64 {
    (bound * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_those_that_are_written() {
        assert_eq!([0.0, 250_000.0, -0.125, 1e-300].map(decimals_of), [0, 0, 3, 12]);
    }

    #[test]
    fn notation_follows_the_language() {
        assert_eq!(format_number(1_234_567.891, 1, Language::Nl), "1.234.567,9");
        assert_eq!(format_number(1_234_567.891, 1, Language::En), "1,234,567.9");
        assert_eq!(format_number(-0.156_874, 3, Language::Nl), "\u{2212}0,157");
        assert_eq!(format_number(-0.0001, 2, Language::Nl), "0,00");
        assert_eq!(format_number(999.0, 0, Language::Nl), "999");
    }
}
