//! The box that the rows of a filter must meet.

use geo_types::{Coord, Rect};

use super::expression::Expression;

impl Expression {
    /// A box such that the expression does not hold of a row whose bounds do not meet it.
    pub fn bounds(&self) -> Option<Rect<f64>> {
        match self {
            Self::Spatial(_, _, literal) => literal.bounds(),
            Self::And(operands) => operands.iter().filter_map(Self::bounds).reduce(common),
            Self::Or(operands) => {
                let boxes: Option<Vec<_>> = operands.iter().map(Self::bounds).collect();
                boxes?.into_iter().reduce(around)
            }
            _ => None,
        }
    }
}

/// A box that a row meets which meets both. A row may meet two boxes without meeting what they have
/// in common, so it is the smaller of the two.
fn common(one: Rect<f64>, two: Rect<f64>) -> Rect<f64> {
    let area = |of: Rect<f64>| of.width() * of.height();
    if area(two) < area(one) { two } else { one }
}

fn around(one: Rect<f64>, two: Rect<f64>) -> Rect<f64> {
    let (a, b, c, d) = (one.min(), one.max(), two.min(), two.max());
    Rect::new(
        Coord { x: a.x.min(c.x), y: a.y.min(c.y) },
        Coord { x: b.x.max(d.x), y: b.y.max(d.y) },
    )
}
