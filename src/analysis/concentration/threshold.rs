//! How much lies above a threshold.

use crate::analysis::{AnalysisError, numbers::check_parameter, segregation::TwoGroups};

/// What lives where the group is common: "half of all poor children live in buurten with at least
/// 20 % poor children".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AboveThreshold {
    /// How many units have at least that share.
    pub units: usize,
    /// Of how many that are inhabited.
    pub inhabited: usize,
    /// Which part of the group lives in them, 0 to 1.
    pub group: f64,
    /// Which part of everybody.
    pub population: f64,
}

/// The units where the group is at least a share of 0 to 1. Linear.
///
/// # Errors
/// When the share is not from 0 to 1.
pub fn above_threshold(groups: &TwoGroups, share: f64) -> Result<AboveThreshold, AnalysisError> {
    check_parameter("the share", share, "from 0 to 1", (0.0..=1.0).contains(&share))?;
    let (mut units, mut group, mut population) = (0, 0.0, 0.0);
    for (x, t) in groups.inhabited_units().filter(|(x, t)| x / t >= share) {
        units += 1;
        group += x;
        population += t;
    }
    Ok(AboveThreshold {
        units,
        inhabited: groups.inhabited(),
        group: (group / groups.group_size()).min(1.0),
        population: (population / groups.population()).min(1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::concentration::ConcentrationProfile;

    #[test]
    fn it_is_a_point_of_the_profile() {
        let groups =
            TwoGroups::new(&[40.0, 10.0, 50.0], &[50.0, 100.0, 100.0]).expect("two groups");
        let profile = ConcentrationProfile::new(&groups);
        for share in [0.0, 0.1, 0.3, 0.5, 0.8, 1.0] {
            let above = above_threshold(&groups, share).expect("a share");
            assert_eq!(above.group, profile.part_at_least(share));
        }
        let half = above_threshold(&groups, 0.5).expect("a share");
        assert_eq!((half.units, half.inhabited, half.population), (2, 3, 0.6));
        assert!(above_threshold(&groups, f64::NAN).is_err());
    }
}
