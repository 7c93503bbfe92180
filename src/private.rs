//! Files and folders for one account: nobody else reads them, and a file is replaced as a whole.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Creates a folder that only this account can read, if it is not there; its entry, and those of the parents that were
/// not there either, are on disk afterwards. Blocks.
///
/// # Errors
///
/// When it cannot be made.
pub(crate) fn create_folder(path: &Path) -> io::Result<()> {
    let new: Vec<&Path> = path.ancestors().take_while(|folder| !folder.exists()).collect();
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    new.iter().filter_map(|folder| folder.parent()).try_for_each(|parent| match sync_folder(parent) {
        // Some parents may be written and not read.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        outcome => outcome,
    })
}

/// Makes the entries of a folder durable. Blocks.
///
/// # Errors
///
/// When the folder cannot be opened or written.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // The parent of a relative name in the working folder is empty.
    File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?.sync_all()
}

/// Windows has no call for it: a file's entry is durable with the file.
///
/// # Errors
///
/// Never.
#[cfg(not(unix))]
pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Opens files for writing that only this account can read, where they are made.
pub(crate) fn options() -> OpenOptions {
    let mut options = File::options();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Replaces a file in a folder that is there: readers see the old or the new one, also after a crash, and nobody else
/// can read it in between. Blocks.
///
/// # Errors
///
/// When it cannot be written; the old one is there then.
pub(crate) fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    replace_with(&options(), path, content)
}

/// The same for a file with the rights that `options` give it.
///
/// # Errors
///
/// See [`replace`].
pub(crate) fn replace_with(options: &OpenOptions, path: &Path, content: &[u8]) -> io::Result<()> {
    let mut name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?.to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let temporary = path.with_file_name(name);
    // What lies there already was left by a crash, or by somebody who would like to be given the secret.
    match std::fs::remove_file(&temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let written = (|| {
        let mut file = options.clone().create_new(true).open(&temporary)?;
        file.write_all(content)?;
        file.sync_all()?;
        std::fs::rename(&temporary, path)
    })();
    if written.is_err() {
        let _ = std::fs::remove_file(&temporary);
        return written;
    }
    path.parent().map_or(Ok(()), sync_folder)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn only_the_account_reads_what_is_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new/deep/secret");
        create_folder(path.parent().expect("a folder")).expect("created");
        let trap = folder.path().join("trap");
        std::fs::write(&trap, "untouched").expect("written");
        symlink(&trap, path.with_file_name(format!("secret.{}.new", std::process::id()))).expect("linked");
        for content in ["old", "new"] {
            replace(&path, content.as_bytes()).expect("replaced");
        }
        let mode = |path: &Path| std::fs::symlink_metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().expect("a folder"))), (0o600, 0o700));
        assert_eq!(mode(&folder.path().join("new")), 0o700);
        assert_eq!(std::fs::read_to_string(&path).expect("read"), "new");
        assert_eq!(std::fs::read_to_string(&trap).expect("read"), "untouched");
        assert_eq!(std::fs::read_dir(folder.path().join("new/deep")).expect("listed").count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_replaced_stays_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("taken");
        std::fs::create_dir(&path).expect("a folder in the way");
        assert!(replace(&path, b"new").is_err());
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1);
    }
}
