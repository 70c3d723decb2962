//! What a layer is asked to be, every choice made.

use serde::Serialize;
use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Level, Year},
    indicator::Language,
    scale::{ManualBreaks, Method},
};

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

/// The reference system of the coordinates in a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LayerCrs {
    /// Longitude, latitude in degrees (CRS84 order), at most seven decimals.
    #[default]
    Crs84,
    /// RD New, x, y in metres, at most three decimals.
    Rd,
}

impl LayerCrs {
    /// The address that `Content-Crs` carries.
    pub fn uri(self) -> &'static str {
        match self {
            Self::Crs84 => "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            Self::Rd => "http://www.opengis.net/def/crs/EPSG/0/28992",
        }
    }

    /// The system that an address or short name stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "EPSG:28992" => Some(Self::Rd),
            "CRS84" | "OGC:CRS84" => Some(Self::Crs84),
            uri => [Self::Crs84, Self::Rd].into_iter().find(|crs| crs.uri() == uri),
        }
    }
}

/// A layer with every choice made.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerSpec {
    /// The indicator's id.
    pub indicator: SmolStr,
    /// The level.
    pub level: Level,
    /// The year that a change is counted from.
    pub begin: Option<Year>,
    /// The year.
    pub year: Year,
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
    /// Only the areas in this gemeente or wijk.
    pub within: Option<AreaCode>,
    /// Only the areas whose extent meets this box: west, south, east, north in degrees.
    pub bbox: Option<[f64; 4]>,
    /// The system of the coordinates.
    pub crs: LayerCrs,
    /// The language of the texts.
    pub language: Language,
}
