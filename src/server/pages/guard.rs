//! Who looks at a page, and whether a form may be believed.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{HOST, LOCATION, ORIGIN, RETRY_AFTER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse as _};
use maud::Markup;
use secrecy::{ExposeSecret as _, SecretString};

use super::{cookie, form_token, layout};
use crate::api::ErrorCode;
use crate::domain::token::PAGE_PREFIX;
use crate::server::caller::{Caller, Origin};
use crate::server::db::users::User;
use crate::server::error::ServiceError;
use crate::server::http::answer::{Answer, OwnForm, Refusal};
use crate::server::http::body::FormBody;
use crate::server::secrets;
use crate::server::services::sign_in;
use crate::server::state::State;

/// A browser, and the person in front of it when they are signed in.
pub(super) struct Visitor {
    pub(super) state: Arc<State>,
    pub(super) person: Option<User>,
    pub(super) origin: Origin,
    /// What its cookie holds, or will hold from this answer on.
    pub(super) cookie: String,
    is_new: bool,
}

impl FromRequestParts<Arc<State>> for Visitor {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<State>) -> Result<Self, Refusal> {
        let origin = parts.extensions.get::<Origin>().cloned().unwrap_or_default();
        let known = cookie::read(state, &parts.headers);
        let person = match &known {
            Some(cookie) => sign_in::person(state, cookie).await?,
            None => None,
        };
        let is_new = known.is_none();
        let cookie = match known {
            Some(cookie) => cookie,
            None => secrets::draw(PAGE_PREFIX)?.secret.expose_secret().to_owned(),
        };
        Ok(Visitor { state: Arc::clone(state), person, origin, cookie, is_new })
    }
}

impl Visitor {
    /// The signed-in person as services know them.
    pub(super) fn caller(&self) -> Option<Caller> {
        self.person.clone().map(|person| Caller::person(person, self.origin.clone()))
    }

    /// The hidden field of every form.
    pub(super) fn form_token(&self) -> Markup {
        layout::hidden(form_token::FIELD, &form_token::of(&self.cookie))
    }

    /// A page.
    pub(super) fn page(&self, title: &str, body: Markup) -> Answer {
        self.page_with(StatusCode::OK, title, body)
    }

    /// A page with another status.
    pub(super) fn page_with(&self, status: StatusCode, title: &str, body: Markup) -> Answer {
        let page = layout::page(title, self.person.as_ref(), &self.form_token(), &body);
        let mut response = (status, Html(page.into_string())).into_response();
        response.extensions_mut().insert(OwnForm);
        if self.is_new {
            response.headers_mut().extend(cookie::set(&self.state, &self.cookie).map(|field| (SET_COOKIE, field)));
        }
        Ok(response)
    }

    /// A form once more, with what was wrong with it; what the person cannot mend goes on as an error.
    pub(super) fn again(
        &self,
        error: ServiceError,
        title: &str,
        form: impl FnOnce(Option<&ServiceError>) -> Markup,
    ) -> Answer {
        let is_theirs = matches!(
            error.code,
            ErrorCode::Forbidden
                | ErrorCode::AccountDisabled
                | ErrorCode::RateLimited
                | ErrorCode::ValidationFailed
                | ErrorCode::NotFound
                | ErrorCode::Conflict
        );
        if !is_theirs {
            return Err(Refusal(error));
        }
        // 401 would ask for a credential in a header.
        let status = match error.code {
            ErrorCode::AccountDisabled => StatusCode::FORBIDDEN,
            code => StatusCode::from_u16(code.status()).unwrap_or(StatusCode::BAD_REQUEST),
        };
        let mut response = self.page_with(status, title, form(Some(&error)))?;
        if let Some(seconds) = error.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        Ok(response)
    }

    /// Goes on to another page of ours, with a new cookie if there is one.
    pub(super) fn go(&self, path: &str, new_cookie: Option<&SecretString>) -> Answer {
        let mut response = StatusCode::SEE_OTHER.into_response();
        let headers = response.headers_mut();
        let location = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/account"));
        headers.insert(LOCATION, location);
        let cookie = new_cookie.map(|secret| secret.expose_secret());
        headers.extend(cookie.and_then(|value| cookie::set(&self.state, value)).map(|field| (SET_COOKIE, field)));
        Ok(response)
    }

    /// Goes on to signing in, and from there back to `path`.
    pub(super) fn to_sign_in(&self, path: &str) -> Answer {
        let next = percent_encoding::utf8_percent_encode(path, percent_encoding::NON_ALPHANUMERIC);
        self.go(&format!("/sign-in?next={next}"), None)
    }

    /// Goes to signing in, without the cookie.
    pub(super) fn signed_out(&self) -> Answer {
        let mut response = self.go("/sign-in", None)?;
        response.headers_mut().extend(cookie::clear(&self.state).map(|field| (SET_COOKIE, field)));
        Ok(response)
    }
}

/// The fields of a form. They may hold passwords: nothing here can be printed.
pub(super) struct Fields(HashMap<String, String>);

impl Fields {
    /// A field; empty when it is not there.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    /// A field that nobody should see.
    pub(super) fn secret(&self, name: &str) -> SecretString {
        self.text(name).to_owned().into()
    }
}

/// A form that a page of ours made for this browser, and that this browser sent from one of our pages.
pub(super) struct Posted {
    pub(super) visitor: Visitor,
    pub(super) fields: Fields,
}

impl FromRequest<Arc<State>> for Posted {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &Arc<State>) -> Result<Self, Refusal> {
        let forbidden = |message: &str, hint: &str| {
            Err(Refusal(ServiceError::new(ErrorCode::Forbidden, message.to_owned()).hint(hint)))
        };
        if !comes_from_us(state, request.headers()) {
            return forbidden("this form was sent from another site", "open the page itself, and send it from there");
        }
        let (mut parts, body) = request.into_parts();
        // Who it is from is asked once all of it is here: whoever sends it slowly may have been signed out meanwhile.
        let FormBody(fields) = FormBody::from_request(Request::from_parts(parts.clone(), body), state).await?;
        let visitor = Visitor::from_request_parts(&mut parts, state).await?;
        let fields = Fields(fields);
        if visitor.is_new || !form_token::fits(&visitor.cookie, fields.text(form_token::FIELD)) {
            return forbidden(
                "this form is out of date, or the browser kept no cookie of this server",
                "go back, load the page again, and send the form anew",
            );
        }
        Ok(Posted { visitor, fields })
    }
}

/// Whether browsers say that a form came from one of our pages. Programs that say nothing at all are no browsers that
/// somebody else's page could use; for those the form's token stands alone.
fn comes_from_us(state: &State, headers: &HeaderMap) -> bool {
    let field = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    // `none`: the person sent it by the browser's own means, such as loading the page again.
    let is_same_site = field("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let is_same_origin = field(ORIGIN.as_str()).is_none_or(|origin| {
        let host = origin.split_once("://").map(|(_, host)| host);
        origin == state.addresses.api || (host.is_some() && host == field(HOST.as_str()))
    });
    is_same_site && is_same_origin
}

/// Answers a form whose page asks for somebody who is signed in.
pub(super) fn must_sign_in(visitor: &Visitor, path: &str) -> Result<Caller, Answer> {
    visitor.caller().ok_or_else(|| visitor.to_sign_in(path))
}

/// Where to go after signing in: only to one of our own pages.
pub(super) fn own_path(next: &str) -> Option<&str> {
    let is_plain = next.len() <= 300 && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_page = ["/account", "/device", "/invitation/"].iter().any(|page| next.starts_with(page));
    (is_plain && is_page).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn signing_in_leads_to_own_pages_only() {
        for own in ["/account", "/device?code=BCDF-GHJK", "/invitation/zdi_x"] {
            assert_eq!(own_path(own), Some(own));
        }
        for other in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "/sign-out", "/device\n", " /device"]
        {
            assert_eq!(own_path(other), None, "{other}");
        }
    }
}
