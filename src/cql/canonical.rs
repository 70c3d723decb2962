//! An expression as text: one text for all that mean the same tree, never nested deeper than what
//! it was read from.

use std::fmt::{self, Display, Formatter, Write};

use geo_types::{Coord, Geometry, LineString, Polygon};

use super::{
    expression::{Expression, Nullable, Operator, Reference, Scalar},
    keyword::is_keyword,
    literal::Literal,
    spatial::Relation,
    text::encode,
    token::is_identifier,
};

impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(operands) => join(f, operands, " AND ", |f, operand| match operand {
                Self::Or(_) => write!(f, "({operand})"),
                other => write!(f, "{other}"),
            }),
            Self::Or(operands) => join(f, operands, " OR ", |f, operand| write!(f, "{operand}")),
            Self::Not(inner) => match &**inner {
                Self::Like(..) | Self::Between(..) | Self::In(..) | Self::IsNull(_) => {
                    inner.predicate(f, "NOT ")
                }
                Self::Spatial(Relation::Intersects, property, literal) => {
                    write!(f, "S_DISJOINT({property},{literal})")
                }
                Self::Itself(property) => write!(f, "S_DISJOINT({property},{property})"),
                Self::And(_) | Self::Or(_) => write!(f, "NOT ({inner})"),
                other => write!(f, "NOT {other}"),
            },
            other => other.predicate(f, ""),
        }
    }
}

impl Expression {
    /// A predicate, with what may stand before the keyword of those that have a place for `NOT`.
    fn predicate(&self, f: &mut Formatter<'_>, not: &str) -> fmt::Result {
        match self {
            Self::Truth(scalar) => write!(f, "{scalar}"),
            Self::Compare(operator, left, right) => write!(f, "{left}{operator}{right}"),
            Self::Like(scalar, pattern) => write!(f, "{scalar} {not}LIKE '{}'", pattern.encode()),
            Self::Between(scalar, [low, high]) => {
                write!(f, "{scalar} {not}BETWEEN {low} AND {high}")
            }
            Self::In(scalar, items) => {
                write!(f, "{scalar} {not}IN (")?;
                let items = items.literals.iter().chain(&items.others);
                join(f, items, ",", |f, item| write!(f, "{item}"))?;
                f.write_char(')')
            }
            Self::IsNull(nullable) => {
                match nullable {
                    Nullable::Scalar(scalar) => write!(f, "{scalar}")?,
                    Nullable::Geometry(property) => write!(f, "{property}")?,
                    Nullable::Literal(literal) => write!(f, "{literal}")?,
                    Nullable::Expression(inner) if inner.stands_before_is() => {
                        write!(f, "{inner}")?;
                    }
                    Nullable::Expression(inner) => write!(f, "({inner})")?,
                }
                write!(f, " IS {not}NULL")
            }
            Self::Spatial(Relation::Intersects, property, literal) => {
                write!(f, "S_INTERSECTS({property},{literal})")
            }
            Self::Spatial(Relation::Within, property, literal) => {
                write!(f, "S_WITHIN({property},{literal})")
            }
            Self::Spatial(Relation::Contains, property, literal) => {
                write!(f, "S_WITHIN({literal},{property})")
            }
            Self::Itself(property) => write!(f, "S_INTERSECTS({property},{property})"),
            Self::And(_) | Self::Or(_) | Self::Not(_) => write!(f, "{self}"),
        }
    }

    /// Whether `IS NULL` after it is about all of it, without parentheses.
    fn stands_before_is(&self) -> bool {
        match self {
            Self::Compare(..)
            | Self::Like(..)
            | Self::Between(..)
            | Self::In(..)
            | Self::Spatial(..)
            | Self::Itself(_) => true,
            Self::Not(inner) => matches!(
                **inner,
                Self::Like(..)
                    | Self::Between(..)
                    | Self::In(..)
                    | Self::Spatial(Relation::Intersects, ..)
                    | Self::Itself(_)
            ),
            Self::And(_) | Self::Or(_) | Self::Truth(_) | Self::IsNull(_) => false,
        }
    }
}

impl Display for Operator {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let symbol = Self::ALL.iter().find(|(_, operator)| operator == self);
        f.write_str(symbol.map_or("", |(symbol, _)| symbol))
    }
}

impl Display for Reference {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if is_identifier(&self.name) && !is_keyword(&self.name) {
            f.write_str(&self.name)
        } else {
            write!(f, "\"{}\"", self.name.replace('"', "\"\""))
        }
    }
}

impl Display for Scalar {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property(property) => write!(f, "{property}"),
            Self::Casei(property) => write!(f, "CASEI({property})"),
            Self::Text(text) => {
                let mut literal = String::with_capacity(text.len());
                text.chars().for_each(|c| encode(c, &mut literal));
                write!(f, "'{literal}'")
            }
            Self::Number(number) => f.write_str(&shortest(*number)),
            Self::Boolean(truth) => f.write_str(if *truth { "TRUE" } else { "FALSE" }),
            Self::Date(text) => write!(f, "DATE('{text}')"),
            Self::Timestamp(text) => write!(f, "TIMESTAMP('{text}Z')"),
        }
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.as_bbox() {
            Some(numbers) => {
                f.write_str("BBOX(")?;
                join(f, &numbers, ",", |f, number| f.write_str(&shortest(*number)))?;
                f.write_char(')')
            }
            None => geometry(f, self.shape()),
        }
    }
}

fn geometry(f: &mut Formatter<'_>, shape: &Geometry<f64>) -> fmt::Result {
    match shape {
        Geometry::Point(one) => list(f, "POINT", &[one.0], |f, c| coordinate(f, *c)),
        Geometry::LineString(one) => line(f, "LINESTRING", one),
        Geometry::Polygon(one) => polygon(f, "POLYGON", one),
        Geometry::MultiPoint(all) => {
            let point =
                |f: &mut Formatter<'_>, c: Coord<f64>| list(f, "", &[c], |f, c| coordinate(f, *c));
            list(f, "MULTIPOINT", all.iter(), |f, one| point(f, one.0))
        }
        Geometry::MultiLineString(all) => {
            list(f, "MULTILINESTRING", all.iter(), |f, one| line(f, "", one))
        }
        Geometry::MultiPolygon(all) => {
            list(f, "MULTIPOLYGON", all.iter(), |f, one| polygon(f, "", one))
        }
        Geometry::GeometryCollection(all) => list(f, "GEOMETRYCOLLECTION", all.iter(), geometry),
        // No literal is read as one of these.
        Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => Ok(()),
    }
}

fn polygon(f: &mut Formatter<'_>, tag: &str, polygon: &Polygon<f64>) -> fmt::Result {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    list(f, tag, rings, |f, ring| line(f, "", ring))
}

fn line(f: &mut Formatter<'_>, tag: &str, line: &LineString<f64>) -> fmt::Result {
    list(f, tag, line.coords(), |f, c| coordinate(f, *c))
}

fn coordinate(f: &mut Formatter<'_>, c: Coord<f64>) -> fmt::Result {
    write!(f, "{} {}", shortest(c.x), shortest(c.y))
}

fn list<T>(
    f: &mut Formatter<'_>,
    tag: &str,
    items: impl IntoIterator<Item = T>,
    write: impl FnMut(&mut Formatter<'_>, T) -> fmt::Result,
) -> fmt::Result {
    write!(f, "{tag}(")?;
    join(f, items, ",", write)?;
    f.write_char(')')
}

fn join<T>(
    f: &mut Formatter<'_>,
    items: impl IntoIterator<Item = T>,
    between: &str,
    mut write: impl FnMut(&mut Formatter<'_>, T) -> fmt::Result,
) -> fmt::Result {
    for (i, item) in items.into_iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        write(f, item)?;
    }
    Ok(())
}

/// The shortest text that reads back as the same number.
fn shortest(number: f64) -> String {
    let (plain, scientific) = (number.to_string(), format!("{number:E}"));
    if scientific.len() < plain.len() { scientific } else { plain }
}
