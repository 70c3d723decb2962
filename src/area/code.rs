//! Area codes: text, never a number.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::Level;

/// The longest code that any level may have; CBS codes have at most 10 characters.
const MAX_LENGTH: usize = 32;

/// The code of one area: `GM0363`, `WK036301`, `BU0363AA01`, or an own level's code.
///
/// CBS codes are `GM` and 4 digits, `WK` and 6 characters, `BU` and 8 characters, the part after
/// the municipality's four digits being digits or capitals (Amsterdam has letters since 2023).
/// Ordered as text. Cheap to clone: up to 23 bytes are kept inline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "SmolStr", into = "SmolStr")]
pub struct AreaCode(SmolStr);

/// Why a text is no area code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Neither a CBS code nor fit as a code of an own level.
    #[error(
        "{0:?} is no area code: expected GM and 4 digits, WK and 6 or BU and 8 characters \
         (0-9, A-Z), or an own code of 1 to 32 letters, digits, '-', '_' or '.'"
    )]
    Malformed(String),
    /// A code of digits alone, where the level says that letters must precede them.
    #[error("{0:?} lacks its letters {1}: codes are text, and this one lost its prefix or zeros")]
    Bare(String, &'static str),
    /// A CBS code of another level than the one expected.
    #[error("{0:?} is a code of level {1}, expected one of level {2}")]
    OtherLevel(String, Level, Level),
}

impl AreaCode {
    /// Reads a code of any level; white space around it (StatLine pads to 10) is dropped.
    ///
    /// # Errors
    /// [`CodeError::Malformed`] when the text fits no form of code.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let text = text.trim();
        let fits_own = (1..=MAX_LENGTH).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        if !fits_own || (cbs_prefix(text).is_some() && cbs_level(text).is_none()) {
            return Err(CodeError::Malformed(shorten(text)));
        }
        Ok(Self(SmolStr::new(text)))
    }

    /// Reads a code that must be of `level`.
    ///
    /// # Errors
    /// As [`AreaCode::parse`]; [`CodeError::Bare`] for a CBS code that lost its letters or zeros,
    /// [`CodeError::OtherLevel`] for a CBS code of another level.
    pub fn parse_at(text: &str, level: &Level) -> Result<Self, CodeError> {
        let text = text.trim();
        let Some(prefix) = level.code_prefix() else { return Self::parse(text) };
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(CodeError::Bare(shorten(text), prefix));
        }
        match cbs_level(text) {
            Some(found) if found == *level => Ok(Self(SmolStr::new(text))),
            Some(found) => Err(CodeError::OtherLevel(shorten(text), found, level.clone())),
            None => Err(CodeError::Malformed(shorten(text))),
        }
    }

    /// What comes before every code in their order, and is none.
    pub(crate) fn least() -> Self {
        Self(SmolStr::default())
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The CBS level that the code's letters name; `None` for a code of an own level.
    pub fn cbs_level(&self) -> Option<Level> {
        cbs_level(&self.0)
    }

    /// The gemeente of a wijk or buurt, or the gemeente itself: `GM` and characters 3 to 6.
    pub fn gemeente(&self) -> Option<Self> {
        self.cbs_level().map(|_| Self(SmolStr::from_iter(["GM", &self.0[2..6]])))
    }

    /// The wijk of a buurt, or the wijk itself: `WK` and characters 3 to 8.
    pub fn wijk(&self) -> Option<Self> {
        match self.cbs_level()? {
            Level::Wijk | Level::Buurt => Some(Self(SmolStr::from_iter(["WK", &self.0[2..8]]))),
            _ => None,
        }
    }

    /// Whether the code stands for abroad (`GM0998`, `GM9999` and below): never an area.
    pub fn is_abroad(&self) -> bool {
        self.cbs_level().is_some() && matches!(&self.0[2..6], "0998" | "9999")
    }
}

fn cbs_prefix(text: &str) -> Option<(Level, usize)> {
    match text.get(..2)? {
        "GM" => Some((Level::Gemeente, 6)),
        "WK" => Some((Level::Wijk, 8)),
        "BU" => Some((Level::Buurt, 10)),
        _ => None,
    }
}

fn cbs_level(text: &str) -> Option<Level> {
    let (level, length) = cbs_prefix(text)?;
    let rest = text.as_bytes().get(2..)?;
    let (municipality, within) = rest.split_at_checked(4)?;
    let fits = text.len() == length
        && municipality.iter().all(u8::is_ascii_digit)
        && within.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    fits.then_some(level)
}

/// At most 40 characters of a text that goes into a message.
fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for AreaCode {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

impl TryFrom<SmolStr> for AreaCode {
    type Error = CodeError;
    fn try_from(text: SmolStr) -> Result<Self, CodeError> {
        Self::parse(&text)
    }
}

impl From<AreaCode> for SmolStr {
    fn from(code: AreaCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_follow_from_the_characters() {
        let buurt = AreaCode::parse("BU0363AA01").expect("a code");
        assert_eq!(buurt.wijk().expect("has a wijk").as_str(), "WK0363AA");
        assert_eq!(buurt.gemeente().expect("has a gemeente").as_str(), "GM0363");
        assert_eq!(AreaCode::parse("GM0363").expect("a code").wijk(), None);
        assert_eq!(AreaCode::parse("1012").expect("pc4").gemeente(), None);
    }

    #[test]
    fn padding_is_dropped_and_na_is_a_real_wijk() {
        let code = AreaCode::parse_at("WK0363NA  ", &Level::Wijk).expect("a code");
        assert_eq!(code.as_str(), "WK0363NA");
    }

    #[test]
    fn codes_that_lost_their_zeros_are_refused_with_the_reason() {
        assert!(matches!(
            AreaCode::parse_at("140101", &Level::Buurt),
            Err(CodeError::Bare(_, "BU"))
        ));
        assert!(matches!(
            AreaCode::parse_at("BU140101", &Level::Buurt),
            Err(CodeError::Malformed(_))
        ));
        assert!(matches!(
            AreaCode::parse_at("GM0014", &Level::Buurt),
            Err(CodeError::OtherLevel(..))
        ));
    }

    #[test]
    fn odd_texts_are_no_codes() {
        let long = "x".repeat(33);
        for text in ["", " ", "BU", "BUé0001", "GM00141", "WK01230a", "../etc", "é", &long] {
            assert!(AreaCode::parse(text).is_err(), "{text:?}");
        }
    }
}
