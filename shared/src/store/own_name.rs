//! The member's own word on their name, which a registration gave, and on the language they are written to in.

use super::{Store, StoreError};
use crate::{
    domain::{Language, Member, MemberId, PersonName},
    table::{Update, Write, from_item, keys},
};

/// What a member says of themselves.
#[derive(Debug, Clone, Default)]
pub struct OwnWord {
    /// What their name is.
    pub name: Option<PersonName>,
    /// In which language they are written to.
    pub language: Option<Language>,
}

/// How taking a member's own word ended.
#[derive(Debug, Clone)]
pub enum NameOutcome {
    /// It is so now, by this word or an earlier one that was the same.
    Confirmed(Box<Member>),
    /// They have a name that they or an admin confirmed before; nothing was changed.
    ConfirmedBefore,
    /// They have been erased meanwhile.
    Gone,
}

impl Store {
    /// Takes a member's own word. The name is taken once: one that they or an admin confirmed stays. The language is theirs to change
    /// at any time.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn take_own_word(&self, id: MemberId, word: &OwnWord) -> Result<NameOutcome, StoreError> {
        let mut update = Update::new();
        let mut condition = "attribute_exists(#PK) AND attribute_not_exists(#erased_as)".to_owned();
        if let Some(language) = word.language {
            update = update.put("language", language);
        }
        if let Some(name) = &word.name {
            update = update.put("name", name).put("name_unconfirmed", false);
            condition += " AND #name_unconfirmed = :unconfirmed";
        }
        let mut write = Write::update(keys::member(id), update).when(condition);
        if word.name.is_some() {
            write = write.value(":unconfirmed", true);
        }
        match self.update(write).await? {
            Ok(member) => Ok(NameOutcome::Confirmed(Box::new(from_item(member)?))),
            Err(met) if met.is_empty() => Ok(NameOutcome::Gone),
            Err(met) => {
                // The answer of an attempt before may have been lost.
                let member: Member = from_item(met)?;
                Ok(match member.erased_as {
                    Some(_) => NameOutcome::Gone,
                    None if word.holds_of(&member) => NameOutcome::Confirmed(Box::new(member)),
                    None => NameOutcome::ConfirmedBefore,
                })
            }
        }
    }
}

impl OwnWord {
    /// Whether it is so already.
    fn holds_of(&self, member: &Member) -> bool {
        let named = self.name.as_ref().is_none_or(|name| member.name == *name && !member.name_unconfirmed);
        let spoken = self.language.is_none_or(|language| member.language == Some(language));
        named && spoken
    }
}
