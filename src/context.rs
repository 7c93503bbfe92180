//! What a command gets: output, settings, and a client that is made when it is first needed.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::OnceCell;

use crate::api::ErrorCode;
use crate::cli::GlobalArgs;
use crate::client::zerodeploy::ZeroDeploy;
use crate::client::{ClientSettings, OnWait, Proof};
use crate::credentials::{self, Credential, Source};
use crate::domain::slug::{OrgSlug, SiteSlug};
use crate::domain::token;
use crate::error::CliError;
use crate::settings::ci::Ci;
use crate::settings::config::{Profile, UserConfig};
use crate::settings::env::{self, Environment};
use crate::settings::server::Server;
use crate::settings::{Overrides, Settings, SettingsError};
use crate::ui::style::ColorWish;
use crate::ui::{Options, Ui, format};

/// Name of the folder, in the cache folder, of servers that proved themselves.
const KNOWN_SERVERS: &str = "servers";

/// Output, settings and the client of one command.
pub struct Context {
    /// Everything that is printed goes through it.
    pub ui: Arc<Ui>,
    /// What options, environment and files say.
    pub settings: Arc<Settings>,
    server: OnceCell<Server>,
    signed_in: OnceCell<(ZeroDeploy, Credential)>,
    project_warned: OnceLock<()>,
}

/// Output as the global options and the environment ask for.
pub fn output(global: &GlobalArgs, environment: &Environment) -> Ui {
    let is_ci = Ci::detect(environment).is_some();
    let options = Options {
        json: global.json,
        quiet: global.quiet,
        verbose: global.verbose,
        plain: is_ci,
        no_input: global.no_input || environment.is_on(env::NO_INPUT) || is_ci,
        color: ColorWish {
            never: environment.path(env::NO_COLOR).is_some(),
            always: environment.path(env::CLICOLOR_FORCE).is_some_and(|value| value != Path::new("0")),
            dumb: environment.path(env::TERM).is_some_and(|value| value == Path::new("dumb")),
        },
        ..Options::default()
    };
    Ui::new(options.on_this_terminal())
}

impl Context {
    /// Reads the settings files of the user and of the project around `working_directory`.
    pub fn new(ui: Ui, global: &GlobalArgs, environment: Environment, working_directory: &Path) -> Context {
        let overrides = Overrides {
            api_url: global.api_url.clone(),
            profile: global.profile.clone(),
            insecure_http: global.insecure_http,
        };
        let settings = Settings::load(overrides, environment, working_directory);
        Context {
            ui: Arc::new(ui),
            settings: Arc::new(settings),
            server: OnceCell::new(),
            signed_in: OnceCell::new(),
            project_warned: OnceLock::new(),
        }
    }

    /// The server to speak to. Asks once whether the profile that `zerodeploy.json` chooses may be used.
    ///
    /// # Errors
    ///
    /// When none is chosen, the choice cannot be used, or the person says no.
    pub async fn server(&self) -> Result<&Server, CliError> {
        self.server.get_or_try_init(|| self.choose_server()).await
    }

    /// The client, signed in. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// When there is no server or no credential to use.
    pub async fn client(&self) -> Result<ZeroDeploy, CliError> {
        Ok(self.signed_in().await?.0.clone())
    }

    /// The client for what only a session may do; an API token from the environment is refused before anything is
    /// sent, and never exchanged for another credential silently.
    ///
    /// # Errors
    ///
    /// See [`Context::client`]; and when the credential is certainly an API token.
    pub async fn session_client(&self) -> Result<ZeroDeploy, CliError> {
        let (client, credential) = self.signed_in().await?;
        if credential.is_api_token() {
            let message =
                format!("this needs a session, and the credential from {} is an API token", credential.source);
            return Err(CliError::new(ErrorCode::SessionRequired, message));
        }
        Ok(client.clone())
    }

    /// Where the credential came from, once [`Context::client`] found it.
    pub fn credential_source(&self) -> Option<&Source> {
        self.signed_in.get().map(|(_, credential)| &credential.source)
    }

    /// Warns when the server said that the token ends soon.
    pub fn warn_of_ending_token(&self) {
        let Some((client, credential)) = self.signed_in.get() else { return };
        let Some(end) = client.token_expires() else { return };
        let token = token::display_prefix(credential.secret.expose_secret());
        let token = token.map_or_else(|| "TOKEN".to_owned(), |prefix| format!("{}{prefix}", token::TOKEN_PREFIX));
        let when = format::relative(end, jiff::Timestamp::now());
        self.ui.warn(&format!(
            "the token {token} ends {when} ({end}); renew it before, signed in, with `zerodeploy token rotate {token}`, \
             or put the new secret here if that was done"
        ));
    }

    /// What a server has to do that nothing is known of: prove itself, unless it did so in an earlier command.
    pub fn proof_needed(&self) -> Proof {
        Proof::Needed { memory: self.settings.paths().cache_dir().ok().map(|folder| folder.join(KNOWN_SERVERS)) }
    }

    /// Whether [`Context::client`] found what is certainly an API token.
    pub fn has_api_token(&self) -> bool {
        self.signed_in.get().is_some_and(|(_, credential)| credential.is_api_token())
    }

    /// A client of a server and with a credential that are not the settings'.
    ///
    /// # Errors
    ///
    /// When the client cannot be made, such as without certificate authorities.
    pub async fn client_of(
        &self,
        url: &str,
        credential: Option<SecretString>,
        proof: Proof,
    ) -> Result<ZeroDeploy, CliError> {
        let ui = Arc::clone(&self.ui);
        let settings = ClientSettings {
            on_wait: OnWait::call(move |wait| ui.notice(&format!("rate limited; waiting {} s", wait.as_secs().max(1)))),
            base_url: url.to_owned(),
            credential,
            proof,
            ca_file: self.settings.ca_file(),
            insecure_http: self.settings.insecure_http(),
            ci: Ci::detect(self.settings.environment()).map(|ci| ci.mark()),
            request_timeout: None,
        };
        // Certificate authorities are files.
        Ok(tokio::task::spawn_blocking(move || ZeroDeploy::new(settings)).await??)
    }

    /// The site that `explicit`, the environment or the project names, else the only one there is.
    ///
    /// # Errors
    ///
    /// When nothing names one and there is not exactly one.
    pub async fn site(&self, client: &ZeroDeploy, explicit: Option<&SiteSlug>) -> Result<SiteSlug, CliError> {
        if let Some(site) = self.named_site(explicit)? {
            return Ok(site);
        }
        let org = self.named_org(None).await?;
        let sites = client.sites(org.as_ref().map(OrgSlug::as_str)).await?;
        let slugs: Vec<String> = sites.into_iter().map(|site| site.slug).collect();
        slug_of(only_one("site", "site", env::SITE.name, "zerodeploy site create SLUG", &slugs)?)
    }

    /// The site that `explicit`, the environment or the project names.
    ///
    /// # Errors
    ///
    /// When what would name it cannot be read.
    pub fn named_site(&self, explicit: Option<&SiteSlug>) -> Result<Option<SiteSlug>, CliError> {
        let site = self.settings.site(explicit)?;
        self.warn_of_project();
        Ok(site)
    }

    /// The organization that `explicit`, the environment, the project or the profile names, else the only one there
    /// is.
    ///
    /// # Errors
    ///
    /// When nothing names one and there is not exactly one.
    pub async fn org(&self, client: &ZeroDeploy, explicit: Option<&OrgSlug>) -> Result<OrgSlug, CliError> {
        if let Some(org) = self.named_org(explicit).await? {
            return Ok(org);
        }
        let organizations = client.organizations().await?;
        let slugs: Vec<String> = organizations.into_iter().map(|organization| organization.slug).collect();
        slug_of(only_one("organization", "org", env::ORG.name, "zerodeploy org create SLUG", &slugs)?)
    }

    /// The organization that `explicit`, the environment, the project or the profile names.
    ///
    /// # Errors
    ///
    /// When what would name it cannot be read.
    pub async fn named_org(&self, explicit: Option<&OrgSlug>) -> Result<Option<OrgSlug>, CliError> {
        if explicit.is_none() {
            // Whether the project's profile, which may name the organization, is used is decided there.
            self.server().await?;
        }
        let (settings, explicit) = (Arc::clone(&self.settings), explicit.cloned());
        let org = tokio::task::spawn_blocking(move || settings.org(explicit.as_ref())).await??;
        self.warn_of_project();
        Ok(org)
    }

    /// Asks before something is deleted for good.
    ///
    /// # Errors
    ///
    /// When the person says no, or nobody can be asked and `force` was not given.
    pub async fn confirm_deletion(&self, what: &str, force: bool) -> Result<(), CliError> {
        if force {
            return Ok(());
        }
        if !self.ui.can_prompt() {
            return Err(CliError::new(
                ErrorCode::NotConfirmed,
                format!("nobody can be asked whether to delete {what}"),
            )
            .hint("add --force to delete without a question"));
        }
        if self.ui.confirm(&format!("Delete {what}? This cannot be undone.")).await? {
            return Ok(());
        }
        Err(CliError::new(ErrorCode::NotConfirmed, format!("{what} was not deleted")))
    }

    /// Changes the user configuration.
    ///
    /// # Errors
    ///
    /// When it cannot be read or written.
    pub async fn update_config<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut UserConfig) -> T + Send + 'static,
    ) -> Result<T, CliError> {
        let config_dir = self.settings.paths().config_dir()?.to_owned();
        Ok(tokio::task::spawn_blocking(move || UserConfig::update(&config_dir, change)).await??)
    }

    /// Adds to a refused credential where it came from: the person may not know that the environment holds one.
    pub fn explain(&self, error: CliError) -> CliError {
        let refused = error.code().exit_code() == ErrorCode::NotAuthenticated.exit_code();
        let Some(source) = self.credential_source().filter(|_| refused) else { return error };
        match error.code() {
            ErrorCode::SessionRequired if *source == Source::Environment => {
                error.hint("unset ZERODEPLOY_TOKEN to use the session of your profile, or sign in with one")
            }
            ErrorCode::SessionRequired => {
                error.hint("sign in as a person with `zerodeploy login`, or use another profile with --profile")
            }
            ErrorCode::TokenRevoked | ErrorCode::TokenExpired if matches!(source, Source::Local(_)) => error.hint(
                format!("it came from {source}: restart `zerodeploy serve`, which makes a new session each time"),
            ),
            _ => error.hint(format!("the credential came from {source}")),
        }
    }

    async fn signed_in(&self) -> Result<&(ZeroDeploy, Credential), CliError> {
        self.signed_in
            .get_or_try_init(|| async {
                let server = self.server().await?.clone();
                let url = server.url.clone();
                let settings = Arc::clone(&self.settings);
                let found = tokio::task::spawn_blocking(move || credentials::find(&settings, &server)).await?;
                let credential = found?;
                let proof = if credential.server_is_known { Proof::Given } else { self.proof_needed() };
                Ok((self.client_of(&url, Some(credential.secret.clone()), proof).await?, credential))
            })
            .await
    }

    async fn choose_server(&self) -> Result<Server, CliError> {
        let error = match self.find_server().await? {
            Err(error @ SettingsError::UnconfirmedProfile { .. }) => error,
            other => return Ok(other?),
        };
        let SettingsError::UnconfirmedProfile { file, profile } = &error else { return Err(error.into()) };
        if !self.ui.can_prompt() {
            return Err(error.into());
        }
        let address = self.settings.config()?.profiles.get(profile).map(address).unwrap_or_default();
        self.ui.notice(&format!("{} wants to use your profile `{profile}`{address}", file.display()));
        let question = format!("Let this folder use your profile `{profile}` from now on?");
        if !self.ui.confirm(&question).await? {
            return Err(error.into());
        }
        self.settings.agree_to_project_profile();
        let server = self.find_server().await??;
        if let Some(folder) = file.parent().map(Path::to_owned) {
            let profile = profile.clone();
            self.update_config(move |config| config.trust(&folder, &profile)).await?;
        }
        Ok(server)
    }

    /// Whether no server is chosen, or the chosen one of this machine does not run.
    pub async fn is_without_server(&self) -> bool {
        let found = self.find_server().await;
        matches!(found, Ok(Err(SettingsError::NoServer | SettingsError::LocalNotRunning { .. })))
    }

    /// Looks at the files of servers on this machine, too.
    async fn find_server(&self) -> Result<Result<Server, SettingsError>, CliError> {
        let settings = Arc::clone(&self.settings);
        Ok(tokio::task::spawn_blocking(move || settings.server()).await?)
    }

    fn warn_of_project(&self) {
        if self.project_warned.set(()).is_ok()
            && let Ok(Some(project)) = self.settings.project()
        {
            project.warnings.iter().for_each(|warning| self.ui.warn(warning));
        }
    }
}

fn address(profile: &Profile) -> String {
    profile.url.as_ref().map(|url| format!(" ({url})")).unwrap_or_default()
}

/// The only one of `slugs`.
fn only_one<'a>(
    what: &str,
    option: &str,
    variable: &str,
    create: &str,
    slugs: &'a [String],
) -> Result<&'a str, CliError> {
    match slugs {
        [only] => Ok(only),
        [] => Err(CliError::new(ErrorCode::NotFound, format!("there is no {what} yet, or none within reach"))
            .hint(format!("create one with `{create}`"))),
        several => {
            let mut names = several.iter().take(10).map(String::as_str).collect::<Vec<_>>().join(", ");
            if several.len() > 10 {
                names.push_str(", …");
            }
            Err(CliError::new(
                ErrorCode::ValidationFailed,
                format!("which {what}? There are {}: {names}", several.len()),
            )
            .hint(format!("name it with --{option}, or set {variable}, or write it into zerodeploy.json")))
        }
    }
}

/// A slug that the server gave.
fn slug_of<S: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> Result<S, CliError> {
    text.parse().map_err(|error| CliError::new(ErrorCode::NotZeroDeploy, format!("the server named a slug: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context(variables: &[(env::Variable, &str)]) -> (Context, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let config_dir = folder.path().join("config").to_string_lossy().into_owned();
        let given = variables.iter().map(|(variable, value)| (*variable, (*value).to_owned()));
        let environment =
            Environment::of([(env::CONFIG_DIR, config_dir), (env::KEYRING, "off".to_owned())].into_iter().chain(given));
        std::fs::create_dir(folder.path().join(".git")).expect("made");
        let (ui, _, _) = Ui::captured(Options::default());
        (Context::new(ui, &GlobalArgs::default(), environment, folder.path()), folder)
    }

    fn token() -> String {
        crate::domain::token::secret_from_random("zd_", &[9; 64]).expect("enough random bytes")
    }

    #[test]
    fn the_only_one_is_taken_and_several_are_named() {
        let slugs = |count: usize| (0..count).map(|number| format!("s{number}")).collect::<Vec<_>>();
        assert_eq!(only_one("site", "site", "V", "c", &slugs(1)).expect("one"), "s0");
        assert_eq!(only_one("site", "site", "V", "c", &[]).expect_err("none").code(), ErrorCode::NotFound);
        let error = only_one("site", "site", "V", "c", &slugs(12)).expect_err("several");
        assert_eq!(error.code(), ErrorCode::ValidationFailed);
        assert!(error.to_string().ends_with("s8, s9, …"), "{error}");
    }

    #[tokio::test]
    async fn an_api_token_is_never_exchanged_for_a_session() {
        let token = token();
        let (context, _folder) = context(&[(env::API_URL, "http://127.0.0.1:1"), (env::TOKEN, &token)]);
        assert!(context.client().await.is_ok());
        let error = context.session_client().await.expect_err("refused");
        assert_eq!(error.code(), ErrorCode::SessionRequired);
        let error = context.explain(error);
        assert!(error.hints().concat().contains("unset ZERODEPLOY_TOKEN"), "{:?}", error.hints());
    }

    #[tokio::test]
    async fn a_refused_credential_is_told_with_its_source() {
        let token = token();
        let (context, _folder) = context(&[(env::API_URL, "http://127.0.0.1:1"), (env::TOKEN, &token)]);
        context.client().await.expect("signed in");
        let refused = context.explain(CliError::new(ErrorCode::TokenExpired, "expired"));
        assert_eq!(refused.hints(), ["the credential came from ZERODEPLOY_TOKEN"]);
        let other = context.explain(CliError::new(ErrorCode::NotFound, "no"));
        assert_eq!(other.hints(), [""; 0]);
    }

    #[tokio::test]
    async fn deleting_needs_force_where_nobody_can_be_asked() {
        let (context, _folder) = context(&[]);
        assert!(context.confirm_deletion("the site `blog`", true).await.is_ok());
        let error = context.confirm_deletion("the site `blog`", false).await.expect_err("nobody there");
        assert_eq!((error.code(), error.code().exit_code()), (ErrorCode::NotConfirmed, 3));
    }

    #[tokio::test]
    async fn without_a_server_nothing_works_and_the_exit_code_is_one() {
        let (context, _folder) = context(&[]);
        let error = context.client().await.expect_err("no server");
        assert_eq!(error.code().exit_code(), 1);
    }
}
