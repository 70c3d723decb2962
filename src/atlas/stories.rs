//! What was done about areas, and which areas those are on every division.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Level, Vintage},
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
}

impl PlacedStory {
    /// The code of its area on a division; `None` where the division has no such area.
    pub fn code_on(&self, vintage: Vintage) -> Option<&AreaCode> {
        self.codes.get(&vintage)
    }

    /// Whether it is of an area of a division, or of a wijk or gemeente that this lies in.
    pub fn is_about(&self, code: &AreaCode, vintage: Vintage) -> bool {
        let Some(own) = self.code_on(vintage) else { return false };
        own == code || code.wijk().as_ref() == Some(own) || code.gemeente().as_ref() == Some(own)
    }

    /// Whether it is of an area of a division, or of one that lies in this.
    pub fn is_within(&self, code: &AreaCode, vintage: Vintage) -> bool {
        let Some(own) = self.code_on(vintage) else { return false };
        own == code || own.wijk().as_ref() == Some(code) || own.gemeente().as_ref() == Some(code)
    }
}

impl Atlas {
    /// What was done about areas, by the year in which it began; what goes on comes after what
    /// ended, and of the same years the title decides.
    pub fn stories(&self) -> &[PlacedStory] {
        &self.stories
    }

    /// The area that a story is shown with: that of the newest division.
    pub fn area_of<'a>(&'a self, story: &PlacedStory) -> Option<(&'a LevelCoverage, usize)> {
        let (vintage, code) = story.codes.last_key_value()?;
        let coverage = self.coverage(*vintage, &story.story.level)?;
        Some((coverage, coverage.ordinal(code)?))
    }

    /// Follows stories through the divisions. One whose area is in none is left out.
    pub(super) fn place(&self, stories: BTreeMap<SmolStr, Story>) -> Vec<PlacedStory> {
        let placed = stories.into_iter().map(|(id, story)| {
            let codes = self.codes_of(story.vintage, &story.level, &story.code);
            PlacedStory { id, story, codes }
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
