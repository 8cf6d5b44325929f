//! Sessions in files, under a key in another.

use std::fs;
use std::path::{Path, PathBuf};

use qiancheng::blocking::{Client, Session};
use qiancheng::session::SaveKey;
use zeroize::Zeroizing;

use crate::failure::{Failure, Result};
use crate::output;

/// Keeps a session, if that was asked for.
pub(crate) struct Keeper {
    file: Option<PathBuf>,
    key: Option<SaveKey>,
}

impl Keeper {
    /// Reads the key, if there is one.
    pub(crate) fn new(file: Option<&Path>, key_file: Option<&Path>) -> Result<Self> {
        Ok(Self { file: file.map(Path::to_owned), key: key_file.map(read_key).transpose()? })
    }

    /// Takes a session up again.
    pub(crate) fn resume(&self, client: &Client, file: &Path) -> Result<Session> {
        let text = fs::read_to_string(file).map_err(|error| Failure::file(file, "read", &error))?;
        let key = self.key.as_ref().ok_or_else(|| Failure::config("--resume needs --key-file"))?;
        Ok(client.resume(key, &text)?)
    }

    /// Writes the session as it stands, readable by the user alone.
    pub(crate) fn save(&self, session: &Session) -> Result<()> {
        if let (Some(file), Some(key)) = (&self.file, &self.key) {
            let text = session.save(key)?;
            output::private_file(file, text.as_bytes())?;
        }
        Ok(())
    }

    /// The file that the session is in.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }
}

fn read_key(path: &Path) -> Result<SaveKey> {
    let bytes = fs::read(path)
        .map(Zeroizing::new)
        .map_err(|error| Failure::file(path, "read (openssl rand 32 makes a key)", &error))?;
    let key = if bytes.len() == 32 { Some(bytes) } else { from_hexadecimal(&bytes) };
    match key {
        Some(key) => Ok(SaveKey::from_slice(&key)?),
        None => Err(Failure::config(format!(
            "{} is no key: it must hold 32 random bytes (openssl rand 32), or 64 hexadecimal digits",
            path.display()
        ))),
    }
}

fn from_hexadecimal(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let text = text.trim_ascii();
    if text.len() != 64 {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    text.chunks_exact(2)
        .map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?))
        .collect::<Option<Vec<u8>>>()
        .map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_may_be_written_in_hexadecimal() {
        let read = from_hexadecimal(format!("{}\n", "0aFf".repeat(16)).as_bytes()).expect("a key");
        assert_eq!((read.len(), &read[..4]), (32, &[0x0a, 0xff, 0x0a, 0xff][..]));
        assert!(from_hexadecimal("0g".repeat(32).as_bytes()).is_none());
        assert!(from_hexadecimal(b"0a").is_none());
    }
}
