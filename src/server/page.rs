//! The page of the map, and the files it is made of.

use axum::{
    extract::{Path, State},
    http::{HeaderValue, Uri, header, uri::PathAndQuery},
    response::{IntoResponse, Redirect, Response},
};
use rust_embed::RustEmbed;
use serde::Serialize;

use crate::area::Text;

use super::{
    App,
    answer::Answer,
    area_heading::AreaName,
    asked::Asked,
    embed::{self, Base, Framed},
    headers::PAGE_POLICY,
    html::escape,
    key::Key,
    place_page::page_answer,
    problem::Problem,
};

/// What `web/` builds.
#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Web;

/// Where the page wants its configuration.
pub(super) const CONFIGURATION: &str =
    r#"<script type="application/json" id="wk-configuratie">{}</script>"#;

/// Where the page wants what stands in for the map without script.
const WITHOUT_SCRIPT: &str = "<!--wk-noscript-->";

/// Where the frame wants what it shows before its script does.
pub(super) const FRAME_CONTENT: &str = "<!--wk-embed-->";

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
pub(super) const TITLE: &str = "<title>wijkzicht</title>";

/// `GET /` and `GET /kaart/{indicator}`. The page reads its state from the address itself, and
/// says what it had to change: nothing in an address makes this fail. What stands in it beside the
/// map is of that state too: title, picture and text for who has no script, and where a CMS finds
/// the map to embed.
pub async fn map(State(app): State<App>, uri: Uri, asked: Asked) -> Result<Response, Problem> {
    let target = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    if let Some(address) = moved(&app, &uri) {
        return Ok(Redirect::permanent(&address).into_response());
    }
    let framed = embed::asked_by_path(&app, target).and_then(Result::ok);
    let base = Base::configured(&app);
    let (Some(framed), Some(base)) = (framed, base) else {
        return app.keep(&asked, Key::new("kaart"), |app| page_of(app, None)).await;
    };
    let key = framed.key("kaart").and(base.as_str());
    app.keep(&asked, key, move |app| page_of(app, Some((&framed, &base)))).await
}

/// The present address of a map whose topic got another id.
fn moved(app: &App, uri: &Uri) -> Option<String> {
    let id = uri.path().strip_prefix("/kaart/")?.trim_end_matches('/');
    let today = &app.atlas.indicator(id).filter(|today| today.id != id)?.id;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{}/kaart/{today}{query}", app.config.prefix().as_str()))
}

fn page_of(app: &App, view: Option<(&Framed, &Base)>) -> Result<Answer, Problem> {
    let page = text("index.html").ok_or_else(|| {
        tracing::error!("web/dist has no index.html");
        Problem::internal()
    })?;
    let page = page.replace(CONFIGURATION, &told(app, |_| ())?);
    let view = view.map(|(framed, base)| embed::beside_the_map(app, framed, base)).transpose()?;
    Ok(page_answer(
        app,
        match view {
            Some(beside) => page.replace(TITLE, &beside.head).replace(WITHOUT_SCRIPT, &beside.body),
            None => titled(app, page.replace(WITHOUT_SCRIPT, &without_script(app))),
        },
    ))
}

/// The page of a framed map, its places not filled in.
pub(super) fn frame() -> Option<String> {
    text("embed.html")
}

fn text(name: &str) -> Option<String> {
    Web::get(name).map(|file| String::from_utf8_lossy(&file.data).into_owned())
}

/// A page without its scripts, and without what it loads for them.
pub(super) fn without_scripts(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, from)) = rest.split_once("<script") {
        out.push_str(before);
        // What is told to the script is filled in later.
        let Some((element, after)) = from.split_once("</script>") else { break };
        if element.contains("application/json") {
            out.push_str("<script");
            out.push_str(element);
            out.push_str("</script>");
        }
        rest = after;
    }
    out.push_str(rest);
    let is_kept = |line: &&str| !line.contains("rel=\"modulepreload\"");
    out.lines().filter(is_kept).collect::<Vec<_>>().join("\n")
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

/// The page for a folder of files: at relative addresses, with its policy in it, and told what
/// `adapt` makes of its configuration. `None` where the program carries no page.
pub fn page_of_site(app: &App, adapt: impl FnOnce(&mut serde_json::Value)) -> Option<String> {
    let page = text("index.html")?;
    if !page.contains(CONFIGURATION) {
        return None;
    }
    let told = told(app, |told| {
        told["pad"] = "".into();
        adapt(told);
    });
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
        .replace(CONFIGURATION, &told.ok()?)
        .replace(WITHOUT_SCRIPT, "<p>Deze kaart heeft JavaScript nodig.</p>");
    Some(titled(app, page))
}

/// The files that the page is made of, by name, beside itself.
pub fn page_files() -> impl Iterator<Item = (String, Vec<u8>)> {
    // Who has the files alone has nobody to ask how to embed them.
    let is_of_server = |name: &str| {
        ["index.html", "embed.html", LOADER].contains(&name) || name.starts_with("assets/embed/")
    };
    let names = Web::iter().filter(move |name| !is_of_server(name) && !name.ends_with(".br"));
    names.filter_map(|name| Some((name.to_string(), Web::get(&name)?.data.into_owned())))
}

/// The links to the style sheets of the page, for pages that are made here.
pub(super) fn stylesheets() -> String {
    stylesheets_of(&text("index.html").unwrap_or_default())
}

/// The links to the style sheets of a page.
pub(super) fn stylesheets_of(page: &str) -> String {
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

/// What a site loads that has maps of this server on its pages.
const LOADER: &str = "wijk-kaart.js";

/// `GET /wijk-kaart.js`. Its name stays, so that what editors pasted stays true; a browser asks
/// again after an hour.
pub async fn loader(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    file(&app, LOADER.to_owned(), "public, max-age=3600", &asked).await
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
