//! The description of an own topic.

use std::path::Path;

use serde::Deserialize;
use smol_str::SmolStr;

use crate::{
    area::{Level, Text, Vintage, Year},
    indicator::{Absent, Catalogue, Direction, Display, Indicator, Kind, MethodName, Weight},
};

use super::{OwnError, PointDescription, words::Words};

/// The description of an own topic, as its owner writes it. `docs/beheer.md` has an example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Description {
    /// The file with the figures, beside the description.
    pub bestand: String,
    /// The id, kebab-case, as it stands in addresses; none that the catalogue has.
    pub id: SmolStr,
    naam: Words,
    omschrijving: Option<Words>,
    thema: Option<Words>,
    eenheid: Option<Words>,
    /// What kind of number it is: it decides how it is drawn, added up and protected.
    pub soort: Kind,
    richting: Option<Direction>,
    decimalen: Option<u8>,
    /// The year of all rows.
    pub jaar: Option<Year>,
    /// The column of the year, where rows differ.
    pub jaarkolom: Option<String>,
    /// The level of all rows; without it the codes say it.
    pub niveau: Option<Level>,
    /// The division of the codes; without it that of the year.
    pub indeling: Option<Vintage>,
    /// The column of codes.
    #[serde(default = "code")]
    pub codekolom: String,
    /// The column of figures.
    #[serde(default = "value")]
    pub waardekolom: String,
    /// The topic of the catalogue that counts the people that it is a part or a mean of.
    pub noemer: Option<SmolStr>,
    /// The column that counts them.
    pub noemerkolom: Option<String>,
    /// Who measured it, as they must be named.
    pub bron: String,
    /// The licence.
    pub licentie: String,
    /// Where the rows are points: where they lie, and what becomes of them.
    pub punten: Option<PointDescription>,
    /// Whether everybody may see it.
    #[serde(default)]
    pub openbaar: bool,
    /// From how many it is shown.
    #[serde(default = "ten")]
    pub minimum: u64,
    /// From how many residents of an area it is shown.
    #[serde(default = "hundred")]
    pub minimum_inwoners: u64,
}

fn code() -> String {
    "code".to_owned()
}

fn value() -> String {
    "waarde".to_owned()
}

fn ten() -> u64 {
    10
}

fn hundred() -> u64 {
    100
}

/// The longest of the texts.
const LONGEST: usize = 2000;

/// What is wrong with a text of a description.
pub(super) fn wrong_text(name: &str, text: &str) -> Option<String> {
    let has_control = text.chars().any(char::is_control);
    (text.trim().is_empty() || text.len() > LONGEST || has_control)
        .then(|| format!("{name}: verwacht een gewone tekst van ten hoogste {LONGEST} tekens"))
}

impl Description {
    /// Reads the text of a description and checks it against the catalogue.
    ///
    /// # Errors
    /// Says what is wrong, and what is allowed.
    pub fn read(path: &Path, text: &str, catalogue: &Catalogue) -> Result<Self, OwnError> {
        let of: Self = toml::from_str(text)
            .map_err(|error| OwnError::description(path, error.to_string().trim_end()))?;
        match of.wrong(catalogue) {
            Some(message) => Err(OwnError::description(path, message)),
            None => Ok(of),
        }
    }

    fn wrong(&self, catalogue: &Catalogue) -> Option<String> {
        let is_id = |id: &str| {
            (1..=60).contains(&id.len())
                && id.starts_with(|c: char| c.is_ascii_lowercase())
                && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if !is_id(&self.id) {
            return Some(format!(
                "id = {:?}: verwacht kleine letters, cijfers en koppeltekens, ten hoogste 60",
                self.id
            ));
        }
        if catalogue.get(&self.id).is_some() {
            return Some(format!("id = {:?}: de catalogus heeft dat onderwerp al", self.id));
        }
        if self.bestand.is_empty() || self.bestand.contains(['/', '\\']) {
            return Some(format!(
                "bestand = {:?}: verwacht de naam van een bestand hiernaast",
                self.bestand
            ));
        }
        let texts = [
            ("naam", self.naam.dutch()),
            ("bron", &self.bron),
            ("licentie", &self.licentie),
            ("omschrijving", self.omschrijving.as_ref().map_or("-", Words::dutch)),
        ];
        if let Some(message) = texts.into_iter().find_map(|(name, text)| wrong_text(name, text)) {
            return Some(message);
        }
        if let Some(message) = self.punten.as_ref().and_then(PointDescription::wrong) {
            return Some(message);
        }
        let has_day = self.punten.as_ref().is_some_and(|points| points.datum.is_some());
        match (self.jaar, &self.jaarkolom) {
            (None, None) if has_day => {}
            (None, None) => return Some("jaar of jaarkolom ontbreekt".to_owned()),
            (Some(_), Some(_)) => return Some("jaar en jaarkolom: geef er één".to_owned()),
            _ => {}
        }
        if self.noemer.is_some() && self.noemerkolom.is_some() {
            return Some("noemer en noemerkolom: geef er één".to_owned());
        }
        if self.soort == Kind::Aandeel
            && self.punten.is_none()
            && self.noemer.is_none()
            && self.noemerkolom.is_none()
        {
            return Some(
                "een aandeel heeft noemer of noemerkolom nodig: anders is niet te zien over hoeveel \
                 mensen het gaat, en niet wat verborgen moet worden"
                    .to_owned(),
            );
        }
        if let Some(id) = &self.noemer {
            let counts = || catalogue.iter().filter(|one| one.kind == Kind::Aantal);
            if !counts().any(|one| one.id == *id) {
                let known: Vec<_> = counts().map(|one| one.id.as_str()).collect();
                return Some(format!(
                    "noemer = {id:?}: geen aantal in de catalogus; dit wel: {}",
                    known.join(", ")
                ));
            }
        }
        if self.minimum == 1 {
            return Some(
                "minimum = 1: verwacht ten minste 2, of 0 als niets verborgen hoeft".to_owned(),
            );
        }
        if self.decimalen.is_some_and(|decimals| decimals > 6) {
            return Some("decimalen: verwacht 0 tot en met 6".to_owned());
        }
        None
    }

    /// The topic as an entry of the catalogue.
    pub fn indicator(&self) -> Indicator {
        let counts = matches!(self.soort, Kind::Aantal | Kind::Klasse);
        let unit = match (self.eenheid.clone(), self.soort) {
            (Some(unit), _) => unit.text(),
            (None, Kind::Aandeel) => Text { nl: "%".to_owned(), en: "%".to_owned() },
            (None, _) => Text::default(),
        };
        let spaced = |text: String| match text.as_str() {
            "" | "%" => text,
            _ => format!(" {}", text.trim()),
        };
        let unit = Text { nl: spaced(unit.nl), en: spaced(unit.en) };
        let name = self.naam.clone().text();
        Indicator {
            id: self.id.clone(),
            description: self.omschrijving.clone().map_or_else(|| name.clone(), Words::text),
            name,
            topic: self.thema.clone().map_or_else(
                || Text { nl: "Eigen cijfers".to_owned(), en: "Own figures".to_owned() },
                Words::text,
            ),
            unit,
            factor: 1.0,
            decimals: self.decimalen.unwrap_or(if counts { 0 } else { 1 }),
            direction: self.richting.unwrap_or(Direction::Neutraal),
            kind: self.soort,
            display: if self.soort == Kind::Aantal { Display::Cirkel } else { Display::Vlak },
            denominator: self.noemer.clone(),
            weight: Weight::default(),
            publication_threshold: None,
            published_from: Vec::new(),
            rounding: None,
            derived: None,
            palette: "geelgroenblauw".into(),
            method: MethodName::Kwantielen,
            class_count: 5,
            classes: None,
            ingredient_of: Vec::new(),
            form_of: None,
            breaks: Vec::new(),
            incomparable_with: Vec::new(),
            sensitive: false,
            absent: Absent::NietGevraagd,
            source: Text { nl: self.bron.clone(), en: self.bron.clone() },
            licence: self.licentie.clone().into(),
            note: None,
            order: 2000,
        }
    }
}
