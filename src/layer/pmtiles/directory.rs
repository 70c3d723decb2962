//! The directories of a PMTiles archive.

use std::io;

use super::{HEADER, gzip};
use crate::varint::put;

/// Header and root directory must fit in what a reader fetches first.
const ROOT: usize = 16_384 - HEADER;

/// Entries of the first try at leaf directories.
const LEAF: usize = 4096;

/// Where a run of tiles stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The first tile.
    pub(super) id: u64,
    /// From the start of the tiles.
    pub(super) offset: u64,
    /// In bytes.
    pub(super) length: u64,
    /// How many tiles in a row have this content; 0 for a leaf directory.
    pub(super) run: u32,
}

/// The root directory and the leaf directories after each other, compressed. Entries are in the
/// order of their ids.
pub(super) fn directories(entries: &[Entry]) -> io::Result<[Vec<u8>; 2]> {
    let root = gzip(&encoded(entries))?;
    if root.len() <= ROOT {
        return Ok([root, Vec::new()]);
    }
    let mut size = LEAF;
    loop {
        let (mut root, mut leaves) = (Vec::new(), Vec::new());
        for leaf in entries.chunks(size) {
            let encoded = gzip(&encoded(leaf))?;
            let id = leaf.first().map_or(0, |entry| entry.id);
            let length = encoded.len() as u64;
            root.push(Entry { id, offset: leaves.len() as u64, length, run: 0 });
            leaves.extend(encoded);
        }
        let root = gzip(&encoded(&root))?;
        if root.len() <= ROOT || size >= entries.len() {
            return Ok([root, leaves]);
        }
        size *= 2;
    }
}

/// Entries column by column: steps between ids, runs, lengths, offsets, of which 0 says that it
/// follows the one before.
fn encoded(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::with_capacity(entries.len() * 6);
    put(&mut out, entries.len() as u64);
    let mut last = 0;
    for entry in entries {
        put(&mut out, entry.id - last);
        last = entry.id;
    }
    for entry in entries {
        put(&mut out, u64::from(entry.run));
    }
    for entry in entries {
        put(&mut out, entry.length);
    }
    let mut end = None;
    for entry in entries {
        put(&mut out, if end == Some(entry.offset) { 0 } else { entry.offset + 1 });
        end = Some(entry.offset + entry.length);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn unpacked(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).expect("gzip");
        out
    }

    #[test]
    fn columns_are_as_the_specification_has_them() {
        let entry = |id, offset, length, run| Entry { id, offset, length, run };
        let entries = [entry(5, 0, 10, 1), entry(7, 10, 300, 2), entry(12, 0, 10, 1)];
        let expected = [3, 5, 2, 5, 1, 2, 1, 10, 0xac, 2, 10, 1, 0, 1];
        assert_eq!(encoded(&entries), expected);
    }

    #[test]
    fn many_entries_have_leaves_that_the_root_points_to() {
        // Irregular, so that they compress badly.
        let mut end = 0;
        let entries: Vec<_> = (0..60_000u64)
            .map(|i| {
                let length = 100 + i * i % 7919;
                end += length;
                Entry { id: 3 * i + i % 2, offset: end - length, length, run: 1 }
            })
            .collect();
        let [root, leaves] = directories(&entries).expect("in memory");
        assert!(root.len() <= ROOT);
        let root = unpacked(&root);
        assert_eq!(root[0], 15, "leaves");
        let first = encoded(&entries[..LEAF]);
        assert_eq!(unpacked(&leaves[..gzip(&first).expect("in memory").len()]), first);
        assert_eq!(directories(&entries[..100]).expect("in memory")[1], Vec::<u8>::new());
    }
}
