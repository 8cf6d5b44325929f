//! §4.

use serde_json::json;

use super::{Call, Reply, opened};
use crate::check::integer;
use crate::documents::{Document, Kind};
use crate::envelope::Refusal;
use crate::machines::Moment;
use crate::machines::degree::Degree;
use crate::world::{Machine, Session, World, unknown_open_id};

pub(crate) fn open_id(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let machine = Machine::Degree(Degree::open(world.moment()));
    let contacts = call.contacts("contact_cell_phone_number");
    let session = Session { merchant: call.merchant(), identity: call.identity(), contacts, machine };
    Ok(opened(&world.keep(session)))
}

/// The caller's degree session, at this moment.
fn with<T>(
    world: &mut World,
    call: &Call<'_>,
    act: impl FnOnce(&mut Degree, Moment) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let at = world.moment();
    match &mut world.session(call.open_id(), call.merchant.as_deref())?.machine {
        Machine::Degree(degree) => act(degree, at),
        _ => Err(unknown_open_id()),
    }
}

pub(crate) fn login(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let synchronous = call.params.get("sync").and_then(integer) == Some(0);
    with(world, call, |degree, at| degree.login(call.text("password"), synchronous, at))?;
    Ok(Reply::Nothing)
}

pub(crate) fn get_state(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let shown = with(world, call, |degree, at| Ok(degree.poll(at)))?;
    Ok(Reply::Data(json!({ "state": shown.state, "message": shown.message })))
}

pub(crate) fn raw_data(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    with(world, call, |degree, at| degree.readiness(at).require())?;
    let session = world.session(call.open_id(), call.merchant.as_deref())?;
    let (identity, contacts) = (session.identity.clone(), session.contacts.clone());
    Ok(Reply::Document(Document { identity, contacts, kind: Kind::DegreeRawData }))
}
