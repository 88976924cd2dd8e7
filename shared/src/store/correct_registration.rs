//! Correcting the address of a registration: the browser that made it proves by its verifier that it did, and the seat, or the place
//! in the line, is that of the right address, in one transaction. Nobody learns from it whether an address is known.

use tokio::try_join;

use super::{
    Identity, Store, StoreError,
    member_access::{access_write, once_ended},
    member_units::out_writes,
    members::MemberFile,
    moved::{moved, moving_writes},
    seat::{newcomer, state_of, stranger_write},
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{
        Access, Admittance, CodeHash, CodeVerifier, Door, EmailAddress, Enrollment, EnrollmentState, LinkState, Mail,
        MailId, MailKind, MailRequest, Member, MemberId, Role, Timestamp,
    },
    table::{Record, Update, Write, keys, to_item},
};

/// A correction that somebody asks for.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The address that was registered.
    pub from: EmailAddress,
    /// The address that it should have been.
    pub to: EmailAddress,
    /// What the browser that registered has kept.
    pub verifier: CodeVerifier,
}

/// How a correction ended: by the link and the domain of the new address alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CorrectionOutcome {
    /// It was done, if there was anything to be done. The door as it was read last.
    Answered(Box<Door>),
    /// There is no link with this code.
    NotFound,
    /// The link is deactivated.
    Inactive,
    /// The link is for addresses of other domains.
    OtherDomain,
}

/// What an attempt came to.
type Ended = (CorrectionOutcome, bool);

impl Store {
    /// Corrects the address of what was registered behind the door with this code, if it was registered a short while ago by the browser
    /// that has the verifier, and nobody was let in by it. The registration moves to the new address as it is, and that is mailed as
    /// if it had registered. Where the new address is there already, or is to stay out, the registration ends as one that was taken
    /// back, and the new address is mailed what a repetition is. The mail to the old address is not sent, if nobody is sending it
    /// yet; a login link that was sent is good for nothing, unless its member may sign in otherwise.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn correct_registration(
        &self,
        code: &CodeHash,
        door: &Door,
        correction: &Correction,
    ) -> Result<CorrectionOutcome, StoreError> {
        let asked = self.registration_request(door, &correction.to, Some(correction.verifier.challenge()));
        let (outcome, done) = self
            .retry(|Unanswered(unanswered)| {
                let asked = asked.clone();
                async move { self.plan_correction(code, correction, asked, unanswered).await }
            })
            .await?;
        if done && let CorrectionOutcome::Answered(door) = &outcome {
            // A seat may have come free. Looking whether one did costs the same for every address.
            self.seats_released(door.organization, door.link).await?;
        }
        Ok(outcome)
    }

    async fn plan_correction(
        &self,
        code: &CodeHash,
        Correction { from, to, verifier }: &Correction,
        asked: MailRequest,
        unanswered: bool,
    ) -> Result<Plan<Ended>, StoreError> {
        let now = self.clock.now();
        // A door that was opened anew under another code is another door, and the one of this code is gone.
        let Some(door) = self.door(code).await? else { return Ok(Plan::End((CorrectionOutcome::NotFound, false))) };
        let id = |address| MemberId::of_address(door.organization, address);
        let (old, new) = (id(from), id(to));
        let (theirs, others) = try_join!(self.member_file(old), self.member_file(new))?;
        match door.state {
            LinkState::Deleted => return Ok(Plan::End((CorrectionOutcome::NotFound, false))),
            LinkState::Inactive => return Ok(Plan::End((CorrectionOutcome::Inactive, false))),
            LinkState::Active if door.intake.admittance(to) == Admittance::Refused => {
                return Ok(Plan::End((CorrectionOutcome::OtherDomain, false)));
            }
            LinkState::Active => {}
        }
        let answered = CorrectionOutcome::Answered(Box::new(door.clone()));
        let (challenge, since) = (verifier.challenge(), now.plus(-self.settings.withdrawal_window));
        let correctable = |one: &&Enrollment| one.link == door.link && one.may_be_corrected(challenge, since);
        let found = theirs.as_ref().and_then(|file| Some((file, file.enrollments.iter().find(correctable)?)));
        let Some((file, enrollment)) = found.filter(|_| old != new) else {
            // The request was written with it.
            let done = unanswered && self.get_item(keys::mail_request(asked.id)).await?.is_some();
            return Ok(Plan::End((answered, done)));
        };
        let request = promising(asked, door.mails_at_once(to));
        let mut writes = vec![Write::put(to_item(&request)?).when("attribute_not_exists(#PK)")];
        writes.extend(self.unsent_mail(enrollment, now).await?);
        if let Some(there) = others.as_ref().and_then(|file| in_the_way(file, enrollment)) {
            let taken_back = Update::new().put("withdrawn_at", now);
            writes.extend(out_writes(&file.member, &file.enrollments, enrollment, taken_back, false).0);
            writes.push(there);
        } else {
            writes.extend(self.correction_writes(&door, file, enrollment, to, &request, now)?);
        }
        Ok(Plan::Write(writes, (answered, true)))
    }

    /// What moving a registration to another address writes beside the request: the enrollment, its lot, both members and the mail.
    fn correction_writes(
        &self,
        door: &Door,
        file: &MemberFile,
        enrollment: &Enrollment,
        to: &EmailAddress,
        request: &MailRequest,
        now: Timestamp,
    ) -> Result<Vec<Write>, StoreError> {
        let Some(given) = &enrollment.given else { return Ok(Vec::new()) };
        let stranger = Identity::Stranger { name: given.name.clone(), email: to.clone() };
        // Who waits goes on waiting; of a seat the rules are those by which the new address would register.
        let waits = enrollment.state == EnrollmentState::Waiting;
        let state = if waits { EnrollmentState::Waiting } else { state_of(door, &stranger) };
        let reserved = state == EnrollmentState::Reserved;
        let lapses_at = reserved.then(|| enrollment.lapses_at.unwrap_or(now.plus(self.settings.reservation)));
        let newcomer = Member { language: given.language, ..newcomer(door, &given.name, to, state, now) };
        let into = Enrollment {
            state,
            lapses_at,
            request: Some(request.id),
            corrections: enrollment.corrections + 1,
            ..moved(enrollment, newcomer.id)
        };
        let mut writes: Vec<Write> = moving_writes(enrollment, &into)?.into();
        writes.push(lot_write(door, enrollment, state));
        writes.extend(left_writes(file, enrollment));
        writes.push(stranger_write(&newcomer)?);
        if reserved {
            let mail = self.new_mail(door.organization, newcomer.id, MailKind::Registration, now);
            let id = MailId::of_request(request.id, newcomer.id);
            let mail = Mail { id, challenge: enrollment.challenge, ..mail };
            writes.push(Write::put(to_item(&mail)?).when("attribute_not_exists(#PK)"));
        }
        Ok(writes)
    }
}

/// The request, as the link's answer to the new address now is.
fn promising(mut request: MailRequest, promised: bool) -> MailRequest {
    if let Some(through) = &mut request.through {
        through.promised = promised;
    }
    request
}

/// What keeps a registration from becoming that of this member: they are revoked, or are there already. A check that it is still so.
fn in_the_way(file: &MemberFile, enrollment: &Enrollment) -> Option<Write> {
    if file.member.access == Access::Revoked {
        let revoked = Write::check(file.member.key()).when("#access = :revoked");
        return Some(revoked.value(":revoked", Access::Revoked));
    }
    let there = file.enrollments.iter().find(|one| one.link == enrollment.link && !one.may_be_made_again())?;
    let still = Write::check(there.key()).when("#state = :met AND #registered_at = :met_at");
    Some(still.value(":met", there.state).value(":met_at", there.registered_at))
}

/// Holds that the link has not been edited since its door was read, and brings its lot to count the enrollment in `state`. No seat is
/// taken and none given back.
fn lot_write(door: &Door, enrollment: &Enrollment, state: EnrollmentState) -> Write {
    let key = keys::lot(enrollment.link, enrollment.lot);
    let write = if state == enrollment.state {
        Write::check(key)
    } else {
        let counts = Update::new().increase(enrollment.state.name(), -1).increase(state.name(), 1);
        let came_to_wait = state.waits_for_admin() && !enrollment.state.waits_for_admin();
        Write::update(key, if came_to_wait { counts.increase("came", 1) } else { counts })
    };
    write.when("#gate = :gate").value(":gate", door.gate.number)
}

/// What becomes of the member whose registration it was. Whom nothing but this registration has made a member is none any more: it was
/// somebody else's address, or nobody's. Everybody else stays, with nothing of it to wait for.
fn left_writes(MemberFile { member, enrollments }: &MemberFile, enrollment: &Enrollment) -> Vec<Write> {
    if !is_nothing_but(member, enrollments, enrollment) {
        let others = enrollments.iter().filter(|one| one.link != enrollment.link);
        return vec![access_write(member, once_ended(member, others, false))];
    }
    let gone = Write::delete(member.key())
        .when(
            "#registrations = :registrations AND #access = :was AND #name_unconfirmed = :unconfirmed \
             AND attribute_not_exists(#allocation_version) AND attribute_not_exists(#proven_at) \
             AND attribute_not_exists(#erased_as)",
        )
        .value(":registrations", member.registrations)
        .value(":was", member.access)
        .value(":unconfirmed", true);
    let mut writes = vec![gone];
    writes.extend(member.login_tokens.iter().map(|hash| Write::delete(keys::token(hash))));
    let suppressed = member.suppressed.map(|_| Write::delete(keys::suppression(member.organization, member.id)));
    writes.extend(suppressed);
    writes
}

/// Whether all there is of a member was made by this registration.
fn is_nothing_but(member: &Member, enrollments: &[Enrollment], enrollment: &Enrollment) -> bool {
    let made_by_it = member.first_link == Some(enrollment.link) && member.registrations > 0 && enrollments.len() == 1;
    let untouched = member.name_unconfirmed && member.allocation_version == 0 && member.login_resent_at.is_none();
    let never_in = member.role == Role::Member && member.granted_at.is_none() && member.proven_at.is_none();
    made_by_it && untouched && member.access.is_without() && never_in && member.erased_as.is_none()
}
