//! What was set in options, until a client is made from it.

use std::mem;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use qiancheng::{ClientBuilder, Error, ErrorKind, FileStore, Result, Timeouts};
use zeroize::Zeroizing;

use crate::argument::decode;
use crate::log::Listener;
use crate::text::{Charset, Spoken};

/// What was set.
#[derive(Default)]
pub(crate) struct Options(Mutex<Settings>);

#[derive(Clone)]
struct Settings {
    /// All that needs no encoding.
    builder: ClientBuilder,
    timeouts: Timeouts,
    data_timeouts: Timeouts,
    charset: Charset,
    /// Texts as they were given, wiped when they go.
    texts: Vec<(Setting, Zeroizing<Vec<u8>>)>,
    paths: Vec<(Vec<u8>, Vec<u8>)>,
    proxy: Proxy,
    listener: Option<Listener>,
}

/// What was said about a proxy.
#[derive(Clone)]
enum Proxy {
    Unsaid,
    None,
    At(Zeroizing<Vec<u8>>),
}

/// A setting that is a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    Username,
    Password,
    BaseUrl,
    TokenStore,
    UserAgent,
}

impl Default for Settings {
    fn default() -> Self {
        Self::from(ClientBuilder::default())
    }
}

impl From<ClientBuilder> for Settings {
    fn from(builder: ClientBuilder) -> Self {
        Self {
            builder,
            timeouts: Timeouts::ORDINARY,
            data_timeouts: Timeouts::DATA,
            charset: Charset::UTF8,
            texts: Vec::new(),
            paths: Vec::new(),
            proxy: Proxy::Unsaid,
            listener: None,
        }
    }
}

impl From<ClientBuilder> for Options {
    fn from(builder: ClientBuilder) -> Self {
        Self(Mutex::new(builder.into()))
    }
}

impl Spoken for Options {
    /// Setters repeat nothing of what they are given, and speak ASCII.
    fn charset(&self) -> Charset {
        Charset::UTF8
    }
}

impl Options {
    fn settings(&self) -> MutexGuard<'_, Settings> {
        // Every change is made whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn change(&self, change: impl FnOnce(ClientBuilder) -> ClientBuilder) {
        let mut settings = self.settings();
        settings.builder = change(mem::take(&mut settings.builder));
    }

    pub(crate) fn encoding(&self, name: &[u8]) -> Result<()> {
        let charset = Charset::named(name)
            .ok_or_else(|| misconfigured("name", "must be an encoding: UTF-8, GB18030, GBK or Big5"))?;
        self.settings().charset = charset;
        Ok(())
    }

    pub(crate) fn text(&self, setting: Setting, text: &[u8]) {
        let texts = &mut self.settings().texts;
        texts.retain(|(of, _)| *of != setting);
        texts.push((setting, Zeroizing::new(text.to_vec())));
    }

    pub(crate) fn path(&self, endpoint: &[u8], path: &[u8]) {
        self.settings().paths.push((endpoint.to_vec(), path.to_vec()));
    }

    pub(crate) fn proxy(&self, url: Option<&[u8]>) {
        self.settings().proxy = url.map_or(Proxy::None, |url| Proxy::At(Zeroizing::new(url.to_vec())));
    }

    pub(crate) fn log(&self, listener: Option<Listener>) {
        self.settings().listener = listener;
    }

    pub(crate) fn timeouts(&self, connect: u32, others: [u32; 3]) {
        let timeouts = &mut self.settings().timeouts;
        *timeouts = limited(*timeouts, others);
        if connect > 0 {
            timeouts.connect = milliseconds(connect);
        }
    }

    pub(crate) fn data_timeouts(&self, others: [u32; 3]) {
        let timeouts = &mut self.settings().data_timeouts;
        *timeouts = limited(*timeouts, others);
    }

    pub(crate) fn client_certificate(&self, pem: &[u8], key: &[u8]) -> Result<()> {
        let key = std::str::from_utf8(key)
            .map_err(|_| Error::refused_argument("key", "the argument key is not PEM, which is ASCII"))?;
        self.change(|builder| builder.client_certificate_pem(pem, key));
        Ok(())
    }

    /// Everything for a client: the builder, and the encoding that it speaks.
    pub(crate) fn settled(&self) -> (Charset, Result<ClientBuilder>) {
        let settings = self.settings().clone();
        (settings.charset, settings.applied())
    }
}

impl Settings {
    fn applied(self) -> Result<ClientBuilder> {
        let charset = self.charset;
        let mut builder = self.builder.timeouts(self.timeouts).data_timeouts(self.data_timeouts);
        for (setting, bytes) in &self.texts {
            if *setting == Setting::TokenStore {
                builder = builder.token_store(token_store(charset, bytes)?);
                continue;
            }
            let text = decode(charset, bytes, setting.argument())?;
            builder = match setting {
                Setting::Username => builder.username(&*text),
                Setting::Password => builder.password(&*text),
                Setting::BaseUrl => builder.base_url(&*text),
                Setting::UserAgent => builder.user_agent(&*text),
                Setting::TokenStore => builder,
            };
        }
        for (endpoint, path) in &self.paths {
            let (endpoint, path) = (decode(charset, endpoint, "endpoint")?, decode(charset, path, "path")?);
            builder = builder.path(&*endpoint, &*path);
        }
        builder = match &self.proxy {
            Proxy::At(url) => builder.proxy(&*decode(charset, url, "url")?),
            Proxy::None => builder.no_proxy(),
            Proxy::Unsaid => builder,
        };
        Ok(match self.listener {
            Some(listener) => builder.on_event(move |event| listener.hear(event, charset)),
            None => builder,
        })
    }
}

impl Setting {
    fn argument(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Password => "password",
            Self::BaseUrl => "url",
            Self::TokenStore => "directory",
            Self::UserAgent => "product",
        }
    }
}

/// Paths are bytes where the system says so.
fn token_store(charset: Charset, path: &[u8]) -> Result<FileStore> {
    #[cfg(unix)]
    let path = {
        let _ = charset;
        PathBuf::from(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(path))
    };
    #[cfg(not(unix))]
    let path = PathBuf::from(&*decode(charset, path, Setting::TokenStore.argument())?);
    FileStore::new(path)
        .map_err(|error| misconfigured("directory", &format!("cannot be used for tokens: {}", error.kind())))
}

fn limited(old: Timeouts, [read, attempt, total]: [u32; 3]) -> Timeouts {
    let changed = |old: Duration, new: u32| if new == 0 { old } else { milliseconds(new) };
    Timeouts {
        connect: old.connect,
        read: changed(old.read, read),
        attempt: changed(old.attempt, attempt),
        total: changed(old.total, total),
    }
}

pub(crate) fn milliseconds(milliseconds: u32) -> Duration {
    Duration::from_millis(milliseconds.into())
}

/// A pause between polls, which is one.
pub(crate) fn pause(pause: u32, argument: &str) -> Result<Duration> {
    if pause == 0 {
        return Err(misconfigured(argument, "must be more than 0"));
    }
    Ok(milliseconds(pause))
}

/// One of a few words.
pub(crate) fn choice<T: Copy>(word: &[u8], argument: &str, choices: &[(&str, T)]) -> Result<T> {
    let chosen = choices.iter().find(|(known, _)| known.as_bytes() == word);
    chosen.map(|(_, choice)| *choice).ok_or_else(|| {
        let words: Vec<&str> = choices.iter().map(|(known, _)| *known).collect();
        misconfigured(argument, &format!("must be one of {}", words.join(", ")))
    })
}

fn misconfigured(argument: &str, words: &str) -> Error {
    Error::of_binding(ErrorKind::Config, format!("the argument {argument} {words}")).with_field(argument)
}
