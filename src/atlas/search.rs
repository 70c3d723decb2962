//! Areas by name or code.

use std::collections::BTreeSet;

use crate::area::{AreaCode, Level, Vintage};

use super::{Atlas, LevelCoverage};

/// One area that a search found.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// Its coverage.
    pub coverage: &'a LevelCoverage,
    /// Its ordinal there.
    pub ordinal: usize,
    rank: u8,
}

impl Found<'_> {
    /// Its code.
    pub fn code(&self) -> &AreaCode {
        &self.coverage.codes()[self.ordinal]
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.coverage.name(self.ordinal)
    }
}

/// What a search is limited to.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// One level only.
    pub level: Option<Level>,
    /// The areas below one gemeente or wijk only.
    pub within: Option<AreaCode>,
    /// Only areas whose extent meets this box: west, south, east, north in degrees.
    pub bbox: Option<[f64; 4]>,
    /// One division only; else the newest of each level, and older ones where these have nothing.
    pub vintage: Option<Vintage>,
}

impl Atlas {
    /// Areas whose name or code fits `query`: the code itself first, then names that are equal,
    /// that begin so, that have a word beginning so, that hold it; coarse before fine, then by
    /// name. Case and accents do not matter. Without a query, every area within the limits. Water
    /// is not listed. Cost: one pass over the names.
    pub fn search(&self, query: Option<&str>, limits: &Limits) -> Vec<Found<'_>> {
        let found = self.search_on(query, limits);
        if !found.is_empty() || limits.vintage.is_some() || query.is_none() {
            return found;
        }
        // A name or code of old: the newest division that has it.
        let vintages: BTreeSet<_> = self.coverages().map(|coverage| coverage.vintage).collect();
        vintages
            .into_iter()
            .rev()
            .map(|vintage| {
                self.search_on(query, &Limits { vintage: Some(vintage), ..limits.clone() })
            })
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    fn search_on(&self, query: Option<&str>, limits: &Limits) -> Vec<Found<'_>> {
        let needle = query.map(fold);
        let mut found: Vec<Found<'_>> = Vec::new();
        for level in self.levels() {
            if limits.level.as_ref().is_some_and(|wanted| *wanted != level) {
                continue;
            }
            let Some(coverage) = limits
                .vintage
                .or_else(|| self.newest(&level))
                .and_then(|vintage| self.coverage(vintage, &level))
            else {
                continue;
            };
            let ordinals = match &limits.within {
                Some(code) => coverage.within(code),
                None => (0..coverage.len()).collect(),
            };
            for ordinal in ordinals {
                let is_near = limits.bbox.is_none_or(|bbox| coverage.meets(ordinal, bbox));
                if coverage.is_water(ordinal) || !is_near {
                    continue;
                }
                let rank = match &needle {
                    None => Some(0),
                    Some(needle) => {
                        rank(needle, &coverage.codes()[ordinal], coverage.name(ordinal))
                    }
                };
                found.extend(rank.map(|rank| Found { coverage, ordinal, rank }));
            }
        }
        found.sort_by(|a, b| {
            let key = |f: &Found<'_>| (f.rank, f.coverage.level.clone(), fold(f.name()));
            key(a).cmp(&key(b)).then_with(|| a.code().cmp(b.code()))
        });
        found
    }
}

/// How well a query fits an area; less is better.
fn rank(needle: &str, code: &AreaCode, name: &str) -> Option<u8> {
    if needle.is_empty() {
        return None;
    }
    let code = code.as_str().to_ascii_lowercase();
    if code == needle {
        return Some(0);
    }
    let name = fold(name);
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    if name == needle {
        Some(1)
    } else if name.starts_with(needle) {
        Some(2)
    } else if words.any(|word| word.starts_with(needle)) {
        Some(3)
    } else if name.contains(needle) {
        Some(4)
    } else if needle.len() >= 4 && code.starts_with(needle) {
        Some(5)
    } else {
        None
    }
}

/// Lower case, without the accents of the Dutch, Frisian and neighbouring languages.
fn fold(text: &str) -> String {
    text.trim()
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => 'a',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' | 'ø' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            'ý' | 'ÿ' => 'y',
            'ç' => 'c',
            'ñ' => 'n',
            '\u{2019}' | '\u{2018}' => '\'',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_fits_come_first_and_accents_do_not_matter() {
        let code = AreaCode::parse("GM0518").expect("a code");
        assert_eq!(rank("gm0518", &code, "'s-Gravenhage"), Some(0));
        assert_eq!(rank("'s-gravenhage", &code, "'s-Gravenhage"), Some(1));
        assert_eq!(rank("gravenhage", &code, "'s-Gravenhage"), Some(3));
        assert_eq!(rank("venhage", &code, "'s-Gravenhage"), Some(4));
        assert_eq!(rank("sudwest", &code, &fold("Súdwest-Fryslân")), Some(2));
        assert_eq!(rank("", &code, "x"), None);
        assert_eq!(rank("zz", &code, "x"), None);
    }
}
