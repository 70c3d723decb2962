//! What can be wrong with a filter, told to who wrote it.

use super::{MOST_BYTES, MOST_COORDINATES, MOST_ITEMS, MOST_LEVELS, MOST_PREDICATES};

/// Of a text so many characters are echoed.
const MOST_ECHOED: usize = 60;

/// Of a list so many names are told.
const MOST_NAMES: usize = 40;

/// What is wrong with a filter. `at` is the position of the character in the text, counted in
/// characters from 1; a position past the last character is the end. What was found is echoed with
/// at most 60 characters.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CqlError {
    /// The text is too long to read.
    #[error("het filter is {length} bytes lang; toegestaan: ten hoogste {MOST_BYTES}")]
    TooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// Parentheses, `NOT`s, functions or collections go too deep.
    #[error("op teken {at}: te diep genest; toegestaan: ten hoogste {MOST_LEVELS} niveaus")]
    TooDeep {
        /// Where the level begins that is one too many.
        at: usize,
    },
    /// There are too many predicates.
    #[error("op teken {at}: te veel voorwaarden; toegestaan: ten hoogste {MOST_PREDICATES}")]
    TooManyPredicates {
        /// Where the predicate begins that is one too many.
        at: usize,
    },
    /// A list has too many items.
    #[error("op teken {at}: te veel waarden na IN; toegestaan: ten hoogste {MOST_ITEMS}")]
    TooManyItems {
        /// Where the item begins that is one too many.
        at: usize,
    },
    /// The geometries have too many coordinates.
    #[error(
        "op teken {at}: te veel coördinaten; toegestaan: ten hoogste {MOST_COORDINATES} samen \
         (een BBOX telt voor 65)"
    )]
    TooManyCoordinates {
        /// Where the geometry or the coordinate begins that is one too many.
        at: usize,
    },
    /// A name is that of no property.
    #[error("op teken {at}: \"{found}\" is geen eigenschap; toegestaan: {}", list(allowed))]
    UnknownProperty {
        /// Where the name begins.
        at: usize,
        /// The name.
        found: String,
        /// The names of the properties.
        allowed: Vec<String>,
    },
    /// A property has the name of a keyword and stands without quotes.
    #[error(
        "op teken {at}: \"{found}\" is een sleutelwoord; zet de naam van de eigenschap tussen \
         dubbele aanhalingstekens"
    )]
    Keyword {
        /// Where the name begins.
        at: usize,
        /// The name.
        found: String,
    },
    /// A name before a parenthesis is that of no function.
    #[error("op teken {at}: \"{found}\" is geen functie; toegestaan: {}", list(allowed))]
    UnknownFunction {
        /// Where the name begins.
        at: usize,
        /// The name.
        found: String,
        /// The names of the functions and geometries.
        allowed: Vec<String>,
    },
    /// The expression does not go on as the grammar has it.
    #[error("op teken {at}: {found} hoort hier niet; verwacht: {expected}")]
    Unexpected {
        /// Where it begins.
        at: usize,
        /// What stands there.
        found: String,
        /// What could stand there.
        expected: String,
    },
    /// A value is of another kind than the operation takes.
    #[error("op teken {at}: {found} is {kind}; verwacht: {expected}")]
    WrongKind {
        /// Where the value begins.
        at: usize,
        /// What stands there.
        found: String,
        /// Its kind.
        kind: &'static str,
        /// The kind it should have.
        expected: &'static str,
    },
    /// A quote is not closed.
    #[error("op teken {at}: het aanhalingsteken {quote} wordt nergens gesloten")]
    Unclosed {
        /// Where the quote is opened.
        at: usize,
        /// The quote.
        quote: char,
    },
    /// What begins as a number is none, or none that is finite.
    #[error("op teken {at}: {found} is geen eindig getal met decimale punt, zoals -1.5 of 2E3")]
    Number {
        /// Where it begins.
        at: usize,
        /// What stands there.
        found: String,
    },
    /// A date or timestamp is not as RFC 3339 has it.
    #[error("op teken {at}: {found} is geen {expected}")]
    Instant {
        /// Where the text begins.
        at: usize,
        /// What stands there.
        found: String,
        /// What it should look like.
        expected: &'static str,
    },
    /// A geometry is not sound.
    #[error("op teken {at}: {reason}")]
    Geometry {
        /// Where the part begins that is wrong.
        at: usize,
        /// What is wrong with it.
        reason: &'static str,
    },
}

impl CqlError {
    /// The position in characters from 1; `None` where the text as a whole is at fault.
    pub fn at(&self) -> Option<usize> {
        match self {
            Self::TooLong { .. } => None,
            Self::TooDeep { at }
            | Self::TooManyPredicates { at }
            | Self::TooManyItems { at }
            | Self::TooManyCoordinates { at }
            | Self::UnknownProperty { at, .. }
            | Self::Keyword { at, .. }
            | Self::UnknownFunction { at, .. }
            | Self::Unexpected { at, .. }
            | Self::WrongKind { at, .. }
            | Self::Unclosed { at, .. }
            | Self::Number { at, .. }
            | Self::Instant { at, .. }
            | Self::Geometry { at, .. } => Some(*at),
        }
    }
}

/// A text of at most 60 characters that is safe to show.
pub(super) fn echo(text: &str) -> String {
    let safe = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    if text.chars().count() <= MOST_ECHOED {
        return text.chars().map(safe).collect();
    }
    text.chars().take(MOST_ECHOED - 1).map(safe).chain(['…']).collect()
}

fn list(names: &[String]) -> String {
    let mut told = names.iter().take(MOST_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => told.push_str("geen"),
        count if count > MOST_NAMES => told.push_str(", …"),
        _ => {}
    }
    told
}
