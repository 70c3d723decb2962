//! Keeping an atlas current: what publishers offer for a year, fetched into a cache.
//!
//! `geodata/uitgevers.toml` says what stands where ([`Publishers`]); [`Plan`] makes of it the
//! addresses of a year, in the order in which they are tried; [`Fetching`] brings what is there into
//! the [`Cache`], whole and verified. Nothing here writes an atlas: the files are imported as any
//! others, all at once, when all of them are good.
//!
//! What is fetched may be cut off at any moment. A file stands under its own name when it is whole,
//! and before that as a part beside it, with what tells whether it may be continued; a table of
//! StatLine goes on at its last page. Nothing that was fetched is fetched again unless its publisher
//! says that it changed.

mod archive;
mod cache;
mod client;
mod content;
mod download;
mod error;
mod fetching;
mod manifest;
mod plan;
mod product;
mod publisher;
mod report;
mod retry;
mod settings;
mod statline;
mod statline_table;
mod watch;

pub use cache::Cache;
pub use error::FetchError;
pub use fetching::{Fetching, Wish};
pub use manifest::{Entry, Member};
pub use plan::{Candidate, Form, Plan};
pub use product::Product;
pub use publisher::Publishers;
pub use report::{FetchReport, FetchedFile, PartReport, State, Tried};
pub use settings::Settings;
pub use watch::{Meter, Watch};
