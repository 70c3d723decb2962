//! What a layer is asked to be, every choice made.

use serde::Serialize;
use smol_str::SmolStr;

use crate::{
    area::{Level, Vintage, Year},
    coverage::Detail,
    crs::LayerCrs,
    indicator::Language,
    scale::{ManualBreaks, Method},
};

use super::Within;

/// Which values the class breaks are computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Those of all years on the level, so that a colour means the same next year; where the series
    /// breaks, those on the year's own side of the break.
    #[default]
    Vast,
    /// Those of the year alone.
    Jaar,
}

/// The topic that lies across that of a layer: together they make cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Second {
    /// The indicator's id.
    pub indicator: SmolStr,
    /// The year that a change is counted from.
    pub begin: Option<Year>,
    /// The year, which may be another than that of the layer.
    pub year: Year,
}

/// A layer with every choice made.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerSpec {
    /// The indicator's id.
    pub indicator: SmolStr,
    /// What lies across it, in a layer of two topics.
    pub second: Option<Second>,
    /// The level.
    pub level: Level,
    /// The year that a change is counted from.
    pub begin: Option<Year>,
    /// The year.
    pub year: Year,
    /// The division that the figures are read on, where it is not their own.
    pub vintage: Option<Vintage>,
    /// How classes are made.
    pub method: Method,
    /// How many are wished for.
    pub class_count: usize,
    /// The bounds of the asker's own classes, with [`Method::Eigen`] alone.
    pub bounds: Option<ManualBreaks>,
    /// From which values.
    pub scope: Scope,
    /// The palette's id.
    pub palette: SmolStr,
    /// Only the areas in this gemeente, wijk or selection.
    pub within: Option<Within>,
    /// Only the areas whose extent meets this box: west, south, east, north in degrees.
    pub bbox: Option<[f64; 4]>,
    /// How finely borders are drawn.
    pub detail: Detail,
    /// The system of the coordinates.
    pub crs: LayerCrs,
    /// The language of the texts.
    pub language: Language,
}
