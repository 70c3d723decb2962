//! Classes by standard deviations from the mean.

use super::moments::mean_and_deviation;
use crate::area::Text;

/// Breaks at the mean plus each of `multiples`, ascending, times the standard deviation (that of
/// a sample: over n - 1).
///
/// As [`breaks`](super::breaks), but a bound has a meaning of its own: classes below the lowest or
/// above the highest value are kept, empty. A constant column is one class, as are numbers that
/// cannot hold the bounds apart. `None` without values. O(n).
pub fn standard_deviations(values: &[f64], multiples: &[f64]) -> Option<Vec<f64>> {
    let finite: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    finite.first()?;
    let (mean, deviation) = mean_and_deviation(&finite);
    let breaks: Vec<f64> = deviation
        .into_iter()
        .flat_map(|deviation| multiples.iter().map(move |m| mean + m * deviation + 0.0))
        .collect();
    let fits = breaks.iter().all(|bound| bound.is_finite()) && breaks.is_sorted_by(|a, b| a < b);
    Some(if fits { breaks } else { Vec::new() })
}

/// The multiples that bound that many classes: around the mean where their number is odd (-2, -1,
/// 1, 2 for five), from the mean on where it is even (-1, 0, 1 for four).
pub fn deviation_multiples(classes: usize) -> Vec<i32> {
    let bounds = i32::try_from(classes.saturating_sub(1)).unwrap_or(i32::MAX);
    let reach = bounds.div_euclid(2);
    (-reach..=reach).filter(|multiple| *multiple != 0 || bounds % 2 == 1).collect()
}

/// What the classes between [`deviation_multiples`] are called, the lowest first: one name more
/// than there are multiples.
pub fn deviation_names(multiples: &[i32]) -> Vec<Text> {
    let lower = std::iter::once(None).chain(multiples.iter().copied().map(Some));
    let upper = multiples.iter().copied().map(Some).chain(std::iter::once(None));
    lower.zip(upper).map(|(lower, upper)| name(lower, upper)).collect()
}

fn name(lower: Option<i32>, upper: Option<i32>) -> Text {
    let text = |nl: String, en: String| Text { nl, en };
    let units = |count: i32| match count.abs() {
        1 => ("standaardafwijking", "standard deviation"),
        _ => ("standaardafwijkingen", "standard deviations"),
    };
    // The side of the mean that the class lies on; a bound at the mean itself belongs to both.
    let side = |is_below: bool| {
        if is_below {
            ("onder het gemiddelde", "below the mean")
        } else {
            ("boven het gemiddelde", "above the mean")
        }
    };
    match (lower, upper) {
        (None, None) => text("alle waarden".into(), "all values".into()),
        (Some(0), None) | (None, Some(0)) => {
            let (nl, en) = side(lower.is_none());
            text(nl.into(), en.into())
        }
        (Some(m), None) | (None, Some(m)) => {
            let ((nl, en), (nl_side, en_side)) = (units(m), side(lower.is_none()));
            let count = m.abs();
            text(
                format!("meer dan {count} {nl} {nl_side}"),
                format!("more than {count} {en} {en_side}"),
            )
        }
        (Some(low), Some(high)) if low < 0 && high > 0 => {
            let (nl, en) = units(high);
            text(
                format!("binnen {high} {nl} van het gemiddelde"),
                format!("within {high} {en} of the mean"),
            )
        }
        (Some(low), Some(high)) => {
            let (near, far) = (low.abs().min(high.abs()), low.abs().max(high.abs()));
            let ((nl, en), (nl_side, en_side)) = (units(far), side(low < 0));
            if near == 0 {
                text(format!("tot {far} {nl} {nl_side}"), format!("up to {far} {en} {en_side}"))
            } else {
                text(
                    format!("{near} tot {far} {nl} {nl_side}"),
                    format!("{near} to {far} {en} {en_side}"),
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FOUR: [f64; 4] = [-2.0, -1.0, 1.0, 2.0];

    #[test]
    fn bounds_lie_where_they_belong_also_beyond_the_values() {
        let got = standard_deviations(&[1.0, 1.0, f64::NAN, 1.0, 9.0], &FOUR);
        assert_eq!(got, Some(vec![-5.0, -1.0, 7.0, 11.0]));
    }

    #[test]
    fn what_does_not_vary_is_one_class() {
        let one_class = Some(vec![]);
        assert_eq!(standard_deviations(&[0.1; 9], &FOUR), one_class);
        assert_eq!(standard_deviations(&[5.0], &FOUR), one_class);
        assert_eq!(standard_deviations(&[f64::MAX, f64::MIN], &FOUR), one_class);
        assert_eq!(standard_deviations(&[1e17, 1e17, 1e17_f64.next_up()], &[1.0, 1.1]), one_class);
        assert_eq!(standard_deviations(&[f64::INFINITY], &FOUR), None);
    }

    #[test]
    fn every_number_of_classes_has_its_multiples_and_names() {
        assert_eq!(deviation_multiples(5), [-2, -1, 1, 2]);
        assert_eq!(deviation_multiples(4), [-1, 0, 1]);
        assert_eq!(deviation_multiples(2), [0]);
        assert!(deviation_multiples(0).is_empty());
        for classes in 1..=9 {
            let multiples = deviation_multiples(classes);
            let mut names = deviation_names(&multiples);
            assert_eq!((multiples.len() + 1, names.len()), (classes, classes));
            names.dedup();
            assert_eq!(names.len(), classes, "{names:?}");
        }
        let dutch = |classes| -> Vec<String> {
            let names = deviation_names(&deviation_multiples(classes));
            names.into_iter().map(|name| name.nl).collect()
        };
        assert_eq!(
            dutch(5),
            [
                "meer dan 2 standaardafwijkingen onder het gemiddelde",
                "1 tot 2 standaardafwijkingen onder het gemiddelde",
                "binnen 1 standaardafwijking van het gemiddelde",
                "1 tot 2 standaardafwijkingen boven het gemiddelde",
                "meer dan 2 standaardafwijkingen boven het gemiddelde",
            ]
        );
        assert_eq!(
            dutch(4),
            [
                "meer dan 1 standaardafwijking onder het gemiddelde",
                "tot 1 standaardafwijking onder het gemiddelde",
                "tot 1 standaardafwijking boven het gemiddelde",
                "meer dan 1 standaardafwijking boven het gemiddelde",
            ]
        );
        assert_eq!(dutch(2), ["onder het gemiddelde", "boven het gemiddelde"]);
    }

    proptest! {
        #[test]
        fn the_bounds_mirror_each_other_around_the_mean(
            values in prop::collection::vec(-1_000..1_000_i32, 2..80),
        ) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let breaks = standard_deviations(&values, &FOUR).expect("values");
            for (low, high) in breaks.iter().zip(breaks.iter().rev()) {
                prop_assert!((low + high - 2.0 * mean).abs() < 1e-9, "{breaks:?} around {mean}");
            }
            // Chebyshev: at most a quarter of the values lies beyond two deviations.
            let beyond = values.iter().filter(|value| {
                breaks.first().is_some_and(|low| *value < low)
                    || breaks.last().is_some_and(|high| *value > high)
            });
            prop_assert!(4 * beyond.count() <= values.len());
        }
    }
}
