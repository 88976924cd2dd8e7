//! One module per operation, and the one list of them.

pub mod add_admin;
mod bulk;
pub mod cancel_job;
mod challenge;
pub mod change_links;
pub mod clear_suppression;
pub mod close_organization;
pub mod confirm_name;
pub mod correct_address;
pub mod correct_registration;
pub mod count_opened;
pub mod create_api_key;
pub mod create_link;
pub mod create_organization;
pub mod create_webhook;
pub mod delete_link;
pub mod delete_logo;
pub mod delete_module;
pub mod delete_unit;
pub mod delete_webhook;
pub mod deliver_webhook;
pub mod duplicate_link;
pub mod erase_member;
pub mod export_member;
pub mod get_job;
pub mod get_link;
pub mod get_member;
pub mod get_organization;
pub mod get_webhook;
pub mod grant_access;
mod grant_filter;
mod grant_pages;
mod import_file;
mod import_pages;
pub mod index_members;
mod intake_fields;
mod job_pages;
pub mod job_report;
pub mod leave_link;
mod link_fields;
pub mod link_poster;
pub mod link_stats;
mod link_stats_rows;
pub mod list_admins;
pub mod list_api_keys;
pub mod list_audit;
pub mod list_catalog;
pub mod list_deliveries;
pub mod list_jobs;
pub mod list_links;
pub mod list_members;
pub mod list_organizations;
pub mod list_suppressions;
pub mod list_webhooks;
mod member_counts;
mod member_query;
mod member_search;
pub mod my_training;
mod operator_fields;
pub mod overview;
mod overview_totals;
pub mod ping_webhook;
pub mod preview_grants;
pub mod preview_link;
pub mod publish_events;
pub mod put_logo;
pub mod put_module;
pub mod put_unit;
pub mod record_mail_feedback;
pub mod redeem_link;
pub mod redeliver;
pub mod refuse_access;
pub mod regenerate_link;
pub mod remove_admin;
pub mod remove_enrollment;
pub mod request_login;
pub mod resend_login;
pub mod restore_access;
pub mod revoke_access;
pub mod revoke_api_key;
pub mod rotate_webhook_secret;
pub mod send_mail;
mod settings_edited;
pub mod sign_in;
pub mod sign_out;
pub mod start_grants;
pub mod start_import;
mod stream;
pub mod sweep_expired;
mod translation_fields;
pub mod unit_usage;
pub mod update_link;
pub mod update_member;
pub mod update_organization;
pub mod update_webhook;
pub mod view_link;
pub mod view_logo;
mod webhook_fields;
pub mod withdraw_registration;
pub mod work_jobs;

use crate::Operation;

/// Every operation there is. The template names the same ones; a test holds the two lists together.
pub const ALL: &[Operation] = &[
    view_link::OPERATION,
    preview_link::OPERATION,
    count_opened::OPERATION,
    redeem_link::OPERATION,
    withdraw_registration::OPERATION,
    correct_registration::OPERATION,
    request_login::OPERATION,
    sign_in::OPERATION,
    sign_out::OPERATION,
    my_training::OPERATION,
    confirm_name::OPERATION,
    leave_link::OPERATION,
    create_link::OPERATION,
    list_links::OPERATION,
    get_link::OPERATION,
    update_link::OPERATION,
    delete_link::OPERATION,
    regenerate_link::OPERATION,
    duplicate_link::OPERATION,
    change_links::OPERATION,
    link_stats::OPERATION,
    link_poster::OPERATION,
    overview::OPERATION,
    list_members::OPERATION,
    grant_access::OPERATION,
    preview_grants::OPERATION,
    revoke_access::OPERATION,
    get_member::OPERATION,
    refuse_access::OPERATION,
    restore_access::OPERATION,
    resend_login::OPERATION,
    start_grants::OPERATION,
    start_import::OPERATION,
    list_jobs::OPERATION,
    get_job::OPERATION,
    cancel_job::OPERATION,
    job_report::OPERATION,
    update_member::OPERATION,
    correct_address::OPERATION,
    remove_enrollment::OPERATION,
    list_admins::OPERATION,
    add_admin::OPERATION,
    remove_admin::OPERATION,
    create_api_key::OPERATION,
    list_api_keys::OPERATION,
    revoke_api_key::OPERATION,
    erase_member::OPERATION,
    export_member::OPERATION,
    list_catalog::OPERATION,
    put_unit::OPERATION,
    delete_unit::OPERATION,
    unit_usage::OPERATION,
    put_module::OPERATION,
    delete_module::OPERATION,
    list_suppressions::OPERATION,
    clear_suppression::OPERATION,
    get_organization::OPERATION,
    update_organization::OPERATION,
    put_logo::OPERATION,
    delete_logo::OPERATION,
    view_logo::OPERATION,
    list_audit::OPERATION,
    create_webhook::OPERATION,
    list_webhooks::OPERATION,
    get_webhook::OPERATION,
    update_webhook::OPERATION,
    delete_webhook::OPERATION,
    rotate_webhook_secret::OPERATION,
    list_deliveries::OPERATION,
    redeliver::OPERATION,
    ping_webhook::OPERATION,
    create_organization::OPERATION,
    list_organizations::OPERATION,
    close_organization::OPERATION,
    index_members::OPERATION,
    publish_events::OPERATION,
    send_mail::OPERATION,
    record_mail_feedback::OPERATION,
    work_jobs::OPERATION,
    deliver_webhook::OPERATION,
    sweep_expired::OPERATION,
];
