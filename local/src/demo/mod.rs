//! `--demo`: an organization with six weeks behind it.
//!
//! Nothing is written behind the system's back. A system is started whose clock is set six weeks back; the people of a made-up
//! story call its API as people do in life, and the clock is moved on from one moment to the next. What the schedule would do is
//! done at moments of the story. So sign-ups by day, the audit, mails and their bounces, lapsed reservations and all else come
//! about as they do in life. Afterwards the system is started anew on the same data, by the machine's clock.

mod acts;
mod calendar;
mod caller;
mod folder;
mod guest;
mod links;
mod office;
mod people;
mod places;
mod play;
mod progress;
mod stage;
mod story;

use std::{net::Ipv4Addr, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use serde_json::json;
use shared::clock::{Clock, ShiftedClock};
use tokio::net::TcpListener;

use crate::{
    Data, DataDir, FirstOrganization, Options,
    system::{Running, System},
};
use calendar::Calendar;
use caller::Call;
use story::Story;

pub use folder::refuse_half_filled;
pub use progress::{Progress, Shown, Silent};

/// Where the demo is kept unless another folder is named.
pub const FOLDER: &str = ".local-demo";

/// Whose names and days the demo has.
pub const SEED: u64 = 2_026;

/// How long the admin's login mail may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The demo's organization and its first admin.
#[must_use]
pub fn organization() -> FirstOrganization {
    let (name, email) = places::ADMINS[0];
    FirstOrganization {
        name: places::NAME.to_owned(),
        admin_name: name.to_owned(),
        admin_email: email.to_owned(),
        time_zone: places::TIME_ZONE.to_owned(),
    }
}

/// Takes the demo's folder, and lives the story through if that has not been done. Gives the folder, held, for the system that
/// goes on with it. `options` are those of that system, by whose clock the six weeks end; `progress` is made for the number of beats there are to come.
///
/// # Errors
/// When the folder holds other data, the port is taken, or the story can't be lived through.
pub async fn prepare<P: Progress>(
    path: &Path,
    options: &Options,
    seed: u64,
    progress: impl FnOnce(usize) -> P,
) -> Result<DataDir> {
    // Said before the story is told, and not after it.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await.with_context(|| {
        format!(
            "can't listen on 127.0.0.1:{}; stop the program that uses this port, or choose another --port",
            options.port
        )
    })?;
    let port = listener.local_addr()?.port();
    drop(listener);
    let (data, empty) = folder::take(path)?;
    if empty {
        let base_url = options.base_url.clone().unwrap_or_else(|| format!("http://localhost:{port}"));
        live(&data, options, base_url, seed, progress).await.context("could not create the demo data")?;
        folder::filled(&data)?;
    }
    Ok(data)
}

/// Lives the story through.
async fn live<P: Progress>(
    data: &DataDir,
    options: &Options,
    base_url: String,
    seed: u64,
    progress: impl FnOnce(usize) -> P,
) -> Result<()> {
    let calendar = Calendar::new(options.clock.now());
    let story = Story::new(&calendar, seed);
    let clock = Arc::new(ShiftedClock::default());
    clock.advance(calendar.at(0, 8 * 60 + 30).since(clock.now()));
    let running = System::start(
        Options {
            template: options.template.clone(),
            web: options.web.clone(),
            data: Data::Held(data.clone()),
            base_url: Some(base_url),
            mail_from: options.mail_from.clone(),
            clock: clock.clone(),
            organization: Some(organization()),
            ..Options::for_tests()
        },
        functions::operations::ALL,
    )
    .await?;
    let lived = play::play(&story, &calendar, &running, clock, &mut progress(story.beats.len())).await;
    running.shutdown().await;
    lived
}

/// Asks for a login link for the demo's first admin, as on the page to sign in, and gives it once it is mailed.
///
/// # Errors
/// When no mail comes: an address is mailed so often an hour, and no more.
pub async fn login_link(running: &Running) -> Result<String> {
    let email = places::ADMINS[0].1;
    let before = running.mailbox.messages(Some(email))?.len();
    let ask = json!({"email": email});
    Call::post("/v1/login-links", &ask).by(running, 0).await?.expect(202)?;
    let messages = running.mailbox.wait_for(email, before + 1, PATIENCE).await?;
    let newest = messages.get(before..).and_then(<[_]>::last).and_then(|message| message.first_link());
    Ok(newest
        .with_context(|| format!("no new sign-in email has arrived for {email}; the last one is at /dev/mail"))?
        .to_owned())
}
