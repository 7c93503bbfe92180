//! Errors as they travel, and every stable code with its HTTP status and exit code.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The body of every error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ErrorEnvelope {
    /// What went wrong.
    pub error: ErrorBody,
}

/// One error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    /// A stable snake_case code; see `ErrorCode`.
    pub code: String,
    /// One sentence for people.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What a program may act on, by name: bounds that were exceeded (numbers), the content that is wrong, the contents
    /// that are missing (texts).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "server", schema(value_type = Option<std::collections::BTreeMap<String, serde_json::Value>>))]
    pub limits: Option<serde_json::Map<String, serde_json::Value>>,
    /// The id under which the server logged the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

macro_rules! error_codes {
    ($($(#[$documentation:meta])* $variant:ident = $name:literal, $status:literal, $exit:literal;)*) => {
        /// Every stable error code of the API and of the command line.
        ///
        /// Codes are never renamed. A status of 0 marks codes that only the command line makes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ErrorCode {
            $($(#[$documentation])* $variant,)*
        }

        impl ErrorCode {
            /// Every code, in the order of the exit codes.
            pub const ALL: &[ErrorCode] = &[$(ErrorCode::$variant,)*];

            /// The code as text.
            pub const fn as_str(self) -> &'static str {
                match self { $(ErrorCode::$variant => $name,)* }
            }

            /// The HTTP status that carries the code.
            pub const fn status(self) -> u16 {
                match self { $(ErrorCode::$variant => $status,)* }
            }

            /// The exit code of a command that ends with it.
            pub const fn exit_code(self) -> u8 {
                match self { $(ErrorCode::$variant => $exit,)* }
            }

            /// Finds a code by its text.
            pub fn from_text(text: &str) -> Option<ErrorCode> {
                ErrorCode::ALL.iter().copied().find(|code| code.as_str() == text)
            }
        }
    };
}

error_codes! {
    /// No credential was found or sent
    NotAuthenticated = "not_authenticated", 401, 1;
    /// The credential is not known to the server, or its text is damaged
    TokenInvalid = "token_invalid", 401, 1;
    /// The credential ended by itself
    TokenExpired = "token_expired", 401, 1;
    /// The credential was deleted
    TokenRevoked = "token_revoked", 401, 1;
    /// The token lacks the permission
    PermissionMissing = "permission_missing", 403, 1;
    /// The token's scope can never reach this, such as creating a site with a site token
    ScopeTooNarrow = "scope_too_narrow", 403, 1;
    /// Only a session may do this, never a token
    SessionRequired = "session_required", 403, 1;
    /// The token's owner is no longer a member of the organization
    OwnerLostAccess = "owner_lost_access", 403, 1;
    /// The account behind the credential was disabled by the server's owner
    AccountDisabled = "account_disabled", 401, 1;
    /// The person may not do this
    Forbidden = "forbidden", 403, 1;
    /// There is no such thing, or it lies outside the token's scope
    NotFound = "not_found", 404, 2;
    /// The file or folder is not there
    PathNotFound = "path_not_found", 0, 3;
    /// A value is not allowed
    ValidationFailed = "validation_failed", 422, 3;
    /// The request cannot be read
    BadRequest = "bad_request", 400, 3;
    /// The command line was used wrongly
    UsageError = "usage_error", 0, 3;
    /// The route exists, the method does not
    MethodNotAllowed = "method_not_allowed", 405, 3;
    /// The body has the wrong media type
    UnsupportedMediaType = "unsupported_media_type", 415, 3;
    /// The slug belongs to something else
    SlugTaken = "slug_taken", 409, 3;
    /// The state does not allow it now
    Conflict = "conflict", 409, 3;
    /// The organization still has sites
    OrgNotEmpty = "org_not_empty", 409, 3;
    /// There is nothing below the current release
    NothingToRollBack = "nothing_to_roll_back", 409, 3;
    /// The server does not know the manifest that was named by its id
    ManifestUnknown = "manifest_unknown", 409, 3;
    /// Contents went missing between begin and finish, or were never sent
    BlobsMissing = "blobs_missing", 409, 3;
    /// A content's hash or size is not the announced one
    BlobMismatch = "blob_mismatch", 422, 3;
    /// A body, file or site exceeds a limit
    PayloadTooLarge = "payload_too_large", 413, 3;
    /// There is nothing to deploy
    EmptyDirectory = "empty_directory", 0, 3;
    /// A file cannot be deployed: unreadable, changing, or with a name that is not allowed
    FileUnusable = "file_unusable", 0, 3;
    /// A question was answered with no, or could not be asked
    NotConfirmed = "not_confirmed", 0, 3;
    /// Another process uses the data folder, or the port
    InUse = "in_use", 0, 3;
    /// A settings file cannot be used
    ConfigurationInvalid = "configuration_invalid", 0, 3;
    /// The command that installs what a build needs failed
    InstallFailed = "install_failed", 0, 3;
    /// The command that builds the site failed
    BuildFailed = "build_failed", 0, 3;
    /// Too many requests; wait as long as Retry-After says
    RateLimited = "rate_limited", 429, 4;
    /// The server failed
    InternalError = "internal_error", 500, 5;
    /// The server's disk is full
    StorageFull = "storage_full", 507, 5;
    /// The server is shutting down or cannot work now
    Unavailable = "unavailable", 503, 5;
    /// The request took longer than the server allows
    RequestTimeout = "request_timeout", 408, 5;
    /// What answered is not a ZeroDeploy server
    NotZeroDeploy = "not_zerodeploy", 0, 5;
    /// No connection, or it broke, or nothing moved for too long
    NetworkError = "network_error", 0, 6;
    /// The command had a limit of time, and did not end within it
    TimedOut = "timed_out", 0, 6;
    /// Money is needed
    PaymentRequired = "payment_required", 402, 7;
    /// A check that was asked to fail has findings
    Findings = "findings", 0, 8;
    /// Interrupted with Ctrl-C or SIGTERM
    Interrupted = "interrupted", 0, 130;
}

impl ErrorCode {
    /// The nearest code for a status whose body told none.
    pub const fn from_status(status: u16) -> ErrorCode {
        match status {
            401 => ErrorCode::NotAuthenticated,
            402 => ErrorCode::PaymentRequired,
            403 => ErrorCode::Forbidden,
            404 | 410 => ErrorCode::NotFound,
            408 => ErrorCode::RequestTimeout,
            413 => ErrorCode::PayloadTooLarge,
            429 => ErrorCode::RateLimited,
            503 => ErrorCode::Unavailable,
            507 => ErrorCode::StorageFull,
            400..=499 => ErrorCode::BadRequest,
            _ => ErrorCode::InternalError,
        }
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorCode;

    #[test]
    fn codes_are_unique_and_found_by_their_text() {
        for code in ErrorCode::ALL {
            assert_eq!(ErrorCode::from_text(code.as_str()), Some(*code));
        }
        assert_eq!(ErrorCode::from_text("nonsense"), None);
    }

    #[test]
    fn a_status_without_a_known_code_keeps_its_exit_code() {
        for (status, exit) in [(401, 1), (403, 1), (404, 2), (422, 3), (409, 3), (429, 4), (500, 5), (502, 5), (402, 7)]
        {
            assert_eq!(ErrorCode::from_status(status).exit_code(), exit, "{status}");
        }
    }
}
