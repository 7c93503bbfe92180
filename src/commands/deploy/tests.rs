//! Deploys to a server that answers as told, and what the engine asks of it.

use std::collections::VecDeque;
use std::fs;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use super::engine::{self, Deployed, Order};
use crate::api::ErrorCode;
use crate::api::deployments::FinishDeployment;
use crate::client::ClientSettings;
use crate::client::zerodeploy::ZeroDeploy;
use crate::error::CliError;
use crate::ui::{Options, Ui};

/// Answers one request after the other, and notes `METHOD path content-type` of each.
#[derive(Clone, Default)]
struct Script {
    answers: Arc<Mutex<VecDeque<(u16, Value)>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Respond for Script {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let kind = request.headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let kind = kind.rsplit(['.', '/']).next().unwrap_or_default();
        let last = request.url.path().rsplit('/').next().unwrap_or_default();
        self.asked.lock().expect("not poisoned").push(format!("{} {last} {kind}", request.method));
        let (status, body) = self.answers.lock().expect("not poisoned").pop_front().expect("an unexpected request");
        ResponseTemplate::new(status).set_body_json(body)
    }
}

struct Setting {
    script: Script,
    server: MockServer,
    order: Order,
    ui: Arc<Ui>,
    folder: tempfile::TempDir,
}

async fn setting(answers: impl IntoIterator<Item = (u16, Value)>) -> Setting {
    let folder = tempfile::tempdir().expect("a folder");
    let site = folder.path().join("site");
    fs::create_dir(&site).expect("made");
    fs::write(site.join("index.html"), "hello").expect("written");
    let script = Script::default();
    script.answers.lock().expect("not poisoned").extend(answers);
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(script.clone()).mount(&server).await;
    let order = Order {
        site: "blog".parse().expect("a slug"),
        folder: site,
        ignore: Vec::new(),
        cache_dir: Some(folder.path().join("cache")),
        finish: FinishDeployment::default(),
    };
    let (ui, _, _) = Ui::captured(Options::default());
    Setting { script, server, order, ui: Arc::new(ui), folder }
}

impl Setting {
    fn client(&self) -> ZeroDeploy {
        ZeroDeploy::new(ClientSettings { base_url: self.server.uri(), ..Default::default() }).expect("a client")
    }

    async fn deploy(&self) -> Result<Deployed, CliError> {
        let scan = engine::scan(&self.ui, &self.order).await?;
        engine::deploy(&self.ui, &self.client(), &self.order, scan).await
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.script.asked.lock().expect("not poisoned"))
    }

    fn index(&self) -> std::path::PathBuf {
        self.order.folder.join("index.html")
    }
}

fn begun(missing: &str) -> (u16, Value) {
    let manifest = "00".repeat(32);
    let limits = json!({"request_bytes": 1 << 20, "parallel_requests": 2});
    (
        201,
        json!({"data": {"deployment_id": "0123456789", "manifest_id": manifest, "missing": missing, "partial": [],
            "limits": limits}}),
    )
}

fn received() -> (u16, Value) {
    (200, json!({"data": {"frames": 1, "bytes": 5}}))
}

fn finished() -> (u16, Value) {
    (
        200,
        json!({"data": {"deployment_id": "0123456789", "site": "blog", "org": "personal", "status": "ready",
            "is_current": true, "is_preview": false, "url": "http://blog.localhost", "preview_url": "http://x",
            "file_count": 1, "total_size_bytes": 5, "message": null, "manifest_id": "00".repeat(32),
            "created_by": "owner", "created_at": "2026-01-01T00:00:00Z", "finished_at": null,
            "replaced_deployment_id": null}}),
    )
}

fn error(status: u16, code: &str) -> (u16, Value) {
    (status, json!({"error": {"code": code, "message": "no", "limits": {"missing": "01"}}}))
}

const SENT_WHOLE: [&str; 3] = ["POST deployments manifest", "POST blobs frames", "POST finish json"];

#[tokio::test]
async fn an_unchanged_redeploy_takes_two_small_requests() {
    let setting = setting([begun("01"), received(), finished(), begun("00"), finished()]).await;
    let first = setting.deploy().await.expect("deployed");
    assert_eq!((first.unchanged, first.uploaded.blobs, first.uploaded.bytes), (false, 1, 5));
    assert_eq!(setting.asked(), SENT_WHOLE);
    let second = setting.deploy().await.expect("deployed");
    assert_eq!((second.unchanged, second.uploaded.blobs), (true, 0));
    assert_eq!(setting.asked(), ["POST deployments json", "POST finish json"]);
}

#[tokio::test]
async fn a_server_that_forgot_the_manifest_gets_it_again() {
    let answers = [begun("01"), received(), finished(), error(409, "manifest_unknown"), begun("00"), finished()];
    let setting = setting(answers).await;
    setting.deploy().await.expect("deployed");
    setting.asked();
    assert!(!setting.deploy().await.expect("deployed").unchanged);
    assert_eq!(setting.asked(), ["POST deployments json", "POST deployments manifest", "POST finish json"]);
}

#[tokio::test]
async fn contents_that_went_missing_are_sent_again_a_few_times() {
    let missing = || error(409, "blobs_missing");
    let setting = setting([begun("00"), missing(), received(), finished()]).await;
    assert_eq!(setting.deploy().await.expect("deployed").uploaded.blobs, 1);
    assert_eq!(setting.asked()[1..], ["POST finish json", "POST blobs frames", "POST finish json"]);

    let endless = self::setting([begun("00"), missing(), received(), missing(), received(), missing()]).await;
    assert_eq!(endless.deploy().await.expect_err("given up").code(), ErrorCode::BlobsMissing);
}

#[tokio::test]
async fn a_content_found_wrong_is_scanned_once_more() {
    let wrong = || error(422, "blob_mismatch");
    let setting = setting([begun("01"), wrong(), begun("01"), received(), finished()]).await;
    setting.deploy().await.expect("deployed");
    let setting = self::setting([begun("01"), wrong(), begun("01"), wrong()]).await;
    let error = setting.deploy().await.expect_err("given up");
    assert_eq!(error.code(), ErrorCode::FileUnusable);
}

#[tokio::test]
async fn a_file_that_changes_after_the_scan_is_deployed_as_it_is_then() {
    let setting = setting([begun("01"), begun("01"), received(), finished()]).await;
    let scan = engine::scan(&setting.ui, &setting.order).await.expect("scanned");
    fs::write(setting.index(), "hello again").expect("written");
    let deployed = engine::deploy(&setting.ui, &setting.client(), &setting.order, scan).await.expect("deployed");
    assert_eq!(deployed.uploaded.bytes, 11);
    assert_eq!(setting.asked().iter().filter(|asked| asked.starts_with("POST deployments")).count(), 2);
}

#[tokio::test]
async fn folders_and_files_that_cannot_be_deployed_have_their_codes() {
    let code = async |setting: &Setting| setting.deploy().await.expect_err("refused").code();
    let mut setting = setting([begun("01")]).await;
    let scan = engine::scan(&setting.ui, &setting.order).await.expect("scanned");
    fs::remove_file(setting.index()).expect("removed");
    let vanished = engine::deploy(&setting.ui, &setting.client(), &setting.order, scan).await.expect_err("refused");
    assert_eq!(vanished.code(), ErrorCode::FileUnusable);
    setting.asked();
    assert_eq!(code(&setting).await, ErrorCode::EmptyDirectory);
    setting.order.folder = setting.folder.path().join("none");
    assert_eq!(code(&setting).await, ErrorCode::PathNotFound);
    assert_eq!(setting.asked(), Vec::<String>::new(), "nothing is sent");
}

#[cfg(feature = "server")]
mod local {
    use std::path::Path;

    use super::super::local_site;
    use super::*;
    use crate::commands::project::new_site;

    fn site(slug: &str, org: &str) -> (u16, Value) {
        let id = "00000000-0000-7000-8000-000000000000";
        let created_at = "2026-01-01T00:00:00Z";
        let url = format!("http://{slug}.localhost");
        (
            200,
            json!({"data": {"id": id, "slug": slug, "org": org, "url": url, "current_deployment_id": null,
                "created_at": created_at}}),
        )
    }

    fn orgs(slugs: &[&str]) -> (u16, Value) {
        let id = "00000000-0000-7000-8000-000000000000";
        let orgs: Vec<Value> = slugs.iter().map(|slug| json!({"id": id, "slug": slug})).collect();
        (200, json!({"data": orgs, "next_cursor": null}))
    }

    async fn ensure(setting: &Setting, org: Option<&str>) -> Result<(), CliError> {
        let org = org.map(|org| org.parse().expect("a slug"));
        local_site::ensure(&setting.ui, &setting.client(), &setting.order.site, org.as_ref()).await
    }

    #[tokio::test]
    async fn a_site_is_made_in_the_first_organization_when_it_is_not_there() {
        let there = setting([site("blog", "acme")]).await;
        ensure(&there, None).await.expect("there already");
        let made = setting([error(404, "not_found"), orgs(&["acme", "personal"]), site("blog", "personal")]).await;
        ensure(&made, None).await.expect("made");
        assert_eq!(made.asked(), ["GET blog ", "GET orgs ", "POST sites json"]);
        let unclear = setting([error(404, "not_found"), orgs(&["acme", "other"])]).await;
        assert_eq!(ensure(&unclear, None).await.expect_err("which?").code(), ErrorCode::ValidationFailed);
    }

    #[tokio::test]
    async fn a_taken_name_comes_with_a_free_proposal() {
        let missing = || error(404, "not_found");
        let seen = [site("blog", "acme"), site("blog-2", "acme"), missing()];
        let hidden = [missing(), error(409, "slug_taken"), site("blog-2", "acme"), missing()];
        for answers in [Vec::from(seen), Vec::from(hidden)] {
            let error = ensure(&setting(answers).await, Some("personal")).await.expect_err("taken");
            assert_eq!(error.code(), ErrorCode::SlugTaken);
            assert!(error.hints()[0].ends_with("--site blog-3"), "{:?}", error.hints());
        }
    }

    #[tokio::test]
    async fn names_come_from_the_command_or_the_folder() {
        let name = async |named, folder| new_site::name(named, Path::new(folder), "zerodeploy deploy").await;
        let named = name(Some("mine".parse().expect("a slug")), "/x/dist").await;
        assert_eq!(named.expect("a name").as_str(), "mine");
        assert_eq!(name(None, "/x/My Site/dist").await.expect("a name").as_str(), "my-site");
        let error = name(None, "/日本").await.expect_err("nothing usable");
        assert_eq!(error.code(), ErrorCode::ValidationFailed);
    }
}
