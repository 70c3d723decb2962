//! The files that a layer comes from.

use serde::Serialize;
use utoipa::ToSchema;

use crate::store::Source;

use super::PaintedLayer;

/// A file that the figures or the borders of a layer come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SourceFile {
    /// Its name.
    #[serde(rename = "bestand")]
    pub file: String,
    /// Who publishes it.
    #[serde(rename = "uitgever")]
    pub publisher: String,
    /// Its licence.
    #[serde(rename = "licentie")]
    pub licence: String,
    /// Which delivery of it: `v2`; empty where its name does not say.
    #[serde(rename = "levering")]
    pub delivery: String,
    /// The day on which it was taken in, `2026-11-21`.
    #[serde(rename = "opgehaald")]
    pub retrieved: String,
    /// Whether borders come from it, and no figures.
    #[serde(rename = "alleenGrenzen")]
    pub is_borders: bool,
}

/// The files that the figures of a layer come from, then that of its borders where it is another.
pub(super) fn files(layer: &PaintedLayer<'_>) -> Vec<SourceFile> {
    let figures = layer.sources();
    let borders = layer.series.coverage.source;
    let all = figures.iter().map(|id| (id, false));
    let all = all.chain((!figures.contains(&borders)).then_some((&borders, true)));
    all.filter_map(|(id, is_borders)| Some(file(layer.atlas.sources.get(id)?, is_borders)))
        .collect()
}

fn file(source: &Source, is_borders: bool) -> SourceFile {
    let from = &source.provenance;
    SourceFile {
        file: from.file.clone(),
        publisher: from.publisher.clone(),
        licence: from.licence.clone(),
        delivery: from.delivery.clone(),
        retrieved: source.retrieved.clone(),
        is_borders,
    }
}

/// The files of figures in a cell, with their deliveries: `kwb-2024.csv (v2); scores.csv`.
pub(super) fn deliveries(files: &[SourceFile]) -> String {
    let figures = files.iter().filter(|file| !file.is_borders);
    let named = figures.map(|SourceFile { file, delivery, .. }| match delivery.as_str() {
        "" => file.clone(),
        delivery => format!("{file} ({delivery})"),
    });
    named.collect::<Vec<_>>().join("; ")
}

/// The newest day on which a file of figures was taken in; empty where none says.
pub(super) fn newest(files: &[SourceFile]) -> String {
    let days = files.iter().filter(|file| !file.is_borders).map(|file| &file.retrieved);
    days.max().cloned().unwrap_or_default()
}
