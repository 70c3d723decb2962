//! The dialects that there are, and which of them a table is in.

use crate::geodata;

use super::{Dialect, DialectError, dialect::position, form::Form, table::Head};

/// Every dialect that files may be read in.
#[derive(Clone, Debug, Default)]
pub struct Dialects {
    dialects: Vec<Dialect>,
}

impl Dialects {
    /// The dialects that the program carries.
    ///
    /// # Errors
    /// When one of them is malformed.
    pub fn built_in() -> Result<Self, DialectError> {
        let files = geodata::files("dialects/");
        let dialects = files
            .iter()
            .map(|(file, text)| Dialect::parse(file, text))
            .collect::<Result<_, _>>()?;
        Ok(Self { dialects })
    }

    /// One dialect alone: files must be in it.
    pub fn only(dialect: Dialect) -> Self {
        Self { dialects: vec![dialect] }
    }

    /// Every dialect.
    pub fn iter(&self) -> impl Iterator<Item = &Dialect> {
        self.dialects.iter()
    }

    /// The dialect and form that know most columns of a table.
    pub(super) fn recognise(&self, head: &Head) -> Option<(&Dialect, &Form)> {
        self.dialects
            .iter()
            .filter_map(|dialect| dialect.fit(head).map(|(form, known)| (dialect, form, known)))
            .rev()
            .max_by_key(|(_, _, known)| *known)
            .map(|(dialect, form, _)| (dialect, form))
    }

    /// Whether a table has any column that a dialect reads codes from.
    pub(super) fn has_code(&self, head: &Head) -> bool {
        let forms = self.dialects.iter().flat_map(|dialect| &dialect.forms);
        forms.map(|form| &form.code).any(|code| position(head, code).is_some())
    }

    /// Names the dialect that shares most columns with the tables, and what it needs besides.
    pub(super) fn nearest(&self, heads: &[Head]) -> String {
        let shared = |dialect: &Dialect, form: &Form, head: &Head| {
            form.requires.iter().filter(|column| position(head, column).is_some()).count()
                + dialect.known(head)
        };
        let best = heads
            .iter()
            .flat_map(|head| {
                self.dialects.iter().flat_map(move |dialect| {
                    dialect.forms.iter().map(move |form| (dialect, form, head))
                })
            })
            .map(|(dialect, form, head)| (shared(dialect, form, head), dialect, form, head))
            .filter(|(count, ..)| *count > 0)
            .rev()
            .max_by_key(|(count, ..)| *count);
        let Some((count, dialect, form, head)) = best else {
            return format!(
                "no dialect shares a column with it; known are {}",
                self.dialects.iter().map(|d| d.id.as_str()).collect::<Vec<_>>().join(", ")
            );
        };
        let lacking: Vec<_> = form
            .requires
            .iter()
            .filter(|column| position(head, column).is_none())
            .map(String::as_str)
            .collect();
        let columns = if count == 1 { "column" } else { "columns" };
        let needs = if lacking.is_empty() {
            format!("a table named {}", form.tables.join(" or "))
        } else {
            lacking.join(", ")
        };
        format!(
            "Nearest is dialect {} ({}), which knows {count} {columns} and also needs {needs}",
            dialect.id, dialect.title
        )
    }
}
