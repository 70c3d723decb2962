//! The table that a description names.

use std::path::{Path, PathBuf};

use crate::{
    source::{Provenance, TableCell, Tables, fingerprint, open_table},
    store::OWN,
};

use super::OwnError;

/// Opens the one table of a file beside a description; `publisher` and `licence` are as the
/// description says them.
///
/// # Errors
/// When it cannot be read, or holds more than one table.
pub(super) fn open(
    description: &Path,
    file: &str,
    publisher: &str,
    licence: &str,
) -> Result<(Box<dyn Tables>, Provenance), OwnError> {
    let (table, parts) = open_table(&description.with_file_name(file))?;
    let count = table.heads().len();
    if count != 1 {
        let message = format!("{file}: verwacht één tabel, het bestand heeft er {count}");
        return Err(OwnError::description(description, message));
    }
    Ok((table, provenance(&parts, file, publisher, licence)?))
}

/// Where an own file comes from.
///
/// # Errors
/// When it cannot be read.
pub(super) fn provenance(
    parts: &[PathBuf],
    file: &str,
    publisher: &str,
    licence: &str,
) -> Result<Provenance, OwnError> {
    let (checksum, size) = fingerprint(parts)?;
    Ok(Provenance {
        file: file.to_owned(),
        checksum,
        size,
        publisher: publisher.to_owned(),
        licence: licence.to_owned(),
        delivery: String::new(),
        dialect: OWN.to_owned(),
    })
}

/// A cell as text, without the white space around it; empty where there is nothing.
pub(super) fn text(cell: Option<&TableCell<'_>>) -> String {
    match cell {
        None | Some(TableCell::Null) => String::new(),
        Some(TableCell::Number(number)) => number.to_string(),
        Some(TableCell::Text(text)) => text.trim().to_owned(),
    }
}
