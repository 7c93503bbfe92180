//! A server without connections, for the tests of its parts.

use std::sync::Arc;

use tempfile::TempDir;
use uuid::Uuid;

use crate::api::deployments::{BegunDeployment, FinishDeployment, FinishedDeployment, ReceivedBlobs};
use crate::api::organizations::CreateOrganization;
use crate::api::sites::CreateSite;
use crate::api::tokens::{CreateToken, CreatedToken};
use crate::content::blob::BlobId;
use crate::content::frame::{Encoding, FrameHeader, LONGEST_PART};
use crate::content::manifest::Manifest;
use crate::content::path::SitePath;
use crate::domain::deployment_id::DeploymentId;
use crate::domain::permission::Permission;

use super::addresses::Addresses;
use super::caller::{Access, Caller, Origin, Scope};
use super::db::{self, Db};
use super::error::ServiceError;
use super::packs::PackStore;
use super::rate_limit::RateLimits;
use super::services::begin::Start;
use super::services::{authentication, begin, finish, first_start, organizations, receive, sites, tokens};
use super::settings::{Limits, Settings};
use super::state::State;

/// A server's parts in a folder of their own, with an owner and the organization `personal`.
pub(crate) struct TestState {
    pub(crate) state: Arc<State>,
    /// The owner, signed in.
    pub(crate) owner: Caller,
    folder: TempDir,
}

/// What to bind a token to.
pub(crate) enum Bound<'a> {
    Person,
    Organization(&'a str),
    Site(&'a str),
}

impl TestState {
    pub(crate) async fn new() -> Self {
        Self::with_limits(Limits::default()).await
    }

    pub(crate) async fn with_limits(limits: Limits) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::open(&folder.path().join("test.db")).await.expect("a database");
        let packs = PackStore::open(folder.path().join("packs")).expect("a folder for packs");
        let settings = Settings::new(folder.path().to_owned());
        let addresses = Addresses::new(&settings, settings.listen).expect("valid");
        let user = first_start::owner(&db, "ada", 0).await.expect("an owner");
        let state = State::new(db, packs, addresses, limits, RateLimits::new(None, None), settings.clock, [0; 32]);
        let owner = Caller {
            user,
            scope: Scope::Person,
            token: None,
            session: None,
            prefix: "00000000".to_owned(),
            expires_at: None,
            organizations: Vec::new(),
            origin: Origin::default(),
        };
        TestState { state, owner, folder }
    }

    /// The data folder.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Somebody else, with an organization of theirs.
    pub(crate) async fn stranger(&self, organization: &str) -> Caller {
        let user = db::users::User { id: Uuid::now_v7(), name: organization.to_owned(), is_admin: false };
        let mut write = self.state.db.write().await.expect("a transaction");
        db::users::insert(&mut write, &user, 0).await.expect("inserts");
        write.commit().await.expect("commits");
        let stranger = Caller { user, ..self.owner.clone() };
        self.organization(&stranger, organization).await;
        stranger
    }

    pub(crate) async fn organization_id(&self, slug: &str) -> Uuid {
        let found = db::organizations::find(self.state.db.read(), self.owner.user.id, slug).await.expect("reads");
        found.expect("is there").id
    }

    /// Ends the owner's membership.
    pub(crate) async fn leave(&self, organization: &str) {
        let organization = self.organization_id(organization).await;
        let mut write = self.state.db.write().await.expect("a transaction");
        sqlx::query("DELETE FROM memberships WHERE organization_id = $1 AND user_id = $2")
            .bind(organization)
            .bind(self.owner.user.id)
            .execute(&mut *write)
            .await
            .expect("deletes");
        write.commit().await.expect("commits");
    }

    pub(crate) async fn organization(&self, caller: &Caller, slug: &str) {
        let create = CreateOrganization { slug: slug.parse().expect("a slug") };
        organizations::create(&self.state, caller, &create).await.expect("an organization");
    }

    pub(crate) async fn site(&self, caller: &Caller, organization: &str, slug: &str) {
        let create = CreateSite { org: organization.parse().expect("a slug"), slug: slug.parse().expect("a slug") };
        sites::create(&self.state, caller, &create).await.expect("a site");
    }

    pub(crate) async fn secret(&self, caller: &Caller, bound: Bound<'_>, permissions: &[Permission]) -> CreatedToken {
        let (org, site) = match bound {
            Bound::Person => (None, None),
            Bound::Organization(slug) => (Some(slug.parse().expect("a slug")), None),
            Bound::Site(slug) => (None, Some(slug.parse().expect("a slug"))),
        };
        let permissions = Some(permissions.to_vec());
        let create = CreateToken { name: "test".to_owned(), org, site, permissions, ..CreateToken::default() };
        tokens::create(&self.state, caller, &create).await.expect("a token")
    }

    pub(crate) async fn token(&self, caller: &Caller, bound: Bound<'_>, permissions: &[Permission]) -> Caller {
        let secret = self.secret(caller, bound, permissions).await.token;
        authentication::authenticate(&self.state, &secret, Access::Session, Origin::default())
            .await
            .expect("a valid token")
    }

    pub(crate) async fn begin(
        &self,
        caller: &Caller,
        site: &str,
        manifest: &Manifest,
    ) -> Result<BegunDeployment, ServiceError> {
        let site = begin::open(&self.state, caller, site).await?;
        begin::begin(&self.state, caller, &site, Start::Manifest(manifest.clone())).await
    }

    pub(crate) async fn send(
        &self,
        caller: &Caller,
        id: DeploymentId,
        frames: Vec<u8>,
    ) -> Result<ReceivedBlobs, ServiceError> {
        let receiving = receive::open(&self.state, caller, id).await?;
        receive::receive(&self.state, &receiving, std::io::Cursor::new(frames)).await
    }

    pub(crate) async fn finish(&self, caller: &Caller, id: DeploymentId) -> Result<FinishedDeployment, ServiceError> {
        finish::finish(&self.state, caller, id, &FinishDeployment::default()).await
    }

    /// Deploys as a client does.
    pub(crate) async fn deploy(&self, caller: &Caller, site: &str, files: &[(&str, &[u8])]) -> FinishedDeployment {
        let begun = self.begin(caller, site, &manifest(files)).await.expect("begins");
        let mut contents: Vec<&[u8]> = files.iter().map(|(_, content)| *content).collect();
        contents.sort_unstable_by_key(|content| BlobId::of(content));
        contents.dedup();
        let missing = begun.missing.positions().flat_map(|position| frames(contents[position])).collect();
        self.send(caller, begun.deployment_id, missing).await.expect("receives");
        self.finish(caller, begun.deployment_id).await.expect("finishes")
    }
}

/// The manifest of some files.
pub(crate) fn manifest(files: &[(&str, &[u8])]) -> Manifest {
    let sized: Vec<_> =
        files.iter().map(|(path, content)| (*path, BlobId::of(content), content.len() as u64)).collect();
    manifest_of(&sized)
}

/// A manifest that may say anything.
pub(crate) fn manifest_of(files: &[(&str, BlobId, u64)]) -> Manifest {
    let files = files.iter().map(|(path, blob, size)| (SitePath::new(path).expect("a path"), *blob, *size));
    Manifest::build(files.collect()).expect("a manifest")
}

/// A content in frames.
pub(crate) fn frames(content: &[u8]) -> Vec<u8> {
    if content.is_empty() {
        return frame(BlobId::of(content), 0, content);
    }
    let parts = content.chunks(LONGEST_PART as usize).enumerate();
    parts.flat_map(|(number, part)| frame(BlobId::of(content), number, part)).collect()
}

/// The frame of a content's part.
pub(crate) fn frame(blob: BlobId, number: usize, part: &[u8]) -> Vec<u8> {
    let start = number as u64 * u64::from(LONGEST_PART);
    let length = u32::try_from(part.len()).expect("a part");
    [&FrameHeader { blob, start, length, encoding: Encoding::Identity }.encode(), part].concat()
}
