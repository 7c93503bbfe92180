//! Printing a one-time link: it is a secret, so it stands alone on standard output, once.

use crate::api::users::OneTimeLink;
use crate::error::CliError;
use crate::ui::{Ui, format};

/// Prints a link; `purpose` says what it is for, and `again` is the command that makes another.
pub(super) fn print(ui: &Ui, link: &OneTimeLink, purpose: &str, again: &str) -> Result<(), CliError> {
    let end = link.expires_at;
    ui.status(purpose);
    let shown = if ui.is_json() { ui.json(link) } else { ui.line(&link.url) };
    shown.map_err(|error| {
        CliError::from(error).hint(format!("the link was made and nobody saw it; `{again}` makes another in its place"))
    })?;
    ui.status(&format!("It is good once, and ends {} ({end})", format::relative(end, jiff::Timestamp::now())));
    ui.hint(&format!(
        "no mail is sent: hand it over yourself, and to nobody else; `{again}` ends it and makes another"
    ));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Options;

    #[test]
    fn the_link_is_alone_on_standard_output() {
        let link = OneTimeLink {
            name: "ada".to_owned(),
            url: "https://deploy.example/invitation/zdi_secret".to_owned(),
            expires_at: "2026-05-01T12:00:00Z".parse().expect("a time"),
        };
        let (ui, stdout, stderr) = Ui::captured(Options::default());
        print(&ui, &link, "By this link", "zerodeploy user invite ada").expect("written");
        assert_eq!(stdout.text(), "https://deploy.example/invitation/zdi_secret\n");
        assert!(!stderr.text().contains("zdi_secret"), "{}", stderr.text());
        assert!(stderr.text().contains("2026-05-01T12:00:00Z"), "{}", stderr.text());
        let (ui, stdout, stderr) = Ui::captured(Options { json: true, ..Options::default() });
        print(&ui, &link, "By this link", "zerodeploy user invite ada").expect("written");
        let object: serde_json::Value = serde_json::from_str(&stdout.text()).expect("one JSON value");
        assert_eq!((&object["name"], stderr.text().as_str()), (&"ada".into(), ""));
    }
}
