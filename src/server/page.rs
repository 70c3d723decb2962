//! The page of the map.

use super::{
    App,
    answer::Answer,
    asked::Asked,
    built::{self, TITLE},
    embed::{self, Base, Framed},
    headers::PAGE_POLICY,
    html::escape,
    key::Key,
    page_configuration::{CONFIGURATION, told},
    place_page::page_answer,
    problem::Problem,
};
use axum::{
    extract::State,
    http::{Uri, uri::PathAndQuery},
    response::{IntoResponse, Redirect, Response},
};

/// Where the page wants what stands in for the map without script.
const WITHOUT_SCRIPT: &str = "<!--wk-noscript-->";

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
    app.keep(&asked, key, move |app| page_of(app, Some((framed, &base)))).await
}

/// The present address of a map whose topic got another id.
fn moved(app: &App, uri: &Uri) -> Option<String> {
    let id = uri.path().strip_prefix("/kaart/")?.trim_end_matches('/');
    let today = &app.atlas.indicator(id).filter(|today| today.id != id)?.id;
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{}/kaart/{today}{query}", app.config.prefix().as_str()))
}

fn page_of(app: &App, view: Option<(Framed, &Base)>) -> Result<Answer, Problem> {
    let page = built::page().ok_or_else(|| {
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

/// The page for a folder of files: at relative addresses, with its policy in it, and told what
/// `adapt` makes of its configuration. `None` where the program carries no page.
pub fn page_of_site(app: &App, adapt: impl FnOnce(&mut serde_json::Value)) -> Option<String> {
    let page = built::page()?;
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

/// The page with the configured title.
fn titled(app: &App, page: String) -> String {
    match &app.config.titel {
        Some(title) => page.replace(TITLE, &format!("<title>{}</title>", escape(title))),
        None => page,
    }
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
