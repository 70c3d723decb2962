//! A picture as shapes and texts, before it is written in any form. Lengths are CSS pixels, x to
//! the right and y down from the upper left corner.

use crate::{indicator::Language, scale::Rgb};

use super::{font::Style, map::Map};

/// A picture.
#[derive(Debug)]
pub(super) struct Scene {
    pub width: f32,
    pub height: f32,
    pub language: Language,
    /// What it shows, in a line.
    pub title: String,
    /// What it shows, for who cannot see it.
    pub description: String,
    /// Source and licence, in a line.
    pub source: String,
    /// What is drawn, the first lowest.
    pub items: Vec<Item>,
}

/// A thing in a picture.
#[derive(Debug)]
pub(super) enum Item {
    /// A rectangle, and the line just inside it.
    Box { at: Rect, fill: Fill, edge: Option<Rgb> },
    /// A straight line.
    Line { from: [f32; 2], to: [f32; 2], width: f32, colour: Rgb },
    /// A line of text.
    Text(Text),
    /// The map.
    Map(Box<Map>),
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Rect {
    pub(super) fn right(&self) -> f32 {
        self.x + self.width
    }

    pub(super) fn bottom(&self) -> f32 {
        self.y + self.height
    }
}

/// How an area is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Fill {
    pub ground: Rgb,
    pub pattern: Option<Pattern>,
}

impl Fill {
    pub(super) const fn plain(ground: Rgb) -> Self {
        Self { ground, pattern: None }
    }
}

/// The marks over a ground. They repeat after [`PERIOD`] pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Pattern {
    /// Lines to the upper right.
    Lines(Rgb),
    /// Dots.
    Dots(Rgb),
    /// A dark and a light line to the lower right: one of them shows on any class.
    Twin(Rgb, Rgb),
    /// A dark and a light line upright: of estimates.
    Upright(Rgb, Rgb),
}

/// After how many pixels patterns repeat.
pub(super) const PERIOD: f32 = 8.0;

/// A filled circle with a line around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Circle {
    pub centre: [f32; 2],
    pub radius: f32,
    pub fill: Rgb,
    pub edge: Rgb,
}

/// How opaque circles are: their neighbours show through.
pub(super) const CIRCLE_OPACITY: f32 = 0.9;
/// How wide the line around a circle is.
pub(super) const CIRCLE_EDGE: f32 = 0.75;

/// Which part of a text stands at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Text {
    /// Where its baseline has its anchor.
    pub at: [f32; 2],
    pub style: Style,
    pub anchor: Anchor,
    pub colour: Rgb,
    /// The colour around the letters, where they stand on the map.
    pub halo: Option<Rgb>,
    pub text: String,
}

/// How far a halo reaches from a letter.
pub(super) const HALO: f32 = 2.0;

impl Text {
    /// Where the text begins.
    pub(super) fn start(&self) -> f32 {
        let width = self.style.width(&self.text);
        match self.anchor {
            Anchor::Start => self.at[0],
            Anchor::Middle => self.at[0] - width / 2.0,
            Anchor::End => self.at[0] - width,
        }
    }

    /// The box that the text fills.
    #[cfg(test)]
    pub(super) fn bounds(&self) -> Rect {
        let size = self.style.size;
        Rect {
            x: self.start(),
            y: self.at[1] - 0.8 * size,
            width: self.style.width(&self.text),
            height: size,
        }
    }
}
