//! What the cache holds: which file came from where, when, and what it is known by.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The form of the record that this program writes.
pub const SCHEMA: u32 = 1;

/// Every file of a cache.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of this record.
    pub schema: u32,
    /// By the address that was asked for.
    #[serde(rename = "bestanden")]
    pub entries: BTreeMap<String, Entry>,
    /// Tables that were found by their title: `Kerncijfers wijken en buurten 2026`.
    #[serde(default, rename = "tabellen")]
    pub tables: BTreeMap<String, String>,
}

impl Default for Manifest {
    fn default() -> Self {
        Self { schema: SCHEMA, entries: BTreeMap::new(), tables: BTreeMap::new() }
    }
}

/// One thing that was fetched, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file, in the folder of its address.
    #[serde(flatten)]
    pub file: Member,
    /// What the server knows it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// Since when it is so, as the server wrote it.
    #[serde(default, rename = "gewijzigd", skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// The day on which it was fetched, `2026-11-21`.
    #[serde(rename = "opgehaald")]
    pub retrieved: String,
    /// The day since which it is so, `20261121`: the publisher's own, else that of fetching.
    #[serde(rename = "stand")]
    pub as_of: String,
    /// What was taken out of it, where it is an archive.
    #[serde(default, rename = "leden", skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Member>,
}

/// A file and what it is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name.
    #[serde(rename = "naam")]
    pub name: String,
    /// Bytes.
    #[serde(rename = "omvang")]
    pub size: u64,
    /// SHA-256, in hexadecimals.
    #[serde(rename = "controlegetal")]
    pub checksum: String,
}

/// What a part of a file may be continued by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partial {
    /// What the server knows it by: a strong tag.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// Since when it is so, as the server wrote it.
    #[serde(default, rename = "gewijzigd", skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
    /// How many bytes it has in all.
    #[serde(default, rename = "omvang", skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}

impl Partial {
    /// What `If-Range` says: the tag, else the moment; `None` where the rest cannot be asked for
    /// without a chance that it is of another file.
    pub fn validator(&self) -> Option<&str> {
        self.etag.as_deref().or(self.modified.as_deref())
    }
}
