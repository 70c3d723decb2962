//! How the atlas makes an indicator from others.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{Catalogue, Direction, Indicator, Kind, Text};

/// How an indicator follows from others. What is computed is an indicator like any other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipe {
    /// Two counts by each other.
    Quotient(Quotient),
    /// A share by that of the country.
    LocationQuotient(LocationQuotient),
    /// Where neighbours are alike.
    Cluster(Cluster),
    /// How many disadvantages there are at once.
    Stacking(Stacking),
    /// The course of a score over the years.
    Typology(Typology),
    /// Whether a figure is above a limit.
    Above(Above),
}

/// How an indicator follows from two counts of the same area, year and division.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotient {
    /// The count above the line.
    pub numerator: SmolStr,
    /// The count below the line.
    pub denominator: SmolStr,
    /// Per how many of the denominator.
    pub per: u32,
    /// Below this denominator there is no figure: too few to say anything.
    pub least: u32,
}

/// How many times the share of the country a share is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocationQuotient {
    /// The share, in per cents.
    pub of: SmolStr,
    /// Below so many of what it is a share of there is no figure: its denominator, else residents.
    pub least: u32,
}

/// The cluster of local Moran that an area is the core of (Anselin 1995), with queen neighbours,
/// permutations and the correction of Benjamini and Hochberg: 1 low among low, 2 low among high,
/// 3 not to be told from chance, 4 high among low, 5 high among high.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    /// Of which figure.
    pub of: SmolStr,
}

impl Cluster {
    /// The seed of every permutation: the same figures give the same clusters, always.
    pub const SEED: u64 = 2024;
    /// At least so many permutations an area, and at most.
    pub const PERMUTATIONS: [u32; 2] = [999, 9_999];
    /// The share of chance among what is found, at most.
    pub const LEVEL: f64 = 0.05;
}

/// How many of some indicators lie in the least favourable part of the country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stacking {
    /// The indicators of which low is unfavourable.
    #[serde(default)]
    pub low: Vec<SmolStr>,
    /// The indicators of which high is.
    #[serde(default)]
    pub high: Vec<SmolStr>,
    /// Which part of the areas of the country counts as least favourable.
    pub part: f64,
    /// How many of the indicators must be known of an area.
    pub known: usize,
}

/// The course of a score from its first year to its last, on one division. What decides is
/// **our own**, since no thresholds were published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typology {
    /// The score; high is good.
    pub of: SmolStr,
    /// At most this is weak.
    pub weak: f64,
    /// A change no larger than this is none.
    pub band: f64,
    /// The year in between: the one nearest to it.
    pub between: u16,
}

/// 1 where a figure is above a limit, 0 where it is not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Above {
    /// The figure.
    pub of: SmolStr,
    /// The limit, in its unit.
    pub limit: f64,
}

impl Recipe {
    /// What it is called, as it stands in the catalogue.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Quotient(_) => "quotient",
            Self::LocationQuotient(_) => "location-quotient",
            Self::Cluster(_) => "cluster",
            Self::Stacking(_) => "stacking",
            Self::Typology(_) => "typology",
            Self::Above(_) => "above",
        }
    }

    /// The indicators that it takes.
    pub fn ingredients(&self) -> Vec<&SmolStr> {
        match self {
            Self::Quotient(Quotient { numerator, denominator, .. }) => vec![numerator, denominator],
            Self::LocationQuotient(LocationQuotient { of, .. })
            | Self::Cluster(Cluster { of })
            | Self::Typology(Typology { of, .. })
            | Self::Above(Above { of, .. }) => vec![of],
            Self::Stacking(Stacking { low, high, .. }) => low.iter().chain(high).collect(),
        }
    }

    /// How it is computed, with every number that decides.
    pub fn formula(&self) -> Text {
        let (nl, en) = match self {
            Self::Quotient(Quotient { numerator, denominator, per, least }) => (
                format!("{per} × {numerator} / {denominator}, vanaf {least} {denominator}"),
                format!("{per} × {numerator} / {denominator}, from {least} {denominator}"),
            ),
            Self::LocationQuotient(LocationQuotient { of, least }) => (
                format!(
                    "{of} hier / {of} van het land, vanaf {least} in de noemer; het land is het \
                     gemiddelde over de gebieden van hetzelfde niveau en jaar, gewogen naar de \
                     noemer van {of} (zonder noemer: inwoners)"
                ),
                format!(
                    "{of} here / {of} of the country, from {least} in the denominator; the \
                     country is the mean over the areas of the same level and year, weighed by the \
                     denominator of {of} (without one: residents)"
                ),
            ),
            Self::Cluster(Cluster { of }) => {
                let [least, most] = Cluster::PERMUTATIONS;
                let (seed, level) = (Cluster::SEED, 100.0 * Cluster::LEVEL);
                (
                    format!(
                        "lokale Moran's I van {of}; buren zijn gebieden met een punt gemeen \
                         (queen), elk telt even zwaar; tweezijdige p uit {least} tot {most} \
                         permutaties (zaad {seed}), Benjamini-Hochberg {level}%"
                    ),
                    format!(
                        "local Moran's I of {of}; neighbours are areas with a point in common \
                         (queen), each weighs the same; two-sided p from {least} to {most} \
                         permutations (seed {seed}), Benjamini-Hochberg {level}%"
                    ),
                )
            }
            Self::Stacking(Stacking { low, high, part, known }) => {
                let (low, high, part) = (low.join(", "), high.join(", "), 100.0 * part);
                (
                    format!(
                        "hoeveel van deze bij de ongunstigste {part}% van de gebieden van het land \
                         horen (kwantiel van type 7, gelijke waarden tellen mee), in hetzelfde \
                         jaar; laag is ongunstig: {low}; hoog is ongunstig: {high}; minstens \
                         {known} bekend"
                    ),
                    format!(
                        "how many of these are in the least favourable {part}% of the areas of the \
                         country (quantile of type 7, ties count), in the same year; low is \
                         unfavourable: {low}; high is unfavourable: {high}; at least {known} known"
                    ),
                )
            }
            Self::Typology(Typology { of, weak, band, between }) => (
                format!(
                    "{of} in het eerste jaar, het jaar het dichtst bij {between} en het laatste \
                     jaar op één indeling; zwak is hoogstens {weak}, een verschil tot en met \
                     {band} telt niet; beide grenzen zijn van wijkzicht"
                ),
                format!(
                    "{of} in the first year, the year nearest to {between} and the last year on \
                     one division; weak is at most {weak}, a difference up to {band} does not \
                     count; both limits are wijkzicht's own"
                ),
            ),
            Self::Above(Above { of, limit }) => (
                format!("1 waar {of} > {limit}, anders 0"),
                format!("1 where {of} > {limit}, else 0"),
            ),
        };
        Text { nl, en }
    }

    /// What the entry of `indicator` says against itself or against the catalogue, if anything. All
    /// ingredients are known to be there.
    pub(super) fn contradiction(
        &self,
        indicator: &Indicator,
        catalogue: &Catalogue,
    ) -> Option<String> {
        let ingredients: Vec<_> =
            self.ingredients().into_iter().filter_map(|id| catalogue.get(id)).collect();
        if let Some(own) = ingredients.iter().find(|one| {
            one.id == indicator.id
                || !matches!(one.derived, None | Some(Self::Quotient(_)))
                || (one.derived.is_some() && matches!(self, Self::Quotient(_)))
        }) {
            return Some(format!("{} is computed itself: what is computed of it is not", own.id));
        }
        if let Some(hidden) = ingredients.iter().find(|one| one.sensitive && !indicator.sensitive) {
            return Some(format!("{} is sensitive: so is what is computed of it", hidden.id));
        }
        let names = indicator.classes.as_ref().map_or(0, |classes| classes.names.len());
        let first = indicator.classes.as_ref().map(|classes| classes.first);
        let wants = |first_class: u8, count: usize| {
            let is_right =
                indicator.kind == Kind::Klasse && first == Some(first_class) && names == count;
            (!is_right).then(|| {
                format!(
                    "a {} is of kind klasse, with {count} classes from {first_class}",
                    self.name()
                )
            })
        };
        match self {
            Self::Quotient(Quotient { per, least, .. }) => (*per == 0 || *least == 0).then(|| {
                "a quotient is per at least one, of a denominator of at least one".to_owned()
            }),
            Self::LocationQuotient(LocationQuotient { least, .. }) => {
                let is_share = ingredients.iter().all(|one| one.kind == Kind::Aandeel);
                let is_mean = indicator.kind == Kind::Gemiddelde;
                (*least == 0 || !is_share || !is_mean).then(|| {
                    "a location quotient is of kind gemiddelde, of a share, from a denominator of at \
                     least one"
                        .to_owned()
                })
            }
            Self::Cluster(_) => {
                let of_class = ingredients.iter().any(|one| one.kind == Kind::Klasse);
                let told = || "a cluster is of numbers, not of classes".to_owned();
                of_class.then(told).or_else(|| wants(1, 5))
            }
            Self::Typology(Typology { weak, band, .. }) => {
                let is_sound = weak.is_finite() && band.is_finite() && *band >= 0.0;
                let is_good = ingredients.iter().all(|one| one.direction == Direction::Hoog);
                (!is_sound || !is_good)
                    .then(|| {
                        "a typology is of a score of which high is good, with a finite limit and a \
                         band of 0 or more"
                            .to_owned()
                    })
                    .or_else(|| wants(1, 5))
            }
            Self::Above(Above { limit, .. }) => {
                let told = || "a limit is a finite number".to_owned();
                (!limit.is_finite()).then(told).or_else(|| wants(0, 2))
            }
            Self::Stacking(rule) => rule
                .contradiction(&ingredients, catalogue)
                .or_else(|| wants(0, ingredients.len() + 1)),
        }
    }
}

impl Stacking {
    fn contradiction(&self, of: &[&Indicator], catalogue: &Catalogue) -> Option<String> {
        if !(self.part > 0.0 && self.part <= 0.5) {
            return Some("the least favourable part is above 0 and at most 0.5".to_owned());
        }
        if self.known == 0 || self.known > of.len() || of.len() < 2 {
            return Some(
                "a stacking is of two indicators or more, of which at least one is known"
                    .to_owned(),
            );
        }
        for (at, one) in of.iter().enumerate() {
            if one.sensitive || matches!(one.kind, Kind::Klasse | Kind::Aantal) {
                return Some(format!(
                    "{} is a count, a class or sensitive: it is never stacked",
                    one.id
                ));
            }
            let is_low = at < self.low.len();
            if (is_low && one.direction == Direction::Laag)
                || (!is_low && one.direction == Direction::Hoog)
            {
                let side = if is_low { "low" } else { "high" };
                return Some(format!("{side} is favourable of {}, by its own entry", one.id));
            }
            if let Some(other) = of[at + 1..].iter().find(|other| catalogue.overlap(one, other)) {
                return Some(format!(
                    "{} and {} tell partly the same by construction: they are never stacked",
                    one.id, other.id
                ));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
