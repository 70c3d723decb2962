//! What the program carries: the catalogue, the dialects, the palettes.

use std::borrow::Cow;

use rust_embed::RustEmbed;

use crate::{
    area::{Selection, SelectionError},
    indicator::{
        Catalogue, CatalogueError, ResidentialChange, ResidentialError, ResidentialRule,
        parse_redirects,
    },
    scale::{PaletteError, Palettes},
};

/// The folder `geodata/`, compiled in.
#[derive(RustEmbed)]
#[folder = "geodata/"]
struct Geodata;

/// The TOML files below a folder of `geodata/`, by name: path and text.
///
/// Bytes that are no UTF-8 become U+FFFD, which no parser of these files takes for anything.
pub fn files(folder: &str) -> Vec<(String, String)> {
    let mut names: Vec<Cow<'static, str>> = Geodata::iter()
        .filter(|name| name.starts_with(folder) && name.ends_with(".toml"))
        .collect();
    names.sort();
    names
        .into_iter()
        .filter_map(|name| {
            let file = Geodata::get(&name)?;
            Some((name.into_owned(), String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect()
}

/// The catalogue that the program carries: `geodata/indicators/*.toml`, and what indicators were
/// called before: `geodata/omleidingen.toml`.
///
/// # Errors
/// When an entry is malformed or contradicts another.
pub fn catalogue() -> Result<Catalogue, CatalogueError> {
    let files = files("indicators/");
    let name = "omleidingen.toml";
    let text = Geodata::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    let redirects = parse_redirects(name, &text.unwrap_or_default())?;
    Catalogue::parse(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?
        .redirecting(&redirects)
}

/// The palettes that the program carries: `geodata/palettes/*.toml`.
///
/// # Errors
/// When one is malformed.
pub fn palettes() -> Result<Palettes, PaletteError> {
    let files = files("palettes/");
    Palettes::parse(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

/// The rule that the program carries for areas where hardly anybody lives, with what the
/// administrator changes of it: `geodata/sets/nauwelijks-woongebied.toml`.
///
/// # Errors
/// When the rule or the change is malformed.
pub fn residential_rule(change: &ResidentialChange) -> Result<ResidentialRule, ResidentialError> {
    let name = "sets/nauwelijks-woongebied.toml";
    let text = Geodata::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    ResidentialRule::parse(name, &text.unwrap_or_default(), change)
}

/// The selections of policy reports that the program carries: `geodata/selecties.toml`.
///
/// # Errors
/// When one is malformed.
pub fn selections() -> Result<Vec<Selection>, SelectionError> {
    let text = Geodata::get("selecties.toml");
    let text = text.map(|file| String::from_utf8_lossy(&file.data).into_owned());
    Selection::parse(&text.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_selections_read_with_their_sources_and_the_division_of_their_codes() {
        let all = super::selections().expect("sound selections");
        let ids: Vec<_> = all.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["twaalf-wijken", "focusgebieden", "aandachtswijken-2007"]);
        assert_eq!(all.iter().map(|one| one.places.len()).collect::<Vec<_>>(), [12, 20, 34]);
        for one in &all {
            assert!(one.source.is_some() && one.vintage.is_some(), "{}", one.id);
            assert!(one.all_codes().all(|code| code.cbs_level().is_some()), "{}", one.id);
            assert_eq!(one.is_historical, one.id == "aandachtswijken-2007");
        }
        let candidates = all[1].places.iter().filter(|place| place.is_candidate).count();
        assert_eq!(candidates, 16, "what no exact name confirms is a candidate");
    }

    #[test]
    fn the_catalogue_reads() {
        let catalogue = super::catalogue().expect("a sound catalogue");
        assert!(catalogue.get("leefbaarheid").is_some());
    }
}
