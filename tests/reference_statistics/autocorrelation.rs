//! Autocorrelation.

use serde_json::Value as Json;
use wijkzicht::analysis::{
    Transform,
    autocorrelation::{
        Adjustment, Getis, LocalUnit, Permutations, Permuted, Quadrant, Significance,
        adjusted_by_benjamini_hochberg, adjusted_by_benjamini_yekutieli, benjamini_hochberg,
        bivariate_moran, geary, general_g, join_counts, local_getis, local_moran,
        local_moran_of_samples, moran, moran_of_orders, moran_permuted,
    },
};

use crate::case::{Units, close, gappy, maybe, numbers, one, rows, told};

/// Judges a case of autocorrelation; `None` where it is of something else.
pub(crate) fn judge(units: &Units, case: &Json) -> Option<Result<(), String>> {
    Some(match case["statistic"].as_str()? {
        "moran_global" => global_moran(units, case),
        "geary_global" => global_geary(units, case),
        "getis_ord_G_global" => global_g(units, case),
        "getis_ord_local" => getis(units, case),
        "local_moran" => local(units, case),
        "conditional_permutation_table" => table(case),
        "moran_permutation" => permutation(units, case),
        "join_counts" => joins(units, case),
        "moran_bivariate" => bivariate(units, case),
        "permutation_p" => alternatives(case),
        "fdr" => fdr(case),
        _ => return None,
    })
}

fn transform(case: &Json) -> Transform {
    let is_standard = case["params"]["transform"] == "r";
    if is_standard { Transform::RowStandardised } else { Transform::Binary }
}

/// Variance, z and p under both assumptions; p one-sided where the reference is.
fn significances(
    case: &Json,
    names: [&str; 2],
    tests: [Option<Significance>; 2],
    suffix: &str,
) -> Result<(), String> {
    let sides = if suffix.is_empty() { 1.0 } else { 2.0 };
    for ((name, kind), test) in names.iter().zip(["norm", "rand"]).zip(tests) {
        maybe(case, name, test.map(|test| test.variance))?;
        maybe(case, &format!("z_{kind}"), test.map(|test| test.z))?;
        maybe(case, &format!("p_{kind}{suffix}"), test.map(|test| test.p / sides))?;
    }
    Ok(())
}

fn global_moran(units: &Units, case: &Json) -> Result<(), String> {
    let params = &case["params"];
    let (values, weights) = (units.column(&params["column"])?, units.weights(&params["weights"])?);
    let got = told(moran(&values, &weights, transform(case)))?;
    if params["n"] != got.units || params["islands"] != got.islands {
        return Err(format!("{got:?}, expected {params}"));
    }
    one(case, "I", got.i)?;
    one(case, "EI", got.expected)?;
    one(case, "I_islands_excluded_from_n", got.i_without_islands())?;
    significances(case, ["VI_norm", "VI_rand"], [got.normality, got.randomisation], "")
}

fn global_geary(units: &Units, case: &Json) -> Result<(), String> {
    let params = &case["params"];
    let (values, weights) = (units.column(&params["column"])?, units.weights(&params["weights"])?);
    let got = told(geary(&values, &weights, transform(case)))?;
    one(case, "C", got.c)?;
    let tests = [got.normality, got.randomisation];
    significances(case, ["VC_norm", "VC_rand"], tests, "_one_sided")
}

fn global_g(units: &Units, case: &Json) -> Result<(), String> {
    let params = &case["params"];
    let (values, weights) = (units.column(&params["column"])?, units.weights(&params["weights"])?);
    let got = told(general_g(&values, &weights))?;
    one(case, "G", got.g)?;
    one(case, "EG", got.expected)?;
    maybe(case, "VG", got.significance.map(|test| test.variance))?;
    maybe(case, "z_norm", got.significance.map(|test| test.z))?;
    maybe(case, "p_norm_one_sided", got.significance.map(|test| test.p / 2.0))
}

fn getis(units: &Units, case: &Json) -> Result<(), String> {
    let params = &case["params"];
    let (values, weights) = (units.column(&params["column"])?, units.weights(&params["weights"])?);
    let which =
        if params["star"] == Json::Bool(true) { Getis::WithItself } else { Getis::Neighbours };
    let got = told(local_getis(&values, &weights, transform(case), which))?;
    let known: Vec<_> = got.into_iter().flatten().collect();
    let g: Vec<_> = known.iter().map(|unit| unit.g).collect();
    gappy(case, "G", &g, &case["expected"]["G"])?;
    let z: Vec<_> = known.iter().map(|unit| unit.z).collect();
    gappy(case, "z", &z, &case["expected"]["z"])
}

/// Local Moran: with the table that the reference drew, where there is one, p and labels are the
/// same; without it p is near, and what follows from the reference's own p is the same.
fn local(units: &Units, case: &Json) -> Result<(), String> {
    let (params, expected) = (&case["params"], &case["expected"]);
    let (values, weights) = (units.column(&params["column"])?, units.weights(&params["weights"])?);
    let table = case["id"].as_str().and_then(|id| units.tables.get(id));
    let got = match table {
        Some(samples) => told(local_moran_of_samples(&values, &weights, &rows(samples)?))?,
        None => told(local_moran(&values, &weights, told(Permutations::fixed(9999, 1))?))?,
    };
    let known: Vec<_> = got.units.iter().flatten().collect();
    // The wider absolute tolerance is that of p alone.
    let strict = serde_json::json!({"tolerance": {"rel": 1e-8, "abs": 1e-12}});
    let list =
        |f: &dyn Fn(&LocalUnit) -> f64| -> Vec<f64> { known.iter().map(|unit| f(unit)).collect() };
    for (name, got) in [
        ("Ii", list(&|unit| unit.i)),
        ("EIc", list(&|unit| unit.expected)),
        ("VIc", list(&|unit| unit.variance)),
        ("quadrant", list(&|unit| quadrant(unit.quadrant))),
    ] {
        close(&strict, name, &got, &numbers(&expected[name])?)?;
    }
    let (p, of_reference) = (list(&|unit| unit.p), numbers(&expected["p_two_sided"])?);
    let mut tests = got.tests();
    if table.is_some() {
        close(case, "p_two_sided", &p, &of_reference)?;
    } else {
        // Of twice a share of 999 draws, and of 9999; a draw to either side for the rounding.
        let far = |(got, expected): (&f64, &f64)| {
            let error = 2.0 * (got / 2.0 * (1.0 - got / 2.0) * (1.0 / 999.0 + 1.0 / 9999.0)).sqrt();
            (got - expected).abs() > 5.0 * error + 0.004
        };
        if let Some(unit) = p.iter().zip(&of_reference).position(far) {
            return Err(format!("p of {unit} is {}, expected {}", p[unit], of_reference[unit]));
        }
        let with_neighbours =
            known.iter().zip(&of_reference).filter(|(unit, _)| unit.neighbours > 0);
        tests = with_neighbours.map(|(_, p)| *p).collect();
    }
    let found = told(benjamini_hochberg(&tests, 0.05))?;
    let cutoff = found.cutoff.unwrap_or(0.0);
    close(&strict, "cutoff", &[cutoff], &numbers(&expected["fdr_005_bh_cutoff"])?)?;
    if expected["fdr_005_rejected"] != found.rejected {
        return Err(format!("{found:?}, expected {}", expected["fdr_005_rejected"]));
    }
    // The units as they are, with the reference's p where the table is not known.
    let mut judged = got.clone();
    if table.is_none() {
        for (unit, p) in judged.units.iter_mut().flatten().zip(&of_reference) {
            unit.p = *p;
        }
    }
    for (name, adjustment) in
        [("label_005", Adjustment::None), ("label_fdr_005", Adjustment::FalseDiscovery)]
    {
        let clusters = told(judged.clusters(0.05, adjustment))?;
        let labels = clusters.iter().zip(&got.units).filter(|(_, unit)| unit.is_some());
        let labels: Json = labels.map(|(cluster, _)| Json::from(cluster.code())).collect();
        if labels != expected[name] {
            return Err(format!("{name} {labels}, expected {}", expected[name]));
        }
    }
    Ok(())
}

fn quadrant(quadrant: Quadrant) -> f64 {
    match quadrant {
        Quadrant::HighHigh => 1.0,
        Quadrant::LowHigh => 2.0,
        Quadrant::LowLow => 3.0,
        Quadrant::HighLow => 4.0,
    }
}

/// The table itself: every row draws as many of the others as the widest unit has neighbours, none
/// of them twice. What follows from it is judged in the case that it belongs to.
fn table(case: &Json) -> Result<(), String> {
    let params = &case["params"];
    let samples: Vec<Vec<u32>> = rows(&case["expected"]["ids"])?;
    for row in &samples {
        let mut sorted = row.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let last = sorted.last().map(|last| u64::from(*last) + 1);
        let is_of_others = last.is_some_and(|last| Some(last) < params["n"].as_u64());
        if params["max_cardinality"] != sorted.len() || !is_of_others {
            return Err(format!("no sample of the others: {row:?}"));
        }
    }
    let is_all = params["permutations"] == samples.len();
    is_all.then_some(()).ok_or(format!("{} samples", samples.len()))
}

fn permutation(units: &Units, case: &Json) -> Result<(), String> {
    let (params, expected) = (&case["params"], &case["expected"]);
    let (values, weights) = (units.column(&params["column"])?, units.weights(&params["weights"])?);
    let i = told(moran(&values, &weights, Transform::RowStandardised))?.i;
    one(case, "I", i)?;
    if params["table"].is_array() {
        let orders: Vec<Vec<u32>> = rows(&params["table"])?;
        let sims = told(moran_of_orders(&values, &weights, Transform::RowStandardised, &orders))?;
        close(case, "sims", &sims, &numbers(&expected["sims"])?)?;
        let got = Permuted::of(i, &sims, 0).ok_or("nothing simulated")?;
        one(case, "ge", f64::from(got.at_least))?;
        one(case, "le", f64::from(got.at_most))?;
        one(case, "p_two_sided", got.p)?;
        let greater = f64::from(got.at_least + 1) / f64::from(got.permutations + 1);
        one(case, "p_greater", greater)?;
    }
    let chance = told(Permutations::fixed(9999, 20_261_121))?;
    let got = told(moran_permuted(&values, &weights, Transform::RowStandardised, chance))?;
    let reference = &expected["mc9999"];
    let (mean, sd) = (numbers(&reference["mean"])?[0], numbers(&reference["sd"])?[0]);
    let m = f64::from(got.permutations);
    let is_near = (got.mean - mean).abs() <= 5.0 * sd / m.sqrt()
        && (got.deviation - sd).abs() <= 5.0 * sd / (2.0 * m).sqrt();
    is_near.then_some(()).ok_or(format!("{got:?}, expected {reference}"))
}

fn joins(units: &Units, case: &Json) -> Result<(), String> {
    let params = &case["params"];
    let (marks, weights) = (units.column(&params["column"])?, units.weights(&params["weights"])?);
    let got = told(join_counts(&marks, &weights))?;
    let (both, one_) = (got.significance_both, got.significance_one);
    for (name, number) in [
        ("BB", Some(got.both)),
        ("WW", Some(got.none)),
        ("BW", Some(got.one)),
        ("E_BB", Some(got.expected_both)),
        ("E_BW", Some(got.expected_one)),
        ("V_BB", both.map(|test| test.variance)),
        ("V_BW", one_.map(|test| test.variance)),
        ("z_BB", both.map(|test| test.z)),
        ("z_BW", one_.map(|test| test.z)),
    ] {
        maybe(case, name, number)?;
    }
    Ok(())
}

fn bivariate(units: &Units, case: &Json) -> Result<(), String> {
    let params = &case["params"];
    let (x, y) = (units.column(&params["x"])?, units.column(&params["y"])?);
    let weights = units.weights(&params["weights"])?;
    one(case, "", told(bivariate_moran(&x, &y, &weights, Transform::RowStandardised))?)
}

fn alternatives(case: &Json) -> Result<(), String> {
    let observed = numbers(&case["params"]["observed"])?;
    let reference: Vec<Vec<f64>> = rows(&case["params"]["reference"])?;
    let got: Option<Vec<Permuted>> = observed
        .iter()
        .zip(&reference)
        .map(|(&observed, simulated)| Permuted::of(observed, simulated, 0))
        .collect();
    let got = got.ok_or("nothing simulated")?;
    let side = |count: u32, of: u32| f64::from(count + 1) / f64::from(of + 1);
    let list = |f: &dyn Fn(&Permuted) -> f64| -> Vec<f64> { got.iter().map(f).collect() };
    let expected = &case["expected"];
    for (name, p) in [
        ("greater", list(&|one| side(one.at_least, one.permutations))),
        ("lesser", list(&|one| side(one.at_most, one.permutations))),
        ("adopted_two_sided", list(&|one| one.p)),
    ] {
        close(case, name, &p, &numbers(&expected[name])?)?;
    }
    Ok(())
}

fn fdr(case: &Json) -> Result<(), String> {
    let p = numbers(&case["params"]["p"])?;
    let alpha = case["params"]["alpha"].as_f64().ok_or("no level")?;
    let got = told(benjamini_hochberg(&p, alpha))?;
    one(case, "cutoff_p", got.cutoff.unwrap_or(0.0))?;
    one(case, "rejected", got.rejected as f64)?;
    one(case, "esda_fdr", got.threshold)?;
    one(case, "bonferroni_cut", alpha / got.tests as f64)?;
    let expected = &case["expected"];
    gappy(case, "BH", &adjusted_by_benjamini_hochberg(&p), &expected["adjusted_bh"])?;
    gappy(case, "BY", &adjusted_by_benjamini_yekutieli(&p), &expected["adjusted_by"])
}
