//! Who lives where: counts per buurt, from which every CBS figure of every level follows.

use crate::area::Level;

use super::{
    chance::{Chance, Stream},
    division::{Division, Kind},
    landscape::Landscape,
    mesh::{Mesh, NONE},
};

/// The years of the CBS figures.
pub(super) const YEARS: [u16; 4] = [2018, 2020, 2022, 2024];

/// What is counted. Means and shares are a count by a count, so that they are weighted rightly on
/// every level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    Residents,
    Under15,
    Over65,
    Households,
    Dwellings,
    Owned,
    Rented,
    Corporation,
    SingleFamily,
    /// Euros, of all dwellings together.
    HomeValue,
    /// Euros a year, of all residents together.
    Income,
    LowestIncomes,
    LowIncome,
    SocialMinimum,
    Welfare,
    WorkingAge,
    Working,
    Crimes,
    /// Residents times kilometres.
    ToDoctor,
    ToShop,
    /// Dwellings times addresses per square kilometre round them.
    Surrounding,
    /// Households times their score of wealth, education and work.
    Status,
    HighestIncomes,
    HouseholdsLowest,
    Minimum110,
    Minimum120,
    /// Euros, of all households together, as if each had the median.
    Wealth,
    OutsideEurope,
    NonWestern,
    /// Square kilometres of land.
    Land,
}

const COUNTS: usize = Count::Land as usize + 1;

/// One number for each [`Count`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally([f64; COUNTS]);

impl Tally {
    pub(super) fn get(&self, count: Count) -> f64 {
        self.0[count as usize]
    }
    fn set(&mut self, count: Count, number: f64) {
        self.0[count as usize] = number;
    }
    fn add(&mut self, other: &Self, part: f64) {
        for (sum, number) in self.0.iter_mut().zip(other.0) {
            *sum += number * part;
        }
    }
}

/// The people of the newest division.
pub(super) struct People {
    /// How deprived each buurt is: 0 is the middle, 1 clearly more than most, -1 clearly less.
    pub(super) deprivation: Vec<f64>,
    /// The middle of each buurt.
    pub(super) middles: Vec<[f64; 2]>,
    /// By year of [`YEARS`] and buurt.
    tallies: Vec<Vec<Tally>>,
    /// Which part of its buurt's people live in each cell.
    parts: Vec<f64>,
}

impl People {
    /// Peoples the newest division.
    pub(super) fn new(seed: u64, land: &Landscape, mesh: &Mesh, division: &Division) -> Self {
        let full = 1e6 * land.scale * land.scale;
        let members = division.members();
        let mut parts = vec![0.0; mesh.sites.len()];
        let mut people = Self {
            deprivation: Vec::new(),
            middles: Vec::new(),
            tallies: vec![Vec::new(); YEARS.len()],
            parts: Vec::new(),
        };
        let mut estates = 0;
        for (buurt, cells) in members.iter().enumerate() {
            let kind = division.buurten[buurt].kind;
            let mut chance = Chance::new(seed, Stream::People, buurt as u64);
            let area: f64 = cells.iter().map(|&cell| mesh.areas[cell]).sum();
            let mut middle = [0.0; 2];
            for &cell in cells {
                let part = mesh.areas[cell] / area;
                parts[cell] = part;
                middle = [
                    middle[0] + part * mesh.sites[cell][0],
                    middle[1] + part * mesh.sites[cell][1],
                ];
            }
            let crowd = chance.between(0.55, 1.45);
            let residents = match kind {
                Kind::Town => 3_300.0 * crowd * area / full,
                Kind::Village => 1_900.0 * crowd * area / full,
                Kind::Rural => 52.0 * crowd * area / full,
                Kind::Fringe => 64.0 * crowd * area / full,
                Kind::Enclave => 110.0 * crowd * area / full,
                Kind::OpenWater | Kind::InlandWater => 0.0,
                Kind::Industry => {
                    estates += 1;
                    match estates % 4 {
                        1 => chance.between(110.0, 420.0),
                        2 => 0.0,
                        _ => chance.between(5.0, 95.0),
                    }
                }
            };
            let mood = land.mood(middle, 2_600.0);
            let deprivation = match kind {
                Kind::Town => 0.2 + 1.35 * mood + 0.35 * chance.bell(),
                Kind::Village => -0.3 + 0.8 * mood + 0.3 * chance.bell(),
                Kind::Industry => 0.5 + 0.6 * mood + 0.3 * chance.bell(),
                _ => -0.55 + 0.5 * mood + 0.3 * chance.bell(),
            };
            let growth = 0.006 * chance.bell() + 0.004;
            for (tallies, year) in people.tallies.iter_mut().zip(YEARS) {
                let past = f64::from(2024 - year);
                let residents = (residents * (1.0 - growth * past)).round();
                let mut own = chance.clone();
                tallies.push(tally(&mut own, kind, residents, deprivation, year, area / 1e6));
            }
            people.deprivation.push(deprivation);
            people.middles.push(middle);
        }
        people.parts = parts;
        people
    }

    /// Which part of its buurt's people live in a cell.
    pub(super) fn part(&self, cell: usize) -> f64 {
        self.parts[cell]
    }

    /// The people of a buurt of the newest division, in the year of that place in [`YEARS`].
    pub(super) fn of_buurt(&self, year: usize, buurt: usize) -> &Tally {
        &self.tallies[year][buurt]
    }

    /// The people of a buurt of the newest division, now.
    pub(super) fn newest(&self, buurt: usize) -> &Tally {
        &self.tallies[YEARS.len() - 1][buurt]
    }

    /// The people of each area of a level of `division`, in the year of that place in [`YEARS`].
    pub(super) fn tally(
        &self,
        year: usize,
        newest: &Division,
        division: &Division,
        level: &Level,
    ) -> Vec<Tally> {
        let mut sums = vec![Tally::default(); division.count(level)];
        if division.year == newest.year {
            for (buurt, tally) in self.tallies[year].iter().enumerate() {
                sums[division.at_level(buurt, level)].add(tally, 1.0);
            }
            return sums;
        }
        for (cell, (&own, &old)) in newest.of_cell.iter().zip(&division.of_cell).enumerate() {
            if own != NONE && old != NONE {
                let area = division.at_level(old as usize, level);
                sums[area].add(&self.tallies[year][own as usize], self.parts[cell]);
            }
        }
        sums
    }
}

/// What follows from how many live in a buurt, how deprived it is and what kind it is.
fn tally(
    chance: &mut Chance,
    kind: Kind,
    residents: f64,
    deprivation: f64,
    year: u16,
    land: f64,
) -> Tally {
    let z = deprivation;
    let built_up = matches!(kind, Kind::Town | Kind::Village);
    let rural = if built_up { 0.0 } else { 1.0 };
    let town = if kind == Kind::Town { 1.0 } else { 0.0 };
    let back = f64::from(2024 - year);
    let mut part = |middle: f64, spread: f64, low: f64, high: f64| {
        (middle + spread * chance.bell()).clamp(low, high) / 100.0
    };
    let young = part(15.5 - 2.0 * town + 0.8 * z, 2.6, 4.0, 32.0);
    let old = part(21.0 + 3.0 * rural - 1.5 * z - 0.3 * back, 5.0, 3.0, 55.0);
    let owned = part(60.0 - 15.0 * z + 8.0 * rural - 4.0 * town, 5.0, 6.0, 96.0);
    let corporation =
        part(25.0 + 14.0 * z - 10.0 * rural, 4.0, 0.0, 90.0).min((1.0 - owned) * 0.97);
    // On an estate people live above a workplace or in units, hardly ever in houses.
    let estate = kind == Kind::Industry;
    let single = if estate {
        part(7.0, 2.5, 1.0, 13.0)
    } else {
        part(78.0 - 30.0 * town - 6.0 * z + 10.0 * rural, 7.0, 4.0, 100.0)
    };
    let lowest = part(39.5 + 8.0 * z, 2.2, 17.0, 74.0);
    let low = part(6.0 + 3.3 * z, 0.7, 0.8, 30.0);
    let minimum = part(7.0 + 3.6 * z, 0.8, 1.0, 34.0);
    let working = part(72.0 - 4.0 * z - 0.4 * back, 2.0, 38.0, 88.0);
    let welfare = part(3.4 + 2.6 * z, 0.5, 0.1, 24.0);
    let crimes = part(3.6 + 1.5 * z + 1.4 * town, 0.7, 0.4, 22.0);
    let size = 2.05 + 0.25 * rural - 0.25 * town + 0.12 * chance.bell();
    let value = 372_000.0 - 82_000.0 * z + 12_000.0 * z * z + 20_000.0 * chance.bell();
    let value = value.clamp(150_000.0, 1_150_000.0) * (1.0 - 0.052 * back);
    let value = if estate { value * 0.25 } else { value };
    let income = 33_500.0 - 4_600.0 * z + 900.0 * z * z + 900.0 * chance.bell();
    let income = income.clamp(17_000.0, 75_000.0) * (1.0 - 0.03 * back);
    let doctor = 0.4 + (0.5 + 3.6 * rural + 0.4 * (1.0 - town)) * chance.between(0.4, 1.4);
    let shop = 0.3 + (0.4 + 2.9 * rural + 0.4 * (1.0 - town)) * chance.between(0.4, 1.4);
    let surrounding = match kind {
        Kind::Town => 1_750.0 + 450.0 * chance.bell(),
        Kind::Village => 720.0 + 160.0 * chance.bell(),
        Kind::Industry => 800.0,
        _ => 60.0 + 40.0 * chance.unit(),
    };
    let status = -0.27 * z + 0.06 * chance.bell();
    let mut more = |middle: f64, spread: f64, low: f64, high: f64| {
        (middle + spread * chance.bell()).clamp(low, high) / 100.0
    };
    let highest = more(20.0 - 6.5 * z, 1.8, 3.0, 60.0);
    let households_lowest = more(38.0 + 9.0 * z + 4.0 * town, 2.4, 12.0, 80.0);
    let to_110 = (minimum + more(2.6 + 1.2 * z, 0.3, 0.4, 9.0)).min(0.6);
    let to_120 = (to_110 + more(2.9 + 1.3 * z, 0.3, 0.4, 9.0)).min(0.7);
    let outside_europe = more(9.0 + 7.0 * z + 6.0 * town, 2.0, 0.5, 75.0);
    let non_western = (outside_europe * 0.92 - 0.001 * back).max(0.004);
    let wealth = (110_000.0 - 62_000.0 * z + 40_000.0 * rural) * (1.0 - 0.04 * back);
    let households = (residents / size.max(1.2)).round();
    let dwellings = (households * 1.03).round();
    let age = (1.0 - young - old * 0.6).max(0.3);
    let mut tally = Tally::default();
    for (count, number) in [
        (Count::Residents, residents),
        (Count::Under15, residents * young),
        (Count::Over65, residents * old),
        (Count::Households, households),
        (Count::Dwellings, dwellings),
        (Count::Owned, dwellings * owned),
        (Count::Rented, dwellings * (1.0 - owned) * 0.985),
        (Count::Corporation, dwellings * corporation),
        (Count::SingleFamily, dwellings * single),
        (Count::HomeValue, dwellings * value),
        (Count::Income, residents * income),
        (Count::LowestIncomes, residents * lowest),
        (Count::LowIncome, households * low),
        (Count::SocialMinimum, households * minimum),
        (Count::Welfare, households * welfare),
        (Count::WorkingAge, residents * age),
        (Count::Working, residents * age * working),
        (Count::Crimes, residents * crimes),
        (Count::ToDoctor, residents * doctor),
        (Count::ToShop, residents * shop),
        (Count::Surrounding, dwellings * surrounding.max(20.0)),
        (Count::Status, households * status),
        (Count::HighestIncomes, residents * highest),
        (Count::HouseholdsLowest, households * households_lowest),
        (Count::Minimum110, households * to_110),
        (Count::Minimum120, households * to_120),
        (Count::Wealth, households * wealth.clamp(1_500.0, 600_000.0)),
        (Count::OutsideEurope, residents * outside_europe),
        (Count::NonWestern, residents * non_western),
        (Count::Land, if kind.is_water() { 0.0 } else { land }),
    ] {
        tally.set(count, number);
    }
    tally
}
