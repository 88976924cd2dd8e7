//! `/dev/mail`: every message, its links clickable, for people; and as JSON for scripts.

use std::fmt::Write;

use axum::{
    body::Body,
    http::{HeaderMap, Response, Uri},
};
use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::{Mailbox, Message};
use crate::dev_page::{self, escape};

/// How many messages the page shows; JSON gives all that are kept.
const SHOWN: usize = 100;

/// Answers `/dev/mail` and `/dev/mail.json`, with `?to=address` for one person's mail; none for other paths.
pub(crate) fn show(mailbox: &Mailbox, uri: &Uri, headers: &HeaderMap) -> Option<Response<Body>> {
    let as_json = dev_page::as_json(uri.path(), "/dev/mail", headers)?;
    let query: Vec<(String, String)> = serde_urlencoded::from_str(uri.query().unwrap_or_default()).unwrap_or_default();
    let to = query.into_iter().find(|(name, _)| name == "to").map(|(_, value)| value).filter(|to| !to.is_empty());
    let rendered = if as_json {
        mailbox.messages(to.as_deref()).and_then(|messages| Ok(serde_json::to_string(&messages)?))
    } else {
        mailbox.store.list(to.as_deref(), SHOWN).map(|messages| page(&messages, to.as_deref()))
    };
    Some(dev_page::respond(rendered, as_json))
}

fn page(messages: &[Message], to: Option<&str>) -> String {
    let mut out = dev_page::head("Mail");
    out.push_str(
        "<p>All emails the system has sent, newest first. \
         They never leave this machine. <a href=\"/dev/mail.json\">As JSON</a> · <a href=\"/\">Start page</a></p>\
         <form action=\"/dev/mail\" method=\"get\"><label>To <input name=\"to\" type=\"email\" value=\"",
    );
    let _ = write!(out, "{}\"></label> <button>Filter</button></form>", escape(to.unwrap_or_default()));
    if messages.is_empty() {
        out.push_str("<p>No emails yet.</p>");
    }
    for message in messages.iter().rev() {
        let _ = write!(
            out,
            "<article class=\"mail\"><h2>{}</h2><p>To {} · from {} · <time datetime=\"{at}\">{shown}</time></p><pre>{}</pre>",
            escape(&message.subject),
            escape(&message.to.join(", ")),
            escape(&readable_sender(&message.from)),
            with_links(&message.text),
            at = escape(&message.at),
            shown = escape(&readable(&message.at)),
        );
        if !message.html.is_empty() {
            // In a sandbox: no script, no form, no access to this page; a click opens a new tab.
            let inner = format!("<base target=\"_blank\">{}", message.html);
            let _ = write!(
                out,
                "<details><summary>HTML part</summary><iframe title=\"HTML part\" \
                 sandbox=\"allow-popups allow-popups-to-escape-sandbox\" srcdoc=\"{}\"></iframe></details>",
                escape(&inner)
            );
        }
        out.push_str("</article>");
    }
    out.push_str("</main></body></html>");
    out
}

/// An instant for people: to the second, and said to be UTC.
fn readable(at: &str) -> String {
    match at.split_once('T') {
        Some((date, time)) => format!("{date} {} UTC", time.get(..8).unwrap_or(time)),
        None => at.to_owned(),
    }
}

/// A sender as mail programs show it: a name in encoded words (RFC 2047, UTF-8 in base64) as the text it stands for.
fn readable_sender(from: &str) -> String {
    let mut out = String::new();
    let mut after_encoded = false;
    for word in from.split(' ') {
        let decoded = encoded_word(word);
        // The space between two encoded words only separates them.
        let only_separates = after_encoded && decoded.is_some();
        if !out.is_empty() && !only_separates {
            out.push(' ');
        }
        after_encoded = decoded.is_some();
        out.push_str(decoded.as_deref().unwrap_or(word));
    }
    out
}

fn encoded_word(word: &str) -> Option<String> {
    let encoded = word.strip_prefix("=?utf-8?b?")?.strip_suffix("?=")?;
    String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok()
}

fn with_links(text: &str) -> String {
    let (mut out, mut end) = (String::new(), 0);
    for (start, link, after) in links(text) {
        let _ = write!(out, "{}<a href=\"{link}\">{link}</a>", escape(&text[end..start]), link = escape(link));
        end = after;
    }
    out.push_str(&escape(&text[end..]));
    out
}

/// Where each link of a plain text begins, the link, and where it ends.
pub(super) fn links(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = &text[from..];
        let start = from + ["https://", "http://"].iter().filter_map(|scheme| rest.find(scheme)).min()?;
        let link = &text[start..];
        let link = link.split([' ', '\n', '\r', '\t', '<', '>', '"']).next()?;
        let link = link.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
        from = start + link.len().max(1);
        Some((start, link, from))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> Message {
        Message {
            id: "1".into(),
            to: vec!["ada@example.com".into()],
            from: "mail@example.com".into(),
            subject: "<script>alert(1)</script>".into(),
            text: "Go to http://localhost:3000/sign-in?t=a_b-c.\nOr <http://x.y/é> & on".into(),
            html: "<p onclick=\"x\">Hi</p><script>alert(2)</script>".into(),
            at: "2026-01-01T00:00:00.000Z".into(),
        }
    }

    #[test]
    fn a_sender_is_shown_as_mail_programs_show_it() {
        let from = "=?utf-8?b?U8O2aG5l?= =?utf-8?b?IOadseS6rA==?= <mail@example.com>";
        assert_eq!(readable_sender(from), "Söhne 東京 <mail@example.com>");
        assert_eq!(readable_sender("\"Acme Welding\" <mail@example.com>"), "\"Acme Welding\" <mail@example.com>");
        assert_eq!(readable_sender("mail@example.com"), "mail@example.com");
    }

    #[test]
    fn links_are_found_without_the_punctuation_around_them() {
        let message = message();
        let found: Vec<_> = links(&message.text).map(|(_, link, _)| link).collect();
        assert_eq!(found, ["http://localhost:3000/sign-in?t=a_b-c", "http://x.y/é"]);
        assert_eq!(message.first_link(), Some(found[0]));
    }

    #[test]
    fn nothing_a_message_says_becomes_part_of_the_page() {
        let page = page(&[message()], Some("\"><script>"));
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("<a href=\"http://localhost:3000/sign-in?t=a_b-c\">"));
        assert!(page.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""));
    }
}
