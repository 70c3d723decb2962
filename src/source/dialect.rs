//! Dialects: which columns mean what, as each publisher writes them. Data, not code.

use std::{collections::BTreeMap, io::Read, path::Path};

use serde::Deserialize;
use smol_str::SmolStr;

use crate::{
    area::{Vintage, Year},
    indicator::Reason,
};

use super::{form::Form, missing::Missing, number::Decimal, pattern::ColumnPattern, table::Head};

/// No dialect is longer, bytes; the longest that is built in has some 3,000.
const LONGEST: u64 = 1 << 20;

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

/// The division that the codes belong to, when nobody says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VintageRule {
    /// The year of the figures.
    Year,
    /// The newest year of figures in the file.
    NewestYear,
    /// Always the same.
    Fixed(Vintage),
    /// The one whose areas bear the codes; this one as long as the atlas has none such.
    Codes(Vintage),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum VintageText {
    Fixed(u16),
    Codes { codes: u16 },
    Rule(String),
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
    /// Where the publisher offers it, for people: a web address.
    pub address: Option<String>,
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
    address: Option<String>,
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
    missing: Option<toml::Value>,
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
    /// Reads a dialect from a file.
    ///
    /// # Errors
    /// When the file cannot be read, or as [`Self::parse`] says.
    pub fn read(path: &Path) -> Result<Self, DialectError> {
        let file = path.display().to_string();
        let wrong = |message: String| DialectError { file: file.clone(), message };
        let mut text = String::new();
        std::fs::File::open(path)
            .and_then(|file| file.take(LONGEST + 1).read_to_string(&mut text))
            .map_err(|error| wrong(error.to_string()))?;
        if text.len() as u64 > LONGEST {
            return Err(wrong(format!("more than {LONGEST} bytes, expected a dialect")));
        }
        Self::parse(&file, &text)
    }

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
            VintageText::Codes { codes } => {
                VintageRule::Codes(Vintage::new(codes).map_err(|error| wrong(error.to_string()))?)
            }
            VintageText::Rule(rule) => match rule.as_str() {
                "year" => VintageRule::Year,
                "newest-year" => VintageRule::NewestYear,
                other => {
                    return Err(wrong(format!(
                        "vintage {other:?}, expected \"year\", \"newest-year\", a year, or \
                         {{ codes = a year }}"
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
        let missing = match read.missing {
            None => Missing::default(),
            Some(toml::Value::String(name)) => Missing::custom(&name).map_err(&wrong)?,
            Some(own) => own.try_into().map_err(|error| wrong(format!("missing: {error}")))?,
        };
        let named = read.form.iter().flat_map(|form| {
            let optional = [&form.name, &form.former, &form.postcode, &form.number];
            form.requires.iter().chain([&form.code]).chain(optional.into_iter().flatten())
        });
        for column in named {
            ColumnPattern::parse(column).map_err(&wrong)?;
        }
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
            address: read.address,
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
            missing,
            forms: read.form,
            ignored_tables: read.ignored_tables,
            values,
        })
    }

    /// The form that a table has, and how many of its columns the dialect knows.
    pub(super) fn fit(&self, head: &Head) -> Option<(&Form, usize)> {
        self.forms
            .iter()
            .filter(|form| {
                form.may_be(&head.name)
                    && form.requires.iter().all(|column| position(head, column).is_some())
            })
            .map(|form| (form, form.requires.len() + self.known(head)))
            .rev()
            .max_by_key(|(_, known)| *known)
    }

    /// How many columns of a table the dialect takes for values.
    pub(super) fn known(&self, head: &Head) -> usize {
        let is_known =
            |name: &&String| self.values.iter().any(|(p, _)| p.fit_folded(name).is_some());
        head.folded().iter().filter(is_known).count()
    }

    /// Whether a column of that name is read: for its values, or for what they are held against.
    pub fn reads(&self, column: &str) -> bool {
        let fits = |pattern: &ColumnPattern| pattern.fit(column).is_some();
        self.values.iter().any(|(pattern, meaning)| {
            let beside = [
                meaning.percentage_of.as_deref(),
                meaning.threshold.as_ref().map(|threshold| threshold.column.as_str()),
            ];
            let beside = beside.into_iter().flatten().filter_map(|p| ColumnPattern::parse(p).ok());
            fits(pattern) || beside.into_iter().any(|pattern| fits(&pattern))
        })
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

/// The place of the first column in a table that fits a name or pattern.
pub(super) fn position(head: &Head, column: &str) -> Option<usize> {
    let pattern = ColumnPattern::parse(column).ok()?;
    head.folded().iter().position(|name| pattern.fit_folded(name).is_some())
}
