//! What can go wrong between us and the table, beyond the outcomes that callers tell apart.

use aws_sdk_dynamodb::{
    error::{ProvideErrorMetadata, SdkError},
    operation::transact_write_items::TransactWriteItemsError,
};

use crate::table::ItemError;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// A read or a write that gave no outcome.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The table did not answer in time, asked to slow down, or was busy beyond the time budget. Trying again later can help;
    /// whether an unanswered write was applied is not known.
    #[error("the table did not answer in time")]
    Unavailable(#[source] Source),
    /// The table refused the request itself: it is missing, or the role does not allow it.
    #[error("the table refused the request")]
    Refused(#[source] Source),
    /// Another call did what was asked for, under the same key. Nothing was written; the answer it gave is there.
    #[error("the same was asked for under this key before")]
    Repeated,
    /// No page of this list ended there.
    #[error("the page key is not one of this list")]
    PageKey,
    /// An item is not what its key promises.
    #[error(transparent)]
    Item(#[from] ItemError),
}

/// Many others worked on the same items all the time.
#[derive(Debug, thiserror::Error)]
#[error("conflicts with other writes outlasted the time budget")]
pub(super) struct Contended;

impl StoreError {
    /// Whether another attempt can help.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    pub(super) fn contended() -> Self {
        Self::Unavailable(Box::new(Contended))
    }
}

/// The codes with which DynamoDB asks to slow down or to try again.
pub(super) const TRY_AGAIN: [&str; 8] = [
    "ProvisionedThroughputExceededException",
    "ThrottlingException",
    "RequestLimitExceeded",
    "ThrottlingError",
    "TransactionConflictException",
    "TransactionInProgressException",
    "InternalServerError",
    "ServiceUnavailable",
];

impl<E> From<SdkError<E>> for StoreError
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    fn from(error: SdkError<E>) -> Self {
        let answered = match &error {
            SdkError::ServiceError(answer) => answer.err().code().is_none_or(|code| !TRY_AGAIN.contains(&code)),
            SdkError::ConstructionFailure(_) => true,
            _ => false,
        };
        if answered { Self::Refused(Box::new(error)) } else { Self::Unavailable(Box::new(error)) }
    }
}

/// Whether a transaction's error is a cancellation, told apart by its type.
pub(super) fn cancellation(
    error: &SdkError<TransactWriteItemsError>,
) -> Option<&[aws_sdk_dynamodb::types::CancellationReason]> {
    match error.as_service_error()? {
        TransactWriteItemsError::TransactionCanceledException(cancelled) => Some(cancelled.cancellation_reasons()),
        _ => None,
    }
}
