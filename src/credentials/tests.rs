//! Which credential is found, and where it may go.

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::domain::token;
use crate::settings::Overrides;
use crate::settings::config::UserConfig;
use crate::settings::env::Environment;

fn sample(prefix: &str) -> String {
    token::secret_from_random(prefix, &[9; 64]).expect("enough random bytes")
}

/// Settings of an empty folder, without a keyring, with a token in the environment when given.
fn settings(folder: &TempDir, api_url: &str, token: Option<&str>) -> Settings {
    let variables = [
        (env::CONFIG_DIR, folder.path().join("config").to_string_lossy().into_owned()),
        (env::DATA_DIR, folder.path().join("data").to_string_lossy().into_owned()),
        (env::KEYRING, "off".to_owned()),
        (env::TOKEN, token.unwrap_or_default().to_owned()),
    ];
    let overrides = Overrides { api_url: Some(api_url.to_owned()), ..Overrides::default() };
    Settings::load(overrides, Environment::of(variables), folder.path())
}

fn profile(url: &str, store: Store) -> Profile {
    Profile {
        platform: Platform::Zerodeploy,
        url: Some(url.to_owned()),
        org: None,
        store,
        data_dir: None,
        other: serde_json::Map::new(),
    }
}

/// Signs in to `https://a.example` under the profile `a`.
fn signed_in(folder: &TempDir) {
    let settings = settings(folder, "https://a.example", None);
    let secret = SecretString::from(sample(token::SESSION_PREFIX));
    let fresh = Fresh { origin: "https://a.example".to_owned(), secret, session_until: None };
    let stored = store(&settings, "a", fresh, &mut Vec::new()).expect("stored");
    assert_eq!(stored, Store::File);
    UserConfig::update(&folder.path().join("config"), |config| {
        config.profiles.insert("a".to_owned(), profile("https://a.example", stored));
        config.default_profile = Some("a".to_owned());
    })
    .expect("written");
}

fn found(settings: &Settings) -> Result<Credential, CredentialError> {
    find(settings, &settings.server().expect("a server"))
}

#[test]
fn the_environment_wins_over_the_store() {
    let folder = tempfile::tempdir().expect("a folder");
    signed_in(&folder);
    let stored = found(&settings(&folder, "https://a.example", None)).expect("stored");
    assert_eq!(stored.source, Source::File(folder.path().join("config/credentials.json")));
    assert!(!stored.is_api_token());
    let token = sample(token::TOKEN_PREFIX);
    let given = found(&settings(&folder, "https://a.example", Some(&token))).expect("given");
    assert_eq!(given.source, Source::Environment);
    assert!(given.is_api_token());
    assert!(!format!("{given:?}").contains(&token));
}

#[test]
fn a_stored_credential_never_leaves_its_origin() {
    let folder = tempfile::tempdir().expect("a folder");
    signed_in(&folder);
    for url in ["https://b.example", "http://127.0.0.1:1", "https://a.example:8443"] {
        let error = found(&settings(&folder, url, None)).expect_err("another origin");
        assert!(matches!(&error, CredentialError::OtherOrigin { bound_to, .. } if bound_to == "https://a.example"));
        assert_eq!(error.code().exit_code(), 1);
    }
    // Not even when the configuration is changed to claim it.
    UserConfig::update(&folder.path().join("config"), |config| {
        config.profiles.insert("a".to_owned(), profile("https://evil.example", Store::File));
    })
    .expect("written");
    let error = found(&settings(&folder, "https://evil.example", None)).expect_err("another origin");
    assert!(matches!(error, CredentialError::OtherOrigin { .. }));
}

#[test]
fn a_damaged_token_is_refused_before_anything_is_sent() {
    let folder = tempfile::tempdir().expect("a folder");
    for text in [" x", "\"x\"", "x\n"] {
        let error = found(&settings(&folder, "https://a.example", Some(text))).expect_err("damaged");
        assert_eq!(error.code(), crate::api::ErrorCode::TokenInvalid);
        assert!(error.to_string().contains("from ZERODEPLOY_TOKEN"), "{error}");
    }
}

#[test]
fn without_any_credential_the_error_names_both_ways() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = found(&settings(&folder, "https://a.example", None)).expect_err("none");
    assert_eq!(error.code().exit_code(), 1);
    let hints = error.hints().join("\n");
    assert!(hints.contains("--api-url https://a.example") && hints.contains("ZERODEPLOY_TOKEN"), "{hints}");
}

#[test]
fn a_profile_of_the_keyring_says_so_when_it_is_off() {
    let folder = tempfile::tempdir().expect("a folder");
    UserConfig::update(&folder.path().join("config"), |config| {
        config.profiles.insert("a".to_owned(), profile("https://a.example", Store::Keyring));
    })
    .expect("written");
    let error = found(&settings(&folder, "https://a.example", None)).expect_err("off");
    assert!(matches!(error, CredentialError::Keyring { .. }), "{error}");
}

#[test]
fn what_was_removed_is_gone_and_the_servers_own_session_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    signed_in(&folder);
    let settings = settings(&folder, "https://a.example", None);
    assert_eq!(remove(&settings, "a", Store::File), Ok(true));
    assert_eq!(remove(&settings, "a", Store::File), Ok(false));
    assert!(matches!(found(&settings), Err(CredentialError::Missing { .. })));
    assert!(remove(&settings, "local", Store::Local).is_err());
}

#[test]
fn the_local_session_is_for_the_running_server_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let data_dir = folder.path().join("data");
    fs::create_dir_all(&data_dir).expect("made");
    UserConfig::update(&folder.path().join("config"), |config| config.register_local(&data_dir)).expect("written");
    let lock = fs::File::create(data_dir.join(local::LOCK_FILE)).expect("made");
    lock.lock().expect("free");
    let text = r#"{"url": "http://127.0.0.1:4711", "pid": 1, "domain": "localhost"}"#;
    fs::write(data_dir.join(local::SERVER_FILE), text).expect("written");

    let here = settings(&folder, "http://127.0.0.1:4711", None);
    assert!(matches!(found(&here), Err(CredentialError::NoLocalSession { .. })));
    fs::write(data_dir.join(local::SESSION_FILE), sample(token::SESSION_PREFIX) + "\n").expect("written");
    let credential = found(&here).expect("the owner's session");
    assert_eq!(credential.source, Source::Local(data_dir.join(local::SESSION_FILE)));
    let elsewhere = found(&settings(&folder, "http://127.0.0.1:4712", None)).expect_err("another port");
    assert!(matches!(elsewhere, CredentialError::OtherOrigin { .. }), "{elsewhere}");
    let foreign = found(&settings(&folder, "http://127.0.0.1:4711", Some("eyJ.x.y"))).expect_err("not our form");
    assert!(matches!(foreign, CredentialError::Flawed { flaw: secret::Flaw::Malformed, .. }), "{foreign}");
}
