//! All tiles of a level in one file: PMTiles, version 3.

mod directory;

use std::{
    collections::HashMap,
    io::{self, Write},
};

use flate2::{Compression, write::GzEncoder};
use serde_json::json;

use super::tile::{TileFields, compressed};

use directory::{Entry, directories};

/// The zooms that an archive holds where nobody asks for others.
pub const ARCHIVE_ZOOMS: [u8; 2] = [5, 12];

/// The bytes of the header.
const HEADER: usize = 127;

/// Tiles up to this size are stored once where they repeat: those that lie in one area whole.
const MAY_REPEAT: usize = 1024;

/// Writes the tiles of a level from one zoom to another, both included and at most
/// [`FINEST`](crate::atlas::FINEST), as a PMTiles archive: vector tiles as [`tile`](super::tile())
/// makes them, compressed with gzip, clustered. `name` is what viewers show. Says how many tiles
/// are in it.
///
/// Cost: every tile, on all cores; memory for all of them, compressed.
///
/// # Errors
/// When `out` cannot be written.
pub fn pmtiles(
    out: &mut impl Write,
    fields: &TileFields<'_>,
    name: &str,
    zooms: [u8; 2],
) -> io::Result<u64> {
    let zooms = [zooms[0].min(zooms[1]), zooms[1].min(crate::atlas::FINEST)];
    let tiles = compressed(fields, zooms)?;
    let (entries, contents) = entries(&tiles);
    let [root, leaves] = directories(&entries)?;
    let metadata = gzip(&serde_json::to_vec(&metadata(fields, name, zooms))?)?;
    let data: u64 = contents.iter().map(|content| content.len() as u64).sum();
    let mut sections = Vec::new();
    let mut offset = HEADER as u64;
    for length in [root.len() as u64, metadata.len() as u64, leaves.len() as u64, data] {
        sections.extend([offset, length]);
        offset += length;
    }
    let addressed: u64 = entries.iter().map(|entry| u64::from(entry.run)).sum();
    let mut header = Vec::with_capacity(HEADER);
    header.extend(b"PMTiles\x03");
    for number in
        sections.into_iter().chain([addressed, entries.len() as u64, contents.len() as u64])
    {
        header.extend(number.to_le_bytes());
    }
    // Clustered; directories and tiles in gzip; vector tiles.
    header.extend([1, 2, 2, 1, zooms[0], zooms[1]]);
    let [west, south, east, north] = fields.bounds().unwrap_or([0.0; 4]);
    let degrees = |degrees: f64| ((degrees * 1e7).round() as i32).to_le_bytes();
    for bound in [west, south, east, north] {
        header.extend(degrees(bound));
    }
    header.push(zooms[0].midpoint(zooms[1]));
    header.extend(degrees(f64::midpoint(west, east)));
    header.extend(degrees(f64::midpoint(south, north)));
    for section in [&header, &root, &metadata, &leaves] {
        out.write_all(section)?;
    }
    for content in contents {
        out.write_all(content)?;
    }
    out.flush()?;
    Ok(addressed)
}

/// Where each tile stands among the contents; runs of equal ones are one entry.
fn entries(tiles: &[(super::Tile, Vec<u8>)]) -> (Vec<Entry>, Vec<&[u8]>) {
    let mut entries: Vec<Entry> = Vec::with_capacity(tiles.len());
    let mut contents: Vec<&[u8]> = Vec::with_capacity(tiles.len());
    let mut known: HashMap<&[u8], u64> = HashMap::new();
    let mut end = 0;
    for (tile, content) in tiles {
        let content = content.as_slice();
        let may_repeat = content.len() <= MAY_REPEAT;
        let before = may_repeat.then(|| known.get(content).copied()).flatten();
        let offset = before.unwrap_or(end);
        if let (Some(last), true) = (entries.last_mut(), before.is_some())
            && last.offset == offset
            && last.id + u64::from(last.run) == tile.id()
        {
            last.run += 1;
            continue;
        }
        if before.is_none() {
            if may_repeat {
                known.insert(content, end);
            }
            contents.push(content);
            end += content.len() as u64;
        }
        entries.push(Entry { id: tile.id(), offset, length: content.len() as u64, run: 1 });
    }
    (entries, contents)
}

fn metadata(fields: &TileFields<'_>, name: &str, zooms: [u8; 2]) -> serde_json::Value {
    json!({
        "name": name,
        "format": "pbf",
        "type": "overlay",
        "attribution": fields.attribution_html(),
        "vector_layers": [fields.description(zooms)],
        "versie": fields.version(),
        "fictief": fields.is_fictional(),
    })
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(6));
    encoder.write_all(bytes)?;
    encoder.finish()
}
