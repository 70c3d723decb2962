//! How a map is framed.

use crate::server::{problem::InputError, query::Query};

use super::parameter::{
    CHOICE, CHOICES, COLOURS, HEIGHT, INTERACTIVE, PARTS, Parameter, TEXT, TITLE, WITHOUT,
};

/// The height of a frame where nobody says it: title, map, legend and foot without scrolling.
pub const USUAL_HEIGHT: u32 = 640;

/// How a map is framed, as far as its address says so and it can be.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::server) struct Options {
    /// What visitors may choose, of [`CHOICES`], in that order.
    pub choices: Vec<&'static str>,
    /// What is left out, of [`PARTS`], in that order.
    pub without: Vec<&'static str>,
    /// Whether it is a picture.
    pub is_picture: bool,
    /// `licht` or `donker`; `None` follows the visitor.
    pub colours: Option<&'static str>,
    /// The height it is made for, in pixels.
    pub height: Option<u32>,
    /// A title by hand.
    pub title: Option<String>,
    /// A text by hand.
    pub text: Option<String>,
}

impl Options {
    /// Reads them; what cannot be is noted in the query and left out. Texts by hand want a year that
    /// stays.
    pub fn read(query: &mut Query, is_latest: bool) -> Self {
        let choices = words(query, &CHOICE, &CHOICES);
        let without = words(query, &WITHOUT, &PARTS);
        let colours = ["licht", "donker"];
        let height = query.whole(&HEIGHT).and_then(|height| u32::try_from(height).ok());
        let mut by_hand = |parameter: &'static Parameter| {
            let text = query.text(parameter).map(str::trim)?.to_owned();
            if is_latest && !text.is_empty() {
                let detail = "gaat alleen met een vast jaar: bij jaar=laatste zou de tekst blijven \
                              staan terwijl de cijfers veranderen";
                query.fail(InputError::query(parameter.name, "onmogelijk", detail));
            }
            Some(text).filter(|text| !is_latest && !text.is_empty())
        };
        let (title, text) = (by_hand(&TITLE), by_hand(&TEXT));
        Self {
            choices,
            without,
            is_picture: query.text(&INTERACTIVE) == Some("nee"),
            colours: colours.into_iter().find(|one| query.text(&COLOURS) == Some(one)),
            height,
            title,
            text,
        }
    }

    /// The options as parameters of an address, those that differ from none.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let list = |words: &[&str]| (!words.is_empty()).then(|| words.join(","));
        let all = [
            (CHOICE.name, list(&self.choices)),
            (WITHOUT.name, list(&self.without)),
            (INTERACTIVE.name, self.is_picture.then(|| "nee".to_owned())),
            (COLOURS.name, self.colours.map(str::to_owned)),
            (HEIGHT.name, self.height.map(|height| height.to_string())),
            (TITLE.name, self.title.clone()),
            (TEXT.name, self.text.clone()),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// The words of a list that are known, in the order in which they are.
fn words<const N: usize>(
    query: &mut Query,
    parameter: &'static Parameter,
    known: &[&'static str; N],
) -> Vec<&'static str> {
    let asked: Vec<String> =
        query.list(parameter).into_iter().flatten().map(str::to_owned).collect();
    for strange in asked.iter().filter(|word| !known.contains(&word.as_str())) {
        let detail = format!("{:?} kan hier niet", crate::server::problem::shorten(strange));
        query.fail(InputError::query(parameter.name, "onbekend", detail).allowing(known));
    }
    known.iter().copied().filter(|word| asked.iter().any(|one| one == word)).collect()
}
