//! What somebody is in an organization.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A member's role; the names are those of the hosted security platform's organizations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Role {
    /// Also manages members, every token of the organization and its audit log, and may delete it
    Admin,
    /// Works with sites and deployments, and manages own tokens
    #[default]
    Member,
}

impl Role {
    /// The name in lists, JSON and the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Role::Admin => "ADMIN",
            Role::Member => "MEMBER",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    /// Reads a role in any case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Role::Admin, Role::Member]
            .into_iter()
            .find(|role| role.as_str().eq_ignore_ascii_case(text))
            .ok_or_else(|| "expected `ADMIN` or `MEMBER`".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn roles_are_read_in_any_case() {
        assert_eq!(("admin".parse(), "Member".parse()), (Ok(Role::Admin), Ok(Role::Member)));
        assert!("owner".parse::<Role>().is_err());
    }
}
