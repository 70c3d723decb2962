//! One area before and after something was done there, beside the areas most like it.

use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    analysis::before_after::{Against, Ends, against, ends, slope},
    area::{AreaCode, Text, Year},
    indicator::{Kind, Reason},
    profile::{ReadYear, read_years},
};

use super::{
    Account, Scope, StudyError,
    alike::{Alike, Choice, Period, alike},
    before_after_words::{sentences, why},
    text,
};

/// With so many areas one is held against.
const COUNT: usize = 10;

/// Of so many of them at least there must be figures.
pub(super) const LEAST: usize = 5;

/// A trend that differs as much by chance in no more than this part of areas differed before.
const DIFFERS: f64 = 0.2;

/// An area that another is held against.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AlikeArea {
    /// The code of the area.
    #[schema(value_type = String)]
    pub code: AreaCode,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: String,
    /// How far it is from the area, in standard deviations.
    #[serde(rename = "afstand")]
    pub distance: f64,
    /// Its figure of the year before; `null` where there is none.
    #[serde(rename = "ervoor")]
    pub before: Option<f64>,
    /// Its figure of the year after.
    #[serde(rename = "erna")]
    pub after: Option<f64>,
    /// Its change less the mean change of the others, where nothing was done.
    #[serde(rename = "verschil")]
    pub difference: Option<f64>,
}

/// A year of the area and of those that it is held against.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BesideYear {
    /// The year.
    #[serde(rename = "jaar")]
    pub year: u16,
    /// The figure of the area; `null` where there is none.
    #[serde(rename = "eigen")]
    pub own: Option<f64>,
    /// Why there is none.
    #[serde(rename = "reden")]
    #[schema(value_type = Option<String>)]
    pub reason: Option<Reason>,
    /// Whether a figure of this year is an estimate, brought over from another division.
    #[serde(rename = "geschat")]
    pub is_estimate: bool,
    /// Whether it means the same as in the years that are compared.
    #[serde(rename = "vergelijkbaar")]
    pub is_comparable: bool,
    /// The mean of the others, each counting once; `null` where fewer than five have a figure.
    #[serde(rename = "gemiddeld")]
    pub mean: Option<f64>,
    /// The lowest of them.
    #[serde(rename = "laagste")]
    pub low: Option<f64>,
    /// The highest.
    #[serde(rename = "hoogste")]
    pub high: Option<f64>,
    /// How many have a figure.
    #[serde(rename = "gebieden")]
    pub count: usize,
}

/// What a number is against that of others.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Beside {
    /// The area's own.
    #[serde(rename = "eigen")]
    pub own: f64,
    /// The mean of the others.
    #[serde(rename = "gemiddeld")]
    pub others: f64,
    /// The first less the second.
    #[serde(rename = "verschil")]
    pub difference: f64,
    /// Its place among those of all, by size: 1 is the largest.
    #[serde(rename = "rang")]
    pub rank: usize,
    /// Among how many.
    #[serde(rename = "vanAantal")]
    pub of: usize,
}

impl Beside {
    fn new(found: &Against) -> Self {
        Self {
            own: fine(found.own),
            others: fine(found.others),
            difference: fine(found.difference),
            rank: found.rank,
            of: found.of(),
        }
    }
}

/// The trend before, in units a year.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TrendBefore {
    /// The years that it was taken from.
    #[serde(rename = "jaren")]
    pub years: Vec<u16>,
    /// The slopes.
    #[serde(flatten)]
    pub beside: Beside,
    /// Whether it differed already: no more than a fifth differ as much.
    #[serde(rename = "verschilde")]
    pub differed: bool,
    /// What the difference would have been after, had both gone on as before.
    #[serde(rename = "doorgetrokken")]
    pub continued: f64,
}

/// The change, and what it is against that of the others.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangeBeside {
    /// The last year before the beginning.
    #[serde(rename = "jaarErvoor")]
    pub before: u16,
    /// The first year at or after the end, else the newest.
    #[serde(rename = "jaarErna")]
    pub after: u16,
    /// Whether it had ended by then.
    #[serde(rename = "isAfgelopen")]
    pub has_ended: bool,
    /// The area's figure of the year before, and after.
    #[serde(rename = "eigenErvoor")]
    pub own_before: f64,
    /// The area's figure of the year after.
    #[serde(rename = "eigenErna")]
    pub own_after: f64,
    /// The changes.
    #[serde(flatten)]
    pub beside: Beside,
}

/// One area before and after something was done there.
#[derive(Debug, Serialize, ToSchema)]
pub struct BeforeAfterStudy {
    /// The area.
    #[schema(value_type = String)]
    pub code: AreaCode,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: String,
    /// The story that it is about; `null` where years were named.
    #[serde(rename = "verhaal")]
    pub story: Option<AskedStory>,
    /// The year in which it began.
    #[serde(rename = "van")]
    #[schema(value_type = u16)]
    pub from: Year,
    /// The year in which it ended; `null` while it goes on.
    #[serde(rename = "tot")]
    #[schema(value_type = Option<u16>)]
    pub until: Option<Year>,
    /// How it is to be read, always the same: a difference, no proof of effect.
    #[serde(rename = "lezing")]
    pub reading: Text,
    /// How the others were chosen; `null` where none could be.
    #[serde(rename = "keuze")]
    pub choice: Option<Choice>,
    /// Those that it is held against, the most alike first.
    #[serde(rename = "gebieden")]
    pub areas: Vec<AlikeArea>,
    /// Year by year.
    #[serde(rename = "jaren")]
    pub years: Vec<BesideYear>,
    /// The trend before; `null` where there are too few years or areas.
    #[serde(rename = "trendErvoor")]
    pub trend: Option<TrendBefore>,
    /// The change; `null` where there is a reason.
    #[serde(rename = "verandering")]
    pub change: Option<ChangeBeside>,
    /// Why there is no change to tell; `null` where there is one.
    #[serde(rename = "reden")]
    pub reason: Option<Text>,
    /// What comes out, in sentences.
    #[serde(rename = "zinnen")]
    pub sentences: Vec<Text>,
    /// How it was made.
    #[serde(rename = "verantwoording")]
    pub account: Account,
}

/// The story that a question is about.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AskedStory {
    /// What it is known by.
    #[schema(value_type = String)]
    pub id: SmolStr,
    /// What it is called.
    #[serde(rename = "titel")]
    pub title: String,
    /// The area that it is of.
    #[schema(value_type = String)]
    pub code: AreaCode,
}

/// Numbers of which differences are told: six decimals.
pub(super) fn fine(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

/// How an answer is to be read.
pub(super) fn reading() -> Text {
    text("verschil, geen bewijs van effect", "a difference, no proof of effect")
}

/// The figures of an area by year.
struct Figures {
    years: Vec<ReadYear>,
}

impl Figures {
    fn of(scope: &Scope<'_>, ordinal: usize) -> Self {
        let mut years = read_years(scope.atlas, scope.indicator, scope.series.coverage, ordinal);
        years.retain(|year| year.begin.is_none());
        Self { years }
    }

    fn at(&self, year: u16) -> Option<f64> {
        self.years.iter().find(|one| one.year == year)?.own.value
    }
}

/// An area of the scope's division before and after a period, beside the ten most like it in which
/// nothing of the kind was done. Where figures are missing there is a reason in the place of a
/// number. Cost: the figures of eleven areas of all years, and sorting the areas of the level.
///
/// # Errors
/// When the indicator counts or has classes.
pub fn before_after(
    scope: &Scope<'_>,
    ordinal: usize,
    period: Period,
    story: Option<AskedStory>,
) -> Result<BeforeAfterStudy, StudyError> {
    let (atlas, indicator, coverage) = (scope.atlas, scope.indicator, scope.series.coverage);
    if matches!(indicator.kind, Kind::Klasse | Kind::Aantal) {
        return Err(StudyError::NoShare { indicator: indicator.name.nl.to_lowercase() });
    }
    let (choice, others, mut reason) = match alike(atlas, coverage, ordinal, period, COUNT) {
        Ok(Alike { choice, areas }) => (Some(choice), areas, None),
        Err(reason) => (None, Vec::new(), Some(reason)),
    };
    let own = Figures::of(scope, ordinal);
    let figures: Vec<_> = others.iter().map(|(at, _)| Figures::of(scope, *at)).collect();
    let all: Vec<u16> = own.years.iter().map(|one| one.year).collect();
    let has = |is_comparable: &dyn Fn(u16) -> bool| -> Vec<bool> {
        own.years.iter().map(|one| one.own.value.is_some() && is_comparable(one.year)).collect()
    };
    let (from, until) = (period.from.get(), period.until.map(Year::get));
    let before = ends(&all, &has(&|_| true), from, until).before.map(|at| all[at]);
    // Years on this side of a break say nothing of those on the other.
    let comparable = |year: u16| {
        let years = before.map(Year::new).and_then(Result::ok).zip(Year::new(year).ok());
        years.is_none_or(|(one, other)| indicator.comparable(one, other))
    };
    let Ends { after, .. } = ends(&all, &has(&comparable), from, until);
    let after = after.map(|at| all[at]);
    let values = |year: Option<u16>| -> Vec<Option<f64>> {
        figures.iter().map(|one| one.at(year?)).collect()
    };
    let (earlier, later) = (values(before), values(after));
    let known: Vec<bool> =
        earlier.iter().zip(&later).map(|(one, other)| one.is_some() && other.is_some()).collect();
    let count = known.iter().filter(|known| **known).count();
    if reason.is_none() {
        let is_broken = after.is_none() && ends(&all, &has(&|_| true), from, until).after.is_some();
        reason = why(scope, period, (before, after), is_broken, (count, others.len()));
    }
    // Areas with figures of both years; where these are too few the lines are of all.
    let is_member = |at: usize| count < LEAST || known[at];
    let members: Vec<&Figures> =
        figures.iter().enumerate().filter(|(at, _)| is_member(*at)).map(|(_, one)| one).collect();
    let changed = change(&own, (before, after), &earlier, &later).filter(|_| reason.is_none());
    let trend = trend(&own, &members, (before, after), &comparable);
    let mut areas: Vec<AlikeArea> = others
        .iter()
        .enumerate()
        .map(|(at, (place, distance))| AlikeArea {
            code: coverage.codes()[*place].clone(),
            name: coverage.name(*place).to_owned(),
            distance: fine(*distance),
            before: earlier[at],
            after: later[at],
            difference: None,
        })
        .collect();
    if let Some((_, found)) = &changed {
        let placed = areas.iter_mut().zip(&known).filter(|(_, known)| **known);
        for ((area, _), difference) in placed.zip(&found.placebo) {
            area.difference = Some(fine(*difference));
        }
    }
    let change = changed.zip(before.zip(after)).map(|(((from, to), found), (before, after))| {
        let has_ended = until.is_some_and(|until| until <= after);
        let beside = Beside::new(&found);
        ChangeBeside { before, after, has_ended, own_before: from, own_after: to, beside }
    });
    let mut study = BeforeAfterStudy {
        code: coverage.codes()[ordinal].clone(),
        name: coverage.name(ordinal).to_owned(),
        story,
        from: period.from,
        until: period.until,
        reading: reading(),
        years: own.years.iter().map(|one| year(one, &members, comparable(one.year))).collect(),
        account: account(scope, ordinal, &others, choice.as_ref()),
        choice,
        areas,
        trend,
        change,
        reason,
        sentences: Vec::new(),
    };
    study.sentences = sentences(scope, &study);
    Ok(study)
}

type Changed = ((f64, f64), Against);

/// The area's figures of both years, and its change against that of the others that have both.
fn change(
    own: &Figures,
    (before, after): (Option<u16>, Option<u16>),
    earlier: &[Option<f64>],
    later: &[Option<f64>],
) -> Option<Changed> {
    let (from, to) = (own.at(before?)?, own.at(after?)?);
    let changes: Vec<f64> =
        earlier.iter().zip(later).filter_map(|(from, to)| Some((*to)? - (*from)?)).collect();
    let found = against(to - from, &changes).ok().filter(|_| changes.len() >= LEAST)?;
    Some(((from, to), found))
}

/// The trend of the years before that the area has figures of; of the others those with figures of
/// all of them count.
fn trend(
    own: &Figures,
    members: &[&Figures],
    (before, after): (Option<u16>, Option<u16>),
    comparable: &dyn Fn(u16) -> bool,
) -> Option<TrendBefore> {
    let before = before?;
    let years: Vec<u16> = own.years.iter().map(|one| one.year).collect();
    let is_part = |year: &u16| *year <= before && comparable(*year) && own.at(*year).is_some();
    let years: Vec<u16> = years.into_iter().filter(is_part).collect();
    let of = |figures: &Figures| {
        let values: Option<Vec<f64>> = years.iter().map(|year| figures.at(*year)).collect();
        slope(&years, &values?)
    };
    let others: Vec<f64> = members.iter().filter_map(|one| of(one)).collect();
    let found = against(of(own)?, &others).ok().filter(|_| others.len() >= LEAST)?;
    let span = f64::from(after.unwrap_or(before).saturating_sub(before));
    Some(TrendBefore {
        years,
        beside: Beside::new(&found),
        differed: found.share() <= DIFFERS,
        continued: fine(found.difference * span),
    })
}

fn year(own: &ReadYear, members: &[&Figures], is_comparable: bool) -> BesideYear {
    let of = |figures: &&Figures| figures.at(own.year);
    let values: Vec<f64> = members.iter().filter_map(of).collect();
    let is_enough = values.len() >= LEAST;
    let of_values = |number: f64| is_enough.then(|| fine(number));
    let is_estimate = |figures: &Figures| {
        figures.years.iter().any(|one| one.year == own.year && one.own.is_estimate)
    };
    BesideYear {
        year: own.year,
        own: own.own.value,
        reason: own.own.reason,
        is_estimate: own.own.is_estimate || members.iter().any(|one| is_estimate(one)),
        is_comparable,
        mean: of_values(values.iter().sum::<f64>() / values.len().max(1) as f64),
        low: of_values(values.iter().copied().fold(f64::INFINITY, f64::min)),
        high: of_values(values.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
        count: values.len(),
    }
}

fn account(
    scope: &Scope<'_>,
    ordinal: usize,
    others: &[(usize, f64)],
    choice: Option<&Choice>,
) -> Account {
    let mut ordinals: Vec<usize> = others.iter().map(|(at, _)| *at).collect();
    ordinals.push(ordinal);
    ordinals.sort_unstable();
    let those = Scope { ordinals, ..scope.clone() };
    let values = those.values();
    let account = Account::new(
        &those,
        &text("voor en na", "before and after"),
        text(
            "verschil = (y_na − y_voor) − gemiddelde over de tien van (y_na − y_voor); dezelfde som voor elk van de tien tegen de andere negen geeft de rang; trend ervoor: helling van de kleinste-kwadratenlijn, per jaar",
            "difference = (y_after − y_before) − mean over the ten of (y_after − y_before); the same of each of the ten against the other nine gives the rank; trend before: slope of the least-squares line, a year",
        ),
        &["Card en Krueger 1994", "Abadie, Diamond en Hainmueller 2010"],
        |place| values.get(place).is_some_and(|value| value.is_finite()),
    )
    .noting(text(
        "Wat er nog meer veranderde, wie verhuisde en waarom juist hier iets is gedaan, staat niet in deze cijfers. Uitersten komen vanzelf iets terug: wie begint waar het slecht gaat, ziet vaak al daardoor verbetering.",
        "What else changed, who moved and why something was done just here is not in these figures. Extremes come back a little by themselves: who begins where it goes badly often sees improvement by that alone.",
    ))
    .noting(text(
        "Gebieden waarvan geen aanpak in de atlas staat kunnen er toch een hebben gehad.",
        "Areas of which no approach stands in the atlas may have had one all the same.",
    ));
    let names = scope.indicator.incomparable_with.iter().filter_map(|id| {
        let name = &scope.atlas.catalogue.get(id)?.name;
        Some((name.nl.as_str(), name.en.as_str()))
    });
    let (dutch, english): (Vec<_>, Vec<_>) = names.unzip();
    let account = if dutch.is_empty() {
        account
    } else {
        account.noting(text(
            format!("Niet te vergelijken met en hier buiten gehouden: {}.", dutch.join(", ")),
            format!("Not comparable with, and kept out: {}.", english.join(", ")),
        ))
    };
    let Some(choice) = choice else { return account };
    let years: std::collections::BTreeSet<u16> = choice.traits.iter().map(|one| one.year).collect();
    let years: Vec<_> = years.iter().map(ToString::to_string).collect();
    let years = years.join(", ");
    let (nl, en) = if choice.is_before {
        ("", "")
    } else {
        (
            "; die zijn niet van voor het begin, en wat er gedaan is kan ze veranderd hebben",
            "; these are not from before the beginning, and what was done may have changed them",
        )
    };
    account.noting(text(
        format!(
            "Welke gebieden het meest lijken volgt uit kenmerken van {years} op de indeling van {}{nl}.",
            choice.vintage
        ),
        format!(
            "Which areas are most alike follows from traits of {years} on the division of {}{en}.",
            choice.vintage
        ),
    ))
}
