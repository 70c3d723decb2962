//! Segregation and concentration.

use serde_json::Value as Json;
use wijkzicht::analysis::{
    Transform,
    concentration::{ConcentrationProfile, LandConcentration, location_quotients},
    segregation::{Composition, TwoGroups},
};

use crate::case::{Units, close, gappy, maybe, numbers, one, told};

/// Judges a case of segregation; `None` where it is of something else.
pub(crate) fn judge(units: &Units, case: &Json) -> Option<Result<(), String>> {
    let params = &case["params"];
    let statistic = case["statistic"].as_str()?;
    if !params["group"].is_null() {
        return Some(two_groups(units, case, statistic));
    }
    params["groups"].is_array().then(|| several(units, case, statistic))
}

fn two_groups(units: &Units, case: &Json, statistic: &str) -> Result<(), String> {
    let params = &case["params"];
    let (group, total) = (units.column(&params["group"])?, units.column(&params["total"])?);
    let groups = told(TwoGroups::new(&group, &total))?;
    let land = || told(LandConcentration::new(&groups, &units.areas));
    let near = || told(groups.proximity(&units.centroids, &units.areas, 1000.0));
    let got = match statistic {
        "D" => groups.dissimilarity(),
        "xPx" => groups.isolation(),
        "xPy" => groups.exposure(),
        "eta2" => groups.correlation_ratio(),
        "gini" => groups.gini(),
        "H" => groups.information_theory(),
        "atkinson_05" => told(groups.atkinson(0.5))?,
        "delta" => land()?.delta,
        "absolute_concentration" => return maybe(case, "", land()?.absolute),
        "relative_concentration" => return maybe(case, "", land()?.relative),
        "concentration_profile" => return profile(&groups, case),
        "spatial_dissimilarity" | "boundary_spatial_dissimilarity" => {
            let is_standard = params["row_standardize"] == Json::Bool(true);
            let transform = if is_standard { Transform::RowStandardised } else { Transform::Raw };
            told(groups.spatial_dissimilarity(&units.weights(&params["weights"])?, transform))?
        }
        "spatial_proximity" => near()?.spatial_proximity,
        "absolute_clustering" => near()?.absolute_clustering,
        "relative_clustering" => near()?.relative_clustering,
        "distance_decay_isolation" => near()?.isolation,
        "distance_decay_exposure" => near()?.exposure,
        other => return Err(format!("{other} is not covered")),
    };
    one(case, "", got)
}

fn profile(groups: &TwoGroups, case: &Json) -> Result<(), String> {
    let (profile, expected) = (ConcentrationProfile::new(groups), &case["expected"]);
    one(case, "R", profile.ratio())?;
    let thresholds = numbers(&expected["thresholds"])?;
    let curve: Vec<f64> = thresholds.iter().map(|&share| profile.part_at_least(share)).collect();
    close(case, "curve", &curve, &numbers(&expected["curve"])?)
}

fn several(units: &Units, case: &Json, statistic: &str) -> Result<(), String> {
    let (params, expected) = (&case["params"], &case["expected"]);
    let names = params["groups"].as_array().ok_or("no groups")?;
    let groups: Result<Vec<_>, _> = names.iter().map(|name| units.column(name)).collect();
    let groups = groups?;
    let groups: Vec<&[f64]> = groups.iter().map(Vec::as_slice).collect();
    let all = told(Composition::new(&groups))?;
    let got =
        match statistic {
            "multigroup_D" => all.dissimilarity(),
            "multigroup_H" => all.information_theory(),
            "multigroup_R" => all.relative_diversity(),
            "multigroup_gini" => all.gini(),
            "multigroup_norm_exposure" => all.normalised_exposure(),
            "multigroup_E" => all.entropy(),
            "multigroup_I" => all.interaction(),
            "MultiDivergence" => all.divergence(),
            "MultiSquaredCoefVar" => all.squared_variation(),
            "SimpsonsConcentration" => all.simpson_concentration(),
            "local_entropy" => return gappy(case, "entropy", &all.local_entropy(), expected),
            "location_quotient" => {
                let expected = expected.as_array().ok_or("no quotients")?;
                let rows = location_quotients(&all);
                return rows
                    .iter()
                    .zip(expected)
                    .try_for_each(|(row, expected)| gappy(case, "quotients", row, expected));
            }
            "spatial_information_theory" => {
                let radius = params["bandwidth_m"].as_f64().ok_or("no bandwidth")?;
                let spatial = told(all.spatial(&units.centroids, radius))?;
                one(case, "H", spatial.information_theory)?;
                one(case, "D", spatial.dissimilarity)?;
                let rows = expected["exposure_matrix"].as_array().ok_or("no matrix")?;
                return spatial.exposure.iter().zip(rows).try_for_each(|(row, expected)| {
                    close(case, "exposure", row, &numbers(expected)?)
                });
            }
            other => return Err(format!("{other} is not covered")),
        };
    one(case, "", got)
}
