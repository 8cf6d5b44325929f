"""What notebooks and terminals show: masked, escaped, and nothing from the network."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest

import qiancheng
from qiancheng import tables
from qiancheng._display import _text, mimebundle
from qiancheng._display._progress import AtTerminal
from qiancheng.sandbox import Sandbox

NAME, ID_CARD, MOBILE, PEER = "司马相如", "11010519491231002X", "13800138005", "13911112222"
HOSTILE = "<script>alert(1)</script>"


class Page(HTMLParser):
    """Reads HTML; keeps its tags and what it points to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def shown(thing: Any) -> Page:
    """What a notebook shows of a thing, having checked what holds for everything."""
    text = mimebundle(thing)["text/html"]
    page = Page(text)
    assert "script" not in page.tags
    assert all(link.startswith("data:image/") for link in page.links)
    for personal in (NAME, ID_CARD, MOBILE, PEER):
        assert personal not in text
    return page


RAW = {
    "transactions": [
        {
            "basic": {
                "cell_phone": MOBILE,
                "real_name": NAME,
                "idcard": ID_CARD,
                "update_time": "2026-01-15 10:00:00",
            },
            "calls": [
                {
                    "start_time": "2026-01-01 09:00:00",
                    "other_cell_phone": PEER,
                    "place": HOSTILE,
                    "secret": NAME,
                },
                {"start_time": "2026-01-02 09:00:00", "other_cell_phone": None, "use_time": "many"},
            ],
        }
    ]
}


def test_tables_show_their_first_rows_masked_and_escaped() -> None:
    document = tables.telecom_raw(json.dumps(RAW))
    page = shown(document.calls)
    assert HOSTILE in page.words, "text is shown as it is, and not run"
    assert "139****2222" in page.words
    assert "{…}" in page.words, "fields that are not known may hold anything"
    assert any("2 rows" in word and "masked" in word for word in page.words)
    shown(document.basic)
    assert any("calls" in word for word in shown(document).words)
    assert any("features" in word for word in shown(document.features()).words)


def test_a_table_is_shown_at_a_terminal_in_columns_and_revealed_on_demand() -> None:
    calls = tables.telecom_raw(json.dumps(RAW)).calls[["start_time", "peer", "place"]]
    lines = repr(calls.show()).splitlines()
    assert len({_text.width(line) for line in lines[1:2]}) == 1
    assert "139****2222" in lines[2]
    assert lines[3].split() == ["2026-01-02", "09:00:00", "–", "–"]
    assert lines[4] == "calls: 2 rows; personal data masked"
    assert PEER in repr(calls.show(reveal=True))
    assert PEER in calls.show(reveal=True)._repr_html_()
    assert repr(calls.show(1)).endswith("calls: 2 rows, the first 1 shown; personal data masked")
    with pytest.raises(ValueError, match="rows"):
        calls.show(-1)


def test_chinese_takes_two_columns_and_control_characters_none() -> None:
    assert _text.width("张三a") == 5
    text = _text.table(
        [("name", ""), ("n", "")], [["张三", "1"], ["ab\x1b[2Jcd", "22"]], [False, True], "end"
    )
    lines = text.splitlines()
    assert "\x1b" not in text
    assert [_text.width(line) for line in lines[1:4]] == [_text.width(lines[1])] * 3


def test_answers_sessions_and_challenges_show_themselves() -> None:
    with Sandbox() as sandbox, sandbox.client() as client:
        hit = client.blacklist.search(name=NAME, id_card=ID_CARD, mobile=MOBILE)
        assert "is_in" in shown(hit).words
        shown(client.call("blacklist.search", {"name": NAME, "id_card": ID_CARD, "mobile": MOBILE}))
        shown(client.ebank.bank_info())
        session = client.telecom.open(name=NAME, id_card=ID_CARD, mobile=MOBILE, service_password="246810")
        page = shown(session)
        assert session.open_id not in "".join(page.words)
        for step in session.steps():
            if isinstance(step, qiancheng.NeedsInput):
                assert step.challenge.prompt_zh in shown(step.challenge).words
                session.submit(step.challenge, "123456")
        document = session.raw_data()
        assert any("qiancheng.tables.telecom_raw" in word for word in shown(document).words)
        shown(session)


def test_a_picture_captcha_is_in_the_page() -> None:
    with Sandbox() as sandbox, sandbox.client() as client:
        bank = client.ebank.bank_info()[0]
        session = client.ebank.open(
            entry_id=str(bank.login_types[0].entry_id),
            login_name="login",
            password="picture",
            name=NAME,
            id_card=ID_CARD,
            mobile=MOBILE,
        )
        step = next(step for step in session.steps() if isinstance(step, qiancheng.NeedsInput))
        assert shown(step.challenge).links[0].startswith("data:image/png;base64,")


def test_a_bundle_keeps_to_what_is_asked_for() -> None:
    document = tables.telecom_raw(json.dumps(RAW))
    assert set(mimebundle(document, include=["text/plain"])) == {"text/plain"}
    assert set(mimebundle(document, exclude=["text/plain"])) == {"text/html"}


def test_progress_at_a_terminal_says_each_news_once(capsys: pytest.CaptureFixture[str]) -> None:
    with Sandbox() as sandbox, sandbox.client() as client:
        client.telecom.collect(
            name=NAME,
            id_card=ID_CARD,
            mobile=MOBILE,
            service_password="slow_3",
            on_challenge=lambda challenge: "123456",
            on_progress=AtTerminal(
                client.telecom.open(name=NAME, id_card=ID_CARD, mobile=MOBILE, service_password="x")
            ),
        )
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1] == "telecom: finished"
    assert all(line.startswith("telecom: ") for line in lines)
    assert all(before != after for before, after in zip(lines, lines[1:]))
