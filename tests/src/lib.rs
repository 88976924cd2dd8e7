//! What the tests and the benchmarks stand on: an engine of their own, a proxy that makes it fail the way DynamoDB can,
//! stand-ins for SES and for the Lambda Runtime API, and a small HTTP client.
//!
//! Only [`world`] knows what the system does. Every server of the harness listens on a
//! free loopback port, runs on the harness's own threads (see [`loopback`]) and ends when its handle is dropped.

pub mod bus_stand_in;
pub mod description;
pub mod engine;
pub mod fault_proxy;
pub mod http;
pub mod loopback;
pub mod pictures;
pub mod receiver;
pub mod runtime_api;
pub mod sdk;
pub mod ses_stand_in;
pub mod world;

pub use bus_stand_in::BusStandIn;
pub use description::Description;
pub use engine::Engine;
pub use fault_proxy::FaultProxy;
pub use runtime_api::Function;
pub use ses_stand_in::SesStandIn;
pub use world::World;
