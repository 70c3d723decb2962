//! A place with data of its own.

use std::{fs, path::PathBuf};

use tempfile::TempDir;

use super::{canonical_dump, run, scratch};

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

    /// Checks and imports the folder: both name every one of `faults`, and nothing is imported. The
    /// import asks for leave to take the rest.
    #[track_caller]
    pub fn refuses(&self, faults: &[&str]) {
        let before = canonical_dump(&self.atlas);
        let looked = run(&["check", "--data", self.data(), self.folder()]).succeeded();
        let count = format!("{} rows cannot be used", faults.len());
        let refused = run(&["import", "--data", self.data(), self.folder()]);
        let refused = refused.failed_naming(&[&count, "--accept-partial"]);
        for text in faults {
            for said in [&looked.stdout, &refused.stdout] {
                assert!(said.contains(text), "{text:?} in {said}");
            }
        }
        assert_eq!(canonical_dump(&self.atlas), before, "nothing was imported");
    }

    /// Imports the folder.
    pub fn import(&self) {
        run(&["import", "--data", self.data(), self.folder()]).succeeded();
    }
}
