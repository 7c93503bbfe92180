//! What a service answers when it does not do what was asked.

use std::io;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::api::ErrorCode;

/// An error with its stable code. The cause is for the log, never for the client.
#[derive(Debug)]
pub(crate) struct ServiceError {
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
    pub(crate) limits: Option<Map<String, Value>>,
    /// Seconds after which the same request may work.
    pub(crate) retry_after: Option<u64>,
    /// The organization in whose audit log a refusal belongs, where the credential alone does not tell.
    pub(crate) organization: Option<Uuid>,
    pub(crate) cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl ServiceError {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        ServiceError {
            code,
            message: message.into(),
            hint: None,
            limits: None,
            retry_after: None,
            organization: None,
            cause: None,
        }
    }

    /// Something that cannot happen unless the store is damaged or we are wrong.
    pub(crate) fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let mut error = Self::new(ErrorCode::InternalError, "the server failed; its log tells why");
        error.cause = Some(cause.into());
        error
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn limit(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.limits.get_or_insert_default().insert(name.to_owned(), value.into());
        self
    }

    pub(crate) fn concerning(mut self, organization: Uuid) -> Self {
        self.organization = Some(organization);
        self
    }

    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Something that may work when it is tried again.
    pub(crate) fn unavailable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let mut error = Self::new(ErrorCode::Unavailable, "the server cannot work now").hint("try again in a moment");
        error.cause = Some(cause.into());
        error
    }

    fn storage_full(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let mut error = Self::new(ErrorCode::StorageFull, "the server's disk is full; nothing was published")
            .hint("free space on the server's data folder, then deploy again: only what is missing is sent");
        error.cause = Some(cause.into());
        error
    }
}

impl From<sqlx::Error> for ServiceError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed = error {
            return Self::unavailable(error);
        }
        let code = error.as_database_error().and_then(|error| error.code());
        match code.as_deref() {
            // SQLITE_FULL; SQLITE_IOERR_WRITE, which is what a full disk is called while the log grows.
            Some("13" | "778") => Self::storage_full(error),
            // SQLITE_BUSY
            Some("5") => Self::unavailable(error),
            // SQLITE_CONSTRAINT_FOREIGNKEY: what a row belongs to was looked up before, so it went in between.
            Some("787") => Self::new(ErrorCode::NotFound, "what this belongs to was deleted meanwhile"),
            _ => Self::internal(error),
        }
    }
}

impl From<io::Error> for ServiceError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::storage_full(error),
            _ => Self::internal(error),
        }
    }
}

impl From<tokio::task::JoinError> for ServiceError {
    fn from(error: tokio::task::JoinError) -> Self {
        // Its own text repeats the panic's message, which may hold anything; the hook has told the place.
        Self::internal(if error.is_panic() { "a task panicked" } else { "a task was cancelled" })
    }
}
