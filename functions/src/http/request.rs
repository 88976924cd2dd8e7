//! A request, as handlers read it.

use std::net::IpAddr;

use lambda_http::{
    Body, Request, RequestExt,
    aws_lambda_events::apigw::ApiGatewayV2httpRequestContext,
    http::{HeaderMap, Method, header},
    request::RequestContext,
};
use serde::de::DeserializeOwned;
use shared::{
    config::{BaseUrl, Config, OriginKeys},
    domain::{ApiKeyToken, IdempotencyKey, MemberId, SessionToken},
};

use super::{
    ApiError, Fields, Page, Separator, SessionCookie, body, credentials,
    gateway::{EXPECTED_MEMBER, IDEMPOTENCY_KEY},
};

/// How many items a page has when the client does not say.
const PAGE_SIZE: u32 = 50;
/// How many rows a page of CSV has at most. What one read gives (1 MB) keeps it within Lambda's 6 MB for an answer.
const CSV_PAGE_SIZE: u32 = 1_000;

/// Whom a page showed as signed in, from the header `Expected-Member`. Another tab may have signed in somebody else since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExpectedMember {
    /// `none`: nobody was signed in.
    Nobody,
    /// A member's id: this member was signed in.
    Member(MemberId),
}

/// One request to the API. Nothing of it is trusted: its methods parse.
pub struct ApiRequest {
    request: Request,
    body_limit: usize,
    page_size_max: u32,
    origin_keys: OriginKeys,
    session_cookie: SessionCookie,
}

impl ApiRequest {
    pub(super) fn new(request: Request, config: &Config) -> Self {
        let origin_keys = config.origin_keys.clone();
        Self {
            request,
            body_limit: config.body_limit,
            page_size_max: config.page_size_max,
            origin_keys,
            session_cookie: SessionCookie::of(&config.base_url),
        }
    }

    /// The value of `{name}` in the route, decoded by the gateway. Empty if the route has no such part, which then is
    /// no id and no code.
    #[must_use]
    pub fn path_param(&self, name: &str) -> &str {
        self.request.path_parameters_ref().and_then(|parameters| parameters.first(name)).unwrap_or_default()
    }

    /// The value of a query parameter, if the request has it.
    ///
    /// # Errors
    /// [`ApiError::Malformed`] for one that is repeated.
    pub fn query(&self, name: &str) -> Result<Option<String>, ApiError> {
        let values = self.request.query_string_parameters_ref().and_then(|parameters| parameters.all(name));
        match values.as_deref() {
            None | Some([]) => Ok(None),
            Some([value]) => Ok(Some((*value).to_owned())),
            Some(_) => Err(ApiError::Malformed),
        }
    }

    /// The page asked for by `limit` and `cursor`.
    ///
    /// # Errors
    /// [`ApiError::InvalidFields`] for a limit out of range, [`ApiError::Malformed`] for a repeated parameter.
    pub fn page(&self) -> Result<Page, ApiError> {
        self.page_of(self.page_size_max, PAGE_SIZE)
    }

    /// The page asked for of a list as CSV, which is read by programs and may be longer: `CSV_PAGE_SIZE` rows unless less is
    /// asked for.
    ///
    /// # Errors
    /// See [`Self::page`].
    pub fn csv_page(&self) -> Result<Page, ApiError> {
        self.page_of(CSV_PAGE_SIZE, CSV_PAGE_SIZE)
    }

    /// What is to stand between the cells of a table as CSV.
    ///
    /// # Errors
    /// [`ApiError::InvalidFields`] for what is none, [`ApiError::Malformed`] for a repeated parameter.
    pub fn csv_separator(&self) -> Result<Separator, ApiError> {
        let mut fields = Fields::default();
        let asked = self.query("separator")?;
        let separator = fields.optional("separator", asked.as_deref(), Separator::parse);
        Ok(fields.finish((separator,))?.0.unwrap_or_default())
    }

    /// The page asked for of a list that gives at most `max` items, and `otherwise` unless asked.
    ///
    /// # Errors
    /// See [`Self::page`].
    pub fn page_of(&self, max: u32, otherwise: u32) -> Result<Page, ApiError> {
        let mut fields = Fields::default();
        let limit = fields.optional("limit", self.query("limit")?, |text| {
            let limit = text.parse().ok().filter(|limit| (1..=max).contains(limit));
            limit.ok_or_else(|| format!("must be a whole number from 1 to {max}"))
        });
        let (limit,) = fields.finish((limit,))?;
        Ok(Page { limit: limit.unwrap_or(otherwise.min(max)), cursor: self.query("cursor")? })
    }

    /// The body, which must be a JSON object.
    ///
    /// # Errors
    /// [`ApiError::UnsupportedMediaType`], [`ApiError::BodyTooLarge`] or [`ApiError::Malformed`].
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        self.json_within(self.body_limit)
    }

    /// The body, which must be a JSON object of at most `limit` bytes: where another limit holds than for all others.
    ///
    /// # Errors
    /// See [`Self::json`].
    pub fn json_within<T: DeserializeOwned>(&self, limit: usize) -> Result<T, ApiError> {
        body::parse(self.content_type(), self.bytes(), limit)
    }

    /// The body as it is, which must be announced as a CSV file, and be at most `limit` bytes long.
    ///
    /// # Errors
    /// [`ApiError::UnsupportedMediaType`] or [`ApiError::BodyTooLarge`].
    pub fn csv(&self, limit: usize) -> Result<&[u8], ApiError> {
        // No form can send these either, and a browser asks us before it lets another site do it.
        const TYPES: [&str; 2] = ["text/csv", "text/csv; charset=utf-8"];
        if !self.content_type().is_some_and(|value| TYPES.iter().any(|name| value.eq_ignore_ascii_case(name))) {
            return Err(ApiError::UnsupportedMediaType);
        }
        let bytes = self.bytes();
        if bytes.len() > limit { Err(ApiError::BodyTooLarge) } else { Ok(bytes) }
    }

    fn content_type(&self) -> Option<&str> {
        let mut types = self.headers().get_all(header::CONTENT_TYPE).into_iter();
        match (types.next(), types.next()) {
            (Some(value), None) => value.to_str().ok(),
            _ => None,
        }
    }

    fn bytes(&self) -> &[u8] {
        match self.request.body() {
            Body::Text(text) => text.as_bytes(),
            Body::Binary(bytes) => bytes,
            _ => &[],
        }
    }

    /// Whether the answer is wanted as CSV: `Accept` names `text/csv`, and JSON not before it.
    #[must_use]
    pub fn wants_csv(&self) -> bool {
        self.prefers("text/csv", "application/json")
    }

    /// Whether `Accept` names the one content type, and the other not before it.
    #[must_use]
    pub fn prefers(&self, one: &str, other: &str) -> bool {
        let mut types = self.header("accept").split(',').filter_map(|range| range.split(';').next()).map(str::trim);
        types.find(|name| [one, other].contains(name)) == Some(one)
    }

    /// Where the request comes from: as the gateway saw it, or, where a distribution stands in front of the API, as that saw it.
    /// Of an IPv6 address it is the /64 network, because one client has all of that. For limits only.
    #[must_use]
    pub fn source_ip(&self) -> String {
        let text =
            if self.origin_keys.are_needed() { self.header("x-viewer-address") } else { self.gateway_source_ip() };
        match text.parse::<IpAddr>().map(|address| address.to_canonical()) {
            Ok(IpAddr::V4(address)) => address.to_string(),
            Ok(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
            Err(_) => String::new(),
        }
    }

    fn gateway_source_ip(&self) -> &str {
        self.of_gateway(|context| context.http.source_ip.as_deref())
    }

    /// What the gateway says of the request; empty where it says nothing.
    fn of_gateway(&self, text: impl Fn(&ApiGatewayV2httpRequestContext) -> Option<&str>) -> &str {
        match self.request.request_context_ref() {
            Some(RequestContext::ApiGatewayV2(context)) => text(context).unwrap_or_default(),
            _ => "",
        }
    }

    /// Checks that the request came through the distribution in front of the API, if one stands there: past it, a client could claim any
    /// address. [`super::serve`] does so for every request.
    ///
    /// # Errors
    /// [`ApiError::DirectCall`].
    pub fn check_origin_key(&self) -> Result<(), ApiError> {
        let keys = &self.origin_keys;
        if !keys.are_needed() || keys.have(self.header("x-origin-key")) { Ok(()) } else { Err(ApiError::DirectCall) }
    }

    /// The value of a header, empty if the request does not have it. The gateway joins repeated ones.
    fn header(&self, name: &str) -> &str {
        self.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The id under which the log knows this request.
    #[must_use]
    pub fn request_id(&self) -> &str {
        let of_lambda = self.request.lambda_context_ref().map(|context| context.request_id.as_str());
        let of_gateway = || self.of_gateway(|context| context.request_id.as_deref());
        of_lambda.filter(|id| !id.is_empty()).unwrap_or_else(of_gateway)
    }

    /// The token of the session, from the cookie or the bearer, if the request has one. Whether the session lives is
    /// for the store to say.
    ///
    /// # Errors
    /// [`ApiError::Malformed`] for more than one, [`ApiError::Unauthenticated`] for a bearer that is none,
    /// [`ApiError::Forbidden`] for an API key.
    pub fn session_token(&self) -> Result<Option<SessionToken>, ApiError> {
        credentials::session_token(self.headers(), self.session_cookie)
    }

    /// The session of the browser that the request comes from, if it shows one.
    #[must_use]
    pub fn browser_session(&self) -> Option<SessionToken> {
        credentials::browser_session(self.headers(), self.session_cookie)
    }

    /// The API key, if the request shows one. Whether it is good is for the store to say.
    ///
    /// # Errors
    /// [`ApiError::Malformed`] for one beside a session, [`ApiError::Unauthenticated`] for one that is none.
    pub fn api_key(&self) -> Result<Option<ApiKeyToken>, ApiError> {
        credentials::api_key(self.headers(), self.session_cookie)
    }

    /// The key under which the request asks for something to be made, if it has one.
    ///
    /// # Errors
    /// [`ApiError::InvalidIdempotencyKey`] for what is none, and for two.
    pub fn idempotency_key(&self) -> Result<Option<IdempotencyKey>, ApiError> {
        let mut values = self.headers().get_all(IDEMPOTENCY_KEY).into_iter();
        let Some(value) = values.next() else { return Ok(None) };
        let key = value.to_str().ok().filter(|_| values.next().is_none()).map(IdempotencyKey::parse);
        key.and_then(Result::ok).map(Some).ok_or(ApiError::InvalidIdempotencyKey)
    }

    /// The member whose session the client takes this request's to be, if the client says so.
    ///
    /// # Errors
    /// [`ApiError::Malformed`] for a value that is neither `none` nor a member's id, and for two values.
    pub fn expected_member(&self) -> Result<Option<ExpectedMember>, ApiError> {
        let mut values = self.headers().get_all(EXPECTED_MEMBER).into_iter();
        let Some(value) = values.next() else { return Ok(None) };
        let value = value.to_str().ok().filter(|_| values.next().is_none()).ok_or(ApiError::Malformed)?;
        match value {
            "none" => Ok(Some(ExpectedMember::Nobody)),
            id => MemberId::parse(id).map(|id| Some(ExpectedMember::Member(id))).map_err(|_| ApiError::Malformed),
        }
    }

    /// The route as the gateway names it, such as `POST /v1/links`.
    #[must_use]
    pub fn route(&self) -> &str {
        self.of_gateway(|context| context.route_key.as_deref())
    }

    /// All of the request that says what it asks for: method and route, path, query and body, as they were sent.
    #[must_use]
    pub fn what_is_asked(&self) -> [&[u8]; 4] {
        let path = self.of_gateway(|context| context.http.path.as_deref());
        let query = self.request.uri().query().unwrap_or_default();
        [self.route().as_bytes(), path.as_bytes(), query.as_bytes(), self.bytes()]
    }

    /// Whether the request asks to see something, and not to change it.
    #[must_use]
    pub fn only_reads(&self) -> bool {
        matches!(*self.method(), Method::GET | Method::HEAD)
    }

    /// Checks that our own pages sent the request, or a client that is no browser. [`super::serve`] does so for every
    /// method but GET and HEAD.
    ///
    /// # Errors
    /// [`ApiError::CsrfFailed`].
    pub fn check_same_origin(&self, base_url: &BaseUrl) -> Result<(), ApiError> {
        credentials::check_same_origin(self.headers(), base_url)
    }

    pub(super) fn method(&self) -> &Method {
        self.request.method()
    }

    fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }
}
