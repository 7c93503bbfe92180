//! The programs that we are compared with.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::measure::{Reason, output};

/// Says how to get a program when it is missing.
pub(crate) fn need(program: &str, package: &str) -> Result<(), Reason> {
    let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).stdout(Stdio::null()).status();
    match found {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!("{program} is missing: `apt-get update && apt-get install -y {package}`")),
    }
}

/// `rsync -a SOURCE/ DESTINATION/` with further options.
pub(crate) fn rsync(source: &Path, destination: &Path, options: &[&str]) -> Command {
    let mut command = Command::new("rsync");
    command.arg("-a").args(options).arg(source.join("")).arg(destination.join(""));
    command
}

/// `sync -f`: writes the file system of a folder to the disk.
pub(crate) fn sync_file_system(folder: &Path) -> Command {
    let mut command = Command::new("sync");
    command.arg("-f").arg(folder);
    command
}

/// A running nginx that serves one folder; it ends with its value.
pub(crate) struct Nginx {
    child: Child,
    pub(crate) address: String,
}

impl Nginx {
    /// Two workers, sendfile, open files cached, and a log of requests only if asked for.
    pub(crate) fn start(folder: &Path, work: &Path, with_log: bool) -> Result<Self, Reason> {
        need("nginx", "nginx-light")?;
        let address = free_address()?;
        let log = if with_log { format!("{} combined", work.join("access.log").display()) } else { "off".to_owned() };
        let user = if rustix::process::geteuid().is_root() { "user root;" } else { "" };
        let configuration = format!(
            "{user} worker_processes 2; daemon off; pid {work}/nginx.pid; error_log {work}/error.log;\n\
             events {{ worker_connections 1024; }}\n\
             http {{ sendfile on; tcp_nopush on; keepalive_requests 1000000; open_file_cache max=1000;\n\
             types {{ text/html html; }} access_log {log};\n\
             server {{ listen {address}; root {folder}; }} }}\n",
            work = work.display(),
            folder = folder.display(),
        );
        let path = work.join("nginx.conf");
        fs::write(&path, configuration).map_err(|error| format!("{}: {error}", path.display()))?;
        let mut command = Command::new("nginx");
        command.arg("-c").arg(&path).arg("-e").arg(work.join("error.log"));
        let child = command.stdin(Stdio::null()).spawn().map_err(|error| format!("nginx: {error}"))?;
        let nginx = Nginx { child, address };
        nginx.wait_until_ready()?;
        Ok(nginx)
    }

    fn wait_until_ready(&self) -> Result<(), Reason> {
        for _ in 0..100 {
            if TcpStream::connect(&self.address).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err("nginx does not accept connections; see its error.log in target/bench-work".to_owned())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // SIGTERM, so that the workers end with their master. Both fail only when it has ended already.
        let process = rustix::process::Pid::from_child(&self.child);
        let _ = rustix::process::kill_process(process, rustix::process::Signal::TERM);
        let _ = self.child.wait();
    }
}

fn free_address() -> Result<String, Reason> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    listener.local_addr().map(|address| address.to_string()).map_err(|error| error.to_string())
}

/// Requests a second over 64 keep-alive connections for five seconds; an answer other than 200 is a reason.
pub(crate) fn requests_per_second(address: &str, host: &str, target: &str) -> Result<f64, Reason> {
    requests_per_second_with(address, &[format!("Host: {host}")], target)
}

/// The same with any header fields.
pub(crate) fn requests_per_second_with(address: &str, fields: &[String], target: &str) -> Result<f64, Reason> {
    need("wrk", "wrk")?;
    let mut wrk = Command::new("wrk");
    wrk.args(["-t2", "-c64", "-d5s"]);
    wrk.args(fields.iter().flat_map(|field| ["-H", field]));
    wrk.arg(format!("http://{address}{target}"));
    let report = output(&mut wrk)?;
    if let Some(line) = report.lines().find(|line| line.contains("Non-2xx") || line.contains("Socket errors")) {
        return Err(format!("{address}{target}: {}", line.trim()));
    }
    let line = report.lines().find_map(|line| line.trim().strip_prefix("Requests/sec:"));
    line.and_then(|number| number.trim().parse().ok()).ok_or_else(|| format!("wrk said: {report}"))
}
