//! A function's trigger on the table's stream.

use anyhow::{Context, Result, bail};

use super::{
    Filter,
    intrinsic::Scope,
    yaml::{Node, at},
};

/// How a stream calls a function.
#[derive(Debug, Clone)]
pub struct StreamTrigger {
    /// The logical id of the table whose stream it is.
    pub table: String,
    /// Where reading begins when nothing was read before.
    pub start: StartingPosition,
    /// How many records one call gets at most.
    pub batch_size: usize,
    /// How often a failing batch is tried again; none is for ever.
    pub retries: Option<u32>,
    /// Whether a failing batch is split in two.
    pub bisect: bool,
    /// Whether the answer may name the records that failed.
    pub reports_failures: bool,
    /// A record passes when it matches one of these, or when there are none.
    pub filters: Vec<Filter>,
}

/// Where reading begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartingPosition {
    /// With the oldest record.
    TrimHorizon,
    /// With what is written from now on.
    Latest,
}

/// What plays no part on one machine, and is therefore read over: where dead letters go, how long to gather a batch,
/// how old a record may get.
const WITHOUT_EFFECT: [&str; 4] =
    ["DestinationConfig", "Enabled", "MaximumBatchingWindowInSeconds", "MaximumRecordAgeInSeconds"];

pub(super) fn read(properties: &Node, scope: &Scope) -> Result<StreamTrigger> {
    let mut trigger = StreamTrigger {
        table: scope.target(properties.need("Stream")?)?.to_owned(),
        start: StartingPosition::TrimHorizon,
        batch_size: 100,
        retries: None,
        bisect: false,
        reports_failures: false,
        filters: Vec::new(),
    };
    for (name, node) in properties.entries()? {
        match name.as_str() {
            "Stream" => {}
            "StartingPosition" => {
                trigger.start = match node.text()? {
                    "TRIM_HORIZON" => StartingPosition::TrimHorizon,
                    "LATEST" => StartingPosition::Latest,
                    other => bail!(at(node.line, &format!("`{other}` is neither TRIM_HORIZON nor LATEST"))),
                };
            }
            "BatchSize" => {
                trigger.batch_size = node.number()?;
                if !(1..=10_000).contains(&trigger.batch_size) {
                    bail!(at(node.line, "`BatchSize` must be between 1 and 10000"));
                }
            }
            "MaximumRetryAttempts" => trigger.retries = u32::try_from(node.number::<i64>()?).ok(),
            "BisectBatchOnFunctionError" => trigger.bisect = node.truth()?,
            "FunctionResponseTypes" => {
                for kind in node.items()? {
                    match kind.text()? {
                        "ReportBatchItemFailures" => trigger.reports_failures = true,
                        other => bail!(at(kind.line, &format!("`{other}` is not understood here"))),
                    }
                }
            }
            "FilterCriteria" => {
                for filter in node.need("Filters")?.items()? {
                    let pattern = filter.need("Pattern")?;
                    let parsed = Filter::parse(pattern.text()?);
                    trigger.filters.push(parsed.with_context(|| at(pattern.line, "the filter's pattern"))?);
                }
            }
            other if WITHOUT_EFFECT.contains(&other) => {}
            other => bail!(at(node.line, &format!("`{other}` of a stream is not understood here"))),
        }
    }
    Ok(trigger)
}
