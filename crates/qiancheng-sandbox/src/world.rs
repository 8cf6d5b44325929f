//! Everything the sandbox remembers between two requests.

use std::collections::{HashMap, HashSet};

use crate::clock::SandboxClock;
use crate::config::SandboxConfig;
use crate::envelope::Refusal;
use crate::error::StartError;
use crate::faults::FaultRules;
use crate::ids::Ids;
use crate::journal::Journal;
use crate::machines::degree::Degree;
use crate::machines::ebank::Ebank;
use crate::machines::risk::Audit;
use crate::machines::telecom::Telecom;
use crate::machines::{Moment, Pace};
use crate::script::Script;
use crate::story::{BankChoice, Contact, Identity};
use crate::tokens::Tokens;

/// A licence text that was accepted: by whom, for which bank entry and login name.
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Licence {
    pub(crate) merchant: String,
    pub(crate) entry_id: String,
    pub(crate) login_name: String,
    pub(crate) name: String,
    pub(crate) id_card: String,
}

/// What a session is about, beside whose it is.
pub(crate) enum Machine {
    Telecom(Telecom),
    Degree(Degree),
    Ebank(Ebank, BankChoice),
    EbankV2(V2Login),
    Audit(Audit),
}

/// An e-bank v2 session: the bank is chosen after it is opened.
pub(crate) struct V2Login {
    pub(crate) ebank: Ebank,
    /// Entry and login name of accepted licences.
    pub(crate) licences: HashSet<(String, String)>,
    pub(crate) bank: Option<BankChoice>,
}

/// One open id.
pub(crate) struct Session {
    pub(crate) merchant: String,
    pub(crate) identity: Identity,
    pub(crate) contacts: Vec<Contact>,
    pub(crate) machine: Machine,
}

pub(crate) struct World {
    pub(crate) clock: SandboxClock,
    pub(crate) ids: Ids,
    pub(crate) tokens: Tokens,
    pub(crate) sessions: HashMap<String, Session>,
    pub(crate) licences: HashSet<Licence>,
    /// Open ids of audits, by merchant and order number.
    pub(crate) audits: HashMap<(String, i64), String>,
    pub(crate) faults: FaultRules,
    pub(crate) script: Script,
    pub(crate) journal: Journal,
    pace: Pace,
}

impl World {
    pub(crate) fn new(config: &SandboxConfig) -> Result<Self, StartError> {
        Ok(Self {
            clock: SandboxClock::new(config.as_of, config.realtime),
            ids: Ids::new()?,
            tokens: Tokens::default(),
            sessions: HashMap::new(),
            licences: HashSet::new(),
            audits: HashMap::new(),
            faults: FaultRules::default(),
            script: Script::default(),
            journal: Journal::new(config.journal_entries),
            pace: if config.realtime { Pace::Seconds } else { Pace::Polls },
        })
    }

    /// Forgets everything, and sets the clock back to where it began.
    pub(crate) fn reset(&mut self) {
        self.clock.reset();
        self.tokens.revoke_all();
        self.sessions.clear();
        self.licences.clear();
        self.audits.clear();
        self.faults.clear();
        self.script.clear();
        self.journal.clear();
    }

    pub(crate) fn moment(&self) -> Moment {
        Moment { now: self.clock.now(), pace: self.pace }
    }

    /// Keeps a session; gives its open id.
    pub(crate) fn keep(&mut self, session: Session) -> String {
        let open_id = self.ids.next();
        self.sessions.insert(open_id.clone(), session);
        open_id
    }

    /// A session of this merchant's; `None` for a call that does not say whose it is.
    pub(crate) fn session(&mut self, open_id: &str, merchant: Option<&str>) -> Result<&mut Session, Refusal> {
        self.sessions
            .get_mut(open_id)
            .filter(|session| merchant.is_none_or(|merchant| session.merchant == merchant))
            .ok_or_else(unknown_open_id)
    }
}

/// The open id is not one of the caller's, or not one of this kind.
pub(crate) fn unknown_open_id() -> Refusal {
    Refusal::input("open_id 不存在")
}
