//! How many files and connections this process may have open.

/// Handles that are kept for packs, the database, uploads and whatever else opens a file.
const RESERVED: u64 = 512;
/// As many as are asked for when the system has a larger or no bound.
#[cfg(unix)]
const WANTED: u64 = 16_384;

/// Raises this process's bound as far as the system lets it and tells how many connections it leaves room for, at most
/// `most`.
///
/// Programs are started with a low bound (1,024 on most systems) for the sake of old ones that break with more.
pub(crate) fn room_for_connections(most: usize) -> usize {
    let left = usize::try_from(bound().saturating_sub(RESERVED)).unwrap_or(most);
    let room = left.clamp(64, most);
    if room < most {
        tracing::warn!(
            connections = room,
            "few files may be open at once; a larger limit would allow more connections"
        );
    }
    room
}

#[cfg(unix)]
fn bound() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limit = getrlimit(Resource::Nofile);
    let current = limit.current.unwrap_or(u64::MAX);
    let wanted = limit.maximum.unwrap_or(u64::MAX).min(WANTED);
    if wanted <= current {
        return current;
    }
    match setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum }) {
        Ok(()) => wanted,
        Err(_) => current,
    }
}

// Windows bounds sockets by memory alone.
#[cfg(not(unix))]
fn bound() -> u64 {
    u64::MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_always_some_room_and_never_more_than_asked_for() {
        assert_eq!(room_for_connections(64), 64);
        assert!((64..=usize::MAX).contains(&room_for_connections(usize::MAX)));
    }
}
