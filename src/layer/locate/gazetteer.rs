//! Who knows what lies where.

use crate::{
    area::{AddressFound, Postcode, Vintage},
    atlas::{Atlas, DivisionLocator, LevelCoverage, Located},
    crs::{Rd, RdTransform},
};

use super::Places;

/// Knows what lies where.
pub trait Gazetteer: Sync {
    /// What lies at a coordinate. Asked only in and around the country; everywhere else is outside.
    fn at(&self, point: Rd) -> Places;

    /// What lies at each of some coordinates, as [`Gazetteer::at`] has it.
    fn at_all(&self, points: &[Rd]) -> Vec<Places> {
        points.iter().map(|point| self.at(*point)).collect()
    }

    /// What lies at an address.
    fn address(&self, postcode: Postcode, number: Option<u32>) -> AddressFound<'_>;

    /// From degrees to RD.
    fn transform(&self) -> &RdTransform;
}

/// A division of an atlas, and its addresses.
#[derive(Debug)]
pub struct DivisionGazetteer<'a> {
    atlas: &'a Atlas,
    locator: DivisionLocator<'a>,
    addresses: Vintage,
}

impl<'a> DivisionGazetteer<'a> {
    /// Coordinates are looked for in one division, addresses in those of the same or another.
    pub fn new(atlas: &'a Atlas, division: Vintage, addresses: Vintage) -> Self {
        Self { atlas, locator: atlas.division_locator(division), addresses }
    }
}

impl Gazetteer for DivisionGazetteer<'_> {
    fn at(&self, point: Rd) -> Places {
        places(&self.locator.at(point))
    }

    fn at_all(&self, points: &[Rd]) -> Vec<Places> {
        self.locator.at_all(points).iter().map(places).collect()
    }

    fn address(&self, postcode: Postcode, number: Option<u32>) -> AddressFound<'_> {
        let found = self.atlas.at_address(self.addresses, postcode, number);
        found.unwrap_or(AddressFound::NoPostcode)
    }

    fn transform(&self) -> &RdTransform {
        &self.atlas.transform
    }
}

fn places(found: &Located<'_>) -> Places {
    let code = |area: Option<(&LevelCoverage, usize)>| {
        area.map(|(coverage, at)| coverage.codes()[at].clone())
    };
    Places { buurt: code(found.buurt), wijk: code(found.wijk), gemeente: code(found.gemeente) }
}
