//! The edges of one shape in horizontal bands.

use robust::{Coord, orient2d};

use crate::coverage::shape::{BBox, Shape};

/// Bands that a shape gets: one for so many edges. From 2 to 16 it makes little difference to the
/// time; fewer cost memory.
const EDGES_PER_BAND: usize = 4;

/// At most so many places in bands for an edge, on average, lest shapes of tall edges cost
/// quadratic memory; real borders take two.
const PLACES_PER_EDGE: usize = 8;

/// An edge, its lower end first: millimetres.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) low: [i32; 2],
    pub(super) high: [i32; 2],
}

/// The edges of a shape by height, so that few need to be looked at for a point.
///
/// Which band a height is in, is said by one monotone function for edges and points: an edge is in
/// all bands from that of its lower end to that of its upper end, so whatever rounding does, it is
/// in the band of every point at its height.
#[derive(Debug, Default)]
pub(super) struct Bands {
    bbox: Option<BBox>,
    bands_per_mm: f64,
    /// Where each band starts in `edges`, and where the last one ends.
    starts: Box<[u32]>,
    edges: Box<[Edge]>,
}

impl Edge {
    fn new(a: [i32; 2], b: [i32; 2]) -> Self {
        if a[1] <= b[1] { Self { low: a, high: b } } else { Self { low: b, high: a } }
    }

    /// Whether the ray from `p` to the east, raised by less than anything, meets the edge strictly
    /// east of `p`.
    fn is_east_of(&self, p: Coord<f64>) -> bool {
        let ([ax, ay], [bx, by]) = (self.low.map(f64::from), self.high.map(f64::from));
        if p.y < ay || p.y >= by || (ax <= p.x && bx <= p.x) {
            return false;
        }
        (ax > p.x && bx > p.x) || orient2d(Coord { x: ax, y: ay }, Coord { x: bx, y: by }, p) > 0.0
    }

    /// The squared distance to `p`, square millimetres.
    fn distance_2(&self, p: Coord<f64>) -> f64 {
        let ([ax, ay], [bx, by]) = (self.low.map(f64::from), self.high.map(f64::from));
        let (dx, dy) = (bx - ax, by - ay);
        let along = ((p.x - ax) * dx + (p.y - ay) * dy) / (dx * dx + dy * dy);
        let t = along.clamp(0.0, 1.0);
        let (ex, ey) = (p.x - ax - t * dx, p.y - ay - t * dy);
        ex * ex + ey * ey
    }
}

impl Bands {
    pub(super) fn new(shape: &Shape) -> Self {
        let Some(bbox) = shape.bbox() else { return Self::default() };
        let mut edges = Vec::with_capacity(shape.vertices().len());
        for ring in shape.rings() {
            let ends = ring.iter().skip(1).chain(ring.first());
            edges.extend(ring.iter().zip(ends).map(|(&a, &b)| Edge::new(a, b)));
        }
        let height = f64::from(bbox.max[1]) - f64::from(bbox.min[1]) + 1.0;
        let mut bands = Self { bbox: Some(bbox), ..Self::default() };
        let mut count = (edges.len() / EDGES_PER_BAND).max(1);
        loop {
            bands.bands_per_mm = count as f64 / height;
            let places: usize = edges.iter().map(|edge| bands.span(edge).count()).sum();
            if places <= PLACES_PER_EDGE * edges.len() || count == 1 {
                break;
            }
            count /= 2;
        }
        // A counting sort: places per band, then where each band starts, then the edges.
        let mut starts = vec![0u32; count + 2];
        for edge in &edges {
            for band in bands.span(edge) {
                starts[band + 2] += 1;
            }
        }
        for band in 2..starts.len() {
            starts[band] += starts[band - 1];
        }
        let nothing = Edge { low: [0; 2], high: [0; 2] };
        let mut placed = vec![nothing; starts.last().map_or(0, |&n| n as usize)];
        for edge in &edges {
            for band in bands.span(edge) {
                placed[starts[band + 1] as usize] = *edge;
                starts[band + 1] += 1;
            }
        }
        starts.pop();
        Self { starts: starts.into_boxed_slice(), edges: placed.into_boxed_slice(), ..bands }
    }

    /// The band of a height from the lowest to the highest of the shape.
    fn band(&self, y: f64) -> usize {
        let low = self.bbox.map_or(0.0, |bbox| f64::from(bbox.min[1]));
        ((y - low) * self.bands_per_mm) as usize
    }

    fn span(&self, edge: &Edge) -> std::ops::RangeInclusive<usize> {
        self.band(f64::from(edge.low[1]))..=self.band(f64::from(edge.high[1]))
    }

    pub(super) fn bbox(&self) -> Option<BBox> {
        self.bbox
    }

    /// All edges, some of them more than once.
    pub(super) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Whether the point, millimetres, is in the shape: half-open borders, even-odd.
    pub(super) fn holds(&self, p: Coord<f64>) -> bool {
        let Some(BBox { min, max }) = self.bbox else { return false };
        let within = p.x >= f64::from(min[0])
            && p.x <= f64::from(max[0])
            && p.y >= f64::from(min[1])
            && p.y <= f64::from(max[1]);
        if !within {
            return false;
        }
        let band = self.band(p.y);
        let (start, end) = (self.starts[band] as usize, self.starts[band + 1] as usize);
        self.edges[start..end].iter().filter(|edge| edge.is_east_of(p)).count() % 2 == 1
    }

    /// The squared distance from a point outside to the nearest edge, square millimetres.
    pub(super) fn distance_2(&self, p: Coord<f64>) -> f64 {
        self.edges.iter().map(|edge| edge.distance_2(p)).fold(f64::INFINITY, f64::min)
    }
}
