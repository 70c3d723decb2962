//! The data described for catalogues: DCAT-AP-NL 3.0 as JSON-LD.

use axum::{
    extract::{RawQuery, State},
    response::Response,
};
use serde_json::{Value as Json, json};

use crate::{
    indicator::Language,
    server::{App, answer::Answer, asked::Asked, key::Key, problem::Problem, query::Query},
};

use super::{collection::Collection, landing::description, link::Links, links, media};

/// `GET /ogc/v1/dataset.jsonld`.
pub(super) async fn dataset(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    Query::parse(raw.as_deref(), &[]).check()?;
    app.keep(&asked, Key::new("ogc-dataset"), |app| {
        Ok(Answer::json(&catalogue(app, &links(app)))?.of_type(media::LD))
    })
    .await
}

/// The address of a licence that sources name; `None` for one that has none here.
fn licence(name: &str) -> Option<&'static str> {
    Some(match name {
        "CC0" | "CC0 1.0" => "http://creativecommons.org/publicdomain/zero/1.0/",
        "CC BY 4.0" => "http://creativecommons.org/licenses/by/4.0/",
        "CC BY 3.0" => "http://creativecommons.org/licenses/by/3.0/",
        "CC BY 3.0 NL" => "http://creativecommons.org/licenses/by/3.0/nl/",
        _ => return None,
    })
}

fn dutch(text: &str) -> Json {
    json!({"@language": "nl", "@value": text})
}

fn catalogue(app: &App, links: &Links<'_>) -> Json {
    let title = app.config.titel.as_deref().unwrap_or("wijkzicht");
    let datasets = app
        .atlas
        .coverages()
        .map(|coverage| dataset_of(app, &Collection::of(&app.atlas, coverage), links));
    let mut catalogue = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "locn": "http://www.w3.org/ns/locn#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": links.address("/dataset.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": dutch(title),
        "dct:description": dutch(&description(&app.atlas, Language::Nl)),
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/NLD"},
        "dcat:dataset": datasets.collect::<Vec<_>>(),
    });
    if let Some(contact) = &app.config.contact {
        catalogue["dct:publisher"] = json!({"@type": "foaf:Agent", "foaf:name": contact.naam, "foaf:homepage": {"@id": contact.url}});
    }
    catalogue
}

fn dataset_of(app: &App, collection: &Collection<'_>, links: &Links<'_>) -> Json {
    let id = collection.id();
    let address = links.address(&format!("/collections/{id}"));
    let year = collection.coverage.vintage;
    let [west, south, east, north] = collection.extent().unwrap_or([3.0, 50.0, 8.0, 54.0]);
    let sources = collection.sources();
    let licences: Vec<_> = sources.iter().filter_map(|(_, name)| licence(name)).collect();
    // What comes from several sources is used by the terms of the one that asks most.
    let asks_most = licences.iter().find(|one| one.contains("/by/")).or(licences.first());
    let distribution = |rest: &str, title: &str, kind: &str| {
        let mut one = json!({
            "@type": "dcat:Distribution",
            "dct:title": dutch(title),
            "dcat:accessURL": {"@id": links.address(&format!("/collections/{id}{rest}"))},
            "dcat:mediaType": {"@id": format!("https://www.iana.org/assignments/media-types/{kind}")},
        });
        if let Some(licence) = asks_most {
            one["dct:license"] = json!({"@id": licence});
        }
        one
    };
    let mut dataset = json!({
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": id,
        "dct:title": dutch(&collection.title(Language::Nl)),
        "dct:description": dutch(&collection.description(Language::Nl)),
        "dct:accessRights": {"@id": "http://publications.europa.eu/resource/authority/access-right/PUBLIC"},
        "dct:rights": collection.attribution(),
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/NLD"},
        "dcat:theme": {"@id": "http://publications.europa.eu/resource/authority/data-theme/REGI"},
        "dct:spatial": {
            "@type": "dct:Location",
            "dcat:bbox": {
                "@type": "http://www.opengis.net/ont/geosparql#wktLiteral",
                "@value": format!("POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))"),
            },
        },
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:date", "@value": format!("{year}-01-01")},
            "dcat:endDate": {"@type": "xsd:date", "@value": format!("{year}-12-31")},
        },
        "dcat:distribution": [
            distribution("/items", "OGC API Features", "application/geo+json"),
            distribution("/tiles", "OGC API Tiles", "application/vnd.mapbox-vector-tile"),
        ],
    });
    if let Some(contact) = &app.config.contact {
        dataset["dcat:contactPoint"] = json!({"@type": "vcard:Organization", "vcard:fn": contact.naam, "vcard:hasEmail": {"@id": format!("mailto:{}", contact.email)}});
    }
    dataset
}
