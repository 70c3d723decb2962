//! Which areas are asked for by place or by their fields: the box and the filter of a query.

use geo_types::coord;

use crate::{
    cql::{Filter, Longitude},
    crs::WebMercator,
    layer::LayerCrs,
    server::{
        parameter::Parameter,
        problem::{InputError, shorten},
        query::Query,
    },
};

use super::{
    collection::{Collection, GEOMETRY},
    parameter::{FILTER, FILTER_CRS, FILTER_LANG, OGC_BBOX, OGC_BBOX_CRS},
    row::Plane,
};

/// The filters of a query, each with the plane that it is asked in. What is wrong is told to it.
pub(super) fn filters(collection: &Collection<'_>, query: &mut Query) -> Vec<(Plane, Filter)> {
    let mut filters = Vec::new();
    let crs = system(query, &OGC_BBOX_CRS);
    filters.extend(bbox(collection, query, crs));
    let crs = system(query, &FILTER_CRS);
    if let Some(language) = query.text(&FILTER_LANG)
        && language != "cql2-text"
    {
        let detail = "alleen filters in cql2-text worden gelezen";
        query.fail(InputError::query(FILTER_LANG.name, "onbekend", detail));
    }
    filters.extend(filter(collection, query, crs));
    filters
}

/// The system that a parameter names by its URI, else that of GeoJSON.
pub(super) fn system(query: &mut Query, parameter: &'static Parameter) -> LayerCrs {
    let Some(name) = query.text(parameter).map(ToOwned::to_owned) else {
        return LayerCrs::default();
    };
    LayerCrs::from_name(&name).filter(|crs| crs.uri() == name).unwrap_or_else(|| {
        let detail = format!("{:?} is hier geen stelsel", shorten(&name));
        let error = InputError::query(parameter.name, "onbekend", detail);
        query.fail(error.allowing(LayerCrs::ALL.map(LayerCrs::uri)));
        LayerCrs::default()
    })
}

fn longitude(crs: LayerCrs) -> Longitude {
    match crs {
        LayerCrs::Crs84 => Longitude::First,
        LayerCrs::Etrs89 => Longitude::Second,
        LayerCrs::Rd | LayerCrs::WebMercator => Longitude::None,
    }
}

/// The box as a filter. West above east goes around the far side of the earth where the system has
/// degrees, as the standard says.
fn bbox(collection: &Collection<'_>, query: &mut Query, crs: LayerCrs) -> Option<(Plane, Filter)> {
    let bounds = query.numbers(&OGC_BBOX)?;
    let [a, b, c, d] = match bounds[..] {
        [a, b, c, d] => [a, b, c, d],
        // Heights in between, which no area has.
        [a, b, _, c, d, _] => [a, b, c, d],
        _ => return None,
    };
    let fail = |query: &mut Query, detail: &str| {
        query.fail(InputError::query(OGC_BBOX.name, "ongeldig", detail));
        None
    };
    let east = usize::from(longitude(crs) == Longitude::Second);
    let (low, high) = ([a, b], [c, d]);
    if low[1 - east] > high[1 - east] {
        return fail(query, "de zuidgrens ligt boven de noordgrens");
    }
    if low[east] > high[east] && longitude(crs) == Longitude::None {
        return fail(query, "de westgrens ligt ten oosten van de oostgrens");
    }
    let text = format!("S_INTERSECTS({GEOMETRY},BBOX({a},{b},{c},{d}))");
    mapped(collection, query, OGC_BBOX.name, &text, crs)
}

fn filter(
    collection: &Collection<'_>,
    query: &mut Query,
    crs: LayerCrs,
) -> Option<(Plane, Filter)> {
    let text = query.text(&FILTER)?.to_owned();
    mapped(collection, query, FILTER.name, &text, crs)
}

/// A filter with its places on the plane that it is asked in.
fn mapped(
    collection: &Collection<'_>,
    query: &mut Query,
    parameter: &str,
    text: &str,
    crs: LayerCrs,
) -> Option<(Plane, Filter)> {
    let mut filter = match Filter::parse(text, &collection.properties(), longitude(crs)) {
        Ok(filter) => filter,
        Err(error) => {
            query.fail(InputError::query(parameter, "ongeldig", error.to_string()));
            return None;
        }
    };
    let mut is_somewhere = true;
    match crs {
        LayerCrs::Rd | LayerCrs::Crs84 => {}
        LayerCrs::Etrs89 => filter.map_coordinates(|at| coord! { x: at.y, y: at.x }),
        LayerCrs::WebMercator => filter.map_coordinates(|at| {
            let place = WebMercator { x: at.x, y: at.y }.to_lonlat();
            coord! { x: place.lon, y: place.lat }
        }),
    }
    let plane = if crs == LayerCrs::Rd { Plane::Rd } else { Plane::Degrees };
    if plane == Plane::Degrees {
        filter.visit_coordinates(|at| is_somewhere &= at.x.abs() <= 180.0 && at.y.abs() <= 90.0);
    }
    if !is_somewhere {
        let detail = "een plaats ligt buiten de aarde: lengte is -180 tot en met 180 graden, breedte \
                      -90 tot en met 90";
        query.fail(InputError::query(parameter, "ongeldig", detail));
    }
    Some((plane, filter))
}
