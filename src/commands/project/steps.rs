//! Installing and building before a deploy: which commands, and running them.

use std::path::PathBuf;

use super::child;
use crate::api::ErrorCode;
use crate::cli::deploy::DeployArgs;
use crate::error::CliError;
use crate::project::{Detection, Step};
use crate::settings::project::Project;
use crate::ui::Ui;

/// What is run before a deploy, in this order.
#[derive(Debug)]
pub(in crate::commands) struct Steps {
    folder: PathBuf,
    install: Option<Step>,
    build: Option<Step>,
}

impl Steps {
    /// Chooses the commands that `args` ask for: an option's, else the project's, else the one that was found.
    ///
    /// # Errors
    ///
    /// `validation_failed` when the site is to be built and nothing says how.
    pub(in crate::commands) fn choose(
        ui: &Ui,
        args: &DeployArgs,
        folder: PathBuf,
        project: Option<&Project>,
        found: &Detection,
    ) -> Result<Steps, CliError> {
        let of_project = |command: Option<&String>, key: &str| {
            command.map(|command| Step { command: command.clone(), why: format!("`{key}` in zerodeploy.json") })
        };
        let mut steps = Steps { folder, install: None, build: None };
        if args.install {
            steps.install =
                of_project(project.and_then(|project| project.install.as_ref()), "install").or(found.install.clone());
            if steps.install.is_none() {
                ui.notice("nothing to install: there is no package.json, Gemfile or requirements.txt for the build");
            }
        }
        if args.builds() {
            let named = args.build_command.as_ref();
            let named = named.map(|command| Step { command: command.clone(), why: "--build-command".to_owned() });
            let build = named
                .or_else(|| of_project(project.and_then(|project| project.build.as_ref()), "build"))
                .or_else(|| found.build.clone());
            steps.build = Some(build.ok_or_else(|| nothing_to_build(&steps.folder, found))?);
        }
        Ok(steps)
    }

    /// Whether there is nothing to run.
    pub(in crate::commands) fn is_empty(&self) -> bool {
        self.install.is_none() && self.build.is_none()
    }

    /// The command that builds.
    pub(in crate::commands) fn build_command(&self) -> Option<&str> {
        self.build.as_ref().map(|step| step.command.as_str())
    }

    /// Runs the commands. Dropping the future ends the one that runs.
    ///
    /// # Errors
    ///
    /// `install_failed` or `build_failed`.
    pub(in crate::commands) async fn run(&self, ui: &Ui) -> Result<(), CliError> {
        let steps = [
            ("Installing", &self.install, ErrorCode::InstallFailed),
            ("Building", &self.build, ErrorCode::BuildFailed),
        ];
        for (doing, step, code) in steps {
            if let Some(Step { command, why }) = step {
                ui.status(&format!("{doing}: {command} ({why})"));
                child::run(ui, command, &self.folder, code).await?;
            }
        }
        Ok(())
    }
}

fn nothing_to_build(folder: &std::path::Path, found: &Detection) -> CliError {
    let message = match &found.framework {
        Some(known) => format!("`{}` holds {}, which needs no build", folder.display(), known.name),
        None => format!("nothing in `{}` says how to build the site", folder.display()),
    };
    CliError::new(ErrorCode::ValidationFailed, message)
        .hint("leave --build out, or name the command: zerodeploy deploy --build-command COMMAND")
}
