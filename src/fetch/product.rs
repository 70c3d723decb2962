//! What an atlas is made of, part by part.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A part of what is fetched for a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Product {
    /// The shapes of gemeenten, wijken and buurten, with the figures in that file.
    Grenzen,
    /// Kerncijfers wijken en buurten.
    Kwb,
    /// The Leefbaarometer.
    Leefbaarometer,
    /// Socio-economic status.
    SesWoa,
    /// Which buurt a postcode and house number lie in.
    Adressen,
}

impl Product {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] =
        [Self::Grenzen, Self::Kwb, Self::Leefbaarometer, Self::SesWoa, Self::Adressen];

    /// What it is called on the command line and in reports: `ses-woa`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Grenzen => "grenzen",
            Self::Kwb => "kwb",
            Self::Leefbaarometer => "leefbaarometer",
            Self::SesWoa => "ses-woa",
            Self::Adressen => "adressen",
        }
    }
}

impl fmt::Display for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Product {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|product| product.as_str() == text).ok_or_else(|| {
            let known = Self::ALL.map(Self::as_str).join(", ");
            format!("{text:?}, expected one of {known}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_as_they_are_written() {
        for product in Product::ALL {
            assert_eq!(product.as_str().parse(), Ok(product));
            let json = serde_json::to_string(&product).expect("a text");
            assert_eq!(json, format!("\"{product}\""));
        }
        assert!("borders".parse::<Product>().is_err());
    }
}
