//! What a deploy prints: the address alone on standard output, or the documented JSON.

use serde::Serialize;

use super::engine::Deployed;
use crate::error::CliError;
use crate::ui::{Ui, format};

/// The JSON result: the documented fields first, ours beside them. None is ever renamed.
#[derive(Debug, Serialize)]
struct DeployResult<'a> {
    success: bool,
    deployment_id: &'a str,
    url: &'a str,
    preview_url: &'a str,
    is_preview: bool,
    file_count: u64,
    total_size_bytes: u64,
    site: &'a str,
    org: &'a str,
    replaced_deployment_id: Option<&'a str>,
    uploaded_files: u64,
    uploaded_bytes: u64,
    unchanged: bool,
}

impl<'a> DeployResult<'a> {
    fn of(deployed: &'a Deployed) -> Self {
        let deployment = &deployed.finished.deployment;
        DeployResult {
            success: true,
            deployment_id: deployment.deployment_id.as_str(),
            url: &deployment.url,
            preview_url: &deployment.preview_url,
            is_preview: deployment.is_preview,
            file_count: deployment.file_count,
            total_size_bytes: deployment.total_size_bytes,
            site: &deployment.site,
            org: &deployment.org,
            replaced_deployment_id: deployed.finished.replaced_deployment_id.as_ref().map(|id| id.as_str()),
            uploaded_files: deployed.uploaded.blobs,
            uploaded_bytes: deployed.uploaded.bytes,
            unchanged: deployed.unchanged,
        }
    }
}

/// The address to look at: the site's, or a preview's own.
pub(super) fn address(deployed: &Deployed) -> &str {
    let deployment = &deployed.finished.deployment;
    if deployment.is_preview { &deployment.preview_url } else { &deployment.url }
}

/// Prints the result of a deploy.
pub(super) fn print(ui: &Ui, deployed: &Deployed) -> Result<(), CliError> {
    let result = DeployResult::of(deployed);
    if ui.is_json() {
        return Ok(ui.json(&result)?);
    }
    ui.status(&summary(&result));
    Ok(ui.line(address(deployed))?)
}

fn summary(result: &DeployResult<'_>) -> String {
    let sent = match result.uploaded_files {
        0 if result.unchanged => "nothing changed".to_owned(),
        0 => "nothing new to send".to_owned(),
        count => format!("{} sent ({})", format::count(count, "new file"), format::bytes(result.uploaded_bytes)),
    };
    let kind = if result.is_preview { "a preview of " } else { "" };
    let all = format!("{} ({})", format::count(result.file_count, "file"), format::bytes(result.total_size_bytes));
    format!("Deployed {all} to {kind}{} as {}: {sent}", result.site, result.deployment_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::deployments::{Deployment, DeploymentStatus, FinishedDeployment};
    use crate::client::upload::UploadSummary;
    use crate::content::blob::BlobId;
    use crate::ui::Options;

    fn deployed(is_preview: bool, uploaded: UploadSummary) -> Deployed {
        let deployment = Deployment {
            deployment_id: "0123456789".parse().expect("an id"),
            site: "blog".to_owned(),
            org: "personal".to_owned(),
            status: DeploymentStatus::Ready,
            is_current: !is_preview,
            is_preview,
            url: "http://blog.localhost:8787".to_owned(),
            preview_url: "http://0123456789-blog.localhost:8787".to_owned(),
            file_count: 12,
            total_size_bytes: 3400,
            message: None,
            manifest_id: BlobId::of(b""),
            created_by: "owner".to_owned(),
            created_at: jiff::Timestamp::UNIX_EPOCH,
            finished_at: None,
        };
        let finished = FinishedDeployment { deployment, replaced_deployment_id: None };
        Deployed { finished, uploaded, unchanged: uploaded.blobs == 0 }
    }

    #[test]
    fn the_address_is_alone_on_standard_output() {
        for (is_preview, url) in
            [(false, "http://blog.localhost:8787\n"), (true, "http://0123456789-blog.localhost:8787\n")]
        {
            let (ui, stdout, stderr) = Ui::captured(Options::default());
            print(&ui, &deployed(is_preview, UploadSummary { blobs: 1, bytes: 200 })).expect("printed");
            assert_eq!(stdout.text(), url);
            assert!(stderr.text().contains("1 new file sent"), "{}", stderr.text());
        }
    }

    #[test]
    fn the_json_result_has_the_documented_fields() {
        let (ui, stdout, stderr) = Ui::captured(Options { json: true, ..Options::default() });
        print(&ui, &deployed(false, UploadSummary::default())).expect("printed");
        assert_eq!(stderr.text(), "");
        insta::assert_snapshot!(stdout.text(), @r#"{"success":true,"deployment_id":"0123456789","url":"http://blog.localhost:8787","preview_url":"http://0123456789-blog.localhost:8787","is_preview":false,"file_count":12,"total_size_bytes":3400,"site":"blog","org":"personal","replaced_deployment_id":null,"uploaded_files":0,"uploaded_bytes":0,"unchanged":true}"#);
    }
}
