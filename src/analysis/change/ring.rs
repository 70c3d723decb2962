//! What lies around a set of units.

use crate::analysis::{AnalysisError, Weights};

/// How many steps over neighbours each unit is from a set: 0 in it, 1 beside it, up to `most`; `None`
/// further away, and where no way leads. Linear in the links.
///
/// # Errors
/// When the set has not one entry a unit.
pub fn rings(
    set: &[bool],
    weights: &Weights,
    most: u32,
) -> Result<Vec<Option<u32>>, AnalysisError> {
    AnalysisError::check_length("the set", set.len(), weights.len())?;
    let mut steps: Vec<Option<u32>> = set.iter().map(|is_in| is_in.then_some(0)).collect();
    let mut edge: Vec<u32> = (0..set.len() as u32).filter(|unit| set[*unit as usize]).collect();
    for step in 1..=most {
        let mut next = Vec::new();
        for unit in edge {
            for &neighbour in weights.neighbours(unit as usize) {
                if let Some(entry @ None) = steps.get_mut(neighbour as usize) {
                    *entry = Some(step);
                    next.push(neighbour);
                }
            }
        }
        if next.is_empty() {
            break;
        }
        edge = next;
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_counted_from_the_nearest_of_the_set() {
        let points: Vec<[f64; 2]> = (0..6).map(|x| [f64::from(x), 0.0]).collect();
        let weights = Weights::distance_band(&points, 1.0).expect("points");
        let set = [true, false, false, false, false, false];
        let steps = rings(&set, &weights, 3).expect("one a unit");
        assert_eq!(steps, [Some(0), Some(1), Some(2), Some(3), None, None]);
        assert_eq!(rings(&[false; 6], &weights, u32::MAX).expect("one a unit"), [None; 6]);
        assert!(rings(&[true], &weights, 1).is_err());
    }
}
