//! Where tokens outlive a client, or are shared between processes.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::personal::Secret;

/// Whose token it is: a token of one merchant or host is never handed to another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TokenKey {
    /// The vendor's address, such as `https://credit.wealida.com`.
    pub origin: String,
    /// The merchant.
    pub username: String,
}

/// A token and its times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredToken {
    /// The token.
    pub token: Secret,
    /// When it was issued.
    pub issued: SystemTime,
    /// When it ends.
    pub ends: SystemTime,
}

/// Keeps tokens. Errors are not fatal: the client logs them and fetches a token of its own.
pub trait TokenStore: Send + Sync {
    /// The token kept under a key.
    fn load(&self, key: &TokenKey) -> io::Result<Option<StoredToken>>;

    /// Keeps a token, in place of the one that was there.
    fn save(&self, key: &TokenKey, token: &StoredToken) -> io::Result<()>;

    /// Drops the token if it is still this one; a newer one stays.
    fn remove(&self, key: &TokenKey, token: &Secret) -> io::Result<()>;
}

/// Keeps tokens in a directory that only the user can read: a file for each host and merchant, replaced
/// atomically, and locked while it is changed.
#[derive(Clone)]
pub struct FileStore {
    directory: PathBuf,
}

/// The lock of one file. It is given back by name: a child that was forked meanwhile has the file open too, and
/// closing it here alone would leave it locked for as long as that child lives.
struct Locked(File);

impl Drop for Locked {
    fn drop(&mut self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "the token store's lock cannot be given back");
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    token: Secret,
    issued: u64,
    ends: u64,
}

const VERSION: u32 = 1;

impl FileStore {
    /// Uses a directory, and makes it if it is not there (0700).
    pub fn new(directory: impl Into<PathBuf>) -> io::Result<Self> {
        let directory = directory.into();
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&directory)?;
        Ok(Self { directory })
    }

    fn path(&self, key: &TokenKey) -> PathBuf {
        use sha2::{Digest, Sha256};
        let name = Sha256::digest(format!("{}\n{}", key.origin, key.username));
        self.directory.join(format!("{}.token", hex::encode(&name[..16])))
    }

    /// Holds the lock of one file for as long as the result lives.
    fn lock(path: &Path) -> io::Result<Locked> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path.with_extension("lock"))?;
        file.lock()?;
        Ok(Locked(file))
    }

    fn read(path: &Path) -> io::Result<Option<StoredToken>> {
        let text = match fs::read(path) {
            Ok(text) => zeroize::Zeroizing::new(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let written: Written = serde_json::from_slice(&text)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "the token file is not readable"))?;
        let at = |seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        Ok(match (written.version, at(written.issued), at(written.ends)) {
            (VERSION, Some(issued), Some(ends)) => Some(StoredToken { token: written.token, issued, ends }),
            // Of another version of this library: to be replaced by our own.
            _ => None,
        })
    }
}

impl fmt::Debug for FileStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileStore").field("directory", &self.directory).finish()
    }
}

impl TokenStore for FileStore {
    fn load(&self, key: &TokenKey) -> io::Result<Option<StoredToken>> {
        // Files are replaced whole, so reading needs no lock.
        Self::read(&self.path(key))
    }

    fn save(&self, key: &TokenKey, token: &StoredToken) -> io::Result<()> {
        let seconds = |time: SystemTime| time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let written = Written {
            version: VERSION,
            token: token.token.clone(),
            issued: seconds(token.issued),
            ends: seconds(token.ends),
        };
        let path = self.path(key);
        let _lock = Self::lock(&path)?;
        // Readable by nobody else from its first moment (0600).
        let mut file = tempfile::NamedTempFile::new_in(&self.directory)?;
        file.write_all(&zeroize::Zeroizing::new(serde_json::to_vec(&written)?))?;
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    }

    fn remove(&self, key: &TokenKey, token: &Secret) -> io::Result<()> {
        let path = self.path(key);
        let _lock = Self::lock(&path)?;
        if Self::read(&path)?.is_some_and(|stored| stored.token == *token) {
            fs::remove_file(&path)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(username: &str) -> TokenKey {
        TokenKey { origin: "https://credit.example".to_owned(), username: username.to_owned() }
    }

    fn token(text: &str) -> StoredToken {
        let issued = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        StoredToken { token: text.into(), issued, ends: issued + Duration::from_secs(86_400) }
    }

    #[test]
    fn a_token_is_found_by_its_own_merchant_only() {
        let directory = tempfile::tempdir().expect("a directory");
        let store = FileStore::new(directory.path()).expect("a store");
        store.save(&key("one"), &token("t1")).expect("saved");
        assert_eq!(store.load(&key("one")).expect("read"), Some(token("t1")));
        assert_eq!(store.load(&key("other")).expect("read"), None);
    }

    #[test]
    fn a_newer_token_survives_the_removal_of_an_older_one() {
        let directory = tempfile::tempdir().expect("a directory");
        let store = FileStore::new(directory.path()).expect("a store");
        store.save(&key("one"), &token("new")).expect("saved");
        store.remove(&key("one"), &"old".into()).expect("nothing to remove");
        assert!(store.load(&key("one")).expect("read").is_some());
        store.remove(&key("one"), &"new".into()).expect("removed");
        assert!(store.load(&key("one")).expect("read").is_none());
    }

    #[cfg(unix)]
    #[test]
    fn only_the_user_can_read_a_token() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().expect("a directory");
        let store = FileStore::new(directory.path().join("tokens")).expect("a store");
        store.save(&key("one"), &token("t1")).expect("saved");
        let mode = |path: &Path| fs::metadata(path).expect("metadata").permissions().mode() & 0o777;
        assert_eq!(mode(&store.path(&key("one"))), 0o600);
        assert_eq!(mode(&store.directory), 0o700);
    }

    #[test]
    fn a_broken_file_is_an_error_and_not_a_token() {
        let directory = tempfile::tempdir().expect("a directory");
        let store = FileStore::new(directory.path()).expect("a store");
        fs::write(store.path(&key("one")), b"{\"version\":1,\"tok").expect("written");
        assert!(store.load(&key("one")).is_err());
    }
}
