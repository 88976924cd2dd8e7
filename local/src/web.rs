//! The static pages of `web/`, with the headers a site of ours has.

use std::path::PathBuf;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, Uri, header},
};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::messengers;

/// Which page stands behind a path that is not a file's own, and whether its address is somebody's own, so that search engines
/// shall leave it out.
const PAGES: [(Paths, &str, bool); 4] = [
    (Paths::Below("/join"), "join.html", true),
    (Paths::One("/sign-in"), "sign-in.html", true),
    (Paths::One("/training"), "training.html", false),
    (Paths::All("/admin"), "admin.html", false),
];

/// The paths of a page.
#[derive(Debug, Clone, Copy)]
enum Paths {
    /// This, and what a mail program or a person may have added to its end.
    One(&'static str),
    /// One segment below this, and the same.
    Below(&'static str),
    /// This and all below it, also with a slash at the end: a page that shows another part of itself under each. No segment has a
    /// dot, as files have.
    All(&'static str),
}

/// Whether a path's end is none that a page has: slashes, marks, and what is percent-encoded.
fn is_added(end: &str) -> bool {
    let mut bytes = end.bytes();
    while let Some(byte) = bytes.next() {
        let encoded = byte == b'%' && bytes.by_ref().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
        if !encoded && (byte == b'%' || byte.is_ascii_alphanumeric() || byte == b'-') {
            return false;
        }
    }
    true
}

/// What comes after a prefix and a slash.
fn below<'a>(path: &'a str, prefix: &str) -> Option<&'a str> {
    path.strip_prefix(prefix)?.strip_prefix('/')
}

impl Paths {
    fn has(self, path: &str) -> bool {
        match self {
            Self::One(exact) => path.strip_prefix(exact).is_some_and(is_added),
            Self::Below(prefix) => below(path, prefix).is_some_and(|rest| {
                let (segment, end) = rest.split_once('/').unwrap_or((rest, ""));
                !segment.is_empty() && is_added(end)
            }),
            Self::All(prefix) => {
                let segment = |text: &str| {
                    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                };
                let path = path.strip_suffix('/').unwrap_or(path);
                path == prefix || below(path, prefix).is_some_and(|rest| rest.split('/').all(segment))
            }
        }
    }
}

/// Everything from here, nothing inline but the import map, which is named by its hash, in nobody's frame.
const POLICY: &str = "default-src 'none'; script-src 'self' 'sha256-giyOi/DzVce3kWOK4mj/u1nH/beqD7SpDFwhut/SXg8='; style-src 'self'; img-src 'self'; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'";

/// The folder of pages.
#[derive(Debug, Clone)]
pub struct Web {
    folder: PathBuf,
}

impl Web {
    /// Serves a folder.
    ///
    /// # Errors
    /// When it has no start page.
    pub fn new(folder: PathBuf) -> anyhow::Result<Self> {
        if !folder.join("index.html").is_file() {
            anyhow::bail!("{} has no index.html; give the folder with the web pages with --web", folder.display());
        }
        Ok(Self { folder })
    }

    /// Answers one request.
    pub async fn handle(&self, request: Request<Body>) -> Response<Body> {
        if let Some(mut sent) = messengers::sent_to_preview(&request) {
            secure(sent.headers_mut());
            sent.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            return sent;
        }
        let path = request.uri().path();
        let kept = is_kept(path);
        let page = PAGES.iter().find(|(paths, ..)| paths.has(path));
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        let mut response = match page {
            Some((_, file, _)) => self.file(request.method().clone(), request.headers().clone(), file).await,
            None => self.serve(request).await,
        };
        if response.status() == StatusCode::NOT_FOUND && reads {
            response = self.file(Method::GET, HeaderMap::new(), "404.html").await;
            *response.status_mut() = StatusCode::NOT_FOUND;
        }
        secure(response.headers_mut());
        let kept = kept && response.status().is_success();
        let cache = if kept { "public, max-age=31536000, immutable" } else { "no-cache" };
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        if page.is_some_and(|(_, _, private)| *private) {
            response.headers_mut().insert("x-robots-tag", HeaderValue::from_static("noindex"));
        }
        response
    }

    /// A file under another path than its own. The query string may hold a token and is left behind.
    async fn file(&self, method: Method, headers: HeaderMap, name: &str) -> Response<Body> {
        let mut inner = Request::new(Body::empty());
        *inner.method_mut() = method;
        *inner.headers_mut() = headers;
        *inner.uri_mut() = Uri::try_from(format!("/{name}")).unwrap_or_default();
        self.serve(inner).await
    }

    async fn serve(&self, request: Request<Body>) -> Response<Body> {
        match ServeDir::new(&self.folder).oneshot(request).await {
            Ok(response) => response.map(Body::new),
            Err(never) => match never {},
        }
    }
}

fn secure(headers: &mut HeaderMap) {
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
        // A browser heeds this on https alone.
        ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// Whether a file has a hash of its bytes in its name, as `web/prepare` names them: a browser may keep it for good.
fn is_kept(path: &str) -> bool {
    path.starts_with("/assets/")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use base64::Engine;
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::template::{find_in_project, yaml::Node};

    /// The headers that the distribution gives pages, by the template's policy of that name.
    fn deployed(policy: &str) -> BTreeMap<String, String> {
        let template = Node::parse(&std::fs::read_to_string(find_in_project("template.yaml")).unwrap()).unwrap();
        let config = template.at(&["Resources", policy, "Properties", "ResponseHeadersPolicyConfig"]).unwrap();
        let text = |path: &[&str]| config.at(path).unwrap().text().unwrap().to_owned();
        let secure = |section, field| text(&["SecurityHeadersConfig", section, field]);
        assert_eq!(secure("StrictTransportSecurity", "IncludeSubdomains"), "true");
        assert_eq!(secure("ContentTypeOptions", "Override"), "true");
        let age = secure("StrictTransportSecurity", "AccessControlMaxAgeSec");
        let mut headers = BTreeMap::from([
            ("content-security-policy".to_owned(), secure("ContentSecurityPolicy", "ContentSecurityPolicy")),
            ("strict-transport-security".to_owned(), format!("max-age={age}; includeSubDomains")),
            ("x-content-type-options".to_owned(), "nosniff".to_owned()),
        ]);
        if let Some(policy) = config.at(&["SecurityHeadersConfig", "ReferrerPolicy", "ReferrerPolicy"]) {
            headers.insert("referrer-policy".to_owned(), policy.text().unwrap().to_owned());
        }
        for item in config.at(&["CustomHeadersConfig", "Items"]).unwrap().items().unwrap() {
            let field = |name| item.get(name).unwrap().text().unwrap().to_owned();
            headers.insert(field("Header"), field("Value"));
        }
        headers
    }

    #[tokio::test]
    async fn pages_have_the_headers_that_they_have_when_they_are_deployed() {
        // Of the file itself, not of the policy.
        let own = ["content-type", "content-length", "last-modified", "accept-ranges", "cache-control", "etag"];
        for (path, policy) in [
            ("/", "SiteHeaders"),
            ("/training", "SiteHeaders"),
            ("/join/abcdef", "PrivatePageHeaders"),
            ("/sign-in", "PrivatePageHeaders"),
        ] {
            let response = get(path).await;
            let given = response.headers().iter().filter(|(name, _)| !own.contains(&name.as_str()));
            let given = given.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
            assert_eq!(given.collect::<BTreeMap<_, _>>(), deployed(policy), "{path}");
        }
    }

    #[test]
    fn what_the_gateway_answers_itself_has_the_headers_of_the_functions_answers() {
        let always = functions::http::ALWAYS.map(|(name, value)| (name.to_string(), value.to_owned()));
        assert_eq!(deployed("ApiHeaders"), BTreeMap::from(always));
    }

    async fn get(path: &str) -> Response<Body> {
        let web = Web::new(find_in_project("web")).unwrap();
        web.handle(Request::get(path).body(Body::empty()).unwrap()).await
    }

    #[tokio::test]
    async fn every_page_has_its_type_and_the_sites_headers() {
        for (path, kind) in [
            ("/", "text/html"),
            ("/join/abcdef", "text/html"),
            ("/sign-in?t=secret", "text/html"),
            ("/sign-in/?t=secret", "text/html"),
            ("/join/abcdef/", "text/html"),
            ("/join/abcdef.", "text/html"),
            ("/join/abcd%20ef%E2%80%8B/%3E", "text/html"),
            ("/training).", "text/html"),
            ("/css/base.css", "text/css"),
            ("/training", "text/html"),
            ("/admin", "text/html"),
            ("/admin/links/", "text/html"),
            ("/admin/links/6f6c3b0e-0000-4000-8000-000000000001/edit", "text/html"),
            ("/api.js", "text/javascript"),
        ] {
            let response = get(path).await;
            assert_eq!(response.status(), 200, "{path}");
            assert!(response.headers()["content-type"].to_str().unwrap().starts_with(kind), "{path}");
            assert!(response.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
            assert_eq!(response.headers()["referrer-policy"], "no-referrer");
            assert_eq!(
                response.headers().contains_key("x-robots-tag"),
                path.starts_with("/join") || path.starts_with("/sign")
            );
        }
    }

    #[tokio::test]
    async fn a_file_named_by_its_hash_is_kept_for_good_and_every_other_is_asked_for_again() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("assets")).unwrap();
        for name in ["index.html", "404.html", "assets/base-pTpE24pk.js"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        let web = Web::new(folder.path().to_owned()).unwrap();
        for (path, cache) in [
            ("/assets/base-pTpE24pk.js", "public, max-age=31536000, immutable"),
            ("/assets/base-gone.js", "no-cache"),
            ("/", "no-cache"),
        ] {
            let response = web.handle(Request::get(path).body(Body::empty()).unwrap()).await;
            assert_eq!(response.headers()["cache-control"], cache, "{path}");
        }
    }

    #[tokio::test]
    async fn nothing_outside_the_folder_is_served() {
        for path in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "/nothing",
            "/join/",
            "/join/a/b",
            "/join/a/%2",
            "/join//",
            "/sign-in/x",
            "/sign-in-x",
            "/trainings",
            "/admin//",
            "/admin/a//b",
            "/admin/A",
            "/administrator",
            "/admin/app.js",
        ] {
            assert_eq!(get(path).await.status(), 404, "{path}");
        }
    }

    #[tokio::test]
    async fn the_policy_names_the_import_map_of_each_page() {
        let mut maps = 0;
        for entry in std::fs::read_dir(find_in_project("web")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|e| e != "html") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for rest in text.split("<script type=\"importmap\">").skip(1) {
                let (map, _) = rest.split_once("</script>").unwrap();
                let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(map));
                assert!(POLICY.contains(&format!("'sha256-{hash}'")), "{}: {hash}", path.display());
                maps += 1;
            }
        }
        assert!(maps >= 3, "{maps}");
    }

    #[tokio::test]
    async fn no_page_holds_inline_code_or_style_or_fetches_from_elsewhere() {
        for entry in std::fs::read_dir(find_in_project("web")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "html") {
                let text = std::fs::read_to_string(&path).unwrap();
                for part in ["<style", "style=", "<script>", " onclick", "src=\"http", "url(http"] {
                    assert!(!text.contains(part), "{} has {part}", path.display());
                }
            }
        }
    }
}
