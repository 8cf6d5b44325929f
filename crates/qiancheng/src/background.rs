//! A thread that works for those who have no runtime and must not wait: one for each process, started when it is
//! first needed. Bindings hand it their asynchronous calls, and calls in numbers run on it.
//!
//! It runs one runtime on one thread: its calls share connections, and many calls that end at the same time are
//! told of together ([`after_turn`]). After a fork the child starts its own; what its parent had under way stays
//! the parent's.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Poll, Waker};
use std::thread::{self, JoinHandle};

use tokio::runtime::Builder;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

use crate::error::{Error, ErrorKind, Result};
use crate::transport::fork_cell::ForkCell;

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The thread of this process, if it has been started.
static THREAD: LazyLock<ForkCell<Mutex<Option<Running>>>> = LazyLock::new(|| ForkCell::new(Mutex::default));

thread_local! {
    /// Whether this is the background thread.
    static HERE: Cell<bool> = const { Cell::new(false) };
    /// Who is to be told after this turn.
    static TO_TELL: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
    static SOMEBODY_TO_TELL: Arc<Notify> = Arc::default();
}

/// The thread, and the way to give it work.
struct Running {
    inbox: Arc<Inbox>,
    thread: JoinHandle<()>,
}

#[derive(Default)]
struct Inbox {
    waiting: Mutex<Vec<(Work, Task)>>,
    /// Rung when work is put into an empty inbox, and at the end.
    bell: Notify,
    over: AtomicBool,
}

/// Work that was handed over. Dropping this lets it go on.
#[derive(Debug, Clone, Default)]
pub struct Task(Arc<State>);

#[derive(Debug, Default)]
struct State {
    unwanted: AtomicBool,
    handle: OnceLock<AbortHandle>,
}

impl Task {
    /// Ends the work: it is dropped where it stands, soon and on its own thread.
    pub fn end(&self) {
        self.0.unwanted.store(true, SeqCst);
        if let Some(handle) = self.0.handle.get() {
            handle.abort();
        }
    }

    /// Starts the work on the runtime of the calling thread.
    pub(crate) fn start(&self, work: impl Future<Output = ()> + Send + 'static) {
        if self.0.unwanted.load(SeqCst) {
            return;
        }
        let handle = tokio::spawn(work).abort_handle();
        // Whoever ends it from now on finds the handle, or is seen here.
        let handle = self.0.handle.get_or_init(|| handle);
        if self.0.unwanted.load(SeqCst) {
            handle.abort();
        }
    }
}

/// Hands work to the background thread, which is started if need be. Work must not block. If it panics, it is dropped.
pub fn spawn(work: impl Future<Output = ()> + Send + 'static) -> Result<Task> {
    let task = Task::default();
    inbox()?.put(Box::pin(work), task.clone());
    Ok(task)
}

/// Wakes somebody once everything has been done that can be done at the moment: who waits for many things is woken
/// once, not for each. Away from the background thread, at once.
pub fn after_turn(waker: &Waker) {
    if !is_here() {
        waker.wake_by_ref();
        return;
    }
    TO_TELL.with_borrow_mut(|waiting| {
        if !waiting.iter().any(|known| known.will_wake(waker)) {
            waiting.push(waker.clone());
        }
    });
    SOMEBODY_TO_TELL.with(|bell| bell.notify_one());
}

/// Ends the background thread and waits for its end; work that was under way is dropped. For the end of a process:
/// work that is handed over later starts a new thread.
pub fn shut_down() {
    let running = lock(&THREAD.get()).take();
    let Some(Running { inbox, thread }) = running else { return };
    inbox.over.store(true, SeqCst);
    inbox.bell.notify_one();
    if thread.thread().id() != thread::current().id() {
        // A panic over there was reported there.
        let _ = thread.join();
    }
}

/// Whether this is the background thread.
pub(crate) fn is_here() -> bool {
    HERE.get()
}

/// Runs a call so that a panic in it is an error, and no thread's end.
pub fn guarded<T>(work: impl Future<Output = Result<T>>) -> impl Future<Output = Result<T>> {
    // A call is kilobytes; whatever it is put into from here on is not.
    let mut work = Box::pin(work);
    poll_fn(move |context| {
        catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)))
            .unwrap_or_else(|_| Poll::Ready(Err(Error::from_panic())))
    })
}

fn inbox() -> Result<Arc<Inbox>> {
    let cell = THREAD.get();
    let mut running = lock(&cell);
    if let Some(running) = &*running {
        return Ok(Arc::clone(&running.inbox));
    }
    let failed =
        |error| Error::new(ErrorKind::Config, format!("the system gives no thread for calls: {error}"));
    let runtime = Builder::new_current_thread().enable_io().enable_time().build().map_err(failed)?;
    let inbox = Arc::new(Inbox::default());
    let served = Arc::clone(&inbox);
    let thread = thread::Builder::new()
        .name("qiancheng-background".to_owned())
        .spawn(move || {
            HERE.set(true);
            runtime.block_on(served.serve());
            // Dropping the runtime drops the work that was under way.
        })
        .map_err(failed)?;
    *running = Some(Running { inbox: Arc::clone(&inbox), thread });
    Ok(inbox)
}

impl Inbox {
    fn put(&self, work: Work, task: Task) {
        let mut waiting = lock(&self.waiting);
        let was_empty = waiting.is_empty();
        waiting.push((work, task));
        drop(waiting);
        if was_empty {
            self.bell.notify_one();
        }
    }

    async fn serve(&self) {
        // Its own task: woken, it comes after everything that was ready before it.
        tokio::spawn(tell());
        // As on an engine: with a clock that ticks, no call's timeout is the first that is due, and wakes the kernel.
        tokio::spawn(async {
            loop {
                tokio::time::sleep(crate::transport::process::PULSE * 20).await;
            }
        });
        while !self.over.load(SeqCst) {
            self.bell.notified().await;
            for (work, task) in std::mem::take(&mut *lock(&self.waiting)) {
                task.start(work);
            }
        }
    }
}

async fn tell() {
    let bell = SOMEBODY_TO_TELL.with(Arc::clone);
    loop {
        bell.notified().await;
        for waker in TO_TELL.take() {
            waker.wake();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every change is made whole before a panic could happen.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
