//! Values into classes and colours.

use smol_str::{SmolStr, format_smolstr};

use crate::{
    area::{Text, Year},
    atlas::{Atlas, Available, BreaksKey, Column, Read},
    indicator::{Classes, Indicator, Kind, Reason, Value},
    scale::{Method, Palette, Scale, ScaleError, deviation_multiples, deviation_names},
};

use super::{LayerSpec, Pair, Scope, pair::both};

/// Why a layer cannot be painted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PaintError {
    /// No series of that indicator, year and level can be drawn.
    #[error("no values for this indicator, level and year")]
    NoSeries,
    /// The publisher has no classes of this indicator.
    #[error("the publisher has no classes of this indicator")]
    NoClasses,
    /// The asker's own classes were asked for, without their bounds.
    #[error("own classes without bounds")]
    NoBounds,
    /// No area has a number to make classes from.
    #[error("no area has a number to make classes from")]
    NoNumbers,
    /// The palette has no colours for that many classes.
    #[error("palette {0} has no colours for {1} classes")]
    NoColours(String, usize),
    /// The classes contradict themselves.
    #[error(transparent)]
    Scale(#[from] ScaleError),
}

/// One area of a layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PaintedArea {
    /// Its ordinal in the coverage.
    pub ordinal: usize,
    /// Its value.
    pub value: Value,
    /// Its second value, in a layer of two topics.
    pub second: Option<Value>,
    /// The index of its class in the scale, where it has a value; of its cell, where it has both.
    pub class: Option<usize>,
    /// Its residents, where known.
    pub residents: Option<f64>,
}

impl PaintedArea {
    /// Why it has no class: its value is missing, else its second one. `None` where it has both.
    pub fn reason(&self) -> Option<Reason> {
        self.value.reason().or_else(|| self.second?.reason())
    }
}

/// A layer with its classes.
#[derive(Debug)]
pub struct PaintedLayer<'a> {
    /// The atlas.
    pub atlas: &'a Atlas,
    /// What was asked.
    pub spec: LayerSpec,
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The values and the areas they belong to.
    pub series: Read<'a>,
    /// What lies across it, in a layer of two topics.
    pub pair: Option<Pair<'a>>,
    /// The classes; of two topics their nine cells, which have no bounds.
    pub scale: Scale,
    /// Whether the division has numbers of residents.
    pub with_residents: bool,
    /// The areas within the limits, by code. Water is among them, with its mark.
    pub areas: Vec<PaintedArea>,
}

impl PaintedLayer<'_> {
    /// Whether an area is water, which no count includes.
    pub fn is_water(&self, area: &PaintedArea) -> bool {
        self.series.coverage.is_water(area.ordinal)
    }

    /// Who publishes the figures: of both topics where there are two.
    pub fn source(&self) -> Text {
        match &self.pair {
            Some(pair) => both(&self.indicator.source, &pair.indicator.source, "; "),
            None => self.indicator.source.clone(),
        }
    }

    /// The licence of the figures: of both topics where there are two.
    pub fn licence(&self) -> SmolStr {
        let own = &self.indicator.licence;
        match self.pair.as_ref().map(|pair| &pair.indicator.licence) {
            Some(other) if other != own => format_smolstr!("{own}; {other}"),
            _ => own.clone(),
        }
    }

    /// What belongs beside every map of the topic, or of both.
    pub fn note(&self) -> Option<Text> {
        let own = self.indicator.note.as_ref();
        match (own, self.pair.as_ref().and_then(|pair| pair.indicator.note.as_ref())) {
            (Some(one), Some(other)) => Some(both(one, other, " ")),
            (one, other) => one.or(other).cloned(),
        }
    }

    /// The numbers of the deliveries that the figures come from, ascending.
    pub fn sources(&self) -> Vec<u32> {
        let second = self.pair.iter().flat_map(|pair| pair.series.column.sources());
        let mut ids: Vec<u32> =
            self.series.column.sources().iter().chain(second).copied().collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// Paints the layer of `spec`. Breaks are made from every area of the level in the country, not
/// only those within the limits, so that a colour means the same in each gemeente; water and
/// *nauwelijks woongebied* take no part in them. Of two topics the classes are nine cells, numbered
/// row by row, and an area that lacks either number has none. Cost: a pass over the areas; for
/// computed classes that of [`Atlas::breaks`], for cells sorting both columns.
///
/// # Errors
/// When the atlas has no such series, or the method makes no classes of it.
pub fn paint<'a>(
    atlas: &'a Atlas,
    indicator: &'a Indicator,
    spec: LayerSpec,
) -> Result<PaintedLayer<'a>, PaintError> {
    let series = atlas
        .series_read(&indicator.id, &spec.level, spec.begin, spec.year, spec.vintage)
        .ok_or(PaintError::NoSeries)?;
    let pair = spec.second.as_ref().map(|second| Pair::of(atlas, indicator, &series, second));
    let pair = pair.transpose()?;
    let scale = match &pair {
        Some(pair) => pair.scale(indicator)?,
        None => scale(atlas, indicator, &spec)?,
    };
    let delivered = delivered_classes(atlas, indicator, &series.available(), spec.method);
    let residents = atlas.residents(series.coverage);
    let coverage = series.coverage;
    let ordinals = match &spec.within {
        Some(within) => within.ordinals(coverage),
        None => (0..coverage.len()).collect(),
    };
    let areas = ordinals
        .into_iter()
        .filter(|&at| spec.bbox.is_none_or(|bbox| coverage.meets(at, bbox)))
        .map(|ordinal| {
            let value = series.column.get(ordinal);
            let class = match &pair {
                Some(pair) => pair.cell(value, ordinal),
                None => class_of(&scale, delivered, ordinal, value),
            };
            let second = pair.as_ref().map(|pair| pair.value(ordinal));
            let residents = residents.and_then(|column| column.get(ordinal).number());
            PaintedArea { ordinal, value, second, class, residents }
        })
        .collect();
    let with_residents = residents.is_some();
    Ok(PaintedLayer { atlas, spec, indicator, series, pair, scale, with_residents, areas })
}

/// The classes of one topic.
fn scale(atlas: &Atlas, indicator: &Indicator, spec: &LayerSpec) -> Result<Scale, PaintError> {
    let palette = atlas
        .palettes
        .get(&spec.palette)
        .ok_or_else(|| PaintError::NoColours(spec.palette.to_string(), spec.class_count))?;
    match spec.method {
        Method::Publicatie => {
            let classes = indicator.classes.as_ref().ok_or(PaintError::NoClasses)?;
            publisher_scale(indicator, classes, palette)
        }
        Method::Eigen => {
            let bounds = spec.bounds.as_ref().ok_or(PaintError::NoBounds)?;
            scale_of(Method::Eigen, bounds.as_slice(), palette)
        }
        _ => computed_scale(atlas, indicator, spec, palette),
    }
}

/// The index of the class of a value: as the publisher delivers it where it does, else by the
/// bounds.
pub fn class_of(
    scale: &Scale,
    delivered: Option<&Column>,
    ordinal: usize,
    value: Value,
) -> Option<usize> {
    let number = value.number()?;
    delivered
        .and_then(|column| column.get(ordinal).number())
        .and_then(|class| scale.index_of_number(class_number(class)?))
        .or_else(|| Some(scale.classify(number)))
}

fn class_number(class: f64) -> Option<u8> {
    (class.fract() == 0.0 && (0.0..=255.0).contains(&class)).then_some(class as u8)
}

/// The column that holds the publisher's own class of each value, where it has one.
fn delivered_classes<'a>(
    atlas: &'a Atlas,
    indicator: &Indicator,
    series: &Available<'_>,
    method: Method,
) -> Option<&'a Column> {
    let id = indicator.classes.as_ref()?.delivered.as_ref()?;
    let key = series.key;
    (method == Method::Publicatie)
        .then(|| {
            atlas
                .series_on(id, key.vintage, &series.coverage.level)
                .find(|(other, _)| other.year == key.year && other.begin == key.begin)
                .map(|(_, column)| column)
        })
        .flatten()
}

fn publisher_scale(
    indicator: &Indicator,
    classes: &Classes,
    palette: &Palette,
) -> Result<Scale, PaintError> {
    let count = classes.names.len();
    let colours = palette
        .colours(count)
        .ok_or_else(|| PaintError::NoColours(palette.id.to_string(), count))?;
    let scale = if indicator.kind == Kind::Klasse || classes.cuts.is_empty() {
        Scale::of_numbers(classes.first, colours)?
    } else {
        Scale::new(Method::Publicatie, classes.cuts.clone(), colours)?
            .with_numbers(classes.first)?
    };
    Ok(scale.with_names(classes.names.iter().cloned().map(Some))?)
}

/// The publisher's class of one value of an indicator: its number and its entry in the catalogue.
/// `None` where the publisher has no classes, or the value is missing.
pub fn publisher_class(
    atlas: &Atlas,
    indicator: &Indicator,
    series: &Available<'_>,
    ordinal: usize,
) -> Option<(u8, Text)> {
    let classes = indicator.classes.as_ref()?;
    let scale =
        publisher_scale(indicator, classes, atlas.palettes.get(&indicator.palette)?).ok()?;
    let delivered = delivered_classes(atlas, indicator, series, Method::Publicatie);
    let index = class_of(&scale, delivered, ordinal, series.column.get(ordinal))?;
    let class = scale.classes().get(index)?;
    Some((class.number, class.name.clone()?))
}

fn computed_scale(
    atlas: &Atlas,
    indicator: &Indicator,
    spec: &LayerSpec,
    palette: &Palette,
) -> Result<Scale, PaintError> {
    let in_scope = |year: Year, begin: Option<Year>| match spec.scope {
        Scope::Vast => {
            begin.is_some() == spec.begin.is_some() && indicator.comparable(year, spec.year)
        }
        Scope::Jaar => year == spec.year && begin == spec.begin,
    };
    let mut periods = atlas.years(&spec.indicator, &spec.level);
    periods.retain(|(begin, year)| in_scope(*year, *begin));
    let key = BreaksKey {
        indicator: spec.indicator.clone(),
        level: spec.level.clone(),
        periods,
        method: spec.method,
        classes: spec.class_count,
    };
    let breaks = atlas.breaks(&key).ok_or(PaintError::NoNumbers)?;
    let scale = scale_of(spec.method, &breaks, palette)?;
    let multiples = deviation_multiples(spec.class_count);
    if spec.method == Method::Standaarddeviatie && breaks.len() == multiples.len() {
        return Ok(scale.with_names(deviation_names(&multiples).into_iter().map(Some))?);
    }
    Ok(scale)
}

fn scale_of(method: Method, breaks: &[f64], palette: &Palette) -> Result<Scale, PaintError> {
    let count = breaks.len() + 1;
    let colours = palette
        .colours(count)
        .ok_or_else(|| PaintError::NoColours(palette.id.to_string(), count))?;
    Ok(Scale::new(method, breaks.to_vec(), colours)?)
}
