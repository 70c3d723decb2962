//! `/v1/tegels/…`: vector tiles of a level, and what describes them.

use axum::{
    body::HttpBody,
    extract::{Path, RawQuery, State},
    http::{StatusCode, header},
    response::Response,
};
use serde_json::json;
use smol_str::SmolStr;

use crate::{
    area::{Level, Vintage, Year},
    atlas::{Atlas, LevelCoverage},
    indicator::Indicator,
    layer::{self, DEEPEST, DESCRIBED_TO, LayerSpec, TILE_TYPE, Tile, TileFields},
};

use super::{
    App,
    answer::Answer,
    asked::Asked,
    indicators,
    key::Key,
    layers::{check_version, chosen, level_in_path, painted},
    pair, parameter,
    problem::{InputError, Problem},
    query::Query,
};

/// What the tiles of a level say, every choice made.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tileset {
    level: Level,
    vintage: Vintage,
    /// Ids in order, each with the years that it is of; of two topics that of the rows first.
    series: Vec<(SmolStr, Option<Year>, Year)>,
    /// The layer of two topics, whose cells are told.
    pair: Option<LayerSpec>,
}

/// `GET /v1/tegels/{niveau}/{z}/{x}/{y}`: 204 where the tile is empty.
pub async fn tile(
    State(app): State<App>,
    Path((level, z, x, y)): Path<(String, String, String, String)>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &parameter::TILES);
    let level = level_in_path(&app.atlas, &level)?;
    let address = address(&z, &x, &y)?;
    let tileset = Tileset::of(&app.atlas, query, &level)?;
    made(&app, &asked, tileset, address).await
}

/// A tile of a division without figures; 204 where it is empty.
pub(super) async fn plain_tile(
    app: &App,
    asked: &Asked,
    (level, vintage): (Level, Vintage),
    [z, x, y]: [&str; 3],
) -> Result<Response, Problem> {
    let address = address(z, x, y)?;
    made(app, asked, Tileset { level, vintage, series: Vec::new(), pair: None }, address).await
}

async fn made(
    app: &App,
    asked: &Asked,
    tileset: Tileset,
    address: Tile,
) -> Result<Response, Problem> {
    let key = tileset.key("tegel").and(address.z()).and(address.x()).and(address.y());
    let made = app.keep(asked, key, move |app| {
        let fields = tileset.fields(&app.atlas)?;
        Ok(Answer::new(TILE_TYPE, layer::tile(address, &fields).unwrap_or_default()))
    });
    made.await.map(without_content)
}

/// `GET /v1/tegels/{niveau}/tilejson.json`.
pub async fn description(
    State(app): State<App>,
    Path(level): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &parameter::TILES);
    let level = level_in_path(&app.atlas, &level)?;
    let tileset = Tileset::of(&app.atlas, query, &level)?;
    app.keep(&asked, tileset.key("tilejson"), move |app| {
        let prefix = app.config.prefix();
        Answer::json(&tilejson(&tileset, &tileset.fields(&app.atlas)?, prefix.as_str()))
    })
    .await
}

/// A tile without content is no tile.
fn without_content(mut response: Response) -> Response {
    let told = response.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok());
    let length = match told {
        Some(length) => length.parse().ok(),
        None => response.body().size_hint().exact(),
    };
    if response.status() == StatusCode::OK && length == Some(0) {
        *response.status_mut() = StatusCode::NO_CONTENT;
        response.headers_mut().remove(header::CONTENT_TYPE);
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    response
}

fn address(z: &str, x: &str, y: &str) -> Result<Tile, Problem> {
    Tile::parse(z, x, y.strip_suffix(".mvt").unwrap_or(y)).ok_or_else(|| {
        let detail = format!("verwacht: z van 0 tot en met {DEEPEST}, x en y onder 2^z");
        Problem::unknown(InputError::path("z", "ongeldig", detail))
    })
}

impl Tileset {
    /// The tiles that a query asks for, every choice made and checked against the atlas.
    fn of(atlas: &Atlas, mut query: Query, level: &Level) -> Result<Self, Problem> {
        if query.text(&parameter::TILE_INDICATOR).is_some() || pair::is_asked(&query) {
            return Self::of_pair(atlas, query, level);
        }
        check_version(atlas, &mut query);
        let ids = query.list(&parameter::INDICATORS).unwrap_or_default();
        let found: Vec<_> = ids.into_iter().map(|id| indicators::find(atlas, id)).collect();
        let mut asked: Vec<&Indicator> = Vec::with_capacity(found.len());
        for one in found {
            match one {
                Ok(indicator) => asked.push(indicator),
                Err(error) => query.fail(error.of_query(parameter::INDICATORS.name)),
            }
        }
        query.check()?;
        asked.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        let wanted = query.year(&parameter::TILE_YEAR);
        if asked.is_empty() {
            return Self::plain(atlas, level, wanted);
        }
        let years = wanted.map_or_else(|| years(atlas, asked[0], level), |year| vec![year]);
        let on = division(atlas, &query, level)?;
        let found = years.into_iter().rev().find_map(|year| series(atlas, &asked, level, year, on));
        let Some((coverage, series)) = found else {
            let missing = missing(atlas, &asked, level, wanted, on);
            return Err(Problem::invalid(missing));
        };
        Ok(Self { level: level.clone(), vintage: coverage.vintage, series, pair: None })
    }

    /// The tiles of two topics with the cells that both make.
    fn of_pair(atlas: &Atlas, mut query: Query, level: &Level) -> Result<Self, Problem> {
        for needed in [&parameter::TILE_INDICATOR, &parameter::SECOND] {
            if query.text(needed).is_none() && !query.is_wrong(needed) {
                let detail = "hoort erbij: indicator en met horen bij elkaar";
                query.fail(InputError::query(needed.name, "ontbreekt", detail));
            }
        }
        if query.text(&parameter::INDICATORS).is_some() {
            let name = parameter::INDICATORS.name;
            let detail = "gaat niet samen met indicator en met";
            query.fail(InputError::query(name, "onmogelijk", detail));
        }
        let spec = chosen(atlas, &[], query, level)?;
        let own = atlas.series_read(&spec.indicator, level, spec.begin, spec.year, spec.vintage);
        let vintage = own.ok_or_else(Problem::internal)?.key.vintage;
        let mut series = vec![(spec.indicator.clone(), spec.begin, spec.year)];
        series.extend(spec.second.iter().map(|of| (of.indicator.clone(), of.begin, of.year)));
        Ok(Self { level: level.clone(), vintage, series, pair: Some(spec) })
    }

    /// What is asked of a resource about these tiles.
    fn key(&self, resource: &'static str) -> Key {
        let Self { level, vintage, series, pair } = self;
        let key = Key::new(resource).and(level).and(vintage).and(pair.is_some());
        series
            .iter()
            .fold(key, |key, (id, begin, year)| key.and(id).and_maybe(begin.as_ref()).and(year))
    }

    /// The tiles of a division without figures.
    fn plain(atlas: &Atlas, level: &Level, wanted: Option<Year>) -> Result<Self, Problem> {
        let vintages = atlas.vintages(level);
        let vintage = match wanted {
            Some(year) => vintages.iter().copied().find(|vintage| *vintage == Vintage(year)),
            None => vintages.last().copied(),
        };
        let vintage = vintage.ok_or_else(|| {
            let detail = format!("er is geen indeling van {level} van dat jaar");
            let error = InputError::query("jaar", "onbekend", detail).allowing(vintages);
            Problem::invalid(vec![error])
        })?;
        Ok(Self { level: level.clone(), vintage, series: Vec::new(), pair: None })
    }

    fn fields<'a>(&self, atlas: &'a Atlas) -> Result<TileFields<'a>, Problem> {
        if let Some(spec) = &self.pair {
            return Ok(TileFields::of_layer(&painted(atlas, spec.clone())?));
        }
        let coverage = atlas.coverage(self.vintage, &self.level).ok_or_else(Problem::internal)?;
        let series = self.series.iter().filter_map(|(id, begin, year)| {
            let indicator = atlas.catalogue.get(id)?;
            let read = atlas.series_on_division(id, &self.level, *begin, *year, self.vintage)?;
            Some((indicator, read))
        });
        Ok(TileFields::new(atlas, coverage, series))
    }

    /// The choices as parameters of an address.
    fn parameters(&self, atlas: &Atlas) -> String {
        let year = self.series.first().map_or(self.vintage.0, |(_, _, year)| *year);
        if self.series.is_empty() {
            return format!("jaar={year}");
        }
        if let (Some(_), [(first, ..), (second, ..)]) = (&self.pair, &self.series[..]) {
            return format!("indicator={first}&met={second}&jaar={year}");
        }
        let ids: Vec<_> = self.series.iter().map(|(id, ..)| id.as_str()).collect();
        let own = self.series.iter().find_map(|(id, begin, year)| {
            Some(atlas.series(id, &self.level, *begin, *year)?.key.vintage)
        });
        let on = match own {
            Some(own) if own != self.vintage => format!("&indeling={}", self.vintage),
            _ => String::new(),
        };
        format!("indicatoren={}&jaar={year}{on}", ids.join(","))
    }
}

/// The years in which an indicator has numbers on a level, ascending.
fn years(atlas: &Atlas, indicator: &Indicator, level: &Level) -> Vec<Year> {
    let mut years: Vec<_> =
        atlas.years(&indicator.id, level).into_iter().map(|(_, year)| year).collect();
    years.dedup();
    years
}

type Series = Vec<(SmolStr, Option<Year>, Year)>;

/// The division that figures are read on, where it is asked for.
fn division(atlas: &Atlas, query: &Query, level: &Level) -> Result<Option<Vintage>, Problem> {
    let Some(asked) = query.year(&parameter::DIVISION).map(Vintage) else { return Ok(None) };
    let vintages = atlas.vintages(level);
    if vintages.contains(&asked) {
        return Ok(Some(asked));
    }
    let detail = format!("er is geen indeling van {level} van {asked}");
    let error = InputError::query(parameter::DIVISION.name, "onbekend", detail);
    Err(Problem::invalid(vec![error.allowing(vintages)]))
}

/// The series of all indicators for a year, a change counted from the earliest year there is; only
/// where all of them are there and on the same division, or can be read on the one that is asked
/// for.
fn series<'a>(
    atlas: &'a Atlas,
    indicators: &[&Indicator],
    level: &Level,
    year: Year,
    division: Option<Vintage>,
) -> Option<(&'a LevelCoverage, Series)> {
    let mut on: Option<&LevelCoverage> = None;
    let mut series = Vec::with_capacity(indicators.len());
    for indicator in indicators {
        let years = atlas.years(&indicator.id, level);
        let (begin, _) = years.into_iter().find(|(_, of)| *of == year)?;
        let coverage = match division {
            Some(vintage) if atlas.is_readable_on(&indicator.id, level, begin, year, vintage) => {
                atlas.coverage(vintage, level)?
            }
            Some(_) => return None,
            None => atlas.series(&indicator.id, level, begin, year)?.coverage,
        };
        if on.is_some_and(|other| !std::ptr::eq(other, coverage)) {
            return None;
        }
        on = Some(coverage);
        series.push((indicator.id.clone(), begin, year));
    }
    on.map(|coverage| (coverage, series))
}

/// Why there are no such tiles.
fn missing(
    atlas: &Atlas,
    indicators: &[&Indicator],
    level: &Level,
    wanted: Option<Year>,
    division: Option<Vintage>,
) -> Vec<InputError> {
    let mut errors = Vec::new();
    for indicator in indicators {
        let there = years(atlas, indicator, level);
        let id = &indicator.id;
        if there.is_empty() {
            let detail = format!("{id} heeft geen waarden op niveau {level}");
            errors.push(InputError::query("indicatoren", "geen-waarden", detail));
        } else if let Some(wanted) = wanted.filter(|wanted| !there.contains(wanted)) {
            let detail = format!("{id} heeft op niveau {level} geen jaar {wanted}");
            errors.push(InputError::query("jaar", "onbekend", detail).allowing(there));
        }
    }
    if let (true, Some(division)) = (errors.is_empty(), division) {
        let detail =
            format!("niet al deze onderwerpen zijn op de indeling van {division} te lezen");
        errors.push(InputError::query(parameter::DIVISION.name, "onmogelijk", detail));
    }
    if errors.is_empty() {
        let detail = "deze onderwerpen hebben geen jaar gemeen waarin ze op dezelfde indeling \
                      staan; vraag ze apart";
        errors.push(InputError::query("indicatoren", "onmogelijk", detail));
    }
    errors
}

/// TileJSON 3.0.0. Addresses are relative to this server, which does not know its public name.
fn tilejson(tileset: &Tileset, fields: &TileFields<'_>, prefix: &str) -> serde_json::Value {
    let bounds = fields.bounds().unwrap_or([-180.0, -85.0, 180.0, 85.0]);
    let [west, south, east, north] = bounds;
    let level = &tileset.level;
    json!({
        "tilejson": "3.0.0",
        "name": format!("{level} {}", tileset.vintage),
        "description": format!("Grenzen van {level}, indeling {}", tileset.vintage),
        "version": "1.0.0",
        "attribution": fields.attribution_html(),
        "scheme": "xyz",
        "tiles": [format!("{prefix}/v1/tegels/{level}/{{z}}/{{x}}/{{y}}?{}", tileset.parameters(fields.atlas()))],
        "minzoom": 0,
        "maxzoom": DESCRIBED_TO,
        "bounds": bounds,
        "center": [f64::midpoint(west, east), f64::midpoint(south, north), 7],
        "vector_layers": [fields.description([0, DESCRIBED_TO])],
        "versie": fields.version(),
        "fictief": fields.is_fictional(),
    })
}
