//! What studies take beside what all take.

use super::parameter::{BEGIN, Form, LANGUAGE, LEVEL_FILTER, Parameter, YEAR, optional};

/// The year between the first and the last of a course.
pub static BETWEEN: Parameter =
    optional("tussen", "Jaar tussen het eerste en het laatste; zonder: het middelste", Form::Year);
/// The gemeente, wijk or selection that a study is about.
pub static STUDY_WITHIN: Parameter = optional(
    "binnen",
    "Code van een gemeente of wijk, of id van een selectie; zonder: het hele land",
    Form::Code,
);
/// The areas that a study is about.
pub static STUDY_CODES: Parameter = optional(
    "codes",
    "Codes van gebieden, met komma's ertussen, in plaats van binnen",
    Form::Codes(500),
);
/// The topic of a study, of those that are about one.
pub static STUDY_INDICATOR: Parameter = optional(
    "indicator",
    "Id van het onderwerp, zie /v1/indicatoren; verplicht bij vragen over één onderwerp",
    Form::Text(60),
);
/// The topics that pile up.
pub static TOPICS: Parameter = optional(
    "indicatoren",
    "Ids van onderwerpen met komma's ertussen, elk met :laag of :hoog erachter voor wat ongunstig is; \
     zonder: die van de indicator stapeling",
    Form::List(8),
);
/// The part of the country that counts as unfavourable.
pub static UNFAVOURABLE_PART: Parameter = optional(
    "deel",
    "Welk deel van de gebieden in het land als ongunstig telt, in procenten, 1 tot en met 50; zonder: 20",
    Form::Number,
);
/// Who counts as a neighbour.
pub static NEIGHBOURS: Parameter = optional(
    "buren",
    "Wie buren zijn: punt, grens, lengte of naaste (de zes naaste); zonder: punt",
    Form::Text(24),
);
/// Groups that together are everybody.
pub static GROUPS: Parameter =
    optional("groepen", "leeftijd, woningen of inkomen; zonder: leeftijd", Form::Text(24));
/// The share from which a group is said to concentrate.
pub static THRESHOLD: Parameter = optional(
    "drempel",
    "Aandeel in procenten vanaf waar een gebied telt; zonder: twee keer dat van het land",
    Form::Number,
);
/// The largest change that is none.
pub static BAND: Parameter = optional(
    "band",
    "Verandering die niet meetelt, in de eenheid van het onderwerp; zonder: die van ons",
    Form::Number,
);
/// At most this is weak.
pub static WEAK: Parameter = optional(
    "zwakTot",
    "Tot en met deze score heet een gebied zwak; zonder: de grens van zwak in versie 3.0",
    Form::Number,
);

/// The area that a before and after is about.
pub static ABOUT: Parameter = optional(
    "gebied",
    "Code van een gebied; verplicht bij voor-en-na, tenzij een verhaal zegt welk",
    Form::Code,
);
/// The story that says when.
pub static STORY: Parameter =
    optional("verhaal", "Id van een verhaal, zie /v1/verhalen", Form::Text(24));
/// When it began, where no story says it.
pub static BEGAN: Parameter =
    optional("van", "Jaar waarin iets begon, in plaats van verhaal", Form::Year);
/// When it ended.
pub static ENDED: Parameter =
    optional("tot", "Jaar waarin het eindigde; zonder: het loopt nog", Form::Year);

/// Of studies, each of which takes some.
pub static STUDY: [&Parameter; 19] = [
    &STUDY_INDICATOR,
    &TOPICS,
    &GROUPS,
    &NEIGHBOURS,
    &UNFAVOURABLE_PART,
    &LEVEL_FILTER,
    &YEAR,
    &STUDY_WITHIN,
    &STUDY_CODES,
    &LANGUAGE,
    &THRESHOLD,
    &BEGIN,
    &BETWEEN,
    &WEAK,
    &BAND,
    &ABOUT,
    &STORY,
    &BEGAN,
    &ENDED,
];
