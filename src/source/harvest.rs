//! What a table's records become: areas and values, each code once.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::{
    area::{AreaCode, Flag, Level, Year},
    indicator::{Kind, Reason, Value},
};

use super::{
    AreaRecord, Dialect, Skipped, SourceError,
    bounds::check_shape,
    error::{Place, shorten},
    number,
    plan::{Plan, ValueColumn},
    table::{Cell, Row},
    text,
};

/// The longest name of an area, bytes: it goes into every answer. The longest of CBS has some 60.
const LONGEST_NAME: usize = 250;
/// The most levels and years in one table: each has room for every column. The table with most has
/// three levels of nineteen years.
const MAX_GROUPS: usize = 1024;
/// How many left-out records are named one by one.
const NAMED_SKIPS: usize = 20;
/// At or below this, every publisher at hand means that there is no number.
const MISSING_AT_MOST: f64 = -99_990.0;

/// The records of one level and year.
pub struct Group {
    /// The level.
    pub level: Level,
    /// The year that changes are counted from.
    pub begin: Option<Year>,
    /// The year; `None` where the columns alone say it.
    pub year: Option<Year>,
    /// The codes, in the file's order.
    pub codes: Vec<AreaCode>,
    /// For each value column its values, as many as there are codes.
    pub values: Vec<Vec<Value>>,
    /// The areas that have a shape.
    pub areas: Vec<AreaRecord>,
    /// The code that an area had before, and its code.
    pub formers: Vec<(AreaCode, AreaCode)>,
    /// The record of each code.
    seen: FxHashMap<AreaCode, u64>,
}

/// Records that were left out on purpose: all counted, the first few named.
#[derive(Default)]
pub struct Skips {
    /// The first few.
    pub named: Vec<Skipped>,
    /// How many in all.
    pub count: u64,
}

impl Skips {
    /// Counts one.
    pub fn push(&mut self, record: u64, reason: String) {
        self.count += 1;
        if self.named.len() < NAMED_SKIPS {
            self.named.push(Skipped { record, reason });
        }
    }
}

/// What was taken from one table so far.
pub struct Harvest<'a> {
    plan: &'a Plan<'a>,
    place: Place,
    /// By level and year.
    pub groups: Vec<Group>,
    /// Records read.
    pub records: u64,
    /// Records with a shape.
    pub shapes: u64,
    /// Records left out.
    pub skips: Skips,
    /// Names whose accents were put right.
    pub repaired_names: u64,
}

impl<'a> Harvest<'a> {
    /// Nothing yet.
    pub fn new(plan: &'a Plan<'a>, place: Place) -> Self {
        Self {
            plan,
            place,
            groups: Vec::new(),
            records: 0,
            shapes: 0,
            skips: Skips::default(),
            repaired_names: 0,
        }
    }

    /// Takes one record.
    ///
    /// # Errors
    /// When a code, year, level, value or shape is none, or the code stands there already.
    pub fn take(&mut self, mut row: Row<'_>) -> Result<(), SourceError> {
        let plan = self.plan;
        self.records += 1;
        let code_text = cell_text(row.cells.get(plan.code));
        if is_total(&code_text) {
            self.skips.push(row.record, format!("{code_text} is the country's total, not an area"));
            return Ok(());
        }
        let Some(level) = self.level(&row, &code_text)? else {
            self.skips.push(row.record, "a total, not an area".to_owned());
            return Ok(());
        };
        let code = AreaCode::parse_at(&code_text, &level).map_err(|error| SourceError::Code {
            place: self.at(row.record),
            column: plan.code_name.clone(),
            error,
        })?;
        let water = plan.water.map(|at| cell_text(row.cells.get(at)));
        if code.is_abroad() || water.as_deref() == Some("B") {
            self.skips.push(row.record, format!("{code} stands for abroad, not for an area"));
            return Ok(());
        }
        let year = match &plan.year {
            Some((at, column)) => Some(self.year(&row, *at, column)?),
            None => plan.fixed_year,
        };
        let begin = match &plan.begin {
            Some((at, column)) => Some(self.year(&row, *at, column)?),
            None => None,
        };
        let area = match row.shape.take() {
            None => None,
            Some(shape) => {
                check_shape(&shape)
                    .map_err(|message| SourceError::Shape(self.at(row.record), message))?;
                self.shapes += 1;
                let is_water = water.is_some_and(|water| water.eq_ignore_ascii_case("JA"));
                let name = plan.name.map(|at| self.name(&row, at)).transpose()?;
                let gemeente = plan.gemeente.map(|at| self.name(&row, at)).transpose()?;
                Some(AreaRecord {
                    code: code.clone(),
                    name: name.filter(|n| !n.is_empty()).unwrap_or_else(|| code.to_string()),
                    gemeente: gemeente.filter(|name| !name.is_empty()),
                    flags: if is_water { vec![Flag::Water] } else { Vec::new() },
                    shape,
                    record: row.record,
                })
            }
        };
        let former = match plan.former.map(|at| cell_text(row.cells.get(at))) {
            Some(text) if !text.is_empty() => {
                let former = AreaCode::parse_at(&text, &level).map_err(|error| {
                    let column = plan.former_name.clone();
                    SourceError::Code { place: self.at(row.record), column, error }
                })?;
                (former != code).then_some(former)
            }
            _ => None,
        };
        let mut values = Vec::with_capacity(plan.values.len());
        for column in &plan.values {
            values.push(self.value(row.record, row.cells, column)?);
        }
        let place = self.at(row.record);
        let Some(group) = self.group(level, begin, year) else {
            let message = format!("more than {MAX_GROUPS} levels and years in one table");
            return Err(SourceError::Malformed(place, message));
        };
        if let Some(first) = group.seen.insert(code.clone(), row.record) {
            return Err(SourceError::Duplicate { place, code, year: year.map(Year::get), first });
        }
        group.formers.extend(former.map(|former| (former, code.clone())));
        group.codes.push(code);
        for (list, value) in group.values.iter_mut().zip(values) {
            list.push(value);
        }
        group.areas.extend(area);
        Ok(())
    }

    fn at(&self, record: u64) -> Box<Place> {
        Box::new(Place { record, ..self.place.clone() })
    }

    /// The level of a record; `None` for a record that is a total.
    fn level(&self, row: &Row<'_>, code: &str) -> Result<Option<Level>, SourceError> {
        if let Some(level) = &self.plan.fixed_level {
            return Ok(Some(level.clone()));
        }
        if let Some((at, _)) = &self.plan.level {
            let said = cell_text(row.cells.get(*at)).to_lowercase();
            let meant = self.plan.dialect.levels.get(said.as_str()).map_or(said.as_str(), |l| l);
            if meant == "total" {
                return Ok(None);
            }
            return meant
                .parse()
                .map(Some)
                .map_err(|error| SourceError::Level { place: self.at(row.record), error });
        }
        let found = AreaCode::parse(code).ok().and_then(|code| code.cbs_level());
        found.map(Some).ok_or_else(|| SourceError::Cell {
            place: self.at(row.record),
            column: self.plan.code_name.clone(),
            found: shorten(code),
            expected: "a code of CBS, letters and zeros included (GM0014, WK001400, BU00140000)",
        })
    }

    /// The year in a cell: its first four characters, as in `2024MM00` or `2021BU02330000`.
    fn year(&self, row: &Row<'_>, at: usize, column: &str) -> Result<Year, SourceError> {
        let said = cell_text(row.cells.get(at));
        said.get(..4).unwrap_or_default().parse().map_err(|_| SourceError::Cell {
            place: self.at(row.record),
            column: column.to_owned(),
            found: shorten(&said),
            expected: "a year from 1900 to 2100",
        })
    }

    /// A name, trimmed, its accents put right where they were encoded twice.
    fn name(&mut self, row: &Row<'_>, at: usize) -> Result<String, SourceError> {
        let name = cell_text(row.cells.get(at));
        if name.len() > LONGEST_NAME || name.contains(char::is_control) {
            let (place, found) = (self.at(row.record), shorten(&name));
            return Err(SourceError::Name { place, found });
        }
        Ok(match text::undouble(&name) {
            Some(repaired) => {
                self.repaired_names += 1;
                repaired
            }
            None => name.into_owned(),
        })
    }

    /// The group of that level and year; `None` where it would be one too many.
    fn group(
        &mut self,
        level: Level,
        begin: Option<Year>,
        year: Option<Year>,
    ) -> Option<&mut Group> {
        let found = self
            .groups
            .iter()
            .position(|group| group.level == level && group.begin == begin && group.year == year);
        if found.is_none() && self.groups.len() == MAX_GROUPS {
            return None;
        }
        let at = found.unwrap_or_else(|| {
            self.groups.push(Group {
                level,
                begin,
                year,
                codes: Vec::new(),
                values: vec![Vec::new(); self.plan.values.len()],
                areas: Vec::new(),
                formers: Vec::new(),
                seen: FxHashMap::default(),
            });
            self.groups.len() - 1
        });
        self.groups.get_mut(at)
    }

    /// What a record says in one column, in the indicator's unit.
    fn value(
        &self,
        record: u64,
        cells: &[Cell<'_>],
        column: &ValueColumn<'_>,
    ) -> Result<Value, SourceError> {
        let dialect = self.plan.dialect;
        let read = |at: usize| {
            let cell = cells.get(at).unwrap_or(&Cell::Null);
            value(dialect, cell).ok_or_else(|| SourceError::Cell {
                place: self.at(record),
                column: column.name.clone(),
                found: shorten(&cell_text(Some(cell))),
                expected: "a finite number, or a mark of the dialect for a missing one",
            })
        };
        let number = match (read(column.cell)?, column.percentage_of) {
            (Value::Missing(reason), _) => {
                return Ok(Value::Missing(match column.threshold {
                    Some((at, below, instead)) => match read(at)? {
                        Value::Number(number) if number < below => instead,
                        _ => reason,
                    },
                    None => reason,
                }));
            }
            (Value::Number(count), Some(whole)) => match read(whole)? {
                Value::Number(whole) if whole > 0.0 => 100.0 * count / whole,
                Value::Number(_) => return Ok(Value::Missing(Reason::TeWeinigInwoners)),
                Value::Missing(reason) => return Ok(Value::Missing(reason)),
            },
            (Value::Number(number), None) => number::scale(number, column.factor),
        };
        if column.indicator.kind == Kind::Klasse
            && let Some(classes) = &column.indicator.classes
        {
            let count = u8::try_from(classes.names.len()).unwrap_or(u8::MAX);
            let last = classes.first.saturating_add(count.saturating_sub(1));
            if number.fract() != 0.0
                || !(f64::from(classes.first)..=f64::from(last)).contains(&number)
            {
                return Err(SourceError::Class {
                    place: self.at(record),
                    column: column.name.clone(),
                    found: number,
                    first: classes.first,
                    last,
                });
            }
        }
        Ok(Value::Number(number))
    }
}

/// A cell as the dialect means it; `None` when it is neither a number nor a mark.
fn value(dialect: &Dialect, cell: &Cell<'_>) -> Option<Value> {
    let missing = &dialect.missing;
    let empty = Value::Missing(missing.empty.unwrap_or(Reason::Onbekend));
    let number = match cell {
        Cell::Null => return Some(empty),
        Cell::Number(number) => *number,
        Cell::Text(text) => {
            let text = text.trim();
            if text.is_empty() {
                return Some(empty);
            }
            match number::parse(text, dialect.decimal) {
                Some(number) => number,
                None => {
                    if let Some(reason) = missing.marks.get(text) {
                        return Some(Value::Missing(*reason));
                    }
                    if missing.zero.iter().any(|mark| mark == text) {
                        return Some(Value::Number(0.0));
                    }
                    return None;
                }
            }
        }
    };
    if !number.is_finite() {
        return None;
    }
    if number <= missing.at_most.unwrap_or(MISSING_AT_MOST) {
        #[expect(clippy::cast_precision_loss, reason = "sentinels have eight digits")]
        let known = missing.sentinels.iter().find(|sentinel| sentinel.code as f64 == number);
        return Some(Value::Missing(known.map_or(Reason::Onbekend, |sentinel| sentinel.reason)));
    }
    Some(Value::Number(number))
}

/// A cell as trimmed text; a whole number without its decimals.
pub fn cell_text<'c>(cell: Option<&'c Cell<'_>>) -> Cow<'c, str> {
    match cell {
        None | Some(Cell::Null) => Cow::Borrowed(""),
        Some(Cell::Number(number)) => Cow::Owned(number.to_string()),
        Some(Cell::Text(text)) => Cow::Borrowed(text.trim()),
    }
}

/// The row of the whole country: `NL00`, `NL01`.
fn is_total(code: &str) -> bool {
    code.strip_prefix("NL")
        .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b' '))
}
