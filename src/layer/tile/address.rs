//! Which tile: zoom, column, row, and its place in the order of an archive.

use crate::crs::{LonLat, WebMercator};

/// The deepest zoom that has tiles.
pub const DEEPEST: u8 = 22;

/// A tile of the square world of web maps: column from the west, row from the north.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tile {
    z: u8,
    x: u32,
    y: u32,
}

impl Tile {
    /// The tile at a zoom, column and row; `None` where the zoom is above [`DEEPEST`], or column or
    /// row are not below 2^z.
    pub fn new(z: u8, x: u32, y: u32) -> Option<Self> {
        (z <= DEEPEST && x < 1 << z && y < 1 << z).then_some(Self { z, x, y })
    }

    /// Reads a tile from three decimal numbers, written as short as they can be.
    pub fn parse(z: &str, x: &str, y: &str) -> Option<Self> {
        let number = |text: &str| -> Option<u32> {
            let is_plain = text.len() <= 7
                && text.bytes().all(|byte| byte.is_ascii_digit())
                && (text == "0" || !text.starts_with('0'));
            Some(text).filter(|_| is_plain)?.parse().ok()
        };
        Self::new(u8::try_from(number(z)?).ok()?, number(x)?, number(y)?)
    }

    /// The zoom.
    pub fn z(self) -> u8 {
        self.z
    }

    /// The column, from the west.
    pub fn x(self) -> u32 {
        self.x
    }

    /// The row, from the north.
    pub fn y(self) -> u32 {
        self.y
    }

    /// The place of the tile in a PMTiles archive: zoom by zoom, along the Hilbert curve of each.
    pub fn id(self) -> u64 {
        // All tiles of the zooms above: (4^z - 1) / 3.
        let above = ((1u64 << (2 * self.z)) - 1) / 3;
        let (mut x, mut y) = (self.x, self.y);
        let mut along = 0u64;
        let mut side = (1u32 << self.z) >> 1;
        while side > 0 {
            let (rx, ry) = (u32::from(x & side > 0), u32::from(y & side > 0));
            along += u64::from(side) * u64::from(side) * u64::from((3 * rx) ^ ry);
            if ry == 0 {
                if rx == 1 {
                    x = side.wrapping_sub(1).wrapping_sub(x);
                    y = side.wrapping_sub(1).wrapping_sub(y);
                }
                std::mem::swap(&mut x, &mut y);
            }
            side >>= 1;
        }
        above + along
    }

    /// The longitude and latitude of the north-western corner of the tile at a zoom, column and
    /// row; also of those beyond the last.
    pub(super) fn corner(z: u8, x: u32, y: u32) -> LonLat {
        let size = WebMercator::HALF_WIDTH * 2.0 / f64::from(1u32 << z);
        WebMercator {
            x: f64::from(x) * size - WebMercator::HALF_WIDTH,
            y: WebMercator::HALF_WIDTH - f64::from(y) * size,
        }
        .to_lonlat()
    }

    /// West, south, east, north in degrees.
    pub fn bounds(self) -> [f64; 4] {
        let north_west = Self::corner(self.z, self.x, self.y);
        let south_east = Self::corner(self.z, self.x + 1, self.y + 1);
        [north_west.lon, south_east.lat, south_east.lon, north_west.lat]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn only_tiles_of_the_world_are_tiles() {
        assert!(Tile::parse("22", "4194303", "0").is_some());
        for (z, x, y) in [
            ("23", "0", "0"),
            ("0", "1", "0"),
            ("3", "8", "0"),
            ("3", "0", "8"),
            ("-1", "0", "0"),
            ("1.0", "0", "0"),
            ("01", "0", "0"),
            ("", "0", "0"),
            ("5", "+1", "1"),
            ("5", "1", "1e1"),
            ("5", "99999999999999999999", "1"),
            ("257", "0", "0"),
        ] {
            assert_eq!(Tile::parse(z, x, y), None, "{z}/{x}/{y}");
        }
    }

    #[test]
    fn ids_are_those_of_the_specification() {
        // The examples of PMTiles version 3.
        let id = |z, x, y| Tile::new(z, x, y).map(Tile::id);
        for (z, x, y, expected) in
            [(0, 0, 0, 0), (1, 0, 0, 1), (1, 0, 1, 2), (1, 1, 1, 3), (1, 1, 0, 4), (2, 0, 0, 5)]
        {
            assert_eq!(id(z, x, y), Some(expected), "{z}/{x}/{y}");
        }
        assert_eq!(id(12, 3423, 1763), Some(19_078_479));
    }

    #[test]
    fn ids_of_a_zoom_are_a_walk_over_neighbours() {
        for z in 0..6u8 {
            let mut tiles: Vec<_> = (0..1u32 << z)
                .flat_map(|x| (0..1u32 << z).filter_map(move |y| Tile::new(z, x, y)))
                .collect();
            tiles.sort_by_key(|tile| tile.id());
            let ids: BTreeSet<_> = tiles.iter().map(|tile| tile.id()).collect();
            assert_eq!(ids.len(), 1 << (2 * z));
            for pair in tiles.windows(2) {
                let step = pair[0].x.abs_diff(pair[1].x) + pair[0].y.abs_diff(pair[1].y);
                assert_eq!((step, pair[1].id() - pair[0].id()), (1, 1));
            }
        }
    }

    #[test]
    fn bounds_are_degrees() {
        let bounds = Tile::new(1, 1, 0).expect("a tile").bounds();
        let expected = [0.0, 0.0, 180.0, 85.051_128_779_8];
        assert!(bounds.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{bounds:?}");
    }
}
