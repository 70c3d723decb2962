//! What can be wrong with a shape.

use std::fmt;

use serde::Serialize;

/// What was wrong with a shape as delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A vertex that repeats the one before it, on the grid; counted per vertex.
    RepeatedPoint,
    /// A border that goes back the way it came; counted per vertex.
    Spike,
    /// A ring without area, on the grid; counted per ring.
    CollapsedRing,
    /// A ring that is there twice in one polygon, or an outer ring in two; counted per ring.
    DuplicateRing,
    /// A border that crosses or touches itself or runs along another ring of the shape.
    SelfIntersection,
    /// A hole outside its outer ring or in another hole, or polygons that overlap.
    MisplacedRing,
    /// Holes that cut the interior in two.
    DisconnectedInterior,
    /// Borders that run through or beside each other so often that to check or redraw them would
    /// take longer than any map explains.
    Tangle,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RepeatedPoint => "repeated point",
            Self::Spike => "spike",
            Self::CollapsedRing => "collapsed ring",
            Self::DuplicateRing => "duplicate ring",
            Self::SelfIntersection => "self-intersection",
            Self::MisplacedRing => "misplaced ring",
            Self::DisconnectedInterior => "disconnected interior",
            Self::Tangle => "tangle",
        })
    }
}
