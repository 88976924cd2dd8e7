//! What the system is about, without AWS and without HTTP.

mod accent;
mod actor;
mod alerts;
mod allocation;
mod api_key;
mod audit;
mod catalog;
mod delivery;
mod email_address;
mod enrollment;
mod event;
mod extra_field;
mod gate;
mod grant;
mod idempotency;
mod ids;
mod import;
mod intake;
mod job;
mod language;
mod link;
mod link_change;
mod link_copy;
mod login_codes;
mod logo;
mod lots;
mod mail;
mod mail_request;
mod member;
mod name;
mod organization;
mod picture;
mod proof;
pub mod redemption;
mod row_fault;
mod search;
mod search_entry;
mod search_text;
mod secret;
mod session;
mod support_contact;
mod suppression;
mod time_zone;
mod timestamp;
mod translation;
mod webhook;
mod webhook_secret;

pub use accent::{AccentColor, AccentShades, ButtonShades, InvalidColor, Shades};
pub use actor::{Actor, ActorId};
pub use alerts::{Alerts, ExpiryTold, SeatsTold, WaitingTold};
pub use allocation::{Allocation, MAX_ALLOCATED_UNITS};
pub use api_key::{ApiKey, MAX_API_KEYS, Scope, UnknownScope};
pub use audit::{Act, AuditFilter, AuditRecord, Doer, Subject, differences};
pub use catalog::{Catalog, Gives, MAX_MODULES_PER_UNIT, MAX_UNITS, Module, Unit, UnitKind};
pub use delivery::{Attempt, DELIVERY_KEEP, Delivery, DeliveryState, spread};
pub use email_address::{EmailAddress, EmailAddressError, InvalidMailDomain, MailDomain};
pub use enrollment::{CountedOut, Enrollment, EnrollmentState, Given, MAX_CORRECTIONS};
pub use event::{Change, Event, EventType, Told, UnknownEventType, by_latest};
pub use extra_field::{
    Answer, AnswerRefused, Answers, ExtraField, FIELD_KEY_MAX, FieldKey, FieldKind, InvalidFieldKey, MAX_EXTRA_FIELDS,
    MAX_OPTIONS, MAX_PAST_FIELDS, PastField, past_fields, take_answers,
};
pub use gate::Gate;
pub use grant::{Room, Skipped, Verdict, judge, needs_seat};
pub use idempotency::{ANSWER_KEEP, AnswerSubject, Creation, GivenAnswer, IdempotencyKey, InvalidIdempotencyKey};
pub use ids::{
    ApiKeyId, AuditId, EventId, InvalidId, JobId, LinkId, MailId, MailRequestId, MemberId, ModuleId, OrganizationId,
    UnitId, WebhookId,
};
pub use import::{ImportAccess, ImportOrder, ImportPage, ImportPerson, ImportRow, RowContent, RowProblem};
pub use intake::{Admittance, AllocationEnd, DomainRule, Intake, MAX_ALLOCATION_DAYS, MAX_DOMAINS, Others, Overflow};
pub use job::{GrantFilter, JOB_PAGE, Job, JobRow, JobState, Order, Outcome, Position, Waiting};
pub use language::{Language, UnknownLanguage};
pub use link::{Admission, Cap, Door, InvalidCap, Link, LinkState, Lot, Mark};
pub use link_change::{IntakeChange, LinkChange};
pub use link_copy::LinkCopy;
pub use login_codes::{CODE_TRIES, LoginCodes, MailedCode};
pub use logo::{Logo, LogoPicture};
pub use lots::{Deal, MAX_LOTS, SEATS_PER_LOT, UNLIMITED_SEATS, deal, lots_for};
pub use mail::{Mail, MailKind, MailState};
pub use mail_request::{MailRequest, MailRequestState, REQUEST_KEEP, RegisteredThrough};
pub use member::{Access, LastMail, Member, Role};
pub use name::{
    Hidden, LONG_TEXT_MAX, LinkName, LongText, NAME_MAX, PersonName, SHORT_TEXT_MAX, ShortText, TextError, Title,
    fold_name,
};
pub use organization::{AdminEntry, Closing, ClosingStage, Founding, Organization, OrganizationChange};
pub use picture::{MAX_PICTURE_BYTES, Picture, PictureError, PictureKind, PictureSize};
pub use proof::{CodeChallenge, CodeVerifier};
pub use row_fault::RowFault;
pub use search::{InvalidSearch, Search, fold};
pub use search_entry::{SearchEntry, SearchRecord};
pub use search_text::SearchText;
pub use secret::{
    ApiKeyHash, ApiKeyToken, CodeHash, InvalidSecret, LinkCode, LoginCode, LoginCodeHash, LoginToken, LogoHash,
    SessionHash, SessionToken, TokenHash,
};
pub use session::{LoginTokenRecord, Session};
pub use support_contact::{InvalidContact, SupportContact};
pub use suppression::{Feedback, Suppression, SuppressionReason};
pub use time_zone::{ExpiryError, TimeZone, UnknownTimeZone, parse_day_or_instant, parse_expiry};
pub use timestamp::Timestamp;
pub use translation::{FieldTexts, MAX_TRANSLATION_BYTES, Texts, Translation, TranslationRefused, Translations};
pub use webhook::{MAX_WEBHOOKS, OLD_SECRET_LIFE, OldSecret, Webhook, WebhookState, host_of};
pub use webhook_secret::{InvalidWebhookSecret, WebhookSecret};
