//! `wijkzicht export`.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Cursor, Write},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use smol_str::SmolStr;

use crate::{
    area::{AreaCode, Level, Selection, Year},
    atlas::Atlas,
    indicator::Language,
    layer::{self, LongFilter, PaintedLayer, PictureSize, TileFields},
    server::{Config, all_selections, layer_at},
    site::SiteFilter,
};

use super::{CommandError, load_with, site};

const EXAMPLES: &str = "\
Examples:
  wijkzicht export --data atlas.gpkg --layer 'buurten?indicator=leefbaarheid&binnen=GM0014' kaart.png
  wijkzicht export --data atlas.gpkg --layer 'gemeenten?indicator=koopwoningen&jaar=2024' tabel.xlsx
  wijkzicht export --data atlas.gpkg --layer 'wijken?indicator=leefbaarheid&binnen=GM0363' raad.html
  wijkzicht export --data atlas.gpkg --long --level buurten --year 2023,2024 lang.csv
  wijkzicht export --data atlas.gpkg --site kaart --gemeente GM0014

LAYER is what stands behind /v1/lagen/ in the interface, with the same parameters: a level, a \
question mark, and indicator, met, jaar, sinds, methode, aantalKlassen, klassegrenzen, schaal, palet, \
binnen, bbox, crs, taal; for a picture also breedte, hoogte and schaalfactor. A whole address will \
do too. Put it between quotes: shells have an opinion of & and ?.";

/// What a file is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Areas with their colours, in degrees or with crs=EPSG:28992 in RD
    Geojson,
    /// Areas with their colours, every border once
    Topojson,
    /// A table
    Csv,
    /// An Excel workbook: the table, and what it is
    Xlsx,
    /// A picture in pixels
    Png,
    /// A picture in lines
    Svg,
    /// One page with map, table and picture that needs nothing else
    Html,
    /// Areas in RD with the table, and a style for QGIS
    Gpkg,
    /// Vector tiles of zooms 5 to 12 in one archive: every area with its value
    Pmtiles,
    /// A style for QGIS, to lie beside the GeoJSON
    Qml,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct Export {
    /// The atlas to take from
    #[arg(long, value_name = "ATLAS")]
    data: PathBuf,
    /// The layer, in the words of the interface: level?indicator=…&jaar=…
    #[arg(long, value_name = "LAYER", required_unless_present = "whole", conflicts_with = "whole")]
    layer: Option<String>,
    /// Every value as a row instead of a layer, as csv or xlsx
    #[arg(long, group = "whole")]
    long: bool,
    /// The whole map as static files in this folder, for any web space: no server is needed. An
    /// earlier site is replaced when the new one is whole
    #[arg(long, value_name = "DIR", group = "whole", conflicts_with_all = ["out", "format", "force"])]
    site: Option<PathBuf>,
    /// With --long or --site: these indicators alone
    #[arg(long, value_name = "ID", value_delimiter = ',', requires = "whole")]
    indicator: Vec<SmolStr>,
    /// With --long or --site: these levels alone
    #[arg(long, value_name = "LEVEL", value_delimiter = ',', requires = "whole")]
    level: Vec<Level>,
    /// With --long or --site: these years alone
    #[arg(long, value_name = "YEAR", value_delimiter = ',', requires = "whole")]
    year: Vec<Year>,
    /// With --site: every topic and year of the areas of these gemeenten alone; the map opens on
    /// the first, and the rest of the country stays on it, to be compared with
    #[arg(long, value_name = "CODE", value_delimiter = ',', requires = "site")]
    gemeente: Vec<AreaCode>,
    /// The form; without it, what the name of the file ends in
    #[arg(long)]
    format: Option<Format>,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
    /// A configuration file (TOML), as `serve` takes: what is sensitive is off without it
    #[arg(long, value_name = "FILE", env = "WIJKZICHT_CONFIG")]
    config: Option<PathBuf>,
    /// The file to make; - is standard output
    #[arg(value_name = "OUT", required_unless_present = "site")]
    out: Option<PathBuf>,
}

impl Export {
    pub(super) fn run(mut self) -> Result<(), CommandError> {
        let config = match &self.config {
            Some(path) => Config::read(path)?,
            None => Config::default(),
        };
        if let Some(folder) = self.site {
            let filter = SiteFilter {
                indicators: self.indicator,
                levels: self.level,
                years: self.year,
                gemeenten: self.gemeente,
            };
            return site::write(&self.data, config, &filter, &folder);
        }
        let out = self.out.take().unwrap_or_default();
        let format = self.format(&out)?;
        let is_stdout = out == Path::new("-");
        if is_stdout && format == Format::Gpkg {
            return Err("a GeoPackage cannot go to standard output; name a file".into());
        }
        if !is_stdout && !self.force && out.exists() {
            let out = out.display();
            return Err(format!("{out}: is there already; --force replaces it").into());
        }
        let atlas = load_with(&self.data, &config)?;
        let selections = all_selections(&config);
        if is_stdout {
            let mut out = BufWriter::new(io::stdout().lock());
            self.write(&atlas, &selections, format, Target::Stream(&mut out))?;
            return Ok(out.flush()?);
        }
        let draft = Draft::beside(&out)?;
        self.write(&atlas, &selections, format, Target::File(&draft.0))?;
        draft.put(&out)
    }

    fn format(&self, out: &Path) -> Result<Format, CommandError> {
        let ending = out.extension().and_then(|ending| ending.to_str());
        let named = || Format::from_str(ending?, true).ok();
        let format = self.format.or_else(named).ok_or_else(|| {
            let names: Vec<_> = Format::value_variants()
                .iter()
                .filter_map(|one| Some(one.to_possible_value()?.get_name().to_owned()))
                .collect();
            format!("{}: say --format: {}", out.display(), names.join(", "))
        })?;
        if self.long && ![Format::Csv, Format::Xlsx].contains(&format) {
            return Err("--long: a long table is csv or xlsx".into());
        }
        Ok(format)
    }

    fn write(
        &self,
        atlas: &Atlas,
        selections: &[Selection],
        format: Format,
        target: Target<'_>,
    ) -> Result<(), CommandError> {
        if self.long {
            return self.write_long(atlas, format, target);
        }
        let address = self.layer.as_deref().unwrap_or_default();
        let is_picture = matches!(format, Format::Png | Format::Svg | Format::Html);
        let asked = layer_at(atlas, selections, address, is_picture)
            .map_err(|problem| format!("--layer: {}", problem.detail))?;
        write_layer(&asked.layer, asked.size, format, target)
    }

    fn write_long(
        &self,
        atlas: &Atlas,
        format: Format,
        target: Target<'_>,
    ) -> Result<(), CommandError> {
        let filter = LongFilter {
            indicators: self.indicator.clone(),
            levels: self.level.clone(),
            years: self.year.clone(),
        };
        let rows = match (format, target) {
            (Format::Xlsx, Target::Stream(out)) => {
                // A workbook is written back and forth.
                let mut book = Cursor::new(Vec::new());
                let rows = layer::long_xlsx(atlas, &filter, Language::Nl, &mut book)?;
                out.write_all(&book.into_inner())?;
                rows
            }
            (Format::Xlsx, Target::File(path)) => {
                let file = BufWriter::new(File::create(path)?);
                layer::long_xlsx(atlas, &filter, Language::Nl, file)?
            }
            (_, Target::Stream(out)) => layer::long_csv(atlas, &filter, Language::Nl, out)?,
            (_, Target::File(path)) => {
                let file = BufWriter::new(File::create(path)?);
                layer::long_csv(atlas, &filter, Language::Nl, file)?
            }
        };
        eprintln!("{rows} rows");
        Ok(())
    }
}

/// Where an export goes.
enum Target<'a> {
    /// Straight on.
    Stream(&'a mut dyn Write),
    /// Into a file that is new.
    File(&'a Path),
}

fn write_layer(
    layer: &PaintedLayer<'_>,
    size: PictureSize,
    format: Format,
    target: Target<'_>,
) -> Result<(), CommandError> {
    let body = match (format, &target) {
        (Format::Gpkg, Target::File(path)) => return Ok(layer::gpkg(layer, path)?),
        (Format::Gpkg, Target::Stream(_)) => {
            return Err("a GeoPackage cannot go to standard output; name a file".into());
        }
        (Format::Geojson, _) => layer::geojson(layer)?,
        (Format::Topojson, _) => layer::topojson(layer)?,
        (Format::Pmtiles, _) => archive(layer)?,
        (Format::Csv, _) => layer::csv(layer)?,
        (Format::Xlsx, _) => layer::xlsx(layer)?,
        (Format::Png, _) => layer::png(layer, size)?,
        (Format::Svg, _) => layer::svg(layer, size).into_bytes(),
        (Format::Html, _) => layer::document(layer, size)?.into_bytes(),
        (Format::Qml, _) => layer::qml(layer).into(),
    };
    match target {
        Target::Stream(out) => out.write_all(&body)?,
        Target::File(path) => fs::write(path, &body)?,
    }
    eprintln!("{} areas", layer.areas.len());
    Ok(())
}

/// The tiles of all areas of the level, whatever the layer is limited to.
fn archive(layer: &PaintedLayer<'_>) -> io::Result<Vec<u8>> {
    let fields = TileFields::of_layer(layer);
    let language = layer.spec.language;
    let name = format!("{} {}", layer.indicator.name.get(language), layer.spec.year);
    let mut out = Vec::new();
    layer::pmtiles(&mut out, &fields, &name, layer::ARCHIVE_ZOOMS)?;
    Ok(out)
}

/// A file beside the one to make; gone when it goes out of scope, unless it was put in place.
struct Draft(PathBuf);

impl Draft {
    /// # Errors
    /// When nothing can be written there, or there is no name to write to.
    fn beside(out: &Path) -> Result<Self, CommandError> {
        let name = out.file_name().ok_or_else(|| format!("{}: is no file", out.display()))?;
        if out.is_dir() {
            return Err(format!("{}: is a folder", out.display()).into());
        }
        let name = format!(".{}.{}.new", name.to_string_lossy(), std::process::id());
        let draft = Self(out.with_file_name(name));
        // SQLite takes an empty file as a new database.
        File::create(&draft.0).map_err(|error| format!("{}: {error}", out.display()))?;
        Ok(draft)
    }

    /// # Errors
    /// When the file cannot be flushed or renamed; then the old one is as it was.
    fn put(self, out: &Path) -> Result<(), CommandError> {
        File::open(&self.0)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&self.0, out))
            .map_err(|error| format!("{}: {error}", out.display()).into())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Where it was put in place there is none of that name.
        let _ = fs::remove_file(&self.0);
    }
}
