//! What got better, what got worse, and what kind of course a place runs.

mod direction;
mod ring;
mod typology;
mod watch_list;

pub use direction::{Change, Counted, Direction, changes, counted, relative_changes};
pub use ring::rings;
pub use typology::{Course, Thresholds, typology};
pub use watch_list::{Entry, Reason, Rules, watch_list};
