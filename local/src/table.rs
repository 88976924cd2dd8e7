//! Makes the table the template defines, or makes sure that the one that is there is it.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use aws_sdk_dynamodb::{
    Client,
    error::ProvideErrorMetadata,
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
        ScalarAttributeType, StreamSpecification, StreamViewType, TableDescription, TableStatus,
        TimeToLiveSpecification, TimeToLiveStatus,
    },
};

use crate::template::{IndexDefinition, KeyDefinition, TableDefinition};

/// Creates the table if it is absent; compares it with the template's if it is there.
///
/// # Errors
/// When the engine does not answer, or the table there has another shape: then nothing is changed.
pub async fn ensure(client: &Client, wanted: &TableDefinition) -> Result<()> {
    let description = match describe(client, &wanted.name).await? {
        Some(description) => description,
        None => create(client, wanted).await?,
    };
    let found = definition_of(&description, wanted);
    let differences = differences(wanted, &found);
    if !differences.is_empty() {
        bail!(
            "the table `{}` differs from the template: {}; nothing was changed; move the data away or choose another \
             folder with --data-dir",
            wanted.name,
            differences.join(", ")
        );
    }
    ensure_time_to_live(client, wanted).await
}

/// Whether the table holds nothing at all.
///
/// # Errors
/// When the engine does not answer.
pub async fn is_empty(client: &Client, table: &str) -> Result<bool> {
    let page = client.scan().table_name(table).limit(1).send().await;
    Ok(page.map_err(engine_error).context("can't read the table")?.count() == 0)
}

/// The table's stream, when it has one.
///
/// # Errors
/// When the engine does not answer.
pub async fn stream_arn(client: &Client, table: &str) -> Result<Option<String>> {
    Ok(describe(client, table).await?.and_then(|table| table.latest_stream_arn))
}

async fn describe(client: &Client, table: &str) -> Result<Option<TableDescription>> {
    match client.describe_table().table_name(table).send().await {
        Ok(answer) => Ok(answer.table),
        Err(error) if error.code() == Some("ResourceNotFoundException") => Ok(None),
        Err(error) => Err(engine_error(error)).context("the table engine does not answer as DynamoDB does"),
    }
}

async fn create(client: &Client, wanted: &TableDefinition) -> Result<TableDescription> {
    let mut request = client.create_table().table_name(&wanted.name).billing_mode(BillingMode::PayPerRequest);
    for (name, kind) in &wanted.attributes {
        let attribute = AttributeDefinition::builder()
            .attribute_name(name)
            .attribute_type(ScalarAttributeType::from(kind.as_str()))
            .build()?;
        request = request.attribute_definitions(attribute);
    }
    request = request.set_key_schema(Some(key_schema(&wanted.key)?));
    for index in &wanted.indexes {
        let included = (!index.included.is_empty()).then(|| index.included.clone());
        let projection = Projection::builder()
            .projection_type(ProjectionType::from(index.projection.as_str()))
            .set_non_key_attributes(included);
        let index = GlobalSecondaryIndex::builder()
            .index_name(&index.name)
            .set_key_schema(Some(key_schema(&index.key)?))
            .projection(projection.build());
        request = request.global_secondary_indexes(index.build()?);
    }
    if let Some(view) = &wanted.stream_view {
        let stream = StreamSpecification::builder().stream_enabled(true);
        let stream = stream.stream_view_type(StreamViewType::from(view.as_str()));
        request = request.stream_specification(stream.build()?);
    }
    request.send().await.map_err(engine_error).with_context(|| format!("can't create the table `{}`", wanted.name))?;
    // On AWS a table takes some seconds to become usable.
    for _ in 0..300 {
        if let Some(table) = describe(client, &wanted.name).await?
            && table.table_status == Some(TableStatus::Active)
        {
            return Ok(table);
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    bail!("the table `{}` was created but did not become active", wanted.name)
}

fn key_schema(key: &KeyDefinition) -> Result<Vec<KeySchemaElement>> {
    let element = |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build();
    let mut schema = vec![element(&key.partition, KeyType::Hash)?];
    if let Some(sort) = &key.sort {
        schema.push(element(sort, KeyType::Range)?);
    }
    Ok(schema)
}

async fn ensure_time_to_live(client: &Client, wanted: &TableDefinition) -> Result<()> {
    let Some(attribute) = &wanted.time_to_live else { return Ok(()) };
    let found = client.describe_time_to_live().table_name(&wanted.name).send().await.map_err(engine_error)?;
    let found = found.time_to_live_description;
    let enabled = found
        .as_ref()
        .and_then(|ttl| ttl.time_to_live_status.as_ref())
        .is_some_and(|status| matches!(status, TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling));
    if enabled {
        let name = found.and_then(|ttl| ttl.attribute_name).unwrap_or_default();
        if name != *attribute {
            bail!("the table `{}` expires items by `{name}`, but the template says `{attribute}`", wanted.name);
        }
        return Ok(());
    }
    let specification = TimeToLiveSpecification::builder().attribute_name(attribute).enabled(true).build()?;
    let request = client.update_time_to_live().table_name(&wanted.name).time_to_live_specification(specification);
    request.send().await.map_err(engine_error).context("can't set the table's time to live")?;
    Ok(())
}

fn definition_of(table: &TableDescription, wanted: &TableDefinition) -> TableDefinition {
    let attributes = table
        .attribute_definitions()
        .iter()
        .map(|attribute| (attribute.attribute_name().to_owned(), attribute.attribute_type().as_str().to_owned()));
    let indexes = table.global_secondary_indexes().iter().map(|index| {
        let projection = index.projection();
        IndexDefinition {
            name: index.index_name().unwrap_or_default().to_owned(),
            key: key_of(index.key_schema()),
            projection: projection
                .and_then(Projection::projection_type)
                .map(|kind| kind.as_str().to_owned())
                .unwrap_or_default(),
            included: projection.map(|p| p.non_key_attributes().to_vec()).unwrap_or_default(),
        }
    });
    let stream = table.stream_specification().filter(|stream| stream.stream_enabled());
    TableDefinition {
        logical_id: wanted.logical_id.clone(),
        name: wanted.name.clone(),
        attributes: attributes.collect(),
        key: key_of(table.key_schema()),
        indexes: indexes.collect(),
        time_to_live: wanted.time_to_live.clone(),
        stream_view: stream.and_then(|s| s.stream_view_type()).map(|view| view.as_str().to_owned()),
    }
}

fn key_of(schema: &[KeySchemaElement]) -> KeyDefinition {
    let find = |kind: &KeyType| {
        schema.iter().find(|element| element.key_type() == kind).map(|element| element.attribute_name().to_owned())
    };
    KeyDefinition { partition: find(&KeyType::Hash).unwrap_or_default(), sort: find(&KeyType::Range) }
}

fn differences(wanted: &TableDefinition, found: &TableDefinition) -> Vec<String> {
    let mut differences = Vec::new();
    if wanted.key != found.key {
        differences.push("its key differs".to_owned());
    }
    let types = |table: &TableDefinition| table.attributes.iter().cloned().collect::<BTreeSet<_>>();
    if types(wanted) != types(found) {
        differences.push("its key attributes differ".to_owned());
    }
    let names: BTreeSet<_> = wanted.indexes.iter().chain(&found.indexes).map(|index| &index.name).collect();
    for name in names {
        let find = |table: &TableDefinition| table.indexes.iter().find(|index| index.name == *name).cloned();
        match (find(wanted), find(found)) {
            (Some(wanted), Some(found)) if wanted != found => differences.push(format!("its index {name} differs")),
            (Some(_), None) => differences.push(format!("its index {name} is missing")),
            (None, Some(_)) => differences.push(format!("it has another index, {name}")),
            _ => {}
        }
    }
    if wanted.stream_view != found.stream_view {
        differences.push("its stream differs".to_owned());
    }
    differences
}

/// An SDK error on one line, with its causes.
pub(crate) fn engine_error<E: std::error::Error + Send + Sync + 'static>(error: E) -> anyhow::Error {
    let mut causes: Vec<String> = Vec::new();
    let mut next: Option<&dyn std::error::Error> = Some(&error);
    while let Some(cause) = next {
        let text = cause.to_string().replace('\n', " ");
        if !causes.iter().any(|earlier| earlier.contains(&text)) {
            causes.push(text);
        }
        next = cause.source();
    }
    anyhow::anyhow!("{}", causes.join(": "))
}
