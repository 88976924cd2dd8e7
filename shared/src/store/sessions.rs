//! Sign-in: a login token is spent, a session begins, and what the member reserved lands, in one transaction. And the reading,
//! keeping and ending of sessions.

use std::collections::BTreeMap;

use super::{
    Store, StoreError,
    access::{fitting, land_writes},
    first_sign_in::{is_unnoted, note_writes, unnoted},
    members::MemberFile,
    transaction::{Plan, Unanswered},
};
use tokio::sync::Mutex;

use crate::{
    domain::{
        Access, Enrollment, EnrollmentState, LoginTokenRecord, Member, MemberId, Session, SessionHash, TokenHash,
    },
    table::{Update, Write, from_item, keys, to_item},
};

/// What a sign-in needs to know.
pub struct SignIn<'a> {
    /// The hash of the login token.
    pub token: TokenHash,
    /// Makes the session of a member: the same one at every call.
    pub session: &'a (dyn Fn(&Member) -> Session + Send + Sync),
    /// The session that the new one takes the place of, which ends with it.
    pub replaces: Option<SessionHash>,
}

/// How a sign-in ended.
#[derive(Debug, Clone)]
pub enum SignInOutcome {
    /// Signed in; the member as they are now.
    SignedIn(Box<Member>),
    /// The token is unknown, spent, expired or replaced, or the member has no access to come into.
    Invalid,
}

impl Store {
    /// Spends a login token.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn sign_in(&self, sign_in: &SignIn<'_>) -> Result<SignInOutcome, StoreError> {
        let now = self.clock.now();
        // The session of the last attempt: if its answer was lost, the session tells whether it was written.
        let attempted: Mutex<Option<SessionHash>> = Mutex::new(None);
        let attempted = &attempted;
        let outcome = self
            .retry(|Unanswered(unanswered)| async move {
                if unanswered && let Some(id) = self.begun(*attempted.lock().await).await? {
                    return Ok(Plan::End(Some(id)));
                }
                let token: Option<LoginTokenRecord> = self.get(keys::token(&sign_in.token)).await?;
                let Some(token) = token.filter(|token| now < token.expires_at) else { return Ok(Plan::End(None)) };
                let Some(MemberFile { member, enrollments }) = self.member_file(token.member).await? else {
                    return Ok(Plan::End(None));
                };
                let session = (sign_in.session)(&member);
                *attempted.lock().await = Some(session.hash);
                Ok(match sign_in_writes(&session, &token, &member, &enrollments, now)? {
                    Some(mut writes) => {
                        writes.extend(sign_in.replaces.map(|old| Write::delete(keys::session(&old))));
                        Plan::Write(writes, Some(member.id))
                    }
                    None => Plan::End(None),
                })
            })
            .await?;
        let Some(id) = outcome else { return Ok(SignInOutcome::Invalid) };
        let mut file = self.member_file(id).await?;
        let more = |file: &MemberFile| file.enrollments.iter().any(|one| is_reserved(one) || is_unnoted(one));
        if file.as_ref().is_some_and(more) {
            self.land_reserved(id).await?;
            file = self.member_file(id).await?;
        }
        Ok(file.map_or(SignInOutcome::Invalid, |file| SignInOutcome::SignedIn(Box::new(file.member))))
    }

    /// Whose session this is, if it was written.
    async fn begun(&self, session: Option<SessionHash>) -> Result<Option<MemberId>, StoreError> {
        let Some(hash) = session else { return Ok(None) };
        let session: Option<Session> = self.get(keys::session(&hash)).await?;
        Ok(session.map(|session| session.member))
    }

    /// Lands what a granted member has reserved, and notes what has landed, beyond what one transaction could hold.
    pub(super) async fn land_reserved(&self, id: MemberId) -> Result<(), StoreError> {
        while self.land_some(id).await? {}
        Ok(())
    }

    async fn land_some(&self, id: MemberId) -> Result<bool, StoreError> {
        self.retry(|_| async move {
            let Some(MemberFile { member, enrollments }) = self.member_file(id).await? else {
                return Ok(Plan::End(false));
            };
            let landing = reserved(&enrollments);
            let noted = unnoted(&enrollments, &landing);
            if member.access != Access::Granted || (landing.is_empty() && noted.is_empty()) {
                return Ok(Plan::End(false));
            }
            let now = self.clock.now();
            let mut writes = land_writes(&member, &landing, &BTreeMap::new(), None, now, Update::new());
            writes.extend(note_writes(&noted, now));
            Ok(Plan::Write(writes, true))
        })
        .await
    }

    /// A session and its member, read side by side in one round trip; `None` unless the session is live and the member has
    /// access.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn session(&self, hash: &SessionHash, member: MemberId) -> Result<Option<(Session, Member)>, StoreError> {
        let now = self.clock.now();
        let mut session: Option<Session> = None;
        let mut owner: Option<Member> = None;
        for item in self.get_items(&[keys::session(hash), keys::member(member)]).await? {
            match item.get("entity").and_then(|entity| entity.as_s().ok()).map(String::as_str) {
                Some("session") => session = Some(from_item(item)?),
                _ => owner = Some(from_item(item)?),
            }
        }
        let (Some(session), Some(owner)) = (session, owner) else { return Ok(None) };
        Ok(session.lets_in(&owner, now).then_some((session, owner)))
    }

    /// Notes that a session was used now; one that has ended meanwhile stays ended.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn touch_session(&self, hash: &SessionHash) -> Result<(), StoreError> {
        let update = Update::new().put("last_seen_at", self.clock.now());
        let write = Write::update(keys::session(hash), update).when("attribute_exists(#PK)");
        self.update(write).await.map(drop)
    }

    /// Ends a session; ending one that has ended changes nothing.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn end_session(&self, hash: &SessionHash) -> Result<(), StoreError> {
        self.retry_write(Write::delete(keys::session(hash))).await
    }
}

fn reserved(enrollments: &[Enrollment]) -> Vec<&Enrollment> {
    fitting(enrollments.iter().filter(|enrollment| is_reserved(enrollment)))
}

fn is_reserved(enrollment: &Enrollment) -> bool {
    enrollment.state == EnrollmentState::Reserved
}

/// What signing in writes; nothing when this member cannot sign in with this token.
fn sign_in_writes(
    session: &Session,
    token: &LoginTokenRecord,
    member: &Member,
    enrollments: &[Enrollment],
    now: crate::domain::Timestamp,
) -> Result<Option<Vec<Write>>, StoreError> {
    let landing = reserved(enrollments);
    let may_enter = match member.access {
        Access::Granted => true,
        Access::Unverified | Access::Rejected | Access::Pending => !landing.is_empty(),
        Access::Revoked => false,
    };
    if !may_enter || !member.login_tokens.contains(&token.hash) {
        return Ok(None);
    }
    let spent = Update::new().remove("login_tokens").own_language().put_if_absent("proven_at", now);
    let mut writes = land_writes(member, &landing, &BTreeMap::new(), None, now, spent);
    // The member's is the first write; it also holds that the token is still one of theirs.
    if let Some(first) = writes.first_mut() {
        *first =
            first.clone().when("#access = :was_access AND contains(#login_tokens, :token)").value(":token", token.hash);
    }
    writes.push(
        Write::delete(keys::token(&token.hash)).when("attribute_exists(#PK) AND #expires_at > :now").value(":now", now),
    );
    writes.push(Write::put(to_item(session)?));
    writes.extend(note_writes(&unnoted(enrollments, &landing), now));
    Ok(Some(writes))
}
