//! A table of approaches and initiatives, read and checked against an atlas.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use reqwest::Url;
use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Level, Vintage, Year},
    source::{Provenance, TableCell, TableHead},
    store::{Contents, Pillar, Story},
};

use super::{
    OwnError, RowFault, StoryDescription,
    folder::Described,
    table::{self, text},
};

/// The longest title and name of who tells it, characters.
const TITLE: usize = 200;

/// The longest text, characters.
const TEXT: usize = 4000;

/// The longest address.
const LINK: usize = 2000;

/// The columns that must be there, and those that may.
const NEEDED: [&str; 5] = ["code", "van", "tot", "pijler", "titel"];
const OPTIONAL: [&str; 3] = ["tekst", "bron", "link"];

/// A table of stories.
#[derive(Debug)]
pub struct OwnStories {
    /// Where its description is.
    pub path: PathBuf,
    /// The description.
    pub description: StoryDescription,
    /// Where the stories come from.
    pub provenance: Provenance,
    /// Those that can be used, each once; their source is yet to be numbered.
    pub stories: Vec<Story>,
    /// The rows that cannot.
    pub faults: Vec<RowFault>,
    /// What is strange, and was taken all the same.
    pub remarks: Vec<String>,
}

impl OwnStories {
    /// Reads the table of a description and checks every row. Changes nothing.
    ///
    /// # Errors
    /// When the table as a whole is not what it must be; rows are told in [`OwnStories::faults`].
    pub(super) fn read(
        Described { path, description }: Described<StoryDescription>,
        contents: &Contents,
    ) -> Result<Self, OwnError> {
        let StoryDescription { bestand, bron, licentie, .. } = &description;
        let (mut table, provenance) = table::open(&path, bestand, bron, licentie)?;
        let head = table.heads().first().cloned().unwrap_or_default();
        let columns = Columns::of(&path, bestand, &head)?;
        let mut remarks = Vec::new();
        if !columns.unread.is_empty() {
            remarks.push(format!("niet gelezen kolommen: {}", columns.unread.join(", ")));
        }
        let mut taking = Taking {
            of: &description,
            collection: collection(&path),
            contents,
            columns: &columns,
            seen: BTreeMap::new(),
            stories: Vec::new(),
            faults: Vec::new(),
        };
        table.read(0, &columns.wanted, &mut |row| {
            taking.take(row.record + 1, row.cells);
            Ok(())
        })?;
        let Taking { stories, faults, .. } = taking;
        if stories.is_empty() {
            remarks.push("geen enkel verhaal is te gebruiken".to_owned());
        }
        Ok(Self { path, description, provenance, stories, faults, remarks })
    }

    /// Puts the stories in the place of those that the atlas had of this description.
    pub(super) fn absorb(&self, contents: &mut Contents, today: &str) {
        let source = contents.source(self.provenance.clone(), today);
        let stories = self.stories.iter().map(|story| Story { source, ..story.clone() });
        contents.replace_stories(&self.collection(), stories);
        contents.forget_unused_sources();
    }

    /// What the stories of this description are kept under.
    pub fn collection(&self) -> SmolStr {
        collection(&self.path)
    }

    /// How many areas have a story.
    pub fn areas(&self) -> usize {
        let of = |story: &Story| (story.vintage, story.code.clone());
        self.stories.iter().map(of).collect::<BTreeSet<_>>().len()
    }
}

/// The name of a description without its ending.
fn collection(path: &Path) -> SmolStr {
    path.file_stem().unwrap_or_default().to_string_lossy().into()
}

/// Where the columns are among the wanted ones, in the order of [`NEEDED`] and [`OPTIONAL`].
struct Columns {
    wanted: Vec<usize>,
    places: [Option<usize>; 8],
    unread: Vec<String>,
}

impl Columns {
    fn of(path: &Path, file: &str, head: &TableHead) -> Result<Self, OwnError> {
        let there: Vec<String> =
            head.columns.iter().map(|column| column.trim().to_lowercase()).collect();
        let mut wanted = Vec::new();
        let mut places = [None; 8];
        for (place, name) in places.iter_mut().zip(NEEDED.iter().chain(&OPTIONAL)) {
            if let Some(at) = there.iter().position(|column| column == name) {
                wanted.push(at);
                *place = Some(wanted.len() - 1);
            } else if NEEDED.contains(name) {
                let message = format!(
                    "{file} heeft geen kolom {name:?}; wel: {}. Verwacht: {}, en als u wilt {}",
                    head.columns.join(", "),
                    NEEDED.join(", "),
                    OPTIONAL.join(", ")
                );
                return Err(OwnError::description(path, message));
            }
        }
        let is_unread = |(at, _): &(usize, &String)| !wanted.contains(at);
        let unread = head.columns.iter().enumerate().filter(is_unread);
        let unread = unread.map(|(_, name)| name.clone()).collect();
        Ok(Self { wanted, places, unread })
    }

    fn cells(&self, cells: &[TableCell<'_>]) -> [String; 8] {
        self.places.map(|place| place.map_or_else(String::new, |at| text(cells.get(at))))
    }
}

/// Takes the rows of a table one by one.
struct Taking<'a> {
    of: &'a StoryDescription,
    collection: SmolStr,
    contents: &'a Contents,
    columns: &'a Columns,
    /// The line of each story.
    seen: BTreeMap<SmolStr, u64>,
    stories: Vec<Story>,
    faults: Vec<RowFault>,
}

impl Taking<'_> {
    fn take(&mut self, line: u64, cells: &[TableCell<'_>]) {
        let cells = self.columns.cells(cells);
        if cells.iter().all(String::is_empty) {
            return;
        }
        match self.story(line, cells) {
            Ok(story) => self.stories.push(story),
            Err(reason) => {
                self.faults.push(RowFault { file: self.of.bestand.clone(), line, reason });
            }
        }
    }

    fn story(&mut self, line: u64, cells: [String; 8]) -> Result<Story, String> {
        let [code, from, until, pillar, title, text, told_by, link] = cells;
        let code = AreaCode::parse(&code).map_err(|error| error.to_string())?;
        let (vintage, level) = self.area(&code)?;
        let from = year("van", &from)?.ok_or("van is leeg: verwacht een jaar")?;
        let until = year("tot", &until)?;
        if until.is_some_and(|until| until < from) {
            let until = until.map(|year| year.to_string()).unwrap_or_default();
            return Err(format!("tot = {until} ligt voor van = {from}"));
        }
        let pillar = Pillar::find(&pillar).ok_or_else(|| {
            let all = Pillar::ALL.map(Pillar::id).join(", ");
            format!("pijler = {:?}: verwacht een van {all}", shorten(&pillar))
        })?;
        if title.is_empty() {
            return Err("titel is leeg".to_owned());
        }
        plain("titel", &title, TITLE)?;
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        plain("tekst", &text.replace('\n', " "), TEXT)?;
        plain("bron", &told_by, TITLE)?;
        let told_by = if told_by.is_empty() { self.of.bron.clone() } else { told_by };
        let story = Story {
            collection: self.collection.clone(),
            code,
            level,
            vintage,
            from,
            until,
            pillar,
            title,
            text,
            told_by,
            link: address(&link)?,
            is_public: self.of.openbaar,
            source: 0,
        };
        if let Some(first) = self.seen.get(&story.id()) {
            return Err(format!(
                "{} van {from} met deze titel staat er al, op regel {first}",
                story.code
            ));
        }
        self.seen.insert(story.id(), line);
        Ok(story)
    }

    /// The division and the level of an area.
    fn area(&self, code: &AreaCode) -> Result<(Vintage, Level), String> {
        let has_code = |((_, level), areas): &(&(Vintage, Level), &crate::store::Areas)| {
            code.cbs_level().is_none_or(|own| own == *level) && areas.get(code).is_some()
        };
        let found: Vec<_> = self.contents.areas.iter().filter(has_code).map(|(at, _)| at).collect();
        let there = match self.of.indeling {
            Some(asked) => found.iter().find(|(vintage, _)| *vintage == asked),
            None => found.iter().max_by_key(|(vintage, _)| *vintage),
        };
        there.map(|(vintage, level)| (*vintage, level.clone())).ok_or_else(|| {
            let others: Vec<_> = found.iter().map(|(vintage, _)| vintage.to_string()).collect();
            match (self.of.indeling, others.is_empty()) {
                (Some(asked), false) => format!(
                    "de indeling van {asked} heeft geen gebied {code}; die van {} wel",
                    others.join(", ")
                ),
                (Some(asked), true) => format!("de indeling van {asked} heeft geen gebied {code}"),
                (None, _) => format!("geen indeling van de atlas heeft een gebied {code}"),
            }
        })
    }
}

fn shorten(text: &str) -> String {
    text.chars().take(40).collect()
}

/// A year; `None` where the cell is empty.
fn year(name: &str, text: &str) -> Result<Option<Year>, String> {
    // A sheet may have it as a number with a fraction of nothing.
    let text = text.strip_suffix(".0").unwrap_or(text);
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |_| {
        let shown = shorten(text);
        format!("{name} = {shown:?} is geen jaar: verwacht 1900 tot en met 2100")
    };
    text.parse().map(Some).map_err(wrong)
}

/// Whether a text is one to be shown: not too long, and without what steers a screen.
fn plain(name: &str, text: &str, longest: usize) -> Result<(), String> {
    let length = text.chars().count();
    if length > longest {
        return Err(format!("{name} heeft {length} tekens: verwacht er ten hoogste {longest}"));
    }
    // Beside control characters those that turn the direction of what follows.
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    match text.chars().find(|c| steers(*c)) {
        Some(found) => {
            Err(format!("{name} heeft een stuurteken (U+{:04X}): haal het weg", u32::from(found)))
        }
        None => Ok(()),
    }
}

/// An address that a page may lead to; empty where there is none.
fn address(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let wrong = |why: &str| {
        format!(
            "link = {:?}: {why}; verwacht een adres als https://www.voorbeeld.nl/…",
            shorten(text)
        )
    };
    if text.len() > LINK {
        return Err(wrong("te lang"));
    }
    // What a parser would drop in silence is no part of an address.
    if text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return Err(wrong("heeft een teken dat niet in een adres hoort"));
    }
    let url = Url::parse(text).map_err(|_| wrong("is geen adres"))?;
    if url.scheme() != "https" {
        return Err(wrong("begint niet met https"));
    }
    // Browsers take `https:host` and `https:///host` for `https://host`; nobody who means well
    // writes so.
    let (start, rest) = text.split_at_checked(8).unwrap_or_default();
    if !start.eq_ignore_ascii_case("https://") || rest.starts_with('/') {
        return Err(wrong("mist https:// met een host erachter"));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(wrong("mist een host"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("heeft een gebruikersnaam of wachtwoord"));
    }
    Ok(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert_eq!(address(""), Ok(String::new()));
        assert_eq!(
            address("https://www.voorbeeld.nl/aanpak?x=1&y=2#deel"),
            Ok("https://www.voorbeeld.nl/aanpak?x=1&y=2#deel".to_owned())
        );
        assert_eq!(address("HTTPS://Voorbeeld.NL"), Ok("https://voorbeeld.nl/".to_owned()));
        for wrong in [
            "http://voorbeeld.nl",
            "javascript:alert(1)",
            "JavaScript://voorbeeld.nl/%0aalert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "//voorbeeld.nl",
            "voorbeeld.nl",
            "https:",
            "https://",
            "https:voorbeeld.nl",
            "https:///voorbeeld.nl",
            "https:\\\\voorbeeld.nl",
            "https://wie@voorbeeld.nl",
            "https://wie:geheim@voorbeeld.nl",
            "https://voorbeeld.nl/a b",
            "https://voorbeeld.nl/\u{0}",
            "https://[voorbeeld",
            "ftp://voorbeeld.nl",
        ] {
            assert!(address(wrong).is_err(), "{wrong:?}");
        }
        // Whatever a text becomes, it holds nothing that ends an attribute.
        let quoted = address("https://voorbeeld.nl/\"><script>").expect("an address");
        assert!(!quoted.contains(['"', '<', '>']), "{quoted}");
    }

    #[test]
    fn what_steers_a_screen_is_no_text() {
        assert_eq!(plain("titel", "Één plein – “ja”", TITLE), Ok(()));
        for wrong in ["a\u{7}b", "a\u{0}", "a\nb", "a\u{202e}b", "a\u{85}b", &"é".repeat(201)] {
            assert!(plain("titel", wrong, TITLE).is_err(), "{wrong:?}");
        }
        assert_eq!(plain("titel", &"é".repeat(200), TITLE), Ok(()), "characters, not bytes");
    }
}
