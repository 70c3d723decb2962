//! Geometry literals in well-known text.

use geo_types::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Point, Polygon,
};

use super::{
    MOST_COORDINATE,
    error::CqlError,
    literal::Literal,
    parse::Parser,
    ring,
    token::{Spanned, Token},
};

/// The word that a geometry begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Bbox,
    Point,
    LineString,
    Polygon,
    MultiPoint,
    MultiLineString,
    MultiPolygon,
    Collection,
}

impl Tag {
    pub fn parse(word: &str) -> Option<Self> {
        let tags = [
            ("BBOX", Self::Bbox),
            ("POINT", Self::Point),
            ("LINESTRING", Self::LineString),
            ("POLYGON", Self::Polygon),
            ("MULTIPOINT", Self::MultiPoint),
            ("MULTILINESTRING", Self::MultiLineString),
            ("MULTIPOLYGON", Self::MultiPolygon),
            ("GEOMETRYCOLLECTION", Self::Collection),
        ];
        tags.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, tag)| tag)
    }
}

type Parsed<T> = Result<T, CqlError>;

impl<'t> Parser<'t> {
    /// The geometry of which the tag, at `first`, was read.
    pub(super) fn geometry(&mut self, first: Spanned<'t>, tag: Tag) -> Parsed<Literal> {
        if tag == Tag::Bbox {
            return self.bbox(first);
        }
        self.tagged(tag).map(Literal::new)
    }

    fn tagged(&mut self, tag: Tag) -> Parsed<Geometry<f64>> {
        self.take_word("Z");
        Ok(match tag {
            Tag::Point => Point(self.enclosed(Self::coordinate)?).into(),
            Tag::LineString => self.line()?.into(),
            Tag::Polygon => self.polygon()?.into(),
            Tag::MultiPoint => MultiPoint(self.list(Self::member_point)?).into(),
            Tag::MultiLineString => MultiLineString(self.list(Self::line)?).into(),
            Tag::MultiPolygon => MultiPolygon(self.list(Self::polygon)?).into(),
            Tag::Bbox | Tag::Collection => {
                let members = self.nested(|parser| parser.list(Self::member))?;
                let flat = members.into_iter().flat_map(|member| match member {
                    Geometry::GeometryCollection(inner) => inner.0,
                    other => vec![other],
                });
                Geometry::GeometryCollection(GeometryCollection(flat.collect()))
            }
        })
    }

    /// A member of a collection.
    fn member(&mut self) -> Parsed<Geometry<f64>> {
        let Token::Word(word) = self.next.token else {
            return Err(self.unexpected("een geometrie"));
        };
        match Tag::parse(word).filter(|tag| *tag != Tag::Bbox) {
            Some(tag) => {
                self.advance();
                self.tagged(tag)
            }
            None => Err(self.unexpected("een geometrie, en geen BBOX")),
        }
    }

    /// A point of many, of which the parentheses are often left out.
    fn member_point(&mut self) -> Parsed<Point<f64>> {
        let bare = self.next.token != Token::Symbol("(");
        let coordinate = if bare { self.coordinate() } else { self.enclosed(Self::coordinate) };
        coordinate.map(Point)
    }

    fn line(&mut self) -> Parsed<LineString<f64>> {
        let first = self.next;
        let line = self.list(Self::coordinate)?;
        if line.iter().all(|c| Some(c) == line.first()) {
            let reason = "een lijn heeft ten minste twee verschillende punten";
            return Err(self.unsound(first, reason));
        }
        Ok(LineString(line))
    }

    fn polygon(&mut self) -> Parsed<Polygon<f64>> {
        let first = self.next;
        let rings = self.list(|parser| {
            let first = parser.next;
            let ring = parser.list(Self::coordinate)?;
            if ring.len() < 4 {
                let reason = "een ring van een vlak heeft ten minste vier punten";
                return Err(parser.unsound(first, reason));
            }
            // Of a ring that is open the construction of a polygon would make a closed one.
            if ring.first() != ring.last() {
                let reason = "een ring van een vlak eindigt waar hij begint";
                return Err(parser.unsound(first, reason));
            }
            Ok(LineString(ring))
        })?;
        let mut rings = rings.into_iter();
        let exterior = rings.next().unwrap_or_else(|| LineString(vec![]));
        let polygon = Polygon::new(exterior, rings.collect());
        match ring::fault(&polygon) {
            Some(reason) => Err(self.unsound(first, reason)),
            None => Ok(polygon),
        }
    }

    fn bbox(&mut self, first: Spanned<'t>) -> Parsed<Literal> {
        let token = self.next;
        let numbers = self.list(Self::ordinate)?;
        let edges = match *numbers {
            [west, south, east, north] | [west, south, _, east, north, _] => {
                [west, south, east, north]
            }
            _ => return Err(self.unsound(token, "een BBOX heeft vier of zes getallen")),
        };
        let [low, high] = [[edges[0], edges[1]], [edges[2], edges[3]]];
        let longitude = self.longitude.axis();
        if let Some(axis) = (0..2).find(|&axis| low[axis] > high[axis] && Some(axis) != longitude) {
            let reason = match (longitude, axis) {
                (Some(_), _) => "het zuiden van een BBOX ligt voorbij het noorden",
                (None, 0) => "de eerste rand van een BBOX ligt voorbij de derde",
                (None, _) => "de tweede rand van een BBOX ligt voorbij de vierde",
            };
            return Err(self.unsound(token, reason));
        }
        let literal = match longitude {
            Some(axis) if low[axis] > high[axis] => Literal::across_antimeridian(edges, axis),
            _ => Literal::bbox(edges),
        };
        self.count(literal.coordinate_count(), first)?;
        Ok(literal)
    }

    /// Two numbers, and a height that does not count.
    fn coordinate(&mut self) -> Parsed<Coord<f64>> {
        self.count(1, self.next)?;
        let coordinate = Coord { x: self.ordinate()?, y: self.ordinate()? };
        if matches!(self.next.token, Token::Number(_)) {
            self.advance();
        }
        Ok(coordinate)
    }

    fn ordinate(&mut self) -> Parsed<f64> {
        match self.next.token {
            Token::Number(number) if number.abs() <= MOST_COORDINATE => {
                self.advance();
                Ok(number)
            }
            Token::Number(_) => {
                let reason = "een coördinaat ligt tussen -1E9 en 1E9";
                Err(self.unsound(self.next, reason))
            }
            _ => Err(self.unexpected("een getal")),
        }
    }

    /// One or more things in parentheses, with commas between.
    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.expect("(", "(")?;
        let mut items = vec![read(self)?];
        while self.take_symbol(",") {
            items.push(read(self)?);
        }
        self.expect(")", ", of )")?;
        Ok(items)
    }

    fn unsound(&self, token: Spanned<'t>, reason: &'static str) -> CqlError {
        CqlError::Geometry { at: self.at(token), reason }
    }
}
