//! All tiles of a level.

use std::io::{self, Write};

use flate2::{Compression, write::GzEncoder};
use rayon::prelude::*;

use super::{address::Tile, fields::TileFields, mvt::EXTENT, tile};
use crate::atlas::{FINEST, TILE_BUFFER};

/// How hard tiles are compressed: a sixth larger than at the usual level 6, in a quarter of the
/// time.
const EFFORT: Compression = Compression::new(4);

/// The tiles of the zooms from the first to the last, both included and at most [`FINEST`], that
/// the boxes of areas meet; in the order of [`Tile::id`].
pub(super) fn addresses(fields: &TileFields<'_>, zooms: [u8; 2]) -> Vec<Tile> {
    let footprints = fields.coverage().footprints();
    let mut tiles = Vec::new();
    for zoom in zooms[0]..=zooms[1].min(FINEST) {
        let last = (1i32 << zoom) - 1;
        let column = |from: i32, to: i32| {
            let tile = |unit: i32| unit.div_euclid(EXTENT).clamp(0, last) as u32;
            tile(from - TILE_BUFFER)..=tile(to + TILE_BUFFER)
        };
        let mut of_zoom: Vec<(u64, Tile)> = footprints
            .boxes(zoom)
            .flat_map(|(_, [west, north, east, south])| {
                let rows = column(north, south);
                column(west, east).flat_map(move |x| rows.clone().map(move |y| (x, y)))
            })
            .filter_map(|(x, y)| Tile::new(zoom, x, y))
            .map(|tile| (tile.id(), tile))
            .collect();
        of_zoom.sort_unstable_by_key(|(id, _)| *id);
        of_zoom.dedup();
        tiles.extend(of_zoom.into_iter().map(|(_, tile)| tile));
    }
    tiles
}

/// A tile and its bytes.
type Compressed = (Tile, Vec<u8>);

/// The tiles that hold anything, compressed with gzip, in the order of [`Tile::id`]; made on all
/// cores.
pub(in crate::layer) fn compressed(
    fields: &TileFields<'_>,
    zooms: [u8; 2],
) -> io::Result<Vec<Compressed>> {
    // Borders first: they are made once for each zoom, and what all zooms begin with by the first.
    let coverage = fields.coverage();
    coverage.grid(zooms[0]);
    (zooms[0]..=zooms[1].min(FINEST)).into_par_iter().for_each(|zoom| {
        coverage.grid(zoom);
    });
    let made: io::Result<Vec<Option<Compressed>>> = addresses(fields, zooms)
        .into_par_iter()
        .with_max_len(4)
        .map(|address| {
            let Some(bytes) = tile(address, fields) else { return Ok(None) };
            let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), EFFORT);
            encoder.write_all(&bytes)?;
            Ok(Some((address, encoder.finish()?)))
        })
        .collect();
    Ok(made?.into_iter().flatten().collect())
}
