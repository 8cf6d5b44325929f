//! Natives of sessions. Steps and challenges cross as the core writes them in JSON.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

use jni::objects::{JByteArray, JClass, JLongArray};
use jni::sys::{jint, jlong};
use jni::{Env, EnvUnowned};
use qiancheng::Error;
use qiancheng::blocking::Session;
use qiancheng::personal::Secret;
use qiancheng::session::{Response, SaveKey, SessionKind, Step};
use serde_json::json;

use crate::boundary::{Outcome, native};
use crate::handles::{self, Held};
use crate::waiting::wait;
use crate::{answers, arrays};

/// What a session's data is called between the two sides.
const BANKS: jint = 0;
const RAW_DATA: jint = 1;

/// What is done about a challenge, between the two sides.
const GIVE_UP: jint = 0;
const RESEND: jint = 1;

fn deliver<'local>(env: &mut Env<'local>, step: &Step) -> Outcome<JByteArray<'local>> {
    arrays::array(env, &[&serde_json::to_vec(step).unwrap_or_default()])
}

fn deliver_if_any<'local>(env: &mut Env<'local>, step: Option<&Step>) -> Outcome<JByteArray<'local>> {
    step.map_or_else(|| Ok(JByteArray::default()), |step| deliver(env, step))
}

fn secret(env: &Env<'_>, array: &JByteArray<'_>, name: &str) -> Outcome<Secret> {
    // The text that crossed becomes the secret itself.
    Ok(Secret::from(std::mem::take(&mut *arrays::text(env, array, name)?)))
}

fn save_key(env: &Env<'_>, key: &JByteArray<'_>) -> Outcome<SaveKey> {
    Ok(SaveKey::from_slice(&arrays::bytes(env, key)?)?)
}

/// Opens a session of a kind.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_openSession<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    client: jlong,
    cancel: jlong,
    heard: jint,
    kind: JByteArray<'local>,
    params: JByteArray<'local>,
) -> jlong {
    native(&mut env, |env| {
        let client = handles::client(client)?;
        let kind = SessionKind::from_name(&arrays::text(env, &kind, "kind")?).ok_or_else(|| {
            let names = SessionKind::ALL.map(SessionKind::name).join(", ");
            let words = format!("there is no such kind of session; there are {names}");
            Error::refused_argument("kind", words)
        })?;
        let params = arrays::params(env, &params)?;
        let session = wait(cancel, heard, || client.open_session(kind, params))?;
        Ok(handles::keep_session(session))
    })
}

/// Resumes a session that was saved.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_resume<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    client: jlong,
    key: JByteArray<'local>,
    saved: JByteArray<'local>,
) -> jlong {
    native(&mut env, |env| {
        let client = handles::client(client)?;
        let key = save_key(env, &key)?;
        let saved = arrays::text(env, &saved, "saved")?;
        Ok(handles::keep_session(client.resume(&key, &saved)?))
    })
}

/// Writes the session down, encrypted.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_save<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    session: jlong,
    key: JByteArray<'local>,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let saved = handles::session(session)?.session.save(&save_key(env, &key)?)?;
        arrays::array(env, &[saved.as_bytes()])
    })
}

/// What is known of the session on this side, as JSON.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_describe<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    session: jlong,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let description = describe(&handles::session(session)?.session).to_string();
        arrays::array(env, &[description.as_bytes()])
    })
}

fn describe(session: &Session) -> serde_json::Value {
    let expires_at = session.expires_at().duration_since(UNIX_EPOCH).unwrap_or_default();
    json!({
        "kind": session.kind().name(),
        "open_id": session.open_id().expose(),
        "masked_open_id": session.open_id().to_string(),
        "expires_at": u64::try_from(expires_at.as_millis()).unwrap_or(u64::MAX),
        "status": session.status(),
        "provider": session.provider(),
    })
}

/// Ends the session on this side.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_cancelSession<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    session: jlong,
) {
    native(&mut env, |_| {
        handles::session(session)?.session.cancel();
        Ok(())
    });
}

/// Asks how the session stands.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_poll<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    session: jlong,
    cancel: jlong,
    heard: jint,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let open = handles::session(session)?;
        let step = wait(cancel, heard, || open.session.poll())?;
        deliver(env, &step)
    })
}

/// The next step, after the pause that is due; nothing after the last.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_next<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    session: jlong,
    cancel: jlong,
    heard: jint,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let open = handles::session(session)?;
        let step = wait(cancel, heard, || {
            let mut steps = open.steps.lock().unwrap_or_else(PoisonError::into_inner);
            steps.next().transpose()
        })?;
        deliver_if_any(env, step.as_ref())
    })
}

/// Answers a challenge.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_submit<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    session: jlong,
    cancel: jlong,
    heard: jint,
    challenge: JByteArray<'local>,
    answer: JByteArray<'local>,
) {
    native(&mut env, |env| {
        let open = handles::session(session)?;
        let challenge = arrays::text(env, &challenge, "challenge")?;
        let answer = secret(env, &answer, "answer")?;
        wait(cancel, heard, || open.session.submit_by_id(&challenge, answer))
    });
}

/// Has a challenge sent again.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_resend<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    session: jlong,
    cancel: jlong,
    heard: jint,
    challenge: JByteArray<'local>,
) {
    native(&mut env, |env| {
        let open = handles::session(session)?;
        let challenge = arrays::text(env, &challenge, "challenge")?;
        wait(cancel, heard, || open.session.resend_by_id(&challenge))
    });
}

/// Logs in to a session that was opened without a login.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_login<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    session: jlong,
    cancel: jlong,
    heard: jint,
    params: JByteArray<'local>,
) {
    native(&mut env, |env| {
        let open = handles::session(session)?;
        let params = arrays::params(env, &params)?;
        wait(cancel, heard, || open.session.login_by_params(params))
    });
}

/// Fetches the banks, the raw data or the report.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_fetch<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    session: jlong,
    cancel: jlong,
    heard: jint,
    what: jint,
    facts: JLongArray<'local>,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let session = &handles::session(session)?.session;
        let answer = wait(cancel, heard, || match what {
            BANKS => session.banks().map(|reply| reply.answer().clone()),
            RAW_DATA => session.raw_data().map(|reply| reply.answer().clone()),
            _ => session.report().map(|reply| reply.answer().clone()),
        })?;
        answers::deliver(env, &answer, &facts)
    })
}

/// Begins to lead the session to its end.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_collection<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    session: jlong,
) -> jlong {
    native(&mut env, |_| {
        let collection = handles::session(session)?.session.collection();
        Ok(handles::keep(Held::Collection(Arc::new(Mutex::new(collection)))))
    })
}

/// The collection's next step; nothing once the session has finished.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_step<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    collection: jlong,
    cancel: jlong,
    heard: jint,
) -> JByteArray<'local> {
    native(&mut env, |env| {
        let collection = handles::collection(collection)?;
        let step = wait(cancel, heard, || collection.lock().unwrap_or_else(PoisonError::into_inner).step())?;
        deliver_if_any(env, step.as_ref())
    })
}

/// Responds to the challenge of the collection's last step.
#[unsafe(no_mangle)]
extern "system" fn Java_io_qiancheng_Native_respond<'local>(
    mut env: EnvUnowned<'local>,
    _: JClass<'local>,
    collection: jlong,
    cancel: jlong,
    heard: jint,
    action: jint,
    answer: JByteArray<'local>,
) {
    native(&mut env, |env| {
        let collection = handles::collection(collection)?;
        let response = match action {
            GIVE_UP => Response::GiveUp,
            RESEND => Response::Resend,
            _ => Response::Answer(secret(env, &answer, "answer")?),
        };
        wait(cancel, heard, || collection.lock().unwrap_or_else(PoisonError::into_inner).respond(response))
    });
}
