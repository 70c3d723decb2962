//! What an administrator may set about fetching: `[ophalen]` in the configuration file.

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use serde::Deserialize;

use crate::area::Year;

use super::{Product, Publishers};

/// Where and how is fetched. Everything may be left out.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The folder of the cache; without it one in the user's own cache folder.
    pub cache: Option<PathBuf>,
    /// The proxy that every request goes through; without it what `HTTPS_PROXY` and `HTTP_PROXY`
    /// say. `NO_PROXY` counts in both cases.
    pub proxy: Option<String>,
    /// So many requests at once to one host.
    pub gelijktijdig: usize,
    /// So many attempts in a row that bring nothing, before an address is given up.
    pub pogingen: u32,
    /// Seconds before the second attempt; twice as many before each one after it.
    pub wachttijd: f64,
    /// Never wait longer than this before an attempt, seconds, whoever asks for it.
    pub langste_wachttijd: f64,
    /// Give up an attempt that brings nothing for so many seconds.
    pub geduld: f64,
    /// Base addresses in the place of the publishers' own, by their names in
    /// `geodata/uitgevers.toml`.
    pub adressen: BTreeMap<String, String>,
    /// Tables of StatLine, by part and year, beside those built in.
    pub tabellen: BTreeMap<Product, BTreeMap<String, String>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            cache: None,
            proxy: None,
            gelijktijdig: 2,
            pogingen: 5,
            wachttijd: 1.0,
            langste_wachttijd: 120.0,
            geduld: 90.0,
            adressen: BTreeMap::new(),
            tabellen: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Whether every setting can be.
    ///
    /// # Errors
    /// Names the setting and what was expected.
    pub fn check(&self) -> Result<(), String> {
        if !(1..=8).contains(&self.gelijktijdig) {
            return Err("gelijktijdig: expected 1 to 8".to_owned());
        }
        if !(1..=20).contains(&self.pogingen) {
            return Err("pogingen: expected 1 to 20".to_owned());
        }
        for (name, seconds, most) in [
            ("wachttijd", self.wachttijd, 60.0),
            ("langste-wachttijd", self.langste_wachttijd, 3600.0),
            ("geduld", self.geduld, 3600.0),
        ] {
            if !(seconds > 0.0 && seconds <= most) {
                return Err(format!("{name}: expected seconds, more than 0 and at most {most}"));
            }
        }
        if let Some(proxy) = &self.proxy
            && reqwest::Proxy::all(proxy).is_err()
        {
            return Err(format!("proxy = {proxy:?}: expected http://host:port"));
        }
        let publishers = Publishers::built_in().map_err(|error| error.to_string())?;
        for (name, address) in &self.adressen {
            if !publishers.bases().any(|base| base == name) {
                let known = publishers.bases().collect::<Vec<_>>().join(", ");
                return Err(format!("adressen: {name:?}, expected one of {known}"));
            }
            // It is written into the report and the record of the cache.
            let is_plain = |url: reqwest::Url| {
                matches!(url.scheme(), "http" | "https")
                    && url.has_host()
                    && url.username().is_empty()
                    && url.password().is_none()
                    && url.query().is_none()
                    && url.fragment().is_none()
            };
            if !reqwest::Url::parse(address).is_ok_and(is_plain) {
                return Err(format!(
                    "adressen: {name}: expected an address that begins with https:// or http://, \
                     without a password and without anything behind ? or #"
                ));
            }
        }
        for (product, tables) in &self.tabellen {
            for (year, table) in tables {
                let is_name = !table.is_empty() && table.bytes().all(|b| b.is_ascii_alphanumeric());
                if year.parse::<Year>().is_err() || !is_name {
                    return Err(format!(
                        "tabellen: {product}: {year:?} = {table:?}: expected a year and a table of \
                         StatLine, such as 2026 = \"86165NED\""
                    ));
                }
            }
        }
        Ok(())
    }

    /// How long an attempt may bring nothing.
    pub(super) fn patience(&self) -> Duration {
        Duration::from_secs_f64(self.geduld)
    }

    /// The longest wait before an attempt.
    pub(super) fn longest_wait(&self) -> Duration {
        Duration::from_secs_f64(self.langste_wachttijd)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        let settings: Settings = toml::from_str(text).map_err(|error| error.to_string())?;
        settings.check().map(|()| settings)
    }

    #[test]
    fn settings_are_checked() {
        assert_eq!(read(""), Ok(Settings::default()));
        for right in [
            "proxy = 'http://proxy.example:3128'",
            "gelijktijdig = 1\npogingen = 1\nwachttijd = 0.5",
            "[adressen]\npdok = 'http://127.0.0.1:8080/pdok'",
            "[tabellen.kwb]\n2026 = '86999NED'",
        ] {
            assert!(read(right).is_ok(), "{right}: {:?}", read(right));
        }
        for wrong in [
            "kleur = 'rood'",
            "gelijktijdig = 0",
            "gelijktijdig = 100",
            "pogingen = 0",
            "wachttijd = -1",
            "geduld = nan",
            "proxy = 'geen adres'",
            "[adressen]\nkadaster = 'https://kadaster.example'",
            "[adressen]\npdok = 'ftp://pdok.example'",
            "[adressen]\npdok = 'pdok.example'",
            "[adressen]\npdok = 'https://ik:geheim@pdok.example'",
            "[adressen]\npdok = 'https://pdok.example/?a=b'",
            "[tabellen.kwb]\nvolgend = '86999NED'",
            "[tabellen.kwb]\n2026 = '../x'",
            "[tabellen.kaart]\n2026 = '86999NED'",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
