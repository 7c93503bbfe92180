//! `token audit`.

use crate::api::ErrorCode;
use crate::api::tokens::TokenFinding;
use crate::cli::token::AuditArgs;
use crate::commands::hints;
use crate::context::Context;
use crate::domain::slug::OrgSlug;
use crate::error::{CliError, OrHint};
use crate::ui::table::{Cell, Table};
use crate::ui::{Ui, format};

/// Runs the command.
///
/// # Errors
///
/// `findings` when there is one that `--fail-on` names; when the credential is no session, or the server refuses.
pub async fn run(context: &Context, args: AuditArgs) -> Result<(), CliError> {
    let client = context.session_client().await?;
    let org = args.org.as_ref().map(OrgSlug::as_str);
    let findings = client.token_findings(org).await.or_hint(ErrorCode::NotFound, hints::ORGS)?;
    print(&context.ui, &findings)?;
    let is_meant = |finding: &&TokenFinding| args.fail_on.iter().any(|wanted| wanted.means(&finding.code));
    let failing = findings.iter().filter(is_meant).count();
    if failing == 0 {
        return Ok(());
    }
    // The findings themselves are on standard output already.
    let message = format!("{} that --fail-on asks for", format::count(failing as u64, "finding"));
    Err(CliError::new(ErrorCode::Findings, message).beside_data())
}

fn print(ui: &Ui, findings: &[TokenFinding]) -> Result<(), CliError> {
    if ui.is_json() {
        return Ok(ui.json(findings)?);
    }
    let groups = by_token(findings);
    if ui.is_terminal() {
        for group in &groups {
            print_group(ui, group)?;
        }
    } else {
        ui.table(&table(findings))?;
    }
    ui.status(&match findings.len() {
        0 => "Nothing is wrong with your tokens".to_owned(),
        count => {
            format!("{} in {}", format::count(count as u64, "finding"), format::count(groups.len() as u64, "token"))
        }
    });
    Ok(())
}

/// The findings of each token, in the order in which the tokens first come.
fn by_token(findings: &[TokenFinding]) -> Vec<Vec<&TokenFinding>> {
    let mut groups: Vec<Vec<&TokenFinding>> = Vec::new();
    for finding in findings {
        match groups.iter_mut().find(|group| group[0].token_id == finding.token_id) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

fn print_group(ui: &Ui, group: &[&TokenFinding]) -> Result<(), CliError> {
    let token = group[0];
    let reach = super::reach(token.kind, token.org.as_deref(), token.site.as_deref());
    ui.heading(&format!("{}  {} of {}, {reach}", token.prefix, token.name, token.owner))?;
    for finding in group {
        ui.item(&format!("{:<6}  {}: {}", finding.severity, finding.code, finding.message))?;
        for command in &finding.fix {
            ui.item(&format!("        $ {command}"))?;
        }
    }
    Ok(())
}

fn table(findings: &[TokenFinding]) -> Table {
    let mut table = Table::new(&["severity", "code", "prefix", "name", "kind", "scope", "owner", "message", "fix"]);
    for finding in findings {
        table.row(vec![
            finding.severity.clone().into(),
            finding.code.clone().into(),
            finding.prefix.clone().into(),
            finding.name.clone().into(),
            finding.kind.as_str().into(),
            Cell::text(finding.site.clone().or(finding.org.clone())),
            finding.owner.clone().into(),
            finding.message.clone().into(),
            finding.fix.join(" && ").into(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Options;
    use crate::ui::style::ColorWish;

    fn findings() -> Vec<TokenFinding> {
        let finding = |prefix: &str, severity: &str, code: &str, fix: &[&str]| {
            serde_json::from_value(serde_json::json!({
                "code": code, "severity": severity, "message": "it does something", "fix": fix, "prefix": prefix,
                "token_id": if prefix == "zd_1a2b3c4d" { uuid::Uuid::nil() } else { uuid::Uuid::max() },
                "name": "ci", "owner": "ada", "kind": "site", "org": "acme", "site": "blog",
            }))
            .expect("a finding")
        };
        vec![
            finding("zd_1a2b3c4d", "high", "many_addresses", &["zerodeploy token show zd_1a2b3c4d"]),
            finding("zd_5e6f7a8b", "medium", "unused", &["zerodeploy token delete zd_5e6f7a8b"]),
            finding("zd_1a2b3c4d", "low", "permission_unused", &["one", "two"]),
        ]
    }

    #[test]
    fn people_see_them_token_by_token() {
        let color = ColorWish { never: true, ..ColorWish::default() };
        let (ui, stdout, stderr) = Ui::captured(Options { stdout_terminal: true, color, ..Options::default() });
        print(&ui, &findings()).expect("written");
        insta::assert_snapshot!(stdout.text(), @r"
        zd_1a2b3c4d  ci of ada, site blog
          high    many_addresses: it does something
                  $ zerodeploy token show zd_1a2b3c4d
          low     permission_unused: it does something
                  $ one
                  $ two
        zd_5e6f7a8b  ci of ada, site blog
          medium  unused: it does something
                  $ zerodeploy token delete zd_5e6f7a8b
        ");
        assert_eq!(stderr.text(), "3 findings in 2 tokens\n");
    }

    #[test]
    fn programs_get_a_line_each() {
        let (ui, stdout, _) = Ui::captured(Options::default());
        print(&ui, &findings()).expect("written");
        let text = stdout.text();
        assert_eq!(text.lines().count(), 4);
        assert!(text.ends_with("\tit does something\tone && two\n"), "{text}");
    }
}
