//! What a place is called: its code, its level, the vintage of the division it belongs to.

mod code;
mod flag;
mod level;
mod text;
mod vintage;

pub use code::{AreaCode, CodeError};
pub use flag::Flag;
pub use level::{Level, LevelError};
pub use text::{Language, Text};
pub use vintage::{Vintage, Year, YearError};
