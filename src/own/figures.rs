//! Own figures into an atlas.

use std::collections::BTreeMap;

use crate::{
    area::Year,
    indicator::SeriesKey,
    store::{Contents, OwnEntry, StoredValue},
};

use super::{GuardReport, OwnError, OwnRow, OwnTopic, guard::guard};

/// Puts the figures of a topic in the place of those that the atlas had of the same years and
/// divisions, hidden as the rule of their owner says.
///
/// # Errors
/// When what was shown before gives a figure away. The contents may have changed then.
pub(super) fn absorb(
    contents: &mut Contents,
    topic: &OwnTopic,
    today: &str,
) -> Result<Vec<GuardReport>, OwnError> {
    let mut of_year: BTreeMap<Year, Vec<&OwnRow>> = BTreeMap::new();
    for row in &topic.rows {
        of_year.entry(row.year).or_default().push(row);
    }
    let mut guarded = Vec::with_capacity(of_year.len());
    for (year, rows) in of_year {
        guarded.push((year, guard(topic, contents, year, &rows)?));
    }
    let source = contents.source(topic.provenance.clone(), today);
    let mut reports = Vec::with_capacity(guarded.len());
    for (year, guarded) in guarded {
        let vintage = topic.vintage(year);
        contents.series.retain(|key, _| {
            (key.indicator != topic.description.id) || (key.year, key.vintage) != (year, vintage)
        });
        for (level, values) in guarded.values {
            let key = SeriesKey {
                indicator: topic.description.id.clone(),
                begin: None,
                year,
                vintage,
                level,
            };
            let mut series: Vec<_> = values
                .into_iter()
                .map(|(code, value)| StoredValue { code, value, source })
                .collect();
            series.sort_by(|a, b| a.code.cmp(&b.code));
            contents.series.insert(key, series);
        }
        reports.push(guarded.report);
    }
    let entry =
        OwnEntry { indicator: topic.indicator.clone(), is_public: topic.description.openbaar };
    contents.own.insert(topic.description.id.clone(), entry);
    contents.forget_unused_sources();
    Ok(reports)
}
