//! Which columns of a table are read, and as what.

use crate::{
    area::{Level, Year},
    indicator::{Catalogue, Indicator, Reason},
};

use super::{
    Dialect, Origin, ReadOptions, SourceError, dialect::position, error::Place, form::Form,
    pattern::ColumnYears, table::Head,
};

/// A column of values.
pub struct ValueColumn<'a> {
    /// Its name in the file.
    pub name: String,
    /// Its place among the wanted cells.
    pub cell: usize,
    /// What it measures.
    pub indicator: &'a Indicator,
    /// What its numbers are multiplied by.
    pub factor: f64,
    /// The years that its name gives.
    pub years: ColumnYears,
    /// The cell that it is turned into a percentage of.
    pub percentage_of: Option<usize>,
    /// The cell that decides why a value is missing, the limit, and the reason below it.
    pub threshold: Option<(usize, f64, Reason)>,
}

/// How one table is read.
pub struct Plan<'a> {
    /// The dialect.
    pub dialect: &'a Dialect,
    /// The columns of the table that are wanted; every other number here is a place in this list.
    pub columns: Vec<usize>,
    /// The code.
    pub code: usize,
    /// The code's column, for messages.
    pub code_name: String,
    /// The code that the area had before.
    pub former: Option<usize>,
    /// Its column, for messages.
    pub former_name: String,
    /// The name.
    pub name: Option<usize>,
    /// The name of the gemeente.
    pub gemeente: Option<usize>,
    /// Whether it is water.
    pub water: Option<usize>,
    /// The year, and its column for messages.
    pub year: Option<(usize, String)>,
    /// The year that a change is counted from, and its column.
    pub begin: Option<(usize, String)>,
    /// The level, and its column.
    pub level: Option<(usize, String)>,
    /// The level of every record.
    pub fixed_level: Option<Level>,
    /// What says the level.
    pub level_from: Origin,
    /// The year of every record that has none of its own.
    pub fixed_year: Option<Year>,
    /// What says the years.
    pub years_from: Origin,
    /// The values.
    pub values: Vec<ValueColumn<'a>>,
    /// Columns that nothing takes.
    pub ignored: Vec<String>,
}

impl<'a> Plan<'a> {
    /// Plans the reading of one table.
    ///
    /// # Errors
    /// When nothing says the year, an option contradicts the columns, or the dialect names an
    /// indicator that is not in the catalogue.
    pub fn make(
        place: &Place,
        head: &Head,
        dialect: &'a Dialect,
        form: &Form,
        options: &ReadOptions,
        catalogue: &'a Catalogue,
        name_year: Option<Year>,
    ) -> Result<Self, SourceError> {
        let mut columns = Vec::new();
        let mut want = |name: &str| -> Option<usize> {
            let at = position(head, name)?;
            let place = columns.iter().position(|wanted| *wanted == at);
            Some(place.unwrap_or_else(|| {
                columns.push(at);
                columns.len() - 1
            }))
        };
        let code = want(&form.code).ok_or_else(|| {
            let message =
                format!("no column {}, which dialect {} reads codes from", form.code, dialect.id);
            SourceError::Malformed(Box::new(place.clone()), message)
        })?;
        let former = form.former.as_deref().and_then(&mut want);
        let name = form.name.as_deref().and_then(&mut want);
        let gemeente = dialect.gemeente_columns.iter().find_map(|column| want(column));
        let water = dialect.water_columns.iter().find_map(|column| want(column));
        let named = |column: &String, at: Option<usize>| at.map(|at| (at, column.clone()));
        let year = dialect.year_columns.iter().find_map(|column| named(column, want(column)));
        let begin = dialect.begin_column.iter().find_map(|column| named(column, want(column)));
        let level = dialect.level_column.iter().find_map(|column| named(column, want(column)));

        let mut values = Vec::new();
        for (column, folded) in head.columns.iter().zip(head.folded()) {
            let fitting = dialect
                .values
                .iter()
                .find_map(|(pattern, meaning)| Some((pattern.fit_folded(folded)?, meaning)));
            let Some((years, meaning)) = fitting else { continue };
            let indicator =
                catalogue.get(&meaning.indicator).ok_or_else(|| SourceError::Indicator {
                    dialect: dialect.id.clone(),
                    column: column.clone(),
                    indicator: meaning.indicator.clone(),
                })?;
            let Some(cell) = want(column.trim()) else { continue };
            let percentage_of = match &meaning.percentage_of {
                // Without its denominator a count is no percentage.
                Some(other) => match want(other) {
                    Some(at) => Some(at),
                    None => continue,
                },
                None => None,
            };
            let threshold = meaning
                .threshold
                .as_ref()
                .and_then(|rule| Some((want(&rule.column)?, rule.below, rule.reason)));
            let factor = meaning.factor.unwrap_or(indicator.factor);
            values.push(ValueColumn {
                name: column.clone(),
                cell,
                indicator,
                factor,
                years,
                percentage_of,
                threshold,
            });
        }

        let every_column_says = !values.is_empty() && values.iter().all(|v| v.years.year.is_some());
        if options.year.is_some() && values.iter().any(|value| value.years.year.is_some()) {
            let message = "the columns name their own years; leave out --year".to_owned();
            return Err(SourceError::Option(Box::new(place.clone()), message));
        }
        let (fixed_year, years_from) = if let Some(year) = options.year {
            (Some(year), Origin::Option)
        } else if year.is_some() {
            (None, Origin::Column)
        } else if every_column_says {
            (dialect.year, Origin::Column)
        } else if head.year.is_some() {
            (head.year, Origin::Metadata)
        } else if let Some(year) = dialect.year {
            (Some(year), Origin::Dialect)
        } else if let (true, Some(vintage)) = (values.is_empty(), options.vintage) {
            // Shapes alone are of no other year than their division.
            (Some(vintage.0), Origin::Option)
        } else {
            (name_year, Origin::FileName)
        };
        let has_year = fixed_year.is_some() || year.is_some() || every_column_says;
        if !has_year {
            return Err(SourceError::NoYear(Box::new(place.clone())));
        }
        let (fixed_level, level_from) = match (&options.level, &level, &form.level) {
            (Some(level), ..) => (Some(level.clone()), Origin::Option),
            (None, Some(_), _) => (None, Origin::Column),
            (None, None, Some(level)) => (Some(level.clone()), Origin::Dialect),
            (None, None, None) => (None, Origin::Codes),
        };
        let year = year.filter(|_| options.year.is_none());
        let level = level.filter(|_| options.level.is_none());
        let ignored = head
            .columns
            .iter()
            .enumerate()
            .filter(|(at, _)| !columns.contains(at))
            .map(|(_, column)| column.clone())
            .collect();
        Ok(Self {
            dialect,
            columns,
            code,
            code_name: form.code.clone(),
            former,
            former_name: form.former.clone().unwrap_or_default(),
            name,
            gemeente,
            water,
            year,
            begin,
            level,
            fixed_level,
            level_from,
            fixed_year,
            years_from,
            values,
            ignored,
        })
    }
}
