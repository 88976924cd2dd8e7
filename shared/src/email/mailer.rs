//! Sends mail through SES.

use std::time::Duration;

use aws_config::{SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use aws_sdk_sesv2::{
    Client,
    config::http::HttpResponse,
    error::{ProvideErrorMetadata, SdkError},
    operation::send_email::SendEmailError,
    types::{Body, Content, Destination, EmailContent, Message, MessageHeader, MessageTag},
};

use super::Letter;
use crate::config::Config;

/// How long one call to SES may take, unless the configuration of the SDK says otherwise.
pub const SEND_TIMEOUT: Duration = Duration::from_secs(5);

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

    /// Whether SES may have taken the message all the same.
    #[must_use]
    pub fn may_have_been_sent(&self) -> bool {
        matches!(self, Self::Transient(_))
    }

    /// Whether trying again can help.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Rejected(_))
    }
}

/// Sends letters through SES.
#[derive(Debug, Clone)]
pub struct Mailer {
    client: Client,
    configuration_set: Option<String>,
}

impl Mailer {
    /// A mailer that reaches SES as `sdk` says, with the configuration set of `config`.
    #[must_use]
    pub fn new(sdk: &SdkConfig, config: &Config) -> Self {
        // SES has no request token: a repeat after an answer got lost is a second mail. Whoever sends decides about
        // trying again, with the state of the mail before it.
        let timeout = sdk.timeout_config().and_then(TimeoutConfig::operation_timeout).unwrap_or(SEND_TIMEOUT);
        let ses = aws_sdk_sesv2::config::Builder::from(sdk)
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::builder().operation_timeout(timeout).build())
            .build();
        Self { client: Client::from_conf(ses), configuration_set: config.ses_configuration_set.clone() }
    }

    /// Sends one message.
    ///
    /// # Errors
    /// [`SendError`] says whether to try again.
    pub async fn send(&self, letter: &Letter) -> Result<SesMessageId, SendError> {
        let body = Body::builder().text(content(&letter.text)).html(content(&letter.html)).build();
        let message = Message::builder().subject(content(&letter.subject)).body(body).headers(auto_submitted()).build();
        let tag = |(name, value): &(&str, String)| {
            MessageTag::builder().name(*name).value(value).build().expect("a tag has a name and a value")
        };
        let sent = self
            .client
            .send_email()
            .from_email_address(&letter.from)
            .set_reply_to_addresses(letter.reply_to.as_ref().map(|address| vec![address.deliverable()]))
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

/// Says that no person wrote the message, so that no answering machine answers
/// ([RFC 3834, 5](https://www.rfc-editor.org/rfc/rfc3834#section-5)).
fn auto_submitted() -> MessageHeader {
    let header = MessageHeader::builder().name("Auto-Submitted").value("auto-generated");
    header.build().expect("a header has a name and a value")
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

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::{Shutdown, TcpListener},
        thread,
    };

    use aws_config::{BehaviorVersion, Region};
    use aws_sdk_sesv2::config::{Credentials, SharedCredentialsProvider};

    use super::*;
    use crate::domain::EmailAddress;

    /// Sends one letter to an SES that gives this answer, or hangs up. Gives what SES was sent, and the outcome.
    async fn send(answer: Option<(u16, &str, &str)>) -> (String, Result<SesMessageId, SendError>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let answer = answer.map(|(status, code, body)| {
            let length = body.len();
            format!("HTTP/1.1 {status} x\r\nx-amzn-errortype: {code}\r\ncontent-length: {length}\r\n\r\n{body}")
        });
        let ses = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let (mut request, mut part) = (Vec::new(), [0; 4096]);
            while !request.ends_with(b"}") {
                let read = stream.read(&mut part).unwrap();
                assert!(read > 0, "the request ended early");
                request.extend_from_slice(&part[..read]);
            }
            stream.write_all(answer.unwrap_or_default().as_bytes()).unwrap();
            stream.shutdown(Shutdown::Both).unwrap();
            String::from_utf8(request).unwrap()
        });

        let mut config = Config::new("access-links", "https://join.example.com", "Training@example.com").unwrap();
        config.ses_configuration_set = Some("access-links".to_owned());
        let sdk = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .endpoint_url(endpoint)
            .credentials_provider(SharedCredentialsProvider::new(Credentials::for_tests()))
            .build();
        let letter = Letter {
            from: "Acme <Training@example.com>".to_owned(),
            reply_to: Some(EmailAddress::parse("help@acme.example").unwrap()),
            to: EmailAddress::parse("Ana@bücher.example").unwrap(),
            subject: "Höhe".to_owned(),
            text: "text".to_owned(),
            html: "<p>page</p>".to_owned(),
            tags: vec![("kind", "login".to_owned())],
        };
        let outcome = Mailer::new(&sdk, &config).send(&letter).await;
        (ses.join().unwrap(), outcome)
    }

    #[tokio::test]
    async fn a_letter_goes_to_ses_as_it_was_written() {
        let (request, outcome) = send(Some((200, "", r#"{"MessageId":"id-1"}"#))).await;
        assert_eq!(outcome.unwrap(), SesMessageId("id-1".to_owned()));
        for part in [
            "POST /v2/email/outbound-emails",
            r#""FromEmailAddress":"Acme <Training@example.com>""#,
            r#""ReplyToAddresses":["help@acme.example"]"#,
            r#""Headers":[{"Name":"Auto-Submitted","Value":"auto-generated"}]"#,
            r#""ToAddresses":["Ana@xn--bcher-kva.example"]"#,
            r#""Subject":{"Data":"Höhe","Charset":"UTF-8"}"#,
            r#""ConfigurationSetName":"access-links""#,
            r#""EmailTags":[{"Name":"kind","Value":"login"}]"#,
        ] {
            assert!(request.contains(part), "{part} is not in {request}");
        }
    }

    #[tokio::test]
    async fn each_failure_says_whether_to_try_again() {
        for (status, code, reason) in [
            (429, "TooManyRequestsException", "throttled"),
            (400, "LimitExceededException", "throttled"),
            (400, "ThrottlingException", "throttled"),
            (400, "MessageRejected", "rejected"),
            (400, "BadRequestException", "rejected"),
            (400, "SomethingNew", "rejected"),
            (400, "MailFromDomainNotVerifiedException", "not_set_up"),
            (400, "SendingPausedException", "not_set_up"),
            (400, "AccountSuspendedException", "not_set_up"),
            (404, "NotFoundException", "not_set_up"),
            (403, "AccessDeniedException", "not_set_up"),
            (500, "InternalFailure", "no_answer"),
            (503, "ServiceUnavailable", "no_answer"),
            (200, "", "no_answer"),
        ] {
            let failure =
                send(Some((status, code, if status == 200 { "not json" } else { "{}" }))).await.1.unwrap_err();
            assert_eq!(failure.reason(), reason, "{status} {code}");
            assert_eq!(failure.is_permanent(), reason == "rejected");
        }
        assert_eq!(send(None).await.1.unwrap_err().reason(), "no_answer");
    }
}
