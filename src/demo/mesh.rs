//! Small cells that tile the plane; every area of every division is a union of them.

use super::{
    chance::{Chance, Stream},
    landscape::Landscape,
};

/// No half-edge, no cell, no owner.
pub(super) const NONE: u32 = u32::MAX;

/// The dual of a Delaunay triangulation: a cell round each site, bounded by the centroids of the
/// site's triangles, so that each cell is star-shaped and no border is very short.
///
/// Half-edge `e` runs from `from(e)` to `to(e)` along triangle `e / 3`, which lies on its left;
/// the border between the two cells runs from `junction(twin(e) / 3)` to `junction(e / 3)`, with
/// the cell of `from(e)` on its left.
pub(super) struct Mesh {
    pub(super) sites: Vec<[f64; 2]>,
    starts: Vec<u32>,
    twins: Vec<u32>,
    /// Half-edges by the site they start from, `first[site]..first[site + 1]`.
    outgoing: Vec<u32>,
    first: Vec<u32>,
    /// Where three cells meet, by triangle.
    pub(super) junctions: Vec<[f64; 2]>,
    /// Square metres, by site.
    pub(super) areas: Vec<f64>,
}

impl Mesh {
    /// Cells as small as the landscape wants them.
    pub(super) fn new(seed: u64, land: &Landscape) -> Self {
        let mut sites = scatter(seed, land);
        let mut mesh = Self::of(std::mem::take(&mut sites));
        for _ in 0..2 {
            let relaxed = (0..mesh.sites.len()).map(|site| mesh.relaxed(site)).collect();
            mesh = Self::of(relaxed);
        }
        mesh
    }

    fn of(sites: Vec<[f64; 2]>) -> Self {
        let points: Vec<_> = sites.iter().map(|&[x, y]| delaunator::Point { x, y }).collect();
        let found = delaunator::triangulate(&points);
        let mut starts: Vec<u32> = found.triangles.iter().map(|&site| site as u32).collect();
        let mut twins: Vec<u32> = found
            .halfedges
            .iter()
            .map(|&twin| if twin == delaunator::EMPTY { NONE } else { twin as u32 })
            .collect();
        let at = |site: u32| sites[site as usize];
        if let [a, b, c, ..] = starts[..]
            && cross(at(a), at(b), at(c)) < 0.0
        {
            // Turn all triangles round: a b c becomes a c b.
            let turned = |e: u32| e - e % 3 + (2 - e % 3);
            let old = twins.clone();
            for (e, &twin) in old.iter().enumerate() {
                twins[turned(e as u32) as usize] = if twin == NONE { NONE } else { turned(twin) };
            }
            for triangle in starts.chunks_exact_mut(3) {
                triangle.swap(1, 2);
            }
        }
        let mut first = vec![0_u32; sites.len() + 1];
        for &site in &starts {
            first[site as usize + 1] += 1;
        }
        for site in 0..sites.len() {
            first[site + 1] += first[site];
        }
        let mut next = first.clone();
        let mut outgoing = vec![0_u32; starts.len()];
        for (edge, &site) in starts.iter().enumerate() {
            outgoing[next[site as usize] as usize] = edge as u32;
            next[site as usize] += 1;
        }
        let mut areas = vec![0.0; sites.len()];
        let junctions = starts
            .chunks_exact(3)
            .map(|triangle| {
                let [a, b, c] = [at(triangle[0]), at(triangle[1]), at(triangle[2])];
                for &site in triangle {
                    areas[site as usize] += cross(a, b, c) / 6.0;
                }
                [(a[0] + b[0] + c[0]) / 3.0, (a[1] + b[1] + c[1]) / 3.0]
            })
            .collect();
        Self { sites, starts, twins, outgoing, first, junctions, areas }
    }

    /// A site moved towards the middle of its neighbours; sites at the rim stay.
    fn relaxed(&self, site: usize) -> [f64; 2] {
        let [x, y] = self.sites[site];
        let (mut sum, mut count) = ([0.0, 0.0], 0.0);
        for edge in self.edges(site) {
            if self.twin(edge) == NONE {
                return [x, y];
            }
            let [u, v] = self.sites[self.to(edge)];
            sum = [sum[0] + u, sum[1] + v];
            count += 1.0;
        }
        if count == 0.0 {
            return [x, y];
        }
        [0.4 * x + 0.6 * sum[0] / count, 0.4 * y + 0.6 * sum[1] / count]
    }

    /// The half-edges that start from a site.
    pub(super) fn edges(&self, site: usize) -> impl Iterator<Item = u32> {
        let range = self.first[site] as usize..self.first[site + 1] as usize;
        self.outgoing[range].iter().copied()
    }

    /// The cells beside a cell.
    pub(super) fn neighbours(&self, site: usize) -> impl Iterator<Item = usize> {
        self.edges(site).map(|edge| self.to(edge))
    }

    pub(super) fn half_edges(&self) -> u32 {
        self.starts.len() as u32
    }
    pub(super) fn from(&self, edge: u32) -> usize {
        self.starts[edge as usize] as usize
    }
    pub(super) fn to(&self, edge: u32) -> usize {
        self.from(next(edge))
    }
    pub(super) fn twin(&self, edge: u32) -> u32 {
        self.twins[edge as usize]
    }

    /// Whether a cell is unbounded: it lies at the rim of the triangulation.
    pub(super) fn is_rim(&self, site: usize) -> bool {
        self.edges(site).any(|edge| self.twin(edge) == NONE)
            || self.edges(site).any(|edge| self.twin(previous(edge)) == NONE)
    }

    pub(super) fn distance(&self, a: usize, b: usize) -> f64 {
        let ([x, y], [u, v]) = (self.sites[a], self.sites[b]);
        ((x - u) * (x - u) + (y - v) * (y - v)).sqrt()
    }

    /// Draws the two ends of a border together, so that four cells meet in a point.
    pub(super) fn pinch(&mut self, edge: u32) {
        let twin = self.twin(edge);
        if twin == NONE {
            return;
        }
        let (a, b) = (self.sites[self.from(edge)], self.sites[self.to(edge)]);
        let middle = [f64::midpoint(a[0], b[0]), f64::midpoint(a[1], b[1])];
        self.junctions[edge as usize / 3] = middle;
        self.junctions[twin as usize / 3] = middle;
    }
}

/// The next half-edge of the same triangle.
pub(super) fn next(edge: u32) -> u32 {
    if edge % 3 == 2 { edge - 2 } else { edge + 1 }
}

/// The previous half-edge of the same triangle.
pub(super) fn previous(edge: u32) -> u32 {
    if edge.is_multiple_of(3) { edge + 2 } else { edge - 1 }
}

fn cross(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Sites from a quadtree that is split until its squares are as small as cells should be; one
/// jittered site a square.
fn scatter(seed: u64, land: &Landscape) -> Vec<[f64; 2]> {
    let root = 6_000.0 * land.scale;
    let [west, south, east, north] = land.bounds();
    // A rim beyond the bounds, so that no area touches an unbounded cell.
    let (columns, rows) = (((east - west) / root) as i64 + 4, ((north - south) / root) as i64 + 4);
    let mut sites = Vec::new();
    let mut open = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            let corner = |i: i64, low: f64| low + (i - 2) as f64 * root;
            open.push(([corner(column, west), corner(row, south)], root));
            while let Some((corner, size)) = open.pop() {
                let index =
                    corner[0].to_bits() ^ corner[1].to_bits().rotate_left(21) ^ size.to_bits();
                let mut chance = Chance::new(seed, Stream::Cells, index);
                let half = size / 2.0;
                let wanted = land.cell_size([corner[0] + half, corner[1] + half]);
                if size > wanted * chance.between(1.0, 1.9) {
                    for [dx, dy] in [[0.0, 0.0], [half, 0.0], [0.0, half], [half, half]] {
                        open.push(([corner[0] + dx, corner[1] + dy], half));
                    }
                } else {
                    let mut within = || chance.between(0.12, 0.88) * size;
                    sites.push([corner[0] + within(), corner[1] + within()]);
                }
            }
        }
    }
    sites
}
