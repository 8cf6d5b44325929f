//! Where Rust ends and Java begins: no panic gets through, and every failure is thrown.

use std::any::Any;
use std::io::Write;

use jni::errors::ErrorPolicy;
use jni::objects::{JByteArray, JThrowable, JValue};
use jni::{Env, EnvUnowned, jni_sig, jni_str};
use qiancheng::{Error, ErrorKind};

use crate::arrays;
use crate::waiting;

/// The class that the natives belong to. It is looked up where it is needed, among the classes that Java's caller sees: holding
/// it would keep a web application from being unloaded.
pub(crate) const NATIVE: &jni::strings::JNIStr = jni_str!("io/qiancheng/Native");

/// Why a native has nothing to give back.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The core's error.
    Core(Error),
    /// Java's: thrown already, or a mistake on this side.
    Java(jni::errors::Error),
}

pub(crate) type Outcome<T> = Result<T, Failure>;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Core(error)
    }
}

impl From<jni::errors::Error> for Failure {
    fn from(error: jni::errors::Error) -> Self {
        Self::Java(error)
    }
}

/// Runs the work of a native. A failure or a panic is thrown, and what is given back then is not looked at by Java.
pub(crate) fn native<'local, T: Default>(
    env: &mut EnvUnowned<'local>,
    work: impl FnOnce(&mut Env<'local>) -> Outcome<T>,
) -> T {
    env.with_env(work).resolve::<Throwing>()
}

/// A panic is told of on standard error by its place alone: its words could quote anything, and would end up in the
/// server's log. Of the panics of this library only: its Rust is its own.
pub(crate) fn tell_defects_without_their_words() {
    std::panic::set_hook(Box::new(|panic| {
        if let Some(place) = panic.location() {
            // A closed standard error is no reason to panic again.
            drop(writeln!(
                std::io::stderr(),
                "qiancheng: a defect of the library, at {place}; please report it"
            ));
        }
    }));
}

/// Throws what went wrong.
struct Throwing;

impl<T: Default> ErrorPolicy<T, Failure> for Throwing {
    type Captures<'local: 'native, 'native> = ();

    fn on_error<'local: 'native, 'native>(
        env: &mut Env<'local>,
        (): &mut (),
        failure: Failure,
    ) -> jni::errors::Result<T> {
        if env.exception_check() {
            return Ok(T::default());
        }
        let error = match failure {
            Failure::Core(error) => error,
            Failure::Java(error) => unexpected(&error),
        };
        throw(env, &error).map(|()| T::default())
    }

    fn on_panic<'local: 'native, 'native>(
        env: &mut Env<'local>,
        (): &mut (),
        panic: Box<dyn Any + Send + 'static>,
    ) -> jni::errors::Result<T> {
        // What was panicked with may itself panic when it is dropped.
        std::mem::forget(panic);
        // A panic in the middle of an upcall.
        env.exception_clear();
        throw(env, &Error::from_panic()).map(|()| T::default())
    }
}

/// A mistake of this side in dealing with Java. What jni says of it holds names of Java's, and no values.
fn unexpected(error: &jni::errors::Error) -> Error {
    Error::of_binding(ErrorKind::Panic, format!("the Java VM refused something: {error}"))
}

/// Has Java make its exception of an error, and throws it.
fn throw(env: &mut Env<'_>, error: &Error) -> jni::errors::Result<()> {
    let json = serde_json::to_vec(error).unwrap_or_default();
    let text = error.to_string();
    let made = env.with_local_frame_returning_local::<_, JThrowable<'_>, Failure>(8, |env| {
        let json: JByteArray<'_> = arrays::array(env, &[&json])?;
        let text: JByteArray<'_> = arrays::array(env, &[text.as_bytes()])?;
        let class = env.find_class(NATIVE)?;
        let interrupted = waiting::was_interrupted();
        let arguments = [JValue::Object(&json), JValue::Object(&text), JValue::Bool(interrupted)];
        let signature = jni_sig!("([B[BZ)Ljava/lang/Throwable;");
        let made = env.call_static_method(class, jni_str!("failure"), signature, &arguments)?.l()?;
        Ok(env.cast_local::<JThrowable<'_>>(made)?)
    });
    match made {
        Ok(exception) => match env.throw(exception) {
            Err(jni::errors::Error::JavaException) | Ok(()) => Ok(()),
            Err(error) => Err(error),
        },
        // Java could not make it, for want of memory, say, and has thrown that.
        Err(_) if env.exception_check() => Ok(()),
        Err(Failure::Java(error)) => Err(error),
        Err(Failure::Core(_)) => Err(jni::errors::Error::NullPtr("an exception")),
    }
}
