//! The parameters of the OGC interface.

use crate::server::parameter::{Form, optional};

pub(super) use crate::server::parameter::{LANGUAGE, Parameter};

/// How many items a page has.
pub(super) static ITEM_LIMIT: Parameter = optional(
    "limit",
    "Hoeveel gebieden op een pagina; zonder: 10, en ten hoogste 1000, ook als u om meer vraagt",
    Form::Whole(1, u32::MAX),
);
/// How many items are skipped.
pub(super) static OFFSET: Parameter = optional(
    "offset",
    "Hoeveel gebieden overgeslagen worden, voor wie zelf telt; anders: volg next",
    Form::Whole(0, u32::MAX),
);
/// Where a page begins.
pub(super) static CURSOR: Parameter =
    optional("cursor", "Waar een pagina begint, uit de link next van de vorige", Form::Text(120));
/// The system of the answer.
pub(super) static ITEM_CRS: Parameter =
    optional("crs", "Stelsel van het antwoord; zonder: CRS84 (lon, lat)", Form::Text(60));
/// The box that items meet.
pub(super) static OGC_BBOX: Parameter = optional(
    "bbox",
    "Alleen gebieden die deze rechthoek raken: vier getallen (of zes, met hoogten) in de volgorde \
     van de assen van bbox-crs",
    Form::Corners,
);
/// The system of the box.
pub(super) static OGC_BBOX_CRS: Parameter =
    optional("bbox-crs", "Stelsel van bbox; zonder: CRS84 (lon, lat)", Form::Text(60));
/// A filter.
pub(super) static FILTER: Parameter = optional(
    "filter",
    "Een filter in CQL2-tekst, zoals gemeente = 'Amsterdam' AND inwoners_2024 > 1000; eigenschappen \
     staan in queryables",
    Form::Long(8192),
);
/// The language of the filter.
pub(super) static FILTER_LANG: Parameter =
    optional("filter-lang", "De taal van filter", Form::OneOf(&["cql2-text"]));
/// The system of places in the filter.
pub(super) static FILTER_CRS: Parameter =
    optional("filter-crs", "Stelsel van plaatsen in filter; zonder: CRS84", Form::Text(60));
/// A moment.
pub(super) static DATETIME: Parameter = optional(
    "datetime",
    "Een moment of periode; gebieden hebben er geen, en passen dus bij elk",
    Form::Text(80),
);
/// The order of items.
pub(super) static ORDER: Parameter = optional(
    "sortby",
    "Eigenschappen met komma's ertussen, aflopend met een min ervoor; zonder: op code",
    Form::Text(300),
);
/// What is sent of items.
pub(super) static PROPERTIES: Parameter = optional(
    "properties",
    "Alleen deze eigenschappen, met komma's ertussen; zonder: alle",
    Form::Long(8192),
);
/// The form of an answer of the OGC interface.
pub(super) static FORM: Parameter = optional(
    "f",
    "json of html; zonder: wat de kop Accept zegt, en anders json",
    Form::OneOf(&["json", "html"]),
);

/// The parameters of the items of a collection.
pub(super) static ITEMS: [&Parameter; 14] = [
    &ITEM_LIMIT,
    &OFFSET,
    &CURSOR,
    &ITEM_CRS,
    &OGC_BBOX,
    &OGC_BBOX_CRS,
    &FILTER,
    &FILTER_LANG,
    &FILTER_CRS,
    &DATETIME,
    &ORDER,
    &PROPERTIES,
    &FORM,
    &LANGUAGE,
];
