//! The stage of the story: the system, the people and the clock, and what guests do there.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::{
    clock::{Clock, ShiftedClock},
    domain::Timestamp,
};

use super::{
    calendar::Calendar,
    caller::Call,
    guest::Guest,
    links::{self, Link},
    story::Deed,
};
use crate::system::Running;

/// How long the system may take to come to rest after what was done at one moment.
const PATIENCE: Duration = Duration::from_secs(120);

/// The system, the people and the clock.
pub(super) struct Stage<'s> {
    pub running: &'s Running,
    pub clock: Arc<ShiftedClock>,
    pub calendar: &'s Calendar,
    pub guests: &'s [Guest],
    /// The links that are made: id and code.
    pub links: BTreeMap<Link, (String, String)>,
}

impl<'s> Stage<'s> {
    /// An empty stage.
    pub(super) fn new(
        running: &'s Running,
        clock: Arc<ShiftedClock>,
        calendar: &'s Calendar,
        guests: &'s [Guest],
    ) -> Self {
        Self { running, clock, calendar, guests, links: BTreeMap::new() }
    }

    /// Moves the clock on to a moment, unless it is there.
    pub(super) fn move_to(&self, moment: Timestamp) {
        let ahead = moment.since(self.clock.now());
        if ahead > TimeDelta::zero() {
            self.clock.advance(ahead);
        }
    }

    /// Waits until mails are sent and jobs are done.
    pub(super) async fn come_to_rest(&self) -> Result<()> {
        tokio::time::timeout(PATIENCE, self.running.rest()).await.context("the system does not come to rest")
    }

    /// Does what one of the guests does.
    pub(super) async fn people_do(&self, deed: &Deed) -> Result<()> {
        match deed {
            Deed::Open(link) => {
                let path = format!("{}/opened", self.join(*link)?);
                Call::tell(&path).by(self.running, *link as usize).await?.expect(204)?;
            }
            Deed::Register(number) => self.register(*number).await?,
            Deed::Knock(link) => {
                let body = json!({"name": "Late Comer", "email": "late.comer@mail.example.net"});
                let answer = Call::post(&self.join(*link)?, &body).by(self.running, *link as usize).await?;
                anyhow::ensure!(matches!(answer.status, 409 | 410), "{link:?} took somebody: {}", answer.body);
            }
            Deed::Ask(number) => self.ask(&self.guest(*number)?.person.email, *number).await?,
            Deed::SignIn(number) => drop(self.sign_in(&self.guest(*number)?.person.email, *number).await?),
            Deed::Second(number, link) => {
                let email = &self.guest(*number)?.person.email;
                self.ask(email, *number).await?;
                self.come_to_rest().await?;
                let session = self.sign_in(email, *number).await?.context("no login mail has come")?;
                let join = self.join(*link)?;
                Call::post(&join, &json!({})).bearer(&session).by(self.running, caller(*number)).await?.expect(200)?;
            }
            Deed::Admin(..) | Deed::Sweep => {}
        }
        Ok(())
    }

    async fn register(&self, number: usize) -> Result<()> {
        let guest = self.guest(number)?;
        let link = guest.link.context("a guest without a link")?;
        let domain = guest.person.email.rsplit('@').next().unwrap_or_default();
        let mut body = json!({"name": guest.person.name, "email": guest.person.email});
        let answers = links::answers(link, self.calendar, domain, number);
        if answers.as_object().is_some_and(|answers| !answers.is_empty()) {
            body["answers"] = answers;
        }
        let answer = Call::post(&self.join(link)?, &body).by(self.running, caller(number)).await?;
        answer.expect(202).map(drop).with_context(|| format!("{link:?}"))
    }

    async fn ask(&self, email: &str, number: usize) -> Result<()> {
        let call = Call::post("/v1/login-links", &json!({"email": email})).by(self.running, caller(number));
        call.await?.expect(202).map(drop)
    }

    /// A session, from the newest login mail; none if there is no mail.
    pub(super) async fn sign_in(&self, email: &str, number: usize) -> Result<Option<String>> {
        let Some(token) = self.newest_token(email)? else { return Ok(None) };
        let body = json!({"token": token, "session": "bearer"});
        let answer = Call::post("/v1/sessions", &body).by(self.running, caller(number)).await?.expect(201)?;
        Ok(answer["session_token"].as_str().map(str::to_owned))
    }

    /// Asks for a login mail and signs in from it.
    pub(super) async fn sign_in_anew(&self, email: &str, number: usize) -> Result<String> {
        if self.newest_token(email)?.is_some() {
            self.ask(email, number).await?;
            self.come_to_rest().await?;
        }
        self.sign_in(email, number).await?.with_context(|| format!("no login mail has come to {email}"))
    }

    fn newest_token(&self, email: &str) -> Result<Option<String>> {
        let messages = self.running.mailbox.messages(Some(email))?;
        let links = messages.iter().rev().filter_map(|message| message.first_link());
        Ok(links.filter_map(|link| link.split_once("/sign-in?t=")).map(|(_, token)| token.to_owned()).next())
    }

    fn join(&self, link: Link) -> Result<String> {
        let (_, code) = self.links.get(&link).with_context(|| format!("{link:?} is not made yet"))?;
        Ok(format!("/v1/join/{code}"))
    }

    /// Somebody by number.
    pub(super) fn guest(&self, number: usize) -> Result<&Guest> {
        self.guests.get(number).with_context(|| format!("there is no guest {number}"))
    }

    /// A made link's id.
    pub(super) fn link_id(&self, link: Link) -> Result<&str> {
        self.links.get(&link).map(|(id, _)| id.as_str()).with_context(|| format!("{link:?} is not made yet"))
    }

    /// Keeps what create-link or regenerate-link answered.
    pub(super) fn keep(&mut self, link: Link, made: &Value) -> Result<()> {
        let text =
            |name: &str| made[name].as_str().map(str::to_owned).with_context(|| format!("a link without {name}"));
        self.links.insert(link, (text("id")?, text("code")?));
        Ok(())
    }
}

/// Guests call from addresses of their own; the low ones are those of visitors and admins.
fn caller(number: usize) -> usize {
    256 + number
}
