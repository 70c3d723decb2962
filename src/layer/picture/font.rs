//! Text as shapes: the embedded font, how wide a text is, and where it breaks.

use std::sync::LazyLock;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// A typeface at one weight. Text in a PNG is drawn from it; text in an SVG is measured by it.
pub(super) struct Font {
    face: Face<'static>,
    units: f32,
}

static REGULAR: LazyLock<Font> = LazyLock::new(|| Font::of(notosans::REGULAR_TTF));
static BOLD: LazyLock<Font> = LazyLock::new(|| Font::of(notosans::BOLD_TTF));

/// Size and weight of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    /// The size in pixels.
    pub size: f32,
    /// Whether it is bold; else regular.
    pub bold: bool,
}

impl Style {
    pub(super) const fn regular(size: f32) -> Self {
        Self { size, bold: false }
    }

    pub(super) const fn bold(size: f32) -> Self {
        Self { size, bold: true }
    }

    /// The distance between two lines.
    pub(super) fn leading(self) -> f32 {
        (self.size * 1.38).round()
    }

    /// How far below the top of its line a text stands.
    pub(super) fn ascent(self) -> f32 {
        (self.size * 1.06).round()
    }

    pub(super) fn font(self) -> &'static Font {
        if self.bold { &BOLD } else { &REGULAR }
    }

    /// The width of a text, pixels.
    pub(super) fn width(self, text: &str) -> f32 {
        let font = self.font();
        let units: f32 = font.glyphs(text).map(|(_, advance)| advance).sum();
        units * self.size / font.units
    }

    /// A text in lines no wider than `width`: broken at spaces, within a word only where that is
    /// wider than a line. The last of `most` lines ends in an ellipsis where there was more.
    pub(super) fn wrap(self, text: &str, width: f32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&joined) <= width {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                line.push(c);
                if line.chars().count() > 1 && self.width(&line) > width {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, c.to_string()));
                }
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                last.push('…');
                *last = self.fit(last, width);
            }
        }
        lines
    }

    /// A text on one line no wider than `width`, ending in an ellipsis where something is left out.
    pub(super) fn fit(self, text: &str, width: f32) -> String {
        if self.width(text) <= width {
            return text.to_owned();
        }
        let mut kept = text.trim_end_matches('…').to_owned();
        while kept.pop().is_some() {
            let short = format!("{}…", kept.trim_end());
            if self.width(&short) <= width {
                return short;
            }
        }
        String::new()
    }
}

impl Font {
    fn of(bytes: &'static [u8]) -> Self {
        let face = Face::parse(bytes, 0).expect("the embedded font is one");
        let units = f32::from(face.units_per_em());
        Self { face, units }
    }

    /// The glyphs of a text with the distance to the next, in font units.
    fn glyphs(&self, text: &str) -> impl Iterator<Item = (GlyphId, f32)> {
        text.chars().filter(|c| !c.is_control()).map(|c| {
            // What the font lacks gets its box, so that it is seen that there was something.
            let glyph = self.face.glyph_index(c).unwrap_or(GlyphId(0));
            let advance = self.face.glyph_hor_advance(glyph).unwrap_or_default();
            (glyph, f32::from(advance))
        })
    }

    /// Draws the outlines of a text whose baseline begins at a point, y down.
    pub(super) fn outline(&self, text: &str, size: f32, [x, y]: [f32; 2], into: &mut impl Pen) {
        let scale = size / self.units;
        let mut at = x;
        for (glyph, advance) in self.glyphs(text) {
            let mut placed = Placed { pen: into, scale, x: at, y };
            self.face.outline_glyph(glyph, &mut placed);
            at += advance * scale;
        }
    }
}

/// What draws outlines.
pub(super) trait Pen {
    fn move_to(&mut self, x: f32, y: f32);
    fn line_to(&mut self, x: f32, y: f32);
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32);
    fn cubic_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32);
    fn close(&mut self);
}

/// Font units on the way to pixels.
struct Placed<'a, P> {
    pen: &'a mut P,
    scale: f32,
    x: f32,
    y: f32,
}

impl<P> Placed<'_, P> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl<P: Pen> OutlineBuilder for Placed<'_, P> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.pen.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.pen.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.at(x1, y1), self.at(x, y));
        self.pen.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.pen.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.pen.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_asked_and_lose_nothing() {
        let style = Style::regular(13.0);
        let text = "onbekend, onvoldoende betrouwbaar of geheim in Súdwest-Fryslân";
        for width in [40.0, 80.0, 150.0, 1000.0] {
            let lines = style.wrap(text, width, 99);
            assert!(lines.iter().all(|line| style.width(line) <= width), "{width}: {lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
        let lines = style.wrap(text, 80.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…') && style.width(&lines[1]) <= 80.0, "{lines:?}");
        assert_eq!(style.wrap("", 80.0, 2), Vec::<String>::new());
    }

    #[test]
    fn what_fits_stays_and_what_does_not_is_cut() {
        let style = Style::bold(15.0);
        assert_eq!(style.fit("Goes", 200.0), "Goes");
        let cut = style.fit("’s-Hertogenbosch", 60.0);
        assert!(cut.ends_with('…') && style.width(&cut) <= 60.0, "{cut}");
        assert_eq!(style.fit("Goes", 0.0), "");
    }

    #[test]
    fn digits_are_equally_wide_and_bold_is_wider() {
        let style = Style::regular(13.0);
        assert!(('0'..='9').all(|c| style.width(&c.to_string()) == style.width("0")));
        assert!(Style::bold(13.0).width("Buurten") > style.width("Buurten"));
    }
}
