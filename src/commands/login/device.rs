//! `login`: asks the server for a code, shows it, and waits until a person approves it in a browser (RFC 8628).

use std::time::Duration;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::Instant;

use super::{browser, keep, machine, profile_name};
use crate::api::ErrorCode;
use crate::api::login::{DeviceAuthorization, SessionToken};
use crate::client::Proof;
use crate::client::error::ClientError;
use crate::client::zerodeploy::{DeviceAnswer, ZeroDeploy};
use crate::context::Context;
use crate::credentials::{Fresh, secret};
use crate::error::CliError;
use crate::settings::server::Server;

/// By how much each `slow_down`, and each failure of the network, lengthens the wait (RFC 8628 §3.5).
const SLOWER: Duration = Duration::from_secs(5);
/// Longest wait between two questions, whatever the server says.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Longest time in which a code can be approved, whatever the server says.
const LONGEST_LIFE: Duration = Duration::from_secs(60 * 60);
/// Longest life of a session that is believed, in seconds: a hundred years, so that no date overflows.
const LONGEST_SESSION: u64 = 100 * 366 * 24 * 60 * 60;

/// Signs in. Everything that could keep the session from being stored is looked at before anybody is asked.
pub(super) async fn run(context: &Context, server: Server, no_browser: bool) -> Result<(), CliError> {
    let url = &server.url;
    if context.ui.is_unattended() {
        let message = "signing in needs a person, and --no-input, ZERODEPLOY_NO_INPUT or CI says that there is none";
        return Err(CliError::new(ErrorCode::NotConfirmed, message)
            .hint(format!("keep a token with `zerodeploy login --with-token --api-url {url} < FILE`"))
            .hint("or set ZERODEPLOY_TOKEN"));
    }
    let name = profile_name(context, &server)?;
    context.update_config(|_| ()).await?;
    let anonymous = context.client_of(url, None, Proof::default()).await?;
    anonymous.health().await?;
    let device = anonymous.authorize_device(machine::name().as_deref()).await.map_err(|error| explain(error, url))?;
    show(context, &server, &device, no_browser).await;
    let session = wait(&anonymous, &device).await?;
    let opened = Opened::new(context, &server, session).await?;
    match keep(context, &server, &name, &opened).await {
        Ok(()) => Ok(()),
        Err(error) => Err(opened.give_back(error).await),
    }
}

/// A session that the server has opened and that is nowhere else yet.
struct Opened {
    client: ZeroDeploy,
    secret: SecretString,
    until: Timestamp,
}

impl Opened {
    async fn new(context: &Context, server: &Server, session: SessionToken) -> Result<Opened, CliError> {
        let secret = SecretString::from(session.access_token);
        secret::check(secret.expose_secret(), false).map_err(|flaw| {
            CliError::new(
                ErrorCode::NotZeroDeploy,
                format!("{} opened a session that cannot be used: {flaw}", server.url),
            )
        })?;
        let life = Duration::from_secs(session.expires_in.min(LONGEST_SESSION));
        let until = Timestamp::now().checked_add(life).unwrap_or(Timestamp::MAX);
        let client = context.client_of(&server.url, Some(secret.clone()), context.proof_needed()).await?;
        Ok(Opened { client, secret, until })
    }

    /// Ends a session that could not be kept: it must not live on where nobody has it.
    async fn give_back(&self, error: CliError) -> CliError {
        match self.client.revoke_session("current").await {
            Ok(_) => error.hint("the new session was ended again, and nothing of it is left; sign in once more"),
            Err(_) => error.hint(format!(
                "the new session could not be ended and lives on until {}; once signed in, `zerodeploy session list` \
                 shows it",
                self.until
            )),
        }
    }
}

async fn keep(context: &Context, server: &Server, name: &str, opened: &Opened) -> Result<(), CliError> {
    let who = opened.client.whoami().await?;
    let session_until = Some(opened.until);
    let fresh = Fresh { origin: server.origin.clone(), secret: opened.secret.clone(), session_until };
    let store = keep::store(context, server, name, fresh).await?;
    // From here on the session is kept; a closed pipe does not make it unwanted.
    if let Err(error) = keep::report(context, server, name, store, &who.username, session_until) {
        tracing::debug!(%error, "signed in, but it could not be told");
    }
    Ok(())
}

/// A server without this way of signing in.
fn explain(error: ClientError, url: &str) -> CliError {
    match error.code {
        ErrorCode::NotFound | ErrorCode::NotZeroDeploy | ErrorCode::MethodNotAllowed => {
            CliError::new(ErrorCode::NotFound, format!("{url} offers no sign-in with a browser"))
                .hint(format!("keep a token with `zerodeploy login --with-token --api-url {url}`"))
        }
        _ => error.into(),
    }
}

async fn show(context: &Context, server: &Server, device: &DeviceAuthorization, no_browser: bool) {
    let minutes = (device.expires_in / 60).max(1);
    context.ui.instruct(&format!(
        "Open this page in a browser, sign in, and type the code:\n\n  {}\n\n  {}\n\nThe code is good for {minutes} minutes. \
         Waiting for you to approve; Ctrl-C gives up.",
        device.verification_uri, device.user_code
    ));
    if !no_browser && browser::open(context, server, &device.verification_uri_complete).await {
        context.ui.status("The page was opened in your browser; compare the code there with the one here");
    }
}

/// Asks until the person has decided or the code has ended.
async fn wait(client: &ZeroDeploy, device: &DeviceAuthorization) -> Result<SessionToken, CliError> {
    let end = Instant::now() + Duration::from_secs(device.expires_in).min(LONGEST_LIFE);
    let mut pause = Duration::from_secs(device.interval).clamp(Duration::from_secs(1), LONGEST_WAIT);
    loop {
        if Instant::now() + pause >= end {
            return Err(ended());
        }
        tokio::time::sleep(pause).await;
        match judge(client.fetch_session(&device.device_code).await)? {
            Next::SignedIn(session) => return Ok(session),
            Next::AskAgain => {}
            Next::AskLater => pause = (pause + SLOWER).min(LONGEST_WAIT),
        }
    }
}

/// What follows from an answer that is no failure.
enum Next {
    SignedIn(SessionToken),
    AskAgain,
    AskLater,
}

fn judge(answer: Result<DeviceAnswer, ClientError>) -> Result<Next, CliError> {
    match answer {
        Ok(DeviceAnswer::SignedIn(session)) => Ok(Next::SignedIn(session)),
        Ok(DeviceAnswer::Pending) => Ok(Next::AskAgain),
        Ok(DeviceAnswer::SlowDown) => Ok(Next::AskLater),
        Ok(DeviceAnswer::Denied) => {
            Err(CliError::new(ErrorCode::Forbidden, "the request to sign in was refused in the browser")
                .hint("if that was not you, somebody else can sign in to your account: change its password"))
        }
        Ok(DeviceAnswer::Ended) => Err(ended()),
        // A person needs minutes, and a network may be gone for some of them (RFC 8628 §3.5).
        Err(error) if is_passing(error.code) => {
            tracing::debug!(%error, "the server cannot be asked now");
            Ok(Next::AskLater)
        }
        Err(error) => Err(error.into()),
    }
}

fn is_passing(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::NetworkError | ErrorCode::Unavailable | ErrorCode::RequestTimeout | ErrorCode::RateLimited
    )
}

fn ended() -> CliError {
    CliError::new(ErrorCode::TokenExpired, "the code has ended before anybody approved it")
        .hint("run `zerodeploy login` again for a new one")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_goes_on_until_somebody_decides() {
        let failed = |code| Err(ClientError::new(code, "no"));
        assert!(matches!(judge(Ok(DeviceAnswer::Pending)), Ok(Next::AskAgain)));
        for answer in [Ok(DeviceAnswer::SlowDown), failed(ErrorCode::NetworkError), failed(ErrorCode::RateLimited)] {
            assert!(matches!(judge(answer), Ok(Next::AskLater)));
        }
        for (answer, code) in [
            (Ok(DeviceAnswer::Denied), ErrorCode::Forbidden),
            (Ok(DeviceAnswer::Ended), ErrorCode::TokenExpired),
            (failed(ErrorCode::NotZeroDeploy), ErrorCode::NotZeroDeploy),
            (failed(ErrorCode::BadRequest), ErrorCode::BadRequest),
        ] {
            let Err(error) = judge(answer) else { panic!("it goes on") };
            assert_eq!(error.code(), code);
        }
    }
}
