//! §5.

use serde_json::{Value, json};

use super::{Call, Reply, opened};
use crate::documents::{Document, Kind};
use crate::envelope::Refusal;
use crate::machines::ebank::Ebank;
use crate::machines::{Moment, Shown};
use crate::picture;
use crate::story::{BankChoice, bank_by_entry, banks_v1};
use crate::world::{Licence, Machine, Session, World, unknown_open_id};

pub(crate) fn bank_info(_: &mut World, _: &Call<'_>) -> Result<Reply, Refusal> {
    Ok(Reply::Data(banks_v1()))
}

/// The bank entry a call names, if one can log in there.
pub(super) fn open_entry(call: &Call<'_>) -> Result<BankChoice, Refusal> {
    let entry_id = call.text("entry_id");
    let bank =
        bank_by_entry(entry_id).ok_or_else(|| Refusal::input(format!("entry_id {entry_id} 不存在")))?;
    match &bank.disabled {
        None => Ok(bank),
        Some(reason) => Err(Refusal::input(format!("entry_id {entry_id} 已禁用: {reason}"))),
    }
}

fn licence(call: &Call<'_>) -> Licence {
    Licence {
        merchant: call.merchant(),
        entry_id: call.text("entry_id").to_owned(),
        login_name: call.text("login_name").to_owned(),
        name: call.text("name").to_owned(),
        id_card: call.text("id_card").to_owned(),
    }
}

pub(crate) fn license_upload(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    open_entry(call)?;
    world.licences.insert(licence(call));
    Ok(Reply::Nothing)
}

pub(crate) fn open_id(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let bank = open_entry(call)?;
    if !world.licences.contains(&licence(call)) {
        return Err(Refusal::input(
            "未上传授权协议, 请先调用 license-upload (entry_id, login_name, name, id_card 须一致)",
        ));
    }
    let ebank = Ebank::open_with_login(call.text("password"), world.moment())?;
    let session = Session {
        merchant: call.merchant(),
        identity: call.identity(),
        contacts: Vec::new(),
        machine: Machine::Ebank(ebank, bank),
    };
    Ok(opened(&world.keep(session)))
}

/// The caller's e-bank session, at this moment.
fn with<T>(
    world: &mut World,
    call: &Call<'_>,
    open_id: &str,
    act: impl FnOnce(&mut Ebank, &BankChoice, Moment) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let at = world.moment();
    match &mut world.session(open_id, call.merchant.as_deref())?.machine {
        Machine::Ebank(ebank, bank) => act(ebank, bank, at),
        _ => Err(unknown_open_id()),
    }
}

/// A state as e-bank endpoints answer it; the picture comes with the state that asks for it.
pub(super) fn state(shown: Shown, picture: bool) -> Value {
    let mut data = json!({ "state": shown.state, "message": shown.message });
    if picture {
        data["pic_captcha"] = picture::base64().into();
    }
    data
}

pub(crate) fn get_state(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let mut data = with(world, call, call.open_id(), |ebank, _, at| {
        let shown = ebank.poll(at);
        Ok(state(shown, ebank.shows_picture()))
    })?;
    data["request_delay"] = call.config.request_delay.into();
    Ok(Reply::Data(data))
}

pub(crate) fn captcha(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let code = call.text("verify_code");
    let shown = with(world, call, call.open_id(), |ebank, _, at| ebank.verify(code, at))?;
    let mut data = state(shown, false);
    data["request_delay"] = call.config.request_delay.into();
    Ok(Reply::Data(data))
}

pub(crate) fn raw_data(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    // Printed as `openId`, meant as `open_id`.
    let open_id =
        [call.text("openId"), call.text("open_id")].into_iter().find(|id| !id.is_empty()).unwrap_or_default();
    let bank = with(world, call, open_id, |ebank, bank, at| {
        ebank.readiness(at).require()?;
        Ok(bank.clone())
    })?;
    let session = world.session(open_id, call.merchant.as_deref())?;
    let identity = session.identity.clone();
    Ok(Reply::Document(Document { identity, contacts: Vec::new(), kind: Kind::EbankRawData(bank) }))
}
