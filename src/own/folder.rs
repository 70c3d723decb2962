//! The descriptions in a folder of own data.

use std::path::{Path, PathBuf};

use crate::indicator::Catalogue;

use super::{AreaDescription, Description, OwnError, StoryDescription, subject::Subject};

/// A description as it stands in a folder.
#[derive(Debug)]
pub(super) struct Described<T> {
    pub path: PathBuf,
    pub description: T,
}

/// The descriptions of a folder, by what they describe.
#[derive(Debug, Default)]
pub(super) struct Descriptions {
    pub levels: Vec<Described<AreaDescription>>,
    pub topics: Vec<Described<Description>>,
    pub stories: Vec<Described<StoryDescription>>,
}

impl Descriptions {
    /// Reads every description of a folder.
    ///
    /// # Errors
    /// When there is none, or one is not what it must be.
    pub fn of(folder: &Path, catalogue: &Catalogue) -> Result<Self, OwnError> {
        let listed = std::fs::read_dir(folder).map_err(|error| OwnError::io(folder, error))?;
        let mut paths = Vec::new();
        for entry in listed {
            let path = entry.map_err(|error| OwnError::io(folder, error))?.path();
            if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("toml")) {
                paths.push(path);
            }
        }
        if paths.is_empty() {
            return Err(OwnError::NoDescriptions(folder.display().to_string()));
        }
        paths.sort();
        let mut all = Self::default();
        for path in paths {
            let (subject, text) = Subject::read(&path)?;
            match subject {
                Subject::Areas => {
                    let description = AreaDescription::read(&path, &text)?;
                    all.levels.push(Described { path, description });
                }
                Subject::Topic => {
                    let description = Description::read(&path, &text, catalogue)?;
                    all.topics.push(Described { path, description });
                }
                Subject::Stories => {
                    let description = StoryDescription::read(&path, &text)?;
                    all.stories.push(Described { path, description });
                }
            }
        }
        all.check()?;
        Ok(all)
    }

    /// Refuses two descriptions of the same.
    fn check(&self) -> Result<(), OwnError> {
        for (at, one) in self.topics.iter().enumerate() {
            let mut before = self.topics[..at].iter();
            if let Some(other) = before.find(|other| other.description.id == one.description.id) {
                let message = format!(
                    "id = {:?}: {} beschrijft dat onderwerp al",
                    one.description.id,
                    other.path.display()
                );
                return Err(OwnError::description(&one.path, message));
            }
        }
        for (at, one) in self.levels.iter().enumerate() {
            let key = |of: &AreaDescription| (of.id(), of.indeling);
            let mut before = self.levels[..at].iter();
            if let Some(other) = before.find(|of| key(&of.description) == key(&one.description)) {
                let message = format!(
                    "niveau = {:?}: {} beschrijft dat niveau al op die indeling",
                    one.description.id(),
                    other.path.display()
                );
                return Err(OwnError::description(&one.path, message));
            }
        }
        Ok(())
    }
}
