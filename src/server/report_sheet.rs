//! The sheets of a report that follow its first: a wijk each, with its buurten.

use std::fmt::Write;

use crate::{
    area::Level,
    atlas::{Available, LevelCoverage},
    indicator::{Indicator, Kind},
    layer,
    layer::quantity,
    profile::topic_profile,
};

use super::{
    cells::{short_figure, trend_figure},
    html::{Table, escape, text},
    report::{Report, SCORE},
};

/// What a sheet tells of each buurt, beside the score and its class.
const COLUMNS: [&str; 6] = [
    "inwoners",
    "woningwaarde",
    "koopwoningen",
    "aandeel-65-plus",
    "laag-inkomen",
    "bijstand-per-1000",
];

impl Report<'_> {
    /// A sheet for each wijk; where the division has none, one for the gemeente.
    pub(super) fn sheets(&self, out: &mut String) {
        let code = &self.wanted.code;
        match self.within(&Level::Wijk, code) {
            Some((coverage, wijken)) => {
                for at in wijken {
                    self.sheet(out, coverage, at);
                }
            }
            None => {
                let Some(coverage) = self.level(&Level::Gemeente) else { return };
                if let Some(at) = coverage.ordinal(code) {
                    self.sheet(out, coverage, at);
                }
            }
        }
    }

    fn sheet(&self, out: &mut String, coverage: &LevelCoverage, ordinal: usize) {
        let code = &coverage.codes()[ordinal];
        let name = coverage.name(ordinal);
        let _ = writeln!(
            out,
            "<section class=\"blad\" id=\"{code}\" aria-labelledby=\"naam-{code}\">\n\
             <h2 id=\"naam-{code}\">{} <small class=\"stil\">{}</small></h2>",
            escape(name),
            escape(self.name)
        );
        let residents = self.series("inwoners", coverage).and_then(|(indicator, series)| {
            Some((indicator, series.column.get(ordinal).number()?))
        });
        let lived = residents
            .map(|(indicator, count)| {
                format!("{} · ", escape(&quantity(count, indicator, self.language)))
            })
            .unwrap_or_default();
        let _ = writeln!(
            out,
            "<p class=\"plaats\">{lived}{}</p>",
            self.link(code, self.say("alle onderwerpen", "all topics"))
        );
        self.buurten(out, coverage, ordinal);
        if coverage.level == Level::Wijk
            && let Some(topic) = topic_profile(self.atlas, coverage, ordinal, SCORE)
            && let marks = self.stories.marks_of(self.atlas, code, self.wanted.vintage)
            && let Some(figure) = trend_figure(
                self.atlas,
                &topic,
                name,
                "wijk",
                Some(self.name),
                &marks,
                self.language,
            )
        {
            let _ = writeln!(out, "<div class=\"naast een\">\n{figure}</div>");
        }
        out.push_str("</section>\n");
    }

    /// The buurten of a wijk, with the wijk and the gemeente below them.
    fn buurten(&self, out: &mut String, above: &LevelCoverage, ordinal: usize) {
        let code = &above.codes()[ordinal];
        let Some((coverage, buurten)) = self.within(&Level::Buurt, code) else {
            let _ = writeln!(
                out,
                "<p>{}</p>",
                self.say(
                    "De atlas heeft hier geen buurten.",
                    "The atlas has no neighbourhoods here."
                )
            );
            return;
        };
        let score = self.series(SCORE, coverage);
        let columns: Vec<_> = COLUMNS.iter().filter_map(|id| self.series(id, coverage)).collect();
        let mut heads = vec![(self.say("Buurt", "Neighbourhood").to_owned(), false)];
        if let Some((indicator, series)) = &score {
            heads
                .push((format!("{} {}", indicator.name.get(self.language), series.key.year), true));
            heads.push((self.say("Klasse", "Class").to_owned(), false));
        }
        for (indicator, series) in &columns {
            let name = indicator.name.get(self.language);
            heads.push((format!("{name} {}", series.key.year), true));
        }
        let caption =
            format!("{} {}", self.say("Buurten van", "Neighbourhoods of"), above.name(ordinal));
        let mut table = Table::new(&caption, &heads);
        let all: Vec<_> = score.iter().chain(&columns).collect();
        for at in buurten {
            let mut name = self.link(&coverage.codes()[at], coverage.name(at));
            if coverage.hardly_residential(at).is_some() {
                let _ = write!(
                    name,
                    "<small>{}</small>",
                    self.say("nauwelijks woongebied", "hardly residential")
                );
            }
            table.row("", &self.cells(name, coverage, at, &all));
        }
        let mut sums = Vec::new();
        if above.level == Level::Wijk {
            sums.push((escape(above.name(ordinal)), self.level(&Level::Wijk), code.clone()));
        }
        let gemeente = self.wanted.code.clone();
        sums.push((escape(self.name), self.level(&Level::Gemeente), gemeente));
        for (name, level, code) in sums {
            let Some(level) = level else { continue };
            let Some(at) = level.ordinal(&code) else { continue };
            table.row("samen", &self.cells(name, level, at, &all));
        }
        out.push_str(&table.html());
    }

    /// A row of the same indicators and years for an area of any level.
    fn cells(
        &self,
        name: String,
        coverage: &LevelCoverage,
        at: usize,
        columns: &[&(&Indicator, Available<'_>)],
    ) -> Vec<String> {
        let mut cells = vec![name];
        for (indicator, of) in columns {
            let found = self
                .atlas
                .series_on(&indicator.id, coverage.vintage, &coverage.level)
                .find(|(key, _)| key.year == of.key.year && key.begin == of.key.begin);
            let series = found.map(|(key, column)| Available { key, column, coverage });
            let value = series.map(|series| series.column.get(at));
            cells.push(match value {
                Some(value) => {
                    short_figure(value.number(), value.reason(), indicator, self.language)
                }
                None => format!(
                    "<span class=\"reden\">{}</span>",
                    self.say("niet van dit niveau", "not of this level")
                ),
            });
            if indicator.id == SCORE && indicator.kind == Kind::Score {
                let class = series
                    .and_then(|series| layer::publisher_class(self.atlas, indicator, &series, at));
                cells.push(class.map(|(_, name)| text(&name, self.language)).unwrap_or_default());
            }
        }
        cells
    }
}
