//! How an area without a figure is drawn. A plain grey is too near the middle of a diverging
//! palette (CIEDE2000 6.5), so the pattern carries the meaning and the grey only supports it.

use super::Rgb;

/// A pattern: a ground with a stroke drawn over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hatch {
    /// What it is called in answers.
    pub name: &'static str,
    /// The ground, which alone stands in where a reader cannot draw patterns.
    pub ground: Rgb,
    /// The lines or dots.
    pub stroke: Rgb,
}

/// No figure: none was measured, delivered or published. Lines.
pub const NO_FIGURE: Hatch = Hatch {
    name: "geen-cijfer",
    ground: Rgb::from_u24(0xd9_d9d9),
    stroke: Rgb::from_u24(0x8c_8c8c),
};

/// Hidden: a figure exists or may exist, but is kept back. Dots.
pub const HIDDEN: Hatch =
    Hatch { name: "verborgen", ground: Rgb::from_u24(0xee_eeee), stroke: Rgb::from_u24(0x75_7575) };

/// Water, plain.
pub const WATER: Rgb = Rgb::from_u24(0xe6_eef3);
