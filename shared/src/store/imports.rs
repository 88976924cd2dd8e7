//! Imports: the rows of a file as the pages of a job, and what becomes of each person.

use chrono::TimeDelta;
use futures::{StreamExt, TryStreamExt, stream};
use serde_json::json;

use super::{
    GrantOutcome, GrantTally, Store, StoreError, member_units::units_as_read, seat::unit_member_writes,
    transaction::Plan,
};
use crate::{
    domain::{
        Access, Act, Actor, Allocation, ImportAccess, ImportOrder, ImportPage, ImportPerson, Job, JobId, JobRow,
        MailKind, Member, MemberId, Outcome, Skipped, Subject, Timestamp, UnitId,
    },
    table::{Record, Update, Write, keys, to_item},
};

/// How long the rows of a file are kept at most, should their job never come to them. They go with the page that works them off.
pub const ROWS_KEEP: TimeDelta = TimeDelta::days(7);

/// How many pages one transaction writes or deletes: within its 4 MB even if every row is as long as it may be.
const PAGES_AT_ONCE: usize = 10;

/// How many such transactions go side by side.
const SIDE_BY_SIDE: usize = 4;

impl Store {
    /// Writes the pages of a job that is still to be made.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn put_import_pages(&self, pages: &[ImportPage]) -> Result<(), StoreError> {
        let items = pages.iter().map(|page| Ok(Write::put(to_item(page)?))).collect::<Result<Vec<_>, StoreError>>()?;
        self.write_side_by_side(items).await
    }

    /// A page of an import, unless it was worked off.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn import_page(&self, job: JobId, page: u32) -> Result<Option<ImportPage>, StoreError> {
        self.get(keys::import_page(job, page)).await
    }

    /// Deletes the pages that an import that is about to end has not come to.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn drop_import_pages(&self, job: &Job, order: &ImportOrder) -> Result<(), StoreError> {
        let left = job.position.page..order.pages;
        self.write_side_by_side(left.map(|page| Write::delete(keys::import_page(job.id, page))).collect()).await
    }

    async fn write_side_by_side(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let parts = writes.chunks(PAGES_AT_ONCE).map(<[Write]>::to_vec).collect::<Vec<_>>();
        let writing = parts.into_iter().map(|writes| async move {
            let writes = &writes;
            self.retry(|_| async move { Ok(Plan::Write(writes.clone(), ())) }).await
        });
        stream::iter(writing).buffer_unordered(SIDE_BY_SIDE).try_collect().await
    }

    /// Lets a person of an import in, or among those who wait, and puts them in their units. `row` is their line of the report: it
    /// is written with what is done. Gives how it ended, and whether the report has it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn import_member(
        &self,
        actor: &Actor,
        person: &ImportPerson,
        order: &ImportOrder,
        row: &JobRow,
    ) -> Result<(Outcome, bool), StoreError> {
        let id = MemberId::of_address(actor.organization, &person.email);
        let audit = &self.audit(actor.organization, Some(actor.id), Act::MemberImported, Subject::Member(id));
        let ended = self
            .retry(|_| async move {
                let found = self.member(id).await?;
                // Who is there may be there by this very row: its answer was lost, or another attempt of the call was faster.
                if found.is_some()
                    && let Some(written) = self.get::<JobRow>(row.key()).await?
                {
                    return Ok(Plan::End(Some((written.outcome, true))));
                }
                let mut outcome = found.as_ref().map_or(Outcome::Created, |member| outcome_for(member, person, order));
                if outcome == Outcome::Granted {
                    // By the rule by which every grant decides; whom it skips is left as they are, in their units too.
                    let mut tally = GrantTally::default();
                    self.preview_grants(actor.organization, &[id], false, &mut tally).await?;
                    outcome = tally.outcomes.into_keys().next().unwrap_or(Outcome::NotFound);
                }
                let nothing_to_write = !matches!(outcome, Outcome::Created | Outcome::Granted | Outcome::Updated);
                if order.dry_run || nothing_to_write {
                    return Ok(Plan::End(Some((outcome, false))));
                }
                let now = self.clock.now();
                let mut row = JobRow { outcome, ..row.clone() };
                let Some(member) = found else {
                    let member = newcomer(actor, person, order.access, now);
                    let mut writes = vec![Write::put(to_item(&member)?).when("attribute_not_exists(#PK)")];
                    writes.extend(unit_member_writes(&member, &person.allocation));
                    let told = json!({"access": member.access, "units": units(&person.allocation)});
                    writes.push(audit.write(&serde_json::Value::Null, &told)?);
                    if order.access == ImportAccess::Granted {
                        let mail = self.new_mail(actor.organization, id, MailKind::Grant, now);
                        row.mail = Some(mail.id);
                        writes.push(Write::put(to_item(&mail)?));
                    }
                    writes.push(Write::put(to_item(&row)?));
                    return Ok(Plan::Write(writes, Some((outcome, true))));
                };
                let more = person.allocation.minus(&member.allocation);
                if more.is_empty() {
                    return Ok(Plan::End(None));
                }
                // As if the admin had put them there by hand.
                let mut assigned = member.assigned.clone();
                assigned.extend(&more);
                let update = Update::new().allocate(&more).put("assigned", &assigned);
                let mut writes = vec![units_as_read(&member, update)];
                writes.extend(unit_member_writes(&member, &more));
                writes.push(audit.write(&json!({"units": []}), &json!({"units": units(&more)}))?);
                if outcome == Outcome::Granted {
                    // The row comes with the access.
                    return Ok(Plan::Write(writes, None));
                }
                writes.push(Write::put(to_item(&row)?));
                Ok(Plan::Write(writes, Some((outcome, true))))
            })
            .await?;
        if let Some(ended) = ended {
            return Ok(ended);
        }
        // They are there without access, in their units by now. What they wait for lands with it.
        let row = JobRow { outcome: Outcome::Granted, ..row.clone() };
        Ok(match self.grant(actor, id, false, Some(&row)).await? {
            GrantOutcome::Granted => (Outcome::Granted, true),
            GrantOutcome::Skipped(Skipped::AlreadyGranted) => (Outcome::Already, false),
            GrantOutcome::Skipped(why) => (Outcome::from(why), false),
            GrantOutcome::NotFound => (Outcome::NotFound, false),
        })
    }
}

/// How it ends for somebody who is there.
fn outcome_for(member: &Member, person: &ImportPerson, order: &ImportOrder) -> Outcome {
    let lets_in = order.access == ImportAccess::Granted && member.access != Access::Granted;
    match member.access {
        Access::Revoked => Outcome::Revoked,
        _ if lets_in => Outcome::Granted,
        _ if person.allocation.minus(&member.allocation).is_empty() => Outcome::Already,
        _ => Outcome::Updated,
    }
}

fn units(allocation: &Allocation) -> Vec<UnitId> {
    allocation.units().collect()
}

fn newcomer(actor: &Actor, person: &ImportPerson, access: ImportAccess, now: Timestamp) -> Member {
    let access = if access == ImportAccess::Granted { Access::Granted } else { Access::Pending };
    Member {
        allocation: person.allocation.clone(),
        assigned: person.allocation.clone(),
        granted_by: (access == Access::Granted).then_some(actor.id),
        ..Member::new(actor.organization, person.name.clone(), person.email.clone(), access, now)
    }
}
