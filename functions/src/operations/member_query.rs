//! Which members a list is asked for, and in which order.

use shared::domain::{Access, Actor, LinkId, MailState, Member, Search, SearchText, Timestamp, UnitId, fold};

use crate::http::{ApiError, ApiRequest, Binding, Fields};

/// Which members are asked for.
pub(super) struct MemberQuery {
    /// The accesses, first to last.
    pub access: (Access, Access),
    pub link: Option<LinkId>,
    pub unit: Option<UnitId>,
    pub search: Option<Search>,
    in_trouble: bool,
    /// The order, where it is not that of the list they are found in.
    pub sort: Option<Sort>,
}

/// An order of members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// By when they first registered.
    Created,
    /// The same, whoever came last first.
    Newest,
    /// By name, in lower case and without diacritics.
    Name,
    /// By access, then by when they first registered.
    Access,
}

impl Sort {
    /// Where a member stands in this order; no two stand in one place.
    pub fn place(self, member: &Member) -> (String, String) {
        let millis = member.created_at.millis();
        let created = format!("{millis:015}");
        let place = match self {
            Self::Created => created,
            Self::Newest => format!("{:015}", Timestamp::NEVER.millis() - millis),
            Self::Name => fold(member.name.as_str()),
            Self::Access => format!("{}{created}", member.access.rank()),
        };
        (place, member.id.to_string())
    }
}

impl MemberQuery {
    /// What the request asks for, and what its cursors belong to.
    pub fn read(request: &ApiRequest, actor: &Actor) -> Result<(Self, Binding), ApiError> {
        let mut binding = Binding::new("list-members").and(actor.organization);
        let mut asked = |name| {
            let value = request.query(name)?;
            binding = binding.clone().and(value.as_deref().unwrap_or_default());
            Ok::<_, ApiError>(value)
        };
        let [access, link, unit] = [asked("access")?, asked("link")?, asked("unit")?];
        let [search, mail, sort] = [asked("q")?, asked("mail")?, asked("sort")?];
        let mut fields = Fields::default();
        let access = fields.optional("access", access.as_deref(), access_range);
        let link = fields.optional("link", link.as_deref(), LinkId::parse);
        let unit = fields.optional("unit", unit.as_deref(), UnitId::parse);
        let search = fields.optional("q", search.as_deref(), Search::parse);
        let mail = fields.optional("mail", mail.as_deref(), |mail| match mail {
            "trouble" => Ok(()),
            _ => Err("must be \"trouble\""),
        });
        let sort = fields.optional("sort", sort.as_deref(), sort_named);
        let (access, link, unit, search, mail, sort) = fields.finish((access, link, unit, search, mail, sort))?;
        let access = access.unwrap_or((Access::Unverified, Access::Revoked));
        // The list of all members comes by access as it is.
        let is_sorted = link.is_none() && unit.is_none() && search.is_none();
        let sort = sort.filter(|&sort| sort != Sort::Access || !is_sorted);
        Ok((Self { access, link, unit, search, in_trouble: mail.is_some(), sort }, binding))
    }

    /// Whether only some of the members of a list are looked for, so that more of it is to be looked at than is shown.
    pub fn is_search(&self) -> bool {
        self.search.is_some() || self.in_trouble
    }

    /// Whether only members without access are asked for.
    pub fn is_without_access(&self) -> bool {
        self.access.1 <= Access::Pending
    }

    /// Whether this member is asked for, as far as the member tells; for the unit see [`Store::is_or_will_be_in`].
    ///
    /// [`Store::is_or_will_be_in`]: shared::store::Store::is_or_will_be_in
    pub fn admits(&self, member: &Member) -> bool {
        let (first, last) = self.access;
        (first..=last).contains(&member.access)
            && self.search.as_ref().is_none_or(|search| search.finds(&SearchText::of(member)))
            && (!self.in_trouble || is_in_trouble(member))
    }
}

/// Whether the last mail to a member did not reach them, or they are not mailed any more.
fn is_in_trouble(member: &Member) -> bool {
    let failed =
        |state| matches!(state, MailState::Failed | MailState::Dropped | MailState::Bounced | MailState::Complained);
    member.suppressed.is_some() || member.last_mail.as_ref().is_some_and(|mail| failed(mail.state))
}

fn access_range(name: &str) -> Result<(Access, Access), &'static str> {
    match name {
        "without" => Ok((Access::Unverified, Access::Pending)),
        "unverified" => Ok((Access::Unverified, Access::Unverified)),
        "rejected" => Ok((Access::Rejected, Access::Rejected)),
        "pending" => Ok((Access::Pending, Access::Pending)),
        "granted" => Ok((Access::Granted, Access::Granted)),
        "revoked" => Ok((Access::Revoked, Access::Revoked)),
        _ => Err("must be \"without\", \"unverified\", \"rejected\", \"pending\", \"granted\" or \"revoked\""),
    }
}

fn sort_named(name: &str) -> Result<Sort, &'static str> {
    match name {
        "created" => Ok(Sort::Created),
        "newest" => Ok(Sort::Newest),
        "name" => Ok(Sort::Name),
        "access" => Ok(Sort::Access),
        _ => Err("must be \"created\", \"newest\", \"name\" or \"access\""),
    }
}
