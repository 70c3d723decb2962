//! `/v1/insluiten`: what to paste into a page to show a map there.

use axum::{
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use serde::Serialize;
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::{
    layer::{self, Summary},
    server::{
        App,
        answer::Answer,
        asked::Asked,
        html::{code as language_code, escape, say},
        layers::painted,
        parameter::INDICATOR,
        problem::{InputError, Problem},
        query::{Query, encoded},
    },
};

use super::{
    Framed,
    address::{Base, answered},
    options::USUAL_HEIGHT,
    parameter::{CODES, WIDTH},
    question::{Refusal, topic},
};

/// What a frame may do: run its own script, ask its own server, open the whole map, save a table.
const SANDBOX: &str = "allow-scripts allow-same-origin allow-popups \
     allow-popups-to-escape-sandbox allow-downloads";

/// The width of a picture where nobody says it.
const USUAL_WIDTH: u32 = 800;

/// Three ways to show a map on another site, in the order in which a CMS accepts them, and one for a
/// CMS that asks by itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ways {
    /// A picture with a link, the picture in words, and the table.
    #[serde(rename = "plaatje")]
    picture: String,
    /// A plain iframe.
    iframe: String,
    /// The custom element with its script: the height follows, house style is taken over, and the
    /// picture stays where the map cannot come.
    element: String,
    /// The address to give to a CMS that knows oEmbed.
    oembed: String,
}

/// What to paste, and what it shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmbedCode {
    /// The indicator's id, that of today.
    #[schema(value_type = String)]
    indicator: SmolStr,
    /// What is shown; without a year where the year is the newest.
    #[serde(rename = "titel")]
    title: String,
    /// The text in place of the picture, at most 125 characters.
    alt: String,
    /// The map in words.
    #[serde(rename = "samenvatting")]
    summary: Vec<String>,
    /// The frame.
    #[serde(rename = "adres")]
    frame: String,
    /// The whole map.
    #[serde(rename = "kaart")]
    map: String,
    /// The table.
    #[serde(rename = "tabel")]
    table: String,
    /// The picture.
    #[serde(rename = "plaatje")]
    picture: String,
    /// The text to paste for each way.
    #[serde(rename = "codes")]
    ways: Ways,
    /// What tells these figures: as `versie` in the address it pins the delivery.
    #[serde(rename = "levering")]
    fingerprint: String,
    /// What to know of it, in the language that was asked for.
    #[serde(rename = "meldingen")]
    remarks: Vec<String>,
}

/// `GET /v1/insluiten`. Unlike a frame it tells all that is wrong with what is asked.
pub async fn codes(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, Problem> {
    let mut query = Query::parse(raw.as_deref(), &CODES);
    let id = query.text(&INDICATOR).unwrap_or_default().to_owned();
    let found = topic(&app, &id).map_err(|refusal| match refusal {
        Refusal::Sensitive => InputError::query(
            INDICATOR.name,
            "gevoelig",
            "dit onderwerp wordt niet op andere sites getoond",
        ),
        _ => InputError::query(INDICATOR.name, "onbekend", "is geen onderwerp van deze atlas")
            .allowing(app.atlas.indicators().filter(|one| !one.sensitive).map(|one| &one.id)),
    });
    let framed = match found {
        Ok(indicator) => Framed::settle(&app, indicator, &mut query),
        Err(error) => {
            if !id.is_empty() {
                query.fail(error);
            }
            None
        }
    };
    let width = query.whole(&WIDTH).and_then(|width| u32::try_from(width).ok());
    query.check()?;
    let Some(framed) = framed else {
        return Err(Problem::not_found("van dit onderwerp zijn hier geen cijfers voor een kaart"));
    };
    let base = Base::configured(&app).or_else(|| Base::of_request(&headers)).ok_or_else(|| {
        Problem::invalid(vec![InputError::query(
            "adres",
            "onbekend",
            "de server weet niet waar zij te bereiken is: stel adres in, of vraag het met Host",
        )])
    })?;
    let width = width.unwrap_or(USUAL_WIDTH);
    let key = framed.key("insluiten").and(width);
    answered(&app, asked, key, base, move |app, base| {
        let layer = painted(&app.atlas, framed.spec.clone())?;
        let summary = layer::summary(&layer);
        let pasted = Pasted { framed: &framed, summary: &summary, base };
        Answer::json(&EmbedCode {
            indicator: framed.spec.indicator.clone(),
            title: pasted.title().to_owned(),
            alt: pasted.alt().to_owned(),
            summary: summary.text.clone(),
            frame: base.at(&framed.frame_path()),
            map: base.at(&framed.map_path()),
            table: base.at(&framed.table_path()),
            picture: base.at(&framed.picture_path(width, picture_height(width), 1)),
            ways: Ways {
                picture: pasted.picture(width),
                iframe: pasted.iframe(None),
                element: pasted.element(width),
                oembed: pasted.oembed(),
            },
            fingerprint: layer::fingerprint(&layer),
            remarks: remarks(app, &framed),
        })
    })
    .await
}

/// Of a picture so many pixels wide: what leaves room for map and legend.
fn picture_height(width: u32) -> u32 {
    if width < 480 { width * 13 / 9 } else { width * 3 / 4 }
}

/// What to know of a map that is framed so.
fn remarks(app: &App, framed: &Framed) -> Vec<String> {
    let language = framed.spec.language;
    let mut said = Vec::new();
    match app.config.insluiten.as_deref() {
        Some([]) => said.push(
            say(
                language,
                "Deze server laat zijn kaarten niet insluiten; een plaatje met een koppeling mag wel.",
                "This server does not let its maps be framed; a picture with a link may be used.",
            )
            .to_owned(),
        ),
        Some(sites) => said.push(format!(
            "{} {}.",
            say(
                language,
                "Deze server laat zijn kaarten alleen insluiten op",
                "This server lets its maps be framed only on"
            ),
            sites.join(", ")
        )),
        None => {}
    }
    if !framed.of_the_page.is_empty() {
        said.push(
            say(
                language,
                "Het plaatje laat de cijfers zelf zien, zonder vergelijking, filter of plek op de kaart.",
                "The picture shows the figures themselves, without comparison, filter or place on the map.",
            )
            .to_owned(),
        );
    }
    said
}

/// What is pasted of one map.
pub(super) struct Pasted<'a> {
    pub framed: &'a Framed,
    pub summary: &'a Summary,
    pub base: &'a Base,
}

impl Pasted<'_> {
    /// What is shown: of the newest year nothing that another year makes untrue.
    pub fn title(&self) -> &str {
        match &self.framed.options.title {
            Some(title) => title,
            None if self.framed.is_latest => &self.summary.lasting_title,
            None => &self.summary.title,
        }
    }

    fn alt(&self) -> &str {
        if self.framed.is_latest { &self.summary.lasting_alt } else { &self.summary.alt }
    }

    fn language(&self) -> &'static str {
        language_code(self.framed.spec.language)
    }

    /// A link with the picture in it, and the link to the table.
    fn linked_picture(&self, width: u32) -> (String, String) {
        let height = picture_height(width);
        let path = |scale| escape(&self.base.at(&self.framed.picture_path(width, height, scale)));
        let picture = format!(
            "<a href=\"{}\"><img src=\"{}\" srcset=\"{} 2x\" alt=\"{}\" width=\"{width}\" \
             height=\"{height}\" loading=\"lazy\" referrerpolicy=\"no-referrer\"></a>",
            escape(&self.base.at(&self.framed.map_path())),
            path(1),
            path(2),
            escape(self.alt()),
        );
        let table = format!(
            "<a href=\"{}\">{}</a>",
            escape(&self.base.at(&self.framed.table_path())),
            say(
                self.framed.spec.language,
                "Bekijk deze cijfers als tabel",
                "View these figures as a table"
            ),
        );
        (picture, table)
    }

    fn picture(&self, width: u32) -> String {
        let (picture, table) = self.linked_picture(width);
        // Figures in words would outlive the year that they are of.
        let words = match self.framed.is_latest {
            true => format!("{}. ", self.summary.lasting_title),
            false => format!("{} ", self.summary.text.join(" ")),
        };
        format!(
            "<figure lang=\"{}\">\n{picture}\n<figcaption>{}{table}</figcaption>\n</figure>",
            self.language(),
            escape(&words),
        )
    }

    /// An iframe as wide as the text around it, or so many pixels.
    pub fn iframe(&self, size: Option<(u32, u32)>) -> String {
        let usual = self.framed.options.height.unwrap_or(USUAL_HEIGHT);
        let (width, height) = match size {
            Some((width, height)) => (width.to_string(), height),
            None => ("100%".to_owned(), usual),
        };
        format!(
            "<iframe src=\"{}\" title=\"{}\" lang=\"{}\" width=\"{width}\" height=\"{height}\" \
             style=\"border:0;max-width:100%\" loading=\"lazy\" referrerpolicy=\"no-referrer\" \
             sandbox=\"{SANDBOX}\"></iframe>",
            escape(&self.base.at(&self.framed.frame_path())),
            escape(&self.frame_title()),
            self.language(),
        )
    }

    fn frame_title(&self) -> String {
        format!("{}: {}", say(self.framed.spec.language, "Kaart", "Map"), self.title())
    }

    fn element(&self, width: u32) -> String {
        let (picture, table) = self.linked_picture(width);
        let height = self.framed.options.height;
        let height = height.map(|height| format!(" hoogte=\"{height}\"")).unwrap_or_default();
        format!(
            "<wijk-kaart src=\"{}\" naam=\"{}\"{height} lang=\"{}\">\n{picture}\n<p>{table}</p>\n\
             </wijk-kaart>\n<script src=\"{}\" async referrerpolicy=\"no-referrer\"></script>",
            escape(&self.base.at(&self.framed.frame_path())),
            escape(&self.frame_title()),
            self.language(),
            escape(&self.base.at("/wijk-kaart.js")),
        )
    }

    fn oembed(&self) -> String {
        let frame = self.base.at(&self.framed.frame_path());
        self.base.at(&format!("/oembed?format=json&url={}", encoded(&frame)))
    }
}
