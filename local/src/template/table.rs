//! The table resource: everything that makes a table the one the code expects.

use anyhow::{Context, Result, bail};

use super::{
    intrinsic::Scope,
    yaml::{Node, at},
};

/// The table as the template defines it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableDefinition {
    /// Its logical id in the template.
    pub logical_id: String,
    /// Its name on this machine.
    pub name: String,
    /// Attribute names and their types (`S`, `N`, `B`), in the template's order.
    pub attributes: Vec<(String, String)>,
    /// The primary key.
    pub key: KeyDefinition,
    /// The global secondary indexes.
    pub indexes: Vec<IndexDefinition>,
    /// The attribute that holds when an item may be deleted.
    pub time_to_live: Option<String>,
    /// What the stream's records hold (`NEW_AND_OLD_IMAGES`); none without a stream.
    pub stream_view: Option<String>,
}

/// A primary key or an index's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyDefinition {
    /// The attribute that tells partitions apart.
    pub partition: String,
    /// The attribute that orders a partition.
    pub sort: Option<String>,
}

/// One global secondary index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexDefinition {
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: KeyDefinition,
    /// `ALL`, `KEYS_ONLY` or `INCLUDE`.
    pub projection: String,
    /// The attributes of an `INCLUDE` projection.
    pub included: Vec<String>,
}

/// Finds the one table of the template.
pub(super) fn read(root: &Node, scope: &Scope) -> Result<TableDefinition> {
    let mut tables = root
        .need("Resources")?
        .entries()?
        .iter()
        .filter(|(_, node)| node.get("Type").is_some_and(|t| t.text().is_ok_and(|t| t == "AWS::DynamoDB::Table")));
    let Some((id, node)) = tables.next() else { bail!("no resource of type AWS::DynamoDB::Table; add the table") };
    if let Some((second, node)) = tables.next() {
        bail!(at(node.line, &format!("a second table, `{second}`; the system keeps everything in one")));
    }
    read_one(id, node, scope).with_context(|| format!("table `{id}`"))
}

fn read_one(id: &str, node: &Node, scope: &Scope) -> Result<TableDefinition> {
    let properties = node.need("Properties")?;
    let mut attributes = Vec::new();
    for attribute in properties.need("AttributeDefinitions")?.items()? {
        let name = attribute.need("AttributeName")?.text()?.to_owned();
        attributes.push((name, attribute.need("AttributeType")?.text()?.to_owned()));
    }
    if let Some(local) = properties.get("LocalSecondaryIndexes") {
        bail!(at(local.line, "local secondary indexes are not understood here; use a global one"));
    }
    let mut indexes = Vec::new();
    if let Some(list) = properties.get("GlobalSecondaryIndexes") {
        for index in list.items()? {
            let included = match index.at(&["Projection", "NonKeyAttributes"]) {
                Some(list) => list.items()?.iter().map(|n| Ok(n.text()?.to_owned())).collect::<Result<_>>()?,
                None => Vec::new(),
            };
            indexes.push(IndexDefinition {
                name: index.need("IndexName")?.text()?.to_owned(),
                key: key(index.need("KeySchema")?)?,
                projection: index.need("Projection")?.need("ProjectionType")?.text()?.to_owned(),
                included,
            });
        }
    }
    let time_to_live = match properties.get("TimeToLiveSpecification") {
        Some(ttl) if ttl.need("Enabled")?.truth()? => Some(ttl.need("AttributeName")?.text()?.to_owned()),
        _ => None,
    };
    let stream_view = match properties.get("StreamSpecification") {
        Some(stream) => Some(stream.need("StreamViewType")?.text()?.to_owned()),
        None => None,
    };
    Ok(TableDefinition {
        logical_id: id.to_owned(),
        name: scope.resource(id).unwrap_or(id).to_owned(),
        attributes,
        key: key(properties.need("KeySchema")?)?,
        indexes,
        time_to_live,
        stream_view,
    })
}

fn key(node: &Node) -> Result<KeyDefinition> {
    let (mut partition, mut sort) = (None, None);
    for element in node.items()? {
        let name = element.need("AttributeName")?.text()?.to_owned();
        let kind = element.need("KeyType")?;
        match kind.text()? {
            "HASH" => partition = Some(name),
            "RANGE" => sort = Some(name),
            other => bail!(at(kind.line, &format!("`{other}` is neither HASH nor RANGE"))),
        }
    }
    let partition = partition.with_context(|| at(node.line, "a key without a HASH attribute"))?;
    Ok(KeyDefinition { partition, sort })
}
