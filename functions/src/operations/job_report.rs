//! `job-report`: what a job did, person by person, and what became of their mail.

use serde_json::{Value, json};
use shared::domain::{JobRow, Mail, Member, Outcome, TimeZone};

use super::get_job::find;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Binding, Csv, Fields, Page, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/jobs/{id}/report
pub const OPERATION: Operation = http_operation!("job-report", job_report);

fn headings(zone: TimeZone) -> [String; 10] {
    let queued_at = format!("mail_queued_at ({zone})");
    ["member", "name", "email", "outcome", "mail", &queued_at, "mail_reason", "row", "field", "reason"]
        .map(str::to_owned)
}

async fn job_report(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let page = request.page()?;
    let (csv, separator) = (request.wants_csv(), request.csv_separator()?);
    let job = find(&app, &actor, &request).await?;
    let outcome = request.query("outcome")?;
    let mut fields = Fields::default();
    let parse = |name: &str| Outcome::named(name).ok_or("must be a job outcome");
    let wanted = fields.optional("outcome", outcome.as_deref(), parse);
    let (wanted,) = fields.finish((wanted,))?;
    let binding = Binding::new("job-report").and(actor.organization).and(job.id).and(outcome.unwrap_or_default());
    let after = page.after(&binding)?;
    let first = after.is_none();
    let rows = match wanted {
        None => app.store.job_report(job.id, page.limit, after).await?,
        Some(outcome) => app.store.job_report_of(job.id, outcome, page.limit, after).await?,
    };
    let next = Page::next(rows.next.as_ref(), &binding)?;
    let full: Vec<_> = rows.items.iter().filter_map(|row| row.link).collect();
    let (members, mails, links) = tokio::try_join!(
        app.store.members(actor.organization, rows.items.iter().filter_map(|row| row.member)),
        app.store.mails(actor.organization, rows.items.iter().filter_map(|row| row.mail)),
        app.store.link_names(actor.organization, &full),
    )?;
    let lines = rows.items.iter().map(|row| Line {
        row,
        member: row.member.and_then(|id| members.get(&id)),
        mail: row.mail.and_then(|id| mails.get(&id)),
        link: row.link.map(|id| views::NamedLink { id, name: links.get(&id).cloned() }),
    });
    if csv {
        // The times of a table are local ones.
        let organization = app.store.organization(actor.organization).await?.ok_or(ApiError::Unauthenticated)?;
        let zone = organization.time_zone;
        let mut csv = if first { Csv::with_headings(separator, headings(zone)) } else { Csv::continued(separator) };
        for line in lines {
            csv.row(line.cells(zone));
        }
        return Ok(Reply::csv("report.csv", csv, next.as_deref()));
    }
    let shown: Vec<_> = lines.map(|line| line.view()).collect();
    Ok(Reply::ok(&json!({"rows": shown, "next": next})))
}

/// A line of the report with what it names.
struct Line<'a> {
    row: &'a JobRow,
    member: Option<&'a Member>,
    mail: Option<&'a Mail>,
    /// The link that has no seat.
    link: Option<views::NamedLink>,
}

impl Line<'_> {
    /// What is wrong with a row of a file, or why somebody was skipped.
    fn reason(&self) -> Option<String> {
        let link = self.link.as_ref().and_then(|link| link.name.as_deref());
        self.row.reason.clone().or_else(|| views::skip_reason(self.row.outcome, link))
    }

    fn view(&self) -> Value {
        let mail = self
            .mail
            .map(|mail| json!({"state": mail.state, "queued_at": mail.created_at.to_string(), "reason": mail.reason}));
        json!({
            "member": self.row.member,
            "name": self.member.map(|member| &member.name),
            "email": self.member.map(|member| member.email.typed()),
            "outcome": self.row.outcome,
            "mail": mail,
            "row": self.row.row,
            "field": self.row.field,
            "reason": self.reason(),
            "why": self.row.why,
            "link": self.link,
        })
    }

    fn cells(&self, zone: TimeZone) -> [String; 10] {
        let Self { row, member, mail, .. } = self;
        [
            row.member.map(|member| member.to_string()).unwrap_or_default(),
            member.map(|member| member.name.to_string()).unwrap_or_default(),
            member.map(|member| member.email.typed().to_owned()).unwrap_or_default(),
            row.outcome.name().to_owned(),
            mail.map(|mail| mail.state.name().to_owned()).unwrap_or_default(),
            mail.map(|mail| zone.cell(mail.created_at)).unwrap_or_default(),
            mail.and_then(|mail| mail.reason.clone()).unwrap_or_default(),
            row.row.map(|row| row.to_string()).unwrap_or_default(),
            row.field.clone().unwrap_or_default(),
            self.reason().unwrap_or_default(),
        ]
    }
}
