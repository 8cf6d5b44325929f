//! The generated files in the source tree: which are stale, and how they are written.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use crate::Result;
use crate::outputs::{MARK, MARK_LINES};

/// Generated files: their paths from the root of the source tree, and their text.
pub(crate) type Files = BTreeMap<String, String>;

/// Where generated files live besides other files; anything here that carries the mark must be one we know.
const FOLDERS: [&str; 7] = [
    "spec",
    "docs/reference",
    "python/qiancheng",
    "crates/qiancheng-capi/src",
    "include",
    "bindings/java/qiancheng/src/main/java/io/qiancheng",
    "bindings/java/qiancheng/src/main/java/io/qiancheng/model",
];

/// A file that is not as it should be.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stale {
    /// It is not there.
    Missing(String),
    /// Its text differs.
    Differs(String),
    /// It says that it is generated, and nothing generates it any more.
    Orphan(String),
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "{path} (new)"),
            Self::Differs(path) => write!(f, "{path}"),
            Self::Orphan(path) => write!(f, "{path} (no longer generated)"),
        }
    }
}

/// The root of the source tree.
pub(crate) fn root() -> &'static Path {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    crates.and_then(Path::parent).expect("this crate lives two folders below the root")
}

/// Which files are not as they should be.
pub(crate) fn stale(root: &Path, files: &Files) -> Result<Vec<Stale>> {
    let mut stale = Vec::new();
    for (path, text) in files {
        match fs::read_to_string(root.join(path)) {
            Ok(found) if found == *text => {}
            Ok(_) => stale.push(Stale::Differs(path.clone())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => stale.push(Stale::Missing(path.clone())),
            Err(error) => return Err(format!("{path}: {error}").into()),
        }
    }
    for folder in FOLDERS {
        let entries = match fs::read_dir(root.join(folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(format!("{folder}: {error}").into()),
        };
        for entry in entries {
            let entry = entry?;
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_file() && !files.contains_key(&path) && is_marked(&entry.path())? {
                stale.push(Stale::Orphan(path));
            }
        }
    }
    Ok(stale)
}

/// Whether one of the first lines of a file says that it is generated.
fn is_marked(path: &Path) -> Result<bool> {
    let bytes = fs::read(path)?;
    Ok(String::from_utf8_lossy(&bytes).lines().take(MARK_LINES).any(|line| line.contains(MARK)))
}

/// Writes what is stale.
pub(crate) fn write(root: &Path, files: &Files, stale: &[Stale]) -> Result<()> {
    for one in stale {
        match one {
            Stale::Orphan(path) => fs::remove_file(root.join(path))?,
            Stale::Missing(path) | Stale::Differs(path) => {
                let target = root.join(path);
                if let Some(folder) = target.parent() {
                    fs::create_dir_all(folder)?;
                }
                fs::write(target, &files[path])?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_changed_or_orphaned_is_found_and_put_right() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let files = Files::from([
            ("spec/a.json".to_owned(), "a".to_owned()),
            ("spec/b.json".to_owned(), "b".to_owned()),
        ]);
        fs::create_dir_all(root.join("spec")).expect("a folder");
        fs::write(root.join("spec/b.json"), "old").expect("a file");
        fs::write(root.join("spec/c.md"), format!("<!-- {MARK} -->\n")).expect("a file");
        fs::write(root.join("spec/by-hand.md"), "# By hand\n").expect("a file");

        let found = stale(root, &files).expect("readable");
        assert_eq!(
            found,
            [
                Stale::Missing("spec/a.json".to_owned()),
                Stale::Differs("spec/b.json".to_owned()),
                Stale::Orphan("spec/c.md".to_owned()),
            ]
        );
        write(root, &files, &found).expect("writable");
        assert_eq!(stale(root, &files).expect("readable"), []);
        assert!(root.join("spec/by-hand.md").exists());
    }
}
