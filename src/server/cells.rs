//! What stands in the cells of tables about places, and a trend with its table.

use std::fmt::Write;

use crate::{
    atlas::Atlas,
    indicator::{Indicator, Kind, Language, Reason, Text},
    layer::{figure_in_short, format_number, quantity, word_of_unit},
    profile::{BesideEntry, TopicProfile, ValueEntry},
};

use super::{
    chart::{self, Line, Mark},
    html::{Table, escape, say, text},
};

/// A cell with a number and its class, or the reason in words.
pub(super) fn figure(
    value: Option<f64>,
    reason: Option<Reason>,
    class_name: Option<&Text>,
    indicator: &Indicator,
    language: Language,
) -> String {
    match (value, reason) {
        (Some(_), _) if indicator.kind == Kind::Klasse && class_name.is_some() => {
            class_name.map(|name| text(name, language)).unwrap_or_default()
        }
        (Some(number), _) => escape(&quantity(number, indicator, language)),
        (None, Some(reason)) => {
            format!("<span class=\"reden\">{}</span>", text(&reason.text(), language))
        }
        (None, None) => {
            format!("<span class=\"reden\">{}</span>", say(language, "onbekend", "unknown"))
        }
    }
}

/// The same where a heading says the unit.
pub(super) fn short_figure(
    value: Option<f64>,
    reason: Option<Reason>,
    indicator: &Indicator,
    language: Language,
) -> String {
    match value {
        Some(number) => escape(&figure_in_short(number, indicator, language)),
        None => figure(None, reason, None, indicator, language),
    }
}

/// A sentence with a denominator, which stays on one line.
pub(super) fn told(sentence: &Text, language: Language) -> String {
    text(sentence, language).replace("(n = ", "(n&nbsp;=&nbsp;")
}

/// The name of an ordered class of the publisher; `None` of what is none.
pub(super) fn class_of(indicator: &Indicator, value: f64) -> Option<&Text> {
    let classes = indicator.classes.as_ref().filter(|_| indicator.kind == Kind::Klasse)?;
    let at = value - f64::from(classes.first);
    let is_place = at >= 0.0 && at.fract() == 0.0 && at < classes.names.len() as f64;
    is_place.then(|| &classes.names[at as usize])
}

/// A name in the middle of a sentence.
pub(super) fn uncapitalised(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_lowercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}

/// A bound of a rounded number, with the decimals that it has.
pub(super) fn bound(value: f64, indicator: &Indicator, language: Language) -> String {
    let plain = value.to_string();
    let fraction = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let decimals = u8::try_from(fraction).unwrap_or(u8::MAX).min(indicator.decimals + 2);
    format_number(value, decimals, language)
}

/// What stands behind a figure that is an estimate; nothing behind others.
pub(super) fn estimated(entry: &ValueEntry, language: Language) -> String {
    let way = entry.way.filter(|_| entry.is_estimate == Some(true));
    way.map_or_else(String::new, |way| format!(" <small>({})</small>", text(&way.text(), language)))
}

/// A cell of what stands beside an area.
pub(super) fn beside(
    entry: Option<&BesideEntry>,
    indicator: &Indicator,
    language: Language,
) -> String {
    match entry {
        Some(entry) => {
            figure(entry.value, entry.reason, entry.class_name.as_ref(), indicator, language)
        }
        None => format!(
            "<span class=\"reden\">{}</span>",
            say(language, "niet te berekenen", "cannot be made")
        ),
    }
}

/// The lines of a topic: the area's own, its gemeente's, the country's.
pub(super) fn trend(
    topic: &TopicProfile,
    own: &str,
    gemeente: Option<&str>,
    language: Language,
) -> Vec<Line> {
    let years: Vec<_> = topic.series.iter().filter(|point| point.own.begin.is_none()).collect();
    let mut lines = vec![Line {
        label: own.to_owned(),
        class: "eigen",
        points: years.iter().map(|point| (point.own.year, point.own.value)).collect(),
    }];
    // A count of the country beside that of a buurt would press it flat on the axis.
    if topic.kind == Kind::Aantal {
        return lines;
    }
    let mut add = |label: &str, class, of: fn(&crate::profile::YearPoint) -> Option<f64>| {
        let points: Vec<_> = years.iter().map(|point| (point.own.year, of(point))).collect();
        if points.iter().any(|(_, value)| value.is_some()) {
            lines.push(Line { label: label.to_owned(), class, points });
        }
    };
    if gemeente.is_some() {
        add("gemeente", "gemeente", |point| point.gemeente.as_ref()?.value);
    }
    add(say(language, "land", "country"), "land", |point| point.country.as_ref()?.value);
    lines
}

/// A chart over the years, with periods below it, and its table, under a heading; `None` where there
/// is no trend.
pub(super) fn trend_figure(
    atlas: &Atlas,
    topic: &TopicProfile,
    name: &str,
    own: &str,
    gemeente: Option<&str>,
    marks: &[Mark],
    language: Language,
) -> Option<String> {
    let indicator = atlas.indicator(&topic.id)?;
    if indicator.kind == Kind::Klasse {
        return None;
    }
    let lines = trend(topic, own, gemeente, language);
    let label = topic.name.get(language);
    let title = format!(
        "{label}, {name}: {}",
        say(
            language,
            "lijngrafiek; de cijfers staan in de tabel eronder",
            "line chart; the figures are in the table below it"
        )
    );
    let figure = |value| figure_in_short(value, indicator, language);
    let svg = chart::lines(&title, &lines, &topic.breaks, marks, &figure, false, language)?;
    let mut heads = vec![(say(language, "Jaar", "Year").to_owned(), false)];
    heads.extend(lines.iter().map(|line| (line.label.clone(), true)));
    let unit = word_of_unit(indicator, language).map(|unit| format!(", {unit}"));
    let caption = format!("{label}, {name}{}", unit.unwrap_or_default());
    let mut table = Table::new(&caption, &heads).compact();
    let points: Vec<_> = topic.series.iter().filter(|point| point.own.begin.is_none()).collect();
    for point in points {
        let mut cells = vec![
            point.own.year.to_string(),
            short_figure(point.own.value, point.own.reason, indicator, language)
                + &estimated(&point.own, language),
        ];
        for line in &lines[1..] {
            let entry = if line.class == "gemeente" { &point.gemeente } else { &point.country };
            cells.push(match entry {
                Some(entry) => short_figure(entry.value, entry.reason, indicator, language),
                None => beside(None, indicator, language),
            });
        }
        table.row("", &cells);
    }
    let mut out =
        format!("<section class=\"reeks\"><h3>{}</h3>\n{svg}{}", escape(label), table.html());
    for at in &topic.breaks {
        let _ = writeln!(
            out,
            "<p class=\"noot\">{} {}: {}</p>",
            say(language, "Vanaf", "From"),
            at.from,
            text(&at.text, language)
        );
    }
    out.push_str("</section>\n");
    Some(out)
}

/// The years that a value is not from, said beside it: which is newest, and why it has no number.
pub(super) fn year_text(topic: &TopicProfile, language: Language) -> String {
    let own = &topic.series[topic.newest].own;
    let mut out = match own.begin {
        Some(begin) => format!("{begin}–{}", own.year),
        None => own.year.to_string(),
    };
    if let Some(last) = topic.series.last()
        && last.own.year != own.year
        && let Some(reason) = last.own.reason
    {
        let _ = write!(out, "<small>{}: {}</small>", last.own.year, text(&reason.text(), language));
    }
    out
}
