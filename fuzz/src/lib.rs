//! What the targets share: a folder in memory, and reading a file as an import does.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use wijkzicht::{
    coverage, geodata,
    indicator::Catalogue,
    source::{self, Delivery, Dialects, ReadOptions},
};

/// The dialects that the program carries.
pub static DIALECTS: LazyLock<Dialects> =
    LazyLock::new(|| Dialects::built_in().expect("sound dialects"));

/// The catalogue that the program carries.
pub static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| geodata::catalogue().expect("a sound catalogue"));

/// A folder of this process, in memory where the system has a file system there.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let memory = Path::new("/dev/shm");
    let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = base.join(format!("wijkzicht-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    folder
});

/// The path of a file in the folder.
pub fn path(name: &str) -> PathBuf {
    FOLDER.join(name)
}

/// A file with these bytes.
pub fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = path(name);
    fs::write(&path, bytes).expect("written");
    path
}

/// Reads a file in any dialect, and repairs its shapes as an import does next.
pub fn read(path: &Path) -> Option<Delivery> {
    let delivery = source::read(path, &ReadOptions::default(), &DIALECTS, &CATALOGUE).ok()?;
    for area in delivery.tables.iter().flat_map(|table| &table.areas) {
        let _ = coverage::repair(&area.shape);
    }
    Some(delivery)
}
