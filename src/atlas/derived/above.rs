//! Whether a figure is above a limit.

use crate::indicator::{Above, Indicator, Value};

use super::{Atlas, Column, Made, key_of};

/// The class of every area in every series of the figure.
pub(super) fn columns(atlas: &Atlas, indicator: &Indicator, rule: &Above) -> Made {
    let of_series = atlas.series_of(&rule.of).map(|series| {
        let class = |value: &Value| match *value {
            Value::Number(number) => Value::Number(f64::from(u8::from(number > rule.limit))),
            missing @ Value::Missing(_) => missing,
        };
        let values = series.column.values().iter().map(class).collect();
        (key_of(indicator, &series), Column::computed(values, &[series.column]))
    });
    of_series.collect()
}
