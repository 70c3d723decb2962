//! Classes: breaks, and the class of every unit.

use serde_json::Value as Json;
use wijkzicht::scale::{
    Bivariate, HeadTailStop, ManualBreaks, Method, boxplot, breaks, head_tail, percentiles, pretty,
    standard_deviations,
};

use crate::case::{Units, close, near, numbers, same_length};

/// Judges a case of classes; `None` where it is of something else.
pub(crate) fn judge(units: &Units, case: &Json) -> Option<Result<(), String>> {
    let method = || Way::named(case["params"]["method"].as_str()?);
    match case["statistic"].as_str()? {
        "classification_edge" => method().map(|way| edge(case, way)),
        "bivariate_classes" => match method() {
            Some(Way::Computed(method)) => Some(bivariate(units, case, method)),
            _ => None,
        },
        other => Way::named(other).map(|way| classification(units, case, way)),
    }
}

/// A way to make classes that cases ask for.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Computed(Method),
    StandardDeviations,
    HeadTail,
    Pretty,
    Boxplot,
    Percentiles,
    Manual,
}

impl Way {
    /// By the name of the statistic, or of the class in mapclassify.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "quantiles" | "Quantiles" => Self::Computed(Method::Kwantielen),
            "equal_interval" | "EqualInterval" => Self::Computed(Method::GelijkeIntervallen),
            "fisher_jenks" | "FisherJenks" => Self::Computed(Method::NatuurlijkeGrenzen),
            "std_mean" | "StdMean" => Self::StandardDeviations,
            "head_tail" | "HeadTailBreaks" => Self::HeadTail,
            "pretty" | "PrettyBreaks" => Self::Pretty,
            "boxplot" | "BoxPlot" => Self::Boxplot,
            "percentiles" | "Percentiles" => Self::Percentiles,
            "manual" | "UserDefined" => Self::Manual,
            _ => return None,
        })
    }

    /// The breaks of some values, as the case's parameters ask.
    fn breaks(self, values: &[f64], params: &Json) -> Result<Option<Vec<f64>>, String> {
        let classes = || {
            let k = params["k"].as_u64().and_then(|k| usize::try_from(k).ok());
            k.ok_or("no number of classes".to_owned())
        };
        let list = |name: &str, default: &[f64]| match &params[name] {
            Json::Null => Ok(default.to_vec()),
            json => numbers(json),
        };
        let one = |name: &str| params[name].as_f64();
        Ok(match self {
            Self::Computed(method) => breaks(method, values, classes()?),
            Self::StandardDeviations => {
                standard_deviations(values, &list("multiples", &[-2.0, -1.0, 1.0, 2.0])?)
            }
            Self::HeadTail => {
                head_tail(values, one("threshold").map_or(HeadTailStop::Never, HeadTailStop::Share))
            }
            Self::Pretty => pretty(values, classes()?),
            Self::Boxplot => boxplot(values, one("hinge").unwrap_or(1.5)),
            Self::Percentiles => {
                percentiles(values, &list("pct", &[1.0, 10.0, 50.0, 90.0, 99.0, 100.0])?)
            }
            Self::Manual => {
                let bounds = ManualBreaks::new(list("bins", &[])?);
                Some(bounds.map_err(|error| error.to_string())?.as_slice().to_vec())
            }
        })
    }

    /// The breaks as the references list them: with an upper bound of the highest class, which is
    /// open here.
    fn closed(self, breaks: &[f64], values: &[f64], expected: &[f64]) -> Vec<f64> {
        let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let top = match self {
            // A round number at or above the highest value.
            Self::Pretty => expected.last().copied().filter(|top| *top >= highest),
            // The highest value, where it is above the last bound.
            Self::StandardDeviations | Self::Boxplot | Self::Manual => {
                Some(highest).filter(|top| breaks.last().is_none_or(|last| last < top))
            }
            Self::Computed(_) | Self::HeadTail | Self::Percentiles => Some(highest),
        };
        breaks.iter().copied().chain(top).collect()
    }
}

/// A column of the coverage: breaks, and the class of every unit; for natural breaks the sum of
/// squared deviations too, and the breaks only where one choice alone is best.
///
/// The tolerance of a break is that of its classes too: reference breaks that near to each other
/// are one, and a value that near to a break, but not on it, may stand on either side. (Where a
/// quantile falls on a value, the reference's own rounding puts it a last digit beside.)
fn classification(units: &Units, case: &Json, way: Way) -> Result<(), String> {
    let values = units.known(&case["params"]["column"])?;
    let finite: Vec<f64> = values.iter().flatten().copied().collect();
    let expected = &case["expected"];
    let got = way.breaks(&finite, &case["params"])?.ok_or("no breaks")?;
    let class = |value: f64| got.partition_point(|&bound| bound < value);

    if !expected["sse"].is_null() {
        let (within, total) = deviations(&finite, got.len() + 1, class);
        close(case, "sse", &[within], &numbers(&expected["sse"])?)?;
        close(case, "gvf", &[1.0 - within / total], &numbers(&expected["gvf"])?)?;
        if expected["unique_optimum"] != Json::Bool(true) {
            return Ok(());
        }
    }
    let all_bounds = numbers(&expected["breaks"])?;
    let mut bounds = all_bounds.clone();
    bounds.dedup_by(|b, a| near(case, *b, *a));
    close(case, "breaks", &way.closed(&got, &finite, &bounds), &bounds)?;

    let ids = expected["class_ids"].as_array().ok_or("no class ids")?;
    same_length(ids, &values)?;
    let (mut counts, mut beside) = (vec![0.0; bounds.len()], 0);
    for (unit, (value, id)) in values.iter().zip(ids).enumerate() {
        // The reference's class, among the breaks that are left.
        let id = id.as_u64().and_then(|id| usize::try_from(id).ok());
        let upper = id.and_then(|id| all_bounds.get(id));
        let id = upper
            .and_then(|&upper| bounds.iter().position(|&b| upper <= b || near(case, upper, b)));
        let is_beside = |value: f64| all_bounds.iter().any(|&b| b != value && near(case, value, b));
        let same = match (value.map(class), id) {
            (Some(got), Some(id)) if value.is_some_and(is_beside) => {
                beside += 1;
                got.abs_diff(id) <= 1
            }
            (got, id) => got == id,
        };
        if !same {
            return Err(format!("unit {unit} ({value:?}) is in another class than {id:?}"));
        }
        if let Some(count) = value.and_then(|value| counts.get_mut(class(value))) {
            *count += 1.0;
        }
    }
    // Classes that became one hold what they held together.
    let mut together = vec![0.0; bounds.len()];
    for (upper, count) in all_bounds.iter().zip(numbers(&expected["counts"])?) {
        let at = bounds.iter().position(|b| upper <= b || near(case, *upper, *b));
        *at.and_then(|at| together.get_mut(at)).ok_or("a count without a class")? += count;
    }
    if beside == 0 { close(case, "counts", &counts, &together) } else { Ok(()) }
}

/// Values given in the case itself: constant, few, none, negative, tiny, big.
fn edge(case: &Json, way: Way) -> Result<(), String> {
    let values = numbers(&case["params"]["values"])?;
    let got = way.breaks(&values, &case["params"])?;
    let expected = &case["expected"]["adopted_breaks"];
    match got {
        None if expected.is_null() => Ok(()),
        None => Err("no breaks".to_owned()),
        Some(_) if expected.is_null() => Err("breaks without values".to_owned()),
        Some(got) => {
            let expected = numbers(expected)?;
            close(case, "breaks", &way.closed(&got, &values, &expected), &expected)
        }
    }
}

/// Two columns at once: the breaks of both, and the joint class of every unit that has both.
fn bivariate(units: &Units, case: &Json, method: Method) -> Result<(), String> {
    let (params, expected) = (&case["params"], &case["expected"]);
    let (x, y) = (units.known(&params["x"])?, units.known(&params["y"])?);
    let both: Vec<_> = x.iter().zip(&y).map(|(x, y)| Some(((*x)?, (*y)?))).collect();
    let pairs: Vec<(f64, f64)> = both.iter().flatten().copied().collect();
    let k = params["k"].as_u64().and_then(|k| usize::try_from(k).ok());
    let k = k.ok_or("no number of classes")?;
    let got = Bivariate::new(method, &pairs, k).ok_or("no breaks")?;
    let (xs, ys): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    for (name, breaks, values) in
        [("breaks_x", got.x().breaks(), xs), ("breaks_y", got.y().breaks(), ys)]
    {
        let bounds = numbers(&expected[name])?;
        close(case, name, &Way::Computed(method).closed(breaks, &values, &bounds), &bounds)?;
    }
    let codes = expected["code"].as_array().ok_or("no codes")?;
    same_length(codes, &both)?;
    let mut counts = vec![0.0; k * k];
    for (unit, (pair, code)) in both.iter().zip(codes).enumerate() {
        let class = pair.map(|(x, y)| got.classify(x, y));
        if class != code.as_u64().and_then(|code| usize::try_from(code).ok()) {
            return Err(format!("unit {unit} ({pair:?}) has code {class:?}, expected {code}"));
        }
        if let Some(count) = class.and_then(|class| counts.get_mut(class)) {
            *count += 1.0;
        }
    }
    close(case, "counts", &counts, &numbers(&expected["counts"])?)
}

/// The sums of squared deviations from the class means, and from the mean of all.
fn deviations(values: &[f64], classes: usize, class: impl Fn(f64) -> usize) -> (f64, f64) {
    let deviation = |members: &[f64]| {
        let mean = members.iter().sum::<f64>() / members.len() as f64;
        members.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
    };
    let mut members = vec![Vec::new(); classes];
    for &value in values {
        members[class(value)].push(value);
    }
    (members.iter().map(|class| deviation(class)).sum(), deviation(values))
}
