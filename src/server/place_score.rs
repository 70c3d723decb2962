//! The score of a place: told first, with its parts and a map.

use std::fmt::Write;

use crate::{
    area::Level,
    indicator::{Indicator, Language},
    layer,
    profile::{ScoreEntry, TopicProfile, many},
};

use super::{
    address::layer_at,
    cells::{estimated, figure, told, trend_figure},
    chart,
    config::DEFAULT_INDICATOR,
    html::{Table, escape, text},
    place_parts::Place,
};

/// The size of the map, CSS pixels.
const WIDTH: u32 = 560;
const HEIGHT: u32 = 460;

impl Place<'_> {
    /// The score that is made of parts, told first; gives the ids that are told with it.
    pub(super) fn score(&self, out: &mut String) -> Vec<String> {
        let Some(score) = self.profile.scores.first() else {
            self.no_score(out);
            return Vec::new();
        };
        let Some(topic) = self.profile.topics.iter().find(|one| one.id == score.id) else {
            return Vec::new();
        };
        let Some(indicator) = self.atlas.indicator(&topic.id) else { return Vec::new() };
        let point = &topic.series[topic.newest];
        let _ = writeln!(
            out,
            "<section aria-labelledby=\"score\">\n<h2 id=\"score\">{} {}</h2>\n<div class=\"naast\">\n<div>",
            text(&topic.name, self.language),
            point.own.year
        );
        let class = point.own.class_name.as_ref().map(|name| text(name, self.language));
        let number = figure(point.own.value, point.own.reason, None, indicator, self.language)
            + &estimated(&point.own, self.language);
        let _ = match class {
            Some(class) => writeln!(out, "<p class=\"cijfer\">{class} <small>{number}</small></p>"),
            None => writeln!(out, "<p class=\"cijfer\"><small>{number}</small></p>"),
        };
        if let Some(sentence) = &topic.sentence {
            let _ = writeln!(out, "<p class=\"zin\">{}</p>", told(sentence, self.language));
        }
        if let Some(note) = &topic.note {
            let _ = writeln!(out, "<p class=\"noot\">{}</p>", text(note, self.language));
        }
        if let Some(figure) = self.trend(topic) {
            out.push_str(&figure);
        }
        out.push_str("</div>\n<div>\n");
        self.picture(out, topic);
        self.parts(out, score, indicator);
        out.push_str("</div>\n</div>\n</section>\n");
        // What is computed from the score is a topic by itself.
        let is_delivered = |id: &str| {
            self.atlas.catalogue.get(id).is_none_or(|indicator| indicator.derived.is_none())
        };
        let forms = self.profile.topics.iter().filter(|one| {
            one.id == score.id
                || (one.form_of.as_ref() == Some(&score.id) && is_delivered(&one.id))
                || one.part_of.contains(&score.id)
        });
        forms
            .filter(|one| {
                one.id == score.id
                    || one.form_of.is_some()
                    || score.parts.iter().any(|part| part.id == one.id)
            })
            .map(|one| one.id.to_string())
            .collect()
    }

    /// That there is no score of this level, where the division has one of another.
    fn no_score(&self, out: &mut String) {
        let Some(indicator) = self.atlas.indicator(DEFAULT_INDICATOR) else { return };
        let others: Vec<_> = self
            .atlas
            .series_of(&indicator.id)
            .filter(|series| series.key.vintage == self.coverage.vintage)
            .map(|series| many(&series.key.level, self.language).to_owned())
            .fold(Vec::new(), |mut all, one| {
                if !all.contains(&one) {
                    all.push(one);
                }
                all
            });
        if others.is_empty() {
            return;
        }
        let _ = writeln!(
            out,
            "<section>\n<h2>{}</h2>\n<p>{} {}.</p>\n</section>",
            text(&indicator.name, self.language),
            self.say(
                "De atlas heeft geen score van dit niveau op deze indeling, wel van",
                "The atlas has no score of this level on this division, but it has of"
            ),
            escape(&others.join(self.say(" en ", " and ")))
        );
    }

    pub(super) fn trend(&self, topic: &TopicProfile) -> Option<String> {
        let gemeente = self.area.gemeente.as_ref().map(|one| one.name.as_str());
        let (name, marks) = (&self.area.name, self.stories.marks());
        trend_figure(self.atlas, topic, name, self.level(), gemeente, &marks, self.language)
    }

    fn parts(&self, out: &mut String, score: &ScoreEntry, indicator: &Indicator) {
        let year = score.parts.first().map_or(0, |part| part.own.year);
        let label = format!("{} {year}", self.say("Onderdelen in", "Parts in"));
        let named: Vec<_> = score
            .parts
            .iter()
            .map(|part| (part.name.get(self.language).to_owned(), part.own.value))
            .collect();
        // The same for every place: as far as the publisher's classes of the parts go.
        let cuts = score.parts.iter().filter_map(|part| self.atlas.indicator(&part.id));
        let cuts = cuts.filter_map(|part| part.classes.as_ref()).flat_map(|of| &of.cuts);
        let reach = cuts.map(|cut| cut.abs()).fold(0.0, f64::max);
        let title = format!(
            "{label}: {}",
            self.say(
                "staafgrafiek; de cijfers staan in de tabel eronder",
                "bar chart; the figures are in the table below it"
            )
        );
        let _ = writeln!(out, "<section class=\"reeks\"><h3>{label}</h3>");
        if let Some(svg) = chart::bars(&title, &named, reach, indicator.decimals, self.language) {
            out.push_str(&svg);
        }
        let heads = [
            (self.say("Onderdeel", "Part"), false),
            (self.say("Score", "Score"), true),
            (self.say("Klasse", "Class"), false),
        ];
        let caption = format!("{label}, {}", self.area.name);
        let mut table = Table::new(&caption, &heads).compact();
        for part in &score.parts {
            let Some(of) = self.atlas.indicator(&part.id) else { continue };
            let class = part.own.class_name.as_ref().map(|name| text(name, self.language));
            table.row(
                "",
                &[
                    text(&part.name, self.language),
                    figure(part.own.value, part.own.reason, None, of, self.language)
                        + &estimated(&part.own, self.language),
                    class.unwrap_or_default(),
                ],
            );
        }
        out.push_str(&table.html());
        let _ = writeln!(
            out,
            "<p class=\"noot\">{}</p></section>",
            self.say(
                "Boven nul is gunstiger dan de landelijke referentie, onder nul ongunstiger.",
                "Above zero is more favourable than the national reference, below zero less."
            )
        );
    }

    /// The map around the place, by the server's own picture.
    fn picture(&self, out: &mut String, topic: &TopicProfile) {
        let Some(gemeente) = self.area.code.gemeente() else { return };
        let year = topic.series[topic.newest].own.year;
        let level = if self.coverage.level == Level::Gemeente {
            Level::Buurt
        } else {
            self.coverage.level.clone()
        };
        let there = crate::area::Year::new(year)
            .ok()
            .and_then(|year| self.atlas.series(&topic.id, &level, None, year));
        let Some(series) = there.filter(|series| series.column.has_numbers()) else { return };
        // The wijk of a buurt shows the streets around it; a wijk or gemeente stands in the whole.
        let within = match (&self.coverage.level, &self.area.wijk) {
            (Level::Buurt, Some(wijk)) if series.coverage.within(&wijk.code).len() > 1 => wijk,
            _ => &super::area_heading::AreaName { code: gemeente, name: String::new() },
        };
        if series.coverage.within(&within.code).is_empty() {
            return;
        }
        let english = if self.language == Language::En { "&amp;taal=en" } else { "" };
        let english_query = if self.language == Language::En { "&taal=en" } else { "" };
        let drawn = format!(
            "{level}?indicator={}&jaar={year}&binnen={}&breedte={WIDTH}&hoogte={HEIGHT}{english_query}",
            topic.id, within.code
        );
        let mark = (self.coverage.level != Level::Gemeente).then(|| self.mark(&drawn)).flatten();
        let marked = match mark {
            Some(_) => format!("{} {}. ", self.say("Omlijnd:", "Outlined:"), self.area.name),
            None => String::new(),
        };
        let [one_nl, one_en] = level.one();
        let caption = format!(
            "{} {year}, {} {}. {marked}{}",
            topic.name.get(self.language),
            self.say("per", "by"),
            self.say(one_nl, one_en),
            self.say(
                "De cijfers staan in de tabellen op deze pagina en in de tabel van de kaart.",
                "The figures are in the tables on this page and in the table of the map."
            ),
        );
        let _ = writeln!(
            out,
            "<figure class=\"kaart\"><div class=\"beeld\"><img src=\"/v1/lagen/{}\" \
             width=\"{WIDTH}\" height=\"{HEIGHT}\" alt=\"{}\">{}</div><figcaption>{} \
             <a href=\"/kaart/{}/tabel?niveau={level}&amp;jaar={year}&amp;binnen={}{english}\">{}</a></figcaption></figure>",
            escape(&drawn.replacen('?', ".svg?", 1)),
            escape(&format!("{}: {caption}", self.say("Kaart", "Map"))),
            mark.unwrap_or_default(),
            escape(&caption),
            topic.id,
            within.code,
            self.say("Tabel", "Table"),
        );
    }

    /// The outline of the place over the picture of a layer, in two tones: one of them shows on any
    /// colour.
    fn mark(&self, drawn: &str) -> Option<String> {
        let asked = layer_at(self.atlas, &[], drawn, true).ok()?;
        let ordinal = self.coverage.ordinal(&self.area.code)?;
        let path = layer::outline(&asked.layer, asked.size, self.coverage, ordinal)?;
        Some(format!(
            "<svg class=\"merk\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" aria-hidden=\"true\">\
             <path d=\"{path}\"/><path d=\"{path}\"/></svg>"
        ))
    }
}
