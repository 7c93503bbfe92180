//! `/invitation/{secret}`: one-time links. Looking at one changes nothing and does not use it up.

use axum::extract::Path;
use axum::http::StatusCode;
use maud::{Markup, html};
use secrecy::ExposeSecret as _;

use super::account::new_password;
use super::guard::{Fields, Posted, Visitor, must_sign_in};
use super::layout::{alert, sentence};
use crate::api::ErrorCode;
use crate::server::db::invitations::{Invitation, Purpose};
use crate::server::error::ServiceError;
use crate::server::http::answer::{Answer, Refusal};
use crate::server::services::invitations;
use crate::server::services::joining::{self, Needs};

pub(super) async fn show(visitor: Visitor, Path(secret): Path<String>) -> Answer {
    let (invitation, needs) = match joining::look(&visitor.state, &secret).await {
        Ok(found) => found,
        Err(error) => return useless(&visitor, error),
    };
    let path = path(&secret);
    if needs == Needs::SignIn && visitor.person.is_none() {
        return visitor.to_sign_in(&path);
    }
    visitor.page(title(&invitation), offer(&visitor, &invitation, needs, &path, None))
}

pub(super) async fn submit(Path(secret): Path<String>, Posted { visitor, fields }: Posted) -> Answer {
    let (invitation, needs) = match joining::look(&visitor.state, &secret).await {
        Ok(found) => found,
        Err(error) => return useless(&visitor, error),
    };
    let path = path(&secret);
    let outcome = match needs {
        Needs::SignIn => {
            let caller = match must_sign_in(&visitor, &path) {
                Ok(caller) => caller,
                Err(answer) => return answer,
            };
            joining::as_person(&visitor.state, &secret, &caller).await.map(|invitation| (invitation, None))
        }
        Needs::Password => match check_repeated(&fields) {
            Ok(()) => {
                let password = fields.secret("new-password");
                joining::with_password(&visitor.state, &secret, &password, &visitor.origin).await
            }
            Err(error) => Err(error),
        },
    };
    match outcome {
        Ok((_, Some(cookie))) => visitor.go("/account", Some(&cookie)),
        Ok((used, None)) => visitor.page(title(&used), done(&used)),
        Err(error) if error.code == ErrorCode::NotFound => useless(&visitor, error),
        Err(error) => {
            let title = title(&invitation);
            visitor.again(error, title, |error| offer(&visitor, &invitation, needs, &path, error))
        }
    }
}

/// Refuses a new password that was not typed the same way twice.
pub(super) fn check_repeated(fields: &Fields) -> Result<(), ServiceError> {
    if fields.secret("new-password").expose_secret() == fields.secret("repeated").expose_secret() {
        return Ok(());
    }
    Err(ServiceError::new(ErrorCode::ValidationFailed, "the two new passwords are not the same"))
}

fn path(secret: &str) -> String {
    format!("{}{secret}", invitations::PATH)
}

fn title(invitation: &Invitation) -> &'static str {
    match invitation.purpose {
        Purpose::Account => "Your invitation",
        Purpose::Membership => "Join an organization",
        Purpose::Reset => "A new password",
    }
}

fn useless(visitor: &Visitor, error: ServiceError) -> Answer {
    if !matches!(error.code, ErrorCode::NotFound | ErrorCode::Conflict) {
        return Err(Refusal(error));
    }
    let status = StatusCode::from_u16(error.code.status()).unwrap_or(StatusCode::NOT_FOUND);
    let body = html! {
        section.card {
            p.badge.badge-wrong { "Link" }
            h1 { "This link does nothing" }
            p.lead { (sentence(&error.message)) }
            @if let Some(hint) = &error.hint { p { (sentence(hint)) } }
            p { a href="/account" { "To your account" } }
        }
    };
    visitor.page_with(status, "This link does nothing", body)
}

fn offer(visitor: &Visitor, invitation: &Invitation, needs: Needs, path: &str, error: Option<&ServiceError>) -> Markup {
    let (name, inviter, domain) = (&invitation.name, &invitation.inviter, &visitor.state.addresses.domain);
    let membership = invitation.membership.as_ref();
    let is_other =
        needs == Needs::SignIn && visitor.person.as_ref().is_some_and(|person| !person.name.eq_ignore_ascii_case(name));
    html! {
        section.card {
            @match (invitation.purpose, membership) {
                (Purpose::Reset, _) => {
                    h1 { "Choose a new password" }
                    p.lead { "For the account " strong { (name) } " on " strong { (domain) } "." }
                    p {
                        "It removes the second factor, if there is one, and signs every browser and terminal out. "
                        "Tokens stay as they are."
                    }
                }
                (_, Some((_, organization, role))) => {
                    h1 { "Join " (organization) }
                    p.lead {
                        strong { (inviter) } " invites " strong { (name) } " to the organization " strong { (organization) }
                        " on " strong { (domain) } ", as " (role) "."
                    }
                }
                _ => {
                    h1 { "Welcome, " (name) }
                    p.lead { strong { (inviter) } " invites you to an account on " strong { (domain) } "." }
                }
            }
            (alert(error))
            @if is_other {
                p { "You are signed in to another account. Sign out above, then open the link again." }
            } @else {
                form method="post" action=(path) {
                    (visitor.form_token())
                    @if needs == Needs::Password {
                        input type="text" name="name" autocomplete="username" value=(name) hidden;
                        (new_password())
                    }
                    button.primary type="submit" {
                        @match (invitation.purpose, needs) {
                            (Purpose::Reset, _) => "Set the password",
                            (_, Needs::Password) => "Make the account",
                            (_, Needs::SignIn) => "Join",
                        }
                    }
                }
            }
        }
    }
}

fn done(invitation: &Invitation) -> Markup {
    html! {
        section.card {
            p.badge { "Done" }
            @if let Some((_, organization, role)) = &invitation.membership {
                h1 { "You belong to " (organization) }
                p.lead { "As " (role) ". Your terminals see it at once: " code { "zerodeploy org list" } "." }
            } @else {
                h1 { "The password is set" }
                p.lead { "Everything else was signed out. Sign in with the new password." }
                p { a.button href="/sign-in" { "Sign in" } }
            }
        }
    }
}
