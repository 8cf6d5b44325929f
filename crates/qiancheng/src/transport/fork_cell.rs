//! What belongs to one process: built on first use, left behind after a fork.
//!
//! A forked child inherits its parent's sockets, event queue and locks, but none of the threads that serve them.
//! Using them hangs the child; even dropping them tears the parent's connections out of the shared event queue.
//! So the child *leaks* what it inherited and builds its own. Reading the cell takes no lock that another thread
//! of the parent could have held at the moment of the fork.

use std::mem;
use std::sync::Arc;

use arc_swap::ArcSwap;

/// A value of the current process.
pub(crate) struct ForkCell<T> {
    current: ArcSwap<Owned<T>>,
    build: fn() -> T,
}

struct Owned<T> {
    process: u32,
    value: Arc<T>,
}

impl<T> ForkCell<T> {
    pub(crate) fn new(build: fn() -> T) -> Self {
        Self { current: ArcSwap::from_pointee(Owned::new(build)), build }
    }

    /// The value of this process.
    pub(crate) fn get(&self) -> Arc<T> {
        let current = self.current.load();
        if current.process == std::process::id() {
            return Arc::clone(&current.value);
        }
        drop(current);
        let inherited = self.current.swap(Arc::new(Owned::new(self.build)));
        if inherited.process == std::process::id() {
            // Two threads of the child met here; both values are whole, and the later one stays.
            return self.current.load().value.clone();
        }
        mem::forget(inherited);
        self.get()
    }
}

impl<T> Owned<T> {
    fn new(build: fn() -> T) -> Self {
        Self { process: std::process::id(), value: Arc::new(build()) }
    }
}

impl<T> Drop for ForkCell<T> {
    fn drop(&mut self) {
        let current = self.current.load_full();
        if current.process != std::process::id() {
            mem::forget(current);
        }
    }
}
