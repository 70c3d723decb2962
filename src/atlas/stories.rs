//! What was done about areas, and which areas those are on every division.

use std::{collections::BTreeMap, sync::OnceLock};

use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Level, Vintage},
    crs::LonLat,
    store::Story,
};

use super::{Atlas, LevelCoverage};

/// A story, with the code of its area on every division that has it: an area keeps its code from
/// one division to the next, or has another one where the atlas knows that the border is the same.
#[derive(Clone, Debug)]
pub struct PlacedStory {
    /// What it is known by.
    pub id: SmolStr,
    /// The story.
    pub story: Story,
    codes: BTreeMap<Vintage, AreaCode>,
    place: OnceLock<Option<LonLat>>,
}

impl PlacedStory {
    /// The code of its area on a division; `None` where the division has no such area.
    pub fn code_on(&self, vintage: Vintage) -> Option<&AreaCode> {
        self.codes.get(&vintage)
    }

    /// Whether it is of an area of a division, or of a wijk or gemeente that this lies in.
    pub fn is_about(&self, atlas: &Atlas, code: &AreaCode, vintage: Vintage) -> bool {
        let Some(own) = self.code_on(vintage) else { return false };
        own == code
            || code.wijk().as_ref() == Some(own)
            || atlas.gemeente_of(code, vintage).as_ref() == Some(own)
    }

    /// Whether it is of an area of a division, or of one that lies in this.
    pub fn is_within(&self, atlas: &Atlas, code: &AreaCode, vintage: Vintage) -> bool {
        let Some(own) = self.code_on(vintage) else { return false };
        own == code
            || own.wijk().as_ref() == Some(code)
            || atlas.gemeente_of(own, vintage).as_ref() == Some(code)
    }
}

impl Atlas {
    /// What was done about areas, by the year in which it began; what goes on comes after what
    /// ended, and of the same years the title decides.
    pub fn stories(&self) -> &[PlacedStory] {
        &self.stories
    }

    /// The gemeente of an area of a division, or the gemeente itself; of an own level that which most
    /// of the area lies in.
    fn gemeente_of(&self, code: &AreaCode, vintage: Vintage) -> Option<AreaCode> {
        code.gemeente().or_else(|| {
            let (coverage, ordinal) = self.find(code, Some(vintage))?;
            coverage.gemeente(ordinal)
        })
    }

    /// The area that a story is shown with: that of the newest division.
    pub fn area_of<'a>(&'a self, story: &PlacedStory) -> Option<(&'a LevelCoverage, usize)> {
        let (vintage, code) = story.codes.last_key_value()?;
        let coverage = self.coverage(*vintage, &story.story.level)?;
        Some((coverage, coverage.ordinal(code)?))
    }

    /// A place in the area that a story is shown with, far from its border. Cost: the first time some
    /// passes over the border.
    pub fn place_of(&self, story: &PlacedStory) -> Option<LonLat> {
        let look = || {
            let (coverage, ordinal) = self.area_of(story)?;
            let pole = coverage.shape(ordinal).pole()?;
            Some(self.transform.to_lonlat(pole.at))
        };
        *story.place.get_or_init(look)
    }

    /// Follows stories through the divisions. One whose area is in none is left out.
    pub(super) fn place(&self, stories: BTreeMap<SmolStr, Story>) -> Vec<PlacedStory> {
        let placed = stories.into_iter().map(|(id, story)| {
            let codes = self.codes_of(story.vintage, &story.level, &story.code);
            PlacedStory { id, story, codes, place: OnceLock::new() }
        });
        let mut placed: Vec<_> = placed.filter(|one| !one.codes.is_empty()).collect();
        placed.sort_by(|a, b| {
            let order =
                |one: &PlacedStory| (one.story.from, one.story.until.is_none(), one.story.until);
            order(a)
                .cmp(&order(b))
                .then_with(|| a.story.title.cmp(&b.story.title))
                .then_with(|| a.id.cmp(&b.id))
        });
        placed
    }

    /// The codes of an area on every division that has it: it keeps its code from one division to
    /// the next, or has another one where the atlas knows that the border is the same. Empty where
    /// its own division does not have it.
    pub fn codes_of(
        &self,
        vintage: Vintage,
        level: &Level,
        code: &AreaCode,
    ) -> BTreeMap<Vintage, AreaCode> {
        let vintages = self.vintages(level);
        let has = |vintage: Vintage, code: &AreaCode| {
            self.coverage(vintage, level).is_some_and(|there| there.ordinal(code).is_some())
        };
        let mut codes = BTreeMap::new();
        if !has(vintage, code) {
            return codes;
        }
        codes.insert(vintage, code.clone());
        let mut here = code.clone();
        for later in vintages.iter().filter(|later| **later > vintage) {
            let next = self.later_code(*later, level, &here).unwrap_or(&here).clone();
            if !has(*later, &next) {
                break;
            }
            codes.insert(*later, next.clone());
            here = next;
        }
        let (mut here, mut division) = (code.clone(), vintage);
        for earlier in vintages.iter().rev().filter(|earlier| **earlier < vintage) {
            let former = self.former_codes(division, level, &here);
            let next = match former[..] {
                [] => here.clone(),
                [one] => one.clone(),
                // Several became one: which of them it was of cannot be told.
                _ => break,
            };
            if !has(*earlier, &next) {
                break;
            }
            codes.insert(*earlier, next.clone());
            (here, division) = (next, *earlier);
        }
        codes
    }

    /// The code in whose place another came on a division, border for border.
    fn later_code(&self, vintage: Vintage, level: &Level, before: &AreaCode) -> Option<&AreaCode> {
        let pairs = self.recodes.get(&(vintage, level.clone()))?;
        pairs.keys().find(|(_, former)| former == before).map(|(after, _)| after)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        area::Year,
        demo::{Recipe, deliveries},
        geodata,
        indicator::ResidentialChange,
        store::{Contents, Pillar, contents_of},
    };

    fn told(contents: &mut Contents, vintage: Vintage, code: &AreaCode, title: &str) {
        let story = Story {
            collection: title.into(),
            code: code.clone(),
            level: Level::Buurt,
            vintage,
            from: Year::new(2015).expect("a year"),
            until: None,
            pillar: Pillar::Fysiek,
            title: title.to_owned(),
            text: String::new(),
            told_by: "wie".into(),
            link: String::new(),
            is_public: true,
            source: 1,
        };
        contents.replace_stories(title, [story]);
    }

    #[test]
    fn a_story_follows_its_area_as_far_as_the_atlas_knows() {
        let recipe = Recipe { gemeenten: 3, seed: 3 };
        let mut contents = contents_of(deliveries(&recipe), "2026-01-01").expect("a country");
        let [old, new] = [2018, 2024].map(|year| Vintage::new(year).expect("a year"));
        let codes = |vintage: Vintage| -> BTreeSet<AreaCode> {
            let areas = &contents.areas[&(vintage, Level::Buurt)].areas;
            areas.iter().map(|area| area.code.clone()).collect()
        };
        let (before, after) = (codes(old), codes(new));
        let kept = before.intersection(&after).next().expect("a code of both").clone();
        let gone: Vec<_> = before.difference(&after).take(2).cloned().collect();
        let fresh = after.difference(&before).next().expect("a new code").clone();
        let [recoded, lost] = &gone[..] else { unreachable!("two codes go") };
        let pair = (fresh.clone(), recoded.clone());
        contents.recodes.entry((new, Level::Buurt)).or_default().insert(pair, 1);
        told(&mut contents, old, &kept, "gebleven");
        told(&mut contents, old, recoded, "hernoemd");
        told(&mut contents, new, &fresh, "nieuw");
        told(&mut contents, old, lost, "verdwenen");
        let nowhere = AreaCode::parse("BU00000000").expect("a code");
        told(&mut contents, old, &nowhere, "nergens");
        let atlas = Atlas::new(
            contents,
            geodata::catalogue().expect("a sound catalogue"),
            geodata::palettes().expect("sound palettes"),
            geodata::residential_rule(&ResidentialChange::default()).expect("a sound rule"),
        );
        let found = |title: &str| {
            atlas.stories().iter().find(|one| one.story.title == title).map(|one| {
                let (coverage, at) = atlas.area_of(one).expect("its area");
                let on = [old, new].map(|vintage| one.code_on(vintage).cloned());
                (coverage.vintage, coverage.codes()[at].clone(), on)
            })
        };
        let both = [Some(kept.clone()), Some(kept.clone())];
        assert_eq!(found("gebleven"), Some((new, kept, both)));
        let both = [Some(recoded.clone()), Some(fresh.clone())];
        assert_eq!(found("hernoemd"), Some((new, fresh.clone(), both.clone())));
        assert_eq!(found("nieuw"), Some((new, fresh, both)), "backwards too");
        assert_eq!(found("verdwenen"), Some((old, lost.clone(), [Some(lost.clone()), None])));
        assert_eq!(found("nergens"), None, "no area, nothing to show");
    }
}
