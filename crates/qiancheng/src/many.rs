//! Many calls of one endpoint: a bounded number at a time, answers in order, an error for a call instead of an end for all.
//!
//! Calls go on while nobody waits for them: on the caller's runtime where there is one, else on the background
//! thread. Nothing is made ahead of what there is room for.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Instant;

use serde_json::Value;
use tokio::runtime::Handle;

use crate::answer::Answer;
use crate::background::{self, Task, after_turn};
use crate::client::Client;
use crate::error::{Error, ErrorKind, Outcome, Result};
use crate::transport::process::PULSE;

/// Calls of one endpoint that are under way, the oldest first. Dropping it drops them.
pub struct Window {
    client: Client,
    endpoint: Arc<str>,
    limit: usize,
    shared: Arc<Mutex<Shared>>,
    tasks: VecDeque<Task>,
}

#[derive(Default)]
struct Shared {
    /// How many answers have been taken: the number of the first slot.
    taken: usize,
    slots: VecDeque<Option<Result<Answer>>>,
    /// Who waits for the first slot.
    waker: Option<Waker>,
}

/// The promise to fill a slot; kept also by one that is dropped.
struct Ticket {
    shared: Arc<Mutex<Shared>>,
    number: usize,
    filled: bool,
}

impl Client {
    /// Room for calls of one endpoint, so many at a time (at least one).
    pub fn window(&self, endpoint: &str, limit: usize) -> Window {
        Window {
            client: self.clone(),
            endpoint: endpoint.into(),
            limit: limit.max(1),
            shared: Arc::default(),
            tasks: VecDeque::new(),
        }
    }

    /// Makes a call with each of these parameters, so many at a time, and hands out the answers in their order.
    /// Parameters are taken from the iterator only as there is room for them.
    pub fn call_many<I: IntoIterator<Item = Value>>(
        &self,
        endpoint: &str,
        rows: I,
        concurrency: usize,
    ) -> Many<I::IntoIter> {
        Many { window: self.window(endpoint, concurrency), rows: rows.into_iter(), exhausted: false }
    }
}

impl Window {
    /// How many calls there is room for.
    pub fn room(&self) -> usize {
        self.limit.saturating_sub(self.tasks.len())
    }

    /// How many calls have been put in whose answers have not been taken.
    pub fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// Starts a call, whether or not there is room for it.
    pub fn push(&mut self, params: Value) {
        let ticket = self.ticket();
        let (client, endpoint) = (self.client.clone(), Arc::clone(&self.endpoint));
        let call = async move {
            let result = background::guarded(client.call(&endpoint, params)).await;
            ticket.fill(result);
        };
        if Handle::try_current().is_ok() {
            let task = Task::default();
            task.start(call);
            self.tasks.push_back(task);
            return;
        }
        match background::spawn(call) {
            Ok(task) => self.tasks.push_back(task),
            // The ticket was dropped with the call, and has said so; this says it better.
            Err(error) => {
                if let Some(last) = lock(&self.shared).slots.back_mut() {
                    *last = Some(Err(error));
                }
                self.tasks.push_back(Task::default());
            }
        }
    }

    /// Puts in a call that has already failed: parameters that could not even be read.
    pub fn push_failed(&mut self, error: Error) {
        self.ticket().fill(Err(error));
        self.tasks.push_back(Task::default());
    }

    fn ticket(&self) -> Ticket {
        let mut shared = lock(&self.shared);
        let number = shared.taken + shared.slots.len();
        shared.slots.push_back(None);
        Ticket { shared: Arc::clone(&self.shared), number, filled: false }
    }

    /// The answer of the oldest call, if it is there. `None` if there are no calls.
    pub fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Answer>>> {
        if self.tasks.is_empty() {
            return Poll::Ready(None);
        }
        let mut shared = lock(&self.shared);
        if !matches!(shared.slots.front(), Some(Some(_))) {
            shared.waker = Some(context.waker().clone());
            return Poll::Pending;
        }
        let answer = shared.slots.pop_front().flatten();
        shared.taken += 1;
        drop(shared);
        self.tasks.pop_front();
        Poll::Ready(answer)
    }

    /// Whether the oldest call has its answer.
    pub fn is_ready(&self) -> bool {
        matches!(lock(&self.shared).slots.front(), Some(Some(_)))
    }

    /// Ends when the oldest call has its answer, or there are no calls; for who takes it elsewhere.
    pub fn ready(&self) -> impl Future<Output = ()> + Send + use<> {
        let shared = Arc::clone(&self.shared);
        poll_fn(move |context| {
            let mut shared = lock(&shared);
            if matches!(shared.slots.front(), Some(None)) {
                shared.waker = Some(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(())
        })
    }

    /// Waits for the answer of the oldest call. `None` if there are no calls.
    pub async fn next(&mut self) -> Option<Result<Answer>> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// The same for code without async. The client's watch is asked while this waits; if it ends the wait, the error
    /// is this method's own, and the call goes on.
    pub fn wait_next(&mut self) -> Result<Option<Result<Answer>>> {
        let waker = Waker::from(Arc::new(Unpark(thread::current())));
        let mut context = Context::from_waker(&waker);
        let mut looked = Instant::now();
        loop {
            if let Poll::Ready(answer) = self.poll_next(&mut context) {
                return Ok(answer);
            }
            let Some(watch) = &self.client.settings().watch else {
                thread::park();
                continue;
            };
            thread::park_timeout(PULSE);
            if looked.elapsed() >= PULSE {
                looked = Instant::now();
                if !watch.goes_on() {
                    return Err(Error::new(ErrorKind::Cancelled, "the wait was cancelled")
                        .with_outcome(Outcome::Unknown));
                }
            }
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        self.tasks.iter().for_each(Task::end);
    }
}

impl Ticket {
    fn fill(mut self, result: Result<Answer>) {
        self.put(result);
    }

    fn put(&mut self, result: Result<Answer>) {
        self.filled = true;
        let mut shared = lock(&self.shared);
        let Some(place) = self.number.checked_sub(shared.taken) else { return };
        if let Some(slot) = shared.slots.get_mut(place) {
            *slot = Some(result);
        }
        let waker = if place == 0 { shared.waker.take() } else { None };
        drop(shared);
        if let Some(waker) = waker {
            after_turn(&waker);
        }
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if !self.filled {
            self.put(Err(Error::new(
                ErrorKind::Cancelled,
                "the call was dropped, for the process or its runtime ends",
            )
            .with_outcome(Outcome::Unknown)));
        }
    }
}

/// Wakes a thread that waits.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.unpark();
    }
}

/// The answers of many calls, in order; see [`Client::call_many`].
pub struct Many<I> {
    window: Window,
    rows: I,
    exhausted: bool,
}

impl<I: Iterator<Item = Value>> Many<I> {
    /// The next answer, or `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Answer>> {
        self.fill();
        self.window.next().await
    }

    /// The same for code without async; `Err` if the client's watch has ended the wait.
    pub(crate) fn wait_next(&mut self) -> Result<Option<Result<Answer>>> {
        self.fill();
        self.window.wait_next()
    }

    fn fill(&mut self) {
        while !self.exhausted && self.window.room() > 0 {
            match self.rows.next() {
                Some(row) => self.window.push(row),
                None => self.exhausted = true,
            }
        }
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    // Every change is made whole before a panic could happen.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
