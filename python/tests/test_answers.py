"""Answers: what is read out of the vendor's bytes, what is kept, what is shown, and that they are values."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any, TypeVar

import pytest

from qiancheng import answers, states
from qiancheng._answer import Answer, PlainAnswer, Record
from qiancheng._errors import ProtocolError
from qiancheng._native import RawAnswer

Kind = TypeVar("Kind", bound=Answer)

OPEN_ID = "f47e9276860685349c7ef4be67c823ab"
BANKS = [
    {
        "bankName": "招商银行",
        "bankCode": 1001,
        "disable": "0",
        "loginTypes": [{"title": "卡号", "entryId": 12, "inputs": [{"name": "card", "hint": "16 位"}]}],
        "logo": "cmb.png",
    },
    {"bankName": "工商银行", "disable": True, "disableReason": "维护中"},
]


def answer(cls: type[Kind], data: object, endpoint: str = "telecom.get_state") -> Kind:
    body = json.dumps({"code": 0, "msg": "", "data": data}, ensure_ascii=False).encode()
    return cls(RawAnswer(endpoint, body))


def test_fields_are_read_however_the_vendor_writes_them() -> None:
    state = answer(answers.EbankStateAnswer, {"state": "4", "request_delay": "2", "pic_captcha": None})
    assert state.state == states.EbankState.PIC_CAPTCHA_REQUIRED and state.request_delay == 2.0
    assert isinstance(state.request_delay, float)
    assert state.pic_captcha is None and state.message is None
    for written in (True, 1, "1", "true", "TRUE"):
        assert answer(answers.BlacklistHitAnswer, {"is_in": written}).is_in is True
    for written in (False, 0, "0", ""):
        assert answer(answers.BlacklistHitAnswer, {"is_in": written}).is_in is False


def test_a_whole_number_written_as_a_number_with_a_point_is_one() -> None:
    delayed = answer(answers.EbankStateAnswer, {"state": 21.0, "request_delay": 3})
    assert delayed.state == 21 and type(delayed.request_delay) is float


def test_one_verdict_may_come_in_a_list_and_nothing_as_an_empty_one() -> None:
    assert answer(answers.RiskVerdictAnswer, [{"state": 1, "reason": "多头"}]).reason == "多头"
    assert answer(answers.TelecomStateAnswer, []).message is None


def test_what_was_promised_and_is_missing_is_an_error_that_names_it() -> None:
    with pytest.raises(ProtocolError, match="`state` of TelecomStateAnswer cannot be read: it is missing"):
        _ = answer(answers.TelecomStateAnswer, {}).state
    with pytest.raises(ProtocolError) as caught:
        _ = answer(answers.TelecomStateAnswer, {"state": "13800138000x"}).state
    assert "13800138000" not in str(caught.value)


def test_unknown_fields_are_kept_and_counted_but_not_shown() -> None:
    hit = answer(answers.BlacklistHitAnswer, {"is_in": "true", "score": 3, "who": "张三"})
    assert (
        hit["score"] == 3 and hit["is_in"] == "true" and hit.get("who") == "张三" and hit.get("when") is None
    )
    assert "score" in hit and "when" not in hit and list(hit.keys()) == ["is_in", "score", "who"]
    assert repr(hit) == "BlacklistHitAnswer(is_in=True, +2 fields)"
    with pytest.raises(KeyError):
        hit["when"]


def test_what_is_personal_prints_masked_and_is_shown_on_demand() -> None:
    opened = answer(answers.OpenedAnswer, {"open_id": OPEN_ID, "name": "张三"})
    assert repr(opened) == "OpenedAnswer(open_id='f47e9276…', +1 field)"
    assert opened.open_id == OPEN_ID and OPEN_ID in opened.reveal() and "张三" in opened.reveal()
    assert (
        repr(answer(answers.AuthIssuedAnswer, {"token": "c2VjcmV0LXRva2Vu"}))
        == "AuthIssuedAnswer(token='****')"
    )
    words = answer(answers.TelecomStateAnswer, {"state": 21, "message": "验证码已发送至13800138000"})
    assert words.message == "验证码已发送至****" and "13800138000" not in repr(words)
    assert words["message"] == "验证码已发送至13800138000"
    document = answer(answers.TelecomRawDataAnswer, {"transactions": [{"basic": {"real_name": "张三"}}]})
    assert repr(document) == "TelecomRawDataAnswer('telecom.get_state', 54 bytes)"
    picture = answer(answers.EbankStateAnswer, {"state": 4, "pic_captcha": "data:image/png;base64,iVBORw=="})
    assert "iVBOR" not in repr(picture)


def test_a_picture_gives_its_bytes_and_its_type() -> None:
    picture = answer(
        answers.EbankStateAnswer, {"state": 4, "pic_captcha": "data:image/png;base64,iVBORw=="}
    ).pic_captcha
    assert picture is not None
    assert picture.image == b"\x89PNG" and picture.mime == "image/png" and picture.startswith("data:")
    broken = answer(answers.EbankStateAnswer, {"state": 4, "pic_captcha": "?"}).pic_captcha
    assert broken is not None and broken.image is None and broken.mime is None


def test_a_list_is_a_sequence_of_typed_items() -> None:
    banks = answer(answers.EbankBankList, BANKS)
    assert len(banks) == 2 and [bank.bank_name for bank in banks] == ["招商银行", "工商银行"]
    first = banks[0]
    assert first.bank_code == "1001" and first.disable is False and banks[-1].disable_reason == "维护中"
    assert first.login_types[0].entry_id == "12" and first.login_types[0].inputs[0]["hint"] == "16 位"
    assert banks[1:] == [banks[1]] and first in banks and banks.index(banks[1]) == 1
    assert banks.to_dict() == BANKS and first.to_dict() == BANKS[0]
    assert len(answer(answers.EbankBankList, {})) == 0 and len(answer(answers.EbankBankList, None)) == 0
    with pytest.raises(IndexError):
        banks[2]


EVERY: list[tuple[type[Answer], Any]] = [
    (answers.AuthIssuedAnswer, {"token": "c2VjcmV0LXRva2Vu"}),
    (answers.BlacklistHitAnswer, {"is_in": True}),
    (answers.BlacklistHitList, [{"is_in": True}]),
    (answers.OpenedAnswer, {"open_id": OPEN_ID}),
    (answers.EbankV2OpenedAnswer, {"open_id": OPEN_ID, "type": 2}),
    (answers.TelecomStateAnswer, {"state": 21, "message": "请输入"}),
    (answers.DegreeStateAnswer, {"state": 11}),
    (answers.EbankStateAnswer, {"state": 4, "pic_captcha": "iVBORw=="}),
    (answers.EbankBankList, BANKS),
    (answers.RiskVerdictAnswer, [{"state": 0}]),
    (answers.AcceptedAnswer, None),
    (answers.TelecomReportAnswer, {"report": {}}),
]


@pytest.mark.parametrize(("cls", "data"), EVERY, ids=[cls.__name__ for cls, _ in EVERY])
def test_an_answer_is_a_value(cls: type[Answer], data: Any) -> None:
    one, same, other = answer(cls, data), answer(cls, data), answer(cls, {"another": 1})
    assert one == same and hash(one) == hash(same) and one is not same
    assert one != other and one != data
    for copied in [
        copy.copy(one),
        copy.deepcopy(one),
        *(pickle.loads(pickle.dumps(one, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)),
    ]:
        assert copied == one and type(copied) is cls and repr(copied) == repr(one)
        assert (copied.raw, copied.body, copied.endpoint) == (one.raw, one.body, one.endpoint)
    with pytest.raises(AttributeError):
        one.anything = 1  # type: ignore[attr-defined]


def test_numbers_that_are_equal_make_equal_answers_however_they_are_spaced() -> None:
    one = PlainAnswer(RawAnswer("x", b'{"code":0,"data":{"a":1,"b":[2]}}'))
    other = PlainAnswer(RawAnswer("x", b'{"code": 0, "data": {"b": [2.0], "a": 1}}'))
    assert one == other and hash(one) == hash(other) and one.raw != other.raw


def test_what_is_given_out_is_the_callers_own() -> None:
    banks = answer(answers.EbankBankList, BANKS)
    banks.to_dict().clear()
    banks[0].to_dict().clear()
    banks[0].login_types.clear()
    assert banks == answer(answers.EbankBankList, BANKS)


def test_a_record_inside_an_answer_pickles_by_itself() -> None:
    bank = answer(answers.EbankBankList, BANKS)[0]
    copied = pickle.loads(pickle.dumps(bank))
    assert isinstance(copied, Record) and copied == bank and hash(copied) == hash(bank)


def test_states_name_themselves_and_keep_numbers_nobody_knows() -> None:
    state = states.TelecomState(21)
    assert state == states.TelecomState.CAPTCHA_REQUIRED == 21
    assert state.name == "STATE_CAPTCHA_REQUIRED" and state.description == "需要验证码"
    assert (
        str(state) == "21 STATE_CAPTCHA_REQUIRED"
        and repr(state) == "<TelecomState 21 STATE_CAPTCHA_REQUIRED>"
    )
    strange = answer(answers.TelecomStateAnswer, {"state": 77}).state
    assert strange == 77 and strange.name is None and str(strange) == "77"
    assert json.dumps([state, strange]) == "[21, 77]"
    restored = pickle.loads(pickle.dumps(state))
    assert restored == state and type(restored) is states.TelecomState
    assert len(states.TelecomState.all()) == 13 and states.AuditState.all()[0] is not None


def test_nothing_is_parsed_before_it_is_asked_for() -> None:
    class Counting:
        endpoint, data, body = "blacklist.search", b'{"is_in":true}', b""
        parsed = 0

        def value(self) -> Any:
            self.parsed += 1
            return json.loads(self.data)

    raw = Counting()
    hit = answers.BlacklistHitAnswer(raw)  # type: ignore[arg-type]
    assert (hit.raw, raw.parsed) == (raw.data, 0)
    assert hit.is_in and hit.is_in and raw.parsed == 1
