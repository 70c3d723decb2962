//! Everything that an atlas holds, in canonical order.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::geometry_blob;
use crate::{
    area::{AreaCode, Flag, Level, Vintage, Year},
    coverage::Shape,
    crs::CorrectionGrid,
    indicator::{SeriesKey, Value},
    source::Provenance,
};

/// A source and when it was taken in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Source {
    /// The file, its publisher, licence and delivery.
    #[serde(flatten)]
    pub provenance: Provenance,
    /// The day on which it was first imported, `2026-11-21`. Not part of the canonical content.
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
    /// Its shape: valid, on the millimetre grid.
    pub shape: Shape,
    /// What was repaired about the shape as delivered; empty where nothing was.
    pub repaired: String,
}

/// The areas of one division and level, by code.
#[derive(Clone, Debug, PartialEq)]
pub struct Areas {
    /// The file that the shapes come from, as a key of [`Contents::sources`].
    pub source: u32,
    /// Whether the same delivery holds gemeenten, wijken and buurten: they nest.
    pub nested: bool,
    /// The areas, ordered by code, each code once.
    pub areas: Vec<StoredArea>,
}

impl Areas {
    /// How many vertices the shapes have together.
    pub fn vertices(&self) -> usize {
        self.areas.iter().map(|area| area.shape.vertices().len()).sum()
    }

    /// The area of that code.
    pub fn get(&self, code: &AreaCode) -> Option<&StoredArea> {
        self.areas.binary_search_by(|area| area.code.cmp(code)).ok().map(|at| &self.areas[at])
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

/// Everything that an atlas holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// The sources, by number. Numbers are given in the order of import and mean nothing else.
    pub sources: BTreeMap<u32, Source>,
    /// The shapes, by division and level.
    pub areas: BTreeMap<(Vintage, Level), Areas>,
    /// The values, by what they are about.
    pub series: BTreeMap<SeriesKey, StoredSeries>,
    /// The official correction grid between RD and ETRS89, where it was imported.
    pub grid: Option<CorrectionGrid>,
    /// Whether this is an invented country.
    pub fictional: bool,
}

impl Contents {
    /// A hash of all that answers are made from: equal contents, however they were imported, have
    /// equal versions. Sixteen hexadecimal digits. Cost: one pass over everything.
    pub fn version(&self) -> String {
        let mut hash = Sha256::new();
        let mut put = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        let checksum =
            |id: &u32| self.sources.get(id).map_or("", |s| s.provenance.checksum.as_str());
        put(&[u8::from(self.fictional)]);
        for ((vintage, level), areas) in &self.areas {
            put(format!("{vintage}/{level}/{}", checksum(&areas.source)).as_bytes());
            for area in &areas.areas {
                put(area.code.as_str().as_bytes());
                put(area.name.as_bytes());
                put(area.gemeente.as_bytes());
                put(&area.flags.iter().map(|flag| *flag as u8).collect::<Vec<_>>());
                put(&geometry_blob::encode(&area.shape));
            }
        }
        let mut row = Vec::with_capacity(64);
        for (key, values) in &self.series {
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
        if let Some(grid) = &self.grid {
            put(&grid.to_bytes());
        }
        hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}
