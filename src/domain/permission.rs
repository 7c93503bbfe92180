//! The eleven permissions of a token, as the documented service names them (`resource:action`).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One `resource:action` that a token may carry.
///
/// A `write` permission includes the `read` of the same resource. There is none for tokens, accounts or billing:
/// those need a signed-in session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Permission {
    /// List and view organizations
    OrgsRead,
    /// List and view sites
    SitesRead,
    /// Create, update and delete sites
    SitesWrite,
    /// View deployments, their files and logs
    DeploymentsRead,
    /// Create deployments, upload, promote and roll back
    DeploymentsWrite,
    /// List and view custom domains
    DomainsRead,
    /// Add, verify and delete custom domains
    DomainsWrite,
    /// List forms and view submissions
    FormsRead,
    /// Update and delete forms
    FormsWrite,
    /// View traffic, goals and funnels
    AnalyticsRead,
    /// Create and delete goals and funnels
    AnalyticsWrite,
}

impl Permission {
    /// Every permission, in the order of the documentation.
    pub const ALL: [Permission; 11] = [
        Permission::OrgsRead,
        Permission::SitesRead,
        Permission::SitesWrite,
        Permission::DeploymentsRead,
        Permission::DeploymentsWrite,
        Permission::DomainsRead,
        Permission::DomainsWrite,
        Permission::FormsRead,
        Permission::FormsWrite,
        Permission::AnalyticsRead,
        Permission::AnalyticsWrite,
    ];

    /// What a token gets when nobody names any.
    pub const DEFAULT: [Permission; 2] = [Permission::SitesRead, Permission::DeploymentsWrite];

    /// The documented name, such as `deployments:write`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Permission::OrgsRead => "orgs:read",
            Permission::SitesRead => "sites:read",
            Permission::SitesWrite => "sites:write",
            Permission::DeploymentsRead => "deployments:read",
            Permission::DeploymentsWrite => "deployments:write",
            Permission::DomainsRead => "domains:read",
            Permission::DomainsWrite => "domains:write",
            Permission::FormsRead => "forms:read",
            Permission::FormsWrite => "forms:write",
            Permission::AnalyticsRead => "analytics:read",
            Permission::AnalyticsWrite => "analytics:write",
        }
    }

    /// The permission that this one brings with it: the `read` of a `write`.
    pub const fn implied(self) -> Option<Permission> {
        match self {
            Permission::SitesWrite => Some(Permission::SitesRead),
            Permission::DeploymentsWrite => Some(Permission::DeploymentsRead),
            Permission::DomainsWrite => Some(Permission::DomainsRead),
            Permission::FormsWrite => Some(Permission::FormsRead),
            Permission::AnalyticsWrite => Some(Permission::AnalyticsRead),
            _ => None,
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u8
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// A name that is no permission.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is not a permission; {}", advice(*suggestion))]
pub struct UnknownPermission {
    /// What was given.
    pub name: String,
    /// The closest permission, when one is close.
    pub suggestion: Option<Permission>,
}

fn advice(suggestion: Option<Permission>) -> String {
    match suggestion {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("there are {}", Permission::ALL.map(Permission::as_str).join(", ")),
    }
}

impl FromStr for Permission {
    type Err = UnknownPermission;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let find = |wanted: &str| Permission::ALL.into_iter().find(|permission| permission.as_str() == wanted);
        find(name).ok_or_else(|| UnknownPermission {
            name: name.to_owned(),
            suggestion: super::did_you_mean(name, Permission::ALL.iter().map(|permission| permission.as_str()))
                .and_then(find),
        })
    }
}

impl Serialize for Permission {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Permission {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

/// A set of permissions as they were granted; implied ones are added when it is asked, not when it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PermissionSet(u16);

impl PermissionSet {
    /// Every permission there is.
    pub fn all() -> Self {
        Permission::ALL.into_iter().collect()
    }

    /// Whether the set grants `wanted`, directly or because its `write` does.
    pub fn grants(self, wanted: Permission) -> bool {
        self.iter().any(|held| held == wanted || held.implied() == Some(wanted))
    }

    /// The permissions as granted, in the documented order.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.into_iter().filter(move |permission| self.contains(*permission))
    }

    /// What either of two sets grants.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        PermissionSet(self.0 | other.0)
    }

    /// Everything that the set grants: what was granted, and the `read` of every `write`.
    #[must_use]
    pub fn effective(self) -> Self {
        self.union(self.iter().filter_map(Permission::implied).collect())
    }

    /// Whether `other` grants everything that this set grants.
    pub fn is_subset_of(self, other: Self) -> bool {
        self.iter().all(|permission| other.grants(permission))
    }

    /// Whether this very permission was granted; its `write` does not count.
    pub fn contains(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }

    /// The same rights without the `read`s that a `write` brings along.
    #[must_use]
    pub fn without_implied(self) -> Self {
        let implied: PermissionSet = self.iter().filter_map(Permission::implied).collect();
        PermissionSet(self.0 & !implied.0)
    }

    /// Whether nothing is granted.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        PermissionSet(permissions.into_iter().fold(0, |bits, permission| bits | permission.bit()))
    }
}

/// Comma-separated names, as they are stored and as `--permissions` takes them.
impl fmt::Display for PermissionSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, permission) in self.iter().enumerate() {
            if position > 0 {
                formatter.write_str(",")?;
            }
            formatter.write_str(permission.as_str())?;
        }
        Ok(())
    }
}

impl FromStr for PermissionSet {
    type Err = UnknownPermission;

    fn from_str(list: &str) -> Result<Self, Self::Err> {
        list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::parse).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_set() -> impl Strategy<Value = PermissionSet> {
        (0u16..1 << Permission::ALL.len()).prop_map(PermissionSet)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn implication_is_a_closure(set in any_set(), other in any_set()) {
            let effective = set.effective();
            prop_assert_eq!(effective.effective(), effective, "once is enough");
            for permission in Permission::ALL {
                prop_assert_eq!(set.grants(permission), effective.contains(permission));
            }
            prop_assert!(set.is_subset_of(effective) && effective.is_subset_of(set), "it adds no right");
            prop_assert_eq!(set.without_implied().effective(), effective, "and the shortest form loses none");
            prop_assert!(!set.is_subset_of(other) || effective.is_subset_of(other.effective()), "and keeps the order");
        }

        #[test]
        fn union_is_lawful(a in any_set(), b in any_set(), c in any_set()) {
            prop_assert_eq!(a.union(b), b.union(a));
            prop_assert_eq!(a.union(b).union(c), a.union(b.union(c)));
            prop_assert_eq!(a.union(a), a);
            prop_assert_eq!(a.union(PermissionSet::default()), a);
            prop_assert_eq!(a.union(b).effective(), a.effective().union(b.effective()));
            for permission in Permission::ALL {
                prop_assert_eq!(a.union(b).grants(permission), a.grants(permission) || b.grants(permission));
            }
        }

        #[test]
        fn subset_is_an_order(a in any_set(), b in any_set(), c in any_set()) {
            prop_assert!(a.is_subset_of(a) && PermissionSet::default().is_subset_of(a) && a.is_subset_of(PermissionSet::all()));
            prop_assert!(a.is_subset_of(a.union(b)) && b.is_subset_of(a.union(b)));
            prop_assert!(!(a.is_subset_of(b) && b.is_subset_of(c)) || a.is_subset_of(c));
            prop_assert_eq!(a.is_subset_of(b) && b.is_subset_of(a), a.effective() == b.effective());
            prop_assert_eq!(a.is_subset_of(b), a.union(b).effective() == b.effective());
        }

        #[test]
        fn sets_round_trip_as_text(set in any_set()) {
            prop_assert_eq!(set.to_string().parse::<PermissionSet>(), Ok(set));
        }
    }

    #[test]
    fn write_grants_the_read_of_the_same_resource_and_nothing_else() {
        for held in Permission::ALL {
            let set: PermissionSet = [held].into_iter().collect();
            for wanted in Permission::ALL {
                let (held_resource, held_action) = held.as_str().split_once(':').expect("resource:action");
                let (wanted_resource, wanted_action) = wanted.as_str().split_once(':').expect("resource:action");
                let expected =
                    held_resource == wanted_resource && (held_action == wanted_action || held_action == "write");
                assert_eq!(set.grants(wanted), expected, "{held} asked for {wanted}");
            }
        }
    }

    #[test]
    fn names_round_trip_and_typos_get_a_suggestion() {
        let set: PermissionSet = "deployments:write, sites:read".parse().expect("valid list");
        assert_eq!(set.to_string(), "sites:read,deployments:write");
        let error = "deployment:write".parse::<Permission>().expect_err("not a permission");
        assert_eq!(error.to_string(), "`deployment:write` is not a permission; did you mean `deployments:write`?");
        assert_eq!("x".parse::<Permission>().expect_err("not a permission").suggestion, None);
    }
}
