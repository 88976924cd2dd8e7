//! `list-suppressions`: the members whose address is not mailed any more, and why.

use serde_json::json;

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Binding, Page, Reply},
    operation::http_operation,
};

/// GET /v1/suppressions
pub const OPERATION: Operation = http_operation!("list-suppressions", list_suppressions);

async fn list_suppressions(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let page = request.page()?;
    let binding = Binding::new("list-suppressions").and(actor.organization);
    let found = app.store.list_suppressions(actor.organization, page.limit, page.after(&binding)?).await?;
    let shown: Vec<_> = found
        .items
        .iter()
        .map(|(suppression, member)| {
            json!({
                "member": {
                    "id": member.id, "name": member.name, "email": member.email.typed(), "access": member.access,
                },
                "reason": suppression.reason,
                "mail": suppression.mail,
                "at": suppression.at.to_string(),
            })
        })
        .collect();
    Ok(Reply::ok(&json!({"suppressions": shown, "next": Page::next(found.next.as_ref(), &binding)?})))
}
