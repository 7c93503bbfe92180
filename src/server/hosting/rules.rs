//! Steps 3 and 5: the rules that a site brings along, `_redirects` and `_headers`.
//!
//! What a rule decides may depend on the request's query, host and fields, so decisions are never kept; the pages of the
//! files that they lead to are.

use hyper::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LANGUAGE, CONTENT_TYPE, COOKIE, VARY,
};
use hyper::http::request::Parts;
use hyper::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::resolve::{at_path, is_configuration, kept_asset};
use super::source::LiveDeployment;
use crate::content::path::RequestPath;
use crate::domain::header_rules::{self, Change, HeaderRules};
use crate::domain::redirects::{self, DependsOn, Outcome, Redirects, Request};
use crate::domain::rules::finding::{Finding, Severity};

/// The rules of a deployment, ready to be asked.
#[derive(Debug)]
pub(crate) struct SiteRules {
    redirects: Option<Redirects>,
    headers: Option<HeaderRules>,
}

impl SiteRules {
    /// The files' names and most bytes, in the order of [`read`](Self::read)'s arguments.
    pub(crate) const FILES: [(&str, usize); 2] =
        [(redirects::FILE, redirects::MOST_BYTES), (header_rules::FILE, header_rules::MOST_BYTES)];

    /// Reads the files of a deployment; `None` when nothing of them applies to any request. May take a tenth of a second:
    /// not for the async runtime. Clients check the files before they deploy, so a line that cannot be used is only logged.
    pub(crate) fn read(redirects: Option<&[u8]>, headers: Option<&[u8]>, deployment: &str) -> Option<SiteRules> {
        let redirects = redirects.and_then(|text| {
            let parsed = redirects::parse(text);
            log_errors(deployment, redirects::FILE, &parsed.findings);
            (!parsed.rules.is_empty()).then(|| Redirects::new(parsed.rules, text.len()))
        });
        let headers = headers.and_then(|text| {
            let parsed = header_rules::parse(text);
            log_errors(deployment, header_rules::FILE, &parsed.findings);
            (!parsed.rules.is_empty()).then(|| HeaderRules::new(parsed.rules, text.len()))
        });
        (redirects.is_some() || headers.is_some()).then_some(SiteRules { redirects, headers })
    }

    /// Bytes in memory (estimate).
    pub(crate) fn bytes(&self) -> usize {
        self.redirects.as_ref().map_or(0, Redirects::bytes) + self.headers.as_ref().map_or(0, HeaderRules::bytes)
    }
}

fn log_errors(deployment: &str, file: &str, findings: &[Finding]) {
    let mut errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    if let Some(first) = errors.next() {
        let (line, more) = (first.line, errors.count());
        tracing::warn!(deployment, file, line, reason = first.message, more, "lines of a site's rules cannot be used");
    }
}

/// A request as rules see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The request.
    pub(super) parts: &'a Parts,
    /// The host that it names, normalized.
    pub(super) host: &'a str,
    /// The field that names the visitor's country, when it can be believed.
    pub(super) country: Option<&'a HeaderName>,
}

/// What the rules say to a request.
#[derive(Debug, Default)]
pub(super) struct Decision {
    /// What a rule does; `None`: what the site has at the path counts.
    pub(super) outcome: Option<Outcome>,
    /// What this depends on.
    pub(super) depends_on: DependsOn,
}

/// Asks the redirect rules. The first rule of the file that applies wins, and a file of the site wins over rules without
/// `!`. A rewrite of many paths leaves assets of earlier deployments alone: an old page that gets the fallback instead of
/// its script is broken.
pub(super) fn decide(deployment: &LiveDeployment, path: &RequestPath, asked: &Asked<'_>) -> Decision {
    let rules = deployment.rules.as_ref().and_then(|rules| rules.redirects.as_ref());
    let Some(rules) = rules.filter(|_| !is_configuration(path)) else { return Decision::default() };
    let cookie = joined(&asked.parts.headers, COOKIE, "; ");
    let accept_language = joined(&asked.parts.headers, ACCEPT_LANGUAGE, ", ");
    let country = asked.country.and_then(|name| asked.parts.headers.get(name)?.to_str().ok());
    let request = Request {
        host: asked.host,
        path: &path.path,
        is_folder: path.is_folder,
        query: asked.parts.uri.query(),
        accept_language: accept_language.as_deref(),
        cookie: cookie.as_deref(),
        country: country.map(str::trim),
    };
    let mut found = if rules.has_forced() { rules.find_forced(&request) } else { redirects::Found::default() };
    if at_path(&deployment.manifest, path).is_none() {
        let other = rules.find_other(&request, found.hit.as_ref().map(|hit| hit.number));
        found.depends_on.add(other.depends_on);
        let hides_asset = |hit: &redirects::Hit| hit.is_dynamic && matches!(hit.outcome, Outcome::Serve { .. });
        let earlier = other.hit.filter(|hit| !(hides_asset(hit) && kept_asset(deployment, path).is_some()));
        found.hit = earlier.or(found.hit);
    }
    Decision { outcome: found.hit.map(|hit| hit.outcome), depends_on: found.depends_on }
}

/// A field's lines as one; `None` when there is none, or it is not text.
fn joined(headers: &HeaderMap, name: HeaderName, separator: &str) -> Option<String> {
    let lines: Vec<&str> = headers.get_all(name).iter().filter_map(|line| line.to_str().ok()).collect();
    (!lines.is_empty()).then(|| lines.join(separator))
}

/// Tells caches which fields of the request the answer depends on.
pub(super) fn mark_varying(head: &mut HeaderMap, depends_on: DependsOn, country: Option<&HeaderName>) {
    if depends_on.language {
        add_vary(head, "accept-language");
    }
    if depends_on.cookie {
        add_vary(head, "cookie");
    }
    if let Some(name) = country.filter(|_| depends_on.country) {
        add_vary(head, name.as_str());
    }
}

/// Adds a name to `Vary`, once.
fn add_vary(head: &mut HeaderMap, name: &str) {
    let lines: Vec<&str> = head.get_all(VARY).iter().filter_map(|line| line.to_str().ok()).collect();
    let mut known = lines.iter().flat_map(|line| line.split(',')).map(str::trim);
    if known.any(|known| known == "*" || known.eq_ignore_ascii_case(name)) {
        return;
    }
    let all = if lines.is_empty() { name.to_owned() } else { format!("{}, {name}", lines.join(", ")) };
    if let Ok(all) = HeaderValue::try_from(all) {
        head.insert(VARY, all);
    }
}

/// Lets the header rules change the fields of an answer that shows a file.
pub(super) fn change_fields(deployment: &LiveDeployment, asked: &Asked<'_>, status: StatusCode, head: &mut HeaderMap) {
    let rules = deployment.rules.as_ref().and_then(|rules| rules.headers.as_ref());
    let Some(rules) = rules else { return };
    let Ok(path) = RequestPath::parse(asked.parts.uri.path()) else { return };
    let mut set = Vec::new();
    for change in rules.changes(asked.host, &path.path, path.is_folder) {
        let (name, value) = match change {
            Change::Remove(name) => {
                head.remove(name);
                continue;
            }
            Change::Set(name, value) => (name, value),
        };
        let Ok(field) = HeaderName::try_from(name) else { continue };
        if is_left_alone(&field, status) {
            continue;
        }
        if field == VARY {
            value.split(',').for_each(|one| add_vary(head, one.trim()));
            continue;
        }
        let before = head.get(&field).filter(|_| set.contains(&field)).and_then(|before| before.to_str().ok());
        let value = before.map_or_else(|| value.clone(), |before| format!("{before}, {value}"));
        if let Ok(value) = HeaderValue::try_from(value) {
            head.insert(field.clone(), value);
            set.push(field);
        }
    }
}

/// A 304 has no content to describe (RFC 9110 §15.4.5), and that nothing is there must not be remembered: the next deploy
/// may put something there.
fn is_left_alone(name: &HeaderName, status: StatusCode) -> bool {
    match status {
        StatusCode::NOT_MODIFIED => [CONTENT_TYPE, CONTENT_DISPOSITION, CONTENT_LANGUAGE].contains(name),
        StatusCode::NOT_FOUND | StatusCode::GONE => *name == CACHE_CONTROL,
        _ => false,
    }
}
