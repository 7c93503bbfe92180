//! `--timeout`: the whole deploy has this long, and its end says in which state the site is.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::api::ErrorCode;
use crate::commands::hints;
use crate::error::CliError;
use crate::ui::Ui;
use crate::ui::progress::Phase;

/// When a deploy must have ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline {
    limit: Option<(Instant, Duration)>,
}

impl Deadline {
    /// The time from now on; none without a limit.
    pub(super) fn new(seconds: Option<u32>) -> Deadline {
        let length = seconds.map(|seconds| Duration::from_secs(seconds.into()));
        Deadline { limit: length.map(|length| (Instant::now() + length, length)) }
    }

    /// Lets `work` go on until the deadline. Dropping it ends what it started.
    ///
    /// # Errors
    ///
    /// What `work` fails with, or `timed_out`.
    pub(super) async fn keep<T>(
        self,
        ui: &Arc<Ui>,
        work: impl Future<Output = Result<T, CliError>>,
    ) -> Result<T, CliError> {
        let Some((end, length)) = self.limit else { return work.await };
        match tokio::time::timeout_at(end, Box::pin(work)).await {
            Ok(result) => result,
            Err(_) => Err(timed_out(length, ui.last_phase())),
        }
    }
}

fn timed_out(length: Duration, phase: Option<Phase>) -> CliError {
    let (doing, state) = match phase {
        None => ("preparing", "nothing was sent, and the site is as it was"),
        Some(Phase::Hashing) => ("hashing", "nothing was sent, and the site is as it was"),
        Some(Phase::Comparing) => ("comparing", "nothing was sent, and the site is as it was"),
        Some(Phase::Uploading) => ("uploading", "the site is as it was"),
        Some(Phase::Publishing) => ("publishing", "whether the server still published it is not known"),
    };
    let message = format!("the deploy did not end within {} s: it was {doing}; {state}", length.as_secs());
    let error = CliError::new(ErrorCode::TimedOut, message).detail("phase", doing);
    match phase {
        Some(Phase::Publishing) => {
            error.hint("`zerodeploy deployments list` shows it as current if it is; deploying again does no harm")
        }
        _ => error.hint(hints::RESUME),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Options;

    #[tokio::test]
    async fn the_end_tells_how_far_it_came() {
        let ui = Arc::new(Ui::captured(Options::default()).0);
        let told = async |phase: Option<Phase>| {
            let work = async {
                let _progress = phase.map(|phase| ui.progress(phase, None));
                std::future::pending::<Result<(), CliError>>().await
            };
            let error = Deadline::new(Some(0)).keep(&ui, work).await.expect_err("too late");
            assert_eq!((error.code(), error.code().exit_code()), (ErrorCode::TimedOut, 6));
            error.to_string()
        };
        assert!(
            told(None).await.ends_with("within 0 s: it was preparing; nothing was sent, and the site is as it was")
        );
        assert!(told(Some(Phase::Uploading)).await.ends_with("it was uploading; the site is as it was"));
        assert!(told(Some(Phase::Publishing)).await.contains("is not known"));
        let done = Deadline::new(None).keep(&ui, async { Ok(5) }).await;
        assert_eq!(done.expect("in time"), 5);
    }
}
