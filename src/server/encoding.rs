//! Which content encodings a client takes.

use axum::http::{HeaderMap, header};

/// A content encoding that this server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// Zstandard (RFC 9659).
    Zstd,
    /// Gzip.
    Gzip,
    /// Brotli.
    Brotli,
}

impl Encoding {
    /// Every encoding that changes the body.
    pub const CODED: [Self; 3] = [Self::Zstd, Self::Gzip, Self::Brotli];

    /// The encoding as headers name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }

    /// The encoding of that name, exactly as [`Encoding::as_str`] writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Identity].into_iter().chain(Self::CODED).find(|known| known.as_str() == name)
    }

    /// Its place in [`Encoding::CODED`].
    pub(super) fn coded(self) -> Option<usize> {
        Self::CODED.iter().position(|coded| *coded == self)
    }
}

/// How gladly a client takes each encoding of [`Encoding::CODED`], in thousandths; 0 is not at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted([u16; Encoding::CODED.len()]);

impl Accepted {
    /// Reads `Accept-Encoding` (RFC 9110, 12.5.3), its first twenty entries. Without the header a
    /// client takes bodies as they are alone. Allocates nothing.
    pub fn new(headers: &HeaderMap) -> Self {
        let mut named = [None; Encoding::CODED.len()];
        let mut others = 0;
        let values = headers.get_all(header::ACCEPT_ENCODING).iter();
        let parts = values.filter_map(|value| value.to_str().ok()).flat_map(|v| v.split(','));
        for part in parts.take(20) {
            let (name, weight) = part.split_once(';').unwrap_or((part, ""));
            let weight = weight.trim().strip_prefix("q=").and_then(|q| q.trim().parse().ok());
            // In range after the clamp; what is no number becomes 0.
            let weight = (weight.unwrap_or(1.0_f32).clamp(0.0, 1.0) * 1000.0) as u16;
            let name = name.trim();
            if name == "*" {
                others = weight;
                continue;
            }
            let known = |coded: &Encoding| name.eq_ignore_ascii_case(coded.as_str());
            if let Some(at) = Encoding::CODED.iter().position(known) {
                named[at].get_or_insert(weight);
            }
        }
        Self(named.map(|weight| weight.unwrap_or(others)))
    }

    /// Whether the client takes that encoding.
    pub fn takes(self, encoding: Encoding) -> bool {
        encoding.coded().is_none_or(|at| self.0[at] > 0)
    }

    /// The encoding that the client likes best; of those it likes equally, the first of `order`.
    /// Where it takes none of them, the body as it is.
    pub fn best(self, order: &[Encoding]) -> Encoding {
        let weight = |encoding: Encoding| encoding.coded().map_or(0, |at| self.0[at]);
        let takes = order.iter().rev().copied().filter(|encoding| weight(*encoding) > 0);
        takes.max_by_key(|encoding| weight(*encoding)).unwrap_or(Encoding::Identity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accept: &str) -> Encoding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, accept.parse().expect("a header"));
        Accepted::new(&headers).best(&[Encoding::Brotli, Encoding::Gzip])
    }

    #[test]
    fn weights_decide_and_the_order_breaks_ties() {
        assert_eq!(of("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(of("gzip"), Encoding::Gzip);
        assert_eq!(of("br;q=0.1, gzip;q=0.9"), Encoding::Gzip);
        assert_eq!(of("br;q=0, *"), Encoding::Gzip);
        assert_eq!(of("identity"), Encoding::Identity);
        assert_eq!(of("*;q=0"), Encoding::Identity);
        assert_eq!(of("br;q=NaN"), Encoding::Identity);
        assert_eq!(Accepted::new(&HeaderMap::new()).best(&Encoding::CODED), Encoding::Identity);
    }
}
