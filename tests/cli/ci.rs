//! Deploys in continuous integration, and showing the site where a person sits.

use std::fs;

use crate::support::{Folder, TestEnv, TestServer};

fn setting() -> (TestServer, TestEnv, Folder) {
    let server = TestServer::start();
    let user = TestEnv::signed_in(&server);
    user.zerodeploy(&["site", "create", "blog", "--json"]).success();
    (server, user, Folder::with(&[("index.html", "x")]))
}

#[test]
fn a_pull_request_is_a_preview_unless_it_is_to_be_published() {
    let (_server, mut user, folder) = setting();
    user.set("GITHUB_ACTIONS", "true").set("GITHUB_REF", "refs/pull/17/merge").set("GITHUB_EVENT_NAME", "pull_request");
    let deploy = |user: &TestEnv, options: &[&str]| {
        user.zerodeploy(&[&["deploy", "blog", "--dir", folder.argument(), "--json"], options].concat())
    };
    let preview = deploy(&user, &[]).success();
    assert_eq!(preview.json()["is_preview"], true);
    insta::assert_snapshot!(preview.stderr, @"note: GitHub Actions runs for pull request 17: this is a preview; --prod publishes it");
    assert_eq!(deploy(&user, &["--prod"]).success().json()["is_preview"], false);
    deploy(&user, &["--prod", "--preview"]).expect_error(3, "usage_error");
    user.set("GITHUB_REF", "refs/heads/main").set("GITHUB_EVENT_NAME", "push");
    assert_eq!(deploy(&user, &[]).success().json()["is_preview"], false);
    assert_eq!(deploy(&user, &["--preview"]).success().json()["is_preview"], true);
}

#[test]
fn github_gets_outputs_and_a_summary_when_asked() {
    let (server, mut user, folder) = setting();
    let (outputs, summary) = (user.path("outputs"), user.path("summary"));
    fs::write(&outputs, "earlier=1\n").expect("written");
    let arguments = ["deploy", "blog", "--dir", folder.argument(), "--github-output", "--json"];
    user.zerodeploy(&arguments).expect_error(3, "usage_error");
    user.set("GITHUB_OUTPUT", &outputs.display().to_string());
    user.set("GITHUB_STEP_SUMMARY", &summary.display().to_string());
    user.zerodeploy(&arguments[..4]).success();
    assert_eq!(fs::read_to_string(&outputs).expect("readable"), "earlier=1\n", "nothing without the option");

    let deployed = user.zerodeploy(&arguments).success();
    let text = fs::read_to_string(&outputs).expect("readable");
    let (earlier, text) = text.split_at("earlier=1\n".len());
    assert_eq!(earlier, "earlier=1\n");
    let end = text.split(['<', '\n']).nth(2).expect("a delimiter").to_owned();
    let plain = text.replace(&end, "END").replace(&deployed.text("deployment_id"), "ID");
    insta::assert_snapshot!(plain.replace(&server.port().to_string(), "PORT"), @r"
    deployment_id<<END
    ID
    END
    url<<END
    http://blog.localhost:PORT
    END
    preview_url<<END
    http://ID-blog.localhost:PORT
    END
    is_preview<<END
    false
    END
    site<<END
    blog
    END
    org<<END
    personal
    END
    file_count<<END
    1
    END
    total_size_bytes<<END
    1
    END
    unchanged<<END
    true
    END
    ");
    assert!(fs::read_to_string(&summary).expect("written").starts_with("### Deployed blog\n"));
    user.set("GITHUB_OUTPUT", &user.path("none/outputs").display().to_string());
    user.zerodeploy(&arguments).expect_error(3, "configuration_invalid");
}

#[cfg(target_os = "linux")]
#[test]
fn the_site_is_opened_where_a_person_sits_at_the_machine() {
    use std::os::unix::fs::PermissionsExt;
    let (server, mut user, folder) = setting();
    let (bin, opened) = (user.path("bin"), user.path("opened"));
    fs::create_dir(&bin).expect("made");
    let script = format!("#!/bin/sh\necho \"$@\" > '{0}.new' && mv '{0}.new' '{0}'\n", opened.display());
    fs::write(bin.join("xdg-open"), script).expect("written");
    fs::set_permissions(bin.join("xdg-open"), fs::Permissions::from_mode(0o755)).expect("changed");
    user.set("PATH", &format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default()));
    let deploy = |user: &TestEnv| user.zerodeploy(&["deploy", "blog", "--dir", folder.argument(), "--open"]).success();
    for (variable, value, place) in
        [("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22", "SSH"), ("GITLAB_CI", "true", "GitLab CI")]
    {
        user.set(variable, value);
        let told = deploy(&user).stderr;
        assert!(told.contains(&format!("nothing is opened over {place}")), "{told}");
        user.remove(variable);
    }
    assert!(!opened.exists());
    deploy(&user);
    let limit = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while !opened.exists() {
        assert!(std::time::Instant::now() < limit, "nothing was opened");
        std::thread::yield_now();
    }
    let address = fs::read_to_string(&opened).expect("readable");
    assert_eq!(address.trim(), format!("http://blog.localhost:{}", server.port()));
}
