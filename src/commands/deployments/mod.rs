//! `deployments`: what was deployed, and what its verbs share.

pub mod diff;
pub mod files;
pub mod list;
pub mod logs;
pub mod show;

use crate::api::ErrorCode;
use crate::api::deployments::{DeployedFile, FinishedDeployment};
use crate::cli::deployments::WhichDeployment;
use crate::client::zerodeploy::ZeroDeploy;
use crate::commands::difference::File;
use crate::commands::hints;
use crate::context::Context;
use crate::domain::deployment_id::DeploymentId;
use crate::error::{CliError, OrHint};
use crate::ui::Ui;

/// The deployment that was named, else the site's current one.
async fn resolve(context: &Context, client: &ZeroDeploy, which: &WhichDeployment) -> Result<DeploymentId, CliError> {
    if let Some(id) = which.deployment_id {
        return Ok(id);
    }
    let slug = context.site(client, which.site.site.as_ref()).await?;
    let site = client.site(slug.as_str()).await.or_hint(ErrorCode::NotFound, hints::SITES)?;
    site.current_deployment_id.ok_or_else(|| {
        CliError::new(ErrorCode::NotFound, format!("the site `{slug}` has no current deployment"))
            .hint(format!("make one with `zerodeploy deploy {slug}`"))
    })
}

/// A file as it is compared.
pub(super) fn compared(file: &DeployedFile) -> File<'_> {
    File { path: &file.path, blob: file.blob, size: file.size_bytes }
}

/// Tells what a site serves after a rollback or promotion.
///
/// # Errors
///
/// When standard output cannot be written.
pub(super) fn print_published(ui: &Ui, published: &FinishedDeployment) -> Result<(), CliError> {
    if ui.is_json() {
        return Ok(ui.json(published)?);
    }
    let deployment = &published.deployment;
    let before = published.replaced_deployment_id.map(|id| format!(" instead of {id}")).unwrap_or_default();
    ui.status(&format!("{} now serves {}{before}", deployment.site, deployment.deployment_id));
    Ok(ui.line(&deployment.url)?)
}

#[cfg(test)]
pub(crate) fn sample() -> crate::api::deployments::Deployment {
    serde_json::from_value(serde_json::json!({
        "deployment_id": "0123456789", "site": "blog", "org": "acme", "status": "ready", "is_current": true,
        "is_preview": false, "url": "http://blog.localhost:8787", "preview_url":
        "http://0123456789-blog.localhost:8787", "file_count": 3, "total_size_bytes": 41_900_000, "message": "first",
        "manifest_id": "0".repeat(64), "created_by": "ada", "created_at": "2026-05-01T12:00:00Z", "finished_at":
        "2026-05-01T12:00:05Z"
    }))
    .expect("a deployment")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Options;

    #[test]
    fn people_see_what_changed_and_programs_get_the_address() {
        let published = FinishedDeployment {
            deployment: sample(),
            replaced_deployment_id: Some("9876543210".parse().expect("an id")),
        };
        let (ui, stdout, stderr) = Ui::captured(Options::default());
        print_published(&ui, &published).expect("written");
        assert_eq!(stdout.text(), "http://blog.localhost:8787\n");
        assert_eq!(stderr.text(), "blog now serves 0123456789 instead of 9876543210\n");
    }
}
