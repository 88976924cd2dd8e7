//! The admins: each signs in when there is something to do, and does it through the API.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use chrono::TimeDelta;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use shared::{clock::Clock, domain::Timestamp};

use super::{
    acts::Act,
    caller::Call,
    links::{Link, PLANS},
    places::{self, ADMINS, MODULES, UNITS},
    stage::Stage,
};

/// An admin's session ends after an hour without a request.
const SITTING: TimeDelta = TimeDelta::minutes(45);

/// The address that admins call from: beside those of visitors.
const CALLER: usize = 100;

/// Who is signed in, and the API key.
#[derive(Default)]
pub(super) struct Office {
    sessions: BTreeMap<usize, (String, Timestamp)>,
    key: Option<String>,
}

impl Office {
    /// Has an admin do something.
    pub(super) async fn act(&mut self, stage: &mut Stage<'_>, by: usize, act: &Act) -> Result<()> {
        let session = self.session(stage, by).await?;
        let desk = Desk { stage, session: &session, by };
        match act {
            Act::SetUp => self.key = Some(desk.set_up().await?),
            Act::Make(link) => {
                let plan = PLANS.iter().find(|plan| plan.link == *link).context("a link without a plan")?;
                let made = desk.post("/v1/links", &plan.body(stage.calendar), 201).await?;
                stage.keep(*link, &made)?;
            }
            Act::Deactivate(link) => drop(desk.edit(*link, json!({"state": "inactive"})).await?),
            Act::SetCap(link, cap) => drop(desk.edit(*link, json!({"cap": cap})).await?),
            Act::Delete(link) => desk.delete(&format!("/v1/links/{}", stage.link_id(*link)?)).await?,
            Act::ReplaceCode(link) => {
                let path = format!("/v1/links/{}", stage.link_id(*link)?);
                let version = desk.get(&path).await?["version"].clone();
                let made = desk.post(&format!("{path}/code"), &json!({"version": version}), 200).await?;
                stage.keep(*link, &made)?;
            }
            Act::GrantAll => desk.grant_all().await?,
            Act::OrderGrants => drop(desk.post("/v1/jobs/grants", &json!({"filter": {}}), 202).await?),
            Act::Refuse(guests) => desk.bulk("refusals", guests, "refused").await?,
            Act::Revoke(guests) => desk.bulk("revocations", guests, "revoked").await?,
            Act::Restore(guests) => desk.bulk("restorations", guests, "restored").await?,
            Act::MailAgain(guests) => desk.bulk("login-mails", guests, "queued").await?,
            Act::TakeOut(guest) => {
                let link = stage.guest(*guest)?.link.context("a guest without a link")?;
                let (link, member) = (stage.link_id(link)?, desk.member(*guest).await?);
                desk.delete(&format!("/v1/links/{link}/enrollments/{member}")).await?;
            }
            Act::Erase(guest) => desk.delete(&format!("/v1/members/{}", desk.member(*guest).await?)).await?,
            Act::Rename(guest, name) => desk.change_member(*guest, json!({"name": name})).await?,
            Act::PutIn(guest, unit) => desk.put_in(*guest, unit).await?,
            Act::ClearSuppression(guest) => {
                desk.delete(&format!("/v1/suppressions/{}", desk.member(*guest).await?)).await?;
            }
            Act::Import => {
                let key = self.key.as_deref().context("no API key yet")?;
                Desk { session: key, ..desk }.import().await?;
            }
        }
        Ok(())
    }

    /// The session of an admin who was here a moment ago, or else a new one.
    async fn session(&mut self, stage: &Stage<'_>, by: usize) -> Result<String> {
        let now = stage.clock.now();
        if let Some((session, last)) = self.sessions.get_mut(&by)
            && now.since(*last) < SITTING
        {
            *last = now;
            return Ok(session.clone());
        }
        let session = stage.sign_in_anew(ADMINS[by].1, CALLER + by).await?;
        self.sessions.insert(by, (session.clone(), now));
        Ok(session)
    }
}

/// An admin at work.
struct Desk<'d> {
    stage: &'d Stage<'d>,
    session: &'d str,
    by: usize,
}

impl Desk<'_> {
    async fn call(&self, call: Call<'_>, status: u16) -> Result<Value> {
        call.bearer(self.session).by(self.stage.running, CALLER + self.by).await?.expect(status)
    }

    async fn get(&self, path: &str) -> Result<Value> {
        self.call(Call::get(path), 200).await
    }

    async fn delete(&self, path: &str) -> Result<()> {
        self.call(Call::delete(path), 204).await.map(drop)
    }

    async fn post(&self, path: &str, body: &Value, status: u16) -> Result<Value> {
        self.call(Call::post(path, body), status).await
    }

    /// Settings, catalog, admins, and an API key, whose text this gives.
    async fn set_up(&self) -> Result<String> {
        self.call(Call::patch("/v1/organization", &json!({"support_contact": places::SUPPORT})), 200).await?;
        for (title, slug) in MODULES {
            let path = format!("/v1/modules/{}", places::module_id(slug));
            self.call(Call::put(&path, &places::module(title, slug)), 200).await?;
        }
        for unit in &UNITS {
            let path = format!("/v1/units/{}", places::unit_id(unit.name));
            self.call(Call::put(&path, &unit.body()), 200).await?;
        }
        for (name, email) in &ADMINS[1..] {
            self.post("/v1/admins", &json!({"name": name, "email": email}), 201).await?;
        }
        let key = self.post("/v1/api-keys", &json!({"name": places::API_KEY, "scope": "manage"}), 201).await?;
        Ok(key["key"].as_str().context("an API key without its text")?.to_owned())
    }

    async fn edit(&self, link: Link, mut fields: Value) -> Result<Value> {
        let path = format!("/v1/links/{}", self.stage.link_id(link)?);
        fields["version"] = self.get(&path).await?["version"].clone();
        self.call(Call::patch(&path, &fields), 200).await
    }

    /// A guest as list-members shows them.
    async fn found(&self, guest: usize) -> Result<Value> {
        let email = &self.stage.guest(guest)?.person.email;
        let path = format!("/v1/members?q={}", utf8_percent_encode(email, NON_ALPHANUMERIC));
        let page = self.get(&path).await?;
        let mut members = page["members"].as_array().into_iter().flatten();
        members.find(|member| member["email"] == email.as_str()).cloned().with_context(|| format!("no member {email}"))
    }

    async fn member(&self, guest: usize) -> Result<String> {
        Ok(self.found(guest).await?["id"].as_str().context("a member without an id")?.to_owned())
    }

    async fn bulk(&self, what: &str, guests: &[usize], outcome: &str) -> Result<()> {
        let mut ids = Vec::new();
        for &guest in guests {
            ids.push(self.member(guest).await?);
        }
        let answer = self.post(&format!("/v1/members/{what}"), &json!({"members": ids}), 200).await?;
        let results = answer["results"].as_array().context("no results")?;
        anyhow::ensure!(results.iter().all(|result| result["outcome"] == outcome), "{answer}");
        Ok(())
    }

    async fn grant_all(&self) -> Result<()> {
        let page = self.get("/v1/members?access=pending&limit=100").await?;
        let ids: Vec<&Value> = page["members"].as_array().into_iter().flatten().map(|member| &member["id"]).collect();
        if ids.is_empty() {
            return Ok(());
        }
        self.post("/v1/members/grants", &json!({"members": ids}), 200).await.map(drop)
    }

    async fn change_member(&self, guest: usize, change: Value) -> Result<()> {
        let path = format!("/v1/members/{}", self.member(guest).await?);
        self.call(Call::patch(&path, &change), 200).await.map(drop)
    }

    async fn put_in(&self, guest: usize, unit: &str) -> Result<()> {
        let member = self.found(guest).await?;
        let of = UNITS.iter().find(|known| known.name == unit).context("no such unit")?;
        let mut allocation =
            json!({"groups": member["groups"], "sites": member["sites"], "regions": member["regions"]});
        let kind = format!("{}s", of.kind);
        allocation[kind.as_str()].as_array_mut().context("no units")?.push(json!(places::unit_id(unit)));
        self.change_member(guest, json!({"allocation": allocation})).await
    }

    /// The people of the file that the staff office's program sends.
    async fn import(&self) -> Result<()> {
        let mut csv = "name,email,sites\n".to_owned();
        let imported = self.stage.guests.iter().filter(|guest| guest.link.is_none());
        for (guest, sites) in imported.zip(["Hamburg yard", "Vigo yard"].into_iter().cycle()) {
            csv.push_str(&format!("{},{},{sites}\n", guest.person.name, guest.person.email));
        }
        self.call(Call::file("/v1/jobs/imports?access=granted&dry_run=false", csv), 202).await.map(drop)
    }
}
