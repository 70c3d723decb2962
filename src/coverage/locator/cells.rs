//! Cells above the edges of a coverage.

mod build;

use super::{
    layout::Layout,
    position::{FRACTION, Position},
    trace::Trace,
};
use crate::coverage::{exact::Point, topology::NONE};

/// What stands for a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cell {
    /// No edge touches it: the area that it lies in, or [`NONE`].
    Whole(u32),
    /// Where its edges stand in [`Row::words`].
    Edged(u32),
    /// Where its own cells stand there, in steps of [`STEP`] words, and how many times it is cut
    /// along each side, as a power of two.
    Cut(u32, u32),
}

/// A [`Cell`] in four bytes: the kind in the two lowest bits.
#[derive(Clone, Copy, Debug)]
struct Packed(u32);

const WHOLE: u32 = 0;
const EDGED: u32 = 1;
/// The most that an ordinal or a place can be.
const MOST: u32 = (1 << 30) - 1;
/// Bits for how many times a cell is cut.
const PARTS_BITS: u32 = 3;
/// Cells of a cell stand at every so many words.
const STEP: usize = 1 << PARTS_BITS;

impl Packed {
    fn new(cell: Cell) -> Self {
        Self(match cell {
            Cell::Whole(area) => area.min(MOST) << 2 | WHOLE,
            Cell::Edged(place) => place << 2 | EDGED,
            Cell::Cut(place, parts) => (place << PARTS_BITS | parts) << 2 | 2,
        })
    }

    #[inline]
    fn get(self) -> Cell {
        let value = self.0 >> 2;
        match self.0 & 3 {
            WHOLE => Cell::Whole(if value == MOST { NONE } else { value }),
            EDGED => Cell::Edged(value),
            _ => Cell::Cut(value >> PARTS_BITS, value & ((1 << PARTS_BITS) - 1)),
        }
    }
}

/// A cell grid above the edges of a coverage: cells without an edge say their area, others the
/// edges that touch them and the area at their south-western corner. Where edges are dense a cell
/// is cut into cells of its own.
///
/// All that is under a cell of the top stands together: an answer looks in two or three places.
#[derive(Debug)]
pub(super) struct Cells {
    layout: Layout,
    rows: Box<[Row]>,
}

/// A row of cells at the top.
#[derive(Debug)]
struct Row {
    cells: Box<[Packed]>,
    /// Of a cell that is cut: its cells. Of a cell with edges: the area at its corner; then of each
    /// stretch of an arc how many edges it has (twice, and one for the last stretch), the areas left
    /// and right of it, and its vertices.
    words: Box<[u32]>,
}

/// Words of a stretch before its vertices.
const HEAD: usize = 3;

/// A position under way to its cell.
#[derive(Clone, Copy, Debug)]
struct Way<'a> {
    position: Position,
    /// Units from the corner of the first cell.
    offset: [i64; 2],
    /// The size of the cell.
    shift: u32,
    cell: Cell,
    words: &'a [u32],
}

impl Way<'_> {
    /// Goes on from a cell that is cut; whether it was one.
    #[inline]
    fn descend(&mut self) -> bool {
        let Cell::Cut(place, parts) = self.cell else { return false };
        self.shift -= parts;
        let [column, row] =
            self.offset.map(|v| (v >> (self.shift + FRACTION)) as usize & ((1 << parts) - 1));
        let place = place as usize * STEP + (row << parts | column);
        self.cell = Packed(self.words[place]).get();
        true
    }

    /// The first word about a cell with edges.
    fn peek(&self) -> u32 {
        match self.cell {
            Cell::Edged(place) => self.words[place as usize],
            _ => NONE,
        }
    }

    /// The area at the end of the way, in a layout that begins at `origin`.
    #[inline]
    fn arrive(&self, origin: [i64; 2]) -> u32 {
        match self.cell {
            Cell::Whole(area) => area,
            Cell::Edged(place) => {
                let corner = [0, 1]
                    .map(|i| (self.offset[i] >> (self.shift + FRACTION) << self.shift) + origin[i]);
                trace(&self.words[place as usize..], corner, self.position)
            }
            // No way ends in such a cell.
            Cell::Cut(..) => NONE,
        }
    }
}

/// The area at a position of a cell with edges.
fn trace(words: &[u32], corner: [i64; 2], position: Position) -> u32 {
    let mut trace = Trace::new(corner, position);
    each_edge(words, |a, b, sides| trace.west(a, b, sides));
    if !trace.is_met() {
        each_edge(words, |a, b, sides| trace.south(a, b, sides));
    }
    trace.answer(words[0])
}

/// Looks at the edges of a cell, each with the areas left and right of it.
#[inline]
fn each_edge(words: &[u32], mut look: impl FnMut(Point, Point, [u32; 2])) {
    let mut rest = &words[1..];
    while let Some((head, after)) = rest.split_first_chunk::<HEAD>() {
        let (vertices, after) = after.split_at(2 * ((head[0] >> 1) as usize + 1));
        let (vertices, _) = vertices.as_chunks::<2>();
        for pair in vertices.windows(2) {
            let [a, b] = [pair[0], pair[1]].map(|words| words.map(u32::cast_signed));
            look(a, b, [head[1], head[2]]);
        }
        if head[0] & 1 == 1 {
            break;
        }
        rest = after;
    }
}

impl Cells {
    /// The area at a position, borders half-open; [`NONE`] outside every area.
    #[inline]
    pub(super) fn at(&self, position: Position) -> u32 {
        let mut way = self.enter(position);
        while way.descend() {}
        way.arrive(self.layout.origin)
    }

    /// The areas at some positions: as [`Cells::at`], but for all of them at the same time, so that
    /// waiting for memory is shared.
    pub(super) fn at_each<const N: usize>(&self, positions: [Position; N]) -> [u32; N] {
        let mut ways = positions.map(|position| self.enter(position));
        while ways.iter_mut().fold(false, |any, way| any | way.descend()) {}
        // Looks at each place before any is read in earnest.
        std::hint::black_box(ways.map(|way| way.peek()));
        ways.map(|way| way.arrive(self.layout.origin))
    }

    /// The way of a position to its cell at the top.
    #[inline]
    fn enter(&self, position: Position) -> Way<'_> {
        let Layout { origin, shift, size } = self.layout;
        let offset = [position.x - (origin[0] << FRACTION), position.y - (origin[1] << FRACTION)];
        let [column, row] = offset.map(|v| v >> (shift + FRACTION));
        let beyond = Way { position, offset, shift, cell: Cell::Whole(NONE), words: &[] };
        // Negative ones are larger than any size.
        if column as u64 >= size[0] as u64 || row as u64 >= size[1] as u64 {
            return beyond;
        }
        let row = &self.rows[row as usize];
        Way { cell: row.cells[column as usize].get(), words: &row.words, ..beyond }
    }

    /// Bytes kept.
    pub(super) fn size(&self) -> usize {
        let row = |row: &Row| size_of_val(row) + 4 * (row.cells.len() + row.words.len());
        self.rows.iter().map(row).sum()
    }

    /// What it is made of, for measurements.
    #[cfg(test)]
    pub(super) fn describe(&self) -> String {
        let (mut kinds, mut edges) = ([0; 3], 0);
        for row in &self.rows {
            let mut open = row.cells.to_vec();
            while let Some(cell) = open.pop() {
                match cell.get() {
                    Cell::Whole(_) => kinds[0] += 1,
                    Cell::Edged(place) => {
                        kinds[1] += 1;
                        each_edge(&row.words[place as usize..], |_, _, _| edges += 1);
                    }
                    Cell::Cut(place, parts) => {
                        kinds[2] += 1;
                        let cells = &row.words[place as usize * STEP..][..1 << (2 * parts)];
                        open.extend(cells.iter().map(|cell| Packed(*cell)));
                    }
                }
            }
        }
        let [whole, edged, cut] = kinds;
        format!(
            "{:?} cells of {:.0} m: {whole} whole, {edged} with {edges} edges, {cut} cut, {:.1} MB",
            self.layout.size,
            1e-3 * 2f64.powi(self.layout.shift as i32),
            self.size() as f64 / 1e6,
        )
    }
}
