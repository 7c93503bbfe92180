//! `token rotate`: the new secret alone on standard output, once.

use crate::api::ErrorCode;
use crate::api::tokens::RotatedToken;
use crate::cli::token::RotateArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};
use crate::ui::{Ui, format};

use super::hand_over::hand_over;
use crate::commands::named;

/// Runs the command.
///
/// # Errors
///
/// When the text names no token, the token is somebody else's or was rotated before, the credential is no session, or
/// nobody takes the secret.
pub async fn run(context: &Context, args: RotateArgs) -> Result<(), CliError> {
    let name = named::token(&args.token)?;
    let client = context.session_client().await?;
    let rotated = client.rotate_token(&name, args.grace.seconds).await.or_hint(ErrorCode::NotFound, hints::TOKENS)?;
    tell(&context.ui, &rotated);
    hand_over(&context.ui, &client, &rotated.created, &rotated).await?;
    context.ui.hint("this is the only time it is shown; put it where the old one was");
    Ok(())
}

fn tell(ui: &Ui, rotated: &RotatedToken) {
    let (new, old, now) = (&rotated.created.details, &rotated.replaced, jiff::Timestamp::now());
    ui.status(&format!("The token {} takes the place of {}", super::called(new), old.prefix));
    let end = old.ends_at;
    if end <= now {
        ui.status("The old secret does not work any more");
    } else {
        ui.status(&format!("The old secret works until {end} ({})", format::relative(end, now)));
    }
    match new.expires_at {
        Some(end) => ui.status(&format!("The new one ends {} ({end})", format::relative(end, now))),
        None => ui.warn("the new token never ends, as the old one; `zerodeploy token create` makes one that does"),
    }
}
