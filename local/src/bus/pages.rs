//! `/dev/events`: what others were told, for people; and as JSON for scripts.

use std::fmt::Write;

use axum::{
    body::Body,
    http::{HeaderMap, Response, Uri},
};
use serde_json::Value;

use super::Recorder;
use crate::dev_page::{self, escape};

/// How many events the page shows; JSON gives all that are kept.
const SHOWN: usize = 100;

/// Answers `/dev/events` and `/dev/events.json`; none for other paths.
pub(crate) fn show(recorder: &Recorder, uri: &Uri, headers: &HeaderMap) -> Option<Response<Body>> {
    let as_json = dev_page::as_json(uri.path(), "/dev/events", headers)?;
    let events = recorder.all();
    let rendered = if as_json { serde_json::to_string(&events).map_err(Into::into) } else { Ok(page(&events)) };
    Some(dev_page::respond(rendered, as_json))
}

fn page(events: &[Value]) -> String {
    let mut out = dev_page::head("Events");
    out.push_str(
        "<p>Events put on the bus since the last start, newest first. \
         <a href=\"/dev/events.json\">As JSON</a> · <a href=\"/\">Start page</a></p>",
    );
    if events.is_empty() {
        out.push_str("<p>No events yet.</p>");
    }
    for event in events.iter().rev().take(SHOWN) {
        let text = |value: &Value| escape(value.as_str().unwrap_or_default());
        let detail = serde_json::to_string_pretty(&event["detail"]).unwrap_or_default();
        let _ = write!(
            out,
            "<article class=\"mail\"><h2>{}</h2><p><time datetime=\"{at}\">{at}</time></p><pre>{}</pre></article>",
            text(&event["detail-type"]),
            escape(&detail),
            at = text(&event["time"]),
        );
    }
    out.push_str("</main></body></html>");
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_an_event_says_becomes_part_of_the_page() {
        let bad = "\"><script>alert(1)</script>";
        let page = page(&[json!({"detail-type": bad, "time": bad, "detail": {"x": bad, bad: 1}})]);
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("&lt;script&gt;"));
    }
}
