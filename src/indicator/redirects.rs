//! What indicators were called before: an address with an old id keeps working.

use std::collections::BTreeMap;

use serde::Deserialize;
use smol_str::SmolStr;

use super::CatalogueError;

/// Old ids with the ids that took their place.
pub type Redirects = BTreeMap<SmolStr, SmolStr>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RedirectsFile {
    #[serde(rename = "indicatoren")]
    indicators: Redirects,
}

/// Reads the table of old ids, given as name and text.
///
/// # Errors
/// When it is no TOML of that shape.
pub fn parse_redirects(file: &str, text: &str) -> Result<Redirects, CatalogueError> {
    let read: Result<RedirectsFile, _> = toml::from_str(text);
    read.map(|read| read.indicators).map_err(|error| CatalogueError::Malformed {
        file: file.to_owned(),
        message: error.to_string(),
    })
}
