//! Shares by the share of the country.

use crate::{
    analysis::{concentration, rounding},
    atlas::RESIDENTS,
    indicator::{Indicator, Interval, LocationQuotient, Reason, Value},
};

use super::{Atlas, Available, Column, Made, is_national, key_of, numbers};

/// The quotients of every series of the share that can stand for the country and that something
/// tells the weights of.
pub(super) fn columns(atlas: &Atlas, indicator: &Indicator, rule: &LocationQuotient) -> Made {
    let of_series = atlas.series_of(&rule.of).filter(is_national).filter_map(|series| {
        let column = column(atlas, rule, &series)?;
        Some((key_of(indicator, &series), column))
    });
    of_series.collect()
}

/// The quotients of one series; `None` where nothing tells the weights, or nobody in the country is
/// in the group.
fn column(atlas: &Atlas, rule: &LocationQuotient, series: &Available<'_>) -> Option<Column> {
    let (column, coverage) = (series.column, series.coverage);
    let beside = |id: &str| atlas.beside(id, coverage, series.key.year);
    let denominator = atlas.catalogue.get(&rule.of)?.denominator.as_deref();
    let whole = denominator.and_then(beside).or_else(|| beside(RESIDENTS))?.column;

    let (shares, total) = (numbers(column), numbers(whole));
    let group: Vec<f64> = shares.iter().zip(&total).map(|(s, t)| s / 100.0 * t).collect();
    let known = group.iter().zip(&total).filter(|(group, _)| group.is_finite());
    let [sum, all] =
        known.fold([0.0, 0.0], |[sum, all], (group, total)| [sum + group, all + total]);
    let reference = sum / all;
    let quotients = concentration::location_quotient(&group, &total, reference).ok()?;

    let value = |(at, quotient): (usize, Option<f64>)| {
        let missing = column.reason(at).or_else(|| whole.reason(at));
        let is_small = total[at] < f64::from(rule.least);
        match (missing, quotient) {
            (Some(reason), _) => Value::Missing(reason),
            (None, Some(quotient)) if !is_small => Value::Number(quotient),
            (None, _) => Value::Missing(Reason::TeWeinigInwoners),
        }
    };
    let values = quotients.into_iter().enumerate().map(value).collect();
    // Each share is rounded; over the country that evens out, and what is left of it is the same
    // for all areas: the reference is taken as it is.
    let shares: Vec<_> = (0..coverage.len()).map(|at| column.interval(at)).collect();
    let hundred = vec![Some(Interval::exact(100.0)); shares.len()];
    let reference = Interval::exact(reference);
    let intervals = rounding::location_quotient_intervals(&shares, &hundred, reference).ok()?;
    Some(Column::computed(values, &[column, whole]).within(intervals))
}
