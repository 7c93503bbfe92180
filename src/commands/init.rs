//! `init`: writes `zerodeploy.json` for the project in the working folder. It asks nothing; options change what it finds.

use std::path::Path;

use serde::Serialize;

use super::project::{self, new_site, remember};
use crate::api::ErrorCode;
use crate::cli::init::InitArgs;
use crate::client::zerodeploy::ZeroDeploy;
use crate::context::Context;
use crate::domain::slug::SiteSlug;
use crate::error::CliError;
use crate::project::{Detection, Output};
use crate::settings::project::FILE_NAME;
use crate::settings::project_draft::ProjectDraft;
use crate::settings::{SettingsError, env};

/// What to type again with another name.
const COMMAND: &str = "zerodeploy init";

/// Runs the command.
///
/// # Errors
///
/// `conflict` when the file is there, unless it is to be replaced; when the site's name is taken, or the server refuses.
pub async fn run(ctx: &Context, args: InitArgs) -> Result<(), CliError> {
    let base = project::working_folder()?;
    let path = base.join(FILE_NAME);
    // Looked for first: whoever has the file gets no second site.
    let is_there = tokio::fs::try_exists(&path).await.unwrap_or(false);
    if is_there && !args.force {
        return Err(exists(&path));
    }
    let found = project::look(&base).await?;
    let dir = match &args.dir {
        Some(dir) => Some(remember::relative(&base, dir).ok_or_else(|| outside(dir))?),
        None => found_folder(ctx, &found),
    };
    let build = args.build.clone().or_else(|| found.build.as_ref().map(|step| step.command.clone()));
    let Site { slug, is_new } = site(ctx, &args, &base).await?;
    let draft = ProjectDraft { site: slug, org: args.org, dir, build, ignore: args.ignore };
    let (written, target) = (draft.clone(), path.clone());
    // Another command may have written it in the meantime.
    if !tokio::task::spawn_blocking(move || written.write(&target, args.force)).await?? {
        return Err(exists(&path));
    }
    print(ctx, &path, &draft, &found, is_new)
}

fn exists(path: &Path) -> CliError {
    CliError::new(ErrorCode::Conflict, format!("{} is there already", path.display())).hint("add --force to replace it")
}

fn outside(dir: &Path) -> CliError {
    CliError::new(ErrorCode::ValidationFailed, format!("`{}` is no folder inside of the project", dir.display()))
        .hint("run `zerodeploy init` in a folder that holds it")
}

/// The folder that the project's files name; what is uncertain is said and left out.
fn found_folder(ctx: &Context, found: &Detection) -> Option<String> {
    let name = found.framework.as_ref().map_or("the build", |known| known.name);
    match &found.output {
        Some(Output::Folder { path, .. }) => return Some(path.clone()),
        Some(Output::Unclear { why }) => {
            ctx.ui.warn(&format!("where {name} puts the site is not known: {why}; add `dir` to {FILE_NAME}"));
        }
        Some(Output::NotStatic { why, fix }) => {
            ctx.ui.warn(&format!("{name} makes a program here, no static site ({why}); {fix}"));
        }
        None => ctx.ui.warn(&format!("no framework and no index.html was found here; add `dir` to {FILE_NAME}")),
    }
    None
}

/// The site that the file names.
struct Site {
    slug: SiteSlug,
    /// Whether it was made just now.
    is_new: bool,
}

/// The site, made if it is not there. Without a server or a credential it only gets its name.
async fn site(ctx: &Context, args: &InitArgs, base: &Path) -> Result<Site, CliError> {
    let named = match &args.site {
        Some(site) => Some(site.clone()),
        None => ctx.settings.environment().parsed(env::SITE)?.or_else(|| of_replaced_file(ctx, base)),
    };
    let is_named = named.is_some();
    let client = match ctx.client().await {
        Ok(client) => client,
        Err(error) if is_offline(&error) => {
            let slug = new_site::name(named, base, COMMAND).await?;
            ctx.ui.notice(&format!("{error}, so the site was not made; later: zerodeploy site create {slug}"));
            return Ok(Site { slug, is_new: false });
        }
        Err(error) => return Err(error),
    };
    let who = client.whoami().await?;
    if !new_site::may_create(&who) {
        let slug = match named {
            Some(slug) => slug,
            None => ctx.site(&client, None).await?,
        };
        return Ok(Site { slug, is_new: false });
    }
    let slug = new_site::name(named, base, COMMAND).await?;
    match client.site(slug.as_str()).await {
        Ok(_) if is_named => return Ok(Site { slug, is_new: false }),
        Ok(found) => return Err(in_use(&client, &slug, &found.org).await),
        Err(error) if error.code == ErrorCode::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let org = new_site::org(ctx.named_org(args.org.as_ref()).await?, who.credential.org.as_deref(), &who.orgs)?;
    new_site::create(&ctx.ui, &client, &slug, &org, COMMAND).await?;
    Ok(Site { slug, is_new: true })
}

/// A site of the folder's name may belong to another project.
async fn in_use(client: &ZeroDeploy, slug: &SiteSlug, org: &str) -> CliError {
    let why = format!("is in use already, in the organization `{org}`");
    let error = new_site::taken(client, slug, &why, COMMAND).await;
    error.hint(format!("or, if it is this project's: {COMMAND} --site {slug}"))
}

/// Whether there is no server or nothing to sign in with, rather than something broken.
fn is_offline(error: &CliError) -> bool {
    matches!(error.code(), ErrorCode::NotAuthenticated | ErrorCode::NetworkError)
}

/// The site of the file that is replaced. One that cannot be read names none.
fn of_replaced_file(ctx: &Context, base: &Path) -> Option<SiteSlug> {
    let project: Result<_, SettingsError> = ctx.settings.project();
    project.ok().flatten().filter(|project| project.folder() == base)?.site.clone()
}

#[derive(Serialize)]
struct Report<'a> {
    file: &'a Path,
    #[serde(flatten)]
    draft: &'a ProjectDraft,
    framework: Option<&'static str>,
    package_manager: Option<&'static str>,
    site_created: bool,
}

fn print(ctx: &Context, path: &Path, draft: &ProjectDraft, found: &Detection, is_new: bool) -> Result<(), CliError> {
    let ui = &ctx.ui;
    if ui.is_json() {
        return Ok(ui.json(&Report {
            file: path,
            draft,
            framework: found.framework.as_ref().map(|known| known.name),
            package_manager: found.package_manager.map(|manager| manager.as_str()),
            site_created: is_new,
        })?);
    }
    if let Some(known) = &found.framework {
        ui.status(&format!("Found {} ({})", known.name, known.why));
    }
    if let (Some(dir), Some(Output::Folder { path, why })) = (&draft.dir, &found.output)
        && dir == path
    {
        ui.status(&format!("Folder: {dir} ({why})"));
    }
    if let (Some(build), Some(step)) = (&draft.build, &found.build)
        && *build == step.command
    {
        ui.status(&format!("Build: {build} ({})", step.why));
    }
    let next = if draft.build.is_some() { "zerodeploy deploy --build" } else { "zerodeploy deploy" };
    ui.status(&format!("Wrote the project of the site {}; deploy it with `{next}`", draft.site));
    Ok(ui.line(&path.display().to_string())?)
}
