//! `wijkzicht reload`.

use std::{fs::OpenOptions, path::PathBuf, time::SystemTime};

use clap::Args;

use super::CommandError;

/// Arguments of `reload`.
#[derive(Debug, Args)]
pub struct Reload {
    /// The atlas that is to be loaded again by the servers on it
    #[arg(long, value_name = "ATLAS")]
    data: PathBuf,
}

impl Reload {
    /// Marks the file as changed: a server that has it looks every second.
    pub(super) fn run(self) -> Result<(), CommandError> {
        let shown = self.data.display();
        let file = OpenOptions::new().append(true).open(&self.data);
        file.and_then(|file| file.set_modified(SystemTime::now()))
            .map_err(|error| format!("{shown}: cannot be marked as changed: {error}"))?;
        Ok(())
    }
}
