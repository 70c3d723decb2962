//! What an address asks that was pasted somewhere, perhaps years ago.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use crate::{
    indicator::Indicator,
    server::{App, query::Query},
};

use super::{Framed, parameter::FRAME};

/// Why an address cannot be framed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Refusal {
    /// No topic of that name was ever there.
    Unknown,
    /// The topic is never shown on another site.
    Sensitive,
    /// The topic has no figures that can be drawn.
    Empty,
}

/// The map that an address asks for: the id of an indicator, and a query of which what nobody knows
/// is left aside.
///
/// # Errors
/// When there is no such map, or it may not be framed.
pub(super) fn asked(app: &App, id: &str, raw: Option<&str>) -> Result<Framed, Refusal> {
    let indicator = topic(app, id)?;
    let known = raw.map(known_part);
    let mut query = Query::parse(known.as_deref(), &FRAME);
    Framed::settle(app, indicator, &mut query).ok_or(Refusal::Empty)
}

/// The indicator of an id, where it may be framed.
pub(super) fn topic<'a>(app: &'a App, id: &str) -> Result<&'a Indicator, Refusal> {
    match app.atlas.indicator(id) {
        Some(indicator) if indicator.sensitive => Err(Refusal::Sensitive),
        Some(indicator) => Ok(indicator),
        None => Err(Refusal::Unknown),
    }
}

/// The same of a path with its query: `/`, `/kaart/{id}`, its table, or `/embed/{id}`. `None` where
/// it is none of these.
pub(in crate::server) fn asked_by_path(app: &App, target: &str) -> Option<Result<Framed, Refusal>> {
    let target = target.split('#').next().unwrap_or_default();
    let (path, raw) = match target.split_once('?') {
        Some((path, raw)) => (path, Some(raw)),
        None => (target, None),
    };
    let mut parts = path.trim_matches('/').split('/');
    let id = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("") | None, None, None, None) => Cow::from(app.first_view().indicator),
        (Some("kaart" | "embed"), Some(id), None, None)
        | (Some("kaart"), Some(id), Some("tabel"), None) => {
            percent_decode_str(id).decode_utf8().ok()?
        }
        _ => return None,
    };
    Some(asked(app, &id, raw))
}

/// The part of a query whose names are known: what others put behind an address, to count
/// visitors, must not push out what the map needs.
fn known_part(raw: &str) -> String {
    let is_known = |pair: &&str| {
        let name = pair.split_once('=').map_or(*pair, |(name, _)| name);
        FRAME.iter().any(|parameter| parameter.name == name)
    };
    raw.split('&').filter(is_known).collect::<Vec<_>>().join("&")
}
