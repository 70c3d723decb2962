//! A folder of own tables, read and checked against an atlas.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use crate::{
    area::{AreaCode, Level, Vintage, Year},
    indicator::{Catalogue, Indicator, Reason, Value},
    source::{Provenance, TableCell, TableHead, parse_number},
    store::Contents,
};

use super::{
    Description, OwnError, OwnRow, OwnStories, RowFault, StoryDescription, points,
    row::out_of_range,
    subject::Subject,
    table::{self, text},
};

/// A folder of own tables.
#[derive(Debug)]
pub struct OwnFolder {
    /// The topics, by the names of their descriptions.
    pub topics: Vec<OwnTopic>,
    /// The tables of approaches and initiatives, by the names of their descriptions.
    pub stories: Vec<OwnStories>,
}

/// A topic with its rows.
#[derive(Debug)]
pub struct OwnTopic {
    /// Where its description is.
    pub path: PathBuf,
    /// The description.
    pub description: Description,
    /// The topic as an entry of the catalogue.
    pub indicator: Indicator,
    /// Where its figures come from.
    pub provenance: Provenance,
    /// The rows that can be used.
    pub rows: Vec<OwnRow>,
    /// Those that cannot.
    pub faults: Vec<RowFault>,
    /// How many more there are.
    pub unnamed: usize,
    /// What is strange, and was taken all the same.
    pub remarks: Vec<String>,
}

impl OwnFolder {
    /// Reads every description of a folder and the tables that they name, and checks every row
    /// against the atlas. Changes nothing.
    ///
    /// # Errors
    /// When a description or a table as a whole is not what it must be; rows are told in
    /// [`OwnTopic::faults`] and [`OwnStories::faults`].
    pub fn read(
        folder: &Path,
        contents: &Contents,
        catalogue: &Catalogue,
    ) -> Result<Self, OwnError> {
        let listed = std::fs::read_dir(folder).map_err(|error| OwnError::io(folder, error))?;
        let mut paths = Vec::new();
        for entry in listed {
            let path = entry.map_err(|error| OwnError::io(folder, error))?.path();
            if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("toml")) {
                paths.push(path);
            }
        }
        if paths.is_empty() {
            return Err(OwnError::NoDescriptions(folder.display().to_string()));
        }
        paths.sort();
        let mut own = Self { topics: Vec::new(), stories: Vec::new() };
        for path in paths {
            let (subject, text) = Subject::read(&path)?;
            match subject {
                Subject::Topic => own.topic(path, &text, contents, catalogue)?,
                Subject::Stories => {
                    let description = StoryDescription::read(&path, &text)?;
                    own.stories.push(OwnStories::read(path, description, contents)?);
                }
            }
        }
        Ok(own)
    }

    fn topic(
        &mut self,
        path: PathBuf,
        text: &str,
        contents: &Contents,
        catalogue: &Catalogue,
    ) -> Result<(), OwnError> {
        let description = Description::read(&path, text, catalogue)?;
        if let Some(other) = self.topics.iter().find(|one| one.description.id == description.id) {
            let message = format!(
                "id = {:?}: {} beschrijft dat onderwerp al",
                description.id,
                other.path.display()
            );
            return Err(OwnError::description(&path, message));
        }
        self.topics.push(OwnTopic::read(path, description, contents)?);
        Ok(())
    }
}

/// The columns of a table that are read, as places among the wanted ones.
struct Columns {
    wanted: Vec<usize>,
    year: Option<usize>,
    among: Option<usize>,
}

impl Columns {
    fn of(path: &Path, of: &Description, head: &TableHead) -> Result<Self, OwnError> {
        let mut wanted = Vec::new();
        let mut find = |name: &str, key: &str| -> Result<usize, OwnError> {
            let at = head.columns.iter().position(|column| column.trim() == name.trim());
            let at = at.ok_or_else(|| {
                let there = head.columns.join(", ");
                let message =
                    format!("{key} = {name:?}: {} heeft die kolom niet; wel: {there}", of.bestand);
                OwnError::description(path, message)
            })?;
            wanted.push(at);
            Ok(wanted.len() - 1)
        };
        find(&of.codekolom, "codekolom")?;
        find(&of.waardekolom, "waardekolom")?;
        let year = of.jaarkolom.as_ref().map(|name| find(name, "jaarkolom")).transpose()?;
        let among = of.noemerkolom.as_ref().map(|name| find(name, "noemerkolom")).transpose()?;
        Ok(Self { wanted, year, among })
    }
}

impl OwnTopic {
    fn read(
        path: PathBuf,
        description: Description,
        contents: &Contents,
    ) -> Result<Self, OwnError> {
        let Description { bestand, bron, licentie, .. } = &description;
        let (mut table, provenance) = table::open(&path, bestand, bron, licentie)?;
        let head = table.heads().first().cloned().unwrap_or_default();
        if let Some(of_points) = &description.punten {
            let counted = points::count(&path, &description, of_points, table.as_mut(), contents)?;
            let remark = format!(
                "{} punten geteld; de atlas heeft er geen enkel van: verwijder {} als u het niet meer \
                 nodig hebt",
                counted.points, description.bestand
            );
            let mut topic = Self {
                indicator: description.indicator(),
                path,
                description,
                provenance,
                rows: counted.rows,
                faults: counted.faults,
                unnamed: counted.unnamed,
                remarks: Vec::new(),
            };
            topic.remark();
            topic.remarks.push(remark);
            return Ok(topic);
        }
        let columns = Columns::of(&path, &description, &head)?;
        let mut taking = Taking {
            of: &description,
            contents,
            columns: &columns,
            seen: BTreeMap::new(),
            rows: Vec::new(),
            faults: Vec::new(),
        };
        table.read(0, &columns.wanted, &mut |row| {
            taking.take(row.record + 1, row.cells);
            Ok(())
        })?;
        let Taking { rows, faults, .. } = taking;
        let mut topic = Self {
            indicator: description.indicator(),
            path,
            description,
            provenance,
            rows,
            faults,
            unnamed: 0,
            remarks: Vec::new(),
        };
        topic.remark();
        Ok(topic)
    }

    /// Says what is strange.
    fn remark(&mut self) {
        let numbers = || self.rows.iter().filter_map(|row| row.value.number());
        let is_share = self.description.soort == crate::indicator::Kind::Aandeel;
        if is_share && numbers().count() > 0 && numbers().all(|number| number <= 1.0) {
            self.remarks.push(
                "alle aandelen zijn 1 of minder: zijn het fracties? Er worden procenten verwacht"
                    .to_owned(),
            );
        }
        let years: BTreeSet<Year> = self.rows.iter().map(|row| row.year).collect();
        if years.len() > 30 {
            self.remarks.push(format!(
                "{} jaren: is {:?} wel het jaar?",
                years.len(),
                self.description.jaarkolom
            ));
        }
        if self.rows.is_empty() {
            self.remarks.push("geen enkele rij is te gebruiken".to_owned());
        }
    }

    /// The division of the codes of a year.
    pub fn vintage(&self, year: Year) -> Vintage {
        self.description.indeling.unwrap_or(Vintage(year))
    }
}

/// Takes the rows of a table one by one.
struct Taking<'a> {
    of: &'a Description,
    contents: &'a Contents,
    columns: &'a Columns,
    /// The line of each area and year.
    seen: BTreeMap<(Year, AreaCode), u64>,
    rows: Vec<OwnRow>,
    faults: Vec<RowFault>,
}

impl Taking<'_> {
    fn take(&mut self, line: u64, cells: &[TableCell<'_>]) {
        if cells.iter().all(|cell| text(Some(cell)).is_empty()) {
            return;
        }
        match self.row(line, cells) {
            Ok(row) => self.rows.push(row),
            Err(reason) => {
                self.faults.push(RowFault { file: self.of.bestand.clone(), line, reason });
            }
        }
    }

    fn row(&mut self, line: u64, cells: &[TableCell<'_>]) -> Result<OwnRow, String> {
        let of = self.of;
        let code = text(cells.first());
        let code = match &of.niveau {
            Some(level) => AreaCode::parse_at(&code, level),
            None => AreaCode::parse(&code),
        };
        let code = code.map_err(|error| error.to_string())?;
        let level = match (&of.niveau, code.cbs_level()) {
            (Some(level), _) => level.clone(),
            (None, Some(level)) => level,
            (None, None) => {
                return Err(format!("{code} is geen code van CBS: zeg het niveau met niveau = …"));
            }
        };
        let year = match (of.jaar, self.columns.year) {
            (Some(year), _) => year,
            (None, Some(at)) => {
                let year = text(cells.get(at));
                // A sheet may have it as a number with a fraction of nothing.
                let year = year.strip_suffix(".0").unwrap_or(&year).to_owned();
                year.parse::<Year>().map_err(|_| format!("{year:?} is geen jaar"))?
            }
            (None, None) => return Err("geen jaar".to_owned()),
        };
        let vintage = of.indeling.unwrap_or(Vintage(year));
        self.check_area(&code, &level, vintage)?;
        let value = value(of, cells.get(1))?;
        let among = match self.columns.among {
            Some(at) => match number(cells.get(at))? {
                Some(among) if among < 0.0 || among.fract() != 0.0 => {
                    return Err(format!("de noemer is {among}, verwacht een aantal"));
                }
                found => found,
            },
            None => None,
        };
        if let Some(first) = self.seen.insert((year, code.clone()), line) {
            self.seen.insert((year, code.clone()), first);
            return Err(format!("{code} van {year} staat er al, op regel {first}"));
        }
        Ok(OwnRow {
            line,
            code,
            level,
            year,
            value,
            among,
            contributors: None,
            is_dominated: false,
        })
    }

    /// Whether the division has the area.
    fn check_area(&self, code: &AreaCode, level: &Level, vintage: Vintage) -> Result<(), String> {
        let areas = &self.contents.areas;
        let Some(there) = areas.get(&(vintage, level.clone())) else {
            let known: Vec<_> = areas
                .keys()
                .filter(|(_, of)| of == level)
                .map(|(vintage, _)| vintage.to_string())
                .collect();
            return Err(format!(
                "de atlas heeft geen {level} van {vintage}; wel van {}: zeg met indeling = … op welke \
                 de codes staan",
                known.join(", ")
            ));
        };
        if there.get(code).is_some() {
            return Ok(());
        }
        let others: Vec<_> = areas
            .iter()
            .filter(|((_, of), areas)| of == level && areas.get(code).is_some())
            .map(|((vintage, _), _)| vintage.to_string())
            .collect();
        Err(match others.len() {
            0 => format!("de indeling van {vintage} heeft geen gebied {code}"),
            _ => format!(
                "de indeling van {vintage} heeft geen gebied {code}; die van {} wel",
                others.join(", ")
            ),
        })
    }
}

fn number(cell: Option<&TableCell<'_>>) -> Result<Option<f64>, String> {
    if let Some(TableCell::Number(number)) = cell {
        return match number.is_finite() {
            true => Ok(Some(*number)),
            false => Err("geen eindig getal".to_owned()),
        };
    }
    let text = text(cell);
    if matches!(text.as_str(), "" | "." | "-" | "x" | "NA" | "n.b." | "nb") {
        return Ok(None);
    }
    let shown: String = text.chars().take(40).collect();
    parse_number(&text).map(Some).ok_or_else(|| {
        format!("{shown:?} is geen getal: verwacht cijfers met ten hoogste één komma of punt")
    })
}

fn value(of: &Description, cell: Option<&TableCell<'_>>) -> Result<Value, String> {
    let Some(number) = number(cell)? else { return Ok(Value::Missing(Reason::Onbekend)) };
    match out_of_range(of.soort, number) {
        Some(reason) => Err(format!("{number}: {reason}")),
        None => Ok(Value::Number(number)),
    }
}
