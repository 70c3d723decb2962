//! Who counts as a neighbour.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    analysis::{AnalysisError, Weights},
    area::Text,
};

use super::{Scope, text};

/// How many others are the nearest.
const NEAREST: usize = 6;

/// Who counts as a neighbour, and how much. All within some distance is not among them: in a town
/// these are hundreds, and drawing as many for every area takes longer than anybody waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Neighbourship {
    /// Who shares at least a point of the border (queen).
    #[default]
    Punt,
    /// Who shares a stretch of border (rook).
    Grens,
    /// The same, weighed by its length.
    Lengte,
    /// The six whose middles are nearest.
    Naaste,
}

impl Neighbourship {
    /// All of them, the usual one first.
    pub const ALL: [Self; 4] = [Self::Punt, Self::Grens, Self::Lengte, Self::Naaste];

    /// As it stands in addresses.
    pub fn id(self) -> &'static str {
        match self {
            Self::Punt => "punt",
            Self::Grens => "grens",
            Self::Lengte => "lengte",
            Self::Naaste => "naaste",
        }
    }

    /// The one of an id.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.id() == id)
    }

    /// What it means, as an account tells it.
    pub fn name(self) -> Text {
        match self {
            Self::Punt => text(
                "Buren delen ten minste een punt van hun grens.",
                "Neighbours share at least a point of their border.",
            ),
            Self::Grens => text(
                "Buren delen een stuk grens; een hoek alleen telt niet.",
                "Neighbours share a stretch of border; a corner alone does not count.",
            ),
            Self::Lengte => text(
                "Buren delen een stuk grens, en wegen naar de lengte ervan.",
                "Neighbours share a stretch of border, and weigh by its length.",
            ),
            Self::Naaste => text(
                "Buren zijn de zes gebieden waarvan het midden het dichtst bij ligt.",
                "Neighbours are the six areas whose middles are nearest.",
            ),
        }
    }

    /// The links between the areas of a scope, in the order of its ordinals. What shares a border is
    /// found on all areas of the division, so that a gap makes no new neighbours; links to areas
    /// outside the scope fall away.
    ///
    /// # Errors
    /// When there are too many links to compute with.
    pub(super) fn weights(self, scope: &Scope<'_>) -> Result<Weights, AnalysisError> {
        let coverage = scope.series.coverage;
        let among = |weights: Weights| {
            let mut keep = vec![false; coverage.len()];
            scope.ordinals.iter().for_each(|&at| keep[at] = true);
            weights.keep(&keep)
        };
        match self {
            Self::Punt => among(Weights::queen(coverage.neighbours())),
            Self::Grens => among(Weights::rook(coverage.neighbours())),
            Self::Lengte => among(Weights::border_length(coverage.neighbours())),
            Self::Naaste => Weights::k_nearest(&scope.centroids(), NEAREST),
        }
    }
}
