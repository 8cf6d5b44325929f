//! Whatever happens in whatever order: no panic, no challenge answered twice, no id used twice, no pause beyond the end.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;

/// Something that happens to a session.
#[derive(Debug, Clone, Copy)]
enum Happening {
    Poll {
        state: i64,
        picture: Option<&'static str>,
        late: bool,
    },
    /// Of the challenge seen so many before the last.
    Answer {
        back: usize,
    },
    Resend {
        back: usize,
    },
    Login,
    /// What is under way ends like this.
    Ends(Ending),
    Time {
        seconds: u64,
    },
    Save,
    Cancel,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    Well,
    Lost,
    Refused,
}

impl Ending {
    fn error(self) -> Option<Error> {
        match self {
            Self::Well => None,
            Self::Lost => Some(lost()),
            Self::Refused => Some(said_no()),
        }
    }
}

fn happening() -> impl Strategy<Value = Happening> {
    let state = prop_oneof![
        8 => prop::sample::select(vec![0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 21, 22, 23, 24, 31, 32, 33, 41]),
        1 => any::<i64>(),
    ];
    let picture = prop::sample::select(vec![None, None, Some(PNG), Some(JPEG), Some("no base64")]);
    let ending = prop::sample::select(vec![Ending::Well, Ending::Lost, Ending::Refused]);
    prop_oneof![
        8 => (state, picture, prop::bool::weighted(0.1))
            .prop_map(|(state, picture, late)| Happening::Poll { state, picture, late }),
        6 => (0..3_usize).prop_map(|back| Happening::Answer { back }),
        2 => (0..3_usize).prop_map(|back| Happening::Resend { back }),
        6 => ending.prop_map(Happening::Ends),
        1 => Just(Happening::Login),
        2 => (0..40_u64).prop_map(|seconds| Happening::Time { seconds }),
        1 => Just(Happening::Save),
        1 => prop::bool::weighted(0.05).prop_map(|really| if really { Happening::Cancel } else { Happening::Save }),
    ]
}

/// What an observer who sees everything knows.
struct Observer {
    progress: Progress,
    now: SystemTime,
    epoch_before: u32,
    /// Ids in the order in which they were first put.
    put: Vec<String>,
    /// Ids whose answers arrived, or may have.
    spent: HashSet<String>,
    answering: Option<String>,
    resending: Option<String>,
    logging_in: bool,
    logins: u32,
}

impl Observer {
    fn of(kind: SessionKind) -> Self {
        Self {
            progress: Progress::new(kind, "f47e9276860685349c7ef4be67c823ab".into(), at(0)),
            now: at(0),
            epoch_before: 0,
            put: Vec::new(),
            spent: HashSet::new(),
            answering: None,
            resending: None,
            logging_in: false,
            logins: 0,
        }
    }

    fn id(&self, back: usize) -> String {
        let index = self.put.len().checked_sub(1 + back);
        index.map_or_else(|| "never put".to_owned(), |index| self.put[index].clone())
    }

    fn take(&mut self, happening: Happening) {
        match happening {
            Happening::Poll { state, picture, late } => self.poll(state, picture, late),
            Happening::Answer { back } => {
                let id = self.id(back);
                if self.progress.begin_answer(&id, self.now).is_ok() {
                    assert!(self.now < at(600), "answered after the end");
                    assert!(self.put.last() == Some(&id), "a superseded challenge was answered");
                    assert!(!self.spent.contains(&id), "a challenge was answered twice");
                    assert!(self.answering.is_none() && self.resending.is_none());
                    self.answering = Some(id);
                }
            }
            Happening::Resend { back } => {
                let id = self.id(back);
                if self.progress.begin_resend(&id, self.now).is_ok() {
                    assert!(
                        !self.spent.contains(&id) && self.answering.is_none() && self.resending.is_none()
                    );
                    self.resending = Some(id);
                }
            }
            Happening::Login => {
                if self.progress.begin_login(self.now).is_ok() {
                    assert!(!self.logging_in && self.logins == 0, "logged in twice");
                    self.logging_in = true;
                }
            }
            Happening::Ends(ending) => self.end(ending),
            Happening::Time { seconds } => self.now += Duration::from_secs(seconds),
            Happening::Save => {
                let saved = serde_json::to_vec(&self.progress.for_saving()).expect("JSON");
                serde_json::from_slice::<Progress>(&saved).expect("the same again");
            }
            Happening::Cancel => self.progress.cancel(),
        }
    }

    fn poll(&mut self, state: i64, picture: Option<&str>, late: bool) {
        match self.progress.before_poll(self.now) {
            Ok(None) => {}
            Ok(Some(step)) => return assert!(step.is_last(), "{step:?}"),
            Err(error) => return assert_eq!(error.kind(), ErrorKind::Session),
        }
        let epoch = if late { self.epoch_before } else { self.progress.epoch() };
        match self.progress.observe(seen(state, picture), epoch, self.now) {
            Step::NeedsInput { challenge } => {
                let id = challenge.id().to_owned();
                assert!(!self.spent.contains(&id), "an answered challenge was put again");
                assert!(challenge.attempt() >= 1);
                if self.put.last() != Some(&id) {
                    assert!(
                        !self.put.contains(&id),
                        "an id was used twice, or a superseded challenge came back"
                    );
                    self.put.push(id);
                }
            }
            Step::Working { poll_after, .. } => assert!(self.now + poll_after <= at(600).max(self.now)),
            step => assert!(step.is_last()),
        }
    }

    fn end(&mut self, ending: Ending) {
        self.epoch_before = self.progress.epoch();
        let error = ending.error();
        if let Some(id) = self.answering.take() {
            self.progress.end_answer(error.as_ref());
            if ending != Ending::Refused {
                self.spent.insert(id);
            }
        } else if let Some(id) = self.resending.take() {
            self.progress.end_resend(error.as_ref());
            if ending != Ending::Refused {
                self.spent.insert(id);
            }
        } else if self.logging_in {
            self.logging_in = false;
            self.progress.end_login(error.as_ref());
            self.logins += u32::from(ending != Ending::Refused);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_order_of_events_breaks_a_promise(
        kind in prop::sample::select(SessionKind::ALL.to_vec()),
        happenings in prop::collection::vec(happening(), 0..60),
    ) {
        let mut observer = Observer::of(kind);
        observer.take(Happening::Login);
        observer.take(Happening::Ends(Ending::Well));
        for happening in happenings {
            observer.take(happening);
        }
    }
}
