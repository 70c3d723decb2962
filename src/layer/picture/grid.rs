//! The legend of two topics: their nine cells, with an arrow along each axis.

use crate::{
    layer::{LegendBody, Pair, cell_name::axis_names, pair::row_and_column},
    scale::{PAIR_CLASSES, Rgb},
};

use super::{
    font::Style,
    ink,
    legend::{Form, Marks, text},
    scene::{Anchor, Fill, Item, Rect},
    words::Words,
};

const PLAIN: Style = Style::regular(13.0);
const STRONG: Style = Style::bold(13.0);
/// What an arrow and the air beside it take.
const ARROW: f32 = 16.0;
/// How far the head of an arrow reaches back and aside.
const HEAD: f32 = 4.0;
const GAP: f32 = 6.0;
/// Cells are no wider, and one with a number and a count is no narrower.
const WIDEST: f32 = 76.0;
const BOTH: f32 = 58.0;
/// Cells where there is little room.
const SMALL: [f32; 2] = [24.0, 18.0];

/// A cell.
struct Cell {
    colour: Rgb,
    number: u8,
    /// How many areas it has.
    count: String,
}

/// The nine cells, ready to be drawn in any form.
pub(super) struct Grid {
    /// What the rows and the columns are.
    titles: [String; 2],
    /// The names of the rows and of the columns.
    names: [[String; PAIR_CLASSES]; 2],
    cells: Vec<Cell>,
    /// Whether the map has the numbers of cells.
    is_numbered: bool,
    /// What the last cell means.
    corner: String,
    /// What stands in cells.
    in_cells: String,
    /// What is down, and what is to the right.
    directions: [String; 2],
}

impl Grid {
    pub(super) fn of(
        words: &Words<'_>,
        legend: &LegendBody,
        pair: &Pair<'_>,
        marks: Marks,
    ) -> Self {
        let language = words.language();
        let (first, second) = words.topics();
        let names = [pair.cells.y(), pair.cells.x()]
            .map(|axis| axis_names(axis).map(|name| name.get(language).to_owned()));
        // The legend has the highest number first.
        let cells: Vec<_> = legend
            .classes
            .iter()
            .rev()
            .map(|entry| Cell {
                colour: entry.colour.parse().unwrap_or(ink::BLANK),
                number: entry.number,
                count: words.count(entry.areas.into()),
            })
            .collect();
        let is_numbered = marks == Marks::Numbers;
        let corner = legend.classes.first().map(|last| words.corner(last)).unwrap_or_default();
        let in_cells = words.in_cells(is_numbered);
        let titles = [first, second.unwrap_or_default()];
        let directions = [0, 1].map(|axis| {
            let [from, .., to] = &names[axis];
            words.direction(axis == 0, from, to, &titles[axis])
        });
        Self { titles, names, cells, is_numbered, corner, in_cells, directions }
    }

    /// Draws the cells from their upper left corner on, and says how high they became.
    pub(super) fn draw(&self, form: Form, at: [f32; 2], width: f32) -> (Vec<Item>, f32) {
        match form {
            Form::Table => self.large(at, width, 34.0, 3),
            Form::Columns => self.large(at, width, 26.0, 2),
            Form::Strip => self.small(at, width, 3),
            Form::Bare => self.small(at, width, 2),
        }
    }

    /// With names along the axes and counts in the cells.
    fn large(&self, [x, top]: [f32; 2], width: f32, height: f32, lines: usize) -> (Vec<Item>, f32) {
        let mut items = Vec::new();
        let mut y = top;
        let say = |items: &mut Vec<Item>, y: &mut f32, style: Style, colour, words: &str, most| {
            for line in style.wrap(words, width, most) {
                items.push(text([x, *y + style.ascent()], style, Anchor::Start, colour, line));
                *y += style.leading();
            }
        };
        say(&mut items, &mut y, STRONG, ink::INK, &self.titles[0], lines);
        y += 3.0;

        let rows = self.names[0].iter().map(|name| PLAIN.width(name)).fold(0.0, f32::max).ceil();
        let left = x + ARROW + rows + GAP;
        let across = ((x + width - left) / PAIR_CLASSES as f32).min(WIDEST).floor();
        let [right, bottom] = self.cells(&mut items, [left, y], [across, height], true);
        for (at, name) in self.names[0].iter().enumerate() {
            let middle = y + (at as f32 + 0.5) * height + PLAIN.ascent() - PLAIN.leading() / 2.0;
            let end = [left - GAP, middle];
            items.push(text(end, PLAIN, Anchor::End, ink::INK, name.clone()));
        }
        arrow(&mut items, [x + 5.0, y + 2.0], [x + 5.0, bottom - 2.0]);
        y = bottom + 2.0;
        for (at, name) in self.names[1].iter().enumerate() {
            let middle = left + (at as f32 + 0.5) * across;
            let under = [middle, y + PLAIN.ascent()];
            items.push(text(under, PLAIN, Anchor::Middle, ink::INK, name.clone()));
        }
        y += PLAIN.leading() + 6.0;
        arrow(&mut items, [left + 2.0, y], [right - 2.0, y]);
        y += 7.0;
        say(&mut items, &mut y, STRONG, ink::INK, &self.titles[1], lines);
        y += 5.0;
        say(&mut items, &mut y, PLAIN, ink::INK, &self.corner, 5);
        say(&mut items, &mut y, PLAIN, ink::QUIET, &self.in_cells, 2);
        (items, y - top)
    }

    /// Where there is little room: colours, and beside them what the directions mean.
    fn small(&self, [x, top]: [f32; 2], width: f32, lines: usize) -> (Vec<Item>, f32) {
        let mut items = Vec::new();
        let [right, bottom] = self.cells(&mut items, [x, top], SMALL, false);
        let left = right + GAP;
        let mut y = top - 2.0;
        for words in &self.directions {
            for line in PLAIN.wrap(words, x + width - left, lines) {
                items.push(text([left, y + PLAIN.ascent()], PLAIN, Anchor::Start, ink::INK, line));
                y += PLAIN.leading();
            }
        }
        (items, bottom.max(y) - top)
    }

    /// The cells, and where their lower right corner came.
    fn cells(
        &self,
        items: &mut Vec<Item>,
        [left, top]: [f32; 2],
        [width, height]: [f32; 2],
        with_counts: bool,
    ) -> [f32; 2] {
        let place = |at: usize| {
            let (row, column) = row_and_column(at);
            let (x, y) = (left + column as f32 * width, top + row as f32 * height);
            Rect { x, y, width, height }
        };
        for (at, cell) in self.cells.iter().enumerate() {
            self.cell(items, place(at), cell, with_counts);
        }
        // The cell that is looked for first.
        if let Some((at, last)) = self.cells.iter().enumerate().next_back() {
            frame(items, place(at), ink::on(last.colour));
        }
        [left + width * PAIR_CLASSES as f32, top + height * PAIR_CLASSES as f32]
    }

    /// A cell with its count, with its number where the map has these, or both.
    fn cell(&self, items: &mut Vec<Item>, at: Rect, cell: &Cell, with_count: bool) {
        items.push(Item::Box { at, fill: Fill::plain(cell.colour), edge: Some(ink::PAPER) });
        let colour = ink::on(cell.colour);
        let line = at.y + at.height / 2.0 + PLAIN.ascent() - PLAIN.leading() / 2.0;
        let has_count = with_count && (!self.is_numbered || at.width >= BOTH);
        let middle = at.x + at.width / 2.0;
        if self.is_numbered {
            let number = cell.number.to_string();
            items.push(if has_count {
                text([at.x + 6.0, line], STRONG, Anchor::Start, colour, number)
            } else {
                text([middle, line], STRONG, Anchor::Middle, colour, number)
            });
        }
        if has_count {
            let count = cell.count.clone();
            items.push(if self.is_numbered {
                text([at.right() - 6.0, line], PLAIN, Anchor::End, colour, count)
            } else {
                text([middle, line], PLAIN, Anchor::Middle, colour, count)
            });
        }
    }
}

/// A line just inside a rectangle.
fn frame(items: &mut Vec<Item>, at: Rect, colour: Rgb) {
    let (left, top, right, bottom) = (at.x + 2.5, at.y + 2.5, at.right() - 2.5, at.bottom() - 2.5);
    let corners = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
    for side in corners.windows(2) {
        items.push(Item::Line { from: side[0], to: side[1], width: 1.5, colour });
    }
}

/// An arrow to the right or down.
fn arrow(items: &mut Vec<Item>, from: [f32; 2], to: [f32; 2]) {
    let is_down = to[1] > from[1];
    let wings = if is_down {
        [[to[0] - HEAD, to[1] - HEAD], [to[0] + HEAD, to[1] - HEAD]]
    } else {
        [[to[0] - HEAD, to[1] - HEAD], [to[0] - HEAD, to[1] + HEAD]]
    };
    for start in [from].into_iter().chain(wings) {
        items.push(Item::Line { from: start, to, width: 1.5, colour: ink::QUIET });
    }
}
