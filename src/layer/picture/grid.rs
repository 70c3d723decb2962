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

/// A cell.
struct Cell {
    colour: Rgb,
    number: u8,
    areas: u64,
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
    /// What the last cell means, and what stands in cells.
    notes: Vec<String>,
    /// The counts as they are written.
    counts: Vec<String>,
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
                areas: entry.areas.into(),
            })
            .collect();
        let is_numbered = marks == Marks::Numbers;
        let counts = cells.iter().map(|cell| words.count(cell.areas)).collect();
        let mut notes: Vec<_> =
            legend.classes.first().map(|last| words.corner(last)).into_iter().collect();
        notes.push(words.in_cells(is_numbered));
        let titles = [first, second.unwrap_or_default()];
        Self { titles, names, cells, is_numbered, notes, counts }
    }

    /// Draws the cells from their upper left corner on, and says how high they became.
    pub(super) fn draw(&self, form: Form, [x, top]: [f32; 2], width: f32) -> (Vec<Item>, f32) {
        let (height, lines) = match form {
            Form::Table => (40.0, 3),
            Form::Columns => (28.0, 2),
            Form::Strip => (22.0, 1),
            Form::Bare => (18.0, 1),
        };
        let mut items = Vec::new();
        let mut y = top;
        let say =
            |items: &mut Vec<Item>, y: &mut f32, style: Style, colour, words: &str, most| {
                for line in style.wrap(words, width, most) {
                    items.push(text([x, *y + style.ascent()], style, Anchor::Start, colour, line));
                    *y += style.leading();
                }
            };
        say(&mut items, &mut y, STRONG, ink::INK, &self.titles[0], lines);
        y += 3.0;

        let rows = self.names[0].iter().map(|name| PLAIN.width(name)).fold(0.0, f32::max).ceil();
        let left = x + ARROW + rows + GAP;
        let columns = self.names[1].iter().map(|name| PLAIN.width(name)).fold(0.0, f32::max);
        let across =
            ((x + width - left) / PAIR_CLASSES as f32).min(WIDEST).max(columns + 2.0).floor();
        let across = across.min(WIDEST);
        let (right, bottom) =
            (left + across * PAIR_CLASSES as f32, y + height * PAIR_CLASSES as f32);
        for (at, cell) in self.cells.iter().enumerate() {
            let (row, column) = row_and_column(at);
            let at_cell = Rect {
                x: left + column as f32 * across,
                y: y + row as f32 * height,
                width: across,
                height,
            };
            self.cell(&mut items, at_cell, cell, &self.counts[at], form);
        }
        // The cell that is looked for first.
        if let Some(last) = self.cells.last() {
            let at = Rect { x: right - across, y: bottom - height, width: across, height };
            frame(&mut items, at, ink::on(last.colour));
        }
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
        if matches!(form, Form::Table | Form::Columns) {
            y += 5.0;
            for (at, note) in self.notes.iter().enumerate() {
                // Without counts nothing stands in cells.
                if at == 0 || form == Form::Table {
                    let colour = if at == 0 { ink::INK } else { ink::QUIET };
                    say(&mut items, &mut y, PLAIN, colour, note, 5);
                }
            }
        }
        (items, y - top)
    }

    /// A cell with its count, with its number where the map has these, or both.
    fn cell(&self, items: &mut Vec<Item>, at: Rect, cell: &Cell, count: &str, form: Form) {
        items.push(Item::Box { at, fill: Fill::plain(cell.colour), edge: Some(ink::PAPER) });
        let colour = ink::on(cell.colour);
        let line = at.y + at.height / 2.0 + PLAIN.ascent() - PLAIN.leading() / 2.0;
        let has_count = form == Form::Table && (!self.is_numbered || at.width >= BOTH);
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
            let count = count.to_owned();
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
