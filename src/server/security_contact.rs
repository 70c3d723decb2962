//! `/.well-known/security.txt`: whom to tell about a vulnerability (RFC 9116).

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use jiff::{ToSpan, Zoned};

use super::{App, answer::Answer, asked::Asked, problem::Problem, query::Query};

/// How long the text may be believed, days: shorter than a contact usually changes.
const VALID: i64 = 90;

/// `GET /.well-known/security.txt`. Without a contact in the configuration there is none.
pub async fn contact(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[]).check()?;
    let Some(contact) = &app.config.contact else {
        return Err(Problem::not_found("de beheerder heeft geen contact ingesteld"));
    };
    let day = Zoned::now().date();
    let expires = day.checked_add(VALID.days()).unwrap_or(day);
    let mut text = format!(
        "Contact: mailto:{}\nContact: {}\nExpires: {expires}T00:00:00Z\nPreferred-Languages: nl, en\n",
        contact.email, contact.url,
    );
    if let Some(address) = app.config.adres.as_deref() {
        let address = address.trim_end_matches('/');
        text.push_str(&format!("Canonical: {address}/.well-known/security.txt\n"));
    }
    Ok(Answer::new("text/plain; charset=utf-8", text.into_bytes()).send(&asked))
}
