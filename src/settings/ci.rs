//! Which continuous integration service runs the command, and for what: one row a service.
//!
//! Every service documents its variables; nothing here asks a service or reads a file.

use super::env::{self, Environment, Variable};
use crate::domain::user_agent;

/// The run of a continuous integration service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ci {
    /// The service's name, `CI` when only that variable is set.
    pub service: &'static str,
    /// The service's name as servers are told it; `None` when only `CI` is set.
    pub id: Option<&'static str>,
    /// The commit that is built. For a pull request some services build a merge of it.
    pub commit: Option<String>,
    /// The branch that is built, of a pull request its own.
    pub branch: Option<String>,
    /// The pull or merge request, when the run is for one.
    pub pull_request: Option<PullRequest>,
}

/// What is known of a pull request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PullRequest {
    /// Its number.
    pub number: Option<u64>,
    /// Its title.
    pub title: Option<String>,
}

impl Ci {
    /// Finds out which service runs the process. A variable that is not UTF-8 counts as not set.
    pub fn detect(environment: &Environment) -> Option<Ci> {
        let Some(service) = SERVICES.iter().find(|service| service.marks.iter().all(|mark| mark.is_in(environment)))
        else {
            let unknown = Ci { service: "CI", id: None, commit: None, branch: None, pull_request: None };
            return environment.is_on(env::CI).then_some(unknown);
        };
        let first = |names: &[&'static str]| names.iter().find_map(|name| text(environment, name));
        Some(Ci {
            service: service.name,
            id: Some(service.id),
            commit: first(service.commit),
            branch: first(service.branch).and_then(branch_of),
            pull_request: service.pull_request(environment),
        })
    }
}

impl Ci {
    /// What servers are told of it.
    pub fn mark(&self) -> user_agent::Ci {
        self.id.map_or(user_agent::Ci::Unnamed, user_agent::Ci::Service)
    }
}

/// Every variable that the table reads.
pub(super) fn variables() -> impl Iterator<Item = Variable> {
    let names = SERVICES.iter().flat_map(|service| {
        let marks = service.marks.iter().map(|mark| mark.name);
        let requests = service.requests.iter().map(|mark| mark.name);
        let others = [service.commit, service.branch, service.number, service.title].into_iter().flatten().copied();
        marks.chain(requests).chain(others)
    });
    names.map(Variable::foreign)
}

/// What tells that something is so.
struct Mark {
    name: &'static str,
    /// One of these, in any case; empty: anything but an empty text, `false` and `0`.
    values: &'static [&'static str],
}

impl Mark {
    fn is_in(&self, environment: &Environment) -> bool {
        let is_meant = |value: &str| match self.values {
            [] => !matches!(value.to_ascii_lowercase().as_str(), "false" | "0"),
            values => values.iter().any(|known| known.eq_ignore_ascii_case(value)),
        };
        text(environment, self.name).is_some_and(|value| is_meant(&value))
    }
}

const fn mark(name: &'static str) -> Mark {
    Mark { name, values: &[] }
}

/// A service. Of several variables the first that is set counts.
struct Service {
    name: &'static str,
    id: &'static str,
    /// All of them mark a run of the service.
    marks: &'static [Mark],
    commit: &'static [&'static str],
    branch: &'static [&'static str],
    /// Any of them marks a run for a pull request; so does a number.
    requests: &'static [Mark],
    /// The number, alone, at the end of an address, or as `refs/pull/5/merge`.
    number: &'static [&'static str],
    title: &'static [&'static str],
}

impl Service {
    fn pull_request(&self, environment: &Environment) -> Option<PullRequest> {
        let number = self.number.iter().find_map(|name| number_of(&text(environment, name)?));
        let is_request = number.is_some() || self.requests.iter().any(|mark| mark.is_in(environment));
        let title = self.title.iter().find_map(|name| text(environment, name));
        is_request.then_some(PullRequest { number, title })
    }
}

/// The most specific first: a service that also sets the variables of another stands above it.
static SERVICES: &[Service] = &[
    Service {
        name: "GitHub Actions",
        id: "github-actions",
        marks: &[mark("GITHUB_ACTIONS")],
        commit: &["GITHUB_SHA"],
        branch: &["GITHUB_HEAD_REF", "GITHUB_REF"],
        // Of `pull_request_target` the ref is that of the target.
        requests: &[Mark {
            name: "GITHUB_EVENT_NAME",
            values: &["pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"],
        }],
        number: &["GITHUB_REF"],
        title: &[],
    },
    Service {
        name: "GitLab CI",
        id: "gitlab-ci",
        marks: &[mark("GITLAB_CI")],
        commit: &["CI_COMMIT_SHA"],
        branch: &["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_BRANCH"],
        requests: &[],
        number: &["CI_MERGE_REQUEST_IID", "CI_EXTERNAL_PULL_REQUEST_IID"],
        title: &["CI_MERGE_REQUEST_TITLE"],
    },
    Service {
        name: "Bitbucket Pipelines",
        id: "bitbucket-pipelines",
        marks: &[mark("BITBUCKET_BUILD_NUMBER")],
        commit: &["BITBUCKET_COMMIT"],
        branch: &["BITBUCKET_BRANCH"],
        requests: &[],
        number: &["BITBUCKET_PR_ID"],
        title: &[],
    },
    Service {
        name: "CircleCI",
        id: "circleci",
        marks: &[mark("CIRCLECI")],
        commit: &["CIRCLE_SHA1"],
        branch: &["CIRCLE_BRANCH"],
        requests: &[mark("CIRCLE_PULL_REQUEST")],
        number: &["CIRCLE_PR_NUMBER", "CIRCLE_PULL_REQUEST"],
        title: &[],
    },
    Service {
        name: "Buildkite",
        id: "buildkite",
        marks: &[mark("BUILDKITE")],
        commit: &["BUILDKITE_COMMIT"],
        branch: &["BUILDKITE_BRANCH"],
        requests: &[],
        number: &["BUILDKITE_PULL_REQUEST"],
        title: &[],
    },
    Service {
        name: "Azure Pipelines",
        id: "azure-pipelines",
        marks: &[mark("TF_BUILD")],
        commit: &["BUILD_SOURCEVERSION"],
        branch: &["SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH"],
        requests: &[Mark { name: "BUILD_REASON", values: &["PullRequest"] }],
        number: &["SYSTEM_PULLREQUEST_PULLREQUESTNUMBER", "SYSTEM_PULLREQUEST_PULLREQUESTID"],
        title: &[],
    },
    Service {
        name: "Jenkins",
        id: "jenkins",
        marks: &[mark("JENKINS_URL"), mark("BUILD_ID")],
        commit: &["GIT_COMMIT"],
        branch: &["CHANGE_BRANCH", "BRANCH_NAME", "GIT_BRANCH"],
        requests: &[mark("CHANGE_ID")],
        number: &["CHANGE_ID"],
        title: &["CHANGE_TITLE"],
    },
    Service {
        name: "Netlify",
        id: "netlify",
        marks: &[mark("NETLIFY")],
        commit: &["COMMIT_REF"],
        branch: &["HEAD", "BRANCH"],
        requests: &[mark("PULL_REQUEST")],
        number: &["REVIEW_ID"],
        title: &[],
    },
    Service {
        name: "Vercel",
        id: "vercel",
        marks: &[mark("VERCEL")],
        commit: &["VERCEL_GIT_COMMIT_SHA"],
        branch: &["VERCEL_GIT_COMMIT_REF"],
        requests: &[],
        number: &["VERCEL_GIT_PULL_REQUEST_ID"],
        title: &[],
    },
    Service {
        name: "Cloudflare Pages",
        id: "cloudflare-pages",
        marks: &[mark("CF_PAGES")],
        commit: &["CF_PAGES_COMMIT_SHA"],
        branch: &["CF_PAGES_BRANCH"],
        requests: &[],
        number: &[],
        title: &[],
    },
    Service {
        name: "Cloudflare Workers Builds",
        id: "cloudflare-workers",
        marks: &[mark("WORKERS_CI")],
        commit: &["WORKERS_CI_COMMIT_SHA"],
        branch: &["WORKERS_CI_BRANCH"],
        requests: &[],
        number: &[],
        title: &[],
    },
    Service {
        name: "Travis CI",
        id: "travis-ci",
        marks: &[mark("TRAVIS")],
        commit: &["TRAVIS_COMMIT"],
        branch: &["TRAVIS_PULL_REQUEST_BRANCH", "TRAVIS_BRANCH"],
        requests: &[Mark { name: "TRAVIS_EVENT_TYPE", values: &["pull_request"] }],
        number: &["TRAVIS_PULL_REQUEST"],
        title: &[],
    },
    Service {
        name: "AppVeyor",
        id: "appveyor",
        marks: &[mark("APPVEYOR")],
        commit: &["APPVEYOR_PULL_REQUEST_HEAD_COMMIT", "APPVEYOR_REPO_COMMIT"],
        branch: &["APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH", "APPVEYOR_REPO_BRANCH"],
        requests: &[],
        number: &["APPVEYOR_PULL_REQUEST_NUMBER"],
        title: &["APPVEYOR_PULL_REQUEST_TITLE"],
    },
    Service {
        name: "Woodpecker CI",
        id: "woodpecker",
        marks: &[Mark { name: "CI", values: &["woodpecker"] }],
        commit: &["CI_COMMIT_SHA"],
        branch: &["CI_COMMIT_SOURCE_BRANCH", "CI_COMMIT_BRANCH"],
        requests: &[Mark { name: "CI_PIPELINE_EVENT", values: &["pull_request"] }],
        number: &["CI_COMMIT_PULL_REQUEST"],
        title: &[],
    },
    Service {
        name: "Drone",
        id: "drone",
        marks: &[mark("DRONE")],
        commit: &["DRONE_COMMIT_SHA"],
        branch: &["DRONE_SOURCE_BRANCH", "DRONE_BRANCH"],
        requests: &[Mark { name: "DRONE_BUILD_EVENT", values: &["pull_request"] }],
        number: &["DRONE_PULL_REQUEST"],
        title: &["DRONE_PULL_REQUEST_TITLE"],
    },
    Service {
        name: "AWS CodeBuild",
        id: "aws-codebuild",
        marks: &[mark("CODEBUILD_BUILD_ID")],
        commit: &["CODEBUILD_RESOLVED_SOURCE_VERSION"],
        branch: &["CODEBUILD_WEBHOOK_HEAD_REF"],
        requests: &[],
        number: &["CODEBUILD_WEBHOOK_TRIGGER"],
        title: &[],
    },
    Service {
        name: "Cirrus CI",
        id: "cirrus-ci",
        marks: &[mark("CIRRUS_CI")],
        commit: &["CIRRUS_CHANGE_IN_REPO"],
        branch: &["CIRRUS_BRANCH"],
        requests: &[],
        number: &["CIRRUS_PR"],
        title: &["CIRRUS_PR_TITLE"],
    },
    Service {
        name: "Semaphore",
        id: "semaphore",
        marks: &[mark("SEMAPHORE")],
        commit: &["SEMAPHORE_GIT_SHA"],
        branch: &["SEMAPHORE_GIT_PR_BRANCH", "SEMAPHORE_GIT_BRANCH"],
        requests: &[],
        number: &["SEMAPHORE_GIT_PR_NUMBER"],
        title: &["SEMAPHORE_GIT_PR_NAME"],
    },
    Service {
        name: "TeamCity",
        id: "teamcity",
        marks: &[mark("TEAMCITY_VERSION")],
        commit: &["BUILD_VCS_NUMBER"],
        branch: &[],
        requests: &[],
        number: &[],
        title: &[],
    },
];

fn text(environment: &Environment, name: &'static str) -> Option<String> {
    environment.text(Variable::foreign(name)).ok().flatten().map(str::to_owned)
}

/// A branch of its name or ref; `None` for the refs of tags and of merged pull requests.
fn branch_of(text: String) -> Option<String> {
    match text.strip_prefix("refs/") {
        Some(reference) => reference.strip_prefix("heads/").map(str::to_owned),
        None => Some(text.strip_prefix("origin/").map(str::to_owned).unwrap_or(text)),
    }
}

/// A number of itself, of `https://…/pull/5`, `pr/5` or `refs/pull/5/merge`; none of `branch/5`.
fn number_of(text: &str) -> Option<u64> {
    let text = match text.strip_prefix("refs/") {
        Some(reference) => reference.strip_prefix("pull/")?.split('/').next()?,
        None => match text.rsplit_once('/') {
            Some((before, number)) if before == "pr" || before.ends_with("/pull") => number,
            Some(_) => return None,
            None => text,
        },
    };
    text.parse().ok()
}

#[cfg(test)]
#[path = "ci_tests.rs"]
mod tests;
