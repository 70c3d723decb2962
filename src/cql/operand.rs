//! What predicates are about: properties, values and functions of them.

use smol_str::SmolStr;

use super::{
    error::{CqlError, echo},
    expression::{Expression, Items, Reference, Scalar},
    instant::{is_date, timestamp},
    keyword::{FUNCTIONS, is_keyword},
    like::Pattern,
    literal::Literal,
    parse::Parser,
    row::Kind,
    spatial::Relation,
    text::{decode, fold},
    token::{Spanned, Token},
    wkt::Tag,
};

/// One side of a predicate.
#[derive(Debug)]
pub(super) enum Operand {
    Scalar(Scalar),
    /// The geometry of the row.
    Geometry(Reference),
    Literal(Literal),
}

impl Operand {
    fn kind(&self) -> Kind {
        match self {
            Self::Scalar(scalar) => scalar.kind(),
            Self::Geometry(_) | Self::Literal(_) => Kind::Geometry,
        }
    }
}

impl Kind {
    /// What a value of it is called.
    fn name(self) -> &'static str {
        match self {
            Self::Text => "een tekst",
            Self::Number => "een getal",
            Self::Boolean => "waar of onwaar",
            Self::Geometry => "een geometrie",
            Self::Date => "een datum",
            Self::Timestamp => "een tijdstip",
        }
    }
}

impl Items {
    /// Items of one kind.
    pub fn new(items: Vec<Scalar>) -> Self {
        let (others, mut literals): (Vec<_>, Vec<_>) = items
            .into_iter()
            .partition(|item| matches!(item, Scalar::Property(_) | Scalar::Casei(_)));
        literals.sort_by(Scalar::order);
        literals.dedup();
        Self { literals, others }
    }
}

type Parsed<T> = Result<T, CqlError>;

impl<'t> Parser<'t> {
    /// A property, a value or a function of one; `expected` is what errors tell.
    pub(super) fn operand(&mut self, expected: &str) -> Parsed<Operand> {
        let token = self.next;
        let scalar = match token.token {
            Token::Symbol(_) | Token::End | Token::Wrong => return Err(self.unexpected(expected)),
            Token::Number(number) => Scalar::Number(number),
            Token::Text(raw) => Scalar::Text(decode(raw).into()),
            Token::Quoted(name) => {
                self.advance();
                return self.property(token, &name.replace("\"\"", "\""));
            }
            Token::Word(word) => return self.word(token, word, expected),
        };
        self.advance();
        Ok(Operand::Scalar(scalar))
    }

    fn word(&mut self, token: Spanned<'t>, word: &'t str, expected: &str) -> Parsed<Operand> {
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        self.advance();
        let is_call = self.next.token == Token::Symbol("(");
        let scalar = if is("TRUE") || is("FALSE") {
            Scalar::Boolean(is("TRUE"))
        } else if is_keyword(word) && !is_call && self.property_at(word).is_some() {
            return Err(CqlError::Keyword { at: self.at(token), found: echo(word) });
        } else if is("CASEI") {
            self.casei()?
        } else if is("DATE") {
            let read = |text| is_date(text).then_some(text);
            Scalar::Date(self.instant("datum zoals '2024-01-31'", read)?)
        } else if is("TIMESTAMP") {
            Scalar::Timestamp(self.instant("tijdstip zoals '2024-01-31T12:00:00Z'", timestamp)?)
        } else if let Some(tag) = Tag::parse(word) {
            return self.geometry(token, tag).map(Operand::Literal);
        } else if is_call && !FUNCTIONS.iter().any(|name| is(name)) {
            let allowed = FUNCTIONS.iter().map(|&name| name.into()).collect();
            return Err(CqlError::UnknownFunction {
                at: self.at(token),
                found: echo(word),
                allowed,
            });
        } else if is_keyword(word) {
            return Err(self.unexpected_at(token, expected));
        } else {
            return self.property(token, word);
        };
        Ok(Operand::Scalar(scalar))
    }

    fn property_at(&self, name: &str) -> Option<usize> {
        self.properties.iter().position(|property| property.name == name)
    }

    fn property(&self, token: Spanned<'t>, name: &str) -> Parsed<Operand> {
        let index = self.property_at(name);
        let Some((index, property)) = index.and_then(|i| Some((i, self.properties.get(i)?))) else {
            let allowed = self.properties.iter().map(|property| property.name.into()).collect();
            return Err(CqlError::UnknownProperty {
                at: self.at(token),
                found: echo(name),
                allowed,
            });
        };
        let reference = Reference { index, name: name.into(), kind: property.kind };
        Ok(match property.kind {
            Kind::Geometry => Operand::Geometry(reference),
            _ => Operand::Scalar(Scalar::Property(reference)),
        })
    }

    /// What comes after `CASEI`: a property or a text.
    fn casei(&mut self) -> Parsed<Scalar> {
        let inner = self.nested(|parser| parser.enclosed(|parser| parser.scalar_of(Kind::Text)))?;
        Ok(match inner {
            Scalar::Property(property) => Scalar::Casei(property),
            Scalar::Text(text) => Scalar::Text(fold(&text).into()),
            folded => folded,
        })
    }

    /// What comes after `DATE` or `TIMESTAMP`.
    fn instant(
        &mut self,
        expected: &'static str,
        read: impl FnOnce(&'t str) -> Option<&'t str>,
    ) -> Parsed<SmolStr> {
        self.enclosed(|parser| {
            let token = parser.next;
            let Token::Text(raw) = token.token else {
                return Err(parser.unexpected(&format!("een {expected}")));
            };
            parser.advance();
            read(raw).map(SmolStr::new).ok_or_else(|| {
                let (at, found) = (parser.at(token), parser.found(token));
                CqlError::Instant { at, found, expected }
            })
        })
    }

    /// An operand that must be a scalar of a kind.
    pub(super) fn scalar_of(&mut self, expected: Kind) -> Parsed<Scalar> {
        let token = self.next;
        let operand = self.operand(expected.name())?;
        self.check(token, operand.kind(), expected)?;
        match operand {
            Operand::Scalar(scalar) => Ok(scalar),
            Operand::Geometry(_) | Operand::Literal(_) => Err(self.unexpected(expected.name())),
        }
    }

    /// That what begins with a token is of a kind.
    pub(super) fn check(&self, token: Spanned<'t>, kind: Kind, expected: Kind) -> Parsed<()> {
        if kind == expected {
            return Ok(());
        }
        Err(CqlError::WrongKind {
            at: self.at(token),
            found: self.found(token),
            kind: kind.name(),
            expected: expected.name(),
        })
    }

    /// The pattern of a `LIKE`.
    pub(super) fn pattern(&mut self) -> Parsed<Pattern> {
        if self.is_word("CASEI") {
            self.advance();
            let inner = self.nested(|parser| parser.enclosed(Self::pattern))?;
            return Ok(inner.fold());
        }
        let Token::Text(raw) = self.next.token else {
            return Err(self.unexpected("een patroon, zoals 'Am%'"));
        };
        self.advance();
        Ok(Pattern::new(raw))
    }

    /// The arguments of a spatial function.
    pub(super) fn relation(&mut self, relation: Relation) -> Parsed<Expression> {
        self.expect("(", "(")?;
        let left = self.spatial_operand()?;
        self.expect(",", ",")?;
        let token = self.next;
        let right = self.spatial_operand()?;
        self.expect(")", ")")?;
        Ok(match (left, right, relation) {
            (Operand::Geometry(property), Operand::Literal(literal), relation) => {
                Expression::Spatial(relation, property, literal)
            }
            (Operand::Literal(literal), Operand::Geometry(property), relation) => {
                let relation = match relation {
                    Relation::Within => Relation::Contains,
                    relation => relation,
                };
                Expression::Spatial(relation, property, literal)
            }
            (Operand::Literal(one), Operand::Literal(two), Relation::Intersects) => {
                Expression::Truth(Scalar::Boolean(one.intersects(&two)))
            }
            (Operand::Geometry(property), Operand::Geometry(_), _) => Expression::Itself(property),
            _ => {
                return Err(CqlError::Geometry {
                    at: self.at(token),
                    reason: "S_WITHIN vergelijkt met een eigenschap, niet twee letterlijke \
                             geometrieën",
                });
            }
        })
    }

    fn spatial_operand(&mut self) -> Parsed<Operand> {
        let token = self.next;
        let operand = self.operand(Kind::Geometry.name())?;
        self.check(token, operand.kind(), Kind::Geometry)?;
        Ok(operand)
    }
}
