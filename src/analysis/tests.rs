//! What holds of every measure: any input is refused or answered with finite numbers, and the number
//! of threads changes nothing.

use std::fmt::Debug;

use proptest::prelude::*;

use super::{
    AnalysisError, Transform, Weights, autocorrelation as auto, change, concentration as conc,
    inequality as ineq,
    segregation::{Composition, TwoGroups},
};

/// Numbers of every kind, common ones among them.
fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => (-3..20_i8).prop_map(f64::from),
        2 => Just(f64::NAN),
        1 => any::<f64>(),
        1 => prop::sample::select(vec![
            f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, -0.0,
        ]),
        2 => -2.0..2.0_f64,
    ]
}

fn assert_finite<T: Debug>(result: &Result<T, AnalysisError>) -> Result<(), TestCaseError> {
    if let Ok(found) = result {
        let text = format!("{found:?}");
        let word = text.split(|c: char| !c.is_alphanumeric()).find(|w| ["NaN", "inf"].contains(w));
        prop_assert!(word.is_none(), "{text}");
    }
    Ok(())
}

fn points(units: usize) -> Vec<[f64; 2]> {
    (0..units).map(|unit| [(unit % 4) as f64 * 500.0, (unit / 4) as f64 * 500.0]).collect()
}

proptest! {
    #[test]
    fn any_values_are_refused_or_give_finite_numbers(
        units in prop::collection::vec((any_number(), any_number(), 0..3_u32), 0..24),
        shape in any_number(),
    ) {
        let a: Vec<f64> = units.iter().map(|unit| unit.0).collect();
        let b: Vec<f64> = units.iter().map(|unit| unit.1).collect();
        let of: Vec<u32> = units.iter().map(|unit| unit.2).collect();
        let at = points(units.len());
        let few = auto::Permutations::fixed(9, 1).expect("in range");

        if let Ok(two) = TwoGroups::new(&a, &b) {
            assert_finite(&two.atkinson(shape))?;
            assert_finite(&two.proximity(&at, &b, shape))?;
            assert_finite(&two.proximity(&at, &vec![1e5; at.len()], 1000.0))?;
            assert_finite(&Ok((two.gini(), two.corrected_dissimilarity(), two.shares())))?;
            assert_finite(&Ok(conc::ConcentrationProfile::new(&two)))?;
            assert_finite(&conc::LandConcentration::new(&two, &b))?;
        }
        if let Ok(several) = Composition::new(&[&a, &b]) {
            assert_finite(&Ok((several.dissimilarity(), several.information_theory())))?;
            assert_finite(&Ok((several.gini(), several.normalised_exposure())))?;
            assert_finite(&Ok((several.squared_variation(), several.local_entropy())))?;
            assert_finite(&several.spatial(&at, shape))?;
            assert_finite(&several.decompose(&of))?;
            assert_finite(&Ok(conc::location_quotients(&several)))?;
        }
        assert_finite(&conc::location_quotient(&a, &b, shape))?;
        assert_finite(&conc::correlation_matrix(&[&a, &b]))?;
        let bad = conc::Unfavourable::High;
        assert_finite(&conc::stacking(&[(&a, &b, bad)], shape))?;

        for weights in [None, Some(&b[..])] {
            assert_finite(&ineq::theil(&a, weights, &of))?;
            assert_finite(&ineq::gini(&a, weights))?;
            assert_finite(&ineq::atkinson(&a, weights, shape))?;
            assert_finite(&ineq::gap(&a, weights).map(|gap| (gap.p10, gap.p90, gap.ratio())))?;
            assert_finite(&ineq::variance_split(&a, weights, &of))?;
            assert_finite(&ineq::sigma_convergence(&[&a, &b], weights))?;
        }
        assert_finite(&ineq::tenth_gap(&a, &b))?;
        for form in [ineq::Form::Levels, ineq::Form::Logarithms] {
            assert_finite(&ineq::beta_convergence(&a, &b, shape, form))?;
        }
        assert_finite(&change::changes(&a, &b, shape, true))?;
        assert_finite(&change::typology(&a, &b, &a, change::Thresholds::default()))?;

        let band = Weights::distance_band(&at, 600.0).expect("points");
        for transform in [Transform::Binary, Transform::RowStandardised] {
            assert_finite(&auto::moran(&a, &band, transform))?;
            assert_finite(&auto::moran_permuted(&a, &band, transform, few))?;
            assert_finite(&auto::geary(&a, &band, transform))?;
            assert_finite(&auto::geary_permuted(&a, &band, transform, few))?;
            assert_finite(&auto::bivariate_moran(&a, &b, &band, transform))?;
            for which in [auto::Getis::Neighbours, auto::Getis::WithItself] {
                assert_finite(&auto::local_getis(&a, &band, transform, which))?;
            }
        }
        assert_finite(&auto::general_g(&a, &band))?;
        assert_finite(&auto::join_counts(&a, &band))?;
        assert_finite(&auto::local_moran(&a, &band, few))?;
        assert_finite(&auto::empirical_bayes_rates(&a, &b))?;
        let known = Weights::k_nearest(&units.iter().map(|u| [u.0, u.1]).collect::<Vec<_>>(), 3);
        if let Ok(known) = known {
            assert_finite(&auto::moran(&a, &known, Transform::Binary))?;
        }
    }

    #[test]
    fn clusters_say_what_the_quadrants_say(
        values in prop::collection::vec(any_number(), 8..30), seed in any::<u64>(),
    ) {
        let weights = Weights::k_nearest(&points(values.len()), 3).expect("points");
        let permutations = auto::Permutations::adaptive(19, 199, seed).expect("in range");
        if let Ok(found) = auto::local_moran(&values, &weights, permutations) {
            let one = |adjustment| found.clusters(0.1, adjustment).expect("a level");
            let (plain, strict) =
                (one(auto::Adjustment::None), one(auto::Adjustment::FalseDiscovery));
            for ((unit, plain), strict) in found.units.iter().zip(&plain).zip(&strict) {
                match unit {
                    None => prop_assert_eq!(*plain, auto::Cluster::NoData),
                    Some(unit) if unit.neighbours == 0 => {
                        prop_assert_eq!(*plain, auto::Cluster::Isolated);
                    }
                    Some(unit) => {
                        let own = auto::Cluster::from(unit.quadrant);
                        prop_assert!(*plain == own || *plain == auto::Cluster::NotSignificant);
                        // What is left after the correction was there before it.
                        prop_assert!(*strict == auto::Cluster::NotSignificant || strict == plain);
                    }
                }
            }
        }
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let at = points(200);
    let values: Vec<f64> = (0..200_u32).map(|unit| f64::from(unit * unit % 97)).collect();
    let weights = Weights::k_nearest(&at, 5).expect("points");
    let permutations = auto::Permutations::adaptive(99, 9_999, 7).expect("in range");
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            (
                auto::local_moran(&values, &weights, permutations).expect("a map"),
                auto::moran_permuted(&values, &weights, Transform::Binary, permutations)
                    .expect("a map"),
            )
        })
    };
    assert_eq!(on(1), on(3));
}
