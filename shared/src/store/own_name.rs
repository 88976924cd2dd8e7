//! The member's own word on their name, which a registration gave.

use super::{Store, StoreError};
use crate::{
    domain::{Member, MemberId, PersonName},
    table::{Update, Write, from_item, keys},
};

/// How confirming a name ended.
#[derive(Debug, Clone)]
pub enum NameOutcome {
    /// It is their name now, by their own word or an earlier one that was the same.
    Confirmed(Box<Member>),
    /// They have a name that they or an admin confirmed before.
    ConfirmedBefore,
}

impl Store {
    /// Gives a member the name that they say is theirs, once: a name that they or an admin confirmed stays.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn confirm_name(&self, id: MemberId, name: &PersonName) -> Result<NameOutcome, StoreError> {
        let update = Update::new().put("name", name).remove("name_unconfirmed");
        let write = Write::update(keys::member(id), update)
            .when("#name_unconfirmed = :unconfirmed AND attribute_not_exists(#erased_as)")
            .value(":unconfirmed", true);
        match self.update(write).await? {
            Ok(member) => Ok(NameOutcome::Confirmed(Box::new(from_item(member)?))),
            Err(met) if met.is_empty() => Ok(NameOutcome::ConfirmedBefore),
            Err(met) => {
                // The answer of an attempt before may have been lost.
                let member: Member = from_item(met)?;
                let same = member.name == *name && !member.name_unconfirmed && member.erased_as.is_none();
                Ok(if same { NameOutcome::Confirmed(Box::new(member)) } else { NameOutcome::ConfirmedBefore })
            }
        }
    }
}
