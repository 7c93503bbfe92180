//! What this machine calls itself, for the person who is asked to approve.

/// Most characters that are sent.
const LONGEST: usize = 100;

/// The machine's name, bounded and without control characters.
pub(super) fn name() -> Option<String> {
    let name: String = system_name()?.chars().filter(|character| !character.is_control()).take(LONGEST).collect();
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

#[cfg(unix)]
fn system_name() -> Option<String> {
    Some(rustix::system::uname().nodename().to_string_lossy().into_owned())
}

/// Windows tells every process.
#[cfg(not(unix))]
fn system_name() -> Option<String> {
    std::env::var("COMPUTERNAME").ok()
}
