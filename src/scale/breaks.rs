//! Breaks: the upper bounds of all classes but the highest.

use super::{
    Method, deviation_multiples, equal_intervals, natural_breaks, quantiles, standard_deviations,
};

/// The breaks that a method makes of `values` for at most `classes` classes, ascending: the upper
/// bounds of all classes but the highest, so that there is one class more than there are breaks.
/// A method may return fewer classes than asked; never two equal breaks, and never one at or above
/// the highest value but by [`Method::Standaarddeviatie`], whose bounds have a meaning of their
/// own. Values that are not finite are left out.
///
/// `None` without values, and for [`Method::Publicatie`] and [`Method::Eigen`], whose breaks the
/// catalogue or the asker holds.
pub fn breaks(method: Method, values: &[f64], classes: usize) -> Option<Vec<f64>> {
    match method {
        Method::Publicatie | Method::Eigen => None,
        Method::Kwantielen => quantiles(values, classes),
        Method::GelijkeIntervallen => equal_intervals(values, classes),
        Method::NatuurlijkeGrenzen => natural_breaks(values, classes),
        Method::Standaarddeviatie => {
            let multiples: Vec<f64> =
                deviation_multiples(classes).into_iter().map(f64::from).collect();
            standard_deviations(values, &multiples)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{HeadTailStop, boxplot, head_tail, percentiles, pretty};
    use super::*;
    use proptest::prelude::*;

    /// Every way to compute breaks that there is, for k classes where it takes a number.
    fn every_way(values: &[f64], k: usize) -> Vec<(&'static str, Option<Vec<f64>>)> {
        vec![
            ("quantiles", breaks(Method::Kwantielen, values, k)),
            ("equal intervals", breaks(Method::GelijkeIntervallen, values, k)),
            ("natural breaks", breaks(Method::NatuurlijkeGrenzen, values, k)),
            ("standard deviation", breaks(Method::Standaarddeviatie, values, k)),
            ("head/tail", head_tail(values, HeadTailStop::Never)),
            ("head/tail 1.0", head_tail(values, HeadTailStop::Share(0.4))),
            ("head/tail 2.0", head_tail(values, HeadTailStop::MeanShare(0.4))),
            ("pretty", pretty(values, k)),
            ("box plot", boxplot(values, 1.5)),
            ("percentiles", percentiles(values, &[1.0, 10.0, 50.0, 90.0, 99.0])),
        ]
    }

    /// How many of the breaks lie below each value.
    fn classes(breaks: &[f64], values: &[f64]) -> Vec<usize> {
        values.iter().map(|v| breaks.partition_point(|bound| bound < v)).collect()
    }

    #[test]
    fn without_values_there_are_no_breaks() {
        for values in [&[][..], &[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]] {
            for (way, got) in every_way(values, 5) {
                assert_eq!(got, None, "{way}");
            }
        }
    }

    #[test]
    fn one_value_however_often_is_one_class() {
        let tiny = f64::from_bits(1);
        for value in [0.0, -0.0, 0.1, -7.0, tiny, f64::MAX, f64::MIN] {
            for count in [1, 2, 3, 100] {
                for (way, got) in every_way(&vec![value; count], 5) {
                    assert_eq!(got, Some(vec![]), "{way} of {count} times {value}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn breaks_ascend_and_every_value_has_one_class(
            values in prop::collection::vec(
                prop_oneof![
                    prop::num::f64::ANY,
                    (-20..20_i32).prop_map(f64::from),
                    (-9..9_i32).prop_map(|v| f64::from(v) * 1e-9),
                ],
                0..60,
            ),
            k in 0..12_usize,
        ) {
            let mut finite: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
            finite.sort_unstable_by(f64::total_cmp);
            for (way, got) in every_way(&values, k) {
                prop_assert_eq!(got.is_some(), !finite.is_empty(), "{}", way);
                let got = got.unwrap_or_default();
                prop_assert!(got.iter().all(|b| b.is_finite()), "{way}: {got:?}");
                prop_assert!(got.is_sorted_by(|a, b| a < b), "{way}: {got:?}");
                // Right-closed intervals that share out the line: exactly one holds a value.
                for value in &finite {
                    let holding = (0..=got.len()).filter(|&class| {
                        let above = class == 0 || got[class - 1] < *value;
                        above && got.get(class).is_none_or(|upper| value <= upper)
                    });
                    prop_assert_eq!(holding.count(), 1, "{}: {} in {:?}", way, value, got);
                }
                if !["standard deviation", "box plot"].contains(&way) {
                    let max = finite.last().copied().unwrap_or(f64::INFINITY);
                    prop_assert!(got.iter().all(|bound| *bound < max), "{way}: {got:?}");
                }
                if !way.starts_with("head") && !["pretty", "box plot", "percentiles"].contains(&way)
                {
                    prop_assert!(got.len() < k.max(1), "{way}: {got:?} for {k}");
                }
            }
        }

        #[test]
        fn the_order_of_the_values_does_not_matter(
            values in prop::collection::vec(-1_000..1_000_i32, 1..60).prop_shuffle(),
            k in 2..10_usize,
        ) {
            let values: Vec<f64> = values.into_iter().map(|v| f64::from(v) / 7.0).collect();
            let mut sorted = values.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            prop_assert_eq!(every_way(&values, k), every_way(&sorted, k));
        }

        /// All but round numbers, which are round in one unit only.
        #[test]
        fn another_unit_or_zero_makes_the_same_classes(
            values in prop::collection::vec(0..4_096_i32, 2..60),
            k in 2..10_usize,
            shift in -4_096..4_096_i32,
            power in -8..8_i32,
        ) {
            // Whole numbers times a power of two: nothing is rounded on the way.
            let plain: Vec<f64> = values.iter().copied().map(f64::from).collect();
            let factor = f64::from(power).exp2();
            let moved: Vec<f64> =
                plain.iter().map(|v| (v + f64::from(shift)) * factor).collect();
            for ((way, a), (_, b)) in every_way(&plain, k).into_iter().zip(every_way(&moved, k)) {
                let (a, b) = (a.unwrap_or_default(), b.unwrap_or_default());
                if way == "pretty" {
                    continue;
                }
                prop_assert_eq!(a.len(), b.len(), "{}: {:?} {:?}", way, a, b);
                for (a, b) in a.iter().zip(&b) {
                    let expected = (a + f64::from(shift)) * factor;
                    prop_assert!((b - expected).abs() <= 1e-9 * factor, "{way}: {b} {expected}");
                }
                // A value nearer to a bound than its rounding may stand on either side of it.
                let apart = classes(&a, &plain)
                    .into_iter()
                    .zip(classes(&b, &moved))
                    .zip(&plain)
                    .filter(|((a, b), _)| a != b)
                    .filter(|(_, v)| a.iter().all(|bound| (*bound - **v).abs() > 1e-9));
                prop_assert_eq!(apart.count(), 0, "{}", way);
            }
        }
    }
}
