//! The course of a score over the years.

use crate::{
    analysis::change::{self, Course, Thresholds},
    indicator::{Indicator, Reason, SeriesKey, Typology, Value},
};

use super::{Atlas, Available, Column, Made, by_division, key_of, numbers};

/// The course on every division and level that has three years that can be compared: from the first
/// to the last.
pub(super) fn columns(atlas: &Atlas, indicator: &Indicator, rule: &Typology) -> Made {
    let of_division = |years: Vec<Available<'_>>| {
        let [first, between, last] = three(atlas, rule, &years)?;
        let key = SeriesKey { begin: Some(first.key.year), ..key_of(indicator, last) };
        Some((key, column(rule, [first, between, last])?))
    };
    by_division(atlas, &rule.of).into_iter().filter_map(of_division).collect()
}

/// The first year that can be compared with the last, the one in between, and the last.
fn three<'a, 'b>(
    atlas: &Atlas,
    rule: &Typology,
    years: &'b [Available<'a>],
) -> Option<[&'b Available<'a>; 3]> {
    let of = atlas.catalogue.get(&rule.of)?;
    let (last, earlier) = years.split_last()?;
    let mut comparable = earlier.iter().filter(|one| of.comparable(one.key.year, last.key.year));
    let first = comparable.next()?;
    let between = comparable.min_by_key(|one| one.key.year.get().abs_diff(rule.between))?;
    Some([first, between, last])
}

fn column(rule: &Typology, years: [&Available<'_>; 3]) -> Option<Column> {
    let columns = years.map(|series| series.column);
    let [first, between, last] = columns.map(numbers);
    let thresholds = Thresholds { weak: rule.weak, band: rule.band };
    let courses = change::typology(&first, &between, &last, thresholds).ok()?;
    let value = |(at, course): (usize, &Option<Course>)| match course {
        Some(course) => Value::Number(class(*course)),
        None => {
            // The newest year tells best why there is nothing.
            let why = columns.iter().rev().find_map(|column| column.reason(at));
            Value::Missing(why.unwrap_or(Reason::Onbekend))
        }
    };
    let values: Vec<_> = courses.iter().enumerate().map(value).collect();
    let is_known = values.iter().any(|value| value.number().is_some());
    is_known.then(|| Column::computed(values, &columns))
}

/// From what slides to what recovered, with the neutral one in the middle.
fn class(course: Course) -> f64 {
    match course {
        Course::Terugval => 1.0,
        Course::Vroegsignalering => 2.0,
        Course::Geen => 3.0,
        Course::GestaagHerstel => 4.0,
        Course::Succes => 5.0,
    }
}
