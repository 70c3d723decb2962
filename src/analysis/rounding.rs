//! What a measure may be, given that counts and shares were rounded before they were published.

use crate::{
    analysis::{AnalysisError, segregation::TwoGroups, stream::Stream},
    indicator::{Interval, Ranking, Standing},
};

/// How often rounded numbers are undone to find what is likely.
const DRAWS: u64 = 200;

/// D and what it may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoundedDissimilarity {
    /// D of the numbers as published.
    pub published: f64,
    /// D is certainly in here, however the roundings fell together.
    pub possible: Interval,
    /// Where 95 in 100 of the D's lie that follow when every number is drawn evenly from what it
    /// may stand for.
    pub likely: Interval,
}

/// The location quotients that rounded counts allow: the lowest share over the highest share of the
/// reference, and the other way round; see [`Interval::per`]. `None` where a number is missing or
/// the total may be 0. Linear.
///
/// # Errors
/// When the lists differ in length, or the reference may have a share of 0.
pub fn location_quotient_intervals(
    group: &[Option<Interval>],
    total: &[Option<Interval>],
    reference: Interval,
) -> Result<Vec<Option<Interval>>, AnalysisError> {
    AnalysisError::check_length("the totals", total.len(), group.len())?;
    if !(reference.low > 0.0 && reference.high.is_finite()) {
        return Err(AnalysisError::Parameter {
            what: "the share of the reference",
            got: reference.low,
            allowed: "surely above 0",
        });
    }
    let one = |(group, total): (&Option<Interval>, &Option<Interval>)| {
        let share = (*group)?.per((*total)?, 1.0)?;
        // A part is never more than the whole.
        let share = Interval { low: share.low.min(1.0), high: share.high.min(1.0) };
        share.per(reference, 1.0).filter(|lq| lq.low.is_finite() && lq.high.is_finite())
    };
    Ok(group.iter().zip(total).map(one).collect())
}

/// The ranks that intervals allow, 1 the highest; `None` for what is not ranked. n log n.
pub fn rank_intervals(intervals: &[Option<Interval>]) -> Vec<Option<Standing>> {
    let ranking = Ranking::new(intervals.iter().flatten().copied());
    intervals.iter().map(|one| one.map(|one| ranking.standing(one))).collect()
}

/// D of rounded counts: a group and everybody, each with what it may stand for. Units that lack one
/// are left out. Linear, two hundred times.
///
/// # Errors
/// When the lists differ in length, or the middles of the intervals have no D: see
/// [`TwoGroups::new`].
pub fn dissimilarity_interval(
    group: &[Option<Interval>],
    total: &[Option<Interval>],
    seed: u64,
) -> Result<RoundedDissimilarity, AnalysisError> {
    AnalysisError::check_length("the totals", total.len(), group.len())?;
    let finite =
        |one: &Interval| one.low.is_finite() && one.high.is_finite() && one.low <= one.high;
    let units: Vec<(Interval, Interval)> = group
        .iter()
        .zip(total)
        .filter_map(|(group, total)| Some(((*group)?, (*total)?)))
        .filter(|(group, total)| finite(group) && finite(total))
        .collect();
    let index = |draw: &mut dyn FnMut(Interval) -> f64| {
        let (group, total): (Vec<f64>, Vec<f64>) = units
            .iter()
            .map(|&(group, total)| {
                let total = draw(total).max(0.0);
                (draw(group).clamp(0.0, total), total)
            })
            .unzip();
        TwoGroups::new(&group, &total).map(|groups| groups.dissimilarity())
    };
    let published = index(&mut |one| f64::midpoint(one.low, one.high))?;
    let mut drawn: Vec<f64> = (0..DRAWS)
        .filter_map(|number| {
            let mut stream = Stream::new(seed, number);
            index(&mut |one| one.low + (one.high - one.low) * stream.unit()).ok()
        })
        .collect();
    drawn.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (drawn.len().saturating_sub(1) as f64 * share).round() as usize;
        drawn.get(place).copied().unwrap_or(published)
    };
    let likely = Interval { low: at(0.025).min(published), high: at(0.975).max(published) };
    Ok(RoundedDissimilarity { published, possible: possible(&units), likely })
}

/// ½ Σ |xᵢ/X - yᵢ/Y| with every number anywhere in its interval: a bound, not a tight one, since
/// the sums are taken as if they did not depend on the parts.
fn possible(units: &[(Interval, Interval)]) -> Interval {
    let parts = units.iter().map(|(group, total)| {
        let x = Interval { low: group.low.max(0.0), high: group.high.max(0.0) };
        let y =
            Interval { low: (total.low - x.high).max(0.0), high: (total.high - x.low).max(0.0) };
        (x, y)
    });
    let sum = |of: &dyn Fn((Interval, Interval)) -> f64| parts.clone().map(of).sum::<f64>();
    let x = Interval { low: sum(&|(x, _)| x.low), high: sum(&|(x, _)| x.high) };
    let y = Interval { low: sum(&|(_, y)| y.low), high: sum(&|(_, y)| y.high) };
    let (mut low, mut high) = (0.0, 0.0);
    for (own_x, own_y) in parts {
        let (Some(a), Some(b)) = (own_x.per(x, 1.0), own_y.per(y, 1.0)) else {
            return Interval { low: 0.0, high: 1.0 };
        };
        low += (a.low - b.high).max(b.low - a.high).max(0.0);
        high += (a.high - b.low).max(b.high - a.low);
    }
    Interval { low: (low / 2.0).clamp(0.0, 1.0), high: (high / 2.0).clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_rounded_lies_in_what_is_possible(
            units in prop::collection::vec((1..400_u16, 0.0..1.0_f64), 3..30), seed in any::<u64>(),
        ) {
            let total: Vec<f64> = units.iter().map(|unit| f64::from(unit.0)).collect();
            let group: Vec<f64> = units.iter().map(|(t, p)| (f64::from(*t) * p).round()).collect();
            let rounded = |list: &[f64], step: f64| -> Vec<Option<Interval>> {
                let one = |count: &f64| {
                    let multiple = (count / step).round() * step;
                    let low = (multiple - step / 2.0).max(0.0);
                    Some(Interval { low, high: multiple + step / 2.0 })
                };
                list.iter().map(one).collect()
            };
            let (x, t) = (rounded(&group, 10.0), rounded(&total, 5.0));
            if let (Ok(real), Ok(found)) =
                (TwoGroups::new(&group, &total), dissimilarity_interval(&x, &t, seed))
            {
                let Interval { low, high } = found.possible;
                let d = real.dissimilarity();
                prop_assert!(low - 1e-12 <= d && d <= high + 1e-12, "{d} not in {found:?}");
                prop_assert!(found.likely.low <= found.published);
                prop_assert!(found.published <= found.likely.high);
                prop_assert!(low <= found.likely.low + 1e-12, "{found:?}");
                prop_assert!(found.likely.high <= high + 1e-12, "{found:?}");
            }
        }
    }

    #[test]
    fn quotients_and_ranks_of_rounded_numbers() {
        let around = |middle: f64| Some(Interval { low: middle - 5.0, high: middle + 5.0 });
        let group = [around(50.0), around(10.0), None];
        let total = [around(100.0), around(100.0), around(100.0)];
        let reference = Interval::exact(0.25);
        let lq = location_quotient_intervals(&group, &total, reference).expect("a share");
        let first = lq[0].expect("known");
        assert!((first.low - 45.0 / 105.0 / 0.25).abs() < 1e-12);
        assert!((first.high - 55.0 / 95.0 / 0.25).abs() < 1e-12);
        let ranks = rank_intervals(&lq);
        assert_eq!(ranks[1].map(|rank| (rank.best, rank.worst, rank.among)), Some((2, 2, 2)));
        assert_eq!((lq[2], ranks[2]), (None, None));
        assert!(location_quotient_intervals(&group, &total, Interval::exact(0.0)).is_err());
    }
}
