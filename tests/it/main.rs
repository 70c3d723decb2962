//! What the program promises, tested on the built binary: a file a promise.

mod addresses;
mod basemap;
mod borders;
mod caching;
mod catalogue;
mod check;
mod classes;
mod cors;
mod demo;
mod everything;
mod geopackage;
mod geos;
mod harness;
mod hostile;
mod import;
mod layers;
mod legend;
mod locations;
mod openapi;
mod problems;
mod residential;
mod rounding;
mod safety;
mod tiles;
mod topojson;
mod upgrade;
