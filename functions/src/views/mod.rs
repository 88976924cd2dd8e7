//! What the API shows: the bodies of answers, made from the domain.

mod api_key;
mod catalog;
mod job;
mod link;
mod member;
mod organization;
mod webhook;

pub use api_key::api_key;
pub use catalog::{AllocationIds, NamedAllocation, catalog, named_allocation};
pub use job::{grant_filter, job, skip_reason};
pub use link::{LinkStatus, LinkView, NamedLink, join_url, link, link_status, public_link};
pub use member::{MemberView, member};
pub use organization::{logo, operated_organization, organization};
pub use webhook::{delivery, webhook};
