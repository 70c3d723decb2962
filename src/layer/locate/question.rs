//! Where a row says that it is, and what is there.

use crate::{
    area::{AddressFound, Postcode},
    crs::{LonLat, Rd},
};

use super::{Found, Gazetteer, Places, RowFault, TableCrs, fault};

/// The names of the columns of a postcode and of a house number; the second may be left out.
pub(super) const ADDRESS: [&str; 2] = ["postcode", "huisnummer"];

impl TableCrs {
    /// The names that columns of the system have unless others are named.
    pub(super) fn usual(self) -> [&'static str; 2] {
        match self {
            Self::Rd => ["x", "y"],
            Self::Wgs84 => ["lon", "lat"],
        }
    }

    /// The system that two names say.
    pub(super) fn said([x, y]: [&str; 2]) -> Option<Self> {
        [Self::Rd, Self::Wgs84].into_iter().find(|crs| {
            let [a, b] = crs.usual();
            x.eq_ignore_ascii_case(a) && y.eq_ignore_ascii_case(b)
        })
    }
}

/// What lies at a coordinate, from two texts in columns of those names.
pub(super) fn coordinate(
    crs: TableCrs,
    texts: [&[u8]; 2],
    names: &[String; 2],
    gazetteer: &dyn Gazetteer,
) -> Result<Found, RowFault> {
    let places = place(crs, texts, names, gazetteer)?.map(|rd| gazetteer.at(rd));
    Ok(Found { places: places.unwrap_or_default(), ..Found::default() })
}

/// A coordinate in RD, from two texts in columns of those names; `None` far outside the country.
pub(super) fn place(
    crs: TableCrs,
    [x, y]: [&[u8]; 2],
    names: &[String; 2],
    gazetteer: &dyn Gazetteer,
) -> Result<Option<Rd>, RowFault> {
    let x = fault::number(x, &names[0])?;
    let y = fault::number(y, &names[1])?;
    let rd = match crs {
        TableCrs::Rd => Rd { x, y },
        TableCrs::Wgs84 => {
            let point = LonLat { lon: x, lat: y };
            if !point.is_plausible() {
                return fault::elsewhere_lonlat(point, names).map(|()| None);
            }
            gazetteer.transform().to_rd(point)
        }
    };
    if rd.is_plausible() {
        return Ok(Some(rd));
    }
    match crs {
        TableCrs::Rd => fault::elsewhere_rd(rd, names).map(|()| None),
        TableCrs::Wgs84 => Ok(None),
    }
}

/// What lies at an address, from two texts in columns of those names. Of a house number the leading
/// digits count: letters and additions do not change the buurt.
pub(super) fn address(
    postcode: &[u8],
    number: Option<&[u8]>,
    names: &[String; 2],
    gazetteer: &dyn Gazetteer,
) -> Result<Found, RowFault> {
    let text = String::from_utf8_lossy(postcode);
    let postcode: Postcode = text.parse().map_err(|_| match text.trim() {
        "" => RowFault::NoPostcode { column: names[0].clone() },
        text => RowFault::Postcode { column: names[0].clone(), text: fault::shorten(text) },
    })?;
    let number = number.map(|field| house_number(field, &names[1])).transpose()?.flatten();
    Ok(answer(&gazetteer.address(postcode, number)))
}

/// The digits that a house number begins with; `None` where the field is empty.
fn house_number(field: &[u8], column: &str) -> Result<Option<u32>, RowFault> {
    if field.is_empty() {
        return Ok(None);
    }
    let digits = field.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(&field[..digits]).ok().and_then(|text| text.parse().ok());
    number.filter(|number| *number > 0).map(Some).ok_or_else(|| RowFault::HouseNumber {
        column: column.to_owned(),
        text: fault::shorten(&String::from_utf8_lossy(field)),
    })
}

fn answer(found: &AddressFound<'_>) -> Found {
    let unknown = |what: &str| Found {
        note: Some(format!("{what} staat niet in de adressentabel")),
        ..Found::default()
    };
    let [buurt, wijk, gemeente] = found.certain();
    let note = match found {
        AddressFound::NoPostcode => return unknown("postcode"),
        AddressFound::NoNumber => return unknown("huisnummer bij deze postcode"),
        AddressFound::Buurten(_) if buurt.is_some() => None,
        AddressFound::Buurten(buurten) => {
            let list: Vec<_> = buurten.iter().map(|code| code.as_str()).collect();
            Some(format!("ligt in {} buurten: {}", list.len(), list.join(" ")))
        }
    };
    Found { is_ambiguous: buurt.is_none(), places: Places { buurt, wijk, gemeente }, note }
}
