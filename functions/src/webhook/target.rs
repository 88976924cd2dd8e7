//! Which URLs a webhook may have.

use std::net::IpAddr;

use lambda_http::http::Uri;
use shared::config::WebhookTargets;

/// The longest URL, in bytes.
const URL_MAX: usize = 2_000;

/// The ports that public receivers may listen on.
const PORTS: [u16; 2] = [443, 8443];

/// Why a URL is none for a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be an https address with a host name, on port 443 or 8443, of at most 2,000 bytes")]
pub struct NoTarget;

/// Holds a URL against the rules. Where its name leads to is checked when a connection is made, not here: it may lead elsewhere
/// by then. A literal address is refused here, since no name is looked up for one.
///
/// # Errors
/// [`NoTarget`].
pub fn check_url(text: &str, targets: WebhookTargets) -> Result<(), NoTarget> {
    let plain =
        text.len() <= URL_MAX && text.bytes().all(|byte| byte.is_ascii_graphic()) && !text.contains(['#', '\\']);
    let uri: Uri = text.parse().map_err(|_| NoTarget)?;
    let authority = uri.authority().ok_or(NoTarget)?;
    if !plain || authority.host().is_empty() || authority.as_str().contains('@') {
        return Err(NoTarget);
    }
    let scheme = uri.scheme_str().unwrap_or_default();
    let allowed = match targets {
        WebhookTargets::Any => matches!(scheme, "http" | "https"),
        WebhookTargets::Public => {
            let literal = authority.host().starts_with('[') || authority.host().parse::<IpAddr>().is_ok();
            scheme == "https" && !literal && authority.port_u16().is_none_or(|port| PORTS.contains(&port))
        }
    };
    // `host:` and `host:99999` have no port as a number.
    let odd_port = authority.port_u16().is_none() && authority.as_str() != authority.host();
    if allowed && !odd_port { Ok(()) } else { Err(NoTarget) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_webhook_goes_to_a_name_by_https() {
        let good = ["https://example.com/hook", "https://example.com:8443/", "https://a.b.example:443/x?y=z"];
        let bad = [
            "http://example.com/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest/meta-data/",
            "https://user@example.com/",
            "https://example.com:22/",
            "https://example.com:/",
            "https://example.com:99999/",
            "ftp://example.com/",
            "example.com",
            "/hook",
            "https://",
            "https://exa mple.com/",
            "https://example.com/#x",
            "https://example.com\\@10.0.0.1/",
        ];
        for url in good {
            assert_eq!(check_url(url, WebhookTargets::Public), Ok(()), "{url}");
        }
        for url in bad {
            assert_eq!(check_url(url, WebhookTargets::Public), Err(NoTarget), "{url}");
        }
        assert!(check_url(&format!("https://example.com/{}", "x".repeat(2_000)), WebhookTargets::Public).is_err());
    }

    #[test]
    fn where_any_target_is_allowed_loopback_is_too() {
        assert_eq!(check_url("http://127.0.0.1:9000/hook", WebhookTargets::Any), Ok(()));
        assert!(check_url("ftp://127.0.0.1/", WebhookTargets::Any).is_err());
    }
}
