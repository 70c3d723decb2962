//! The addresses of a year, in the order in which they are tried.

use std::collections::BTreeMap;

use reqwest::Url;

use crate::area::Year;

use super::{
    FetchError, Product, Publishers, Settings,
    publisher::{Kind, Offer, Part},
};

/// Bytes of a megabyte.
const MEGABYTE: u64 = 1_000_000;

/// What is tried for each part.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The parts with their candidates, the best first.
    pub parts: Vec<(Product, Vec<Candidate>)>,
}

/// An address that may have what is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The address. For a table of StatLine, of the table itself; the year stands behind the `#`,
    /// which no server is told.
    pub address: Url,
    /// The year that is asked for there.
    pub year: Year,
    /// No more bytes than this.
    pub largest: u64,
    /// What is there.
    pub form: Form,
}

/// What is at an address.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A GeoPackage.
    Geopackage,
    /// A workbook.
    Workbook,
    /// An archive: which of its members are read.
    Archive(Vec<Vec<String>>),
    /// A table of StatLine.
    Table(Box<Table>),
}

/// A table of StatLine, by OData 4.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its id; `None` where it must be looked for.
    pub id: Option<String>,
    /// Its address, with `{tabel}` for the id.
    pub template: String,
    /// Where it is looked for, and its title.
    pub list: Option<(Url, String)>,
    /// The dialect that it is written in.
    pub dialect: String,
    /// The column of codes.
    pub code: String,
    /// The column of names.
    pub name: String,
}

impl Table {
    /// The address of the table of that id, with the year that is asked for.
    ///
    /// # Errors
    /// When that makes no address.
    pub fn address(&self, id: &str, year: Year) -> Result<Url, String> {
        let text = self.template.replace("{tabel}", id);
        let mut url = Url::parse(&text).map_err(|error| format!("{text}: {error}"))?;
        url.set_fragment(Some(&year.to_string()));
        Ok(url)
    }
}

impl Plan {
    /// The plan for a year.
    ///
    /// # Errors
    /// When an address names what is not there, or makes none.
    pub fn of(
        publishers: &Publishers,
        settings: &Settings,
        year: Year,
        only: &[Product],
    ) -> Result<Self, FetchError> {
        let mut bases = publishers.bases.clone();
        for (name, address) in &settings.adressen {
            bases.insert(name.clone(), address.trim_end_matches('/').to_owned());
        }
        let wrong = |message: String| FetchError::Publishers {
            file: "geodata/uitgevers.toml".to_owned(),
            message,
        };
        let parts = publishers
            .parts
            .iter()
            .filter(|part| only.is_empty() || only.contains(&part.id))
            .map(|part| {
                let candidates = candidates(part, &bases, settings, year).map_err(wrong)?;
                Ok((part.id, candidates))
            })
            .collect::<Result<_, FetchError>>()?;
        Ok(Self { parts })
    }
}

/// Every candidate of a part: the years backwards, and of each its deliveries, the newest first.
fn candidates(
    part: &Part,
    bases: &BTreeMap<String, String>,
    settings: &Settings,
    year: Year,
) -> Result<Vec<Candidate>, String> {
    let mut all = Vec::new();
    for back in 0..=part.years_back {
        let Ok(year) = Year::new(year.get().saturating_sub(back)) else { break };
        let deliveries = part.deliveries.iter().copied().map(Some).chain([None]);
        for delivery in deliveries {
            for offer in &part.offers {
                let address = offer.years.get(&year.to_string()).unwrap_or(&offer.address);
                if address.contains("{levering}") != delivery.is_some() {
                    continue;
                }
                let mut names = bases.clone();
                names.insert("jaar".to_owned(), year.to_string());
                names.extend(delivery.map(|number| ("levering".to_owned(), number.to_string())));
                let largest = offer.largest.saturating_mul(MEGABYTE);
                let made = |address: Url, form: Form| Candidate { address, year, largest, form };
                let form = match offer.kind {
                    Kind::Geopackage => Form::Geopackage,
                    Kind::Xlsx => Form::Workbook,
                    Kind::Zip => Form::Archive(offer.members.clone()),
                    Kind::Statline => {
                        let tables = tables(part.id, offer, &names, settings, year)?;
                        for (address, table) in tables {
                            all.push(made(address, Form::Table(Box::new(table))));
                        }
                        continue;
                    }
                };
                all.push(made(url(&filled(address, &names)?)?, form));
            }
        }
    }
    Ok(all)
}

/// The tables of StatLine that may hold a year.
fn tables(
    product: Product,
    offer: &Offer,
    names: &BTreeMap<String, String>,
    settings: &Settings,
    year: Year,
) -> Result<Vec<(Url, Table)>, String> {
    let mut names = names.clone();
    names.insert("tabel".to_owned(), "{tabel}".to_owned());
    let list = match (&offer.list, &offer.title) {
        (Some(list), Some(title)) => Some((url(&filled(list, &names)?)?, filled(title, &names)?)),
        _ => None,
    };
    let columns = offer.columns.as_ref();
    let table = Table {
        id: None,
        template: filled(&offer.address, &names)?,
        list,
        dialect: offer.dialect.clone().unwrap_or_default(),
        code: columns.map(|columns| columns.code.clone()).unwrap_or_default(),
        name: columns.map(|columns| columns.name.clone()).unwrap_or_default(),
    };
    let key = year.to_string();
    let own = settings.tabellen.get(&product).and_then(|tables| tables.get(&key));
    let listed = own.or_else(|| offer.tables.get(&key));
    let ids: Vec<&String> = match listed {
        Some(id) => vec![id],
        None => offer.many_years.iter().collect(),
    };
    if let (true, Some((list, _))) = (ids.is_empty(), &table.list) {
        return Ok(vec![(list.clone(), table)]);
    }
    ids.into_iter()
        .map(|id| {
            let address = table.address(id, year)?;
            Ok((address, Table { id: Some(id.clone()), ..table.clone() }))
        })
        .collect()
}

fn url(text: &str) -> Result<Url, String> {
    Url::parse(text).map_err(|error| format!("{text}: {error}"))
}

/// An address with every name in braces filled in.
fn filled(template: &str, names: &BTreeMap<String, String>) -> Result<String, String> {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after
            .split_once('}')
            .ok_or_else(|| format!("{template}: a brace that is left open"))?;
        let value = names.get(name).ok_or_else(|| {
            let known = names.keys().cloned().collect::<Vec<_>>().join(", ");
            format!("{template}: {{{name}}}, expected one of {known}")
        })?;
        out.push_str(before);
        out.push_str(value);
        rest = behind;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(year: u16, settings: &Settings) -> BTreeMap<Product, Vec<String>> {
        let publishers = Publishers::built_in().expect("sound publishers");
        let year = Year::new(year).expect("a year");
        let plan = Plan::of(&publishers, settings, year, &[]).expect("a plan");
        let told = |candidates: Vec<Candidate>| {
            candidates.into_iter().map(|one| one.address.to_string()).collect()
        };
        plan.parts.into_iter().map(|(product, all)| (product, told(all))).collect()
    }

    #[test]
    fn the_newest_delivery_goes_first_and_pdok_before_the_archive() {
        let plan = plan(2024, &Settings::default());
        let pdok = "https://service.pdok.nl/cbs/wijkenbuurten/2024/atom/downloads";
        let cbs = "https://download.cbs.nl/regionale-kaarten";
        assert_eq!(
            plan[&Product::Grenzen],
            [
                format!("{pdok}/wijkenbuurten_2024_v3.gpkg"),
                format!("{cbs}/wijkbuurtkaart_2024_v3.zip"),
                format!("{pdok}/wijkenbuurten_2024_v2.gpkg"),
                format!("{cbs}/wijkbuurtkaart_2024_v2.zip"),
                format!("{pdok}/wijkenbuurten_2024_v1.gpkg"),
                format!("{cbs}/wijkbuurtkaart_2024_v1.zip"),
                format!("{pdok}/wijkenbuurten_2024.gpkg"),
            ]
        );
        assert_eq!(
            plan[&Product::Kwb],
            [
                "https://datasets.cbs.nl/odata/v1/CBS/85984NED#2024".to_owned(),
                format!("{cbs}/kwb-2024.xlsx")
            ]
        );
        assert_eq!(plan[&Product::SesWoa].len(), 3);
        assert_eq!(
            plan[&Product::Adressen],
            ["https://download.cbs.nl/postcode/2024-cbs-pc6huisnr20240801_buurt.zip"]
        );
    }

    #[test]
    fn a_year_without_a_measurement_has_the_one_before() {
        let plan = plan(2025, &Settings::default());
        let measurements = &plan[&Product::Leefbaarometer];
        assert!(measurements[0].ends_with("meting-2025.zip"), "{measurements:?}");
        assert!(measurements[1].ends_with("meting-2024.zip"), "{measurements:?}");
        assert_eq!(measurements.len(), 4);
    }

    #[test]
    fn a_year_that_stands_elsewhere_has_its_own_address() {
        let plan = plan(2019, &Settings::default());
        assert_eq!(
            plan[&Product::Adressen],
            ["https://www.cbs.nl/-/media/_excel/2019/42/2019-cbs-pc6huisnr20190801_buurt.zip"]
        );
    }

    #[test]
    fn the_configuration_goes_before_what_is_built_in() {
        let settings: Settings = toml::from_str(
            "[adressen]\nstatline = 'http://127.0.0.1:1/odata/'\n[tabellen.kwb]\n2099 = '99999NED'",
        )
        .expect("settings");
        assert_eq!(
            plan(2099, &settings)[&Product::Kwb][0],
            "http://127.0.0.1:1/odata/99999NED#2099"
        );
        // A year that nobody listed is looked for.
        assert_eq!(plan(2098, &settings)[&Product::Kwb][0], "http://127.0.0.1:1/odata/Datasets");
    }

    #[test]
    fn an_unknown_name_in_an_address_is_told() {
        let error = filled("{basis}/x", &BTreeMap::new()).expect_err("no such name");
        assert!(error.contains("{basis}"), "{error}");
        assert!(filled("{basis", &BTreeMap::new()).is_err());
    }
}
