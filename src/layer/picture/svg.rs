//! A picture as SVG text: the areas of a colour are one path, texts stay texts.

use std::fmt::Write;

use crate::{indicator::Language, layer::xml::escape, scale::Rgb};

use super::{
    loops::loops,
    map::{Lines, Map},
    scene::{
        Anchor, CIRCLE_EDGE, CIRCLE_OPACITY, Circle, Fill, HALO, Item, PERIOD, Pattern, Rect,
        Scene, Text,
    },
};

/// The fonts that a viewer may take, the first that it has. Texts are measured by Noto Sans, which
/// is no narrower than most of the others.
const FONTS: &str = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', Roboto, 'DejaVu Sans', \
     Arial, sans-serif";

/// Parts of a pixel that coordinates of the map are whole numbers of.
pub(super) const PARTS: f32 = 10.0;

/// How far fills reach over their edge, so that nothing shines through between two.
const OVERLAP: f32 = 0.35;

/// The picture as an SVG document.
pub(super) fn svg(scene: &Scene) -> String {
    let mut out = String::with_capacity(64 * 1024);
    let language = match scene.language {
        Language::Nl => "nl",
        Language::En => "en",
    };
    let (width, height) = (short(scene.width), short(scene.height));
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" xml:lang=\"{language}\" lang=\"{language}\" role=\"img\" \
         font-family=\"{FONTS}\"><title>{}</title><desc>{}</desc>",
        escape(&scene.title),
        escape(&scene.description)
    );
    patterns(&mut out, scene);
    let _ = write!(out, "<path fill=\"#ffffff\" d=\"M0 0h{width}v{height}h-{width}z\"/>");
    for item in &scene.items {
        match item {
            Item::Box { at, fill, edge } => rectangle(&mut out, *at, *fill, *edge),
            Item::Line { from, to, width, colour } => {
                let [x, y] = from.map(short);
                let (dx, dy) = (short(to[0] - from[0]), short(to[1] - from[1]));
                let _ = write!(
                    out,
                    "<path d=\"M{x} {y}l{dx} {dy}\" stroke=\"{colour}\" stroke-width=\"{}\"/>",
                    short(*width)
                );
            }
            Item::Text(one) => text(&mut out, one),
            Item::Map(one) => map(&mut out, one),
        }
    }
    out.push_str("</svg>\n");
    out
}

/// The patterns that the picture uses. Each is named after what it looks like, so that pictures in
/// one page may share them.
fn patterns(out: &mut String, scene: &Scene) {
    let mut fills: Vec<Fill> = Vec::new();
    for item in &scene.items {
        match item {
            Item::Box { fill, .. } => fills.push(*fill),
            Item::Map(map) => fills.extend(&map.paints),
            _ => {}
        }
    }
    let mut named: Vec<_> = fills.into_iter().filter_map(|f| Some((name(f)?, f))).collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    named.dedup_by(|a, b| a.0 == b.0);
    if named.is_empty() {
        return;
    }
    out.push_str("<defs>");
    for (name, fill) in named {
        let side = PERIOD;
        let _ = write!(
            out,
            "<pattern id=\"{name}\" width=\"{side}\" height=\"{side}\" \
             patternUnits=\"userSpaceOnUse\"><path fill=\"{}\" d=\"M0 0h8v8h-8z\"/>",
            fill.ground
        );
        match fill.pattern {
            Some(Pattern::Lines(mark)) => {
                let _ = write!(out, "<path stroke=\"{mark}\" d=\"M-9 9L1-1M-1 9L9-1M7 9L17-1\"/>");
            }
            Some(Pattern::Dots(mark)) => {
                let _ = write!(
                    out,
                    "<g fill=\"{mark}\"><circle cx=\"2\" cy=\"2\" r=\"1\"/>\
                     <circle cx=\"6\" cy=\"6\" r=\"1\"/></g>"
                );
            }
            Some(Pattern::Twin(mark, twin)) => {
                let _ = write!(
                    out,
                    "<path stroke=\"{twin}\" d=\"M-8-1L2 9M0-1L10 9M8-1L18 9\"/>\
                     <path stroke=\"{mark}\" d=\"M-9-1L1 9M-1-1L9 9M7-1L17 9\"/>"
                );
            }
            Some(Pattern::Upright(mark, twin)) => {
                let _ = write!(
                    out,
                    "<path stroke=\"{twin}\" d=\"M5 0V8\"/><path stroke=\"{mark}\" d=\"M4 0V8\"/>"
                );
            }
            None => {}
        }
        // The map is in parts of a pixel.
        let _ = write!(
            out,
            "</pattern><pattern id=\"{name}-kaart\" href=\"#{name}\" \
             patternTransform=\"scale({PARTS})\"/>"
        );
    }
    out.push_str("</defs>");
}

/// The name of a patterned fill.
fn name(fill: Fill) -> Option<String> {
    let digits = |rgb: Rgb| rgb.to_string().trim_start_matches('#').to_owned();
    let kind = match fill.pattern? {
        Pattern::Lines(_) => "lijnen",
        Pattern::Dots(_) => "punten",
        Pattern::Twin(..) => "dubbel",
        Pattern::Upright(..) => "staand",
    };
    Some(format!("wk-{kind}-{}", digits(fill.ground)))
}

/// What a fill is in an attribute; a viewer without patterns takes the ground.
fn value(fill: Fill) -> String {
    name(fill)
        .map_or_else(|| fill.ground.to_string(), |name| format!("url(#{name}) {}", fill.ground))
}

fn rectangle(out: &mut String, at: Rect, fill: Fill, edge: Option<Rgb>) {
    let _ = write!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>",
        short(at.x),
        short(at.y),
        short(at.width),
        short(at.height),
        value(fill)
    );
    if let Some(edge) = edge {
        let _ = write!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{edge}\"/>",
            short(at.x + 0.5),
            short(at.y + 0.5),
            short((at.width - 1.0).max(0.0)),
            short((at.height - 1.0).max(0.0))
        );
    }
}

fn circle(out: &mut String, one: &Circle) {
    let [x, y] = one.centre.map(short);
    let _ = write!(
        out,
        "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{}\"/>",
        short(one.radius),
        one.fill
    );
}

fn text(out: &mut String, one: &Text) {
    let [x, y] = one.at.map(short);
    let _ = write!(
        out,
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{}\" fill=\"{}\"",
        short(one.style.size),
        one.colour
    );
    if one.style.bold {
        out.push_str(" font-weight=\"700\"");
    }
    match one.anchor {
        Anchor::Start => {}
        Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
        Anchor::End => out.push_str(" text-anchor=\"end\""),
    }
    if let Some(halo) = one.halo {
        let _ = write!(
            out,
            " stroke=\"{halo}\" stroke-width=\"{}\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
            short(2.0 * HALO)
        );
    }
    let _ = write!(out, ">{}</text>", escape(&one.text));
}

fn map(out: &mut String, map: &Map) {
    let Rect { x, y, width, height } = map.frame;
    let [x, y, width, height] = [x, y, width, height].map(short);
    let _ = write!(
        out,
        "<svg x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"{x} {y} {width} {height}\">"
    );
    if let Some(ground) = map.ground {
        let _ = write!(out, "<path fill=\"{ground}\" d=\"M{x} {y}h{width}v{height}h-{width}z\"/>");
    }
    let down = 1.0 / PARTS;
    let _ = write!(
        out,
        "<g stroke-linejoin=\"round\" stroke-linecap=\"round\" fill-rule=\"evenodd\" \
         stroke-width=\"{}\" transform=\"scale({down})\">",
        short(OVERLAP * PARTS)
    );
    for (paint, fill) in map.paints.iter().enumerate() {
        let path = outline(map, paint);
        if path.is_empty() {
            continue;
        }
        let ground = fill.ground;
        match name(*fill) {
            None => {
                let _ = write!(out, "<path fill=\"{ground}\" stroke=\"{ground}\" d=\"{path}\"/>");
            }
            Some(name) => {
                let _ = write!(
                    out,
                    "<path fill=\"url(#{name}-kaart) {ground}\" stroke=\"{ground}\" d=\"{path}\"/>"
                );
            }
        }
    }
    out.push_str("</g>");
    let _ = write!(
        out,
        "<g fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\" \
         transform=\"scale({down})\">"
    );
    for lines in &map.lines {
        let path = along(map, lines);
        let _ = write!(
            out,
            "<path stroke=\"{}\" stroke-width=\"{}\" d=\"{path}\"/>",
            lines.colour,
            short(lines.width * PARTS)
        );
    }
    out.push_str("</g>");
    if let Some(first) = map.circles.first() {
        let edge = first.edge;
        let _ = write!(
            out,
            "<g stroke=\"{edge}\" stroke-width=\"{CIRCLE_EDGE}\" fill-opacity=\"{CIRCLE_OPACITY}\">"
        );
        map.circles.iter().for_each(|one| circle(out, one));
        out.push_str("</g>");
    }
    out.push_str("</svg>");
}

/// The outline of everything of one paint.
fn outline(map: &Map, paint: usize) -> String {
    let mut path = String::new();
    for ring in loops(&map.arcs, u8::try_from(paint).ok(), map.frame) {
        walk(&mut path, &ring);
        path.push('z');
    }
    path
}

/// Borders as lines, as far as they show.
fn along(map: &Map, lines: &Lines) -> String {
    let mut path = String::new();
    let Rect { x, y, .. } = map.frame;
    let slack = 4.0;
    let (right, bottom) = (map.frame.right() + slack, map.frame.bottom() + slack);
    let shows = |a: [f32; 2], b: [f32; 2]| {
        a[0].min(b[0]) <= right
            && a[0].max(b[0]) >= x - slack
            && a[1].min(b[1]) <= bottom
            && a[1].max(b[1]) >= y - slack
    };
    let mut line: Vec<[i32; 2]> = Vec::new();
    for &arc in &lines.arcs {
        for pair in map.arcs.get(arc).windows(2) {
            let (from, to) = (pair[0], pair[1]);
            if !shows(from, to) {
                walk(&mut path, &line);
                line.clear();
                continue;
            }
            if line.is_empty() {
                line.push(parts(from));
            }
            line.push(parts(to));
        }
        walk(&mut path, &line);
        line.clear();
    }
    path
}

/// A point in parts of a pixel.
pub(super) fn parts(point: [f32; 2]) -> [i32; 2] {
    // Casts of floats clamp.
    point.map(|at| (at * PARTS).round() as i32)
}

/// Appends a polyline: where it begins, and steps that are not zero.
fn walk(path: &mut String, points: &[[i32; 2]]) {
    let Some((first, rest)) = points.split_first() else { return };
    let _ = write!(path, "M{} {}", first[0], first[1]);
    let mut last = *first;
    let mut begun = false;
    for point in rest {
        let step = [point[0] - last[0], point[1] - last[1]];
        if step == [0, 0] {
            continue;
        }
        for (at, number) in step.into_iter().enumerate() {
            match (begun, at) {
                (false, 0) => path.push('l'),
                _ if number >= 0 => path.push(' '),
                _ => {}
            }
            let _ = write!(path, "{number}");
        }
        begun = true;
        last = *point;
    }
    // A point alone is drawn too.
    if !begun {
        path.push_str("h0");
    }
}

/// A number with at most two decimals.
fn short(number: f32) -> f32 {
    (number * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_steps_without_what_stands_still() {
        let mut path = String::new();
        walk(&mut path, &[[100, -5], [103, -9], [103, -9], [-97, 0]]);
        assert_eq!(path, "M100 -5l3-4-200 9");
        path.clear();
        walk(&mut path, &[[1, 2]]);
        assert_eq!(path, "M1 2h0");
    }
}
