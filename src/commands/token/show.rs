//! `token show`.

use crate::api::ErrorCode;
use crate::api::tokens::TokenDetails;
use crate::cli::token::ShowArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};
use crate::ui::Ui;
use crate::ui::table::{Cell, Table};

use crate::commands::named;

/// Runs the command.
///
/// # Errors
///
/// When the text names no token, or several, or the credential is no session.
pub async fn run(context: &Context, args: ShowArgs) -> Result<(), CliError> {
    let name = named::token(&args.token)?;
    let client = context.session_client().await?;
    let details = client.token(&name).await.or_hint(ErrorCode::NotFound, hints::TOKENS)?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&details)?);
    }
    print(&context.ui, &details)
}

fn print(ui: &Ui, details: &TokenDetails) -> Result<(), CliError> {
    let token = &details.token;
    ui.heading(&format!("Token {}", token.name))?;
    ui.fields(&[
        ("prefix", token.prefix.clone().into()),
        ("id", token.id.to_string().into()),
        ("name", token.name.clone().into()),
        ("note", Cell::text(token.note.clone())),
        ("owner", token.owner.clone().into()),
        ("kind", token.kind.as_str().into()),
        ("scope", Cell::text(super::scope(token))),
        ("permissions", super::permissions(&token.permissions).into()),
        ("status", token.status.as_str().into()),
        ("created", Cell::Time(token.created_at)),
        ("expires", Cell::End(token.expires_at)),
        ("last used", Cell::time(token.last_used_at)),
        ("took the place of", Cell::text(token.rotated_from.map(|id| id.to_string()))),
    ])?;
    ui.heading("What it was used for")?;
    let mut uses = Table::new(&["permission", "last used"]);
    for used in &details.uses {
        uses.row(vec![used.permission.as_str().into(), Cell::time(used.last_used_at)]);
    }
    ui.table(&uses)?;
    if details.addresses.is_empty() {
        return Ok(());
    }
    ui.heading("From where")?;
    let mut addresses = Table::new(&["address", "last used", "first used", "client", "ci"]);
    for used in &details.addresses {
        addresses.row(vec![
            used.address.clone().into(),
            Cell::Time(used.last_used_at),
            Cell::Time(used.first_used_at),
            Cell::text(used.user_agent.clone()),
            Cell::text(used.ci.clone()),
        ]);
    }
    Ok(ui.table(&addresses)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Options;
    use crate::ui::style::ColorWish;

    #[test]
    fn everything_that_is_known_is_shown() {
        let details: TokenDetails = serde_json::from_value(serde_json::json!({
            "id": "00000000-0000-0000-0000-000000000000", "prefix": "zd_1a2b3c4d", "name": "ci", "owner": "ada",
            "note": "in the secrets of acme/blog", "kind": "site", "org": "acme", "site": "blog",
            "permissions": ["deployments:write"], "created_at": "2020-05-01T12:00:00Z", "expires_at": null,
            "last_used_at": "2020-05-02T12:00:00Z",
            "uses": [
                {"permission": "deployments:read", "last_used_at": null},
                {"permission": "deployments:write", "last_used_at": "2020-05-02T12:00:00Z"},
            ],
            "addresses": [{"address": "192.0.2.1", "user_agent": "zerodeploy/0.1.0 (ci; github-actions)",
                "ci": "github-actions", "first_used_at": "2020-05-01T12:00:00Z", "last_used_at": "2020-05-02T12:00:00Z"}],
        }))
        .expect("an answer");
        let color = ColorWish { never: true, ..ColorWish::default() };
        let (ui, stdout, _) = Ui::captured(Options { stdout_terminal: true, color, ..Options::default() });
        print(&ui, &details).expect("written");
        insta::assert_snapshot!(stdout.text(), @r"
        Token ci
          prefix:            zd_1a2b3c4d
          id:                00000000-0000-0000-0000-000000000000
          name:              ci
          note:              in the secrets of acme/blog
          owner:             ada
          kind:              site
          scope:             blog
          permissions:       deployments:write
          status:            active
          created:           2020-05-01
          expires:           never
          last used:         2020-05-02
          took the place of: -
        What it was used for
        PERMISSION         LAST USED
        deployments:read   -
        deployments:write  2020-05-02
        From where
        ADDRESS    LAST USED   FIRST USED  CLIENT                                 CI
        192.0.2.1  2020-05-02  2020-05-01  zerodeploy/0.1.0 (ci; github-actions)  github-actions
        ");
    }
}
