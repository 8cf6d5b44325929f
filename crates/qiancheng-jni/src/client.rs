//! Natives of clients and cancellations.

use std::time::Duration;

use jni::EnvUnowned;
use jni::objects::{JByteArray, JClass, JLongArray};
use jni::sys::{jboolean, jint, jlong};
use qiancheng::endpoint::Method;
use qiancheng::personal::Handle;
use qiancheng::{CallOptions, Cancel, ClientBuilder, Error};

use crate::boundary::{Outcome, native};
use crate::handles::{self, Held};
use crate::waiting::{hear, wait, watched};
use crate::{ABI_VERSION, answers, arrays};

/// The version of what crosses.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_abi<'local>(_: EnvUnowned<'local>, _: JClass<'local>) -> jint {
    ABI_VERSION
}

/// The library's version.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_version<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
) -> JByteArray<'local> {
    native(&mut env, |env| arrays::array(env, &[env!("CARGO_PKG_VERSION").as_bytes()]))
}

/// Panics, for the test that it gets no further than this.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_panic<'local>(mut env: EnvUnowned<'local>, _: JClass<'local>) {
    native(&mut env, |_| -> Outcome<()> { panic!("on purpose") });
}

/// How many objects are held, for tests.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_count<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
) -> jint {
    native(&mut env, |_| Ok(jint::try_from(handles::count()).unwrap_or(jint::MAX)))
}

/// Lets go of an object.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_release<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    handle: jlong,
) {
    native(&mut env, |_| {
        handles::release(handle);
        Ok(())
    });
}

/// A client from settings, on top of the environment's if that is wanted.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_open<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    settings: JByteArray<'local>,
    from_environment: jboolean,
) -> jlong {
    native(&mut env, |env| {
        let settings = arrays::bytes(env, &settings)?;
        let builder = if from_environment { ClientBuilder::from_env()? } else { ClientBuilder::default() };
        let client = builder.named_settings(&settings)?.on_event(hear).build_blocking()?;
        Ok(handles::keep(Held::Client(client.with_options(watched()))))
    })
}

/// A client with other settings, sharing tokens, connections and counters.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_withOptions<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    client: jlong,
    options: JByteArray<'local>,
    cancel: jlong,
) -> jlong {
    native(&mut env, |env| {
        let mut options = CallOptions::named(&arrays::bytes(env, &options)?)?;
        if let Some(cancel) = handles::cancel(cancel)? {
            options = options.cancel(cancel);
        }
        Ok(handles::keep(Held::Client(handles::client(client)?.with_options(options))))
    })
}

/// Where the client points: scheme, host and port.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_origin<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    client: jlong,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let client = handles::client(client)?;
        arrays::array(env, &[client.as_async().origin().as_bytes()])
    })
}

/// What the client and those made from it have done so far, as JSON.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_stats<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    client: jlong,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let stats = serde_json::to_vec(&handles::client(client)?.stats()).unwrap_or_default();
        arrays::array(env, &[&stats])
    })
}

/// A call by its id.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_call<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    client: jlong,
    cancel: jlong,
    heard: jint,
    endpoint: JByteArray<'local>,
    params: JByteArray<'local>,
    facts: JLongArray<'local>,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let client = handles::client(client)?;
        let endpoint = arrays::text(env, &endpoint, "endpoint")?;
        let params = arrays::params(env, &params)?;
        let answer = wait(cancel, heard, || client.call(&endpoint, params))?;
        answers::deliver(env, &answer, &facts)
    })
}

/// A call that this library does not know.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_callPath<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    client: jlong,
    cancel: jlong,
    heard: jint,
    method: JByteArray<'local>,
    path: JByteArray<'local>,
    params: JByteArray<'local>,
    facts: JLongArray<'local>,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let client = handles::client(client)?;
        let method = match arrays::text(env, &method, "method")?.as_str() {
            "GET" => Method::GET,
            "POST" => Method::POST,
            _ => return Err(Error::refused_argument("method", "must be GET or POST").into()),
        };
        let path = arrays::text(env, &path, "path")?;
        let params = arrays::params(env, &params)?;
        let answer = wait(cancel, heard, || client.call_path(method, &path, params))?;
        answers::deliver(env, &answer, &facts)
    })
}

/// Waits for an audit's verdict, for at most so many milliseconds.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_awaitVerdict<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    client: jlong,
    cancel: jlong,
    heard: jint,
    open_id: JByteArray<'local>,
    limit: jlong,
    facts: JLongArray<'local>,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let client = handles::client(client)?;
        let open_id = Handle::from(arrays::text(env, &open_id, "openId")?.as_str());
        let limit = Duration::from_millis(u64::try_from(limit).unwrap_or(0));
        let answer = wait(cancel, heard, || {
            client.risk().wait(&open_id, limit).map(|verdict| verdict.answer().clone())
        })?;
        answers::deliver(env, &answer, &facts)
    })
}

/// A cancellation that has not been used.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_newCancel<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
) -> jlong {
    native(&mut env, |_| Ok(handles::keep(Held::Cancel(Cancel::new()))))
}

/// Ends all calls that carry it.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_cancel<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    cancel: jlong,
) {
    native(&mut env, |_| {
        if let Some(cancel) = handles::cancel(cancel)? {
            cancel.cancel();
        }
        Ok(())
    });
}
