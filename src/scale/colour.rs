//! A colour on the screen.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// An opaque sRGB colour, 8 bits a channel; written and read as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rgb {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

/// A text that is no colour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no colour: expected '#' and six hexadecimal digits")]
pub struct RgbError(String);

impl Rgb {
    /// The colour of that number, `0xrrggbb`; bits above the lowest 24 are ignored.
    pub const fn from_u24(number: u32) -> Self {
        let [_, r, g, b] = number.to_be_bytes();
        Self { r, g, b }
    }

    /// The contrast ratio of WCAG 2 between two colours, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The relative luminance of WCAG 2, 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let part = f64::from(channel) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.r) + 0.7152 * linear(self.g) + 0.0722 * linear(self.b)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

impl FromStr for Rgb {
    type Err = RgbError;

    fn from_str(text: &str) -> Result<Self, RgbError> {
        text.strip_prefix('#')
            // from_str_radix would also take a sign.
            .filter(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .map(Self::from_u24)
            .ok_or_else(|| RgbError(text.to_owned()))
    }
}

impl TryFrom<String> for Rgb {
    type Error = RgbError;

    fn try_from(text: String) -> Result<Self, RgbError> {
        text.parse()
    }
}

impl From<Rgb> for String {
    fn from(colour: Rgb) -> Self {
        colour.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_read_back_as_written() {
        let colour = Rgb { r: 0x7f, g: 0x27, b: 0x04 };
        assert_eq!(colour.to_string(), "#7f2704");
        assert_eq!("#7F2704".parse(), Ok(colour));
        assert_eq!(Rgb::from_u24(0x7f_2704), colour);
        assert_eq!(serde_json::to_string(&colour).expect("a text"), "\"#7f2704\"");
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let [black, white] = [0x00_0000, 0xff_ffff].map(Rgb::from_u24);
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
        // The grey that "Understanding 1.4.3" calls just enough on white.
        let grey = Rgb::from_u24(0x76_7676).contrast(white);
        assert!((4.5..4.6).contains(&grey), "{grey}");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "7f2704", "#7f270", "#7f27040", "#+f2704", "#7f270g", "#é2704"] {
            assert_eq!(text.parse::<Rgb>(), Err(RgbError(text.to_owned())));
        }
    }
}
