//! The folder in which fetched files stay.
//!
//! Each address has a folder of its own, named after the address, so that no name of a server's
//! making becomes a path. In it the file under its own name, what was taken out of it in `leden`,
//! and while it comes in a part with a record of what it is a part of.

use std::{
    env, fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::store::Lock;

use super::{
    Entry, FetchError, Member,
    manifest::{Manifest, SCHEMA},
};

/// The record of the whole cache.
const MANIFEST: &str = "manifest.json";

/// What one turn of fetching holds.
const LOCK: &str = ".slot";

/// The folder of what was taken out of an archive.
const MEMBERS: &str = "leden";

/// The longest name of a file, bytes.
const LONGEST_NAME: usize = 150;

/// Files that were fetched, and the record of them.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    manifest: Mutex<Manifest>,
    _lock: Option<Lock>,
}

impl Cache {
    /// The folder that is used where none is named.
    ///
    /// # Errors
    /// When nothing says where a user keeps such things.
    pub fn own_folder() -> Result<PathBuf, FetchError> {
        let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
        let folder = set("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| set("HOME").map(|home| PathBuf::from(home).join(".cache")));
        folder.map(|folder| folder.join("wijkzicht/ophalen")).ok_or(FetchError::NoCache)
    }

    /// Opens the cache in a folder, which is made where it is not there, as the only one who uses
    /// it; `waits` is told once when somebody else does, whose end is waited for.
    ///
    /// # Errors
    /// When it cannot be read or written, or its record is none.
    pub fn open(folder: &Path, waits: &dyn Fn()) -> Result<Self, FetchError> {
        fs::create_dir_all(folder).map_err(|source| trouble(folder, "cannot make", source))?;
        let lock = Lock::take(&folder.join(LOCK), waits)
            .map_err(|source| trouble(folder, "cannot write in", source))?;
        let mut cache = Self::look(folder)?;
        cache._lock = Some(lock);
        Ok(cache)
    }

    /// Looks into the cache in a folder without changing anything there.
    ///
    /// # Errors
    /// When its record cannot be read.
    pub fn look(folder: &Path) -> Result<Self, FetchError> {
        let path = folder.join(MANIFEST);
        let wrong =
            |message: String| FetchError::Manifest { path: path.display().to_string(), message };
        let manifest = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice::<Manifest>(&bytes)
                .map_err(|error| wrong(error.to_string()))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Manifest::default(),
            Err(source) => return Err(trouble(&path, "cannot read", source)),
        };
        if manifest.schema != SCHEMA {
            return Err(wrong(format!("in schema {}, expected {SCHEMA}", manifest.schema)));
        }
        Ok(Self { folder: folder.to_owned(), manifest: manifest.into(), _lock: None })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of an address.
    pub fn place(&self, address: &str) -> PathBuf {
        let name: String =
            Sha256::digest(address).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        self.folder.join("bestanden").join(name)
    }

    /// The path of what is fetched from an address.
    pub fn path(&self, address: &str, member: &Member) -> PathBuf {
        self.place(address).join(safe_name(&member.name))
    }

    /// The folder of what was taken out of what is fetched from an address.
    pub fn members(&self, address: &str) -> PathBuf {
        self.place(address).join(MEMBERS)
    }

    /// What the record says of an address, whether or not the file is still so.
    pub fn entry(&self, address: &str) -> Option<Entry> {
        self.manifest().entries.get(address).cloned()
    }

    /// What the record says of an address, where the file is there to the byte.
    pub fn sound(&self, address: &str) -> Option<Entry> {
        self.entry(address).filter(|entry| is_sound(&self.path(address, &entry.file), &entry.file))
    }

    /// Whether everything that was taken out of an archive is there to the byte.
    pub fn has_members(&self, address: &str, entry: &Entry) -> bool {
        let folder = self.members(address);
        !entry.members.is_empty()
            && entry.members.iter().all(|member| is_sound(&folder.join(&member.name), member))
    }

    /// Records what was fetched from an address.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn record(&self, address: &str, entry: Entry) -> Result<(), FetchError> {
        let mut manifest = self.manifest();
        manifest.entries.insert(address.to_owned(), entry);
        write_json(&self.folder.join(MANIFEST), &*manifest)
    }

    /// Forgets what was fetched from an address.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn forget(&self, address: &str) -> Result<(), FetchError> {
        let mut manifest = self.manifest();
        manifest.entries.remove(address);
        write_json(&self.folder.join(MANIFEST), &*manifest)
    }

    /// The table that was found by a title.
    pub fn table(&self, title: &str) -> Option<String> {
        self.manifest().tables.get(title).cloned()
    }

    /// Records the table that was found by a title.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn record_table(&self, title: &str, table: &str) -> Result<(), FetchError> {
        let mut manifest = self.manifest();
        manifest.tables.insert(title.to_owned(), table.to_owned());
        write_json(&self.folder.join(MANIFEST), &*manifest)
    }

    fn manifest(&self) -> MutexGuard<'_, Manifest> {
        self.manifest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An error of the system at a path of the cache.
pub fn trouble(path: &Path, action: &'static str, source: io::Error) -> FetchError {
    FetchError::Cache { path: path.display().to_string(), action, source }
}

/// Writes JSON in the place of what was there, whole: through a new file that is renamed.
///
/// # Errors
/// When it cannot be written.
pub fn write_json(path: &Path, value: &impl Serialize) -> Result<(), FetchError> {
    let failed = |source| trouble(path, "cannot write", source);
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|error| failed(error.into()))?;
    bytes.push(b'\n');
    let draft = path.with_extension("nieuw");
    fs::File::create(&draft)
        .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&draft, path))
        .map_err(failed)
}

/// Reads JSON that [`write_json`] wrote; `None` where it is not there or is something else.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// The size and SHA-256 of a file.
///
/// # Errors
/// When it cannot be read.
pub fn fingerprint(path: &Path) -> Result<(u64, String), FetchError> {
    let failed = |source| trouble(path, "cannot read", source);
    let mut file = fs::File::open(path).map_err(failed)?;
    let (mut hash, mut size) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 18];
    loop {
        let count = file.read(&mut buffer).map_err(failed)?;
        if count == 0 {
            break;
        }
        hash.update(buffer.get(..count).unwrap_or_default());
        size += count as u64;
    }
    Ok((size, hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
}

/// Whether a file is there to the byte. Cost: reading it.
fn is_sound(path: &Path, member: &Member) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == member.size)
        && fingerprint(path).is_ok_and(|(_, checksum)| checksum == member.checksum)
}

/// A name that is one file in one folder, whatever it was: letters, digits, spaces and some signs.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_plain = |c: char| c.is_alphanumeric() || " ._-()+,".contains(c);
    let plain: String = last.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let plain = plain.trim().trim_start_matches('.');
    if plain.len() <= LONGEST_NAME {
        return if plain.is_empty() { "bestand".to_owned() } else { plain.to_owned() };
    }
    // The ending says how it is read.
    let (stem, ending) = plain.rsplit_once('.').unwrap_or((plain, ""));
    let mut stem = stem.to_owned();
    let ending: String = ending.chars().take(10).collect();
    while stem.len() + ending.len() + 1 > LONGEST_NAME {
        stem.pop();
    }
    format!("{stem}.{ending}")
}

/// A name that says since when the file is so, unless it numbers its delivery itself: what a
/// publisher renews under one name would otherwise be two files of equal right.
pub fn dated_name(name: &str, as_of: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let lower = stem.to_lowercase();
    let is_numbered = lower.rfind("_v").is_some_and(|at| {
        lower.get(at + 2..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    if is_numbered || as_of.is_empty() {
        return name.to_owned();
    }
    format!("{stem}_stand-{as_of}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_its_folder() {
        for (name, safe) in [
            (
                "Leefbaarometer-scores buurten 2002-2024.csv",
                "Leefbaarometer-scores buurten 2002-2024.csv",
            ),
            ("../../etc/passwd", "passwd"),
            ("map\\..\\x.csv", "x.csv"),
            ("/x.csv", "x.csv"),
            ("..", "bestand"),
            (".verborgen", "verborgen"),
            ("", "bestand"),
            ("a\0b\n.csv", "a_b_.csv"),
            ("Súdwest.csv", "Súdwest.csv"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
        let long = safe_name(&format!("{}.gpkg", "é".repeat(400)));
        assert!(long.len() <= LONGEST_NAME && long.ends_with(".gpkg"), "{long}");
    }

    #[test]
    fn a_delivery_without_a_number_is_told_by_its_day() {
        assert_eq!(dated_name("kwb-2024.xlsx", "20250310"), "kwb-2024_stand-20250310.xlsx");
        assert_eq!(
            dated_name("wijkenbuurten_2024_v2.gpkg", "20250310"),
            "wijkenbuurten_2024_v2.gpkg"
        );
        assert_eq!(dated_name("kwb_vlak.csv", "20250310"), "kwb_vlak_stand-20250310.csv");
        assert_eq!(dated_name("kwb.csv", ""), "kwb.csv");
    }

    #[test]
    fn a_spoilt_file_is_not_sound() {
        let folder = tempfile::tempdir().expect("a folder");
        let address = "https://x.example/a.csv";
        let cache = Cache::open(folder.path(), &|| {}).expect("a cache");
        fs::create_dir_all(cache.place(address)).expect("a folder");
        let file = Member { name: "a.csv".into(), ..Member::default() };
        let path = cache.path(address, &file);
        fs::write(&path, "abc").expect("written");
        let (size, checksum) = fingerprint(&path).expect("read");
        assert_eq!((size, &checksum[..8]), (3, "ba7816bf"));
        let entry = Entry { file: Member { size, checksum, ..file }, ..Entry::default() };
        cache.record(address, entry.clone()).expect("recorded");
        assert_eq!(cache.sound(address), Some(entry.clone()));
        drop(cache);
        let again = Cache::open(folder.path(), &|| {}).expect("a cache");
        assert_eq!(again.entry(address), Some(entry));
        for spoilt in ["abd", "abcd", ""] {
            fs::write(&path, spoilt).expect("written");
            assert_eq!(again.sound(address), None, "{spoilt}");
        }
        assert_eq!(again.entry("https://x.example/b.csv"), None);
    }

    #[test]
    fn a_record_of_something_else_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        for wrong in ["", "{}", "{\"schema\":2,\"bestanden\":{}}", "[]"] {
            fs::write(folder.path().join(MANIFEST), wrong).expect("written");
            let error = Cache::open(folder.path(), &|| {}).expect_err("no record");
            assert!(error.to_string().contains(MANIFEST), "{error}");
        }
    }
}
