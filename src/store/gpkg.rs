//! The atlas as one GeoPackage file.
//!
//! Tables that the standard knows: a feature table per division and level (`buurten_2024`), the
//! attribute tables `waarnemingen`, `reeksen` and `bronnen`, and a view `waarden` that joins them
//! for people. Own tables: `over` (key and value) and `bijlagen` (blobs).

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags};

use crate::source::sqlite::distrust;

use super::{Contents, Lock, Store, StoreError, gpkg_read, gpkg_write};

/// A store in a GeoPackage file.
#[derive(Clone, Debug)]
pub struct GpkgStore {
    path: PathBuf,
}

impl GpkgStore {
    /// The store in the file of that path, which need not exist yet.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    /// The path of a file beside the atlas that lives no longer than an import.
    fn beside(&self, what: &str) -> PathBuf {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        self.folder().join(format!(".{name}.{what}"))
    }

    fn io(&self, action: &'static str) -> impl FnOnce(std::io::Error) -> StoreError {
        let path = self.path.display().to_string();
        move |source| StoreError::Io { path, action, source }
    }

    /// Opens what is there, to be read; `None` where there is nothing yet.
    fn open(&self) -> Result<Option<Connection>, StoreError> {
        match fs::metadata(&self.path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.io("cannot open")(error)),
            Ok(metadata) if metadata.is_dir() => {
                return Err(StoreError::NoAtlas {
                    path: self.path.display().to_string(),
                    found: "is a folder".into(),
                });
            }
            Ok(_) => {}
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let path = self.path.display().to_string();
        let mut connection = Connection::open_with_flags(&self.path, flags).map_err(|source| {
            StoreError::Sqlite { path: path.clone(), action: "cannot open", source }
        })?;
        let size = fs::metadata(&self.path).map_err(self.io("cannot open"))?.len();
        distrust(&mut connection, size).map_err(|source| StoreError::Sqlite {
            path,
            action: "cannot open",
            source,
        })?;
        Ok(Some(connection))
    }
}

impl Store for GpkgStore {
    fn read(&self) -> Result<Option<Contents>, StoreError> {
        let path = self.path.display().to_string();
        self.open()?.map(|connection| gpkg_read::read(&connection, &path)).transpose()
    }

    fn is_outdated(&self) -> Result<bool, StoreError> {
        let path = self.path.display().to_string();
        let is_older = |connection| gpkg_read::is_outdated(&connection, &path);
        self.open()?.map_or(Ok(false), is_older)
    }

    fn lock(&self, waits: &dyn Fn()) -> Result<Lock, StoreError> {
        let lock =
            Lock::take(&self.beside("lock"), waits).map_err(self.io("cannot write beside it"))?;
        // What an import left that was killed: nobody else writes now.
        Draft(self.beside("new")).remove();
        Ok(lock)
    }

    fn replace(&self, contents: &Contents) -> Result<(), StoreError> {
        let draft = Draft(self.beside("new"));
        draft.remove();
        gpkg_write::write(&draft.0, contents)?;
        fs::File::open(&draft.0)
            .and_then(|file| file.sync_all())
            .map_err(self.io("cannot flush"))?;
        fs::rename(&draft.0, &self.path).map_err(self.io("cannot put in place"))?;
        // The new name must survive a power cut too; not every system can flush a folder.
        if let Ok(folder) = fs::File::open(self.folder()) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

/// A file that is gone when it goes out of scope, unless it was renamed.
struct Draft(PathBuf);

impl Draft {
    fn remove(&self) {
        let _ = fs::remove_file(&self.0);
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.remove();
    }
}
