//! §1.

use serde_json::json;

use super::{Call, Reply};
use crate::check::integer;
use crate::envelope::Refusal;
use crate::world::World;

const DEFAULT_HOURS: i64 = 24;

pub(crate) fn token(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let (username, password) = (call.text("username"), call.text("password"));
    if !call.config.has_account(username, password) {
        return Err(Refusal::account());
    }
    let hours = call.params.get("hours").and_then(integer).unwrap_or(DEFAULT_HOURS);
    let token = world.ids.next();
    let until = world.clock.now() + hours * 3_600_000;
    world.tokens.grant(token.clone(), username.to_owned(), until);
    Ok(Reply::Data(json!({ "token": token })))
}
