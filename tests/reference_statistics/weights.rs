//! Who is whose neighbour.

use serde_json::Value as Json;
use wijkzicht::analysis::Weights;

use crate::case::{Polygons, Units, close, neighbours, numbers};

/// Judges a case of weights; `None` where it is of something else.
pub(crate) fn judge(units: &Units, case: &Json) -> Option<Result<(), String>> {
    match case["statistic"].as_str()? {
        "weights" => Some(weights(units, case)),
        "contiguity_case" => Some(contiguity(case)),
        _ => None,
    }
}

fn lists(weights: &Weights) -> Json {
    (0..weights.len()).map(|unit| Json::from(weights.neighbours(unit))).collect()
}

fn same(what: &str, got: &Json, expected: &Json) -> Result<(), String> {
    (got == expected).then_some(()).ok_or(format!("{what} {got}, expected {expected}"))
}

fn weights(units: &Units, case: &Json) -> Result<(), String> {
    let (weights, expected) = (units.weights(&case["params"]["kind"])?, &case["expected"]);
    same("islands", &Json::from(weights.islands()), &expected["islands"])?;
    same("neighbours", &lists(&weights), &expected["neighbors"])?;
    same("links", &Json::from(weights.links()), &expected["n_links"])?;
    let values = expected["values"].as_array().map_or(&[][..], Vec::as_slice);
    for (unit, values) in values.iter().enumerate() {
        close(case, "weights", weights.values(unit), &numbers(values)?)?;
    }
    Ok(())
}

/// Shapes in the case itself: corners, enclaves, junctions without a vertex.
fn contiguity(case: &Json) -> Result<(), String> {
    let shapes = case["params"]["wkt"].as_array().ok_or("no shapes")?;
    let shapes: Option<Vec<Polygons>> =
        shapes.iter().map(|shape| shape.as_str().and_then(polygons)).collect();
    let neighbours = neighbours(&shapes.ok_or("no polygons")?)?;
    let expected = &case["expected"];
    same("queen", &lists(&Weights::queen(&neighbours)), &expected["queen"])?;
    same("rook", &lists(&Weights::rook(&neighbours)), &expected["rook"])?;
    let borders = Weights::border_length(&neighbours);
    let rows = expected["border_length"].as_array().ok_or("no border lengths")?;
    for (unit, row) in rows.iter().enumerate() {
        let mut got = vec![0.0; borders.len()];
        for (neighbour, border) in borders.neighbours(unit).iter().zip(borders.values(unit)) {
            got[*neighbour as usize] = *border;
        }
        close(case, "border lengths", &got, &numbers(row)?)?;
    }
    Ok(())
}

/// Polygons from well-known text.
fn polygons(wkt: &str) -> Option<Polygons> {
    let is_one = wkt.starts_with("POLYGON");
    let lists = wkt[wkt.find('(')?..].replace('(', "[").replace(')', "]");
    // A vertex is two numbers between commas: make it a list of its own.
    let mut json = String::new();
    for part in lists.split_inclusive([',', '[', ']']) {
        let (numbers, end) = part.split_at(part.len() - 1);
        let numbers = numbers.trim();
        if numbers.is_empty() {
            json.push_str(end);
            continue;
        }
        json.push_str(&format!("[{}]{end}", numbers.replace(' ', ",")));
    }
    let json = if is_one { format!("[{json}]") } else { json };
    serde_json::from_str(&json).ok()
}
