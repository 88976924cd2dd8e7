//! Lives the story through: moves the clock to each moment, and has done what is done then.

use std::sync::Arc;

use anyhow::{Context, Result};
use chrono::TimeDelta;
use futures::{StreamExt, TryStreamExt, stream};
use shared::clock::ShiftedClock;

use super::{
    calendar::Calendar,
    office::Office,
    progress::Progress,
    stage::Stage,
    story::{Beat, Deed, Story},
};
use crate::system::Running;

/// How many act side by side.
const SIDE_BY_SIDE: usize = 8;

/// How much of the story counts as one moment.
const MOMENT: TimeDelta = TimeDelta::seconds(60);

/// Lives through the whole of a story.
///
/// # Errors
/// When the system does not do what it does in life.
pub(super) async fn play(
    story: &Story,
    calendar: &Calendar,
    running: &Running,
    clock: Arc<ShiftedClock>,
    progress: &mut dyn Progress,
) -> Result<()> {
    let mut stage = Stage::new(running, clock, calendar, &story.guests);
    let mut office = Office::default();
    stage.come_to_rest().await?;
    let mut rest: &[Beat] = &story.beats;
    while let Some(first) = rest.first() {
        let together = rest.iter().take_while(|beat| goes_with(first, beat)).count().max(1);
        let (now, later) = rest.split_at(together);
        stage.move_to(first.at);
        match &first.deed {
            Deed::Admin(by, act) => office.act(&mut stage, *by, act).await.with_context(|| format!("{act:?}"))?,
            Deed::Sweep => drop(running.run_schedule("sweep-expired").await?),
            _ => stream::iter(now.iter().map(|beat| stage.people_do(&beat.deed)))
                .buffer_unordered(SIDE_BY_SIDE)
                .try_collect::<()>()
                .await
                .with_context(|| format!("at {}", first.at))?,
        }
        // Opening a page and signing in lead to no mail; what others are told of it may come a moment later.
        if now.iter().any(|beat| !matches!(beat.deed, Deed::Open(_) | Deed::SignIn(_))) {
            stage.come_to_rest().await?;
        }
        progress.reached(story.beats.len() - later.len(), first.at);
        rest = later;
    }
    stage.come_to_rest().await
}

/// Whether a beat happens side by side with the first of a moment. Admins and the sweep have their moment to themselves.
fn goes_with(first: &Beat, beat: &Beat) -> bool {
    let alone = |beat: &Beat| matches!(beat.deed, Deed::Admin(..) | Deed::Sweep | Deed::Second(..));
    !alone(first) && !alone(beat) && beat.at.since(first.at) < MOMENT
}
