//! A coloured layer as a picture that can leave the house: title, map, legend, year, source and
//! licence in one. One [`Scene`](scene::Scene) is made of shapes and texts in pixels; PNG and SVG
//! are two ways to write it.
//!
//! The map is drawn in RD: north is up, and a pixel is as many metres wide as it is high.

mod circles;
mod fill;
mod font;
mod grid;
mod ink;
mod layout;
mod legend;
mod loops;
mod map;
mod mosaic;
mod numbers;
mod overlay;
mod png;
mod raster;
mod scale_bar;
mod scene;
mod size;
mod svg;
#[cfg(test)]
mod tests;
mod viewport;
mod words;

pub use overlay::{Overlay, outline, overlay};
pub use size::{PICTURE_PIXELS, PICTURE_SCALE, PICTURE_SIDE, PictureSize, SizeError};

use super::PaintedLayer;

use self::map::Need;

/// Why a picture cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// There is no memory for its pixels.
    #[error("no memory for a picture of this size")]
    Memory,
    /// The writer refuses.
    #[error("cannot be written as PNG: {0}")]
    Png(#[from] ::png::EncodingError),
}

/// A layer as a PNG of at most 256 colours, [`PictureSize::scale`] pixels for each CSS pixel. Cost:
/// a pass over the borders of the country, and some over the pixels.
///
/// # Errors
/// When there is no memory for it.
pub fn png(layer: &PaintedLayer<'_>, size: PictureSize) -> Result<Vec<u8>, PictureError> {
    let scene = layout::compose(layer, size, Need::Crossings);
    let pixmap = raster::raster(&scene, size.scale()).ok_or(PictureError::Memory)?;
    Ok(png::encode(&pixmap, &scene, size.scale())?)
}

/// A layer as an SVG document, borders as fine as [`PictureSize::scale`] pixels for each CSS pixel
/// can show. Texts are texts; nothing is loaded from elsewhere. Cost: a pass over the borders of
/// the country.
pub fn svg(layer: &PaintedLayer<'_>, size: PictureSize) -> String {
    svg::svg(&layout::compose(layer, size, Need::Loops))
}
