//! What is to go wrong, and when.

use std::{ops::RangeInclusive, time::Duration};

/// Faults that come by chance. Everything is off in the default.
#[derive(Debug, Clone, Default)]
pub struct FaultPlan {
    /// Items are held while they are written, so that transactions conflict as they do in DynamoDB.
    pub hold: Option<Hold>,
    /// Probability that a call is refused for throughput, nothing written.
    pub throttle: f64,
    /// Probability that a call is swallowed before it reaches the engine and never answered.
    pub swallow: f64,
    /// Probability that a call is applied and its answer lost.
    pub lose_answer: f64,
    /// The operations that `throttle`, `swallow` and `lose_answer` strike (such as `TransactWriteItems`); empty: all.
    pub operations: Vec<&'static str>,
    /// How long every call is under way before it reaches the engine, as over a network: calls made side by side then overlap
    /// in the record however fast the engine is.
    pub latency: Duration,
}

impl FaultPlan {
    /// Only conflicts: transactions hold their items for a time within `range`.
    #[must_use]
    pub fn conflicts(range: RangeInclusive<Duration>) -> Self {
        Self { hold: Some(Hold::of_transactions(range)), ..Self::default() }
    }

    /// Nothing fails, and every call takes at least so long.
    #[must_use]
    pub fn latency(latency: Duration) -> Self {
        Self { latency, ..Self::default() }
    }

    pub(super) fn strikes(&self, operation: &str) -> bool {
        self.operations.is_empty() || self.operations.contains(&operation)
    }
}

/// How long items are held. The engine applies the write half-way through.
#[derive(Debug, Clone)]
pub struct Hold {
    /// By a `TransactWriteItems`, `ConditionCheck`ed items included.
    pub transaction: RangeInclusive<Duration>,
    /// By a `PutItem`, `UpdateItem` or `DeleteItem`, beyond the time the engine takes.
    pub single: RangeInclusive<Duration>,
}

impl Hold {
    /// Transactions hold for a time within `range`; single writes only while the engine works.
    #[must_use]
    pub fn of_transactions(range: RangeInclusive<Duration>) -> Self {
        Self { transaction: range, single: Duration::ZERO..=Duration::ZERO }
    }
}

/// One fault, given to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Refused for throughput: `ProvisionedThroughputExceededException`, which the SDK retries.
    Throttle,
    /// A transaction cancelled for throughput at this position, which the SDK does not retry.
    ThrottleItem(usize),
    /// A transaction cancelled for a conflict at this position; a single write refused for a conflict.
    Conflict(usize),
    /// Swallowed before it reaches the engine, and never answered.
    Swallow,
    /// Applied, and the connection closed instead of the answer.
    LoseAnswer,
    /// Applied, and 500 `InternalServerError` instead of the answer.
    InternalError,
}

/// Which call a fault or a pause is meant for.
#[derive(Debug, Clone, Default)]
pub struct Matching {
    operation: Option<String>,
    mention: Option<String>,
}

impl Matching {
    /// Any call.
    #[must_use]
    pub fn any() -> Self {
        Self::default()
    }

    /// A call of this operation, such as `TransactWriteItems`.
    #[must_use]
    pub fn operation(name: &str) -> Self {
        Self { operation: Some(name.to_owned()), mention: None }
    }

    /// And its body holds this text, such as the beginning of a key.
    #[must_use]
    pub fn mentioning(mut self, text: &str) -> Self {
        self.mention = Some(text.to_owned());
        self
    }

    pub(super) fn matches(&self, operation: &str, body: &[u8]) -> bool {
        self.operation.as_deref().is_none_or(|name| name == operation)
            && self
                .mention
                .as_deref()
                .is_none_or(|text| std::str::from_utf8(body).is_ok_and(|body| body.contains(text)))
    }
}

impl From<&str> for Matching {
    fn from(operation: &str) -> Self {
        Self::operation(operation)
    }
}

/// The side of the engine's work on which a process dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boundary {
    /// Before the call reaches the engine.
    Before,
    /// After the engine applied it, before the answer.
    After,
}

/// The moment at which a call is made to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// It arrived; nothing is held or written.
    Arrived,
    /// Its items are held (where the plan holds items); nothing is written.
    Holding,
    /// The engine applied it and its items are free; it is not answered.
    Applied,
}
