//! What was said, and what must not be in it.

use std::collections::BTreeSet;
use std::fmt::{Debug, Display, Write as _};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use qiancheng::{Error, Event};
use serde::Serialize;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Metadata, Subscriber};

/// Secrets carry this, each followed by letters of its own, so that they are found in any encoding.
pub(crate) const MARK: &str = "cnry";
/// Rare characters, some beyond 16 bits: what is masked must not be cut in the middle of one.
pub(crate) const NAME: &str = "㐀䶮𠮷";
pub(crate) const ID_CARD: &str = "11010519491231002X";
pub(crate) const MOBILE: &str = "13870719420";
pub(crate) const CONTACT_NAME: &str = "㐁䶭𡃁";
pub(crate) const CONTACT_MOBILE: &str = "13970718293";
pub(crate) const OPEN_ID: &str = "c0ffee11d15ea5e0decade0fabad1dea";

/// What may show of these: a surname, the ends of numbers, the beginning of an open id. The rest is looked for.
const HIDDEN: [&str; 9] = [
    "䶮𠮷",
    "%E4%B6%AE",
    "\\u4dae",
    "19491231",
    "8707194",
    "䶭𡃁",
    "9707182",
    "d15ea5e0decade0fabad1dea",
    MARK,
];

/// The values that hold something of that.
pub(crate) const HIDDEN_FIELDS: [&str; 6] = [NAME, ID_CARD, MOBILE, CONTACT_NAME, CONTACT_MOBILE, OPEN_ID];

/// So many of the last characters of what is learned are looked for.
const LEARNED: usize = 24;

/// Everything that was said in this process.
#[derive(Default)]
pub(crate) struct Cage {
    said: Mutex<BTreeSet<(String, String)>>,
    learned: Mutex<BTreeSet<String>>,
}

/// The cage of this process: the library's events end here too.
pub(crate) fn cage() -> &'static Cage {
    static CAGE: LazyLock<Cage> = LazyLock::new(|| {
        tracing::subscriber::set_global_default(Listener).expect("the first subscriber");
        Cage::default()
    });
    &CAGE
}

fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Cage {
    pub(crate) fn hear(&self, place: &str, text: impl Into<String>) {
        open(&self.said).insert((place.to_owned(), text.into()));
    }

    /// Hears all that a value says of itself.
    pub(crate) fn debug(&self, place: &str, value: &impl Debug) {
        self.hear(place, format!("{value:?}"));
        self.hear(place, format!("{value:#?}"));
    }

    pub(crate) fn display(&self, place: &str, value: &impl Display) {
        self.hear(place, value.to_string());
    }

    pub(crate) fn json(&self, place: &str, value: &impl Serialize) {
        self.hear(place, serde_json::to_string(value).expect("JSON"));
    }

    /// Hears every way in which an error speaks.
    pub(crate) fn error(&self, place: &str, error: &Error) {
        self.display(place, error);
        self.debug(place, error);
        self.json(place, error);
        for text in [Some(error.message()), error.vendor_message(), error.field(), error.endpoint()] {
            self.hear(place, text.unwrap_or_default());
        }
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            self.display(place, &cause);
            source = cause.source();
        }
    }

    pub(crate) fn event(&self, event: &Event<'_>) {
        self.debug("an event", event);
    }

    /// A token or an open id that only came up now: hexadecimal, of which the beginning may show.
    pub(crate) fn learn(&self, secret: &str) {
        let hidden = secret.len().checked_sub(LEARNED).expect("long enough to be looked for");
        open(&self.learned).insert(secret[hidden..].to_owned());
    }

    /// Every place where something showed.
    pub(crate) fn leaks(&self) -> Vec<String> {
        let learned = open(&self.learned);
        let said = open(&self.said);
        // There are thousands of those that were learned, and few places where one of them may stand.
        let runs = |text: &'_ str| -> Option<String> {
            let runs = text.split(|c: char| !c.is_ascii_hexdigit()).filter(|run| run.len() >= LEARNED);
            let mut windows = runs.flat_map(|run| (LEARNED..=run.len()).map(|end| &run[end - LEARNED..end]));
            windows.find(|window| learned.contains(*window)).map(str::to_owned)
        };
        let shows = |(place, text): &(String, String)| {
            let fixed =
                HIDDEN.iter().find(|secret| text.contains(**secret)).map(|secret| (*secret).to_owned());
            fixed.or_else(|| runs(text)).map(|secret| format!("{secret} in {place}: {text}"))
        };
        said.iter().filter_map(shows).collect()
    }

    /// How much was said in places whose names begin so.
    pub(crate) fn count(&self, place: &str) -> usize {
        open(&self.said).iter().filter(|(known, _)| known.starts_with(place)).count()
    }

    #[track_caller]
    pub(crate) fn assert_tight(&self) {
        let leaks = self.leaks();
        let shown = leaks.iter().take(20).fold(String::new(), |mut text, leak| {
            let _ = write!(text, "\n{leak}");
            text
        });
        assert!(leaks.is_empty(), "{} leaks:{shown}", leaks.len());
    }
}

/// Hears every span and event of every crate, at every level.
struct Listener;

/// The fields of one span or event.
#[derive(Default)]
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Listener {
    fn hear(metadata: &Metadata<'_>, record: impl FnOnce(&mut Fields)) {
        let mut fields = Fields::default();
        record(&mut fields);
        cage().hear(&format!("tracing {}", metadata.target()), format!("{}{}", metadata.name(), fields.0));
    }
}

impl Subscriber for Listener {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        Self::hear(attributes.metadata(), |fields| attributes.record(fields));
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        cage().hear("tracing, in a span", fields.0);
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        Self::hear(event.metadata(), |fields| event.record(fields));
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[test]
fn what_shows_is_found() {
    let cage = Cage::default();
    cage.learn("fedcba980123456789abcdef01234567");
    cage.hear("here", "nothing to see: 㐀*, 110105********002X, 138****9420, c0ffee11… fedcba98");
    assert!(cage.leaks().is_empty(), "{:?}", cage.leaks());
    for text in
        [NAME, ID_CARD, MOBILE, OPEN_ID, "cnryx", "x=0123456789abcdef01234567", "name=%E3%90%80%E4%B6%AE"]
    {
        let cage = Cage::default();
        cage.learn("fedcba980123456789abcdef01234567");
        cage.hear("there", format!("before {text} behind"));
        assert_eq!(cage.leaks().len(), 1, "{text}");
    }
}
