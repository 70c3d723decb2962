//! Which areas of the atlas are hardly residential.

use std::collections::BTreeMap;

use crate::{
    area::Level,
    indicator::{Figures, Value},
};

use super::{Atlas, Column, LevelCoverage, RESIDENTS};

impl Atlas {
    /// Marks the buurten and wijken where hardly anybody lives, by the figures that go with each
    /// division; gemeenten never are. Cost: a pass over these figures.
    pub(super) fn mark_hardly_residential(&mut self) {
        let marks: Vec<_> = self
            .coverages
            .iter()
            .filter(|((_, level), _)| matches!(level, Level::Buurt | Level::Wijk))
            .map(|(key, coverage)| {
                let figures = Evidence::new(self, coverage);
                let areas: BTreeMap<_, _> = (0..coverage.len())
                    .filter(|&at| !coverage.is_water(at))
                    .filter_map(|at| {
                        let of = figures.of(coverage, at);
                        Some((at, self.residential.judge(&coverage.codes()[at], &of)?))
                    })
                    .collect();
                (key.clone(), areas)
            })
            .collect();
        for (key, areas) in marks {
            if let Some(coverage) = self.coverages.get_mut(&key) {
                coverage.mark_hardly_residential(areas);
            }
        }
    }
}

/// The columns that tell, of one coverage.
struct Evidence<'a> {
    residents: Option<&'a Column>,
    households: Option<&'a Column>,
    household_size: Option<&'a Column>,
    density: Option<&'a Column>,
    houses: Option<&'a Column>,
    home_value: Option<&'a Column>,
    urbanity: Option<&'a Column>,
    median_value: f64,
}

impl<'a> Evidence<'a> {
    fn new(atlas: &'a Atlas, coverage: &LevelCoverage) -> Self {
        let column = |id| atlas.of_division(id, coverage);
        let home_value = column("woningwaarde");
        Self {
            residents: column(RESIDENTS),
            households: column("huishoudens"),
            household_size: column("huishoudensgrootte"),
            density: column("bevolkingsdichtheid"),
            houses: column("eengezinswoningen"),
            urbanity: column("stedelijkheid"),
            median_value: home_value.and_then(median).unwrap_or(f64::NAN),
            home_value,
        }
    }

    fn of(&self, coverage: &LevelCoverage, at: usize) -> Figures {
        let value = |column: Option<&Column>| column.map(|column| column.get(at));
        let number = |column| value(column).and_then(Value::number);
        let part = number(self.home_value).map(|value| value / self.median_value);
        Figures {
            residents: value(self.residents),
            households: value(self.households),
            household_size: value(self.household_size),
            density: number(self.density).map(|per_km2| per_km2 / 100.0).or_else(|| {
                let hectares = coverage.shape(at).area_m2() / 10_000.0;
                Some(number(self.residents)? / hectares).filter(|density| density.is_finite())
            }),
            houses: value(self.houses),
            home_value: part.filter(|part| part.is_finite()),
            urbanity: value(self.urbanity),
        }
    }
}

/// The number in the middle; of two, the higher.
fn median(column: &Column) -> Option<f64> {
    let mut numbers: Vec<_> = column.values().iter().filter_map(|value| value.number()).collect();
    let middle = numbers.len() / 2;
    (!numbers.is_empty()).then(|| *numbers.select_nth_unstable_by(middle, f64::total_cmp).1)
}
