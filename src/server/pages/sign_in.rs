//! `/sign-in` and `/sign-out`.

use maud::{Markup, html};
use serde::Deserialize;

use super::guard::{Posted, Visitor, own_path};
use super::layout::{Field, alert, hidden};
use crate::server::error::ServiceError;
use crate::server::http::answer::Answer;
use crate::server::http::body::QueryOf;
use crate::server::services::invitations::PATH as INVITATION;
use crate::server::services::sign_in::{self, Credentials};

const TITLE: &str = "Sign in";
/// Where people go who were not on their way anywhere.
const HOME: &str = "/account";

#[derive(Deserialize)]
pub(super) struct Query {
    next: Option<String>,
}

pub(super) async fn show(visitor: Visitor, QueryOf(query): QueryOf<Query>) -> Answer {
    let next = query.next.as_deref().and_then(own_path).unwrap_or(HOME);
    if visitor.person.is_some() {
        return visitor.go(next, None);
    }
    visitor.page(TITLE, form(&visitor, next, "", None))
}

pub(super) async fn submit(Posted { visitor, fields }: Posted) -> Answer {
    let next = own_path(fields.text("next")).unwrap_or(HOME);
    let name = fields.text("name").trim();
    let credentials = Credentials { name, password: fields.secret("password"), code: fields.text("code") };
    match sign_in::sign_in(&visitor.state, credentials, &visitor.origin).await {
        Ok(cookie) => visitor.go(next, Some(&cookie)),
        Err(error) => visitor.again(error, TITLE, |error| form(&visitor, next, name, error)),
    }
}

pub(super) async fn sign_out(Posted { visitor, .. }: Posted) -> Answer {
    sign_in::sign_out(&visitor.state, &visitor.cookie).await?;
    visitor.signed_out()
}

fn form(visitor: &Visitor, next: &str, name: &str, error: Option<&ServiceError>) -> Markup {
    let (domain, why) = (&visitor.state.addresses.domain, purpose(next));
    html! {
        section.card {
            h1 { "Sign in" }
            p.lead { (why) " on " strong { (domain) } "." }
            (alert(error))
            form method="post" action="/sign-in" {
                (visitor.form_token())
                (hidden("next", next))
                (Field { name: "name", label: "Name", autocomplete: "username", value: name, has_focus: name.is_empty(),
                    ..Field::default() }.render())
                (Field { name: "password", label: "Password", autocomplete: "current-password",
                    has_focus: !name.is_empty(), ..Field::default() }.render())
                (Field { name: "code", label: "Code", autocomplete: "one-time-code", is_required: false,
                    note: Some("Six digits of your authenticator, if you have set one up."), ..Field::default() }
                    .render())
                button.primary type="submit" { "Sign in" }
            }
            details {
                summary { "No password yet, or forgotten?" }
                p {
                    "The server's owner makes a link to a new one with " code { "zerodeploy user reset NAME" }
                    ". If that is you, run it on the server's own machine."
                }
                @if next.starts_with(INVITATION) {
                    p { "No account yet? Ask the server's owner for one, then open your invitation again." }
                }
            }
        }
    }
}

fn purpose(next: &str) -> &'static str {
    match next {
        next if next.starts_with("/device") => "To approve a terminal, sign in to your account",
        next if next.starts_with(INVITATION) => "To use your invitation, sign in to your account",
        _ => "To your account",
    }
}
