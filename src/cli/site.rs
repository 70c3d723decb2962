//! `wijkzicht export --site`.

use std::path::Path;

use crate::{
    server::{App, Config},
    site::{self, SiteFilter},
};

use super::{CommandError, load_with, progress::Progress};

/// Writes the whole map of an atlas as files.
pub(super) fn write(
    data: &Path,
    mut config: Config,
    filter: &SiteFilter,
    folder: &Path,
) -> Result<(), CommandError> {
    let atlas = load_with(data, &config)?;
    // Every question is asked once, and nothing leaves the machine.
    config.antwoordgeheugen = 0;
    config.achtergrondkaart = None;
    config.adreszoeker = None;
    if let Some(first) = filter.gemeenten.first() {
        config.gemeente.get_or_insert_with(|| first.clone());
    }
    let app = App::new(atlas, config)?;
    let progress = Progress::new();
    let written = site::write(&app, filter, folder, &|step| progress.tell(step));
    progress.end();
    let size = written?;
    println!("{}: {} files, {:.1} MB", folder.display(), size.files, size.bytes as f64 / 1e6);
    Ok(())
}
