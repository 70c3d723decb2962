use std::collections::BTreeMap;

use geo::{Area, BooleanOps};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use proptest::prelude::*;

use super::{rings::doubled_area, *};
use crate::layer::testdata::{Dice, Mosaic, mosaic};

/// A star around the middle of a field of 10,000 units, with a hole that is a smaller one.
fn star(dice: &mut Dice, corners: u32) -> GridRings {
    let mut ring = |least: f64, most: f64| -> Vec<[i32; 2]> {
        (0..corners)
            .map(|i| {
                // Towards the south-east first: clockwise on the screen, the way of holes.
                let angle = std::f64::consts::TAU * f64::from(i) / f64::from(corners);
                let reach = least + f64::from(dice.roll(1000)) / 1000.0 * (most - least);
                [5000.0 + reach * angle.cos(), 5000.0 + reach * angle.sin()].map(|v| v as i32)
            })
            .collect()
    };
    let (mut outer, hole) = (ring(2500.0, 5000.0), ring(500.0, 2000.0));
    outer.reverse();
    let mut rings = GridRings::default();
    rings.push(&outer);
    rings.push(&hole);
    rings
}

fn line(ring: &[[i32; 2]]) -> LineString<f64> {
    ring.iter().map(|[x, y]| Coord { x: f64::from(*x), y: f64::from(*y) }).collect()
}

fn polygons(rings: &GridRings, ends: &[usize]) -> MultiPolygon<f64> {
    let mut start = 0;
    ends.iter()
        .map(|&end| {
            let holes = (start + 1..end).map(|hole| line(rings.get(hole))).collect();
            let polygon = Polygon::new(line(rings.get(start)), holes);
            start = end;
            polygon
        })
        .collect()
}

fn clipped(clip: ClipBox, rings: &GridRings) -> (GridRings, Vec<usize>) {
    let (mut out, mut ends) = (GridRings::default(), Vec::new());
    clip.polygon(&rings.span(0..rings.len()), &mut ClipScratch::default(), &mut out, &mut ends);
    (out, ends)
}

#[test]
fn what_is_inside_stays_as_it_is_and_what_is_outside_goes() {
    let rings = star(&mut Dice::new(1), 40);
    let around = ClipBox { min: [-1, -1], max: [10_001, 10_001] };
    assert_eq!(clipped(around, &rings), (rings.clone(), vec![2]));
    let beside = ClipBox { min: [10_001, 0], max: [20_000, 10_000] };
    assert_eq!(clipped(beside, &rings).1, Vec::<usize>::new());
    // In its hole.
    let hole = ClipBox { min: [4900, 4900], max: [5100, 5100] };
    assert_eq!(clipped(hole, &rings).1, Vec::<usize>::new());
}

#[test]
fn a_tile_within_an_area_is_a_square() {
    let mut rings = GridRings::default();
    rings.push(&[[0, 9000], [9000, 9000], [9000, 0], [0, 0]]);
    rings.push(&[[500, 500], [510, 500], [510, 510]]);
    let clip = ClipBox { min: [100, 200], max: [1100, 1300] };
    let (out, ends) = clipped(clip, &rings);
    assert_eq!(ends, [2]);
    assert_eq!(out.get(0), [[100, 1300], [1100, 1300], [1100, 200], [100, 200]]);
    assert_eq!(out.get(1), rings.get(1));
    // An edge along the edge of the tile, and one a unit beyond it.
    let clip = ClipBox { min: [0, 8000], max: [1100, 9000] };
    let mut corner = clipped(clip, &rings).0.get(0).to_vec();
    corner.sort_unstable();
    assert_eq!(corner, [[0, 8000], [0, 9000], [1100, 8000], [1100, 9000]]);
    let clip = ClipBox { min: [9001, 0], max: [9100, 1100] };
    assert!(clipped(clip, &rings).1.is_empty());
}

#[test]
fn what_has_a_vertex_on_the_edge_is_cut_there() {
    let mut rings = GridRings::default();
    // It touches the edge from within, leaves through the corner and comes back.
    rings.push(&[[5, 20], [20, 25], [40, 20], [60, 40], [40, 0], [30, -10], [10, 0], [0, 10]]);
    let (out, ends) = clipped(ClipBox { min: [0, 0], max: [40, 40] }, &rings);
    assert_eq!(ends, [1]);
    let mut corners = out.get(0).to_vec();
    corners.sort_unstable();
    assert_eq!(corners, [[0, 10], [5, 20], [10, 0], [20, 25], [40, 0], [40, 20]]);
    // Two borders that end in one point of the edge, the area between them, and around them.
    let clip = ClipBox { min: [0, 0], max: [40, 40] };
    let wedge = [[0, 20], [10, 30], [10, 10]];
    let mut rings = GridRings::default();
    rings.push(&wedge);
    assert_eq!(clipped(clip, &rings), (rings, vec![1]));
    let mut rings = GridRings::default();
    rings.push(&[[-10, 60], [60, 60], [60, -10], [-10, -10]]);
    rings.push(&[wedge[0], wedge[2], wedge[1]]);
    let (out, ends) = clipped(clip, &rings);
    assert_eq!(ends, [2]);
    assert_eq!(out.iter().map(doubled_area).collect::<Vec<_>>(), [-3200, 200]);
}

#[test]
fn prongs_that_reach_into_a_tile_are_polygons_of_their_own() {
    let mut rings = GridRings::default();
    let comb = [[0, 100], [40, 100], [40, 0], [30, 0], [30, 80], [10, 80], [10, 0], [0, 0]];
    rings.push(&comb);
    let (out, ends) = clipped(ClipBox { min: [-5, -5], max: [45, 50] }, &rings);
    assert_eq!(ends, [1, 2]);
    let sizes: Vec<i64> = out.iter().map(doubled_area).collect();
    assert_eq!(sizes, [-1000, -1000]);
}

proptest! {
    /// Against an overlay that knows nothing of tiles.
    #[test]
    fn clips_as_an_overlay_does(
        seed in 0u64..1 << 40,
        corners in 3u32..120,
        west in -500i32..9000, north in -500i32..9000,
        width in 2i32..9000, height in 2i32..9000,
    ) {
        let rings = star(&mut Dice::new(seed), corners);
        let clip = ClipBox { min: [west, north], max: [west + width, north + height] };
        let (out, ends) = clipped(clip, &rings);
        let ours = polygons(&out, &ends);
        let corners: LineString<f64> = line(&[
            clip.min, [clip.max[0], clip.min[1]], clip.max, [clip.min[0], clip.max[1]],
        ]);
        let tile = Polygon::new(corners, vec![]);
        let expected = polygons(&rings, &[2]).intersection(&tile);
        for [x, y] in out.iter().flatten() {
            prop_assert!((clip.min[0]..=clip.max[0]).contains(x), "{x} in {clip:?}");
            prop_assert!((clip.min[1]..=clip.max[1]).contains(y), "{y} in {clip:?}");
        }
        // What rounding moves is less than a unit along what bounds it.
        let around = f64::from(2 * (width + height)) + expected.iter().map(perimeter).sum::<f64>();
        let difference = (ours.unsigned_area() - expected.unsigned_area()).abs();
        prop_assert!(difference <= around, "{difference} of {around}");
        let apart = ours.xor(&expected).unsigned_area();
        prop_assert!(apart <= 2.0 * around, "{apart} of {around}");
    }
}

fn perimeter(polygon: &Polygon<f64>) -> f64 {
    use geo::{Euclidean, Length};
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    rings.map(|ring| Euclidean.length(ring)).sum()
}

/// An area by its number, with its rings in a tile and where its polygons end.
type CutArea = (usize, GridRings, Vec<usize>);

/// Every tile of a zoom that meets the mosaic, with what is in it of each area. Beyond the finest
/// grid, the tiles around one corner of a few areas.
fn cut(mosaic: &Mosaic, zoom: u8) -> Vec<(ClipBox, Vec<CutArea>)> {
    let finest = mosaic.plane.arcs(&mosaic.topology, zoom);
    let deeper = zoom.saturating_sub(FINEST);
    let mut tiles: Vec<Tile> = if deeper > 0 {
        let corners = (0..finest.len()).step_by(5).map(|arc| finest.get(arc)[0]);
        let tile =
            |[x, y]: [i32; 2]| (-1..=1).flat_map(move |i| (-1..=1).map(move |j| [x + i, y + j]));
        let near = corners.flat_map(|corner| tile(corner.map(|v| v >> (12 - deeper))));
        near.filter_map(|[x, y]| Tile::new(zoom, x as u32, y as u32)).collect()
    } else {
        let boxes = mosaic.footprints.boxes(zoom).flat_map(|(_, [west, north, east, south])| {
            let column = west >> 12..=east >> 12;
            column.flat_map(move |x| (north >> 12..=south >> 12).map(move |y| (x, y)))
        });
        boxes.filter_map(|(x, y)| Tile::new(zoom, x as u32, y as u32)).collect()
    };
    tiles.sort_by_key(|tile| tile.id());
    tiles.dedup();
    let rings = mosaic.topology.rings();
    tiles
        .into_iter()
        .map(|tile| {
            let frame = Frame::of(tile);
            let clip = frame.clip();
            let wide = |point: [i32; 2]| point.map(i64::from);
            let areas = mosaic.footprints.meeting(zoom, [wide(clip.min), wide(clip.max)]);
            let cut_deeper = (deeper > 0).then(|| frame.cut_deeper(finest, rings, &areas));
            let grid = cut_deeper.as_ref().unwrap_or(finest);
            let mut cutter = Cutter::new(clip);
            let mut cut = |area| {
                let (rings, ends) = cutter.cut(area, grid, rings);
                (!ends.is_empty()).then(|| (area, rings.clone(), ends.to_vec()))
            };
            (clip, areas.into_iter().filter_map(&mut cut).collect())
        })
        .collect()
}

/// Neighbours are cut and rounded alike: whatever border one area has within a tile, another has
/// in the other direction, and a tile inside the coverage is covered to the last unit.
#[test]
fn tiles_have_neither_gaps_nor_overlaps() {
    for seed in 0..4 {
        let mosaic = mosaic(seed, 12);
        let mut covered = 0;
        for zoom in [2, 4, 6, 9, 11, 13, 14, 15, 16, 17, 19, 22] {
            for (clip, areas) in cut(&mosaic, zoom) {
                let mut edges: BTreeMap<([i32; 2], [i32; 2]), i32> = BTreeMap::new();
                let mut size = 0;
                for (_, rings, _) in &areas {
                    for ring in rings.iter() {
                        size -= doubled_area(ring);
                        for (&a, &b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                            let (key, sign) = if a < b { ((a, b), 1) } else { ((b, a), -1) };
                            *edges.entry(key).or_default() += sign;
                        }
                    }
                }
                let is_at_edge = |a: [i32; 2], b: [i32; 2]| {
                    (0..2).any(|i| a[i] == b[i] && (a[i] == clip.min[i] || a[i] == clip.max[i]))
                };
                let open: Vec<_> = edges
                    .iter()
                    .filter(|((a, b), net)| **net != 0 && !is_at_edge(*a, *b))
                    .collect();
                // Where the coverage ends, so do the borders; lakes are nobody's.
                let whole =
                    i64::from(clip.max[0] - clip.min[0]) * i64::from(clip.max[1] - clip.min[1]) * 2;
                if open.is_empty() && !areas.is_empty() {
                    assert_eq!(size, whole, "zoom {zoom} {clip:?}");
                    covered += 1;
                }
                assert!(size <= whole, "zoom {zoom} {clip:?}");
            }
        }
        assert!(covered > 100, "{covered} tiles inside");
    }
}

/// The parts of an area in all tiles of a zoom are the area.
#[test]
fn parts_in_tiles_add_up_to_the_area() {
    let mosaic = mosaic(7, 8);
    let zoom = 14;
    let grid = mosaic.plane.arcs(&mosaic.topology, zoom);
    let mut parts = vec![0.0; mosaic.shapes.len()];
    for (clip, areas) in cut(&mosaic, zoom) {
        // Without the buffer, which overlaps.
        let tile = ClipBox { min: clip.min.map(|v| v + 64), max: clip.max.map(|v| v - 64) };
        let mut cutter = Cutter::new(tile);
        for (area, ..) in &areas {
            let (rings, ends) = cutter.cut(*area, grid, mosaic.topology.rings());
            parts[*area] += polygons(rings, ends).unsigned_area();
        }
    }
    let everything = ClipBox { min: [0; 2], max: [i32::MAX >> 4; 2] };
    for (area, part) in parts.iter().enumerate() {
        let mut cutter = Cutter::new(everything);
        let (rings, ends) = cutter.cut(area, grid, mosaic.topology.rings());
        let whole = polygons(rings, ends).unsigned_area();
        assert!((part / whole - 1.0).abs() < 1e-4, "{area}: {part} of {whole}");
    }
}

#[test]
fn polygons_in_tiles_are_valid() {
    use geo::Validation;
    for seed in 3..6 {
        let mosaic = mosaic(seed, 12);
        let mut put_together = 0;
        for zoom in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 17, 18, 20, 22] {
            let grid = mosaic.plane.arcs(&mosaic.topology, zoom);
            put_together += (0..grid.len()).filter(|&arc| grid.meets_others(arc)).count();
            for (clip, areas) in cut(&mosaic, zoom) {
                for (area, rings, ends) in areas {
                    let polygons = polygons(&rings, &ends);
                    let fault = polygons.check_validation();
                    assert!(fault.is_ok(), "zoom {zoom} {clip:?} {area}: {fault:?} {polygons:?}");
                }
            }
        }
        assert!(put_together > 100, "{put_together} arcs meet others");
    }
}
