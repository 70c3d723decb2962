//! Ranks of areas, as uncertain as the numbers are.

use crate::{
    atlas::Available,
    indicator::{Indicator, Kind, Ranking, Standing},
};

use super::PaintedLayer;

/// The rank of each area of a layer among all areas of the level in the country, 1 being the
/// highest number; in the order of the layer's areas. Areas with a mark have none and count for
/// none, and so do areas without a number; classes are not ranked. Cost: sorting the column.
pub fn standings(layer: &PaintedLayer<'_>) -> Vec<Option<Standing>> {
    let series = &layer.series.available();
    let ranking = Ranking::new(compared(series).filter_map(|at| series.column.interval(at)));
    let standing = |at: usize| {
        let own = series.column.interval(at).filter(|_| is_ranked(layer.indicator, series, at))?;
        Some(ranking.standing(own))
    };
    layer.areas.iter().map(|area| standing(area.ordinal)).collect()
}

/// The rank of one area among the areas with these ordinals, which hold it too. Cost: one pass.
pub fn standing_among(
    indicator: &Indicator,
    series: &Available<'_>,
    ordinal: usize,
    among: impl Iterator<Item = usize>,
) -> Option<Standing> {
    let own = series.column.interval(ordinal).filter(|_| is_ranked(indicator, series, ordinal))?;
    let compared = among.filter(|&at| series.coverage.is_compared(at));
    Some(Standing::among(own, compared.filter_map(|at| series.column.interval(at))))
}

/// How many areas of the level in the country are ranked; `None` where they are classes.
pub fn ranked(layer: &PaintedLayer<'_>) -> Option<usize> {
    let column = &layer.series.column;
    (layer.indicator.kind != Kind::Klasse).then(|| {
        compared(&layer.series.available()).filter(|&at| column.get(at).number().is_some()).count()
    })
}

fn is_ranked(indicator: &Indicator, series: &Available<'_>, ordinal: usize) -> bool {
    indicator.kind != Kind::Klasse && series.coverage.is_compared(ordinal)
}

fn compared<'a>(series: &'a Available<'_>) -> impl Iterator<Item = usize> + 'a {
    (0..series.coverage.len()).filter(|&at| series.coverage.is_compared(at))
}
