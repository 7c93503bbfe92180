//! `deploy`, `deploy list`, `deploy promote`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::args::{OrgOption, SiteArgs, SiteOption};
use super::deployments::ListArgs;
use super::help::examples;
use crate::domain::deployment_id::DeploymentId;

/// Longest message, in characters.
const LONGEST_MESSAGE: usize = 500;

/// Only a deploy makes the site of a project that has none.
const SITE_HELP: &str = "Site slug [default: ZERODEPLOY_SITE, zerodeploy.json, a new site named by package.json or the \
                         folder, or the only one that a token reaches]";

const EXAMPLES: [(&str, &str); 6] = [
    ("zerodeploy deploy --local --dir dist", "Start a server here if none runs, make the site, deploy"),
    ("zerodeploy deploy blog --dir dist", "Publish a folder"),
    ("zerodeploy deploy blog --dir dist --preview", "Make a preview, leave the site as it is"),
    ("zerodeploy deploy --install --build", "Install, build and publish the project in this folder"),
    ("zerodeploy deploy blog --dry-run", "Show what would change"),
    ("zerodeploy deploy promote --site blog", "Publish the latest preview"),
];

/// Deploy a folder to a site
#[derive(Debug, Default, Args)]
#[command(after_help = examples("Examples", &EXAMPLES), mut_arg("site", |argument| argument.help(SITE_HELP)))]
pub struct DeployArgs {
    #[command(subcommand)]
    pub command: Option<DeployCommand>,

    #[command(flatten)]
    pub site: SiteArgs,

    #[command(flatten)]
    pub org: OrgOption,

    /// Folder to deploy [default: zerodeploy.json, or found by the project's framework]
    #[arg(long, value_name = "PATH")]
    pub dir: Option<PathBuf>,

    /// Run the build command first
    #[arg(long, help_heading = "Build")]
    pub build: bool,

    /// Build nothing, which is the default
    #[arg(long, help_heading = "Build", conflicts_with_all = ["build", "build_command"])]
    pub no_build: bool,

    /// Build with this command instead; implies --build [default: zerodeploy.json, or found by the framework]
    #[arg(long, help_heading = "Build", value_name = "COMMAND")]
    pub build_command: Option<String>,

    /// Run the install command before the build
    #[arg(long, help_heading = "Build")]
    pub install: bool,

    /// Make a preview under its own address, leave the site as it is [default for pull requests in CI]
    #[arg(long, conflicts_with = "prod")]
    pub preview: bool,

    /// Publish on the site's own address, also for a pull request in CI
    #[arg(long)]
    pub prod: bool,

    /// Lay the files over those of the current deployment instead of replacing them
    #[arg(long)]
    pub append: bool,

    /// Say something about this deployment
    #[arg(long, value_name = "TEXT", value_parser = message)]
    pub message: Option<String>,

    /// Show what would change on the site, and deploy nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Give up after this long, build included
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub timeout: Option<u32>,

    /// Open the address in the browser; not over SSH or in CI
    #[arg(long, conflicts_with = "dry_run")]
    pub open: bool,

    /// Write outputs and a summary for GitHub Actions
    #[arg(long, conflicts_with = "dry_run")]
    pub github_output: bool,

    /// Deploy to the server on this machine: start it when none runs, make the site, named by package.json or the folder
    #[cfg(feature = "server")]
    #[arg(long, conflicts_with = "dry_run")]
    pub local: bool,

    /// Data folder of the server on this machine
    #[cfg(feature = "server")]
    #[arg(long, value_name = "DIR", requires = "local")]
    pub data_dir: Option<PathBuf>,
}

impl DeployArgs {
    /// Whether the build command is run.
    pub fn builds(&self) -> bool {
        self.build || self.build_command.is_some()
    }

    /// Takes the subcommand out.
    ///
    /// # Errors
    ///
    /// A sentence for people when arguments of `deploy` itself stand before it: they would be lost. (The parser's own
    /// rule for this would refuse the global options, too.)
    pub fn take_command(&mut self) -> Result<Option<DeployCommand>, &'static str> {
        let command = self.command.take();
        let is_stray = self.site.slug().is_some()
            || self.org.org.is_some()
            || self.dir.is_some()
            || self.builds()
            || self.message.is_some()
            || self.timeout.is_some()
            || [
                self.no_build,
                self.install,
                self.preview,
                self.prod,
                self.append,
                self.dry_run,
                self.open,
                self.github_output,
            ]
            .contains(&true);
        #[cfg(feature = "server")]
        let is_stray = is_stray || self.local || self.data_dir.is_some();
        match command {
            Some(_) if is_stray => {
                Err("arguments of `deploy` cannot stand before `list` or `promote`; put them behind")
            }
            command => Ok(command),
        }
    }
}

/// What to do with deployments that are there.
#[derive(Debug, Subcommand)]
pub enum DeployCommand {
    List(ListArgs),
    Promote(PromoteArgs),
}

/// Make a preview the site's current deployment
#[derive(Debug, Args)]
pub struct PromoteArgs {
    /// Deployment to publish [default: the latest preview]
    #[arg(value_name = "DEPLOYMENT_ID")]
    pub deployment_id: Option<DeploymentId>,

    #[command(flatten)]
    pub site: SiteOption,
}

fn message(text: &str) -> Result<String, String> {
    let length = text.chars().count();
    if length > LONGEST_MESSAGE {
        return Err(format!("{length} characters are too many; {LONGEST_MESSAGE} are allowed"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn messages_are_bounded() {
        assert!(message(&"ä".repeat(500)).is_ok());
        assert!(message(&"ä".repeat(501)).is_err());
    }
}
