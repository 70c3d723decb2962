//! The map over HTTP: axum, one file a resource.

mod answer;
mod areas;
mod basemap;
mod borders;
mod config;
mod encoding;
mod headers;
mod health;
mod indicators;
mod layers;
mod locations;
mod openapi;
mod page;
mod parameter;
mod place;
mod problem;
mod query;
mod router;
mod serve;
mod spec;
mod state;
mod table_page;
mod tiles;
mod value_columns;
mod values;

pub use config::{Config, ConfigError};
pub use router::router;
pub use serve::{ServeError, serve};
pub use state::App;
