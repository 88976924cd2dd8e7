//! The world's mail: what arrived, and sending by hand in a world whose stream is not read.

use std::time::{Duration, Instant};

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::{Value, json};
use shared::domain::Timestamp;

use super::World;
use crate::engine::patience;

/// How long a mail may take to arrive before a test gives up: behind a rush, on a busy machine, some hundred are before it.
const MAIL_PATIENCE: Duration = Duration::from_secs(60);

/// An event of SES about a mail, as EventBridge delivers it. `bounce` is the type of a bounce.
pub fn feedback(kind: &str, bounce: &str, mail: &str, at: Timestamp) -> Value {
    let at = at.to_string();
    let mut detail =
        json!({"eventType": kind, "mail": {"messageId": "m", "tags": {"mail": [mail], "kind": ["login"]}}});
    match kind {
        "Bounce" => detail["bounce"] = json!({"bounceType": bounce, "bounceSubType": "General", "timestamp": at}),
        "Complaint" => detail["complaint"] = json!({"complaintFeedbackType": "abuse", "timestamp": at}),
        _ => {}
    }
    json!({"version": "0", "detail-type": format!("Email {kind}"), "source": "aws.ses", "time": at, "detail": detail})
}

impl World {
    /// The token in the newest mail to `email`, once there are `count` mails.
    pub async fn login_token(&self, email: &str, count: usize) -> String {
        let until = Instant::now() + patience(MAIL_PATIENCE);
        let texts = loop {
            let texts = self.login_texts_to(email);
            if texts.len() >= count {
                break texts;
            }
            assert!(Instant::now() < until, "{} of {count} mails to {email} arrived", texts.len());
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        let text = texts.last().expect("at least one mail");
        let (_, rest) = text.split_once("/sign-in?t=").expect("a login link");
        rest.split_whitespace().next().expect("a token").to_owned()
    }

    /// The plain texts of those mails to `email` that have a login link: admins get others too.
    pub fn login_texts_to(&self, email: &str) -> Vec<String> {
        self.texts_to(email).into_iter().filter(|text| text.contains("/sign-in?t=")).collect()
    }

    /// The plain texts of the mails that have gone to `email`, oldest first.
    pub fn texts_to(&self, email: &str) -> Vec<String> {
        match &self.ses {
            Some(ses) => ses.messages_to(email).into_iter().map(|message| message.text).collect(),
            None => {
                let messages = self.running.mailbox.messages(Some(email)).expect("the mailbox can be read");
                messages.into_iter().map(|message| message.text).collect()
            }
        }
    }

    /// How many mails have gone to `email`.
    pub fn mails_to(&self, email: &str) -> usize {
        self.texts_to(email).len()
    }

    /// The mails that are queued, as the table holds them.
    pub fn queued(&self) -> Vec<Value> {
        self.items("mail").into_iter().filter(|mail| mail["state"]["S"] == "queued").collect()
    }

    /// The requests for mail, as the table holds them.
    pub fn requests(&self) -> Vec<Value> {
        let contents = self.engine.contents().expect("the table can be read");
        contents.into_values().filter(|item| item["entity"]["S"] == "mail_request").collect()
    }

    /// The requests for mail that are not worked off.
    pub fn asked(&self) -> Vec<Value> {
        self.requests().into_iter().filter(|request| request["state"]["S"] == "queued").collect()
    }

    /// Hands mails or requests for mail to send-mail, as the stream would, and gives the answer. They are numbered from 1.
    ///
    /// # Panics
    /// When send-mail fails as a whole.
    pub async fn send(&self, mails: &[Value]) -> Value {
        let records = mails.iter().zip(1..).map(|(mail, number)| {
            json!({
                "eventID": number.to_string(), "eventName": "INSERT", "eventVersion": "1.1",
                "eventSource": "aws:dynamodb", "awsRegion": "eu-central-1",
                "dynamodb": {
                    "ApproximateCreationDateTime": 1_795_330_845,
                    "Keys": {"PK": mail["PK"], "SK": mail["SK"]}, "NewImage": mail,
                    "SequenceNumber": number.to_string(), "SizeBytes": 120,
                    "StreamViewType": "NEW_AND_OLD_IMAGES",
                },
            })
        });
        let event = json!({"Records": records.collect::<Vec<_>>()});
        self.running.invoke("send-mail", event).await.expect("send-mail answers")
    }

    /// Takes mails off the list of their member's, as they are while the index is behind.
    ///
    /// # Panics
    /// When the engine refuses that.
    pub async fn not_listed_yet(&self, mails: &[Value]) {
        let client = crate::sdk::dynamodb(self.engine.endpoint(), crate::sdk::Patience::default());
        let text = |value: &Value| AttributeValue::S(value["S"].as_str().expect("a text").to_owned());
        for mail in mails {
            let update =
                client.update_item().table_name(self.engine.table()).update_expression("REMOVE GSI1PK, GSI1SK");
            let update = update.key("PK", text(&mail["PK"])).key("SK", text(&mail["SK"]));
            update.send().await.expect("the engine takes it");
        }
    }

    /// Works off what is asked for, and sends what is queued then, in a world without a stream. Gives the answer to the latter.
    ///
    /// # Panics
    /// When a request could not be worked off.
    pub async fn deliver(&self) -> Value {
        self.work_off().await;
        self.send(&self.queued()).await
    }

    /// Works off what is asked for, in a world without a stream.
    ///
    /// # Panics
    /// When a request could not be worked off.
    pub async fn work_off(&self) {
        let asked = self.asked();
        if !asked.is_empty() {
            assert_eq!(self.send(&asked).await["batchItemFailures"], json!([]), "every request is worked off");
        }
    }
}
