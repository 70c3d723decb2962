//! Dutch postcodes.

use std::{fmt, str::FromStr};

/// A postcode of six characters, `1011AB`: four digits of which the first is no nought, and two
/// letters. Ordered as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode(u32);

/// A text that is no postcode.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no postcode: expected four digits, the first from 1 to 9, and two letters (1011AB)"
)]
pub struct PostcodeError(String);

impl Postcode {
    /// How many letter pairs stand behind each four digits.
    const PAIRS: u32 = 26 * 26;
    /// One more than the number of the last postcode, `9999ZZ`.
    const END: u32 = 10_000 * Self::PAIRS;

    /// A number below 2^23 that orders as the text does.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The postcode of that number.
    pub fn from_number(number: u32) -> Option<Self> {
        (1000 * Self::PAIRS..Self::END).contains(&number).then_some(Self(number))
    }
}

impl FromStr for Postcode {
    type Err = PostcodeError;

    /// White space around and between digits and letters is dropped; small letters count as
    /// capitals.
    fn from_str(text: &str) -> Result<Self, PostcodeError> {
        let read = || {
            let mut bytes = text.bytes().filter(|byte| *byte != b' ');
            let mut number = 0;
            for place in 0..6 {
                let byte = bytes.next()?.to_ascii_uppercase();
                number = match (place, byte) {
                    (0, b'1'..=b'9') | (1..=3, b'0'..=b'9') => number * 10 + u32::from(byte - b'0'),
                    (4..=5, b'A'..=b'Z') => number * 26 + u32::from(byte - b'A'),
                    _ => return None,
                };
            }
            bytes.next().is_none().then_some(Self(number))
        };
        read().ok_or_else(|| PostcodeError(text.chars().take(40).collect()))
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = |n: u32| char::from(b'A' + u8::try_from(n % 26).unwrap_or_default());
        write!(f, "{:04}{}{}", self.0 / Self::PAIRS, letter(self.0 / 26), letter(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_postcode_is_refused() {
        for text in ["", "1011", "1011A", "1011ABC", "0111AB", "10 11 A1", "AB1011", "1011éa"] {
            assert!(text.parse::<Postcode>().is_err(), "{text:?}");
        }
        assert_eq!(" 1011 ab".parse::<Postcode>().map(|p| p.to_string()), Ok("1011AB".to_owned()));
    }

    proptest! {
        #[test]
        fn postcodes_read_back_and_order_as_text(a in "[1-9][0-9]{3}[A-Z]{2}", b in "[1-9][0-9]{3}[A-Z]{2}") {
            let (x, y): (Postcode, Postcode) = (a.parse().expect("one"), b.parse().expect("one"));
            prop_assert_eq!(x.to_string(), a.clone());
            prop_assert_eq!(Postcode::from_number(x.number()), Some(x));
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        }

        #[test]
        fn no_number_panics(number in any::<u32>()) {
            if let Some(postcode) = Postcode::from_number(number) {
                prop_assert_eq!(postcode.to_string().parse::<Postcode>(), Ok(postcode));
            }
        }
    }
}
