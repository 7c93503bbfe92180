//! What a site shows, and when.

use crate::api::ErrorCode;
use crate::api::deployments::FinishDeployment;
use crate::api::sites::{Promote, Rollback};
use crate::domain::deployment_id::DeploymentId;
use crate::domain::permission::Permission;
use crate::server::caller::{Access, Origin};
use crate::server::db;
use crate::server::services::begin::{self, Start};
use crate::server::services::{authentication, deployments, finish, releases, sites, tokens};
use crate::server::testing::{Bound, TestState, frames, manifest};

async fn test() -> TestState {
    let test = TestState::new().await;
    test.site(&test.owner, "personal", "blog").await;
    test
}

async fn current(test: &TestState) -> Option<DeploymentId> {
    sites::show(&test.state, &test.owner, "blog").await.expect("there").current_deployment_id
}

async fn roll_back(test: &TestState, request: Rollback) -> Result<Option<DeploymentId>, ErrorCode> {
    let rolled = releases::roll_back(&test.state, &test.owner, "blog", &request).await;
    rolled.map(|rolled| rolled.replaced_deployment_id).map_err(|error| error.code)
}

#[tokio::test]
async fn the_stack_of_releases_is_pushed_and_popped() {
    let test = test().await;
    let to = |id: DeploymentId| Rollback { to: Some(id), ..Rollback::default() };
    assert_eq!(roll_back(&test, Rollback::default()).await, Err(ErrorCode::NothingToRollBack));
    let first = test.deploy(&test.owner, "blog", &[("a", b"1")]).await;
    assert_eq!(first.replaced_deployment_id, None);
    assert_eq!(roll_back(&test, Rollback::default()).await, Err(ErrorCode::NothingToRollBack));
    let second = test.deploy(&test.owner, "blog", &[("a", b"2")]).await;
    let (first, second) = (first.deployment.deployment_id, second.deployment.deployment_id);

    // Going back to what is served already adds nothing that the next step back would have to undo.
    assert_eq!(roll_back(&test, to(second)).await, Ok(None));
    assert_eq!(roll_back(&test, Rollback::default()).await, Ok(Some(second)));
    assert_eq!(current(&test).await, Some(first));
    assert_eq!(roll_back(&test, to(second)).await, Ok(Some(first)));
    let only_if_current = Some(first);
    assert_eq!(roll_back(&test, Rollback { to: None, only_if_current }).await, Err(ErrorCode::Conflict));
    assert_eq!(current(&test).await, Some(second));
}

#[tokio::test]
async fn a_preview_is_served_by_its_own_name_until_it_is_promoted() {
    let test = test().await;
    let live = test.deploy(&test.owner, "blog", &[("a", b"1")]).await.deployment.deployment_id;
    let promote = async |deployment_id| {
        let promoted = releases::promote(&test.state, &test.owner, "blog", &Promote { deployment_id }).await;
        promoted.map(|promoted| promoted.replaced_deployment_id).map_err(|error| error.code)
    };
    assert_eq!(promote(None).await, Err(ErrorCode::NotFound));
    let begun = test.begin(&test.owner, "blog", &manifest(&[("a", b"1")])).await.expect("begins");
    assert_eq!(promote(Some(begun.deployment_id)).await, Err(ErrorCode::Conflict), "it is not finished");
    let preview = FinishDeployment { preview: true, ..FinishDeployment::default() };
    let ready = finish::finish(&test.state, &test.owner, begun.deployment_id, &preview).await.expect("finishes");
    assert_eq!((ready.replaced_deployment_id, current(&test).await), (None, Some(live)));
    assert_eq!(promote(None).await, Ok(Some(live)));
    assert_eq!(promote(None).await, Ok(None), "nothing changes hands");
    assert_eq!(current(&test).await, Some(begun.deployment_id));
}

#[tokio::test]
async fn the_same_finish_twice_at_once_publishes_once() {
    let test = test().await;
    test.deploy(&test.owner, "blog", &[("a", b"1")]).await;
    let begun = test.begin(&test.owner, "blog", &manifest(&[("a", b"1")])).await.expect("begins");
    let finish = || test.finish(&test.owner, begun.deployment_id);
    let (left, right, third) = tokio::join!(finish(), finish(), finish());
    let answers = [left, right, third].map(|answer| answer.expect("finishes"));
    assert!(answers.iter().all(|answer| answer.deployment.deployment_id == begun.deployment_id));
    assert_eq!(answers.iter().filter(|answer| answer.replaced_deployment_id.is_some()).count(), 1);
    assert_eq!(
        roll_back(&test, Rollback::default()).await,
        Ok(Some(begun.deployment_id)),
        "there is one release of it"
    );
}

#[tokio::test]
async fn appends_at_once_lose_nothing() {
    let test = test().await;
    test.deploy(&test.owner, "blog", &[("a", b"old"), ("kept", b"kept")]).await;
    let append = async |path: &str| {
        let begun = test.begin(&test.owner, "blog", &manifest(&[(path, path.as_bytes())])).await.expect("begins");
        if begun.missing.count() > 0 {
            test.send(&test.owner, begun.deployment_id, frames(path.as_bytes())).await.expect("receives");
        }
        let options = FinishDeployment { append: true, ..FinishDeployment::default() };
        finish::finish(&test.state, &test.owner, begun.deployment_id, &options).await.expect("finishes")
    };
    let (one, two, three, four) = tokio::join!(append("a"), append("b"), append("c"), append("d"));
    // Which of them came last is not said; the one of `a` adds no path, so two of them may have all five.
    let now = current(&test).await;
    let last = [one, two, three, four].into_iter().find(|answer| Some(answer.deployment.deployment_id) == now);
    let last = last.expect("one of the four is current");
    assert_eq!(last.deployment.file_count, 5);
    let files = deployments::files(&test.state, &test.owner, last.deployment.deployment_id, None).await.expect("lists");
    let paths: Vec<&str> = files.data.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["a", "b", "c", "d", "kept"]);
}

#[tokio::test]
async fn a_deployment_that_was_given_up_says_so() {
    let test = test().await;
    let begun = test.begin(&test.owner, "blog", &manifest(&[("a", b"1")])).await.expect("begins");
    test.send(&test.owner, begun.deployment_id, frames(b"1")).await.expect("receives");
    let mut write = test.state.db.write().await.expect("a transaction");
    assert_eq!(db::deployments::fail_pending(&mut write, i64::MAX, 5).await.expect("runs"), 1);
    write.commit().await.expect("commits");
    let id = begun.deployment_id;
    let conflict = |error: crate::server::error::ServiceError| assert_eq!(error.code, ErrorCode::Conflict);
    conflict(test.finish(&test.owner, id).await.expect_err("too late"));
    conflict(test.send(&test.owner, id, frames(b"1")).await.expect_err("too late"));
    conflict(deployments::files(&test.state, &test.owner, id, None).await.expect_err("they are not kept"));
    let log = deployments::logs(&test.state, &test.owner, id).await.expect("lists");
    assert_eq!(log.last().map(|entry| entry.event.as_str()), Some("failed"));
}

#[tokio::test]
async fn a_site_with_all_its_history_can_be_deleted_and_made_again() {
    let test = test().await;
    for content in [b"1", b"2", b"3"] {
        test.deploy(&test.owner, "blog", &[("app-1a2b3c4d.js", content)]).await;
    }
    test.begin(&test.owner, "blog", &manifest(&[("a", b"1")])).await.expect("begins");
    roll_back(&test, Rollback::default()).await.expect("rolls back");
    sites::delete(&test.state, &test.owner, "blog").await.expect("deletes");
    test.site(&test.owner, "personal", "blog").await;
    assert_eq!(current(&test).await, None);
}

#[tokio::test]
async fn what_was_sent_with_a_token_is_not_published_once_it_is_deleted() {
    let test = test().await;
    let files: &[(&str, &[u8])] = &[("a", b"1")];
    let made = test.secret(&test.owner, Bound::Site("blog"), &[Permission::DeploymentsWrite]).await;
    let caller = authentication::authenticate(&test.state, &made.token, Access::Session, Origin::default())
        .await
        .expect("valid");
    let begun = test.begin(&caller, "blog", &manifest(files)).await.expect("begins");
    test.send(&caller, begun.deployment_id, frames(b"1")).await.expect("receives");
    tokens::delete(&test.state, &test.owner, &made.details.id.to_string()).await.expect("deleted");
    let finished = test.finish(&caller, begun.deployment_id).await;
    assert_eq!(finished.expect_err("deleted").code, ErrorCode::TokenRevoked);
    let sent = test.send(&caller, begun.deployment_id, frames(b"1")).await;
    assert_eq!(sent.expect_err("deleted").code, ErrorCode::TokenRevoked);
    let again = test.begin(&caller, "blog", &manifest(files)).await;
    assert_eq!(again.expect_err("deleted").code, ErrorCode::TokenRevoked);
    assert_eq!(current(&test).await, None);
    test.finish(&test.owner, begun.deployment_id).await.expect("somebody else may");
}

#[tokio::test]
async fn nothing_begins_once_the_owner_of_a_token_has_lost_access() {
    let test = test().await;
    let caller = test.token(&test.owner, Bound::Person, &[Permission::DeploymentsWrite]).await;
    let site = begin::open(&test.state, &caller, "blog").await.expect("within reach");
    test.leave("personal").await;
    let begun = begin::begin(&test.state, &caller, &site, Start::Manifest(manifest(&[("a", b"1")]))).await;
    assert_eq!(begun.expect_err("lost").code, ErrorCode::OwnerLostAccess);
}
