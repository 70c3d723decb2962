//! Tokens into an expression: booleans and predicates.

use super::{
    Longitude, MOST_BYTES, MOST_COORDINATES, MOST_ITEMS, MOST_LEVELS, MOST_PREDICATES,
    error::CqlError,
    expression::{Expression, Items, Nullable, Operator, Scalar},
    operand::Operand,
    row::{Kind, Property},
    spatial::Relation,
    token::{Spanned, Token, Tokens},
};

/// Reads a text from left to right, one token ahead.
#[derive(Debug)]
pub(super) struct Parser<'t> {
    pub(super) properties: &'t [Property<'t>],
    pub(super) longitude: Longitude,
    pub(super) next: Spanned<'t>,
    /// What is wrong with the next token, where it is [`Token::Wrong`]. It is told when the token is
    /// needed, so that of two errors the first is told.
    fault: Option<CqlError>,
    tokens: Tokens<'t>,
    levels: usize,
    predicates: usize,
    coordinates: usize,
}

type Parsed<T> = Result<T, CqlError>;

impl<'t> Parser<'t> {
    pub fn new(
        text: &'t str,
        properties: &'t [Property<'t>],
        longitude: Longitude,
    ) -> Parsed<Self> {
        if text.len() > MOST_BYTES {
            return Err(CqlError::TooLong { length: text.len() });
        }
        let mut parser = Self {
            properties,
            longitude,
            next: Spanned { token: Token::End, start: 0, end: 0 },
            fault: None,
            tokens: Tokens::new(text),
            levels: 0,
            predicates: 0,
            coordinates: 0,
        };
        parser.advance();
        Ok(parser)
    }

    /// The whole of the text.
    pub fn filter(mut self) -> Parsed<Expression> {
        let expression = self.expression()?;
        match self.next.token {
            Token::End => Ok(expression),
            _ => Err(self.unexpected("AND, OR of het einde van het filter")),
        }
    }

    fn expression(&mut self) -> Parsed<Expression> {
        let mut operands = vec![self.term()?];
        while self.take_word("OR") {
            operands.push(self.term()?);
        }
        Ok(Expression::any(operands))
    }

    fn term(&mut self) -> Parsed<Expression> {
        let mut operands = vec![self.factor()?];
        while self.take_word("AND") {
            operands.push(self.factor()?);
        }
        Ok(Expression::all(operands))
    }

    fn factor(&mut self) -> Parsed<Expression> {
        if self.is_word("NOT") {
            let inner = self.nested(|parser| {
                parser.advance();
                parser.factor()
            })?;
            return Ok(inner.negated());
        }
        if self.next.token != Token::Symbol("(") {
            return self.predicate();
        }
        let inner = self.nested(|parser| {
            parser.advance();
            let inner = parser.expression()?;
            parser.expect(")", "AND, OR of )")?;
            Ok(inner)
        })?;
        self.perhaps_null(inner)
    }

    fn predicate(&mut self) -> Parsed<Expression> {
        self.predicates += 1;
        if self.predicates > MOST_PREDICATES {
            return Err(CqlError::TooManyPredicates { at: self.at(self.next) });
        }
        for (name, relation, is_so) in [
            ("S_INTERSECTS", Relation::Intersects, true),
            ("S_DISJOINT", Relation::Intersects, false),
            ("S_WITHIN", Relation::Within, true),
        ] {
            if self.take_word(name) {
                let relation = self.relation(relation)?;
                return self.perhaps_null(if is_so { relation } else { relation.negated() });
            }
        }
        let first = self.next;
        let operand = self.operand("een voorwaarde")?;
        if self.is_word("IS") {
            return self.null(match operand {
                Operand::Scalar(scalar) => Expression::IsNull(Nullable::Scalar(scalar)),
                Operand::Geometry(property) => Expression::IsNull(Nullable::Geometry(property)),
                Operand::Literal(literal) => Expression::IsNull(Nullable::Literal(literal)),
            });
        }
        let Operand::Scalar(scalar) = operand else {
            return Err(self.unexpected("IS NULL of IS NOT NULL"));
        };
        let expression = self.comparison(first, scalar)?;
        self.perhaps_null(expression)
    }

    /// What comes after the first value of a predicate.
    fn comparison(&mut self, first: Spanned<'t>, scalar: Scalar) -> Parsed<Expression> {
        let kind = scalar.kind();
        if let Token::Symbol(symbol) = self.next.token
            && let Some((_, operator)) = Operator::ALL.iter().find(|(name, _)| *name == symbol)
        {
            self.advance();
            let right = self.scalar_of(kind)?;
            return Ok(Expression::Compare(*operator, scalar, right));
        }
        let is_not = self.take_word("NOT");
        let expression = if self.is_word("LIKE") {
            self.check(first, kind, Kind::Text)?;
            self.advance();
            Expression::Like(scalar, self.pattern()?)
        } else if self.is_word("BETWEEN") {
            self.check(first, kind, Kind::Number)?;
            self.advance();
            let low = self.scalar_of(kind)?;
            if !self.take_word("AND") {
                return Err(self.unexpected("AND"));
            }
            Expression::Between(scalar, [low, self.scalar_of(kind)?])
        } else if self.take_word("IN") {
            Expression::In(scalar, self.items(kind)?)
        } else if is_not {
            return Err(self.unexpected("LIKE, BETWEEN of IN"));
        } else if kind == Kind::Boolean {
            return Ok(Expression::Truth(scalar));
        } else {
            let expected = "=, <>, <, <=, >, >=, LIKE, BETWEEN, IN, NOT of IS";
            return Err(self.unexpected(expected));
        };
        Ok(if is_not { expression.negated() } else { expression })
    }

    fn items(&mut self, kind: Kind) -> Parsed<Items> {
        self.expect("(", "(")?;
        let mut items = Vec::new();
        loop {
            if items.len() == MOST_ITEMS {
                return Err(CqlError::TooManyItems { at: self.at(self.next) });
            }
            items.push(self.scalar_of(kind)?);
            if !self.take_symbol(",") {
                break;
            }
        }
        self.expect(")", ", of )")?;
        Ok(Items::new(items))
    }

    /// `IS NULL` after a predicate asks whether it is unknown.
    fn perhaps_null(&mut self, expression: Expression) -> Parsed<Expression> {
        if self.is_word("IS") { self.null(expression.unknown()) } else { Ok(expression) }
    }

    /// The rest of `IS [NOT] NULL`.
    fn null(&mut self, is_null: Expression) -> Parsed<Expression> {
        self.advance();
        let is_not = self.take_word("NOT");
        if !self.take_word("NULL") {
            return Err(self.unexpected(if is_not { "NULL" } else { "NULL of NOT NULL" }));
        }
        Ok(if is_not { is_null.negated() } else { is_null })
    }

    /// Goes on to the next token, and gives the one that was.
    pub(super) fn advance(&mut self) -> Spanned<'t> {
        let next = self.tokens.next().unwrap_or_else(|fault| {
            self.fault = Some(fault);
            Spanned { token: Token::Wrong, ..self.next }
        });
        std::mem::replace(&mut self.next, next)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self.next.token, Token::Word(next) if next.eq_ignore_ascii_case(word))
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let is_next = self.is_word(word);
        if is_next {
            self.advance();
        }
        is_next
    }

    pub(super) fn take_symbol(&mut self, symbol: &'static str) -> bool {
        let is_next = self.next.token == Token::Symbol(symbol);
        if is_next {
            self.advance();
        }
        is_next
    }

    pub(super) fn expect(&mut self, symbol: &'static str, expected: &str) -> Parsed<()> {
        if self.take_symbol(symbol) { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    /// One thing in parentheses.
    pub(super) fn enclosed<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.expect("(", "(")?;
        let item = read(self)?;
        self.expect(")", ")")?;
        Ok(item)
    }

    /// One level deeper.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.levels == MOST_LEVELS {
            return Err(CqlError::TooDeep { at: self.at(self.next) });
        }
        self.levels += 1;
        let result = read(self);
        self.levels -= 1;
        result
    }

    /// Counts coordinates of a geometry.
    pub(super) fn count(&mut self, coordinates: usize, from: Spanned<'t>) -> Parsed<()> {
        self.coordinates += coordinates;
        if self.coordinates > MOST_COORDINATES {
            return Err(CqlError::TooManyCoordinates { at: self.at(from) });
        }
        Ok(())
    }

    /// That the next token does not belong there.
    pub(super) fn unexpected(&self, expected: &str) -> CqlError {
        self.fault.clone().unwrap_or_else(|| self.unexpected_at(self.next, expected))
    }

    /// That a token does not belong there.
    pub(super) fn unexpected_at(&self, token: Spanned<'t>, expected: &str) -> CqlError {
        let (at, found) = (self.at(token), self.found(token));
        CqlError::Unexpected { at, found, expected: expected.into() }
    }

    pub(super) fn at(&self, token: Spanned<'t>) -> usize {
        self.tokens.position(token.start)
    }

    pub(super) fn found(&self, token: Spanned<'t>) -> String {
        self.tokens.found(token.start, token.end)
    }
}
