//! A question asked of the figures of an atlas: which areas take part, what comes out, and the
//! sentences that say it.
//!
//! What is computed is in [`crate::analysis`], which knows no atlas. A study finds the figures, says
//! who was left out and why, and accounts for itself: formula, paper, numbers, seed, version. Areas
//! of water take no part in any; a missing figure is never zero.

mod account;
mod alike;
mod before_after;
mod before_after_words;
mod change;
mod concentration;
mod course;
mod error;
mod gap;
mod gemeenten;
mod group;
mod likeness;
mod mixture;
mod neighbourship;
mod scope;
mod segregation;
mod stacking;

pub use account::{Account, LeftOut};
pub use alike::{Choice, Period};
pub use before_after::{
    AlikeArea, AskedStory, BeforeAfterStudy, Beside, BesideYear, ChangeBeside, TrendBefore,
    before_after,
};
pub(crate) use before_after_words::signed;
pub use change::{ChangeStudy, ChangedArea, RingCount, change};
pub use concentration::{ConcentratedArea, ConcentrationStudy, concentration};
pub use course::{CourseStudy, Thresholds, WatchedArea, courses};
pub use error::StudyError;
pub use gap::{GapStudy, GapYear, gap};
pub use gemeenten::{SegregationOfGemeenten, of_gemeenten};
pub use likeness::{ClusteredArea, LikenessStudy, likeness};
pub use mixture::{MixedArea, MixtureStudy, MixtureYear, PARTITIONS, Partition, mixture};
pub use neighbourship::Neighbourship;
pub use scope::Scope;
pub use segregation::{SegregationStudy, SegregationYear, segregation};
pub use stacking::{StackedTopic, StackingStudy, stacking};

/// A sentence in both languages.
fn text(nl: impl Into<String>, en: impl Into<String>) -> crate::area::Text {
    crate::area::Text { nl: nl.into(), en: en.into() }
}
