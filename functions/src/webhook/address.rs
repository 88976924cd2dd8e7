//! Which addresses a webhook may connect to. Names are looked up here, at the moment of the connection, so that a name cannot
//! lead elsewhere after it was checked.

use std::{
    error::Error,
    future::Future,
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    pin::Pin,
    task::{Context, Poll},
    vec,
};

use hyper_util::client::legacy::connect::dns::Name;
use shared::config::WebhookTargets;
use tower::Service;

/// Looks names up, and gives no address that webhooks may not go to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Resolver(pub WebhookTargets);

/// A name leads to an address that is not public.
#[derive(Debug, thiserror::Error)]
#[error("the host name resolves to an address that webhooks may not be sent to")]
struct NotPublic;

impl Service<Name> for Resolver {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, io::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), io::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let targets = self.0;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            // One bad address is enough: which of them is taken is nobody's to choose.
            if targets == WebhookTargets::Public && !found.iter().all(|address| is_public(address.ip())) {
                return Err(io::Error::other(NotPublic));
            }
            Ok(found.into_iter())
        })
    }
}

/// Whether a request failed because its name leads to an address that is not public.
pub(super) fn was_refused(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<NotPublic>() {
            return true;
        }
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if inner.is_some_and(|inner| inner.is::<NotPublic>()) {
            return true;
        }
        next = error.source();
    }
    false
}

/// Whether an address is one of the public Internet, by the registries of special-purpose addresses:
/// <https://www.iana.org/assignments/iana-ipv4-special-registry>, <https://www.iana.org/assignments/iana-ipv6-special-registry>.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

/// Only what is handed out as global unicast, `2000::/3`, without those of it that carry an IPv4 address or are for documents. So an
/// IPv4 address mapped or translated into IPv6 is none.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let special = (first == 0x2001 && (second < 0x200 || second == 0xdb8)) || first == 0x2002;
    first & 0xe000 == 0x2000 && !special && !(first == 0x3fff && second < 0x1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_connected_to() {
        for address in ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.63.0.1", "2606:4700:4700::1111", "2a00:1450::1"]
        {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
        for address in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:1.1.1.1",
            "::7f00:1",
            "64:ff9b::a00:1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:a00:1::1",
            "3fff::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_to_loopback_is_refused_when_it_is_looked_up() {
        let mut public = Resolver(WebhookTargets::Public);
        let error = public.call("localhost".parse().unwrap()).await.map(|_| ()).unwrap_err();
        assert!(was_refused(&error));
        let mut any = Resolver(WebhookTargets::Any);
        assert!(any.call("localhost".parse().unwrap()).await.unwrap().all(|address| address.ip().is_loopback()));
    }
}
