//! grid
/// x
#[derive(Debug)]
pub struct CorrectionGrid;
/// x
#[derive(Debug)]
pub struct GridError;
