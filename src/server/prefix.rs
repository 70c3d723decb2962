//! The path that a proxy puts the server under, of the address that the administrator says it has.
//!
//! Requests are taken with and without it: some proxies cut it off. What the server says of itself
//! has it: its pages, links and addresses.

use axum::http::{Uri, uri::PathAndQuery};

/// A path without a stroke at its end: empty, or `/wijkzicht`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefix(String);

impl Prefix {
    /// That of an address: what stands behind the host.
    pub fn of(address: Option<&str>) -> Self {
        let path = address
            .and_then(|address| address.split_once("://"))
            .and_then(|(_, rest)| rest.split_once('/'))
            .map_or("", |(_, path)| path.trim_matches('/'));
        Self(if path.is_empty() { String::new() } else { format!("/{path}") })
    }

    /// The path itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of a request without the prefix; `None` where it has none.
    pub(super) fn cut(&self, target: &Uri) -> Option<Uri> {
        if self.0.is_empty() {
            return None;
        }
        let rest = target.path_and_query()?.as_str().strip_prefix(&self.0)?;
        let path = match rest.as_bytes().first() {
            Some(b'/') => rest.to_owned(),
            None | Some(b'?') => format!("/{rest}"),
            // A longer word that begins alike.
            Some(_) => return None,
        };
        PathAndQuery::try_from(path).ok().map(Uri::from)
    }

    /// A page of this server with its links below the prefix. Links of pages that are made here
    /// begin with a stroke, and texts in them have no quotes.
    pub(super) fn below(&self, page: String) -> String {
        if self.0.is_empty() {
            return page;
        }
        let mut page = page;
        for attribute in ["href", "src", "action"] {
            let link = format!("{attribute}=\"/");
            page = page.replace(&link, &format!("{attribute}=\"{}/", self.0));
        }
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_an_address_is_what_stands_behind_the_host() {
        for (address, path) in [
            ("https://kaart.example", ""),
            ("https://kaart.example/", ""),
            ("https://kaart.example/wijken", "/wijken"),
            ("https://kaart.example/a/b/", "/a/b"),
        ] {
            assert_eq!(Prefix::of(Some(address)).as_str(), path, "{address}");
        }
        assert_eq!(Prefix::of(None), Prefix::default());
    }

    #[test]
    fn requests_lose_the_prefix_and_nothing_else() {
        let prefix = Prefix::of(Some("https://kaart.example/wijken"));
        let cut =
            |target: &str| prefix.cut(&target.parse().expect(target)).map(|to| to.to_string());
        for (target, rest) in [
            ("/wijken", Some("/")),
            ("/wijken/", Some("/")),
            ("/wijken?taal=en", Some("/?taal=en")),
            ("/wijken/v1/lagen/buurten.csv?jaar=2024", Some("/v1/lagen/buurten.csv?jaar=2024")),
            ("/wijken/wijken", Some("/wijken")),
            ("/wijkenkaart", None),
            ("/v1/lagen", None),
        ] {
            assert_eq!(cut(target).as_deref(), rest, "{target}");
        }
        assert_eq!(Prefix::default().cut(&"/v1".parse().expect("a path")), None);
    }

    #[test]
    fn links_of_pages_get_the_prefix() {
        let page =
            "<a href=\"/bronnen\"><img src=\"/v1/x.svg\"><a href=\"#x\" title=\"/\">".to_owned();
        let below = "<a href=\"/w/bronnen\"><img src=\"/w/v1/x.svg\"><a href=\"#x\" title=\"/\">";
        assert_eq!(Prefix::of(Some("http://x/w")).below(page.clone()), below);
        assert_eq!(Prefix::default().below(page.clone()), page);
    }
}
