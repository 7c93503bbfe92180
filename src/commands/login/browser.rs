//! Opening the sign-in page, where that helps and cannot harm.

use reqwest::Url;

use crate::commands::browser;
use crate::context::Context;
use crate::settings::server::Server;

/// Opens a page in the person's browser without waiting for it; false where none is opened: without a terminal, over
/// SSH, where the browser would come up elsewhere or not at all, and for a page that is not the server's own.
pub(super) async fn open(context: &Context, server: &Server, page: &str) -> bool {
    if browser::is_remote(context.settings.environment()) || !context.ui.can_prompt() || !is_own(server, page) {
        return false;
    }
    let opened = browser::start(page).await;
    if let Err(error) = &opened {
        tracing::debug!(%error, "no browser could be opened");
    }
    opened.is_ok()
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
