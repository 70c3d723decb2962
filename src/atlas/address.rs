//! Which buurt an address lies in, and which code an area had before.

use crate::area::{AddressFound, AddressTable, AreaCode, Level, Postcode, Vintage};

use super::Atlas;

impl Atlas {
    /// The divisions that have a table of addresses, oldest first.
    pub fn address_vintages(&self) -> impl DoubleEndedIterator<Item = Vintage> {
        self.addresses.keys().copied()
    }

    /// The addresses of a division.
    pub fn addresses(&self, vintage: Vintage) -> Option<&AddressTable> {
        self.addresses.get(&vintage).map(|addresses| &addresses.table)
    }

    /// The sources of the addresses of a division, as keys of [`Atlas::sources`].
    pub fn address_sources(&self, vintage: Vintage) -> impl Iterator<Item = u32> {
        self.addresses.get(&vintage).into_iter().flat_map(|addresses| &addresses.sources).copied()
    }

    /// The buurten of an address on a division; `None` where the division has no addresses.
    pub fn at_address(
        &self,
        vintage: Vintage,
        postcode: Postcode,
        number: Option<u32>,
    ) -> Option<AddressFound<'_>> {
        Some(self.addresses(vintage)?.find(postcode, number))
    }

    /// The codes that an area of a division had before, border for border.
    pub fn former_codes(&self, vintage: Vintage, level: &Level, code: &AreaCode) -> Vec<&AreaCode> {
        let Some(pairs) = self.recodes.get(&(vintage, level.clone())) else { return Vec::new() };
        let of = pairs.range((code.clone(), AreaCode::least())..);
        of.take_while(|((after, _), _)| after == code).map(|((_, before), _)| before).collect()
    }
}
