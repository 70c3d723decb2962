//! `/v1/lagen/….png` and `….svg`: a coloured layer as a picture.

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderValue, header},
    response::Response,
};

use crate::layer::{self, PICTURE_PIXELS, PaintedLayer, PictureSize, SizeError};

use super::{
    App,
    answer::Answer,
    asked::Asked,
    layers, parameter,
    problem::{InputError, Problem},
    query::Query,
    spec,
};

/// Whether the end of an address asks for a picture.
pub(super) fn is_picture(file: &str) -> bool {
    file.ends_with(".png") || file.ends_with(".svg")
}

/// `GET /v1/lagen/{niveau}.png` and `.svg`.
pub(super) async fn picture(
    State(app): State<App>,
    Path(file): Path<String>,
    RawQuery(raw): RawQuery,
    asked: Asked,
) -> Result<Response, Problem> {
    let mut query = Query::parse(raw.as_deref(), &parameter::PICTURE);
    let (level, format) = layers::level_and_format(&app.atlas, &file)?;
    let size = picture_size(&mut query);
    let delivery = query.text(&parameter::DELIVERY).map(str::to_owned);
    let spec = layers::chosen(&app.atlas, &app.selections, query, &level)?;
    let key = spec::key("plaatje", &spec)
        .and(format)
        .and(size.width())
        .and(size.height())
        .and(size.scale())
        .and_maybe(delivery.as_ref());
    app.keep(&asked, key, move |app| {
        let painted = layers::painted(&app.atlas, spec)?;
        check_delivery(&painted, delivery.as_deref())?;
        let name = layers::file_name(&painted, format);
        let shown = HeaderValue::from_str(&format!("inline; filename=\"{name}\""));
        let answer = match format {
            "svg" => Answer::new("image/svg+xml", layer::svg(&painted, size).into_bytes()),
            _ => {
                let body = layer::png(&painted, size).map_err(|error| {
                    tracing::error!(%error, "a picture cannot be drawn");
                    Problem::internal()
                })?;
                Answer::new("image/png", body).packed()
            }
        };
        Ok(match shown {
            Ok(shown) => answer.with(header::CONTENT_DISPOSITION, shown),
            Err(_) => answer,
        })
    })
    .await
}

/// Whether a layer is of the delivery that is wanted: by its figures, or by the whole atlas.
pub(super) fn is_of_delivery(layer: &PaintedLayer<'_>, wanted: &str) -> bool {
    wanted == layer.atlas.version || wanted == layer::fingerprint(layer)
}

/// # Errors
/// Where the figures were revised since the delivery that is wanted.
pub(super) fn check_delivery(
    layer: &PaintedLayer<'_>,
    wanted: Option<&str>,
) -> Result<(), Problem> {
    if wanted.is_none_or(|wanted| is_of_delivery(layer, wanted)) {
        return Ok(());
    }
    Err(Problem::gone("de cijfers van deze levering zijn hier niet meer: zij zijn herzien"))
}

/// The size that a query asks for; what is wrong with it is noted in the query.
pub(super) fn picture_size(query: &mut Query) -> PictureSize {
    let default = PictureSize::default();
    let whole = |parameter, default: u32| {
        query.whole(parameter).and_then(|side| u32::try_from(side).ok()).unwrap_or(default)
    };
    let width = whole(&parameter::WIDTH, default.width());
    let height = whole(&parameter::HEIGHT, default.height());
    let scale = whole(&parameter::SCALE_FACTOR, default.scale());
    PictureSize::new(width, height, scale).unwrap_or_else(|error| {
        // What is out of range by itself was told when it was read.
        if error == SizeError::Pixels {
            let detail = format!(
                "breedte × hoogte × schaalfactor² is {width} × {height} × {scale}² = {}; dat mag \
                 ten hoogste {PICTURE_PIXELS} zijn",
                u64::from(width) * u64::from(height) * u64::from(scale).pow(2)
            );
            query.fail(InputError::query(parameter::SCALE_FACTOR.name, "te-groot", detail));
        }
        default
    })
}
