//! Values from one division to another.

use serde_json::Value as Json;
use wijkzicht::{
    analysis::areal::{Grid, Shares, pycnophylactic},
    coverage::Crosswalk,
};

use crate::case::{Polygons, Units, close, multi_polygon, near, numbers, one, told, topology};

/// Judges a case of interpolation; `None` where it is of something else.
pub(crate) fn judge(units: &Units, case: &Json) -> Option<Result<(), String>> {
    match case["statistic"].as_str()? {
        "areal_interpolation_extensive" => Some(extensive(units, case)),
        "areal_interpolation_intensive" => Some(intensive(units, case)),
        "pycnophylactic" => Some(smooth(units, case)),
        _ => None,
    }
}

/// The parts of ground of the units in another division: one of a file, or blocks.
fn shares(units: &Units, case: &Json) -> Result<Shares, String> {
    let count = case["params"]["target_count"].as_u64();
    let (old, new) = match &units.target {
        Some(target) => {
            let features = target["features"].as_array().ok_or("no target")?;
            let new: Result<Vec<_>, String> =
                features.iter().map(|unit| multi_polygon(&unit["geometry"])).collect();
            (units.shapes()?, new?)
        }
        // Thirds of what is in whole metres are in whole millimetres where all is three times as
        // large; parts of ground stay the same.
        None => (units.shapes()?.into_iter().map(threefold).collect(), blocks(units)?),
    };
    if count.is_none_or(|count| count != new.len() as u64) {
        return Err(format!("{} areas in the target, expected {count:?}", new.len()));
    }
    let crosswalk = Crosswalk::between(&topology(&old)?, &topology(&new)?);
    Ok(Shares::by_ground(&told(crosswalk)?))
}

fn threefold(shape: Polygons) -> Polygons {
    let corner =
        |[x, y]: [f64; 2]| [100_000.0 + 3.0 * (x - 153_000.0), 3.0 * (y - 461_000.0) + 4e5];
    let ring = |ring: Vec<[f64; 2]>| ring.into_iter().map(corner).collect();
    shape.into_iter().map(|rings| rings.into_iter().map(ring).collect()).collect()
}

/// Three by three equal blocks over the units, row by row from the south-west, three times as large.
fn blocks(units: &Units) -> Result<Vec<Polygons>, String> {
    let corners = || -> Result<Vec<[f64; 2]>, String> {
        let shapes = units.shapes()?.into_iter().map(threefold);
        Ok(shapes.flatten().flatten().flatten().collect())
    };
    let end = |axis: usize, pick: fn(f64, f64) -> f64| -> Result<f64, String> {
        let of_axis = corners()?.into_iter().map(|corner| corner[axis]);
        of_axis.reduce(pick).ok_or("no corners".to_owned())
    };
    let (west, south) = (end(0, f64::min)?, end(1, f64::min)?);
    let (wide, high) = ((end(0, f64::max)? - west) / 3.0, (end(1, f64::max)? - south) / 3.0);
    let block = |at: u32| {
        let (x, y) = (west + wide * f64::from(at % 3), south + high * f64::from(at / 3));
        let (e, n) = (x + wide, y + high);
        vec![vec![vec![[x, y], [e, y], [e, n], [x, n], [x, y]]]]
    };
    Ok((0..9).map(block).collect())
}

fn extensive(units: &Units, case: &Json) -> Result<(), String> {
    let (params, expected) = (&case["params"], &case["expected"]);
    let counts = units.known(&params["column"])?;
    let shares = shares(units, case)?;
    let shares =
        if params["allocate_total"] == Json::Bool(true) { shares.allotting_all() } else { shares };
    let got: Vec<f64> =
        shares.extensive(&counts).iter().map(|one| one.value.unwrap_or(0.0)).collect();
    close(case, "counts", &got, &numbers(&expected["target"])?)?;
    one(case, "total", got.iter().sum())
}

fn intensive(units: &Units, case: &Json) -> Result<(), String> {
    let (values, expected) = (units.known(&case["params"]["column"])?, &case["expected"]);
    let got = shares(units, case)?.intensive(&values, |share| share.of_new);
    let means: Vec<f64> = got.iter().map(|one| one.value.unwrap_or(f64::NAN)).collect();
    close(case, "means", &means, &numbers(&expected["target"])?)?;
    let covered: Vec<f64> = got.iter().map(|one| one.covered).collect();
    close(case, "covered", &covered, &numbers(&expected["coverage"])?)
}

/// A square of units, each of as many cells.
fn smooth(units: &Units, case: &Json) -> Result<(), String> {
    let (params, expected) = (&case["params"], &case["expected"]);
    let whole = |json: &Json| json.as_u64().map(|number| number as usize).ok_or("no number");
    let totals = units.column(&params["column"])?;
    let [rows, width] = [whole(&params["cells"][0])?, whole(&params["cells"][1])?];
    let places: Vec<[usize; 2]> = ["row", "col"]
        .iter()
        .map(|name| units.column(&Json::from(*name)))
        .collect::<Result<Vec<_>, _>>()
        .map(|lists| {
            lists[0].iter().zip(&lists[1]).map(|(r, c)| [*r as usize, *c as usize]).collect()
        })?;
    let side = places.iter().map(|place| place[0] + 1).max().ok_or("no units")?;
    let zone = |cell: usize| {
        let place = [cell / width * side / rows, cell % width * side / width];
        places.iter().position(|one| *one == place).map(|at| at as u32)
    };
    let zones: Vec<_> = (0..rows * width).map(zone).collect();
    let iterations = whole(&params["iterations"])? as u32;
    let grid = Grid { width, zones: &zones };
    let got = told(pycnophylactic(&grid, &totals, iterations))?;
    close(case, "row 16", &got[16 * width..17 * width], &numbers(&expected["row16"])?)?;
    let column: Vec<f64> = (0..rows).map(|row| got[row * width + 5]).collect();
    close(case, "column 5", &column, &numbers(&expected["col5"])?)?;
    one(case, "max", got.iter().copied().fold(0.0, f64::max))?;
    for (unit, total) in totals.iter().enumerate() {
        let own = got.iter().zip(&zones).filter(|(_, zone)| **zone == Some(unit as u32));
        let sum: f64 = own.map(|(value, _)| value).sum();
        if !near(case, sum, *total) {
            return Err(format!("unit {unit} has {sum}, expected {total}"));
        }
    }
    Ok(())
}
