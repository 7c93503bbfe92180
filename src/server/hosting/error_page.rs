//! Built-in pages for what cannot be served: small, self-contained, plain text for programs.

use bytes::Bytes;
use hyper::http::header::{ACCEPT, ALLOW, CONTENT_LENGTH, CONTENT_TYPE};
use hyper::http::request::Parts;
use hyper::http::{HeaderValue, Method, Response, StatusCode};

use super::body::SiteBody;
use super::headers;
use crate::domain::deployment_id::DeploymentId;

/// What went wrong, in a visitor's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ErrorPage {
    status: StatusCode,
    title: &'static str,
    text: &'static str,
}

impl ErrorPage {
    /// No, several or impossible host names.
    pub(super) const BAD_HOST: Self = ErrorPage {
        status: StatusCode::BAD_REQUEST,
        title: "Bad request",
        text: "The request does not name exactly one valid host.",
    };
    /// A path that can be no file's.
    pub(super) const BAD_PATH: Self =
        ErrorPage { status: StatusCode::BAD_REQUEST, title: "Bad request", text: "The address is not a valid path." };
    /// A host that stands for no site, deployment or alias.
    pub(super) const NO_SITE: Self = ErrorPage {
        status: StatusCode::NOT_FOUND,
        title: "No site here",
        text: "There is no site at this address, or nothing has been deployed to it yet.",
    };
    /// A path that leads to no file of the site.
    pub(super) const NOT_FOUND: Self = ErrorPage {
        status: StatusCode::NOT_FOUND,
        title: "Page not found",
        text: "This site has no page at this address.",
    };
    /// A rule says that the path is gone for good, and names no page that says so.
    pub(super) const GONE: Self = ErrorPage {
        status: StatusCode::GONE,
        title: "Page gone",
        text: "There was a page at this address. It has been removed and will not come back.",
    };
    /// Sites can only be read.
    pub(super) const METHOD: Self = ErrorPage {
        status: StatusCode::METHOD_NOT_ALLOWED,
        title: "Method not allowed",
        text: "This address can only be read, with GET or HEAD.",
    };
    /// `If-Match` named another content.
    pub(super) const PRECONDITION: Self = ErrorPage {
        status: StatusCode::PRECONDITION_FAILED,
        title: "Precondition failed",
        text: "The file is no longer the one that the request expects.",
    };
    /// Bytes past the end.
    pub(super) const RANGE: Self = ErrorPage {
        status: StatusCode::RANGE_NOT_SATISFIABLE,
        title: "Range not satisfiable",
        text: "The file has no bytes in the range that was asked for.",
    };
    /// Our fault; the details are in the log.
    pub(super) const INTERNAL: Self = ErrorPage {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        title: "Something went wrong",
        text: "The server could not answer. Please try again in a moment.",
    };

    /// The answer to a request; `deployment` is the one that was asked, when it is known.
    pub(super) fn answer(self, parts: &Parts, deployment: Option<DeploymentId>) -> Response<SiteBody> {
        let wants_html = wants_html(parts);
        let body = if wants_html { self.html() } else { format!("{}. {}\n", self.title, self.text) };
        let content_type = if wants_html { "text/html; charset=utf-8" } else { "text/plain; charset=utf-8" };
        let length = HeaderValue::from(body.len());
        let is_head = parts.method == Method::HEAD;
        let mut response = Response::new(if is_head { SiteBody::empty() } else { SiteBody::whole(Bytes::from(body)) });
        *response.status_mut() = self.status;
        let head = response.headers_mut();
        head.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        head.insert(CONTENT_LENGTH, length);
        if self == ErrorPage::METHOD {
            head.insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        }
        headers::mark_error(head, deployment);
        response
    }

    fn html(self) -> String {
        let ErrorPage { status, title, text } = self;
        let status = status.as_u16();
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>\n\
             :root {{ color-scheme: light dark; --ink: #1d2330; --faint: #667085; --paper: #fbfbfc }}\n\
             @media (prefers-color-scheme: dark) {{ :root {{ --ink: #e8eaf0; --faint: #98a2b3; --paper: #12151c }} }}\n\
             body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); \
             color: var(--ink); font: 1rem/1.6 system-ui, sans-serif }}\n\
             main {{ padding: 2rem; max-width: 32rem }}\n\
             small {{ color: var(--faint); letter-spacing: .08em }}\n\
             h1 {{ margin: .25rem 0; font-size: 1.6rem; line-height: 1.25 }}\n\
             p {{ margin: 0; color: var(--faint) }}\n\
             </style>\n<main>\n<small>{status}</small>\n<h1>{title}</h1>\n<p>{text}</p>\n</main>\n</html>\n"
        )
    }
}

/// Browsers name HTML; programs ask for anything or for something else.
fn wants_html(parts: &Parts) -> bool {
    let names_html =
        |line: &HeaderValue| line.to_str().is_ok_and(|line| line.to_ascii_lowercase().contains("text/html"));
    parts.headers.get_all(ACCEPT).iter().any(names_html)
}
