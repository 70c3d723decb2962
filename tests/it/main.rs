//! What the program promises, tested on the built binary: a file a promise.

mod addresses;
mod basemap;
mod caching;
mod catalogue;
mod check;
mod classes;
mod cors;
mod demo;
mod detail;
mod everything;
mod export;
mod geopackage;
mod geos;
mod harness;
mod hostile;
mod import;
mod layers;
mod legend;
mod locations;
mod openapi;
mod pictures;
mod problems;
mod residential;
mod rounding;
mod safety;
mod upgrade;
