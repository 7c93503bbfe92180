//! What a credential reaches, through every way in.

use crate::api::ErrorCode;
use crate::api::sites::{CreateSite, Promote, Rollback};
use crate::domain::permission::Permission;
use crate::server::caller::{Access, Caller, Origin, Scope};
use crate::server::db;
use crate::server::error::ServiceError;
use crate::server::services::begin;
use crate::server::services::tokens::TokenFilter;
use crate::server::services::{authentication, deployments, finish, organizations, releases, sites, tokens};
use crate::server::testing::{Bound, TestState};

/// Two organizations of the owner with two sites and one site, and one of somebody else.
async fn test() -> TestState {
    let test = TestState::new().await;
    test.organization(&test.owner, "acme").await;
    let stranger = test.stranger("rivals").await;
    for (caller, organization, site) in [
        (&test.owner, "personal", "blog"),
        (&test.owner, "personal", "docs"),
        (&test.owner, "acme", "shop"),
        (&stranger, "rivals", "spy"),
    ] {
        test.site(caller, organization, site).await;
        test.deploy(caller, site, &[("index.html", site.as_bytes())]).await;
    }
    test
}

/// Everything that can be asked about a site and one of its deployments, each with the refusal that came back.
async fn ask_all(test: &TestState, caller: &Caller, site: &str, id: &str) -> Vec<Option<ServiceError>> {
    let (state, id) = (&test.state, id.parse().expect("an id"));
    let promote = Promote { deployment_id: Some(id) };
    vec![
        sites::show(state, caller, site).await.err(),
        sites::delete(state, caller, site).await.err(),
        deployments::list(state, caller, site, None, None).await.err(),
        begin::open(state, caller, site).await.err(),
        releases::roll_back(state, caller, site, &Rollback::default()).await.err(),
        releases::promote(state, caller, site, &promote).await.err(),
        deployments::show(state, caller, id).await.err(),
        deployments::files(state, caller, id, None).await.err(),
        deployments::logs(state, caller, id).await.err(),
        finish::finish(state, caller, id, &Default::default()).await.err(),
    ]
}

#[tokio::test]
async fn what_lies_outside_is_answered_like_what_does_not_exist() {
    let test = test().await;
    let all = Permission::ALL;
    let site_token = test.token(&test.owner, Bound::Site("blog"), &all).await;
    let org_token = test.token(&test.owner, Bound::Organization("personal"), &all).await;
    let user_token = test.token(&test.owner, Bound::Person, &all).await;
    for (caller, outside) in [
        (&site_token, &["docs", "shop", "spy"][..]),
        (&org_token, &["shop", "spy"]),
        (&user_token, &["spy"]),
        (&test.owner, &["spy"]),
    ] {
        let missing = ask_all(&test, caller, "nothing", "0000000000").await;
        for site in outside {
            let row = db::sites::find(test.state.db.read(), site).await.expect("reads").expect("is there");
            let id = row.current.expect("was deployed");
            for (refused, missing) in ask_all(&test, caller, site, &id).await.into_iter().zip(&missing) {
                let (refused, missing) = (refused.expect("is outside"), missing.as_ref().expect("does not exist"));
                assert_eq!((refused.code, missing.code), (ErrorCode::NotFound, ErrorCode::NotFound));
                let named_alike = |error: &ServiceError| {
                    error
                        .message
                        .replace(site, "X")
                        .replace("nothing", "X")
                        .replace(&id, "Y")
                        .replace("0000000000", "Y")
                };
                assert_eq!(named_alike(&refused), named_alike(missing));
                assert_eq!(refused.hint, missing.hint);
            }
        }
    }
}

#[tokio::test]
async fn lists_and_cursors_leave_out_what_is_outside() {
    let test = test().await;
    let all = Permission::ALL;
    let site_token = test.token(&test.owner, Bound::Site("docs"), &all).await;
    let org_token = test.token(&test.owner, Bound::Organization("acme"), &all).await;
    let list = async |caller: &Caller, organization: Option<&str>, cursor: Option<&str>| {
        let page = sites::list(&test.state, caller, organization, cursor).await.map_err(|error| error.code)?;
        Ok(page.data.into_iter().map(|site| site.slug).collect::<Vec<_>>().join(" "))
    };
    let text = |text: &str| Ok(text.to_owned());
    assert_eq!(list(&test.owner, None, None).await, text("blog docs shop"));
    assert_eq!(list(&test.owner, None, Some("blog")).await, text("docs shop"));
    assert_eq!(list(&test.owner, Some("rivals"), None).await, Err(ErrorCode::NotFound));
    assert_eq!(list(&org_token, None, None).await, text("shop"));
    assert_eq!(list(&org_token, Some("personal"), None).await, Err(ErrorCode::NotFound));
    assert_eq!(list(&site_token, None, None).await, text("docs"));
    assert_eq!(list(&site_token, Some("acme"), None).await, text(""));
    assert_eq!(list(&site_token, None, Some("zzz")).await, text(""));

    let other = sites::show(&test.state, &test.owner, "blog").await.expect("there").current_deployment_id;
    let cursor = other.expect("was deployed").to_string();
    for caller in [&site_token, &test.owner] {
        let error = deployments::list(&test.state, caller, "docs", None, Some(&cursor)).await.expect_err("not its own");
        assert_eq!(error.code, ErrorCode::NotFound);
    }

    let organizations = organizations::list(&test.state, &org_token).await.expect("lists");
    let told: Vec<(&str, Option<u64>)> =
        organizations.iter().map(|organization| (organization.slug.as_str(), organization.site_count)).collect();
    assert_eq!(told, [("acme", Some(1)), ("personal", None)]);
}

#[tokio::test]
async fn sites_are_made_within_the_scope_and_a_taken_slug_is_told_to_all() {
    let test = test().await;
    let make = async |caller: &Caller, organization: &str, slug: &str| {
        let create = CreateSite { org: organization.parse().expect("a slug"), slug: slug.parse().expect("a slug") };
        sites::create(&test.state, caller, &create).await.map(|_| ()).map_err(|error| error.code)
    };
    let write = [Permission::SitesWrite];
    let site_token = test.token(&test.owner, Bound::Site("blog"), &write).await;
    let org_token = test.token(&test.owner, Bound::Organization("acme"), &write).await;
    assert_eq!(make(&site_token, "personal", "new").await, Err(ErrorCode::ScopeTooNarrow));
    assert_eq!(make(&org_token, "personal", "new").await, Err(ErrorCode::NotFound));
    assert_eq!(make(&org_token, "rivals", "new").await, Err(ErrorCode::NotFound));
    assert_eq!(make(&org_token, "acme", "spy").await, Err(ErrorCode::SlugTaken));
    assert_eq!(make(&org_token, "acme", "new").await, Ok(()));
}

#[tokio::test]
async fn a_token_is_bound_to_a_thing_and_not_to_its_name() {
    let test = test().await;
    let secret = test.secret(&test.owner, Bound::Site("blog"), &Permission::ALL).await.token;
    sites::delete(&test.state, &test.owner, "blog").await.expect("deletes");
    test.site(&test.owner, "personal", "blog").await;
    let token = authentication::authenticate(&test.state, &secret, Access::Session, Origin::default())
        .await
        .expect("the token itself is there");
    let error = sites::show(&test.state, &token, "blog").await.expect_err("another site");
    assert_eq!(error.code, ErrorCode::NotFound);
    assert!(error.message.contains("the site it was bound to is gone"), "{}", error.message);
    assert!(sites::list(&test.state, &token, None, None).await.expect("lists").data.is_empty());

    let secret = test.secret(&test.owner, Bound::Organization("acme"), &Permission::ALL).await.token;
    sites::delete(&test.state, &test.owner, "shop").await.expect("deletes");
    organizations::delete(&test.state, &test.owner, "acme").await.expect("deletes");
    test.organization(&test.owner, "acme").await;
    let error = authentication::authenticate(&test.state, &secret, Access::Session, Origin::default())
        .await
        .expect_err("another organization")
        .error;
    assert_eq!(error.code, ErrorCode::OwnerLostAccess);
}

#[tokio::test]
async fn a_token_grants_no_more_than_its_owner_has_now() {
    let test = test().await;
    let mut secrets = Vec::new();
    for bound in [Bound::Organization("acme"), Bound::Site("shop")] {
        secrets.push(test.secret(&test.owner, bound, &Permission::ALL).await.token);
    }
    let person = test.token(&test.owner, Bound::Person, &Permission::ALL).await;
    sites::show(&test.state, &person, "shop").await.expect("reaches it");
    test.leave("acme").await;
    for secret in secrets {
        let error = authentication::authenticate(&test.state, &secret, Access::Session, Origin::default())
            .await
            .expect_err("lost")
            .error;
        assert_eq!(error.code, ErrorCode::OwnerLostAccess);
    }
    assert_eq!(sites::show(&test.state, &person, "shop").await.expect_err("lost").code, ErrorCode::NotFound);
}

#[tokio::test]
async fn ended_and_deleted_tokens_are_refused_at_once() {
    let test = test().await;
    let made = test.secret(&test.owner, Bound::Person, &Permission::ALL).await;
    let stranger = test.stranger("others").await;
    let by_prefix = &made.details.prefix[..8];
    for name in [made.details.id.to_string().as_str(), by_prefix, &made.token] {
        let error = tokens::delete(&test.state, &stranger, name).await.expect_err("not theirs");
        assert_eq!(error.code, ErrorCode::NotFound);
        assert!(!error.message.contains(&made.token), "{}", error.message);
    }
    tokens::delete(&test.state, &test.owner, by_prefix).await.expect("deletes");
    let error = authentication::authenticate(&test.state, &made.token, Access::Session, Origin::default())
        .await
        .expect_err("deleted")
        .error;
    assert_eq!(error.code, ErrorCode::TokenRevoked);
    assert!(tokens::list(&test.state, &test.owner, &TokenFilter::default()).await.expect("lists").is_empty());

    let create = crate::api::tokens::CreateToken {
        name: "short".to_owned(),
        expires_in_seconds: Some(60),
        ..Default::default()
    };
    let made = tokens::create(&test.state, &test.owner, &create).await.expect("makes");
    test.state.clock.advance(59_000);
    authentication::authenticate(&test.state, &made.token, Access::Session, Origin::default())
        .await
        .expect("still valid");
    test.state.clock.advance(1_000);
    let error = authentication::authenticate(&test.state, &made.token, Access::Session, Origin::default())
        .await
        .expect_err("ended")
        .error;
    assert_eq!(error.code, ErrorCode::TokenExpired);
}

#[tokio::test]
async fn a_site_token_knows_its_site_by_its_present_state() {
    let test = test().await;
    let token = test.token(&test.owner, Bound::Site("blog"), &[Permission::SitesRead]).await;
    assert!(matches!(&token.scope, Scope::Site { slug: Some(slug), organization_slug, .. }
        if slug == "blog" && organization_slug == "personal"));
    let who = authentication::who_am_i(&token);
    assert_eq!((who.credential.kind.as_str(), who.orgs), ("site", vec!["personal".to_owned()]));
}
