//! What a rounded number may have been before it was rounded.

use super::Kind;

/// The numbers that a published number may stand for: from `low` up to `high`. Where they are the
/// same the number is exact, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lowest.
    pub low: f64,
    /// The highest; only an exact number reaches it.
    pub high: f64,
}

/// What a number can be at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
}

impl Limits {
    /// A count is never below 0, a share never outside 0 to 100, a mean not below 0 where none of
    /// the `numbers` is.
    pub fn of(kind: Kind, mut numbers: impl Iterator<Item = f64>) -> Self {
        let (least, most) = match kind {
            Kind::Aantal => (0.0, f64::INFINITY),
            Kind::Aandeel => (0.0, 100.0),
            Kind::Gemiddelde if numbers.all(|number| number >= 0.0) => (0.0, f64::INFINITY),
            _ => (f64::NEG_INFINITY, f64::INFINITY),
        };
        Self { least, most }
    }
}

impl Interval {
    /// A number that is not rounded.
    pub fn exact(number: f64) -> Self {
        Self { low: number, high: number }
    }

    /// A number that was rounded to a multiple of `step`: half a step to either side, within what
    /// such a number can be.
    pub fn of(number: f64, step: f64, limits: Limits) -> Self {
        Self { low: number - step / 2.0, high: number + step / 2.0 }.within(limits)
    }

    /// The share or rate of `self` in `whole`, times `per`: the lowest numerator by the highest
    /// denominator, and the other way round. `None` where the denominator may be zero.
    pub fn per(self, whole: Self, per: f64) -> Option<Self> {
        (whole.low > 0.0).then(|| Self {
            low: self.low.max(0.0) * per / whole.high,
            high: self.high.max(0.0) * per / whole.low,
        })
    }

    /// The part of it that such a number can be.
    pub fn within(self, Limits { least, most }: Limits) -> Self {
        Self { low: self.low.clamp(least, most), high: self.high.clamp(least, most) }
    }

    /// Whether it is a single number.
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }
}

/// What numbers are a multiple of, given the step that the catalogue says: that step, or a tenth,
/// a hundredth or a thousandth of it where they were delivered finer. `None` where they are on
/// none of these, as numbers that were computed. A count may be on half the step (fives for tens),
/// else it is exact. Cost: at most four passes.
pub fn grain<I>(step: f64, kind: Kind, numbers: impl Fn() -> I) -> Option<f64>
where
    I: Iterator<Item = f64>,
{
    let is_on = |step: f64| {
        numbers().all(|number| {
            let multiple = number / step;
            // Sums of binary fractions: a millionth of a step is no difference.
            (multiple - multiple.round()).abs() < 1e-6
        })
    };
    let finer: &[f64] =
        if kind == Kind::Aantal { &[1.0, 2.0] } else { &[1.0, 10.0, 100.0, 1000.0] };
    finer.iter().map(|parts| step / parts).find(|&step| is_on(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(number: f64, step: f64, kind: Kind) -> Interval {
        Interval::of(number, step, Limits::of(kind, [number].into_iter()))
    }

    #[test]
    fn half_a_step_to_either_side_within_what_can_be() {
        assert_eq!(of(20.0, 5.0, Kind::Aantal), Interval { low: 17.5, high: 22.5 });
        assert_eq!(of(0.0, 5.0, Kind::Aantal), Interval { low: 0.0, high: 2.5 });
        assert_eq!(of(100.0, 1.0, Kind::Aandeel), Interval { low: 99.5, high: 100.0 });
        assert_eq!(of(-0.2, 0.1, Kind::Gemiddelde).low, -0.25);
        assert_eq!(of(0.0, 0.1, Kind::Gemiddelde), Interval { low: 0.0, high: 0.05 });
    }

    #[test]
    fn a_rate_of_rounded_counts_holds_every_rate_that_they_may_stand_for() {
        let (count, whole) = (40.0, 415.0);
        let rate = of(count, 5.0, Kind::Aantal)
            .per(of(whole, 5.0, Kind::Aantal), 1000.0)
            .expect("people live there");
        for a in [37.5, 40.0, 42.499] {
            for b in [412.5, 415.0, 417.499] {
                let real = a * 1000.0 / b;
                assert!(rate.low <= real && real <= rate.high, "{real} in {rate:?}");
            }
        }
        assert!((rate.low - 37.5 * 1000.0 / 417.5).abs() < 1e-12);
        assert_eq!(Interval::exact(3.0).per(of(0.0, 5.0, Kind::Aantal), 1.0), None);
    }

    #[test]
    fn numbers_tell_whether_they_were_delivered_finer() {
        let on = |step, kind, numbers: &[f64]| grain(step, kind, || numbers.iter().copied());
        assert_eq!(on(1.0, Kind::Aandeel, &[46.0, 47.0]), Some(1.0));
        assert_eq!(on(1.0, Kind::Aandeel, &[46.0, 46.6, 0.3]), Some(0.1));
        assert_eq!(on(1.0, Kind::Aandeel, &[100.0 / 7.0]), None, "computed, not rounded");
        assert_eq!(on(5.0, Kind::Aantal, &[20.0, 243_765.0]), Some(5.0));
        assert_eq!(on(10.0, Kind::Aantal, &[20.0, 35.0]), Some(5.0));
        assert_eq!(on(5.0, Kind::Aantal, &[20.0, 243_768.0]), None, "a count of one by one");
        assert_eq!(on(1000.0, Kind::Gemiddelde, &[312_000.0]), Some(1000.0));
    }
}
