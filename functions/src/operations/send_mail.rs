//! `send-mail`: the mails that the table's stream hands over, each with a login token minted for this attempt; and the requests for
//! mail, for which it looks up whom to mail.

use std::time::Duration;

use aws_lambda_events::{
    dynamodb::{Event, EventRecord},
    streams::DynamoDbEventResponse,
};
use futures::{StreamExt, stream};
use lambda_runtime::Error;
use shared::{
    domain::{LoginCode, LoginToken, Mail, MailId, MailKind, MailRequestId, Member},
    email::{About, Letter, LetterError, LetterParts, SendError, SesMessageId, token_life},
    store::{AlertOf, Claimed, MailOutcome, Minted, StoreError},
    table::keys::{self, Named},
};
use tokio::time::Instant;

use super::stream::failure;
use crate::{App, Operation, causes::causes, limits, operation::event_operation};

/// The table's stream, mails and requests for mail only.
pub const OPERATION: Operation = event_operation!("send-mail", send_mail);

/// How many mails are worked on side by side. Each costs a few round trips beside the sending, so that one at a time would stay
/// below the 14 a second that SES takes to begin with; beyond its rate SES asks to slow down, and that is heeded.
const SIDE_BY_SIDE: usize = 4;

/// How long an attempt has a mail for itself: longer than the function's time limit, so that no two attempts overlap.
const LEASE: chrono::TimeDelta = chrono::TimeDelta::seconds(60);

/// The first pause when SES asks to slow down; it doubles.
const FIRST_PAUSE: Duration = Duration::from_millis(150);

/// The longest wait for the next attempt.
const LONGEST_WAIT: chrono::TimeDelta = chrono::TimeDelta::hours(1);

async fn send_mail(app: App, event: Event) -> Result<DynamoDbEventResponse, Error> {
    let deadline = Instant::now() + app.config.work_budget;
    let app = &app;
    let work = event.records.into_iter().filter_map(|record| Some((work_of(&record)?, record)));
    let failures = stream::iter(work).map(|(work, record)| async move {
        // One bad address holds nobody up; what there was no time for is handed over again.
        let done = Instant::now() < deadline && do_or_log(app, work, deadline).await;
        (!done).then(|| failure(&record))
    });
    let mut response = DynamoDbEventResponse::default();
    response.batch_item_failures = failures.buffered(SIDE_BY_SIDE).filter_map(std::future::ready).collect().await;
    Ok(response)
}

/// What a record of the stream asks for.
#[derive(Debug, Clone, Copy)]
enum Work {
    /// A mail is to be sent.
    Send(MailId),
    /// The mails of a request are to be looked up.
    LookUp(MailRequestId),
}

async fn do_or_log(app: &App, work: Work, deadline: Instant) -> bool {
    let done = match work {
        Work::Send(id) => send(app, id, deadline).await,
        Work::LookUp(id) => look_up(app, id).await,
    };
    match done {
        Ok(()) => true,
        Err(error) => {
            tracing::error!(?work, error = causes(&error), "mail could not be worked on");
            false
        }
    }
}

/// Queues the mails that a request leads to. The stream hands them over in their turn.
async fn look_up(app: &App, id: MailRequestId) -> Result<(), Unsent> {
    let mails = app.store.work_off_request(id).await?;
    tracing::info!(request = %id, mails, "a request for mail was worked off");
    Ok(())
}

/// A mail whose fate could not be recorded.
#[derive(Debug, thiserror::Error)]
enum Unsent {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Letter(#[from] LetterError),
}

/// What a record of the stream asks for, by its key.
fn work_of(record: &EventRecord) -> Option<Work> {
    let key: keys::Key = serde_dynamo::from_item(record.change.keys.clone()).ok()?;
    match keys::parse(&key)? {
        Named::Mail(mail) => Some(Work::Send(mail)),
        Named::MailRequest(request) => Some(Work::LookUp(request)),
        _ => None,
    }
}

/// Sends a mail, if it is to be sent. Afterwards the record is done with: its mail is ended, or waits for the sweep.
async fn send(app: &App, id: MailId, deadline: Instant) -> Result<(), Unsent> {
    // Counted before a token is minted, since each new token makes one of the older ones give way.
    if let Some(address) = app.store.counted_untried(id).await?
        && !limits::may_mail(app, &address).await?
    {
        app.store.drop_mail(id, "too_many").await?;
        tracing::info!(mail = %id, "mail dropped: its recipient has had enough");
        return Ok(());
    }
    let (token, code) = (LoginToken::generate(&*app.random), LoginCode::generate(&*app.random));
    let mint = |mail: &Mail, member: &Member| Minted {
        token: token.hash(),
        code: mail.challenge.map(|challenge| code.hash(&challenge)),
        expires_at: app.clock.now().plus(token_life(&app.config, mail.kind, member.access)),
    };
    let Some(claimed) = app.store.claim_mail(id, LEASE, mint).await? else { return Ok(()) };
    let Claimed { mail, member, organization, alert, .. } = &claimed;
    // An attempt that ended in a crash recorded nothing but that it was begun.
    if mail.attempts > app.config.mail_attempts_max {
        app.store.end_mail(&claimed, &MailOutcome::Failed("no_answer"), true).await?;
        tracing::warn!(mail = %id, attempts = mail.attempts, "mail given up: no attempt came to an end");
        return Ok(());
    }
    let about = match alert {
        None if mail.kind == MailKind::Refused => About::Refusal(mail.message.as_ref()),
        None if !mail.kind.signs_in() => About::Nothing,
        None => About::Login {
            token: &token,
            code: mail.challenge.map(|_| &code),
            life: token_life(&app.config, mail.kind, member.access),
        },
        Some(AlertOf::Link(link)) => About::Link(link),
        Some(AlertOf::Webhook(webhook)) => About::Webhook(webhook),
    };
    let language = member.language.unwrap_or(organization.language);
    let parts = LetterParts { mail: id, kind: mail.kind, to: &member.email, language, organization, about };
    let letter = Letter::write(&app.config, &parts)?;
    let sent = deliver(app, &letter, deadline).await;
    let outcome = match &sent {
        Ok(message_id) => MailOutcome::Sent(message_id.0.clone()),
        Err(error) if error.is_permanent() => MailOutcome::Failed(error.reason()),
        Err(error) if mail.attempts >= app.config.mail_attempts_max => MailOutcome::Failed(error.reason()),
        Err(error) => MailOutcome::TryAgain { at: app.clock.now().plus(wait(mail.attempts)), reason: error.reason() },
    };
    let unsent = sent.as_ref().is_err_and(|error| !error.may_have_been_sent());
    app.store.end_mail(&claimed, &outcome, unsent).await?;
    match &sent {
        Ok(_) => tracing::info!(mail = %id, kind = ?mail.kind, attempts = mail.attempts, "mail sent"),
        Err(error) => {
            tracing::warn!(mail = %id, attempts = mail.attempts, reason = error.reason(), ?outcome, "mail not sent");
        }
    }
    Ok(())
}

/// Hands the letter to SES, slowing down as long as it asks for that and there is time.
async fn deliver(app: &App, letter: &Letter, deadline: Instant) -> Result<SesMessageId, SendError> {
    let mut pause = FIRST_PAUSE;
    loop {
        match app.mailer.send(letter).await {
            Err(SendError::Throttled(_)) if Instant::now() + pause < deadline => {
                tokio::time::sleep(pause).await;
                pause *= 2;
            }
            ended => return ended,
        }
    }
}

/// How long to wait after so many attempts: 30 seconds, doubling, at most an hour. The sweep looks every five minutes.
fn wait(attempts: u32) -> chrono::TimeDelta {
    let doubled = chrono::TimeDelta::seconds(30 << attempts.saturating_sub(1).min(10));
    doubled.min(LONGEST_WAIT)
}
