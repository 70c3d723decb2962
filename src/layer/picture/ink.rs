//! The colours of a picture that are not the data's own: those of the page in daylight.

use crate::scale::Rgb;

/// The page.
pub(super) const PAPER: Rgb = Rgb::from_u24(0xff_ffff);
/// Text.
pub(super) const INK: Rgb = Rgb::from_u24(0x1a_1d20);
/// Text of less weight.
pub(super) const QUIET: Rgb = Rgb::from_u24(0x56_5d64);
/// Lines between parts of the page.
pub(super) const HAIRLINE: Rgb = Rgb::from_u24(0xdc_dad4);
/// The line around a swatch.
pub(super) const EDGE: Rgb = Rgb::from_u24(0x7d_838a);
/// Bars of the legend.
pub(super) const BAR: Rgb = Rgb::from_u24(0xb9_bdc1);
/// What must not be overlooked.
pub(super) const ALERT: Rgb = Rgb::from_u24(0x8a_2b06);
/// The light line beside the dark one of a twin hatch.
pub(super) const TWIN: Rgb = Rgb::from_u24(0xff_ffff);

/// What is written in on a colour: black or white, whichever shows more; at least 4.5:1, which the
/// ink of texts does not reach on some.
pub(super) fn on(fill: Rgb) -> Rgb {
    if fill.contrast(BLACK) >= fill.contrast(PAPER) { BLACK } else { PAPER }
}

const BLACK: Rgb = Rgb::from_u24(0);

/// Beyond every area.
pub(super) const GROUND: Rgb = Rgb::from_u24(0xb9_c2c9);
/// Areas that are not asked for: darker than any pale class, so that none of these looks like a
/// hole.
pub(super) const LAND: Rgb = Rgb::from_u24(0xcc_d2d8);
/// Between them.
pub(super) const LAND_LINE: Rgb = Rgb::from_u24(0xa8_b1b9);
/// An area that gets no colour of its own, under circles.
pub(super) const BLANK: Rgb = Rgb::from_u24(0xf7_f6f3);
/// Between areas.
pub(super) const LINE: Rgb = Rgb::from_u24(0xf7_f6f3);
/// Around gemeenten and what was chosen.
pub(super) const BORDER: Rgb = Rgb::from_u24(0x4d_555c);
