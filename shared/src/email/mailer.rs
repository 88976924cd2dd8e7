//! Sends mail through SES.

use std::time::Duration;

use aws_config::{SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_sdk_sesv2::{
    Client,
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
    operation::send_email::SendEmailError,
    types::{Body, Content, Destination, EmailContent, Message, MessageTag},
};

use super::Letter;
use crate::config::Config;

/// How long one call to SES may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The id SES gave a message; its events carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SesMessageId(pub String);

/// Why a message was not sent, by what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// SES takes no more for now: try again later. Nothing was sent.
    #[error("SES takes no more mail for now")]
    Throttled(#[source] Box<SdkError<SendEmailError, HttpResponse>>),
    /// No answer, or one that says nothing about the message: try again later. It may have been sent.
    #[error("SES did not answer properly")]
    Transient(#[source] Box<SdkError<SendEmailError, HttpResponse>>),
    /// SES will never send this message.
    #[error("SES refused the message")]
    Rejected(#[source] Box<SdkError<SendEmailError, HttpResponse>>),
    /// SES sends nothing for us until an operator does something: try again later, and raise the alarm. Nothing was sent.
    #[error("SES is not set up to send our mail")]
    Misconfigured(#[source] Box<SdkError<SendEmailError, HttpResponse>>),
}

impl SendError {
    /// A stable word for this kind of failure, to store and to show to the admin. SES's own text repeats addresses.
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Throttled(_) => "throttled",
            Self::Transient(_) => "no_answer",
            Self::Rejected(_) => "rejected",
            Self::Misconfigured(_) => "not_set_up",
        }
    }

    /// Whether trying again can help.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Rejected(_))
    }
}

/// Sends mail through SES, from the configured address.
#[derive(Debug, Clone)]
pub struct Mailer {
    client: Client,
    from: String,
    configuration_set: Option<String>,
}

impl Mailer {
    /// A mailer that reaches SES as `sdk` says.
    #[must_use]
    pub fn new(sdk: &SdkConfig, config: &Config) -> Self {
        // SES has no request token: a repeat after an answer got lost is a second mail. Whoever sends decides about
        // trying again, with the state of the mail before it.
        let ses = aws_sdk_sesv2::config::Builder::from(sdk)
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::builder().operation_timeout(TIMEOUT).build())
            .build();
        Self {
            client: Client::from_conf(ses),
            from: config.mail_from.deliverable(),
            configuration_set: config.ses_configuration_set.clone(),
        }
    }

    /// Sends one message.
    ///
    /// # Errors
    /// [`SendError`] says whether to try again.
    pub async fn send(&self, letter: &Letter) -> Result<SesMessageId, SendError> {
        let body = Body::builder().text(content(&letter.text)).html(content(&letter.html)).build();
        let message = Message::builder().subject(content(&letter.subject)).body(body).build();
        let tag = |(name, value): &(&str, String)| {
            MessageTag::builder().name(*name).value(value).build().expect("a tag has a name and a value")
        };
        let sent = self
            .client
            .send_email()
            .from_email_address(&self.from)
            .destination(Destination::builder().to_addresses(letter.to.deliverable()).build())
            .content(EmailContent::builder().simple(message).build())
            .set_configuration_set_name(self.configuration_set.clone())
            .set_email_tags(Some(letter.tags.iter().map(tag).collect()))
            .send()
            .await
            .map_err(classify)?;
        Ok(SesMessageId(sent.message_id.unwrap_or_default()))
    }
}

fn content(text: &str) -> Content {
    Content::builder().data(text).charset("UTF-8").build().expect("content has its data")
}

fn classify(error: SdkError<SendEmailError, HttpResponse>) -> SendError {
    use SendEmailError as E;

    let kind = match &error {
        SdkError::ConstructionFailure(_) => SendError::Misconfigured,
        SdkError::ServiceError(failure) => match failure.err() {
            E::TooManyRequestsException(_) | E::LimitExceededException(_) => SendError::Throttled,
            E::MessageRejected(_) | E::BadRequestException(_) => SendError::Rejected,
            // Not found is the configuration set.
            E::AccountSuspendedException(_)
            | E::MailFromDomainNotVerifiedException(_)
            | E::SendingPausedException(_)
            | E::NotFoundException(_) => SendError::Misconfigured,
            other => match (other.code().unwrap_or_default(), failure.raw().status().as_u16()) {
                (code, _) if code.starts_with("Throttling") => SendError::Throttled,
                (_, 429) => SendError::Throttled,
                // Credentials and permissions.
                (_, 401 | 403) => SendError::Misconfigured,
                (_, 400..=499) => SendError::Rejected,
                _ => SendError::Transient,
            },
        },
        _ => SendError::Transient,
    };
    kind(Box::new(error))
}
