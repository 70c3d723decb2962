//! A topic that a municipality measures itself: its table, read and checked against an atlas.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Level, Vintage, Year},
    indicator::{Indicator, Reason, Value},
    source::{Provenance, TableCell, TableHead, parse_number},
    store::Contents,
};

use super::{
    Description, OwnError, OwnRow, RowFault,
    folder::Described,
    points,
    row::out_of_range,
    table::{self, text},
};

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
    pub(super) fn read(
        Described { path, description }: Described<Description>,
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
        topic.check_levels(contents)?;
        topic.remark();
        Ok(topic)
    }

    /// A topic is of the levels of CBS, which nest, or of one own level: figures of areas that cut
    /// each other would together give away what is between. One of a level that not everybody may
    /// see is not public either.
    fn check_levels(&self, contents: &Contents) -> Result<(), OwnError> {
        let own = |level: &Level| match level {
            Level::Own(own) => Some(own.id().clone()),
            _ => None,
        };
        let wrong = |message: String| Err(OwnError::description(&self.path, message));
        let known = contents.series.keys().filter(|key| key.indicator == self.description.id);
        let families: BTreeSet<_> = known
            .map(|key| own(&key.level))
            .chain(self.rows.iter().map(|row| own(&row.level)))
            .collect();
        if families.len() > 1 {
            let named: Vec<_> = families
                .iter()
                .map(|one| one.as_deref().unwrap_or("gemeenten, wijken en buurten"))
                .collect();
            return wrong(format!(
                "{} staat op {}: een onderwerp staat op gebieden van het CBS of op één eigen niveau; \
                 samen zouden de cijfers verraden wat ertussen ligt",
                self.description.id,
                named.join(" en op ")
            ));
        }
        let secret = |id: &SmolStr| contents.levels.get(id).is_some_and(|of| !of.is_public);
        match families.iter().flatten().find(|id| secret(id)) {
            Some(id) if self.description.openbaar => wrong(format!(
                "openbaar = true: het niveau {id} is dat niet; maak dat ook openbaar, of dit niet"
            )),
            _ => Ok(()),
        }
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
