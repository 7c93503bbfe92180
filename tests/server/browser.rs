//! A browser as far as the server's own pages need one: it keeps the cookie, repeats the form's token, and names its
//! origin.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

use crate::client::Client;
use crate::harness::{Server, text};
use crate::support::Response;

/// The password that the owner has in tests.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// One browser on one connection.
pub(crate) struct Browser {
    client: Client,
    /// `name=value`
    pub(crate) cookie: Option<String>,
    /// The token of the form that was seen last.
    pub(crate) token: String,
    /// What it sends with forms beside the cookie.
    pub(crate) fields: Vec<(&'static str, String)>,
}

impl Browser {
    pub(crate) fn new(server: &Server) -> Self {
        let fields = vec![("Origin", "http://127.0.0.1".to_owned()), ("Sec-Fetch-Site", "same-origin".to_owned())];
        Browser { client: Client::new(server.address(), "127.0.0.1"), cookie: None, token: String::new(), fields }
    }

    /// Looks at a page.
    pub(crate) async fn get(&mut self, path: &str) -> Response {
        let cookie = self.cookie.clone();
        let fields: Vec<(&str, &str)> = cookie.iter().map(|cookie| ("Cookie", cookie.as_str())).collect();
        let response = self.client.send("GET", path, &fields, b"").await;
        self.keep(&response);
        response
    }

    /// Sends a form.
    pub(crate) async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Response {
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let token = self.token.clone();
        let all = form.iter().copied().chain([("form_token", token.as_str())]);
        let body: Vec<String> = all.map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let (cookie, own) = (self.cookie.clone(), self.fields.clone());
        let mut fields = vec![("Content-Type", "application/x-www-form-urlencoded")];
        fields.extend(cookie.iter().map(|cookie| ("Cookie", cookie.as_str())));
        fields.extend(own.iter().map(|(name, value)| (*name, value.as_str())));
        let response = self.client.send("POST", path, &fields, body.join("&").as_bytes()).await;
        self.keep(&response);
        response
    }

    /// Signs in; the answer is whatever it is.
    pub(crate) async fn sign_in(&mut self, name: &str, password: &str, code: &str) -> Response {
        self.get("/sign-in").await;
        self.post("/sign-in", &[("name", name), ("password", password), ("code", code)]).await
    }

    fn keep(&mut self, response: &Response) {
        if let Some(set) = response.header("set-cookie") {
            let pair = set.split(';').next().expect("a cookie");
            self.cookie = if set.contains("Max-Age=0") { None } else { Some(pair.to_owned()) };
        }
        if let Some(token) = hidden(&String::from_utf8_lossy(&response.body), "form_token") {
            self.token = token;
        }
    }
}

/// The value of a hidden field.
pub(crate) fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split('"').next().map(str::to_owned)
}

/// The path of a link.
pub(crate) fn path(link: &str) -> String {
    let (_, path) = link.split_once("/invitation/").expect("a link to an invitation");
    format!("/invitation/{path}")
}

impl Server {
    /// The owner's name.
    pub(crate) async fn owner_name(&self) -> String {
        text(&self.owner().get("/whoami").await.data(), "username").to_owned()
    }

    /// Gives the owner [`PASSWORD`], and a browser that is signed in with it.
    pub(crate) async fn owners_browser(&self) -> Browser {
        let name = self.owner_name().await;
        let link = self.owner().send("POST", &format!("/users/{name}/reset"), &[], b"").await.expect(201).data();
        let link = path(text(&link, "url"));
        let mut browser = Browser::new(self);
        browser.get(&link).await.expect(200);
        browser.post(&link, &[("new-password", PASSWORD), ("repeated", PASSWORD)]).await.expect(200);
        browser.sign_in(&name, PASSWORD, "").await.expect(303);
        browser
    }

    /// Makes an account by an invitation, and a browser that is signed in to it.
    pub(crate) async fn account(&self, name: &str) -> Browser {
        let link = self.owner().post("/users", &json!({ "name": name })).await.expect(201).data();
        let link = path(text(&link, "url"));
        let mut browser = Browser::new(self);
        browser.get(&link).await.expect(200);
        browser.post(&link, &[("new-password", PASSWORD), ("repeated", PASSWORD)]).await.expect(303);
        browser
    }
}
