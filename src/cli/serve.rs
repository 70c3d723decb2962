//! `wijkzicht serve`.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use clap::{ArgGroup, Args, builder::FalseyValueParser};
use tracing_subscriber::EnvFilter;

use crate::{
    demo, geodata,
    server::{self, Config, Reload},
};

use super::{CommandError, atlas_of, demo::contents, load_all, load_with, today};

/// Arguments of `serve`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("atlas").required(true).args(["data", "demo"])))]
pub struct Serve {
    /// The atlas to serve
    #[arg(long, value_name = "ATLAS")]
    data: Option<PathBuf>,
    /// Serve a small fictional country, made on the spot
    #[arg(long)]
    demo: bool,
    /// The address to listen on; port 0 takes a free one
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1:8080",
        env = "WIJKZICHT_LISTEN"
    )]
    listen: SocketAddr,
    /// Where others reach the server, as links and pages name it: `https://kaart.voorbeeld.example`;
    /// without it `adres` of the configuration, else `http://` and the address it listens on
    #[arg(long, value_name = "URL", env = "WIJKZICHT_BASE_URL")]
    base_url: Option<String>,
    /// Where Prometheus may ask for counters, at `/metrics`; without it nowhere
    #[arg(long, value_name = "ADDRESS", env = "WIJKZICHT_METRICS")]
    metrics: Option<SocketAddr>,
    /// Where a second listener serves also what is not public (own figures); meant to stand behind a
    /// proxy with sign-in. Without it nobody sees them
    #[arg(long, value_name = "ADDRESS", env = "WIJKZICHT_INTERN_LISTEN", requires = "data")]
    intern_listen: Option<SocketAddr>,
    /// Check the configuration and the atlas, and serve nothing
    #[arg(long)]
    check: bool,
    /// A configuration file (TOML)
    #[arg(long, value_name = "FILE", env = "WIJKZICHT_CONFIG")]
    config: Option<PathBuf>,
    /// Make nothing before it is asked for: less memory, and slower first answers
    #[arg(long, env = "WIJKZICHT_NO_WARM_UP", value_parser = FalseyValueParser::new())]
    no_warm_up: bool,
}

impl Serve {
    pub(super) fn run(self) -> Result<(), CommandError> {
        tracing_subscriber::fmt()
            .with_env_filter(
                EnvFilter::try_from_env("WIJKZICHT_LOG").unwrap_or_else(|_| EnvFilter::new("info")),
            )
            .with_writer(std::io::stderr)
            .init();
        let mut config = match &self.config {
            Some(path) => Config::read(path)?,
            None => Config::default(),
        };
        if let Some(address) = self.base_url {
            config.set_address(address)?;
        }
        let reload = self.data.clone().map(|path| {
            let (atlas, config) = (path.clone(), config.clone());
            let load = move || load_with(&atlas, &config).map_err(|error| error.to_string());
            Reload::of(path, Arc::new(load))
        });
        let atlas = match &self.data {
            Some(path) => load_with(path, &config)?,
            None => atlas_of(
                contents(&demo::Recipe::default(), &geodata::catalogue()?, &today())?,
                &config,
            )?,
        };
        let internal = match (self.intern_listen, &self.data) {
            (Some(address), Some(path)) => {
                let (data, of) = (path.clone(), config.clone());
                let load = move || load_all(&data, &of).map_err(|error| error.to_string());
                let from = Some(Reload::of(path.clone(), Arc::new(load)));
                Some(server::Internal { address, atlas: load_all(path, &config)?, from })
            }
            _ => None,
        };
        if self.check {
            server::App::new(atlas, config)?;
            println!("in orde");
            return Ok(());
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(server::serve(
            atlas,
            config,
            self.listen,
            self.metrics,
            reload,
            internal,
            !self.no_warm_up,
        ))?;
        Ok(())
    }
}
