//! The official correction grid of RDNAPTRANS™2018.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek},
    path::{Path, PathBuf},
};

/// Nodes along a meridian: latitude 50 to 56 by 0.0125 degrees.
const ROWS: usize = 481;
/// Nodes along a parallel: longitude 2 to 8 by 0.02 degrees.
const COLUMNS: usize = 301;
const NODES: usize = ROWS * COLUMNS;
const LAT_MIN: f64 = 50.0;
const LON_MIN: f64 = 2.0;
const ROWS_PER_DEGREE: f64 = 80.0;
const COLUMNS_PER_DEGREE: f64 = 50.0;
/// The corrections' unit: the last of the nine decimals of the official text, degrees.
const UNIT: f64 = 1e-9;
/// How the official text names its columns.
const HEADER: [&str; 4] = ["RD_lat_(deg)", "RD_lon_(deg)", "lat_corr_(deg)", "lon_corr_(deg)"];
/// No line of the official text is longer; anything longer is no line of it.
const LONGEST_LINE: u64 = 256;
/// As many may follow the last node.
const BLANK_LINES: usize = 8;
/// What stored bytes begin with: a name and the version of the form.
const MAGIC: &[u8; 8] = b"RDCORR\x00\x01";

/// The corrections to positions on Bessel that make RD of the real, measured network: 481 × 301
/// nodes over latitude 50–56 and longitude 2–8, degrees. 0.6 MB.
#[derive(Clone, PartialEq, Eq)]
pub struct CorrectionGrid {
    /// Latitude and longitude correction in 1e-9 degrees, row by row from the south-west.
    nodes: Box<[[i16; 2]]>,
}

/// Why a correction grid could not be read.
#[derive(Debug, thiserror::Error)]
pub enum GridError {
    /// The file cannot be opened or read.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The zip archive is broken, or does not hold exactly one text.
    #[error("{}: {reason}", path.display())]
    Archive {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A line is not what the official grid has there.
    #[error("{}, line {line}: {reason}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What was found and what was expected.
        reason: String,
    },
    /// Stored bytes are not a grid of this version.
    #[error("stored correction grid: {0}")]
    Stored(String),
}

impl CorrectionGrid {
    /// Reads the official grid: `rdcorr2018.zip` as published, or the text within it.
    ///
    /// # Errors
    /// Every line must be the one that belongs there (latitude outer, longitude inner, ascending,
    /// tab or space between four columns); anything else is an error naming file and line. Memory
    /// is bounded whatever the file holds.
    pub fn read(path: &Path) -> Result<Self, GridError> {
        let io = |source| GridError::Io { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(io)?;
        let mut start = [0; 4];
        let is_zip = match file.read_exact(&mut start) {
            Ok(()) => start.starts_with(b"PK"),
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => false,
            Err(e) => return Err(io(e)),
        };
        file.rewind().map_err(io)?;
        if !is_zip {
            return read_text(BufReader::new(file), path);
        }
        let archive = |e: zip::result::ZipError| GridError::Archive {
            path: path.to_owned(),
            reason: e.to_string(),
        };
        let mut zip = zip::ZipArchive::new(BufReader::new(file)).map_err(archive)?;
        if zip.len() != 1 {
            return Err(GridError::Archive {
                path: path.to_owned(),
                reason: format!("holds {} files, expected the one text of the grid", zip.len()),
            });
        }
        let entry = zip.by_index(0).map_err(archive)?;
        read_text(BufReader::new(entry), path)
    }

    /// The corrections in degrees (latitude, longitude) at a position in degrees: bilinear between
    /// the four nodes around it, zero outside the grid and for NaN.
    pub fn at(&self, lat: f64, lon: f64) -> (f64, f64) {
        let row = (lat - LAT_MIN) * ROWS_PER_DEGREE;
        let column = (lon - LON_MIN) * COLUMNS_PER_DEGREE;
        let inside = (0.0..=(ROWS - 1) as f64).contains(&row)
            && (0.0..=(COLUMNS - 1) as f64).contains(&column);
        if !inside {
            return (0.0, 0.0);
        }
        let (i, j) = ((row as usize).min(ROWS - 2), (column as usize).min(COLUMNS - 2));
        let (north, east) = (row - i as f64, column - j as f64);
        let (south, west) = (1.0 - north, 1.0 - east);
        let k = i * COLUMNS + j;
        let (sw, se) = (self.nodes[k], self.nodes[k + 1]);
        let (nw, ne) = (self.nodes[k + COLUMNS], self.nodes[k + COLUMNS + 1]);
        let mean = |c: usize| {
            (south * (west * f64::from(sw[c]) + east * f64::from(se[c]))
                + north * (west * f64::from(nw[c]) + east * f64::from(ne[c])))
                * UNIT
        };
        (mean(0), mean(1))
    }

    /// The grid as bytes to store: 8 bytes of name and version, then the nodes little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(MAGIC.len() + NODES * 4);
        bytes.extend_from_slice(MAGIC);
        for correction in self.nodes.iter().flatten() {
            bytes.extend_from_slice(&correction.to_le_bytes());
        }
        bytes
    }

    /// Reads what [`CorrectionGrid::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`GridError::Stored`] for another name, version or length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, GridError> {
        let Some(body) = bytes.strip_prefix(MAGIC) else {
            return Err(GridError::Stored("not a correction grid of version 1".to_owned()));
        };
        if body.len() != NODES * 4 {
            return Err(GridError::Stored(format!(
                "{} bytes, expected {}",
                bytes.len(),
                MAGIC.len() + NODES * 4
            )));
        }
        let (pairs, _) = body.as_chunks::<4>();
        let nodes = pairs
            .iter()
            .map(|&[a, b, c, d]| [i16::from_le_bytes([a, b]), i16::from_le_bytes([c, d])])
            .collect();
        Ok(Self { nodes })
    }
}

fn read_text(mut text: impl BufRead, path: &Path) -> Result<CorrectionGrid, GridError> {
    let mut number = 0;
    let mut line = Vec::new();
    // The next line without its end; `None` at the end of the text.
    let mut next = |number: &mut usize, line: &mut Vec<u8>| -> Result<bool, GridError> {
        line.clear();
        *number += 1;
        let read = (&mut text).take(LONGEST_LINE).read_until(b'\n', line);
        match read {
            Err(source) => Err(GridError::Io { path: path.to_owned(), source }),
            Ok(n) => Ok(n > 0),
        }
    };
    let wrong =
        |line: usize, reason: String| GridError::Line { path: path.to_owned(), line, reason };

    if !next(&mut number, &mut line)? || fields(&line).is_none_or(|f| f != HEADER) {
        return Err(wrong(1, format!("expected the header {:?}", HEADER.join(" "))));
    }
    // Grows as lines are read: a file cannot claim memory that it has no lines for.
    let mut nodes = Vec::new();
    for k in 0..NODES {
        if !next(&mut number, &mut line)? {
            return Err(wrong(number, format!("the text ends after {k} nodes, expected {NODES}")));
        }
        let (lat, lon) = position(k);
        let node = fields(&line)
            .ok_or_else(|| "expected four numbers".to_owned())
            .and_then(|fields| node(fields, lat, lon))
            .map_err(|reason| wrong(number, reason))?;
        nodes.push(node);
    }
    // A zip archive holds a thousand times its size in blank lines.
    for _ in 0..=BLANK_LINES {
        if !next(&mut number, &mut line)? {
            return Ok(CorrectionGrid { nodes: nodes.into_boxed_slice() });
        }
        if !line.trim_ascii().is_empty() {
            break;
        }
    }
    Err(wrong(number, format!("more than the {NODES} nodes of the grid")))
}

/// Latitude and longitude of node `k`, degrees.
fn position(k: usize) -> (f64, f64) {
    (
        LAT_MIN + (k / COLUMNS) as f64 / ROWS_PER_DEGREE,
        LON_MIN + (k % COLUMNS) as f64 / COLUMNS_PER_DEGREE,
    )
}

fn fields(line: &[u8]) -> Option<[&str; 4]> {
    let mut fields = str::from_utf8(line).ok()?.split_ascii_whitespace();
    let four = [fields.next()?, fields.next()?, fields.next()?, fields.next()?];
    fields.next().is_none().then_some(four)
}

fn node(fields: [&str; 4], lat: f64, lon: f64) -> Result<[i16; 2], String> {
    let number = |text: &str| {
        text.parse::<f64>()
            .ok()
            .filter(|value| value.is_finite())
            .ok_or_else(|| format!("{text:?} is no number"))
    };
    let (found_lat, found_lon) = (number(fields[0])?, number(fields[1])?);
    if (found_lat - lat).abs() > UNIT || (found_lon - lon).abs() > UNIT {
        return Err(format!(
            "node at latitude {found_lat}, longitude {found_lon}, expected {lat:.4}, {lon:.4}"
        ));
    }
    let correction = |text: &str| {
        let units = (number(text)? / UNIT).round();
        if units.abs() > f64::from(i16::MAX) {
            return Err(format!("correction {text} is out of range: expected at most 0.000032767"));
        }
        Ok(units as i16)
    };
    Ok([correction(fields[2])?, correction(fields[3])?])
}

impl std::fmt::Debug for CorrectionGrid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CorrectionGrid({ROWS} × {COLUMNS})")
    }
}

#[cfg(test)]
mod tests {
    use std::{fmt::Write as _, io::Write as _};

    use super::*;

    /// A grid text whose corrections tell where they stand.
    fn text() -> String {
        let mut text = format!("{}\r\n", HEADER.join("\t"));
        for k in 0..NODES {
            let (lat, lon) = position(k);
            let (a, b) = ((k % 7) as i64, -((k % 11) as i64));
            let line = writeln!(
                text,
                "{lat:.4}\t {lon:.4}\t{:+.9}\t{:+.9}",
                a as f64 * UNIT,
                b as f64 * UNIT
            );
            line.expect("a string takes it");
        }
        text
    }

    fn read(content: &[u8]) -> Result<CorrectionGrid, GridError> {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(content).expect("written");
        CorrectionGrid::read(file.path())
    }

    fn message(content: &str) -> String {
        read(content.as_bytes()).expect_err("refused").to_string()
    }

    #[test]
    fn text_and_zip_and_stored_bytes_give_the_same_grid() {
        let text = text();
        let grid = read(text.as_bytes()).expect("a grid");
        let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        zip.start_file("rdcorr2018.txt", zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(text.as_bytes()).expect("written");
        let zipped = zip.finish().expect("finished").into_inner();
        assert_eq!(read(&zipped).expect("a grid"), grid);
        assert_eq!(CorrectionGrid::from_bytes(&grid.to_bytes()).expect("a grid"), grid);
    }

    #[test]
    fn nodes_are_met_exactly_and_between_them_it_is_bilinear() {
        let grid = read(text().as_bytes()).expect("a grid");
        let near =
            |(a, b): (f64, f64), (c, d): (f64, f64)| (a - c).abs() < 1e-16 && (b - d).abs() < 1e-16;
        for k in [0, 1, COLUMNS, 5 * COLUMNS + 9, NODES - 1] {
            let (lat, lon) = position(k);
            let expected = ((k % 7) as f64 * UNIT, -((k % 11) as f64) * UNIT);
            assert!(near(grid.at(lat, lon), expected), "{k}");
        }
        let node = |k: usize| (k % 7) as f64 * UNIT;
        let middle = (node(0) + node(1) + node(COLUMNS) + node(COLUMNS + 1)) / 4.0;
        assert!((grid.at(50.00625, 2.01).0 - middle).abs() < 1e-16);
        for (lat, lon) in [(49.99, 5.0), (56.01, 5.0), (52.0, 1.99), (52.0, f64::NAN), (1e300, 5.0)]
        {
            assert_eq!(grid.at(lat, lon), (0.0, 0.0));
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let text = text();
        let replaced = |line: usize, by: &str| {
            let mut lines: Vec<&str> = text.lines().collect();
            lines[line - 1] = by;
            message(&lines.join("\n"))
        };
        assert!(message("").contains("line 1: expected the header"));
        assert!(replaced(1, "lat lon a b").contains("line 1: expected the header"));
        assert!(
            replaced(2, "50.0000 2.0000 0.1 0").contains("line 2: correction 0.1 is out of range")
        );
        assert!(
            replaced(3, "50.0000 2.0000 0 0").contains("line 3: node at latitude 50, longitude 2")
        );
        assert!(replaced(4, "50.0000 2.0400 NaN 0").contains("line 4: \"NaN\" is no number"));
        assert!(replaced(5, "50.0000 2.0600 0").contains("line 5: expected four numbers"));
        assert!(replaced(6, &"9".repeat(10_000)).contains("line 6: expected four numbers"));
        let half: String = text.lines().take(100).map(|l| format!("{l}\n")).collect();
        assert!(message(&half).contains("line 101: the text ends after 99 nodes, expected 144781"));
        assert!(message(&format!("{text}more")).contains("more than the 144781 nodes"));
    }

    #[test]
    fn stored_bytes_of_another_kind_are_refused() {
        let bytes = read(text().as_bytes()).expect("a grid").to_bytes();
        assert!(CorrectionGrid::from_bytes(&[]).is_err());
        assert!(CorrectionGrid::from_bytes(&bytes[..bytes.len() - 1]).is_err());
        let mut other = bytes;
        other[7] = 2;
        assert!(CorrectionGrid::from_bytes(&other).is_err());
    }

    #[test]
    fn a_broken_zip_is_refused() {
        assert!(matches!(read(b"PK\x03\x04 nothing more"), Err(GridError::Archive { .. })));
    }
}
