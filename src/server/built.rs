//! What `web/` builds: the pages with their places to fill in, and the files they load.

use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::Response,
};
use rust_embed::RustEmbed;

use super::{App, answer::Answer, asked::Asked, key::Key, problem::Problem};

/// What `web/` builds.
#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Web;

/// Where the page says what it is called.
pub(super) const TITLE: &str = "<title>wijkzicht</title>";

/// Where the frame wants what it shows before its script does.
pub(super) const FRAME_CONTENT: &str = "<!--wk-embed-->";

/// The page of the map, its places not filled in.
pub(super) fn page() -> Option<String> {
    text("index.html")
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
    stylesheets_of(&page().unwrap_or_default())
}

/// The links to the style sheets of a page.
pub(super) fn stylesheets_of(page: &str) -> String {
    let links =
        page.split('<').filter(|tag| tag.starts_with("link ") && tag.contains("stylesheet"));
    links.filter_map(|tag| Some(format!("<{}>", tag.split_once('>')?.0))).collect()
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
