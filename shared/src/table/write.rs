//! One write of the table: a put, an update, a delete or a check, with its condition. Every name in an expression is written
//! `#name` and bound by itself, so that no reserved word of DynamoDB can be met; every value is bound.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
};

use aws_sdk_dynamodb::{
    Client,
    operation::update_item::builders::UpdateItemFluentBuilder,
    types::{
        AttributeValue, ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem,
        Update as UpdateAction,
    },
};
use serde::Serialize;

use super::{Item, Key, keys::Index};
use crate::domain::{Allocation, Language, UnitId};

/// The names that an expression mentions as `#name`, bound to themselves.
#[must_use]
pub fn names_in(expressions: &[&str]) -> Option<HashMap<String, String>> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let names: HashMap<String, String> = expressions
        .iter()
        .flat_map(|expression| expression.split('#').skip(1))
        .map(|rest| &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())])
        .map(|name| (format!("#{name}"), name.to_owned()))
        .collect();
    (!names.is_empty()).then_some(names)
}

/// A value as an attribute.
///
/// # Panics
/// On a value that DynamoDB cannot hold; the values bound here are texts, numbers, booleans, lists and maps.
#[must_use]
pub fn attribute(value: impl Serialize) -> AttributeValue {
    serde_dynamo::to_attribute_value(value).expect("a bound value is a text, number, boolean, list or map")
}

#[derive(Debug, Clone)]
enum Action {
    Put(Item),
    Update(Key, String),
    Delete(Key),
    Check(Key),
}

/// One write, alone or as part of a transaction.
#[derive(Debug, Clone)]
pub struct Write {
    action: Action,
    condition: Option<Cow<'static, str>>,
    values: HashMap<String, AttributeValue>,
}

/// Collects the clauses of an update expression.
#[derive(Debug, Clone, Default)]
pub struct Update {
    set: Vec<String>,
    add: Vec<String>,
    remove: Vec<Cow<'static, str>>,
    values: HashMap<String, AttributeValue>,
}

impl Update {
    /// An update that changes nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// `SET clause`, a clause such as `#taken = #taken + :one`.
    #[must_use]
    pub fn set(mut self, clause: impl Into<String>) -> Self {
        self.set.push(clause.into());
        self
    }

    /// Sets an attribute to a value.
    #[must_use]
    pub fn put(self, name: &str, value: impl Serialize) -> Self {
        let bound = format!(":{name}");
        self.set(format!("#{name} = {bound}")).value(&bound, value)
    }

    /// Sets an attribute to a value unless it is there.
    #[must_use]
    pub fn put_if_absent(self, name: &str, value: impl Serialize) -> Self {
        let bound = format!(":{name}");
        self.set(format!("#{name} = if_not_exists(#{name}, {bound})")).value(&bound, value)
    }

    /// Makes a member's language theirs alone to choose, from the first sign-in on: one that they have stays, and where they have none
    /// a null takes its place. A registration, which anybody can make for any address, sets a language only where the item has
    /// nothing, not even that.
    #[must_use]
    pub fn own_language(self) -> Self {
        self.put_if_absent("language", None::<Language>)
    }

    /// Adds `delta` to a number.
    #[must_use]
    pub fn increase(self, name: &str, delta: i64) -> Self {
        let bound = format!(":delta_{name}");
        self.add(name, &bound, AttributeValue::N(delta.to_string()))
    }

    /// Adds texts to a string set; an empty list changes nothing.
    #[must_use]
    pub fn add_to_set(self, name: &str, texts: Vec<String>) -> Self {
        if texts.is_empty() { self } else { self.add(name, &format!(":{name}"), AttributeValue::Ss(texts)) }
    }

    fn add(mut self, name: &str, bound: &str, value: AttributeValue) -> Self {
        self.add.push(format!("#{name} {bound}"));
        self.values.insert(bound.to_owned(), value);
        self
    }

    /// Removes an attribute.
    #[must_use]
    pub fn remove(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.remove.push(name.into());
        self
    }

    /// Binds a value.
    #[must_use]
    pub fn value(mut self, name: &str, value: impl Serialize) -> Self {
        let before = self.values.insert(name.to_owned(), attribute(value));
        debug_assert!(before.is_none(), "{name} is bound twice");
        self
    }

    /// Sets each attribute of `item` that is not there yet; the primary key is left out.
    #[must_use]
    pub fn put_item_if_absent(self, item: Item) -> Self {
        let rest = item.into_iter().filter(|(name, _)| name != super::keys::PK && name != super::keys::SK);
        rest.fold(self, |mut update, (name, value)| {
            let bound = format!(":{name}");
            update.set.push(format!("#{name} = if_not_exists(#{name}, {bound})"));
            update.values.insert(bound, value);
            update
        })
    }

    /// Adds the units of `allocation` to a member's. Whoever is about to take units away learns of it by the version.
    #[must_use]
    pub fn allocate(self, allocation: &Allocation) -> Self {
        if allocation.is_empty() {
            return self;
        }
        self.add_to_set("groups", texts(&allocation.groups))
            .add_to_set("sites", texts(&allocation.sites))
            .add_to_set("regions", texts(&allocation.regions))
            .increase("allocation_version", 1)
    }

    /// Puts a member in these units and no others. To be written under the condition that the member's `allocation_version` is
    /// as it was read.
    #[must_use]
    pub fn reallocate(self, allocation: &Allocation) -> Self {
        self.put_set("groups", texts(&allocation.groups))
            .put_set("sites", texts(&allocation.sites))
            .put_set("regions", texts(&allocation.regions))
            .increase("allocation_version", 1)
    }

    /// Sets a string set; an empty one is removed, since the table holds none.
    fn put_set(mut self, name: &'static str, texts: Vec<String>) -> Self {
        if texts.is_empty() {
            return self.remove(name);
        }
        self.values.insert(format!(":{name}"), AttributeValue::Ss(texts));
        self.set(format!("#{name} = :{name}"))
    }

    /// Sets the key of the entry in an index.
    #[must_use]
    pub fn index(self, index: Index, key: &Key) -> Self {
        self.put(index.partition, &key.partition).put(index.sort, &key.sort)
    }

    /// Takes the item out of an index, unless this update gives it a new place there.
    #[must_use]
    pub fn leave(self, index: Index) -> Self {
        let enters = self.values.contains_key(&format!(":{}", index.partition));
        if enters { self } else { self.remove(index.partition).remove(index.sort) }
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.add.is_empty() && self.remove.is_empty()
    }

    fn expression(&self) -> String {
        let mut clauses = Vec::new();
        if !self.set.is_empty() {
            clauses.push(format!("SET {}", self.set.join(", ")));
        }
        if !self.add.is_empty() {
            clauses.push(format!("ADD {}", self.add.join(", ")));
        }
        if !self.remove.is_empty() {
            let names: Vec<_> = self.remove.iter().map(|name| format!("#{name}")).collect();
            clauses.push(format!("REMOVE {}", names.join(", ")));
        }
        clauses.join(" ")
    }
}

fn texts(units: &BTreeSet<UnitId>) -> Vec<String> {
    units.iter().map(ToString::to_string).collect()
}

impl Write {
    fn new(action: Action) -> Self {
        Self { action, condition: None, values: HashMap::new() }
    }

    /// Puts an item.
    #[must_use]
    pub fn put(item: Item) -> Self {
        Self::new(Action::Put(item))
    }

    /// Updates the item at `key`, or makes it.
    #[must_use]
    pub fn update(key: Key, update: Update) -> Self {
        let expression = update.expression();
        Self { action: Action::Update(key, expression), condition: None, values: update.values }
    }

    /// Deletes the item at `key`.
    #[must_use]
    pub fn delete(key: Key) -> Self {
        Self::new(Action::Delete(key))
    }

    /// Writes nothing: only its condition counts.
    #[must_use]
    pub fn check(key: Key) -> Self {
        Self::new(Action::Check(key))
    }

    /// Only under this condition.
    #[must_use]
    pub fn when(mut self, condition: impl Into<Cow<'static, str>>) -> Self {
        self.condition = Some(condition.into());
        self
    }

    /// Only if this condition holds too.
    #[must_use]
    pub fn and(self, condition: &str) -> Self {
        let both = match &self.condition {
            Some(first) => format!("({first}) AND {condition}"),
            None => condition.to_owned(),
        };
        self.when(both)
    }

    /// Only if the item is as it was read: each attribute that it had then has the same value now.
    #[must_use]
    pub fn unless_changed(mut self, read: &Item) -> Self {
        let is_key = |name: &str| name == super::keys::PK || name == super::keys::SK;
        let mut same = Vec::new();
        for (name, value) in read.iter().filter(|(name, _)| !is_key(name)) {
            same.push(format!("#{name} = :was_{name}"));
            self.values.insert(format!(":was_{name}"), value.clone());
        }
        self.when(same.join(" AND "))
    }

    /// Binds a value of the condition.
    #[must_use]
    pub fn value(mut self, name: &str, value: impl Serialize) -> Self {
        let before = self.values.insert(name.to_owned(), attribute(value));
        debug_assert!(before.is_none(), "{name} is bound twice");
        self
    }

    fn names(&self) -> Option<HashMap<String, String>> {
        let update = if let Action::Update(_, expression) = &self.action { expression } else { "" };
        names_in(&[update, self.condition.as_deref().unwrap_or_default()])
    }

    fn bound(self) -> (Action, Option<String>, Option<HashMap<String, AttributeValue>>) {
        (self.action, self.condition.map(Cow::into_owned), (!self.values.is_empty()).then_some(self.values))
    }

    /// The write as part of a transaction; a failed condition returns the item it met.
    #[must_use]
    pub fn into_transact_item(self, table: &str) -> TransactWriteItem {
        const RETURN: ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure::AllOld;
        let names = self.names();
        let (action, condition, values) = self.bound();
        let item = TransactWriteItem::builder();
        // What the SDK's four builders have in common, but for a trait.
        macro_rules! complete {
            ($builder:expr) => {
                $builder
                    .table_name(table)
                    .set_condition_expression(condition)
                    .set_expression_attribute_names(names)
                    .set_expression_attribute_values(values)
                    .return_values_on_condition_check_failure(RETURN)
                    .build()
                    .expect("table, key and expression are set")
            };
        }
        match action {
            Action::Put(attributes) => item.put(complete!(Put::builder().set_item(Some(attributes)))),
            Action::Update(key, expression) => item.update(complete!(
                UpdateAction::builder().set_key(Some(key.to_attributes())).update_expression(expression)
            )),
            Action::Delete(key) => item.delete(complete!(Delete::builder().set_key(Some(key.to_attributes())))),
            Action::Check(key) => {
                item.condition_check(complete!(ConditionCheck::builder().set_key(Some(key.to_attributes()))))
            }
        }
        .build()
    }

    /// An update alone, as a request of its own at half the price of a transaction.
    ///
    /// # Panics
    /// When the write is no update.
    #[must_use]
    pub fn into_update_item(self, client: &Client, table: &str) -> UpdateItemFluentBuilder {
        let names = self.names();
        let (action, condition, values) = self.bound();
        let Action::Update(key, expression) = action else { panic!("only an update is sent alone") };
        client
            .update_item()
            .table_name(table)
            .set_key(Some(key.to_attributes()))
            .update_expression(expression)
            .set_condition_expression(condition)
            .set_expression_attribute_names(names)
            .set_expression_attribute_values(values)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_an_expression_is_bound_to_itself() {
        let names =
            names_in(&["SET #state = :state, #taken=#taken+:one", "#GSI1PK <> :x AND contains(#login_tokens, :t)"]);
        let mut names: Vec<_> = names.unwrap().into_iter().collect();
        names.sort_unstable();
        let expected = ["GSI1PK", "login_tokens", "state", "taken"];
        assert_eq!(names, expected.map(|name| (format!("#{name}"), name.to_owned())));
        assert_eq!(names_in(&["", "attribute"]), None);
    }

    #[test]
    fn an_update_has_each_clause_once_and_all_its_values() {
        let update = Update::new().put("state", "x").increase("taken", -1).remove("lapses_at").put_if_absent("n", 1);
        let expected = "SET #state = :state, #n = if_not_exists(#n, :n) ADD #taken :delta_taken REMOVE #lapses_at";
        assert_eq!(update.expression(), expected);
        assert_eq!(update.values.len(), 3);
        assert!(Update::new().add_to_set("groups", Vec::new()).is_empty());
    }
}
