//! The map over HTTP: axum, one file a resource.

mod address;
mod answer;
mod answers;
mod areas;
mod asked;
mod basemap;
mod config;
mod encoding;
mod entry;
mod front;
mod headers;
mod health;
mod indicators;
mod key;
mod layers;
mod locations;
mod openapi;
mod page;
mod parameter;
mod pictures;
mod place;
mod problem;
mod query;
mod router;
mod serve;
mod spec;
mod state;
mod table_page;
mod values;

pub use address::{AskedLayer, layer_at};
pub use config::{Config, ConfigError};
pub use front::Front;
pub use problem::Problem;
pub use serve::{ServeError, serve};
pub use state::App;
