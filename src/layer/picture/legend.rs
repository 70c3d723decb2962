//! The legend of a picture: a table where there is room for it, less where there is not.

use crate::{
    area::Flag,
    layer::{LegendBody, Pair},
    scale::Rgb,
};

use super::{
    fill::{estimate_fill, hardly_residential_fill, reason_fill},
    font::Style,
    grid::Grid,
    ink,
    numbers::number,
    scene::{Anchor, Fill, Item, Rect, Text},
    words::Words,
};

/// The least height of a row.
const ROW: f32 = 20.0;
const SWATCH: [f32; 2] = [20.0, 14.0];
const GAP: f32 = 8.0;
const BAR: f32 = 40.0;
/// No column of names is narrower than this, as long as another column can go.
const NAMES: f32 = 120.0;

const PLAIN: Style = Style::regular(13.0);
const STRONG: Style = Style::bold(13.0);

/// Colours without words are no legend: this is the least there is of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A row for each class, reason and mark, with counts.
    Table,
    /// Names alone, in as many columns as fit.
    Columns,
    /// The classes in one line, with the names of its ends; reasons and marks below.
    Strip,
    /// The line alone.
    Bare,
}

/// How the map shows classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    /// As the colours of areas.
    Colours,
    /// As colours with the number of the class on them.
    Numbers,
    /// As circles.
    Circles,
}

/// A row of the legend.
struct Row {
    fill: Fill,
    /// That of the class, where the map shows it.
    number: Option<u8>,
    name: String,
    areas: u32,
    residents: Option<u64>,
    /// Whether it is a class, and not a reason or mark.
    is_class: bool,
    /// Whether a line parts it from the row above.
    is_first: bool,
}

impl Row {
    /// The number of the class in its swatch, as it stands in areas.
    fn numbered(&self, at: Rect) -> Option<Item> {
        let middle = [at.x + at.width / 2.0, at.y + at.height / 2.0];
        let text = number(middle, self.number?, self.fill.ground);
        Some(Item::Text(Text { halo: None, ..text }))
    }
}

/// A legend, ready to be drawn in any form.
pub(super) struct Key<'a> {
    words: &'a Words<'a>,
    rows: Vec<Row>,
    /// Empty where there are cells, whose axes say it.
    title: String,
    /// The cells of two topics, instead of rows of classes.
    grid: Option<Grid>,
    notes: Vec<String>,
    has_residents: bool,
}

impl<'a> Key<'a> {
    pub(super) fn of(
        words: &'a Words<'a>,
        legend: &LegendBody,
        pair: Option<&Pair<'_>>,
        marks: Marks,
        notes: Vec<String>,
    ) -> Self {
        let language = words.language();
        let grid = pair.map(|pair| Grid::of(words, legend, pair, marks));
        let classes = legend.classes.iter().filter(|_| pair.is_none()).map(|entry| Row {
            // A colour that was made from a colour reads back as one.
            fill: Fill::plain(entry.colour.parse().unwrap_or(ink::BLANK)),
            number: (marks == Marks::Numbers).then_some(entry.number),
            name: words.class(legend, entry),
            areas: entry.areas,
            residents: entry.residents,
            is_class: true,
            is_first: false,
        });
        let reasons = legend.reasons.iter().filter(|entry| entry.areas > 0);
        let reasons = reasons.enumerate().map(|(at, entry)| Row {
            fill: reason_fill(entry.reason),
            number: None,
            name: entry.name.get(language).to_owned(),
            areas: entry.areas,
            residents: entry.residents,
            is_class: false,
            is_first: at == 0,
        });
        // Under circles no area is hatched that has a number.
        let is_drawn = |flag: Flag| flag == Flag::Water || marks != Marks::Circles;
        let flags = legend.flags.iter().filter(|entry| entry.areas > 0 && is_drawn(entry.flag));
        let flags = flags.enumerate().map(|(at, entry)| Row {
            fill: match entry.flag {
                Flag::Water => Fill::plain(crate::scale::WATER),
                // Over the colour of a class; over the middle one here.
                Flag::NauwelijksWoongebied => hardly_residential_fill(MIDDLE),
            },
            number: None,
            name: entry.name.get(language).to_owned(),
            areas: entry.areas,
            residents: entry.residents,
            is_class: false,
            is_first: at == 0,
        });
        let estimates =
            legend.conversion.iter().filter(|one| one.estimated > 0 && marks != Marks::Circles);
        let estimates = estimates.map(|one| Row {
            fill: estimate_fill(MIDDLE),
            number: None,
            name: words.pick("geschat", "estimated").to_owned(),
            areas: one.estimated,
            residents: None,
            is_class: false,
            is_first: true,
        });
        let rows: Vec<_> = classes.chain(reasons).chain(flags).chain(estimates).collect();
        let has_residents = rows.iter().any(|row| !row.is_first && row.residents.is_some());
        let unit = words.unit();
        let is_said =
            unit.is_empty() || words.topic().to_lowercase().contains(&unit.to_lowercase());
        let title = match grid {
            Some(_) => String::new(),
            None if is_said => words.topic(),
            None => format!("{} ({unit})", words.topic()),
        };
        Self { words, rows, title, grid, notes, has_residents }
    }

    /// Draws the legend from its upper left corner on, and says how high it became.
    pub(super) fn draw(&self, form: Form, at: [f32; 2], width: f32) -> (Vec<Item>, f32) {
        let Some(grid) = &self.grid else { return self.list(form, at, width) };
        let (mut items, height) = grid.draw(form, at, width);
        if self.rows.is_empty() || form == Form::Bare {
            return (items, height);
        }
        let top = height + GAP / 2.0;
        let (others, more) = self.list(form, [at[0], at[1] + top], width);
        items.extend(others);
        (items, top + more)
    }

    /// The rows, below a heading.
    fn list(&self, form: Form, at: [f32; 2], width: f32) -> (Vec<Item>, f32) {
        match form {
            Form::Table => self.table(at, width),
            Form::Columns => self.columns(at, width),
            Form::Strip => self.strip(at, width, true),
            Form::Bare => self.strip(at, width, false),
        }
    }

    fn table(&self, [x, top]: [f32; 2], width: f32) -> (Vec<Item>, f32) {
        let mut items = Vec::new();
        let mut y = top;
        for line in STRONG.wrap(&self.title, width, 2) {
            items.push(text([x, y + STRONG.ascent()], STRONG, Anchor::Start, ink::INK, line));
            y += STRONG.leading();
        }
        let counts = |heading: &str, numbers: &mut dyn Iterator<Item = u64>| {
            let widest = numbers.map(|number| PLAIN.width(&self.words.count(number)));
            widest.fold(PLAIN.width(heading), f32::max).ceil()
        };
        let areas_heading = self.words.count_heading();
        let residents_heading = self.words.residents_heading();
        let areas = counts(&areas_heading, &mut self.rows.iter().map(|row| row.areas.into()));
        let residents =
            counts(residents_heading, &mut self.rows.iter().filter_map(|row| row.residents));
        let mut names = width - SWATCH[0] - GAP - areas - GAP;
        let with_residents = self.has_residents && names - residents - GAP >= NAMES;
        names -= if with_residents { residents + GAP } else { 0.0 };
        let with_bars = names - BAR - GAP >= NAMES;
        names -= if with_bars { BAR + GAP } else { 0.0 };

        let right = x + width;
        let areas_right = if with_residents { right - residents - GAP } else { right };
        let heading = |at: f32, anchor, words: &str, y: f32| {
            text([at, y + PLAIN.ascent()], PLAIN, anchor, ink::QUIET, words.to_owned())
        };
        y += 4.0;
        items.push(heading(x, Anchor::Start, self.words.class_heading(), y));
        items.push(heading(areas_right, Anchor::End, &areas_heading, y));
        if with_residents {
            items.push(heading(right, Anchor::End, residents_heading, y));
        }
        y += PLAIN.leading() + 2.0;
        let most = self.rows.iter().filter(|row| row.is_class).map(|row| row.areas).max();
        let most = most.unwrap_or_default().max(1) as f32;
        for row in &self.rows {
            if row.is_first {
                items.push(hairline([x, y + 4.0], width));
                y += 8.0;
            }
            let room = names + if row.is_class || !with_bars { 0.0 } else { BAR + GAP };
            let lines = PLAIN.wrap(&row.name, room, 8);
            let height = ROW.max(lines.len() as f32 * PLAIN.leading());
            // The first line of a row stands where a lone one would.
            let line = y + (ROW - PLAIN.leading()) / 2.0;
            items.extend(swatch([x, y + (ROW - SWATCH[1]) / 2.0], row));
            let left = x + SWATCH[0] + GAP;
            for (at, words) in lines.into_iter().enumerate() {
                let baseline = line + PLAIN.ascent() + at as f32 * PLAIN.leading();
                items.push(text([left, baseline], PLAIN, Anchor::Start, ink::INK, words));
            }
            let number = |at: f32, number: u64| {
                let baseline = line + PLAIN.ascent();
                text([at, baseline], PLAIN, Anchor::End, ink::INK, self.words.count(number))
            };
            items.push(number(areas_right, row.areas.into()));
            if let Some(residents) = row.residents.filter(|_| with_residents) {
                items.push(number(right, residents));
            }
            if with_bars && row.is_class && row.areas > 0 {
                let length = (row.areas as f32 / most * BAR).max(1.0);
                let at = Rect {
                    x: left + names + GAP,
                    y: y + (ROW - 10.0) / 2.0,
                    width: length,
                    height: 10.0,
                };
                items.push(Item::Box { at, fill: Fill::plain(ink::BAR), edge: None });
            }
            y += height;
        }
        if !self.notes.is_empty() {
            y += 6.0;
        }
        for note in &self.notes {
            for line in PLAIN.wrap(note, width, 4) {
                items.push(text([x, y + PLAIN.ascent()], PLAIN, Anchor::Start, ink::QUIET, line));
                y += PLAIN.leading();
            }
        }
        (items, y - top)
    }

    fn columns(&self, [x, top]: [f32; 2], width: f32) -> (Vec<Item>, f32) {
        let mut items = Vec::new();
        let mut top_of_rows = top;
        if !self.title.is_empty() {
            let title = STRONG.fit(&self.title, width);
            items.push(text([x, top + STRONG.ascent()], STRONG, Anchor::Start, ink::INK, title));
            top_of_rows += STRONG.leading() + 4.0;
        }
        let widest = self.rows.iter().map(|row| PLAIN.width(&row.name)).fold(60.0, f32::max);
        // A long reason does not make all columns as wide as itself.
        let column = (SWATCH[0] + GAP + widest.min(150.0) + 2.0 * GAP).min(width);
        let count = ((width + GAP) / column).floor().max(1.0) as usize;
        let column = width / count as f32;
        let height = self.rows.len().div_ceil(count);
        for (at, row) in self.rows.iter().enumerate() {
            let left = x + (at / height) as f32 * column;
            let y = top_of_rows + (at % height) as f32 * (ROW - 2.0);
            items.extend(swatch([left, y + (ROW - SWATCH[1]) / 2.0 - 1.0], row));
            let name = PLAIN.fit(&row.name, column - SWATCH[0] - 2.0 * GAP);
            let from = [left + SWATCH[0] + GAP, y + PLAIN.ascent()];
            items.push(text(from, PLAIN, Anchor::Start, ink::INK, name));
        }
        (items, top_of_rows - top + height as f32 * (ROW - 2.0))
    }

    fn strip(&self, [x, top]: [f32; 2], width: f32, whole: bool) -> (Vec<Item>, f32) {
        let mut items = Vec::new();
        // Low to high, as one reads.
        let classes: Vec<_> = self.rows.iter().filter(|row| row.is_class).rev().collect();
        let each = width / classes.len().max(1) as f32;
        for (at, row) in classes.iter().enumerate() {
            let at = Rect { x: x + at as f32 * each, y: top, width: each, height: SWATCH[1] };
            items.push(Item::Box { at, fill: row.fill, edge: None });
            items.extend(row.numbered(at));
        }
        let mut y = top;
        if !classes.is_empty() {
            y += SWATCH[1] + 2.0;
        }
        let half = (width - GAP) / 2.0;
        let ends = [(classes.first(), x, Anchor::Start), (classes.last(), x + width, Anchor::End)];
        for (row, at, anchor) in ends {
            let Some(row) = row else { continue };
            let name = PLAIN.fit(&row.name, half);
            items.push(text([at, y + PLAIN.ascent()], PLAIN, anchor, ink::INK, name));
        }
        if !classes.is_empty() {
            y += PLAIN.leading();
        }
        let others: Vec<_> = self.rows.iter().filter(|row| whole && !row.is_class).collect();
        if !others.is_empty() {
            y += 2.0;
            let mut left = 0.0;
            for row in others {
                let name = PLAIN.fit(&row.name, width - SWATCH[0] - GAP);
                let room = SWATCH[0] + GAP + PLAIN.width(&name);
                if left > 0.0 && left + room > width {
                    left = 0.0;
                    y += PLAIN.leading();
                }
                items.extend(swatch([x + left, y + 2.0], row));
                let from = [x + left + SWATCH[0] + GAP / 2.0, y + PLAIN.ascent()];
                items.push(text(from, PLAIN, Anchor::Start, ink::INK, name));
                left += room + GAP / 2.0;
            }
            y += PLAIN.leading();
        }
        (items, y - top)
    }
}

/// What marks are shown over: a colour that is in the middle of a palette.
const MIDDLE: Rgb = Rgb::from_u24(0xf2_efe6);

fn swatch([x, y]: [f32; 2], row: &Row) -> impl Iterator<Item = Item> {
    let at = Rect { x, y, width: SWATCH[0], height: SWATCH[1] };
    let fill = Item::Box { at, fill: row.fill, edge: Some(ink::EDGE) };
    [fill].into_iter().chain(row.numbered(at))
}

fn hairline([x, y]: [f32; 2], width: f32) -> Item {
    let y = y.round() + 0.5;
    Item::Line { from: [x, y], to: [x + width, y], width: 1.0, colour: ink::HAIRLINE }
}

pub(super) fn text(at: [f32; 2], style: Style, anchor: Anchor, colour: Rgb, text: String) -> Item {
    Item::Text(Text { at, style, anchor, colour, halo: None, text })
}
