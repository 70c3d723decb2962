//! What the script of a page is told: what it shows when the address says nothing, and what this
//! server can do.

use serde::Serialize;

use crate::{area::Text, atlas::Atlas};

use super::{App, area_heading::AreaName, problem::Problem};

/// Where the page wants its configuration.
pub(super) const CONFIGURATION: &str =
    r#"<script type="application/json" id="wk-configuratie">{}</script>"#;

/// What the page shows when the address says nothing.
#[derive(Serialize)]
struct Configuration<'a> {
    #[serde(rename = "versie")]
    version: &'a str,
    #[serde(rename = "fictief")]
    fictional: bool,
    indicator: String,
    #[serde(rename = "jaar")]
    year: Option<u16>,
    #[serde(rename = "niveau")]
    level: String,
    #[serde(rename = "binnen")]
    within: Option<String>,
    #[serde(rename = "omvang")]
    extent: Option<[f64; 4]>,
    #[serde(rename = "achtergrondkaart")]
    basemap: bool,
    #[serde(rename = "jaren")]
    vintages: Vec<u16>,
    #[serde(rename = "titel")]
    title: Option<&'a str>,
    gemeente: Option<AreaName>,
    #[serde(rename = "opening")]
    opening: Option<[f64; 4]>,
    #[serde(rename = "selecties")]
    selections: Vec<SelectionName<'a>>,
    /// Levels that are none of CBS; not there where there are none.
    #[serde(rename = "eigenNiveaus", skip_serializing_if = "Vec::is_empty")]
    own_levels: Vec<OwnLevelName>,
    #[serde(rename = "adreszoeker")]
    free_addresses: bool,
    /// Whether there is anything to tell of what was done about areas.
    #[serde(rename = "verhalen")]
    has_stories: bool,
    /// The path that all addresses begin with.
    #[serde(rename = "pad")]
    prefix: String,
}

/// A selection that may be chosen.
#[derive(Serialize)]
struct SelectionName<'a> {
    id: &'a str,
    #[serde(rename = "naam")]
    name: &'a Text,
    #[serde(rename = "eigen")]
    is_own: bool,
}

/// A level that a municipality drew itself.
#[derive(Serialize)]
struct OwnLevelName {
    id: String,
    /// What one of its areas is called.
    #[serde(rename = "een")]
    one: Text,
    /// What several are called.
    #[serde(rename = "meer")]
    many: Text,
    /// West, south, east, north in degrees, of all of its areas together.
    #[serde(rename = "omvang")]
    extent: Option<[f64; 4]>,
}

impl OwnLevelName {
    /// The own levels of an atlas, each as it was drawn last.
    fn all(atlas: &Atlas) -> Vec<Self> {
        let own = atlas.levels().into_iter().filter(|level| level.code_prefix().is_none());
        own.filter_map(|level| {
            let coverage = atlas.coverage(atlas.newest(&level)?, &level)?;
            let text = |[nl, en]: [&str; 2]| Text { nl: nl.to_owned(), en: en.to_owned() };
            let extents = (0..coverage.len()).map(|at| coverage.extent(at));
            Some(Self {
                id: level.plural().to_owned(),
                one: text(level.one()),
                many: text(level.many()),
                extent: extents.reduce(|a, b| {
                    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
                }),
            })
        })
        .collect()
    }
}

/// What the page is told, with what `adapt` makes of it.
pub(super) fn told(
    app: &App,
    adapt: impl FnOnce(&mut serde_json::Value),
) -> Result<String, Problem> {
    let told = serde_json::to_value(configuration(app)).map_err(|_| Problem::internal());
    let mut told = told?;
    adapt(&mut told);
    configuration_element(&told)
}

fn configuration(app: &App) -> Configuration<'_> {
    let first = app.first_view();
    let years = app.atlas.years(&first.indicator, &first.level);
    let mut vintages: Vec<_> = app.atlas.coverages().map(|c| c.vintage.get()).collect();
    vintages.dedup();
    let home = app.config.gemeente.as_ref().and_then(|code| app.atlas.find(code, None));
    let built_in = app.selections.len() - app.config.selectie.len();
    Configuration {
        version: &app.atlas.version,
        fictional: app.atlas.fictional,
        indicator: first.indicator,
        year: years.last().map(|(_, year)| year.get()),
        level: first.level.to_string(),
        // The whole country, unless the map is that of a gemeente.
        within: first.within.filter(|_| app.config.gemeente.is_some()).map(|code| code.to_string()),
        extent: app.atlas.extent(),
        basemap: app.basemap.is_some(),
        vintages,
        title: app.config.titel.as_deref(),
        gemeente: home.map(|(coverage, at)| AreaName {
            code: coverage.codes()[at].clone(),
            name: coverage.name(at).to_owned(),
        }),
        opening: app.config.omvang.or_else(|| home.map(|(coverage, at)| coverage.extent(at))),
        selections: app
            .selections
            .iter()
            .enumerate()
            .map(|(at, one)| SelectionName { id: &one.id, name: &one.name, is_own: at >= built_in })
            .collect(),
        own_levels: OwnLevelName::all(&app.atlas),
        free_addresses: app.gazetteer.is_some(),
        has_stories: !app.atlas.stories().is_empty(),
        prefix: app.config.prefix().as_str().to_owned(),
    }
}

fn configuration_element(configuration: &impl Serialize) -> Result<String, Problem> {
    let json = serde_json::to_string(configuration).map_err(|_| Problem::internal())?;
    // In a script element only `</` could end the data; escaped, it is still the same JSON.
    Ok(CONFIGURATION.replace("{}", &json.replace('<', "\\u003c")))
}
