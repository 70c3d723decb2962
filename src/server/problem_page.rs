//! A problem as a page, for who followed a link to a page that is not there.

use axum::{
    body::Body,
    http::{HeaderValue, Uri, header},
    response::Response,
};

use crate::indicator::Language;

use super::{
    App,
    document_page::{AskedDocument, document},
    headers::PAGE_POLICY,
    html::{escape, say},
    problem::Problem,
};

/// What programs ask: they get problems as they are, whatever they accept.
const INTERFACES: [&str; 4] = ["/v1/", "/ogc/", "/health/", "/oembed"];

/// The answer to a request of a browser that shows pages: a problem becomes a page, with the same
/// status. What is no problem, and what programs ask, stays as it is.
pub(super) fn as_page(app: &App, target: &Uri, mut response: Response) -> Response {
    let path = target.path();
    if INTERFACES.iter().any(|interface| path.starts_with(interface)) {
        return response;
    }
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let page = app.config.prefix().below(page(app, target, &problem));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    headers.remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(page);
    response
}

fn page(app: &App, target: &Uri, problem: &Problem) -> String {
    let is_english =
        target.query().is_some_and(|query| query.split('&').any(|pair| pair == "taal=en"));
    let language = if is_english { Language::En } else { Language::Nl };
    let title = match (language, problem.status) {
        (Language::Nl, _) => problem.title,
        (Language::En, 404) => "Not found",
        (Language::En, 400) => "This address asks something that cannot be",
        (Language::En, _) => "This page cannot be shown now",
    };
    // What is wrong is told in Dutch, as in the interface.
    let body = format!(
        "<h1>{}</h1>\n<p lang=\"nl\">{}</p>\n<p><a href=\"/{}\">{}</a></p>\n",
        escape(title),
        escape(problem.detail()),
        if is_english { "?taal=en" } else { "" },
        say(language, "Naar de kaart", "To the map"),
    );
    // The address of a page that is not there is no address to come back to.
    document(app, &AskedDocument::of("/".into(), language), title, &body)
}
