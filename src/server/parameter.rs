//! The parameters of the interface, as data: what checks them is what describes them.

use crate::{
    layer::{PICTURE_SCALE, PICTURE_SIDE},
    scale::Method,
};

/// What a parameter's text must look like.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// Any text of at most so many characters.
    Text(usize),
    /// The same, which may have more than one line.
    Long(usize),
    /// A year, four digits.
    Year,
    /// A day, `2026-11-21`.
    Day,
    /// The code of an area.
    Code,
    /// One of a fixed list.
    OneOf(&'static [&'static str]),
    /// A whole number between bounds, both allowed.
    Whole(u32, u32),
    /// A finite number.
    Number,
    /// A postcode of four digits and two letters.
    Postcode,
    /// Four finite numbers with commas: west, south, east, north.
    Box,
    /// Four or six finite numbers with commas: the corners of a box in some system.
    Corners,
    /// The bounds of classes: ascending finite numbers with commas.
    Bounds,
    /// At most so many ids with commas, each once.
    List(usize),
    /// At most so many codes of areas with commas, each once.
    Codes(usize),
}

/// A parameter of a query.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What its text must look like.
    pub form: Form,
}

pub(super) const fn optional(
    name: &'static str,
    description: &'static str,
    form: Form,
) -> Parameter {
    Parameter { name, description, required: false, form }
}

const fn required(name: &'static str, description: &'static str, form: Form) -> Parameter {
    Parameter { name, description, required: true, form }
}

const METHODS: [&str; Method::ALL.len()] = {
    let mut names = [""; Method::ALL.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = Method::ALL[at].as_str();
        at += 1;
    }
    names
};

/// The indicator of a layer.
pub static INDICATOR: Parameter =
    required("indicator", "Id van het onderwerp, zie /v1/indicatoren", Form::Text(60));
/// The second topic of a layer.
pub static SECOND: Parameter = optional(
    "met",
    "Id van een tweede onderwerp: samen negen vakken, drie klassen van elk (kwantielen van de \
     gebieden met beide cijfers); van hetzelfde jaar, anders van het dichtstbijzijnde binnen drie",
    Form::Text(60),
);
/// The topic of tiles that have a second one.
pub static TILE_INDICATOR: Parameter = optional(
    "indicator",
    "Id van het onderwerp naast een tweede (met), in plaats van indicatoren",
    Form::Text(60),
);
/// The indicators of a location, or of tiles.
pub static INDICATORS: Parameter =
    optional("indicatoren", "Ids van onderwerpen, met komma's ertussen", Form::List(40));
/// A level.
pub static LEVEL: Parameter =
    required("niveau", "gemeenten, wijken, buurten of een eigen niveau", Form::Text(24));
/// A level that may be left out.
pub static LEVEL_FILTER: Parameter =
    optional("niveau", "gemeenten, wijken, buurten of een eigen niveau", Form::Text(24));
/// The year of a layer.
pub static YEAR: Parameter =
    optional("jaar", "Jaar van de cijfers; zonder: het nieuwste met waarden", Form::Year);
/// The year of a division.
pub static VINTAGE: Parameter =
    optional("jaar", "Jaar van de indeling; zonder: de nieuwste", Form::Year);
/// The areas that stand beside another.
pub static COMPARE: Parameter = optional(
    "vergelijk",
    "Codes van gebieden die ernaast staan, met komma's ertussen, op dezelfde indeling",
    Form::Codes(5),
);
/// The year that a change is counted from.
pub static BEGIN: Parameter = optional(
    "sinds",
    "Beginjaar van een verandering; zonder: het vroegste met waarden",
    Form::Year,
);
/// The division that figures are read on.
pub static DIVISION: Parameter = optional(
    "indeling",
    "Jaar van de indeling waarop de cijfers gelezen worden; zonder: hun eigen. Waar grenzen \
     verschoven zijn, zijn het schattingen, en dat staat erbij",
    Form::Year,
);
/// The day from which changes are told.
pub static SINCE_DAY: Parameter = optional(
    "sinds",
    "Alleen wijzigingen vanaf deze dag (UTC), zoals 2026-11-21; zonder: alle",
    Form::Day,
);
/// The method of classification.
pub static METHOD: Parameter =
    optional("methode", "Hoe klassen gemaakt worden", Form::OneOf(&METHODS));
/// The number of classes.
pub static CLASS_COUNT: Parameter = optional(
    "aantalKlassen",
    "Hoeveel klassen ten hoogste; bij publicatie en eigen vast",
    Form::Whole(2, 9),
);
/// The bounds of the asker's own classes.
pub static BOUNDS: Parameter = optional(
    "klassegrenzen",
    "Bij methode=eigen, en daar verplicht: 1 tot en met 8 oplopende bovengrenzen van klassen, in \
     de eenheid van het onderwerp, met decimale punt en komma's ertussen; een waarde op een grens \
     hoort bij de lagere klasse, en boven de laatste grens ligt nog één klasse",
    Form::Bounds,
);
/// The values that breaks are made from.
pub static SCOPE: Parameter = optional(
    "schaal",
    "Grenzen van berekende klassen uit alle jaren samen (vast) of uit dit jaar alleen (jaar)",
    Form::OneOf(&["vast", "jaar"]),
);
/// The palette.
pub static PALETTE: Parameter = optional("palet", "Id van een palet", Form::Text(40));
/// The gemeente or wijk that an answer is limited to.
pub static WITHIN: Parameter =
    optional("binnen", "Alleen gebieden in deze gemeente of wijk (code)", Form::Code);
/// The gemeente, wijk or selection that a layer is limited to; ids of selections have the form of
/// codes of one's own.
pub static LAYER_WITHIN: Parameter = optional(
    "binnen",
    "Alleen gebieden in deze gemeente of wijk (code) of van deze selectie (id, zie /v1/selecties)",
    Form::Code,
);
/// The box that an answer is limited to.
pub static BBOX: Parameter = optional(
    "bbox",
    "Alleen gebieden waarvan de omvang deze rechthoek raakt: lon,lat,lon,lat",
    Form::Box,
);
/// The level of detail.
pub static DETAIL: Parameter = optional(
    "detail",
    "Hoe fijn de grenzen zijn; zonder: fijn. Buren houden bij elk detail precies dezelfde grens",
    Form::OneOf(&["grof", "middel", "fijn", "volledig"]),
);
/// The zoom that borders are drawn for.
pub static ZOOM: Parameter = optional(
    "zoom",
    "In plaats van detail: de zoom waarvoor grenzen tot op een halve pixel kloppen",
    Form::Whole(0, 22),
);
/// The level of detail of borders.
pub static BORDER_DETAIL: Parameter = optional(
    "detail",
    "Hoe fijn de grenzen zijn; zonder: grof, of volledig binnen een gemeente of wijk",
    Form::OneOf(&["grof", "middel", "fijn", "volledig"]),
);
/// The year of tiles.
pub static TILE_YEAR: Parameter = optional(
    "jaar",
    "Jaar van de cijfers, of zonder indicatoren van de indeling; zonder: het nieuwste",
    Form::Year,
);
/// How many decimals values keep.
pub static DECIMALS: Parameter = optional(
    "decimalen",
    "Rondt de getallen af op zoveel decimalen; zonder: zoals ze geleverd zijn",
    Form::Whole(0, 9),
);
/// The reference system of coordinates.
pub static CRS: Parameter = optional(
    "crs",
    "Stelsel van de coördinaten: CRS84 (lon, lat), RD New (x, y), ETRS89 (EPSG:4258: lat, lon) of \
     voor het scherm Web Mercator (EPSG:3857: x, y)",
    Form::OneOf(&[
        "CRS84",
        "EPSG:28992",
        "EPSG:4258",
        "EPSG:3857",
        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
        "http://www.opengis.net/def/crs/EPSG/0/28992",
        "http://www.opengis.net/def/crs/EPSG/0/4258",
        "http://www.opengis.net/def/crs/EPSG/0/3857",
    ]),
);
/// The language of texts.
pub static LANGUAGE: Parameter =
    optional("taal", "Taal van de teksten", Form::OneOf(&["nl", "en"]));
/// The version of the atlas that is asked for.
pub static VERSION: Parameter =
    optional("versie", "Alleen antwoorden als de atlas deze versie heeft", Form::Text(16));
/// Latitude.
pub static LAT: Parameter = optional("lat", "Breedtegraad in graden, samen met lon", Form::Number);
/// Longitude.
pub static LON: Parameter = optional("lon", "Lengtegraad in graden, samen met lat", Form::Number);
/// RD x.
pub static X: Parameter = optional("x", "RD x in meters, samen met y", Form::Number);
/// RD y.
pub static Y: Parameter = optional("y", "RD y in meters, samen met x", Form::Number);
/// A postcode.
pub static POSTCODE: Parameter =
    optional("postcode", "Postcode, in plaats van een coördinaat", Form::Postcode);
/// A house number.
pub static HOUSE_NUMBER: Parameter = optional(
    "huisnummer",
    "Huisnummer bij de postcode, zonder letter of toevoeging",
    Form::Whole(1, 99_999),
);
/// The system of the coordinates in a table.
pub static TABLE_CRS: Parameter = optional(
    "crs",
    "Stelsel van de coördinaten: rd of wgs84, of een CRS-adres; zonder: wat de namen van de \
     kolommen zeggen, en voor GeoJSON graden",
    Form::Text(60),
);
/// What stands between the fields of a table.
pub static DELIMITER: Parameter = optional(
    "scheidingsteken",
    "Wat tussen de velden van CSV staat; zonder: komma",
    Form::OneOf(&["komma", "puntkomma", "tab", "streep"]),
);
/// How far around a place is looked.
pub static RADIUS: Parameter = optional(
    "straal",
    "Alleen gebieden binnen zoveel meter van de coördinaat, de dichtstbijzijnde eerst",
    Form::Whole(0, 100_000),
);
/// What is searched for.
pub static SEARCH: Parameter = optional("q", "Naam of code, of een deel daarvan", Form::Text(100));
/// The codes of a list of one's own.
pub static CODES: Parameter = required(
    "codes",
    "Gebiedscodes met komma's ertussen, van elk niveau, elk één keer",
    Form::Codes(500),
);
/// An address that is searched for.
pub static ADDRESS: Parameter =
    required("q", "Postcode met huisnummer, of een adres of plaats", Form::Text(100));
/// How many addresses.
pub static ADDRESS_LIMIT: Parameter =
    optional("aantal", "Hoeveel adressen ten hoogste; zonder: 10", Form::Whole(1, 50));
/// How many results.
pub static LIMIT: Parameter =
    optional("aantal", "Hoeveel gebieden ten hoogste; zonder: 20", Form::Whole(1, 1000));

/// The width of a picture.
pub static WIDTH: Parameter = optional(
    "breedte",
    "Breedte van het plaatje in beeldpunten (bij schaalfactor 1); zonder: 800",
    Form::Whole(*PICTURE_SIDE.start(), *PICTURE_SIDE.end()),
);
/// The height of a picture.
pub static HEIGHT: Parameter = optional(
    "hoogte",
    "Hoogte van het plaatje in beeldpunten (bij schaalfactor 1); zonder: 600",
    Form::Whole(*PICTURE_SIDE.start(), *PICTURE_SIDE.end()),
);
/// The delivery that a picture must be of.
pub static DELIVERY: Parameter = optional(
    "levering",
    "Alleen als dit nog de cijfers van die levering zijn, zie levering in /v1/insluiten; anders 410",
    Form::Text(16),
);
/// How many pixels of a picture go in one.
pub static SCALE_FACTOR: Parameter = optional(
    "schaalfactor",
    "Hoeveel fijner het plaatje is: 2 voor scherpe schermen, 3 voor druk; breedte × hoogte × \
     schaalfactor² is ten hoogste 16.777.216",
    Form::Whole(*PICTURE_SCALE.start(), *PICTURE_SCALE.end()),
);

/// The parameters of a layer in any form.
pub static LAYER: [&Parameter; 17] = [
    &INDICATOR,
    &SECOND,
    &YEAR,
    &BEGIN,
    &DIVISION,
    &METHOD,
    &CLASS_COUNT,
    &BOUNDS,
    &SCOPE,
    &PALETTE,
    &LAYER_WITHIN,
    &BBOX,
    &DETAIL,
    &ZOOM,
    &CRS,
    &LANGUAGE,
    &VERSION,
];

/// The parameters of a search for areas.
pub static AREAS: [&Parameter; 11] =
    [&SEARCH, &LEVEL_FILTER, &WITHIN, &VINTAGE, &BBOX, &LAT, &LON, &X, &Y, &RADIUS, &LIMIT];

/// The parameters of vector tiles.
pub static TILES: [&Parameter; 6] =
    [&INDICATORS, &TILE_INDICATOR, &SECOND, &TILE_YEAR, &DIVISION, &VERSION];

/// The parameters of compact borders.
pub static BORDERS: [&Parameter; 4] = [&VINTAGE, &BORDER_DETAIL, &WITHIN, &VERSION];

/// The parameters of a value column: those of its legend but the limits.
pub static VALUES: [&Parameter; 12] = [
    &INDICATOR,
    &YEAR,
    &BEGIN,
    &DIVISION,
    &METHOD,
    &CLASS_COUNT,
    &BOUNDS,
    &SCOPE,
    &PALETTE,
    &DECIMALS,
    &LANGUAGE,
    &VERSION,
];

/// The parameters of a legend: those of its layer, and the level behind the indicator.
pub static LEGEND: [&Parameter; LAYER.len() + 1] = {
    let mut all = [&LEVEL; LAYER.len() + 1];
    all[0] = LAYER[0];
    let mut at = 1;
    while at < LAYER.len() {
        all[at + 1] = LAYER[at];
        at += 1;
    }
    all
};

/// The parameters of a layer as a picture.
pub static PICTURE: [&Parameter; LAYER.len() + 4] = {
    let mut all: [&Parameter; LAYER.len() + 4] = [&WIDTH; LAYER.len() + 4];
    let mut at = 0;
    while at < LAYER.len() {
        all[at] = LAYER[at];
        at += 1;
    }
    all[at + 1] = &HEIGHT;
    all[at + 2] = &SCALE_FACTOR;
    all[at + 3] = &DELIVERY;
    all
};
