//! Who asks, and what they may do.

use std::net::IpAddr;

use uuid::Uuid;

use crate::api::ErrorCode;
use crate::domain::permission::{Permission, PermissionSet};
use crate::domain::token_audit::shell_quoted;

use super::db::users::User;
use super::error::ServiceError;

/// What a route asks of its caller. Every route names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nobody needs to be anybody
    Public,
    /// Any valid credential
    Authenticated,
    /// A session, or a token with this permission
    Permission(Permission),
    /// A signed-in session; no token whatever its permissions
    Session,
}

/// What a credential is bound to.
#[derive(Debug, Clone)]
pub(crate) enum Scope {
    /// A session, or a user token: everything the person reaches
    Person,
    /// One organization
    Organization { id: Uuid, slug: String },
    /// One site; its slug is none when the site is gone
    Site { id: Uuid, slug: Option<String>, organization_id: Uuid, organization_slug: String },
}

/// A token beside its scope.
#[derive(Debug, Clone)]
pub(crate) struct TokenDetails {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) permissions: PermissionSet,
}

/// From where a request came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origin {
    /// The client's address, as the nearest trusted proxy tells it; none inside tests of services.
    pub(crate) address: Option<IpAddr>,
    /// What the client calls itself, cut to a bounded length, without control characters.
    pub(crate) user_agent: Option<String>,
}

/// Somebody whose credential was checked.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) user: User,
    pub(crate) scope: Scope,
    /// The token that was presented; none for a session.
    pub(crate) token: Option<TokenDetails>,
    /// The session that was presented; none for a token.
    pub(crate) session: Option<Uuid>,
    /// The 8 characters after the secret's prefix.
    pub(crate) prefix: String,
    pub(crate) expires_at: Option<i64>,
    /// Slugs of the person's organizations, on routes that are for every credential.
    pub(crate) organizations: Vec<String>,
    /// From where this request came.
    pub(crate) origin: Origin,
}

impl Caller {
    /// A person who is known otherwise than by a credential of the API: by a page, a link or an approved terminal.
    pub(crate) fn person(user: User, origin: Origin) -> Self {
        Caller {
            user,
            scope: Scope::Person,
            token: None,
            session: None,
            prefix: String::new(),
            expires_at: None,
            organizations: Vec::new(),
            origin,
        }
    }

    /// The id of the credential, be it a token or a session.
    pub(crate) fn credential(&self) -> Option<Uuid> {
        self.token.as_ref().map(|token| token.id).or(self.session)
    }

    /// The organization that the credential is bound to.
    pub(crate) fn organization(&self) -> Option<Uuid> {
        match self.scope {
            Scope::Person => None,
            Scope::Organization { id, .. } => Some(id),
            Scope::Site { organization_id, .. } => Some(organization_id),
        }
    }

    /// Checks what a route asks for, before anything is looked up.
    pub(crate) fn check(&self, access: Access) -> Result<(), ServiceError> {
        let Some(token) = &self.token else { return Ok(()) };
        match access {
            Access::Public | Access::Authenticated => Ok(()),
            Access::Permission(wanted) if token.permissions.grants(wanted) => Ok(()),
            Access::Permission(wanted) => Err(ServiceError::new(
                ErrorCode::PermissionMissing,
                format!(
                    "the token `{}` lacks the permission `{wanted}`; it has {}",
                    token.name,
                    if token.permissions.is_empty() { "none".to_owned() } else { format!("`{}`", token.permissions) }
                ),
            )
            .hint(format!("make a token that has it: {}", self.fitting_token(token, wanted)))),
            Access::Session => Err(ServiceError::new(
                ErrorCode::SessionRequired,
                "this needs a signed-in person; a token cannot do it, whatever its permissions",
            )
            .hint("unset ZERODEPLOY_TOKEN, so that your stored session is used; without one, run `zerodeploy login`")),
        }
    }

    /// Who made something, for people: a person, or a person's token by its name.
    pub(crate) fn describe(&self) -> String {
        match &self.token {
            None => self.user.name.clone(),
            Some(token) => format!("{} (token {})", self.user.name, token.name),
        }
    }

    /// The same words whether a thing does not exist or lies outside what the credential reaches.
    pub(crate) fn not_found(&self, what: &str) -> ServiceError {
        let reach = match &self.scope {
            Scope::Person => format!("`{}` reaches", self.user.name),
            Scope::Organization { slug, .. } => format!("this token reaches: it is bound to the organization `{slug}`"),
            Scope::Site { slug: Some(slug), .. } => format!("this token reaches: it is bound to the site `{slug}`"),
            Scope::Site { slug: None, .. } => "this token reaches: the site it was bound to is gone".to_owned(),
        };
        ServiceError::new(ErrorCode::NotFound, format!("there is no {what} that {reach}"))
    }

    fn fitting_token(&self, token: &TokenDetails, wanted: Permission) -> String {
        let scope = match &self.scope {
            Scope::Person => "--user".to_owned(),
            Scope::Organization { slug, .. } => format!("--org {slug}"),
            Scope::Site { slug, .. } => format!("--site {}", slug.as_deref().unwrap_or("SITE")),
        };
        let permissions = token.permissions.union([wanted].into_iter().collect()).without_implied();
        format!("zerodeploy token create {} {scope} --permissions {permissions}", shell_quoted(&token.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(permissions: &[Permission], scope: Scope) -> Caller {
        Caller {
            user: User { id: Uuid::nil(), name: "ada".to_owned(), is_admin: true },
            scope,
            token: Some(TokenDetails {
                id: Uuid::nil(),
                name: "ci".to_owned(),
                kind: "user".to_owned(),
                permissions: permissions.iter().copied().collect(),
            }),
            session: None,
            prefix: "1a2b3c4d".to_owned(),
            expires_at: None,
            organizations: Vec::new(),
            origin: Origin::default(),
        }
    }

    fn site() -> Scope {
        let organization_slug = "acme".to_owned();
        Scope::Site { id: Uuid::nil(), slug: Some("blog".to_owned()), organization_id: Uuid::nil(), organization_slug }
    }

    #[test]
    fn a_token_passes_where_its_permissions_do_and_never_for_a_session() {
        for held in Permission::ALL {
            let token = caller(&[held], Scope::Person);
            assert!(token.check(Access::Public).is_ok() && token.check(Access::Authenticated).is_ok());
            assert_eq!(token.check(Access::Session).expect_err("no session").code, ErrorCode::SessionRequired);
            for wanted in Permission::ALL {
                let passes = held == wanted || held.implied() == Some(wanted);
                match token.check(Access::Permission(wanted)) {
                    Ok(()) => assert!(passes, "{held} {wanted}"),
                    Err(error) => {
                        assert!(!passes, "{held} {wanted}");
                        assert_eq!(error.code, ErrorCode::PermissionMissing);
                        assert!(error.message.contains(wanted.as_str()), "{}", error.message);
                    }
                }
            }
        }
        let session = Caller { token: None, ..caller(&[], Scope::Person) };
        assert!(session.check(Access::Session).is_ok());
        assert!(Permission::ALL.iter().all(|wanted| session.check(Access::Permission(*wanted)).is_ok()));
    }

    #[test]
    fn a_refusal_names_the_command_that_helps() {
        let organization = Scope::Organization { id: Uuid::nil(), slug: "acme".to_owned() };
        for (scope, expected) in [(Scope::Person, "--user"), (organization, "--org acme"), (site(), "--site blog")] {
            let error = caller(&[Permission::SitesRead], scope).check(Access::Permission(Permission::DeploymentsWrite));
            let hint = error.expect_err("refused").hint.expect("a hint");
            assert!(hint.contains(&format!("{expected} --permissions sites:read,deployments:write")), "{hint}");
        }
        let none = caller(&[], Scope::Person).check(Access::Permission(Permission::SitesRead)).expect_err("refused");
        assert!(none.message.ends_with("it has none"), "{}", none.message);
    }

    #[test]
    fn what_is_not_found_tells_the_callers_own_reach_only() {
        let organization_slug = "acme".to_owned();
        let gone = Scope::Site { id: Uuid::nil(), slug: None, organization_id: Uuid::nil(), organization_slug };
        for (scope, expected) in [
            (Scope::Person, "there is no site `x` that `ada` reaches"),
            (site(), "there is no site `x` that this token reaches: it is bound to the site `blog`"),
            (gone, "there is no site `x` that this token reaches: the site it was bound to is gone"),
        ] {
            let error = caller(&[], scope).not_found("site `x`");
            assert_eq!((error.code, error.message.as_str()), (ErrorCode::NotFound, expected));
        }
    }
}
