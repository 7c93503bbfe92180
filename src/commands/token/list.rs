//! `token list`.

use jiff::Timestamp;

use crate::api::tokens::Token;
use crate::cli::token::ListArgs;
use crate::context::Context;
use crate::domain::slug::{OrgSlug, SiteSlug};
use crate::error::CliError;
use crate::ui::table::{Cell, Table};

/// Runs the command.
///
/// # Errors
///
/// When the credential is no session, or the server refuses.
pub async fn run(context: &Context, args: ListArgs) -> Result<(), CliError> {
    let client = context.session_client().await?;
    let (org, site) = (args.org.as_ref().map(OrgSlug::as_str), args.site.as_ref().map(SiteSlug::as_str));
    let tokens = client.tokens(args.kind, org, site).await?;
    if context.ui.is_json() {
        return Ok(context.ui.json(&tokens)?);
    }
    if tokens.is_empty() {
        context.ui.status("There are no tokens");
        context.ui.hint("create one with `zerodeploy token create NAME --site SITE --expires DAYS`");
    }
    Ok(context.ui.table(&table(&tokens, Timestamp::now()))?)
}

fn table(tokens: &[Token], now: Timestamp) -> Table {
    let is_from_several = tokens.iter().any(|token| token.owner != tokens[0].owner);
    let table = Table::new(&[
        "prefix",
        "name",
        "kind",
        "scope",
        "owner",
        "permissions",
        "status",
        "created",
        "expires",
        "last used",
        "note",
        "id",
    ]);
    let mut table = table.only_for_programs(match is_from_several {
        true => &["status", "note", "id"],
        false => &["owner", "status", "note", "id"],
    });
    for token in tokens {
        let is_expired = token.expires_at.is_some_and(|end| end <= now);
        table.row(vec![
            token.prefix.clone().into(),
            token.name.clone().into(),
            token.kind.as_str().into(),
            Cell::text(super::scope(token)),
            token.owner.clone().into(),
            super::permissions(&token.permissions).into(),
            if is_expired { "expired" } else { "active" }.into(),
            Cell::Time(token.created_at),
            Cell::End(token.expires_at),
            Cell::time(token.last_used_at),
            Cell::text(token.note.clone()),
            token.id.to_string().into(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::style::ColorWish;
    use crate::ui::{Options, Ui};

    #[test]
    fn expired_tokens_are_marked() {
        let now: Timestamp = "2026-06-01T00:00:00Z".parse().expect("a time");
        let token = super::super::sample();
        let expired = Token { expires_at: Some(now), ..token.clone() };
        let (ui, stdout, _) = Ui::captured(Options::default());
        ui.table(&table(&[token, expired], now)).expect("written");
        let text = stdout.text();
        let statuses: Vec<_> = text.lines().skip(1).filter_map(|line| line.split('\t').nth(6)).collect();
        assert_eq!(statuses, ["active", "expired"]);
    }

    #[test]
    fn owners_are_shown_where_there_are_several() {
        let color = ColorWish { never: true, ..ColorWish::default() };
        let token = super::super::sample();
        let other = Token { owner: "bob".to_owned(), ..token.clone() };
        for (tokens, shown) in [(vec![token.clone(), token.clone()], false), (vec![token, other], true)] {
            let (ui, stdout, _) = Ui::captured(Options { stdout_terminal: true, color, ..Options::default() });
            ui.table(&table(&tokens, Timestamp::now())).expect("written");
            assert_eq!(stdout.text().contains("OWNER"), shown, "{}", stdout.text());
        }
    }
}
