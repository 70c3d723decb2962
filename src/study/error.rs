//! Why a study has no outcome, and what would do.

use crate::{
    analysis::AnalysisError,
    area::{Text, Year},
};

use super::text;

/// Why a study has no outcome.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StudyError {
    /// A group is asked for, and the indicator counts none.
    #[error("{indicator} is neither a share nor a count")]
    NoGroup {
        /// The indicator.
        indicator: String,
    },
    /// There is nothing to count the group in.
    #[error("{indicator} has no denominator in this year")]
    NoDenominator {
        /// The indicator.
        indicator: String,
    },
    /// A class neither adds up nor has differences.
    #[error("{indicator} has classes and no numbers")]
    Classes {
        /// The indicator.
        indicator: String,
    },
    /// A class or a count has no less favourable end.
    #[error("{indicator} is neither a share nor a mean nor a score")]
    NoShare {
        /// The indicator.
        indicator: String,
    },
    /// One is made of the other.
    #[error("{one} and {other} overlap")]
    Overlap {
        /// The first.
        one: String,
        /// The second.
        other: String,
    },
    /// A score of which high is good is asked for.
    #[error("{indicator} is no score of which high is good")]
    NoScore {
        /// The indicator.
        indicator: String,
    },
    /// There are figures of too few years.
    #[error("{indicator} has figures of {got} years on this division, of {needed} needed")]
    Years {
        /// The indicator.
        indicator: String,
        /// How many there are.
        got: usize,
        /// How many it takes.
        needed: usize,
    },
    /// There are no figures of a year.
    #[error("{indicator} has no figures of {year} on this division")]
    Year {
        /// The indicator.
        indicator: String,
        /// The year.
        year: Year,
    },
    /// The two years are the same, or the wrong way round.
    #[error("{from} is not before {to}")]
    Order {
        /// The first.
        from: Year,
        /// The last.
        to: Year,
    },
    /// A change in what it means lies between the years.
    #[error("{indicator} means something else from {from}")]
    Break {
        /// The indicator.
        indicator: String,
        /// The first year of the new meaning.
        from: Year,
    },
    /// The figures do not allow it.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
}

impl StudyError {
    /// What is wrong and what would do, as visitors read it.
    pub fn explain(&self) -> Text {
        match self {
            Self::NoGroup { indicator } => text(
                format!(
                    "{indicator} telt geen groep: kies een onderwerp dat een aandeel of een aantal is"
                ),
                format!("{indicator} counts no group: choose a topic that is a share or a count"),
            ),
            Self::NoDenominator { indicator } => text(
                format!(
                    "bij {indicator} ontbreekt het aantal waar het een deel van is (en het aantal inwoners); kies een ander jaar of onderwerp"
                ),
                format!(
                    "what {indicator} is a part of is not known (nor are the residents); choose another year or topic"
                ),
            ),
            Self::Classes { indicator } => text(
                format!("{indicator} heeft klassen en geen getallen; kies de score zelf"),
                format!("{indicator} has classes and no numbers; choose the score itself"),
            ),
            Self::NoShare { indicator } => text(
                format!(
                    "{indicator} telt of heeft klassen; kies een aandeel, een gemiddelde of een score"
                ),
                format!("{indicator} counts or has classes; choose a share, a mean or a score"),
            ),
            Self::Overlap { one, other } => text(
                format!(
                    "{one} en {other} bevatten elkaar: samen zou hetzelfde twee keer tellen; kies er een van"
                ),
                format!(
                    "{one} and {other} contain one another: together the same would count twice; choose one of them"
                ),
            ),
            Self::NoScore { indicator } => text(
                format!(
                    "{indicator} is geen score waarvan hoog goed is; kies de leefbaarheid of een dimensie"
                ),
                format!(
                    "{indicator} is no score of which high is good; choose liveability or one of its dimensions"
                ),
            ),
            Self::Years { indicator, got, needed } => text(
                format!(
                    "van {indicator} zijn er op deze indeling cijfers van {got} jaar, en er zijn er {needed} nodig"
                ),
                format!(
                    "of {indicator} there are figures of {got} years on this division, and {needed} are needed"
                ),
            ),
            Self::Year { indicator, year } => text(
                format!("van {indicator} zijn er op deze indeling geen cijfers van {year}"),
                format!("of {indicator} there are no figures of {year} on this division"),
            ),
            Self::Order { from, to } => text(
                format!("{from} ligt niet voor {to}; kies een eerder beginjaar"),
                format!("{from} is not before {to}; choose an earlier first year"),
            ),
            Self::Break { indicator, from } => text(
                format!(
                    "{indicator} betekent vanaf {from} iets anders; kies twee jaren ervoor of erna"
                ),
                format!(
                    "{indicator} means something else from {from} on; choose two years before or after it"
                ),
            ),
            Self::Analysis(error) => explain(error),
        }
    }
}

fn explain(error: &AnalysisError) -> Text {
    match error {
        AnalysisError::TooFewUnits { got, needed } => text(
            format!(
                "er zijn {got} gebieden met de cijfers die nodig zijn, en minstens {needed} is nodig; kies meer gebieden of een fijner niveau"
            ),
            format!(
                "{got} areas have the figures that are needed, and it takes at least {needed}; choose more areas or a finer level"
            ),
        ),
        AnalysisError::GroupAboveTotal { .. } => text(
            "een groep is groter dan het geheel waar zij bij hoort: deze cijfers passen niet bij elkaar",
            "a group is larger than the whole that it belongs to: these figures do not fit together",
        ),
        AnalysisError::NoDenominator { .. } => text(
            "hier woont volgens de cijfers niemand: er is niets om door te delen",
            "nobody lives here by the figures: there is nothing to divide by",
        ),
        AnalysisError::NoGroup => text(
            "niemand hier hoort tot de groep; kies meer gebieden of een ander onderwerp",
            "nobody here belongs to the group; choose more areas or another topic",
        ),
        AnalysisError::OnlyGroup => text(
            "iedereen hier hoort tot de groep: er is niemand om mee te vergelijken",
            "everybody here belongs to the group: there is nobody to compare with",
        ),
        AnalysisError::Constant => text(
            "alle gebieden hebben hetzelfde cijfer: er zijn geen verschillen",
            "all areas have the same figure: there are no differences",
        ),
        AnalysisError::NoLinks => text(
            "geen gebied met een cijfer heeft een buur met een cijfer; kies meer gebieden",
            "no area with a figure has a neighbour with a figure; choose more areas",
        ),
        AnalysisError::NotPositive { .. } | AnalysisError::Negative { .. } => text(
            "onder de cijfers zijn er kleiner dan nul, en deze maat kan daar niets mee; kies de kloof in verschillen",
            "some figures are below zero, of which this measure makes nothing; choose differences",
        ),
        other => text(
            format!("deze cijfers laten het niet toe ({other})"),
            format!("these figures do not allow it ({other})"),
        ),
    }
}
