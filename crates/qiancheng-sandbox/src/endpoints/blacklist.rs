//! §2, and the two searches seen in public clients.

use serde_json::json;

use super::{Call, Reply};
use crate::clock::vendor_text;
use crate::envelope::Refusal;
use crate::world::World;

fn is_in(call: &Call<'_>) -> bool {
    call.text("mobile").ends_with("4444")
}

pub(crate) fn search(_: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    Ok(Reply::Data(json!({ "is_in": is_in(call) })))
}

pub(crate) fn search_v2(_: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    Ok(Reply::Data(json!([{ "is_in": is_in(call) }])))
}

pub(crate) fn search_v2_list(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    Ok(Reply::Data(json!([{ "is_in": is_in(call), "create_time": vendor_text(world.clock.now()) }])))
}
