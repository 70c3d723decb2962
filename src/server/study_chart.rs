//! The picture of a study: what the sentences say, drawn. The tables below it say the same.

use std::fmt::Write;

use crate::{
    indicator::Language,
    layer::{figure_in_short, format_number},
    study::{ConcentrationStudy, Scope},
};

use super::{
    chart::{Line, Mark, lines},
    html::{escape, say},
    study_outcome::Outcome,
};

/// In the units of the drawing.
const WIDTH: f64 = 352.0;

/// The chart of an outcome; empty where it has none.
pub(super) fn chart(scope: &Scope<'_>, found: &Outcome, language: Language) -> String {
    let words = |nl: &'static str, en: &'static str| say(language, nl, en);
    let percent = |value: f64| format!("{}%", format_number(value, 0, language));
    let count = |count: usize| format_number(count as f64, 0, language);
    let by_year = |title: &str, points: Vec<(u16, Option<f64>)>, figure: &dyn Fn(f64) -> String| {
        let own = Line { label: String::new(), class: "eigen", points };
        lines(title, &[own], &scope.indicator.breaks, &[], figure, true, language)
    };
    let drawn = match found {
        Outcome::Segregation(study) => by_year(
            words(
                "Welk deel zou moeten verhuizen, per jaar",
                "Which part would have to move, by year",
            ),
            study.years.iter().map(|one| (one.year, Some(one.dissimilarity))).collect(),
            &percent,
        ),
        Outcome::Mixture(study) => by_year(
            words("Hoe gescheiden groepen wonen, per jaar", "How segregated groups live, by year"),
            study.years.iter().map(|one| (one.year, Some(one.entropy * 100.0))).collect(),
            &|value| format!("{}%", format_number(value, 1, language)),
        ),
        Outcome::Gap(study) => by_year(
            words("De kloof, per jaar", "The gap, by year"),
            study.years.iter().map(|one| (one.year, Some(one.gap))).collect(),
            &|value| figure_in_short(value, scope.indicator, language),
        ),
        Outcome::BeforeAfter(study) => {
            let own = Line {
                label: words("hier", "here").to_owned(),
                class: "eigen",
                points: study.years.iter().map(|one| (one.year, one.own)).collect(),
            };
            let others = Line {
                label: words("gemiddeld", "on average").to_owned(),
                class: "gemeente",
                points: study.years.iter().map(|one| (one.year, one.mean)).collect(),
            };
            let (from, until) = (study.from.get(), study.until.map(crate::area::Year::get));
            let marks = [Mark { number: 1, from, until }];
            let title = words(
                "Dit gebied en de gebieden die er het meest op lijken, per jaar; onderaan de periode",
                "This area and those most like it, by year; below it the period",
            );
            let figure = |value| figure_in_short(value, scope.indicator, language);
            let breaks = &scope.indicator.breaks;
            lines(title, &[own, others], breaks, &marks, &figure, false, language)
        }
        Outcome::Concentration(study) => Some(profile(study, language)),
        Outcome::Gemeenten(_) => None,
        Outcome::Stacking(study) => {
            let rows: Vec<_> = study
                .counts
                .iter()
                .map(|one| {
                    (format!("{} {}", one.count, words("ongunstig", "unfavourable")), one.areas)
                })
                .collect();
            tally(
                words("Gebieden naar wat er ongunstig is", "Areas by what is unfavourable"),
                &rows,
                &count,
            )
        }
        Outcome::Likeness(study) => {
            let rows: Vec<_> = study
                .clusters
                .iter()
                .filter(|one| one.areas > 0)
                .map(|one| (one.name.get(language).to_owned(), one.areas))
                .collect();
            tally(words("Gebieden naar patroon", "Areas by pattern"), &rows, &count)
        }
        Outcome::Change(study) => {
            let of = &study.counts;
            let rows = [
                (words("gedaald", "fell").to_owned(), of.down),
                (words("gelijk", "same").to_owned(), of.stable),
                (words("gestegen", "rose").to_owned(), of.up),
            ];
            tally(words("Gebieden naar verandering", "Areas by change"), &rows, &count)
        }
        Outcome::Course(study) => {
            let rows: Vec<_> = study
                .courses
                .iter()
                .map(|one| (one.name.get(language).to_owned(), one.areas))
                .collect();
            tally(words("Gebieden naar verloop", "Areas by course"), &rows, &count)
        }
    };
    drawn.map_or_else(String::new, |svg| format!("<figure class=\"prent\">{svg}</figure>\n"))
}

/// A bar for each kind, its number at the end; `None` where there is nothing to count.
fn tally(
    title: &str,
    rows: &[(String, usize)],
    figure: &dyn Fn(usize) -> String,
) -> Option<String> {
    const ROW: f64 = 38.0;
    let most = rows.iter().map(|(_, count)| *count).max().filter(|most| *most > 0)?;
    let height = ROW * rows.len() as f64;
    let mut svg = opening(title, height);
    for (at, (name, count)) in rows.iter().enumerate() {
        let top = ROW * at as f64;
        let length = *count as f64 / most as f64 * (WIDTH - 60.0);
        let _ = writeln!(
            svg,
            "<text class=\"naam\" x=\"0\" y=\"{:.1}\">{}</text>\
             <rect class=\"staaf telling\" x=\"0\" y=\"{:.1}\" width=\"{:.1}\" height=\"12\"/>\
             <text class=\"waarde\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            top + 12.0,
            escape(name),
            top + 17.0,
            length.max(0.5),
            length + 5.0,
            top + 27.5,
            escape(&figure(*count))
        );
    }
    svg.push_str("</svg>\n");
    Some(svg)
}

/// The concentration profile: of each share, which part of the group lives where it is at least
/// that.
fn profile(study: &ConcentrationStudy, language: Language) -> String {
    const HEIGHT: f64 = 216.0;
    const TOP: f64 = 22.0;
    const LEFT: f64 = 40.0;
    let foot = HEIGHT - 40.0;
    let most = study.profile.iter().map(|[share, _]| *share).fold(10.0, f64::max);
    let most = (most / 10.0).ceil() * 10.0;
    let x = |share: f64| LEFT + (WIDTH - LEFT - 12.0) * share / most;
    let y = |part: f64| foot - (foot - TOP) * part / 100.0;
    let percent = |value: f64| format!("{}%", format_number(value, 0, language));
    let title = say(
        language,
        "Deel van de groep in gebieden met minstens dit aandeel",
        "Part of the group in areas with at least this share",
    );
    let mut svg = opening(title, HEIGHT);
    let _ = writeln!(svg, "<text class=\"klein\" x=\"0\" y=\"12\">{title}</text>");
    for part in [0.0, 50.0, 100.0] {
        let _ = writeln!(
            svg,
            "<path class=\"as\" d=\"M{LEFT} {at:.1}H{:.1}\"/><text class=\"klein\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            WIDTH - 12.0,
            LEFT - 5.0,
            y(part) + 4.0,
            percent(part),
            at = y(part)
        );
    }
    for part in [0.0, 0.5, 1.0] {
        let share = most * part;
        let anchor = if part == 1.0 { "end" } else { "middle" };
        let _ = writeln!(
            svg,
            "<text class=\"klein\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
            x(share) + if part == 1.0 { 12.0 } else { 0.0 },
            foot + 16.0,
            percent(share)
        );
    }
    let _ = writeln!(
        svg,
        "<text class=\"klein\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
        x(most / 2.0),
        HEIGHT - 6.0,
        say(language, "aandeel in het gebied", "share in the area")
    );
    // A step: the part holds up to the share itself.
    let mut path = format!("M{:.1} {:.1}", x(0.0), y(100.0));
    let mut steps = study.profile.clone();
    steps.sort_by(|a, b| a[0].total_cmp(&b[0]));
    for [share, part] in steps {
        let _ = write!(path, "V{:.1}H{:.1}", y(part), x(share));
    }
    let _ = writeln!(svg, "<path class=\"lijn eigen\" d=\"{path}V{:.1}\"/>", y(0.0));
    if let Some(half) = study.half {
        let (at, level) = (x(half), y(50.0));
        let is_left = half < most * 0.6;
        let _ = writeln!(
            svg,
            "<path class=\"breuk\" d=\"M{at:.1} {level:.1}V{foot:.1}\"/>\
             <circle class=\"punt eigen\" cx=\"{at:.1}\" cy=\"{level:.1}\" r=\"4\"/>\
             <text class=\"waarde\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{}\">{} {}</text>",
            if is_left { at + 8.0 } else { at - 8.0 },
            level - 7.0,
            if is_left { "start" } else { "end" },
            say(language, "de helft: vanaf", "half: from"),
            percent(half)
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn opening(title: &str, height: f64) -> String {
    format!(
        "<svg class=\"grafiek\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"img\"><title>{}</title>\n",
        escape(title)
    )
}
