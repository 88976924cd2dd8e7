//! Redeem: a registration, step by step. What is tried next is decided by [`Redemption`]; this file does the steps, and
//! `seat.rs` and `waiting.rs` have their writes.

use futures::join;

use super::{
    Store, StoreError,
    seat::{Attempted, Mailing, state_of},
    transaction::Patience,
};
use crate::{
    domain::{
        Answers, CodeChallenge, CodeHash, Door, EmailAddress, EnrollmentState, Language, MailRequest, Member, MemberId,
        PersonName,
        redemption::{Attempt, Ending, Redemption, Step},
    },
    table::keys,
};

/// Who registers.
#[derive(Debug, Clone)]
pub enum Identity {
    /// Somebody who says who they are; the address is to be proven.
    Stranger {
        /// The name they gave.
        name: PersonName,
        /// The address they gave.
        email: EmailAddress,
    },
    /// A signed-in member of the link's organization.
    SignedIn(Box<Member>),
}

impl Identity {
    /// The address that is theirs, or that they gave.
    #[must_use]
    pub fn email(&self) -> &EmailAddress {
        match self {
            Self::Stranger { email, .. } => email,
            Self::SignedIn(member) => &member.email,
        }
    }

    /// The id of the member that registers behind this door.
    pub(super) fn member_in(&self, door: &Door) -> MemberId {
        match self {
            Self::Stranger { email, .. } => MemberId::of_address(door.organization, email),
            Self::SignedIn(member) => member.id,
        }
    }
}

/// A registration: who, and what they answered to what the link asks.
#[derive(Debug, Clone)]
pub struct Registration {
    /// Who.
    pub identity: Identity,
    /// What they answered.
    pub answers: Answers,
    /// What their browser can prove later.
    pub challenge: Option<CodeChallenge>,
    /// The language in which they read the page. It becomes a newcomer's; that of somebody signed in is theirs to choose elsewhere.
    pub language: Option<Language>,
}

impl From<Identity> for Registration {
    /// Somebody who is asked nothing.
    fn from(identity: Identity) -> Self {
        Self { identity, answers: Answers::new(), challenge: None, language: None }
    }
}

/// How a registration ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redeemed {
    /// How.
    pub ending: Ending,
    /// The state in which the enrollment began, where a seat was taken.
    pub state: Option<EnrollmentState>,
    /// The door as it was read last.
    pub door: Option<Door>,
}

/// The request for mail of one registration. It is written once, beside the first attempt, so that a call makes the same writes for
/// every address and waits for none of them longer.
#[derive(Debug)]
struct Asking {
    /// The request, until it is written.
    unwritten: Option<MailRequest>,
    /// Why it could not be written.
    failed: Option<StoreError>,
    /// What the registration's own mail is to be.
    mailing: Mailing,
    /// Whether the registration was written.
    done: bool,
}

impl Asking {
    /// How the registration ended, unless it was one of somebody who was there already and their request could not be written. The
    /// mail of a registration that was written is written with it.
    fn end(self, redeemed: Redeemed) -> Result<Redeemed, StoreError> {
        match self.failed {
            Some(error) if !self.done => Err(error),
            _ => Ok(redeemed),
        }
    }
}

impl Store {
    /// The door of the link with this code.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn door(&self, code: &CodeHash) -> Result<Option<Door>, StoreError> {
        self.get(keys::door(code)).await
    }

    /// Registers somebody through the link whose door, found by `code`, was read as `door`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when conflicts, throttling or an edit outlast the time budget, or when somebody who was there
    /// already could not be promised mail.
    pub async fn redeem(
        &self,
        code: &CodeHash,
        door: Option<Door>,
        registration: &Registration,
    ) -> Result<Redeemed, StoreError> {
        let identity = &registration.identity;
        let now = self.clock.now();
        let known = matches!(identity, Identity::SignedIn(_));
        let repeat_since = now.plus(-self.settings.repeat_window);
        let mut redemption =
            Redemption::new(now, repeat_since, known, identity.email().clone()).proving(registration.challenge);
        let mut asking = self.asking(door.as_ref(), registration);
        let mut patience = self.patience();
        let mut step = redemption.door_read(door.as_ref());
        let mut door = door;
        loop {
            step = match (step, &door) {
                (Step::End(ending), door) => {
                    self.request_without_attempt(&ending, &mut asking).await;
                    let seated = ending == Ending::Seated;
                    let state = door.as_ref().filter(|_| seated).map(|door| state_of(door, identity));
                    return asking.end(Redeemed { ending, state, door: door.clone() });
                }
                (Step::ReadDoor { pause }, _) => {
                    if pause {
                        self.pause(&mut patience).await?;
                    }
                    door = self.patiently(&mut patience, || self.door(code)).await?;
                    redemption.door_read(door.as_ref())
                }
                (Step::ReadLots { pause }, Some(door)) => {
                    if pause {
                        self.pause(&mut patience).await?;
                    }
                    let seen = self.patiently(&mut patience, || self.lots_seen(door)).await?;
                    redemption.lots_read(seen)
                }
                (Step::ReadEnrollment, Some(door)) => {
                    let key = keys::enrollment(identity.member_in(door), door.link);
                    let read = self.patiently(&mut patience, || self.get(key.clone())).await?;
                    redemption.enrollment_read(read)
                }
                (Step::TryOneOf { lots, pause }, Some(door)) => {
                    if pause {
                        self.pause(&mut patience).await?;
                    }
                    let lot = self.choose(&lots);
                    let attempt = self.take_seat(door, lot, registration, asking.mailing, now);
                    let attempt = self.beside_request(attempt, &mut asking).await?;
                    redemption.attempted(lot, attempt)
                }
                (Step::JoinWaitingList { pause }, Some(door)) => {
                    if pause {
                        self.pause(&mut patience).await?;
                    }
                    let attempt = self.join_waiting_list(door, registration, asking.mailing, now);
                    let attempt = self.beside_request(attempt, &mut asking).await?;
                    redemption.tried_to_wait(attempt)
                }
                (Step::MoveLine(to), Some(door)) => {
                    let moved = self.move_line(door, to, &patience).await?;
                    redemption.line_moved(moved)
                }
                (
                    Step::ReadLots { .. }
                    | Step::ReadEnrollment
                    | Step::TryOneOf { .. }
                    | Step::JoinWaitingList { .. }
                    | Step::MoveLine(_),
                    None,
                ) => Step::ReadDoor { pause: false },
            };
        }
    }

    /// What a registration asks for beside its seat: nothing for a signed-in member, who is answered by their own state.
    fn asking(&self, door: Option<&Door>, registration: &Registration) -> Asking {
        let unwritten = match (&registration.identity, door) {
            (Identity::Stranger { email, .. }, Some(door)) => {
                Some(self.registration_request(door, email, registration.challenge))
            }
            _ => None,
        };
        let mailing = Mailing { request: unwritten.as_ref().map(|request| request.id), on_its_way: false };
        Asking { unwritten, failed: None, mailing, done: false }
    }

    /// Writes the request of a registration that ended without an attempt, because the link was seen full.
    async fn request_without_attempt(&self, ending: &Ending, asking: &mut Asking) {
        let looked_at = matches!(ending, Ending::Full | Ending::Waiting | Ending::AlreadyThere(_) | Ending::Revoked);
        if let Some(request) = asking.unwritten.take_if(|_| looked_at) {
            asking.failed = self.request_mail(&request).await.err();
        }
    }

    /// Makes an attempt, and with the first one writes the request for mail.
    async fn beside_request(
        &self,
        attempt: impl Future<Output = Result<Attempted, StoreError>>,
        asking: &mut Asking,
    ) -> Result<Attempt, StoreError> {
        let Attempted { attempt, mail_there } = match asking.unwritten.take() {
            None => attempt.await?,
            Some(request) => {
                let (attempt, written) = join!(attempt, self.request_mail(&request));
                asking.failed = written.err();
                attempt?
            }
        };
        asking.mailing.on_its_way |= mail_there;
        asking.done |= attempt == Attempt::Done;
        Ok(attempt)
    }

    /// Repeats a read that the table could not answer, within the time budget.
    async fn patiently<T, F>(&self, patience: &mut Patience, read: impl Fn() -> F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, StoreError>>,
    {
        loop {
            match read().await {
                Err(error) if error.is_transient() => self.pause(patience).await?,
                ended => return ended,
            }
        }
    }
}
