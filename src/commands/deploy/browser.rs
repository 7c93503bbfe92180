//! `--open`: shows the site to the person who deployed it.

use crate::context::Context;
use crate::settings::ci::Ci;
use crate::settings::env;

/// Opens an address in the browser of this machine, where a person sits at it. That it cannot be opened is no failure.
pub(super) async fn open(ctx: &Context, address: &str) {
    let environment = ctx.settings.environment();
    let nobody = match Ci::detect(environment) {
        Some(ci) => Some(ci.service),
        None => environment.path(env::SSH_CONNECTION).map(|_| "SSH"),
    };
    if let Some(place) = nobody {
        ctx.ui.notice(&format!("nothing is opened over {place}: {address}"));
        return;
    }
    let page = address.to_owned();
    // Looking for a browser is looking for files.
    let opened = tokio::task::spawn_blocking(move || open::that_detached(page)).await;
    match opened {
        Ok(Ok(())) => {}
        Ok(Err(error)) => ctx.ui.warn(&format!("no browser could be started ({error}): {address}")),
        Err(error) => ctx.ui.warn(&format!("no browser could be started ({error}): {address}")),
    }
}
