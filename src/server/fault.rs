//! Named points of a deploy at which the fault tests make this process die or its disk full.
//!
//! Only in builds with debug assertions: `ZERODEPLOY_FAULT=<point>:kill:<n>` ends the process with SIGKILL when it
//! reaches the point after passing it n times, `…:full:<n>` makes the point fail like a full disk from then on,
//! and `…:panic=<text>:<n>` makes it panic with a text. A release build has none of this.

use std::io;

/// Every point, in the order a deploy reaches them. The `pack` ones are passed once for the manifest, then once for each
/// upload request.
pub(crate) const POINTS: [&str; 11] = [
    "begin-received",
    "pack-writing",
    "pack-written",
    "pack-synced",
    "begin-committed",
    "blobs-received",
    "blobs-indexed",
    "finish-received",
    "finish-checked",
    "finish-committed",
    "finish-visible",
];

/// Passes a point; fails or does not return when a test asked for it: `<point>:<kill|full|panic=text>:<how many times to
/// pass before>`.
#[cfg(all(debug_assertions, unix))]
pub(crate) fn point(name: &'static str) -> io::Result<()> {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    struct Wanted {
        point: String,
        action: String,
        passes: AtomicU64,
    }
    static WANTED: OnceLock<Option<Wanted>> = OnceLock::new();

    debug_assert!(POINTS.contains(&name), "{name} is not listed");
    let wanted = WANTED.get_or_init(|| {
        let setting = std::env::var("ZERODEPLOY_FAULT").ok()?;
        let mut parts = setting.splitn(3, ':');
        Some(Wanted {
            point: parts.next()?.to_owned(),
            action: parts.next()?.to_owned(),
            passes: AtomicU64::new(parts.next()?.parse().ok()?),
        })
    });
    let Some(wanted) = wanted.as_ref().filter(|wanted| wanted.point == name) else { return Ok(()) };
    if wanted.passes.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |passes| passes.checked_sub(1)).is_ok() {
        return Ok(());
    }
    match wanted.action.as_str() {
        "kill" => {
            let this = rustix::process::getpid();
            rustix::process::kill_process(this, rustix::process::Signal::KILL).map_err(io::Error::from)
        }
        "full" => Err(io::Error::from(io::ErrorKind::StorageFull)),
        // A message that is made while it runs, as one that holds a secret would be.
        action if action.starts_with("panic=") => panic!("{}", &action["panic=".len()..]),
        _ => Ok(()),
    }
}

/// Passes a point.
#[cfg(not(all(debug_assertions, unix)))]
pub(crate) fn point(name: &'static str) -> io::Result<()> {
    debug_assert!(POINTS.contains(&name), "{name} is not listed");
    Ok(())
}
