//! Which tables of a file are read, in which dialect.

use std::path::Path;

use super::{
    Dialect, Dialects, IgnoredTable, ReadOptions, SourceError, error::shorten, form::Form,
    table::Head,
};

/// The tables to read with their forms, and those that are left out.
pub type Choice<'a> = (&'a Dialect, Vec<(usize, &'a Form)>, Vec<IgnoredTable>);

/// Chooses the dialect of a file and the tables that it knows.
pub fn choose<'a>(
    path: &Path,
    heads: &[Head],
    options: &ReadOptions,
    dialects: &'a Dialects,
) -> Result<Choice<'a>, SourceError> {
    let known: Vec<_> = heads.iter().map(|head| dialects.recognise(head)).collect();
    let Some((dialect, _)) = known.iter().flatten().next() else {
        return Err(unknown(path, heads, dialects));
    };
    let at_level = |form: &Form| form.level == options.level;
    let only = options.level.is_some() && known.iter().flatten().any(|(_, form)| at_level(form));
    let (mut chosen, mut ignored) = (Vec::new(), Vec::new());
    for (at, (head, known)) in heads.iter().zip(&known).enumerate() {
        let reason = match known {
            None => dialect
                .ignored_tables
                .get(&head.name)
                .cloned()
                .unwrap_or_else(|| "no dialect knows its columns".to_owned()),
            Some((other, _)) if other.id != dialect.id => {
                format!("it is of dialect {}, the file is read in {}", other.id, dialect.id)
            }
            Some((_, form)) if only && !at_level(form) => "it is of another level".to_owned(),
            Some((_, form)) => {
                chosen.push((at, *form));
                continue;
            }
        };
        ignored.push(IgnoredTable { table: head.name.clone(), reason });
    }
    Ok((*dialect, chosen, ignored))
}

/// Why no table of a file is known.
fn unknown(path: &Path, heads: &[Head], dialects: &Dialects) -> SourceError {
    let file = path.display().to_string();
    let found = describe(heads);
    if heads.iter().any(|head| dialects.has_code(head)) || heads.iter().all(|h| !h.has_shapes) {
        SourceError::Unknown { file, found, nearest: dialects.nearest(heads) }
    } else {
        SourceError::NoCode { file, found }
    }
}

/// The tables of a file and their first columns, for a message.
fn describe(heads: &[Head]) -> String {
    const TABLES: usize = 4;
    const COLUMNS: usize = 12;
    let mut parts: Vec<_> = heads
        .iter()
        .take(TABLES)
        .map(|head| {
            let mut columns: Vec<String> =
                head.columns.iter().take(COLUMNS).map(|name| shorten(name)).collect();
            if head.columns.len() > COLUMNS {
                columns.push(format!("and {} more", head.columns.len() - COLUMNS));
            }
            let table = if head.name.is_empty() {
                String::new()
            } else {
                format!("table {} with ", head.name)
            };
            let list =
                if columns.is_empty() { "no columns".to_owned() } else { columns.join(", ") };
            format!("{table}{list}")
        })
        .collect();
    match heads.len() {
        0 => return "no tables".to_owned(),
        count if count > TABLES => parts.push(format!("{} more tables", count - TABLES)),
        _ => {}
    }
    parts.join("; ")
}
