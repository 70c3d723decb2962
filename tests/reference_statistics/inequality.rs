//! Inequality, gaps and convergence.

use serde_json::Value as Json;
use wijkzicht::analysis::inequality::{
    Form, atkinson, beta_convergence, gap, gini, percentile, sigma_convergence, theil,
    variance_split, weighted_percentile,
};

use crate::case::{Units, close, maybe, numbers, one, told};

/// Judges a case of inequality; `None` where it is of something else.
pub(crate) fn judge(units: &Units, case: &Json) -> Option<Result<(), String>> {
    Some(match case["statistic"].as_str()? {
        "theil_T" => theil_t(units, case),
        "gini_values" | "atkinson" | "percentile_ratios" => of_values(units, case),
        "gap" => p90_p10(units, case),
        "variance_between_within" => split(units, case),
        "beta_convergence" => beta(units, case),
        "sigma_convergence" => sigma(units, case),
        _ => return None,
    })
}

/// The values of the units that have one and a weight above zero, and those weights.
fn filtered(units: &Units, params: &Json) -> Result<(Vec<f64>, Vec<f64>), String> {
    let (mut values, weights) =
        (units.column(&params["column"])?, units.column(&params["weight"])?);
    for (value, weight) in values.iter_mut().zip(&weights) {
        *value = if *weight > 0.0 { *value } else { f64::NAN };
    }
    Ok((values, weights))
}

fn theil_t(units: &Units, case: &Json) -> Result<(), String> {
    let params = &case["params"];
    let (values, weights) = filtered(units, params)?;
    let (groups, names) = units.partition(&params["partition"])?;
    let weights = (params["weighted"] == Json::Bool(true)).then_some(&weights[..]);
    let got = told(theil(&values, weights, &groups))?;
    one(case, "T", got.total)?;
    one(case, "between", got.between)?;
    one(case, "within", got.within)?;
    maybe(case, "share_between", got.share_between)?;
    let groups = case["expected"]["groups"].as_object();
    for (name, expected) in groups.into_iter().flatten() {
        let place = names.binary_search(name).map_err(|_| format!("no group {name}"))?;
        let own = got.groups.get(&(place as u32)).ok_or(format!("nothing of {name}"))?;
        close(case, name, &[*own], &numbers(expected)?)?;
    }
    (params["n"] == got.units).then_some(()).ok_or(format!("{} units", got.units))
}

fn of_values(units: &Units, case: &Json) -> Result<(), String> {
    let (params, expected) = (&case["params"], &case["expected"]);
    let (values, weights) = filtered(units, params)?;
    match case["statistic"].as_str() {
        Some("gini_values") => {
            one(case, "unweighted", told(gini(&values, None))?)?;
            one(case, "weighted", told(gini(&values, Some(&weights)))?)
        }
        Some("atkinson") => {
            let epsilons = numbers(&params["epsilon"])?;
            let got: Result<Vec<f64>, _> =
                epsilons.iter().map(|&epsilon| told(atkinson(&values, None, epsilon))).collect();
            close(case, "indices", &got?, &numbers(expected)?)
        }
        _ => {
            let at = numbers(&expected["p"])?;
            let each = |f: &dyn Fn(f64) -> Option<f64>| -> Option<Vec<f64>> {
                at.iter().map(|p| f(p / 100.0)).collect()
            };
            let own = each(&|p| percentile(&values, p)).ok_or("no values")?;
            let of_people =
                each(&|p| weighted_percentile(&values, &weights, p)).ok_or("no weights")?;
            close(case, "unweighted", &own, &numbers(&expected["unweighted"])?)?;
            close(case, "weighted", &of_people, &numbers(&expected["weighted"])?)?;
            let gaps = [told(gap(&values, None))?, told(gap(&values, Some(&weights)))?];
            maybe(case, "p90_p10", gaps[0].ratio())?;
            maybe(case, "p90_p10_weighted", gaps[1].ratio())?;
            one(case, "p90_minus_p10", gaps[0].difference())?;
            one(case, "p90_minus_p10_weighted", gaps[1].difference())
        }
    }
}

/// The units that have a value in all years.
fn complete(units: &Units, columns: &[Json]) -> Result<Vec<Vec<f64>>, String> {
    let years: Result<Vec<_>, _> = columns.iter().map(|name| units.column(name)).collect();
    let years = years?;
    let is_complete = |unit: usize| years.iter().all(|year| year[unit].is_finite());
    let kept = |year: &Vec<f64>| {
        let mark = |(unit, value): (usize, &f64)| if is_complete(unit) { *value } else { f64::NAN };
        year.iter().enumerate().map(mark).collect()
    };
    Ok(years.iter().map(kept).collect())
}

const YEARS: [&str; 3] = ["liv_2019", "liv_2021", "liv_2023"];

fn p90_p10(units: &Units, case: &Json) -> Result<(), String> {
    let years = complete(units, &YEARS.map(Json::from))?;
    let place = YEARS.iter().position(|year| case["params"]["column"] == *year);
    let values = place.and_then(|place| years.get(place)).ok_or("an unknown year")?;
    let got = told(gap(values, None))?;
    one(case, "p10", got.p10)?;
    one(case, "p90", got.p90)?;
    one(case, "gap", got.difference())
}

fn split(units: &Units, case: &Json) -> Result<(), String> {
    let params = &case["params"];
    let years = complete(units, &YEARS.map(Json::from))?;
    let place = YEARS.iter().position(|year| params["column"] == *year);
    let values = place.and_then(|place| years.get(place)).ok_or("an unknown year")?;
    let (groups, _) = units.partition(&params["partition"])?;
    let got = told(variance_split(values, Some(&units.column(&params["weight"])?), &groups))?;
    one(case, "total", got.total)?;
    one(case, "between", got.between)?;
    one(case, "within", got.within)?;
    maybe(case, "share_between", got.share_between)
}

fn beta(units: &Units, case: &Json) -> Result<(), String> {
    let params = &case["params"];
    let columns = params["columns"].as_array().ok_or("no columns")?;
    let values = complete(units, columns)?;
    let (start, end) = (values.first().ok_or("no start")?, values.last().ok_or("no end")?);
    let years = numbers(&params["years"])?;
    let length = years.last().zip(years.first()).map_or(0.0, |(last, first)| last - first);
    let is_log = params["form"].as_str().is_some_and(|form| form.contains("ln"));
    let form = if is_log { Form::Logarithms } else { Form::Levels };
    let got = told(beta_convergence(start, end, length, form))?;
    one(case, "a", got.intercept)?;
    one(case, "b", got.slope)?;
    one(case, "se_b", got.error)?;
    maybe(case, "p", got.p)?;
    one(case, "r2", got.r_squared)?;
    maybe(case, "speed", got.speed)?;
    if case["expected"]["t"].is_null() {
        return Ok(());
    }
    one(case, "se_b_hc1", got.robust_error)?;
    maybe(case, "t", got.t)?;
    maybe(case, "half_life_years", got.half_life)
}

fn sigma(units: &Units, case: &Json) -> Result<(), String> {
    let (params, expected) = (&case["params"], &case["expected"]);
    let columns = params["columns"].as_array().ok_or("no columns")?;
    let values: Result<Vec<_>, _> = columns.iter().map(|name| units.column(name)).collect();
    let values = values?;
    let years: Vec<&[f64]> = values.iter().map(Vec::as_slice).collect();
    let got = told(sigma_convergence(&years, Some(&units.column(&Json::from("hh"))?)))?;
    let each = |f: &dyn Fn(usize) -> Option<f64>| -> Option<Vec<f64>> {
        (0..got.years.len()).map(f).collect()
    };
    for (name, list) in [
        ("mean", each(&|year| Some(got.years[year].mean))),
        ("sd", each(&|year| Some(got.years[year].deviation))),
        ("cv", each(&|year| got.years[year].variation)),
        ("weighted_mean", each(&|year| Some(got.years[year].weighted?.0))),
        ("weighted_sd", each(&|year| Some(got.years[year].weighted?.1))),
    ] {
        close(case, name, &list.ok_or(format!("no {name}"))?, &numbers(&expected[name])?)?;
    }
    maybe(case, "sd_ratio", got.ratio)?;
    let test = got.test.ok_or("no test")?;
    one(case, "pitman_morgan_r", test.r)?;
    maybe(case, "pitman_morgan_t", test.t)?;
    maybe(case, "pitman_morgan_p", test.p)
}
