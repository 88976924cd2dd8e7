//! A crew at one link: attempts per seat, who gave up, how long it took, while the proxy holds items as DynamoDB does.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;
use futures::future::try_join_all;
use shared::domain::redemption::Ending;
use tests::fault_proxy::{Fate, FaultPlan};

use crate::{
    quiet::{Quiet, stranger},
    report::{Section, progress},
};

/// How long a transaction holds its items.
const HOLD: Duration = Duration::from_millis(20);
/// How many times slower than meant everything runs: arrivals, hold and time budget. An engine on a laptop works one call
/// after the other; at full speed the queue before it would be what is measured. The pauses between attempts are not
/// stretched, so that more attempts are made than would be.
const SLOWER: u32 = 4;
/// How long a registration tries, unless it is set otherwise.
const BUDGET: Duration = Duration::from_secs(6);
/// The whole burst, and the share of it that runs by default: of the time and of the people, so that the rate and the number
/// of lots are those of the whole.
const PEOPLE: usize = 5_000;
const SHARE: usize = 5;

/// What became of a crew.
struct Crew {
    people: usize,
    seconds: u64,
    seats: u64,
}

/// Runs the bursts.
pub async fn measure(full: bool) -> Result<Section> {
    let share = if full { 1 } else { SHARE };
    let people = PEOPLE / share;
    let mut rows = Vec::new();
    for (seconds, seats) in [(60, people), (10, people), (10, people / 3)] {
        let seconds = seconds / share as u64;
        rows.push(burst(&Crew { people, seconds, seats: seats as u64 }).await?);
    }
    let scale = match full {
        true => "The whole burst was run.".to_owned(),
        false => format!("A {SHARE}th of the people in a {SHARE}th of the time was run; `--full` runs the whole."),
    };
    Ok(Section {
        name: "burst",
        columns: vec![
            "Burst",
            "Seated",
            "Told full",
            "Gave up",
            "Transactions per seat",
            "Conflicts per seat",
            "p50",
            "p99",
        ],
        rows,
        note: format!(
            "Each registration reads the door and redeems, through a proxy that lets a transaction hold its items for \
             {} ms and cancels whoever meets them. Arrivals are spread evenly over the time. {scale} It ran {SLOWER} times \
             slower than it says (arrivals, hold and time budget; not the pauses between attempts), so that the queue before \
             the embedded engine, which works one call after the other, is not what is measured; the times are divided by {SLOWER}.",
            HOLD.as_millis()
        ),
    })
}

enum Fared {
    Seated(Duration),
    Full(Duration),
    GaveUp,
}

async fn burst(crew: &Crew) -> Result<Vec<String>> {
    let Crew { people, seconds, seats } = *crew;
    progress(&format!("burst: {people} people in {seconds} s for {seats} seats"));
    let budget = ("REDEMPTION_BUDGET_MS", (BUDGET * SLOWER).as_millis().to_string());
    let quiet = Arc::new(Quiet::start(seats, true, &[budget]).await?);
    quiet.proxy.set_plan(FaultPlan::conflicts(HOLD * SLOWER..=HOLD * SLOWER));
    let mark = quiet.proxy.mark();
    let began = tokio::time::Instant::now();
    let gap = Duration::from_secs(seconds) * SLOWER / u32::try_from(people)?;
    let crew = (0..people).map(|number| {
        let quiet = Arc::clone(&quiet);
        let arrives = began + gap * u32::try_from(number).unwrap_or(u32::MAX);
        async move {
            tokio::time::sleep_until(arrives).await;
            register(&quiet, number).await
        }
    });
    let mut fared = Vec::new();
    for joined in try_join_all(crew.map(tokio::spawn)).await? {
        fared.push(joined?);
    }
    let calls = quiet.proxy.since(mark);
    let transactions: Vec<_> = calls.iter().filter(|call| call.operation == "TransactWriteItems").collect();
    let conflicts = transactions.iter().filter(|call| call.fate == Fate::Conflicted).count();
    let mut times: Vec<_> = fared
        .iter()
        .filter_map(|fared| match fared {
            Fared::Seated(took) | Fared::Full(took) => Some(*took),
            Fared::GaveUp => None,
        })
        .collect();
    times.sort_unstable();
    let at = |share: usize| format!("{} ms", (times[(times.len() - 1) * share / 100] / SLOWER).as_millis());
    let seated = fared.iter().filter(|fared| matches!(fared, Fared::Seated(_))).count();
    let full = fared.iter().filter(|fared| matches!(fared, Fared::Full(_))).count();
    let per_seat = |count: usize| format!("{:.2}", f64::from(u32::try_from(count).unwrap_or(0)) / seated as f64);
    Ok(vec![
        format!("{people} people in {seconds} s, {seats} seats"),
        seated.to_string(),
        full.to_string(),
        (people - seated - full).to_string(),
        per_seat(transactions.len()),
        per_seat(conflicts),
        at(50),
        at(99),
    ])
}

async fn register(quiet: &Quiet, number: usize) -> Result<Fared> {
    let registration = stranger(number)?.into();
    let began = Instant::now();
    let door = quiet.store().door(&quiet.code.hash()).await?;
    Ok(match quiet.store().redeem(&quiet.code.hash(), door, &registration).await {
        Ok(redeemed) => match redeemed.ending {
            Ending::Seated => Fared::Seated(began.elapsed()),
            Ending::Full => Fared::Full(began.elapsed()),
            other => anyhow::bail!("{other:?}"),
        },
        Err(error) if error.is_transient() => Fared::GaveUp,
        Err(error) => return Err(error.into()),
    })
}
