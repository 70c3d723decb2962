//! One unit against others that are like it: before and after something was done there.

use super::{AnalysisError, numbers::mean};

/// A number of one unit against the same of others, and that of each of the others against the
/// rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// The unit's own.
    pub own: f64,
    /// The mean of the others, each counting once.
    pub others: f64,
    /// The first less the second. Of changes this is a difference in differences (Card and Krueger
    /// 1994).
    pub difference: f64,
    /// The same of each of the others against the rest of them, without the unit: what comes out
    /// where nothing was done (a placebo in space, Abadie, Diamond and Hainmueller 2010).
    pub placebo: Vec<f64>,
    /// The place of the difference among all, by size whatever its sign: 1 is the largest. Of equal
    /// ones the unit comes last.
    pub rank: usize,
}

impl Against {
    /// Among how many it has a rank.
    pub fn of(&self) -> usize {
        self.placebo.len() + 1
    }

    /// The part of all that differ as much or more: how probable such a rank is by chance.
    pub fn share(&self) -> f64 {
        self.rank as f64 / self.of() as f64
    }
}

/// A unit's number against that of others. Cost: a pass.
///
/// # Errors
/// When the unit's number, or one of the others, is not finite, or fewer than two others are given.
pub fn against(own: f64, others: &[f64]) -> Result<Against, AnalysisError> {
    if others.len() < 2 {
        return Err(AnalysisError::TooFewUnits { got: others.len(), needed: 2 });
    }
    if !own.is_finite() || others.iter().any(|other| !other.is_finite()) {
        return Err(AnalysisError::OutOfRange { what: "a number" });
    }
    let whole = mean(others);
    let (sum, rest) = (others.iter().sum::<f64>(), (others.len() - 1) as f64);
    let difference = own - whole;
    let placebo: Vec<f64> = others.iter().map(|other| other - (sum - other) / rest).collect();
    let rank = 1 + placebo.iter().filter(|one| one.abs() >= difference.abs()).count();
    Ok(Against { own, others: whole, difference, placebo, rank })
}

/// The slope of the least-squares line through points, in units a year; `None` where fewer than two
/// years differ or a number is not finite.
pub fn slope(years: &[u16], values: &[f64]) -> Option<f64> {
    if years.len() != values.len() || values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let times: Vec<f64> = years.iter().map(|year| f64::from(*year)).collect();
    let (time, value) = (mean(&times), mean(values));
    let spread: f64 = times.iter().map(|at| (at - time).powi(2)).sum();
    let together: f64 = times.iter().zip(values).map(|(at, one)| (at - time) * (one - value)).sum();
    (spread > 0.0).then(|| together / spread)
}

/// The places of the years that are compared: the last before something began, and the first at or
/// after its end; the newest where that is not there yet, or nothing has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The place of the year before.
    pub before: Option<usize>,
    /// The place of the year after, which is in or after that of the beginning.
    pub after: Option<usize>,
}

/// Finds the years that are compared among ascending ones; `is_known` says of which there is a
/// figure.
pub fn ends(years: &[u16], is_known: &[bool], from: u16, until: Option<u16>) -> Ends {
    let known = || years.iter().zip(is_known).enumerate().filter(|(_, (_, known))| **known);
    let before = known().rfind(|(_, (year, _))| **year < from);
    let first = until.and_then(|until| known().find(|(_, (year, _))| **year >= until.max(from)));
    let newest = || known().rfind(|(_, (year, _))| **year >= from);
    let place = |(at, _)| at;
    Ends { before: before.map(place), after: first.or_else(newest).map(place) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_difference_in_differences_by_hand() {
        // Changes: own +5; others +1, +2, +3. Mean 2, so 3 more; each against the other two:
        // 1 - 2.5, 2 - 2, 3 - 1.5.
        let found = against(5.0, &[1.0, 2.0, 3.0]).expect("numbers");
        assert_eq!((found.own, found.others, found.difference), (5.0, 2.0, 3.0));
        assert_eq!(found.placebo, [-1.5, 0.0, 1.5]);
        assert_eq!((found.rank, found.of()), (1, 4));
        assert_eq!(found.share(), 0.25);
        // What is as large elsewhere ranks before it, whatever the sign.
        let found = against(0.5, &[1.0, 2.0, 3.0]).expect("numbers");
        assert_eq!((found.difference, found.rank), (-1.5, 3));
        assert_eq!(against(2.0, &[1.0, 2.0, 3.0]).expect("numbers").rank, 4);
    }

    #[test]
    fn what_is_missing_gives_no_number() {
        for (own, others) in [
            (f64::NAN, &[1.0, 2.0][..]),
            (1.0, &[1.0, f64::NAN]),
            (1.0, &[1.0, f64::INFINITY]),
            (1.0, &[1.0]),
            (1.0, &[]),
        ] {
            assert!(against(own, others).is_err(), "{own} {others:?}");
        }
        assert_eq!(slope(&[2010], &[1.0]), None);
        assert_eq!(slope(&[2010, 2010], &[1.0, 2.0]), None);
        assert_eq!(slope(&[2010, 2012], &[1.0, f64::NAN]), None);
        assert_eq!(slope(&[2010, 2012], &[1.0]), None);
    }

    #[test]
    fn slopes_by_hand() {
        assert_eq!(slope(&[2010, 2012], &[1.0, 2.0]), Some(0.5));
        // Times -2, 0, 2 and values -1, 2, -1 from their means: together 0.
        assert_eq!(slope(&[2010, 2012, 2014], &[0.0, 3.0, 0.0]), Some(0.0));
        // Uneven: times -3, -1, 4; values 0, 1, 5 with mean 2: (6 + 1 + 12) / 26.
        let found = slope(&[2001, 2003, 2008], &[0.0, 1.0, 5.0]).expect("a slope");
        assert!((found - 19.0 / 26.0).abs() < 1e-12);
    }

    #[test]
    fn the_years_that_are_compared() {
        let years = [2002, 2008, 2012, 2014, 2016];
        let all = [true; 5];
        let of = |known: &[bool], from, until| {
            let Ends { before, after } = ends(&years, known, from, until);
            (before.map(|at| years[at]), after.map(|at| years[at]))
        };
        assert_eq!(of(&all, 2009, Some(2013)), (Some(2008), Some(2014)));
        // A figure of the very year in which it began is not of before.
        assert_eq!(of(&all, 2008, Some(2012)), (Some(2002), Some(2012)));
        assert_eq!(of(&all, 2009, None), (Some(2008), Some(2016)));
        assert_eq!(of(&all, 2009, Some(2020)), (Some(2008), Some(2016)), "the end is yet to come");
        assert_eq!(of(&all, 2002, None), (None, Some(2016)));
        assert_eq!(of(&all, 2017, None), (Some(2016), None));
        let gaps = [true, false, true, false, true];
        assert_eq!(of(&gaps, 2009, Some(2013)), (Some(2002), Some(2016)));
        assert_eq!(of(&[false; 5], 2009, None), (None, None));
    }

    proptest! {
        #[test]
        fn as_a_second_computation_has_it(
            own in -1e3..1e3_f64,
            others in prop::collection::vec(-1e3..1e3_f64, 2..12),
        ) {
            let found = against(own, &others).expect("numbers");
            let alone = |at: usize| {
                let rest: Vec<_> = (0..others.len()).filter(|one| *one != at).collect();
                others[at] - rest.iter().map(|one| others[*one]).sum::<f64>() / rest.len() as f64
            };
            for (at, placebo) in found.placebo.iter().enumerate() {
                prop_assert!((placebo - alone(at)).abs() < 1e-9);
            }
            let larger = found.placebo.iter().filter(|one| one.abs() >= found.difference.abs());
            prop_assert_eq!(found.rank, larger.count() + 1);
            prop_assert!((1..=found.of()).contains(&found.rank));
            // What all share does not count.
            let moved: Vec<_> = others.iter().map(|other| other + 7.0).collect();
            let again = against(own + 7.0, &moved).expect("numbers");
            prop_assert!((again.difference - found.difference).abs() < 1e-9);
        }

        #[test]
        fn a_slope_is_that_of_a_line(start in -10.0..10.0_f64, steep in -5.0..5.0_f64) {
            let years = [2002, 2008, 2012, 2014];
            let values = years.map(|year| start + steep * f64::from(year - 2002));
            let found = slope(&years, &values).expect("a slope");
            prop_assert!((found - steep).abs() < 1e-9);
        }
    }
}
