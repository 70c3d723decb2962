//! What a place is called: its code, its level, the vintage of the division it belongs to.

mod address_table;
mod code;
mod flag;
mod level;
mod postcode;
mod selection;
mod text;
mod vintage;

pub use address_table::{
    AddressEntry, AddressFound, AddressTable, AddressTableBuilder, AddressTableError,
};
pub use code::{AreaCode, CodeError};
pub use flag::Flag;
pub use level::{Level, LevelError, LevelNames, OwnLevel};
pub use postcode::{Postcode, PostcodeError};
pub use selection::{AD_HOC, SelectedPlace, Selection, SelectionError};
pub use text::{Language, Text};
pub use vintage::{Vintage, Year, YearError};
