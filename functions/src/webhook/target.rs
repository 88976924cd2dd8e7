//! Which URLs a webhook may have.

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
            scheme == "https"
                && is_name(authority.host())
                && authority.port_u16().is_none_or(|port| PORTS.contains(&port))
        }
    };
    // `host:` and `host:99999` have no port as a number, and the number of `host:+443` is written otherwise.
    let port = authority.port_u16().map_or_else(String::new, |port| format!(":{port}"));
    let odd_port = authority.as_str() != format!("{}{port}", authority.host());
    if allowed && !odd_port { Ok(()) } else { Err(NoTarget) }
}

/// Whether a host can be a name of the public Internet, by RFC 1123 with the underscore that some use. What ends in a number is an
/// address, however it is written (<https://url.spec.whatwg.org/#ends-in-a-number-checker>), and no top-level domain begins with one.
fn is_name(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let is_label = |label: &str| {
        let plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        (1..=63).contains(&label.len()) && plain && !label.starts_with('-') && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253 && host.split('.').all(is_label) && !last.starts_with(|first: char| first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_webhook_goes_to_a_name_by_https() {
        let good = [
            "https://example.com/hook",
            "https://example.com:8443/",
            "https://a.b.example:443/x?y=z",
            "https://1_a.xn--p1ai./",
        ];
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
            "https://example.com:+443/",
            "https://example.com:0443/",
            "https://0177.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://127.1/",
            "https://127.0.0.1./",
            "https://example..com/",
            "https://.example.com/",
            "https://-example.com/",
            "https://*.example.com/",
            "https://a,b.example/",
            "https://example.com;x/",
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
