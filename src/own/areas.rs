//! The areas of an own level: read, made to fit, and laid over a division of CBS.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use crate::{
    area::{AreaCode, Level, Vintage},
    coverage::{self, Shape},
    source::{Provenance, TableCell, check_shape, open_table},
    store::{Areas, Contents, FitReport, LevelEntry, StoredArea, fit},
};

use super::{
    AreaDescription, NestReport, OwnError, RowFault,
    folder::Described,
    nest,
    table::{self, text},
};

/// The longest name of an area, characters.
const LONGEST_NAME: usize = 250;

/// An own level with its areas.
#[derive(Debug)]
pub struct OwnAreas {
    /// Where its description is.
    pub path: PathBuf,
    /// The description.
    pub description: AreaDescription,
    /// Where the areas come from.
    pub provenance: Provenance,
    /// The areas, on their own borders and ready to be stored.
    pub areas: Areas,
    /// How they were made to fit each other.
    pub fitted: FitReport,
    /// How they lie over the division.
    pub nest: NestReport,
    /// The records that cannot be used.
    pub faults: Vec<RowFault>,
}

impl OwnAreas {
    /// Reads the areas that a description names and lays them over their division. Changes nothing.
    /// Cost: that of the coverage of the areas, and of a crosswalk with the buurten of the division.
    ///
    /// # Errors
    /// When the file as a whole is not what it must be, or the atlas lacks the division; records are
    /// told in [`OwnAreas::faults`].
    pub(super) fn read(
        Described { path, description }: Described<AreaDescription>,
        contents: &Contents,
    ) -> Result<Self, OwnError> {
        let file = path.with_file_name(&description.bestand);
        let (mut tables, parts) = open_table(&file)?;
        let wrong = |message: String| OwnError::description(&path, message);
        let with_shapes: Vec<_> = tables.heads().iter().map(|head| head.has_shapes).collect();
        let mut layers = (0..with_shapes.len()).filter(|&at| with_shapes[at]);
        let (Some(layer), None) = (layers.next(), layers.next()) else {
            return Err(wrong(format!(
                "{}: verwacht één laag met vlakken (GeoJSON, GeoPackage of shapefile)",
                description.bestand
            )));
        };
        let head = &tables.heads()[layer];
        let column = |key: &str, name: &str| {
            head.columns.iter().position(|column| column.trim() == name.trim()).ok_or_else(|| {
                let there = head.columns.join(", ");
                wrong(format!(
                    "{key} = {name:?}: {} heeft die kolom niet; wel: {there}",
                    description.bestand
                ))
            })
        };
        let columns = [
            column("codekolom", &description.codekolom)?,
            column("naamkolom", &description.naamkolom)?,
        ];
        let mut taking = Taking::new(&description, contents);
        tables.read(layer, &columns, &mut |row| {
            taking.take(row.record, row.cells, row.shape);
            Ok(())
        })?;
        let Taking { mut areas, faults, .. } = taking;
        // In the order of codes, as a coverage has them.
        areas.sort_by(|(a, _), (b, _)| a.code.cmp(&b.code));
        if areas.is_empty() {
            return Err(wrong(format!(
                "{}: geen enkel gebied is te gebruiken{}",
                description.bestand,
                faults.first().map_or_else(String::new, |one| format!(
                    "; regel {}: {}",
                    one.line, one.reason
                ))
            )));
        }
        let (mut areas, topology, fitted) = fit(areas);
        let nest = nest::lay(&path, &description, &mut areas, &topology, contents)?;
        let AreaDescription { bestand, bron, licentie, .. } = &description;
        let provenance = table::provenance(&parts, bestand, bron, licentie)?;
        let areas = Areas { source: 0, nested: 0, areas, topology: Arc::new(topology) };
        Ok(Self { path, description, provenance, areas, fitted, nest, faults })
    }

    /// Puts the areas in the place of those that the atlas had of the level and division.
    ///
    /// # Errors
    /// When figures were delivered on other borders: together they would give away what is between.
    pub(super) fn absorb(self, contents: &mut Contents, today: &str) -> Result<(), OwnError> {
        let key = (self.description.indeling, self.description.level());
        if let Some(before) = contents.areas.get(&key)
            && !has_same_borders(before, &self.areas)
            && let Some(topic) = delivered_on(contents, &key)
        {
            return Err(OwnError::description(
                &self.path,
                format!(
                    "de atlas heeft cijfers van {topic:?} op {} {} met andere grenzen; samen zouden ze \
                     verraden wat ertussen ligt. Geef het niveau een andere naam",
                    key.1, key.0
                ),
            ));
        }
        let source = contents.source(self.provenance, today);
        let entry =
            LevelEntry { names: self.description.names(), is_public: self.description.openbaar };
        contents.levels.insert(self.description.id(), entry);
        contents.areas.remove(&key);
        contents.areas.insert(key, Areas { source, ..self.areas });
        contents.name_levels();
        contents.forget_unused_sources();
        Ok(())
    }
}

fn has_same_borders(before: &Areas, after: &Areas) -> bool {
    let codes =
        |areas: &Areas| areas.areas.iter().map(|area| area.code.clone()).collect::<Vec<_>>();
    codes(before) == codes(after) && before.topology.border_bytes() == after.topology.border_bytes()
}

/// A topic with figures that were delivered on that level and division.
fn delivered_on(contents: &Contents, (vintage, level): &(Vintage, Level)) -> Option<String> {
    let mut keys = contents.series.keys();
    let found = keys.find(|key| {
        key.vintage == *vintage && key.level == *level && contents.own.contains_key(&key.indicator)
    });
    Some(found?.indicator.to_string())
}

/// Takes the records of a layer one by one.
struct Taking<'a> {
    of: &'a AreaDescription,
    contents: &'a Contents,
    seen: BTreeMap<AreaCode, u64>,
    areas: Vec<(StoredArea, Shape)>,
    faults: Vec<RowFault>,
}

impl<'a> Taking<'a> {
    fn new(of: &'a AreaDescription, contents: &'a Contents) -> Self {
        Self { of, contents, seen: BTreeMap::new(), areas: Vec::new(), faults: Vec::new() }
    }

    fn take(
        &mut self,
        record: u64,
        cells: &[TableCell<'_>],
        shape: Option<geo_types::MultiPolygon<f64>>,
    ) {
        match self.area(record, cells, shape) {
            Ok(area) => self.areas.push(area),
            Err(reason) => {
                self.faults.push(RowFault { file: self.of.bestand.clone(), line: record, reason });
            }
        }
    }

    fn area(
        &mut self,
        record: u64,
        cells: &[TableCell<'_>],
        shape: Option<geo_types::MultiPolygon<f64>>,
    ) -> Result<(StoredArea, Shape), String> {
        let code = AreaCode::parse(&text(cells.first())).map_err(|error| error.to_string())?;
        if let Some(level) = code.cbs_level() {
            return Err(format!(
                "{code} is een code van het CBS ({}): geef eigen gebieden eigen codes",
                level.one()[0]
            ));
        }
        if code.as_str().starts_with('.') {
            return Err(format!("{code}: een code begint niet met een punt, dat is geen adres"));
        }
        if let Some(level) = self.elsewhere(&code) {
            return Err(format!("{code}: een gebied van {level} heet al zo"));
        }
        let name = text(cells.get(1));
        if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(format!(
                "de naam is geen gewone tekst van ten hoogste {LONGEST_NAME} tekens"
            ));
        }
        let shape = shape.ok_or("geen vlak")?;
        check_shape(&shape)?;
        let (shape, _) = coverage::repair(&shape).map_err(|error| error.to_string())?;
        if let Some(first) = self.seen.insert(code.clone(), record) {
            self.seen.insert(code.clone(), first);
            return Err(format!("{code} staat er al, op regel {first}"));
        }
        let name = if name.is_empty() { code.to_string() } else { name };
        let (gemeente, flags, repaired) = (String::new(), Vec::new(), String::new());
        Ok((StoredArea { code, name, gemeente, flags, repaired }, shape))
    }

    /// Another own level that has an area of that code: a code is one place.
    fn elsewhere(&self, code: &AreaCode) -> Option<Level> {
        let own = self.of.level();
        let mut others = self.contents.areas.iter();
        let found = others.find(|((_, level), areas)| {
            matches!(level, Level::Own(_)) && *level != own && areas.get(code).is_some()
        });
        found.map(|((_, level), _)| level.clone())
    }
}
