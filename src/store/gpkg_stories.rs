//! Stories in a GeoPackage file.

use std::{collections::BTreeMap, error::Error};

use rusqlite::{Connection, Row, params};
use smol_str::SmolStr;

use crate::area::{AreaCode, Vintage, Year};

use super::{Pillar, Story};

/// The table.
pub(super) const TABLE: &str = "verhalen";

/// How it is made.
pub(super) const CREATE: &str = "
CREATE TABLE verhalen (
  id TEXT NOT NULL PRIMARY KEY, verzameling TEXT NOT NULL, code TEXT NOT NULL, niveau TEXT NOT NULL,
  indeling INTEGER NOT NULL, van INTEGER NOT NULL, tot INTEGER, pijler TEXT NOT NULL,
  titel TEXT NOT NULL, tekst TEXT NOT NULL, verteller TEXT NOT NULL, link TEXT NOT NULL,
  openbaar INTEGER NOT NULL, bron INTEGER NOT NULL);
";

/// Writes stories into the table.
pub(super) fn write(
    draft: &Connection,
    stories: &BTreeMap<SmolStr, Story>,
) -> rusqlite::Result<()> {
    let mut insert =
        draft.prepare("INSERT INTO verhalen VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    for (id, story) in stories {
        insert.execute(params![
            id.as_str(),
            story.collection.as_str(),
            story.code.as_str(),
            story.level.plural(),
            story.vintage.get(),
            story.from.get(),
            story.until.map(Year::get),
            story.pillar.id(),
            story.title,
            story.text,
            story.told_by,
            story.link,
            story.is_public,
            story.source
        ])?;
    }
    Ok(())
}

/// Why stories cannot be read.
pub(super) enum Unreadable {
    /// SQLite refuses.
    Sqlite(rusqlite::Error),
    /// A row cannot be right.
    Row(i64, String),
}

impl From<rusqlite::Error> for Unreadable {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// Reads every story.
pub(super) fn read(connection: &Connection) -> Result<BTreeMap<SmolStr, Story>, Unreadable> {
    let mut query = connection.prepare(
        "SELECT rowid, id, verzameling, code, niveau, indeling, van, tot, pijler, titel, tekst,
                verteller, link, openbaar, bron FROM verhalen ORDER BY id",
    )?;
    let mut rows = query.query([])?;
    let mut stories = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let at: i64 = row.get(0)?;
        let story = story(row).map_err(|error| Unreadable::Row(at, error.to_string()))?;
        let id: String = row.get(1)?;
        // A page leads to it: what no import lets in is not let in here.
        if !story.link.is_empty() && !story.link.starts_with("https://") {
            return Err(Unreadable::Row(at, "the link is no https address".to_owned()));
        }
        if story.id() != id {
            return Err(Unreadable::Row(at, format!("has id {id}, expected {}", story.id())));
        }
        stories.insert(story.id(), story);
    }
    Ok(stories)
}

fn story(row: &Row<'_>) -> Result<Story, Box<dyn Error>> {
    let text = |at: usize| row.get::<_, String>(at);
    let pillar = text(8)?;
    Ok(Story {
        collection: text(2)?.into(),
        code: AreaCode::parse(&text(3)?)?,
        level: text(4)?.parse()?,
        vintage: Vintage::new(row.get(5)?)?,
        from: Year::new(row.get(6)?)?,
        until: row.get::<_, Option<u16>>(7)?.map(Year::new).transpose()?,
        pillar: Pillar::find(&pillar).ok_or_else(|| format!("unknown pillar {pillar:?}"))?,
        title: text(9)?,
        text: text(10)?,
        told_by: text(11)?,
        link: text(12)?,
        is_public: row.get(13)?,
        source: row.get(14)?,
    })
}
