//! The edges of a division in rows.

use crate::coverage::{exact::Point, topology::Topology};

/// Edges in a row, about.
const EDGES_PER_ROW: u64 = 768;

/// How often an edge may stand in rows, on average; where there are more to it, rows are higher.
const ROWS_PER_EDGE: u64 = 4;

/// The plane in rows, over two divisions.
#[derive(Debug)]
pub(super) struct Rows {
    least: [i64; 2],
    greatest: [i64; 2],
    /// The height of a row, as a power of two.
    shift: u32,
}

impl Rows {
    pub(super) fn over(old: &Topology, new: &Topology) -> Self {
        let topologies = [old, new];
        let (mut least, mut greatest) = ([i64::MAX; 2], [i64::MIN; 2]);
        let mut edges = 0;
        for topology in topologies {
            edges += topology.arcs().vertices().len() as u64;
            for p in topology.arcs().vertices() {
                for axis in 0..2 {
                    least[axis] = least[axis].min(p[axis].into());
                    greatest[axis] = greatest[axis].max(p[axis].into());
                }
            }
        }
        if edges == 0 {
            return Self { least: [0; 2], greatest: [0; 2], shift: 0 };
        }
        let mut rows = Self { least, greatest, shift: 0 };
        while rows.count() as u64 > edges / EDGES_PER_ROW + 1 {
            rows.shift += 1;
        }
        let entries = |rows: &Self| -> u64 {
            let of = |topology: &Topology| -> u64 {
                edges_of(topology).map(|(_, _, a, b)| rows.span(a, b).count() as u64).sum()
            };
            topologies.into_iter().map(of).sum()
        };
        while rows.count() > 1 && entries(&rows) > ROWS_PER_EDGE * edges {
            rows.shift += 1;
        }
        rows
    }

    /// How many there are: at least one.
    pub(super) fn count(&self) -> usize {
        ((self.greatest[1] - self.least[1]) >> self.shift) as usize + 1
    }

    /// The row of a height.
    pub(super) fn of(&self, y: i32) -> usize {
        ((i64::from(y) - self.least[1]) >> self.shift) as usize
    }

    fn span(&self, a: Point, b: Point) -> std::ops::RangeInclusive<usize> {
        self.of(a[1].min(b[1]))..=self.of(a[1].max(b[1]))
    }

    /// The middle of everything, from where triangles are smallest.
    pub(super) fn middle(&self) -> Point {
        [0, 1].map(|axis| i64::midpoint(self.least[axis], self.greatest[axis]) as i32)
    }
}

/// A division, its edges numbered by the vertex that they start at, in rows.
#[derive(Debug)]
pub(super) struct Layer<'a> {
    topology: &'a Topology,
    /// By vertex.
    arc_of: Vec<u32>,
    /// The edges in each row, ascending.
    edges: Lists,
    /// The arcs that start in each row.
    arcs: Lists,
}

/// An edge of a division, in the direction of its arc.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) from: Point,
    pub(super) to: Point,
    /// The areas on its sides.
    pub(super) left: u32,
    pub(super) right: u32,
    pub(super) number: u32,
}

impl<'a> Layer<'a> {
    pub(super) fn new(topology: &'a Topology, rows: &Rows) -> Self {
        let mut arc_of = vec![0; topology.arcs().vertices().len()];
        for arc in 0..topology.arcs().len() {
            arc_of[topology.arcs().range(arc)].fill(arc as u32);
        }
        let spans = || edges_of(topology).map(|(number, _, a, b)| (number, rows.span(a, b)));
        let starts = || {
            topology.arcs().iter().zip(0u32..).map(|(line, arc)| {
                let row = rows.of(line[0][1]);
                (arc, row..=row)
            })
        };
        let edges = Lists::new(rows.count(), spans);
        let arcs = Lists::new(rows.count(), starts);
        Self { topology, arc_of, edges, arcs }
    }

    pub(super) fn topology(&self) -> &'a Topology {
        self.topology
    }

    /// The areas left and right of an arc.
    pub(super) fn sides(&self, arc: u32) -> [u32; 2] {
        self.topology.sides[arc as usize]
    }

    /// The edges of a row.
    pub(super) fn edges(&self, row: usize) -> impl Iterator<Item = Edge> {
        let vertices = self.topology.arcs().vertices();
        self.edges.of(row).iter().map(move |&number| {
            let [left, right] = self.sides(self.arc_of[number as usize]);
            let (from, to) = (vertices[number as usize], vertices[number as usize + 1]);
            Edge { from, to, left, right, number }
        })
    }

    /// The arcs that start in a row, and where.
    pub(super) fn arcs(&self, row: usize) -> impl Iterator<Item = (u32, Point)> {
        self.arcs.of(row).iter().map(|&arc| (arc, self.topology.arcs().get(arc as usize)[0]))
    }
}

/// Numbers by row.
#[derive(Debug)]
struct Lists {
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Lists {
    fn new<I: Iterator<Item = (u32, std::ops::RangeInclusive<usize>)>>(
        rows: usize,
        entries: impl Fn() -> I,
    ) -> Self {
        let mut starts = vec![0u32; rows + 2];
        for (_, span) in entries() {
            for row in span {
                starts[row + 2] += 1;
            }
        }
        for row in 2..starts.len() {
            starts[row] += starts[row - 1];
        }
        let mut numbers = vec![0; starts.last().map_or(0, |&count| count as usize)];
        for (number, span) in entries() {
            for row in span {
                let place = &mut starts[row + 1];
                numbers[*place as usize] = number;
                *place += 1;
            }
        }
        starts.pop();
        Self { starts, numbers }
    }

    fn of(&self, row: usize) -> &[u32] {
        &self.numbers[self.starts[row] as usize..self.starts[row + 1] as usize]
    }
}

/// Every edge: its number, its arc, its ends.
fn edges_of(topology: &Topology) -> impl Iterator<Item = (u32, u32, Point, Point)> {
    let arcs = topology.arcs();
    (0..arcs.len()).flat_map(move |arc| {
        let first = arcs.range(arc).start as u32;
        let pairs = arcs.get(arc).windows(2);
        pairs.zip(first..).map(move |(pair, number)| (number, arc as u32, pair[0], pair[1]))
    })
}
