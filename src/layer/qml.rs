//! The colours of a layer as a QGIS style file (`.qml`), to lie beside the saved GeoJSON.

use std::fmt::Write;

use crate::{
    indicator::Reason,
    scale::{HIDDEN, NO_FIGURE, Rgb, WATER},
};

use super::{PaintedLayer, class_name::class_name, xml::escape};

/// Whether an area is water, and the name of the reason of a second topic: in GeoJSON.
const IN_FEATURES: (&str, &str) = (
    "array_to_string(\"vlaggen\") LIKE '%water%' OR to_string(\"vlaggen\") LIKE '%water%'",
    "metReden",
);

/// The same of a table in which marks are a text.
const IN_TABLE: (&str, &str) = ("\"vlaggen\" LIKE '%water%'", "met_reden");

/// What the style sorts areas by: water first, then the class, then the reason.
fn category(layer: &PaintedLayer<'_>, (is_water, second): (&str, &str)) -> String {
    let second = layer.pair.as_ref().map(|_| format!(", \"{second}\"")).unwrap_or_default();
    format!(
        "CASE WHEN {is_water} THEN 'water' \
         ELSE coalesce(to_string(\"klasse\"), \"reden\"{second}) END"
    )
}

/// How a category is filled.
enum Fill {
    Plain(Rgb),
    Hatch(Rgb, Rgb),
    Dots(Rgb, Rgb),
}

/// The style: a category a class, highest first, a hatch a reason, and water.
pub fn qml(layer: &PaintedLayer<'_>) -> String {
    style(layer, &category(layer, IN_FEATURES))
}

/// The same for a table with the columns of CSV.
pub(super) fn table_style(layer: &PaintedLayer<'_>) -> String {
    style(layer, &category(layer, IN_TABLE))
}

fn style(layer: &PaintedLayer<'_>, category: &str) -> String {
    let language = layer.spec.language;
    let mut entries: Vec<(String, String, Fill)> = layer
        .scale
        .classes()
        .iter()
        .rev()
        .map(|class| {
            let label = format!("{} {}", class.number, class_name(layer, class));
            (class.number.to_string(), label, Fill::Plain(class.colour))
        })
        .collect();
    entries.extend(Reason::ALL.into_iter().map(|reason| {
        let fill = if reason.is_hidden() {
            Fill::Dots(HIDDEN.ground, HIDDEN.stroke)
        } else {
            Fill::Hatch(NO_FIGURE.ground, NO_FIGURE.stroke)
        };
        (reason.as_str().to_owned(), reason.text().get(language).to_owned(), fill)
    }));
    entries.push(("water".into(), "water".into(), Fill::Plain(WATER)));
    let mut categories = String::new();
    let mut symbols = String::new();
    for (at, (value, label, fill)) in entries.iter().enumerate() {
        let _ = writeln!(
            categories,
            "   <category value=\"{}\" symbol=\"{at}\" label=\"{}\" render=\"true\" type=\"string\"/>",
            escape(value),
            escape(label)
        );
        let _ = writeln!(
            symbols,
            "   <symbol type=\"fill\" name=\"{at}\" alpha=\"1\" clip_to_extent=\"1\" \
             force_rhr=\"0\">\n{}   </symbol>",
            symbol_layers(fill, at)
        );
    }
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.22.0\" styleCategories=\"Symbology\">\n \
         <renderer-v2 type=\"categorizedSymbol\" attr=\"{}\" forceraster=\"0\" \
         symbollevels=\"0\" enableorderby=\"0\">\n  \
         <categories>\n{categories}  </categories>\n  <symbols>\n{symbols}  </symbols>\n \
         </renderer-v2>\n <layerGeometryType>2</layerGeometryType>\n</qgis>\n",
        escape(category)
    )
}

fn symbol_layers(fill: &Fill, at: usize) -> String {
    match fill {
        Fill::Plain(colour) => simple_fill(*colour),
        Fill::Hatch(ground, stroke) => {
            simple_fill(*ground)
                + &layer(
                    "LinePatternFill",
                    &[
                        ("angle", "45"),
                        ("distance", "2"),
                        ("distance_unit", "MM"),
                        ("color", &rgba(*stroke)),
                        ("line_width", "0.3"),
                        ("line_width_unit", "MM"),
                    ],
                    &format!(
                        "     <symbol type=\"line\" name=\"@{at}@1\" alpha=\"1\" clip_to_extent=\"1\" \
                 force_rhr=\"0\">\n{}     </symbol>\n",
                        layer(
                            "SimpleLine",
                            &[
                                ("line_color", &rgba(*stroke)),
                                ("line_width", "0.3"),
                                ("line_width_unit", "MM"),
                            ],
                            ""
                        )
                    ),
                )
        }
        Fill::Dots(ground, stroke) => {
            simple_fill(*ground)
                + &layer(
                    "PointPatternFill",
                    &[
                        ("distance_x", "2"),
                        ("distance_x_unit", "MM"),
                        ("distance_y", "2"),
                        ("distance_y_unit", "MM"),
                    ],
                    &format!(
                        "     <symbol type=\"marker\" name=\"@{at}@1\" alpha=\"1\" clip_to_extent=\"1\" \
                 force_rhr=\"0\">\n{}     </symbol>\n",
                        layer(
                            "SimpleMarker",
                            &[
                                ("name", "circle"),
                                ("color", &rgba(*stroke)),
                                ("outline_style", "no"),
                                ("size", "0.6"),
                                ("size_unit", "MM"),
                            ],
                            ""
                        )
                    ),
                )
        }
    }
}

fn simple_fill(colour: Rgb) -> String {
    layer(
        "SimpleFill",
        &[
            ("color", &rgba(colour)),
            ("style", "solid"),
            ("outline_color", "255,255,255,255"),
            ("outline_style", "solid"),
            ("outline_width", "0.1"),
            ("outline_width_unit", "MM"),
        ],
        "",
    )
}

fn layer(class: &str, options: &[(&str, &str)], inside: &str) -> String {
    let mut text = format!(
        "    <layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\">\n     \
         <Option type=\"Map\">\n"
    );
    for (name, value) in options {
        let _ =
            writeln!(text, "      <Option type=\"QString\" name=\"{name}\" value=\"{value}\"/>");
    }
    text + "     </Option>\n" + inside + "    </layer>\n"
}

fn rgba(colour: Rgb) -> String {
    let Rgb { r: red, g: green, b: blue } = colour;
    format!("{red},{green},{blue},255")
}
