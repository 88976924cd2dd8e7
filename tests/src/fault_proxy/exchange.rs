//! The way of one call through the proxy.

use std::{sync::Arc, sync::PoisonError, time::Instant};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, StatusCode, Uri, header, http::request::Parts};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use tokio::{sync::Semaphore, time::sleep};

use super::{
    State, answers,
    answers::Reason,
    chance::Dice,
    held::{Grasp, Grip},
    permissions,
    plan::{Fault, FaultPlan, Moment},
    recorder::{self, Call, Capacity, Fate},
    script::Life,
    touched::{self, Touched},
};
use crate::loopback::Reaction;

/// Calls at the engine at one time. An embedded engine works one by one; more connections would only wait there.
const AT_ONCE: usize = 32;

/// The engine, reached over connections that are kept.
#[derive(Debug, Clone)]
pub(super) struct Upstream {
    endpoint: String,
    client: Client<HttpConnector, Full<Bytes>>,
    turns: Arc<Semaphore>,
}

impl Upstream {
    pub(super) fn new(endpoint: &str) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Self { endpoint: endpoint.trim_end_matches('/').to_owned(), client, turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// Gives the engine a request and takes its whole answer; `None` when the engine can't be reached.
    async fn forward(&self, head: &Parts, body: Bytes) -> Option<(StatusCode, header::HeaderMap, Bytes)> {
        let _turn = self.turns.acquire().await.ok()?;
        let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = head.method.clone();
        *request.uri_mut() = format!("{}{path}", self.endpoint).parse::<Uri>().ok()?;
        *request.headers_mut() = head.headers.clone();
        for own in [header::HOST, header::CONTENT_LENGTH, header::CONNECTION, header::TRANSFER_ENCODING] {
            request.headers_mut().remove(own);
        }
        let (head, body) = self.client.request(request).await.ok()?.into_parts();
        Some((head.status, head.headers, body.collect().await.ok()?.to_bytes()))
    }
}

/// Takes one call from its arrival to its answer, or to what it gets instead.
pub(super) async fn run(state: Arc<State>, request: Request<Bytes>) -> Reaction {
    let started = Instant::now();
    let (head, body) = request.into_parts();
    let target = head.headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let operation = target.rsplit('.').next().unwrap_or_default().to_owned();
    let life = state.script.arrive();
    let permissions = permissions::needed(&operation, &body);
    let exchange = Exchange { state: &state, head: &head, operation: &operation, body };
    let (reaction, fate, capacity) = exchange.run(life).await;
    state.recorder.record(Call { operation, started, ended: Instant::now(), fate, capacity, permissions });
    reaction
}

type Outcome = (Reaction, Fate, Capacity);

fn without_engine(reaction: Reaction, fate: Fate) -> Outcome {
    (reaction, fate, Capacity::default())
}

struct Exchange<'a> {
    state: &'a State,
    head: &'a Parts,
    operation: &'a str,
    body: Bytes,
}

impl Exchange<'_> {
    async fn run(self, life: Life) -> Outcome {
        let (number, last) = match life {
            Life::Alive(number) => (number, false),
            Life::LastBreath(number) => (number, true),
            Life::Dying => return without_engine(Reaction::HangUp, Fate::CutOff),
            Life::Dead => return without_engine(Reaction::Answer(answers::dead()), Fate::CutOff),
        };
        self.wait(Moment::Arrived).await;

        let plan = Arc::clone(&self.state.plan.read().unwrap_or_else(PoisonError::into_inner));
        let mut dice = Dice::of_call(self.state.seed, number);
        if !plan.latency.is_zero() {
            sleep(plan.latency).await;
        }
        let by_chance = self.fault_by_chance(&plan, &mut dice);
        let fault = self.state.script.take_fault(self.operation, &self.body).or(by_chance);
        match fault {
            Some(Fault::Swallow) => return without_engine(Reaction::Silence, Fate::Swallowed),
            Some(Fault::Throttle) => {
                // An on-demand table has one name for it and a provisioned one another; a client must know both.
                let answer = if dice.chance(0.5) { answers::throttling() } else { answers::throughput_exceeded() };
                return without_engine(Reaction::Answer(answer), Fate::Throttled);
            }
            Some(Fault::ThrottleItem(at)) => return self.cancel(at, Reason::Throttled, Fate::Throttled),
            Some(Fault::Conflict(at)) => return self.cancel(at, Reason::Conflict, Fate::Conflicted),
            Some(Fault::LoseAnswer | Fault::InternalError) | None => {}
        }

        let grip = match self.grasp(&plan) {
            Ok(grip) => grip,
            Err(answer) => return without_engine(Reaction::Answer(*answer), Fate::Conflicted),
        };
        let Some((status, headers, body)) = self.apply(grip, &plan, &mut dice).await else {
            return without_engine(Reaction::HangUp, Fate::CutOff);
        };
        let capacity = recorder::consumed(self.operation, &body);
        self.wait(Moment::Applied).await;

        match fault {
            // A process that died meanwhile hears no more answers.
            _ if last || self.state.script.is_dead() => (Reaction::HangUp, Fate::CutOff, capacity),
            Some(Fault::LoseAnswer) => (Reaction::HangUp, Fate::AnswerLost, capacity),
            Some(Fault::InternalError) => (Reaction::Answer(answers::internal_error()), Fate::AnswerLost, capacity),
            _ => {
                let mut answer = Response::new(Full::new(body));
                *answer.status_mut() = status;
                *answer.headers_mut() = headers;
                for own in [header::CONNECTION, header::TRANSFER_ENCODING] {
                    answer.headers_mut().remove(own);
                }
                (Reaction::Answer(answer), Fate::Answered(status.as_u16()), capacity)
            }
        }
    }

    async fn wait(&self, moment: Moment) {
        self.state.script.wait(self.operation, &self.body, moment).await;
    }

    fn fault_by_chance(&self, plan: &FaultPlan, dice: &mut Dice) -> Option<Fault> {
        // Every die is rolled for every call, so that one probability does not shift what the others strike.
        let throttled = dice.chance(plan.throttle);
        let swallowed = dice.chance(plan.swallow);
        let lost = dice.chance(plan.lose_answer);
        let (kind, position) = (dice.pick(3), dice.pick(100));
        if !plan.strikes(self.operation) {
            return None;
        }
        match (throttled, swallowed, lost) {
            (true, ..) if self.operation == "TransactWriteItems" && kind == 0 => Some(Fault::ThrottleItem(position)),
            (true, ..) => Some(Fault::Throttle),
            (_, true, _) => Some(Fault::Swallow),
            (_, _, true) if kind == 0 => Some(Fault::InternalError),
            (_, _, true) => Some(Fault::LoseAnswer),
            _ => None,
        }
    }

    /// Refuses the call at one position of its transaction, or as the single write it is.
    fn cancel(&self, position: usize, reason: Reason, fate: Fate) -> Outcome {
        let answer = match touched::read(self.operation, &self.body) {
            Touched::Transaction { keys, .. } | Touched::TransactionalRead { keys } => {
                let count = keys.len().max(1);
                answers::cancelled_at(position % count, count, reason)
            }
            _ if reason == Reason::Conflict => answers::conflict(),
            _ => answers::throughput_exceeded(),
        };
        without_engine(Reaction::Answer(answer), fate)
    }

    /// Holds the items the call touches, where the plan wants that; else what the client is told.
    fn grasp(&self, plan: &FaultPlan) -> Result<Option<Grip>, Box<Response<Full<Bytes>>>> {
        if plan.hold.is_none() {
            return Ok(None);
        }
        match self.state.held.grasp(touched::read(self.operation, &self.body)) {
            Grasp::Held(grip) => Ok(Some(grip)),
            Grasp::Free => Ok(None),
            Grasp::Refused => Err(Box::new(answers::conflict())),
            Grasp::InProgress => Err(Box::new(answers::in_progress())),
            Grasp::Unprocessed => Err(Box::new(answers::unprocessed(&self.body))),
            Grasp::Cancelled(at) => {
                let reason = |conflicts| if conflicts { Reason::Conflict } else { Reason::Fine };
                Err(Box::new(answers::cancelled(&at.into_iter().map(reason).collect::<Vec<_>>())))
            }
        }
    }

    /// Has the engine apply the call half-way through the time its items are held, and frees them.
    async fn apply(
        &self,
        grip: Option<Grip>,
        plan: &FaultPlan,
        dice: &mut Dice,
    ) -> Option<(StatusCode, header::HeaderMap, Bytes)> {
        let body = recorder::ask_for_capacity(self.operation, self.body.clone());
        let Some((grip, hold)) = grip.zip(plan.hold.as_ref()) else {
            self.wait(Moment::Holding).await;
            return self.state.upstream.forward(self.head, body).await;
        };
        let range = if self.operation == "TransactWriteItems" { &hold.transaction } else { &hold.single };
        let half = dice.within(range) / 2;
        if !half.is_zero() {
            sleep(half).await;
        }
        self.wait(Moment::Holding).await;
        let answer = self.state.upstream.forward(self.head, body).await;
        if answer.as_ref().is_some_and(|(status, ..)| status.is_success()) {
            if !half.is_zero() {
                sleep(half).await;
            }
            grip.done();
        }
        // A refused write frees its items at once: it never came to be committed.
        answer
    }
}
