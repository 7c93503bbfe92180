//! What is built and which folder is deployed: options, else `zerodeploy.json`, else what the files of the project say.

use std::path::{Path, PathBuf};

use crate::cli::deploy::DeployArgs;
use crate::commands::project::{self, folder, place::Place, remember, steps::Steps};
use crate::context::Context;
use crate::domain::slug::SiteSlug;
use crate::error::CliError;
use crate::project::Detection;
use crate::ui::Ui;

/// The way from a project to the folder of its site.
#[derive(Debug)]
pub(super) struct Plan {
    /// The folder of the project, where its commands run.
    base: PathBuf,
    steps: Steps,
    place: Place,
}

impl Plan {
    /// Looks at the project. Nothing is run and nobody is asked.
    ///
    /// # Errors
    ///
    /// When the site is to be built and nothing says how, or there can be no folder to deploy.
    pub(super) async fn make(ctx: &Context, args: &DeployArgs) -> Result<Plan, CliError> {
        let project = ctx.settings.project()?;
        let base = project::base(ctx)?;
        let place = Place::new(ctx, args.dir.as_deref())?;
        let is_found = matches!(place, Place::Found);
        // Who names everything gets no look-around.
        let found = match is_found || args.install || args.builds() {
            true => project::look(&base).await?,
            false => Detection::default(),
        };
        if is_found {
            folder::check(&found)?;
        }
        let steps = Steps::choose(&ctx.ui, args, base.clone(), project, &found)?;
        Ok(Plan { base, steps, place })
    }

    /// Whether commands run before the folder is there.
    pub(super) fn builds(&self) -> bool {
        !self.steps.is_empty()
    }

    /// The folder that names a new site: the one that `--dir` names, else the project's.
    pub(super) fn named_folder(&self) -> &Path {
        match &self.place {
            Place::Named(folder) => folder,
            Place::OfProject(_) | Place::Found => &self.base,
        }
    }

    /// Installs and builds, as far as it was asked for.
    ///
    /// # Errors
    ///
    /// When a command fails.
    pub(super) async fn build(&self, ctx: &Context) -> Result<(), CliError> {
        self.steps.run(&ctx.ui).await
    }

    /// The folder to deploy, once everything is built.
    ///
    /// # Errors
    ///
    /// When it is not there or not certain, or the project chooses one outside of its repository.
    pub(super) async fn folder(&self, ctx: &Context) -> Result<PathBuf, CliError> {
        self.place.folder(ctx, &self.base, self.steps.build_command().is_some(), "deploying").await
    }

    /// Writes down where the project was deployed to.
    pub(super) async fn remember(&self, ui: &Ui, folder: &Path, site: &SiteSlug) {
        remember::site(ui, &self.base, folder, site, self.steps.build_command()).await;
    }
}
