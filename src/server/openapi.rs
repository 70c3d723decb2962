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

use crate::layer::AnyLegend;

use super::{
    App, Config,
    address_search::AddressHits,
    answer::Answer,
    area_detail::AreaDetail,
    area_years::AreaYearsBody,
    areas::AreasFound,
    asked::Asked,
    changes::ChangeList,
    embed::{EmbedCode, SummaryBody},
    indicators::{IndicatorDetail, Indicators},
    key::Key,
    locations::LocationBody,
    operations::{OPERATIONS, Operation},
    parameter::Form,
    problem::Problem,
    profiles::ProfileBody,
    query::Query,
    selection_totals::TotalsBody,
    selections::{SelectionBody, SelectionList},
    similar_areas::SimilarAreas,
    sources::SourceList,
    stories::StoryList,
    studies::{StudyBody, StudyList},
};

/// `GET /v1/openapi.json`.
pub async fn document(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[]).check()?;
    let key = Key::new("openapi");
    app.keep(&asked, key, |app| Answer::json(&describe(&app.config))).await
}

/// The schema of a type, and those of the types in it.
fn with_schemas<T: ToSchema>(components: ComponentsBuilder) -> ComponentsBuilder {
    let mut within = Vec::new();
    T::schemas(&mut within);
    components.schema_from::<T>().schemas_from_iter(within)
}

fn describe(config: &Config) -> Json {
    let mut components = ComponentsBuilder::new();
    for add in [
        with_schemas::<Indicators>,
        with_schemas::<IndicatorDetail>,
        with_schemas::<AreasFound>,
        with_schemas::<AreaDetail>,
        with_schemas::<ProfileBody>,
        with_schemas::<AreaYearsBody>,
        with_schemas::<SimilarAreas>,
        with_schemas::<SelectionList>,
        with_schemas::<StudyList>,
        with_schemas::<StudyBody>,
        with_schemas::<StoryList>,
        with_schemas::<SourceList>,
        with_schemas::<ChangeList>,
        with_schemas::<SelectionBody>,
        with_schemas::<TotalsBody>,
        with_schemas::<AddressHits>,
        with_schemas::<LocationBody>,
        with_schemas::<AnyLegend>,
        with_schemas::<SummaryBody>,
        with_schemas::<EmbedCode>,
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
    if let Some(contact) = &config.contact {
        info["contact"] = json!({"name": contact.naam, "email": contact.email, "url": contact.url});
    }
    json!({
        "openapi": "3.1.0",
        "info": info,
        "servers": [{"url": format!("{}/", config.prefix().as_str())}],
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
            // Far too long an address is refused before anything can be said about it.
            "414": {"description": "Het adres is te lang"},
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

pub(super) fn schema(form: Form) -> Json {
    match form {
        Form::Text(longest) | Form::Long(longest) => {
            json!({"type": "string", "maxLength": longest})
        }
        Form::Year => json!({"type": "integer", "minimum": 1900, "maximum": 2100}),
        Form::Day => json!({"type": "string", "format": "date"}),
        Form::Code => json!({"type": "string", "pattern": "^[0-9A-Za-z._-]{1,32}$"}),
        Form::OneOf(allowed) => json!({"type": "string", "enum": allowed}),
        Form::Whole(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Form::Postcode => json!({"type": "string", "pattern": "^[1-9][0-9]{3} ?[A-Za-z]{2}$"}),
        Form::Number => json!({"type": "number"}),
        Form::Box => json!({
            "type": "string",
            "pattern": "^-?[0-9.]+,-?[0-9.]+,-?[0-9.]+,-?[0-9.]+$",
        }),
        Form::Corners => json!({
            "type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6,
        }),
        Form::Bounds => {
            let number = r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?";
            json!({"type": "string", "pattern": format!("^{number}(,{number}){{0,7}}$")})
        }
        Form::Codes(_) => json!({
            "type": "string",
            "pattern": "^[0-9A-Za-z._-]{1,32}(,[0-9A-Za-z._-]{1,32})*$",
        }),
        Form::List(_) => {
            json!({"type": "string", "pattern": "^([a-z0-9-]+(,[a-z0-9-]+)*)?$"})
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere_and_ids_are_unique() {
        let document = describe(&Config::default());
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
