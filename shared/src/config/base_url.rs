//! The origin people see, in the one spelling browsers use.

use std::fmt;

use super::ConfigError;

/// An http(s) origin: scheme, host and, if it is not the scheme's own, port. The one spelling a browser uses in `Origin`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// Takes an origin.
    ///
    /// # Errors
    /// [`ConfigError::BaseUrl`] for every other text.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let (rest, own_port) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (rest, 443),
            (_, Some(rest)) => (rest, 80),
            _ => return Err(ConfigError::BaseUrl),
        };
        let ipv6_end = if rest.starts_with('[') { rest.find(']').ok_or(ConfigError::BaseUrl)? } else { 0 };
        let (host, port) = match rest[ipv6_end..].find(':') {
            Some(colon) => (&rest[..ipv6_end + colon], Some(&rest[ipv6_end + colon + 1..])),
            None => (rest, None),
        };
        let is_host = if ipv6_end > 0 {
            host.len() == ipv6_end + 1 && host[1..ipv6_end].parse::<std::net::Ipv6Addr>().is_ok()
        } else {
            !host.is_empty()
                && host.len() <= 253
                && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
                && host.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'))
        };
        let is_port = |port: &str| {
            port.parse::<u16>().is_ok_and(|number| number != 0 && number != own_port && number.to_string() == port)
        };
        if is_host && port.is_none_or(is_port) { Ok(Self(text.to_owned())) } else { Err(ConfigError::BaseUrl) }
    }

    /// The origin, without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, with its port where there is one: what the address bar shows.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.split_once("://").map_or(&self.0, |(_, host)| host)
    }

    /// Whether pages come over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_url_is_an_origin_as_browsers_spell_it() {
        for origin in
            ["https://a.example", "http://localhost:8080", "http://127.0.0.1:1", "http://[::1]:8080", "https://[::1]"]
        {
            assert_eq!(BaseUrl::parse(origin).unwrap().as_str(), origin);
        }
        for text in [
            "",
            "a.example",
            "ftp://a.example",
            "https://",
            "https://a.example/",
            "https://a.example/path",
            "https://a.example?q",
            "https://A.example",
            "https://user@a.example",
            "https://a.example:443",
            "http://a.example:80",
            "https://a.example:",
            "https://a.example:0",
            "https://a.example:99999",
            "https://a.example:+1",
            "https://a..example",
            "https://a example",
            "https://[::1",
            "https://[::1]x",
            "https://[zz]",
            "https://bücher.example",
        ] {
            assert_eq!(BaseUrl::parse(text), Err(ConfigError::BaseUrl), "{text}");
        }
    }
}
