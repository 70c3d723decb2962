//! How often each client asks.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::Instant,
};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// The most clients that are remembered; of more, those who were quiet longest are forgotten.
const MOST: usize = 50_000;

/// Counts requests by client, in memory and nowhere else. A client may ask so many times a second,
/// and after a pause as many at once as in ten seconds.
#[derive(Debug)]
pub struct Clients {
    /// Requests a second; `None` for any number.
    rate: Option<f64>,
    /// Proxies that say truly whom they ask for.
    proxies: Vec<IpNet>,
    known: Mutex<HashMap<IpAddr, Allowance>>,
}

/// What a client has left.
#[derive(Clone, Copy, Debug)]
struct Allowance {
    requests: f64,
    at: Instant,
}

/// Seconds for which a client may save up.
const SAVED: f64 = 10.0;

impl Clients {
    /// Allows each client so many requests a second.
    pub fn new(rate: Option<f64>, proxies: Vec<IpNet>) -> Self {
        Self { rate, proxies, known: Mutex::default() }
    }

    /// Whether a request may be answered. Cost: a look-up, and none where there is no limit.
    pub(super) fn admits(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        self.rate
            .is_none_or(|rate| self.takes_one(rate, self.client(peer, headers), Instant::now()))
    }

    fn takes_one(&self, rate: f64, client: IpAddr, now: Instant) -> bool {
        let most = (rate * SAVED).max(1.0);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST && !known.contains_key(&client) {
            // Who has everything saved up again is as good as unknown.
            known.retain(|_, one| one.requests + since(one.at, now) * rate < most);
            if known.len() >= MOST {
                known.clear();
            }
        }
        let one = known.entry(client).or_insert(Allowance { requests: most, at: now });
        one.requests = (one.requests + since(one.at, now) * rate).min(most);
        one.at = now;
        let has_one = one.requests >= 1.0;
        if has_one {
            one.requests -= 1.0;
        }
        has_one
    }

    /// Who asks: the other end of the connection or, behind a trusted proxy, whom that names. The
    /// last name of `X-Forwarded-For` that no trusted proxy has is the one that such a proxy saw;
    /// what stands before it anybody may have written.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let values = headers.get_all("x-forwarded-for").iter();
        let named: Vec<_> =
            values.filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(',')).collect();
        for name in named.into_iter().rev() {
            if !self.proxies.iter().any(|proxy| proxy.contains(&client)) {
                break;
            }
            let Ok(named) = name.trim().parse::<IpAddr>() else { break };
            client = named.to_canonical();
        }
        match client {
            IpAddr::V4(_) => client,
            // One home has a whole net of them.
            IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from(u128::from(six) & (u128::MAX << 64))),
        }
    }
}

fn since(before: Instant, now: Instant) -> f64 {
    now.saturating_duration_since(before).as_secs_f64()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::http::HeaderValue;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn a_client_may_save_up_and_no_more() {
        let clients = Clients::new(Some(2.0), Vec::new());
        let begun = Instant::now();
        let ask = |client: &str, second: f64| {
            clients.takes_one(2.0, ip(client), begun + Duration::from_secs_f64(second))
        };
        let at_once = (0..50).filter(|_| ask("192.0.2.1", 0.0)).count();
        assert_eq!(at_once, 20);
        assert!(ask("192.0.2.2", 0.0), "another client");
        assert!(!ask("192.0.2.1", 0.4) && ask("192.0.2.1", 0.6));
        let later = (0..50).filter(|_| ask("192.0.2.1", 1000.0)).count();
        assert_eq!(later, 20);
    }

    #[test]
    fn proxies_are_believed_where_they_are_trusted() {
        let proxies =
            vec!["10.0.0.0/8".parse().expect("a net"), "2001:db8::/32".parse().expect("a net")];
        let clients = Clients::new(Some(1.0), proxies);
        let of = |peer: &str, forwarded: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", HeaderValue::from_str(forwarded).expect("a value"));
            clients.client(ip(peer), &headers).to_string()
        };
        assert_eq!(of("192.0.2.7", "198.51.100.1"), "192.0.2.7", "anybody may write that");
        assert_eq!(of("10.1.1.1", "198.51.100.1"), "198.51.100.1");
        assert_eq!(
            of("10.1.1.1", "203.0.113.5, 198.51.100.1"),
            "198.51.100.1",
            "the last but the proxies"
        );
        assert_eq!(of("10.1.1.1", "203.0.113.5, 198.51.100.1, 10.2.2.2"), "198.51.100.1");
        assert_eq!(of("10.1.1.1", "onzin"), "10.1.1.1");
        assert_eq!(of("::ffff:10.1.1.1", "198.51.100.1"), "198.51.100.1", "mapped");
        assert_eq!(of("2001:db8::1", "2001:5:6:7:8::9"), "2001:5:6:7::", "a home has a net");
    }

    #[test]
    fn so_many_clients_are_remembered_and_no_more() {
        let clients = Clients::new(Some(1.0), Vec::new());
        let now = Instant::now();
        for number in 0..u32::try_from(MOST).expect("32 bits") + 100 {
            clients.takes_one(1.0, IpAddr::V4(number.into()), now);
        }
        assert!(clients.known.lock().expect("sound").len() <= MOST);
    }
}
