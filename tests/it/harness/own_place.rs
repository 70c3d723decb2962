//! A place with data of its own.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

use super::{run, scratch};

/// A fictional country of two gemeenten, and a folder for own figures.
pub struct OwnPlace {
    /// Where everything is, removed afterwards.
    pub folder: TempDir,
    /// The atlas.
    pub atlas: PathBuf,
    /// The folder for own data.
    pub own: PathBuf,
}

impl OwnPlace {
    /// A new country and an empty folder.
    pub fn new() -> Self {
        let folder = scratch();
        let atlas = folder.path().join("atlas.gpkg");
        let own = folder.path().join("eigen");
        fs::create_dir(&own).expect("a folder");
        let path = atlas.to_str().expect("UTF-8");
        run(&["demo", "--out", path, "--gemeenten", "2", "--seed", "4"]).succeeded();
        Self { folder, atlas, own }
    }

    /// The path of the atlas.
    pub fn data(&self) -> &str {
        self.atlas.to_str().expect("UTF-8")
    }

    /// The path of the folder.
    pub fn folder(&self) -> &str {
        self.own.to_str().expect("UTF-8")
    }

    /// Writes a file in the folder.
    pub fn put(&self, name: &str, text: &str) {
        fs::write(self.own.join(name), text).expect("a file");
    }

    /// Imports the folder.
    pub fn import(&self) {
        run(&["import", "--data", self.data(), self.folder()]).succeeded();
    }
}
