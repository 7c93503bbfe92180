//! Settings from every source, and which of them wins.

use std::fs;

use tempfile::TempDir;

use super::config::Store;
use super::env::Variable;
use super::*;

/// A configuration folder and a project folder.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(folder.path().join("project/.git")).expect("made");
        Place { folder }
    }

    fn project(self, text: &str) -> Place {
        fs::write(self.folder.path().join("project/zerodeploy.json"), text).expect("written");
        self
    }

    fn config(self, change: impl FnOnce(&mut UserConfig)) -> Place {
        UserConfig::update(&self.folder.path().join("config"), change).expect("written");
        self
    }

    fn settings(&self, overrides: Overrides, variables: &[(Variable, &str)]) -> Settings {
        let config_dir = self.folder.path().join("config").to_string_lossy().into_owned();
        let data_dir = self.folder.path().join("data").to_string_lossy().into_owned();
        let fixed = [(env::CONFIG_DIR, config_dir), (env::DATA_DIR, data_dir)];
        let given = variables.iter().map(|(variable, value)| (*variable, (*value).to_owned()));
        let environment = Environment::of(fixed.into_iter().chain(given));
        Settings::load(overrides, environment, &self.folder.path().join("project"))
    }
}

fn profile(url: Option<&str>, store: Store) -> Profile {
    Profile {
        platform: Platform::Zerodeploy,
        url: url.map(str::to_owned),
        org: None,
        store,
        data_dir: None,
        other: serde_json::Map::new(),
    }
}

fn two_profiles(config: &mut UserConfig) {
    config.profiles.insert("home".to_owned(), profile(Some("https://home.example"), Store::File));
    config.profiles.insert("work".to_owned(), profile(Some("https://work.example"), Store::File));
    config.default_profile = Some("home".to_owned());
}

fn overrides(api_url: Option<&str>, profile: Option<&str>) -> Overrides {
    Overrides { api_url: api_url.map(str::to_owned), profile: profile.map(str::to_owned), insecure_http: false }
}

/// The chosen address and profile.
fn chosen(settings: &Settings) -> (String, Option<String>) {
    let server = settings.server().expect("a server");
    (server.url, server.profile.map(|(name, _)| name))
}

#[test]
fn the_site_comes_from_argument_environment_project_in_this_order() {
    let place = Place::new().project(r#"{"site": "from-file"}"#);
    let explicit: SiteSlug = "from-flag".parse().expect("a slug");
    let settings = place.settings(Overrides::default(), &[(env::SITE, "from-env")]);
    let text = |site: Result<Option<SiteSlug>, SettingsError>| site.expect("readable").map(|site| site.to_string());
    assert_eq!(text(settings.site(Some(&explicit))).as_deref(), Some("from-flag"));
    assert_eq!(text(settings.site(None)).as_deref(), Some("from-env"));
    let settings = place.settings(Overrides::default(), &[(env::SITE, "")]);
    assert_eq!(text(settings.site(None)).as_deref(), Some("from-file"));
    assert_eq!(text(Place::new().settings(Overrides::default(), &[]).site(None)), None);
}

#[test]
fn the_organization_comes_last_from_the_profile() {
    let place = Place::new().config(|config| {
        two_profiles(config);
        if let Some(profile) = config.profiles.get_mut("home") {
            profile.org = Some("acme".parse().expect("a slug"));
        }
    });
    let org = |settings: Settings| settings.org(None).expect("readable").map(|org| org.to_string());
    assert_eq!(org(place.settings(Overrides::default(), &[])).as_deref(), Some("acme"));
    assert_eq!(org(place.settings(overrides(None, Some("work")), &[])), None);
    assert_eq!(org(place.settings(Overrides::default(), &[(env::ORG, "other")])).as_deref(), Some("other"));
}

#[test]
fn the_address_comes_from_flag_environment_profile_in_this_order() {
    let place = Place::new().config(two_profiles);
    let pair = |url: &str, name: &str| (url.to_owned(), Some(name.to_owned()));
    assert_eq!(chosen(&place.settings(Overrides::default(), &[])), pair("https://home.example", "home"));
    assert_eq!(
        chosen(&place.settings(Overrides::default(), &[(env::PROFILE, "work")])),
        pair("https://work.example", "work")
    );
    let environment = [(env::API_URL, "https://work.example/api"), (env::PROFILE, "")];
    assert_eq!(chosen(&place.settings(Overrides::default(), &environment)), pair("https://work.example/api", "work"));
    assert_eq!(
        chosen(&place.settings(overrides(Some("http://127.0.0.1:1"), None), &environment)),
        pair("http://127.0.0.1:1", "home"),
        "a foreign address keeps the default profile, whose credential is then refused by its own binding"
    );
}

#[test]
fn without_any_server_the_error_names_both_ways() {
    let settings = Place::new().settings(Overrides::default(), &[]);
    let error = settings.server().expect_err("none");
    assert_eq!(error.code().exit_code(), 1);
    let hints = error.hints().join("\n");
    assert!(hints.contains("zerodeploy serve") && hints.contains("--api-url URL"), "{hints}");
}

#[test]
fn an_unknown_profile_gets_a_suggestion() {
    let place = Place::new().config(two_profiles);
    let error = place.settings(overrides(None, Some("wrok")), &[]).server();
    assert_eq!(error.expect_err("unknown").hints(), ["did you mean `work`?"]);
}

#[test]
fn a_projects_profile_needs_consent_once() {
    let place = Place::new().config(two_profiles).project(r#"{"profile": "work"}"#);
    let gone = Place::new().config(two_profiles).project(r#"{"profile": "gone"}"#);
    let error = gone.settings(Overrides::default(), &[]).server().expect_err("nothing to confirm");
    assert!(matches!(error, SettingsError::UnknownProfile { .. }), "{error}");
    let settings = place.settings(Overrides::default(), &[]);
    let error = settings.server().expect_err("not confirmed");
    assert_eq!(error.code(), crate::api::ErrorCode::NotConfirmed);
    settings.agree_to_project_profile();
    let server = settings.server().expect("agreed");
    assert_eq!(server.origin, "https://work.example");
    assert_eq!(chosen(&place.settings(overrides(None, Some("work")), &[])).0, "https://work.example");
    let project = place.folder.path().join("project");
    let place = place.config(|config| config.trust(&project, "work"));
    assert_eq!(chosen(&place.settings(Overrides::default(), &[])).0, "https://work.example");
}

#[test]
fn a_given_address_needs_no_consent() {
    let place = Place::new().project(r#"{"profile": "elsewhere"}"#);
    let settings = place.settings(overrides(Some("https://ci.example"), None), &[]);
    assert_eq!(chosen(&settings), ("https://ci.example".to_owned(), None));
    assert_eq!(settings.org(None), Ok(None));
}

#[test]
fn the_local_profile_finds_the_running_server_only() {
    let place = Place::new();
    let data_dir = place.folder.path().join("data");
    let place = place.config(|config| {
        config.register_local(&data_dir);
    });
    let settings = place.settings(Overrides::default(), &[]);
    let error = settings.server().expect_err("nothing runs");
    assert_eq!(error.code().exit_code(), 6);
    assert_eq!(error.hints(), ["start it with `zerodeploy serve`"]);
    let elsewhere = place.settings(Overrides::default(), &[(env::DATA_DIR, "/elsewhere")]);
    let hints = elsewhere.server().expect_err("nothing runs").hints();
    assert_eq!(hints, [format!("start it with `zerodeploy serve --data-dir {}`", data_dir.display())]);

    fs::create_dir_all(&data_dir).expect("made");
    let lock = fs::File::create(data_dir.join(local::LOCK_FILE)).expect("made");
    lock.lock().expect("free");
    let text = r#"{"url": "http://127.0.0.1:4711", "pid": 1, "domain": "localhost"}"#;
    fs::write(data_dir.join(local::SERVER_FILE), text).expect("written");
    assert_eq!(chosen(&settings), ("http://127.0.0.1:4711".to_owned(), Some("local".to_owned())));
}

#[test]
fn a_broken_file_hurts_only_who_needs_it() {
    let place = Place::new().project("{").config(two_profiles);
    let settings = place.settings(overrides(Some("https://work.example"), Some("work")), &[]);
    assert!(settings.project().is_err());
    assert!(settings.server().is_ok());
    assert!(settings.site(None).is_err());
}
