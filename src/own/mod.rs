//! What a municipality measures and tells itself: tables by area code, each with a description.
//!
//! A folder holds CSV or XLSX files and one TOML description each. It is read and checked against
//! an atlas as a whole; every row that cannot be used is named with its line. What may not be shown
//! is hidden before anything is stored: an atlas holds no figure that would tell of a handful of
//! people, so nothing that is made from it can.

mod area_description;
mod areas;
mod description;
mod error;
mod figures;
mod folder;
mod guard;
mod import;
mod nest;
mod point_description;
mod points;
mod row;
mod stories;
mod story_description;
mod subject;
mod table;
mod topic;
mod words;

pub use area_description::AreaDescription;
pub use areas::OwnAreas;
pub use description::Description;
pub use error::OwnError;
pub use guard::{GuardReport, HiddenCount};
pub use import::{LevelReport, OwnOptions, OwnReport, StoriesReport, TopicReport, import};
pub use nest::{Covered, Cut, NestReport};
pub use point_description::{Operation, PointDescription};
pub use row::{OwnRow, RowFault};
pub use stories::OwnStories;
pub use story_description::StoryDescription;
pub use topic::OwnTopic;
