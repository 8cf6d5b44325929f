//! §7.

use serde_json::Value;

use super::{Call, Reply, opened};
use crate::audit_fields;
use crate::config::Verdicts;
use crate::envelope::Refusal;
use crate::machines::risk::Audit;
use crate::story::Identity;
use crate::world::{Machine, Session, World, unknown_open_id};

pub(crate) fn audit(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let data = call.audit_data.ok_or_else(|| Refusal::input("缺少参数 data (其他数据)"))?;
    let order = audit_fields::check(data)?;
    let key = (call.merchant(), order.order_id);
    // The order number is there so that a repeat is recognised.
    if let Some(open_id) = world.audits.get(&key) {
        return Ok(opened(open_id));
    }
    let mobile = match call.params.get("phone") {
        Some(Value::String(digits)) => digits.clone(),
        Some(number) => number.to_string(),
        None => String::new(),
    };
    let identity = Identity { mobile, ..call.identity() };
    let applicant = call.writer.applicant(&identity, &[]);
    let verdict = match call.config.verdicts {
        Verdicts::Fixed => applicant.audit_verdict(order.amount_fen),
        Verdicts::Risk => applicant.audit_verdict_from_risk(),
    };
    let machine = Machine::Audit(Audit::open(verdict, world.moment()));
    let session = Session { merchant: call.merchant(), identity, contacts: Vec::new(), machine };
    let open_id = world.keep(session);
    world.audits.insert(key, open_id.clone());
    Ok(opened(&open_id))
}

pub(crate) fn result(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let at = world.moment();
    match &mut world.session(call.open_id(), None)?.machine {
        Machine::Audit(audit) => Ok(Reply::Data(audit.poll(at))),
        _ => Err(unknown_open_id()),
    }
}
