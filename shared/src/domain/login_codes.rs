//! The codes of login mails, as the table holds them: by the challenge of the browser that asked, each by hash.

use serde::{Deserialize, Serialize};

use super::{CodeChallenge, LoginCodeHash, Timestamp, TokenHash};

/// How many codes may be tried after a mail; then those mailed are dead.
pub const CODE_TRIES: u32 = 5;

/// How many codes of one browser are kept. One call leads to a mail for each organization that the address is a member of, and mails
/// may be asked for again.
const CODES_KEPT: usize = 10;

/// A code that was mailed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailedCode {
    /// Its hash.
    pub hash: LoginCodeHash,
    /// The login token that the same mail carries: the code is as good as that, and spent with it.
    pub token: TokenHash,
    /// Until when.
    pub expires_at: Timestamp,
}

/// The codes that were mailed for one browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginCodes {
    /// What the browser can prove.
    pub challenge: CodeChallenge,
    /// The codes, the newest last.
    pub codes: Vec<MailedCode>,
    /// How many more may be tried.
    pub tries_left: u32,
    /// When the last of them expires.
    pub expires_at: Timestamp,
    /// When DynamoDB may collect it, in seconds since 1970.
    pub delete_after: i64,
}

impl LoginCodes {
    /// Those there are with one more, and with tries of its own. Expired ones are left out.
    #[must_use]
    pub fn with(there: Option<&Self>, challenge: CodeChallenge, code: MailedCode, now: Timestamp) -> Self {
        let mut codes: Vec<_> =
            there.iter().flat_map(|there| &there.codes).filter(|code| now < code.expires_at).cloned().collect();
        codes.push(code);
        codes.drain(..codes.len().saturating_sub(CODES_KEPT));
        let expires_at = codes.iter().map(|code| code.expires_at).max().unwrap_or(now);
        Self { challenge, codes, tries_left: CODE_TRIES, expires_at, delete_after: expires_at.epoch_seconds() }
    }

    /// The login token of the mail with this code, if it has not expired.
    #[must_use]
    pub fn token_of(&self, code: &LoginCodeHash, now: Timestamp) -> Option<TokenHash> {
        self.codes.iter().find(|mailed| mailed.hash == *code && now < mailed.expires_at).map(|mailed| mailed.token)
    }
}
