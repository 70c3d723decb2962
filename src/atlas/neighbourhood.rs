//! Which areas of a coverage lie beside which.

use std::sync::{Arc, OnceLock};

use crate::coverage::{Borders, Neighbours};

/// The neighbours of every area of a coverage, made when somebody first asks.
#[derive(Debug)]
pub(super) struct Neighbourhood {
    borders: Arc<Borders>,
    neighbours: OnceLock<Neighbours>,
}

impl Neighbourhood {
    pub(super) fn new(borders: Arc<Borders>) -> Self {
        Self { borders, neighbours: OnceLock::new() }
    }

    pub(super) fn get(&self) -> &Neighbours {
        self.neighbours.get_or_init(|| self.borders.neighbours())
    }
}
