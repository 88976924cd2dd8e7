//! The items that a write under way holds.
//!
//! As DynamoDB documents it (*Transaction conflict handling*): a transactional write or read is cancelled when a write
//! of one of its items is under way, and a single write is refused when a transaction holds its item. Single writes of
//! one item do not conflict with one another, and `GetItem` and `Query` with nothing.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::touched::{ItemKey, Touched};

/// Who holds an item.
#[derive(Debug)]
enum Holder {
    Transaction {
        token: Option<String>,
    },
    /// So many single writes at once.
    Singles(usize),
}

/// The items held at this moment, shared by all proxies of one engine.
#[derive(Debug, Default)]
pub(super) struct HeldItems(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    held: HashMap<ItemKey, Holder>,
    /// Request tokens of transactions that succeeded: their repetition takes part in no conflict.
    done: HashSet<String>,
}

/// What came of trying to hold a call's items.
#[derive(Debug)]
pub(super) enum Grasp {
    /// They are held until this is dropped.
    Held(Grip),
    /// Nothing to hold, nothing in the way.
    Free,
    /// A transaction was cancelled: for each position whether it conflicts.
    Cancelled(Vec<bool>),
    /// A single write found its item in a transaction.
    Refused,
    /// A batch found one of its items in a transaction.
    Unprocessed,
    /// The same transaction, by its request token, is under way.
    InProgress,
}

impl HeldItems {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic while the lock is held leaves a whole map behind: every change is one insertion or removal.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Holds what the call touches, all or nothing.
    pub(super) fn grasp(self: &Arc<Self>, touched: Touched) -> Grasp {
        let mut state = self.lock();
        match touched {
            Touched::Transaction { keys, token } => {
                if let Some(token) = &token {
                    if state.done.contains(token) {
                        return Grasp::Free;
                    }
                    if state.is_held_by(&keys, token) {
                        return Grasp::InProgress;
                    }
                }
                if let Some(conflicts) = state.conflicts(&keys) {
                    return Grasp::Cancelled(conflicts);
                }
                let keys: Vec<ItemKey> = keys.into_iter().flatten().collect();
                for key in &keys {
                    state.held.insert(key.clone(), Holder::Transaction { token: token.clone() });
                }
                Grasp::Held(Grip { items: Arc::clone(self), keys, token })
            }
            Touched::TransactionalRead { keys } => state.conflicts(&keys).map_or(Grasp::Free, Grasp::Cancelled),
            Touched::Single(key) => {
                match state.held.entry(key.clone()) {
                    Entry::Occupied(mut taken) => match taken.get_mut() {
                        Holder::Transaction { .. } => return Grasp::Refused,
                        Holder::Singles(count) => *count += 1,
                    },
                    Entry::Vacant(free) => {
                        free.insert(Holder::Singles(1));
                    }
                }
                Grasp::Held(Grip { items: Arc::clone(self), keys: vec![key], token: None })
            }
            Touched::Batch(keys) => {
                let in_transaction = |key| matches!(state.held.get(key), Some(Holder::Transaction { .. }));
                if keys.iter().any(in_transaction) { Grasp::Unprocessed } else { Grasp::Free }
            }
            Touched::Nothing => Grasp::Free,
        }
    }

    /// How many items are held.
    pub(super) fn count(&self) -> usize {
        self.lock().held.len()
    }
}

impl State {
    /// For each position whether its item is held, or `None` when none is.
    fn conflicts(&self, keys: &[Option<ItemKey>]) -> Option<Vec<bool>> {
        let conflicts: Vec<bool> =
            keys.iter().map(|key| key.as_ref().is_some_and(|key| self.held.contains_key(key))).collect();
        conflicts.contains(&true).then_some(conflicts)
    }

    fn is_held_by(&self, keys: &[Option<ItemKey>], token: &str) -> bool {
        keys.iter().flatten().any(|key| match self.held.get(key) {
            Some(Holder::Transaction { token: Some(holder) }) => holder == token,
            _ => false,
        })
    }
}

/// Items held. Dropping it frees them.
#[derive(Debug)]
pub(super) struct Grip {
    items: Arc<HeldItems>,
    keys: Vec<ItemKey>,
    token: Option<String>,
}

impl Grip {
    /// Frees the items of a write that succeeded.
    pub(super) fn done(mut self) {
        if let Some(token) = self.token.take() {
            self.items.lock().done.insert(token);
        }
    }
}

impl Drop for Grip {
    fn drop(&mut self) {
        let mut state = self.items.lock();
        for key in self.keys.drain(..) {
            if let Entry::Occupied(mut taken) = state.held.entry(key) {
                match taken.get_mut() {
                    Holder::Singles(count) if *count > 1 => *count -= 1,
                    _ => drop(taken.remove()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> ItemKey {
        ("t".to_owned(), name.to_owned(), "s".to_owned())
    }

    fn transaction(names: &[&str], token: &str) -> Touched {
        Touched::Transaction { keys: names.iter().map(|name| Some(key(name))).collect(), token: Some(token.to_owned()) }
    }

    #[test]
    fn a_transaction_conflicts_at_the_positions_that_are_held_and_only_while_they_are() {
        let items = Arc::new(HeldItems::default());
        let Grasp::Held(first) = items.grasp(transaction(&["a", "b"], "1")) else { panic!("free") };
        assert!(matches!(items.grasp(transaction(&["c", "b"], "2")), Grasp::Cancelled(at) if at == [false, true]));
        assert!(matches!(items.grasp(Touched::Single(key("a"))), Grasp::Refused));
        assert!(matches!(items.grasp(Touched::Batch(vec![key("a")])), Grasp::Unprocessed));
        assert!(matches!(items.grasp(transaction(&["a", "b"], "1")), Grasp::InProgress));
        first.done();
        assert_eq!(items.count(), 0);
        let Grasp::Held(_second) = items.grasp(transaction(&["c", "b"], "2")) else { panic!("free again") };
        assert!(matches!(items.grasp(transaction(&["a", "b"], "1")), Grasp::Free), "a repetition holds nothing");
    }

    #[test]
    fn single_writes_share_an_item_and_keep_transactions_off() {
        let items = Arc::new(HeldItems::default());
        let Grasp::Held(first) = items.grasp(Touched::Single(key("a"))) else { panic!("free") };
        let Grasp::Held(second) = items.grasp(Touched::Single(key("a"))) else { panic!("shared") };
        drop(first);
        assert!(matches!(items.grasp(transaction(&["a"], "1")), Grasp::Cancelled(_)));
        let read = Touched::TransactionalRead { keys: vec![Some(key("a"))] };
        assert!(matches!(items.grasp(read), Grasp::Cancelled(_)));
        drop(second);
        assert!(matches!(items.grasp(transaction(&["a"], "1")), Grasp::Held(_)));
    }
}
