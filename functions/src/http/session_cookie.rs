//! The cookie in which a browser holds its session: set, ended and read here, and nowhere else.

use chrono::TimeDelta;
use lambda_http::http::{HeaderMap, header};
use shared::{config::BaseUrl, domain::SessionToken};

/// The session cookie of an origin.
///
/// Over TLS it is `__Host-session`: the prefix makes browsers refuse the cookie without `Secure`, with a `Domain`, or from another
/// path. Without TLS, as on one machine, a browser may keep no `Secure` cookie (WebKit keeps none, from `localhost` neither), so the
/// cookie has neither the prefix nor `Secure` there. Its name is our own, since all ports of `localhost` share their cookies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionCookie {
    name: &'static str,
    secure: &'static str,
}

impl SessionCookie {
    /// The cookie of the pages at this origin.
    #[must_use]
    pub fn of(base_url: &BaseUrl) -> Self {
        if base_url.is_https() {
            Self { name: "__Host-session", secure: " Secure;" }
        } else {
            Self { name: "access-links-session", secure: "" }
        }
    }

    /// The `Set-Cookie` of a new session that ends after `life`.
    #[must_use]
    pub fn begin(self, token: &SessionToken, life: TimeDelta) -> String {
        self.set(&token.reveal(), life.num_seconds())
    }

    /// The `Set-Cookie` that makes the browser forget its session.
    #[must_use]
    pub fn end(self) -> String {
        self.set("", 0)
    }

    fn set(self, value: &str, max_age: i64) -> String {
        let Self { name, secure } = self;
        format!("{name}={value}; Path=/;{secure} HttpOnly; SameSite=Strict; Max-Age={max_age}")
    }

    /// The sessions that a request shows in this cookie: more than one only if somebody forged another.
    pub(super) fn values(self, headers: &HeaderMap) -> impl Iterator<Item = &str> {
        let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
        let pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(move |(name, _)| *name == self.name).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use lambda_http::http::HeaderValue;
    use shared::{domain::MemberId, random::SystemRandom};

    use super::*;

    fn cookie(origin: &str) -> SessionCookie {
        SessionCookie::of(&BaseUrl::parse(origin).unwrap())
    }

    fn token() -> SessionToken {
        SessionToken::generate(MemberId::parse("5f0c8b1e-2f64-5d3b-9c57-0e6a7d91c4f2").unwrap(), &SystemRandom)
    }

    #[test]
    fn over_tls_the_cookie_is_as_strict_as_cookies_get() {
        let (cookie, token) = (cookie("https://join.example.com"), token());
        let rest = "Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=43200";
        assert_eq!(cookie.begin(&token, TimeDelta::hours(12)), format!("__Host-session={}; {rest}", token.reveal()));
        assert_eq!(cookie.end(), format!("__Host-session=; {}", rest.replace("43200", "0")));
    }

    #[test]
    fn without_tls_the_cookie_is_one_that_every_browser_keeps() {
        let (cookie, token) = (cookie("http://localhost:3000"), token());
        let rest = "Path=/; HttpOnly; SameSite=Strict; Max-Age=43200";
        let set = format!("access-links-session={}; {rest}", token.reveal());
        assert_eq!(cookie.begin(&token, TimeDelta::hours(12)), set);
        assert_eq!(cookie.end(), format!("access-links-session=; {}", rest.replace("43200", "0")));
    }

    #[test]
    fn a_session_is_read_from_the_cookie_of_the_origin_alone() {
        let mut headers = HeaderMap::new();
        let shown = "a=b; __Host-session=tls; access-links-session=plain; session=x; __host-session=y";
        headers.append(header::COOKIE, HeaderValue::from_static(shown));
        headers.append(header::COOKIE, HeaderValue::from_static("__Host-session=other"));
        let read = |origin| cookie(origin).values(&headers).collect::<Vec<_>>();
        assert_eq!(read("https://join.example.com"), ["tls", "other"]);
        assert_eq!(read("http://localhost:3000"), ["plain"]);
    }
}
