//! The stand-in through the real SDK.

use aws_sdk_sesv2::{
    Client,
    error::SdkError,
    operation::send_email::{SendEmailError, SendEmailOutput},
    types::{Body, Content, Destination, EmailContent, Message},
};

use super::*;
use crate::sdk::{self, Patience};

async fn send(client: &Client, to: &str) -> Result<SendEmailOutput, SdkError<SendEmailError>> {
    let part = |data: &str| Content::builder().data(data).build().unwrap();
    let body = Body::builder().text(part("text")).html(part("<p>html</p>")).build();
    let message = Message::builder().subject(part("subject")).body(body).build();
    let request = client.send_email().from_email_address("from@example.org").configuration_set_name("set");
    let request = request.destination(Destination::builder().to_addresses(to).build());
    request.content(EmailContent::builder().simple(message).build()).send().await
}

fn start(patience: Patience) -> (SesStandIn, Client) {
    let ses = SesStandIn::start().unwrap();
    let client = sdk::ses(&ses.endpoint(), patience);
    (ses, client)
}

#[tokio::test]
async fn it_keeps_what_the_sdk_sends() {
    let (ses, client) = start(Patience::once());
    let sent = send(&client, "a@example.org").await.unwrap();
    let [message] = ses.messages_to("a@example.org").try_into().unwrap();
    assert_eq!(sent.message_id(), Some(message.id.as_str()));
    assert_eq!((message.subject.as_str(), message.text.as_str()), ("subject", "text"));
    assert_eq!((message.from.as_str(), message.html.as_str()), ("from@example.org", "<p>html</p>"));
    assert_eq!(message.configuration_set.as_deref(), Some("set"));
    assert!(ses.messages_to("b@example.org").is_empty());
    assert_eq!(ses.wait_for(1, Duration::ZERO).await.unwrap().len(), 1);
}

#[tokio::test]
async fn it_refuses_what_is_sent_beyond_its_rate() {
    let (ses, client) = start(Patience::once());
    ses.limit_rate(Some(2));
    send(&client, "a@example.org").await.unwrap();
    send(&client, "b@example.org").await.unwrap();
    let refused = send(&client, "c@example.org").await.unwrap_err().into_service_error();
    assert!(refused.is_too_many_requests_exception(), "{refused:?}");
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    send(&client, "c@example.org").await.unwrap();
    assert_eq!((ses.messages().len(), ses.attempts()), (3, 4));
}

#[tokio::test]
async fn it_rejects_the_addresses_it_is_told_to() {
    let (ses, client) = start(Patience::once());
    ses.reject("bad@example.org");
    let rejected = send(&client, "bad@example.org").await.unwrap_err().into_service_error();
    assert!(rejected.is_message_rejected(), "{rejected:?}");
    send(&client, "good@example.org").await.unwrap();
    assert_eq!(ses.messages().len(), 1);
}

#[tokio::test]
async fn a_lost_answer_leaves_an_accepted_message() {
    let (ses, client) = start(Patience { attempt_timeout: Duration::from_millis(500), ..Patience::once() });
    ses.fail_next([Failure::LoseAnswer, Failure::Silence, Failure::Paused, Failure::Unavailable]);
    assert!(matches!(send(&client, "a@example.org").await, Err(SdkError::DispatchFailure(_))));
    assert_eq!(ses.messages().len(), 1);
    assert!(matches!(send(&client, "a@example.org").await, Err(SdkError::TimeoutError(_))));
    let paused = send(&client, "a@example.org").await.unwrap_err().into_service_error();
    assert!(paused.is_sending_paused_exception(), "{paused:?}");
    assert!(send(&client, "a@example.org").await.is_err());
    assert_eq!(ses.messages().len(), 1);
    assert!(ses.wait_for(2, Duration::from_millis(20)).await.is_err());
}
