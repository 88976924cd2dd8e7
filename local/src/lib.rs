//! The whole system on this machine: the gateway, the table, the stream, the schedule and a mailbox.
//!
//! [`System::start`] reads `template.yaml` and gives what AWS would give: it creates the table in an embedded engine,
//! turns each HTTP request into the event API Gateway sends, feeds the table's stream to the functions, runs their
//! schedules, and takes their mail through the API of SES and their events through that of EventBridge. The operations run in this process, on the real SDK over
//! HTTP; they can't tell the difference.
//!
//! The engine is known here and to the tests alone.

#![forbid(unsafe_code)]

mod aws_api;
pub mod bus;
pub mod clients;
pub mod data_dir;
pub mod demo;
mod dev_page;
pub mod engine;
pub mod first_start;
pub mod gateway;
pub mod guard;
pub mod invoker;
mod lambda_api;
pub mod mailbox;
mod messengers;
pub mod operator;
pub mod options;
mod rest;
pub mod schedule;
mod site;
mod sqlite;
pub mod stream;
pub mod system;
pub mod table;
pub mod template;
pub mod web;

pub use data_dir::DataDir;
pub use engine::Engine;
pub use guard::Access;
pub use mailbox::{Mailbox, Message};
pub use options::{Data, FirstOrganization, Options};
pub use system::{Running, System};
pub use template::Template;
