//! The world's index of members by name and address: kept by hand in a world whose stream is not read, waited for in others.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::{Value, json};
use shared::{
    domain::{Access, EmailAddress, Member, MemberId, OrganizationId, PersonName, SearchText, Timestamp},
    table::keys,
};

use super::World;
use crate::engine::patience;

/// How long the stream may take to bring the index up to date, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// How many records a batch of the stream has.
const BATCH: usize = 50;

/// What each item of the index says that a member is found by.
type Texts = BTreeMap<(String, String), String>;

/// Whether an item is one of the index.
pub(super) fn is_of_index(item: &Value) -> bool {
    item["entity"]["S"].as_str().is_some_and(|entity| entity.starts_with("search_"))
}

fn text<'i>(item: &'i Value, name: &str) -> &'i str {
    item[name]["S"].as_str().unwrap_or_default()
}

/// A record of the stream about a change of an item.
#[must_use]
pub fn changed(number: usize, before: Option<&Value>, after: &Value) -> Value {
    let mut change = json!({
        "ApproximateCreationDateTime": 1_795_330_845, "Keys": {"PK": after["PK"], "SK": after["SK"]}, "NewImage": after,
        "SequenceNumber": format!("{number:06}"), "SizeBytes": 120, "StreamViewType": "NEW_AND_OLD_IMAGES",
    });
    if let Some(before) = before {
        change["OldImage"] = before.clone();
    }
    json!({
        "eventID": format!("i{number}"), "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1", "dynamodb": change,
    })
}

impl World {
    /// Hands records to publish-events, as the stream would, and gives the numbers of those that are to come again.
    ///
    /// # Panics
    /// When publish-events fails as a whole.
    pub async fn publish(&self, records: &[Value]) -> Vec<String> {
        let answer = self.running.invoke("publish-events", json!({"Records": records})).await.expect("it answers");
        let failures = answer["batchItemFailures"].as_array().cloned().unwrap_or_default();
        failures.iter().map(|failure| failure["itemIdentifier"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Tells publish-events of every member as if they were new.
    ///
    /// # Panics
    /// When a record is not taken.
    pub async fn index_anew(&self) {
        let members = self.items("member");
        let records: Vec<_> = (1..).zip(&members).map(|(number, member)| changed(number, None, member)).collect();
        for some in records.chunks(BATCH) {
            assert_eq!(self.publish(some).await, [""; 0]);
        }
    }

    /// The items of the index, each with what it says that a member is found by.
    ///
    /// # Panics
    /// When the table cannot be read.
    pub fn index(&self) -> Texts {
        let contents = self.engine.contents().expect("the table can be read");
        let of_index = contents.into_iter().filter(|(_, item)| is_of_index(item));
        of_index.map(|(key, item)| (key, text(&item, "text").to_owned())).collect()
    }

    /// The items that the index should have, for the members as they are.
    ///
    /// # Panics
    /// When an item of a member is none.
    pub fn right_index(&self) -> Texts {
        let mut right = Texts::new();
        for item in self.items("member").iter().filter(|item| item["erased_as"].is_null()) {
            let name = PersonName::parse(text(item, "name")).expect("a name");
            let email = EmailAddress::parse(text(item, "email")).expect("an address");
            let organization = OrganizationId::parse(text(item, "organization")).expect("an id");
            let id = MemberId::parse(text(item, "id")).expect("an id");
            let member = Member::new(organization, name, email, Access::Pending, Timestamp::from_millis(0));
            let found_by = SearchText::of(&member);
            let said = serde_json::to_value(&found_by).ok().and_then(|said| Some(said.as_str()?.to_owned()));
            let entries = found_by.terms().into_iter().map(|term| {
                let path = keys::search_path(organization, &term);
                keys::search_entry(organization, &path, id)
            });
            let of_member = entries.chain([keys::search_record(id)]);
            right.extend(of_member.map(|key| ((key.partition, key.sort), said.clone().expect("a text"))));
        }
        right
    }

    /// Leaves an organization as one whose members came before there was an index.
    ///
    /// # Panics
    /// When the engine refuses that.
    pub async fn forget_index(&self, organization: &Value) {
        let client = crate::sdk::dynamodb(self.engine.endpoint(), crate::sdk::Patience::default());
        let key = |name: &str| AttributeValue::S(text(organization, name).to_owned());
        let update = client.update_item().table_name(self.engine.table()).update_expression("REMOVE members_indexed");
        update.key("PK", key("PK")).key("SK", key("SK")).send().await.expect("the engine takes it");
    }

    /// Waits until the index is as it should be.
    ///
    /// # Panics
    /// When it does not come to that.
    pub async fn indexed(&self) {
        let until = Instant::now() + patience(PATIENCE);
        while self.index() != self.right_index() {
            assert!(Instant::now() < until, "the index is not up to date");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}
