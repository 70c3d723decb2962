//! `/v1/openapi.json`: the interface described for machines (OpenAPI 3.1).
//!
//! Parameters come from the same data that checks them, schemas from the types that are sent, so
//! that the description cannot drift from what the server does.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use serde_json::{Value as Json, json};
use utoipa::{ToSchema, openapi::ComponentsBuilder};

use crate::layer::{self, LegendBody};

use super::{
    App,
    address_search::AddressHits,
    answer::{Answer, XLSX},
    areas::{AreaDetail, AreasFound},
    asked::Asked,
    config::Contact,
    indicators::{IndicatorDetail, Indicators},
    key::Key,
    locations::LocationBody,
    parameter::{self, Form, Parameter},
    problem::Problem,
    profiles::ProfileBody,
    query::Query,
    selection_totals::TotalsBody,
    selections::{SelectionBody, SelectionList},
    similar_areas::SimilarAreas,
};

/// What one address answers.
struct Operation {
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    path_parameters: &'static [(&'static str, &'static str)],
    parameters: &'static [&'static Parameter],
    /// The types that the body of the request may have; of a GET none.
    bodies: &'static [&'static str],
    /// Types of the answer's body and the name of their schema, if they have one.
    answers: &'static [(&'static str, Option<&'static str>)],
}

const JSON: &str = "application/json";

const AREA: &str = "Gebiedscode, zoals GM0363, WK036301 of BU0363AA01";

const SELECTION: &str = "Id van de selectie, zie /v1/selecties";

const LEVEL: &str = "gemeenten, wijken, buurten of een eigen niveau";

static OPERATIONS: [Operation; 22] = [
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
        summary: "De legenda van een laag: klassen, kleuren, aantallen en redenen",
        path_parameters: &[],
        parameters: &parameter::LEGEND,
        bodies: &[],
        answers: &[(JSON, Some("LegendBody"))],
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

/// `GET /v1/openapi.json`.
pub async fn document(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[]).check()?;
    let key = Key::new("openapi");
    app.keep(&asked, key, |app| Answer::json(&describe(app.config.contact.as_ref()))).await
}

/// The schema of a type, and those of the types in it.
fn with_schemas<T: ToSchema>(components: ComponentsBuilder) -> ComponentsBuilder {
    let mut within = Vec::new();
    T::schemas(&mut within);
    components.schema_from::<T>().schemas_from_iter(within)
}

fn describe(contact: Option<&Contact>) -> Json {
    let mut components = ComponentsBuilder::new();
    for add in [
        with_schemas::<Indicators>,
        with_schemas::<IndicatorDetail>,
        with_schemas::<AreasFound>,
        with_schemas::<AreaDetail>,
        with_schemas::<ProfileBody>,
        with_schemas::<SimilarAreas>,
        with_schemas::<SelectionList>,
        with_schemas::<SelectionBody>,
        with_schemas::<TotalsBody>,
        with_schemas::<AddressHits>,
        with_schemas::<LocationBody>,
        with_schemas::<LegendBody>,
        with_schemas::<Problem>,
    ] {
        components = add(components);
    }
    let components = components.build();
    let mut paths = serde_json::Map::new();
    for operation in &OPERATIONS {
        let methods = paths.entry(operation.path).or_insert_with(|| json!({}));
        let method = if operation.bodies.is_empty() { "get" } else { "post" };
        methods[method] = describe_operation(operation);
    }
    let mut info = json!({
        "title": "wijkzicht",
        "description": "Leefbaarheid en concentratie per gemeente, wijk en buurt.",
        "version": env!("CARGO_PKG_VERSION"),
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    });
    if let Some(contact) = contact {
        info["contact"] = json!({"name": contact.naam, "email": contact.email, "url": contact.url});
    }
    json!({
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": components,
    })
}

fn describe_operation(operation: &Operation) -> Json {
    let in_path = operation.path_parameters.iter().map(|(name, description)| {
        json!({
            "name": name, "in": "path", "required": true, "description": description,
            "schema": {"type": "string"},
        })
    });
    let in_query = operation.parameters.iter().map(|parameter| {
        json!({
            "name": parameter.name, "in": "query", "required": parameter.required,
            "description": parameter.description, "schema": schema(parameter.form),
        })
    });
    let content: serde_json::Map<String, Json> = operation
        .answers
        .iter()
        .map(|(kind, name)| {
            let schema = name.map_or_else(
                || json!({}),
                |name| json!({"schema": {"$ref": format!("#/components/schemas/{name}")}}),
            );
            ((*kind).to_owned(), schema)
        })
        .collect();
    let problem = |description: &str| {
        json!({
            "description": description,
            "content": {"application/problem+json":
                {"schema": {"$ref": "#/components/schemas/Problem"}}},
        })
    };
    let mut described = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": in_path.chain(in_query).collect::<Vec<_>>(),
        "responses": {
            "200": {"description": "Het antwoord", "content": content},
            "400": problem("Ongeldig verzoek: wat er mis is en wat mag"),
            "404": problem("Niet gevonden: wat er mis is en wat er is"),
        },
    });
    if operation.bodies.is_empty() {
        described["responses"]["304"] =
            json!({"description": "Niet veranderd sinds de ETag van het verzoek"});
    } else {
        let content = operation.bodies.iter().map(|kind| ((*kind).to_owned(), json!({})));
        let content: serde_json::Map<String, Json> = content.collect();
        described["requestBody"] = json!({"required": true, "content": content});
        described["responses"]["413"] = problem("Te groot");
        described["responses"]["415"] = problem("De vorm wordt niet gelezen");
    }
    described
}

fn schema(form: Form) -> Json {
    match form {
        Form::Text(longest) => json!({"type": "string", "maxLength": longest}),
        Form::Year => json!({"type": "integer", "minimum": 1900, "maximum": 2100}),
        Form::Code => json!({"type": "string", "pattern": "^[0-9A-Za-z._-]{1,32}$"}),
        Form::OneOf(allowed) => json!({"type": "string", "enum": allowed}),
        Form::Whole(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Form::Postcode => json!({"type": "string", "pattern": "^[1-9][0-9]{3} ?[A-Za-z]{2}$"}),
        Form::Number => json!({"type": "number"}),
        Form::Box => json!({
            "type": "string",
            "pattern": "^-?[0-9.]+,-?[0-9.]+,-?[0-9.]+,-?[0-9.]+$",
        }),
        Form::Bounds => {
            let number = r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?";
            json!({"type": "string", "pattern": format!("^{number}(,{number}){{0,7}}$")})
        }
        Form::Codes(_) => json!({
            "type": "string",
            "pattern": "^[0-9A-Za-z._-]{1,32}(,[0-9A-Za-z._-]{1,32})*$",
        }),
        Form::List(_) => json!({"type": "string", "pattern": "^[a-z0-9-]+(,[a-z0-9-]+)*$"}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere_and_ids_are_unique() {
        let document = describe(None);
        let text = document.to_string();
        for part in text.split("\"$ref\":\"#").skip(1) {
            let pointer = part.split('"').next().unwrap_or_default();
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
        let mut ids: Vec<_> = OPERATIONS.iter().map(|operation| operation.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), OPERATIONS.len());
    }
}
