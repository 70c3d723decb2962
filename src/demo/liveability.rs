//! Scores as the Leefbaarometer gives them, with known stories in them.

use super::{
    chance::{Chance, Stream},
    division::{Division, Kind},
    landscape::Landscape,
    people::{Count, People, YEARS},
};

/// The years of the scores.
pub(super) const SCORED: [u16; 9] = [2002, 2008, 2012, 2014, 2016, 2018, 2020, 2022, 2024];
/// The place in [`SCORED`] of the first year that has dimensions; then every one but 2016.
const WITH_DIMENSIONS: [bool; 9] = [false, false, false, true, false, true, true, true, true];
/// How far the whole country scored from 2024, in millionths: a rise to 2012, then none.
const NATIONAL: [i64; 9] = [-85_000, -45_000, -4_000, -10_000, -6_000, 2_000, 4_000, -2_000, 0];
/// The upper bounds of classes 1 to 8 of version 3.0 on `afw`, in millionths; measured from the
/// publisher's own figures of 2024, as no official text gives them.
pub(super) const CUTS: [i64; 8] =
    [-428_000, -354_000, -281_500, -164_000, -103_000, 10_100, 89_500, 168_000];
/// How many in ten thousand scored buurten each class had in 2024.
const SHARES: [f64; 9] = [9.0, 22.0, 81.0, 422.0, 456.0, 2_196.0, 2_828.0, 2_309.0, 1_677.0];
/// The least there are of the lowest classes, so that a small country shows them too.
const LEAST: [usize; 9] = [2, 2, 4, 0, 0, 0, 0, 0, 0];
/// The lowest and the highest score.
const ENDS: [i64; 2] = [-640_000, 410_000];

/// What was planted in the scores of a buurt, for tests to find again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Story {
    /// Falls every time since 2012, by more than 0.12 in all.
    Falling,
    /// Rises every time since 2012, by more than 0.1 in all, and was low before.
    Recovering,
    /// Scored well and still does, but fell in both of the last two measurements.
    EarlySignal,
    /// From among the lowest in 2002 to good in 2024.
    Success,
}

impl Story {
    /// Every story.
    pub const ALL: [Self; 4] = [Self::Falling, Self::Recovering, Self::EarlySignal, Self::Success];

    /// How far the buurt scored from its score of 2024, by year of [`SCORED`], in millionths.
    fn path(self) -> [i64; 9] {
        match self {
            Self::Falling => [170, 172, 165, 140, 115, 88, 60, 30, 0],
            Self::Recovering => [-165, -160, -150, -128, -104, -78, -52, -26, 0],
            Self::EarlySignal => [78, 74, 76, 75, 77, 74, 76, 38, 0],
            Self::Success => [-310, -245, -130, -85, -45, -20, -5, 0, 0],
        }
        .map(|thousandths| thousandths * 1_000)
    }

    /// The classes of 2024 among which it is planted.
    fn classes(self) -> std::ops::RangeInclusive<u8> {
        match self {
            Self::Falling => 3..=5,
            Self::Recovering => 5..=7,
            Self::EarlySignal => 6..=8,
            Self::Success => 7..=8,
        }
    }
}

/// A score in millionths: the deviation from the fixed reference, and its five dimensions where
/// the year has them (`won`, `fys`, `vrz`, `soc`, `onv`), which add up to it exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Score {
    pub(super) deviation: i64,
    pub(super) dimensions: Option<[i64; 5]>,
}

/// The class from 1 to 9 of a deviation in millionths; on a bound it is the lower.
pub(super) fn class(deviation: i64) -> u8 {
    1 + CUTS.iter().filter(|&&cut| cut < deviation).count() as u8
}

/// The scores of the newest division.
pub(super) struct Liveability {
    /// By year of [`SCORED`] and buurt; `None` where the source has no score.
    pub(super) scores: Vec<Vec<Option<Score>>>,
    /// The buurten with a planted story.
    pub(super) stories: Vec<(usize, Story)>,
}

/// The place in [`YEARS`] of the people that go with a year of scores.
pub(super) fn people_of(year: u16) -> usize {
    YEARS.iter().position(|&other| other >= year).unwrap_or(YEARS.len() - 1)
}

impl Liveability {
    /// Scores the newest division: what a buurt scores follows from how deprived it is.
    pub(super) fn new(seed: u64, land: &Landscape, division: &Division, people: &People) -> Self {
        let count = division.buurten.len();
        let residents =
            |year: usize, buurt: usize| people.of_buurt(year, buurt).get(Count::Residents);
        let mut ranked: Vec<(f64, usize)> = (0..count)
            .filter(|&buurt| residents(YEARS.len() - 1, buurt) >= 100.0)
            .map(|buurt| {
                let mut chance = Chance::new(seed, Stream::Scores, buurt as u64);
                let kind = division.buurten[buurt].kind;
                let fate = match kind {
                    // Where hardly anybody lives the model gives extremes.
                    Kind::Industry => -9.0,
                    Kind::Town => 0.0,
                    _ => 0.2,
                };
                let charm = 0.4 * land.mood(people.middles[buurt], 9_000.0);
                let latent = fate - 0.8 * people.deprivation[buurt] + charm + 0.22 * chance.bell();
                (latent, buurt)
            })
            .collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let newest = spread(seed, count, &ranked);
        let stories = plant(seed, division, people, &newest);
        let mut story_of = vec![None; count];
        stories.iter().for_each(|&(buurt, story)| story_of[buurt] = Some(story));
        let scores = SCORED
            .into_iter()
            .enumerate()
            .map(|(place, year)| {
                (0..count)
                    .map(|buurt| {
                        let new = year < 2012 && division.buurten[buurt].name.starts_with("Nieuw ");
                        let enough = residents(people_of(year), buurt) >= 100.0 && !new;
                        newest[buurt]
                            .filter(|_| enough)
                            .map(|base| score(seed, buurt, place, base, story_of[buurt]))
                    })
                    .collect()
            })
            .collect();
        Self { scores, stories }
    }
}

/// Gives ranked buurten the scores of 2024, so that the classes have the shares of the real ones.
fn spread(seed: u64, count: usize, ranked: &[(f64, usize)]) -> Vec<Option<i64>> {
    let total = ranked.len();
    let mut scores = vec![None; count];
    let (mut at, mut sum) = (0, 0.0);
    for class in 0..9 {
        sum += SHARES[class];
        let by_share = (sum / 10_000.0 * total as f64).round() as usize;
        let end = by_share.max(at + LEAST[class]).min(total);
        let end = if class == 8 { total } else { end };
        let low = if class == 0 { ENDS[0] } else { CUTS[class - 1] };
        let high = if class == 8 { ENDS[1] } else { CUTS[class] };
        let width = (end - at) as f64;
        for (place, &(_, buurt)) in ranked[at..end].iter().enumerate() {
            let mut chance = Chance::new(seed, Stream::Scores, (buurt as u64) << 8 | 255);
            let mut part = (place as f64 + chance.between(0.1, 0.9)) / width;
            // The ends thin out.
            if class == 8 {
                part = part * part * (0.4 + 0.6 * part);
            } else if class == 0 {
                part = 1.0 - (1.0 - part) * (1.0 - part);
            }
            scores[buurt] = Some(low + 1 + ((high - low - 1) as f64 * part).floor() as i64);
        }
        at = end;
    }
    scores
}

/// Picks the buurten that get a story: built up, with enough residents, of a fitting class.
fn plant(
    seed: u64,
    division: &Division,
    people: &People,
    newest: &[Option<i64>],
) -> Vec<(usize, Story)> {
    let mut order: Vec<usize> = (0..newest.len()).collect();
    Chance::new(seed, Stream::Stories, 0).shuffle(&mut order);
    let each = 3 + order.len() / 120;
    let mut planted = Vec::new();
    let mut taken = vec![false; newest.len()];
    for story in Story::ALL {
        let fits = |&buurt: &usize| {
            let record = &division.buurten[buurt];
            matches!(record.kind, Kind::Town | Kind::Village)
                && !record.name.starts_with("Nieuw ")
                && people.of_buurt(0, buurt).get(Count::Residents) >= 250.0
                && newest[buurt].is_some_and(|score| story.classes().contains(&class(score)))
        };
        let picked: Vec<usize> =
            order.iter().copied().filter(|&b| !taken[b]).filter(fits).take(each).collect();
        for buurt in picked {
            taken[buurt] = true;
            planted.push((buurt, story));
        }
    }
    planted.sort_unstable();
    planted
}

/// The score of a buurt in a year, from that of 2024.
fn score(seed: u64, buurt: usize, place: usize, base: i64, story: Option<Story>) -> Score {
    let yearly = |what: u64| Chance::new(seed, Stream::Scores, (buurt as u64) << 8 | what);
    let newest = place + 1 == SCORED.len();
    let wobble = |size: f64| {
        let bell = yearly(place as u64).bell();
        if newest { 0 } else { (bell * size).round() as i64 }
    };
    let deviation = match story {
        Some(story) => base + story.path()[place] + wobble(2_000.0),
        None => {
            // A slope of its own, small beside the differences between buurten.
            let slope = yearly(100).bell() * 1_300.0;
            let back = f64::from(2024 - SCORED[place]);
            base + NATIONAL[place] - (slope * back).round() as i64 + wobble(8_000.0)
        }
    };
    let dimensions = WITH_DIMENSIONS[place].then(|| {
        let mut lasting = yearly(101);
        let mut now = yearly(110 + place as u64);
        let mut parts = [0.30, 0.18, 0.10, 0.20, 0.22].map(|part| {
            let own = lasting.bell() * 18_000.0 + now.bell() * 2_500.0;
            (part * deviation as f64 + own).round() as i64
        });
        let over: i64 = parts.iter().sum::<i64>() - deviation;
        let each = over / 5;
        parts.iter_mut().for_each(|part| *part -= each);
        parts[4] -= over - 5 * each;
        parts
    });
    Score { deviation, dimensions }
}
