//! What a municipality measures and tells itself: tables by area code, each with a description.
//!
//! A folder holds CSV or XLSX files and one TOML description each. It is read and checked against
//! an atlas as a whole; every row that cannot be used is named with its line. What may not be shown
//! is hidden before anything is stored: an atlas holds no figure that would tell of a handful of
//! people, so nothing that is made from it can.

mod description;
mod error;
mod figures;
mod folder;
mod guard;
mod import;
mod points;
mod row;
mod stories;
mod story_description;
mod subject;
mod table;

pub use description::Description;
pub use error::OwnError;
pub use folder::{OwnFolder, OwnTopic};
pub use guard::{GuardReport, HiddenCount};
pub use import::{OwnOptions, OwnReport, StoriesReport, TopicReport, import};
pub use points::{Operation, PointDescription};
pub use row::{OwnRow, RowFault};
pub use stories::OwnStories;
pub use story_description::StoryDescription;
