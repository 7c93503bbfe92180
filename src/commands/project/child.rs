//! A command of the project in a shell: its output, its end, and that nothing of it outlives ours.

use std::collections::VecDeque;
use std::io::{PipeReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use crate::api::ErrorCode;
use crate::error::CliError;
use crate::settings::env;
use crate::ui::Ui;

/// How much of a silenced output is kept: its end.
const KEPT_BYTES: usize = 64 * 1024;
/// How long the rest of the output is waited for once the command has ended: what it left running may hold the pipe.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// How long a command that is told to end has time for it.
#[cfg(unix)]
const TIME_TO_END: Duration = Duration::from_secs(2);
/// What a shell answers when there is no such program.
const NO_SUCH_PROGRAM: i32 = 127;

/// Runs a command through the shell in `folder` and waits for its end. Its output goes to standard error; where that is
/// to stay silent it is kept, and shown if the command fails. Dropping the future ends the command and all that it
/// started.
///
/// # Errors
///
/// `code` when it cannot be started or does not succeed.
pub(super) async fn run(ui: &Ui, command: &str, folder: &Path, code: ErrorCode) -> Result<(), CliError> {
    let failed = |error: std::io::Error| {
        CliError::from_source(code, &format!("`{command}` cannot be run"), &error).detail("command", command)
    };
    let (child, output) = start(ui, command, folder).map_err(failed)?;
    let mut group = Group::of(&child);
    let (status, output) = tokio::task::spawn_blocking(move || wait(child, output)).await?;
    group.has_ended = true;
    let status = status.map_err(failed)?;
    if status.success() {
        return Ok(());
    }
    ui.output_of_child(&output);
    Err(told(command, status, code))
}

fn start(ui: &Ui, command: &str, folder: &Path) -> std::io::Result<(Child, Option<Receiver<String>>)> {
    let mut shell = shell(command);
    shell.current_dir(folder).stdin(Stdio::null());
    // Programs that a build runs come from many hands: what may publish the site is none of their business.
    shell.env_remove(env::TOKEN.name);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut shell, 0);
    if !ui.is_silent() {
        let child = shell.stdout(Ui::stream_of_child()).stderr(Ui::stream_of_child()).spawn()?;
        return Ok((child, None));
    }
    let (reader, writer) = std::io::pipe()?;
    let child = shell.stdout(writer.try_clone()?).stderr(writer).spawn()?;
    let (sender, receiver) = sync_channel(1);
    std::thread::Builder::new().name("output".to_owned()).spawn(move || {
        // Nobody waits any more when the command was given up.
        let _ = sender.send(last_bytes(reader));
    })?;
    Ok((child, Some(receiver)))
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    // The command is text of the shell as it stands, not an argument to be quoted.
    std::os::windows::process::CommandExt::raw_arg(shell.args(["/d", "/s", "/c"]), format!("\"{command}\""));
    shell
}

/// Waits for the end of a command, and for the end of its output for a moment.
fn wait(mut child: Child, output: Option<Receiver<String>>) -> (std::io::Result<ExitStatus>, String) {
    let status = child.wait();
    let output = output.and_then(|output| output.recv_timeout(LAST_WORDS).ok());
    (status, output.unwrap_or_default())
}

/// Reads to the end and keeps the last [`KEPT_BYTES`], from the start of a line.
fn last_bytes(mut reader: PipeReader) -> String {
    let (mut kept, mut is_cut) = (VecDeque::with_capacity(KEPT_BYTES), false);
    let mut buffer = [0; 8192];
    while let Ok(length @ 1..) = reader.read(&mut buffer) {
        let excess = (kept.len() + length).saturating_sub(KEPT_BYTES);
        is_cut |= excess > 0;
        kept.drain(..excess.min(kept.len()));
        kept.extend(&buffer[..length]);
    }
    let text = String::from_utf8_lossy(kept.make_contiguous()).into_owned();
    match text.split_once('\n').filter(|_| is_cut) {
        Some((_, rest)) => format!("…\n{rest}"),
        None => text,
    }
}

fn told(command: &str, status: ExitStatus, code: ErrorCode) -> CliError {
    let error = match status.code() {
        Some(child) => {
            CliError::new(code, format!("`{command}` ended with code {child}")).detail("child_exit_code", child)
        }
        None => CliError::new(code, format!("`{command}` was ended by a signal")),
    };
    let error = error.detail("command", command);
    #[cfg(unix)]
    let error = match std::os::unix::process::ExitStatusExt::signal(&status) {
        Some(signal) => error.detail("child_signal", signal),
        None => error,
    };
    match status.code() {
        Some(NO_SUCH_PROGRAM) => error.hint("a program was not found: install it, or add --install for packages"),
        _ => error.hint("nothing was deployed; the command's own output says why it failed"),
    }
}

/// A command with everything that it started; ended when it is given up.
struct Group {
    #[cfg(unix)]
    leader: rustix::process::Pid,
    has_ended: bool,
}

impl Group {
    #[cfg(unix)]
    fn of(child: &Child) -> Group {
        Group { leader: rustix::process::Pid::from_child(child), has_ended: false }
    }

    /// Other systems end the programs of a console together with ours.
    #[cfg(not(unix))]
    fn of(_: &Child) -> Group {
        Group { has_ended: false }
    }
}

#[cfg(unix)]
impl Drop for Group {
    fn drop(&mut self) {
        use rustix::process::{Signal, kill_process_group, test_kill_process_group};
        if self.has_ended || kill_process_group(self.leader, Signal::TERM).is_err() {
            return;
        }
        let limit = std::time::Instant::now() + TIME_TO_END;
        while test_kill_process_group(self.leader).is_ok() {
            if std::time::Instant::now() > limit {
                // It may have ended in this moment.
                let _ = kill_process_group(self.leader, Signal::KILL);
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::ui::Options;

    async fn outcome(command: &str) -> (Result<(), CliError>, String) {
        let (ui, _, stderr) = Ui::captured(Options { json: true, ..Options::default() });
        let result = run(&ui, command, Path::new("/"), ErrorCode::BuildFailed).await;
        (result, stderr.text())
    }

    #[tokio::test]
    async fn silenced_output_is_shown_only_when_the_command_fails() {
        let (result, shown) = outcome("echo one; echo two >&2").await;
        assert!(result.is_ok());
        assert_eq!(shown, "");
        let (result, shown) = outcome("echo one; echo two >&2; exit 7").await;
        assert_eq!(result.expect_err("failed").to_string(), "`echo one; echo two >&2; exit 7` ended with code 7");
        assert_eq!(shown, "one\ntwo\n");
    }

    #[tokio::test]
    async fn only_the_end_of_a_long_output_is_kept() {
        let (_, shown) = outcome("i=0; while [ $i -lt 9000 ]; do echo line $i; i=$((i+1)); done; exit 1").await;
        assert!(shown.len() < KEPT_BYTES + 10 && shown.len() > KEPT_BYTES / 2, "{}", shown.len());
        assert!(shown.starts_with("…\nline ") && shown.ends_with("line 8999\n"), "{}", &shown[..40]);
    }

    #[tokio::test]
    async fn what_a_command_leaves_running_does_not_hold_it_up() {
        let (result, shown) = outcome("sleep 30 & echo done; exit 3").await;
        assert!(result.is_err());
        assert_eq!(shown, "", "the pipe never ended, so nothing is known");
    }

    #[tokio::test]
    async fn a_command_that_is_given_up_ends_with_all_that_it_started() {
        let folder = tempfile::tempdir().expect("a folder");
        let pids = folder.path().join("pids");
        let command = format!("sleep 300 & echo $! $$ > '{0}.new'; mv '{0}.new' '{0}'; wait", pids.display());
        let (ui, _, _) = Ui::captured(Options { json: true, ..Options::default() });
        let started = async {
            while !pids.exists() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            result = run(&ui, &command, folder.path(), ErrorCode::BuildFailed) => panic!("it ended: {result:?}"),
            () = started => {}
        }
        for pid in std::fs::read_to_string(&pids).expect("readable").split_whitespace() {
            let state = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            assert!(state.is_empty() || state.contains(") Z "), "{pid} still runs: {state}");
        }
    }
}
