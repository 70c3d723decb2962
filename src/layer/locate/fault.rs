//! Why a row cannot be located: what column `fout` says.

use std::fmt;

use crate::crs::{LonLat, Rd};

/// No coordinate on Earth is further than this from the origin of RD, metres.
const FARTHEST: f64 = 1e8;

/// Why a row cannot be read. Shown in Dutch: it stands in a column that Dutch planners read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFault {
    /// Another number of fields than the header has.
    Fields {
        /// Fields of the row.
        found: usize,
        /// Fields of the header.
        expected: usize,
    },
    /// The input ends within quotes.
    OpenQuote,
    /// A coordinate is empty.
    Empty {
        /// Its column.
        column: String,
    },
    /// A coordinate has a comma where a point is expected.
    DecimalComma {
        /// Its column.
        column: String,
        /// What stands there, shortened.
        text: String,
    },
    /// A coordinate is no number.
    NotANumber {
        /// Its column.
        column: String,
        /// What stands there, shortened.
        text: String,
    },
    /// A coordinate is a number that the system does not have.
    OutOfRange {
        /// Its column.
        column: String,
        /// What stands there.
        value: String,
        /// What can stand there.
        expected: &'static str,
    },
    /// There is no postcode.
    NoPostcode {
        /// Its column.
        column: String,
    },
    /// A text that is no postcode.
    Postcode {
        /// Its column.
        column: String,
        /// What stands there, shortened.
        text: String,
    },
    /// A text that begins with no house number.
    HouseNumber {
        /// Its column.
        column: String,
        /// What stands there, shortened.
        text: String,
    },
    /// A line or a feature is no JSON.
    Json {
        /// Where in it, counted from 1.
        column: usize,
    },
    /// A line or a feature is JSON, and no object.
    NoObject,
    /// It has a member of a name that is to be added.
    Added {
        /// The name.
        column: &'static str,
    },
    /// It has none of the members that tell a place.
    NoPlace {
        /// Those that would.
        expected: String,
    },
    /// It has members of two systems.
    TwoPlaces,
    /// A feature has no geometry.
    NoGeometry,
    /// A feature is no point.
    NoPoint {
        /// What it is.
        kind: String,
    },
    /// The coordinates fit when they are exchanged.
    Exchanged {
        /// The columns.
        columns: [String; 2],
    },
    /// The coordinates fit the other system.
    OtherSystem {
        /// What they look like.
        looks: &'static str,
        /// What was expected.
        expected: &'static str,
    },
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fields { found, expected } => {
                write!(f, "rij heeft {found} velden, verwacht {expected}")
            }
            Self::OpenQuote => write!(f, "een aanhalingsteken wordt niet gesloten"),
            Self::Empty { column } => write!(f, "kolom {column}: leeg, verwacht een getal"),
            Self::DecimalComma { column, text } => {
                write!(f, "kolom {column}: {text:?} heeft een decimale komma, verwacht een punt")
            }
            Self::NotANumber { column, text } => {
                write!(f, "kolom {column}: {text:?} is geen getal")
            }
            Self::OutOfRange { column, value, expected } => {
                write!(f, "kolom {column}: {value} kan niet, verwacht {expected}")
            }
            Self::NoPostcode { column } => {
                write!(f, "kolom {column}: leeg, verwacht een postcode")
            }
            Self::Postcode { column, text } => {
                write!(f, "kolom {column}: {text:?} is geen postcode, verwacht bijvoorbeeld 1011AB")
            }
            Self::HouseNumber { column, text } => {
                write!(f, "kolom {column}: {text:?} begint niet met een huisnummer")
            }
            Self::Json { column } => write!(f, "is geen JSON, bij teken {column}"),
            Self::NoObject => write!(f, "is geen JSON-object"),
            Self::Added { column } => {
                write!(f, "heeft al een {column}, die erbij komt: hernoem of verwijder die")
            }
            Self::NoPlace { expected } => write!(f, "verwacht {expected}"),
            Self::TwoPlaces => {
                write!(f, "heeft lon,lat en x,y: zeg welk stelsel geldt (crs rd of wgs84)")
            }
            Self::NoGeometry => write!(f, "heeft geen geometrie"),
            Self::NoPoint { kind } => write!(f, "geometrie is {kind:?}, verwacht Point"),
            Self::Exchanged { columns: [x, y] } => {
                write!(f, "kolommen {x} en {y} lijken verwisseld")
            }
            Self::OtherSystem { looks, expected } => {
                write!(f, "coördinaten lijken {looks}, verwacht {expected}")
            }
        }
    }
}

impl RowFault {
    /// Whether nothing can be added to the text of the row.
    pub(super) fn is_of_json(&self) -> bool {
        matches!(self, Self::Json { .. } | Self::NoObject | Self::Added { .. })
    }
}

/// So much of an input as goes into a message.
pub(super) fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

const DEGREES: &str = "lengte en breedte in graden";
const RD: &str = "RD in meters";

/// Reads a coordinate. Any number that Rust reads, NaN and infinity left out.
pub(super) fn number(field: &[u8], column: &str) -> Result<f64, RowFault> {
    if let Some(number) = plain(field) {
        return Ok(number);
    }
    let text = str::from_utf8(field).ok();
    if let Some(number) = text.and_then(|text| text.parse::<f64>().ok())
        && number.is_finite()
    {
        return Ok(number);
    }
    let column = column.to_owned();
    if field.is_empty() {
        return Err(RowFault::Empty { column });
    }
    let shown = shorten(&String::from_utf8_lossy(field));
    let with_point = text.map(|text| text.replacen(',', ".", 1));
    let is_comma = with_point.is_some_and(|t| t.parse::<f64>().is_ok_and(f64::is_finite));
    Err(if is_comma {
        RowFault::DecimalComma { column, text: shown }
    } else {
        RowFault::NotANumber { column, text: shown }
    })
}

/// A number of at most 15 digits, with a point and a minus or without, as nearly all are: exact as
/// a whole number and as a power of ten, so that one division gives what Rust reads (Clinger,
/// *How to read floating point numbers accurately*, 1990).
fn plain(field: &[u8]) -> Option<f64> {
    const POWERS: [f64; 16] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let digits = field.strip_prefix(b"-").unwrap_or(field);
    if digits.len() > POWERS.len() {
        return None;
    }
    let (mut whole, mut point) = (0u64, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => whole = whole * 10 + u64::from(byte - b'0'),
            b'.' if point.is_none() => point = Some(at),
            _ => return None,
        }
    }
    let decimals = point.map_or(0, |at| digits.len() - at - 1);
    let count = digits.len() - usize::from(point.is_some());
    if count == 0 || count == POWERS.len() {
        return None;
    }
    let number = whole as f64 / POWERS[decimals];
    Some(if digits.len() < field.len() { -number } else { number })
}

/// Whether a place in degrees outside the country's surroundings is a place at all.
pub(super) fn elsewhere_lonlat(point: LonLat, names: &[String; 2]) -> Result<(), RowFault> {
    let LonLat { lon, lat } = point;
    if (LonLat { lon: lat, lat: lon }).is_plausible() {
        return Err(RowFault::Exchanged { columns: names.clone() });
    }
    if (Rd { x: lon, y: lat }).is_plausible() {
        return Err(RowFault::OtherSystem { looks: RD, expected: DEGREES });
    }
    let out = |column: &String, value: f64, expected| {
        Err(RowFault::OutOfRange { column: column.clone(), value: format!("{value:e}"), expected })
    };
    if !(-180.0..=180.0).contains(&lon) {
        return out(&names[0], lon, "-180 tot 180 graden");
    }
    if !(-90.0..=90.0).contains(&lat) {
        return out(&names[1], lat, "-90 tot 90 graden");
    }
    Ok(())
}

/// Whether a place in RD outside the country's surroundings is a place at all.
pub(super) fn elsewhere_rd(point: Rd, names: &[String; 2]) -> Result<(), RowFault> {
    let Rd { x, y } = point;
    if (Rd { x: y, y: x }).is_plausible() {
        return Err(RowFault::Exchanged { columns: names.clone() });
    }
    let degrees = [LonLat { lon: x, lat: y }, LonLat { lon: y, lat: x }];
    if degrees.into_iter().any(LonLat::is_plausible) {
        return Err(RowFault::OtherSystem { looks: DEGREES, expected: RD });
    }
    for (column, value) in names.iter().zip([x, y]) {
        if value.abs() > FARTHEST {
            return Err(RowFault::OutOfRange {
                column: column.clone(),
                value: format!("{value:e}"),
                expected: "meters in RD",
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The short way reads what Rust reads, to the bit, or nothing.
        #[test]
        fn plain_numbers_are_those_of_rust(text in "-?[0-9]{0,17}[.]?[0-9]{0,17}|[-+.e0-9 ]{0,6}") {
            let expected = text.parse::<f64>().ok().map(f64::to_bits);
            if let Some(number) = plain(text.as_bytes()) {
                prop_assert_eq!(Some(number.to_bits()), expected);
            }
        }
    }

    #[test]
    fn usual_coordinates_are_plain() {
        for text in ["121687.35", "5.38720621", "-0.5", "52", "0", ".5", "7.", "123456789012.345"] {
            assert_eq!(plain(text.as_bytes()), text.parse().ok(), "{text}");
        }
        for text in ["", "-", ".", "1e5", "+1", "1,5", "1234567890123456", "1.2.3"] {
            assert_eq!(plain(text.as_bytes()), None, "{text}");
        }
    }
}
