//! Why there is no result.

/// Why a measure is undefined, or what was asked of it cannot be.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AnalysisError {
    /// The lists are not of the same units.
    #[error("{what} has {got} entries, expected {expected}: one a unit")]
    Length {
        /// Which list.
        what: &'static str,
        /// How many entries it has.
        got: usize,
        /// How many units there are.
        expected: usize,
    },
    /// Too few units have all the figures that are needed; none at all where `got` is 0.
    #[error("{got} units have the figures that are needed, expected at least {needed}")]
    TooFewUnits {
        /// How many have them.
        got: usize,
        /// How many it takes.
        needed: usize,
    },
    /// More people in a part than in the whole.
    #[error("unit {unit} counts {group} in the group and {total} in all: a group is a part of all")]
    GroupAboveTotal {
        /// The unit's place in the list.
        unit: usize,
        /// Its count of the group.
        group: f64,
        /// Its count of everybody.
        total: f64,
    },
    /// A number below zero where only zero or more means something.
    #[error("{what} of unit {unit} is {value}, expected zero or more")]
    Negative {
        /// Which number.
        what: &'static str,
        /// The unit's place in the list.
        unit: usize,
        /// The number.
        value: f64,
    },
    /// A number at or below zero where a logarithm or a ratio is taken.
    #[error(
        "the value of unit {unit} is {value}: only values above zero have ratios; compare differences or variances instead"
    )]
    NotPositive {
        /// The unit's place in the list.
        unit: usize,
        /// The number.
        value: f64,
    },
    /// Nobody lives in these units, or their weights are all zero.
    #[error("{what} add up to zero: there is nothing to divide by")]
    NoDenominator {
        /// What adds up to zero.
        what: &'static str,
    },
    /// The group is empty, so that it lives nowhere.
    #[error("nobody in these units belongs to the group")]
    NoGroup,
    /// Everybody is in the group, so that there is nobody to live apart from.
    #[error("everybody in these units belongs to the group: nobody is left to compare with")]
    OnlyGroup,
    /// Every value is the same.
    #[error("all values are the same: there are no differences to explain")]
    Constant,
    /// Every unit is as large.
    #[error("all units have the same area: none is smaller than another")]
    EqualAreas,
    /// No two units are neighbours.
    #[error("no unit with figures has a neighbour with figures; choose wider weights")]
    NoLinks,
    /// A parameter is out of range.
    #[error("{what} is {got}, expected {allowed}")]
    Parameter {
        /// Which.
        what: &'static str,
        /// What it is.
        got: f64,
        /// What it may be.
        allowed: &'static str,
    },
    /// A finite input gives a number that is beyond the range of `f64`.
    #[error("{what} cannot be told: the numbers are too large or too small")]
    OutOfRange {
        /// What was computed.
        what: &'static str,
    },
}

impl AnalysisError {
    /// Refuses a list that has not one entry a unit.
    pub(super) fn check_length(
        what: &'static str,
        got: usize,
        expected: usize,
    ) -> Result<(), Self> {
        (got == expected).then_some(()).ok_or(Self::Length { what, got, expected })
    }
}
