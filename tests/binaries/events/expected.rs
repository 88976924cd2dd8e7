//! What each sample event leads to: the answer, and the kinds of items that are different afterwards. A refusal changes
//! nothing; limit counters do not count.

use serde_json::{Value, json};

/// What is expected of an event.
pub struct Expected {
    /// Its file, without `.json`.
    pub event: &'static str,
    /// What the function gives.
    pub answer: Answer,
    /// The entities of the items it puts, changes or removes.
    pub changes: &'static [&'static str],
}

/// What a function gives.
pub enum Answer {
    /// An HTTP answer of this status, its JSON body including this.
    Http(u16, Value),
    /// A value including this.
    Output(Value),
    /// An error whose text includes this.
    Fails(&'static str),
}

fn http(event: &'static str, status: u16, body: Value, changes: &'static [&'static str]) -> Expected {
    Expected { event, answer: Answer::Http(status, body), changes }
}

fn refused(event: &'static str, status: u16, code: &str) -> Expected {
    http(event, status, json!({"error": {"code": code}}), &[])
}

fn output(event: &'static str, output: Value, changes: &'static [&'static str]) -> Expected {
    Expected { event, answer: Answer::Output(output), changes }
}

fn outcomes(outcomes: &[&str]) -> Value {
    json!({"results": outcomes.iter().map(|outcome| json!({"outcome": outcome})).collect::<Vec<_>>()})
}

/// Every expectation.
pub fn all() -> Vec<Expected> {
    [
        joining(),
        signing_in(),
        links(),
        members(),
        jobs(),
        catalog(),
        organization(),
        suppressions(),
        webhooks(),
        without_route(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn joining() -> Vec<Expected> {
    const TAKEN: &[&str] = &["enrollment", "lot", "mail", "mail_request", "member"];
    const PENDING: &[&str] = &["enrollment", "lot", "mail_request", "member"];
    let mailed = || json!({"status": "check_your_mail"});
    let open = |admission| json!({"organization": "Acme Welding", "admission": admission, "state": "open"});
    vec![
        http("view-link", 200, open("instant"), &[]),
        http("view-link.approval", 200, open("approval"), &[]),
        http("view-link.as-people-copy-it", 200, open("instant"), &[]),
        refused("view-link.malformed-code", 404, "link_not_found"),
        refused("view-link.full", 409, "link_full"),
        refused("view-link.inactive", 410, "link_inactive"),
        refused("view-link.expired", 410, "link_expired"),
        http("preview-link", 200, Value::Null, &[]),
        refused("preview-link.unknown", 404, "link_not_found"),
        http("count-opened", 204, Value::Null, &["openings"]),
        http("count-opened.expired", 204, Value::Null, &["openings"]),
        refused("count-opened.unknown", 404, "link_not_found"),
        http("redeem-link", 202, mailed(), TAKEN),
        http("redeem-link.base64", 202, mailed(), TAKEN),
        http("redeem-link.approval", 202, json!({"status": "awaiting_approval"}), PENDING),
        http("redeem-link.signed-in", 200, json!({"status": "enrolled"}), &["enrollment", "lot", "member"]),
        http("redeem-link.again", 202, mailed(), &["mail_request"]),
        refused("redeem-link.honeypot", 422, "confirm_person"),
        refused("redeem-link.array-body", 400, "malformed"),
        refused("redeem-link.unknown-field", 400, "malformed"),
        refused("redeem-link.unasked-answer", 422, "invalid_fields"),
        refused("redeem-link.cross-site", 403, "csrf_failed"),
        http("redeem-link.full", 409, json!({"error": {"code": "link_full"}}), &["mail_request"]),
        refused("redeem-link.inactive", 410, "link_inactive"),
        refused("redeem-link.expired", 410, "link_expired"),
        refused("redeem-link.too-large", 413, "body_too_large"),
        refused("redeem-link.not-json", 415, "unsupported_media_type"),
        http("withdraw-registration", 204, Value::Null, &[]),
        refused("withdraw-registration.no-verifier", 422, "invalid_fields"),
        http("correct-registration", 202, mailed(), &[]),
        refused("correct-registration.invalid-address", 422, "invalid_fields"),
    ]
}

fn signing_in() -> Vec<Expected> {
    let asked = || json!({"status": "check_your_mail"});
    let dee = || json!({"member": {"name": "Dee Fitter", "role": "member", "access": "granted"}});
    const SIGNED_IN: &[&str] = &["enrollment", "lot", "member", "session", "token", "unit_member"];
    let training = || {
        json!({
            "member": {"name": "Fay Forge", "role": "member", "access": "granted"},
            "organization": {"name": "Acme Welding", "time_zone": "Europe/Warsaw"},
            "groups": [{"name": "Welders"}],
            "modules": [{"title": "Hot work", "url": "https://training.example/hot-work"}],
        })
    };
    vec![
        http("request-login", 202, asked(), &["mail_request"]),
        http("request-login.unknown-address", 202, asked(), &["mail_request"]),
        refused("request-login.invalid-email", 422, "invalid_fields"),
        http("sign-in", 201, dee(), SIGNED_IN),
        http("sign-in.bearer", 201, dee(), SIGNED_IN),
        refused("sign-in.unknown-token", 401, "invalid_login_token"),
        http("sign-out", 204, Value::Null, &["session"]),
        http("my-training", 200, training(), &[]),
        http("my-training.cookie", 200, training(), &[]),
        http("confirm-name", 200, json!({"name": "Fay Forge-Hill", "name_confirmed": true}), &["member"]),
        http("leave-link", 204, Value::Null, &["enrollment", "lot", "member", "unit_member"]),
        refused("leave-link.never-there", 404, "link_not_found"),
        refused("my-training.two-cookies", 400, "malformed"),
        refused("my-training.no-session", 401, "unauthenticated"),
        refused("my-training.expired-session", 401, "unauthenticated"),
    ]
}

fn links() -> Vec<Expected> {
    const EDITED: &[&str] = &["audit", "door", "link", "lot"];
    const MADE_ONCE: &[&str] = &["audit", "door", "given_answer", "link", "lot"];
    let shown =
        || json!({"id": "01900000-0000-7000-8000-000000000001", "version": 1, "seats": {"taken": 3, "free": 37}});
    let five =
        || json!({"links": [{"status": "expired"}, {"status": "inactive"}, {"status": "full"}, {}, {"cap": 40}]});
    let fields = json!({"error": {"code": "invalid_fields", "fields": {"name": "must not be empty"}}});
    vec![
        http("create-link", 201, json!({"name": "Spring crew", "cap": 40, "status": "open", "version": 1}), EDITED),
        http(
            "create-link.terms",
            201,
            json!({"overflow": "waiting_list", "domains": {"others": "approval"}, "fields": [{"key": "trade"}]}),
            EDITED,
        ),
        http(
            "create-link.translations",
            201,
            json!({"text_language": "en", "translations": {"de": {"fields": {"trade": {"label": "Ihr Gewerk"}}}}}),
            EDITED,
        ),
        http("create-link.once", 201, json!({"name": "Spring crew", "cap": 40}), MADE_ONCE),
        refused("create-link.two-keys", 400, "invalid_idempotency_key"),
        refused("create-link.as-member", 403, "forbidden"),
        refused("create-link.expiry-past", 422, "invalid_fields"),
        http("create-link.invalid-fields", 422, fields, &[]),
        http("list-links", 200, five(), &[]),
        refused("list-links.foreign-cursor", 400, "invalid_cursor"),
        http("get-link", 200, shown(), &[]),
        refused("get-link.unknown", 404, "link_not_found"),
        http("update-link", 200, json!({"cap": 60, "version": 2, "seats": {"taken": 3, "free": 57}}), EDITED),
        http("update-link.deactivate", 200, json!({"state": "inactive", "status": "inactive", "version": 2}), EDITED),
        refused("update-link.stale-version", 409, "version_conflict"),
        http("regenerate-link", 200, json!({"status": "open", "version": 2}), EDITED),
        http("duplicate-link", 201, json!({"name": "Summer crew", "cap": 40, "status": "open", "version": 1}), EDITED),
        refused("duplicate-link.unknown", 404, "link_not_found"),
        http("change-links", 200, outcomes(&["changed", "unchanged", "not_found"]), EDITED),
        http("change-links.reactivate", 200, outcomes(&["changed"]), EDITED),
        refused("change-links.nothing", 422, "invalid_fields"),
        http("link-poster", 200, Value::Null, &[]),
        http("link-poster.svg", 200, Value::Null, &[]),
        refused("link-poster.unknown", 404, "link_not_found"),
        http("delete-link", 204, Value::Null, EDITED),
        http(
            "link-stats",
            200,
            json!({"link": {"cap": 40, "seats": {"taken": 3, "free": 37}}, "by_state": {"reserved": 3, "enrolled": 0}}),
            &[],
        ),
    ]
}

fn members() -> Vec<Expected> {
    const GRANTED: &[&str] = &["audit", "enrollment", "lot", "mail", "member", "unit_member"];
    let without = json!({"members": [
        {"name": "Gus Late", "access": "unverified"},
        {"name": "Bo Rivet", "access": "unverified"},
        {"name": "Dee Fitter", "access": "unverified", "mail": {"state": "sent"}},
        {"name": "Cy Joiner", "access": "pending"},
    ], "next": null});
    let fay = json!({
        "member": {"name": "Fay Forge", "access": "granted", "allocation": {"groups": [{"name": "Welders"}]}},
        "enrollments": [{"link": {"name": "Spring crew", "state": "active"}, "state": "enrolled", "granted_by": null}],
        "mails": [{"kind": "registration", "state": "complained"}],
        "sessions": 1,
    });
    vec![
        http("list-members", 200, without, &[]),
        http("list-members.search", 200, json!({"members": [{"name": "Bo Rivet"}], "next": null}), &[]),
        refused("list-members.unknown-filter", 422, "invalid_fields"),
        http("get-member", 200, fay, &[]),
        refused("get-member.unknown", 404, "not_found"),
        http("preview-grants", 200, json!({"outcomes": {"granted": 4}, "people": 4, "next": null}), &[]),
        http(
            "preview-grants.bulk",
            200,
            json!({"outcomes": {"not_found": 1, "already_granted": 1, "granted": 1}, "people": 3}),
            &[],
        ),
        http("grant-access", 200, outcomes(&["granted"]), GRANTED),
        http("grant-access.bulk", 200, outcomes(&["not_found", "already_granted", "granted"]), GRANTED),
        http("revoke-access", 200, outcomes(&["revoked"]), &["audit", "member"]),
        http(
            "refuse-access",
            200,
            outcomes(&["refused", "nothing_pending", "not_found"]),
            &["audit", "enrollment", "lot", "member"],
        ),
        http(
            "refuse-access.mail",
            200,
            outcomes(&["refused", "nothing_pending", "not_found"]),
            &["audit", "enrollment", "lot", "mail", "member"],
        ),
        http("update-member", 200, json!({"name": "Fay Forger", "groups": []}), &["audit", "member", "unit_member"]),
        refused("update-member.unknown-unit", 422, "invalid_fields"),
        http(
            "correct-address",
            200,
            json!({"name": "Cy Joiner", "email": "cyd@example.com", "access": "pending"}),
            &["audit", "enrollment", "member"],
        ),
        refused("correct-address.proven", 409, "address_proven"),
        http("remove-enrollment", 204, Value::Null, &["audit", "enrollment", "lot", "member", "unit_member"]),
        refused("remove-enrollment.never-there", 404, "not_found"),
        http(
            "erase-member",
            204,
            Value::Null,
            &["audit", "enrollment", "mail", "member", "session", "suppression", "unit_member"],
        ),
        refused("erase-member.admin", 409, "is_admin"),
        http("export-member", 200, json!({"member": {"name": "Fay Forge"}, "sessions": [{}], "acts": []}), &[]),
        http("list-admins", 200, json!({"admins": [{"name": "Olga Admin", "role": "admin"}]}), &[]),
        http("add-admin", 201, json!({"name": "Fay Forge", "role": "admin"}), &["admin", "audit", "mail", "member"]),
        refused("add-admin.invalid-fields", 422, "invalid_fields"),
        http("remove-admin", 204, Value::Null, &[]),
        refused("remove-admin.last", 409, "last_admin"),
        http("create-api-key", 201, json!({"name": "HR system", "scope": "manage"}), &["api_key", "audit"]),
        refused("create-api-key.invalid-fields", 422, "invalid_fields"),
        http("list-api-keys", 200, json!({"api_keys": [{"name": "Wallboard", "scope": "read"}]}), &[]),
        http("revoke-api-key", 204, Value::Null, &["api_key", "audit"]),
        http("restore-access", 200, outcomes(&["not_revoked", "not_found"]), &[]),
        http(
            "resend-login",
            200,
            outcomes(&["queued", "suppressed", "no_access", "not_found"]),
            &["audit", "mail", "member"],
        ),
        http("revoke-access.admin", 200, outcomes(&["is_admin"]), &[]),
    ]
}

fn jobs() -> Vec<Expected> {
    const WORKED: &[&str] = &["audit", "enrollment", "job", "job_row", "lot", "mail", "member", "unit_member"];
    let waiting = || json!({"kind": "grants", "state": "queued", "cancelling": false, "total": 1, "done": 0});
    let importing =
        |access, dry_run| json!({"kind": "imports", "total": 2, "import": {"access": access, "dry_run": dry_run}});
    vec![
        http("start-grants", 202, waiting(), &["audit", "job"]),
        refused("start-grants.unknown-link", 404, "link_not_found"),
        refused("start-grants.unknown-access", 422, "invalid_fields"),
        refused("start-grants.unknown-unit", 422, "invalid_fields"),
        http("start-import", 202, importing("granted", false), &["audit", "job", "job_page"]),
        http("start-import.dry-run", 202, importing("pending", true), &["audit", "job", "job_page"]),
        refused("start-import.no-headings", 422, "unclear_columns"),
        refused("start-import.not-csv", 415, "unsupported_media_type"),
        http("list-jobs", 200, json!({"jobs": [waiting()], "next": null}), &[]),
        http("get-job", 200, waiting(), &[]),
        refused("get-job.unknown", 404, "not_found"),
        http("cancel-job", 202, json!({"state": "queued", "cancelling": true}), &["audit", "job"]),
        http("job-report", 200, json!({"rows": [], "next": null}), &[]),
        output("work-jobs", json!({"job": "01900000-0000-7000-8000-000000000101"}), WORKED),
        output("work-jobs.gone", json!({"job": "01900000-0000-7000-8000-000000000109"}), &[]),
    ]
}

fn catalog() -> Vec<Expected> {
    let all = json!({"groups": [{"name": "Welders"}], "sites": [], "regions": [], "modules": [{"title": "Hot work"}]});
    vec![
        http("list-catalog", 200, all, &[]),
        http("overview", 200, json!({"funnel": {"registered": 5}, "next": null}), &[]),
        refused("overview.unknown-days", 422, "invalid_fields"),
        http("list-audit", 200, json!({"next": null}), &[]),
        http("list-audit.csv", 200, Value::Null, &[]),
        http("put-unit", 200, json!({"name": "Gdańsk crew"}), &["audit", "unit"]),
        refused("put-unit.another-kind", 422, "invalid_fields"),
        http("unit-usage", 200, json!({"more_links": false, "jobs": []}), &[]),
        http("delete-unit", 204, Value::Null, &["audit", "unit"]),
        http("put-module", 200, json!({"title": "Hot work safety"}), &["audit", "module"]),
        http("delete-module", 204, Value::Null, &["audit", "module"]),
    ]
}

fn suppressions() -> Vec<Expected> {
    let fay = json!({"suppressions": [{"member": {"name": "Fay Forge"}, "reason": "complained"}], "next": null});
    let outcome = |outcome: &str| json!({"outcome": outcome});
    const SUPPRESSED: &[&str] = &["mail", "member", "suppression"];
    vec![
        http("list-suppressions", 200, fay, &[]),
        http("clear-suppression", 204, Value::Null, &["audit", "member", "suppression"]),
        refused("clear-suppression.none", 404, "not_found"),
        output("record-mail-feedback", outcome("recorded"), SUPPRESSED),
        output("record-mail-feedback.complaint", outcome("recorded"), SUPPRESSED),
        output("record-mail-feedback.transient", outcome("recorded"), &["mail", "member"]),
        output("record-mail-feedback.rejected", outcome("recorded"), &["mail", "member"]),
        output("record-mail-feedback.delayed", outcome("recorded"), &["mail", "member"]),
        output("record-mail-feedback.gone", outcome("unknown"), &[]),
        output("record-mail-feedback.not-ours", outcome("ignored"), &[]),
    ]
}

fn organization() -> Vec<Expected> {
    const LOGO: &[&str] = &["audit", "logo", "organization"];
    let no_picture =
        json!({"error": {"code": "invalid_fields", "fields": {"picture": "must be a PNG or JPEG picture"}}});
    let shown = json!({"name": "Acme Welding", "time_zone": "Europe/Warsaw", "language": "pl", "support_contact": null, "accent_color": null});
    let edited = json!({"name": "Acme Yards", "time_zone": "Europe/Warsaw", "language": "de", "accent_color": "#e4003a", "version": 2});
    let fields = json!({"error": {"code": "invalid_fields", "fields": {
        "name": "cannot be cleared",
        "language": "must be \"en\", \"es\", \"de\" or \"pl\"",
        "time_zone": "must be a time zone, such as Europe/Berlin",
        "support_contact": "must be an email address, or an https address of at most 200 bytes",
        "accent_color": "must be a color such as #0b5fae",
    }}});
    vec![
        http("get-organization", 200, shown, &[]),
        http("update-organization", 200, edited, &["audit", "organization"]),
        refused("update-organization.stale-version", 409, "version_conflict"),
        http("update-organization.invalid-fields", 422, fields, &[]),
        http("put-logo", 200, json!({"logo": {"width": 16, "height": 16}, "version": 2}), LOGO),
        refused("put-logo.stale-version", 409, "version_conflict"),
        http("put-logo.not-a-picture", 422, no_picture, &[]),
        http("delete-logo", 200, json!({"logo": null, "version": 2}), LOGO),
        http("view-logo", 200, Value::Null, &[]),
        refused("view-logo.unknown", 404, "not_found"),
    ]
}

fn webhooks() -> Vec<Expected> {
    let webhook = || json!({"url": "https://localhost/hook", "state": "active", "version": 1});
    vec![
        http("create-webhook", 201, json!({"state": "active", "version": 1}), &["audit", "webhook"]),
        refused("create-webhook.metadata-address", 422, "invalid_fields"),
        http("list-webhooks", 200, json!({"webhooks": [webhook()]}), &[]),
        http("get-webhook", 200, webhook(), &[]),
        http("update-webhook", 200, json!({"state": "inactive", "version": 2}), &["audit", "webhook"]),
        http("delete-webhook", 204, Value::Null, &["audit", "webhook"]),
        http("rotate-webhook-secret", 200, json!({"version": 2}), &["audit", "webhook"]),
        http("list-deliveries", 200, json!({"deliveries": [{"state": "queued"}], "next": null}), &[]),
        http("redeliver", 202, json!({"state": "queued"}), &[]),
        http("ping-webhook", 202, json!({"type": "webhook.ping", "state": "queued"}), &["delivery"]),
        // The name leads to loopback, where no webhook may go.
        output("deliver-webhook", json!({"outcome": "refused_address"}), &["delivery", "webhook"]),
        output("deliver-webhook.gone", json!({"outcome": "nothing_to_send"}), &[]),
    ]
}

fn without_route() -> Vec<Expected> {
    const CLOSED: &[&str] = &[
        "admin",
        "api_key",
        "audit",
        "door",
        "enrollment",
        "link",
        "logo",
        "lot",
        "member",
        "organization",
        "webhook",
    ];
    let done = || json!({"batchItemFailures": []});
    let swept = json!({
        "links_settled": 0, "links_expired": 1, "reservations_lapsed": 1, "mails_requeued": 1, "jobs_requeued": 0, "alerts": 2, "failed": 0,
    });
    vec![
        output(
            "create-organization",
            json!({"created": true}),
            &["admin", "audit", "founding", "mail", "member", "organization"],
        ),
        output("create-organization.again", json!({"created": false}), &[]),
        output(
            "list-organizations",
            json!({"organizations": [{"name": "Acme Welding", "state": "open"}], "next": null}),
            &[],
        ),
        Expected { event: "list-organizations.unknown-page", answer: Answer::Fails("after: "), changes: &[] },
        output("close-organization", json!({"name": "Acme Welding", "state": "closing"}), CLOSED),
        Expected { event: "close-organization.other-name", answer: Answer::Fails("name: "), changes: &[] },
        output("index-members", json!({"next": null}), &["organization", "search_entry", "search_record"]),
        Expected { event: "index-members.unknown-page", answer: Answer::Fails("after: "), changes: &[] },
        Expected { event: "create-organization.unknown-zone", answer: Answer::Fails("time_zone: "), changes: &[] },
        output("publish-events", done(), &["delivery"]),
        output("publish-events.job", done(), &[]),
        output("send-mail", done(), &["mail", "member", "token"]),
        output("send-mail.gone", done(), &[]),
        output("send-mail.request", done(), &["mail", "mail_request"]),
        output("sweep-expired", swept, &["enrollment", "link", "lot", "mail"]),
    ]
}
