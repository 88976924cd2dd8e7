//! Erasing a person: their data goes, the counts stay.
//!
//! It takes more steps than one transaction holds, so it begins with one that shuts the person out, takes them off every list and
//! makes them due; each later step can be repeated, and the sweep goes on where a crash left off. Their enrollments stay in the
//! lists of their links under an id of their own: a member's own id follows from the address, and would tell who it was.

use serde_json::json;

use super::{
    Store, StoreError,
    listing::Listing,
    listing::key_of,
    member_units::{leave_writes, within_reach},
    members::MemberFile,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{
        Access, Act, Actor, Allocation, Answers, Enrollment, EnrollmentState, LinkId, MemberId, Role, Subject,
        by_latest,
    },
    table::{
        Key, Record, Update, Write,
        keys::{self, DUE, LISTS},
        to_item,
    },
};

/// How an erasure ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EraseOutcome {
    /// The person is gone.
    Erased,
    /// An admin is not erased: that is to be taken from them first. Nothing was written.
    IsAdmin,
    /// The organization has no such member.
    NotFound,
}

/// How many enrollments one transaction moves: three items each, of 100.
const ENROLLMENTS: usize = 30;

/// How many items one transaction deletes.
const DELETED: usize = 50;

impl Store {
    /// Erases a member of the admin's organization. Seats of landed enrollments stay taken; what was reserved or waited goes back.
    /// The address can register anew, as somebody new.
    ///
    /// # Errors
    /// See [`StoreError`]. What was begun is finished by the sweep.
    pub async fn erase(&self, actor: &Actor, id: MemberId) -> Result<EraseOutcome, StoreError> {
        let begun = self.begin_erasure(actor, id).await?;
        if begun == EraseOutcome::Erased {
            self.finish_erasure(id).await?;
        }
        Ok(begun)
    }

    /// Shuts the person out and takes them off the lists.
    async fn begin_erasure(&self, actor: &Actor, id: MemberId) -> Result<EraseOutcome, StoreError> {
        let audit = &self.audit(actor.organization, Some(actor.id), Act::MemberErased, Subject::Member(id));
        let erased_as = MemberId::generate(&*self.random);
        self.retry(|Unanswered(unanswered)| async move {
            let file = self.member_file(id).await?;
            let Some(MemberFile { member, enrollments }) =
                file.filter(|file| file.member.organization == actor.organization)
            else {
                // Begun by a lost attempt, and finished by the sweep.
                let ours = unanswered && self.was_recorded(audit).await?;
                return Ok(Plan::End(if ours { EraseOutcome::Erased } else { EraseOutcome::NotFound }));
            };
            if member.erased_as.is_some() {
                return Ok(Plan::End(EraseOutcome::Erased));
            }
            if member.role == Role::Admin {
                return Ok(Plan::End(EraseOutcome::IsAdmin));
            }
            let now = self.clock.now();
            let update = Update::new()
                .put("access", Access::Revoked)
                .put("sessions_valid_from", now)
                .put("erased_as", erased_as)
                .put("erased_links", by_latest(&enrollments))
                .remove("login_tokens")
                .index(DUE, &keys::erasure_due(id, now))
                .leave(LISTS);
            let shut_out = Write::update(member.key(), update)
                .when("#role = :was_role AND #access = :was_access AND attribute_not_exists(#erased_as)")
                .value(":was_role", member.role)
                .value(":was_access", member.access);
            let mut writes = vec![shut_out, audit.write(&json!({}), &json!({}))?];
            writes.extend(member.login_tokens.iter().map(|hash| Write::delete(keys::token(hash))));
            Ok(Plan::Write(writes, EraseOutcome::Erased))
        })
        .await
    }

    /// Goes on with an erasure that was begun, to its end. Gives whether there was anything to do.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn finish_erasure(&self, id: MemberId) -> Result<bool, StoreError> {
        let Some(member) = self.member(id).await?.filter(|member| member.erased_as.is_some()) else {
            return Ok(false);
        };
        loop {
            let released = self.move_enrollments(id).await?;
            let Some(released) = released else { break };
            for link in released {
                self.seats_released(member.organization, link).await?;
            }
        }
        let mails = self.all_mails_to(id).await?;
        self.delete_all(mails.iter().map(Record::key).collect()).await?;
        let partition = keys::sessions_of(id);
        let sessions = Listing { index: Some(DUE), partition, ..Listing::default() };
        let sessions = self.list_all(sessions).await?;
        self.delete_all(sessions.iter().filter_map(key_of).collect()).await?;
        self.index_member(id).await?;
        while !self.delete_member(id).await? {}
        Ok(true)
    }

    /// Moves some enrollments to the id that leads nowhere. Gives the links whose seats went back; none when none is left.
    async fn move_enrollments(&self, id: MemberId) -> Result<Option<Vec<LinkId>>, StoreError> {
        self.retry(|_| async move {
            let Some(MemberFile { member, enrollments }) = self.member_file(id).await? else {
                return Ok(Plan::End(None));
            };
            let Some(erased_as) = member.erased_as.filter(|_| !enrollments.is_empty()) else {
                return Ok(Plan::End(None));
            };
            let mut writes = Vec::new();
            let mut released = Vec::new();
            for enrollment in enrollments.iter().take(ENROLLMENTS) {
                let (of_one, left) = anonymous_writes(enrollment, erased_as)?;
                writes.extend(of_one);
                released.extend(left.then_some(enrollment.link));
            }
            Ok(Plan::Write(writes, Some(released)))
        })
        .await
    }

    /// Deletes the member, and their places in the lists of units. Gives whether that was all.
    async fn delete_member(&self, id: MemberId) -> Result<bool, StoreError> {
        self.retry(|_| async move {
            let Some(member) = self.member(id).await?.filter(|member| member.erased_as.is_some()) else {
                return Ok(Plan::End(true));
            };
            let (left, last) = within_reach(&member.allocation, &Allocation::default());
            let mut writes = leave_writes(&member, &left);
            let erased_as = member.erased_as;
            if last {
                let gone = Write::delete(member.key());
                let gone = match &member.last_mail {
                    Some(last) => gone.when("#erased_as = :as AND #last_mail = :last").value(":last", last),
                    None => gone.when("#erased_as = :as AND attribute_not_exists(#last_mail)"),
                };
                writes.push(gone.value(":as", erased_as));
                // The list of mails is read from an index, on which one that was sent a moment ago may not be yet.
                writes.extend(member.last_mail.and_then(|last| last.mail).map(|mail| Write::delete(keys::mail(mail))));
                writes.push(Write::delete(keys::suppression(member.organization, id)));
            } else {
                let update = Write::update(member.key(), Update::new().reallocate(&left));
                writes.push(update.when("#erased_as = :as").value(":as", erased_as));
            }
            Ok(Plan::Write(writes, last))
        })
        .await
    }

    async fn delete_all(&self, keys: Vec<Key>) -> Result<(), StoreError> {
        for some in keys.chunks(DELETED) {
            let writes: Vec<_> = some.iter().cloned().map(Write::delete).collect();
            let writes = &writes;
            self.retry(|_| async move { Ok(Plan::Write(writes.clone(), ())) }).await?;
        }
        Ok(())
    }
}

/// Puts an enrollment under another id, without what it says of the person. Gives also whether a seat, or a place on a waiting
/// list, went back.
fn anonymous_writes(enrollment: &Enrollment, erased_as: MemberId) -> Result<(Vec<Write>, bool), StoreError> {
    let state = match enrollment.state {
        EnrollmentState::Reserved | EnrollmentState::Pending | EnrollmentState::Waiting => EnrollmentState::Removed,
        settled => settled,
    };
    let left = Enrollment {
        member: erased_as,
        state,
        lapses_at: None,
        answers: Answers::default(),
        allocation_ends_at: None,
        request: None,
        challenge: None,
        given: None,
        corrected_from: None,
        erased: true,
        ..enrollment.clone()
    };
    let mut writes = vec![
        Write::delete(enrollment.key())
            .when("#state = :was AND #registered_at = :registered_at")
            .value(":was", enrollment.state)
            .value(":registered_at", enrollment.registered_at),
        Write::put(to_item(&left)?),
    ];
    let released = state != enrollment.state;
    if released {
        let mut counts = Update::new().increase(enrollment.state.name(), -1).increase(state.name(), 1);
        if enrollment.state.holds_seat() {
            counts = counts.increase("taken", -1);
        }
        writes.push(Write::update(keys::lot(enrollment.link, enrollment.lot), counts));
    }
    Ok((writes, released))
}
