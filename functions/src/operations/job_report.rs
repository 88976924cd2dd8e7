//! `job-report`: what a job did, person by person, and what became of their mail.

use serde_json::{Value, json};
use shared::domain::{JobRow, Mail, Member};

use super::get_job::find;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Binding, Csv, Page, Reply},
    operation::http_operation,
};

/// GET /v1/jobs/{id}/report
pub const OPERATION: Operation = http_operation!("job-report", job_report);

const HEADINGS: [&str; 10] =
    ["member", "name", "email", "outcome", "mail", "mail_queued_at", "mail_reason", "row", "field", "reason"];

async fn job_report(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let page = request.page()?;
    let job = find(&app, &actor, &request).await?;
    let binding = Binding::new("job-report").and(actor.organization).and(job.id);
    let after = page.after(&binding)?;
    let first = after.is_none();
    let rows = app.store.job_report(job.id, page.limit, after).await?;
    let next = Page::next(rows.next.as_ref(), &binding)?;
    let (members, mails) = tokio::try_join!(
        app.store.members(actor.organization, rows.items.iter().filter_map(|row| row.member)),
        app.store.mails(actor.organization, rows.items.iter().filter_map(|row| row.mail)),
    )?;
    let lines = rows.items.iter().map(|row| {
        let member = row.member.and_then(|id| members.get(&id));
        let mail = row.mail.and_then(|id| mails.get(&id));
        (row, member, mail)
    });
    if request.wants_csv() {
        let mut csv = if first { Csv::with_headings(&HEADINGS) } else { Csv::continued() };
        for (row, member, mail) in lines {
            csv.row(cells(row, member, mail));
        }
        return Ok(Reply::csv("report.csv", csv, next.as_deref()));
    }
    let shown: Vec<_> = lines.map(|(row, member, mail)| line(row, member, mail)).collect();
    Ok(Reply::ok(&json!({"rows": shown, "next": next})))
}

fn line(row: &JobRow, member: Option<&Member>, mail: Option<&Mail>) -> Value {
    let mail =
        mail.map(|mail| json!({"state": mail.state, "queued_at": mail.created_at.to_string(), "reason": mail.reason}));
    json!({
        "member": row.member,
        "name": member.map(|member| &member.name),
        "email": member.map(|member| member.email.typed()),
        "outcome": row.outcome,
        "mail": mail,
        "row": row.row,
        "field": row.field,
        "reason": row.reason,
    })
}

fn cells(row: &JobRow, member: Option<&Member>, mail: Option<&Mail>) -> [String; 10] {
    [
        row.member.map(|member| member.to_string()).unwrap_or_default(),
        member.map(|member| member.name.to_string()).unwrap_or_default(),
        member.map(|member| member.email.typed().to_owned()).unwrap_or_default(),
        row.outcome.name().to_owned(),
        mail.map(|mail| mail.state.name().to_owned()).unwrap_or_default(),
        mail.map(|mail| mail.created_at.to_string()).unwrap_or_default(),
        mail.and_then(|mail| mail.reason.clone()).unwrap_or_default(),
        row.row.map(|row| row.to_string()).unwrap_or_default(),
        row.field.clone().unwrap_or_default(),
        row.reason.clone().unwrap_or_default(),
    ]
}
