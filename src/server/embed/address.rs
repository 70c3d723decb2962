//! Where a framed map, its picture, its table and its map are.

use axum::http::{HeaderMap, header};

use crate::{
    area::Level,
    indicator::Language,
    server::{App, query::encoded},
};

use super::framed::Framed;

/// Where this server is reached, without a stroke at the end: the configured address, else the one
/// that the request was sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::server) struct Base(String);

impl Base {
    /// `None` where neither the configuration nor the request says it.
    pub fn of(app: &App, headers: &HeaderMap) -> Option<Self> {
        if let Some(address) = &app.config.adres {
            return Some(Self(address.trim_end_matches('/').to_owned()));
        }
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text(header::HOST.as_str())?;
        let is_host = host.len() <= 255
            && !host.is_empty()
            && host.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']')
            });
        // What a proxy says is believed for what is answered to this one request alone.
        let scheme = match text("x-forwarded-proto") {
            Some("https") => "https",
            _ => "http",
        };
        is_host.then(|| Self(format!("{scheme}://{host}")))
    }

    /// The whole address of a path of this server.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The path and query of an address of this server, `/` for the server itself. Whether it says
    /// `http` or `https` is no difference.
    pub fn cut<'a>(&self, address: &'a str) -> Option<&'a str> {
        let (_, own) = self.0.split_once("://")?;
        let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
        let rest = rest.strip_prefix(own)?;
        match rest.as_bytes().first() {
            None => Some("/"),
            Some(b'/' | b'?' | b'#') => Some(rest),
            Some(_) => None,
        }
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

type Choices = Vec<(&'static str, String)>;

fn written(path: &str, choices: &Choices) -> String {
    let choices: Vec<_> =
        choices.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    if choices.is_empty() { path.to_owned() } else { format!("{path}?{}", choices.join("&")) }
}

/// Paths with their queries, below the address of the server.
impl Framed {
    /// The frame itself: year, level and extent are always written, so that it shows the same where
    /// the administrator changes what the map opens on.
    pub fn frame_path(&self) -> String {
        let year = if self.is_latest { "laatste".to_owned() } else { self.spec.year.to_string() };
        let mut choices = vec![("jaar", year), ("niveau", self.spec.level.to_string())];
        if self.spec.level != Level::Gemeente {
            choices.push(("binnen", self.within()));
        }
        choices.extend(self.area.iter().map(|area| ("gebied", area.to_string())));
        choices.extend(self.classing.iter().chain(&self.of_the_page).cloned());
        choices.extend(self.version.iter().map(|version| ("versie", version.clone())));
        choices.extend(self.options.parameters());
        choices.extend(self.language());
        written(&format!("/embed/{}", self.spec.indicator), &choices)
    }

    /// The same view of the whole map.
    pub fn map_path(&self) -> String {
        let mut choices = Choices::new();
        if !self.is_latest {
            choices.push(("jaar", self.spec.year.to_string()));
        }
        choices.push(("niveau", self.spec.level.to_string()));
        if self.spec.level != Level::Gemeente {
            choices.push(("binnen", self.within()));
        }
        choices.extend(self.area.iter().map(|area| ("gebied", area.to_string())));
        choices.extend(self.classing.iter().chain(&self.of_the_page).cloned());
        choices.retain(|(name, _)| *name != "palet");
        choices.extend(self.language());
        written(&format!("/kaart/{}", self.spec.indicator), &choices)
    }

    /// The same figures as a page with a table.
    pub fn table_path(&self) -> String {
        let mut choices = vec![("niveau", self.spec.level.to_string())];
        choices.extend(self.layer());
        written(&format!("/kaart/{}/tabel", self.spec.indicator), &choices)
    }

    /// The same figures as a file.
    pub fn csv_path(&self) -> String {
        let mut choices = vec![("indicator", self.spec.indicator.to_string())];
        choices.extend(self.layer());
        written(&format!("/v1/lagen/{}.csv", self.spec.level), &choices)
    }

    /// The picture, so many CSS pixels wide and high.
    pub fn picture_path(&self, width: u32, height: u32, scale: u32) -> String {
        let mut choices = vec![("indicator", self.spec.indicator.to_string())];
        choices.extend(self.layer());
        choices.push(("breedte", width.to_string()));
        choices.push(("hoogte", height.to_string()));
        // A picture of other figures would be taken for what the text beside it says.
        choices.extend(self.version.iter().map(|version| ("levering", version.clone())));
        if scale > 1 {
            choices.push(("schaalfactor", scale.to_string()));
        }
        written(&format!("/v1/lagen/{}.png", self.spec.level), &choices)
    }

    /// What a layer is asked with. Of the newest year none is written: then it stays the newest.
    fn layer(&self) -> Choices {
        let mut choices = Choices::new();
        if !self.is_latest {
            choices.push(("jaar", self.spec.year.to_string()));
        }
        choices.extend(self.classing.iter().cloned());
        choices.extend(self.spec.within.iter().map(|within| ("binnen", within.to_string())));
        choices.extend(self.language());
        choices
    }

    fn language(&self) -> Option<(&'static str, String)> {
        (self.spec.language == Language::En).then(|| ("taal", "en".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_below_the_server_are_its_own() {
        let base = Base("https://kaart.example/wijken".to_owned());
        for (address, path) in [
            ("https://kaart.example/wijken/kaart/x?jaar=2024", Some("/kaart/x?jaar=2024")),
            ("http://kaart.example/wijken/", Some("/")),
            ("https://kaart.example/wijken", Some("/")),
            ("https://kaart.example/wijken?taal=en", Some("?taal=en")),
            ("https://kaart.example/wijkenkaart", None),
            ("https://kaart.example/", None),
            ("https://kaart.example.evil.example/wijken/", None),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            assert_eq!(base.cut(address), path, "{address}");
        }
    }
}
