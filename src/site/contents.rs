//! Which questions a site has the answers to.

use std::{borrow::Cow, collections::BTreeSet, path::Path};

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    area::{AreaCode, Level, Vintage},
    atlas::{Atlas, LevelCoverage, RESIDENTS},
    server::{App, InProcess},
};

use super::{
    SiteError, SiteFilter, SiteFolder, SiteSize,
    catalogue::{self, Narrowed},
    page,
};

/// How finely borders are drawn: those of a whole level, and those of one gemeente.
const WHOLE: [&str; 2] = ["grof", "middel"];
const APART: &str = "fijn";

/// How many areas the interface lists at once; no gemeente has as many.
const MOST: usize = 1000;

/// A division as a site has it, by which the page knows what it need not ask for.
#[derive(Debug, Serialize)]
struct Division {
    #[serde(rename = "jaar")]
    vintage: Vintage,
    /// The levels that have borders and lists of names.
    #[serde(rename = "niveaus")]
    levels: Vec<String>,
    /// The levels that have numbers of residents.
    #[serde(rename = "inwoners")]
    residents: Vec<String>,
    /// The gemeenten that have finer borders.
    gemeenten: Vec<String>,
    /// Of these, those whose areas are told in full.
    #[serde(rename = "uitgebreid")]
    detailed: Vec<String>,
}

/// Writes the whole map of an atlas into `folder`: the page, and a file for every answer that it
/// asks for. `progress` hears what is being written.
///
/// Cost: every layer, every border and every area is answered once. Most of the size are the areas,
/// some 2 kB each for a division of one year.
///
/// # Errors
/// When the filter asks for what is not there, or the folder holds something that is no site of
/// this program: then nothing was changed.
pub fn write(
    app: &App,
    filter: &SiteFilter,
    folder: &Path,
    progress: &dyn Fn(&str),
) -> Result<SiteSize, SiteError> {
    let failed = |source| SiteError::Io { path: folder.display().to_string(), source };
    let mut site = Site {
        atlas: &app.atlas,
        asked: InProcess::new(app.clone()).map_err(failed)?,
        filter,
        out: SiteFolder::beside(folder)?,
        progress,
    };
    let catalogue = serde_json::from_slice(&site.asked.get("/v1/indicatoren")?)?;
    let narrowed = catalogue::narrow(catalogue, filter)?;
    let divisions = site.divisions(&narrowed)?;
    page::write(app, &site.asked, &narrowed, &mut site.out)?;
    site.put_json("gegevens/indicatoren.json", &narrowed.catalogue)?;
    site.figures(&narrowed)?;
    for division in &divisions {
        site.division(division)?;
    }
    site.selections(&divisions)?;
    site.put_json("gegevens/indelingen.json", &serde_json::to_value(&divisions)?)?;
    site.out.finish(&app.atlas.version)
}

struct Site<'a> {
    atlas: &'a Atlas,
    asked: InProcess,
    filter: &'a SiteFilter,
    out: SiteFolder,
    progress: &'a dyn Fn(&str),
}

impl Site<'_> {
    fn tell(&self, what: &str) {
        let SiteSize { files, bytes } = self.out.size();
        (self.progress)(&format!("{what} ({files} files, {:.1} MB so far)", bytes as f64 / 1e6));
    }

    fn put_json(&mut self, path: &str, value: &Value) -> Result<(), SiteError> {
        self.out.put_packed(path, &serde_json::to_vec(value)?, None)
    }

    /// The answer to a question, under a name.
    fn put_answer(&mut self, path: &str, question: &str) -> Result<(), SiteError> {
        let body = self.asked.get(question)?;
        self.out.put_packed(path, &body, Some(question))
    }

    fn has_level(&self, level: &Level) -> bool {
        self.filter.levels.is_empty() || self.filter.levels.contains(level)
    }

    /// The divisions that draw what the site has, ascending.
    fn divisions(&self, narrowed: &Narrowed) -> Result<Vec<Division>, SiteError> {
        let all = || self.atlas.coverages().flat_map(LevelCoverage::codes).cloned();
        let gemeenten: BTreeSet<_> = all().filter_map(|code| code.gemeente()).collect();
        let asked = self.filter.gemeenten.iter().map(ToString::to_string);
        catalogue::known("gemeente", asked, gemeenten.iter().map(ToString::to_string))?;
        Ok(narrowed.vintages.iter().map(|vintage| self.division_of(*vintage)).collect())
    }

    fn division_of(&self, year: Vintage) -> Division {
        let there: Vec<_> = self
            .atlas
            .coverages()
            .filter(|c| c.vintage == year && Level::CBS.contains(&c.level))
            .collect();
        let codes: BTreeSet<_> = there
            .iter()
            .flat_map(|coverage| coverage.codes())
            .filter_map(AreaCode::gemeente)
            .collect();
        let is_detailed = |code: &&AreaCode| {
            self.filter.gemeenten.is_empty() || self.filter.gemeenten.contains(code)
        };
        Division {
            vintage: year,
            levels: there.iter().map(|coverage| coverage.level.to_string()).collect(),
            residents: there
                .iter()
                .filter(|coverage| self.residents(coverage).is_some())
                .map(|coverage| coverage.level.to_string())
                .collect(),
            gemeenten: codes.iter().map(ToString::to_string).collect(),
            detailed: codes.iter().filter(is_detailed).map(ToString::to_string).collect(),
        }
    }

    /// The question after the residents that legends of a division count, where it can be asked.
    fn residents(&self, coverage: &LevelCoverage) -> Option<String> {
        let series = self.atlas.beside(RESIDENTS, coverage, coverage.vintage.0)?;
        let (level, year) = (&coverage.level, series.key.year);
        let drawn = self.atlas.series(RESIDENTS, level, series.key.begin, year)?;
        (drawn.key == series.key)
            .then(|| format!("/v1/waarden/{level}?indicator={RESIDENTS}&jaar={year}"))
    }

    /// The values of every layer, rounded as they are shown; where that loses something also as
    /// they are, since changes are reckoned from these.
    fn figures(&mut self, narrowed: &Narrowed) -> Result<(), SiteError> {
        let mut topic = "";
        for one in &narrowed.figures {
            if topic != one.indicator {
                topic = &one.indicator;
                self.tell(topic);
            }
            let begin = one.begin.map(|year| format!("&sinds={year}")).unwrap_or_default();
            let question =
                format!("/v1/waarden/{}?indicator={topic}&jaar={}{begin}", one.level, one.year);
            let begin = one.begin.map(|year| format!("-sinds-{year}")).unwrap_or_default();
            let path = format!("gegevens/waarden/{topic}/{}-{}{begin}", one.level, one.year);
            let rounded = format!("{question}&decimalen={}", one.decimals);
            let bodies = self.asked.get_all(vec![question.clone(), rounded.clone()])?;
            let [exact, shown] = &bodies[..] else { continue };
            self.out.put_packed(&path, shown, Some(&rounded))?;
            if exact != shown {
                self.out.put_packed(&format!("{path}-precies"), exact, Some(&question))?;
            }
        }
        Ok(())
    }

    fn division(&mut self, division: &Division) -> Result<(), SiteError> {
        let year = division.vintage;
        for level in &division.levels {
            self.tell(&format!("{level} {year}"));
            let level: Level = level.parse().unwrap_or(Level::Gemeente);
            self.names(division, &level)?;
            if !self.has_level(&level) {
                continue;
            }
            for detail in WHOLE {
                self.put_answer(
                    &format!("gegevens/grenzen/{year}/{level}-{detail}"),
                    &format!("/v1/gebiedsgrenzen/{level}?jaar={year}&detail={detail}"),
                )?;
            }
            let coverage = self.atlas.coverage(year, &level);
            let residents = coverage.and_then(|coverage| self.residents(coverage));
            if let Some(question) = residents {
                self.put_answer(&format!("gegevens/inwoners/{year}/{level}"), &question)?;
            }
            for gemeente in self.holding(division, &level) {
                self.put_answer(
                    &format!("gegevens/grenzen/{year}/{level}-{APART}-{gemeente}"),
                    &format!(
                        "/v1/gebiedsgrenzen/{level}?jaar={year}&binnen={gemeente}&detail={APART}"
                    ),
                )?;
            }
        }
        self.areas(division)
    }

    /// The gemeenten that have areas of a level.
    fn holding(&self, division: &Division, level: &Level) -> Vec<String> {
        let Some(coverage) = self.atlas.coverage(division.vintage, level) else {
            return Vec::new();
        };
        let codes: BTreeSet<_> = coverage.codes().iter().filter_map(AreaCode::gemeente).collect();
        codes.iter().map(ToString::to_string).collect()
    }

    /// The areas of a level as a search lists them.
    fn names(&mut self, division: &Division, level: &Level) -> Result<(), SiteError> {
        let year = division.vintage;
        let path = format!("gegevens/gebieden/{year}/{level}.json");
        let question = format!("/v1/gebieden?niveau={level}&jaar={year}&aantal={MOST}");
        if *level == Level::Gemeente {
            return self.put_answer(&path, &question);
        }
        let holding = self.holding(division, level);
        let asked = holding.iter().map(|code| format!("{question}&binnen={code}")).collect();
        let mut areas = Vec::new();
        for body in self.asked.get_all(asked)? {
            let mut answer: Value = serde_json::from_slice(&body)?;
            if let Some(found) = answer["gebieden"].as_array_mut() {
                areas.append(found);
            }
        }
        self.put_json(&path, &json!({ "totaal": areas.len(), "gebieden": areas }))
    }

    /// All that is known of each area, in a file for each gemeente.
    fn areas(&mut self, division: &Division) -> Result<(), SiteError> {
        let year = division.vintage;
        for gemeente in &division.detailed {
            let Ok(within) = AreaCode::parse(gemeente) else { continue };
            let mut codes = BTreeSet::new();
            for level in &Level::CBS {
                let is_told = *level == Level::Gemeente || self.has_level(level);
                if let Some(coverage) = self.atlas.coverage(year, level).filter(|_| is_told) {
                    let own = coverage.within(&within).into_iter();
                    codes.extend(own.map(|at| coverage.codes()[at].to_string()));
                }
            }
            self.tell(&format!("{gemeente} {year}"));
            let asked = codes.iter().map(|code| format!("/v1/gebieden/{code}?jaar={year}"));
            let bodies = self.asked.get_all(asked.collect())?;
            let mut text = Vec::from(*b"{");
            for (code, body) in codes.iter().zip(&bodies) {
                if text.len() > 1 {
                    text.push(b',');
                }
                text.extend(serde_json::to_vec(code)?);
                text.push(b':');
                text.extend_from_slice(&self.limited(body)?);
            }
            text.push(b'}');
            let path = format!("gegevens/gebieden/{year}/{gemeente}.json");
            self.out.put_packed(&path, &text, None)?;
        }
        Ok(())
    }

    /// What is said of an area, without the topics and years that the site does not have.
    fn limited<'a>(&self, body: &'a [u8]) -> Result<Cow<'a, [u8]>, SiteError> {
        let SiteFilter { indicators, years, .. } = self.filter;
        if indicators.is_empty() && years.is_empty() {
            return Ok(Cow::Borrowed(body));
        }
        let is_kept = |id: &String| indicators.is_empty() || indicators.iter().any(|i| i == id);
        let mut area: Value = serde_json::from_slice(body)?;
        for of_topics in ["waarden", "reeksbreuken", "nietVergelijkbaarMet"] {
            if let Some(topics) = area[of_topics].as_object_mut() {
                topics.retain(|id, _| is_kept(id));
            }
        }
        let values = area["waarden"].as_object_mut().into_iter().flat_map(|map| map.values_mut());
        for entries in values.filter_map(Value::as_array_mut) {
            entries.retain(|entry| catalogue::has_year(self.filter, entry));
        }
        Ok(Cow::Owned(serde_json::to_vec(&area)?))
    }

    fn selections(&mut self, divisions: &[Division]) -> Result<(), SiteError> {
        self.tell("selections");
        let list: Value = serde_json::from_slice(&self.asked.get("/v1/selecties")?)?;
        self.put_answer("gegevens/selecties.json", "/v1/selecties")?;
        let ids = list["selecties"].as_array().into_iter().flatten();
        for id in ids.filter_map(|one| one["id"].as_str()) {
            for Division { vintage, .. } in divisions {
                self.put_answer(
                    &format!("gegevens/selecties/{id}-{vintage}.json"),
                    &format!("/v1/selecties/{id}?jaar={vintage}"),
                )?;
            }
        }
        Ok(())
    }
}
