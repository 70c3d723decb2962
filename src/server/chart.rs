//! Charts as SVG inside a page: attributes and classes alone, since pages take no inline styles. Every
//! chart stands beside a table that says the same.

use std::fmt::Write;

use crate::{
    indicator::{Language, SeriesBreak},
    layer::format_number,
};

use super::html::{escape, say};

const WIDTH: f64 = 352.0;
const HEIGHT: f64 = 184.0;
/// Room for what the lines are called.
const RIGHT: f64 = 74.0;
/// Room for the zero beside its line.
const LEFT: f64 = 14.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 40.0;
/// Labels are this far apart at least.
const LABEL: f64 = 14.0;

/// A line of a chart: a year and what is known of it.
pub(super) struct Line {
    /// What stands at its end.
    pub label: String,
    /// How it is drawn: `eigen`, `gemeente` or `land`.
    pub class: &'static str,
    /// Years, ascending, with their number; `None` where there is none.
    pub points: Vec<(u16, Option<f64>)>,
}

/// A period below a chart, with the number of what it is in a list beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The number in the list.
    pub number: usize,
    /// The first year.
    pub from: u16,
    /// The last; `None` while it goes on.
    pub until: Option<u16>,
}

/// How many rows of periods there is room for.
const MARK_ROWS: usize = 8;
/// How high one is.
const MARK: f64 = 16.0;

/// The periods that touch the years of a chart, each in the first row where it fits.
fn rows_of(marks: &[Mark], first: u16, last: u16) -> Vec<(Mark, usize)> {
    let span = f64::from((last - first).max(1));
    // A number needs room, however short the period.
    let end = |mark: &Mark| {
        let until = f64::from(mark.until.unwrap_or(u16::MAX).min(last));
        until.max(f64::from(mark.from.max(first)) + span / 10.0)
    };
    let mut taken: Vec<f64> = Vec::new();
    let mut placed = Vec::new();
    for mark in marks {
        if mark.from > last || mark.until.is_some_and(|until| until < first) {
            continue;
        }
        let from = f64::from(mark.from.max(first));
        let free = taken.iter().position(|taken| *taken < from).unwrap_or(taken.len());
        if free >= MARK_ROWS {
            continue;
        }
        if free == taken.len() {
            taken.push(0.0);
        }
        taken[free] = end(mark);
        placed.push((*mark, free));
    }
    placed
}

/// A line chart over the years, with periods below it; `None` where no line has two numbers. A year without a number, and a
/// year from which the indicator means something else, end the line. `title` says what is shown, and
/// `figure` writes a number. What can be no less than nothing is drawn `from_zero`, so that a small
/// change looks small.
pub(super) fn lines(
    title: &str,
    lines: &[Line],
    breaks: &[SeriesBreak],
    marks: &[Mark],
    figure: &dyn Fn(f64) -> String,
    from_zero: bool,
    language: Language,
) -> Option<String> {
    let known = |line: &Line| line.points.iter().filter(|(_, value)| value.is_some()).count();
    if lines.first().is_none_or(|own| known(own) < 2) {
        return None;
    }
    let years = || lines.iter().flat_map(|line| line.points.iter().map(|(year, _)| *year));
    let numbers = || lines.iter().flat_map(|line| line.points.iter().filter_map(|(_, v)| *v));
    let (first, last) = (years().min()?, years().max()?);
    let nearest = if from_zero { 0.0 } else { f64::INFINITY };
    let low = numbers().fold(nearest, f64::min);
    let high = numbers().fold(f64::NEG_INFINITY, f64::max);
    let has_zero = high > 0.0 && (low < 0.0 || (from_zero && low <= 0.0));
    let span = if high > low { high - low } else { 1.0 };
    let width = WIDTH - LEFT - RIGHT;
    let height = HEIGHT - TOP - BOTTOM;
    let x = |year: u16| LEFT + width * f64::from(year - first) / f64::from((last - first).max(1));
    let y = |value: f64| {
        if high > low { TOP + height * (high - value) / span } else { TOP + height / 2.0 }
    };
    let marked = rows_of(marks, first, last);
    let rows = marked.iter().map(|(_, row)| row + 1).max().unwrap_or(0);
    let whole = HEIGHT + MARK * rows as f64;
    let mut svg = format!(
        "<svg class=\"grafiek\" viewBox=\"0 0 {WIDTH} {whole}\" width=\"{WIDTH}\" height=\"{whole}\" \
         role=\"img\"><title>{}</title>\n",
        escape(title)
    );
    let right = WIDTH - RIGHT;
    let foot = TOP + height;
    let _ = writeln!(svg, "<path class=\"as\" d=\"M{LEFT} {foot:.1}H{right:.1}\"/>");
    if has_zero {
        let zero = y(0.0);
        let _ = writeln!(svg, "<path class=\"nul\" d=\"M{LEFT} {zero:.1}H{right:.1}\"/>");
        let _ = writeln!(svg, "<text class=\"klein\" x=\"0\" y=\"{:.1}\">0</text>", zero + 4.0);
    }
    // The years that the own line knows, as far as they fit beside each other.
    let mut free_from = f64::NEG_INFINITY;
    let own_years: Vec<u16> = lines[0].points.iter().map(|(year, _)| *year).collect();
    for (at, year) in own_years.iter().enumerate() {
        let middle = x(*year);
        let is_last = at + 1 == own_years.len();
        if !is_last && (middle < free_from || x(last) - middle < 34.0) {
            continue;
        }
        let anchor = if at == 0 {
            "start"
        } else if is_last {
            "end"
        } else {
            "middle"
        };
        let _ = writeln!(
            svg,
            "<text class=\"klein\" x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{year}</text>",
            HEIGHT - 8.0
        );
        free_from = middle + 36.0;
    }
    for at in breaks {
        let from = at.from.get();
        let before = own_years.iter().rev().find(|year| **year < from);
        let after = own_years.iter().find(|year| **year >= from);
        let (Some(before), Some(after)) = (before, after) else { continue };
        let middle = f64::midpoint(x(*before), x(*after));
        let _ = writeln!(
            svg,
            "<path class=\"breuk\" d=\"M{middle:.1} {TOP}V{foot:.1}\"/>\
             <text class=\"klein\" x=\"{middle:.1}\" y=\"12\" text-anchor=\"middle\">{}</text>",
            say(language, "andere meting", "measured differently")
        );
    }
    for (mark, row) in marked {
        let (start, until) = (x(mark.from.max(first)), mark.until.filter(|until| *until <= last));
        let end = until.map_or(right + 6.0, |until| x(until).max(start + 3.0));
        let base = HEIGHT + MARK * row as f64 + 8.0;
        // What began or ends outside the years is open on that side.
        let (open, close) = (
            if mark.from < first { String::new() } else { format!("M{start:.1} {base:.1}v-7") },
            if until.is_some() { "v-7" } else { "" },
        );
        if mark.from >= first {
            let _ = writeln!(svg, "<path class=\"periode\" d=\"M{start:.1} {TOP}V{foot:.1}\"/>");
        }
        let _ = writeln!(
            svg,
            "<path class=\"haak\" d=\"{open}M{start:.1} {base:.1}H{end:.1}{close}\"/>\
             <text class=\"nummer\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
            f64::midpoint(start, end),
            base - 2.0,
            mark.number
        );
    }
    let mut labels: Vec<(f64, &Line, f64)> = Vec::new();
    // The own line last, on top of the others.
    for line in lines.iter().rev() {
        let mut path = String::new();
        let mut before: Option<u16> = None;
        for (year, value) in &line.points {
            let Some(value) = value else {
                before = None;
                continue;
            };
            let is_broken = before.is_none_or(|before| {
                breaks.iter().any(|at| before < at.from.get() && at.from.get() <= *year)
            });
            let command = if is_broken { 'M' } else { 'L' };
            let _ = write!(path, "{command}{:.1} {:.1}", x(*year), y(*value));
            before = Some(*year);
        }
        let _ = writeln!(svg, "<path class=\"lijn {}\" d=\"{path}\"/>", line.class);
        for (year, value) in &line.points {
            let Some(value) = value else { continue };
            let size = if line.class == "eigen" { 3.0 } else { 2.0 };
            let _ = writeln!(
                svg,
                "<circle class=\"punt {}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"{size}\"/>",
                line.class,
                x(*year),
                y(*value)
            );
        }
        if let Some(value) = line.points.iter().rev().find_map(|(_, value)| *value) {
            labels.push((y(value), line, value));
        }
    }
    labels.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut at = TOP - 2.0;
    let room = labels.len() as f64 * LABEL;
    for (rest, (wanted, line, _)) in labels.iter().enumerate() {
        let below = room - (rest as f64 + 1.0) * LABEL;
        let place = (wanted + 4.0).max(at).min(foot + 4.0 - below).max(at);
        let _ = writeln!(
            svg,
            "<text class=\"naam {}\" x=\"{:.1}\" y=\"{place:.1}\">{}</text>",
            line.class,
            right + 8.0,
            escape(&line.label)
        );
        at = place + LABEL;
    }
    // The own line's first and last number, so that the eye need not go to the table: on the side
    // where the line does not run.
    let own: Vec<_> = lines[0].points.iter().filter_map(|(year, v)| Some((*year, (*v)?))).collect();
    if let [first, second, ..] = own[..]
        && let [.., before, last] = own[..]
    {
        for (end, beside, anchor) in [(first, second, "start"), (last, before, "end")] {
            let place = if beside.1 > end.1 { y(end.1) + 17.0 } else { y(end.1) - 8.0 };
            let _ = writeln!(
                svg,
                "<text class=\"waarde\" x=\"{:.1}\" y=\"{place:.1}\" text-anchor=\"{anchor}\">{}</text>",
                x(end.0),
                escape(&figure(end.1).replace('\u{a0}', " "))
            );
        }
    }
    svg.push_str("</svg>\n");
    Some(svg)
}

/// Bars from a common zero, one under the other; `None` where nothing has a number. The scale
/// reaches to `least` at least, so that what is small looks small.
pub(super) fn bars(
    title: &str,
    bars: &[(String, Option<f64>)],
    least: f64,
    decimals: u8,
    language: Language,
) -> Option<String> {
    let most = bars.iter().filter_map(|(_, value)| *value).map(f64::abs).fold(0.0, f64::max);
    if bars.iter().all(|(_, value)| value.is_none()) || most.max(least) <= 0.0 {
        return None;
    }
    let most = most.max(least);
    const ROW: f64 = 40.0;
    let height = ROW * bars.len() as f64 + 4.0;
    let zero = WIDTH / 2.0;
    let reach = WIDTH / 2.0 - 52.0;
    let mut svg = format!(
        "<svg class=\"grafiek\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" \
         role=\"img\"><title>{}</title>\n",
        escape(title)
    );
    for (at, (name, value)) in bars.iter().enumerate() {
        let top = ROW * at as f64;
        let _ = writeln!(
            svg,
            "<text class=\"naam\" x=\"0\" y=\"{:.1}\">{}</text>",
            top + 13.0,
            escape(name)
        );
        let Some(value) = value else {
            let _ = writeln!(
                svg,
                "<text class=\"klein\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                zero + 6.0,
                top + 30.0,
                say(language, "onbekend", "unknown")
            );
            continue;
        };
        let length = value.abs() / most * reach;
        let (start, class, label, anchor) = if *value < 0.0 {
            (zero - length, "min", zero - length - 5.0, "end")
        } else {
            (zero, "plus", zero + length + 5.0, "start")
        };
        let _ = writeln!(
            svg,
            "<rect class=\"staaf {class}\" x=\"{start:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"14\"/>\
             <text class=\"waarde\" x=\"{label:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>",
            top + 19.0,
            length.max(0.5),
            top + 30.5,
            format_number(*value, decimals, language)
        );
    }
    let _ = writeln!(svg, "<path class=\"nul\" d=\"M{zero} 16V{height}\"/>\n</svg>");
    Some(svg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{area::Year, indicator::Text};

    fn draw(points: &[(u16, Option<f64>)], breaks: &[SeriesBreak]) -> Option<String> {
        let own = Line { label: "A & B".into(), class: "eigen", points: points.to_vec() };
        lines("<t>", &[own], breaks, &[], &|value| value.to_string(), false, Language::Nl)
    }

    fn moves(svg: &str) -> usize {
        let path = svg.split("class=\"lijn eigen\" d=\"").nth(1).unwrap_or_default();
        path.split('"').next().unwrap_or_default().matches('M').count()
    }

    #[test]
    fn gaps_and_breaks_end_a_line() {
        let all = [(2014, Some(1.0)), (2016, Some(2.0)), (2018, Some(-1.0)), (2020, Some(0.5))];
        let svg = draw(&all, &[]).expect("a chart");
        assert_eq!(moves(&svg), 1);
        assert!(svg.contains("class=\"nul\""), "zero lies within");
        let mut gap = all;
        gap[1].1 = None;
        let svg = draw(&gap, &[]).expect("a chart");
        assert_eq!((moves(&svg), svg.matches("<circle").count()), (2, 3));
        let text = Text { nl: String::new(), en: String::new() };
        let broken = [SeriesBreak { from: Year::new(2018).expect("a year"), text }];
        let svg = draw(&all, &broken).expect("a chart");
        assert_eq!((moves(&svg), svg.matches("class=\"breuk\"").count()), (2, 1));
        assert!(svg.contains("&lt;t&gt;") && svg.contains("A &amp; B"), "escaped");
        assert!(!svg.contains("style="), "pages take no inline styles");
    }

    #[test]
    fn periods_stand_below_with_their_numbers_and_never_on_each_other() {
        let mark = |number, from, until| Mark { number, from, until };
        let marks = [
            mark(1, 2010, Some(2012)),
            mark(2, 2014, Some(2017)),
            mark(3, 2015, None),
            mark(4, 2018, Some(2018)),
            mark(5, 2021, None),
            mark(6, 2010, Some(2014)),
        ];
        let rows: Vec<_> =
            rows_of(&marks, 2014, 2020).iter().map(|(mark, row)| (mark.number, *row)).collect();
        // What lies outside the years is left out.
        assert_eq!(rows, [(2, 0), (3, 1), (4, 0), (6, 2)]);
        let points = [(2014, Some(1.0)), (2020, Some(2.0))];
        let own = Line { label: "a".into(), class: "eigen", points: points.to_vec() };
        let svg = lines("t", &[own], &[], &marks, &|v| v.to_string(), false, Language::Nl);
        let svg = svg.expect("a chart");
        assert_eq!(svg.matches("class=\"haak\"").count(), 4);
        assert_eq!(svg.matches("class=\"nummer\"").count(), 4);
        assert!(svg.contains("viewBox=\"0 0 352 232\""), "three rows more: {svg}");
    }

    #[test]
    fn one_number_is_no_trend_and_nothing_known_no_bars() {
        assert!(draw(&[(2020, Some(1.0)), (2022, None)], &[]).is_none());
        assert!(bars("t", &[("a".into(), None)], 1.0, 1, Language::Nl).is_none());
        let svg = bars("t", &[("a".into(), None), ("b".into(), Some(-1.0))], 2.0, 1, Language::Nl);
        let svg = svg.expect("bars");
        assert!(svg.contains("onbekend") && svg.contains("\u{2212}1,0"), "{svg}");
    }
}
