//! `token create`: the secret alone on standard output, once.

use crate::api::ErrorCode;
use crate::api::tokens::{CreateToken, Token, TokenKind};
use crate::cli::token::CreateArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::domain::token::{LONGEST_NAME, LONGEST_NOTE};
use crate::error::{CliError, OrHint};
use crate::ui::{Ui, format};

use super::hand_over::hand_over;

/// Runs the command.
///
/// # Errors
///
/// When the name or the note is not allowed, the credential is no session, the server refuses, or nobody takes the
/// secret.
pub async fn run(context: &Context, args: CreateArgs) -> Result<(), CliError> {
    let request = request(args)?;
    let hint = if request.site.is_some() { hints::SITES } else { hints::ORGS };
    let client = context.session_client().await?;
    let created = client.create_token(&request).await.or_hint(ErrorCode::NotFound, hint)?;
    tell(&context.ui, &created.details);
    hand_over(&context.ui, &client, &created, &created).await?;
    let delete = format!("delete it with `zerodeploy token delete {}`", created.details.prefix);
    context.ui.hint(&format!("this is the only time it is shown; {delete}"));
    Ok(())
}

fn request(args: CreateArgs) -> Result<CreateToken, CliError> {
    let invalid = |message: String| CliError::new(ErrorCode::ValidationFailed, message);
    let length = args.name.trim().chars().count();
    if !(1..=LONGEST_NAME).contains(&length) {
        return Err(invalid(format!("a token's name has 1 to {LONGEST_NAME} characters, this one has {length}")));
    }
    let length = args.note.as_deref().unwrap_or_default().trim().chars().count();
    if length > LONGEST_NOTE {
        return Err(invalid(format!("a token's note has at most {LONGEST_NOTE} characters, this one has {length}")));
    }
    Ok(CreateToken {
        name: args.name,
        org: args.org,
        site: args.site,
        permissions: (!args.permissions.is_empty()).then_some(args.permissions),
        expires_in_seconds: args.expires.seconds(),
        note: args.note,
    })
}

fn tell(ui: &Ui, token: &Token) {
    ui.status(&format!(
        "Created the {} token `{}` for {}: {}",
        token.kind.as_str(),
        token.name,
        super::reach(token.kind, token.org.as_deref(), token.site.as_deref()),
        super::permissions(&token.permissions)
    ));
    match token.expires_at {
        Some(end) => ui.status(&format!("It ends {} ({end})", format::relative(end, jiff::Timestamp::now()))),
        None => ui.warn("this token never ends; give it a lifetime with --expires DAYS, or delete it when it is done"),
    }
    if token.kind == TokenKind::User {
        ui.warn("this token reaches everything that you reach; for a pipeline make one with --site SITE or --org ORG");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Lifetime;
    use crate::ui::Options;

    #[test]
    fn what_is_risky_is_warned_of() {
        let end = Some("2099-01-01T00:00:00Z".parse().expect("a time"));
        let token = super::super::sample();
        for (token, warnings) in [
            (Token { expires_at: end, ..token.clone() }, [false, false]),
            (token.clone(), [true, false]),
            (Token { kind: TokenKind::User, expires_at: end, ..token.clone() }, [false, true]),
            (Token { kind: TokenKind::User, ..token }, [true, true]),
        ] {
            let (ui, stdout, stderr) = Ui::captured(Options { json: true, ..Options::default() });
            tell(&ui, &token);
            assert_eq!(stdout.text(), "");
            let text = stderr.text();
            assert_eq!(["never ends", "everything that you reach"].map(|part| text.contains(part)), warnings, "{text}");
        }
    }

    #[test]
    fn what_is_left_out_is_left_to_the_server() {
        let args = |name: &str, note: Option<String>| CreateArgs {
            name: name.to_owned(),
            org: None,
            site: None,
            user: true,
            permissions: Vec::new(),
            expires: Lifetime::Seconds(24 * 60 * 60),
            note,
        };
        let valid = request(args("ci", None)).expect("valid");
        assert_eq!((valid.permissions, valid.expires_in_seconds), (None, Some(86_400)));
        for name in ["", "  ", &"x".repeat(101)] {
            let refused = request(args(name, None)).expect_err("no name");
            assert_eq!(refused.code(), ErrorCode::ValidationFailed);
        }
        assert!(request(args("ci", Some("x".repeat(501)))).is_err());
    }
}
