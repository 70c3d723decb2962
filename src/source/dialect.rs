//! Dialects: which columns mean what, as each publisher writes them. Data, not code.

use std::collections::BTreeMap;

use serde::Deserialize;
use smol_str::SmolStr;

use crate::{
    area::{Level, Vintage, Year},
    geodata,
    indicator::Reason,
};

use super::{number::Decimal, pattern::ColumnPattern, table::Head};

/// What a value column holds, when more than an indicator's id is to be said.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ColumnMeaning {
    /// The indicator's id in the catalogue.
    pub indicator: SmolStr,
    /// What a delivered number is multiplied by, where it differs from the catalogue.
    #[serde(default)]
    pub factor: Option<f64>,
    /// The column that this count is turned into a percentage of.
    #[serde(default)]
    pub percentage_of: Option<String>,
    /// Where the publisher stops giving the figure.
    #[serde(default)]
    pub threshold: Option<Threshold>,
}

/// A missing value gets `reason` when another column of its record lies below `below`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The column that decides.
    pub column: String,
    /// The threshold, in that column's own unit.
    pub below: f64,
    /// The reason below it.
    pub reason: Reason,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum MeaningText {
    Id(SmolStr),
    Whole(ColumnMeaning),
}

/// What becomes of a column without a single number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EmptyColumn {
    /// No series: the publisher does not give it for this year.
    Skip,
    /// The publisher gives it later.
    NogNietGepubliceerd,
}

/// A number that stands for a reason.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentinel {
    /// The number.
    pub code: i64,
    /// The reason.
    pub reason: Reason,
}

/// How a dialect writes that there is no number.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Missing {
    /// The reason of an empty cell and of NULL; `onbekend` when the dialect does not say.
    pub empty: Option<Reason>,
    /// What a column without a single number means.
    pub empty_column: Option<EmptyColumn>,
    /// Texts that stand for a reason.
    pub marks: BTreeMap<String, Reason>,
    /// Texts that stand for nought.
    pub zero: Vec<String>,
    /// Every number at or below this one is missing: `onbekend` unless listed.
    pub at_most: Option<f64>,
    /// Numbers that stand for a reason.
    pub sentinels: Vec<Sentinel>,
}

/// The division that the codes belong to, when nobody says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VintageRule {
    /// The year of the figures.
    Year,
    /// The newest year of figures in the file.
    NewestYear,
    /// Always the same.
    Fixed(Vintage),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum VintageText {
    Fixed(u16),
    Rule(String),
}

/// One form of table that a dialect knows.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Form {
    /// The columns that it must have, all of them.
    pub requires: Vec<String>,
    /// The names that its layer or sheet may have; any when empty.
    #[serde(default)]
    pub tables: Vec<String>,
    /// The column of codes.
    pub code: String,
    /// The column of names.
    #[serde(default)]
    pub name: Option<String>,
    /// The level of the codes; when not given, the level column or the codes' letters say it.
    #[serde(default)]
    pub level: Option<Level>,
}

/// How one publisher delivers one kind of table.
#[derive(Clone, Debug, PartialEq)]
pub struct Dialect {
    /// Its id.
    pub id: SmolStr,
    /// What it is, for lists and messages.
    pub title: String,
    /// The publisher as it must be named.
    pub publisher: String,
    /// The licence's name.
    pub licence: String,
    /// What stands around the number of the delivery in a file's name: `_v` of `_v{n}`.
    pub delivery: Option<String>,
    /// The division that the codes belong to.
    pub vintage: VintageRule,
    /// The year of every file, where the dialect knows it.
    pub year: Option<Year>,
    /// Columns that hold the year, the first that is there counts; its first four characters.
    pub year_columns: Vec<String>,
    /// The column that holds the year that a change is counted from.
    pub begin_column: Option<String>,
    /// Columns that hold the name of the gemeente.
    pub gemeente_columns: Vec<String>,
    /// Columns that say whether the area is water (`JA`).
    pub water_columns: Vec<String>,
    /// The column that holds the level.
    pub level_column: Option<String>,
    /// What that column calls the levels, in lower case; `total` is skipped.
    pub levels: BTreeMap<String, SmolStr>,
    /// The decimal mark.
    pub decimal: Decimal,
    /// How it writes that there is no number.
    pub missing: Missing,
    /// Its forms.
    pub forms: Vec<Form>,
    /// Layers or sheets that are left out, and why.
    pub ignored_tables: BTreeMap<String, String>,
    /// What its value columns hold.
    pub values: Vec<(ColumnPattern, ColumnMeaning)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DialectFile {
    id: SmolStr,
    title: String,
    publisher: String,
    licence: String,
    #[serde(default)]
    delivery: Option<String>,
    vintage: VintageText,
    #[serde(default)]
    year: Option<Year>,
    #[serde(default)]
    year_columns: Vec<String>,
    #[serde(default)]
    begin_column: Option<String>,
    #[serde(default)]
    gemeente_columns: Vec<String>,
    #[serde(default)]
    water_columns: Vec<String>,
    #[serde(default)]
    level_column: Option<String>,
    #[serde(default)]
    levels: BTreeMap<String, SmolStr>,
    #[serde(default)]
    decimal: Decimal,
    #[serde(default)]
    missing: Missing,
    form: Vec<Form>,
    #[serde(default)]
    ignored_tables: BTreeMap<String, String>,
    #[serde(default)]
    values: BTreeMap<String, MeaningText>,
}

/// What is wrong with a dialect.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {message}")]
pub struct DialectError {
    /// The file of the dialect.
    pub file: String,
    /// What is wrong, and what was expected.
    pub message: String,
}

impl Dialect {
    /// Reads a dialect from TOML.
    ///
    /// # Errors
    /// When it is malformed, or has no form.
    pub fn parse(file: &str, text: &str) -> Result<Self, DialectError> {
        let wrong = |message: String| DialectError { file: file.to_owned(), message };
        let read: DialectFile = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if read.form.iter().all(|form| form.requires.is_empty()) {
            return Err(wrong(
                "no form, expected [[form]] with the columns it requires".to_owned(),
            ));
        }
        let vintage = match read.vintage {
            VintageText::Fixed(year) => {
                VintageRule::Fixed(Vintage::new(year).map_err(|error| wrong(error.to_string()))?)
            }
            VintageText::Rule(rule) => match rule.as_str() {
                "year" => VintageRule::Year,
                "newest-year" => VintageRule::NewestYear,
                other => {
                    return Err(wrong(format!(
                        "vintage {other:?}, expected \"year\", \"newest-year\" or a year"
                    )));
                }
            },
        };
        let delivery = match read.delivery {
            Some(pattern) => Some(
                pattern
                    .strip_suffix("{n}")
                    .filter(|stem| !stem.is_empty())
                    .ok_or_else(|| wrong(format!("delivery {pattern:?}, expected text and {{n}}")))?
                    .to_owned(),
            ),
            None => None,
        };
        let values = read
            .values
            .into_iter()
            .map(|(column, meaning)| {
                let meaning = match meaning {
                    MeaningText::Id(indicator) => ColumnMeaning {
                        indicator,
                        factor: None,
                        percentage_of: None,
                        threshold: None,
                    },
                    MeaningText::Whole(meaning) => meaning,
                };
                Ok((ColumnPattern::parse(&column).map_err(&wrong)?, meaning))
            })
            .collect::<Result<_, DialectError>>()?;
        Ok(Self {
            id: read.id,
            title: read.title,
            publisher: read.publisher,
            licence: read.licence,
            delivery,
            vintage,
            year: read.year,
            year_columns: read.year_columns,
            begin_column: read.begin_column,
            gemeente_columns: read.gemeente_columns,
            water_columns: read.water_columns,
            level_column: read.level_column,
            levels: read.levels,
            decimal: read.decimal,
            missing: read.missing,
            forms: read.form,
            ignored_tables: read.ignored_tables,
            values,
        })
    }

    /// The form that a table has, and how many of its columns the dialect knows.
    fn fit(&self, head: &Head) -> Option<(&Form, usize)> {
        self.forms
            .iter()
            .filter(|form| {
                let named = form.tables.is_empty()
                    || form.tables.iter().any(|name| name.eq_ignore_ascii_case(&head.name));
                named && form.requires.iter().all(|column| position(head, column).is_some())
            })
            .map(|form| (form, form.requires.len() + self.known(head)))
            .rev()
            .max_by_key(|(_, known)| *known)
    }

    /// How many columns of a table the dialect takes for values.
    fn known(&self, head: &Head) -> usize {
        head.columns
            .iter()
            .filter(|column| self.values.iter().any(|(pattern, _)| pattern.fit(column).is_some()))
            .count()
    }

    /// The delivery that a file's name tells: `v1`.
    pub(super) fn delivery_of(&self, stem: &str) -> Option<String> {
        let mark = self.delivery.as_deref()?;
        let lower = stem.to_lowercase();
        let after = lower.rfind(mark)? + mark.len();
        let digits: String = lower[after..].chars().take_while(char::is_ascii_digit).collect();
        let letters = mark.trim_start_matches(|c: char| !c.is_alphanumeric());
        (!digits.is_empty()).then(|| format!("{letters}{digits}"))
    }
}

/// The place of a column in a table; letters count the same in upper and lower case.
pub(super) fn position(head: &Head, column: &str) -> Option<usize> {
    head.columns.iter().position(|name| name.trim().eq_ignore_ascii_case(column))
}

/// Every dialect that files may be read in.
#[derive(Clone, Debug, Default)]
pub struct Dialects {
    dialects: Vec<Dialect>,
}

impl Dialects {
    /// The dialects that the program carries.
    ///
    /// # Errors
    /// When one of them is malformed.
    pub fn built_in() -> Result<Self, DialectError> {
        let files = geodata::files("dialects/");
        let dialects = files
            .iter()
            .map(|(file, text)| Dialect::parse(file, text))
            .collect::<Result<_, _>>()?;
        Ok(Self { dialects })
    }

    /// Adds a dialect; it goes before those that are there where both fit as well.
    pub fn add(&mut self, dialect: Dialect) {
        self.dialects.insert(0, dialect);
    }

    /// Every dialect.
    pub fn iter(&self) -> impl Iterator<Item = &Dialect> {
        self.dialects.iter()
    }

    /// The dialect and form that know most columns of a table.
    pub(super) fn recognise(&self, head: &Head) -> Option<(&Dialect, &Form)> {
        self.dialects
            .iter()
            .filter_map(|dialect| dialect.fit(head).map(|(form, known)| (dialect, form, known)))
            .rev()
            .max_by_key(|(_, _, known)| *known)
            .map(|(dialect, form, _)| (dialect, form))
    }

    /// Names the dialect that shares most columns with the tables, and what it needs besides.
    pub(super) fn nearest(&self, heads: &[Head]) -> String {
        let shared = |dialect: &Dialect, form: &Form, head: &Head| {
            form.requires.iter().filter(|column| position(head, column).is_some()).count()
                + dialect.known(head)
        };
        let best = heads
            .iter()
            .flat_map(|head| {
                self.dialects.iter().flat_map(move |dialect| {
                    dialect.forms.iter().map(move |form| (dialect, form, head))
                })
            })
            .map(|(dialect, form, head)| (shared(dialect, form, head), dialect, form, head))
            .filter(|(count, ..)| *count > 0)
            .rev()
            .max_by_key(|(count, ..)| *count);
        let Some((count, dialect, form, head)) = best else {
            return format!(
                "no dialect shares a column with it; known are {}",
                self.dialects.iter().map(|d| d.id.as_str()).collect::<Vec<_>>().join(", ")
            );
        };
        let lacking: Vec<_> = form
            .requires
            .iter()
            .filter(|column| position(head, column).is_none())
            .map(String::as_str)
            .collect();
        let columns = if count == 1 { "column" } else { "columns" };
        let needs = if lacking.is_empty() {
            format!("a table named {}", form.tables.join(" or "))
        } else {
            lacking.join(", ")
        };
        format!(
            "Nearest is dialect {} ({}), which knows {count} {columns} and also needs {needs}",
            dialect.id, dialect.title
        )
    }
}
