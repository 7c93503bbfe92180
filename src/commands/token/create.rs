//! `token create`: the secret alone on standard output, once.

use crate::api::ErrorCode;
use crate::api::tokens::{CreateToken, CreatedToken};
use crate::cli::token::CreateArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};
use crate::ui::{Ui, format};

/// Longest name, in characters.
const LONGEST_NAME: usize = 100;

/// Runs the command.
///
/// # Errors
///
/// When the name is not allowed, the credential is no session, or the server refuses.
pub async fn run(context: &Context, args: CreateArgs) -> Result<(), CliError> {
    let request = request(args)?;
    let hint = if request.site.is_some() { hints::SITES } else { hints::ORGS };
    let created = context.session_client().await?.create_token(&request).await.or_hint(ErrorCode::NotFound, hint)?;
    print(&context.ui, &created)
}

fn request(args: CreateArgs) -> Result<CreateToken, CliError> {
    let length = args.name.chars().count();
    if args.name.trim().is_empty() || length > LONGEST_NAME {
        return Err(CliError::new(
            ErrorCode::ValidationFailed,
            format!("a token's name has 1 to {LONGEST_NAME} characters, this one has {length}"),
        ));
    }
    Ok(CreateToken {
        name: args.name,
        org: args.org,
        site: args.site,
        permissions: (!args.permissions.is_empty()).then_some(args.permissions),
        expires_in_seconds: args.expires.seconds(),
    })
}

fn print(ui: &Ui, created: &CreatedToken) -> Result<(), CliError> {
    let details = &created.details;
    ui.status(&format!(
        "Created the {} token `{}` for {}: {}",
        details.kind.as_str(),
        details.name,
        super::scope(details),
        super::permissions(details)
    ));
    match details.expires_at {
        Some(end) => ui.status(&format!("It ends {} ({end})", format::relative(end, jiff::Timestamp::now()))),
        None => ui.warn("this token never ends; give it a lifetime with --expires DAYS, or delete it when it is done"),
    }
    let delete = format!("delete it with `zerodeploy token delete {}`", details.prefix);
    let shown = if ui.is_json() { ui.json(created) } else { ui.line(&created.token) };
    shown.map_err(|error| CliError::from(error).hint(format!("the token was made and nobody saw it; {delete}")))?;
    ui.hint(&format!("this is the only time it is shown; {delete}"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Lifetime;
    use crate::ui::Options;

    fn created() -> CreatedToken {
        CreatedToken { token: "zd_1a2b3c4dsecret".to_owned(), details: super::super::sample() }
    }

    #[test]
    fn the_secret_is_alone_on_standard_output() {
        let (ui, stdout, stderr) = Ui::captured(Options::default());
        print(&ui, &created()).expect("written");
        assert_eq!(stdout.text(), "zd_1a2b3c4dsecret\n");
        assert!(!stderr.text().contains("secret"), "{}", stderr.text());
        assert!(stderr.text().contains("never ends"));
        assert!(stderr.text().contains("for site blog: sites:read,deployments:write"));
    }

    #[test]
    fn json_has_the_secret_in_token() {
        let (ui, stdout, _) = Ui::captured(Options { json: true, ..Options::default() });
        print(&ui, &created()).expect("written");
        let object: serde_json::Value = serde_json::from_str(&stdout.text()).expect("JSON");
        assert_eq!((&object["token"], &object["name"]), (&"zd_1a2b3c4dsecret".into(), &"ci".into()));
    }

    #[test]
    fn what_is_left_out_is_left_to_the_server() {
        let args = |name: &str| CreateArgs {
            name: name.to_owned(),
            org: None,
            site: None,
            user: true,
            permissions: Vec::new(),
            expires: Lifetime::Days(1),
        };
        let request = request(args("ci")).expect("valid");
        assert_eq!((request.permissions, request.expires_in_seconds), (None, Some(86_400)));
        for name in ["", "  ", &"x".repeat(101)] {
            assert_eq!(super::request(args(name)).expect_err("no name").code(), ErrorCode::ValidationFailed);
        }
    }
}
