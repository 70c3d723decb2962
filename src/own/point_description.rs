//! What a description says of points.

use serde::Deserialize;

/// What becomes of points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Operation {
    /// They are counted.
    #[default]
    Tellen,
    /// A column of them is added up.
    Som,
    /// A column of them is averaged.
    Gemiddelde,
}

/// What a description says of points: where they are, and what becomes of them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointDescription {
    /// The columns of RD coordinates, metres.
    pub x: Option<String>,
    /// As `x`.
    pub y: Option<String>,
    /// The columns of degrees.
    pub lon: Option<String>,
    /// As `lon`.
    pub lat: Option<String>,
    /// The columns of an address.
    pub postcode: Option<String>,
    /// As `postcode`.
    pub huisnummer: Option<String>,
    /// The column of a day (`2024-05-01`): its year goes before `jaar`.
    pub datum: Option<String>,
    /// What becomes of them.
    #[serde(default)]
    pub bewerking: Operation,
    /// The column that is added up or averaged.
    pub waarde: Option<String>,
    /// Per how many residents the count or sum is.
    pub per: Option<u32>,
}

impl PointDescription {
    /// What is wrong with it.
    pub(super) fn wrong(&self) -> Option<String> {
        let places = [
            self.x.is_some() && self.y.is_some(),
            self.lon.is_some() && self.lat.is_some(),
            self.postcode.is_some() && self.huisnummer.is_some(),
        ];
        if places.iter().filter(|is_there| **is_there).count() != 1 {
            return Some("punten: geef x en y, lon en lat, of postcode en huisnummer".to_owned());
        }
        match (self.bewerking, &self.waarde, self.per) {
            (Operation::Tellen, Some(_), _) => {
                Some("punten: waarde hoort bij bewerking som of gemiddelde".to_owned())
            }
            (Operation::Som | Operation::Gemiddelde, None, _) => {
                Some("punten: bij deze bewerking hoort een kolom waarde".to_owned())
            }
            (Operation::Gemiddelde, _, Some(_)) => {
                Some("punten: per gaat niet samen met een gemiddelde".to_owned())
            }
            (_, _, Some(0)) => Some("punten: per = 0".to_owned()),
            _ => None,
        }
    }
}
