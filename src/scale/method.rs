//! The methods of classification, by name.

use serde::{Deserialize, Serialize};

/// A method of classification, as it stands in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// The publisher's own classes.
    Publicatie,
    /// Quantiles, type 7 of Hyndman and Fan (1996).
    Kwantielen,
    /// Equal intervals between the lowest and the highest value.
    GelijkeIntervallen,
    /// Natural breaks: exact Fisher-Jenks.
    NatuurlijkeGrenzen,
    /// Standard deviations from the mean.
    Standaarddeviatie,
    /// Bounds that the asker chose.
    Eigen,
}

impl Method {
    /// Every method, the publisher's first.
    pub const ALL: [Self; 6] = [
        Self::Publicatie,
        Self::Kwantielen,
        Self::GelijkeIntervallen,
        Self::NatuurlijkeGrenzen,
        Self::Standaarddeviatie,
        Self::Eigen,
    ];

    /// The method as it stands in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Publicatie => "publicatie",
            Self::Kwantielen => "kwantielen",
            Self::GelijkeIntervallen => "gelijke-intervallen",
            Self::NatuurlijkeGrenzen => "natuurlijke-grenzen",
            Self::Standaarddeviatie => "standaarddeviatie",
            Self::Eigen => "eigen",
        }
    }

    /// The method of that name, exactly as [`Method::as_str`] writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_agree_with_serde() {
        for method in Method::ALL {
            assert_eq!(Method::from_name(method.as_str()), Some(method));
            assert_eq!(
                serde_json::to_value(method).expect("a unit variant"),
                serde_json::Value::from(method.as_str())
            );
        }
        assert_eq!(Method::from_name("Kwantielen"), None);
    }
}
