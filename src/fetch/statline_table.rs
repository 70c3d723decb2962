//! Observations of StatLine as the table that StatLine itself exports: a row an area, a column a
//! topic, named by the path to it and its unit. The same dialects read both.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;
use serde_json::Value;

use crate::{area::Year, source::Dialect};

use super::plan::Table;

/// A page of anything.
#[derive(Debug, Deserialize)]
pub struct Page<T> {
    /// The rows.
    pub value: Vec<T>,
    /// Where it goes on.
    #[serde(default, rename = "@odata.nextLink")]
    pub next: Option<String>,
}

/// What a table of StatLine is of.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct Properties {
    /// What it is called.
    pub title: String,
    /// When anything of it changed.
    pub modified: Option<String>,
    /// When its figures changed.
    pub observations_modified: Option<String>,
}

impl Properties {
    /// The moment of the newest change, as StatLine writes it.
    pub fn stamp(&self) -> Option<&str> {
        self.modified.as_deref().max(self.observations_modified.as_deref())
    }
}

/// What its figures are divided by.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Dimension {
    /// The name of its column.
    pub identifier: String,
    /// `GeoDimension`, `TimeDimension` or another.
    #[serde(default)]
    pub kind: String,
}

/// A topic.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Measure {
    /// Its code.
    pub identifier: String,
    /// What it is called.
    #[serde(default)]
    pub title: String,
    /// Its unit.
    #[serde(default)]
    pub unit: Option<String>,
    /// The group that it stands in.
    #[serde(default)]
    pub measure_group_id: Option<String>,
}

/// A group of topics.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Group {
    /// Its id.
    pub id: String,
    /// What it is called.
    #[serde(default)]
    pub title: String,
    /// The group that it stands in.
    #[serde(default)]
    pub parent_id: Option<String>,
}

/// A code of a dimension.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Code {
    /// The code.
    pub identifier: String,
    /// What it is called.
    #[serde(default)]
    pub title: String,
}

/// One figure, with its place in each dimension.
pub type Observation = HashMap<String, Value>;

/// The dimensions of a table: areas, and years where it holds several.
#[derive(Debug, PartialEq, Eq)]
pub struct Axes {
    /// The column of areas.
    pub area: String,
    /// The column of periods.
    pub period: Option<String>,
}

impl Axes {
    /// Of the dimensions that a table has.
    ///
    /// # Errors
    /// When there is another, or none of areas.
    pub fn of(dimensions: &[Dimension]) -> Result<Self, String> {
        let (mut area, mut period) = (None, None);
        for dimension in dimensions {
            let place = match dimension.kind.as_str() {
                kind if kind.starts_with("Geo") => &mut area,
                kind if kind.starts_with("Time") => &mut period,
                _ => {
                    return Err(format!(
                        "is divided by {} as well: this program does not know which part is meant",
                        dimension.identifier
                    ));
                }
            };
            *place = Some(dimension.identifier.clone());
        }
        let area = area.ok_or("is not divided by areas")?;
        for name in [Some(&area), period.as_ref()].into_iter().flatten() {
            // It becomes a part of an address.
            if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                return Err(format!("has a dimension {name:?}"));
            }
        }
        Ok(Self { area, period })
    }
}

/// A topic that a dialect reads: its code and the name of its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its code.
    pub measure: String,
    /// The path to it and its unit: `Wonen/Woningen naar eigendom/Koopwoningen (%)`.
    pub heading: String,
}

/// The topics that a dialect reads, in the order of the table.
pub fn columns(measures: &[Measure], groups: &[Group], dialect: &Dialect) -> Vec<Column> {
    let groups: HashMap<&str, &Group> =
        groups.iter().map(|group| (group.id.as_str(), group)).collect();
    let mut seen = HashSet::new();
    measures
        .iter()
        .filter_map(|measure| {
            let heading = heading(measure, &groups);
            let is_code =
                measure.identifier.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
            let is_wanted = is_code && dialect.reads(&heading) && seen.insert(heading.clone());
            is_wanted.then(|| Column { measure: measure.identifier.clone(), heading })
        })
        .collect()
}

/// A column's name as StatLine exports it.
fn heading(measure: &Measure, groups: &HashMap<&str, &Group>) -> String {
    /// No path is longer; groups that stand in each other end here.
    const DEEPEST: usize = 10;
    let mut path = vec![measure.title.trim()];
    let mut at = measure.measure_group_id.as_deref();
    while let Some(group) = at.and_then(|id| groups.get(id)).filter(|_| path.len() <= DEEPEST) {
        path.push(group.title.trim());
        at = group.parent_id.as_deref();
    }
    path.reverse();
    let path = path.join("/");
    match measure.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty()) {
        Some(unit) => format!("{path} ({unit})"),
        None => path,
    }
}

/// The condition that asks for some topics of a year alone.
pub fn filter(columns: &[Column], axes: &Axes, year: Year) -> String {
    let topics: Vec<_> =
        columns.iter().map(|column| format!("Measure eq '{}'", column.measure)).collect();
    let topics = topics.join(" or ");
    match &axes.period {
        Some(period) => format!("({topics}) and {period} eq '{year}JJ00'"),
        None => topics,
    }
}

/// The figures of areas, as they come in.
#[derive(Debug, Default)]
pub struct Figures {
    /// By code and period, as many cells as there are columns.
    rows: BTreeMap<(String, String), Vec<Option<String>>>,
}

impl Figures {
    /// Takes an observation; those of other things than gemeenten, wijken and buurten are left out.
    ///
    /// # Errors
    /// When it is none, or stands there already: pages overlap.
    pub fn take(
        &mut self,
        observation: &Observation,
        columns: &HashMap<&str, usize>,
        axes: &Axes,
    ) -> Result<(), String> {
        let text = |name: &str| observation.get(name).and_then(Value::as_str).map(str::trim);
        let lacks = |name: &str| format!("an observation without {name}");
        let measure = text("Measure").ok_or_else(|| lacks("Measure"))?;
        let code = text(&axes.area).ok_or_else(|| lacks(&axes.area))?;
        let period = match &axes.period {
            Some(name) => text(name).ok_or_else(|| lacks(name))?,
            None => "",
        };
        let Some(&column) = columns.get(measure) else { return Ok(()) };
        if !["GM", "WK", "BU"].iter().any(|prefix| code.starts_with(prefix)) {
            return Ok(());
        }
        let cell = match observation.get("Value") {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Null) | None => match text("ValueAttribute") {
                Some("Confidential" | "Secret") => "x".to_owned(),
                _ => ".".to_owned(),
            },
            Some(other) => return Err(format!("a figure {other}, expected a number or null")),
        };
        let key = (code.to_owned(), period.to_owned());
        let row = self.rows.entry(key).or_insert_with(|| vec![None; columns.len()]);
        match row.get_mut(column) {
            Some(place @ None) => {
                *place = Some(cell);
                Ok(())
            }
            _ => Err(format!("{measure} of {code} comes twice: its pages overlap")),
        }
    }

    /// Whether there is no figure.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table, ordered by code. The year stands in it where no period does.
    pub fn table(
        &self,
        table: &Table,
        columns: &[Column],
        names: &HashMap<String, String>,
        year: Year,
    ) -> Result<Vec<u8>, csv::Error> {
        let mut out = csv::WriterBuilder::new()
            .delimiter(b';')
            .quote_style(csv::QuoteStyle::Always)
            .from_writer(Vec::new());
        let fixed = ["Perioden", table.name.as_str(), table.code.as_str()];
        out.write_record(fixed.into_iter().chain(columns.iter().map(|c| c.heading.as_str())))?;
        let year = year.to_string();
        for ((code, period), cells) in &self.rows {
            let period = if period.is_empty() { &year } else { period };
            let name = names.get(code).map_or("", String::as_str);
            let fixed = [period.as_str(), name, code.as_str()];
            let cells = cells.iter().map(|cell| cell.as_deref().unwrap_or_default());
            out.write_record(fixed.into_iter().chain(cells))?;
        }
        out.into_inner().map_err(|error| error.into_error().into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Dialects;

    fn dialect(id: &str) -> Dialect {
        let all = Dialects::built_in().expect("dialects");
        all.iter().find(|dialect| dialect.id == id).expect("a dialect").clone()
    }

    fn read<T: serde::de::DeserializeOwned>(value: Value) -> Vec<T> {
        serde_json::from_value(value).expect("rows")
    }

    fn measures() -> (Vec<Measure>, Vec<Group>) {
        let measures = json!([
            {"Identifier": "T001036", "Title": "Aantal inwoners", "Unit": "aantal", "MeasureGroupId": "1"},
            {"Identifier": "1014800", "Title": "Koopwoningen", "Unit": "%", "MeasureGroupId": "3"},
            {"Identifier": "M000297", "Title": "Afstand tot school", "Unit": "km"},
            {"Identifier": "x' or 1", "Title": "Aantal inwoners", "Unit": "aantal"},
        ]);
        let groups = json!([
            {"Id": "1", "Title": "Bevolking", "ParentId": null},
            {"Id": "2", "Title": "Wonen"},
            {"Id": "3", "Title": "Woningen naar eigendom", "ParentId": "2"},
            {"Id": "8", "Title": "a", "ParentId": "9"},
            {"Id": "9", "Title": "b", "ParentId": "8"},
        ]);
        (read(measures), read(groups))
    }

    #[test]
    fn columns_are_named_as_statline_exports_them() {
        let (mut measures, groups) = measures();
        let columns = columns(&measures, &groups, &dialect("statline-kwb"));
        let told: Vec<_> =
            columns.iter().map(|c| (c.measure.as_str(), c.heading.as_str())).collect();
        assert_eq!(
            told,
            [
                ("T001036", "Bevolking/Aantal inwoners (aantal)"),
                ("1014800", "Wonen/Woningen naar eigendom/Koopwoningen (%)"),
            ]
        );
        // Groups in a circle come to an end.
        measures[0].measure_group_id = Some("8".into());
        let groups = groups.iter().map(|group| (group.id.as_str(), group)).collect();
        assert!(heading(&measures[0], &groups).ends_with("/Aantal inwoners (aantal)"));
    }

    #[test]
    fn a_table_has_areas_perhaps_years_and_nothing_else() {
        let axes = |value| Axes::of(&read::<Dimension>(value));
        let areas = json!({"Identifier": "WijkenEnBuurten", "Kind": "GeoDimension"});
        let years = json!({"Identifier": "Perioden", "Kind": "TimeDimension"});
        let sexes = json!({"Identifier": "Geslacht", "Kind": "Dimension"});
        let both = axes(json!([areas, years])).expect("both");
        assert_eq!(
            (both.area.as_str(), both.period.as_deref()),
            ("WijkenEnBuurten", Some("Perioden"))
        );
        assert!(axes(json!([areas])).is_ok());
        assert!(axes(json!([years])).is_err());
        assert!(axes(json!([areas, sexes])).expect_err("refused").contains("Geslacht"));
        assert!(axes(json!([{"Identifier": "A/B?", "Kind": "GeoDimension"}])).is_err());
    }

    #[test]
    fn observations_become_rows_and_missing_ones_keep_their_mark() {
        let year = Year::new(2019).expect("a year");
        let columns = ["A", "B"].map(|measure| Column {
            measure: measure.into(),
            heading: format!("Kop {measure} (%)"),
        });
        let places: HashMap<&str, usize> = [("A", 0), ("B", 1)].into();
        let axes = Axes { area: "WijkenEnBuurten".into(), period: Some("Perioden".into()) };
        assert_eq!(
            filter(&columns, &axes, year),
            "(Measure eq 'A' or Measure eq 'B') and Perioden eq '2019JJ00'"
        );
        let row = |code: &str, measure: &str, value: Value, mark: &str| {
            let value = json!({"WijkenEnBuurten": code, "Perioden": "2019JJ00", "Measure": measure,
                "Value": value, "ValueAttribute": mark});
            serde_json::from_value::<Observation>(value).expect("an observation")
        };
        let mut figures = Figures::default();
        let mut take = |observation| figures.take(&observation, &places, &axes);
        take(row("WK000100  ", "B", json!(416.0), "None")).expect("taken");
        take(row("GM0001    ", "A", json!(-0.1), "None")).expect("taken");
        take(row("GM0001    ", "B", Value::Null, "Impossible")).expect("taken");
        take(row("WK000100  ", "A", Value::Null, "Confidential")).expect("taken");
        take(row("NL00      ", "A", json!(1), "None")).expect("left out");
        take(row("GM0001    ", "C", json!(1), "None")).expect("left out");
        assert!(
            take(row("GM0001", "A", json!(-0.1), "None")).expect_err("twice").contains("twice")
        );
        assert!(take(row("GM0002", "A", json!("x"), "None")).is_err());
        let table = Table {
            id: None,
            template: String::new(),
            list: None,
            dialect: String::new(),
            code: "Code".into(),
            name: "Naam".into(),
        };
        let names = HashMap::from([("GM0001".to_owned(), "Het \"Dorp\"; zuid".to_owned())]);
        let text = figures.table(&table, &columns, &names, year).expect("a table");
        assert_eq!(
            String::from_utf8(text).expect("UTF-8"),
            "\"Perioden\";\"Naam\";\"Code\";\"Kop A (%)\";\"Kop B (%)\"\n\
             \"2019JJ00\";\"Het \"\"Dorp\"\"; zuid\";\"GM0001\";\"-0.1\";\".\"\n\
             \"2019JJ00\";\"\";\"WK000100\";\"x\";\"416.0\"\n"
        );
    }
}
