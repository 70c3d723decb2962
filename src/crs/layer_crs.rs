//! The reference systems that layers come in.

use super::{LonLat, Rd, RdTransform, WebMercator};

/// The reference system of the coordinates in a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LayerCrs {
    /// Longitude, latitude in degrees (CRS84 order), at most seven decimals.
    #[default]
    Crs84,
    /// RD New (EPSG:28992), x, y in metres, at most three decimals.
    Rd,
    /// ETRS89 (EPSG:4258), latitude, longitude in degrees, at most seven decimals. The degrees are
    /// those of [`LayerCrs::Crs84`]: RDNAPTRANS gives no others.
    Etrs89,
    /// WGS 84 / Pseudo-Mercator (EPSG:3857), x, y in metres, at most three decimals: for the screen,
    /// not for measuring.
    WebMercator,
}

impl LayerCrs {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Crs84, Self::Rd, Self::Etrs89, Self::WebMercator];

    /// The value of `Content-Crs`: the address between angle brackets.
    pub fn header(self) -> &'static str {
        match self {
            Self::Crs84 => "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>",
            Self::Rd => "<http://www.opengis.net/def/crs/EPSG/0/28992>",
            Self::Etrs89 => "<http://www.opengis.net/def/crs/EPSG/0/4258>",
            Self::WebMercator => "<http://www.opengis.net/def/crs/EPSG/0/3857>",
        }
    }

    /// The address that stands for it.
    pub fn uri(self) -> &'static str {
        self.header().trim_matches(['<', '>'])
    }

    /// The system that an address or short name stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "CRS84" | "OGC:CRS84" => Some(Self::Crs84),
            "EPSG:28992" => Some(Self::Rd),
            "EPSG:4258" => Some(Self::Etrs89),
            "EPSG:3857" => Some(Self::WebMercator),
            uri => Self::ALL.into_iter().find(|crs| crs.uri() == uri),
        }
    }

    /// How many decimals its coordinates have: a millimetre, or about a centimetre.
    pub fn decimals(self) -> u32 {
        match self {
            Self::Rd | Self::WebMercator => 3,
            Self::Crs84 | Self::Etrs89 => 7,
        }
    }

    /// A place in this system, in the order of its axes.
    pub fn position(self, rd: Rd, transform: &RdTransform) -> [f64; 2] {
        match self {
            Self::Rd => [rd.x, rd.y],
            Self::Crs84 => {
                let at = transform.to_lonlat(rd);
                [at.lon, at.lat]
            }
            Self::Etrs89 => {
                let at = transform.to_lonlat(rd);
                [at.lat, at.lon]
            }
            Self::WebMercator => {
                let at = WebMercator::from_lonlat(transform.to_lonlat(rd));
                [at.x, at.y]
            }
        }
    }

    /// The place of a position in this system; what lies far from the country goes somewhere far
    /// from it.
    pub fn place(self, [one, two]: [f64; 2], transform: &RdTransform) -> Rd {
        match self {
            Self::Rd => Rd { x: one, y: two },
            Self::Crs84 => transform.to_rd(LonLat { lon: one, lat: two }),
            Self::Etrs89 => transform.to_rd(LonLat { lat: one, lon: two }),
            Self::WebMercator => transform.to_rd(WebMercator { x: one, y: two }.to_lonlat()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_lead_back() {
        for crs in LayerCrs::ALL {
            assert_eq!(LayerCrs::from_name(crs.uri()), Some(crs));
            assert_eq!(crs.header(), format!("<{}>", crs.uri()));
        }
        for other in ["EPSG:4326", "http://www.opengis.net/def/crs/EPSG/0/4326", "crs84", ""] {
            assert_eq!(LayerCrs::from_name(other), None, "{other}");
        }
    }

    #[test]
    fn axes_have_the_order_of_the_system() {
        // The Onze Lieve Vrouwetoren in Amersfoort, where RD has its middle.
        let tower = Rd { x: 155_000.0, y: 463_000.0 };
        let transform = RdTransform::new();
        let near = |one: [f64; 2], two: [f64; 2], by: f64| {
            (one[0] - two[0]).abs() < by && (one[1] - two[1]).abs() < by
        };
        let at = |crs: LayerCrs| crs.position(tower, &transform);
        assert!(near(at(LayerCrs::Crs84), [5.387_206, 52.155_172], 1e-5));
        assert!(near(at(LayerCrs::Etrs89), [52.155_172, 5.387_206], 1e-5));
        assert!(near(at(LayerCrs::Rd), [155_000.0, 463_000.0], 1e-9));
        assert!(near(at(LayerCrs::WebMercator), [599_701.0, 6_828_275.0], 200.0));
        for crs in LayerCrs::ALL {
            let back = crs.place(at(crs), &transform);
            assert!(near([back.x, back.y], [tower.x, tower.y], 0.001), "{crs:?}");
        }
    }
}
