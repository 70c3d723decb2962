//! The page of the map, and the files it is made of.

use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::Response,
};
use rust_embed::RustEmbed;
use serde::Serialize;

use crate::area::Text;

use super::{
    App, answer::Answer, area_heading::AreaName, asked::Asked, headers::PAGE_POLICY, html::escape,
    key::Key, place_page::page_answer, problem::Problem,
};

/// What `web/` builds.
#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Web;

/// Where the page wants its configuration.
const CONFIGURATION: &str = r#"<script type="application/json" id="wk-configuratie">{}</script>"#;

/// Where the page wants what stands in for the map without script.
const WITHOUT_SCRIPT: &str = "<!--wk-noscript-->";

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
    #[serde(rename = "adreszoeker")]
    free_addresses: bool,
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

/// Where the page says what it is called.
const TITLE: &str = "<title>wijkzicht</title>";

/// `GET /` and `GET /kaart/{indicator}`. The page reads its state from the address itself, and
/// says what it had to change: nothing in an address makes this fail.
pub async fn map(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    app.keep(&asked, Key::new("kaart"), |app| {
        let page = Web::get("index.html").ok_or_else(|| {
            tracing::error!("web/dist has no index.html");
            Problem::internal()
        })?;
        let page = String::from_utf8_lossy(&page.data)
            .replace(CONFIGURATION, &configuration_element(&configuration(app))?)
            .replace(WITHOUT_SCRIPT, &without_script(app));
        Ok(page_answer(app, titled(app, page)))
    })
    .await
}

/// The page for a folder of files: at relative addresses, with its policy in it, and told what
/// `adapt` makes of its configuration. `None` where the program carries no page.
pub fn page_of_site(app: &App, adapt: impl FnOnce(&mut serde_json::Value)) -> Option<String> {
    let page = Web::get("index.html")?;
    let page = String::from_utf8_lossy(&page.data);
    if !page.contains(CONFIGURATION) {
        return None;
    }
    let mut told = serde_json::to_value(configuration(app)).ok()?;
    told["pad"] = "".into();
    adapt(&mut told);
    // A header says it elsewhere; who may frame the page can be said in a header alone.
    let policy: Vec<_> =
        PAGE_POLICY.split("; ").filter(|rule| !rule.starts_with("frame-ancestors")).collect();
    let policy = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\" />",
        policy.join("; ")
    );
    let page = page
        .replacen("<head>", &format!("<head>\n    {policy}"), 1)
        .replace("=\"/assets/", "=\"./assets/")
        .replace("=\"/favicon.svg", "=\"./favicon.svg")
        .replace(CONFIGURATION, &configuration_element(&told).ok()?)
        .replace(WITHOUT_SCRIPT, "<p>Deze kaart heeft JavaScript nodig.</p>");
    Some(titled(app, page))
}

/// The files that the page is made of, by name, beside itself.
pub fn page_files() -> impl Iterator<Item = (String, Vec<u8>)> {
    let names = Web::iter().filter(|name| *name != "index.html" && !name.ends_with(".br"));
    names.filter_map(|name| Some((name.to_string(), Web::get(&name)?.data.into_owned())))
}

/// The links to the style sheets of the page, for pages that are made here.
pub(super) fn stylesheets() -> String {
    let page = Web::get("index.html").map(|page| page.data).unwrap_or_default();
    let page = String::from_utf8_lossy(&page);
    let links =
        page.split('<').filter(|tag| tag.starts_with("link ") && tag.contains("stylesheet"));
    links.filter_map(|tag| Some(format!("<{}>", tag.split_once('>')?.0))).collect()
}

/// The page with the configured title.
fn titled(app: &App, page: String) -> String {
    match &app.config.titel {
        Some(title) => page.replace(TITLE, &format!("<title>{}</title>", escape(title))),
        None => page,
    }
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
        free_addresses: app.gazetteer.is_some(),
        prefix: app.config.prefix().as_str().to_owned(),
    }
}

fn configuration_element(configuration: &impl Serialize) -> Result<String, Problem> {
    let json = serde_json::to_string(configuration).map_err(|_| Problem::internal())?;
    // In a script element only `</` could end the data; escaped, it is still the same JSON.
    Ok(CONFIGURATION.replace("{}", &json.replace('<', "\\u003c")))
}

fn without_script(app: &App) -> String {
    let first = app.first_view();
    let within = first.within.map(|code| format!("&amp;binnen={code}")).unwrap_or_default();
    let table = format!("/kaart/{}/tabel?niveau={}{within}", first.indicator, first.level);
    let fictional =
        if app.atlas.fictional { "<p>Fictieve gegevens: dit land bestaat niet.</p>" } else { "" };
    format!(
        "{fictional}<p>Deze kaart heeft JavaScript nodig. Dezelfde cijfers staan in een \
         <a href=\"{table}\">tabel</a>.</p>"
    )
}

/// `GET /assets/{…}` and the few files beside the page. The names of assets carry a hash of what
/// is in them, so they may be kept for ever.
pub async fn asset(
    State(app): State<App>,
    Path(path): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    file(&app, format!("assets/{path}"), "public, max-age=31536000, immutable", &asked).await
}

/// `GET /favicon.svg` and other files that stand beside the page.
pub async fn icon(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    file(&app, "favicon.svg".to_owned(), "public, max-age=86400", &asked).await
}

async fn file(
    app: &App,
    path: String,
    cache: &'static str,
    asked: &Asked,
) -> Result<Response, Problem> {
    let key = Key::new("bestand").and(&path);
    app.keep(asked, key, move |_| {
        let file = Web::get(&path).ok_or_else(|| Problem::not_found("dit bestand is er niet"))?;
        let kind = match path.rsplit_once('.').map(|(_, end)| end) {
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("png") => "image/png",
            Some("woff2") => "font/woff2",
            Some("json" | "map") => "application/json",
            _ => "application/octet-stream",
        };
        let answer = Answer::new(kind, file.data.into_owned())
            .with(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        Ok(if matches!(kind, "image/png" | "font/woff2") { answer.packed() } else { answer })
    })
    .await
}
