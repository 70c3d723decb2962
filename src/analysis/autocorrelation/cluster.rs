//! What a unit is called after a test.

use super::{LocalGetis, Quadrant};

/// What is done about many tests at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adjustment {
    /// Nothing: about one in twenty units is significant by chance alone.
    None,
    /// The share of chance among what is found is held down: Benjamini and Hochberg (1995).
    #[default]
    FalseDiscovery,
    /// The chance of a single wrong find is held down: the level over the number of tests.
    Bonferroni,
}

/// The cluster that a unit is the core of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cluster {
    /// High among high.
    HighHigh,
    /// Low among low.
    LowLow,
    /// High among low.
    HighLow,
    /// Low among high.
    LowHigh,
    /// Not to be told from chance.
    NotSignificant,
    /// It has no neighbour with a value.
    Isolated,
    /// It has no value.
    NoData,
}

impl Cluster {
    /// All of them, in the order of a legend.
    pub const ALL: [Self; 7] = [
        Self::HighHigh,
        Self::LowLow,
        Self::HighLow,
        Self::LowHigh,
        Self::NotSignificant,
        Self::Isolated,
        Self::NoData,
    ];

    /// The short name of the field: `HH`, `LL`, `HL`, `LH`, `ns`, `isolated`, `no data`.
    pub fn code(self) -> &'static str {
        match self {
            Self::HighHigh => "HH",
            Self::LowLow => "LL",
            Self::HighLow => "HL",
            Self::LowHigh => "LH",
            Self::NotSignificant => "ns",
            Self::Isolated => "isolated",
            Self::NoData => "no data",
        }
    }
}

impl From<Quadrant> for Cluster {
    fn from(quadrant: Quadrant) -> Self {
        match quadrant {
            Quadrant::HighHigh => Self::HighHigh,
            Quadrant::LowHigh => Self::LowHigh,
            Quadrant::LowLow => Self::LowLow,
            Quadrant::HighLow => Self::HighLow,
        }
    }
}

/// A hot or a cold spot with its level of confidence, per cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HotSpot {
    /// High values lie together: 90, 95 or 99.
    Hot(u8),
    /// Low values lie together.
    Cold(u8),
    /// Not to be told from chance.
    NotSignificant,
    /// It has no neighbour with a value.
    Isolated,
    /// It has no value.
    NoData,
}

impl HotSpot {
    /// By the limits of p for 99, 95 and 90 %.
    pub(super) fn of(unit: Option<LocalGetis>, limits: [f64; 3]) -> Self {
        let Some(unit) = unit else { return Self::NoData };
        let (Some(z), Some(p)) = (unit.z, unit.p) else { return Self::Isolated };
        let level = limits.iter().zip([99, 95, 90]).find(|(limit, _)| p <= **limit);
        match level {
            Some((_, level)) if z > 0.0 => Self::Hot(level),
            Some((_, level)) => Self::Cold(level),
            None => Self::NotSignificant,
        }
    }
}
