//! What every address of the interface asks and answers.

use crate::layer;

use super::{
    answer::XLSX,
    parameter::{self, Parameter},
    study_parameter,
};

/// What one address answers.
pub(super) struct Operation {
    pub(super) path: &'static str,
    pub(super) id: &'static str,
    pub(super) summary: &'static str,
    pub(super) path_parameters: &'static [(&'static str, &'static str)],
    pub(super) parameters: &'static [&'static Parameter],
    /// The types that the body of the request may have; of a GET none.
    pub(super) bodies: &'static [&'static str],
    /// Types of the answer's body and the name of their schema, if they have one.
    pub(super) answers: &'static [(&'static str, Option<&'static str>)],
}

const JSON: &str = "application/json";

const AREA: &str = "Gebiedscode, zoals GM0363, WK036301 of BU0363AA01";

const SELECTION: &str = "Id van de selectie, zie /v1/selecties";

const LEVEL: &str = "gemeenten, wijken, buurten of een eigen niveau";

pub(super) static OPERATIONS: [Operation; 25] = [
    Operation {
        path: "/v1/openapi.json",
        id: "openapi",
        summary: "Deze beschrijving",
        path_parameters: &[],
        parameters: &[],
        bodies: &[],
        answers: &[(JSON, None)],
    },
    Operation {
        path: "/v1/indicatoren",
        id: "indicatoren",
        summary: "De onderwerpen waarvan de atlas waarden heeft",
        path_parameters: &[],
        parameters: &[],
        bodies: &[],
        answers: &[(JSON, Some("Indicators"))],
    },
    Operation {
        path: "/v1/indicatoren/{id}",
        id: "indicator",
        summary: "Eén onderwerp, met de klassen van de bron en de bestanden",
        path_parameters: &[("id", "Id van het onderwerp")],
        parameters: &[],
        bodies: &[],
        answers: &[(JSON, Some("IndicatorDetail"))],
    },
    Operation {
        path: "/v1/gebieden",
        id: "gebieden",
        summary: "Gebieden zoeken op naam of code, of opsommen per niveau",
        path_parameters: &[],
        parameters: &parameter::AREAS,
        bodies: &[],
        answers: &[(JSON, Some("AreasFound"))],
    },
    Operation {
        path: "/v1/gebieden/{code}",
        id: "gebied",
        summary: "Eén gebied met alles wat ervan bekend is",
        path_parameters: &[("code", AREA)],
        parameters: &[&parameter::VINTAGE],
        bodies: &[],
        answers: &[(JSON, Some("AreaDetail"))],
    },
    Operation {
        path: "/v1/gebieden/{code}/profiel",
        id: "profiel",
        summary: "Eén gebied naast zijn gemeente, het land en andere gebieden, door de jaren",
        path_parameters: &[("code", AREA)],
        parameters: &[&parameter::VINTAGE, &parameter::COMPARE],
        bodies: &[],
        answers: &[(JSON, Some("ProfileBody"))],
    },
    Operation {
        path: "/v1/gebieden/{code}/vergelijkbaar",
        id: "vergelijkbaar",
        summary: "De tien gebieden van hetzelfde niveau die er het meest op lijken",
        path_parameters: &[("code", AREA)],
        parameters: &[&parameter::VINTAGE],
        bodies: &[],
        answers: &[(JSON, Some("SimilarAreas"))],
    },
    Operation {
        path: "/v1/locaties",
        id: "locaties",
        summary: "In welke buurt, wijk en gemeente een coördinaat ligt",
        path_parameters: &[],
        parameters: &[
            &parameter::LAT,
            &parameter::LON,
            &parameter::X,
            &parameter::Y,
            &parameter::POSTCODE,
            &parameter::HOUSE_NUMBER,
            &parameter::INDICATORS,
            &parameter::VINTAGE,
            &parameter::LANGUAGE,
        ],
        bodies: &[],
        answers: &[(JSON, Some("LocationBody"))],
    },
    Operation {
        path: "/v1/gebieden",
        id: "gebiedenInVeelhoek",
        summary: "Gebieden van een niveau die een veelhoek overlappen; de veelhoek is GeoJSON",
        path_parameters: &[],
        parameters: &[
            &parameter::LEVEL,
            &parameter::VINTAGE,
            &parameter::LIMIT,
            &parameter::TABLE_CRS,
        ],
        bodies: &["application/geo+json", JSON],
        answers: &[(JSON, Some("AreasFound"))],
    },
    Operation {
        path: "/v1/locaties",
        id: "locatiesVanTabel",
        summary: "Een tabel van coördinaten of adressen, met gebiedscodes erbij terug terwijl ze \
                  nog binnenkomt",
        path_parameters: &[],
        parameters: &[&parameter::TABLE_CRS, &parameter::VINTAGE, &parameter::DELIMITER],
        bodies: &["text/csv", "application/x-ndjson", "application/geo+json"],
        answers: &[
            ("text/csv", None),
            ("application/x-ndjson", None),
            ("application/geo+json", None),
        ],
    },
    Operation {
        path: "/v1/adressen",
        id: "adressen",
        summary: "Adressen zoeken: postcode en huisnummer, en vrije tekst waar dat is ingesteld",
        path_parameters: &[],
        parameters: &[&parameter::ADDRESS, &parameter::ADDRESS_LIMIT, &parameter::VINTAGE],
        bodies: &[],
        answers: &[(JSON, Some("AddressHits"))],
    },
    Operation {
        path: "/v1/analyses",
        id: "analyses",
        summary: "De analyses: welke vragen beantwoord worden, en waarmee ze te stellen zijn",
        path_parameters: &[],
        parameters: &[],
        bodies: &[],
        answers: &[(JSON, Some("StudyList"))],
    },
    Operation {
        path: "/v1/analyses/{analyse}",
        id: "analyse",
        summary: "Eén analyse, met zinnen, verantwoording en citaat; niet elke parameter hoort bij \
                  elke analyse, zie /v1/analyses",
        path_parameters: &[(
            "analyse",
            "concentratie, segregatie, gelijkenis, kloof, verandering of verloop",
        )],
        parameters: &study_parameter::STUDY,
        bodies: &[],
        answers: &[(JSON, Some("StudyBody"))],
    },
    Operation {
        path: "/v1/bronnen",
        id: "bronnen",
        summary: "Elke levering: uitgever, licentie, controlegetal, en waarvoor zij wordt gebruikt",
        path_parameters: &[],
        parameters: &[],
        bodies: &[],
        answers: &[(JSON, Some("SourceList"))],
    },
    Operation {
        path: "/v1/selecties",
        id: "selecties",
        summary: "De selecties: lijsten van gebieden uit beleid, en eigen lijsten",
        path_parameters: &[],
        parameters: &[],
        bodies: &[],
        answers: &[(JSON, Some("SelectionList"))],
    },
    Operation {
        path: "/v1/selecties/{selectie}",
        id: "selectie",
        summary: "Eén selectie met haar plaatsen en gebieden op een indeling",
        path_parameters: &[("selectie", SELECTION)],
        parameters: &[&parameter::VINTAGE],
        bodies: &[],
        answers: &[(JSON, Some("SelectionBody"))],
    },
    Operation {
        path: "/v1/selecties/{selectie}/totalen",
        id: "totalen",
        summary: "Wat een selectie samen telt, en alles daarbuiten",
        path_parameters: &[("selectie", SELECTION)],
        parameters: &[&parameter::INDICATOR, &parameter::YEAR],
        bodies: &[],
        answers: &[(JSON, Some("TotalsBody"))],
    },
    Operation {
        path: "/v1/selecties/eigen/totalen",
        id: "totalenVanCodes",
        summary: "Wat een eigen lijst van gebieden samen telt, en alles daarbuiten",
        path_parameters: &[],
        parameters: &[&parameter::CODES, &parameter::INDICATOR, &parameter::YEAR],
        bodies: &[],
        answers: &[(JSON, Some("TotalsBody"))],
    },
    Operation {
        path: "/v1/lagen/{laag}",
        id: "laag",
        summary: "Een gekleurde laag: {niveau}.geojson of .topojson, de tabel {niveau}.csv of {niveau}.xlsx, het plaatje \
                  {niveau}.png of {niveau}.svg, of de QGIS-stijl {niveau}.qml; breedte, hoogte en \
                  schaalfactor horen bij een plaatje",
        path_parameters: &[("laag", "Niveau en vorm, zoals buurten.geojson")],
        parameters: &parameter::PICTURE,
        bodies: &[],
        answers: &[
            ("application/geo+json", None),
            (JSON, None),
            ("text/csv", None),
            (XLSX, None),
            ("image/png", None),
            ("image/svg+xml", None),
            ("application/xml", None),
        ],
    },
    Operation {
        path: "/v1/legenda",
        id: "legenda",
        summary: "De legenda van een laag: klassen, kleuren, aantallen en redenen; met twee \
                  onderwerpen hun negen vakken",
        path_parameters: &[],
        parameters: &parameter::LEGEND,
        bodies: &[],
        answers: &[(JSON, Some("AnyLegend"))],
    },
    Operation {
        path: "/v1/tegels/{niveau}/{z}/{x}/{y}",
        id: "tegel",
        summary: "Een vectortegel (MVT 2.1) van een niveau; 204 waar niets ligt",
        path_parameters: &[
            ("niveau", LEVEL),
            ("z", "Zoomniveau, 0 tot en met 22"),
            ("x", "Kolom"),
            ("y", "Rij, .mvt mag erachter"),
        ],
        parameters: &parameter::TILES,
        bodies: &[],
        answers: &[(layer::TILE_TYPE, None)],
    },
    Operation {
        path: "/v1/tegels/{niveau}/tilejson.json",
        id: "tegelbeschrijving",
        summary: "De vectortegels van een niveau beschreven (TileJSON 3.0.0)",
        path_parameters: &[("niveau", LEVEL)],
        parameters: &parameter::TILES,
        bodies: &[],
        answers: &[(JSON, None)],
    },
    Operation {
        path: "/v1/gebiedsgrenzen/{niveau}",
        id: "gebiedsgrenzen",
        summary: "De grenzen van een niveau, elke grens één keer, compact voor de browser",
        path_parameters: &[("niveau", LEVEL)],
        parameters: &parameter::BORDERS,
        bodies: &[],
        answers: &[(layer::BORDERS_TYPE, None)],
    },
    Operation {
        path: "/v1/waarden/{niveau}",
        id: "waarden",
        summary: "De waarden en klassen van een laag, in de volgorde van de gebiedsgrenzen",
        path_parameters: &[("niveau", LEVEL)],
        parameters: &parameter::VALUES,
        bodies: &[],
        answers: &[(layer::VALUES_TYPE, None)],
    },
    Operation {
        path: "/v1/achtergrondkaart/{z}/{x}/{y}",
        id: "achtergrondkaart",
        summary: "Een tegel van de achtergrondkaart, waar die is ingesteld",
        path_parameters: &[("z", "Zoomniveau"), ("x", "Kolom"), ("y", "Rij, .png mag erachter")],
        parameters: &[],
        bodies: &[],
        answers: &[("image/png", None), ("image/jpeg", None)],
    },
];
