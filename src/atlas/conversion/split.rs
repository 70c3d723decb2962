//! How the people of an area are divided over the areas that it went into.

use rustc_hash::FxHashMap;

use crate::{
    area::{AddressEntry, AddressFound, AddressTable, AreaCode, Postcode},
    atlas::Atlas,
};

use super::{
    Way,
    side::{Side, crosswalk},
};

/// With fewer addresses, chance decides more than the border.
const LEAST_ADDRESSES: f64 = 20.0;

/// The least part of the addresses of an area that must be found in the areas that its ground went
/// into: else the table and the borders tell different stories.
const LEAST_AGREEING: f64 = 0.8;

/// How many people, or what stands for them, an old area has in a new one, by ordinals.
type Counts = FxHashMap<(u32, u32), f64>;

/// What divides areas, by how sure it is.
pub(super) struct Splits {
    /// Addresses, with how many each old area has in all.
    addresses: Option<(Counts, FxHashMap<u32, f64>)>,
    /// Residents of a finer level of either division.
    residents: Option<Counts>,
}

impl Splits {
    pub(super) fn new(atlas: &Atlas, old: &Side<'_>, new: &Side<'_>) -> Self {
        let addresses = addresses(atlas, old, new).map(|counts| {
            let mut all: FxHashMap<u32, f64> = FxHashMap::default();
            for ((area, _), count) in &counts {
                *all.entry(*area).or_default() += count;
            }
            (counts, all)
        });
        Self { addresses, residents: residents(atlas, old, new) }
    }

    /// The parts of an old area in the new ones `to`, each with its piece of ground in square
    /// metres: they add up to 1.
    pub(super) fn of(&self, old: u32, to: &[(u32, f64)]) -> (Way, Vec<f64>) {
        let counted = |counts: &Counts| -> Vec<f64> {
            to.iter().map(|(new, _)| counts.get(&(old, *new)).copied().unwrap_or(0.0)).collect()
        };
        if let Some((counts, all)) = &self.addresses {
            let own = counted(counts);
            let found: f64 = own.iter().sum();
            let total = all.get(&old).copied().unwrap_or(0.0);
            if found >= LEAST_ADDRESSES && found >= LEAST_AGREEING * total {
                return (Way::Adressen, parts(own));
            }
        }
        if let Some(counts) = &self.residents {
            let own = counted(counts);
            if own.iter().sum::<f64>() > 0.0 {
                return (Way::Inwoners, parts(own));
            }
        }
        (Way::Oppervlakte, parts(to.iter().map(|(_, m2)| *m2).collect()))
    }
}

fn parts(mut counts: Vec<f64>) -> Vec<f64> {
    let sum: f64 = counts.iter().sum();
    counts.iter_mut().for_each(|count| *count /= sum);
    counts
}

/// How many addresses of each old area are in each new one, where both divisions have a table. An
/// address in several buurten counts in part for each; where a table lists postcodes alone, each
/// counts as one.
fn addresses(atlas: &Atlas, old: &Side<'_>, new: &Side<'_>) -> Option<Counts> {
    let table =
        |side: &Side<'_>| atlas.addresses.get(&side.coverage.vintage).map(|stored| &stored.table);
    let (before, after) = (table(old)?, table(new)?);
    let mut counts = Counts::default();
    for of_address in each_address(before) {
        let found = after.find(of_address.postcode, of_address.number);
        let AddressFound::Buurten(buurten) = found else { continue };
        let weight = 1.0 / (of_address.buurten.len() * buurten.len()) as f64;
        for before in &of_address.buurten {
            let Some(before) = old.holder(before) else { continue };
            for after in buurten.iter().filter_map(|after| new.holder(after)) {
                *counts.entry((before, after)).or_default() += weight;
            }
        }
    }
    (!counts.is_empty()).then_some(counts)
}

/// An address with the buurten that a table puts it in.
struct OneAddress {
    postcode: Postcode,
    number: Option<u32>,
    buurten: Vec<AreaCode>,
}

/// The addresses of a table, each once.
fn each_address(table: &AddressTable) -> impl Iterator<Item = OneAddress> {
    let mut entries = table.entries().peekable();
    let postcodes = std::iter::from_fn(move || {
        let mut of_postcode: Vec<AddressEntry> = vec![entries.next()?];
        let postcode = of_postcode[0].postcode;
        while let Some(next) = entries.next_if(|next| next.postcode == postcode) {
            of_postcode.push(next);
        }
        of_postcode.sort_by_key(|entry| entry.number);
        let each = of_postcode.chunk_by(|a, b| a.number == b.number).map(|same| OneAddress {
            postcode,
            number: same[0].number,
            buurten: same.iter().map(|entry| entry.buurt.clone()).collect(),
        });
        Some(each.collect::<Vec<_>>())
    });
    postcodes.flatten()
}

/// How many residents of a finer level each old area has in each new one: of the old division where
/// it has such a level, else of the new one. A finer area counts for each by its ground.
fn residents(atlas: &Atlas, old: &Side<'_>, new: &Side<'_>) -> Option<Counts> {
    let mut counts = Counts::default();
    if let Some(finer) = old.finer(atlas) {
        for one in crosswalk(&finer.side, new)?.intersections() {
            if let Some((parent, count)) = finer.residents_of(one.old, one.extent.m2) {
                *counts.entry((parent, one.new)).or_default() += count;
            }
        }
    } else {
        let finer = new.finer(atlas)?;
        for one in crosswalk(old, &finer.side)?.intersections() {
            if let Some((parent, count)) = finer.residents_of(one.new, one.extent.m2) {
                *counts.entry((one.old, parent)).or_default() += count;
            }
        }
    }
    Some(counts)
}
