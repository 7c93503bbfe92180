//! `token`.

use clap::{ArgGroup, Args, Subcommand};

use super::args::{Lifetime, duration, token_kind};
use super::help::{examples, permissions};
use crate::api::tokens::TokenKind;
use crate::domain::permission::{Permission, UnknownPermission};
use crate::domain::slug::{OrgSlug, SiteSlug};
use crate::domain::token_audit::FindingCode;

/// Create, list, audit, rotate and delete tokens
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    Audit(AuditArgs),
    Create(CreateArgs),
    Delete(DeleteArgs),
    List(ListArgs),
    Rotate(RotateArgs),
    Show(ShowArgs),
    Verify(VerifyArgs),
}

const CREATE_EXAMPLES: [(&str, &str); 3] = [
    ("zerodeploy token create ci --site blog --expires 90", "Deploy to one site, for 90 days"),
    (
        "zerodeploy token create audit --org acme --permissions sites:read,deployments:read",
        "See an organization's sites and deployments, change nothing",
    ),
    (
        "zerodeploy token create ci --site blog --expires 90 -q | gh secret set ZERODEPLOY_TOKEN",
        "Hand the secret to GitHub Actions without showing it",
    ),
];

fn create_help() -> String {
    format!("{}\n\n{}", examples("Examples", &CREATE_EXAMPLES), permissions())
}

/// Create a token and print its secret, once
#[derive(Debug, Args)]
#[command(after_help = create_help())]
#[command(group = ArgGroup::new("scope").required(true).args(["org", "site", "user"]))]
pub struct CreateArgs {
    /// What to call it: 1 to 100 characters
    #[arg(value_name = "NAME")]
    pub name: String,

    /// Bind it to this organization
    #[arg(long, value_name = "ORG")]
    pub org: Option<OrgSlug>,

    /// Bind it to this site
    #[arg(long, value_name = "SITE")]
    pub site: Option<SiteSlug>,

    /// Let it reach everything that you reach
    #[arg(long)]
    pub user: bool,

    /// What it may do, separated by commas [default: sites:read,deployments:write]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = permission)]
    pub permissions: Vec<Permission>,

    /// Days until it ends, a time such as `12h`, or `never`
    #[arg(long, value_name = "DAYS", default_value = "never")]
    pub expires: Lifetime,

    /// What it is for, such as where its secret is kept: at most 500 characters
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

/// Reads one of a list, in which a blank may follow the comma.
fn permission(text: &str) -> Result<Permission, UnknownPermission> {
    text.trim().parse()
}

/// Delete tokens; they are refused at once
#[derive(Debug, Args)]
pub struct DeleteArgs {
    /// Id or prefix of a token, such as zd_1a2b3c4d
    #[arg(value_name = "TOKEN", required = true)]
    pub tokens: Vec<String>,

    /// Do not ask
    #[arg(long)]
    pub force: bool,
}

/// List tokens, without their secrets
///
/// Your own tokens; with --org or --site all of them that you may manage there. Those that ended in the last 30 days
/// are marked as expired.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only this kind: user, org or site
    #[arg(id = "type", long = "type", value_name = "KIND", value_parser = token_kind)]
    pub kind: Option<TokenKind>,

    /// Only tokens of this organization
    #[arg(long, value_name = "ORG")]
    pub org: Option<OrgSlug>,

    /// Only tokens of this site
    #[arg(long, value_name = "SITE")]
    pub site: Option<SiteSlug>,
}

/// Show a token and from where, when and for what it was used
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// Id or prefix of a token, such as zd_1a2b3c4d
    #[arg(value_name = "TOKEN")]
    pub token: String,
}

const ROTATE_EXAMPLES: [(&str, &str); 2] = [
    ("zerodeploy token rotate zd_1a2b3c4d -q | gh secret set ZERODEPLOY_TOKEN", "Renew the secret of a pipeline"),
    ("zerodeploy token rotate zd_1a2b3c4d --grace 0", "Replace a secret that somebody may have seen, at once"),
];

/// Put a new token in the place of one and print its secret, once
///
/// The new one has the same name, scope, permissions and note, and lives as long as the old one was made to live. A
/// token that expired in the last 30 days can be rotated too.
#[derive(Debug, Args)]
#[command(after_help = examples("Examples", &ROTATE_EXAMPLES))]
pub struct RotateArgs {
    /// Id or prefix of a token, such as zd_1a2b3c4d
    #[arg(value_name = "TOKEN")]
    pub token: String,

    /// How long the old secret still works, such as 24h or 7d; 0 ends it at once
    #[arg(long, value_name = "TIME", default_value = "24h")]
    pub grace: Grace,
}

/// Tell what a token is and whether it is valid, without showing it
///
/// Reads the token from standard input; when that is empty or a terminal from ZERODEPLOY_TOKEN, or asks for it.
#[derive(Debug, Args)]
pub struct VerifyArgs {}

const AUDIT_EXAMPLES: [(&str, &str); 2] = [
    ("zerodeploy token audit --org acme", "See what is wrong with the tokens of an organization"),
    (
        "zerodeploy token audit --fail-on never_expires,personal_in_ci",
        "Fail a scheduled job when there are such tokens",
    ),
];

fn audit_help() -> String {
    let codes = FindingCode::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(", ");
    format!("{}\n\nFindings:\n  {codes}", examples("Examples", &AUDIT_EXAMPLES))
}

/// Find tokens that should be mended, each with the command that does it
#[derive(Debug, Args)]
#[command(after_help = audit_help())]
pub struct AuditArgs {
    /// Only tokens of this organization
    #[arg(long, value_name = "ORG")]
    pub org: Option<OrgSlug>,

    /// End with exit code 8 when there is one of these findings, or `any`; separated by commas
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub fail_on: Vec<FailOn>,
}

/// For how long something goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grace {
    /// In seconds.
    pub seconds: u64,
}

impl std::str::FromStr for Grace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || "expected 0, or a time such as 30m, 24h or 7d, at most 90d".to_owned();
        let seconds = match text {
            "0" => Some(0),
            _ => duration(text).and_then(|time| u64::try_from(time.as_secs()).ok()),
        };
        let seconds = seconds.filter(|seconds| *seconds <= 90 * 24 * 60 * 60);
        seconds.map(|seconds| Grace { seconds }).ok_or_else(refuse)
    }
}

/// Which findings make an audit fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// Every finding
    Any,
    /// One kind of finding
    Code(FindingCode),
}

impl FailOn {
    /// Whether a finding of this code is meant.
    pub fn means(self, code: &str) -> bool {
        match self {
            FailOn::Any => true,
            FailOn::Code(known) => known.as_str() == code,
        }
    }
}

impl std::str::FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "any" => Ok(FailOn::Any),
            code => code.parse().map(FailOn::Code).map_err(|reason| format!("{reason}; `any` means all")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grace_has_a_unit_or_is_nothing() {
        for (text, seconds) in
            [("0", 0), ("0h", 0), ("90s", 90), ("30m", 1800), ("24h", 86_400), ("1h30m", 5400), ("90d", 7_776_000)]
        {
            assert_eq!(text.parse(), Ok(Grace { seconds }), "{text}");
        }
        for text in ["", "h", "24", "-1h", "91d", "14w", "99999999999999999999h", "9999999999999999999d"] {
            assert!(text.parse::<Grace>().is_err(), "{text}");
        }
    }

    #[test]
    fn findings_to_fail_on_are_named_by_their_codes() {
        assert_eq!("any".parse(), Ok(FailOn::Any));
        assert_eq!("unused".parse(), Ok(FailOn::Code(FindingCode::Unused)));
        assert!("unuse".parse::<FailOn>().is_err_and(|reason| reason.contains("did you mean `unused`?")));
        assert!(FailOn::Any.means("from_the_future") && !FailOn::Code(FindingCode::Unused).means("never_expires"));
    }
}
