//! The figures as CBS publishes them: rounded, and kept back where too few are counted.

use crate::{
    area::{AreaCode, Level, Year},
    indicator::{Reason, Series, SeriesKey, Value},
};

use super::{
    chance::{Chance, Stream},
    division::Division,
    people::{Count, People, Tally, YEARS},
    vintage,
};

/// How a figure is made from counts.
#[derive(Clone, Copy)]
enum Formula {
    /// A count, in multiples of a step.
    Sum(Count, Step),
    /// A count by a count times a factor, in multiples of a step.
    Ratio { of: Count, by: Count, times: f64, step: Step },
    /// The five classes of urbanity, from addresses per square kilometre.
    Urbanity,
}

/// What published numbers are a multiple of.
#[derive(Clone, Copy)]
enum Step {
    Thousandth,
    Tenth,
    One,
    Five,
    Ten,
    Hundred,
    Thousand,
}

/// A figure, and the count that it needs to be published: fewer is `geheim_of_afwezig`.
struct Figure {
    id: &'static str,
    formula: Formula,
    needs: (Count, f64),
}

const fn ratio(
    id: &'static str,
    of: Count,
    by: Count,
    times: f64,
    step: Step,
    least: f64,
) -> Figure {
    Figure { id, formula: Formula::Ratio { of, by, times, step }, needs: (by, least) }
}

const fn sum(id: &'static str, of: Count, step: Step) -> Figure {
    Figure { id, formula: Formula::Sum(of, step), needs: (Count::Residents, 0.0) }
}

/// The figures in the units of the catalogue: euros, per cents, kilometres, per 1,000 residents.
/// Thresholds are those of `Kerncijfers wijken en buurten`.
const FIGURES: [Figure; 29] = [
    sum("inwoners", Count::Residents, Step::Five),
    sum("huishoudens", Count::Households, Step::Five),
    ratio("bevolkingsdichtheid", Count::Residents, Count::Land, 1.0, Step::One, 0.000_1),
    Figure { id: "stedelijkheid", formula: Formula::Urbanity, needs: (Count::Dwellings, 5.0) },
    ratio("huishoudensgrootte", Count::Residents, Count::Households, 1.0, Step::Tenth, 5.0),
    ratio("aandeel-0-15", Count::Under15, Count::Residents, 100.0, Step::One, 50.0),
    ratio("aandeel-65-plus", Count::Over65, Count::Residents, 100.0, Step::One, 50.0),
    ratio("woningwaarde", Count::HomeValue, Count::Dwellings, 1.0, Step::Thousand, 20.0),
    ratio("koopwoningen", Count::Owned, Count::Dwellings, 100.0, Step::One, 20.0),
    ratio("huurwoningen", Count::Rented, Count::Dwellings, 100.0, Step::One, 20.0),
    ratio("eengezinswoningen", Count::SingleFamily, Count::Dwellings, 100.0, Step::One, 20.0),
    ratio("corporatiewoningen", Count::Corporation, Count::Dwellings, 100.0, Step::One, 20.0),
    ratio("inkomen-per-inwoner", Count::Income, Count::Residents, 1.0, Step::Hundred, 100.0),
    ratio("laagste-inkomens", Count::LowestIncomes, Count::Residents, 100.0, Step::Tenth, 100.0),
    ratio("hoogste-inkomens", Count::HighestIncomes, Count::Residents, 100.0, Step::Tenth, 100.0),
    ratio(
        "huishoudens-laagste-inkomen",
        Count::HouseholdsLowest,
        Count::Households,
        100.0,
        Step::Tenth,
        100.0,
    ),
    ratio("laag-inkomen", Count::LowIncome, Count::Households, 100.0, Step::Tenth, 100.0),
    ratio("sociaal-minimum", Count::SocialMinimum, Count::Households, 100.0, Step::Tenth, 100.0),
    ratio("sociaal-minimum-110", Count::Minimum110, Count::Households, 100.0, Step::Tenth, 100.0),
    ratio("sociaal-minimum-120", Count::Minimum120, Count::Households, 100.0, Step::Tenth, 100.0),
    ratio("vermogen", Count::Wealth, Count::Households, 1.0, Step::Hundred, 100.0),
    ratio(OUTSIDE_EUROPE, Count::OutsideEurope, Count::Residents, 100.0, Step::One, 50.0),
    ratio(NON_WESTERN, Count::NonWestern, Count::Residents, 100.0, Step::One, 50.0),
    sum("bijstand", Count::Welfare, Step::Ten),
    ratio("arbeidsparticipatie", Count::Working, Count::WorkingAge, 100.0, Step::One, 100.0),
    ratio("misdrijven", Count::Crimes, Count::Residents, 1000.0, Step::One, 50.0),
    ratio("afstand-huisarts", Count::ToDoctor, Count::Residents, 1.0, Step::Tenth, 10.0),
    ratio("afstand-supermarkt", Count::ToShop, Count::Residents, 1.0, Step::Tenth, 10.0),
    ratio("ses-woa", Count::Status, Count::Households, 1.0, Step::Thousandth, 100.0),
];

/// Two measures of origin, of which the first begins where the second ends.
const OUTSIDE_EUROPE: &str = "herkomst-buiten-europa";
const NON_WESTERN: &str = "migratieachtergrond-niet-westers";
const FIRST_OF_ORIGIN: u16 = 2023;

/// Residents from which the income of a buurt is published in the newest year.
const INCOME_THRESHOLD: f64 = 2_500.0;

/// The figures of a division: of its own year and those up to the next division; the newest
/// division has those of all years, as if the publisher had recalculated them.
pub(super) fn series(
    seed: u64,
    people: &People,
    newest: &Division,
    division: &Division,
    codes: &[(Level, Vec<AreaCode>)],
) -> Vec<Series> {
    let mut all = Vec::new();
    for (place, year) in YEARS.into_iter().enumerate() {
        if division.year != newest.year && year != division.year {
            continue;
        }
        for (level, codes) in codes {
            let tallies = people.tally(place, newest, division, level);
            for (number, figure) in FIGURES.iter().enumerate() {
                let is_published = match figure.id {
                    OUTSIDE_EUROPE => year >= FIRST_OF_ORIGIN,
                    NON_WESTERN => year < FIRST_OF_ORIGIN,
                    _ => true,
                };
                if !is_published {
                    continue;
                }
                let key = SeriesKey {
                    indicator: figure.id.into(),
                    begin: None,
                    year: published(year),
                    vintage: vintage(division.year),
                    level: level.clone(),
                };
                let values = codes
                    .iter()
                    .zip(&tallies)
                    .enumerate()
                    .map(|(area, (code, tally))| {
                        let water = division.is_water(level, area);
                        let index =
                            (area as u64) << 16 | u64::from(year - 2000) << 8 | number as u64;
                        let mut chance = Chance::new(seed, Stream::Figures, index);
                        (code.clone(), value(figure, tally, year, level, water, &mut chance))
                    })
                    .collect();
                all.push(Series { key, values });
            }
        }
    }
    all
}

/// One cell of the table.
fn value(
    figure: &Figure,
    tally: &Tally,
    year: u16,
    level: &Level,
    water: bool,
    chance: &mut Chance,
) -> Value {
    let buurt = *level == Level::Buurt;
    let (count, least) = figure.needs;
    let reason = match figure.id {
        "misdrijven" if year == 2024 => Some(Reason::NogNietGepubliceerd),
        "arbeidsparticipatie" if year >= 2022 && buurt => Some(Reason::NietMeerGepubliceerd),
        _ if water => Some(Reason::GeheimOfAfwezig),
        "inkomen-per-inwoner"
            if year == 2024 && buurt && tally.get(Count::Residents) < INCOME_THRESHOLD =>
        {
            Some(Reason::OnderPublicatiegrens)
        }
        _ if tally.get(count) < least => Some(Reason::GeheimOfAfwezig),
        // Here and there a mark that nobody documented.
        "inwoners" | "huishoudens" => None,
        _ => (buurt && chance.unit() < 0.004).then_some(Reason::Onbekend),
    };
    reason.map_or_else(|| Value::Number(number(figure.formula, tally)), Value::Missing)
}

fn number(formula: Formula, tally: &Tally) -> f64 {
    match formula {
        Formula::Sum(count, step) => rounded(tally.get(count), step),
        Formula::Ratio { of, by, times, step } => {
            rounded(tally.get(of) * times / tally.get(by), step)
        }
        Formula::Urbanity => {
            let density = tally.get(Count::Surrounding) / tally.get(Count::Dwellings);
            let class =
                [2_500.0, 1_500.0, 1_000.0, 500.0].iter().filter(|&&cut| density < cut).count();
            class as f64 + 1.0
        }
    }
}

fn rounded(number: f64, step: Step) -> f64 {
    match step {
        Step::Thousandth => (number * 1000.0).round() / 1000.0,
        Step::Tenth => (number * 10.0).round() / 10.0,
        Step::One => number.round(),
        Step::Five => (number / 5.0).round() * 5.0,
        Step::Ten => (number / 10.0).round() * 10.0,
        Step::Hundred => (number / 100.0).round() * 100.0,
        Step::Thousand => (number / 1000.0).round() * 1000.0,
    }
}

/// A year of the demo.
pub(super) fn published(year: u16) -> Year {
    Year::new(year).expect("the demo's years lie between 1900 and 2100")
}
