//! What each service sets for a push and for a pull request, and what is made of it.

use super::*;

const SHA: &str = "0c5e1f0f7f1e4d6d9b5a3c2b1a09f8e7d6c5b4a3";

fn detect(variables: &[(&'static str, &str)]) -> Option<Ci> {
    Ci::detect(&Environment::of(variables.iter().map(|(name, value)| (Variable::foreign(name), (*value).to_owned()))))
}

fn run(service: &'static str, branch: Option<&str>, request: Option<(Option<u64>, Option<&str>)>) -> Ci {
    let pull_request = request.map(|(number, title)| PullRequest { number, title: title.map(str::to_owned) });
    let id = SERVICES.iter().find(|row| row.name == service).map(|row| row.id);
    Ci { service, id, commit: Some(SHA.to_owned()), branch: branch.map(str::to_owned), pull_request }
}

/// Variables, and what they mean. The commit is always [`SHA`].
type Case = (&'static [(&'static str, &'static str)], &'static str, Option<&'static str>, Request);
type Request = Option<(Option<u64>, Option<&'static str>)>;

const CASES: &[Case] = &[
    (
        &[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_SHA", SHA),
            ("GITHUB_REF", "refs/heads/a/b"),
            ("GITHUB_EVENT_NAME", "push"),
        ],
        "GitHub Actions",
        Some("a/b"),
        None,
    ),
    (
        &[("GITHUB_ACTIONS", "true"), ("GITHUB_SHA", SHA), ("GITHUB_REF", "refs/tags/v5"), ("GITHUB_HEAD_REF", "")],
        "GitHub Actions",
        None,
        None,
    ),
    (
        &[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_SHA", SHA),
            ("GITHUB_REF", "refs/pull/17/merge"),
            ("GITHUB_HEAD_REF", "feature"),
            ("GITHUB_EVENT_NAME", "pull_request"),
        ],
        "GitHub Actions",
        Some("feature"),
        Some((Some(17), None)),
    ),
    (
        &[
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_SHA", SHA),
            ("GITHUB_REF", "refs/heads/main"),
            ("GITHUB_HEAD_REF", "feature"),
            ("GITHUB_EVENT_NAME", "pull_request_target"),
        ],
        "GitHub Actions",
        Some("feature"),
        Some((None, None)),
    ),
    (
        &[("GITLAB_CI", "true"), ("CI", "true"), ("CI_COMMIT_SHA", SHA), ("CI_COMMIT_BRANCH", "main")],
        "GitLab CI",
        Some("main"),
        None,
    ),
    (
        &[
            ("GITLAB_CI", "true"),
            ("CI_COMMIT_SHA", SHA),
            ("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "feature"),
            ("CI_MERGE_REQUEST_IID", "8"),
            ("CI_MERGE_REQUEST_TITLE", "Draft: new look"),
        ],
        "GitLab CI",
        Some("feature"),
        Some((Some(8), Some("Draft: new look"))),
    ),
    (
        &[("BITBUCKET_BUILD_NUMBER", "3"), ("BITBUCKET_COMMIT", SHA), ("BITBUCKET_BRANCH", "main")],
        "Bitbucket Pipelines",
        Some("main"),
        None,
    ),
    (
        &[
            ("BITBUCKET_BUILD_NUMBER", "3"),
            ("BITBUCKET_COMMIT", SHA),
            ("BITBUCKET_BRANCH", "feature"),
            ("BITBUCKET_PR_ID", "9"),
        ],
        "Bitbucket Pipelines",
        Some("feature"),
        Some((Some(9), None)),
    ),
    (&[("CIRCLECI", "true"), ("CIRCLE_SHA1", SHA), ("CIRCLE_BRANCH", "main")], "CircleCI", Some("main"), None),
    (
        &[
            ("CIRCLECI", "true"),
            ("CIRCLE_SHA1", SHA),
            ("CIRCLE_BRANCH", "feature"),
            ("CIRCLE_PULL_REQUEST", "https://github.com/acme/site/pull/21"),
        ],
        "CircleCI",
        Some("feature"),
        Some((Some(21), None)),
    ),
    (
        &[
            ("BUILDKITE", "true"),
            ("BUILDKITE_COMMIT", SHA),
            ("BUILDKITE_BRANCH", "main"),
            ("BUILDKITE_PULL_REQUEST", "false"),
        ],
        "Buildkite",
        Some("main"),
        None,
    ),
    (
        &[
            ("BUILDKITE", "true"),
            ("BUILDKITE_COMMIT", SHA),
            ("BUILDKITE_BRANCH", "feature"),
            ("BUILDKITE_PULL_REQUEST", "22"),
        ],
        "Buildkite",
        Some("feature"),
        Some((Some(22), None)),
    ),
    (
        &[
            ("TF_BUILD", "True"),
            ("BUILD_SOURCEVERSION", SHA),
            ("BUILD_SOURCEBRANCH", "refs/heads/main"),
            ("BUILD_REASON", "IndividualCI"),
        ],
        "Azure Pipelines",
        Some("main"),
        None,
    ),
    (
        &[
            ("TF_BUILD", "True"),
            ("BUILD_SOURCEVERSION", SHA),
            ("BUILD_SOURCEBRANCH", "refs/pull/524/merge"),
            ("SYSTEM_PULLREQUEST_SOURCEBRANCH", "refs/heads/feature"),
            ("SYSTEM_PULLREQUEST_PULLREQUESTID", "512"),
            ("SYSTEM_PULLREQUEST_PULLREQUESTNUMBER", "524"),
            ("BUILD_REASON", "PullRequest"),
        ],
        "Azure Pipelines",
        Some("feature"),
        Some((Some(524), None)),
    ),
    (
        &[
            ("JENKINS_URL", "https://ci.example/"),
            ("BUILD_ID", "4"),
            ("GIT_COMMIT", SHA),
            ("GIT_BRANCH", "origin/main"),
        ],
        "Jenkins",
        Some("main"),
        None,
    ),
    (
        &[
            ("JENKINS_URL", "https://ci.example/"),
            ("BUILD_ID", "4"),
            ("GIT_COMMIT", SHA),
            ("BRANCH_NAME", "PR-31"),
            ("CHANGE_BRANCH", "feature"),
            ("CHANGE_ID", "31"),
            ("CHANGE_TITLE", "New look"),
        ],
        "Jenkins",
        Some("feature"),
        Some((Some(31), Some("New look"))),
    ),
    (
        &[("NETLIFY", "true"), ("COMMIT_REF", SHA), ("HEAD", "main"), ("BRANCH", "main"), ("PULL_REQUEST", "false")],
        "Netlify",
        Some("main"),
        None,
    ),
    (
        &[("NETLIFY", "true"), ("COMMIT_REF", SHA), ("HEAD", "feature"), ("PULL_REQUEST", "true"), ("REVIEW_ID", "41")],
        "Netlify",
        Some("feature"),
        Some((Some(41), None)),
    ),
    (
        &[
            ("VERCEL", "1"),
            ("VERCEL_GIT_COMMIT_SHA", SHA),
            ("VERCEL_GIT_COMMIT_REF", "main"),
            ("VERCEL_GIT_PULL_REQUEST_ID", ""),
        ],
        "Vercel",
        Some("main"),
        None,
    ),
    (
        &[
            ("VERCEL", "1"),
            ("VERCEL_GIT_COMMIT_SHA", SHA),
            ("VERCEL_GIT_COMMIT_REF", "feature"),
            ("VERCEL_GIT_PULL_REQUEST_ID", "23"),
        ],
        "Vercel",
        Some("feature"),
        Some((Some(23), None)),
    ),
    (
        &[("CF_PAGES", "1"), ("CF_PAGES_COMMIT_SHA", SHA), ("CF_PAGES_BRANCH", "main")],
        "Cloudflare Pages",
        Some("main"),
        None,
    ),
    (
        &[("WORKERS_CI", "1"), ("CI", "true"), ("WORKERS_CI_COMMIT_SHA", SHA), ("WORKERS_CI_BRANCH", "main")],
        "Cloudflare Workers Builds",
        Some("main"),
        None,
    ),
    (
        &[("TRAVIS", "true"), ("TRAVIS_COMMIT", SHA), ("TRAVIS_BRANCH", "main"), ("TRAVIS_PULL_REQUEST", "false")],
        "Travis CI",
        Some("main"),
        None,
    ),
    (
        &[
            ("TRAVIS", "true"),
            ("TRAVIS_COMMIT", SHA),
            ("TRAVIS_BRANCH", "main"),
            ("TRAVIS_PULL_REQUEST", "6"),
            ("TRAVIS_PULL_REQUEST_BRANCH", "feature"),
        ],
        "Travis CI",
        Some("feature"),
        Some((Some(6), None)),
    ),
    (
        &[("APPVEYOR", "True"), ("APPVEYOR_REPO_COMMIT", SHA), ("APPVEYOR_REPO_BRANCH", "main")],
        "AppVeyor",
        Some("main"),
        None,
    ),
    (
        &[
            ("APPVEYOR", "True"),
            ("APPVEYOR_REPO_COMMIT", "of the merge"),
            ("APPVEYOR_PULL_REQUEST_HEAD_COMMIT", SHA),
            ("APPVEYOR_REPO_BRANCH", "main"),
            ("APPVEYOR_PULL_REQUEST_HEAD_REPO_BRANCH", "feature"),
            ("APPVEYOR_PULL_REQUEST_NUMBER", "12"),
            ("APPVEYOR_PULL_REQUEST_TITLE", "New look"),
        ],
        "AppVeyor",
        Some("feature"),
        Some((Some(12), Some("New look"))),
    ),
    (
        &[("CI", "woodpecker"), ("CI_COMMIT_SHA", SHA), ("CI_COMMIT_BRANCH", "main")],
        "Woodpecker CI",
        Some("main"),
        None,
    ),
    (
        &[
            ("CI", "woodpecker"),
            ("DRONE", "true"),
            ("CI_COMMIT_SHA", SHA),
            ("CI_COMMIT_BRANCH", "main"),
            ("CI_COMMIT_SOURCE_BRANCH", "feature"),
            ("CI_COMMIT_PULL_REQUEST", "5"),
            ("CI_PIPELINE_EVENT", "pull_request"),
        ],
        "Woodpecker CI",
        Some("feature"),
        Some((Some(5), None)),
    ),
    (
        &[("DRONE", "true"), ("CI", "true"), ("DRONE_COMMIT_SHA", SHA), ("DRONE_BRANCH", "main")],
        "Drone",
        Some("main"),
        None,
    ),
    (
        &[
            ("DRONE", "true"),
            ("DRONE_COMMIT_SHA", SHA),
            ("DRONE_BRANCH", "main"),
            ("DRONE_SOURCE_BRANCH", "feature"),
            ("DRONE_PULL_REQUEST", "42"),
            ("DRONE_PULL_REQUEST_TITLE", "New look"),
        ],
        "Drone",
        Some("feature"),
        Some((Some(42), Some("New look"))),
    ),
    (
        &[
            ("CODEBUILD_BUILD_ID", "a:1"),
            ("CODEBUILD_RESOLVED_SOURCE_VERSION", SHA),
            ("CODEBUILD_WEBHOOK_HEAD_REF", "refs/heads/feature/7"),
            ("CODEBUILD_WEBHOOK_TRIGGER", "branch/feature/7"),
        ],
        "AWS CodeBuild",
        Some("feature/7"),
        None,
    ),
    (
        &[
            ("CODEBUILD_BUILD_ID", "a:1"),
            ("CODEBUILD_RESOLVED_SOURCE_VERSION", SHA),
            ("CODEBUILD_WEBHOOK_HEAD_REF", "refs/heads/feature"),
            ("CODEBUILD_WEBHOOK_TRIGGER", "pr/13"),
        ],
        "AWS CodeBuild",
        Some("feature"),
        Some((Some(13), None)),
    ),
    (
        &[("CIRRUS_CI", "true"), ("CIRRUS_CHANGE_IN_REPO", SHA), ("CIRRUS_BRANCH", "main")],
        "Cirrus CI",
        Some("main"),
        None,
    ),
    (
        &[
            ("CIRRUS_CI", "true"),
            ("CIRRUS_CHANGE_IN_REPO", SHA),
            ("CIRRUS_BRANCH", "pull/14"),
            ("CIRRUS_PR", "14"),
            ("CIRRUS_PR_TITLE", "New look"),
        ],
        "Cirrus CI",
        Some("pull/14"),
        Some((Some(14), Some("New look"))),
    ),
    (
        &[("SEMAPHORE", "true"), ("SEMAPHORE_GIT_SHA", SHA), ("SEMAPHORE_GIT_BRANCH", "main")],
        "Semaphore",
        Some("main"),
        None,
    ),
    (
        &[
            ("SEMAPHORE", "true"),
            ("SEMAPHORE_GIT_SHA", SHA),
            ("SEMAPHORE_GIT_BRANCH", "main"),
            ("SEMAPHORE_GIT_PR_BRANCH", "feature"),
            ("SEMAPHORE_GIT_PR_NUMBER", "15"),
            ("SEMAPHORE_GIT_PR_NAME", "New look"),
        ],
        "Semaphore",
        Some("feature"),
        Some((Some(15), Some("New look"))),
    ),
    (&[("TEAMCITY_VERSION", "2026.1"), ("BUILD_VCS_NUMBER", SHA)], "TeamCity", None, None),
];

#[test]
fn every_service_is_recognised_with_its_commit_branch_and_pull_request() {
    for (variables, service, branch, request) in CASES {
        assert_eq!(detect(variables), Some(run(service, *branch, *request)), "{variables:?}");
    }
    for service in SERVICES {
        assert!(CASES.iter().any(|case| case.1 == service.name), "{} has no case", service.name);
    }
}

#[test]
fn servers_are_told_the_service_and_nothing_else() {
    let mark = |variables: &[(&'static str, &str)]| detect(variables).map(|ci| user_agent::user_agent(Some(ci.mark())));
    let told = mark(&[("GITLAB_CI", "true"), ("CI_COMMIT_SHA", SHA)]).expect("recognised");
    assert!(told.ends_with(" (ci; gitlab-ci)"), "{told}");
    assert!(mark(&[("CI", "1")]).expect("recognised").ends_with(" (ci)"));
    let mut ids: Vec<&str> = SERVICES.iter().map(|service| service.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), SERVICES.len());
}

#[test]
fn an_unknown_service_is_one_too_and_a_persons_shell_is_none() {
    let unknown = detect(&[("CI", "1"), ("CI_COMMIT_SHA", SHA)]);
    assert_eq!(unknown, Some(Ci { service: "CI", id: None, commit: None, branch: None, pull_request: None }));
    for variables in [
        &[][..],
        &[("CI", "false")],
        &[("CI", "")],
        &[("GITHUB_ACTIONS", "false"), ("GITHUB_REF", "refs/pull/1/merge")],
        &[("JENKINS_URL", "https://ci.example")],
        &[("BRANCH", "main"), ("HEAD", "main"), ("GIT_BRANCH", "main")],
    ] {
        assert_eq!(detect(variables), None, "{variables:?}");
    }
}
