//! What follows from the delivered columns: their precision, and columns that are computed.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::indicator::{Catalogue, SeriesKey};

use super::Column;

/// Finds the precision of every column and adds the derived ones. A series that was delivered is
/// never replaced by a computed one.
pub(super) fn complete(columns: &mut BTreeMap<SeriesKey, Column>, catalogue: &Catalogue) {
    let beside = |key: &SeriesKey, indicator: &SmolStr| SeriesKey {
        indicator: indicator.clone(),
        ..key.clone()
    };
    // Counts stand in the denominator of shares: their own precision first.
    let keys: Vec<_> = columns.keys().cloned().collect();
    for shares in [false, true] {
        for key in &keys {
            let Some(indicator) = catalogue.get(&key.indicator) else { continue };
            if indicator.denominator.is_some() != shares {
                continue;
            }
            let Some(mut column) = columns.remove(key) else { continue };
            let denominator = indicator.denominator.as_ref().map(|of| beside(key, of));
            column.find_precision(indicator, denominator.and_then(|of| columns.get(&of)));
            columns.insert(key.clone(), column);
        }
    }
    for indicator in catalogue.iter() {
        let Some(recipe) = &indicator.derived else { continue };
        for key in keys.iter().filter(|key| key.indicator == recipe.numerator) {
            let own = beside(key, &indicator.id);
            if columns.contains_key(&own) {
                continue;
            }
            let (Some(part), Some(whole)) =
                (columns.get(key), columns.get(&beside(key, &recipe.denominator)))
            else {
                continue;
            };
            let column = Column::quotient(recipe, part, whole);
            columns.insert(own, column);
        }
    }
}
