//! Random expressions: against an evaluator that knows nothing of the one under test, and there and
//! back through their canonical text.

use geo::Relate;
use geo_types::{Geometry, LineString, Point, polygon};
use proptest::prelude::*;

use super::*;

const TEXTS: [&str; 5] = ["", "a", "A", "ab", "é'\\"];
const OPERATORS: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];
const PATTERNS: [&str; 4] = ["%", "a_", "_", "A%"];

/// A value as the naive evaluator has it.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
enum Plain {
    Text(String),
    Number(i8),
    Boolean(bool),
}

/// An operand: a property or a value.
#[derive(Clone, Debug)]
enum Term {
    Property(&'static str),
    Casei(&'static str),
    Value(Plain),
}

#[derive(Clone, Debug)]
enum Node {
    Compare(usize, Term, Term),
    Like(bool, Term, usize),
    Between(bool, [Term; 3]),
    In(bool, Term, Vec<Term>),
    IsNull(bool, Term),
    Truth(Term),
    Spatial(usize, usize),
    GeometryIsNull(bool),
    Unknown(bool, Box<Node>),
    Not(Box<Node>),
    And(Vec<Node>),
    Or(Vec<Node>),
}

fn geometries() -> [(&'static str, Geometry<f64>); 4] {
    let square = polygon![(x: 1., y: 1.), (x: 6., y: 1.), (x: 6., y: 6.), (x: 1., y: 6.)];
    let line = LineString::from(vec![(0., 0.), (2., 2.), (9., 2.)]);
    [
        ("BBOX(1,1,6,6)", square.clone().into()),
        ("polygon z ((1 1 0,6 1 0,6 6 0,1 6 0,1 1 0))", square.into()),
        ("POINT(2 2)", Point::new(2., 2.).into()),
        ("LINESTRING(0 0,2 2, 9 2)", line.into()),
    ]
}

const RELATIONS: [&str; 4] =
    ["S_INTERSECTS(geom,#)", "S_DISJOINT(#,geom)", "S_WITHIN(geom,#)", "S_WITHIN(#,geom)"];

impl Term {
    fn text(&self) -> String {
        match self {
            Self::Property(name) => format!("\"{name}\""),
            Self::Casei(name) => format!("casei( {name} )"),
            Self::Value(Plain::Text(text)) => {
                format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
            }
            Self::Value(Plain::Number(number)) => format!("{number}.0"),
            Self::Value(Plain::Boolean(truth)) => truth.to_string(),
        }
    }

    fn value(&self, row: &Area) -> Option<Plain> {
        let of = |name: &str| {
            let index = PROPERTIES.iter().position(|p| p.name == name)?;
            match row.values[index] {
                Value::Null => None,
                Value::Text(text) => Some(Plain::Text(text.to_owned())),
                Value::Number(number) => Some(Plain::Number(number as i8)),
                Value::Boolean(truth) => Some(Plain::Boolean(truth)),
            }
        };
        match self {
            Self::Property(name) => of(name),
            Self::Casei(name) => match of(name)? {
                Plain::Text(text) => Some(Plain::Text(text.to_lowercase())),
                other => Some(other),
            },
            Self::Value(value) => Some(value.clone()),
        }
    }
}

fn not(is: bool) -> &'static str {
    if is { "" } else { "not" }
}

impl Node {
    /// With more parentheses than are needed.
    fn text(&self) -> String {
        let join = |nodes: &[Self], word: &str| {
            nodes.iter().map(|n| format!("({})", n.text())).collect::<Vec<_>>().join(word)
        };
        match self {
            Self::Compare(i, a, b) => format!("{}{}{}", a.text(), OPERATORS[*i], b.text()),
            Self::Like(is, a, i) => format!("{} {} like '{}'", a.text(), not(*is), PATTERNS[*i]),
            Self::Between(is, [a, b, c]) => {
                format!("{} {} between {} and {}", a.text(), not(*is), b.text(), c.text())
            }
            Self::In(is, a, items) => {
                let items: Vec<_> = items.iter().map(Term::text).collect();
                format!("{} {} in ({})", a.text(), not(*is), items.join(" , "))
            }
            Self::IsNull(is, a) => format!("{} is {} null", a.text(), not(*is)),
            Self::Truth(a) => a.text(),
            Self::Spatial(relation, i) => RELATIONS[*relation].replace('#', geometries()[*i].0),
            Self::GeometryIsNull(is) => format!("geom is {} null", not(*is)),
            Self::Unknown(is, a) => format!("({}) is {} null", a.text(), not(*is)),
            Self::Not(a) => format!("not ({})", a.text()),
            Self::And(all) => join(all, " and "),
            Self::Or(all) => join(all, " or "),
        }
    }

    /// 2 is true, 1 unknown and 0 false: AND is the least, OR the most.
    fn level(&self, row: &Area) -> u8 {
        let level = |truth: Option<bool>| truth.map_or(1, |truth| 2 * u8::from(truth));
        let unless = |is: bool, level: u8| if is { level } else { 2 - level };
        let compare = |i: usize, a: &Term, b: &Term| {
            let both = a.value(row).zip(b.value(row));
            level(both.map(|(a, b)| [a == b, a != b, a < b, a <= b, a > b, a >= b][i]))
        };
        match self {
            Self::Compare(i, a, b) => compare(*i, a, b),
            Self::Like(is, a, i) => match a.value(row) {
                Some(Plain::Text(text)) => {
                    let count = text.chars().count();
                    let first = text.chars().next();
                    let fits =
                        [true, count == 2 && first == Some('a'), count == 1, first == Some('A')];
                    unless(*is, level(Some(fits[*i])))
                }
                _ => 1,
            },
            Self::Between(is, [a, b, c]) => unless(*is, compare(5, a, b).min(compare(3, a, c))),
            Self::In(is, a, items) => {
                unless(*is, items.iter().map(|item| compare(0, a, item)).max().unwrap_or(0))
            }
            Self::IsNull(is, a) => unless(*is, level(Some(a.value(row).is_none()))),
            Self::Truth(a) => compare(0, a, &Term::Value(Plain::Boolean(true))),
            Self::GeometryIsNull(is) => unless(*is, level(Some(row.shape.is_none()))),
            Self::Unknown(is, a) => unless(*is, level(Some(a.level(row) == 1))),
            Self::Spatial(relation, i) => level(row.shape.as_ref().map(|shape| {
                let m = Geometry::from(shape.clone()).relate(&geometries()[*i].1);
                [m.is_intersects(), m.is_disjoint(), m.is_within(), m.is_contains()][*relation]
            })),
            Self::Not(a) => 2 - a.level(row),
            Self::And(all) => all.iter().map(|a| a.level(row)).min().unwrap_or(2),
            Self::Or(all) => all.iter().map(|a| a.level(row)).max().unwrap_or(0),
        }
    }
}

fn number() -> impl Strategy<Value = Term> {
    prop_oneof![
        Just(Term::Property("inwoners")),
        Just(Term::Property("eo:cloud_cover")),
        (-2_i8..3).prop_map(|n| Term::Value(Plain::Number(n))),
    ]
}

fn text() -> impl Strategy<Value = Term> {
    prop_oneof![
        Just(Term::Property("naam")),
        Just(Term::Property("in")),
        Just(Term::Casei("code")),
        (0..TEXTS.len()).prop_map(|i| Term::Value(Plain::Text(TEXTS[i].to_owned()))),
    ]
}

fn boolean() -> impl Strategy<Value = Term> {
    prop_oneof![
        Just(Term::Property("stedelijk")),
        Just(Term::Property("water")),
        any::<bool>().prop_map(|b| Term::Value(Plain::Boolean(b))),
    ]
}

fn node() -> impl Strategy<Value = Node> {
    let of = |term: BoxedStrategy<Term>| {
        let (a, b) = (term.clone(), term.clone());
        prop_oneof![
            (0..6_usize, term.clone(), a).prop_map(|(i, a, b)| Node::Compare(i, a, b)),
            (any::<bool>(), b, prop::collection::vec(term.clone(), 1..5))
                .prop_map(|(is, a, items)| Node::In(is, a, items)),
            (any::<bool>(), term).prop_map(|(is, a)| Node::IsNull(is, a)),
        ]
    };
    let leaf = prop_oneof![
        of(number().boxed()),
        of(text().boxed()),
        of(boolean().boxed()),
        (any::<bool>(), text(), 0..4_usize).prop_map(|(is, a, i)| Node::Like(is, a, i)),
        (any::<bool>(), [number(), number(), number()]).prop_map(|(is, t)| Node::Between(is, t)),
        boolean().prop_map(Node::Truth),
        (0..4_usize, 0..4_usize).prop_map(|(relation, i)| Node::Spatial(relation, i)),
        any::<bool>().prop_map(Node::GeometryIsNull),
    ];
    leaf.prop_recursive(5, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|a| Node::Not(a.into())),
            (any::<bool>(), inner.clone()).prop_map(|(is, a)| Node::Unknown(is, a.into())),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Node::And),
            prop::collection::vec(inner, 1..4).prop_map(Node::Or),
        ]
    })
}

fn row() -> impl Strategy<Value = Area> {
    let text = || {
        prop::option::of(0..TEXTS.len())
            .prop_map(|i| i.map_or(Value::Null, |i| Value::Text(TEXTS[i])))
    };
    let number = || {
        prop::option::of(-2_i8..3).prop_map(|n| n.map_or(Value::Null, |n| Value::Number(n.into())))
    };
    let boolean =
        || prop::option::of(any::<bool>()).prop_map(|b| b.map_or(Value::Null, Value::Boolean));
    let square = (0_u8..6, 0_u8..6, 1_u8..6).prop_map(|(x, y, size)| {
        let [x, y, size] = [x, y, size].map(f64::from);
        polygon![(x: x, y: y), (x: x + size, y: y), (x: x + size, y: y + size), (x: x, y: y + size)]
    });
    let shape = prop::option::of(square.prop_map(|square| MultiPolygon(vec![square])));
    ((text(), text(), text()), (number(), number()), (boolean(), boolean()), shape).prop_map(
        |((a, b, c), (d, e), (f, g), shape)| {
            let null = Value::Null;
            Area::new(vec![a, b, d, e, f, g, null, null, null, c], shape)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn expressions_hold_as_they_do_naively(node in node(), rows in prop::collection::vec(row(), 1..6)) {
        let text = node.text();
        let read = filter(&text);
        let again = canonical(&text);
        prop_assert_eq!(&canonical(&again), &again);
        prop_assert!(again.len() <= text.len(), "{}", again);
        for row in rows {
            let level = node.level(&row);
            prop_assert_eq!(read.holds(&row), level == 2, "{}", text);
            let expected = [Some(false), None, Some(true)][usize::from(level)];
            prop_assert_eq!(truth(&text, &row), expected, "{}", text);
            // Outside the box nothing holds.
            if let (Some(bounds), Some(reach)) = (row.bounds(), read.bounds()) {
                use geo::Intersects;
                prop_assert!(level < 2 || bounds.intersects(&reach), "{}", text);
            }
        }
    }

    #[test]
    fn numbers_read_back_as_they_were(number in any::<f64>().prop_filter("finite", |n| n.is_finite())) {
        let text = format!("inwoners = {number:?}");
        let row = Area::with("inwoners", Value::Number(number));
        prop_assert!(filter(&canonical(&text)).holds(&row));
    }

    #[test]
    fn texts_read_back_as_they_were(text in "[^\\x00-\\x06\\x0E-\\x1F]{0,12}") {
        let literal = text.replace('\\', "\\\\").replace('\'', "''");
        let row = Area::with("naam", Value::Text(Box::leak(text.into_boxed_str())));
        let read = filter(&canonical(&format!("naam='{literal}'")));
        prop_assert!(read.holds(&row));
    }
}
