//! Rings on the grid of a tile.

use rustc_hash::FxHashMap;

/// Rings one after another, none closed by repeating its first vertex; x east, y south.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridRings {
    vertices: Vec<[i32; 2]>,
    ends: Vec<usize>,
}

impl GridRings {
    /// How many rings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Removes all rings.
    pub fn clear(&mut self) {
        self.vertices.clear();
        self.ends.clear();
    }

    /// The rings in turn.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[[i32; 2]]> + Clone {
        (0..self.len()).map(|ring| self.get(ring))
    }

    /// One ring.
    pub fn get(&self, ring: usize) -> &[[i32; 2]] {
        let start = if ring == 0 { 0 } else { self.ends[ring - 1] };
        &self.vertices[start..self.ends[ring]]
    }

    /// Some of the rings, by number.
    pub(super) fn span(&self, numbers: std::ops::Range<usize>) -> RingSpan<'_> {
        RingSpan { rings: self, numbers }
    }

    /// Adds a ring as it is.
    pub fn push(&mut self, ring: &[[i32; 2]]) {
        self.push_from(ring.iter().copied());
    }

    /// Adds a ring as it is.
    pub(super) fn push_from(&mut self, ring: impl IntoIterator<Item = [i32; 2]>) {
        self.vertices.extend(ring);
        self.ends.push(self.vertices.len());
    }

    /// Adds a ring, filled by `fill`, without repeated vertices and spikes; says which way it runs:
    /// positive where clockwise on the screen. One that has no area then is left out.
    pub(super) fn push_tidy(&mut self, fill: impl FnOnce(&mut Vec<[i32; 2]>)) -> i64 {
        let start = self.vertices.len();
        fill(&mut self.vertices);
        tidy(&mut self.vertices, start);
        let area = doubled_area(&self.vertices[start..]);
        if area == 0 {
            self.vertices.truncate(start);
        } else {
            self.ends.push(self.vertices.len());
        }
        area
    }

    /// Removes the last ring.
    pub(super) fn pop(&mut self) {
        if self.ends.pop().is_some() {
            self.vertices.truncate(self.ends.last().copied().unwrap_or_default());
        }
    }
}

/// Rings that stand one after another among others.
#[derive(Clone, Debug)]
pub(super) struct RingSpan<'a> {
    rings: &'a GridRings,
    numbers: std::ops::Range<usize>,
}

impl<'a> RingSpan<'a> {
    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    pub(super) fn get(&self, ring: usize) -> &'a [[i32; 2]] {
        self.rings.get(self.numbers.start + ring)
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &'a [[i32; 2]]> {
        self.numbers.clone().map(|ring| self.rings.get(ring))
    }
}

/// Outer rings and holes of a polygon that come one after the other, and which holes are in which.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    outers: GridRings,
    holes: GridRings,
    tidied: GridRings,
    /// The vertices of a ring in order, to find those that come twice.
    sorted: Vec<[i32; 2]>,
    places: FxHashMap<[i32; 2], usize>,
    open: Vec<[i32; 2]>,
}

impl Parts {
    pub(super) fn clear(&mut self) {
        self.outers.clear();
        self.holes.clear();
    }

    /// Adds a ring, without repeated vertices and spikes, as rings that do not touch themselves in
    /// a vertex. Whether each is an outer ring or a hole shows in the way it runs.
    pub(super) fn add(&mut self, ring: &[[i32; 2]]) {
        self.tidied.clear();
        if self.tidied.push_tidy(|into| into.extend(ring)) == 0 {
            return;
        }
        let ring = self.tidied.get(0);
        self.sorted.clear();
        self.sorted.extend(ring);
        self.sorted.sort_unstable();
        if self.sorted.windows(2).all(|pair| pair[0] != pair[1]) {
            file(&mut self.outers, &mut self.holes, ring);
            return;
        }
        // What lies between two visits of a vertex is a ring of its own.
        self.places.clear();
        self.open.clear();
        for &vertex in ring {
            if let Some(&place) = self.places.get(&vertex) {
                for inner in &self.open[place + 1..] {
                    self.places.remove(inner);
                }
                file(&mut self.outers, &mut self.holes, &self.open[place..]);
                self.open.truncate(place + 1);
            } else {
                self.places.insert(vertex, self.open.len());
                self.open.push(vertex);
            }
        }
        file(&mut self.outers, &mut self.holes, &self.open);
    }

    /// Puts the polygons behind `out`, outer ring first, and in `ends` where each of them ends. A
    /// hole in no outer ring is left out.
    pub(super) fn polygons(&self, out: &mut GridRings, ends: &mut Vec<usize>) {
        if self.outers.len() == 1 {
            out.push(self.outers.get(0));
            for hole in self.holes.iter() {
                out.push(hole);
            }
            ends.push(out.len());
            return;
        }
        let owner = |hole: &[[i32; 2]]| {
            let around = self.outers.iter().enumerate().filter(|(_, outer)| holds(outer, hole));
            around.min_by_key(|(_, outer)| -doubled_area(outer)).map(|(at, _)| at)
        };
        let owners: Vec<Option<usize>> = self.holes.iter().map(owner).collect();
        for (at, outer) in self.outers.iter().enumerate() {
            out.push(outer);
            for (hole, _) in self.holes.iter().zip(&owners).filter(|(_, of)| **of == Some(at)) {
                out.push(hole);
            }
            ends.push(out.len());
        }
    }
}

/// Files a ring by the way it runs, where it encloses anything.
fn file(outers: &mut GridRings, holes: &mut GridRings, ring: &[[i32; 2]]) {
    let rings = if doubled_area(ring) < 0 { outers } else { holes };
    rings.push_tidy(|into| into.extend(ring));
}

/// Whether a ring holds another that does not cross it.
fn holds(outer: &[[i32; 2]], inner: &[[i32; 2]]) -> bool {
    // They may touch: what counts is a vertex or the middle of an edge that is on neither side.
    let vertices = inner.iter().map(|vertex| vertex.map(|v| 2 * i64::from(v)));
    let next = inner.iter().cycle().skip(1);
    let middles = inner
        .iter()
        .zip(next)
        .map(|(a, b)| [0, 1].map(|axis| i64::from(a[axis]) + i64::from(b[axis])));
    vertices.chain(middles).find_map(|point| side(outer, point)).unwrap_or(true)
}

/// Whether a ring holds a point, in doubled coordinates; `None` on its border.
fn side(ring: &[[i32; 2]], [x, y]: [i64; 2]) -> Option<bool> {
    let mut a = ring.last()?.map(|v| 2 * i64::from(v));
    let mut is_inside = false;
    for b in ring.iter().map(|vertex| vertex.map(|v| 2 * i64::from(v))) {
        let turn = (b[0] - a[0]) * (y - a[1]) - (x - a[0]) * (b[1] - a[1]);
        let within =
            |axis: usize, v: i64| (a[axis].min(b[axis])..=a[axis].max(b[axis])).contains(&v);
        if turn == 0 && within(0, x) && within(1, y) {
            return None;
        }
        if (a[1] <= y) != (b[1] <= y) {
            is_inside ^= (turn < 0) == (b[1] > a[1]);
        }
        a = b;
    }
    Some(is_inside)
}

/// Twice the signed area of a ring: positive where it runs clockwise on the screen.
pub(super) fn doubled_area(ring: &[[i32; 2]]) -> i64 {
    let Some(&[ox, oy]) = ring.first() else { return 0 };
    let relative = |[x, y]: [i32; 2]| [i64::from(x - ox), i64::from(y - oy)];
    ring.windows(2)
        .map(|pair| {
            let ([ax, ay], [bx, by]) = (relative(pair[0]), relative(pair[1]));
            ax * by - ay * bx
        })
        .sum()
}

/// Removes repeated vertices and spikes of the ring that stands from `start` on.
fn tidy(vertices: &mut Vec<[i32; 2]>, start: usize) {
    let mut kept = start;
    for at in start..vertices.len() {
        let vertex = vertices[at];
        while kept > start + 1 && is_spike(vertices[kept - 2], vertices[kept - 1], vertex) {
            kept -= 1;
        }
        if kept == start || vertices[kept - 1] != vertex {
            vertices[kept] = vertex;
            kept += 1;
        }
    }
    // Where it closes: from the end, and from the start, which moves on.
    let mut first = start;
    while kept > first + 2 {
        let (last, next) = (vertices[kept - 1], vertices[first]);
        if last == next || is_spike(vertices[kept - 2], last, next) {
            kept -= 1;
        } else if is_spike(last, next, vertices[first + 1]) {
            first += 1;
        } else {
            break;
        }
    }
    if kept <= first + 2 {
        kept = first;
    }
    vertices.truncate(kept);
    if first > start {
        vertices.drain(start..first);
    }
}

/// Whether the way from `a` to `b` turns back on itself at `b`.
fn is_spike(a: [i32; 2], b: [i32; 2], c: [i32; 2]) -> bool {
    let [ux, uy] = [i64::from(a[0] - b[0]), i64::from(a[1] - b[1])];
    let [vx, vy] = [i64::from(c[0] - b[0]), i64::from(c[1] - b[1])];
    ux * vy == uy * vx && ux * vx + uy * vy > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(ring: &[[i32; 2]]) -> Vec<[i32; 2]> {
        let mut rings = GridRings::default();
        rings.push(&[[0, 9], [9, 9], [0, 0]]);
        match rings.push_tidy(|vertices| vertices.extend(ring)) {
            0 => vec![],
            _ => rings.get(1).to_vec(),
        }
    }

    #[test]
    fn a_ring_that_touches_itself_is_several() {
        let polygons = |rings: &[&[[i32; 2]]]| {
            let mut parts = Parts::default();
            for ring in rings {
                parts.add(ring);
            }
            let (mut out, mut ends) = (GridRings::default(), Vec::new());
            parts.polygons(&mut out, &mut ends);
            let rings: Vec<Vec<[i32; 2]>> = out.iter().map(<[_]>::to_vec).collect();
            (rings, ends)
        };
        // Two squares that meet in a corner, walked in one go.
        let eight: &[[i32; 2]] = &[[0, 8], [4, 8], [4, 4], [8, 4], [8, 0], [4, 0], [4, 4], [0, 4]];
        let (rings, ends) = polygons(&[eight]);
        assert_eq!(ends, [1, 2]);
        assert_eq!(rings.iter().map(|ring| doubled_area(ring)).collect::<Vec<_>>(), [-32, -32]);
        // A lake whose outlet has no width.
        let lake: &[[i32; 2]] = &[[0, 9], [9, 9], [9, 4], [6, 6], [6, 2], [9, 4], [9, 0], [0, 0]];
        let (rings, ends) = polygons(&[lake]);
        assert_eq!(ends, [2]);
        assert_eq!(rings[1].len(), 3);
        // A hole belongs to what is around it, also where it touches it.
        let west: &[[i32; 2]] = &[[0, 9], [9, 9], [9, 0], [0, 0]];
        let east: &[[i32; 2]] = &[[10, 9], [19, 9], [19, 0], [10, 0]];
        let hole: &[[i32; 2]] = &[[10, 5], [12, 4], [12, 6]];
        let (rings, ends) = polygons(&[west, east, hole]);
        assert_eq!((ends, &rings[2]), (vec![1, 3], &hole.to_vec()));
    }

    #[test]
    fn spikes_go_wherever_the_ring_begins() {
        let square = [[0, 0], [4, 0], [4, 4], [0, 4]];
        assert_eq!(tidied(&square), square);
        let spiked = [[0, 0], [2, 0], [2, -5], [2, -5], [2, 0], [4, 0], [4, 4], [0, 4]];
        for turn in 0..spiked.len() {
            let mut ring = spiked;
            ring.rotate_left(turn);
            let mut ring = tidied(&ring);
            ring.retain(|vertex| *vertex != [2, 0]);
            let first = ring.iter().position(|v| *v == [0, 0]).expect("a corner");
            ring.rotate_left(first);
            assert_eq!(ring, square, "{turn}");
        }
    }

    #[test]
    fn what_has_no_area_is_no_ring() {
        for ring in [
            vec![],
            vec![[1, 1]],
            vec![[1, 1], [1, 1], [1, 1]],
            vec![[0, 0], [5, 5], [0, 0]],
            vec![[0, 0], [5, 5], [9, 9], [2, 2]],
            vec![[0, 0], [4, 0], [4, 4], [4, 0]],
        ] {
            assert_eq!(tidied(&ring), Vec::<[i32; 2]>::new(), "{ring:?}");
        }
    }

    #[test]
    fn clockwise_on_the_screen_is_positive() {
        assert_eq!(doubled_area(&[[0, 0], [2, 0], [2, 3], [0, 3]]), 12);
    }
}
