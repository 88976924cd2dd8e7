//! `overview`: an organization's links in sum. Each call looks at a page of links and adds them to what its cursor carries, so that
//! a call costs the same however many there are, and the last answer has the whole.

use futures::future::{try_join, try_join_all};
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::store::PageKey;

use super::{
    member_counts::members_by_access,
    overview_totals::{Seen, Totals},
};
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Binding, Fields, Page, Reply},
    operation::http_operation,
};

/// GET /v1/overview
pub const OPERATION: Operation = http_operation!("overview", overview);

/// The links that one call looks at, at most. Each has up to 64 lots, which are all read.
const LINKS_AT_A_TIME: u32 = 25;

/// The days back to which sign-ups are compared, unless asked otherwise.
const DAYS: u32 = 7;

/// Where a call goes on, and what those before it have added up.
#[derive(Serialize, Deserialize)]
struct Progress {
    after: PageKey,
    totals: Totals,
}

async fn overview(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let organization = actor.organization;
    let page = request.page_of(LINKS_AT_A_TIME, LINKS_AT_A_TIME)?;
    let days = days(request.query("days")?.as_deref())?;
    let binding = Binding::new("overview").and(organization).and(days);
    let (after, totals) = match page.after::<Progress>(&binding)? {
        Some(Progress { after, totals }) => (Some(after), Some(totals)),
        None => (None, None),
    };
    let links = try_join(app.store.list_links(organization, page.limit, after), app.store.catalog(organization));
    let ((links, catalog), mut totals) = match totals {
        Some(totals) => (links.await?, totals),
        None => {
            let (links, members) = try_join(links, members_by_access(&app, organization)).await?;
            (links, Totals::of(members))
        }
    };
    let looked_at = links.items.iter().map(|link| try_join(app.store.link_lots(link), app.store.openings(link.id)));
    let looked_at = try_join_all(looked_at).await?;
    for (link, (lots, openings)) in links.items.iter().zip(&looked_at) {
        totals.add(&Seen { link, lots, openings }, &catalog, app.clock.now(), days);
    }
    let names = app.store.link_names(organization, &totals.most()).await?;
    let mut answer = totals.view(&names);
    answer["days"] = json!(days);
    let progress = links.next.map(|after| Progress { after, totals });
    answer["next"] = json!(Page::next(progress.as_ref(), &binding)?);
    Ok(Reply::ok(&answer))
}

fn days(asked: Option<&str>) -> Result<u32, ApiError> {
    let mut fields = Fields::default();
    let days = fields.optional("days", asked, |text| match text {
        "7" => Ok(7),
        "30" => Ok(30),
        _ => Err("must be 7 or 30"),
    });
    let (days,) = fields.finish((days,))?;
    Ok(days.unwrap_or(DAYS))
}
