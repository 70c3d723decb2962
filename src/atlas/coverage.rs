//! The areas of one division and level, ready to answer.

use std::{
    collections::BTreeMap,
    ops::RangeInclusive,
    sync::{Arc, OnceLock},
};

use crate::{
    area::{AreaCode, Flag, Level, Vintage},
    coverage::{BBox, Borders, Detail, Neighbours, Shape},
    crs::{LayerCrs, Rd, RdTransform},
    indicator::HardlyResidential,
    store::Areas,
};

use super::{
    fragments::{self, Fragments},
    ground::Ground,
    neighbourhood::Neighbourhood,
    plane::{Footprints, GridArcs, Plane},
};

/// The areas of one division and level, by ordinal: their place in the order of codes.
#[derive(Debug)]
pub struct LevelCoverage {
    /// The division.
    pub vintage: Vintage,
    /// The level.
    pub level: Level,
    /// The source of the shapes.
    pub source: u32,
    codes: Vec<AreaCode>,
    names: Vec<String>,
    gemeenten: Vec<String>,
    /// Of an own level: the codes of these.
    placed: Vec<Option<AreaCode>>,
    flags: Vec<Vec<Flag>>,
    hardly_residential: BTreeMap<usize, HardlyResidential>,
    borders: Arc<Borders>,
    boxes: Vec<Option<BBox>>,
    extents: Vec<[f64; 4]>,
    transform: RdTransform,
    fragments: Fragments,
    neighbourhood: Arc<Neighbourhood>,
    ground: Arc<Ground>,
    footprints: OnceLock<Footprints>,
}

impl LevelCoverage {
    pub(super) fn new(
        vintage: Vintage,
        level: Level,
        areas: Areas,
        borders: Borders,
        ground: Arc<Ground>,
        transform: &RdTransform,
    ) -> Self {
        let count = areas.areas.len();
        let (mut codes, mut names) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut gemeenten = Vec::with_capacity(count);
        let mut flags = Vec::with_capacity(count);
        for area in areas.areas {
            codes.push(area.code);
            names.push(area.name);
            gemeenten.push(area.gemeente);
            flags.push(area.flags);
        }
        let boxes = borders.boxes();
        let borders = Arc::new(borders);
        let neighbourhood = Arc::new(Neighbourhood::new(borders.clone()));
        let extents = boxes.iter().map(|bbox| extent(*bbox, transform)).collect();
        Self {
            vintage,
            level,
            source: areas.source,
            codes,
            names,
            gemeenten,
            placed: Vec::new(),
            flags,
            hardly_residential: BTreeMap::new(),
            borders,
            boxes,
            extents,
            transform: transform.clone(),
            fragments: Fragments::default(),
            neighbourhood,
            ground,
            footprints: OnceLock::new(),
        }
    }

    /// How many areas.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The codes, ascending.
    pub fn codes(&self) -> &[AreaCode] {
        &self.codes
    }

    /// The ordinal of a code.
    pub fn ordinal(&self, code: &AreaCode) -> Option<usize> {
        self.codes.binary_search(code).ok()
    }

    /// The name of an area.
    pub fn name(&self, ordinal: usize) -> &str {
        &self.names[ordinal]
    }

    /// The gemeente that an area lies in, by its code; by its name where the code does not say.
    pub fn gemeente(&self, ordinal: usize) -> Option<AreaCode> {
        let placed = || self.placed.get(ordinal).cloned().flatten();
        self.codes[ordinal].gemeente().or_else(placed)
    }

    /// Says which gemeente each area lies in, by the name that was delivered with it.
    pub(super) fn place(&mut self, gemeenten: &BTreeMap<String, AreaCode>) {
        self.placed = self.gemeenten.iter().map(|name| gemeenten.get(name).cloned()).collect();
    }

    /// The name of the gemeente that an area lies in, as it was delivered with the area.
    pub(super) fn delivered_gemeente(&self, ordinal: usize) -> Option<&str> {
        Some(self.gemeenten[ordinal].as_str()).filter(|name| !name.is_empty())
    }

    /// The marks of an area.
    pub fn flags(&self, ordinal: usize) -> &[Flag] {
        &self.flags[ordinal]
    }

    /// Marks the areas where hardly anybody lives, by ordinal, and no others.
    pub(super) fn mark_hardly_residential(&mut self, areas: BTreeMap<usize, HardlyResidential>) {
        for (ordinal, flags) in self.flags.iter_mut().enumerate() {
            flags.retain(|flag| *flag != Flag::NauwelijksWoongebied);
            flags.extend(areas.contains_key(&ordinal).then_some(Flag::NauwelijksWoongebied));
        }
        self.hardly_residential = areas;
    }

    /// Why an area is hardly residential, where it is.
    pub fn hardly_residential(&self, ordinal: usize) -> Option<&HardlyResidential> {
        self.hardly_residential.get(&ordinal)
    }

    /// Whether an area takes part in comparisons: class breaks, ranks, percentiles. One with a mark
    /// does not.
    pub fn is_compared(&self, ordinal: usize) -> bool {
        self.flags[ordinal].is_empty()
    }

    /// Whether an area is water: drawn apart and kept out of every count.
    pub fn is_water(&self, ordinal: usize) -> bool {
        self.flags[ordinal].contains(&Flag::Water)
    }

    /// The borders of the level.
    pub fn borders(&self) -> &Borders {
        &self.borders
    }

    /// The shape of an area, in RD at full detail.
    pub fn shape(&self, ordinal: usize) -> Shape {
        self.borders.shape(ordinal)
    }

    /// The geometry of an area as GeoJSON text, a `MultiPolygon`: in [`LayerCrs::Crs84`] longitude
    /// and latitude with at most seven decimals, in [`LayerCrs::Rd`] x and y in metres with at most
    /// three. Written at the first call for an area, a detail and a system, and kept from then on.
    pub fn fragment(&self, ordinal: usize, detail: Detail, crs: LayerCrs) -> &str {
        self.fragments.get(self.len(), ordinal, detail, crs, |text| {
            fragments::write(text, &self.shape_at(ordinal, detail), crs, &self.transform);
        })
    }

    /// The shape of an area at a level of detail.
    pub fn shape_at(&self, ordinal: usize, detail: Detail) -> Shape {
        self.borders.rings().shape(ordinal, self.borders.arcs_at(detail))
    }

    /// The box around an area, in RD; `None` around one without a polygon.
    pub fn bbox(&self, ordinal: usize) -> Option<BBox> {
        self.boxes[ordinal]
    }

    /// The extent of an area: west, south, east, north in degrees.
    pub fn extent(&self, ordinal: usize) -> [f64; 4] {
        self.extents[ordinal]
    }

    /// Whether the extent of an area meets a box of degrees (west, south, east, north), edges
    /// included; that of an area without a polygon meets none.
    pub fn meets(&self, ordinal: usize, [west, south, east, north]: [f64; 4]) -> bool {
        let [w, s, e, n] = self.extent(ordinal);
        self.boxes[ordinal].is_some() && w <= east && west <= e && s <= north && south <= n
    }

    /// The ordinal of the area that holds a coordinate. A point on a border belongs to the area
    /// just east of it, else just north.
    pub fn at(&self, point: Rd) -> Option<usize> {
        self.ground.at(&self.borders, point)
    }

    /// The ordinals of the areas that hold some coordinates, each as [`LevelCoverage::at`] has it:
    /// quicker for many.
    pub fn at_all(&self, points: &[Rd]) -> Vec<Option<usize>> {
        self.ground.at_all(&self.borders, points)
    }

    /// Whether a level is made of these areas: where none of them is, it has none either.
    pub(super) fn is_ground_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.ground, &other.ground) && self.borders.parents().is_none()
    }

    /// The ordinals of the areas that come within `metres` of a coordinate, with their distance in
    /// metres (0 for the one that holds it), the nearest first.
    pub fn within_radius(&self, point: Rd, metres: f64) -> Vec<(usize, f64)> {
        self.ground.within_radius(&self.borders, point, metres)
    }

    /// The ordinals of the areas that share ground with a shape, ascending; touching is not enough.
    pub fn overlapping(&self, shape: &Shape) -> Vec<usize> {
        self.ground.overlapping(&self.borders, shape)
    }

    /// Which areas lie beside which; made at the first call.
    pub fn neighbours(&self) -> &Neighbours {
        self.neighbourhood.get()
    }

    /// The same, to be kept by what is computed of it later.
    pub(super) fn neighbourhood(&self) -> Arc<Neighbourhood> {
        self.neighbourhood.clone()
    }

    /// The arcs of [`LevelCoverage::borders`] on the grid of a zoom of web tiles; made at the
    /// first call for each zoom, for all levels that share the arcs.
    pub fn grid(&self, zoom: u8) -> &GridArcs {
        self.plane().arcs(self.borders.topology(), zoom)
    }

    /// The boxes of the areas on the plane of web tiles; made at the first call.
    pub fn footprints(&self) -> &Footprints {
        self.footprints
            .get_or_init(|| self.plane().footprints(self.borders.arcs(), self.borders.rings()))
    }

    /// Makes what the first questions of most visitors need and what is otherwise made when it is
    /// first asked for: the arcs on the grids of web tiles for `zooms`, and the geometries of the
    /// country as a whole in degrees.
    pub(super) fn warm_up(&self, zooms: RangeInclusive<u8>) {
        self.footprints();
        for zoom in zooms {
            self.grid(zoom);
        }
        for ordinal in 0..self.len() {
            self.fragment(ordinal, Detail::GROF, LayerCrs::Crs84);
        }
    }

    fn plane(&self) -> &Plane {
        self.ground.plane(&self.borders, &self.transform)
    }

    /// The ordinals of the areas below `within`: those whose code lies in that gemeente or wijk,
    /// or the area itself. Cost: a search, and a step for each of them.
    pub fn within(&self, within: &AreaCode) -> Vec<usize> {
        let Some(level) = within.cbs_level() else {
            return self.ordinal(within).into_iter().collect();
        };
        let is_placed = |at: &usize| self.placed[*at].as_ref() == Some(within);
        if !self.placed.is_empty() {
            return (0..self.placed.len()).filter(is_placed).collect();
        }
        let digits = &within.as_str()[2..];
        let is_within = |code: &AreaCode| match level {
            Level::Gemeente => code.gemeente().as_ref() == Some(within),
            Level::Wijk => code.wijk().as_ref() == Some(within),
            _ => code == within,
        };
        // Codes that share their digits stand together, once for each level's letters.
        let mut found = Vec::new();
        for letters in ["BU", "GM", "WK"] {
            let start = [letters, digits].concat();
            let first = self.codes.partition_point(|code| code.as_str() < start.as_str());
            let codes = self.codes[first..].iter().zip(first..);
            let sharing = codes.take_while(|(code, _)| code.as_str().starts_with(&start));
            found.extend(sharing.filter(|(code, _)| is_within(code)).map(|(_, at)| at));
        }
        found
    }
}

/// The extent of a box in degrees, from the corners and middles of its RD box; the sides of the
/// box bend by less than the slack of a metre that is added.
fn extent(bbox: Option<BBox>, transform: &RdTransform) -> [f64; 4] {
    let Some(bbox) = bbox else { return [0.0; 4] };
    let (min, max) = (bbox.south_west(), bbox.north_east());
    let middle = Rd { x: f64::midpoint(min.x, max.x), y: f64::midpoint(min.y, max.y) };
    let mut extent = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for x in [min.x, middle.x, max.x] {
        for y in [min.y, middle.y, max.y] {
            let at = transform.to_lonlat(Rd { x, y });
            extent = [
                extent[0].min(at.lon),
                extent[1].min(at.lat),
                extent[2].max(at.lon),
                extent[3].max(at.lat),
            ];
        }
    }
    let slack = 1e-5;
    let grown = [extent[0] - slack, extent[1] - slack, extent[2] + slack, extent[3] + slack];
    grown.map(|degrees| (degrees * 1e5).round() / 1e5)
}

#[cfg(test)]
mod tests {
    use crate::atlas::testdata;

    #[test]
    fn what_is_within_is_what_a_look_at_every_code_finds() {
        let atlas = testdata::atlas();
        let codes: Vec<_> = atlas.coverages().flat_map(|c| c.codes().to_vec()).collect();
        let mut found = 0;
        for coverage in atlas.coverages() {
            for within in &codes {
                let expected: Vec<_> = (0..coverage.len())
                    .filter(|&at| {
                        let code = &coverage.codes()[at];
                        code == within
                            || code.gemeente().as_ref() == Some(within)
                            || code.wijk().as_ref() == Some(within)
                    })
                    .collect();
                found += expected.len();
                assert_eq!(coverage.within(within), expected, "{within}");
            }
        }
        assert!(found > codes.len());
    }
}
