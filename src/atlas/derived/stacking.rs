//! How many disadvantages there are at once.

use std::collections::BTreeMap;

use crate::{
    analysis::concentration::{self, Unfavourable},
    indicator::{Indicator, Reason, SeriesKey, Stacking, Value},
};

use super::{Atlas, Available, Column, Made, by_division, is_national, key_of, numbers};

/// The counts of every year, division and level of which enough indicators have figures.
pub(super) fn columns(atlas: &Atlas, indicator: &Indicator, rule: &Stacking) -> Made {
    let low = rule.low.iter().map(|id| (id, Unfavourable::Low));
    let high = rule.high.iter().map(|id| (id, Unfavourable::High));
    let mut together: BTreeMap<SeriesKey, Vec<(Available<'_>, Unfavourable)>> = BTreeMap::new();
    for (id, bad) in low.chain(high) {
        for series in by_division(atlas, id).into_iter().flatten().filter(is_national) {
            together.entry(key_of(indicator, &series)).or_default().push((series, bad));
        }
    }
    together.retain(|_, of| of.len() >= rule.known);
    let column = |(key, of): (_, Vec<_>)| Some((key, column(rule, &of)?));
    together.into_iter().filter_map(column).collect()
}

/// The counts of one year. What counts as the country are the areas that take part in comparisons.
fn column(rule: &Stacking, of: &[(Available<'_>, Unfavourable)]) -> Option<Column> {
    let figures: Vec<_> = of
        .iter()
        .map(|(series, bad)| {
            let values = numbers(series.column);
            let compared =
                values.iter().enumerate().filter(|(at, _)| series.coverage.is_compared(*at));
            let reference: Vec<f64> = compared.map(|(_, value)| *value).collect();
            (values, reference, *bad)
        })
        .collect();
    let figures: Vec<_> = figures.iter().map(|(v, r, bad)| (&v[..], &r[..], *bad)).collect();
    let stacked = concentration::stacking(&figures, rule.part).ok()?;
    let value = |(at, unit): (usize, &concentration::Stacked)| {
        if unit.known >= rule.known {
            return Value::Number(unit.indicators.len() as f64);
        }
        // Of what is not known, the first that says why.
        let why = of.iter().find_map(|(series, _)| series.column.reason(at));
        Value::Missing(why.unwrap_or(Reason::NietGevraagd))
    };
    let values = stacked.units.iter().enumerate().map(value).collect();
    let from: Vec<_> = of.iter().map(|(series, _)| series.column).collect();
    Some(Column::computed(values, &from))
}
