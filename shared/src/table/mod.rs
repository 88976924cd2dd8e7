//! The one table: its keys, its items, and the writes that go to it. Nothing here does I/O.

pub mod changes;
pub mod days;
mod entity;
pub mod keys;
mod write;

pub use entity::{
    Entity, Item, ItemError, Record, from_attributes, from_item, lot_from_item, lot_item, module_item, to_item,
    unit_item,
};
pub use keys::Key;
pub use write::{Update, Write, attribute, names_in};
