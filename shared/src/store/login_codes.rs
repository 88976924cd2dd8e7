//! The codes of login mails: kept with the claim of the mail, and tried by people who type one.

use super::{Store, StoreError};
use crate::{
    domain::{CodeChallenge, LoginCodeHash, LoginCodes, MailedCode, Timestamp, TokenHash},
    table::{Record, Update, Write, from_item, keys, to_item},
};

impl Store {
    /// The codes that were mailed for a browser, if it can prove anything and there are any.
    pub(super) async fn login_codes(&self, challenge: Option<CodeChallenge>) -> Result<Option<LoginCodes>, StoreError> {
        match challenge {
            Some(challenge) => self.get(keys::login_codes(&challenge)).await,
            None => Ok(None),
        }
    }

    /// Tries a code for the browser that has the verifier of this challenge, and gives the login token of the mail that carried it. A
    /// try is used up before the code is compared, so that no number of calls at once compares more codes than there are tries.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn try_login_code(
        &self,
        challenge: &CodeChallenge,
        code: &LoginCodeHash,
    ) -> Result<Option<TokenHash>, StoreError> {
        let now = self.clock.now();
        let write = Write::update(keys::login_codes(challenge), Update::new().increase("tries_left", -1))
            .when("#tries_left > :none AND #expires_at > :now")
            .value(":none", 0)
            .value(":now", now);
        let Ok(item) = self.update(write).await? else { return Ok(None) };
        Ok(from_item::<LoginCodes>(item)?.token_of(code, now))
    }
}

/// Adds a code to those that were read, unless they have changed since. What is tried meanwhile makes no difference.
pub(super) fn add_code_write(
    read: Option<&LoginCodes>,
    challenge: CodeChallenge,
    code: MailedCode,
    now: Timestamp,
) -> Result<Write, StoreError> {
    let codes = LoginCodes::with(read, challenge, code, now);
    debug_assert_eq!(codes.key(), keys::login_codes(&challenge), "the codes of one browser");
    let write = Write::put(to_item(&codes)?);
    Ok(match read {
        Some(read) => write.when("#codes = :codes_read").value(":codes_read", &read.codes),
        None => write.when("attribute_not_exists(#PK)"),
    })
}
