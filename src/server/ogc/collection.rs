//! A collection: the areas of a level on a division, with everything that is known of them.

use serde_json::{Value as Json, json};

use crate::{
    area::Text,
    atlas::{Atlas, Available, LevelCoverage},
    cql::{Kind, Property},
    indicator::{Indicator, Language},
    layer::LayerCrs,
    server::problem::{InputError, Problem, shorten},
};

use super::{landing::fictional, link::Links, media};

/// The name of the geometry among the properties that filters know.
pub(super) const GEOMETRY: &str = "geometrie";

/// A collection of the interface. Its id, `buurten-2024`, stays what it is when a newer division
/// comes.
#[derive(Debug)]
pub(super) struct Collection<'a> {
    pub atlas: &'a Atlas,
    pub coverage: &'a LevelCoverage,
    /// What is known of each area, in the order in which it is sent.
    pub fields: Vec<Field<'a>>,
}

/// Something that is known of each area.
#[derive(Debug)]
pub(super) struct Field<'a> {
    /// Its name: letters, digits and underscores, so that filters need no quotes.
    pub name: String,
    pub content: Content<'a>,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Content<'a> {
    Code,
    Name,
    GemeenteCode,
    Gemeente,
    Water,
    HardlyResidential,
    /// The number of an indicator, or nothing.
    Figure(&'a Indicator, Available<'a>),
    /// Why figures are missing: `leefbaarheid_2024: geen_score`, with commas between.
    Reasons,
}

impl Content<'_> {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Water | Self::HardlyResidential => Kind::Boolean,
            Self::Figure(..) => Kind::Number,
            _ => Kind::Text,
        }
    }
}

/// The id of a collection.
pub(super) fn id_of(coverage: &LevelCoverage) -> String {
    format!("{}-{}", coverage.level, coverage.vintage)
}

impl<'a> Collection<'a> {
    /// The collection of a level on a division. Cost: a look at the catalogue.
    pub fn of(atlas: &'a Atlas, coverage: &'a LevelCoverage) -> Self {
        let mut fields = Vec::new();
        let mut add = |name: &str, content| fields.push(Field { name: name.to_owned(), content });
        add("code", Content::Code);
        add("naam", Content::Name);
        add("gemeentecode", Content::GemeenteCode);
        add("gemeente", Content::Gemeente);
        add("water", Content::Water);
        add("nauwelijks_woongebied", Content::HardlyResidential);
        for indicator in atlas.indicators() {
            let on = atlas.series_of(&indicator.id).filter(|series| {
                let column = series.column;
                std::ptr::eq(series.coverage, coverage)
                    && column.has_numbers()
                    && column.is_listed()
            });
            for series in on {
                let id = indicator.id.replace('-', "_");
                let begin = series.key.begin.map_or_else(String::new, |begin| format!("_{begin}"));
                let name = format!("{id}{begin}_{}", series.key.year);
                fields.push(Field { name, content: Content::Figure(indicator, series) });
            }
        }
        fields.push(Field { name: "redenen".to_owned(), content: Content::Reasons });
        Self { atlas, coverage, fields }
    }

    /// The collection of an id.
    ///
    /// # Errors
    /// A 404 problem that names those there are.
    pub fn find(atlas: &'a Atlas, id: &str) -> Result<Self, Problem> {
        let found = atlas.coverages().find(|coverage| id_of(coverage) == id);
        found.map(|coverage| Self::of(atlas, coverage)).ok_or_else(|| {
            let detail = format!("{:?} is geen collectie", shorten(id));
            let known = atlas.coverages().map(id_of);
            Problem::unknown(InputError::path("collectie", "onbekend", detail).allowing(known))
        })
    }

    pub fn id(&self) -> String {
        id_of(self.coverage)
    }

    pub fn title(&self, language: Language) -> String {
        let Self { coverage, .. } = self;
        match language {
            Language::Nl => {
                format!("{}, indeling {}", capital(&coverage.level.to_string()), coverage.vintage)
            }
            Language::En => format!(
                "{}, division of {}",
                capital(&coverage.level.to_string()),
                coverage.vintage
            ),
        }
    }

    /// The fields as filters know them, the geometry last.
    pub fn properties(&self) -> Vec<Property<'_>> {
        let fields = self.fields.iter();
        let geometry = Property { name: GEOMETRY, kind: Kind::Geometry };
        fields
            .map(|field| Property { name: &field.name, kind: field.content.kind() })
            .chain([geometry])
            .collect()
    }

    /// The publishers and licences of all that is in it, each once.
    pub fn sources(&self) -> Vec<(String, String)> {
        let borders = self.atlas.sources.get(&self.coverage.source);
        let borders = borders
            .map(|source| (source.provenance.publisher.clone(), source.provenance.licence.clone()));
        let figures = self.fields.iter().filter_map(|field| match field.content {
            Content::Figure(indicator, _) => {
                Some((indicator.source.nl.clone(), indicator.licence.to_string()))
            }
            _ => None,
        });
        let mut sources: Vec<_> = Vec::new();
        for one in borders.into_iter().chain(figures) {
            if !sources.contains(&one) {
                sources.push(one);
            }
        }
        sources
    }

    /// The same in a line, as it must be named: `CBS / Kadaster (CC BY 4.0); …`.
    pub fn attribution(&self) -> String {
        let sources = self.sources();
        let named: Vec<_> = sources.iter().map(|(who, by)| format!("{who} ({by})")).collect();
        named.join("; ")
    }

    /// What it is, and how to read what is missing.
    pub fn description(&self, language: Language) -> String {
        let fictional = fictional(self.atlas, language);
        let LevelCoverage { level, vintage, .. } = self.coverage;
        match language {
            Language::Nl => format!(
                "{fictional}Grenzen en cijfers van {level} op de indeling van {vintage}. Een ontbrekend \
                 cijfer is leeg, nooit nul; waarom het ontbreekt staat in redenen."
            ),
            Language::En => format!(
                "{fictional}Borders and figures of {level} on the division of {vintage}. A missing \
                 figure is empty, never zero; why it is missing stands in redenen."
            ),
        }
    }

    /// The box around all areas, west, south, east, north in degrees.
    pub fn extent(&self) -> Option<[f64; 4]> {
        let all = (0..self.coverage.len()).filter(|&at| self.coverage.bbox(at).is_some());
        all.map(|at| self.coverage.extent(at))
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
    }

    /// Its description (OGC API Features 1, 7.14; 2, 6.2).
    pub fn describe(&self, links: &Links<'_>, language: Language) -> Json {
        let id = self.id();
        let at = |rest: &str| format!("/collections/{id}{rest}");
        let year = self.coverage.vintage;
        json!({
            "id": id,
            "title": self.title(language),
            "description": self.description(language),
            "attribution": self.attribution(),
            "extent": {
                "spatial": {"bbox": [self.extent().unwrap_or([3.0, 50.0, 8.0, 54.0])], "crs": LayerCrs::Crs84.uri()},
                "temporal": {"interval": [[format!("{year}-01-01T00:00:00Z"), format!("{year}-12-31T23:59:59Z")]]},
            },
            "itemType": "feature",
            "crs": LayerCrs::ALL.map(LayerCrs::uri),
            "storageCrs": LayerCrs::Rd.uri(),
            "links": [
                links.to(&at(""), "self", media::JSON, "Deze collectie"),
                links.to(&at("/items"), "items", media::GEOJSON, "De gebieden als GeoJSON"),
                links.page(&at("/items"), "items", "De gebieden als pagina"),
                links.to(&at("/queryables"), "http://www.opengis.net/def/rel/ogc/1.0/queryables", media::SCHEMA, "Waarop gefilterd kan worden"),
                links.to(&at("/schema"), "http://www.opengis.net/def/rel/ogc/1.0/schema", media::SCHEMA, "Het schema van de gebieden"),
                links.to(&at("/sortables"), "http://www.opengis.net/def/rel/ogc/1.0/sortables", media::SCHEMA, "Waarop gesorteerd kan worden"),
                links.to(&at("/tiles"), "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", media::JSON, "Vectortegels"),
            ],
        })
    }
}

impl Field<'_> {
    /// What it is called.
    pub fn title(&self) -> Text {
        let both = |nl: &str, en: &str| Text { nl: nl.into(), en: en.into() };
        match self.content {
            Content::Code => both("Code", "Code"),
            Content::Name => both("Naam", "Name"),
            Content::GemeenteCode => both("Code van de gemeente", "Code of the gemeente"),
            Content::Gemeente => both("Gemeente", "Gemeente"),
            Content::Water => both("Water", "Water"),
            Content::HardlyResidential => both("Nauwelijks woongebied", "Hardly residential"),
            Content::Reasons => both("Waarom cijfers ontbreken", "Why figures are missing"),
            Content::Figure(indicator, Available { key, .. }) => {
                let years = match key.begin {
                    Some(begin) => format!("{begin}-{}", key.year),
                    None => key.year.to_string(),
                };
                both(
                    &format!("{}, {years}", indicator.name.nl),
                    &format!("{}, {years}", indicator.name.en),
                )
            }
        }
    }

    /// Its JSON Schema.
    pub fn schema(&self, language: Language) -> Json {
        let mut schema = json!({"title": self.title().get(language)});
        schema["type"] = match self.content.kind() {
            Kind::Boolean => json!("boolean"),
            Kind::Number => json!("number"),
            _ => json!("string"),
        };
        match self.content {
            Content::Code => schema["x-ogc-role"] = json!("id"),
            Content::Figure(indicator, _) => {
                let unit = indicator.unit.get(language).trim();
                let (source, missing) = match language {
                    Language::Nl => ("Bron", "Leeg waar het cijfer ontbreekt."),
                    Language::En => ("Source", "Empty where the figure is missing."),
                };
                schema["description"] = json!(format!(
                    "{} {source}: {} ({}). {missing}",
                    indicator.description.get(language),
                    indicator.source.get(language),
                    indicator.licence
                ));
                if !unit.is_empty() {
                    schema["x-ogc-unit"] = json!(unit);
                }
            }
            _ => {}
        }
        schema
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
