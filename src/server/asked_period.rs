//! The area and the period that a before and after is asked about.

use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Level, Year},
    atlas::{Atlas, PlacedStory},
    indicator::Indicator,
    study::{AskedStory, Period},
};

use super::{
    problem::{InputError, shorten},
    query::Query,
    study_parameter::{ABOUT, BEGAN, ENDED, STORY},
};

/// An area and a period.
#[derive(Clone, Debug)]
pub(super) struct AskedPeriod {
    /// The area, on the division of the figures.
    pub code: AreaCode,
    /// When, and of which pillar.
    pub period: Period,
    /// The story that says so.
    pub story: Option<AskedStory>,
}

/// What a query asks about, with the level of the area and the newest year of its figures; what is
/// wrong is noted in the query.
pub(super) fn read(
    atlas: &Atlas,
    indicator: Option<&Indicator>,
    query: &mut Query,
) -> Option<(AskedPeriod, Level, Year)> {
    let story = story(atlas, query);
    let period = match story {
        Some(placed) => Some(Period {
            from: placed.story.from,
            until: placed.story.until,
            pillar: Some(placed.story.pillar),
        }),
        None => years(query),
    };
    let code = area(atlas, story, query)?;
    let (period, indicator) = (period?, indicator?);
    let (coverage, _) = atlas.find(&code, None)?;
    let level = coverage.level.clone();
    let codes = atlas.codes_of(coverage.vintage, &level, &code);
    // The newest year whose division has the area.
    let mut years = atlas.years(&indicator.id, &level);
    years.retain(|(begin, _)| begin.is_none());
    let there = years.iter().rev().find_map(|(_, year)| {
        let series = atlas.series(&indicator.id, &level, None, *year)?;
        let code = codes.get(&series.key.vintage)?;
        series.coverage.ordinal(code).map(|_| (code.clone(), *year))
    });
    let Some((code, year)) = there else {
        let detail = format!("van dit onderwerp zijn er geen cijfers van {level} voor {code}");
        query.fail(InputError::query("indicator", "onmogelijk", detail));
        return None;
    };
    let story = story.map(|placed| AskedStory {
        id: placed.id.clone(),
        title: placed.story.title.clone(),
        code: placed.story.code.clone(),
    });
    Some((AskedPeriod { code, period, story }, level, year))
}

/// The story that is asked about.
fn story<'a>(atlas: &'a Atlas, query: &mut Query) -> Option<&'a PlacedStory> {
    let id: SmolStr = query.text(&STORY)?.into();
    for parameter in [&BEGAN, &ENDED] {
        if query.text(parameter).is_some() {
            let detail = "gaat niet samen met verhaal, dat zijn eigen jaren heeft";
            query.fail(InputError::query(parameter.name, "dubbel", detail));
        }
    }
    let found = atlas.stories().iter().find(|placed| placed.id == id);
    if found.is_none() {
        let detail = format!("{:?} is geen verhaal, zie /v1/verhalen", shorten(&id));
        query.fail(InputError::query(STORY.name, "onbekend", detail));
    }
    found
}

/// The years that are asked about.
fn years(query: &mut Query) -> Option<Period> {
    if query.text(&STORY).is_some() || query.is_wrong(&BEGAN) || query.is_wrong(&ENDED) {
        return None;
    }
    let until = query.year(&ENDED);
    let Some(from) = query.year(&BEGAN) else {
        let detail = "ontbreekt: geef verhaal, of van met of zonder tot";
        query.fail(InputError::query(BEGAN.name, "ontbreekt", detail));
        return None;
    };
    if until.is_some_and(|until| until < from) {
        query.fail(InputError::query(ENDED.name, "ongeldig", "verwacht: een jaar vanaf van"));
        return None;
    }
    Some(Period { from, until, pillar: None })
}

/// The area that is asked about: of a story it may be left out, and is that of the story.
fn area(atlas: &Atlas, story: Option<&PlacedStory>, query: &mut Query) -> Option<AreaCode> {
    let Some(code) = query.code(&ABOUT) else {
        if let Some((coverage, at)) = story.and_then(|story| atlas.area_of(story)) {
            return Some(coverage.codes()[at].clone());
        }
        if query.text(&STORY).is_none() && !query.is_wrong(&ABOUT) {
            query.fail(InputError::query(ABOUT.name, "ontbreekt", "is verplicht"));
        }
        return None;
    };
    let Some((coverage, _)) = atlas.find(&code, None) else {
        let detail = format!("de atlas heeft geen gebied met code {code}");
        query.fail(InputError::query(ABOUT.name, "onbekend", detail));
        return None;
    };
    let vintage = coverage.vintage;
    if story.is_some_and(|one| {
        !one.is_about(atlas, &code, vintage) && !one.is_within(atlas, &code, vintage)
    }) {
        let detail = format!("dat verhaal gaat niet over {code}");
        query.fail(InputError::query(ABOUT.name, "onmogelijk", detail));
        return None;
    }
    Some(code)
}
