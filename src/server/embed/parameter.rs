//! What the address of a framed map may say: what the map's may, and how it is framed.

pub use crate::server::parameter::Parameter;
use crate::server::parameter::{
    BEGIN, BOUNDS, CLASS_COUNT, Form, INDICATOR, LANGUAGE, LAYER_WITHIN, LEVEL_FILTER, METHOD,
    PALETTE, SCOPE, SECOND, VERSION, optional,
};

/// The heights that a frame may be made for, in pixels: what its host page clamps it to.
pub const HEIGHTS: std::ops::RangeInclusive<u32> = 200..=4000;

/// What visitors may choose.
pub const CHOICES: [&str; 5] = ["zoeken", "onderwerp", "jaar", "niveau", "gebied"];

/// What may be left out.
pub const PARTS: [&str; 2] = ["legenda", "tabel"];

/// The year, or the newest whichever that is.
pub static YEAR: Parameter = optional(
    "jaar",
    "Jaar van de cijfers, of laatste: dan gaat de kaart mee met nieuwe jaren; zonder: laatste",
    Form::Text(8),
);
/// The selected area.
pub static AREA: Parameter = optional("gebied", "Code van het gekozen gebied", Form::Code);
/// What visitors may choose.
pub static CHOICE: Parameter = optional(
    "keuze",
    "Wat bezoekers mogen kiezen, met komma's ertussen: zoeken, onderwerp, jaar, niveau, gebied; \
     wat er niet bij staat, staat vast",
    Form::List(CHOICES.len()),
);
/// What is left out.
pub static WITHOUT: Parameter = optional(
    "zonder",
    "Wat weggelaten wordt, met komma's ertussen: legenda, tabel",
    Form::List(PARTS.len()),
);
/// Whether the map is one to use, or a picture.
pub static INTERACTIVE: Parameter = optional(
    "interactief",
    "Een kaart om te gebruiken, of een plaatje met tekst",
    Form::OneOf(&["ja", "nee"]),
);
/// A fixed colour scheme.
pub static COLOURS: Parameter = optional(
    "kleuren",
    "Altijd licht of altijd donker; zonder: zoals de bezoeker het heeft",
    Form::OneOf(&["licht", "donker"]),
);
/// The height that the frame is made for.
pub static HEIGHT: Parameter = optional(
    "hoogte",
    "Hoogte in beeldpunten van wat ingesloten wordt; zonder: 640",
    Form::Whole(*HEIGHTS.start(), *HEIGHTS.end()),
);
/// A title by hand.
pub static TITLE: Parameter = optional(
    "titel",
    "Eigen titel; alleen met een vast jaar, want een tekst weet niet van nieuwe cijfers",
    Form::Text(120),
);
/// A text by hand.
pub static TEXT: Parameter =
    optional("tekst", "Eigen tekst onder de titel; alleen met een vast jaar", Form::Text(400));

/// What the page of the map does with the figures by itself: passed on to it as it stands.
pub static OF_THE_PAGE: [Parameter; 7] = [
    optional("afwijking", "Waarmee cijfers vergeleken worden", Form::Text(40)),
    optional("maat", "In welke maat", Form::Text(20)),
    optional("klassen", "De nummers van de klassen die hun kleur houden", Form::Text(40)),
    optional("bereik", "De cijfers die hun kleur houden, van:tot", Form::Text(60)),
    optional("schuif", "Twee jaren over elkaar met een schuif", Form::OneOf(&["ja"])),
    optional("selectie", "Codes van de eigen selectie, met komma's ertussen", Form::Text(6500)),
    optional("z", "Waar de kaart opent: zoom/breedtegraad/lengtegraad", Form::Text(40)),
];

/// What the page of the map knows and a frame does without.
pub static LEFT_OUT: [Parameter; 3] = [
    optional("vergelijk", "Gebieden naast elkaar; niet in een ingesloten kaart", Form::Text(200)),
    optional("vraag", "Een vraag aan de cijfers; niet in een ingesloten kaart", Form::Text(40)),
    optional("weergave", "Kaart of tabel; een ingesloten kaart is een kaart", Form::Text(20)),
];

/// The choices of a layer that are checked as a layer checks them.
pub static CLASSING: [&Parameter; 7] =
    [&BEGIN, &SECOND, &METHOD, &CLASS_COUNT, &BOUNDS, &SCOPE, &PALETTE];

/// All that the address of a frame may say.
pub static FRAME: [&Parameter; 30] = {
    let mut all: [&Parameter; 30] = [&YEAR; 30];
    let first: [&Parameter; 13] = [
        &YEAR,
        &LEVEL_FILTER,
        &LAYER_WITHIN,
        &AREA,
        &LANGUAGE,
        &VERSION,
        &CHOICE,
        &WITHOUT,
        &INTERACTIVE,
        &COLOURS,
        &HEIGHT,
        &TITLE,
        &TEXT,
    ];
    let mut at = 0;
    while at < first.len() {
        all[at] = first[at];
        at += 1;
    }
    let mut from = 0;
    while from < CLASSING.len() {
        all[at] = CLASSING[from];
        at += 1;
        from += 1;
    }
    from = 0;
    while from < OF_THE_PAGE.len() {
        all[at] = &OF_THE_PAGE[from];
        at += 1;
        from += 1;
    }
    from = 0;
    while from < LEFT_OUT.len() {
        all[at] = &LEFT_OUT[from];
        at += 1;
        from += 1;
    }
    all
};

/// The width of a picture to embed.
pub static WIDTH: Parameter = optional(
    "breedte",
    "Breedte van het plaatje in beeldpunten; zonder: 800",
    Form::Whole(280, 2000),
);

/// What codes to embed a map are asked with.
pub static CODES: [&Parameter; FRAME.len() + 2] = {
    let mut all: [&Parameter; FRAME.len() + 2] = [&INDICATOR; FRAME.len() + 2];
    let mut at = 0;
    while at < FRAME.len() {
        all[at + 1] = FRAME[at];
        at += 1;
    }
    all[FRAME.len() + 1] = &WIDTH;
    all
};
