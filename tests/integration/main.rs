//! The tests of the whole system: black box, through the gateway and the handlers, on the real SDK and a real engine.

#![expect(clippy::unwrap_used, reason = "a test that meets nothing where something must be fails right there")]

mod admins;
mod alerts;
mod allocation_ends;
mod api_keys;
mod audit;
mod bad_fields;
mod catalog;
mod changed_links;
mod crossed;
mod description;
mod edits;
mod erased;
mod events;
mod faults;
mod feedback;
mod finding;
mod idempotency;
mod imports;
mod intake;
mod jobs;
mod link_copies;
mod link_facts;
mod link_numbers;
mod local_dates;
mod mail;
mod main_job;
mod member_file;
mod one_answer;
mod openings;
mod organizations;
mod overview;
mod pages;
mod posters;
mod refusals;
mod revocations;
mod roles;
mod rush;
mod settings;
mod sign_in;
mod time_limits;
mod turned_down;
mod units_by_hand;
mod waiting;
mod webhooks;
