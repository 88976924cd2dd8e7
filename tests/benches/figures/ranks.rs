//! Whether the time of an answer tells a known address from an unknown one: calls of both kinds, in a random order, and the
//! Mann–Whitney rank test on how long they took.

use std::time::{Duration, Instant};

use serde_json::json;
use shared::random::{Random, SystemRandom};
use tests::World;

use crate::report::{Section, progress};

/// How many calls of each kind are timed.
const EACH: usize = 1_000;
/// How many calls go before, so that connections and caches are warm.
const WARM_UP: usize = 50;

/// Times the calls and ranks them.
pub async fn measure() -> Section {
    progress("ranks: timing calls for known and unknown addresses");
    // What a request leads to is worked off by another function; here it would only share the machine.
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({})).await;
    world.register(&link.code, "granted@example.com").await.expect_status(202);
    world.deliver().await;
    world.sign_in("granted@example.com").await;
    let rows =
        vec![row("POST /v1/login-links", |email| world.client.post("/v1/login-links", json!({"email": email}))).await];
    Section {
        name: "ranks",
        columns: vec!["Call", "Known, median", "Unknown, median", "Known slower", "p"],
        rows,
        note: format!(
            "{} calls, those for the address of a member and those for addresses of nobody in a random order. \"Known slower\" is how often a call for a known address took longer than one for an unknown address, of all pairs: 50 % is a coin's. p is of the two-sided Mann–Whitney test: how likely a difference at least so large is if there is none.",
            2 * EACH
        ),
    }
}

/// Times calls for the known address and for unknown ones of the same length.
async fn row<F, T>(what: &str, call: impl Fn(String) -> F) -> Vec<String>
where
    F: IntoFuture<Output = T>,
{
    let (mut known, mut unknown) = (Vec::with_capacity(EACH), Vec::with_capacity(EACH));
    for number in 0..WARM_UP {
        call(format!("nob{number:04}@example.com")).await;
    }
    while known.len() < EACH || unknown.len() < EACH {
        let mut coin = [0];
        SystemRandom.fill(&mut coin);
        let is_known = (coin[0] & 1 == 1 || unknown.len() == EACH) && known.len() < EACH;
        let email =
            if is_known { "granted@example.com".to_owned() } else { format!("nob{:04}@example.com", unknown.len()) };
        let began = Instant::now();
        call(email).await;
        let took = began.elapsed();
        if is_known { known.push(took) } else { unknown.push(took) }
    }
    let (slower, p) = mann_whitney(&known, &unknown);
    let millis = |times: &[Duration]| format!("{:.2} ms", median(times).as_secs_f64() * 1_000.0);
    vec![what.to_owned(), millis(&known), millis(&unknown), format!("{:.1} %", slower * 100.0), format!("{p:.2}")]
}

fn median(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// How often, of all pairs, one of the first is longer than one of the second (ties count half), and the two-sided p of the rank
/// test by the normal approximation, which is good from some twenty of each on. Times to the nanosecond have hardly any ties.
#[expect(clippy::cast_precision_loss, reason = "thousands")]
fn mann_whitney(one: &[Duration], other: &[Duration]) -> (f64, f64) {
    let mut other = other.to_vec();
    other.sort_unstable();
    let longer: f64 = one
        .iter()
        .map(|time| {
            let below = other.partition_point(|second| second < time);
            let ties = other.partition_point(|second| second <= time) - below;
            below as f64 + ties as f64 / 2.0
        })
        .sum();
    let (first, second) = (one.len() as f64, other.len() as f64);
    let spread = (first * second * (first + second + 1.0) / 12.0).sqrt();
    let z = (longer - first * second / 2.0) / spread;
    (longer / (first * second), 2.0 * upper_tail(z.abs()))
}

/// The chance that a standard normal variable is above `z`, to within 1e-7 (Abramowitz and Stegun, 26.2.17).
fn upper_tail(z: f64) -> f64 {
    let t = 1.0 / 0.231_641_9f64.mul_add(z, 1.0);
    let series = [1.330_274_429, -1.821_255_978, 1.781_477_937, -0.356_563_782, 0.319_381_530];
    let sum = series.iter().fold(0.0, |sum: f64, term| sum.mul_add(t, *term)) * t;
    sum * (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt()
}
