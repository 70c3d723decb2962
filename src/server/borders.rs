//! `/v1/gebiedsgrenzen/{niveau}`: borders for the browser, every one once.

use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};

use crate::{
    area::{AreaCode, Level, Vintage},
    atlas::Atlas,
    coverage::Detail,
    layer::{self, BORDERS_TYPE},
};

use super::{
    App,
    answer::Answer,
    asked::Asked,
    key::Key,
    layers::{check_version, level_in_path},
    parameter,
    problem::{InputError, Problem},
    query::Query,
};

/// The borders that a query asks for, every choice made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct BordersSpec {
    level: Level,
    vintage: Vintage,
    detail: Detail,
    within: Option<AreaCode>,
}

/// `GET /v1/gebiedsgrenzen/{niveau}`.
pub async fn borders(
    State(app): State<App>,
    Path(level): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &parameter::BORDERS);
    let level = level_in_path(&app.atlas, &level)?;
    let spec = BordersSpec::of(&app.atlas, query, &level)?;
    let BordersSpec { level, vintage, detail, within } = &spec;
    let key = Key::new("grenzen").and(level).and(vintage).and(detail).and_maybe(within.as_ref());
    app.keep(&asked, key, move |app| Ok(Answer::new(BORDERS_TYPE, spec.body(&app.atlas)?))).await
}

impl BordersSpec {
    fn of(atlas: &Atlas, mut query: Query, level: &Level) -> Result<Self, Problem> {
        check_version(atlas, &mut query);
        let vintages = atlas.vintages(level);
        let vintage = match query.year(&parameter::VINTAGE) {
            Some(year) => vintages.iter().copied().find(|vintage| *vintage == Vintage(year)),
            None => vintages.last().copied(),
        };
        if vintage.is_none() && !query.is_wrong(&parameter::VINTAGE) {
            let detail = format!("er is geen indeling van {level} van dat jaar");
            query.fail(InputError::query("jaar", "onbekend", detail).allowing(vintages));
        }
        let within = query.code(&parameter::WITHIN);
        let coverage = vintage.and_then(|vintage| atlas.coverage(vintage, level));
        if let (Some(code), Some(coverage)) = (&within, coverage)
            && coverage.within(code).is_empty()
        {
            let detail = format!("{code} heeft op deze indeling geen gebieden van niveau {level}");
            query.fail(InputError::query("binnen", "onbekend", detail));
        }
        query.check()?;
        let wanted = query.text(&parameter::BORDER_DETAIL);
        let named = wanted.and_then(Detail::from_name);
        // What fits a screen: the country coarse, a part of it as it is.
        let usual = if within.is_some() { Detail::VOLLEDIG } else { Detail::GROF };
        let detail = named.unwrap_or(usual);
        let vintage = vintage.ok_or_else(Problem::internal)?;
        Ok(Self { level: level.clone(), vintage, detail, within })
    }

    fn body(&self, atlas: &Atlas) -> Result<Vec<u8>, Problem> {
        let coverage = atlas.coverage(self.vintage, &self.level).ok_or_else(Problem::internal)?;
        layer::borders(atlas, coverage, self.detail, self.within.as_ref()).map_err(|error| {
            tracing::error!(%error, "borders do not serialise");
            Problem::internal()
        })
    }
}
