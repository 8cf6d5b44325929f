//! §6.

use std::collections::HashSet;

use serde_json::json;

use super::ebank::{open_entry, state};
use super::{Call, Reply};
use crate::documents::{Document, Kind};
use crate::envelope::Refusal;
use crate::machines::Moment;
use crate::machines::ebank::Ebank;
use crate::story::banks_v2;
use crate::world::{Machine, Session, V2Login, World, unknown_open_id};

/// 1 卡牛, 2 坚果, 3 新颜: whose licence text the user is shown. The applicant's number decides, so that it stays the same.
fn provider(mobile: &str) -> u8 {
    1 + mobile.bytes().last().unwrap_or(b'0') % 3
}

pub(crate) fn open_id(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let login = V2Login { ebank: Ebank::open(world.moment()), licences: HashSet::new(), bank: None };
    let session = Session {
        merchant: call.merchant(),
        identity: call.identity(),
        contacts: Vec::new(),
        machine: Machine::EbankV2(login),
    };
    let open_id = world.keep(session);
    Ok(Reply::Data(json!({ "open_id": open_id, "type": provider(call.text("mobile")) })))
}

/// The caller's session, at this moment.
fn with<T>(
    world: &mut World,
    call: &Call<'_>,
    act: impl FnOnce(&mut V2Login, Moment) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let at = world.moment();
    match &mut world.session(call.open_id(), call.merchant.as_deref())?.machine {
        Machine::EbankV2(login) => act(login, at),
        _ => Err(unknown_open_id()),
    }
}

pub(crate) fn bank_list(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    with(world, call, |_, _| Ok(()))?;
    Ok(Reply::Data(banks_v2()))
}

fn entry_and_login(call: &Call<'_>) -> (String, String) {
    (call.text("entry_id").to_owned(), call.text("login_name").to_owned())
}

pub(crate) fn license_upload(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    with(world, call, |login, _| {
        open_entry(call)?;
        login.licences.insert(entry_and_login(call));
        Ok(Reply::Nothing)
    })
}

pub(crate) fn login(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    with(world, call, |login, at| {
        let bank = open_entry(call)?;
        if !login.licences.contains(&entry_and_login(call)) {
            return Err(Refusal::input(
                "未上传授权协议, 请先调用 license-upload (entry_id, login_name 须一致)",
            ));
        }
        let shown = login.ebank.login(call.text("password"), at)?;
        login.bank = Some(bank);
        Ok(Reply::Data(state(shown, false)))
    })
}

pub(crate) fn get_state(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    with(world, call, |login, at| {
        let shown = login.ebank.poll(at);
        Ok(Reply::Data(state(shown, login.ebank.shows_picture())))
    })
}

pub(crate) fn captcha(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    with(world, call, |login, at| {
        let shown = login.ebank.verify(call.text("verify_code"), at)?;
        Ok(Reply::Data(state(shown, false)))
    })
}

pub(crate) fn raw_data(world: &mut World, call: &Call<'_>) -> Result<Reply, Refusal> {
    let bank = with(world, call, |login, at| {
        login.ebank.readiness(at).require()?;
        login.bank.clone().ok_or_else(Refusal::collecting)
    })?;
    let session = world.session(call.open_id(), call.merchant.as_deref())?;
    let identity = session.identity.clone();
    Ok(Reply::Document(Document { identity, contacts: Vec::new(), kind: Kind::EbankRawData(bank) }))
}
