//! One writer at a time.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// Holds the place of the only writer of a file, from [`Lock::take`] until it goes out of scope.
///
/// The system keeps the lock on a small file beside the atlas, so that it ends with the process,
/// however that ends. The small file is gone afterwards; one that a killed process left is used
/// again.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    file: Option<File>,
}

impl Lock {
    /// Waits until nobody else writes; `waits` is told once when somebody does.
    ///
    /// # Errors
    /// When the file beside the atlas cannot be made or locked.
    pub fn take(path: &Path, waits: &dyn Fn()) -> io::Result<Self> {
        let mut told = false;
        loop {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    if !told {
                        waits();
                        told = true;
                    }
                    file.lock()?;
                }
                Err(TryLockError::Error(error)) => return Err(error),
            }
            // Whoever held it removed the file when done: then this lock is on a file without a
            // name, and the next writer would not see it.
            if is_same(&file, path) {
                return Ok(Self { path: path.to_owned(), file: Some(file) });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Gone before it is free: see above.
        let _ = std::fs::remove_file(&self.path);
        self.file.take();
    }
}

/// Whether an open file is the one that its path names.
#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::metadata(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

/// Elsewhere a file that is open cannot be removed, so the path still names it.
#[cfg(not(unix))]
fn is_same(_: &File, path: &Path) -> bool {
    path.exists()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn writers_take_turns() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(".atlas.gpkg.lock");
        let (inside, most, turns) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let lock = Lock::take(&path, &|| {}).expect("a turn");
                        most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        turns.fetch_add(1, Ordering::SeqCst);
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert_eq!((most.into_inner(), turns.into_inner()), (1, 160));
        assert!(!path.exists());
    }
}
