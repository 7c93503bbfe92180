//! `profile list`.

use serde::Serialize;

use crate::context::Context;
use crate::error::CliError;
use crate::settings::config::UserConfig;
use crate::ui::table::{Cell, Table};

/// What `--json` prints of each.
#[derive(Serialize)]
struct Listed<'a> {
    name: &'a str,
    default: bool,
    platform: &'static str,
    url: Option<&'a str>,
    org: Option<&'a str>,
    store: &'static str,
}

/// Runs the command. Asks no server.
///
/// # Errors
///
/// When the configuration cannot be read.
pub async fn run(context: &Context) -> Result<(), CliError> {
    let profiles = listed(context.settings.config()?);
    if context.ui.is_json() {
        return Ok(context.ui.json(&profiles)?);
    }
    if profiles.is_empty() {
        context.ui.status("There are no profiles; `zerodeploy login --api-url URL` makes one");
    }
    Ok(context.ui.table(&table(&profiles))?)
}

fn listed(config: &UserConfig) -> Vec<Listed<'_>> {
    let profiles = config.profiles.iter().map(|(name, profile)| Listed {
        name,
        default: config.default_profile.as_deref() == Some(name),
        platform: profile.platform.as_str(),
        url: profile.url.as_deref(),
        org: profile.org.as_ref().map(|org| org.as_str()),
        store: profile.store.as_str(),
    });
    profiles.collect()
}

fn table(profiles: &[Listed<'_>]) -> Table {
    let mut table =
        Table::new(&["name", "default", "server", "org", "credential", "platform"]).only_for_programs(&["platform"]);
    for profile in profiles {
        table.row(vec![
            profile.name.into(),
            if profile.default { "yes" } else { "no" }.into(),
            // A profile without an address finds the server that runs on this machine.
            profile.url.unwrap_or("this machine").into(),
            Cell::text(profile.org),
            profile.store.into(),
            profile.platform.into(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{Options, Ui};

    #[test]
    fn people_and_programs_see_which_is_the_default() {
        let config: UserConfig = serde_json::from_value(serde_json::json!({
            "default_profile": "work",
            "profiles": {"local": {"store": "local"}, "work": {"store": "keyring", "url": "https://a.example", "org": "acme"}}
        }))
        .expect("a configuration");
        let (ui, stdout, _) = Ui::captured(Options::default());
        ui.table(&table(&listed(&config))).expect("written");
        ui.json(&listed(&config)).expect("written");
        insta::assert_snapshot!(stdout.text(), @r#"
        name	default	server	org	credential	platform
        local	no	this machine		local	zerodeploy
        work	yes	https://a.example	acme	keyring	zerodeploy
        [{"name":"local","default":false,"platform":"zerodeploy","url":null,"org":null,"store":"local"},{"name":"work","default":true,"platform":"zerodeploy","url":"https://a.example","org":"acme","store":"keyring"}]
        "#);
    }
}
