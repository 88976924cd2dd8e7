//! `get-member`: all that an admin may know of one member: through which links they came, what they were given and by whom, and
//! what became of the mails to them.

use std::collections::HashMap;

use serde_json::{Value, json};
use shared::{
    domain::{Catalog, Enrollment, Link, LinkId, Mail, MemberId},
    store::MemberFile,
};

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/members/{id}
pub const OPERATION: Operation = http_operation!("get-member", get_member);

/// How many of a member's mails are shown, the newest.
const MAILS: u32 = 100;

/// The member's id in the path; what can be none is answered as one that is unknown.
pub(super) fn id(request: &ApiRequest) -> Result<MemberId, ApiError> {
    MemberId::parse(request.path_param("id")).map_err(|_| ApiError::NotFound)
}

async fn get_member(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = id(&request)?;
    let store = &app.store;
    let file = store.member_file(id).await?.filter(|file| file.member.belongs_to(actor.organization));
    let file = file.ok_or(ApiError::NotFound)?;
    let proven = file.is_proven();
    let MemberFile { member, enrollments } = file;
    let links = enrollments.iter().map(|enrollment| enrollment.link);
    let (catalog, links, mails, sessions, duplicates) = tokio::try_join!(
        store.catalog(actor.organization),
        store.links_by_id(actor.organization, links),
        store.mails_to(id, MAILS),
        store.live_sessions(&member),
        store.possible_duplicates(&member),
    )?;
    let mut shown = json!(views::member(&member));
    shown["allocation"] = json!(views::named_allocation(&member.allocation, &catalog));
    shown["assigned"] = json!(views::AllocationIds::from(&member.assigned));
    shown["possible_duplicates"] = json!(duplicates);
    shown["address_proven"] = json!(proven);
    Ok(Reply::ok(&json!({
        "member": shown,
        "enrollments": enrollments.iter().map(|one| enrollment(one, &links, &catalog)).collect::<Vec<_>>(),
        "mails": mails.iter().map(mail).collect::<Vec<_>>(),
        "sessions": sessions.len(),
    })))
}

pub(super) fn enrollment(enrollment: &Enrollment, links: &HashMap<LinkId, Link>, catalog: &Catalog) -> Value {
    let link = links.get(&enrollment.link);
    json!({
        "link": {
            "id": enrollment.link,
            "name": link.map(|link| link.name.to_string()),
            "state": link.map(|link| link.state),
        },
        "state": enrollment.state,
        "registered_at": enrollment.registered_at.to_string(),
        "enrolled_at": enrollment.enrolled_at.map(|at| at.to_string()),
        "lapses_at": enrollment.lapses_at.map(|at| at.to_string()),
        "granted_by": enrollment.granted_by,
        "allocation": views::named_allocation(&enrollment.allocation, catalog),
        "allocation_ends_at": enrollment.allocation_ends_at.map(|at| at.to_string()),
        "allocation_ended_at": enrollment.allocation_ended_at.map(|at| at.to_string()),
        "answers": enrollment.answers,
    })
}

pub(super) fn mail(mail: &Mail) -> Value {
    json!({
        "id": mail.id,
        "kind": mail.kind,
        "state": mail.state,
        "at": mail.ended_at.map(|at| at.to_string()),
        "reason": mail.reason,
        "created_at": mail.created_at.to_string(),
    })
}
