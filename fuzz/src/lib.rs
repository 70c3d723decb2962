//! What the targets share: a folder in memory, and reading a file as an import does.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
    thread,
};

use wijkzicht::{
    atlas::Atlas,
    coverage, geodata,
    indicator::{Catalogue, ResidentialChange},
    source::{self, Delivery, Dialects, ReadOptions},
    store::Contents,
};

/// The dialects that the program carries.
pub static DIALECTS: LazyLock<Dialects> =
    LazyLock::new(|| Dialects::built_in().expect("sound dialects"));

/// The catalogue that the program carries.
pub static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| geodata::catalogue().expect("a sound catalogue"));

thread_local! {
    /// A folder of this thread, in memory where the system has a file system there.
    static FOLDER: PathBuf = {
        let memory = Path::new("/dev/shm");
        let base = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let (process, thread) = (std::process::id(), thread::current().id());
        let folder = base.join(format!("wijkzicht-fuzz-{process}-{thread:?}"));
        fs::create_dir_all(&folder).expect("a folder");
        folder
    };
}

/// The path of a file in the folder.
pub fn path(name: &str) -> PathBuf {
    FOLDER.with(|folder| folder.join(name))
}

/// An atlas with the palettes and rules that the program carries.
pub fn atlas(contents: Contents) -> Atlas {
    let palettes = geodata::palettes().expect("sound palettes");
    let residential = geodata::residential_rule(&ResidentialChange::default());
    Atlas::new(contents, CATALOGUE.clone(), palettes, residential.expect("a sound rule"))
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
