//! A program that keeps running while a test talks to it.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Longest wait for what a program should say or for its end.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running program; killed when its value is dropped.
pub(crate) struct Process {
    child: Child,
    /// The JSON values on stdout; closed when stdout is, which is when the program ends.
    values: Receiver<Value>,
    log: PathBuf,
}

impl Process {
    /// Starts a program whose stdout is a sequence of JSON values. Its stderr goes to a file.
    pub(crate) fn start(mut command: Command, log: &Path) -> Self {
        let errors = File::options().create(true).append(true).open(log).expect("a writable log file");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(errors);
        let mut child = command.spawn().expect("the program starts");
        let stdout = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
        let (sender, values) = channel();
        std::thread::spawn(move || {
            for value in serde_json::Deserializer::from_reader(stdout).into_iter().map_while(Result::ok) {
                if sender.send(value).is_err() {
                    return;
                }
            }
        });
        Process { child, values, log: log.to_path_buf() }
    }

    /// The process's id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the next JSON value on stdout.
    #[track_caller]
    pub(crate) fn next_value(&mut self) -> Value {
        match self.values.recv_timeout(PATIENCE) {
            Ok(value) => value,
            Err(reason) => panic!("{reason:?} instead of a line on stdout; it said:\n{}", self.log()),
        }
    }

    /// Everything that it wrote to stderr so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Asks it to end, as Ctrl-C or a service manager would, and waits for that.
    #[cfg(unix)]
    #[track_caller]
    pub(crate) fn signal_and_wait(&mut self, signal: rustix::process::Signal) -> i32 {
        rustix::process::kill_process(rustix::process::Pid::from_child(&self.child), signal).expect("it is running");
        self.wait()
    }

    /// Waits until it has ended; its exit code, or -1 when a signal ended it.
    #[track_caller]
    pub(crate) fn wait(&mut self) -> i32 {
        let limit = Instant::now() + PATIENCE;
        loop {
            match self.values.recv_timeout(limit.saturating_duration_since(Instant::now())) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("it does not end; it said:\n{}", self.log()),
            }
        }
        self.child.wait().expect("its exit code").code().unwrap_or(-1)
    }

    /// Ends it at once, without giving it a chance to clean up.
    pub(crate) fn kill(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
