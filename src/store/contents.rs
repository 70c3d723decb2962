//! Everything that an atlas holds, in canonical order.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use smol_str::SmolStr;

use crate::{
    area::{AddressTable, AreaCode, Flag, Level, LevelNames, Vintage, Year},
    coverage::{Shape, Topology},
    crs::CorrectionGrid,
    indicator::{Indicator, SeriesKey, Value},
    source::Provenance,
};

use super::{ChangeRecord, Story};

/// The dialect of a municipality's own tables.
pub const OWN: &str = "eigen";

/// A source and when it was taken in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Source {
    /// The file, its publisher, licence and delivery.
    #[serde(flatten)]
    pub provenance: Provenance,
    /// The day on which it was first imported, `2026-11-21`. Not part of the canonical content.
    #[serde(rename = "opgehaald")]
    pub retrieved: String,
}

/// One area at rest.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredArea {
    /// Its code.
    pub code: AreaCode,
    /// Its name.
    pub name: String,
    /// The name of its gemeente as delivered with it; empty where the file does not give one.
    pub gemeente: String,
    /// Its marks, in order.
    pub flags: Vec<Flag>,
    /// What was repaired about the shape as delivered; empty where nothing was.
    pub repaired: String,
}

/// The areas of one division and level, by code.
#[derive(Clone, Debug, PartialEq)]
pub struct Areas {
    /// The file that the shapes come from, as a key of [`Contents::sources`].
    pub source: u32,
    /// How many of gemeenten, wijken and buurten the same delivery holds: two or three nest.
    pub nested: u8,
    /// The areas, ordered by code, each code once.
    pub areas: Vec<StoredArea>,
    /// Their borders, by their places in `areas`: valid, on the millimetre grid, fitting each
    /// other.
    pub topology: Arc<Topology>,
}

impl Areas {
    /// How many vertices the shapes have together, each counted with every ring that it is on.
    pub fn vertices(&self) -> usize {
        let (arcs, rings) = (self.topology.arcs(), self.topology.rings());
        let of_area = |area| rings.rings(area).flatten().map(|half| arcs.get(half.arc()).len() - 1);
        (0..rings.len()).flat_map(of_area).sum()
    }

    /// The shape of the area at that place.
    pub fn shape(&self, at: usize) -> Shape {
        self.topology.rings().shape(at, self.topology.arcs())
    }

    /// The place of the area of that code.
    pub fn position(&self, code: &AreaCode) -> Option<usize> {
        self.areas.binary_search_by(|area| area.code.cmp(code)).ok()
    }

    /// The area of that code.
    pub fn get(&self, code: &AreaCode) -> Option<&StoredArea> {
        self.position(code).map(|at| &self.areas[at])
    }
}

/// The value of one area in a series.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredValue {
    /// The area.
    pub code: AreaCode,
    /// Its value or the reason why there is none.
    pub value: Value,
    /// The file that it comes from, as a key of [`Contents::sources`].
    pub source: u32,
}

/// The values of a series, ordered by code, each code once. Codes without a shape stand here too.
pub type StoredSeries = Vec<StoredValue>;

/// The addresses of one division.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoredAddresses {
    /// The files that they come from, as keys of [`Contents::sources`].
    pub sources: BTreeSet<u32>,
    /// The addresses.
    pub table: AddressTable,
}

/// A topic that a municipality measures itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnEntry {
    /// The topic, as the catalogue has others.
    pub indicator: Indicator,
    /// Whether everybody may see it.
    pub is_public: bool,
}

/// A level that a municipality drew itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LevelEntry {
    /// What its areas are called.
    pub names: LevelNames,
    /// Whether everybody may see it.
    pub is_public: bool,
}

/// Everything that an atlas holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// The sources, by number: in their own order once [`Contents::renumber`] was called.
    pub sources: BTreeMap<u32, Source>,
    /// The shapes, by division and level.
    pub areas: BTreeMap<(Vintage, Level), Areas>,
    /// The values, by what they are about.
    pub series: BTreeMap<SeriesKey, StoredSeries>,
    /// Values whose codes must tell the division; their keys hold the one that they wait for as
    /// long as no areas bear them.
    pub floating: BTreeMap<SeriesKey, StoredSeries>,
    /// Codes that replaced others, border for border: by division and level, the code after and
    /// the code before, with the source.
    pub recodes: BTreeMap<(Vintage, Level), BTreeMap<(AreaCode, AreaCode), u32>>,
    /// Which buurt an address lies in, by division.
    pub addresses: BTreeMap<Vintage, StoredAddresses>,
    /// Topics that a municipality measures itself, by id. Their series stand among the others, with
    /// nothing in them that may not be shown.
    pub own: BTreeMap<SmolStr, OwnEntry>,
    /// Levels that a municipality drew itself, by id. Their areas stand among the others.
    pub levels: BTreeMap<SmolStr, LevelEntry>,
    /// What was done about areas, by id ([`Story::id`]).
    pub stories: BTreeMap<SmolStr, Story>,
    /// The official correction grid between RD and ETRS89, where it was imported.
    pub grid: Option<CorrectionGrid>,
    /// Whether this is an invented country.
    pub fictional: bool,
    /// What imports changed, the newest last. Not part of the canonical content: how it came about.
    pub changes: Vec<ChangeRecord>,
}

fn is_among(levels: &BTreeMap<SmolStr, LevelEntry>, level: &Level) -> bool {
    matches!(level, Level::Own(own) if levels.contains_key(own.id()))
}

impl Contents {
    /// Numbers the sources by what they are, so that equal contents are equal however they came.
    pub fn renumber(&mut self) {
        let mut order: Vec<u32> = self.sources.keys().copied().collect();
        order.sort_by(|a, b| {
            let of = |id: &u32| self.sources.get(id).map(|source| &source.provenance);
            of(a).cmp(&of(b))
        });
        let numbers: BTreeMap<u32, u32> = order.into_iter().zip(1..).collect();
        if numbers.iter().all(|(before, after)| before == after) {
            return;
        }
        let new = |id: &mut u32| *id = numbers.get(id).copied().unwrap_or(*id);
        let sources = std::mem::take(&mut self.sources);
        self.sources = sources
            .into_iter()
            .map(|(mut id, source)| {
                new(&mut id);
                (id, source)
            })
            .collect();
        self.areas.values_mut().for_each(|areas| new(&mut areas.source));
        let values = self.series.values_mut().chain(self.floating.values_mut()).flatten();
        values.for_each(|value| new(&mut value.source));
        self.stories.values_mut().for_each(|story| new(&mut story.source));
        self.recodes.values_mut().flat_map(BTreeMap::values_mut).for_each(new);
        for addresses in self.addresses.values_mut() {
            let sources = std::mem::take(&mut addresses.sources);
            addresses.sources =
                sources.into_iter().filter_map(|id| numbers.get(&id).copied()).collect();
        }
    }

    /// The contents as everybody may see them: as if what is not public had never been imported, the
    /// numbers of sources among it.
    #[must_use]
    pub fn public(mut self) -> Self {
        let hidden: BTreeSet<SmolStr> =
            self.own.iter().filter(|(_, of)| !of.is_public).map(|(id, _)| id.clone()).collect();
        self.own.retain(|id, _| !hidden.contains(id));
        let levels = std::mem::take(&mut self.levels);
        let (shown, secret): (BTreeMap<_, _>, BTreeMap<_, _>) =
            levels.into_iter().partition(|(_, of)| of.is_public);
        self.levels = shown;
        let is_secret = |level: &Level| is_among(&secret, level);
        self.areas.retain(|(_, level), _| !is_secret(level));
        let is_shown = |key: &SeriesKey| !hidden.contains(&key.indicator) && !is_secret(&key.level);
        self.series.retain(|key, _| is_shown(key));
        self.floating.retain(|key, _| is_shown(key));
        self.stories.retain(|_, story| story.is_public && !is_secret(&story.level));
        self.forget_unused_sources();
        self.renumber();
        self
    }

    /// Whether everybody may see the areas of a level.
    pub(super) fn shows(&self, level: &Level) -> bool {
        match level {
            Level::Own(own) => self.levels.get(own.id()).is_none_or(|of| of.is_public),
            _ => true,
        }
    }

    /// Gives the own levels of areas their names.
    pub fn name_levels(&mut self) {
        let own = |(_, level): &&(Vintage, Level)| matches!(level, Level::Own(_));
        let keys: Vec<_> = self.areas.keys().filter(own).cloned().collect();
        for (vintage, level) in keys {
            let Level::Own(id) = &level else { continue };
            let Some(LevelEntry { names, .. }) = self.levels.get(id.id()) else { continue };
            let named = Level::Own(id.clone().called(names.clone()));
            if let Some(areas) = self.areas.remove(&(vintage, level)) {
                self.areas.insert((vintage, named), areas);
            }
        }
    }

    /// Puts the stories of a collection in the place of those that there were of it.
    pub fn replace_stories(&mut self, collection: &str, stories: impl IntoIterator<Item = Story>) {
        self.stories.retain(|_, story| story.collection != collection);
        self.stories.extend(stories.into_iter().map(|story| (story.id(), story)));
    }

    /// Forgets the sources of own figures, areas and stories that nothing comes from any more.
    pub fn forget_unused_sources(&mut self) {
        let values = self.series.values().chain(self.floating.values()).flatten();
        let areas = self.areas.values().map(|areas| areas.source);
        let of_stories = self.stories.values().map(|story| story.source);
        let used: BTreeSet<u32> =
            values.map(|value| value.source).chain(areas).chain(of_stories).collect();
        self.sources.retain(|id, source| source.provenance.dialect != OWN || used.contains(id));
    }

    /// A hash of all that answers are made from: equal contents, however they were imported, have
    /// equal versions. Sixteen hexadecimal digits. Cost: one pass over everything.
    pub fn version(&self) -> String {
        self.version_of(true)
    }

    /// The version of [`Contents::public`]: what everybody may see of an atlas has a version that
    /// tells nothing of the rest.
    pub fn public_version(&self) -> String {
        self.version_of(false)
    }

    /// The version of everything, or of what everybody may see.
    fn version_of(&self, everything: bool) -> String {
        let counts = |id: &str| everything || self.own.get(id).is_none_or(|own| own.is_public);
        let shows = |level: &Level| everything || self.shows(level);
        let is_told = |story: &Story| everything || story.is_public && shows(&story.level);
        let mut hash = Sha256::new();
        let mut put = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        let checksum =
            |id: &u32| self.sources.get(id).map_or("", |s| s.provenance.checksum.as_str());
        put(&[u8::from(self.fictional)]);
        for ((vintage, level), areas) in self.areas.iter().filter(|((_, level), _)| shows(level)) {
            put(format!("{vintage}/{level}/{}", checksum(&areas.source)).as_bytes());
            put(&areas.topology.border_bytes());
            for area in &areas.areas {
                put(area.code.as_str().as_bytes());
                put(area.name.as_bytes());
                put(area.gemeente.as_bytes());
                put(&area.flags.iter().map(|flag| *flag as u8).collect::<Vec<_>>());
            }
        }
        let mut row = Vec::with_capacity(64);
        let floating = self.floating.iter().map(|entry| (entry, b"?".as_slice()));
        for ((key, values), mark) in
            self.series.iter().map(|entry| (entry, &b""[..])).chain(floating)
        {
            if !counts(&key.indicator) || !shows(&key.level) {
                continue;
            }
            put(mark);
            let begin = key.begin.map_or(0, Year::get);
            put(format!("{}/{begin}/{}/{}/{}", key.indicator, key.year, key.vintage, key.level)
                .as_bytes());
            for value in values {
                row.clear();
                row.extend_from_slice(value.code.as_str().as_bytes());
                match value.value {
                    Value::Number(number) => row.extend_from_slice(&number.to_bits().to_le_bytes()),
                    Value::Missing(reason) => row.push(reason as u8),
                }
                put(&row);
            }
        }
        for (_, entry) in self.own.iter().filter(|(id, _)| counts(id)) {
            put(b"eigen");
            put(&serde_json::to_vec(entry).unwrap_or_default());
        }
        for (id, entry) in &self.levels {
            if shows(&Level::Own(id.clone().into())) {
                put(b"niveau");
                put(id.as_bytes());
                put(&serde_json::to_vec(entry).unwrap_or_default());
            }
        }
        for (id, story) in self.stories.iter().filter(|(_, story)| is_told(story)) {
            put(format!("verhaal/{id}/{}/{}", story.vintage, story.level).as_bytes());
            let until = story.until.map_or(0, Year::get);
            put(format!("{until}/{}/{}", story.pillar.id(), story.is_public).as_bytes());
            for text in [&story.text, &story.told_by, &story.link] {
                put(text.as_bytes());
            }
            put(story.code.as_str().as_bytes());
            put(format!("{}/{}", story.from, story.title).as_bytes());
            put(checksum(&story.source).as_bytes());
        }
        for ((vintage, level), pairs) in &self.recodes {
            for (after, before) in pairs.keys() {
                put(format!("{vintage}/{level}/{before}/{after}").as_bytes());
            }
        }
        for (vintage, addresses) in &self.addresses {
            put(format!("{vintage}/adressen").as_bytes());
            put(&addresses.table.to_bytes());
        }
        if let Some(grid) = &self.grid {
            put(&grid.to_bytes());
        }
        hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}
