"""The web application of the examples: two processes serve one borrower, in turns.

Every request goes to the other process than the one before, so whatever one kept in memory the next cannot know.
"""

from __future__ import annotations

import base64
import contextlib
import html
import http.cookiejar
import itertools
import os
import re
import signal
import stat
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from qiancheng import tables
from qiancheng.sandbox import Sandbox

pytest.importorskip("flask")

APPLICATION = Path(__file__).resolve().parent.parent / "examples" / "web_app"
SERVE = """
import app
from werkzeug.serving import make_server

server = make_server("127.0.0.1", 0, app.create_app())
print(server.port, flush=True)
server.serve_forever()
"""
PERSON = {
    "name": "张三",
    "id_card": "110101199003070011",
    "mobile": "13800138001",
    "service_password": "246810",
}
# More polls than any collection of the sandbox takes.
MANY = 20


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """Play the vendor."""
    with Sandbox() as running:
        yield running


@pytest.fixture
def raw_data(tmp_path: Path) -> Path:
    """Choose where the application keeps raw data."""
    return tmp_path / "raw"


@pytest.fixture
def addresses(sandbox: Sandbox, raw_data: Path) -> Iterator[list[str]]:
    """Start two processes of the application, which share a key and nothing else."""
    environment = {
        **os.environ,
        "QIANCHENG_BASE_URL": sandbox.base_url,
        "QIANCHENG_USERNAME": sandbox.username,
        "QIANCHENG_PASSWORD": sandbox.password,
        "QIANCHENG_SESSION_KEY": base64.b64encode(bytes(range(32))).decode(),
        "RAW_DATA": str(raw_data),
        "WITHOUT_TLS": "1",
        "PYTHONPATH": os.pathsep.join([str(APPLICATION), *(path for path in sys.path if path)]),
    }
    with contextlib.ExitStack() as stack:
        found = []
        for _ in range(2):
            process = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-c", SERVE],
                    env=environment,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                )
            )
            stack.callback(process.send_signal, signal.SIGKILL)
            assert process.stdout is not None
            found.append(f"http://127.0.0.1:{int(process.stdout.readline())}")
        yield found


class Browser:
    """A browser with cookies, whose requests a load balancer hands to the processes in turns."""

    def __init__(self, addresses: list[str]) -> None:
        """Take the processes to choose from."""
        self._turns = itertools.cycle(addresses)
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(self.cookies),
            Turned(self._turns),
        )
        self.status = 0

    def get(self, path: str) -> str:
        """Fetch a page."""
        return self._open(path, None)

    def post(self, path: str, **form: str) -> str:
        """Send a form, and follow where it leads."""
        return self._open(path, urllib.parse.urlencode(form).encode())

    def _open(self, path: str, data: bytes | None) -> str:
        try:
            with self._opener.open(next(self._turns) + path, data, timeout=60) as response:
                self.status = response.status
                return html.unescape(response.read().decode())
        except urllib.error.HTTPError as error:
            self.status = error.code
            return html.unescape(error.read().decode())

    def until(self, words: str) -> str:
        """Reload the collection's page until it says something."""
        for _ in range(MANY):
            page = self.get("/collection")
            if words in page:
                return page
        raise AssertionError(f"no page said {words!r}; the last was {page}")


class Turned(urllib.request.HTTPRedirectHandler):
    """Sends what a redirect asks for to the other process."""

    def __init__(self, turns: Iterator[str]) -> None:
        """Take the processes in their order."""
        self._turns = turns

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        """Keep the path, and take the next process."""
        path = urllib.parse.urlsplit(newurl).path
        return super().redirect_request(req, fp, code, msg, headers, next(self._turns) + path)


@pytest.fixture
def browser(addresses: list[str]) -> Browser:
    """Open the borrower's browser."""
    return Browser(addresses)


def challenge(page: str) -> str:
    """Find the identity of the challenge that a page puts."""
    found = re.search(r'name="challenge" value="([^"]+)"', page)
    assert found, page
    return found[1]


def sent(sandbox: Sandbox, endpoint: str) -> int:
    """Count how often the vendor was asked for something."""
    return sum(request["endpoint"] == endpoint for request in sandbox.journal())


def test_a_borrower_is_led_through_by_two_processes(
    browser: Browser, sandbox: Sandbox, raw_data: Path
) -> None:
    """From the form over a wrong captcha to the data."""
    assert "身份证号" in browser.get("/")
    browser.post("/open", **PERSON)
    asked = browser.until("验证码")
    assert "有误" not in asked
    browser.post("/answer", challenge=challenge(asked), answer="999999")
    again = browser.until("有误")
    assert challenge(again) != challenge(asked)
    browser.post("/answer", challenge=challenge(again), answer="123456")
    browser.until("授权完成")

    assert sent(sandbox, "telecom.open_id") == 1
    assert sent(sandbox, "telecom.captcha") == 2
    (file,) = raw_data.iterdir()
    assert len(tables.open_raw(file).tables().calls) > 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_answer_in_an_old_tab_is_not_sent(browser: Browser, sandbox: Sandbox) -> None:
    """The borrower has the page open twice, and answers in both."""
    browser.post("/open", **PERSON)
    asked = challenge(browser.until("验证码"))
    browser.post("/answer", challenge=asked, answer="123456")
    browser.post("/answer", challenge=asked, answer="123456")
    assert browser.status == 200
    assert sent(sandbox, "telecom.captcha") == 1


def test_a_captcha_is_sent_again(browser: Browser, sandbox: Sandbox) -> None:
    """The button of the page has the carrier send another one, which is the one that counts."""
    browser.post("/open", **PERSON)
    asked = challenge(browser.until("验证码"))
    browser.post("/answer", challenge=asked, answer="", resend="1")
    assert sent(sandbox, "telecom.resend_captcha") == 1
    assert sent(sandbox, "telecom.captcha") == 0
    browser.post("/answer", challenge=challenge(browser.until("验证码")), answer="123456")
    browser.until("授权完成")


def test_a_lost_answer_is_polled_for(browser: Browser, sandbox: Sandbox) -> None:
    """The vendor took the captcha, and the connection broke before it said so."""
    browser.post("/open", **PERSON)
    asked = challenge(browser.until("验证码"))
    sandbox.add_faults(
        {"match": {"endpoint": "telecom.captcha"}, "times": 1, "fault": {"kind": "processed_but_lost"}}
    )
    browser.post("/answer", challenge=asked, answer="123456")
    browser.until("授权完成")
    assert sent(sandbox, "telecom.captcha") == 1


def test_a_wrong_form_is_shown_again(browser: Browser, sandbox: Sandbox) -> None:
    """A mistyped ID number costs nothing."""
    page = browser.post("/open", **{**PERSON, "id_card": "110101199003070012"})
    assert browser.status == 400
    assert "请检查身份证号" in page
    assert PERSON["name"] in page
    assert PERSON["service_password"] not in page
    assert sandbox.journal() == []


def test_the_cookie_says_nothing(browser: Browser) -> None:
    """Whoever sees the cookie learns nothing about the borrower, and it fits into a header."""
    browser.post("/open", **PERSON)
    browser.until("验证码")
    (cookie,) = browser.cookies
    assert cookie.value is not None
    assert len(cookie.value) < 2000
    assert cookie.has_nonstandard_attr("HttpOnly")
    payload = cookie.value.split(".")[0]
    readable = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode("latin-1")
    for value in PERSON.values():
        assert value not in cookie.value
        assert value.encode().decode("latin-1") not in readable


def test_without_a_collection_one_starts_at_the_form(browser: Browser) -> None:
    """A cookie that is gone, or was made up, leads to the start."""
    for path in ("/collection", "/done"):
        assert "服务密码" in browser.get(path)


def test_a_collection_that_took_too_long_says_so(browser: Browser, sandbox: Sandbox) -> None:
    """After ten minutes the vendor gives up."""
    browser.post("/open", **PERSON)
    browser.until("验证码")
    sandbox.advance_clock(601)
    assert "重新开始" in browser.get("/collection")
