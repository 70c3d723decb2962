//! Location quotients: how many times the share of the whole.

use crate::analysis::{AnalysisError, segregation::Composition};

/// LQᵢ = (xᵢ/tᵢ) / P, with P the share of the group in the reference: 2.1 is "2.1 times the share of
/// the country". `None` where a count is missing or nobody lives. Weighed by people its mean over
/// the units of the reference is 1. Linear.
///
/// # Errors
/// When the lists differ in length, or the share of the reference is not above zero and at most 1.
pub fn location_quotient(
    group: &[f64],
    total: &[f64],
    reference: f64,
) -> Result<Vec<Option<f64>>, AnalysisError> {
    AnalysisError::check_length("the totals", total.len(), group.len())?;
    if !(reference > 0.0 && reference <= 1.0) {
        return Err(if reference == 0.0 {
            AnalysisError::NoGroup
        } else {
            AnalysisError::Parameter {
                what: "the share of the reference",
                got: reference,
                allowed: "above 0, at most 1",
            }
        });
    }
    let one =
        |(&x, &t): (&f64, &f64)| Some(x / t / reference).filter(|lq| lq.is_finite() && *lq >= 0.0);
    Ok(group.iter().zip(total).map(one).collect())
}

/// LQᵢₘ = pᵢₘ/Pₘ of every given group, unit by unit, with all units as the reference; `None` where
/// nobody lives and for a group without members. Linear.
pub fn location_quotients(composition: &Composition) -> Vec<Vec<Option<f64>>> {
    composition
        .units()
        .map(|(counts, total)| {
            let mut row = vec![None; composition.groups()];
            for ((group, count), whole) in
                composition.present().iter().zip(counts).zip(composition.shares())
            {
                if let Some(entry) = row.get_mut(*group).filter(|_| total > 0.0) {
                    *entry = Some(count / total / whole);
                }
            }
            row
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_over_people_is_one() {
        let (group, total) = ([12.5, 0.0, 37.5, f64::NAN, 0.0], [100.0, 50.0, 50.0, 10.0, 0.0]);
        let lq = location_quotient(&group, &total, 0.25).expect("a share");
        assert_eq!(lq[..3], [Some(0.5), Some(0.0), Some(3.0)]);
        assert_eq!(lq[3..], [None, None]);
        let people: f64 = lq.iter().flatten().zip(total).map(|(lq, t)| lq * t).sum();
        assert!((people / 200.0 - 1.0).abs() < 1e-12);
        for reference in [0.0, -1.0, 1.5, f64::NAN] {
            assert!(location_quotient(&group, &total, reference).is_err());
        }
    }
}
