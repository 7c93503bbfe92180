//! `/device`: a terminal shows a code, and a person approves it here.
//!
//! A link may fill the code in, but looking it up takes a click: a wrong code counts as an attempt, and no link of
//! somebody else's may use those up.

use maud::{Markup, html};
use serde::Deserialize;

use super::guard::{Posted, Visitor, must_sign_in};
use super::layout::{Field, alert, hidden};
use crate::domain::user_code::UserCode;
use crate::server::clock::timestamp;
use crate::server::db::device_authorizations::{Decision, DeviceAuthorization};
use crate::server::error::ServiceError;
use crate::server::http::answer::Answer;
use crate::server::http::body::QueryOf;

use crate::server::services::device_approval;

const TITLE: &str = "Sign a terminal in";

#[derive(Deserialize)]
pub(super) struct Query {
    code: Option<String>,
}

pub(super) async fn show(visitor: Visitor, QueryOf(query): QueryOf<Query>) -> Answer {
    // Only what is a code is repeated, in our own writing.
    let code = query.code.and_then(|code| code.parse::<UserCode>().ok()).map(|code| code.to_string());
    let path = code.as_ref().map_or_else(|| "/device".to_owned(), |code| format!("/device?code={code}"));
    match must_sign_in(&visitor, &path) {
        Ok(_) => visitor.page(TITLE, entry(&visitor, code.as_deref().unwrap_or_default(), None)),
        Err(answer) => answer,
    }
}

pub(super) async fn submit(Posted { visitor, fields }: Posted) -> Answer {
    let caller = match must_sign_in(&visitor, "/device") {
        Ok(caller) => caller,
        Err(answer) => return answer,
    };
    let (state, code) = (&visitor.state, fields.text("code"));
    let outcome = match fields.text("action") {
        "approve" => {
            device_approval::decide(state, &caller, code, Decision::Approved).await.map(|device| decided(&device, true))
        }
        "deny" => {
            device_approval::decide(state, &caller, code, Decision::Denied).await.map(|device| decided(&device, false))
        }
        _ => device_approval::look_up(state, &caller, code)
            .await
            .map(|(code, device)| question(&visitor, &code, &device)),
    };
    match outcome {
        Ok(body) => visitor.page(TITLE, body),
        Err(error) => visitor.again(error, TITLE, |error| entry(&visitor, "", error)),
    }
}

fn entry(visitor: &Visitor, code: &str, error: Option<&ServiceError>) -> Markup {
    html! {
        section.card {
            h1 { "Sign a terminal in" }
            p.lead { "Type the code that " code { "zerodeploy login" } " shows." }
            (alert(error))
            form method="post" action="/device" {
                (visitor.form_token())
                div.code-field {
                    (Field { name: "code", label: "Code", value: code, has_focus: code.is_empty(),
                        note: Some("Eight letters, such as BCDF-GHJK."), ..Field::default() }.render())
                }
                button.primary type="submit" autofocus[!code.is_empty()] { "Continue" }
            }
        }
    }
}

fn question(visitor: &Visitor, code: &UserCode, device: &DeviceAuthorization) -> Markup {
    let here = visitor.origin.address.map(|address| address.to_string());
    let unknown = "not known";
    let host = if device.host.is_empty() { unknown } else { &device.host };
    let is_elsewhere = here.is_some() && device.address.is_some() && here != device.address;
    let form = |action: &str, class: &str, label: &str| {
        html! {
            form method="post" action="/device" {
                (visitor.form_token())
                (hidden("code", &code.to_string()))
                (hidden("action", action))
                button class=(class) type="submit" { (label) }
            }
        }
    };
    html! {
        section.card {
            h1 { "Is this your terminal?" }
            p.lead { "Compare this code with the one that your terminal shows:" }
            p.user-code { (code) }
            dl {
                dt { "Machine" } dd { (host) }
                dt { "Address" } dd { (device.address.as_deref().unwrap_or(unknown)) }
                dt { "Program" } dd { (device.user_agent.as_deref().unwrap_or(unknown)) }
                dt { "Asked at" } dd { (timestamp(device.created_at).strftime("%Y-%m-%d %H:%M:%S UTC").to_string()) }
            }
            @if is_elsewhere {
                div.caution {
                    p {
                        "The terminal has another address than this browser (" (here.as_deref().unwrap_or(unknown))
                        "). Go on only if you know why."
                    }
                }
            }
            p {
                "Approve only if you have just run " code { "zerodeploy login" } " yourself. Whoever sent you a code, or a "
                "link with one, would be signed in as you, for 30 days."
            }
            div.choice {
                (form("approve", "primary", "Approve"))
                (form("deny", "secondary", "Deny"))
            }
        }
    }
}

fn decided(device: &DeviceAuthorization, is_approved: bool) -> Markup {
    let host = if device.host.is_empty() { "the terminal" } else { &device.host };
    html! {
        section.card {
            @if is_approved {
                p.badge { "Approved" }
                h1 { "Back to your terminal" }
                p.lead { strong { (host) } " is signed in within seconds. You may close this page." }
                p { "To end it, run " code { "zerodeploy logout" } " there, or " code { "zerodeploy session revoke" } " anywhere." }
            } @else {
                p.badge.badge-wrong { "Denied" }
                h1 { "Nothing was signed in" }
                p.lead { strong { (host) } " was told that you refused." }
                p { "If somebody else asked you to approve this, they tried to sign in as you." }
            }
        }
    }
}
