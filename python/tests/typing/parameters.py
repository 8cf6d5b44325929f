"""What a type checker knows of nested parameters. Checked, never run."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from typing_extensions import assert_type

from qiancheng import Client
from qiancheng.answers import OpenedAnswer
from qiancheng.params import RiskApplication, RiskOrderDetail, TelecomOptions
from qiancheng.states import ContactType

OPTIONS: TelecomOptions = {
    "work_addr": "北京市海淀区",
    "contacts": [
        {"contact_tel": "13900139000", "contact_name": "李四", "contact_type": ContactType.SPOUSE},
    ],
}

ORDER: RiskOrderDetail = {
    "order_id": 1,
    "amount": 200,
    "loan_term": 7,
    "order_time": datetime(2026, 1, 1),
}

APPLICATION: RiskApplication = {
    "order_detail": ORDER,
    "basic_info": {"user_contact": [{"mobile": "13900139000", "name": "李四", "relation": 2}]},
    "user_proof_materia": [{"url": "https://example.com/1.jpg", "type": 0}],
    "user_mobile_contacts": [{"mobile": "13900139000", "name": "李四"}],
    "telecom_data": {"real_name_status": 1, "bill_list": [], "contact_list": []},
}

MISSPELT: TelecomOptions = {"work_address": "北京"}  # type: ignore[typeddict-unknown-key] # pyright: ignore[reportAssignmentType]
INCOMPLETE: RiskOrderDetail = {"order_id": 1}  # type: ignore[typeddict-item] # pyright: ignore[reportAssignmentType]


def given(client: Client, own: dict[str, Any]) -> None:
    opened = client.telecom.open_id(
        name="张三",
        id_card="110101199003070011",
        mobile="13800138000",
        service_password="",
        options=OPTIONS,
    )
    assert_type(opened, OpenedAnswer)
    for data in (APPLICATION, own):
        client.risk.audit(name="张三", phone="13800138000", id_card="110101199003070011", data=data)
