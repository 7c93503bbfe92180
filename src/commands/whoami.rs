//! `whoami`.

use serde::Serialize;

use crate::api::WhoAmI;
use crate::context::Context;
use crate::credentials::Source;
use crate::domain::permission::Permission;
use crate::error::CliError;
use crate::ui::table::Cell;

/// What `--json` prints: the API's fields, and what only this side knows.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    who: &'a WhoAmI,
    /// Scheme, host and port of the server.
    server: &'a str,
    /// Which store the credential came from: `environment`, `keyring`, `file` or `local`.
    source: Option<&'static str>,
    /// The profile that the credential is kept for; null when the environment gave it.
    profile: Option<&'a str>,
}

/// Runs the command.
///
/// # Errors
///
/// When nobody is signed in, or the server refuses.
pub async fn run(context: &Context) -> Result<(), CliError> {
    let client = context.client().await?;
    let who = client.whoami().await?;
    let (server, source) = (client.origin(), context.credential_source());
    let profile = context.server().await?.profile.as_ref().map(|(name, _)| name.as_str());
    let profile = profile.filter(|_| source.is_some_and(|source| *source != Source::Environment));
    if context.ui.is_json() {
        let source = source.map(Source::as_str);
        return Ok(context.ui.json(&Shown { who: &who, server, source, profile })?);
    }
    context.ui.heading("Signed in")?;
    Ok(context.ui.fields(&fields(&who, server, source.map(ToString::to_string), profile))?)
}

fn fields(who: &WhoAmI, server: &str, source: Option<String>, profile: Option<&str>) -> Vec<(&'static str, Cell)> {
    let credential = &who.credential;
    let name = credential.name.as_ref().map(|name| format!(" `{name}`")).unwrap_or_default();
    let scope = match (&credential.site, &credential.org) {
        (Some(site), _) => Some(format!("site {site}")),
        (None, Some(org)) => Some(format!("org {org}")),
        (None, None) => None,
    };
    let kind = match credential.kind.as_str() {
        "session" => "session".to_owned(),
        kind => format!("{kind} token{name}"),
    };
    let permissions = match credential.permissions.len() {
        all if all == Permission::ALL.len() => "all".to_owned(),
        _ => credential.permissions.iter().map(|permission| permission.as_str()).collect::<Vec<_>>().join(","),
    };
    vec![
        // These three first, in this order, as the documented service prints them.
        ("username", who.username.clone().into()),
        ("user id", who.user_id.to_string().into()),
        ("admin", if who.admin { "yes" } else { "no" }.into()),
        ("server", server.into()),
        ("credential", kind.into()),
        ("source", Cell::text(source)),
        ("profile", Cell::text(profile)),
        ("scope", Cell::text(scope)),
        ("permissions", permissions.into()),
        ("expires", Cell::time(credential.expires_at)),
        ("organizations", who.orgs.join(",").into()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::style::ColorWish;
    use crate::ui::{Options, Ui};

    #[test]
    fn the_documented_lines_come_first() {
        let who: WhoAmI = serde_json::from_value(serde_json::json!({
            "user_id": "00000000-0000-0000-0000-000000000000", "username": "ada", "admin": true,
            "credential": {"kind": "site", "prefix": "1a2b3c4d", "name": "ci", "org": "acme", "site": "blog",
                "permissions": ["sites:read"], "expires_at": null},
            "orgs": ["acme"]
        }))
        .expect("an answer");
        let color = ColorWish { never: true, ..ColorWish::default() };
        let (ui, stdout, _) = Ui::captured(Options { stdout_terminal: true, color, ..Options::default() });
        let fields = fields(&who, "http://localhost:8787", Some("ZERODEPLOY_TOKEN".to_owned()), None);
        ui.fields(&fields).expect("written");
        insta::assert_snapshot!(stdout.text(), @r"
          username:      ada
          user id:       00000000-0000-0000-0000-000000000000
          admin:         yes
          server:        http://localhost:8787
          credential:    site token `ci`
          source:        ZERODEPLOY_TOKEN
          profile:       -
          scope:         site blog
          permissions:   sites:read
          expires:       -
          organizations: acme
        ");
    }
}
