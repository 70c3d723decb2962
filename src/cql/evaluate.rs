//! An expression asked of a row, in three-valued logic: `None` is unknown.

use std::{borrow::Cow, cmp::Ordering};

use super::{
    expression::{Expression, Items, Nullable, Operator, Reference, Scalar},
    instant::comparable,
    row::{Kind, Row, Value},
    text::fold,
};

/// A value that is there.
enum Known<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Boolean(bool),
}

impl Known<'_> {
    /// `None` for values of different kinds.
    fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(one), Self::Text(two)) => Some(one.cmp(two)),
            (Self::Number(one), Self::Number(two)) => one.partial_cmp(two),
            (Self::Boolean(one), Self::Boolean(two)) => Some(one.cmp(two)),
            _ => None,
        }
    }
}

impl Expression {
    /// Whether it holds of a row.
    pub fn evaluate(&self, row: &(impl Row + ?Sized)) -> Option<bool> {
        match self {
            Self::And(operands) => until(false, operands.iter().map(|one| one.evaluate(row))),
            Self::Or(operands) => until(true, operands.iter().map(|one| one.evaluate(row))),
            Self::Not(inner) => inner.evaluate(row).map(|holds| !holds),
            Self::Truth(scalar) => match scalar.value(row)? {
                Known::Boolean(holds) => Some(holds),
                Known::Text(_) | Known::Number(_) => None,
            },
            Self::Compare(operator, left, right) => {
                let order = left.value(row)?.order(&right.value(row)?)?;
                Some(match operator {
                    Operator::Equal => order.is_eq(),
                    Operator::NotEqual => order.is_ne(),
                    Operator::Less => order.is_lt(),
                    Operator::LessOrEqual => order.is_le(),
                    Operator::Greater => order.is_gt(),
                    Operator::GreaterOrEqual => order.is_ge(),
                })
            }
            Self::Like(scalar, pattern) => match scalar.value(row)? {
                Known::Text(text) => Some(pattern.matches(&text)),
                Known::Number(_) | Known::Boolean(_) => None,
            },
            Self::Between(scalar, [low, high]) => {
                let value = scalar.value(row)?;
                let least = low.value(row).and_then(|low| Some(low.order(&value)?.is_le()));
                let most = high.value(row).and_then(|high| Some(value.order(&high)?.is_le()));
                until(false, [least, most].into_iter())
            }
            Self::In(scalar, items) => items.contain(&scalar.value(row)?, row),
            Self::IsNull(nullable) => Some(nullable.is_null(row)),
            Self::Spatial(relation, _, literal) => relation.holds(row, literal),
            Self::Itself(_) => row.bounds().map(|_| true),
        }
    }
}

/// `decisive` once an operand is; otherwise unknown if any is unknown.
fn until(decisive: bool, operands: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(!decisive);
    for operand in operands {
        match operand {
            Some(holds) if holds == decisive => return Some(decisive),
            Some(_) => {}
            None => all = None,
        }
    }
    all
}

impl Items {
    fn contain(&self, value: &Known<'_>, row: &(impl Row + ?Sized)) -> Option<bool> {
        // Literals are of the kind of the value, so the order is total.
        let order = |item: &Scalar| item.literal().and_then(|item| item.order(value));
        let found =
            self.literals.binary_search_by(|item| order(item).unwrap_or(Ordering::Less)).is_ok();
        let equals = |item: &Scalar| Some(item.value(row)?.order(value)?.is_eq());
        until(true, std::iter::once(Some(found)).chain(self.others.iter().map(equals)))
    }
}

impl Nullable {
    fn is_null(&self, row: &(impl Row + ?Sized)) -> bool {
        match self {
            Self::Scalar(scalar) => scalar.value(row).is_none(),
            Self::Geometry(_) => row.bounds().is_none(),
            Self::Literal(_) => false,
            Self::Expression(inner) => inner.evaluate(row).is_none(),
        }
    }
}

impl Scalar {
    fn value<'a>(&'a self, row: &'a (impl Row + ?Sized)) -> Option<Known<'a>> {
        match self {
            Self::Property(property) => property.value(row),
            Self::Casei(property) => match property.value(row)? {
                // A text that folds to itself stays borrowed.
                Known::Text(Cow::Borrowed(text)) => Some(Known::Text(fold(text))),
                _ => None,
            },
            literal => literal.literal(),
        }
    }

    /// The value where it does not depend on a row.
    fn literal(&self) -> Option<Known<'_>> {
        match self {
            Self::Property(_) | Self::Casei(_) => None,
            Self::Text(text) | Self::Date(text) | Self::Timestamp(text) => {
                Some(Known::Text(Cow::Borrowed(text)))
            }
            Self::Number(number) => Some(Known::Number(*number)),
            Self::Boolean(truth) => Some(Known::Boolean(*truth)),
        }
    }

    /// The order of two literals of one kind.
    pub fn order(&self, other: &Self) -> Ordering {
        let order = self.literal().zip(other.literal()).and_then(|(one, two)| one.order(&two));
        order.unwrap_or(Ordering::Equal)
    }
}

impl Reference {
    fn value<'a>(&self, row: &'a (impl Row + ?Sized)) -> Option<Known<'a>> {
        match (row.value(self.index), self.kind) {
            (Value::Text(text), Kind::Text | Kind::Date) => Some(Known::Text(text.into())),
            (Value::Text(text), Kind::Timestamp) => Some(Known::Text(comparable(text).into())),
            (Value::Number(number), Kind::Number) if !number.is_nan() => {
                Some(Known::Number(number))
            }
            (Value::Boolean(truth), Kind::Boolean) => Some(Known::Boolean(truth)),
            _ => None,
        }
    }
}
