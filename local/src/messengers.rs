//! The programs of messengers, which look at an address before they show it, and what they are shown of a join page. The
//! distribution does the same, by the template's function `PageOfPath`.

use axum::{
    body::Body,
    http::{HeaderValue, Request, Response, StatusCode, header},
};

/// What stands in the `User-Agent` of these programs, in lower case. Of people's browsers none has it.
const NAMES: [&str; 12] = [
    "facebookexternalhit",
    "facebot",
    "twitterbot",
    "whatsapp",
    "telegrambot",
    "slackbot",
    "discordbot",
    "linkedinbot",
    "skypeuripreview",
    "google-pagerenderer",
    "mattermost",
    "zulipurlpreview",
];

/// Where a messenger's program finds what to show of the join page that it asks for; nothing where the page itself is asked for.
pub(crate) fn sent_to_preview(request: &Request<Body>) -> Option<Response<Body>> {
    let path = request.uri().path();
    let code = path.strip_prefix("/join/").map(|code| code.strip_suffix('/').unwrap_or(code))?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let asks_for_page = |query: &str| query.split('&').any(|pair| pair.split('=').next() == Some("open"));
    if code.is_empty() || !code.bytes().all(plain) || request.uri().query().is_some_and(asks_for_page) {
        return None;
    }
    let agent = request.headers().get(header::USER_AGENT)?.to_str().ok()?.to_ascii_lowercase();
    if !NAMES.iter().any(|name| agent.contains(name)) {
        return None;
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::FOUND;
    let preview = HeaderValue::from_str(&format!("/v1/join/{code}/preview")).ok()?;
    response.headers_mut().insert(header::LOCATION, preview);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Some(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::find_in_project;

    fn location(path: &str, agent: &str) -> Option<String> {
        let request = Request::get(path).header("user-agent", agent).body(Body::empty()).unwrap();
        let response = sent_to_preview(&request)?;
        assert_eq!(response.status(), StatusCode::FOUND);
        Some(response.headers()["location"].to_str().unwrap().to_owned())
    }

    #[test]
    fn messengers_are_sent_to_the_preview_of_a_link_and_people_to_its_page() {
        let messengers = [
            "WhatsApp/2.23.20.0 A",
            "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
            "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
            "TelegramBot (like TwitterBot)",
        ];
        for agent in messengers {
            assert_eq!(location("/join/abc", agent).as_deref(), Some("/v1/join/abc/preview"), "{agent}");
            assert_eq!(location("/join/abc/", agent).as_deref(), Some("/v1/join/abc/preview"), "{agent}");
            for page in [
                "/join/abc?open",
                "/join/abc?a=b&open=1",
                "/join/",
                "/join/a/b",
                "/join/a%20b",
                "/sign-in?t=abc",
                "/",
                "/training",
            ] {
                assert_eq!(location(page, agent), None, "{agent} at {page}");
            }
        }
        for agent in [
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/500.0;]",
            "",
        ] {
            assert_eq!(location("/join/abc", agent), None, "{agent}");
        }
    }

    #[test]
    fn the_distribution_knows_the_same_messengers() {
        let template = std::fs::read_to_string(find_in_project("template.yaml")).unwrap();
        assert!(template.contains(&format!("/{}/i.test(agent)", NAMES.join("|"))));
    }
}
