//! §3.

use serde_json::json;

use super::{Call, Reply, opened};
use crate::documents::{Document, Kind};
use crate::envelope::Refusal;
use crate::machines::Moment;
use crate::machines::telecom::Telecom;
use crate::world::{Machine, Session, World, unknown_open_id};

pub(crate) fn open_id(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let machine = Machine::Telecom(Telecom::open(call.text("service_password"), world.moment())?);
    let contacts = call.contacts("contact_tel");
    let session = Session { merchant: call.merchant(), identity: call.identity(), contacts, machine };
    Ok(opened(&world.keep(session)))
}

/// The caller's telecom session, at this moment.
fn with<T>(
    world: &mut World,
    call: &Call<'_>,
    act: impl FnOnce(&mut Telecom, Moment) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let at = world.moment();
    match &mut world.session(call.open_id(), call.merchant.as_deref())?.machine {
        Machine::Telecom(telecom) => act(telecom, at),
        _ => Err(unknown_open_id()),
    }
}

pub(crate) fn service_password(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    with(world, call, |telecom, at| telecom.service_password(call.text("service_password"), at))?;
    Ok(Reply::Nothing)
}

pub(crate) fn query_password(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    with(world, call, |telecom, at| telecom.query_password(call.text("query_password"), at))?;
    Ok(Reply::Nothing)
}

pub(crate) fn captcha(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    with(world, call, |telecom, at| telecom.captcha(call.text("captcha"), at))?;
    Ok(Reply::Nothing)
}

pub(crate) fn resend_captcha(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    with(world, call, Telecom::resend_captcha)?;
    Ok(Reply::Nothing)
}

pub(crate) fn get_state(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let shown = with(world, call, |telecom, at| Ok(telecom.poll(at)))?;
    Ok(Reply::Data(json!({ "state": shown.state, "message": shown.message })))
}

pub(crate) fn raw_data(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    document(world, call, Kind::TelecomRawData)
}

pub(crate) fn report(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    document(world, call, Kind::TelecomReport)
}

fn document(world: &mut World, call: &Call<'_>, kind: Kind) -> Result<Reply, Refusal> {
    with(world, call, |telecom, at| telecom.readiness(at).require())?;
    let session = world.session(call.open_id(), call.merchant.as_deref())?;
    let (identity, contacts) = (session.identity.clone(), session.contacts.clone());
    Ok(Reply::Document(Document { identity, contacts, kind }))
}
