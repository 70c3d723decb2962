//! The rule, and what it made of an area, in words for readers.

use super::{HardlyResidential, ResidentialRule};
use crate::area::Text;

impl ResidentialRule {
    /// What makes an area hardly residential, in words with the thresholds in them.
    pub fn text(&self) -> Text {
        let at = &self.thresholds;
        let english = |number: f64| number.to_string();
        let dutch = |number: f64| number.to_string().replace('.', ",");
        let (residents, times) = (at.inwoners, at.inwoners_boven_huishoudens);
        let (dense, thin) = (at.inwoners_per_hectare, at.inwoners_per_hectare_zeer_dun);
        let (houses, value) = (at.eengezinswoningen, at.deel_van_woningwaarde * 100.0);
        Text {
            nl: format!(
                "Hier wonen zo weinig mensen op een gewone manier dat een cijfer weinig over een \
                 buurt zegt. De regel: minder dan {} inwoners; of nauwelijks eengezinswoningen \
                 (minder dan {}%, of niet gepubliceerd) en daarbij minder dan {} inwoners per \
                 hectare land, of minder dan {} met woningen onder {}% van de middelste \
                 woningwaarde of met meer dan {} keer zo veel inwoners als de huishoudens \
                 verklaren. Een lijst voegt gebieden toe of zondert ze uit. Deze gebieden tellen \
                 niet mee in klassengrenzen, rangen en vergelijkingen.",
                dutch(residents),
                dutch(houses),
                dutch(thin),
                dutch(dense),
                dutch(value),
                dutch(times),
            ),
            en: format!(
                "So few people live here in an ordinary way that a figure says little about a \
                 neighbourhood. The rule: fewer than {} inhabitants; or hardly any single-family \
                 houses (below {}%, or not published) and besides fewer than {} inhabitants on a \
                 hectare of land, or fewer than {} with homes below {}% of the median value or \
                 more than {} times the inhabitants that the households explain. A list adds or \
                 excepts areas. These areas take no part in class bounds, ranks and comparisons.",
                english(residents),
                english(houses),
                english(thin),
                english(dense),
                english(value),
                english(times),
            ),
        }
    }
}

impl HardlyResidential {
    /// Why, as a reader of one area is told.
    pub fn text(&self) -> Text {
        let (nl, en) = match self {
            Self::Listed(reason) => return reason.clone(),
            Self::Nobody => ("hier woont vrijwel niemand", "hardly anybody lives here"),
            Self::Thin => (
                "zeer dun bewoond, met nauwelijks eengezinswoningen",
                "very thinly populated, with hardly any single-family houses",
            ),
            Self::Worthless => (
                "dun bewoond, met nauwelijks eengezinswoningen en woningen van zeer lage waarde",
                "thinly populated, with hardly any single-family houses and homes of very low value",
            ),
            Self::Institution => (
                "dun bewoond, met veel meer mensen dan de huishoudens verklaren, zoals in een \
                 instelling of opvang",
                "thinly populated, with many more people than the households explain, as in an \
                 institution or reception centre",
            ),
        };
        Text { nl: nl.into(), en: en.into() }
    }
}
