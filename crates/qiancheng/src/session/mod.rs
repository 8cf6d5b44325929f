//! Sessions: a collection with the human in the loop, from its opening to its data.
//!
//! A session is a value, not a thread. [`Session::poll`] makes one round trip and never sleeps; a
//! [`Challenge`] it returns is answered with [`Session::submit`]; [`Session::save`] writes it down for another
//! process or web request. [`Session::steps`] and [`Session::collect`] stand on top.
//!
//! ```no_run
//! # async fn journey(client: qiancheng::Client) -> qiancheng::Result<()> {
//! use qiancheng::api::telecom::OpenId;
//! use qiancheng::session::Step;
//!
//! let session = client
//!     .telecom()
//!     .open(OpenId {
//!         name: "张三".into(),
//!         id_card: "110101199003070011".into(),
//!         mobile: "13800138000".into(),
//!         service_password: "…".into(),
//!         options: None,
//!     })
//!     .await?;
//! match session.poll().await? {
//!     Step::NeedsInput { challenge } => session.submit(&challenge, "834291").await?,
//!     Step::Working { poll_after, .. } => println!("poll again in {poll_after:?}"),
//!     Step::Finished => println!("{}", session.raw_data().await?.text().len()),
//!     over => println!("{over:?}"),
//! }
//! # Ok(()) }
//! ```

mod audit;
mod challenge;
mod collect;
mod driver;
mod open;
mod progress;
mod rules;
mod saved;
mod steps;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use crate::Client;
use crate::error::Result;
use crate::personal::Handle;
use crate::session::progress::Progress;

pub use challenge::{Challenge, Status, Step};
pub use collect::{Collection, Response};
pub use driver::Login;
pub use rules::{ChallengeKind, SessionKind};
pub use saved::SaveKey;
pub use steps::Steps;

/// A collection that is under way. Clones are the same session.
#[derive(Clone)]
pub struct Session {
    client: Client,
    progress: Arc<Mutex<Progress>>,
}

impl Session {
    pub(crate) fn new(client: Client, progress: Progress) -> Self {
        Self { client, progress: Arc::new(Mutex::new(progress)) }
    }

    /// The same session through another client.
    pub(crate) fn through(&self, client: Client) -> Self {
        Self { client, progress: Arc::clone(&self.progress) }
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// What is collected.
    pub fn kind(&self) -> SessionKind {
        self.progress().kind
    }

    /// The session's key at the vendor.
    pub fn open_id(&self) -> Handle {
        self.progress().open_id.clone()
    }

    /// When the session ends, whatever its state: ten minutes after it was opened.
    pub fn expires_at(&self) -> SystemTime {
        self.progress().expires_at()
    }

    /// What the vendor said at the last poll.
    pub fn status(&self) -> Option<Status> {
        self.progress().status()
    }

    /// Whose licence text the borrower is shown — 1 卡牛, 2 坚果, 3 新颜 — in the second version of e-bank.
    pub fn provider(&self) -> Option<i64> {
        self.progress().provider
    }

    /// Ends the session on this side: nothing more is sent for it.
    pub fn cancel(&self) {
        self.progress().cancel();
    }

    /// Writes the session down, encrypted, for [`Client::resume`] in another process or web request. No password,
    /// no captcha and nothing about the borrower is in it.
    pub fn save(&self, key: &SaveKey) -> Result<String> {
        saved::save(&self.progress().for_saving(), key, &self.client.owner())
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        // Every change is made whole before a panic could happen.
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Client {
    /// Resumes a session that was saved with a client of the same host and merchant.
    pub fn resume(&self, key: &SaveKey, text: &str) -> Result<Session> {
        Ok(Session::new(self.clone(), saved::resume(text, key, &self.owner())?))
    }

    fn owner(&self) -> saved::Owner<'_> {
        let config = &self.shared().config;
        saved::Owner { origin: config.base.origin(), username: &config.username }
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let progress = self.progress();
        f.debug_struct("Session")
            .field("kind", &progress.kind)
            .field("open_id", &progress.open_id)
            .field("status", &progress.status())
            .finish_non_exhaustive()
    }
}
