//! Own points: reports, homes, facilities, counted or summed per area.
//!
//! A file of points tells of persons. It is read once, line by line; what stays is a count, a sum
//! and the largest contribution for each area and year. No point, and nothing of one, goes into the
//! atlas, a file, a report or a log.

use std::{borrow::Cow, collections::BTreeMap, path::Path};

use rustc_hash::FxHashMap;

use crate::{
    area::{AddressFound, AreaCode, Flag, Level, Postcode, Vintage, Year},
    atlas::RESIDENTS,
    coverage::Locator,
    crs::{LonLat, Rd, RdTransform},
    indicator::Value,
    source::{TableCell, TableHead, Tables, parse_number},
    store::Contents,
};

use super::{Description, Operation, OwnError, OwnRow, PointDescription, RowFault};

/// How many points wait to be located together.
const TOGETHER: usize = 1 << 16;

/// How many lines that cannot be used are named.
const NAMED: usize = 200;

/// One contributor with a larger part of a sum tells of itself.
const DOMINANT: f64 = 0.75;

/// What is kept of the points of an area and year.
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    count: u64,
    sum: f64,
    largest: f64,
}

impl Total {
    fn add(&mut self, value: f64) {
        self.count += 1;
        self.sum += value;
        self.largest = self.largest.max(value.abs());
    }

    fn and(&mut self, other: Self) {
        self.count += other.count;
        self.sum += other.sum;
        self.largest = self.largest.max(other.largest);
    }
}

/// What came of a file of points.
pub(super) struct Counted {
    pub(super) rows: Vec<OwnRow>,
    pub(super) faults: Vec<RowFault>,
    /// How many more there are than `faults` names.
    pub(super) unnamed: usize,
    /// How many points were counted.
    pub(super) points: u64,
}

/// Where the columns are among the wanted ones.
#[derive(Clone, Copy)]
enum Where {
    Rd(usize, usize),
    Degrees(usize, usize),
    Address(usize, usize),
}

struct Columns {
    wanted: Vec<usize>,
    place: Where,
    day: Option<usize>,
    year: Option<usize>,
    value: Option<usize>,
}

impl Columns {
    fn of(
        path: &Path,
        of: &Description,
        points: &PointDescription,
        head: &TableHead,
    ) -> Result<Self, OwnError> {
        let mut wanted = Vec::new();
        let mut find = |name: &Option<String>| -> Result<Option<usize>, OwnError> {
            let Some(name) = name else { return Ok(None) };
            let at = head.columns.iter().position(|column| column.trim() == name.trim());
            let at = at.ok_or_else(|| {
                let there = head.columns.join(", ");
                let message =
                    format!("punten: {} heeft geen kolom {name:?}; wel: {there}", of.bestand);
                OwnError::description(path, message)
            })?;
            wanted.push(at);
            Ok(Some(wanted.len() - 1))
        };
        let pairs = [
            (find(&points.x)?, find(&points.y)?),
            (find(&points.lon)?, find(&points.lat)?),
            (find(&points.postcode)?, find(&points.huisnummer)?),
        ];
        let place = match pairs {
            [(Some(x), Some(y)), ..] => Where::Rd(x, y),
            [_, (Some(lon), Some(lat)), _] => Where::Degrees(lon, lat),
            [.., (Some(postcode), Some(number))] => Where::Address(postcode, number),
            _ => return Err(OwnError::description(path, "punten: geen plaats")),
        };
        let day = find(&points.datum)?;
        let year = find(&of.jaarkolom)?;
        let value = find(&points.waarde)?;
        Ok(Self { wanted, place, day, year, value })
    }
}

/// Counts the points of a table per buurt, wijk and gemeente. Cost: one pass over the file; memory for
/// each area and year, however many points there are.
pub(super) fn count(
    path: &Path,
    of: &Description,
    points: &PointDescription,
    table: &mut dyn Tables,
    contents: &Contents,
) -> Result<Counted, OwnError> {
    let head = table.heads().first().cloned().unwrap_or_default();
    let columns = Columns::of(path, of, points, &head)?;
    let mut counting = Counting::new(path, of, &columns, contents)?;
    table.read(0, &columns.wanted, &mut |row| {
        counting.take(row.record + 1, row.cells);
        Ok(())
    })?;
    counting.locate();
    Ok(counting.finish(points))
}

/// A point that waits for its area.
#[derive(Clone, Copy)]
struct Waiting {
    line: u64,
    year: Year,
    value: f64,
    position: Rd,
}

struct Counting<'a> {
    of: &'a Description,
    columns: &'a Columns,
    contents: &'a Contents,
    transform: RdTransform,
    vintage: Option<Vintage>,
    /// The finest level of each division that was asked for, and what finds its areas.
    grounds: BTreeMap<Vintage, Option<(Level, Locator)>>,
    waiting: Vec<Waiting>,
    /// By year and area of the finest level.
    totals: FxHashMap<(Year, AreaCode), Total>,
    faults: Vec<RowFault>,
    unnamed: usize,
    points: u64,
}

impl<'a> Counting<'a> {
    fn new(
        path: &Path,
        of: &'a Description,
        columns: &'a Columns,
        contents: &'a Contents,
    ) -> Result<Self, OwnError> {
        let transform = match &contents.grid {
            Some(grid) => RdTransform::with_grid(grid.clone()),
            None => RdTransform::new(),
        };
        if of.jaar.is_none() && columns.day.is_none() && columns.year.is_none() {
            return Err(OwnError::description(path, "jaar, jaarkolom of punten.datum ontbreekt"));
        }
        Ok(Self {
            of,
            columns,
            contents,
            transform,
            vintage: of.indeling,
            grounds: BTreeMap::new(),
            waiting: Vec::with_capacity(TOGETHER),
            totals: FxHashMap::default(),
            faults: Vec::new(),
            unnamed: 0,
            points: 0,
        })
    }

    fn take(&mut self, line: u64, cells: &[TableCell<'_>]) {
        if let Err(reason) = self.point(line, cells) {
            self.fault(line, reason);
        }
    }

    /// The reasons name no contents: a line tells of a person.
    fn point(&mut self, line: u64, cells: &[TableCell<'_>]) -> Result<(), &'static str> {
        let year = self.year(cells)?;
        let value = match self.columns.value {
            Some(at) => number(cells.get(at)).ok_or("de waarde is geen getal")?,
            None => 0.0,
        };
        let position = match self.columns.place {
            Where::Rd(x, y) => {
                let pair = number(cells.get(x)).zip(number(cells.get(y)));
                pair.map(|(x, y)| Rd { x, y })
            }
            Where::Degrees(lon, lat) => {
                let pair = number(cells.get(lon)).zip(number(cells.get(lat)));
                pair.map(|(lon, lat)| self.transform.to_rd(LonLat { lon, lat }))
            }
            Where::Address(postcode, house) => {
                let buurt = self.of_address(year, cells.get(postcode), cells.get(house))?;
                self.put(year, buurt, value);
                return Ok(());
            }
        };
        let position = position.ok_or("de coördinaat is geen getal")?;
        self.waiting.push(Waiting { line, year, value, position });
        if self.waiting.len() == TOGETHER {
            self.locate();
        }
        Ok(())
    }

    fn year(&self, cells: &[TableCell<'_>]) -> Result<Year, &'static str> {
        let text = |at: Option<usize>| {
            at.and_then(|at| match cells.get(at)? {
                TableCell::Text(text) => Some(Cow::Borrowed(text.trim())),
                TableCell::Number(number) => Some(Cow::Owned(number.to_string())),
                TableCell::Null => None,
            })
        };
        if let Some(day) = text(self.columns.day) {
            let year =
                day.get(..4).filter(|_| day.len() == 4 || day.as_bytes().get(4) == Some(&b'-'));
            return year.and_then(|year| year.parse().ok()).ok_or("de datum is niet jjjj-mm-dd");
        }
        if let Some(year) = text(self.columns.year) {
            return year.parse().map_err(|_| "het jaar is geen jaar");
        }
        self.of.jaar.ok_or("er is geen jaar")
    }

    fn vintage(&self, year: Year) -> Vintage {
        self.vintage.unwrap_or(Vintage(year))
    }

    fn of_address(
        &self,
        year: Year,
        postcode: Option<&TableCell<'_>>,
        house: Option<&TableCell<'_>>,
    ) -> Result<AreaCode, &'static str> {
        let Some(TableCell::Text(postcode)) = postcode else { return Err("er is geen postcode") };
        let postcode: Postcode = postcode.parse().map_err(|_| "de postcode is geen postcode")?;
        let house =
            number(house).filter(|house| house.fract() == 0.0 && (0.0..1e6).contains(house));
        let house = house.ok_or("het huisnummer is geen huisnummer")? as u32;
        let addresses = self.contents.addresses.get(&self.vintage(year));
        let table = &addresses.ok_or("de atlas heeft van dat jaar geen adressen")?.table;
        match table.find(postcode, Some(house)) {
            AddressFound::Buurten(buurten) => match buurten[..] {
                [buurt] => Ok(buurt.clone()),
                _ => Err("het adres ligt in meer dan één buurt"),
            },
            AddressFound::NoPostcode | AddressFound::NoNumber => Err("het adres is niet bekend"),
        }
    }

    fn put(&mut self, year: Year, area: AreaCode, value: f64) {
        self.points += 1;
        self.totals.entry((year, area)).or_default().add(value);
    }

    /// Finds the areas of what waits, the points of a division together.
    fn locate(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_by_key(|one| self.vintage(one.year));
        let fixed = self.vintage;
        let is_same = |a: &Waiting, b: &Waiting| fixed.is_some() || a.year == b.year;
        for same in waiting.chunk_by(is_same) {
            self.locate_in(same);
        }
        waiting.clear();
        self.waiting = waiting;
    }

    fn locate_in(&mut self, waiting: &[Waiting]) {
        let Some(first) = waiting.first() else { return };
        let vintage = self.vintage(first.year);
        let positions: Vec<Rd> = waiting.iter().map(|one| one.position).collect();
        let contents = self.contents;
        let ground = self.grounds.entry(vintage).or_insert_with(|| {
            let level = contents.finest(vintage)?;
            let areas = contents.areas.get(&(vintage, level.clone()))?;
            Some((level, Locator::new(areas.topology.clone())))
        });
        let Some((level, locator)) = ground else {
            for one in waiting {
                self.fault(one.line, "de atlas heeft van dat jaar geen gebieden");
            }
            return;
        };
        let found = locator.at_all(&positions);
        let areas = contents.areas.get(&(vintage, level.clone()));
        for (one, area) in waiting.iter().zip(found) {
            let area = area.and_then(|area| areas?.areas.get(area as usize));
            match area {
                Some(area) => self.put(one.year, area.code.clone(), one.value),
                None => self.fault(one.line, "het punt ligt in geen enkel gebied"),
            }
        }
    }

    fn fault(&mut self, line: u64, reason: &'static str) {
        if self.faults.len() == NAMED {
            self.unnamed += 1;
            return;
        }
        let fault = RowFault { file: self.of.bestand.clone(), line, reason: reason.to_owned() };
        self.faults.push(fault);
    }

    /// The totals of every area of every level, those without points among them.
    fn finish(mut self, points: &PointDescription) -> Counted {
        let mut all: BTreeMap<(Year, Level, AreaCode), Total> = BTreeMap::new();
        let years: std::collections::BTreeSet<Year> =
            self.totals.keys().map(|(year, _)| *year).collect();
        for year in years {
            let vintage = self.vintage.unwrap_or(Vintage(year));
            for level in Level::CBS {
                let Some(areas) = self.contents.areas.get(&(vintage, level.clone())) else {
                    continue;
                };
                for area in areas.areas.iter().filter(|area| !area.flags.contains(&Flag::Water)) {
                    all.insert((year, level.clone(), area.code.clone()), Total::default());
                }
            }
        }
        for ((year, code), total) in std::mem::take(&mut self.totals) {
            let above = [code.wijk(), code.gemeente()].into_iter().flatten();
            let mut codes: Vec<AreaCode> = std::iter::once(code).chain(above).collect();
            codes.dedup();
            for code in codes {
                let Some(level) = code.cbs_level() else { continue };
                if let Some(there) = all.get_mut(&(year, level, code)) {
                    there.and(total);
                }
            }
        }
        let rows = all.into_iter().filter_map(|((year, level, code), total)| {
            let vintage = self.vintage.unwrap_or(Vintage(year));
            let value =
                value(points, total, || residents(self.contents, &code, &level, vintage, year))?;
            Some(OwnRow {
                line: 0,
                code,
                level,
                year,
                value: Value::Number(value),
                among: None,
                contributors: Some(total.count),
                is_dominated: points.waarde.is_some()
                    && total.largest > DOMINANT * total.sum.abs().max(total.largest / 2.0)
                    && points.bewerking == Operation::Som,
            })
        });
        self.faults.sort_by_key(|fault| fault.line);
        Counted {
            rows: rows.collect(),
            faults: self.faults,
            unnamed: self.unnamed,
            points: self.points,
        }
    }
}

/// What the points of an area come to; `None` where that is no number.
fn value(
    points: &PointDescription,
    total: Total,
    residents: impl Fn() -> Option<f64>,
) -> Option<f64> {
    let whole = match points.bewerking {
        Operation::Tellen => total.count as f64,
        Operation::Som => total.sum,
        Operation::Gemiddelde => {
            return (total.count > 0).then(|| total.sum / total.count as f64);
        }
    };
    match points.per {
        Some(per) => {
            let residents = residents().filter(|residents| *residents > 0.0)?;
            Some(whole / residents * f64::from(per))
        }
        None => Some(whole),
    }
}

/// The residents of an area: of the year, else of the nearest within three.
fn residents(
    contents: &Contents,
    code: &AreaCode,
    level: &Level,
    vintage: Vintage,
    year: Year,
) -> Option<f64> {
    let away = |of: Year| of.get().abs_diff(year.get());
    let (_, series) = contents
        .series
        .iter()
        .filter(|(key, _)| {
            key.indicator == RESIDENTS
                && key.vintage == vintage
                && key.level == *level
                && away(key.year) <= 3
        })
        .min_by_key(|(key, _)| away(key.year))?;
    let at = series.binary_search_by(|row| row.code.cmp(code)).ok()?;
    series[at].value.number()
}

fn number(cell: Option<&TableCell<'_>>) -> Option<f64> {
    match cell? {
        TableCell::Number(number) => Some(*number).filter(|number| number.is_finite()),
        TableCell::Text(text) => parse_number(text),
        TableCell::Null => None,
    }
}
