//! `export-member`: everything held about one person, as a file to hand to them.

use serde_json::{Value, json};
use shared::{
    domain::{AuditRecord, Mail, Session},
    store::MemberFile,
};

use super::get_member;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/members/{id}/export
pub const OPERATION: Operation = http_operation!("export-member", export_member);

async fn export_member(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = get_member::id(&request)?;
    let store = &app.store;
    let file = store.member_file(id).await?.filter(|file| file.member.belongs_to(actor.organization));
    let MemberFile { member, enrollments } = file.ok_or(ApiError::NotFound)?;
    let links = enrollments.iter().map(|enrollment| enrollment.link);
    let (catalog, links, mails, sessions, audit) = tokio::try_join!(
        store.catalog(actor.organization),
        store.links_by_id(actor.organization, links),
        store.all_mails_to(id),
        store.live_sessions(&member),
        store.audit_about(&member),
    )?;
    let mut shown = json!(views::member(&member));
    shown["allocation"] = json!(views::named_allocation(&member.allocation, &catalog));
    shown["assigned"] = json!(views::AllocationIds::from(&member.assigned));
    let export = json!({
        "exported_at": app.clock.now().to_string(),
        "member": shown,
        "enrollments":
            enrollments.iter().map(|one| get_member::enrollment(one, &links, &catalog)).collect::<Vec<_>>(),
        "mails": mails.iter().map(mail).collect::<Vec<_>>(),
        "sessions": sessions.iter().map(session).collect::<Vec<_>>(),
        "acts": audit.iter().map(act).collect::<Vec<_>>(),
    });
    Ok(Reply::ok(&export).header("content-disposition", "attachment; filename=\"member.json\""))
}

/// A mail, with the admin's words that it holds until it has come to its end.
fn mail(mail: &Mail) -> Value {
    let mut shown = get_member::mail(mail);
    shown["message"] = json!(mail.message);
    shown
}

fn session(session: &Session) -> Value {
    json!({
        "began_at": session.created_at.to_string(),
        "last_seen_at": session.last_seen_at.to_string(),
        "ends_at": session.expires_at.to_string(),
    })
}

/// What an admin did to the member; the other person is told by their id alone.
fn act(record: &AuditRecord) -> Value {
    json!({
        "at": record.at.to_string(),
        "act": record.act,
        "by": record.by,
        "before": record.before,
        "after": record.after,
    })
}
