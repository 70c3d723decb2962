//! The reference systems that layers come in.

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
    /// The value of `Content-Crs`: the address between angle brackets.
    pub fn header(self) -> &'static str {
        match self {
            Self::Crs84 => "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>",
            Self::Rd => "<http://www.opengis.net/def/crs/EPSG/0/28992>",
        }
    }

    /// The address that stands for it.
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
