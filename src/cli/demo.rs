//! `wijkzicht demo`.

use std::path::PathBuf;

use clap::Args;

use crate::{
    demo::{self, Recipe},
    geodata,
    indicator::Catalogue,
    store::{Contents, GpkgStore, Store, contents_of},
};

use super::{CommandError, today};

/// Arguments of `demo`.
#[derive(Debug, Args)]
pub struct Demo {
    /// The atlas to make; one that is there is replaced if it is fictional too
    #[arg(long, value_name = "ATLAS")]
    out: PathBuf,
    /// How many gemeenten
    #[arg(long, value_name = "N")]
    gemeenten: Option<usize>,
    /// The same seed makes the same country
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
}

impl Demo {
    pub(super) fn run(self) -> Result<(), CommandError> {
        let mut recipe = Recipe::default();
        recipe.gemeenten = self.gemeenten.unwrap_or(recipe.gemeenten);
        recipe.seed = self.seed.unwrap_or(recipe.seed);
        let store = GpkgStore::new(&self.out);
        let _lock = store.lock(&|| eprintln!("waits for an import into {}", self.out.display()))?;
        if store.read()?.is_some_and(|there| !there.fictional) {
            let path = self.out.display();
            return Err(format!("{path}: holds real figures; choose another file").into());
        }
        let contents = contents(&recipe, &geodata::catalogue()?, &today())?;
        store.replace(&contents)?;
        println!(
            "{}: a fictional country of {} gemeenten, seed {}, version {}",
            self.out.display(),
            recipe.gemeenten,
            recipe.seed,
            contents.version()
        );
        Ok(())
    }
}

/// The contents of the fictional country of a recipe, as far as the catalogue knows its values.
pub(super) fn contents(
    recipe: &Recipe,
    catalogue: &Catalogue,
    today: &str,
) -> Result<Contents, CommandError> {
    let mut country = demo::country(recipe);
    let mut deliveries = std::mem::take(&mut country.deliveries);
    for delivery in &mut deliveries {
        delivery.series.retain(|series| catalogue.get(&series.key.indicator).is_some());
    }
    let mut contents = contents_of(deliveries, today)?;
    // The newest division is the last to be taken in.
    if let Some(source) = contents.sources.keys().next_back().copied() {
        contents.replace_stories("demo", demo::stories(&country, source));
    }
    contents.fictional = true;
    Ok(contents)
}
