//! Stories on a page: a list with numbers, which charts over the years refer to.

use std::fmt::Write;

use reqwest::Url;

use crate::{
    area::{AreaCode, Language, Vintage, Year},
    atlas::Atlas,
};

use super::{
    chart::Mark,
    html::{escape, say, text},
    story_entry::{StoryEntry, entry, period},
};

/// What was done about the areas of a page, in the order of its numbers.
#[derive(Default)]
pub(super) struct PageStories {
    /// Of the area itself and of those that it lies in.
    about: Vec<StoryEntry>,
    /// Of what lies in it.
    inside: Vec<StoryEntry>,
}

impl PageStories {
    /// The stories of an area of a division.
    pub fn of(atlas: &Atlas, code: &AreaCode, vintage: Vintage) -> Self {
        let (mut about, mut inside) = (Vec::new(), Vec::new());
        for story in atlas.stories() {
            if story.is_about(atlas, code, vintage) {
                about.extend(entry(atlas, story));
            } else if story.is_within(atlas, code, vintage) {
                inside.extend(entry(atlas, story));
            }
        }
        Self { about, inside }
    }

    fn numbered(&self) -> impl Iterator<Item = (usize, &StoryEntry)> {
        (1..).zip(self.about.iter().chain(&self.inside))
    }

    /// What a chart of the area of the page is marked with.
    pub fn marks(&self) -> Vec<Mark> {
        self.numbered().take(self.about.len()).map(mark).collect()
    }

    /// What a chart of an area in it is marked with, by the same numbers.
    pub fn marks_of(&self, atlas: &Atlas, code: &AreaCode, vintage: Vintage) -> Vec<Mark> {
        let told = atlas.stories().iter().filter(|story| story.is_about(atlas, code, vintage));
        let ids: Vec<_> = told.map(|story| &story.id).collect();
        self.numbered().filter(|(_, story)| ids.contains(&&story.id)).map(mark).collect()
    }

    /// The list; empty where there is nothing to tell.
    pub fn section(&self, language: Language) -> String {
        if self.about.is_empty() && self.inside.is_empty() {
            return String::new();
        }
        let words = |nl: &'static str, en: &'static str| say(language, nl, en);
        let mut out = format!(
            "<section class=\"verhalen\" aria-labelledby=\"verhalen\">\n<h2 id=\"verhalen\">{}</h2>\n",
            words("Aanpak en initiatieven", "Approaches and initiatives")
        );
        let _ = writeln!(
            out,
            "<p class=\"noot\">{}</p>",
            words(
                "Wat er is gedaan, zoals de bron het vertelt. De nummers staan ook bij de jaren in de grafieken. Dat een cijfer daarna veranderde, zegt nog niet waardoor.",
                "What was done, as the source tells it. The numbers stand with the years in the charts too. That a figure changed afterwards does not say by what."
            )
        );
        out.push_str(&list(&self.about, 1, language));
        if !self.inside.is_empty() {
            if !self.about.is_empty() {
                let heading = words("In gebieden hierbinnen", "In areas within it");
                let _ = writeln!(out, "<h3>{heading}</h3>");
            }
            out.push_str(&list(&self.inside, self.about.len() + 1, language));
        }
        out.push_str("</section>\n");
        out
    }
}

fn mark((number, story): (usize, &StoryEntry)) -> Mark {
    Mark { number, from: story.from.get(), until: story.until.map(Year::get) }
}

fn list(stories: &[StoryEntry], start: usize, language: Language) -> String {
    if stories.is_empty() {
        return String::new();
    }
    let mut out = format!("<ol class=\"verhalen\" start=\"{start}\">\n");
    for story in stories {
        out.push_str(&item(story, language));
    }
    out.push_str("</ol>\n");
    out
}

fn item(story: &StoryEntry, language: Language) -> String {
    let words = |nl: &'static str, en: &'static str| say(language, nl, en);
    let english = if language == Language::En { "&amp;taal=en" } else { "" };
    let mut out = format!(
        "<li id=\"verhaal-{}\"><strong>{}</strong>\n<p class=\"plaats\">{} · {} · <a href=\"/gebied/{}?jaar={}{english}\">{}</a></p>\n",
        story.id,
        escape(&story.title),
        escape(&period(story.from, story.until, language)),
        text(&story.pillar_name, language),
        story.code,
        story.vintage,
        escape(&story.name),
    );
    for paragraph in story.text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
        let _ = writeln!(out, "<p>{}</p>", escape(paragraph));
    }
    let _ = write!(
        out,
        "<p class=\"noot\">{}: {} ({})",
        words("Bron", "Source"),
        escape(&story.told_by),
        escape(&story.licence)
    );
    if let Some(link) = &story.link
        && let Ok(url) = Url::parse(link)
        && let Some(host) = url.host_str()
    {
        let _ = write!(
            out,
            " · <a href=\"{}\" rel=\"noopener nofollow\">{} {}</a>",
            escape(link),
            words("Meer op", "More on"),
            escape(host)
        );
    }
    out.push_str("</p></li>\n");
    out
}
