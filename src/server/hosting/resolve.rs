//! Step 4: from a path to a file.
//!
//! The order: exact file, a folder's `index.html`, clean URLs (`/about` is `about.html`), kept assets, the nearest
//! `404.html`. A site's own rules ([`rules`](super::rules)) stand before it (forced ones) and between clean URLs and kept
//! assets (the others).

use super::source::LiveDeployment;
use crate::content::manifest::{Entry, Manifest};
use crate::content::path::RequestPath;
use crate::domain::fingerprint::is_fingerprinted;
use crate::domain::rules::encode;
use crate::domain::{header_rules, redirects};

/// Files at the root that configure hosting and are no part of the site.
const CONFIGURATION: [&str; 2] = [header_rules::FILE, redirects::FILE];

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Resolution<'a> {
    /// This file.
    File(Entry<'a>),
    /// This path on the same host, permanently; the request's query goes along.
    Redirect(String),
    /// Nothing; this file says so when the site has one.
    NotFound(Option<Entry<'a>>),
}

/// Finds what a path leads to when no rule applies.
pub(super) fn resolve<'a>(deployment: &'a LiveDeployment, request: &RequestPath) -> Resolution<'a> {
    if let Some(found) = at_path(&deployment.manifest, request) {
        return found;
    }
    match kept_asset(deployment, request) {
        Some(file) => Resolution::File(file),
        None => not_found(&deployment.manifest, request),
    }
}

/// What the site itself has at a path: a file, or a folder that only lacks the slash.
pub(super) fn at_path<'a>(manifest: &'a Manifest, request: &RequestPath) -> Option<Resolution<'a>> {
    if is_configuration(request) {
        return None;
    }
    let file = exact_file(manifest, request).or_else(|| folder_index(manifest, request));
    if let Some(file) = file.or_else(|| clean_url(manifest, request)) {
        return Some(Resolution::File(file));
    }
    folder_without_slash(manifest, request).map(Resolution::Redirect)
}

/// The file that a rule means by a path. No address is shown for it, so a folder needs no slash.
pub(super) fn file_of_rule<'a>(manifest: &'a Manifest, path: &RequestPath) -> Option<Entry<'a>> {
    match at_path(manifest, path)? {
        Resolution::File(file) => Some(file),
        _ => manifest.get(&inside(&path.path, "index.html")),
    }
}

/// The nearest page for what is not there.
pub(super) fn not_found<'a>(manifest: &'a Manifest, request: &RequestPath) -> Resolution<'a> {
    Resolution::NotFound(nearest_not_found_page(manifest, request))
}

/// Whether a path is that of a file which is never shown.
pub(super) fn is_configuration(request: &RequestPath) -> bool {
    CONFIGURATION.contains(&request.path.as_str())
}

fn exact_file<'a>(manifest: &'a Manifest, request: &RequestPath) -> Option<Entry<'a>> {
    if request.is_folder { None } else { manifest.get(&request.path) }
}

fn folder_index<'a>(manifest: &'a Manifest, request: &RequestPath) -> Option<Entry<'a>> {
    if request.is_folder { manifest.get(&inside(&request.path, "index.html")) } else { None }
}

fn clean_url<'a>(manifest: &'a Manifest, request: &RequestPath) -> Option<Entry<'a>> {
    if request.path.is_empty() { None } else { manifest.get(&format!("{}.html", request.path)) }
}

/// Relative links of an index page only work below its folder, so the address must end with a slash.
fn folder_without_slash(manifest: &Manifest, request: &RequestPath) -> Option<String> {
    if request.is_folder {
        return None;
    }
    manifest.get(&inside(&request.path, "index.html"))?;
    // Built from the checked path, which has no empty segment: it can never begin with `//` and name another host.
    Some(format!("/{}/", encode::path(&request.path)))
}

/// A page that a visitor opened before the last deploy still asks for the files of then.
pub(super) fn kept_asset<'a>(deployment: &'a LiveDeployment, request: &RequestPath) -> Option<Entry<'a>> {
    if !deployment.is_production || request.is_folder || !is_fingerprinted(&request.path) {
        return None;
    }
    deployment.kept.iter().find_map(|manifest| manifest.get(&request.path))
}

fn nearest_not_found_page<'a>(manifest: &'a Manifest, request: &RequestPath) -> Option<Entry<'a>> {
    let parent = |path: &'_ str| path.rfind('/').map_or(0, |slash| slash);
    let path = request.path.as_str();
    let mut folder = if request.is_folder { path } else { &path[..parent(path)] };
    loop {
        let page = manifest.get(&inside(folder, "404.html"));
        if page.is_some() || folder.is_empty() {
            return page;
        }
        folder = &folder[..parent(folder)];
    }
}

fn inside(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{deployment_of, manifest_of};
    use super::*;

    fn outcome(deployment: &LiveDeployment, raw: &str) -> String {
        let request = RequestPath::parse(raw).expect("a legal path");
        match resolve(deployment, &request) {
            Resolution::File(entry) => entry.path.to_owned(),
            Resolution::Redirect(location) => format!("-> {location}"),
            Resolution::NotFound(page) => format!("404 {}", page.map_or("", |entry| entry.path)),
        }
    }

    #[test]
    fn every_form_of_path_finds_its_file() {
        let deployment = deployment_of(&[
            "index.html",
            "about.html",
            "blog/index.html",
            "blog/post.html",
            "both.html",
            "both/index.html",
            "plain",
            "a b/ü?/index.html",
            "assets/app.js",
        ]);
        for (raw, expected) in [
            ("/", "index.html"),
            ("/index.html", "index.html"),
            ("/index", "index.html"),
            ("/about", "about.html"),
            ("/about/", "about.html"),
            ("/about.html", "about.html"),
            ("/about.html/", "404 "),
            ("/blog", "-> /blog/"),
            ("/blog/", "blog/index.html"),
            ("/blog/index.html", "blog/index.html"),
            ("/blog/post", "blog/post.html"),
            ("/both", "both.html"),
            ("/both/", "both/index.html"),
            ("/plain", "plain"),
            ("/plain/", "404 "),
            ("/a%20b/%C3%BC%3F", "-> /a%20b/%C3%BC%3F/"),
            ("/a%20b/u%CC%88%3F/", "a b/ü?/index.html"),
            ("/assets", "404 "),
            ("/assets/", "404 "),
            ("/About", "404 "),
            ("/.html", "404 "),
        ] {
            assert_eq!(outcome(&deployment, raw), expected, "{raw}");
        }
        assert_eq!(outcome(&deployment_of(&[".html", "a"]), "/"), "404 ", "an empty name has no clean URL");
    }

    #[test]
    fn the_nearest_page_says_that_nothing_is_there() {
        let deployment = deployment_of(&["404.html", "docs/404.html", "docs/a/b/x.html", "_redirects", "sub/_headers"]);
        for (raw, expected) in [
            ("/nothing", "404 404.html"),
            ("/docs", "404 404.html"),
            ("/docs/", "404 docs/404.html"),
            ("/docs/a/b/nothing", "404 docs/404.html"),
            ("/docs/a/b/", "404 docs/404.html"),
            ("/docsx/y", "404 404.html"),
            ("/_redirects", "404 404.html"),
            ("/%5Fheaders", "404 404.html"),
            ("/sub/_headers", "sub/_headers"),
            ("/404", "404.html"),
        ] {
            assert_eq!(outcome(&deployment, raw), expected, "{raw}");
        }
    }

    #[test]
    fn kept_assets_are_for_fingerprinted_names_on_the_production_host() {
        let mut deployment = deployment_of(&["index.html", "404.html"]);
        deployment.kept =
            vec![manifest_of(&[("app-B7kQ2xYz.js", "new")]), manifest_of(&[("app-B7kQ2xYz.js", "old"), ("a.js", "")])];
        let request = RequestPath::parse("/app-B7kQ2xYz.js").expect("legal");
        let newest = deployment.kept[0].get("app-B7kQ2xYz.js").expect("there").blob;
        assert!(matches!(resolve(&deployment, &request), Resolution::File(entry) if entry.blob == newest));
        assert_eq!(outcome(&deployment, "/a.js"), "404 404.html");
        assert_eq!(outcome(&deployment, "/app-B7kQ2xYz.js/"), "404 404.html");
        deployment.is_production = false;
        assert_eq!(outcome(&deployment, "/app-B7kQ2xYz.js"), "404 404.html");
    }
}
