//! `token delete`: all are looked up before the first is deleted. Asks at a terminal only, because an exposed token
//! must go at once.

use crate::api::ErrorCode;
use crate::api::tokens::Token;
use crate::cli::token::DeleteArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::error::{CliError, OrHint};

use crate::commands::named;

/// Runs the command.
///
/// # Errors
///
/// When a text names no token, the person says no, the credential is no session, or the server refuses; what was
/// deleted before is told.
pub async fn run(context: &Context, args: DeleteArgs) -> Result<(), CliError> {
    let names = args.tokens.iter().map(|text| named::token(text)).collect::<Result<Vec<_>, _>>()?;
    let client = context.session_client().await?;
    let mut tokens: Vec<Token> = Vec::new();
    for name in &names {
        let found = client.token(name).await.or_hint(ErrorCode::NotFound, hints::TOKENS);
        let found = found.map_err(|error| error.detail("token", name.as_str()).detail("deleted", Vec::<String>::new()));
        let token = found?.token;
        // Somebody may name one by its id and by its prefix.
        if tokens.iter().all(|known| known.id != token.id) {
            tokens.push(token);
        }
    }
    if context.ui.can_prompt() {
        context.confirm_deletion(&question(&tokens), args.force).await?;
    }
    let mut deleted = Vec::new();
    for token in &tokens {
        match client.delete_token(&token.id.to_string()).await {
            Ok(gone) => {
                context.ui.status(&format!("Deleted the token {}", super::called(token)));
                deleted.push(gone);
            }
            Err(error) => {
                let ids: Vec<String> = deleted.iter().map(|gone| gone.id.to_string()).collect();
                return Err(CliError::from(error).detail("token", token.prefix.as_str()).detail("deleted", ids));
            }
        }
    }
    match (context.ui.is_json(), deleted.as_slice()) {
        (false, _) => Ok(()),
        (true, [only]) => Ok(context.ui.json(only)?),
        (true, several) => Ok(context.ui.json(several)?),
    }
}

fn question(tokens: &[Token]) -> String {
    let named = tokens.iter().map(super::called).collect::<Vec<_>>().join(", ");
    if tokens.len() == 1 { format!("the token {named}") } else { format!("the tokens {named}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_question_names_every_token() {
        let token = super::super::sample();
        assert_eq!(question(std::slice::from_ref(&token)), "the token `ci` (zd_1a2b3c4d)");
        assert_eq!(question(&[token.clone(), token]), "the tokens `ci` (zd_1a2b3c4d), `ci` (zd_1a2b3c4d)");
    }
}
