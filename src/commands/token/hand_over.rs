//! Handing a new secret over: alone on standard output, once. A token whose secret nobody got is deleted again, so that
//! none is left that works and that nobody holds.

use serde::Serialize;

use crate::api::ErrorCode;
use crate::api::tokens::CreatedToken;
use crate::client::zerodeploy::ZeroDeploy;
use crate::error::CliError;
use crate::ui::Ui;

/// Prints the secret, with `--json` as a part of `whole`.
pub(super) async fn hand_over<T: Serialize>(
    ui: &Ui,
    client: &ZeroDeploy,
    made: &CreatedToken,
    whole: &T,
) -> Result<(), CliError> {
    let shown = if ui.is_json() { ui.json(whole) } else { ui.line(&made.token) };
    let Err(reason) = shown else { return Ok(()) };
    let called = super::called(&made.details);
    let error = match client.delete_token(&made.details.id.to_string()).await {
        Ok(_) => {
            let message = format!("{reason}, so nobody has the secret of the token {called}; it was deleted again");
            CliError::new(ErrorCode::InternalError, message).hint("run the command again where its output is read")
        }
        Err(error) => {
            let message = format!("{reason}, so nobody has the secret of the token {called}");
            CliError::new(ErrorCode::InternalError, message)
                .hint(format!("delete it with `zerodeploy token delete {}` ({error})", made.details.prefix))
        }
    };
    Err(error.beside_data())
}
