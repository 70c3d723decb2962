//! The tree of a filter.

use smol_str::SmolStr;

use super::{like::Pattern, literal::Literal, row::Kind, spatial::Relation};

/// A property that an expression names.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reference {
    /// Its place in the list of properties.
    pub index: usize,
    pub name: SmolStr,
    pub kind: Kind,
}

/// Something with a value that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar {
    Property(Reference),
    /// A text property without regard to case. A literal is folded when it is read.
    Casei(Reference),
    Text(SmolStr),
    Number(f64),
    Boolean(bool),
    Date(SmolStr),
    /// As [`super::instant::comparable`].
    Timestamp(SmolStr),
}

impl Scalar {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Property(property) => property.kind,
            Self::Casei(_) | Self::Text(_) => Kind::Text,
            Self::Number(_) => Kind::Number,
            Self::Boolean(_) => Kind::Boolean,
            Self::Date(_) => Kind::Date,
            Self::Timestamp(_) => Kind::Timestamp,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Operator {
    pub const ALL: [(&'static str, Self); 6] = [
        ("=", Self::Equal),
        ("<>", Self::NotEqual),
        ("<", Self::Less),
        ("<=", Self::LessOrEqual),
        (">", Self::Greater),
        (">=", Self::GreaterOrEqual),
    ];
}

/// What `IS NULL` asks about. A literal is never null, but may be asked about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Nullable {
    Scalar(Scalar),
    Geometry(Reference),
    Literal(Literal),
    /// Whether it is unknown.
    Expression(Box<Expression>),
}

/// The items of an `IN`: the literals sorted, each once, and the others.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Items {
    pub literals: Vec<Scalar>,
    pub others: Vec<Scalar>,
}

/// An expression that is true, false or unknown. The forms that mean the same are one: made by
/// [`Expression::all`], [`Expression::any`], [`Expression::negated`] and [`Expression::unknown`].
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    /// At least two, none of them an `And`; the spatial ones last, since they cost most.
    And(Vec<Expression>),
    /// At least two, none of them an `Or`; the spatial ones last.
    Or(Vec<Expression>),
    /// Never of a `Not`.
    Not(Box<Expression>),
    /// A truth value by itself.
    Truth(Scalar),
    Compare(Operator, Scalar, Scalar),
    Like(Scalar, Pattern),
    /// Between two bounds, which belong to it.
    Between(Scalar, [Scalar; 2]),
    In(Scalar, Items),
    IsNull(Nullable),
    /// How the geometry of the row lies towards a literal.
    Spatial(Relation, Reference, Literal),
    /// Whether the geometry of the row lies on or within itself: true, or unknown without one.
    Itself(Reference),
}

impl Expression {
    /// The conjunction of one or more.
    pub fn all(operands: Vec<Self>) -> Self {
        let operands = operands.into_iter().flat_map(|operand| match operand {
            Self::And(inner) => inner,
            other => vec![other],
        });
        Self::join(operands.collect(), Self::And)
    }

    /// The disjunction of one or more.
    pub fn any(operands: Vec<Self>) -> Self {
        let operands = operands.into_iter().flat_map(|operand| match operand {
            Self::Or(inner) => inner,
            other => vec![other],
        });
        Self::join(operands.collect(), Self::Or)
    }

    fn join(mut operands: Vec<Self>, of: impl FnOnce(Vec<Self>) -> Self) -> Self {
        match operands.pop() {
            Some(only) if operands.is_empty() => only,
            last => {
                operands.extend(last);
                operands.sort_by_key(Self::is_spatial);
                of(operands)
            }
        }
    }

    /// The negation.
    pub fn negated(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Whether an expression is unknown.
    pub fn unknown(self) -> Self {
        Self::IsNull(match self {
            Self::Truth(scalar) => Nullable::Scalar(scalar),
            other => Nullable::Expression(Box::new(other)),
        })
    }

    /// Whether the geometry of a row is asked for.
    pub fn is_spatial(&self) -> bool {
        match self {
            Self::And(operands) | Self::Or(operands) => operands.iter().any(Self::is_spatial),
            Self::Not(inner) | Self::IsNull(Nullable::Expression(inner)) => inner.is_spatial(),
            Self::IsNull(Nullable::Geometry(_)) | Self::Spatial(..) | Self::Itself(_) => true,
            Self::Truth(_)
            | Self::Compare(..)
            | Self::Like(..)
            | Self::Between(..)
            | Self::In(..)
            | Self::IsNull(Nullable::Scalar(_) | Nullable::Literal(_)) => false,
        }
    }

    /// Shows every geometry literal.
    pub fn visit_literals(&self, f: &mut impl FnMut(&Literal)) {
        match self {
            Self::And(operands) | Self::Or(operands) => {
                operands.iter().for_each(|operand| operand.visit_literals(f));
            }
            Self::Not(inner) | Self::IsNull(Nullable::Expression(inner)) => inner.visit_literals(f),
            Self::IsNull(Nullable::Literal(literal)) | Self::Spatial(_, _, literal) => f(literal),
            _ => {}
        }
    }

    /// Shows every geometry literal, to be changed.
    pub fn visit_literals_mut(&mut self, f: &mut impl FnMut(&mut Literal)) {
        match self {
            Self::And(operands) | Self::Or(operands) => {
                operands.iter_mut().for_each(|operand| operand.visit_literals_mut(f));
            }
            Self::Not(inner) | Self::IsNull(Nullable::Expression(inner)) => {
                inner.visit_literals_mut(f);
            }
            Self::IsNull(Nullable::Literal(literal)) | Self::Spatial(_, _, literal) => f(literal),
            _ => {}
        }
    }
}
