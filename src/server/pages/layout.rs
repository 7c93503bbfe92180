//! What all pages share: the frame, and the parts of forms.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::style::SHEET;
use crate::server::db::users::User;
use crate::server::error::ServiceError;

/// A whole page.
pub(super) fn page(title: &str, person: Option<&User>, form_token: &Markup, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) " · ZeroDeploy" }
                style { (PreEscaped(SHEET)) }
            }
            body {
                header.bar {
                    a.brand href="/account" { (logo()) "ZeroDeploy" }
                    @if let Some(person) = person {
                        form.who method="post" action="/sign-out" {
                            (form_token)
                            a href="/account" { (person.name) }
                            button.quiet type="submit" { "Sign out" }
                        }
                    }
                }
                main { (body) }
            }
        }
    }
}

fn logo() -> Markup {
    html! {
        svg.logo viewBox="0 0 64 64" aria-hidden="true" {
            rect.logo-ground width="64" height="64" rx="16" {}
            ellipse.logo-ring cx="32" cy="33" rx="15" ry="19" fill="none" stroke-width="6" {}
            path.logo-arrow d="M32 42V24m-7 7 7-7 7 7" fill="none" stroke-width="5" stroke-linecap="round"
                stroke-linejoin="round" {}
        }
    }
}

/// A field that nobody fills in.
pub(super) fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A field for a text.
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    /// What browsers and password managers fill in (HTML §4.10.18.7).
    pub(super) autocomplete: &'a str,
    pub(super) value: &'a str,
    pub(super) note: Option<&'a str>,
    pub(super) is_required: bool,
    pub(super) has_focus: bool,
}

impl Default for Field<'_> {
    fn default() -> Self {
        Field { name: "", label: "", autocomplete: "off", value: "", note: None, is_required: true, has_focus: false }
    }
}

impl Field<'_> {
    pub(super) fn render(&self) -> Markup {
        let kind = if self.autocomplete.ends_with("password") { "password" } else { "text" };
        let is_code = self.autocomplete == "one-time-code";
        let note = format!("{}-note", self.name);
        html! {
            div.field {
                label for=(self.name) { (self.label) }
                input id=(self.name) name=(self.name) type=(kind) autocomplete=(self.autocomplete) value=[
                    Some(self.value).filter(|value| !value.is_empty())
                ] required[self.is_required] autofocus[self.has_focus] autocapitalize="none" spellcheck="false"
                    inputmode=[is_code.then_some("numeric")] aria-describedby=[self.note.is_some().then_some(&note)];
                @if let Some(text) = self.note { p.note id=(note) { (text) } }
            }
        }
    }
}

/// What was wrong with a form.
pub(super) fn alert(error: Option<&ServiceError>) -> Markup {
    html! {
        @if let Some(error) = error {
            div.alert role="alert" {
                p { strong { (sentence(&error.message)) } }
                @if let Some(hint) = &error.hint { p { (sentence(hint)) } }
            }
        }
    }
}

/// What went well.
pub(super) fn notice(text: &str) -> Markup {
    html! { div.notice role="status" { p { (sentence(text)) } } }
}

/// Our messages begin small and end without a full stop, as terminals like them; what is `in these` is code.
pub(super) fn sentence(text: &str) -> Markup {
    let mut characters = text.chars();
    let first: String = characters.next().into_iter().flat_map(char::to_uppercase).collect();
    let text = format!("{first}{}", characters.as_str());
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    html! {
        @for (position, part) in text.split('`').enumerate() {
            @if position % 2 == 1 { code { (part) } } @else { (part) }
        }
        (end)
    }
}
