//! What a vector tile says of each area.

use serde_json::{Value as Json, json};

use crate::{
    area::{Flag, Level},
    atlas::{Atlas, LevelCoverage, Read, Way},
    indicator::{Indicator, Reason, Value},
    layer::{PaintedLayer, escape},
};

use super::mvt::{Attribute, LayerWriter};

const CODE: usize = 0;
const NAME: usize = 1;
const FLAGS: usize = 2;
const GEMEENTE: usize = 3;
/// The field of cells.
const CELL: &str = "klasse";

/// What the tiles of a level say of each area: `code`, `naam`, `vlaggen` where it has marks (with
/// spaces between), `gemeente` (its name, not of gemeenten themselves), and of each indicator a
/// number under its id, or under `{id}_reden` why there is none, and where it was read on another
/// division and is an estimate under `{id}_geschat` how it was made; of two topics on one map also
/// `klasse`, the number of the cell, where it has both.
#[derive(Debug)]
pub struct TileFields<'a> {
    atlas: &'a Atlas,
    coverage: &'a LevelCoverage,
    keys: Vec<String>,
    columns: Vec<TileColumn<'a>>,
    /// The number of the cell of each area, of two topics on one map.
    cells: Option<Vec<Option<u8>>>,
}

#[derive(Debug)]
struct TileColumn<'a> {
    indicator: &'a Indicator,
    series: Read<'a>,
    /// The key of its number; that of its reason is the next, that of its estimates the one after.
    key: usize,
    /// Whether every number is whole: then they are sent as such.
    is_whole: bool,
}

impl<'a> TileFields<'a> {
    /// The fields of an indicator for each series; series of other divisions or levels than
    /// `coverage` are left out. Cost: a pass over each column.
    pub fn new(
        atlas: &'a Atlas,
        coverage: &'a LevelCoverage,
        series: impl IntoIterator<Item = (&'a Indicator, Read<'a>)>,
    ) -> Self {
        let mut keys: Vec<String> =
            ["code", "naam", "vlaggen", "gemeente"].map(str::to_owned).into();
        let columns: Vec<_> = series
            .into_iter()
            .filter(|(_, series)| std::ptr::eq(series.coverage, coverage))
            .map(|(indicator, series)| {
                let key = keys.len();
                keys.extend([indicator.id.to_string(), format!("{}_reden", indicator.id)]);
                if series.column.converted().is_some() {
                    keys.push(format!("{}_geschat", indicator.id));
                }
                let mut numbers = series.column.values().iter().filter_map(|value| value.number());
                let is_whole = numbers.all(|number| whole(number).is_some());
                TileColumn { indicator, series, key, is_whole }
            })
            .collect();
        Self { atlas, coverage, keys, columns, cells: None }
    }

    /// The fields of a layer: its topic, or both with the cell of each area, whatever the layer is
    /// limited to.
    pub fn of_layer(layer: &PaintedLayer<'a>) -> Self {
        let second = layer.pair.as_ref().map(|pair| (pair.indicator, pair.series.into()));
        let series = [(layer.indicator, layer.series.clone())].into_iter().chain(second);
        let mut fields = Self::new(layer.atlas, layer.series.coverage, series);
        if let Some(pair) = &layer.pair {
            let column = &layer.series.column;
            let cell = |at| {
                let class = pair.cell(column.get(at), at)?;
                layer.scale.classes().get(class).map(|class| class.number)
            };
            fields.cells = Some((0..layer.series.coverage.len()).map(cell).collect());
            fields.keys.push(CELL.to_owned());
        }
        fields
    }

    pub(super) fn keys(&self) -> &[String] {
        &self.keys
    }

    /// The name of the layer.
    pub(super) fn layer(&self) -> &'a str {
        self.coverage.level.plural()
    }

    pub(super) fn coverage(&self) -> &'a LevelCoverage {
        self.coverage
    }

    /// Gives the next feature what is known of an area.
    pub(super) fn tag<'b>(&'b self, area: usize, layer: &mut LayerWriter<'b>) {
        layer.tag(CODE, Attribute::Text(self.coverage.codes()[area].as_str()));
        layer.tag(NAME, Attribute::Text(self.coverage.name(area)));
        if let Some(flags) = flags_text(self.coverage.flags(area)) {
            layer.tag(FLAGS, Attribute::Text(flags));
        }
        if self.coverage.level != Level::Gemeente
            && let Some(gemeente) = self.atlas.gemeente_name(self.coverage, area)
        {
            layer.tag(GEMEENTE, Attribute::Text(gemeente));
        }
        for column in &self.columns {
            let key = column.key;
            match column.series.column.get(area) {
                Value::Number(number) => {
                    let whole = whole(number).filter(|_| column.is_whole);
                    let value = whole.map_or(Attribute::Number(number), Attribute::Whole);
                    layer.tag(key, value);
                }
                Value::Missing(reason) => layer.tag(key + 1, Attribute::Text(reason.as_str())),
            }
            if let Some(estimate) = column.series.column.estimate(area) {
                layer.tag(key + 2, Attribute::Text(estimate.way.as_str()));
            }
        }
        let cell = self.cells.as_ref().and_then(|cells| *cells.get(area)?);
        if let Some(cell) = cell {
            layer.tag(self.keys.len() - 1, Attribute::Whole(cell.into()));
        }
    }

    /// The layer as TileJSON and PMTiles describe it: its name and, of each field, what it is.
    pub fn description(&self, zooms: [u8; 2]) -> Json {
        let mut fields = serde_json::Map::new();
        let mut put = |key: &str, text: String| fields.insert(key.to_owned(), json!(text));
        put("code", "String: gebiedscode".into());
        put("naam", "String: naam".into());
        let flags = [Flag::Water, Flag::NauwelijksWoongebied].map(Flag::as_str).join(", ");
        put("vlaggen", format!("String: {flags}, met een spatie ertussen; vaak afwezig"));
        if self.coverage.level != Level::Gemeente {
            put("gemeente", "String: naam van de gemeente".into());
        }
        for TileColumn { indicator, series, .. } in &self.columns {
            let since = series.key.begin.map(|begin| format!("{begin}–")).unwrap_or_default();
            let unit = indicator.unit.nl.trim();
            let unit = if unit.is_empty() { String::new() } else { format!(", {unit}") };
            let name = &indicator.name.nl;
            let text = format!("Number: {name} {since}{}{unit}", series.key.year);
            put(&indicator.id, text);
            let reasons = Reason::ALL.map(Reason::as_str).join(", ");
            put(&format!("{}_reden", indicator.id), format!("String: geen getal: {reasons}"));
            if let Some(converted) = series.column.converted() {
                let ways = Way::ALL.iter().filter(|way| way.is_estimate()).map(|way| way.as_str());
                let ways: Vec<_> = ways.collect();
                let text = format!(
                    "String: geschat uit cijfers op de indeling van {}: {}; vaak afwezig",
                    converted.from,
                    ways.join(", ")
                );
                put(&format!("{}_geschat", indicator.id), text);
            }
        }
        if self.cells.is_some() {
            put(CELL, "Number: vak, 1 tot en met 9, zie /v1/legenda".into());
        }
        json!({
            "id": self.layer(),
            "description": format!("{}, indeling {}", self.layer(), self.coverage.vintage),
            "minzoom": zooms[0],
            "maxzoom": zooms[1],
            "fields": fields,
        })
    }

    /// West, south, east, north of all areas, in degrees; `None` where there is none.
    pub fn bounds(&self) -> Option<[f64; 4]> {
        let extents = (0..self.coverage.len()).map(|area| self.coverage.extent(area));
        extents.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
    }

    /// The atlas.
    pub fn atlas(&self) -> &'a Atlas {
        self.atlas
    }

    /// The version of the atlas.
    pub fn version(&self) -> &'a str {
        &self.atlas.version
    }

    /// Whether the country is invented.
    pub fn is_fictional(&self) -> bool {
        self.atlas.fictional
    }

    /// [`TileFields::attribution`] in one line that may stand in a page as it is.
    pub fn attribution_html(&self) -> String {
        let html = escape(&self.attribution().join(" | "));
        if self.is_fictional() { format!("FICTIEF: {html}") } else { html }
    }

    /// Who must be named beside a map of the tiles, and under which licence: of the borders, then
    /// of each indicator; each once.
    pub fn attribution(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(source) = self.atlas.sources.get(&self.coverage.source) {
            let provenance = &source.provenance;
            lines.push(format!("{} ({})", provenance.publisher, provenance.licence));
        }
        for TileColumn { indicator, .. } in &self.columns {
            let line = format!("{} ({})", indicator.source.nl, indicator.licence);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }
}

/// Marks with a space between; `None` where there is none.
fn flags_text(flags: &[Flag]) -> Option<&'static str> {
    match flags {
        [] => None,
        [flag] => Some(flag.as_str()),
        // There are but two.
        _ => Some("water nauwelijks-woongebied"),
    }
}

/// The number as a whole one, where it is.
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 1e12).then_some(number as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_named_as_elsewhere() {
        let all = [Flag::Water, Flag::NauwelijksWoongebied];
        assert_eq!(flags_text(&[]), None);
        for flags in [&all[..1], &all[1..], &all] {
            let names: Vec<_> = flags.iter().map(|flag| flag.as_str()).collect();
            assert_eq!(flags_text(flags), Some(names.join(" ").as_str()));
        }
    }

    #[test]
    fn whole_numbers_are_told_from_others() {
        assert_eq!([3.0, -0.0, -7.0].map(whole), [Some(3), Some(0), Some(-7)]);
        assert_eq!([0.5, 1e300].map(whole), [None, None]);
    }
}
