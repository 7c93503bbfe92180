//! Where other services read the same file differently. Told once a file and difference, with the first line and how many
//! follow.

use std::collections::BTreeMap;

use super::finding::Finding;

/// A way in which a line means something else elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    DefaultStatus,
    Forced,
    ErrorPage,
    Gone,
    Status303,
    QueryTerms,
    Conditions,
    HostSource,
    SplatInside,
    PartOfSegment,
    NoDestination,
    SlashOnly,
    ManyStatic,
    ManyDynamic,
    LongLine,
    RewriteToIndex,
    ManyHeaderRules,
    LongHeaderLine,
    Removal,
    HeaderHost,
}

impl Difference {
    /// Stable name, what differs, and how to write it so that it does not.
    const fn text(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Difference::DefaultStatus => (
                "elsewhere_default_status",
                "a rule without a status is 301 here and on Netlify, 302 on Cloudflare Pages",
                "write the status",
            ),
            Difference::Forced => (
                "elsewhere_forced",
                "Cloudflare Pages does not know `!`; its rules always win over files",
                "for Cloudflare Pages leave `!` out",
            ),
            Difference::ErrorPage => (
                "elsewhere_error_page",
                "Cloudflare Pages has no rules with the status 404",
                "for Cloudflare Pages put a 404.html into the folder",
            ),
            Difference::Gone => {
                ("elsewhere_gone", "Netlify and Cloudflare Pages do not document the status 410", "elsewhere use 404")
            }
            Difference::Status303 => (
                "elsewhere_status",
                "Netlify documents the statuses 301 and 302 for redirects only",
                "for Netlify use 301 or 302",
            ),
            Difference::QueryTerms => (
                "elsewhere_query",
                "Cloudflare Pages does not match query parameters",
                "for Cloudflare Pages leave this rule out",
            ),
            Difference::Conditions => (
                "elsewhere_conditions",
                "Cloudflare Pages does not know conditions",
                "for Cloudflare Pages leave this rule out",
            ),
            Difference::HostSource => (
                "elsewhere_host",
                "Cloudflare Pages does not match the host in `_redirects`, and Netlify looks at the scheme, too",
                "for Cloudflare Pages leave this rule out",
            ),
            Difference::SplatInside => (
                "elsewhere_splat",
                "Netlify knows `*` at the end of a path only",
                "for Netlify use :name for a segment",
            ),
            Difference::PartOfSegment => (
                "elsewhere_placeholder",
                "on Netlify a placeholder fills its segment",
                "for Netlify write one rule for each name",
            ),
            Difference::NoDestination => (
                "elsewhere_no_destination",
                "Cloudflare Pages needs a destination in each rule",
                "for Cloudflare Pages leave this rule out",
            ),
            Difference::SlashOnly => (
                "elsewhere_slash",
                "this rule adds or removes a slash at the end: Netlify redirects in circles, here it applies once",
                "for Netlify leave this rule out",
            ),
            Difference::ManyStatic => (
                "elsewhere_many_static",
                "Cloudflare Pages reads at most 2,000 rules without `*` and placeholders",
                "for Cloudflare Pages say more with one rule",
            ),
            Difference::ManyDynamic => (
                "elsewhere_many_dynamic",
                "Cloudflare Pages reads at most 100 rules with `*` or placeholders",
                "for Cloudflare Pages say more with one rule",
            ),
            Difference::LongLine => {
                ("elsewhere_long_line", "Cloudflare Pages reads at most 1,000 characters a line", "shorten the line")
            }
            Difference::RewriteToIndex => (
                "elsewhere_fallback",
                "Cloudflare Pages refuses `/* /index.html`; it answers so by itself when there is no 404.html",
                "for Cloudflare Pages leave this rule out",
            ),
            Difference::ManyHeaderRules => {
                ("elsewhere_many_rules", "Cloudflare Pages reads at most 100 header rules", "say more with one rule")
            }
            Difference::LongHeaderLine => {
                ("elsewhere_long_line", "Cloudflare Pages reads at most 2,000 characters a line", "shorten the line")
            }
            Difference::Removal => (
                "elsewhere_removal",
                "Netlify does not document `! Name` and keeps the field",
                "for Netlify do not set the field for this path in the first place",
            ),
            Difference::HeaderHost => (
                "elsewhere_host",
                "Netlify does not match the host in `_headers`, and Cloudflare Pages wants https:// before it",
                "for Netlify write the path alone",
            ),
        }
    }
}

/// The differences of one file.
#[derive(Debug, Default)]
pub struct Differences(BTreeMap<Difference, (u32, u32, usize)>);

impl Differences {
    /// Adds one.
    pub fn add(&mut self, difference: Difference, line: u32, column: u32) {
        self.0.entry(difference).or_insert((line, column, 0)).2 += 1;
    }

    /// A warning for each.
    pub fn into_findings(self) -> impl Iterator<Item = Finding> {
        self.0.into_iter().map(|(difference, (line, column, count))| {
            let (rule, message, fix) = difference.text();
            let more = match count - 1 {
                0 => String::new(),
                1 => " (and 1 more line)".to_owned(),
                more => format!(" (and {more} more lines)"),
            };
            let finding = Finding::warning(rule, line, column, format!("{message}{more}"), fix);
            Finding { is_elsewhere: true, ..finding }
        })
    }
}
