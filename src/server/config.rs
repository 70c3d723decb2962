//! The configuration file.

use std::{fs, path::Path};

use ipnet::IpNet;
use serde::Deserialize;

use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Level, Selection},
    fetch, geodata,
    indicator::{Redirects, ResidentialChange},
};

use super::prefix::Prefix;

/// What the map shows first where nothing else is said.
pub const DEFAULT_INDICATOR: &str = "leefbaarheid";

/// What an administrator may set, in TOML. Everything may be left out.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The gemeente that the map opens on: `GM0014`.
    pub gemeente: Option<AreaCode>,
    /// What the map is called: its own name where it is a gemeente's.
    pub titel: Option<String>,
    /// Where this server is reached, as it is printed on pages: `https://kaart.voorbeeld.example`.
    pub adres: Option<String>,
    /// The level that the map opens on, where the atlas has it: `wijken`.
    pub niveau: Option<Level>,
    /// West, south, east, north in degrees: what the map shows at first, in place of the extent of
    /// `gemeente`.
    pub omvang: Option<[f64; 4]>,
    /// The organisation's own selections of areas, beside those that are built in.
    pub selectie: Vec<Selection>,
    /// The address of a PDOK Locatieserver (`…/v3_1/free`) that free texts are asked of, by the
    /// server. Without it addresses are looked for in the atlas alone.
    pub adreszoeker: Option<String>,
    /// The indicator that the map opens on.
    pub indicator: Option<String>,
    /// The address of basemap tiles with `{z}`, `{x}` and `{y}` in it, fetched by the server.
    /// Without it there is no basemap, and no request leaves the machine.
    pub achtergrondkaart: Option<String>,
    /// Sensitive indicators that may be shown, by id; without it none is.
    pub gevoelig: Vec<SmolStr>,
    /// Thresholds and areas of *nauwelijks woongebied* that differ from those built in.
    #[serde(rename = "nauwelijks-woongebied")]
    pub nauwelijks_woongebied: ResidentialChange,
    /// Memory for answers that are kept ready, in MB; with 0 each is made anew.
    pub antwoordgeheugen: u64,
    /// How much is served at once, and to whom.
    pub grenzen: Limits,
    /// Old ids of indicators with those of today, beside what is built in.
    pub omleidingen: Redirects,
    /// The origins of sites that may frame maps of this server: `https://www.gemeente.example`, or
    /// `https://*.gemeente.example`. Without it any site may, with an empty list none.
    pub insluiten: Option<Vec<String>>,
    /// Whom users of the interface can reach; named in its description, as the API rules ask.
    pub contact: Option<Contact>,
    /// Where and how `wijkzicht fetch` fetches; a server does nothing with it.
    pub ophalen: fetch::Settings,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            gemeente: None,
            titel: None,
            adres: None,
            niveau: None,
            omvang: None,
            selectie: Vec::new(),
            adreszoeker: None,
            indicator: None,
            achtergrondkaart: None,
            gevoelig: Vec::new(),
            nauwelijks_woongebied: ResidentialChange::default(),
            antwoordgeheugen: 256,
            grenzen: Limits::default(),
            omleidingen: Redirects::new(),
            insluiten: None,
            contact: None,
            ophalen: fetch::Settings::default(),
        }
    }
}

/// How much is served at once, and to whom.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// So many connections at once; others are told to come back.
    pub verbindingen: usize,
    /// So many requests a second of each client, and after a pause ten times as many at once;
    /// without it any number.
    pub verzoeken_per_seconde: Option<f64>,
    /// The addresses of proxies before the server, whose `X-Forwarded-For` is believed.
    pub vertrouwde_proxys: Vec<IpNet>,
    /// How many seconds requests under way may take when the server is asked to stop.
    pub afscheid: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            verbindingen: 2000,
            verzoeken_per_seconde: None,
            vertrouwde_proxys: Vec::new(),
            afscheid: 25,
        }
    }
}

/// Whom users of the interface can reach.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The organisation or team.
    pub naam: String,
    /// Its e-mail address.
    pub email: String,
    /// Its page.
    pub url: String,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{path}: cannot read: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is no TOML, or has an unknown or malformed entry.
    #[error("{path}: {message}")]
    Malformed {
        /// The file.
        path: String,
        /// What the parser says, with the line.
        message: String,
    },
    /// An entry has the right form, and cannot be.
    #[error("{path}: {entry}: {message}")]
    Impossible {
        /// The file.
        path: String,
        /// The entry.
        entry: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// The basemap's address cannot be used.
    #[error("{path}: achtergrondkaart = {value:?}: {message}")]
    Basemap {
        /// The file.
        path: String,
        /// The address.
        value: String,
        /// What is wrong with it.
        message: &'static str,
    },
}

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    /// When it cannot be read, holds an unknown entry, or one of the wrong form.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let name = path.display().to_string();
        let text = fs::read_to_string(path)
            .map_err(|source| ConfigError::Io { path: name.clone(), source })?;
        let config: Self = toml::from_str(&text).map_err(|error| ConfigError::Malformed {
            path: name.clone(),
            message: error.to_string(),
        })?;
        let impossible =
            |entry, message: String| ConfigError::Impossible { path: name.clone(), entry, message };
        if let Some([west, south, east, north]) = config.omvang {
            let degrees = [west, south, east, north].iter().all(|side| side.is_finite());
            if !degrees || west >= east || south >= north {
                let message = "expected west, south, east, north in degrees".to_owned();
                return Err(impossible("omvang", message));
            }
        }
        if let Some(title) = &config.titel
            && (title.trim().is_empty() || title.contains(char::is_control))
        {
            return Err(impossible("titel", "expected a line of text".to_owned()));
        }
        let built_in = geodata::selections().unwrap_or_default();
        Selection::check(&[built_in, config.selectie.clone()].concat())
            .map_err(|error| impossible("selectie", error.to_string()))?;
        for (entry, address) in [("adreszoeker", &config.adreszoeker), ("adres", &config.adres)] {
            if address.as_ref().is_some_and(|address| !is_web(address)) {
                return Err(impossible(entry, WEB.to_owned()));
            }
        }
        let strange = config.insluiten.iter().flatten().find(|origin| !is_origin(origin));
        if let Some(strange) = strange {
            let message = format!(
                "{strange:?}: expected an origin, such as https://www.gemeente.example or \
                 https://*.gemeente.example"
            );
            return Err(impossible("insluiten", message));
        }
        config.ophalen.check().map_err(|message| impossible("ophalen", message))?;
        let limits = &config.grenzen;
        if !(1..=100_000).contains(&limits.verbindingen) {
            let message = "verbindingen: expected 1 to 100000".to_owned();
            return Err(impossible("grenzen", message));
        }
        if limits.verzoeken_per_seconde.is_some_and(|rate| !(0.01..=1e6).contains(&rate)) {
            let message = "verzoeken-per-seconde: expected 0.01 to 1000000".to_owned();
            return Err(impossible("grenzen", message));
        }
        if let Some(address) = &config.achtergrondkaart {
            let wrong = if !address.starts_with("https://") && !address.starts_with("http://") {
                Some("expected an address that begins with https:// or http://")
            } else if ["{z}", "{x}", "{y}"].iter().any(|part| !address.contains(part)) {
                Some("expected {z}, {x} and {y} in the address")
            } else {
                None
            };
            if let Some(message) = wrong {
                let value = address.clone();
                return Err(ConfigError::Basemap { path: name, value, message });
            }
        }
        Ok(config)
    }

    /// The path of the address that this server is reached at.
    pub fn prefix(&self) -> Prefix {
        Prefix::of(self.adres.as_deref())
    }

    /// Sets where this server is reached.
    ///
    /// # Errors
    /// When that is no web address.
    pub fn set_address(&mut self, address: String) -> Result<(), ConfigError> {
        if !is_web(&address) {
            let (path, message) = (address, WEB.to_owned());
            return Err(ConfigError::Impossible { path, entry: "--base-url", message });
        }
        self.adres = Some(address);
        Ok(())
    }
}

const WEB: &str = "expected an address that begins with https:// or http://";

/// Whether a text is scheme, host and perhaps a port, as `frame-ancestors` takes it; the first part
/// of the host may be a star.
fn is_origin(text: &str) -> bool {
    let Some((_, host)) = text.split_once("://").filter(|_| is_web(text)) else { return false };
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) => (host, port.parse::<u16>().is_ok()),
        None => (host, true),
    };
    let host = host.strip_prefix("*.").unwrap_or(host);
    let is_label = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    port && host.split('.').all(is_label)
}

fn is_web(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("wijkzicht.toml");
        fs::write(&path, text).expect("written");
        Config::read(&path)
    }

    #[test]
    fn entries_are_checked() {
        let config = read("gemeente = 'GM0014'").expect("a configuration");
        assert_eq!(config.gemeente.map(|code| code.to_string()).as_deref(), Some("GM0014"));
        let framed = "insluiten = ['https://*.gemeente.example', 'http://127.0.0.1:8080']";
        assert!(read(framed).is_ok());
        assert_eq!(read("").expect("nothing").insluiten, None);
        for wrong in [
            "gemeente = 'Groningen!'",
            "kleur = 'rood'",
            "achtergrondkaart = 'ftp://x/{z}/{x}/{y}'",
            "achtergrondkaart = 'https://x/{z}/{x}'",
            "gemeente = ",
            "titel = ' '",
            "niveau = 'Wijk!'",
            "omvang = [5, 53, 4, 52]",
            "omvang = [5, 53, 4]",
            "adreszoeker = 'api.pdok.nl'",
            "adres = 'javascript:alert(1)'",
            "insluiten = ['www.gemeente.example']",
            "insluiten = ['https://gemeente.example/pagina']",
            "insluiten = [\"https://x.example; script-src *\"]",
            "insluiten = ['https://*']",
            "[[selectie]]\nid = 'focusgebieden'\nnaam = 'X'\ncodes = ['WK036301']",
            "[[selectie]]\nid = 'leeg'\nnaam = 'X'",
            "[ophalen]\ngelijktijdig = 0",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
