"""A person and the merchant's secrets are pushed through every path, and looked for in everything that is shown."""

from __future__ import annotations

import asyncio
import logging
import pickle
import traceback
from pathlib import Path
from typing import Any

import pytest

import qiancheng
from qiancheng.sandbox import Sandbox

NAME = "䶮𠮷"
ID_CARD = "110105194912310038"
MOBILE = "13987071944"
PASSWORD = "canary-d15ea5e0"
SERVICE_PASSWORD = "canary-0fabad1d"
HIDDEN = (NAME, ID_CARD, ID_CARD[6:14], MOBILE, MOBILE[3:], PASSWORD, SERVICE_PASSWORD)


def checked(id_card: str) -> str:
    """Give an ID number its check character."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return id_card[:17] + "10X98765432"[sum(w * int(d) for w, d in zip(weights, id_card)) % 11]


PERSON: dict[str, Any] = {"name": NAME, "id_card": checked(ID_CARD), "mobile": MOBILE}


class Shown:
    """Everything that was shown."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def see(self, value: Any) -> None:
        """Keep what a value shows of itself."""
        self.texts += [repr(value), str(value), ascii(value)]

    def see_error(self, error: BaseException) -> None:
        """Keep what an error shows, with its traceback, in a pickle, and with what was behind it."""
        self.see(error)
        # With the values of no variable: these are the program's own.
        self.texts.append("".join(traceback.format_exception(type(error), error, error.__traceback__)))
        for one in (error.__cause__, error.__context__):
            if one is not None:
                self.see_error(one)
        if isinstance(error, qiancheng.Error):
            self.texts.append(pickle.dumps(error, 0).decode("latin-1"))
            self.texts.append(repr(pickle.loads(pickle.dumps(error))))

    def look(self) -> None:
        """Find nothing hidden in what was shown, but in this file's own lines."""
        text = "\n".join(self.texts)
        source = {line.strip() for line in Path(__file__).read_text(encoding="utf-8").splitlines()}
        text = "\n".join(line for line in text.splitlines() if line.strip() not in source)
        for hidden in HIDDEN:
            for form in (hidden, ascii(hidden)[1:-1]):
                assert form not in text, f"{form!r} was shown"


@pytest.fixture
def shown(caplog: pytest.LogCaptureFixture) -> Shown:
    caplog.set_level(logging.DEBUG)
    return Shown()


def calls(client: qiancheng.Client, shown: Shown) -> None:
    """Make calls that go well and calls that go wrong, and see what they leave."""
    attempts: list[Any] = [
        lambda: client.blacklist.search(**PERSON),
        lambda: client.call("blacklist.search", PERSON),
        lambda: client.call_path("POST", "/blacklist/search/single", {**PERSON, "token": None}),
        lambda: client.blacklist.search(**{**PERSON, "id_card": ID_CARD}),
        lambda: client.blacklist.search(**{**PERSON, "mobile": MOBILE + "1"}),
        lambda: client.blacklist.search(**{**PERSON, "name": [NAME]}),
        lambda: client.blacklist.search(**{**PERSON, "name": {NAME}}),
        lambda: client.call("blacklist.search", {**PERSON, NAME: MOBILE}),
        lambda: client.call("blacklist.search", {"name": NAME + "\ud800"}),
        lambda: list(client.blacklist.search_many([PERSON, {**PERSON, "mobile": {MOBILE}}])),
        lambda: client.telecom.open(**PERSON, service_password=SERVICE_PASSWORD),
        lambda: client.telecom.collect(**PERSON, service_password=SERVICE_PASSWORD),
        lambda: client.telecom.collect(**PERSON, service_password="wrong"),
        lambda: client.risk.audit(name=NAME, id_card=PERSON["id_card"], phone=MOBILE, data={"x": NAME}),
        lambda: client.with_options(timeout=MOBILE),  # type: ignore[arg-type]
    ]
    for attempt in attempts:
        try:
            shown.see(attempt())
        except Exception as error:
            shown.see_error(error)
    shown.see(client)
    shown.see(client.stats())


def test_nothing_of_a_person_or_a_secret_is_shown(
    qiancheng_sandbox: Sandbox, shown: Shown, caplog: pytest.LogCaptureFixture
) -> None:
    with Sandbox(password=PASSWORD) as sandbox:
        shown.see(sandbox)
        client = sandbox.client(max_retries=1, backoff=(0.001, 0.001))
        calls(client, shown)
        for fault in (
            "html_502",
            "broken_json",
            "truncated_body",
            "reset",
            "token_refused",
            "processed_but_lost",
        ):
            try:
                sandbox.add_faults({"times": 3, "fault": {"kind": fault}})
            except ValueError:
                continue
            calls(client, shown)
            sandbox.clear_faults()
        sandbox.script(
            {
                "answers": [
                    {
                        "body": {
                            "code": 1001,
                            "msg": f"{NAME} {ID_CARD} {PERSON['id_card']} {MOBILE}",
                            "data": None,
                        }
                    }
                ]
                * 3
            }
        )
        calls(client, shown)
        with pytest.raises(qiancheng.AuthError) as caught:
            sandbox.client(password=PASSWORD + "x").blacklist.search(**PERSON)
        shown.see_error(caught.value)

        async def asynchronous() -> None:
            twin = sandbox.async_client()
            for work in (
                twin.blacklist.search(**PERSON),
                twin.blacklist.search(**{**PERSON, "id_card": ID_CARD}),
                twin.telecom.open(**PERSON, service_password=SERVICE_PASSWORD),
            ):
                try:
                    shown.see(await work)
                except Exception as error:
                    shown.see_error(error)
            async for result in twin.blacklist.search_many([PERSON, {**PERSON, "mobile": MOBILE + "1"}]):
                shown.see(result)

        asyncio.run(asynchronous())
        for settings in (
            {"password": PASSWORD.encode()},
            {"proxy": f"ftp://x:{PASSWORD}@y"},
            {"audit_public_key": PASSWORD},
        ):
            with pytest.raises(Exception) as refused:
                sandbox.client(**settings)
            shown.see_error(refused.value)
    assert caplog.records, "the log was on"
    shown.texts.append(caplog.text)
    shown.look()


def test_the_canary_can_be_found(shown: Shown) -> None:
    shown.see({"name": NAME})
    with pytest.raises(AssertionError, match="was shown"):
        shown.look()
