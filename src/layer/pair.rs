//! Two topics on one map: each in three classes, together nine cells.

use crate::{
    area::Text,
    atlas::{Atlas, Available, Read},
    indicator::{Direction, Indicator, Value},
    scale::{Bivariate, Method, PAIR_CLASSES, PAIR_COLOURS, Scale, ScaleError},
};

use super::{PaintError, Second, cell_name::cell_names};

/// What lies across the topic of a layer, and the cells that both make: rows are the layer's own
/// topic, columns the second; each goes from favourable to less favourable, and where neither is
/// favourable from low to high.
#[derive(Debug)]
pub struct Pair<'a> {
    /// The second topic.
    pub indicator: &'a Indicator,
    /// Its values, on the division of the layer.
    pub series: Available<'a>,
    /// The bounds of both: quantiles of the areas in the country that have both numbers, without
    /// water and *nauwelijks woongebied*.
    pub cells: Bivariate,
}

impl<'a> Pair<'a> {
    /// The cells of a topic and another on the same division. Cost: sorting both columns.
    ///
    /// # Errors
    /// When the second has no such series there, or no area has both numbers.
    pub(super) fn of(
        atlas: &'a Atlas,
        first: &Indicator,
        own: &Read<'a>,
        second: &Second,
    ) -> Result<Self, PaintError> {
        let coverage = own.coverage;
        let indicator = atlas.catalogue.get(&second.indicator).ok_or(PaintError::NoSeries)?;
        let (key, column) = atlas
            .series_on(&second.indicator, own.key.vintage, &coverage.level)
            .find(|(key, _)| key.begin == second.begin && key.year == second.year)
            .ok_or(PaintError::NoSeries)?;
        let pairs: Vec<(f64, f64)> = (0..coverage.len())
            .filter(|&at| coverage.is_compared(at))
            .filter_map(|at| column.get(at).number().zip(own.column.get(at).number()))
            .collect();
        let is_reversed = |of: &Indicator| of.direction == Direction::Hoog;
        let cells = Bivariate::new(Method::Kwantielen, &pairs, PAIR_CLASSES)
            .ok_or(PaintError::NoNumbers)?
            .reversing(is_reversed(indicator), is_reversed(first));
        Ok(Self { indicator, series: Available { key, column, coverage }, cells })
    }

    /// The nine cells as a scale without bounds, numbered from 1, row by row.
    ///
    /// # Errors
    /// None: there are as many colours and names as cells.
    pub(super) fn scale(&self, first: &Indicator) -> Result<Scale, ScaleError> {
        let names = cell_names(first, self.indicator, &self.cells);
        Scale::of_numbers(1, &PAIR_COLOURS)?.with_names(names.into_iter().map(Some))
    }

    /// The second number of an area, or why there is none.
    pub fn value(&self, ordinal: usize) -> Value {
        self.series.column.get(ordinal)
    }

    /// The index of the cell of an area among nine; `None` where it has not both numbers.
    pub(super) fn cell(&self, first: Value, ordinal: usize) -> Option<usize> {
        let (x, y) = self.value(ordinal).number().zip(first.number())?;
        Some(self.cells.classify(x, y))
    }
}

/// The row and the column, from 0, of a cell by its index.
pub(super) fn row_and_column(cell: usize) -> (usize, usize) {
    (cell / PAIR_CLASSES, cell % PAIR_CLASSES)
}

/// Two texts as one, each once.
pub(super) fn both(one: &Text, other: &Text, between: &str) -> Text {
    let join = |one: &str, other: &str| {
        if one == other { one.to_owned() } else { format!("{one}{between}{other}") }
    };
    Text { nl: join(&one.nl, &other.nl), en: join(&one.en, &other.en) }
}
