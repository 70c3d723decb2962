//! Which content encoding a client takes, and bodies in it.

use std::io::Write;

use axum::http::{HeaderMap, header};

/// A content encoding that this server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Brotli.
    Brotli,
    /// Gzip.
    Gzip,
    /// As it is.
    Identity,
}

impl Encoding {
    /// The encoding as headers name it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }

    /// The best encoding that a client accepts (RFC 9110, 12.5.3): the highest weight wins, then
    /// brotli before gzip. Without the header, or when nothing fits, as it is.
    pub fn of(headers: &HeaderMap) -> Self {
        let accepted: Vec<(String, f32)> = headers
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .take(20)
            .map(|part| {
                let (name, weight) = part.split_once(';').unwrap_or((part, ""));
                let weight = weight.trim().strip_prefix("q=").and_then(|q| q.trim().parse().ok());
                (name.trim().to_ascii_lowercase(), weight.unwrap_or(1.0))
            })
            .collect();
        let weight = |name: &str| {
            let of = |wanted: &str| accepted.iter().find(|(n, _)| n == wanted).map(|(_, q)| *q);
            of(name).or_else(|| of("*")).unwrap_or(0.0)
        };
        [Self::Gzip, Self::Brotli]
            .into_iter()
            .map(|encoding| (weight(encoding.as_str()), encoding))
            .filter(|(weight, _)| *weight > 0.0)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map_or(Self::Identity, |(_, encoding)| encoding)
    }

    /// The body in this encoding. Levels are those that keep up with a request: brotli 4, gzip 6.
    ///
    /// # Errors
    /// When a compressor refuses, which in memory it does not.
    pub fn encode(self, body: Vec<u8>) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(body),
            Self::Gzip => {
                let out = Vec::with_capacity(body.len() / 3);
                let mut writer = flate2::write::GzEncoder::new(out, flate2::Compression::new(6));
                writer.write_all(&body)?;
                writer.finish()
            }
            Self::Brotli => {
                let mut out = Vec::with_capacity(body.len() / 3);
                let parameters = brotli::enc::BrotliEncoderParams {
                    quality: 4,
                    lgwin: 22,
                    size_hint: body.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut body.as_slice(), &mut out, &parameters)?;
                Ok(out)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accept: &str) -> Encoding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, accept.parse().expect("a header"));
        Encoding::of(&headers)
    }

    #[test]
    fn weights_decide_and_brotli_breaks_ties() {
        assert_eq!(of("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(of("gzip"), Encoding::Gzip);
        assert_eq!(of("br;q=0.1, gzip;q=0.9"), Encoding::Gzip);
        assert_eq!(of("br;q=0, *"), Encoding::Gzip);
        assert_eq!(of("identity"), Encoding::Identity);
        assert_eq!(of("*;q=0"), Encoding::Identity);
        assert_eq!(Encoding::of(&HeaderMap::new()), Encoding::Identity);
    }
}
