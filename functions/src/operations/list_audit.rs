//! `list-audit`: what was done in an organization, by whom, newest first; as JSON, or as CSV for those who keep it elsewhere.

use serde_json::{Value, json};
use shared::{
    domain::{Act, ActorId, AuditFilter, AuditRecord, Doer, Subject, TimeZone, host_of, parse_day_or_instant},
    store::AuditEntry,
};

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Binding, Csv, Fields, Page, Reply},
    operation::http_operation,
};

/// GET /v1/audit
pub const OPERATION: Operation = http_operation!("list-audit", list_audit);

/// The columns of the CSV.
fn headings(zone: TimeZone) -> [String; 10] {
    [
        "id",
        &format!("at ({zone})"),
        "by",
        "by name",
        "act",
        "subject kind",
        "subject",
        "subject name",
        "before",
        "after",
    ]
    .map(str::to_owned)
}

async fn list_audit(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let csv = request.wants_csv();
    let page = if csv { request.csv_page()? } else { request.page()? };
    let asked = Asked::of(&request)?;
    let binding = asked.bind(Binding::new("list-audit").and(actor.organization));
    let after = page.after(&binding)?;
    let first = after.is_none();
    let separator = request.csv_separator()?;
    // A date means a day of the organization's zone, and the times of a table are local ones.
    let zone = if csv || asked.has_period() {
        app.store.organization(actor.organization).await?.ok_or(ApiError::Unauthenticated)?.time_zone
    } else {
        TimeZone::UTC
    };
    let filter = asked.filter(zone)?;
    let mut entries = app.store.list_audit(actor.organization, &filter, page.limit, after).await?;
    if let ActorId::ApiKey(_) = actor.id {
        entries.items.iter_mut().for_each(|entry| withhold(&mut entry.record));
    }
    let next = Page::next(entries.next.as_ref(), &binding)?;
    if csv {
        let mut table = if first { Csv::with_headings(separator, headings(zone)) } else { Csv::continued(separator) };
        entries.items.iter().for_each(|entry| table.row(cells(entry, zone)));
        return Ok(Reply::csv("audit.csv", table, next.as_deref()));
    }
    let shown: Vec<_> = entries.items.iter().map(view).collect();
    Ok(Reply::ok(&json!({"records": shown, "next": next})))
}

/// Which records a request asks for, as it says it.
struct Asked {
    from: Option<String>,
    to: Option<String>,
    by: Option<String>,
    act: Option<String>,
}

impl Asked {
    fn of(request: &ApiRequest) -> Result<Self, ApiError> {
        let [from, to] = [request.query("from")?, request.query("to")?];
        let [by, act] = [request.query("by")?, request.query("act")?];
        Ok(Self { from, to, by, act })
    }

    fn bind(&self, binding: Binding) -> Binding {
        let parts = [&self.from, &self.to, &self.by, &self.act];
        parts.into_iter().fold(binding, |binding, part| binding.and(part.as_deref().unwrap_or_default()))
    }

    fn has_period(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// The same, read: of a date, `from` means its beginning and `to` its end.
    fn filter(&self, zone: TimeZone) -> Result<AuditFilter, ApiError> {
        let mut fields = Fields::default();
        let moments = |text: &str| parse_day_or_instant(text, zone);
        let from = fields.optional("from", self.from.as_deref(), |text| moments(text).map(|(begin, _)| begin));
        let to = fields.optional("to", self.to.as_deref(), |text| moments(text).map(|(_, end)| end));
        if let (Some(Some(from)), Some(Some(to))) = (from, to)
            && from >= to
        {
            fields.refuse("to", "must be after from");
        }
        let by = fields.optional("by", self.by.as_deref(), |text| {
            Doer::parse(text).map_err(
                |_| "must be the id of an admin, \"key:\" and the id of an API key, \"operator\" or \"system\"",
            )
        });
        let act = fields.optional("act", self.act.as_deref(), |text| Act::named(text).ok_or("must be an act"));
        let (from, to, by, act) = fields.finish((from, to, by, act))?;
        Ok(AuditFilter { from, to, by, act })
    }
}

/// Takes out what is for people alone: where a webhook leads beyond its host may hold a secret.
fn withhold(record: &mut AuditRecord) {
    if !matches!(record.subject, Subject::Webhook(_)) {
        return;
    }
    for told in [&mut record.before, &mut record.after] {
        if let Some(url) = told.get_mut("url")
            && let Some(host) = url.as_str().map(|url| host_of(url).to_owned())
        {
            *url = json!(host);
        }
    }
}

/// The parts of a record's subject as they are stored: its kind and its id.
fn subject(entry: &AuditEntry) -> Value {
    serde_json::to_value(&entry.record.subject).unwrap_or_default()
}

fn view(entry: &AuditEntry) -> Value {
    let record = &entry.record;
    let mut subject = subject(entry);
    subject["name"] = json!(entry.subject);
    json!({
        "id": record.id,
        "at": record.at.to_string(),
        "by": record.by.map(|id| json!({"id": id, "name": entry.by})),
        "act": record.act,
        "subject": subject,
        "before": record.before,
        "after": record.after,
    })
}

fn cells(entry: &AuditEntry, zone: TimeZone) -> [String; 10] {
    let record = &entry.record;
    let subject = subject(entry);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    [
        record.id.to_string(),
        zone.cell(record.at),
        record.by.map(|id| id.to_string()).unwrap_or_default(),
        entry.by.clone().unwrap_or_default(),
        text(&json!(record.act)),
        text(&subject["kind"]),
        text(&subject["id"]),
        entry.subject.clone().unwrap_or_default(),
        record.before.to_string(),
        record.after.to_string(),
    ]
}
