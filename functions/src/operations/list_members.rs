//! `list-members`: an organization's members, by access, by link, by unit.

use std::collections::HashSet;

use serde_json::json;
use shared::{
    domain::{Access, LinkId, Member, UnitId},
    store::PageKey,
};

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Binding, Fields, Page, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/members
pub const OPERATION: Operation = http_operation!("list-members", list_members);

/// Which members are asked for.
struct Filter {
    /// The accesses, first to last.
    access: (Access, Access),
    link: Option<LinkId>,
    unit: Option<UnitId>,
}

async fn list_members(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let page = request.page()?;
    let asked = [request.query("access")?, request.query("link")?, request.query("unit")?];
    let filter = filter(&asked)?;
    let binding = asked.iter().fold(Binding::new("list-members").and(admin.organization), |binding, part| {
        binding.and(part.as_deref().unwrap_or_default())
    });
    let (members, next) = find(&app, &admin, &filter, page.limit, page.after(&binding)?).await?;
    let wanted = members.iter().filter(|member| filter.admits(member));
    let shown: Vec<_> = wanted.map(views::member).collect();
    Ok(Reply::ok(&json!({"members": shown, "next": Page::next(next.as_ref(), &binding)?})))
}

/// One page of the narrowest list that holds the members asked for. What the list itself does not tell apart is left out of the
/// page afterwards, so a page may be shorter than its limit while there is a next one.
async fn find(
    app: &App,
    admin: &Member,
    filter: &Filter,
    limit: u32,
    after: Option<PageKey>,
) -> Result<(Vec<Member>, Option<PageKey>), ApiError> {
    let organization = admin.organization;
    let page = match (filter.link, filter.unit) {
        (Some(link), _) => {
            // Only of a link of this organization: the cursor of another's would tell that it has members, and their ids.
            if app.store.link(organization, link).await?.is_none() {
                return Ok((Vec::new(), None));
            }
            let page = app.store.list_enrollments(organization, link, limit, after).await?;
            let mut seen = HashSet::new();
            let members = page.items.into_iter().filter_map(|(_, member)| member);
            (members.filter(|member| seen.insert(member.id)).collect(), page.next)
        }
        (None, Some(unit)) => {
            let page = app.store.list_unit_members(organization, unit, limit, after).await?;
            (page.items, page.next)
        }
        (None, None) => {
            let page = app.store.list_members(organization, filter.access, limit, after).await?;
            (page.items, page.next)
        }
    };
    Ok(page)
}

impl Filter {
    fn admits(&self, member: &Member) -> bool {
        let (first, last) = self.access;
        let in_unit = |unit: UnitId| member.allocation.units().any(|other| other == unit);
        (first.rank()..=last.rank()).contains(&member.access.rank()) && self.unit.is_none_or(in_unit)
    }
}

fn filter([access, link, unit]: &[Option<String>; 3]) -> Result<Filter, ApiError> {
    let mut fields = Fields::default();
    let access = fields.optional("access", access.as_deref(), access_range);
    let link = fields.optional("link", link.as_deref(), LinkId::parse);
    let unit = fields.optional("unit", unit.as_deref(), UnitId::parse);
    let (access, link, unit) = fields.finish((access, link, unit))?;
    Ok(Filter { access: access.unwrap_or((Access::Unverified, Access::Revoked)), link, unit })
}

fn access_range(name: &str) -> Result<(Access, Access), &'static str> {
    match name {
        "without" => Ok((Access::Unverified, Access::Pending)),
        "unverified" => Ok((Access::Unverified, Access::Unverified)),
        "pending" => Ok((Access::Pending, Access::Pending)),
        "granted" => Ok((Access::Granted, Access::Granted)),
        "revoked" => Ok((Access::Revoked, Access::Revoked)),
        _ => Err("must be \"without\", \"unverified\", \"pending\", \"granted\" or \"revoked\""),
    }
}
