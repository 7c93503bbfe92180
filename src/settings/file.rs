//! Small files of the user: read with their name in the error, written atomically and for the user alone.

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::Path;

use super::SettingsError;
use crate::private;

/// Largest settings file: far above any real one, low enough to read into memory.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Reads a file, or returns `None` when there is none.
///
/// # Errors
///
/// When it cannot be read, is too large or is not UTF-8.
pub(crate) fn read(path: &Path) -> Result<Option<String>, SettingsError> {
    let unreadable = |reason: String| SettingsError::Unreadable { path: path.to_owned(), reason };
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error.to_string())),
        // A pipe would be waited for, and a device may have no end: a link in a foreign folder can lead to either.
        Ok(metadata) if !metadata.is_file() => return Err(unreadable("it is no regular file".to_owned())),
        Ok(_) => {}
    }
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_string(&mut text));
    read.map_err(|error| unreadable(error.to_string()))?;
    if text.len() as u64 > LARGEST {
        return Err(unreadable(format!("it is over {LARGEST} bytes")));
    }
    // Some editors begin a file with a byte order mark, which is no JSON.
    Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
}

/// Replaces a file as a whole: readers see the old or the new one, also after a crash. Only the user may read it.
///
/// # Errors
///
/// When the folder or the file cannot be written.
pub(crate) fn write_private(path: &Path, text: &str) -> Result<(), SettingsError> {
    let replaced = match path.parent() {
        Some(folder) => private::create_folder(folder).and_then(|()| private::replace(path, text.as_bytes())),
        None => Err(io::ErrorKind::InvalidInput.into()),
    };
    replaced.map_err(|error| unwritable(path, &error))
}

/// Replaces a file of a project as a whole: whoever may read the folder may read it.
///
/// # Errors
///
/// When the file cannot be written.
pub(crate) fn write_shared(path: &Path, text: &str) -> Result<(), SettingsError> {
    private::replace_with(File::options().write(true), path, text.as_bytes()).map_err(|error| unwritable(path, &error))
}

/// Makes a file of a project; one that is there stays as it is, and the answer is `false`.
///
/// # Errors
///
/// When the file cannot be written.
pub(crate) fn create_shared(path: &Path, text: &str) -> Result<bool, SettingsError> {
    match File::create_new(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map(|()| true).map_err(|error| unwritable(path, &error)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(unwritable(path, &error)),
    }
}

fn unwritable(path: &Path, error: &io::Error) -> SettingsError {
    SettingsError::Unwritable { path: path.to_owned(), reason: error.to_string() }
}

/// Runs `change` while no other process of ours changes files of the same folder.
///
/// # Errors
///
/// When the lock cannot be taken, or `change` fails.
pub(crate) fn with_lock<T>(
    folder: &Path,
    change: impl FnOnce() -> Result<T, SettingsError>,
) -> Result<T, SettingsError> {
    let path = folder.join(".lock");
    let lock = || -> io::Result<File> {
        private::create_folder(folder)?;
        let file = private::options().create(true).open(&path)?;
        file.lock()?;
        Ok(file)
    };
    let _held = lock().map_err(|error| SettingsError::Unwritable { path: path.clone(), reason: error.to_string() })?;
    change()
}

/// Whether others than the user may read or write a file; no, when it is not there.
///
/// # Errors
///
/// When its rights cannot be read.
#[cfg(unix)]
pub(crate) fn is_exposed(path: &Path) -> Result<bool, SettingsError> {
    use std::os::unix::fs::PermissionsExt;
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.permissions().mode() & 0o077 != 0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(SettingsError::Unreadable { path: path.to_owned(), reason: error.to_string() }),
    }
}

/// Other systems guard the user's folder as a whole.
///
/// # Errors
///
/// Never.
#[cfg(not(unix))]
pub(crate) fn is_exposed(_: &Path) -> Result<bool, SettingsError> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/config.json");
        assert_eq!(read(&path).expect("readable"), None);
        for text in ["{}", "\u{feff}{\"a\":1}"] {
            write_private(&path, text).expect("written");
        }
        assert_eq!(read(&path).expect("readable").as_deref(), Some("{\"a\":1}"));
        assert_eq!(fs::read_dir(folder.path().join("deep")).expect("readable").count(), 1);
    }

    #[test]
    fn what_is_no_file_or_too_large_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        assert!(read(folder.path()).expect_err("a folder").to_string().contains("no regular file"));
        let path = folder.path().join("large.json");
        fs::write(&path, vec![b' '; LARGEST as usize + 1]).expect("written");
        assert!(read(&path).expect_err("too large").to_string().contains("over 4194304 bytes"));
        #[cfg(unix)]
        {
            let endless = folder.path().join("endless.json");
            std::os::unix::fs::symlink("/dev/zero", &endless).expect("a link");
            assert!(read(&endless).is_err());
        }
    }

    #[cfg(unix)]
    #[test]
    fn only_the_user_may_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new/credentials.json");
        write_private(&path, "{}").expect("written");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().expect("a folder")), 0o700);
        assert!(!is_exposed(&path).expect("readable"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("changed");
        assert!(is_exposed(&path).expect("readable"));
        assert!(!is_exposed(&folder.path().join("absent")).expect("nothing there"));
    }

    #[test]
    fn changes_of_one_folder_exclude_each_other() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("count");
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    with_lock(folder.path(), || {
                        let count: u32 = read(&path)?.map_or(0, |text| text.parse().expect("a number"));
                        write_private(&path, &(count + 1).to_string())
                    })
                    .expect("changed");
                });
            }
        });
        assert_eq!(read(&path).expect("readable").as_deref(), Some("8"));
    }
}
