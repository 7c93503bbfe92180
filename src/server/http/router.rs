//! The route table: every path with what it asks of its caller. The router and `openapi.json` are both made of it, so
//! that no route exists unguarded or undescribed.

use std::sync::Arc;

use axum::Router;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, delete, get, patch, post};

use crate::api::audit::AuditEvent;
use crate::api::deployments::{
    BeginDeployment, BegunDeployment, DeployedFile, Deployment, FinishDeployment, FinishedDeployment, LogEntry,
    ReceivedBlobs,
};
use crate::api::login::{DeviceAuthorization, DeviceRequest, SessionToken, TokenRequest};
use crate::api::members::{ChangeRole, InviteMember, Member};
use crate::api::organizations::{CreateOrganization, Organization};
use crate::api::sessions::Session;
use crate::api::sites::{CreateSite, Promote, Rollback, Site};
use crate::api::tokens::{CreateToken, CreatedToken, RotateToken, RotatedToken, Token, TokenDetails, TokenFinding};
use crate::api::users::{InviteUser, OneTimeLink, User};
use crate::api::{Deleted, Health, WhoAmI};
use crate::content::{frame, manifest};
use crate::domain::permission::Permission;
use crate::server::caller::Access;
use crate::server::handlers::{
    audit, deployments, login, members, organizations, sessions, sites, system, tokens, users,
};
use crate::server::pages;
use crate::server::rate_limit::Counted;
use crate::server::state::State;

use super::authorize::{Guard, authorize};
use super::observe::{Observer, observe};
use super::openapi::{Input, Output, schema};

/// One route.
pub struct Route {
    /// The method, in upper case.
    pub method: &'static str,
    /// The path with `{parameters}`.
    pub path: &'static str,
    /// What it asks of its caller.
    pub access: Access,
    pub(crate) id: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) query: &'static [&'static str],
    pub(crate) input: Input,
    pub(crate) output: Output,
    handler: fn() -> MethodRouter<Arc<State>>,
}

impl Route {
    /// What a request of it counts as, where requests are limited.
    fn counted(&self) -> Counted {
        match self.id {
            "begin_deployment" => Counted::Deploy,
            "upload_blobs" => Counted::Upload,
            _ => Counted::Request,
        }
    }
}

macro_rules! routes {
    ($($method:ident $path:literal, $access:expr, $id:literal, $summary:literal, $query:expr, $input:expr => $output:expr,
       $handler:path;)*) => {
        /// Every route of the API.
        pub const ROUTES: &[Route] = &[$(Route {
            method: stringify!($method),
            path: $path,
            access: $access,
            id: $id,
            summary: $summary,
            query: &$query,
            input: $input,
            output: $output,
            handler: || routes!(@method $method)($handler),
        },)*];
    };
    (@method GET) => { get };
    (@method POST) => { post };
    (@method PATCH) => { patch };
    (@method DELETE) => { delete };
}

const SESSION: Access = Access::Session;

const fn may(permission: Permission) -> Access {
    Access::Permission(permission)
}

routes! {
    GET "/healthz", Access::Public, "health", "Tell whether the server works",
        [], Input::None => Output::Plain(schema::<Health>), system::health;
    GET "/openapi.json", Access::Public, "openapi", "Show this document",
        [], Input::None => Output::Document, system::openapi;
    GET "/whoami", Access::Authenticated, "who_am_i", "Show whose credential this is and what it may do",
        [], Input::None => Output::Data(schema::<WhoAmI>), system::who_am_i;

    GET "/orgs", may(Permission::OrgsRead), "list_organizations", "List the owner's organizations",
        [], Input::None => Output::Page(schema::<Organization>), organizations::list;
    POST "/orgs", SESSION, "create_organization", "Create an organization",
        [], Input::Json(schema::<CreateOrganization>) => Output::Created(schema::<Organization>), organizations::create;
    DELETE "/orgs/{org}", SESSION, "delete_organization", "Delete an organization without sites",
        [], Input::None => Output::Data(schema::<Deleted>), organizations::delete;
    GET "/orgs/{org}/audit", SESSION, "list_organization_events", "List what happened in an organization",
        ["since", "limit", "cursor"], Input::None => Output::Page(schema::<AuditEvent>), audit::of_organization;
    GET "/audit", SESSION, "list_events", "List what happened on the server",
        ["since", "limit", "cursor"], Input::None => Output::Page(schema::<AuditEvent>), audit::of_server;

    GET "/orgs/{org}/members", SESSION, "list_members", "List an organization's members and invitations",
        [], Input::None => Output::Page(schema::<Member>), members::list;
    POST "/orgs/{org}/members", SESSION, "invite_member", "Make a link by which somebody joins an organization",
        [], Input::Json(schema::<InviteMember>) => Output::Created(schema::<OneTimeLink>), members::invite;
    PATCH "/orgs/{org}/members/{name}", SESSION, "change_role", "Give a member another role",
        [], Input::Json(schema::<ChangeRole>) => Output::Data(schema::<Member>), members::change_role;
    DELETE "/orgs/{org}/members/{name}", SESSION, "remove_member", "End a membership, or revoke an invitation",
        [], Input::None => Output::Data(schema::<Deleted>), members::remove;

    GET "/sites", may(Permission::SitesRead), "list_sites", "List sites",
        ["org", "cursor"], Input::None => Output::Page(schema::<Site>), sites::list;
    POST "/sites", may(Permission::SitesWrite), "create_site", "Create a site",
        [], Input::Json(schema::<CreateSite>) => Output::Created(schema::<Site>), sites::create;
    GET "/sites/{site}", may(Permission::SitesRead), "show_site", "Show a site",
        [], Input::None => Output::Data(schema::<Site>), sites::show;
    DELETE "/sites/{site}", may(Permission::SitesWrite), "delete_site", "Delete a site with all its deployments",
        [], Input::None => Output::Data(schema::<Deleted>), sites::delete;
    POST "/sites/{site}/rollback", may(Permission::DeploymentsWrite), "roll_back", "Serve an earlier deployment again",
        [], Input::Json(schema::<Rollback>) => Output::Data(schema::<FinishedDeployment>), sites::roll_back;
    POST "/sites/{site}/promote", may(Permission::DeploymentsWrite), "promote", "Publish a preview",
        [], Input::Json(schema::<Promote>) => Output::Data(schema::<FinishedDeployment>), sites::promote;

    GET "/sites/{site}/deployments", may(Permission::DeploymentsRead), "list_deployments", "List a site's deployments",
        ["limit", "cursor"], Input::None => Output::Page(schema::<Deployment>), deployments::list;
    POST "/sites/{site}/deployments", may(Permission::DeploymentsWrite), "begin_deployment", "Begin a deployment",
        [], Input::JsonOr(schema::<BeginDeployment>, manifest::MEDIA_TYPE)
        => Output::Created(schema::<BegunDeployment>), deployments::begin;
    GET "/deployments/{deployment_id}", may(Permission::DeploymentsRead), "show_deployment", "Show a deployment",
        [], Input::None => Output::Data(schema::<Deployment>), deployments::show;
    GET "/deployments/{deployment_id}/files", may(Permission::DeploymentsRead), "list_files", "List a deployment's files",
        ["cursor"], Input::None => Output::Page(schema::<DeployedFile>), deployments::files;
    GET "/deployments/{deployment_id}/logs", may(Permission::DeploymentsRead), "list_logs", "List a deployment's history",
        [], Input::None => Output::Page(schema::<LogEntry>), deployments::logs;
    POST "/deployments/{deployment_id}/blobs", may(Permission::DeploymentsWrite), "upload_blobs", "Upload contents",
        [], Input::Binary(frame::MEDIA_TYPE) => Output::Data(schema::<ReceivedBlobs>), deployments::receive;
    POST "/deployments/{deployment_id}/finish", may(Permission::DeploymentsWrite), "finish_deployment",
        "Publish a deployment", [], Input::Json(schema::<FinishDeployment>)
        => Output::Data(schema::<FinishedDeployment>), deployments::finish;

    GET "/tokens", SESSION, "list_tokens", "List tokens",
        ["kind", "org", "site"], Input::None => Output::Page(schema::<Token>), tokens::list;
    POST "/tokens", SESSION, "create_token", "Create a token",
        [], Input::Json(schema::<CreateToken>) => Output::Created(schema::<CreatedToken>), tokens::create;
    GET "/tokens/findings", SESSION, "audit_tokens", "List what is wrong with tokens",
        ["org"], Input::None => Output::Page(schema::<TokenFinding>), tokens::findings;
    GET "/tokens/{token}", SESSION, "show_token", "Show a token and its use",
        [], Input::None => Output::Data(schema::<TokenDetails>), tokens::show;
    POST "/tokens/{token}/rotate", SESSION, "rotate_token", "Put a new token in the place of one",
        [], Input::Json(schema::<RotateToken>) => Output::Created(schema::<RotatedToken>), tokens::rotate;
    DELETE "/tokens/{token}", SESSION, "delete_token", "Delete a token, named by its id or prefix",
        [], Input::None => Output::Data(schema::<Deleted>), tokens::delete;

    POST "/oauth/device", Access::Public, "authorize_device", "Ask for a person to sign a terminal in (RFC 8628)",
        [], Input::Form(schema::<DeviceRequest>) => Output::Plain(schema::<DeviceAuthorization>), login::device;
    POST "/oauth/token", Access::Public, "fetch_session", "Fetch the session once the person has approved (RFC 8628)",
        [], Input::Form(schema::<TokenRequest>) => Output::Plain(schema::<SessionToken>), login::token;

    GET "/sessions", SESSION, "list_sessions", "List where you are signed in",
        [], Input::None => Output::Page(schema::<Session>), sessions::list;
    DELETE "/sessions/{session}", SESSION, "revoke_session", "End a session, named by its id, its prefix or `current`",
        [], Input::None => Output::Data(schema::<Deleted>), sessions::revoke;

    GET "/users", SESSION, "list_users", "List the server's accounts and invitations, as its owner",
        [], Input::None => Output::Page(schema::<User>), users::list;
    POST "/users", SESSION, "invite_user", "Invite somebody to an account, as the server's owner",
        [], Input::Json(schema::<InviteUser>) => Output::Created(schema::<OneTimeLink>), users::invite;
    POST "/users/{name}/reset", SESSION, "reset_user", "Make a link to a new password, as the server's owner",
        [], Input::None => Output::Created(schema::<OneTimeLink>), users::reset;
    POST "/users/{name}/disable", SESSION, "disable_user", "Keep somebody out, as the server's owner",
        [], Input::None => Output::Data(schema::<User>), users::disable;
    POST "/users/{name}/enable", SESSION, "enable_user", "Let somebody in again, as the server's owner",
        [], Input::None => Output::Data(schema::<User>), users::enable;
}

/// Whether a route's body may be long, and is worked on while it arrives.
pub(super) fn streams_its_body(method: &Method, path: &str) -> bool {
    let route = ROUTES.iter().find(|route| route.path == path && route.method == method.as_str());
    route.is_some_and(|route| matches!(route.input, Input::Binary(_) | Input::JsonOr(..)))
}

/// The API and the server's own pages as a service.
pub(crate) fn router(state: &Arc<State>, observer: Observer) -> Router {
    let routed = ROUTES.iter().fold(Router::<Arc<State>>::new(), |router, route| {
        let guard = Guard { state: Arc::clone(state), access: route.access, counted: route.counted() };
        let guard = from_fn_with_state(guard, authorize);
        router.route(route.path, (route.handler)().layer(guard))
    });
    let routed = routed.merge(pages::router());
    routed.layer(from_fn_with_state(observer, observe)).with_state(Arc::clone(state))
}
