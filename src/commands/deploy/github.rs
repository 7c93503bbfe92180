//! `--github-output`: what later steps of a GitHub Actions job read, and the job's summary.

use std::fmt::Write as _;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::api::ErrorCode;
use crate::cli::deploy::DeployArgs;
use crate::context::Context;
use crate::error::CliError;
use crate::settings::env;
use crate::ui::{Ui, format};

use super::engine::Deployed;

/// The files that GitHub reads, open for adding to them.
#[derive(Debug)]
pub(super) struct Outputs {
    values: File,
    summary: Option<File>,
}

impl Outputs {
    /// Opens the files, if they are wanted.
    ///
    /// # Errors
    ///
    /// `usage_error` outside of GitHub Actions, `configuration_invalid` when a file cannot be written.
    pub(super) async fn open(ctx: &Context, args: &DeployArgs) -> Result<Option<Outputs>, CliError> {
        if !args.github_output {
            return Ok(None);
        }
        let environment = ctx.settings.environment();
        let Some(values) = environment.path(env::GITHUB_OUTPUT) else {
            let message = format!("--github-output needs {}, which GitHub Actions sets", env::GITHUB_OUTPUT.name);
            return Err(CliError::new(ErrorCode::UsageError, message).hint("leave it out elsewhere; --json is for all"));
        };
        let summary = environment.path(env::GITHUB_STEP_SUMMARY);
        tokio::task::spawn_blocking(move || {
            Ok(Some(Outputs { values: append(&values)?, summary: summary.as_ref().map(append).transpose()? }))
        })
        .await?
    }

    /// Adds a deploy. The site is published by now: what cannot be written is a warning.
    pub(super) async fn write(mut self, ui: &Ui, deployed: &Deployed) {
        let (values, summary) = (values(deployed, &delimiter()), summary(deployed));
        let written = tokio::task::spawn_blocking(move || {
            self.values.write_all(values.as_bytes())?;
            self.summary.map_or(Ok(()), |mut file| file.write_all(summary.as_bytes()))
        })
        .await;
        if let Err(error) = written.map_err(std::io::Error::other).flatten() {
            ui.warn(&format!("the outputs for GitHub Actions cannot be written: {error}"));
        }
    }
}

fn append(path: &PathBuf) -> Result<File, CliError> {
    let cannot = |error| {
        let doing = format!("{} cannot be written", Path::new(path).display());
        CliError::from_source(ErrorCode::ConfigurationInvalid, &doing, &error)
    };
    OpenOptions::new().append(true).create(true).open(path).map_err(cannot)
}

/// A line that no value holds: whoever chooses a value cannot know it.
fn delimiter() -> String {
    format!("end_{}", uuid::Uuid::now_v7().simple())
}

/// `name<<end`, the value, `end`: the form in which a value cannot add names of its own.
fn values(deployed: &Deployed, end: &str) -> String {
    let deployment = &deployed.finished.deployment;
    let mut text = String::new();
    for (name, value) in [
        ("deployment_id", deployment.deployment_id.to_string()),
        ("url", deployment.url.clone()),
        ("preview_url", deployment.preview_url.clone()),
        ("is_preview", deployment.is_preview.to_string()),
        ("site", deployment.site.clone()),
        ("org", deployment.org.clone()),
        ("file_count", deployment.file_count.to_string()),
        ("total_size_bytes", deployment.total_size_bytes.to_string()),
        ("unchanged", deployed.unchanged.to_string()),
    ] {
        // Writing to a string cannot fail.
        let _ = write!(text, "{name}<<{end}\n{value}\n{end}\n");
    }
    text
}

fn summary(deployed: &Deployed) -> String {
    let deployment = &deployed.finished.deployment;
    let (kind, address) = match deployment.is_preview {
        true => ("Preview of", &deployment.preview_url),
        false => ("Deployed", &deployment.url),
    };
    let files = format::count(deployment.file_count, "file");
    let sent = format::count(deployed.uploaded.blobs, "new file");
    let cell = |text: &str| text.replace(['|', '\n', '\r', '<', '>', '`', '[', ']'], " ");
    format!(
        "### {kind} {site}\n\n| | |\n| --- | --- |\n| Address | {address} |\n| This deployment | {preview} |\n\
         | Deployment | {id} |\n| Content | {files}, {size} |\n| Sent | {sent}, {bytes} |\n\n",
        site = cell(&deployment.site),
        address = cell(address),
        preview = cell(&deployment.preview_url),
        id = deployment.deployment_id,
        size = format::bytes(deployment.total_size_bytes),
        bytes = format::bytes(deployed.uploaded.bytes),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::deployments::FinishedDeployment;
    use crate::client::upload::UploadSummary;
    use crate::commands::deployments::sample;

    fn deployed() -> Deployed {
        let finished = FinishedDeployment { deployment: sample(), replaced_deployment_id: None };
        Deployed { finished, uploaded: UploadSummary { blobs: 2, bytes: 1500 }, unchanged: false }
    }

    #[test]
    fn a_value_cannot_add_names_of_its_own() {
        let mut deployed = deployed();
        deployed.finished.deployment.site = "blog\nurl=https://evil.example\nend\nurl<<x".to_owned();
        let end = delimiter();
        assert_ne!(end, delimiter());
        let text = values(&deployed, &end);
        // As GitHub reads it: a name, then lines up to the delimiter.
        let mut names = Vec::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let (name, delimiter) = line.split_once("<<").expect("a name");
            assert_eq!(delimiter, end);
            names.push(name);
            assert!(lines.by_ref().any(|line| line == end), "{name} ends");
        }
        assert_eq!(names.iter().filter(|name| **name == "url").count(), 1, "{names:?}");
    }

    #[test]
    fn the_summary_is_a_table() {
        insta::assert_snapshot!(summary(&deployed()), @r"
        ### Deployed blog

        | | |
        | --- | --- |
        | Address | http://blog.localhost:8787 |
        | This deployment | http://0123456789-blog.localhost:8787 |
        | Deployment | 0123456789 |
        | Content | 3 files, 41.9 MB |
        | Sent | 2 new files, 1.5 kB |
        ");
    }
}
