//! Where the parts of a picture go.

use crate::{
    coverage::BBox,
    indicator::Display,
    layer::{LegendBody, PaintedLayer, Scope, legend as legend_of, summary},
    scale::Method,
};

use super::{
    PictureSize,
    font::Style,
    ink,
    legend::{Form, Key, Marks, text},
    map::{self, Need},
    numbers::{has_numbers, numbers},
    scale_bar::scale_bar,
    scene::{Anchor, Fill, Item, Rect, Scene},
    viewport::{Viewport, extent},
    words::Words,
};

/// Between the map and the legend.
const GAP: f32 = 16.0;
const SMALL: Style = Style::regular(13.0);

/// Map and legend beside or above each other.
#[derive(Clone, Copy, Debug)]
struct Arrangement {
    form: Form,
    map: Rect,
    legend: Rect,
}

/// A picture of a layer. `need` says what its map is drawn from.
pub(super) fn compose(layer: &PaintedLayer<'_>, size: PictureSize, need: Need) -> Scene {
    let words = Words::of(layer);
    let legend = legend_of(layer);
    let (width, height) = (size.width() as f32, size.height() as f32);
    let margin = if width < 480.0 { 12.0 } else { 16.0 };
    let inner = width - 2.0 * margin;
    let mut items = Vec::new();
    let mut top = 0.0;

    if layer.atlas.fictional {
        let style = Style::bold(13.0);
        let whole = words.fictional().to_uppercase();
        let fits = style.width(&whole) <= inner;
        let lines = style.wrap(if fits { &whole } else { words.fictional_briefly() }, inner, 2);
        let band = lines.len() as f32 * style.leading() + 10.0;
        let at = Rect { x: 0.0, y: 0.0, width, height: band };
        items.push(Item::Box { at, fill: Fill::plain(ink::ALERT), edge: None });
        for (at, line) in lines.into_iter().enumerate() {
            let y = 5.0 + style.ascent() + at as f32 * style.leading();
            items.push(text([width / 2.0, y], style, Anchor::Middle, ink::PAPER, line));
        }
        top = band;
    }

    let headline = words.headline();
    let title = Style::bold(match width {
        640.0.. => 21.0,
        400.0.. => 17.0,
        _ => 15.0,
    });
    top += margin * 0.75;
    for line in title.wrap(&headline, inner, 3) {
        items.push(text([margin, top + title.ascent()], title, Anchor::Start, ink::INK, line));
        top += title.leading();
    }
    if height >= 320.0 && !layer.areas.is_empty() {
        for line in SMALL.wrap(&words.cover(&legend), inner, 2) {
            items.push(text(
                [margin, top + SMALL.ascent()],
                SMALL,
                Anchor::Start,
                ink::QUIET,
                line,
            ));
            top += SMALL.leading();
        }
    }
    top += margin * 0.5;

    let footer = footer(&words, layer, &legend, inner, height);
    let bottom = height - margin * 0.75 - footer.len() as f32 * SMALL.leading();
    let line = (bottom - 6.0).round() + 0.5;
    items.push(Item::Line {
        from: [margin, line],
        to: [width - margin, line],
        width: 1.0,
        colour: ink::HAIRLINE,
    });
    for (at, words) in footer.into_iter().enumerate() {
        let y = bottom + SMALL.ascent() + at as f32 * SMALL.leading();
        items.push(text([margin, y], SMALL, Anchor::Start, ink::QUIET, words));
    }

    let body = Rect { x: margin, y: top, width: inner, height: (line - 8.0 - top).max(1.0) };
    let mut notes = Vec::new();
    if layer.indicator.display == Display::Cirkel {
        notes.push(words.circles().to_owned());
    }
    let is_computed = !matches!(layer.spec.method, Method::Publicatie | Method::Eigen);
    if layer.spec.scope == Scope::Jaar && is_computed && layer.pair.is_none() {
        notes.push(words.year_alone());
    }
    let marks = match layer.indicator.display {
        Display::Cirkel => Marks::Circles,
        Display::Vlak if has_numbers(layer) => Marks::Numbers,
        Display::Vlak => Marks::Colours,
    };
    let key = Key::of(&words, &legend, layer.pair.as_ref(), marks, notes);
    let extent = extent(layer);
    let arrangement = arrange(&key, body, extent.as_ref());
    let Arrangement { form, map: frame, legend: place } = arrangement;
    match extent {
        Some(extent) => {
            let map = map::map(layer, &extent, frame, size.scale(), need);
            let viewport = Viewport::around(&extent, frame);
            let bar = scale_bar(layer, viewport, frame, map.metres);
            items.push(Item::Map(Box::new(map)));
            if has_numbers(layer) {
                items.extend(numbers(layer, viewport, frame).into_iter().map(Item::Text));
            }
            items.extend(bar);
        }
        None => {
            let style = Style::regular(15.0);
            items.push(Item::Box { at: frame, fill: Fill::plain(ink::BLANK), edge: None });
            for (at, line) in
                style.wrap(words.empty(), frame.width - 16.0, 4).into_iter().enumerate()
            {
                let at = [
                    frame.x + frame.width / 2.0,
                    frame.y + frame.height / 2.0 + at as f32 * style.leading(),
                ];
                items.push(text(at, style, Anchor::Middle, ink::INK, line));
            }
        }
    }
    items.extend(key.draw(form, [place.x, place.y], place.width).0);

    Scene {
        width,
        height,
        language: words.language(),
        title: headline,
        description: summary(layer).text.join(" "),
        source: words.source(&legend),
        items,
    }
}

/// The part of the picture's height that the foot may take, when it says more than it must.
const FOOT: f32 = 0.2;

/// The lines at the foot: source and licence always and whole; what belongs beside every map of the
/// indicator and the delivery where there is room.
fn footer(
    words: &Words<'_>,
    layer: &PaintedLayer<'_>,
    legend: &LegendBody,
    width: f32,
    height: f32,
) -> Vec<String> {
    let note = legend.note.as_ref().map(|note| note.get(layer.spec.language).to_owned());
    let mut text = words.source(legend);
    let mut lines = SMALL.wrap(&text, width, usize::MAX);
    for more in [Some(words.delivery(legend)), note].into_iter().flatten() {
        text = format!("{text} {more}");
        let longer = SMALL.wrap(&text, width, usize::MAX);
        if longer.len() as f32 * SMALL.leading() > FOOT * height {
            break;
        }
        lines = longer;
    }
    lines
}

/// The arrangement that leaves most for the map among those with the fullest legend that leaves
/// enough.
fn arrange(key: &Key<'_>, body: Rect, extent: Option<&BBox>) -> Arrangement {
    // How large the map is drawn in a frame.
    let scale = |frame: Rect| match extent {
        Some(extent) => Viewport::around(extent, frame).scale(),
        None => f64::from(frame.width.min(frame.height)),
    };
    let whole = scale(body);
    let beside_of = |form: Form, width: f32| {
        let height = key.draw(form, [0.0, 0.0], width).1;
        let map = Rect { width: body.width - width - GAP, ..body };
        let legend = Rect { x: map.right() + GAP, width, ..body };
        (map.width >= 140.0 && height <= body.height).then_some(Arrangement { form, map, legend })
    };
    // As wide as it can be without taking anything from the map.
    let beside = |form: Form| {
        let least = beside_of(form, 230.0).or_else(|| beside_of(form, 280.0))?;
        [360.0, 320.0, 280.0, 250.0]
            .into_iter()
            .filter_map(|width| beside_of(form, width))
            .find(|one| scale(one.map) >= 0.94 * scale(least.map))
            .or(Some(least))
    };
    let below = |form: Form| {
        let width = body.width.min(460.0);
        let height = key.draw(form, [0.0, 0.0], width).1;
        let map = Rect { height: body.height - height - 8.0, ..body };
        let legend = Rect { y: map.bottom() + 8.0, width, height, ..body };
        (map.height >= 90.0).then_some(Arrangement { form, map, legend })
    };
    // A map may lose some of its size to the legend, and more to a fuller one.
    for (form, least) in [(Form::Table, 0.5), (Form::Columns, 0.42), (Form::Strip, 0.4)] {
        let best = [beside(form), below(form)]
            .into_iter()
            .flatten()
            .max_by(|a, b| scale(a.map).total_cmp(&scale(b.map)));
        if let Some(best) = best.filter(|best| scale(best.map) >= least * whole) {
            return best;
        }
    }
    let height = key.draw(Form::Bare, [0.0, 0.0], body.width).1.min(body.height);
    let map = Rect { height: (body.height - height - 4.0).max(1.0), ..body };
    Arrangement { form: Form::Bare, map, legend: Rect { y: map.bottom() + 4.0, height, ..body } }
}
