//! Shapes: each border drawn once, as a jagged line that both its areas share.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use super::{
    chance::{Chance, Stream},
    division::{Division, Kind},
    growth::components,
    mesh::{Mesh, NONE, next, previous},
};

/// Every border of every division, drawn.
pub(super) struct Borders<'a> {
    mesh: &'a Mesh,
    /// For each half-edge where its line begins in `points`, and how many points it has.
    lines: Vec<(u32, u16)>,
    points: Vec<Coord<f64>>,
}

/// How a border is drawn: how often it is halved, and how far it strays.
struct Manner {
    halvings: u32,
    stray: f64,
}

impl<'a> Borders<'a> {
    /// Draws every border that some division has.
    pub(super) fn new(seed: u64, mesh: &'a Mesh, divisions: &[&Division]) -> Self {
        let mut borders =
            Self { mesh, lines: vec![(0, 0); mesh.half_edges() as usize], points: Vec::new() };
        for edge in 0..mesh.half_edges() {
            let twin = mesh.twin(edge);
            if twin == NONE || twin < edge {
                continue;
            }
            let manner = divisions
                .iter()
                .filter_map(|division| manner(division, mesh.from(edge), mesh.to(edge)))
                .max_by_key(|manner| manner.halvings);
            if let Some(manner) = manner {
                let begin = borders.points.len() as u32;
                borders.draw(
                    &mut Chance::new(seed, Stream::Borders, u64::from(edge)),
                    edge,
                    &manner,
                );
                borders.lines[edge as usize] =
                    (begin, (borders.points.len() as u32 - begin) as u16);
            }
        }
        borders
    }

    /// Draws the line of a half-edge, both ends included.
    ///
    /// The line is a graph over the straight border that stays within 0.8 of the two triangles
    /// that the border spans with the sites on either side. Those triangles belong to this border
    /// alone, so no two lines cross.
    fn draw(&mut self, chance: &mut Chance, edge: u32, manner: &Manner) {
        let mesh = self.mesh;
        let from = mesh.junctions[mesh.twin(edge) as usize / 3];
        let to = mesh.junctions[edge as usize / 3];
        let (left, right) = (mesh.sites[mesh.from(edge)], mesh.sites[mesh.to(edge)]);
        let middle = [f64::midpoint(from[0], to[0]), f64::midpoint(from[1], to[1])];
        let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
        let length = (dx * dx + dy * dy).sqrt();
        // No step shorter than a few metres: the grid of millimetres must not fold the line.
        let mut halvings = manner.halvings;
        while halvings > 0 && length < 4.0 * f64::from(1_u32 << halvings) {
            halvings -= 1;
        }
        let steps = 1_usize << halvings;
        let mut heights = vec![0.0; steps + 1];
        let mut stride = steps;
        while stride > 1 {
            let half = stride / 2;
            for at in (half..steps).step_by(stride) {
                let part = at as f64 / steps as f64;
                let bound = 0.8 * part.min(1.0 - part);
                let reach = manner.stray * stride as f64 / steps as f64;
                let mean = f64::midpoint(heights[at - half], heights[at + half]);
                heights[at] = (mean + reach * chance.between(-1.0, 1.0)).clamp(-bound, bound);
            }
            stride = half;
        }
        for (at, height) in heights.into_iter().enumerate() {
            let part = at as f64 / steps as f64;
            let site = if height > 0.0 { left } else { right };
            let out = 2.0 * f64::abs(height);
            let point = Coord {
                x: millimetres(from[0] + part * dx + out * (site[0] - middle[0])),
                y: millimetres(from[1] + part * dy + out * (site[1] - middle[1])),
            };
            // A pinched border is a point.
            if at == 0 || self.points.last() != Some(&point) {
                self.points.push(point);
            }
        }
    }

    /// The shape of each region that cells belong to, in RD metres, on whole millimetres: rings
    /// closed, outer rings counter-clockwise, holes clockwise. A region's parts stand in the order
    /// of their first cells.
    pub(super) fn shapes(&self, region_of: &[u32], regions: usize) -> Vec<MultiPolygon<f64>> {
        let mesh = self.mesh;
        let (part_of, parts) = components(
            region_of.len(),
            |cell| region_of[cell] != NONE,
            |cell, visit| {
                let same = |&other: &usize| region_of[other] == region_of[cell];
                mesh.neighbours(cell).filter(same).for_each(visit);
            },
        );
        let mut outer: Vec<Option<LineString<f64>>> = vec![None; parts as usize];
        let mut holes: Vec<Vec<LineString<f64>>> = vec![Vec::new(); parts as usize];
        let mut region_of_part = vec![0_usize; parts as usize];
        let mut drawn = vec![false; mesh.half_edges() as usize];
        for edge in 0..mesh.half_edges() {
            let cell = mesh.from(edge);
            let region = region_of[cell];
            if region == NONE || region_of[mesh.to(edge)] == region || drawn[edge as usize] {
                continue;
            }
            let part = part_of[cell] as usize;
            region_of_part[part] = region as usize;
            let ring = self.ring(edge, region_of, &mut drawn);
            if doubled_area(&ring.0) > 0.0 {
                outer[part] = Some(ring);
            } else {
                holes[part].push(ring);
            }
        }
        let mut shapes = vec![MultiPolygon(Vec::new()); regions];
        for ((outer, holes), region) in outer.into_iter().zip(holes).zip(region_of_part) {
            if let Some(outer) = outer {
                shapes[region].0.push(Polygon::new(outer, holes));
            }
        }
        shapes
    }

    /// Walks along a region from border to border, the region on the left.
    fn ring(&self, start: u32, region_of: &[u32], drawn: &mut [bool]) -> LineString<f64> {
        let mesh = self.mesh;
        let region = region_of[mesh.from(start)];
        let mut ring = Vec::new();
        let mut edge = start;
        loop {
            drawn[edge as usize] = true;
            self.append(edge, &mut ring);
            // At the junction, the third cell decides whether the border turns left or right.
            let third = mesh.from(previous(edge));
            edge = if region_of[third] == region {
                mesh.twin(next(edge))
            } else {
                mesh.twin(previous(edge))
            };
            if edge == start || edge == NONE {
                break;
            }
        }
        if let Some(&first) = ring.first() {
            ring.push(first);
        }
        LineString(ring)
    }

    /// Adds the line of a half-edge but its last point, which the next line begins with.
    fn append(&self, edge: u32, ring: &mut Vec<Coord<f64>>) {
        let line = |edge: u32| {
            let (begin, count) = self.lines[edge as usize];
            &self.points[begin as usize..begin as usize + count as usize]
        };
        let twin = self.mesh.twin(edge);
        if edge < twin {
            if let Some((_, line)) = line(edge).split_last() {
                ring.extend_from_slice(line);
            }
        } else if let Some((_, line)) = line(twin).split_first() {
            ring.extend(line.iter().rev());
        }
    }
}

/// How the border between two cells is drawn; `None` where a division has no border there.
fn manner(division: &Division, a: usize, b: usize) -> Option<Manner> {
    let (a, b) = (division.of_cell[a], division.of_cell[b]);
    if a == b {
        return None;
    }
    let kind = |buurt: u32| (buurt != NONE).then(|| division.buurten[buurt as usize].kind);
    let wet = |kind: Option<Kind>| kind.is_none_or(Kind::is_water);
    let (a, b) = (kind(a), kind(b));
    Some(match (a, b) {
        _ if wet(a) != wet(b) => Manner { halvings: 4, stray: 0.36 },
        _ if wet(a) => Manner { halvings: 1, stray: 0.02 },
        (Some(Kind::Town), Some(Kind::Town)) => Manner { halvings: 2, stray: 0.12 },
        _ => Manner { halvings: 3, stray: 0.24 },
    })
}

fn millimetres(metres: f64) -> f64 {
    (metres * 1000.0).round() / 1000.0
}

/// Twice the area within a closed ring in square metres, positive where it runs counter-clockwise.
fn doubled_area(ring: &[Coord<f64>]) -> f64 {
    let Some(&origin) = ring.first() else { return 0.0 };
    ring.windows(2)
        .map(|pair| {
            let (a, b) = (pair[0] - origin, pair[1] - origin);
            a.x * b.y - a.y * b.x
        })
        .sum()
}

/// Draws some borders together, so that four buurten meet in a point: about two in three
/// gemeenten. Only where no area of any level would touch itself there.
pub(super) fn pinch_some(seed: u64, mesh: &mut Mesh, divisions: &[&Division]) {
    let mut wanted = divisions.iter().map(|d| d.gemeenten.len()).max().unwrap_or(0) * 2 / 3 + 1;
    let mut order: Vec<u32> = (0..mesh.half_edges()).collect();
    Chance::new(seed, Stream::Borders, u64::MAX).shuffle(&mut order);
    let mut used = vec![false; order.len() / 3];
    for edge in order {
        if wanted == 0 {
            return;
        }
        let twin = mesh.twin(edge);
        if twin == NONE || used[edge as usize / 3] || used[twin as usize / 3] {
            continue;
        }
        // Round the point: a, the third on the right, b, the third on the left.
        let cells =
            [mesh.from(edge), mesh.from(previous(twin)), mesh.to(edge), mesh.from(previous(edge))];
        let fits = divisions.iter().all(|division| {
            let buurten = cells.map(|cell| division.of_cell[cell]);
            if buurten.contains(&NONE) {
                return false;
            }
            let buurten = buurten.map(|buurt| buurt as usize);
            let mut distinct = buurten;
            distinct.sort_unstable();
            let four = distinct.windows(2).all(|pair| pair[0] != pair[1])
                && buurten.iter().all(|&buurt| division.buurten[buurt].kind == Kind::Town);
            let crossed = |of: [usize; 4]| {
                (of[0] == of[2] || of[1] == of[3]) && !(of.iter().all(|&area| area == of[0]))
            };
            four && !crossed(buurten.map(|buurt| division.buurten[buurt].wijk))
                && !crossed(buurten.map(|buurt| division.gemeente_of(buurt)))
        });
        if fits {
            used[edge as usize / 3] = true;
            used[twin as usize / 3] = true;
            mesh.pinch(edge);
            wanted -= 1;
        }
    }
}
