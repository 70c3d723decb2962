//! Breaks that somebody chose.

use std::{fmt, ops::RangeInclusive, str::FromStr};

/// How many bounds one can choose: those of 2 to 9 classes.
pub const BOUND_COUNTS: RangeInclusive<usize> = 1..=8;

/// Breaks that somebody chose: 1 to 8 finite numbers, ascending, each the upper bound of its
/// class; the highest class is open. As text they are decimal numbers with commas between them,
/// `-0.5,0,12.25`.
#[derive(Clone, Debug, PartialEq)]
pub struct ManualBreaks(Vec<f64>);

/// What makes no breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManualBreaksError {
    /// There are none, or too many.
    #[error("{0} bounds, expected 1 to 8")]
    Count(usize),
    /// One is no finite number in decimal notation.
    #[error("bound {0} is no finite number in decimal notation")]
    Number(usize),
    /// One is not above the one before it.
    #[error("bound {0} is not above the one before it")]
    Order(usize),
}

impl ManualBreaks {
    /// Breaks from upper bounds; 0 and -0 are the same bound.
    ///
    /// # Errors
    /// When there are none or more than 8, or one (counted from 1) is not finite or not above the
    /// one before it.
    pub fn new(bounds: Vec<f64>) -> Result<Self, ManualBreaksError> {
        if !BOUND_COUNTS.contains(&bounds.len()) {
            return Err(ManualBreaksError::Count(bounds.len()));
        }
        if let Some(at) = bounds.iter().position(|bound| !bound.is_finite()) {
            return Err(ManualBreaksError::Number(at + 1));
        }
        if let Some(at) = bounds.windows(2).position(|pair| pair[0] >= pair[1]) {
            return Err(ManualBreaksError::Order(at + 2));
        }
        Ok(Self(bounds.into_iter().map(|bound| bound + 0.0).collect()))
    }

    /// The bounds, ascending.
    pub fn as_slice(&self) -> &[f64] {
        &self.0
    }
}

impl FromStr for ManualBreaks {
    type Err = ManualBreaksError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_plain = |part: &str| {
            part.bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'))
        };
        let count = text.split(',').count();
        if count > *BOUND_COUNTS.end() {
            return Err(ManualBreaksError::Count(count));
        }
        let bounds: Result<Vec<f64>, _> = text
            .split(',')
            .enumerate()
            .map(|(at, part)| {
                let number = part.parse().ok().filter(|_| is_plain(part));
                number.ok_or(ManualBreaksError::Number(at + 1))
            })
            .collect();
        Self::new(bounds?)
    }
}

impl fmt::Display for ManualBreaks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bounds: Vec<String> = self.0.iter().map(f64::to_string).collect();
        f.write_str(&bounds.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<String, ManualBreaksError> {
        text.parse::<ManualBreaks>().map(|breaks| breaks.to_string())
    }

    #[test]
    fn equal_bounds_are_written_the_same() {
        assert_eq!(read("1.0,2.50"), Ok("1,2.5".to_owned()));
        assert_eq!(read("-0,1e+2"), Ok("0,100".to_owned()));
        assert_eq!(read("-1.5"), Ok("-1.5".to_owned()));
    }

    #[test]
    fn what_makes_no_classes_is_refused() {
        use ManualBreaksError::{Count, Number, Order};
        assert_eq!(read("1,2,3,4,5,6,7,8,9"), Err(Count(9)));
        assert_eq!(ManualBreaks::new(vec![]), Err(Count(0)));
        for wrong in ["", "1,", "1,twee", "1, 2", "1,inf", "1,NaN", "1,1e999", "1;2", "0x1,+2"] {
            assert!(matches!(read(wrong), Err(Number(_))), "{wrong}");
        }
        for wrong in ["2,1", "1,1", "0,-0"] {
            assert_eq!(read(wrong), Err(Order(2)), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            bounds in prop::collection::btree_set(-1_000_000..1_000_000_i32, 1..=8),
            exponent in -6..7_i32,
        ) {
            let bounds: Vec<f64> =
                bounds.into_iter().map(|b| f64::from(b) * 10_f64.powi(exponent)).collect();
            let breaks = ManualBreaks::new(bounds).expect("ascending");
            prop_assert_eq!(breaks.to_string().parse(), Ok(breaks));
        }
    }
}
