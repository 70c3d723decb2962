//! `/v1/lagen/….png` and `….svg`: a coloured layer as a picture.

use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use tokio::sync::Semaphore;

use crate::{
    atlas::Atlas,
    layer::{self, PICTURE_PIXELS, PaintedLayer, PictureSize, SizeError},
};

use super::{
    App,
    answer::{Answer, answer},
    layers, parameter,
    problem::{InputError, Problem},
    query::Query,
};

/// How many pictures are drawn at a time: the largest take some 85 MB each.
static DRAWING: Semaphore = Semaphore::const_new(4);

/// Whether the end of an address asks for a picture.
pub(super) fn is_picture(file: &str) -> bool {
    file.ends_with(".png") || file.ends_with(".svg")
}

/// `GET /v1/lagen/{niveau}.png` and `.svg`.
pub(super) async fn picture(
    State(app): State<App>,
    Path(file): Path<String>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = Query::parse(raw.as_deref(), &parameter::PICTURE);
    let turn = DRAWING.acquire().await;
    answer(headers, move || {
        // Until it is drawn, even where nobody waits for it any more.
        let _turn = turn;
        let (painted, size, format) = painted_picture(&app.atlas, query, &file)?;
        let (kind, body) = match format {
            "svg" => ("image/svg+xml", layer::svg(&painted, size).into_bytes()),
            _ => {
                let body = layer::png(&painted, size).map_err(|error| {
                    tracing::error!(%error, "a picture cannot be drawn");
                    Problem::internal()
                })?;
                ("image/png", body)
            }
        };
        let answer = Answer::new(kind, body);
        let name = layers::file_name(&painted, format);
        Ok(match HeaderValue::from_str(&format!("inline; filename=\"{name}\"")) {
            Ok(value) => answer.with(header::CONTENT_DISPOSITION, value),
            Err(_) => answer,
        })
    })
    .await
}

/// The layer, size and form of a picture that is asked for.
///
/// # Errors
/// Everything that is wrong with what is asked.
fn painted_picture<'a>(
    atlas: &'a Atlas,
    mut query: Query,
    file: &str,
) -> Result<(PaintedLayer<'a>, PictureSize, &'static str), Problem> {
    let (level, format) = layers::level_and_format(atlas, file)?;
    let size = picture_size(&mut query);
    Ok((layers::paint(atlas, query, &level)?, size, format))
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
