//! A layer as a table.

use super::{PaintedLayer, class_name::class_name, number::short, standings};

/// The header of [`csv`].
const HEADER: [&str; 18] = [
    "code",
    "naam",
    "niveau",
    "gemeentecode",
    "gemeente",
    "indicator",
    "jaar",
    "waarde",
    "waarde_van",
    "waarde_tot",
    "rang_van",
    "rang_tot",
    "reden",
    "klasse",
    "klassenaam",
    "vlaggen",
    "bron",
    "licentie",
];

/// The layer as CSV (RFC 4180): UTF-8, comma, decimal point, a header; missing values are empty
/// with the reason beside them. `waarde_van` and `waarde_tot` are what the rounded number may stand
/// for, empty where it is not rounded; `rang_van` and `rang_tot` are the ranks that follow, among
/// all areas of the level in the country, 1 being the highest number. Source and licence stand in every row, so that rows that are
/// copied elsewhere keep them.
///
/// # Errors
/// Only when memory runs out: the writer is in memory.
pub fn csv(layer: &PaintedLayer<'_>) -> Result<Vec<u8>, csv::Error> {
    let coverage = layer.series.coverage;
    let language = layer.spec.language;
    let mut table = csv::Writer::from_writer(Vec::with_capacity(160 * layer.areas.len()));
    table.write_record(HEADER)?;
    let source = format!(
        "{}{}",
        if layer.atlas.fictional { "FICTIEF: " } else { "" },
        layer.indicator.source.get(language)
    );
    for (area, standing) in layer.areas.iter().zip(standings(layer)) {
        let interval = layer.series.column.interval(area.ordinal).filter(|one| !one.is_exact());
        let bound = |number: Option<f64>| number.map(|n| short(n).to_string()).unwrap_or_default();
        let rank = |rank: Option<usize>| rank.map(|rank| rank.to_string()).unwrap_or_default();
        let code = &coverage.codes()[area.ordinal];
        let class = area.class.and_then(|class| layer.scale.classes().get(class));
        let flags: Vec<_> = coverage.flags(area.ordinal).iter().map(|f| f.as_str()).collect();
        table.write_record([
            code.as_str(),
            coverage.name(area.ordinal),
            layer.spec.level.plural(),
            code.gemeente().as_ref().map_or("", |code| code.as_str()),
            layer.atlas.gemeente_name(coverage, area.ordinal).unwrap_or_default(),
            &layer.indicator.id,
            &layer.spec.year.to_string(),
            &area.value.number().map(|number| number.to_string()).unwrap_or_default(),
            &bound(interval.map(|one| one.low)),
            &bound(interval.map(|one| one.high)),
            &rank(standing.map(|one| one.best)),
            &rank(standing.map(|one| one.worst)),
            area.value.reason().map_or("", crate::indicator::Reason::as_str),
            &class.map(|class| class.number.to_string()).unwrap_or_default(),
            &class.map(|class| class_name(layer, class)).unwrap_or_default(),
            &flags.join(" "),
            &source,
            &layer.indicator.licence,
        ])?;
    }
    table.into_inner().map_err(|error| csv::Error::from(std::io::Error::other(error.to_string())))
}
