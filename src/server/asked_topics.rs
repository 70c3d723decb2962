//! The topics of a question about several at once.

use smol_str::SmolStr;

use crate::{
    analysis::concentration::Unfavourable,
    atlas::Atlas,
    indicator::{Direction, Recipe, Stacking},
    study::{PARTITIONS, Partition, Scope, StackedTopic, StudyError},
};

use super::{
    indicators,
    problem::InputError,
    query::Query,
    study_parameter::{GROUPS, TOPICS},
};

/// A topic and its unfavourable end.
pub(super) type AskedTopic = (SmolStr, Unfavourable);

/// The topics that pile up: those that are asked for, else those of the stacking that the catalogue
/// has, as far as the atlas has them.
pub(super) fn topics(atlas: &Atlas, query: &mut Query) -> Option<Vec<AskedTopic>> {
    let Some(listed) = query.list(&TOPICS) else {
        let usual = usual(atlas);
        if usual.len() < 2 {
            let detail =
                "is hier verplicht: de gebruikelijke onderwerpen staan niet in deze gegevens";
            query.fail(InputError::query(TOPICS.name, "ontbreekt", detail));
            return None;
        }
        return Some(usual);
    };
    let mut wrong = None;
    let mut found: Vec<AskedTopic> = Vec::new();
    for one in &listed {
        match topic(atlas, one) {
            Ok((id, _)) if found.iter().any(|(other, _)| *other == id) => {
                let detail = format!("{id} staat er twee keer");
                wrong = Some(InputError::query(TOPICS.name, "dubbel", detail));
            }
            Ok(topic) => found.push(topic),
            Err(error) => wrong = Some(error),
        }
    }
    if wrong.is_none() && found.len() < 2 {
        wrong =
            Some(InputError::query(TOPICS.name, "ongeldig", "verwacht: twee tot acht onderwerpen"));
    }
    let is_right = wrong.is_none();
    wrong.into_iter().for_each(|error| query.fail(error));
    is_right.then_some(found)
}

fn topic(atlas: &Atlas, text: &str) -> Result<AskedTopic, InputError> {
    let (id, side) = text.split_once(':').map_or((text, None), |(id, side)| (id, Some(side)));
    let indicator = indicators::find(atlas, id)
        .map_err(|error| InputError { place: "query", ..error }.named(TOPICS.name))?;
    let bad = match side {
        Some("laag") => Unfavourable::Low,
        Some("hoog") => Unfavourable::High,
        Some(_) => {
            let detail = format!("achter {id}: staat laag of hoog, voor wat ongunstig is");
            return Err(InputError::query(TOPICS.name, "ongeldig", detail));
        }
        None => usual_end(atlas, id, indicator.direction).ok_or_else(|| {
            let detail = format!("{id} heeft geen ongunstige kant: schrijf {id}:laag of {id}:hoog");
            InputError::query(TOPICS.name, "onduidelijk", detail)
        })?,
    };
    Ok((indicator.id.clone(), bad))
}

/// Which end of a topic is unfavourable, by the stacking of the catalogue and else by its direction.
pub(super) fn usual_end(atlas: &Atlas, id: &str, direction: Direction) -> Option<Unfavourable> {
    let listed = recipe(atlas).and_then(|of| {
        let is_in = |list: &[SmolStr]| list.iter().any(|one| one == id);
        let low = is_in(&of.low).then_some(Unfavourable::Low);
        low.or_else(|| is_in(&of.high).then_some(Unfavourable::High))
    });
    listed.or(match direction {
        Direction::Hoog => Some(Unfavourable::Low),
        Direction::Laag => Some(Unfavourable::High),
        Direction::Neutraal => None,
    })
}

fn recipe(atlas: &Atlas) -> Option<&Stacking> {
    atlas.catalogue.iter().find_map(|one| match &one.derived {
        Some(Recipe::Stacking(of)) => Some(of),
        _ => None,
    })
}

/// The topics of the catalogue's stacking that have figures here.
pub(super) fn usual(atlas: &Atlas) -> Vec<AskedTopic> {
    let Some(of) = recipe(atlas) else { return Vec::new() };
    let low = of.low.iter().map(|id| (id.clone(), Unfavourable::Low));
    let high = of.high.iter().map(|id| (id.clone(), Unfavourable::High));
    let is_there = |(id, _): &AskedTopic| {
        atlas.indicator(id).is_some() && atlas.series_of(id).any(|one| one.column.has_numbers())
    };
    low.chain(high).filter(is_there).collect()
}

/// The partition that is asked for, else the first of which the atlas has all shares.
pub(super) fn partition(atlas: &Atlas, query: &mut Query) -> Option<&'static Partition> {
    let there: Vec<_> = partitions(atlas).collect();
    let ids = there.iter().map(|one| one.id);
    match query.text(&GROUPS) {
        None if there.is_empty() => {
            let detail = "van geen indeling in groepen zijn er hier alle cijfers";
            query.fail(InputError::query(GROUPS.name, "onmogelijk", detail));
            None
        }
        None => there.first().copied(),
        Some(id) => there.iter().find(|one| one.id == id).copied().or_else(|| {
            let detail = "is geen indeling in groepen waarvan hier alle cijfers zijn";
            query.fail(InputError::query(GROUPS.name, "onbekend", detail).allowing(ids));
            None
        }),
    }
}

/// The partitions of which the atlas has all shares.
pub(super) fn partitions(atlas: &Atlas) -> impl Iterator<Item = &'static Partition> {
    let has = |id: &&str| {
        atlas.indicator(id).is_some() && atlas.series_of(id).any(|one| one.column.has_numbers())
    };
    PARTITIONS.iter().filter(move |one| one.shares.iter().all(&has))
}

/// The figures of topics beside those of a scope.
///
/// # Errors
/// When a topic has none within three years.
pub(super) fn figures<'a>(
    scope: &Scope<'a>,
    topics: &[AskedTopic],
) -> Result<Vec<StackedTopic<'a>>, StudyError> {
    let atlas = scope.atlas;
    let (coverage, year) = (scope.series.coverage, scope.series.key.year);
    let one = |(id, bad): &AskedTopic| {
        let unknown = || StudyError::Year { indicator: id.to_string(), year };
        let indicator = atlas.indicator(id).ok_or_else(unknown)?;
        let series = atlas.beside(id, coverage, year).ok_or_else(unknown)?;
        Ok(StackedTopic { indicator, series, bad: *bad })
    };
    topics.iter().map(one).collect()
}
