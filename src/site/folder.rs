//! A folder that is filled beside the one it is to become, and put in its place when it is whole.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use flate2::{Compression, GzBuilder};
use serde::{Deserialize, Serialize};

use super::{SiteError, SiteSize};

/// The file that says that a folder is a site, and what is in it.
pub const MANIFEST: &str = "wijkzicht.json";

/// What a site is known by.
const KIND: &str = "wijkzicht-site";

/// What stands in a [`MANIFEST`].
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Manifest {
    #[serde(rename = "soort")]
    kind: String,
    #[serde(rename = "versie")]
    version: String,
    #[serde(rename = "bestanden")]
    files: Vec<File>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct File {
    #[serde(rename = "pad")]
    path: String,
    bytes: u64,
    /// The question that the interface gives the same answer to, where it is one.
    #[serde(rename = "vraag", skip_serializing_if = "Option::is_none")]
    question: Option<String>,
}

/// A site in the making; gone when it goes out of scope, unless it was put in place.
#[derive(Debug)]
pub struct SiteFolder {
    target: PathBuf,
    draft: PathBuf,
    files: Vec<File>,
}

impl SiteFolder {
    /// Begins a site that is to become the folder `target`: a new one, an empty one, or one that
    /// holds an earlier site.
    ///
    /// # Errors
    /// When it holds something else, or nothing can be written beside it.
    pub fn beside(target: &Path) -> Result<Self, SiteError> {
        let shown = target.display().to_string();
        let failed = |source| SiteError::Io { path: shown.clone(), source };
        // What is a link stays one: the folder that it leads to is replaced.
        let target = if target.exists() {
            if !is_free(target).map_err(failed)? {
                return Err(SiteError::NotOurs(shown));
            }
            target.canonicalize().map_err(failed)?
        } else {
            target.to_owned()
        };
        let name = target
            .file_name()
            .ok_or_else(|| failed(io::Error::new(io::ErrorKind::InvalidInput, "is no folder")))?;
        let name = format!(".{}.{}", name.to_string_lossy(), std::process::id());
        let draft = target.with_file_name(format!("{name}.new"));
        fs::create_dir(&draft).map_err(failed)?;
        Ok(Self { target, draft, files: Vec::new() })
    }

    /// Writes a file; folders on its way are made.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(
        &mut self,
        path: &str,
        body: &[u8],
        question: Option<&str>,
    ) -> Result<(), SiteError> {
        let file = self.draft.join(path);
        let written = file.parent().map_or(Ok(()), fs::create_dir_all);
        written.and_then(|()| fs::write(&file, body)).map_err(|source| SiteError::Io {
            path: self.target.join(path).display().to_string(),
            source,
        })?;
        self.files.push(File {
            path: path.to_owned(),
            bytes: body.len() as u64,
            question: question.map(ToOwned::to_owned),
        });
        Ok(())
    }

    /// Writes a file compressed, with `.gz` behind its name: few web spaces compress what they
    /// send, and the page can open it. The same body gives the same file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put_packed(
        &mut self,
        path: &str,
        body: &[u8],
        question: Option<&str>,
    ) -> Result<(), SiteError> {
        let path = format!("{path}.gz");
        let pack = || {
            let mut packed = GzBuilder::new().write(Vec::new(), Compression::best());
            packed.write_all(body)?;
            packed.finish()
        };
        let packed = pack().map_err(|source| SiteError::Io { path: path.clone(), source })?;
        self.put(&path, &packed, question)
    }

    /// What was written so far.
    pub fn size(&self) -> SiteSize {
        SiteSize { files: self.files.len(), bytes: self.files.iter().map(|file| file.bytes).sum() }
    }

    /// Says what is in the folder and puts it where it belongs. Whoever looks there never sees
    /// half a site; where it replaces an old one, two renames leave a moment without any.
    ///
    /// # Errors
    /// When it cannot be renamed; then an old site is where it was.
    pub fn finish(mut self, version: &str) -> Result<SiteSize, SiteError> {
        let manifest = Manifest {
            kind: KIND.to_owned(),
            version: version.to_owned(),
            files: std::mem::take(&mut self.files),
        };
        let text = serde_json::to_vec_pretty(&manifest)?;
        self.files = manifest.files;
        self.put(MANIFEST, &text, None)?;
        let size = self.size();
        self.put_in_place()
            .map_err(|source| SiteError::Io { path: self.target.display().to_string(), source })?;
        Ok(size)
    }

    fn put_in_place(&self) -> io::Result<()> {
        if !self.target.exists() {
            return fs::rename(&self.draft, &self.target);
        }
        let old = self.draft.with_extension("old");
        fs::rename(&self.target, &old)?;
        if let Err(error) = fs::rename(&self.draft, &self.target) {
            fs::rename(&old, &self.target)?;
            return Err(error);
        }
        // The new site stands; what cannot be removed of the old one is only in the way.
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }
}

impl Drop for SiteFolder {
    fn drop(&mut self) {
        // Where it was put in place there is none of that name.
        let _ = fs::remove_dir_all(&self.draft);
    }
}

/// Whether a site may come in the place of a folder: it is empty, or holds an earlier one.
fn is_free(folder: &Path) -> io::Result<bool> {
    if fs::read_dir(folder)?.next().is_none() {
        return Ok(true);
    }
    let Ok(text) = fs::read(folder.join(MANIFEST)) else { return Ok(false) };
    let manifest: Option<Manifest> = serde_json::from_slice(&text).ok();
    Ok(manifest.is_some_and(|manifest| manifest.kind == KIND))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_site_replaces_a_site_and_nothing_else() {
        let home = tempfile::tempdir().expect("a folder");
        let target = home.path().join("kaart");
        let mut first = SiteFolder::beside(&target).expect("a new folder");
        first.put("een/oud.txt", b"oud", None).expect("written");
        assert!(!target.exists(), "nothing stands there before it is whole");
        first.finish("1").expect("put in place");
        assert_eq!(names(&target), ["een", MANIFEST]);

        let abandoned = SiteFolder::beside(&target).expect("an earlier site");
        drop(abandoned);
        assert_eq!(names(home.path()), ["kaart"], "what was not finished leaves nothing");
        assert!(target.join("een/oud.txt").exists());

        let mut second = SiteFolder::beside(&target).expect("an earlier site");
        second.put("twee.txt", b"nieuw", Some("/v1/x")).expect("written");
        second.finish("2").expect("put in place");
        assert_eq!(names(&target), ["twee.txt", MANIFEST]);
        assert_eq!(names(home.path()), ["kaart"]);

        fs::remove_file(target.join(MANIFEST)).expect("removed");
        let refused = SiteFolder::beside(&target).expect_err("somebody's own folder");
        assert!(matches!(refused, SiteError::NotOurs(_)), "{refused}");
        fs::write(target.join(MANIFEST), "{\"soort\": \"iets anders\"}").expect("written");
        assert!(matches!(SiteFolder::beside(&target), Err(SiteError::NotOurs(_))));
        assert_eq!(names(&target), ["twee.txt", MANIFEST]);
        assert_eq!(names(home.path()), ["kaart"]);
    }

    #[test]
    fn the_same_body_gives_the_same_file() {
        let home = tempfile::tempdir().expect("a folder");
        let mut folder = SiteFolder::beside(&home.path().join("kaart")).expect("a new folder");
        folder.put_packed("a", b"body", None).expect("written");
        folder.put_packed("b", b"body", None).expect("written");
        let read = |name: &str| fs::read(folder.draft.join(name)).expect("a file");
        assert_eq!(read("a.gz"), read("b.gz"));
    }
}
