//! Maps on other sites: the frame, what to paste to get one, and what tells a CMS so (oEmbed).
//!
//! An address that was pasted works for years: what it asks and cannot be is left out and told, old
//! ids lead to those of today, and everything that decides what is shown stands in it. Who makes an
//! address is told everything that is wrong with it.

mod address;
mod code;
mod framed;
mod oembed;
mod options;
mod page;
mod parameter;
mod question;
mod silent;
mod summary;

pub(super) use address::Base;
pub(super) use code::{EmbedCode, codes};
pub(super) use framed::Framed;
pub(super) use oembed::oembed;
pub(super) use page::frame;
pub(super) use parameter::CODES;
pub(super) use question::asked_by_path;
pub(super) use silent::beside_the_map;
pub(super) use summary::{SummaryBody, summary};
