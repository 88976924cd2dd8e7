//! What a search by name or address reads in organizations of several sizes: calls and read units of one call of list-members.

use std::collections::HashMap;

use anyhow::{Context, Result};
use aws_sdk_dynamodb::{
    Client,
    types::{AttributeValue, PutRequest, WriteRequest},
};
use futures::{StreamExt, TryStreamExt, stream};
use shared::{
    clock::Clock,
    domain::{Access, EmailAddress, Member, OrganizationId, PersonName, SearchEntry, SearchText},
    table::{keys, to_item},
};
use tests::World;

use crate::report::{Section, progress, units};

/// How many members there are when it is measured.
const SIZES: [usize; 2] = [10_000, 100_000];

/// Of which first and last names are made: 400 first ones, and 8,000 last ones.
const SYLLABLES: [&str; 20] = [
    "ma", "jo", "an", "ka", "pe", "li", "ro", "se", "to", "vi", "na", "el", "mi", "da", "ri", "so", "ben", "tha",
    "cor", "lu",
];

/// What is looked for, and what that stands for.
const SEARCHES: [(&str, &str); 6] = [
    ("one person, by the whole address", "q=manada.jonacor7001@yard.example"),
    ("one person, by first and last name", "q=manada%20jonacor7001"),
    ("a last name", "q=jonacor"),
    ("a common beginning", "q=ma"),
    ("everybody, by the domain", "q=yard.example"),
    ("two common beginnings", "q=jona%20mana"),
];

/// Fills an organization, and searches it.
pub async fn measure() -> Result<Section> {
    let world = World::start_without_stream(|options| options.schedules = false).await;
    let organization = world.items("organization").remove(0);
    let organization = OrganizationId::parse(organization["id"]["S"].as_str().context("an id")?)?;
    let client = tests::sdk::dynamodb(world.engine.endpoint(), tests::sdk::Patience::default());
    let mut rows = Vec::new();
    let mut filled = 0;
    for size in SIZES {
        progress(&format!("search: {size} members"));
        let people = stream::iter(filled..size).chunks(20).map(|numbers| fill(&world, &client, organization, numbers));
        people.buffer_unordered(8).try_collect::<Vec<()>>().await?;
        filled = size;
        for (what, query) in SEARCHES {
            let mark = world.proxy.mark();
            let page = world.get(&format!("/v1/members?limit=50&{query}")).await.expect_status(200).json();
            let calls = world.proxy.since(mark);
            let found = page["members"].as_array().map_or(0, Vec::len);
            rows.push(vec![
                what.to_owned(),
                size.to_string(),
                format!("{found}{}", if page["next"].is_null() { "" } else { ", and a next page" }),
                calls.of("Query").to_string(),
                units(calls.capacity().read()),
            ]);
        }
    }
    Ok(Section {
        name: "search",
        columns: vec!["A page of 50 of list-members", "Members", "Found", "Queries", "Read units"],
        rows,
        note: "Read units of the whole call: the session, its member, the organization, the entries, and each member on the page. Made-up names of a few syllables, each last name with a number; every address is in one domain.".to_owned(),
    })
}

/// Writes some members and their entries, as registration and stream would.
async fn fill(world: &World, client: &Client, organization: OrganizationId, numbers: Vec<usize>) -> Result<()> {
    let mut items = Vec::new();
    for number in numbers {
        let syllable = |step: usize| SYLLABLES[number / step % SYLLABLES.len()];
        let first = format!("{}na{}", syllable(7), syllable(3));
        let last = format!("{}{}{}{number}", syllable(1), syllable(20), syllable(400));
        let name = PersonName::parse(&format!("{first} {last}"))?;
        let email = EmailAddress::parse(&format!("{first}.{last}@yard.example"))?;
        let member = Member::new(organization, name, email, Access::Pending, world.clock.now());
        let text = SearchText::of(&member);
        for term in text.terms() {
            let path = keys::search_path(organization, &term);
            items.push(to_item(&SearchEntry { organization, member: member.id, path, text: text.clone() })?);
        }
        items.push(to_item(&member)?);
    }
    for some in items.chunks(25) {
        let puts = some.iter().map(|item: &HashMap<String, AttributeValue>| {
            let put = PutRequest::builder().set_item(Some(item.clone())).build()?;
            Ok(WriteRequest::builder().put_request(put).build())
        });
        let puts = puts.collect::<Result<Vec<_>>>()?;
        client.batch_write_item().request_items(world.engine.table(), puts).send().await?;
    }
    Ok(())
}
