//! A picture in pixels.

use tiny_skia::{
    FillRule, FilterQuality, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pattern as Shader,
    Pixmap, PixmapRef, Rect as SkiaRect, SpreadMode, Stroke, Transform,
};

use crate::scale::Rgb;

use super::{
    font::Pen,
    ink,
    map::{Lines, Map},
    mosaic::{self, Canvas, Window},
    scene::{
        CIRCLE_EDGE, CIRCLE_OPACITY, Circle, Fill, HALO, Item, PERIOD, Pattern, Rect, Scene, Text,
    },
};

/// A square of a paint that repeats, its corner in that of the picture.
pub(super) struct Tile {
    /// Red, green, blue and one, so that sums tell how much was covered.
    rows: Vec<Vec<[u32; 4]>>,
}

impl Tile {
    pub(super) fn of(fill: Fill, scale: f32) -> Self {
        let row = |pixels: &[u8]| {
            pixels.chunks_exact(4).map(|p| [p[0].into(), p[1].into(), p[2].into(), 1]).collect()
        };
        match pattern_pixels(fill, scale) {
            Some(pixmap) => {
                let rows = pixmap.data().chunks_exact(pixmap.width() as usize * 4);
                Self { rows: rows.map(row).collect() }
            }
            None => Self { rows: vec![row(&[fill.ground.r, fill.ground.g, fill.ground.b, 255])] },
        }
    }

    /// The pixels of a row, which repeat; of one colour alone there is one.
    pub(super) fn row(&self, y: usize) -> &[[u32; 4]] {
        &self.rows[y % self.rows.len()]
    }
}

/// One period of a pattern; `None` of a plain fill.
fn pattern_pixels(fill: Fill, scale: f32) -> Option<Pixmap> {
    let pattern = fill.pattern?;
    let side = (PERIOD * scale) as u32;
    let mut pixmap = Pixmap::new(side, side)?;
    pixmap.fill(colour(fill.ground));
    let zoom = Transform::from_scale(scale, scale);
    let stroke = Stroke { width: 1.0, ..Stroke::default() };
    let mut line = |from: [f32; 2], to: [f32; 2], rgb: Rgb| {
        if let Some(path) = polyline([from, to]) {
            pixmap.stroke_path(&path, &paint(rgb, 1.0), &stroke, zoom, None);
        }
    };
    // Over the corners, so that the line goes on in the next tile.
    for shift in [-PERIOD, 0.0, PERIOD] {
        let (low, high) = (shift - 1.0, shift + PERIOD + 1.0);
        match pattern {
            Pattern::Lines(mark) => line([low, PERIOD + 1.0], [high, -1.0], mark),
            Pattern::Twin(mark, twin) => {
                line([shift, -1.0], [high + 1.0, PERIOD + 1.0], twin);
                line([low, -1.0], [high, PERIOD + 1.0], mark);
            }
            Pattern::Upright(mark, twin) => {
                let middle = shift + PERIOD / 2.0;
                line([middle + 1.0, -1.0], [middle + 1.0, PERIOD + 1.0], twin);
                line([middle, -1.0], [middle, PERIOD + 1.0], mark);
            }
            Pattern::Dots(_) => {}
        }
    }
    if let Pattern::Dots(mark) = pattern {
        for at in [PERIOD / 4.0, PERIOD * 0.75] {
            if let Some(dot) = PathBuilder::from_circle(at, at, 1.0) {
                pixmap.fill_path(&dot, &paint(mark, 1.0), FillRule::Winding, zoom, None);
            }
        }
    }
    Some(pixmap)
}

/// Draws a picture. `None` where there is no memory for it.
pub(super) fn raster(scene: &Scene, scale: u32) -> Option<Pixmap> {
    let side = |length: f32| length as u32 * scale;
    let mut pixmap = Pixmap::new(side(scene.width), side(scene.height))?;
    pixmap.fill(colour(ink::PAPER));
    let mut brush = Brush { pixmap, scale: scale as f32 };
    for item in &scene.items {
        match item {
            Item::Box { at, fill, edge } => brush.rectangle(*at, *fill, *edge),
            Item::Line { from, to, width, colour } => {
                if let Some(path) = polyline([*from, *to]) {
                    brush.stroke(&path, *colour, *width, None);
                }
            }
            Item::Text(text) => brush.text(text),
            Item::Map(map) => brush.map(map),
        }
    }
    Some(brush.pixmap)
}

struct Brush {
    pixmap: Pixmap,
    scale: f32,
}

impl Brush {
    fn zoom(&self) -> Transform {
        Transform::from_scale(self.scale, self.scale)
    }

    fn rectangle(&mut self, at: Rect, fill: Fill, edge: Option<Rgb>) {
        let zoom = self.zoom();
        let Some(rectangle) = SkiaRect::from_xywh(at.x, at.y, at.width, at.height) else { return };
        match pattern_pixels(fill, self.scale) {
            None => self.pixmap.fill_rect(rectangle, &paint(fill.ground, 1.0), zoom, None),
            Some(tile) => {
                let mut patterned = paint(fill.ground, 1.0);
                // In CSS pixels, as the rectangle is.
                let back = Transform::from_scale(1.0 / self.scale, 1.0 / self.scale);
                patterned.shader = shader(tile.as_ref(), back);
                self.pixmap.fill_rect(rectangle, &patterned, zoom, None);
            }
        }
        if let Some(edge) = edge {
            let inner = SkiaRect::from_xywh(
                at.x + 0.5,
                at.y + 0.5,
                (at.width - 1.0).max(0.0),
                (at.height - 1.0).max(0.0),
            );
            if let Some(inner) = inner {
                self.stroke(&PathBuilder::from_rect(inner), edge, 1.0, None);
            }
        }
    }

    fn stroke(&mut self, path: &Path, rgb: Rgb, width: f32, mask: Option<&Mask>) {
        let stroke = Stroke {
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        };
        let zoom = self.zoom();
        self.pixmap.stroke_path(path, &paint(rgb, 1.0), &stroke, zoom, mask);
    }

    fn circle(&mut self, circle: &Circle, mask: Option<&Mask>) {
        let [x, y] = circle.centre;
        let Some(path) = PathBuilder::from_circle(x, y, circle.radius) else { return };
        let zoom = self.zoom();
        let fill = paint(circle.fill, CIRCLE_OPACITY);
        self.pixmap.fill_path(&path, &fill, FillRule::Winding, zoom, mask);
        self.stroke(&path, circle.edge, CIRCLE_EDGE, mask);
    }

    fn text(&mut self, text: &Text) {
        let mut pen = Outline(PathBuilder::new());
        let from = [text.start(), text.at[1]];
        text.style.font().outline(&text.text, text.style.size, from, &mut pen);
        let Some(path) = pen.0.finish() else { return };
        if let Some(halo) = text.halo {
            self.stroke(&path, halo, 2.0 * HALO, None);
        }
        let zoom = self.zoom();
        let fill = paint(text.colour, 1.0);
        self.pixmap.fill_path(&path, &fill, FillRule::Winding, zoom, None);
    }

    fn map(&mut self, map: &Map) {
        if let Some(ground) = map.ground {
            self.rectangle(map.frame, Fill::plain(ground), None);
        }
        let scale = self.scale;
        let whole = |length: f32| (length * scale).round() as usize;
        let (width, height) = (self.pixmap.width() as usize, self.pixmap.height() as usize);
        let (left, top) = (whole(map.frame.x).min(width), whole(map.frame.y).min(height));
        let window = Window {
            left,
            top,
            width: whole(map.frame.right()).min(width) - left,
            height: whole(map.frame.bottom()).min(height) - top,
        };
        let tiles: Vec<_> = map.paints.iter().map(|fill| Tile::of(*fill, scale)).collect();
        let mut canvas = Canvas { pixels: self.pixmap.data_mut(), width };
        mosaic::fill(&mut canvas, window, &map.arcs, scale, &tiles);
        let Some(mask) = self.mask(map.frame) else { return };
        for lines in &map.lines {
            self.lines(map, lines, &mask);
        }
        for circle in &map.circles {
            self.circle(circle, Some(&mask));
        }
    }

    fn lines(&mut self, map: &Map, lines: &Lines, mask: &Mask) {
        let mut builder = PathBuilder::new();
        for &arc in &lines.arcs {
            let mut points = map.arcs.get(arc).iter();
            if let Some([x, y]) = points.next() {
                builder.move_to(*x, *y);
            }
            for [x, y] in points {
                builder.line_to(*x, *y);
            }
        }
        if let Some(path) = builder.finish() {
            self.stroke(&path, lines.colour, lines.width, Some(mask));
        }
    }

    /// What lets drawing through in a rectangle alone.
    fn mask(&self, at: Rect) -> Option<Mask> {
        let mut mask = Mask::new(self.pixmap.width(), self.pixmap.height())?;
        let rectangle = SkiaRect::from_xywh(at.x, at.y, at.width, at.height)?;
        let path = PathBuilder::from_rect(rectangle);
        mask.fill_path(&path, FillRule::Winding, false, self.zoom());
        Some(mask)
    }
}

fn polyline<const N: usize>(points: [[f32; 2]; N]) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for (at, [x, y]) in points.into_iter().enumerate() {
        if at == 0 {
            builder.move_to(x, y);
        } else {
            builder.line_to(x, y);
        }
    }
    builder.finish()
}

fn shader(tile: PixmapRef<'_>, transform: Transform) -> tiny_skia::Shader<'_> {
    Shader::new(tile, SpreadMode::Repeat, FilterQuality::Nearest, 1.0, transform)
}

fn colour(rgb: Rgb) -> tiny_skia::Color {
    tiny_skia::Color::from_rgba8(rgb.r, rgb.g, rgb.b, 255)
}

fn paint(rgb: Rgb, opacity: f32) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    let alpha = (opacity * 255.0).round() as u8;
    paint.set_color_rgba8(rgb.r, rgb.g, rgb.b, alpha);
    paint
}

/// Letters into a path.
struct Outline(PathBuilder);

impl Pen for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn cubic_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
