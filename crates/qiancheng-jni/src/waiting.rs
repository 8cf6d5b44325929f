//! What a call does while its thread waits: sees whether it is to go on, and tells Java what happens.
//!
//! The core asks some twenty times a second, on the calling thread. That is where an interrupt of the thread is seen, and the end of
//! a future that nobody waits for any more. What the core reports becomes a line of Java's log, on the same thread.

use std::cell::{Cell, RefCell};

use jni::objects::JValue;
use jni::sys::{jint, jlong};
use jni::{JavaVM, jni_sig, jni_str};
use qiancheng::{CallOptions, Cancel, Event};

use crate::boundary::{NATIVE, Outcome};
use crate::{arrays, handles};

/// What the thread's current call was told by Java.
#[derive(Clone)]
struct Call {
    /// Ends it, from another thread.
    cancel: Option<Cancel>,
    /// The lowest level that Java's log takes.
    heard: jint,
}

thread_local! {
    static CALL: RefCell<Option<Call>> = const { RefCell::new(None) };
    static INTERRUPTED: Cell<bool> = const { Cell::new(false) };
}

/// The options that make calls look at interrupts.
pub(crate) fn watched() -> CallOptions {
    CallOptions::new().watch(goes_on)
}

/// Marks the thread's call as over, also by a panic.
struct Over(Option<Call>);

impl Drop for Over {
    fn drop(&mut self) {
        CALL.set(self.0.take());
    }
}

/// Does work of the core that may wait.
pub(crate) fn wait<T>(cancel: jlong, heard: jint, work: impl FnOnce() -> qiancheng::Result<T>) -> Outcome<T> {
    let call = Call { cancel: handles::cancel(cancel)?, heard };
    INTERRUPTED.set(false);
    // A callback of Java's may make a call of its own.
    let _over = Over(CALL.replace(Some(call)));
    let result = work();
    if result.is_ok() {
        // The interrupt came as the work was done: it is no reason for what fails next.
        INTERRUPTED.set(false);
    }
    Ok(result?)
}

/// Whether the thread's last call was ended by an interrupt. Asked once.
pub(crate) fn was_interrupted() -> bool {
    INTERRUPTED.take()
}

fn current() -> Option<Call> {
    CALL.with_borrow(Clone::clone)
}

/// Whether the thread's call is to go on.
fn goes_on() -> bool {
    if current().and_then(|call| call.cancel).is_some_and(|cancel| cancel.is_cancelled()) {
        return false;
    }
    let interrupted = interrupted().unwrap_or(false);
    if interrupted {
        INTERRUPTED.set(true);
    }
    !interrupted
}

/// Whether the thread is interrupted; it stays so.
fn interrupted() -> Outcome<bool> {
    JavaVM::singleton()?.with_local_frame(8, |env| {
        let class = env.find_class(NATIVE)?;
        let asked = env.call_static_method(class, jni_str!("interrupted"), jni_sig!("()Z"), &[]);
        if asked.is_err() {
            env.exception_clear();
        }
        Ok(asked?.z()?)
    })
}

/// Hears an event, on the thread that it happened on.
pub(crate) fn hear(event: &Event<'_>) {
    let level = event.level().number();
    if current().is_some_and(|call| level >= call.heard) {
        // A log that cannot be written is no reason for a call to fail.
        drop(tell(level, event));
    }
}

fn tell(level: jint, event: &Event<'_>) -> Outcome<()> {
    let line = serde_json::to_vec(event).unwrap_or_default();
    JavaVM::singleton()?.with_local_frame(8, |env| {
        let line = arrays::array(env, &[&line])?;
        let class = env.find_class(NATIVE)?;
        let arguments = [JValue::Int(level), JValue::Object(&line)];
        let told = env.call_static_method(class, jni_str!("event"), jni_sig!("(I[B)V"), &arguments);
        if told.is_err() {
            env.exception_clear();
        }
        told?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_within_a_call_gives_way_to_the_outer() {
        let seen = || current().map(|call| call.heard);
        wait(0, 10, || {
            wait(0, 20, || {
                assert_eq!(seen(), Some(20));
                Ok(())
            })
            .expect("holds");
            assert_eq!(seen(), Some(10));
            Ok(())
        })
        .expect("holds");
        assert_eq!(seen(), None);
    }

    #[test]
    fn an_interrupt_that_came_too_late_is_not_the_next_failures_reason() {
        let late = |result: qiancheng::Result<()>| {
            drop(wait(0, 40, || {
                INTERRUPTED.set(true);
                result
            }));
            was_interrupted()
        };
        assert!(!late(Ok(())));
        assert!(late(Err(qiancheng::Error::interrupted())));
    }

    #[test]
    fn a_panic_ends_the_call_too() {
        let panicked =
            std::panic::catch_unwind(|| wait(0, 10, || -> qiancheng::Result<()> { panic!("on purpose") }));
        assert!(panicked.is_err() && current().is_none());
    }

    #[test]
    fn a_cancelled_call_does_not_go_on() {
        let cancel = Cancel::new();
        let handle = handles::keep(handles::Held::Cancel(cancel.clone()));
        wait(handle, 40, || {
            cancel.cancel();
            assert!(!goes_on());
            Ok(())
        })
        .expect("holds");
        handles::release(handle);
    }
}
