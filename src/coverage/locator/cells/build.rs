//! Edges into cells.

use rayon::prelude::*;

use super::{Cell, Cells, Packed, Row, STEP};
use crate::coverage::{
    exact::Point,
    locator::{layout::Layout, position::Position, trace::Trace},
    topology::{NONE, Topology},
};

/// Cells at the top for an edge: more take memory, fewer take a further step.
const CELLS_PER_EDGE: f64 = 0.3;
/// At most so many cells at the top.
const MOST_CELLS: usize = 1 << 22;
/// A cell of no more edges is not cut. One that lies in a cut cell may have twice as many, and so
/// on, so that a vertex where many edges meet is not chased to the last millimetre.
const CROWD: usize = 8;
/// A cut cell has about so many cells for an edge.
const CUTS_PER_EDGE: usize = 1;
/// At most so many cuts at once along each side, as a power of two.
const MOST_PARTS: u32 = 5;

/// Lists of edges, one for each cell of a layout.
struct Lists {
    starts: Vec<u32>,
    edges: Vec<u32>,
}

impl Lists {
    /// Brings edges together by cell; they come in the order in which they are given.
    fn new<'p>(cells: usize, pairs: impl Iterator<Item = &'p (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0u32; cells + 2];
        for &(cell, _) in pairs.clone() {
            starts[cell as usize + 2] += 1;
        }
        for cell in 2..starts.len() {
            starts[cell] += starts[cell - 1];
        }
        let mut edges = vec![0; starts.last().map_or(0, |&n| n as usize)];
        for &(cell, edge) in pairs {
            let place = &mut starts[cell as usize + 1];
            edges[*place as usize] = edge;
            *place += 1;
        }
        starts.pop();
        Self { starts, edges }
    }

    fn of(&self, cell: usize) -> &[u32] {
        &self.edges[self.starts[cell] as usize..self.starts[cell + 1] as usize]
    }
}

impl Cells {
    /// The cells above the arcs of a coverage, on all cores.
    pub(in crate::coverage::locator) fn new(topology: &Topology) -> Self {
        let vertices = topology.arcs.vertices();
        let Some(&first) = vertices.first() else { return Self::empty() };
        let extent = vertices.par_iter().fold(
            || (first, first),
            |(min, max), p| ([0, 1].map(|i| min[i].min(p[i])), [0, 1].map(|i| max[i].max(p[i]))),
        );
        let (min, max) = extent.reduce(
            || (first, first),
            |a, b| ([0, 1].map(|i| a.0[i].min(b.0[i])), [0, 1].map(|i| a.1[i].max(b.1[i]))),
        );
        let wanted = (vertices.len() as f64 * CELLS_PER_EDGE) as usize;
        let layout = Layout::over(min, max, wanted.min(MOST_CELLS));
        Builder { topology, arc_of: arc_of(topology) }.build(layout)
    }

    fn empty() -> Self {
        Self { layout: Layout { origin: [0; 2], shift: 0, size: [0; 2] }, rows: [].into() }
    }
}

/// By vertex: the arc that it is of.
fn arc_of(topology: &Topology) -> Vec<u32> {
    let arcs = &topology.arcs;
    (0..arcs.len()).flat_map(|arc| std::iter::repeat_n(arc as u32, arcs.get(arc).len())).collect()
}

struct Builder<'a> {
    topology: &'a Topology,
    arc_of: Vec<u32>,
}

impl Builder<'_> {
    fn build(&self, layout: Layout) -> Cells {
        let arcs = &self.topology.arcs;
        let pairs: Vec<Vec<(u32, u32)>> = (0..arcs.len())
            .into_par_iter()
            .with_min_len(64)
            .fold(Vec::new, |mut pairs, arc| {
                let first = arcs.range(arc).start as u32;
                for (edge, pair) in (first..).zip(arcs.get(arc).windows(2)) {
                    layout.visit(pair[0], pair[1], |cell| pairs.push((cell as u32, edge)));
                }
                pairs
            })
            .collect();
        let lists = Lists::new(layout.len(), pairs.iter().flatten());
        drop(pairs);
        let rows = (0..layout.size[1]).into_par_iter();
        Cells { layout, rows: rows.map(|row| self.row(layout, &lists, row)).collect() }
    }

    /// The cells of a row. It begins west of every edge.
    fn row(&self, layout: Layout, lists: &Lists, row: i64) -> Row {
        let (mut cells, mut words) = (Vec::new(), Vec::new());
        let mut at_corner = NONE;
        for column in 0..layout.size[0] {
            let here = |column: i64| lists.of((row * layout.size[0] + column) as usize);
            let corner = layout.corner(column, row);
            if column > 0 {
                let west = layout.corner(column - 1, row);
                at_corner = self.trace(here(column - 1), west, at_corner, corner);
            }
            let cell = self.cell(here(column), corner, layout.shift, at_corner, CROWD, &mut words);
            cells.push(Packed::new(cell));
        }
        Row { cells: cells.into(), words: words.into() }
    }

    /// The area at `to`, a corner of the cell of `edges` whose south-western corner is known.
    fn trace(&self, edges: &[u32], corner: [i64; 2], at_corner: u32, to: [i64; 2]) -> u32 {
        if edges.is_empty() {
            return at_corner;
        }
        let mut trace = Trace::new(corner, Position::on_grid(to));
        for &edge in edges {
            let (a, b, sides) = self.edge(edge);
            trace.west(a, b, sides);
            trace.south(a, b, sides);
        }
        trace.answer(at_corner)
    }

    fn edge(&self, edge: u32) -> (Point, Point, [u32; 2]) {
        let vertices = self.topology.arcs.vertices();
        let at = edge as usize;
        (vertices[at], vertices[at + 1], self.topology.sides[self.arc_of[at] as usize])
    }

    /// What stands for a cell of edges with the area at its corner.
    fn cell(
        &self,
        edges: &[u32],
        corner: [i64; 2],
        shift: u32,
        at_corner: u32,
        crowd: usize,
        words: &mut Vec<u32>,
    ) -> Cell {
        if edges.is_empty() {
            return Cell::Whole(at_corner);
        }
        if edges.len() <= crowd || shift == 0 {
            return self.record(edges, at_corner, words);
        }
        let wanted = edges.len().saturating_mul(CUTS_PER_EDGE);
        let parts = (wanted.ilog2().div_ceil(2)).clamp(1, MOST_PARTS.min(shift));
        let layout = Layout::within(corner, shift, parts);
        let mut pairs = Vec::with_capacity(2 * edges.len());
        for &edge in edges {
            let (a, b, _) = self.edge(edge);
            layout.visit(a, b, |cell| pairs.push((cell as u32, edge)));
        }
        let lists = Lists::new(layout.len(), pairs.iter());
        drop(pairs);
        let place = words.len().next_multiple_of(STEP);
        words.resize(place + layout.len(), 0);
        let mut at_row = at_corner;
        for row in 0..layout.size[1] {
            let number = |column: i64, row: i64| (row << parts | column) as usize;
            if row > 0 {
                let below = layout.corner(0, row - 1);
                at_row =
                    self.trace(lists.of(number(0, row - 1)), below, at_row, layout.corner(0, row));
            }
            let mut here = at_row;
            for column in 0..layout.size[0] {
                let corner = layout.corner(column, row);
                if column > 0 {
                    let west = layout.corner(column - 1, row);
                    here = self.trace(lists.of(number(column - 1, row)), west, here, corner);
                }
                let at = number(column, row);
                let cell = self.cell(lists.of(at), corner, layout.shift, here, 2 * crowd, words);
                words[place + at] = Packed::new(cell).0;
            }
        }
        Cell::Cut((place / STEP) as u32, parts)
    }

    /// Writes down the edges of a cell in stretches of arcs.
    fn record(&self, edges: &[u32], at_corner: u32, words: &mut Vec<u32>) -> Cell {
        let place = words.len();
        words.push(at_corner);
        let mut rest = edges;
        while let Some(&first) = rest.first() {
            let (_, _, [left, right]) = self.edge(first);
            let arc = self.arc_of[first as usize];
            let follows =
                |(i, edge): (u32, &u32)| *edge == first + i && self.arc_of[*edge as usize] == arc;
            let count = (0..).zip(rest).take_while(|pair| follows(*pair)).count();
            rest = &rest[count..];
            words.extend([(count as u32) << 1 | u32::from(rest.is_empty()), left, right]);
            let first = first as usize;
            let vertices = &self.topology.arcs.vertices()[first..=first + count];
            words.extend(vertices.as_flattened().iter().map(|v| v.cast_unsigned()));
        }
        Cell::Edged(place as u32)
    }
}
