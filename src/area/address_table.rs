//! Which buurt an address lies in: postcodes and house numbers of one division.

mod builder;

use super::{AreaCode, Postcode};

pub use self::builder::AddressTableBuilder;
use crate::varint::{put, take_u32 as take};

/// One line of an address table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AddressEntry {
    /// The postcode.
    pub postcode: Postcode,
    /// The house number, without letter or addition; `None` where the source lists postcodes alone.
    pub number: Option<u32>,
    /// The buurt.
    pub buurt: AreaCode,
}

/// What an address table knows of a postcode or an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressFound<'a> {
    /// The postcode is not in the table.
    NoPostcode,
    /// The postcode is there, the house number is not.
    NoNumber,
    /// The buurten that it lies in, by code: one, or several where the source cannot tell apart.
    Buurten(Vec<&'a AreaCode>),
}

impl AddressFound<'_> {
    /// The buurt, wijk and gemeente that are certain: those that all its buurten share.
    pub fn certain(&self) -> [Option<AreaCode>; 3] {
        let Self::Buurten(buurten) = self else { return [const { None }; 3] };
        let shared = |level: fn(&AreaCode) -> Option<AreaCode>| {
            let mut codes = buurten.iter().map(|code| level(code));
            let first = codes.next().flatten();
            if codes.all(|other| other == first) { first } else { None }
        };
        [shared(|code| Some(code.clone())), shared(AreaCode::wijk), shared(AreaCode::gemeente)]
    }
}

/// The buurt of every postcode and house number of one division, packed: a country of eight
/// million addresses takes some 15 MB, in memory and in the atlas alike.
///
/// Postcodes ascend; behind each stand its buurten, and behind a buurt its house numbers as steps
/// of variable length (LEB128). A buurt without numbers holds for the whole postcode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressTable {
    codes: Vec<AreaCode>,
    postcodes: Vec<u32>,
    /// Where the runs of each postcode begin; one more than there are postcodes.
    starts: Vec<u32>,
    runs: Vec<u8>,
}

/// Bytes that are no address table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the address table is damaged")]
pub struct AddressTableError;

/// What a stored table begins with.
const MAGIC: &[u8; 4] = b"WZA1";

impl AddressTable {
    /// The table of those entries, in any order, repeated ones once. Cost: a sort; twelve bytes an
    /// entry while it is made.
    ///
    /// A postcode that has house numbers drops its entries without: they say less.
    pub fn new(entries: impl IntoIterator<Item = AddressEntry>) -> Self {
        let mut builder = AddressTableBuilder::default();
        entries.into_iter().for_each(|entry| builder.push(&entry));
        builder.build()
    }

    /// How many postcodes it has.
    pub fn len(&self) -> usize {
        self.postcodes.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.postcodes.is_empty()
    }

    /// The buurten that it names, ascending.
    pub fn codes(&self) -> &[AreaCode] {
        &self.codes
    }

    /// Every entry, by postcode, buurt and number.
    pub fn entries(&self) -> impl Iterator<Item = AddressEntry> {
        (0..self.postcodes.len()).flat_map(|at| {
            let postcode = self.postcodes.get(at).copied().and_then(Postcode::from_number);
            self.runs_of(at).flat_map(move |run| {
                let whole = run.numbers.is_empty().then_some(None);
                let numbers: Vec<_> = run.numbers.into_iter().map(Some).chain(whole).collect();
                let buurt = run.buurt.clone();
                numbers.into_iter().filter_map(move |number| {
                    Some(AddressEntry { postcode: postcode?, number, buurt: buurt.clone() })
                })
            })
        })
    }

    /// The buurten of a postcode, of one house number where it is given. Cost: a binary search and
    /// the numbers of the postcode, some seventeen.
    pub fn find(&self, postcode: Postcode, number: Option<u32>) -> AddressFound<'_> {
        let Ok(at) = self.postcodes.binary_search(&postcode.number()) else {
            return AddressFound::NoPostcode;
        };
        let holds = |run: &Run<'_>| {
            number.is_none_or(|number| {
                run.numbers.is_empty() || run.numbers.binary_search(&number).is_ok()
            })
        };
        let buurten: Vec<_> = self.runs_of(at).filter(holds).map(|run| run.buurt).collect();
        if buurten.is_empty() { AddressFound::NoNumber } else { AddressFound::Buurten(buurten) }
    }

    /// Both tables as one: what either says holds, and a postcode with house numbers in one of
    /// them drops what the other says without.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::new(self.entries().chain(other.entries()))
    }

    fn runs_of(&self, at: usize) -> Runs<'_> {
        let bound = |at: usize| self.starts.get(at).map_or(0, |start| *start as usize);
        Runs { table: self, rest: self.runs.get(bound(at)..bound(at + 1)).unwrap_or_default() }
    }

    /// The table as bytes, the same for equal tables.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        put(&mut out, count(self.codes.len()));
        for code in &self.codes {
            put(&mut out, count(code.as_str().len()));
            out.extend_from_slice(code.as_str().as_bytes());
        }
        put(&mut out, count(self.postcodes.len()));
        let mut last = 0;
        for (at, postcode) in self.postcodes.iter().enumerate() {
            put(&mut out, postcode - last);
            last = *postcode;
            let bound = |at: usize| self.starts.get(at).copied().unwrap_or_default();
            put(&mut out, bound(at + 1) - bound(at));
        }
        out.extend_from_slice(&self.runs);
        out
    }

    /// The table of those bytes.
    ///
    /// # Errors
    /// When they are not what [`Self::to_bytes`] makes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, AddressTableError> {
        Self::read(bytes).ok_or(AddressTableError)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut table = Self::default();
        for _ in 0..take(&mut rest)? {
            let length = take(&mut rest)? as usize;
            let (code, tail) = rest.split_at_checked(length)?;
            let code = AreaCode::parse(std::str::from_utf8(code).ok()?).ok()?;
            if table.codes.last().is_some_and(|last| *last >= code) {
                return None;
            }
            table.codes.push(code);
            rest = tail;
        }
        let (mut postcode, mut start) = (0_u32, 0_u32);
        for _ in 0..take(&mut rest)? {
            let step = take(&mut rest)?;
            postcode = postcode.checked_add(step).filter(|_| step > 0)?;
            Postcode::from_number(postcode)?;
            table.postcodes.push(postcode);
            table.starts.push(start);
            start = start.checked_add(take(&mut rest)?)?;
        }
        table.starts.push(start);
        table.runs = rest.to_vec();
        let codes = table.codes.len();
        let whole = (0..table.len()).all(|at| are_runs(table.runs_of(at).rest, codes));
        (table.runs.len() == start as usize && whole).then_some(table)
    }
}

/// A buurt of a postcode and its house numbers, ascending; none means all.
struct Run<'a> {
    buurt: &'a AreaCode,
    numbers: Vec<u32>,
}

struct Runs<'a> {
    table: &'a AddressTable,
    rest: &'a [u8],
}

impl<'a> Iterator for Runs<'a> {
    type Item = Run<'a>;

    /// The next run; `None` at the end and where the bytes are damaged, which leaves a rest.
    fn next(&mut self) -> Option<Run<'a>> {
        let mut rest = self.rest;
        let buurt = self.table.codes.get(take(&mut rest)? as usize)?;
        let count = take(&mut rest)? as usize;
        // Each number takes a byte at least, so a claim beyond the rest is a lie.
        let mut numbers = Vec::with_capacity(count.min(rest.len()));
        let mut last = 0_u32;
        for _ in 0..count {
            last = last.checked_add(take(&mut rest)?)?;
            numbers.push(last);
        }
        self.rest = rest;
        Some(Run { buurt, numbers })
    }
}

/// Whether bytes are whole runs that name buurten among the first so many.
fn are_runs(mut rest: &[u8], codes: usize) -> bool {
    fn run(rest: &mut &[u8], codes: usize) -> Option<()> {
        (take(rest)? as usize).lt(&codes).then_some(())?;
        let mut last = 0_u32;
        for _ in 0..take(rest)? {
            last = last.checked_add(take(rest)?)?;
        }
        Some(())
    }
    while !rest.is_empty() {
        if run(&mut rest, codes).is_none() {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests;
