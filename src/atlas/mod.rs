//! The loaded, immutable whole: what every answer is made from.

mod address;
mod awaited;
mod breaks;
mod column;
mod conversion;
mod coverage;
mod derived;
mod fragments;
mod ground;
mod location;
mod neighbourhood;
mod plane;
mod residential;
mod search;
mod snap;
mod stories;
#[cfg(test)]
pub(crate) mod testdata;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicU64, Ordering},
};

use breaks::BreaksCache;
use conversion::Conversions;
use ground::Ground;
use location::Nesting;
use rayon::prelude::*;
use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Flag, Level, Text, Vintage, Year},
    coverage::Borders,
    crs::{Rd, RdTransform},
    indicator::{Catalogue, Indicator, ResidentialRule, SeriesKey},
    scale::Palettes,
    store::{ChangeRecord, Contents, Source, StoredAddresses},
};

pub use breaks::BreaksKey;
pub use column::{Column, ColumnRef};
pub use conversion::{Converted, Estimate, ReadFigure, Way};
pub use coverage::LevelCoverage;
pub use location::{DivisionLocator, Located};
pub use plane::{FINEST, Footprints, GridArcs, Plane, TILE_BITS, TILE_BUFFER};
pub use search::{Found, Limits};
pub use stories::PlacedStory;

/// The id of the indicator that counts residents.
pub const RESIDENTS: &str = "inwoners";

/// Codes after and before, with their source, by division and level.
type Recodes = BTreeMap<(Vintage, Level), BTreeMap<(AreaCode, AreaCode), u32>>;

/// Which loaded atlas this is: no two in a program are the same, even of the same contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AtlasId(u64);

impl AtlasId {
    pub(crate) fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// Everything loaded, immutable but for what it remembers having computed. A new atlas replaces
/// it whole.
#[derive(Debug)]
pub struct Atlas {
    /// Which atlas this is.
    pub id: AtlasId,
    /// What can be known.
    pub catalogue: Catalogue,
    /// The colours.
    pub palettes: Palettes,
    /// What makes an area hardly residential.
    pub residential: ResidentialRule,
    /// Between RD and longitude and latitude, with the official grid where the atlas holds it.
    pub transform: RdTransform,
    /// The version of the contents.
    pub version: String,
    /// Whether this is an invented country.
    pub fictional: bool,
    /// The sources, by number.
    pub sources: BTreeMap<u32, Source>,
    /// What imports changed, the newest last.
    pub changes: Vec<ChangeRecord>,
    addresses: BTreeMap<Vintage, StoredAddresses>,
    recodes: Recodes,
    stories: Vec<PlacedStory>,
    coverages: BTreeMap<(Vintage, Level), LevelCoverage>,
    columns: BTreeMap<SeriesKey, Column>,
    nestings: BTreeMap<Vintage, Nesting>,
    /// The indicators that a number of can be drawn.
    drawn: BTreeSet<SmolStr>,
    /// The indicators whose values are computed when they are first asked for.
    awaited: BTreeSet<SmolStr>,
    breaks: BreaksCache,
    conversions: Conversions,
}

/// A year of an indicator on a level that can be drawn.
#[derive(Clone, Copy, Debug)]
pub struct Available<'a> {
    /// What the values are about.
    pub key: &'a SeriesKey,
    /// The values.
    pub column: &'a Column,
    /// The areas that they belong to.
    pub coverage: &'a LevelCoverage,
}

/// A year of an indicator on a level, read on a division: its own or another.
#[derive(Clone, Debug)]
pub struct Read<'a> {
    /// What the values are about; the division is the one that they are read on.
    pub key: &'a SeriesKey,
    /// The values.
    pub column: ColumnRef<'a>,
    /// The areas that they belong to.
    pub coverage: &'a LevelCoverage,
}

impl<'a> From<Available<'a>> for Read<'a> {
    fn from(series: Available<'a>) -> Self {
        let Available { key, column, coverage } = series;
        Self { key, column: ColumnRef::Own(column), coverage }
    }
}

impl Read<'_> {
    /// The same as a series of the atlas.
    pub fn available(&self) -> Available<'_> {
        Available { key: self.key, column: &self.column, coverage: self.coverage }
    }
}

/// The borders of a level: those of the finest of its division where it is made of it, with the
/// inner ones left out, else its own.
fn borders(contents: &Contents, (vintage, level): &(Vintage, Level)) -> Borders {
    let own = &contents.areas[&(*vintage, level.clone())];
    let made = contents.made_of(*vintage, level).and_then(|parents| {
        let finest = contents.areas.get(&(*vintage, contents.finest(*vintage)?))?;
        Some(Borders::above(finest.topology.clone(), parents, own.areas.len()))
    });
    made.unwrap_or_else(|| Borders::new(own.topology.clone()))
}

impl Atlas {
    /// Loads contents. Cost: a pass over every shape for the R-trees, some passes over every value
    /// for the columns and their precision; nothing is derived that the contents hold already.
    pub fn new(
        mut contents: Contents,
        catalogue: Catalogue,
        palettes: Palettes,
        residential: ResidentialRule,
    ) -> Self {
        let version = contents.version();
        contents.settle();
        let catalogue = if contents.fictional {
            let source = Text {
                nl: "fictieve cijfers van wijkzicht".into(),
                en: "fictional figures by wijkzicht".into(),
            };
            catalogue.attributed_to(&source, "CC0 1.0")
        } else {
            catalogue
        };
        let catalogue = catalogue.with_own(contents.own.values().map(|own| &own.indicator));
        let transform = match contents.grid.take() {
            Some(grid) => RdTransform::with_grid(grid),
            None => RdTransform::new(),
        };
        let borders: BTreeMap<_, _> =
            contents.areas.keys().map(|key| (key.clone(), borders(&contents, key))).collect();
        let grounds = Ground::of_levels(borders.values());
        let areas: Vec<_> =
            contents.areas.into_iter().zip(borders.into_values()).zip(grounds).collect();
        let mut coverages: BTreeMap<_, _> = areas
            .into_par_iter()
            .map(|((((vintage, level), areas), borders), ground)| {
                let name = level.clone();
                let coverage =
                    LevelCoverage::new(vintage, name, areas, borders, ground, &transform);
                ((vintage, level), coverage)
            })
            .collect();
        location::place_own_levels(&mut coverages);
        let nestings = coverages
            .keys()
            .map(|(vintage, _)| (*vintage, Nesting::new(&coverages, *vintage)))
            .collect();
        // Of a series that was stored under an old id and under that of today, the latter counts.
        let (former, own): (Vec<_>, Vec<_>) = contents.series.into_iter().partition(|(key, _)| {
            catalogue.get(&key.indicator).is_some_and(|of| of.id != key.indicator)
        });
        let mut columns: BTreeMap<_, _> = former
            .into_iter()
            .chain(own)
            .filter_map(|(mut key, values)| {
                let indicator = catalogue.get(&key.indicator)?;
                key.indicator = indicator.id.clone();
                let coverage = coverages.get(&(key.vintage, key.level.clone()))?;
                Some((key, Column::new(values, coverage, indicator.absent)))
            })
            .collect();
        derived::complete(&mut columns, &catalogue);
        let mut atlas = Self {
            id: AtlasId::next(),
            catalogue,
            palettes,
            residential,
            transform,
            version,
            fictional: contents.fictional,
            sources: contents.sources,
            changes: contents.changes,
            addresses: contents.addresses,
            recodes: contents.recodes,
            stories: Vec::new(),
            coverages,
            columns,
            nestings,
            drawn: BTreeSet::new(),
            awaited: BTreeSet::new(),
            breaks: BreaksCache::default(),
            conversions: Conversions::default(),
        };
        atlas.mark_hardly_residential();
        derived::add(&mut atlas);
        atlas.columns.extend(conversion::columns_of_own_levels(&atlas));
        let drawn = atlas.columns.iter().filter(|(key, column)| {
            column.has_numbers() && atlas.coverage(key.vintage, &key.level).is_some()
        });
        atlas.drawn = drawn.map(|(key, _)| key.indicator.clone()).collect();
        atlas.conversions = Conversions::of(&atlas);
        atlas.stories = atlas.place(contents.stories);
        atlas
    }

    /// Makes beforehand what the first questions of most visitors need: of the newest division of
    /// every level the index of places, the arcs of tiles at usual zooms, coarse geometries, and the
    /// values that are otherwise computed when a profile first asks for them. Most of it on one core,
    /// so that others are answered meanwhile; a few seconds for a country. What is made is kept.
    pub fn warm_up(&self) {
        let newest = self.levels().into_iter().filter_map(|level| {
            self.newest(&level).and_then(|vintage| self.coverage(vintage, &level))
        });
        let newest: Vec<_> = newest.collect();
        // First of all, and on all cores: somebody waits for it already.
        for coverage in &newest {
            let _ = coverage.at(Rd { x: 0.0, y: 0.0 });
        }
        let listed = |(key, column): &(&SeriesKey, &Column)| {
            column.is_listed() && self.newest(&key.level) == Some(key.vintage)
        };
        let work = || {
            newest.iter().for_each(|coverage| coverage.warm_up(5..=12));
            for (_, column) in self.columns.iter().filter(listed) {
                column.values();
            }
        };
        match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
            Ok(pool) => pool.install(work),
            Err(_) => work(),
        }
    }

    /// Every division and level with shapes, oldest division first.
    pub fn coverages(&self) -> impl Iterator<Item = &LevelCoverage> {
        self.coverages.values()
    }

    /// The areas of a division and level.
    pub fn coverage(&self, vintage: Vintage, level: &Level) -> Option<&LevelCoverage> {
        self.coverages.get(&(vintage, level.clone()))
    }

    /// The divisions that have shapes of `level`, oldest first.
    pub fn vintages(&self, level: &Level) -> Vec<Vintage> {
        self.coverages.keys().filter(|(_, of)| of == level).map(|(vintage, _)| *vintage).collect()
    }

    /// The newest division that has shapes of `level`.
    pub fn newest(&self, level: &Level) -> Option<Vintage> {
        self.vintages(level).pop()
    }

    /// The levels that have shapes, coarse to fine.
    pub fn levels(&self) -> Vec<Level> {
        let mut levels: Vec<_> = self.coverages.keys().map(|(_, level)| level.clone()).collect();
        levels.sort();
        levels.dedup();
        levels
    }

    /// Every series of an indicator that can be drawn, by years, division and level.
    pub fn series_of<'a>(&'a self, indicator: &'a str) -> impl Iterator<Item = Available<'a>> {
        self.columns_of(indicator).filter_map(|(key, column)| {
            let coverage = self.coverage(key.vintage, &key.level)?;
            Some(Available { key, column, coverage })
        })
    }

    /// The columns of an indicator, by years, division and level.
    fn columns_of<'a, 'b>(
        &'a self,
        indicator: &'b str,
    ) -> impl Iterator<Item = (&'a SeriesKey, &'a Column)> + use<'a, 'b> {
        let least = SeriesKey {
            indicator: SmolStr::new(indicator),
            begin: None,
            year: Year::FIRST,
            vintage: Vintage(Year::FIRST),
            level: Level::Gemeente,
        };
        self.columns.range(least..).take_while(move |(key, _)| key.indicator == indicator)
    }

    /// The series of an indicator for a year on a level: on the division of that year where there
    /// is one, else on the newest.
    pub fn series(
        &self,
        indicator: &str,
        level: &Level,
        begin: Option<Year>,
        year: Year,
    ) -> Option<Available<'_>> {
        let id = SmolStr::new(indicator);
        let on = |vintage: Vintage| {
            let key =
                SeriesKey { indicator: id.clone(), begin, year, vintage, level: level.clone() };
            let (key, column) = self.columns.get_key_value(&key)?;
            Some(Available { key, column, coverage: self.coverage(vintage, level)? })
        };
        on(Vintage(year)).or_else(|| self.vintages(level).into_iter().rev().find_map(on))
    }

    /// The series of an indicator on one division and level, by year.
    pub fn series_on<'a, 'b>(
        &'a self,
        indicator: &'b str,
        vintage: Vintage,
        level: &'b Level,
    ) -> impl Iterator<Item = (&'a SeriesKey, &'a Column)> + use<'a, 'b> {
        self.columns_of(indicator)
            .filter(move |(key, _)| key.vintage == vintage && key.level == *level)
    }

    /// The years of an indicator on a level, with the year that a change is counted from.
    /// A year without any number has nothing to draw.
    pub fn years(&self, indicator: &str, level: &Level) -> Vec<(Option<Year>, Year)> {
        let mut years: Vec<_> = self
            .series_of(indicator)
            .filter(|series| series.key.level == *level && series.column.has_numbers())
            .map(|series| (series.key.begin, series.key.year))
            .collect();
        years.sort_by_key(|(begin, year)| (*year, *begin));
        years.dedup();
        years
    }

    /// Indicators with at least one series that can be drawn, in the order of lists.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.catalogue.iter().filter(|indicator| self.is_drawn(indicator))
    }

    /// The indicator of an id, where it is one of [`Atlas::indicators`].
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.catalogue.get(id).filter(|indicator| self.is_drawn(indicator))
    }

    fn is_drawn(&self, indicator: &Indicator) -> bool {
        self.catalogue.is_shown(indicator) && self.drawn.contains(&indicator.id)
    }

    /// The number of residents of each area of a coverage, by ordinal: of the division's own year,
    /// else of the nearest year within three. `None` where the atlas has none; an area without a
    /// number counts as unknown, which is not zero.
    pub fn residents(&self, coverage: &LevelCoverage) -> Option<&Column> {
        self.of_division(RESIDENTS, coverage)
    }

    /// The values of an indicator that go with a division: of its own year, else of the nearest
    /// year within three.
    fn of_division(&self, indicator: &str, coverage: &LevelCoverage) -> Option<&Column> {
        self.nearest(indicator, coverage, coverage.vintage.0).map(|(_, column)| column)
    }

    /// The series of an indicator on a division and level that may stand beside figures of `year`:
    /// of that year, else of the nearest within three, the earlier of two.
    pub fn beside<'a>(
        &'a self,
        indicator: &str,
        coverage: &'a LevelCoverage,
        year: Year,
    ) -> Option<Available<'a>> {
        let (key, column) = self.nearest(indicator, coverage, year)?;
        Some(Available { key, column, coverage })
    }

    fn nearest(
        &self,
        indicator: &str,
        coverage: &LevelCoverage,
        year: Year,
    ) -> Option<(&SeriesKey, &Column)> {
        let away = |key: &SeriesKey| key.year.get().abs_diff(year.get());
        self.series_on(indicator, coverage.vintage, &coverage.level)
            .filter(|(key, column)| key.begin.is_none() && away(key) <= 3 && column.has_numbers())
            .min_by_key(|(key, _)| away(key))
    }

    /// The newest division and level that has an area of that code, and its ordinal there; of one
    /// division where `vintage` says which.
    pub fn find(
        &self,
        code: &AreaCode,
        vintage: Option<Vintage>,
    ) -> Option<(&LevelCoverage, usize)> {
        self.coverages
            .values()
            .rev()
            .filter(|coverage| vintage.is_none_or(|wanted| coverage.vintage == wanted))
            .find_map(|coverage| Some((coverage, coverage.ordinal(code)?)))
    }

    /// The name of the gemeente that an area lies in, its own for a gemeente: of the gemeenten of
    /// its division where there are any, else as it was delivered with the area.
    pub fn gemeente_name<'a>(
        &'a self,
        coverage: &'a LevelCoverage,
        ordinal: usize,
    ) -> Option<&'a str> {
        let listed = || {
            let gemeenten = self.coverage(coverage.vintage, &Level::Gemeente)?;
            let code = coverage.gemeente(ordinal)?;
            Some(gemeenten.name(gemeenten.ordinal(&code)?))
        };
        listed().or_else(|| coverage.delivered_gemeente(ordinal))
    }

    /// The extent of everything but water, west, south, east, north in degrees.
    pub fn extent(&self) -> Option<[f64; 4]> {
        let level = self.levels().into_iter().next()?;
        let coverage = self.coverage(self.newest(&level)?, &level)?;
        (0..coverage.len())
            .filter(|&at| !coverage.flags(at).contains(&Flag::Water))
            .map(|at| coverage.extent(at))
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
    }
}
