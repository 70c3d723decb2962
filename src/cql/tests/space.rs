//! Spatial predicates against DE-9IM on the whole shapes.

use geo::{Area as _, Relate, Validation};
use geo_types::{Coord, Geometry, LineString, MultiPoint, Point, coord, polygon};
use proptest::prelude::*;

use super::*;

fn square(x: f64, y: f64, size: f64) -> Polygon<f64> {
    polygon![(x: x, y: y), (x: x + size, y: y), (x: x + size, y: y + size), (x: x, y: y + size)]
}

#[test]
fn bounds_answer_where_they_can() {
    let row = Area::shaped(vec![square(2., 2., 2.)]);
    for (text, holds) in [
        ("S_INTERSECTS(geom, BBOX(5,5,9,9))", false),
        ("S_INTERSECTS(geom, BBOX(0,0,9,9))", true),
        ("S_WITHIN(geom, BBOX(0,0,9,9))", true),
        ("S_WITHIN(geom, BBOX(0,0,3,9))", false),
        ("S_WITHIN(geom, POINT(3 3))", false),
        ("S_WITHIN(BBOX(3,3,9,9), geom)", false),
        ("S_INTERSECTS(geom, POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,8 1,8 8,1 8,1 1)))", false),
        ("S_DISJOINT(geom, BBOX(5,5,9,9))", true),
        ("geom IS NULL", false),
        ("S_WITHIN(geom, geom)", true),
    ] {
        assert_eq!(truth(text, &row), Some(holds), "{text}");
    }
    assert_eq!(row.asked.get(), 0);
    assert_eq!(truth("S_INTERSECTS(geom, BBOX(3,3,9,9))", &row), Some(true));
    assert!(row.asked.get() > 0);
}

#[test]
fn spatial_predicates_come_last() {
    let row = Area::shaped(vec![square(2., 2., 2.)]);
    assert!(!filter("S_INTERSECTS(geom, POINT(3 3)) AND FALSE").holds(&row));
    assert_eq!(row.asked.get(), 0);
}

#[test]
fn borders_count_as_the_standard_has_it() {
    let hole = polygon!(
        exterior: [(x: 0., y: 0.), (x: 9., y: 0.), (x: 9., y: 9.), (x: 0., y: 9.)],
        interiors: [[(x: 3., y: 3.), (x: 6., y: 3.), (x: 6., y: 6.), (x: 3., y: 6.)]]
    );
    let row = Area::shaped(vec![hole, square(20., 20., 2.)]);
    for (text, holds) in [
        ("S_INTERSECTS(geom, POINT(0 0))", true),
        ("S_INTERSECTS(geom, POINT(4 4))", false),
        ("S_INTERSECTS(geom, BBOX(3.5,3.5,5,5))", false),
        ("S_INTERSECTS(geom, BBOX(3,3,6,6))", true),
        ("S_INTERSECTS(geom, BBOX(9,9,20,20))", true),
        ("S_INTERSECTS(geom, BBOX(10,10,19,19))", false),
        ("S_INTERSECTS(geom, LINESTRING(10 0,10 30))", false),
        ("S_WITHIN(POINT(0 0), geom)", false),
        ("S_WITHIN(POINT(1 1), geom)", true),
        ("S_WITHIN(MULTIPOINT(0 0,1 1), geom)", true),
        ("S_WITHIN(MULTIPOINT(4 4,1 1), geom)", false),
        ("S_WITHIN(LINESTRING(0 0,9 0), geom)", false),
        ("S_WITHIN(LINESTRING(0 0,9 0,8 1), geom)", true),
        ("S_WITHIN(LINESTRING(1 1,8 8), geom)", false),
        ("S_WITHIN(BBOX(1,1,2,8), geom)", true),
        ("S_WITHIN(BBOX(1,1,8,8), geom)", false),
        ("S_WITHIN(BBOX(3,3,6,6), geom)", false),
        ("S_WITHIN(GEOMETRYCOLLECTION(BBOX(1,1,2,2)), geom)", true),
        ("S_WITHIN(GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,9 0)), geom)", true),
        ("S_WITHIN(GEOMETRYCOLLECTION(POINT(1 1),POINT(15 15)), geom)", false),
        (
            "S_WITHIN(geom, MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((19 19,23 19,23 23,19 23,19 19))))",
            true,
        ),
        (
            "S_WITHIN(geom, MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0)),((21 21,23 21,23 23,21 23,21 21))))",
            false,
        ),
        ("S_WITHIN(geom, BBOX(0,0,22,22))", true),
        ("S_WITHIN(geom, BBOX(0,0,22,21))", false),
        ("S_WITHIN(geom, POLYGON((0 0,22 0,22 22,0 22,0 0),(3 3,6 3,6 6,3 6,3 3)))", true),
        ("S_WITHIN(geom, POLYGON((0 0,22 0,22 22,0 22,0 0),(1 1,2 1,2 2,1 2,1 1)))", false),
    ] {
        let text = text.replace(
            "GEOMETRYCOLLECTION(BBOX(1,1,2,2))",
            "GEOMETRYCOLLECTION(POLYGON((1 1,2 1,2 2,1 2,1 1)))",
        );
        assert_eq!(truth(&text, &row), Some(holds), "{text}");
    }
}

#[test]
fn boxes_may_be_flat() {
    let row = Area::shaped(vec![square(2., 2., 2.)]);
    assert_eq!(truth("S_INTERSECTS(geom, BBOX(3,3,3,3))", &row), Some(true));
    assert_eq!(truth("S_INTERSECTS(geom, BBOX(0,4,9,4))", &row), Some(true));
    assert_eq!(truth("S_WITHIN(BBOX(2,4,4,4), geom)", &row), Some(false));
    canonical("S_INTERSECTS(geom, BBOX(0,4,9,4)) AND S_WITHIN(BBOX(3,3,3,3), geom)");
}

#[test]
fn literals_are_mapped() {
    let mut read = filter("S_WITHIN(geom, BBOX(0,0,16,32)) AND S_INTERSECTS(geom, POINT(8 8))");
    let mut seen = Vec::new();
    read.visit_coordinates(|c| seen.push(c));
    assert_eq!(seen.len(), 66);
    assert!((0..=16).all(|i| seen.contains(&coord! { x: f64::from(i), y: 0. })));
    // A curved west side, as a projection has it.
    let bend = |c: Coord<f64>| Coord { x: c.x + 100. + c.y * c.y / 100., y: c.y };
    read.map_coordinates(bend);
    assert_eq!(
        read.bounds(),
        Some(Rect::new(bend(coord! { x: 8., y: 8. }), bend(coord! { x: 8., y: 8. })))
    );
    assert!(read.holds(&Area::shaped(vec![square(107., 7., 4.)])));
    assert!(!read.holds(&Area::shaped(vec![square(7., 7., 4.)])));
    assert!(read.canonical().starts_with("S_WITHIN(geom,POLYGON((100 0,"));
    assert_eq!(filter(&read.canonical()), read);
    // The straight line from corner to corner would leave this out.
    let near_west = Area::shaped(vec![square(104.2, 15., 1.)]);
    let mut west = filter("S_WITHIN(geom, BBOX(0,0,16,32))");
    west.map_coordinates(bend);
    assert!(west.holds(&near_west));
    for lost in [f64::NAN, f64::INFINITY, 1e10] {
        let mut read = filter("S_INTERSECTS(geom, BBOX(0,0,9,9)) IS NULL");
        read.map_coordinates(|c| Coord { x: if c.x > 8. { lost } else { c.x }, y: c.y });
        assert_eq!(read.bounds(), None);
        assert!(read.holds(&Area::shaped(vec![square(1., 1., 1.)])));
    }
}

#[test]
fn a_box_follows_from_what_must_meet_it() {
    let rect = |a: (f64, f64), b: (f64, f64)| Some(Rect::new(a, b));
    for (text, bounds) in [
        ("S_INTERSECTS(geom, BBOX(0,0,9,9))", rect((0., 0.), (9., 9.))),
        ("S_WITHIN(geom, BBOX(0,0,9,9)) AND inwoners > 3", rect((0., 0.), (9., 9.))),
        ("S_WITHIN(LINESTRING(1 2,3 4), geom)", rect((1., 2.), (3., 4.))),
        ("NOT S_DISJOINT(geom, BBOX(0,0,9,9))", rect((0., 0.), (9., 9.))),
        (
            "S_INTERSECTS(geom, BBOX(0,0,9,9)) AND S_INTERSECTS(geom, BBOX(5,5,7,7))",
            rect((5., 5.), (7., 7.)),
        ),
        (
            "S_INTERSECTS(geom, BBOX(0,0,1,1)) OR S_INTERSECTS(geom, POINT(7 8))",
            rect((0., 0.), (7., 8.)),
        ),
        ("S_INTERSECTS(geom, BBOX(0,0,9,9)) OR inwoners > 3", None),
        ("NOT S_INTERSECTS(geom, BBOX(0,0,9,9))", None),
        ("S_DISJOINT(geom, BBOX(0,0,9,9))", None),
        ("S_INTERSECTS(geom, BBOX(0,0,9,9)) IS NULL", None),
        ("inwoners > 3", None),
    ] {
        assert_eq!(filter(text).bounds(), bounds, "{text}");
        assert_eq!(filter(text).is_spatial(), text.contains("S_"), "{text}");
    }
}

fn ring() -> impl Strategy<Value = LineString<f64>> {
    let point = prop_oneof![
        3 => (0_u8..8, 0_u8..8).prop_map(|(x, y)| coord! { x: f64::from(x), y: f64::from(y) }),
        1 => (0.0..7.0, 0.0..7.0).prop_map(|(x, y)| coord! { x: x, y: y }),
    ];
    prop::collection::vec(point, 3..8).prop_map(|mut points| {
        points.extend(points.first().copied());
        LineString(points)
    })
}

/// Polygons of which most are unsound.
fn any_polygon() -> impl Strategy<Value = Polygon<f64>> {
    (ring(), prop::collection::vec(ring(), 0..2))
        .prop_map(|(outer, inner)| Polygon::new(outer, inner))
}

/// Star-shaped polygons are sound; some have a hole.
fn sound_polygon() -> impl Strategy<Value = Polygon<f64>> {
    let star = prop::collection::vec(1_u8..5, 3..9);
    (star, 0_u8..8, 0_u8..8, any::<bool>())
        .prop_map(|(radii, x, y, hole)| {
            let count = radii.len() as f64;
            let ring = |scale: f64| {
                let point = |(i, r): (usize, &u8)| {
                    let (sin, cos) = (i as f64 / count * std::f64::consts::TAU).sin_cos();
                    let r = f64::from(*r) * scale;
                    // Rounded, so that borders coincide now and then.
                    let round = |v: f64| (v * 4.).round() / 4.;
                    coord! { x: f64::from(x) + round(r * cos), y: f64::from(y) + round(r * sin) }
                };
                LineString(radii.iter().enumerate().map(point).collect())
            };
            Polygon::new(ring(1.), if hole { vec![ring(0.5)] } else { vec![] })
        })
        .prop_filter("sound", Validation::is_valid)
}

fn text(geometry: &Geometry<f64>) -> String {
    let line = |line: &LineString<f64>| {
        let points: Vec<_> = line.coords().map(|c| format!("{} {}", c.x, c.y)).collect();
        format!("({})", points.join(","))
    };
    match geometry {
        Geometry::Point(p) => format!("POINT({} {})", p.x(), p.y()),
        Geometry::LineString(l) => format!("LINESTRING{}", line(l)),
        Geometry::Polygon(p) => {
            let rings: Vec<_> =
                std::iter::once(p.exterior()).chain(p.interiors()).map(line).collect();
            format!("POLYGON({})", rings.join(","))
        }
        Geometry::MultiPoint(all) => {
            let points: Vec<_> = all.iter().map(|p| format!("{} {}", p.x(), p.y())).collect();
            format!("MULTIPOINT({})", points.join(","))
        }
        other => unreachable!("{other:?}"),
    }
}

fn sound_geometry() -> impl Strategy<Value = Geometry<f64>> {
    prop_oneof![
        3 => sound_polygon().prop_map(Geometry::from),
        1 => ring().prop_filter("a line", Validation::is_valid).prop_map(Geometry::from),
        1 => (0_u8..8, 0_u8..8).prop_map(|(x, y)| Point::new(x.into(), y.into()).into()),
        1 => ring().prop_map(|ring| MultiPoint::from(ring.0).into()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn relations_are_those_of_the_matrix(shape in sound_polygon(), other in sound_polygon(), geometry in sound_geometry()) {
        // Two polygons make a sound shape where they do not meet.
        let apart = Relate::relate(&shape, &other).is_disjoint();
        let polygons = if apart { vec![shape, other] } else { vec![shape] };
        let matrix = Geometry::from(MultiPolygon(polygons.clone())).relate(&geometry);
        let row = Area::shaped(polygons);
        let text = text(&geometry);
        for (predicate, holds) in [
            (format!("S_INTERSECTS(geom,{text})"), matrix.is_intersects()),
            (format!("S_DISJOINT({text},geom)"), matrix.is_disjoint()),
            (format!("S_WITHIN(geom,{text})"), matrix.is_within()),
            (format!("S_WITHIN({text},geom)"), matrix.is_contains()),
        ] {
            prop_assert_eq!(filter(&predicate).holds(&row), holds, "{}", predicate);
        }
    }

    #[test]
    fn unsound_polygons_are_refused_and_others_read(polygon in any_polygon(), shape in sound_polygon()) {
        let text = text(&polygon.clone().into());
        let read = parse(&format!("S_INTERSECTS(geom,{text}) OR S_WITHIN(geom,{text}) OR S_WITHIN({text},geom)"));
        let sound = read.is_ok();
        if let Ok(read) = read {
            read.holds(&Area::shaped(vec![shape]));
            prop_assert_eq!(parse(&read.canonical()), Ok(read));
        }
        // The validation of the library lets rings without area pass.
        let flat = |ring: &LineString<f64>| Polygon::new(ring.clone(), vec![]).unsigned_area() == 0.;
        let flat = flat(polygon.exterior()) || polygon.interiors().iter().any(flat);
        prop_assert_eq!(sound, polygon.is_valid() && !flat, "{}", text);
    }

    #[test]
    fn unsound_shapes_do_not_make_it_fail(shape in any_polygon(), geometry in sound_geometry()) {
        let text = text(&geometry);
        let read = filter(&format!("S_INTERSECTS(geom,{text}) OR S_WITHIN(geom,{text}) OR S_WITHIN({text},geom)"));
        read.holds(&Area::shaped(vec![shape]));
    }

    #[test]
    fn literals_mapped_to_anything_do_not_make_it_fail(
        geometry in sound_geometry(), shape in sound_polygon(), to in prop::collection::vec((0_u8..8, 0_u8..8), 8),
    ) {
        let text = text(&geometry);
        let mut read = filter(&format!("S_INTERSECTS(geom,{text}) OR S_WITHIN(geom,{text}) OR S_WITHIN({text},geom)"));
        let mut next = to.iter().cycle();
        read.map_coordinates(|c| next.next().map_or(c, |(x, y)| coord! { x: f64::from(*x), y: f64::from(*y) }));
        read.holds(&Area::shaped(vec![shape]));
    }
}

#[test]
fn boxes_go_round_the_earth_where_the_system_does() {
    let holds = |text: &str, longitude, west, south| {
        let read = Filter::parse(text, &PROPERTIES, longitude).expect(text);
        assert_eq!(Filter::parse(&read.canonical(), &PROPERTIES, longitude).as_ref(), Ok(&read));
        read.holds(&Area::shaped(vec![square(west, south, 2.)]))
    };
    let first = "S_INTERSECTS(geom, BBOX(170,-50,-170,-10))";
    for (west, south, is_in) in [
        (171., -20., true),
        (-175., -20., true),
        (-180., -20., true),
        (0., -20., false),
        (160., -20., false),
        (-165., -20., false),
        (171., 0., false),
    ] {
        assert_eq!(holds(first, Longitude::First, west, south), is_in, "{west} {south}");
        let second = "S_INTERSECTS(geom, BBOX(-50,170,-10,-170))";
        assert_eq!(holds(second, Longitude::Second, south, west), is_in, "{west} {south}");
    }
    // Of six numbers the heights are left out.
    let six = "S_WITHIN(geom, BBOX(170,-50,0,-170,-10,9))";
    assert!(holds(six, Longitude::First, 175., -20.));
    assert!(Filter::parse(first, &PROPERTIES, Longitude::Second).is_err());
    assert!(Filter::parse(first, &PROPERTIES, Longitude::None).is_err());
    let south = "S_INTERSECTS(geom, BBOX(5,53,6,52))";
    assert!(Filter::parse(south, &PROPERTIES, Longitude::First).is_err());
}
