//! What a picture says beside the words of its layer.

use crate::{
    indicator::Language,
    layer::{ClassEntry, cell_name::uncapitalised},
};

pub(super) use crate::layer::words::Words;

impl Words<'_> {
    /// The heading of the classes; of two topics that of what is no cell.
    pub(super) fn class_heading(&self) -> &'static str {
        match &self.layer.pair {
            Some(_) => self.pick("Ook op de kaart", "Also on the map"),
            None => self.pick("Klasse", "Class"),
        }
    }

    /// What the last of nine cells means, and what is in it.
    pub(super) fn corner(&self, last: &ClassEntry) -> String {
        let name = last.name.as_ref().map(|name| name.get(self.language())).unwrap_or_default();
        let areas = self.count(last.areas.into());
        let many = if last.areas == 1 { self.one() } else { self.many() };
        let place = self.pick("Rechtsonder", "Lower right");
        let people = last
            .residents
            .map(|sum| format!(" ({} {})", self.count(sum), self.pick("inwoners", "residents")));
        format!("{place} {areas} {many}{}: {name}.", people.unwrap_or_default())
    }

    /// What stands in cells.
    pub(super) fn in_cells(&self, is_numbered: bool) -> String {
        let many = self.many();
        match (self.language(), is_numbered) {
            (Language::Nl, true) => {
                format!("In elk vak het nummer op de kaart en het aantal {many}.")
            }
            (Language::Nl, false) => format!("In elk vak het aantal {many}."),
            (Language::En, true) => {
                format!("In each cell its number on the map and how many {many}.")
            }
            (Language::En, false) => format!("In each cell how many {many}."),
        }
    }

    /// How a topic goes down or to the right.
    pub(super) fn direction(&self, is_down: bool, from: &str, to: &str, topic: &str) -> String {
        let way = match is_down {
            true => self.pick("Omlaag", "Down"),
            false => self.pick("Naar rechts", "To the right"),
        };
        format!("{way} {from} {} {to}: {}", self.pick("naar", "to"), uncapitalised(topic))
    }

    /// The heading of the counts of residents.
    pub(super) fn residents_heading(&self) -> &'static str {
        self.pick("Inwoners", "Residents")
    }

    /// How circles are to be read.
    pub(super) fn circles(&self) -> &'static str {
        self.pick(
            "De oppervlakte van een cirkel is het aantal.",
            "The surface of a circle is the number.",
        )
    }

    /// What classes of one year mean.
    pub(super) fn year_alone(&self) -> String {
        let year = self.layer.spec.year;
        match self.language() {
            Language::Nl => format!("Klassen van {year} alleen."),
            Language::En => format!("Classes of {year} only."),
        }
    }

    /// The same where there is little room.
    pub(super) fn fictional_briefly(&self) -> &'static str {
        self.pick("FICTIEVE GEGEVENS", "FICTIONAL DATA")
    }
}
