//! Where a framed map, its picture, its table and its map are.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};

use crate::{
    area::Level,
    indicator::Language,
    server::{App, answer::Answer, asked::Asked, key::Key, problem::Problem, query::encoded},
};

use super::framed::Framed;

/// Where this server is reached, without a stroke at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::server) struct Base(String);

impl Base {
    /// The configured address.
    pub fn configured(app: &App) -> Option<Self> {
        let address = app.config.adres.as_ref()?;
        Some(Self(address.trim_end_matches('/').to_owned()))
    }

    /// The address that a request was sent to: it serves where none is configured, for an answer
    /// that nobody else gets.
    pub fn of_request(headers: &HeaderMap) -> Option<Self> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text(header::HOST.as_str())?;
        let is_host = host.len() <= 255
            && !host.is_empty()
            && host.bytes().all(|byte| {
                byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']')
            });
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

/// Answers with what `make` makes of the address of this server. Where that is configured, the answer
/// is kept ready; else it names the host that was asked, and nobody keeps it.
///
/// # Errors
/// Those of `make`.
pub(super) async fn answered(
    app: &App,
    asked: Asked,
    key: Key,
    base: Base,
    make: impl FnOnce(&App, &Base) -> Result<Answer, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let key = key.and(base.as_str());
    if app.config.adres.is_some() {
        return app.keep(&asked, key, move |app| make(app, &base)).await;
    }
    let never = HeaderValue::from_static("no-store");
    let asked = asked.of_more_than_its_address();
    app.keep(&asked, key, move |app| Ok(make(app, &base)?.with(header::CACHE_CONTROL, never))).await
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
    fn a_request_says_its_host_or_nothing() {
        for (host, proxy, base) in [
            ("kaart.example", None, Some("http://kaart.example")),
            ("kaart.example:8080", Some("https"), Some("https://kaart.example:8080")),
            ("[::1]:80", Some("gopher"), Some("http://[::1]:80")),
            ("kaart.example/x", None, None),
            ("\"><script>", None, None),
            ("", None, None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            if let Some(proxy) = proxy {
                headers.insert("x-forwarded-proto", HeaderValue::from_static(proxy));
            }
            let of = Base::of_request(&headers);
            assert_eq!(of.as_ref().map(Base::as_str), base, "{host}");
        }
        assert_eq!(Base::of_request(&HeaderMap::new()), None);
    }

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
