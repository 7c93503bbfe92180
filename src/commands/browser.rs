//! Opening a page in the browser of this machine, where a person sits at it.

use reqwest::Url;

use crate::settings::env::{self, Environment};

/// Whether the browser would come up on another machine, or not at all.
pub(super) fn is_remote(environment: &Environment) -> bool {
    [env::SSH_CONNECTION, env::SSH_TTY].iter().any(|name| environment.path(*name).is_some())
}

/// Opens a page without waiting for it. Addresses come from servers: anything but a page of the web is refused.
///
/// # Errors
///
/// A sentence for people.
pub(super) async fn start(page: &str) -> Result<(), String> {
    if !is_of_the_web(page) {
        return Err("it is no page of the web".to_owned());
    }
    let page = page.to_owned();
    // Looking for a browser is looking for files.
    let opened = tokio::task::spawn_blocking(move || open::that_detached(page)).await;
    opened.map_err(std::io::Error::other).flatten().map_err(|error| error.to_string())
}

fn is_of_the_web(page: &str) -> bool {
    Url::parse(page).is_ok_and(|page| matches!(page.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_web_are_opened() {
        assert!(is_of_the_web("http://blog.localhost:8787"));
        for page in ["file:///etc/passwd", "javascript:alert(1)", "--help", "calc.exe", ""] {
            assert!(!is_of_the_web(page), "{page}");
        }
    }
}
