//! `--open`: shows the site to the person who deployed it.

use crate::commands::browser;
use crate::context::Context;
use crate::settings::ci::Ci;

/// Opens an address in the browser, where a person sits at this machine. That it cannot be opened is no failure.
pub(super) async fn open(ctx: &Context, address: &str) {
    let environment = ctx.settings.environment();
    let place = match Ci::detect(environment) {
        Some(ci) => Some(ci.service),
        None => browser::is_remote(environment).then_some("SSH"),
    };
    if let Some(place) = place {
        ctx.ui.notice(&format!("nothing is opened over {place}: {address}"));
    } else if let Err(error) = browser::start(address).await {
        ctx.ui.warn(&format!("no browser could be started ({error}): {address}"));
    }
}
