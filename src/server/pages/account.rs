//! `/account`: one's own password and second factor.

use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use qrcode::render::svg;

use super::guard::{Fields, Posted, Visitor, must_sign_in};
use super::layout::{Field, alert, hidden, notice};
use crate::api::ErrorCode;
use crate::server::caller::Caller;
use crate::server::db::users::Account;
use crate::server::error::ServiceError;
use crate::server::http::answer::{Answer, Refusal};
use crate::server::services::account;
use crate::server::services::second_factor::{self, NewKey};

const TITLE: &str = "Your account";
const SECOND_FACTOR: &str = "Second factor";
const PATH: &str = "/account";

pub(super) async fn show(visitor: Visitor) -> Answer {
    let caller = match must_sign_in(&visitor, PATH) {
        Ok(caller) => caller,
        Err(answer) => return answer,
    };
    let shown = account::show(&visitor.state, &caller).await?;
    visitor.page(TITLE, overview(&visitor, &shown, &html! {}))
}

pub(super) async fn submit(Posted { visitor, fields }: Posted) -> Answer {
    let caller = match must_sign_in(&visitor, PATH) {
        Ok(caller) => caller,
        Err(answer) => return answer,
    };
    let done = match fields.text("action") {
        "password" => change_password(&visitor, &caller, &fields).await,
        "remove-second-factor" => {
            let removed = account::remove_second_factor(&visitor.state, &caller, &fields.secret("password")).await;
            removed.map(|()| "the second factor is removed: your password alone signs you in")
        }
        "draw-second-factor" => {
            let key = second_factor::draw(&visitor.state, &caller.user.name)?;
            return visitor.page(SECOND_FACTOR, set_up(&visitor, &key, None));
        }
        "set-second-factor" => {
            let Some(key) = second_factor::read(fields.text("key")) else {
                let error = ServiceError::new(ErrorCode::ValidationFailed, "the form holds no key");
                return Err(Refusal(error));
            };
            let (password, code) = (fields.secret("password"), fields.text("one-time-code"));
            match account::set_second_factor(&visitor.state, &caller, &password, &key, code).await {
                Ok(()) => Ok("the second factor is set up: signing in asks for a code from now on"),
                Err(error) => {
                    let key = second_factor::describe(&visitor.state, &caller.user.name, &key);
                    return visitor.again(error, SECOND_FACTOR, |error| set_up(&visitor, &key, error));
                }
            }
        }
        _ => Err(ServiceError::new(ErrorCode::ValidationFailed, "the form does not say what it is for")),
    };
    let shown = account::show(&visitor.state, &caller).await?;
    match done {
        Ok(text) => visitor.page(TITLE, overview(&visitor, &shown, &notice(text))),
        Err(error) => visitor.again(error, TITLE, |error| overview(&visitor, &shown, &alert(error))),
    }
}

async fn change_password(visitor: &Visitor, caller: &Caller, fields: &Fields) -> Result<&'static str, ServiceError> {
    let (current, new) = (fields.secret("current-password"), fields.secret("new-password"));
    super::invitation::check_repeated(fields)?;
    account::change_password(&visitor.state, caller, &visitor.cookie, &current, &new).await?;
    Ok("the password is changed, and every other browser and terminal is signed out; tokens stay")
}

fn overview(visitor: &Visitor, account: &Account, message: &Markup) -> Markup {
    let has_second_factor = account.totp_secret.is_some();
    html! {
        section.card {
            h1 { (account.user.name) }
            p.lead {
                @if account.user.is_admin { "You own this server." } @else { "You have an account on this server." }
            }
            (message)
            p { "To sign a terminal in, run this there:" }
            p.command { code { "zerodeploy login --api-url " (visitor.state.addresses.api) } }
        }
        section.card {
            h2 { "Password" }
            form method="post" action="/account" {
                (visitor.form_token())
                (hidden("action", "password"))
                // So that password managers know whose password this is.
                input type="text" name="name" autocomplete="username" value=(account.user.name) hidden;
                (Field { name: "current-password", label: "Current password", autocomplete: "current-password",
                    ..Field::default() }.render())
                (new_password())
                button.primary type="submit" { "Change the password" }
            }
        }
        section.card {
            h2 { "Second factor" }
            @if has_second_factor {
                p { span.badge { "On" } " Signing in asks for a code of your authenticator." }
                form method="post" action="/account" {
                    (visitor.form_token())
                    (hidden("action", "remove-second-factor"))
                    (Field { name: "password", label: "Password", autocomplete: "current-password", ..Field::default() }
                        .render())
                    button.secondary type="submit" { "Remove the second factor" }
                }
            } @else {
                p { "A code of an authenticator program, beside the password: who learns the password alone stays outside." }
                form method="post" action="/account" {
                    (visitor.form_token())
                    (hidden("action", "draw-second-factor"))
                    button.secondary type="submit" { "Set up a second factor" }
                }
            }
        }
    }
}

/// The two fields of a password that is chosen.
pub(super) fn new_password() -> Markup {
    html! {
        (Field { name: "new-password", label: "New password", autocomplete: "new-password",
            note: Some("At least 10 characters; several words are good."), ..Field::default() }.render())
        (Field { name: "repeated", label: "Once more", autocomplete: "new-password", ..Field::default() }.render())
    }
}

fn set_up(visitor: &Visitor, key: &NewKey, error: Option<&ServiceError>) -> Markup {
    let groups = key.base32.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group));
    html! {
        section.card {
            h1 { "Set up a second factor" }
            p.lead { "Scan this with an authenticator program, or type the key into it." }
            (alert(error))
            div.qr role="img" aria-label="The key as a QR code" { (PreEscaped(drawing(&key.uri))) }
            p.key {
                @for group in groups { span { (group) } }
            }
            form method="post" action="/account" {
                (visitor.form_token())
                (hidden("action", "set-second-factor"))
                (hidden("key", &key.base32))
                (Field { name: "one-time-code", label: "Code", autocomplete: "one-time-code",
                    note: Some("The six digits that the program shows now."), ..Field::default() }.render())
                (Field { name: "password", label: "Password", autocomplete: "current-password", ..Field::default() }
                    .render())
                button.primary type="submit" { "Turn it on" }
            }
            p { a href="/account" { "Back, without it" } }
        }
    }
}

/// The drawing alone, without the prolog that HTML has no place for; nothing where a text is too long for a code.
fn drawing(text: &str) -> String {
    let Ok(code) = QrCode::new(text) else { return String::new() };
    let image = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    image.find("<svg").map(|start| image[start..].to_owned()).unwrap_or_default()
}
