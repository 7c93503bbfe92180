//! Opening the sign-in page, where that helps and cannot harm.

use reqwest::Url;

use crate::context::Context;
use crate::settings::env;
use crate::settings::server::Server;

/// Opens a page in the person's browser without waiting for it; false where none is opened: without a terminal, over
/// SSH, where the browser would come up elsewhere or not at all, and for a page that is not the server's own.
pub(super) async fn open(context: &Context, server: &Server, page: &str) -> bool {
    let environment = context.settings.environment();
    let is_remote = [env::SSH_CONNECTION, env::SSH_TTY].iter().any(|name| environment.path(*name).is_some());
    if is_remote || !context.ui.can_prompt() || !is_own(server, page) {
        return false;
    }
    let page = page.to_owned();
    let opened = tokio::task::spawn_blocking(move || open::that_detached(page)).await;
    match opened {
        Ok(Ok(())) => true,
        Ok(Err(error)) => {
            tracing::debug!(%error, "no browser could be opened");
            false
        }
        Err(_) => false,
    }
}

/// Whether a page is one of the server's. Anything else, such as a file, is for the person to judge.
fn is_own(server: &Server, page: &str) -> bool {
    let page = Url::parse(page).ok().filter(|page| matches!(page.scheme(), "http" | "https"));
    page.is_some_and(|page| page.origin().ascii_serialization() == server.origin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::server::UrlSource;

    #[test]
    fn only_the_servers_own_pages_are_opened() {
        let server = Server::new("https://deploy.example/base", UrlSource::Flag, None, false).expect("valid");
        assert!(is_own(&server, "https://deploy.example/device?code=BCDF-GHJK"));
        for page in [
            "http://deploy.example/device",
            "https://deploy.example.evil.example/device",
            "https://deploy.example:8443/device",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "--help",
            "",
        ] {
            assert!(!is_own(&server, page), "{page}");
        }
    }
}
