//! mercator
/// x
#[derive(Debug)]
pub struct WebMercator;
