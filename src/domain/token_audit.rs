//! What an audit finds in a token. Pure rules: times are given in milliseconds since 1970, nothing is looked up.
//!
//! Only tokens that still work are judged. Each finding names the commands that mend it, to be run by whoever asked.

use std::collections::BTreeSet;
use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use jiff::Timestamp;

use super::permission::PermissionSet;
use super::token::TOKEN_PREFIX;

const DAY: i64 = 24 * 60 * 60 * 1_000;
/// A token that ends within this time is reported, unless it was made for no longer than that.
pub const ENDS_SOON: i64 = 7 * DAY;
/// A token that was not used for this long is reported; one that never was, at this age.
pub const UNUSED: i64 = 90 * DAY;
/// Permissions are judged from this age on.
const SETTLED: i64 = 30 * DAY;
/// In how long addresses are counted.
const ADDRESS_TIME: i64 = 7 * DAY;
/// Networks from which a token may be used in that time.
const MOST_NETWORKS: usize = 5;
/// How long a use in continuous integration is remembered against a personal token.
const CI_TIME: i64 = 90 * DAY;
/// The lifetime that is proposed for a token that has none.
const PROPOSED_DAYS: i64 = 90;

macro_rules! codes {
    ($($(#[$documentation:meta])* $variant:ident = $name:literal;)*) => {
        /// What can be found; the names are stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum FindingCode {
            $($(#[$documentation])* $variant,)*
        }

        impl FindingCode {
            /// Every code, in the order of the documentation.
            pub const ALL: &[FindingCode] = &[$(FindingCode::$variant,)*];

            /// The code as text.
            pub const fn as_str(self) -> &'static str {
                match self { $(FindingCode::$variant => $name,)* }
            }
        }
    };
}

codes! {
    /// It has no end
    NeverExpires = "never_expires";
    /// It ends within 7 days
    ExpiresSoon = "expires_soon";
    /// It was not used for 90 days
    Unused = "unused";
    /// Something that it may do was never done
    PermissionUnused = "permission_unused";
    /// It was used from more than 5 networks within 7 days
    ManyAddresses = "many_addresses";
    /// It reaches everything that a person reaches, and runs in continuous integration
    PersonalInCi = "personal_in_ci";
}

impl fmt::Display for FindingCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl FromStr for FindingCode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        FindingCode::ALL.iter().copied().find(|code| code.as_str() == text).ok_or_else(|| {
            let names = FindingCode::ALL.iter().map(|code| code.as_str());
            match super::did_you_mean(text, names.clone()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
            }
        })
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth a look
    Low,
    /// Should be mended
    Medium,
    /// Should be mended at once
    High,
}

impl Severity {
    /// The name in lists and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
        }
    }
}

/// What a token is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// Everything that its owner reaches
    Person,
    /// An organization
    Organization(&'a str),
    /// A site
    Site(&'a str),
}

/// Where a token was used.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The client's address.
    pub address: IpAddr,
    /// When it was last used there.
    pub last_used_at: i64,
    /// The continuous integration that a client there last said it runs in, and when.
    pub ci: Option<(&'a str, i64)>,
}

/// A token that still works, and what is known of its use.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The 8 characters after `zd_`.
    pub prefix: &'a str,
    /// What its maker called it.
    pub name: &'a str,
    /// What it is bound to.
    pub scope: Scope<'a>,
    /// What it may do.
    pub permissions: PermissionSet,
    /// Who owns it, when that is somebody else than who asks.
    pub other_owner: Option<&'a str>,
    /// When it was made.
    pub created_at: i64,
    /// When it ends.
    pub expires_at: Option<i64>,
    /// How long it was made to live.
    pub lifetime: Option<i64>,
    /// When it was last used.
    pub last_used_at: Option<i64>,
    /// Whether a newer token took its place and works.
    pub is_replaced: bool,
    /// What it was used for, ever.
    pub used: PermissionSet,
    /// The newest places of its use.
    pub places: &'a [Place<'a>],
}

/// Something that an audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which rule it breaks.
    pub code: FindingCode,
    /// How much it matters.
    pub severity: Severity,
    /// One sentence for people.
    pub message: String,
    /// The commands that mend it, in their order.
    pub fix: Vec<String>,
}

/// Judges one token.
pub fn audit(token: &Subject<'_>, now: i64) -> Vec<Finding> {
    let rules = [never_expires, expires_soon, unused, permission_unused, many_addresses, personal_in_ci];
    rules.iter().filter_map(|rule| rule(token, now)).collect()
}

fn never_expires(token: &Subject<'_>, _: i64) -> Option<Finding> {
    if token.expires_at.is_some() {
        return None;
    }
    let is_personal = token.scope == Scope::Person;
    Some(Finding {
        code: FindingCode::NeverExpires,
        severity: if is_personal { Severity::High } else { Severity::Medium },
        message: "it never ends: whoever gets hold of it keeps what it may do for ever".to_owned(),
        fix: token.replace_with(token.scope.option(), token.permissions),
    })
}

fn expires_soon(token: &Subject<'_>, now: i64) -> Option<Finding> {
    let end = token.expires_at.filter(|end| *end - now <= ENDS_SOON)?;
    // A short-lived one is always about to end, and one that was replaced is meant to.
    if token.is_replaced || token.lifetime.is_some_and(|lifetime| lifetime <= ENDS_SOON) {
        return None;
    }
    let message = format!("it ends at {}; what uses it fails from then on", time(end));
    Some(Finding { code: FindingCode::ExpiresSoon, severity: Severity::Medium, message, fix: token.rotate("") })
}

fn unused(token: &Subject<'_>, now: i64) -> Option<Finding> {
    let message = match token.last_used_at {
        Some(last) if now - last >= UNUSED => format!("it was last used at {}", time(last)),
        None if now - token.created_at >= UNUSED => {
            format!("it was made at {} and never used", time(token.created_at))
        }
        _ => return None,
    };
    Some(Finding { code: FindingCode::Unused, severity: Severity::Medium, message, fix: vec![token.delete()] })
}

fn permission_unused(token: &Subject<'_>, now: i64) -> Option<Finding> {
    if token.last_used_at.is_none() || now - token.created_at < SETTLED {
        return None;
    }
    // A write that only read is replaced by the read.
    let granted = token.permissions.effective();
    let needed: PermissionSet = granted.iter().filter(|one| token.used.contains(*one)).collect();
    let needed = needed.without_implied();
    let unused: PermissionSet = token.permissions.iter().filter(|granted| !needed.grants(*granted)).collect();
    if unused.is_empty() {
        return None;
    }
    let (rest, fix) = if needed.is_empty() {
        ("nothing that it may do was ever done with it".to_owned(), vec![token.delete()])
    } else {
        (format!("`{needed}` would be enough"), token.replace_with(token.scope.option(), needed))
    };
    let message = format!("it never used `{unused}`; {rest}");
    Some(Finding { code: FindingCode::PermissionUnused, severity: Severity::Low, message, fix })
}

fn many_addresses(token: &Subject<'_>, now: i64) -> Option<Finding> {
    let recent = || token.places.iter().filter(|place| now - place.last_used_at < ADDRESS_TIME);
    let networks: BTreeSet<IpAddr> = recent().map(|place| network(place.address)).collect();
    if networks.len() <= MOST_NETWORKS {
        return None;
    }
    let outside_ci: BTreeSet<IpAddr> =
        recent().filter(|place| place.ci.is_none()).map(|place| network(place.address)).collect();
    let is_ci = outside_ci.len() <= MOST_NETWORKS;
    let message = format!(
        "it was used from {} networks within 7 days, {} of them not in continuous integration; hosted CI runners have \
         a new address for every job, anything else may be a stolen token",
        networks.len(),
        outside_ci.len()
    );
    let mut fix = vec![format!("zerodeploy token show {}", token.shown())];
    fix.extend(token.rotate(" --grace 0"));
    let severity = if is_ci { Severity::Low } else { Severity::High };
    Some(Finding { code: FindingCode::ManyAddresses, severity, message, fix })
}

fn personal_in_ci(token: &Subject<'_>, now: i64) -> Option<Finding> {
    if token.scope != Scope::Person {
        return None;
    }
    let uses = token.places.iter().filter_map(|place| place.ci);
    let (service, at) = uses.filter(|(_, at)| now - at < CI_TIME).max_by_key(|(_, at)| *at)?;
    let service = if service == "ci" { "continuous integration" } else { service };
    Some(Finding {
        code: FindingCode::PersonalInCi,
        severity: Severity::High,
        message: format!(
            "it reaches everything that its owner reaches, and was used in {service} at {}; a pipeline needs one site",
            time(at)
        ),
        fix: token.replace_with("--site SITE".to_owned(), token.permissions),
    })
}

impl Scope<'_> {
    fn option(&self) -> String {
        match self {
            Scope::Person => "--user".to_owned(),
            Scope::Organization(slug) => format!("--org {slug}"),
            Scope::Site(slug) => format!("--site {slug}"),
        }
    }
}

impl Subject<'_> {
    fn shown(&self) -> String {
        format!("{TOKEN_PREFIX}{}", self.prefix)
    }

    fn delete(&self) -> String {
        format!("zerodeploy token delete {}", self.shown())
    }

    /// Nobody gets a new secret of somebody else's token: what is left is to delete it.
    fn rotate(&self, options: &str) -> Vec<String> {
        match self.other_owner {
            None => vec![format!("zerodeploy token rotate {}{options}", self.shown())],
            Some(_) => vec![self.delete()],
        }
    }

    fn replace_with(&self, scope: String, permissions: PermissionSet) -> Vec<String> {
        if self.other_owner.is_some() {
            return vec![self.delete()];
        }
        let days = self.lifetime.map_or(PROPOSED_DAYS, |lifetime| (lifetime / DAY).max(1));
        let name = shell_quoted(self.name);
        vec![
            format!("zerodeploy token create {name} {scope} --permissions {permissions} --expires {days}"),
            self.delete(),
        ]
    }
}

/// What one machine or one household has: an IPv4 address, or the /64 of an IPv6 address (RFC 4291 §2.5.1).
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        address => address,
    }
}

fn time(milliseconds: i64) -> Timestamp {
    let second = milliseconds.div_euclid(1_000);
    Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A word of a command for a POSIX shell: as it is where nothing in it is special, else in quotes.
pub fn shell_quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.,:@%+/=".contains(&byte);
    if !word.is_empty() && !word.starts_with('-') && word.bytes().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
#[path = "token_audit_tests.rs"]
mod tests;
