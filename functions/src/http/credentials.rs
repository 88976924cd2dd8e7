//! Who is calling, as far as the request says, and whether our own pages sent it.

use lambda_http::http::{HeaderMap, header};
use shared::{
    config::BaseUrl,
    domain::{ApiKeyToken, SessionToken},
};

use super::{ApiError, SessionCookie};

/// The session's token, if the request names one. A cookie that is no token counts as none: the browser sends it
/// unasked. A bearer that is no token is refused: the client chose to send it. So is an API key, which is nobody's session.
pub(super) fn session_token(headers: &HeaderMap, cookie: SessionCookie) -> Result<Option<SessionToken>, ApiError> {
    let mut cookies = cookie.values(headers);
    match (cookies.next(), cookies.next(), bearer(headers)?) {
        (None, _, None) => Ok(None),
        (Some(cookie), None, None) => Ok(SessionToken::parse(cookie).ok()),
        (None, _, Some(token)) if ApiKeyToken::is_meant_by(token) => Err(ApiError::Forbidden),
        (None, _, Some(token)) => SessionToken::parse(token).map(Some).map_err(|_| ApiError::Unauthenticated),
        // Two cookies, or a cookie beside a bearer: whose request it is would be a guess.
        (Some(_), _, _) => Err(ApiError::Malformed),
    }
}

/// The session's token in a request's one cookie, if there is one.
pub(super) fn browser_session(headers: &HeaderMap, cookie: SessionCookie) -> Option<SessionToken> {
    let mut cookies = cookie.values(headers);
    let (Some(cookie), None) = (cookies.next(), cookies.next()) else { return None };
    SessionToken::parse(cookie).ok()
}

/// The API key, if the request shows one.
pub(super) fn api_key(headers: &HeaderMap, cookie: SessionCookie) -> Result<Option<ApiKeyToken>, ApiError> {
    let Some(key) = bearer(headers)?.filter(|token| ApiKeyToken::is_meant_by(token)) else { return Ok(None) };
    if cookie.values(headers).next().is_some() {
        return Err(ApiError::Malformed);
    }
    ApiKeyToken::parse(key).map(Some).map_err(|_| ApiError::Unauthenticated)
}

/// Refuses a request that changes something unless our own pages sent it, or a client that is no browser.
pub(super) fn check_same_origin(headers: &HeaderMap, base_url: &BaseUrl) -> Result<(), ApiError> {
    let has_cookie = SessionCookie::of(base_url).values(headers).next().is_some();
    // No page of another site can make a browser send this header, short of CORS, which we never allow.
    if !has_cookie && bearer(headers)?.is_some() {
        return Ok(());
    }
    let comes_from_us = match (headers.get("sec-fetch-site"), headers.get(header::ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => origin == base_url.as_str(),
        // A browser sends `Origin` with every such request; without it, and without a cookie, there is nobody to forge.
        (None, None) => !has_cookie,
    };
    if comes_from_us { Ok(()) } else { Err(ApiError::CsrfFailed) }
}

/// The token of a `Bearer` authorization. Other schemes are not ours.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, ApiError> {
    let mut values = headers.get_all(header::AUTHORIZATION).into_iter();
    let (first, None) = (values.next(), values.next()) else { return Err(ApiError::Malformed) };
    let parts = first.and_then(|value| value.to_str().ok()?.split_once(' '));
    Ok(parts.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token.trim()))
}

#[cfg(test)]
mod tests {
    use lambda_http::http::HeaderValue;
    use shared::{
        domain::{ApiKeyId, MemberId, OrganizationId},
        random::SystemRandom,
    };

    use super::*;

    fn token() -> SessionToken {
        SessionToken::generate(MemberId::parse("5f0c8b1e-2f64-5d3b-9c57-0e6a7d91c4f2").unwrap(), &SystemRandom)
    }

    fn base_url() -> BaseUrl {
        BaseUrl::parse("https://join.example.com").unwrap()
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn read(pairs: &[(&'static str, &str)]) -> Result<Option<SessionToken>, &'static str> {
        session_token(&headers(pairs), SessionCookie::of(&base_url())).map_err(|error| error.code().0)
    }

    #[test]
    fn a_session_comes_in_a_cookie_or_as_a_bearer() {
        let token = token();
        let (cookie, bearer) =
            (format!("a=b; __Host-session={}", token.reveal()), format!("bearer {}", token.reveal()));
        assert!(read(&[("cookie", &cookie)]).unwrap() == Some(token.clone()));
        assert!(read(&[("authorization", &bearer)]).unwrap() == Some(token));
        assert!(read(&[("cookie", "session=x; __host-session=y")]).unwrap().is_none());
        assert!(read(&[("authorization", "Basic abc")]).unwrap().is_none());
    }

    #[test]
    fn doubtful_credentials_are_refused() {
        let one = format!("__Host-session={}", token().reveal());
        let bearer = format!("Bearer {}", token().reveal());
        assert_eq!(read(&[("cookie", &format!("{one}; {one}"))]), Err("malformed"));
        assert_eq!(read(&[("cookie", &one), ("cookie", &one)]), Err("malformed"));
        assert_eq!(read(&[("cookie", &one), ("authorization", &bearer)]), Err("malformed"));
        assert_eq!(read(&[("authorization", &bearer), ("authorization", &bearer)]), Err("malformed"));
        assert_eq!(read(&[("authorization", "Bearer x")]), Err("unauthenticated"));
        assert!(read(&[("cookie", "__Host-session=x")]).unwrap().is_none());
        assert_eq!(read(&[("authorization", "Bearer alk_x")]), Err("forbidden"));
    }

    #[test]
    fn an_api_key_comes_as_a_bearer_and_by_itself() {
        let (organization, id) = (OrganizationId::generate(&SystemRandom), ApiKeyId::generate(&SystemRandom));
        let key = ApiKeyToken::generate(organization, id, &SystemRandom);
        let bearer = format!("Bearer {}", key.reveal());
        let read =
            |pairs: &[_]| api_key(&headers(pairs), SessionCookie::of(&base_url())).map_err(|error| error.code().0);
        assert!(read(&[("authorization", &bearer)]).unwrap() == Some(key));
        assert!(read(&[]).unwrap().is_none() && read(&[("authorization", "Bearer x")]).unwrap().is_none());
        assert_eq!(read(&[("authorization", "Bearer alk_x")]), Err("unauthenticated"));
        assert_eq!(read(&[("authorization", &bearer), ("cookie", "__Host-session=x")]), Err("malformed"));
        assert_eq!(read(&[("authorization", &bearer), ("authorization", &bearer)]), Err("malformed"));
    }

    #[test]
    fn only_our_own_pages_and_clients_without_a_browser_change_things() {
        let base_url = base_url();
        let allowed = |pairs: &[_]| check_same_origin(&headers(pairs), &base_url).is_ok();
        let session = ("cookie", "__Host-session=x");
        assert!(allowed(&[]));
        assert!(allowed(&[("authorization", "Bearer x"), ("origin", "https://evil.example")]));
        assert!(allowed(&[session, ("sec-fetch-site", "same-origin")]));
        assert!(allowed(&[session, ("origin", "https://join.example.com")]));
        for hostile in [
            vec![session],
            vec![session, ("sec-fetch-site", "cross-site")],
            vec![session, ("sec-fetch-site", "same-site")],
            vec![session, ("sec-fetch-site", "none")],
            vec![session, ("sec-fetch-site", "cross-site"), ("origin", "https://join.example.com")],
            vec![session, ("sec-fetch-site", "same-origin, cross-site")],
            vec![session, ("origin", "https://join.example.com.evil.example")],
            vec![session, ("origin", "http://join.example.com")],
            vec![session, ("origin", "null")],
            vec![session, ("authorization", "Bearer x")],
            vec![("authorization", "Basic x"), ("sec-fetch-site", "cross-site")],
            vec![("sec-fetch-site", "cross-site")],
            vec![("origin", "https://evil.example")],
        ] {
            assert!(!allowed(&hostile), "{hostile:?}");
        }
    }
}
