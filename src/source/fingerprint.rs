//! What tells one delivery of a file from another.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::{SourceError, error::io};

/// SHA-256 in hex, and the size in bytes, of files one after the other.
///
/// # Errors
/// When one of them cannot be read.
pub fn fingerprint(files: &[PathBuf]) -> Result<(String, u64), SourceError> {
    let mut hash = Sha256::new();
    let mut size = 0;
    let mut buffer = vec![0; 1 << 18];
    for file in files {
        let fail = |error| io(file, error);
        let mut reader = File::open(file).map_err(fail)?;
        loop {
            let count = reader.read(&mut buffer).map_err(fail)?;
            if count == 0 {
                break;
            }
            hash.update(buffer.get(..count).unwrap_or_default());
            size += count as u64;
        }
    }
    let hex = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((hex, size))
}

/// The one year that a file's name holds: four digits with no digit beside them. `None` where
/// there is none, or several that differ.
pub fn year_in_name(path: &Path) -> Option<crate::area::Year> {
    let stem = path.file_stem()?.to_string_lossy().into_owned();
    let mut years = stem
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|digits| digits.parse::<crate::area::Year>().ok());
    let first = years.next()?;
    years.all(|year| year == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_one_year_or_none() {
        let year = |name: &str| year_in_name(Path::new(name)).map(crate::area::Year::get);
        assert_eq!(year("2020/wijk_2016.shp"), Some(2016));
        assert_eq!(year("wijkenbuurten_2024_v1.gpkg"), Some(2024));
        assert_eq!(year("scores 2002-2024.csv"), None);
        assert_eq!(year("SES_WOA_25042023_160857.csv"), None);
        assert_eq!(year("buurten.gpkg"), None);
    }
}
