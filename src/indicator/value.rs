//! A number, or why there is none.

use super::Reason;

/// What is known of one area: a finite number, or the reason why there is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A finite number, in the indicator's unit.
    Number(f64),
    /// No number, and why.
    Missing(Reason),
}

impl Value {
    /// The number, if there is one.
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Missing(_) => None,
        }
    }

    /// The reason, if there is no number.
    pub fn reason(self) -> Option<Reason> {
        match self {
            Self::Number(_) => None,
            Self::Missing(reason) => Some(reason),
        }
    }
}
