#!/usr/bin/env python3
"""Runs an example as a user would, beside the sandbox that the environment names, and compares what it prints.

check_examples.py NAME COMMAND…: the example's name, and what runs it, such as `valgrind …/telecom_session`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request

PERSON = ["张三", "110101199003070011", "13800138001"]
COMMAND = sys.argv[2:]
# A compiler's or valgrind's own complaints would be among the errors that an example prints.
SECONDS = 300


def control(name: str, document: object = None) -> dict[str, object]:
    """Tells the sandbox something, or asks it."""
    data = None if document is None else json.dumps(document).encode()
    address = f"{os.environ['QIANCHENG_BASE_URL']}/__sandbox/{name}"
    with urllib.request.urlopen(urllib.request.Request(address, data), timeout=SECONDS) as answer:
        return json.load(answer)


def run(*arguments: str, typed: str = "", encoding: str = "utf-8", **environment: str) -> tuple[int, str, str]:
    """Runs the example; gives its status, its output and its errors."""
    done = subprocess.run(
        [*COMMAND, *arguments],
        input=typed.encode(),
        capture_output=True,
        check=False,
        timeout=SECONDS,
        env={**os.environ, **environment},
    )
    return done.returncode, done.stdout.decode(encoding), done.stderr.decode(encoding)


def expect(done: tuple[int, str, str], status: int, output: str, errors: str = "") -> None:
    """Compares all three; `…` stands for what differs from run to run."""
    for shown, printed in ((output, done[1]), (errors, done[2])):
        pattern = ".*?".join(re.escape(part) for part in shown.split("…"))
        if done[0] != status or not re.fullmatch(pattern, printed.strip(), re.DOTALL):
            sys.exit(f"{COMMAND[-1]}: expected {status},\n{output}\n{errors}\nnot {done[0]},\n{done[1]}\n{done[2]}")


def token_and_blacklist() -> None:
    """The account is checked, and someone looked up; what fails says what to do."""
    head = "library …, vendor at http://127.0.0.1:…\naccount accepted, a token of 32 characters\non the blacklist: "
    expect(run(*PERSON), 0, head + "no")
    expect(run(*PERSON[:2], "13800134444"), 1, head + "yes")
    expect(run(), 2, "", "usage: …")
    expect(
        run(*PERSON, QIANCHENG_PASSWORD="wrong"),
        3,
        "library …",
        "token_and_blacklist: asking for a token: Auth at auth.token: … (code 1001…\n"
        "token_and_blacklist: outcome Rejected, attempts 1, retryable: no",
    )
    expect(
        run(*PERSON, QIANCHENG_BASE_URL="http://127.0.0.1:1"),
        3,
        "library …",
        "token_and_blacklist: asking for a token: Connection at auth.token: …\n"
        "token_and_blacklist: outcome NotSent, attempts 3, retryable: yes",
    )
    expect(
        run(*PERSON, QIANCHENG_BASE_URL="http://credit.example.com"),
        3,
        "",
        "token_and_blacklist: setting up: Config: … plain http …",
    )
    expect(run("张三", "110101199003070012", PERSON[2]), 3, "…", "… (field /id_card)…outcome NotSent…")


def telecom_session() -> None:
    """The captcha is asked at the terminal, again if it was wrong; who does not answer gives up."""
    password = "The carrier's service password: "
    asked = "…Enter the captcha that was sent by SMS: "
    counted = "…The data are there.\nraw data: … bytes\ncalls: 487\nsmses: 225\nbills: 6"
    expect(run(*PERSON, typed="123456\n123456\n"), 0, password + asked + counted)
    expect(
        run(*PERSON, typed="246810\n000000\n123456\n"), 0, password + asked + "…That was wrong or too late.\n" + asked + counted
    )
    expect(run(*PERSON, typed="direct\n"), 0, password + counted)
    expect(run(*PERSON, typed="246810\n"), 1, password + asked.strip(), "telecom_session: nobody answered")
    expect(run(*PERSON, typed="fail\n123456\n"), 1, password + "…", "telecom_session: the collection is over: …")
    expect(run(*PERSON), 2, password.strip(), "usage: …")
    control("faults", {"match": {"endpoint": "telecom.open_id"}, "times": 1, "fault": {"kind": "processed_but_lost"}})
    expect(
        run(*PERSON, typed="123456\n"),
        3,
        password.strip(),
        "telecom_session: opening the collection: Connection at telecom.open_id: …\n"
        "telecom_session: a collection may be under way; have a person look before another is opened",
    )


def risk_audit() -> None:
    """An application passes or not, whatever is in a name; it is not submitted twice."""
    expect(run(*PERSON, "20260102001", "100000"), 0, "submitted\nverdict: pass")
    expect(run('张"\\\t三', *PERSON[1:], "20260102002", "200000000"), 1, "submitted\nverdict: reject\nreason: …")
    expect(run(*PERSON, "x"), 2, "", "usage: …")
    expect(run(*PERSON, "1", "1", QIANCHENG_AUDIT_PUBLIC_KEY=""), 3, "", "risk_audit: submitting the application: …")
    control("faults", {"match": {"endpoint": "risk.audit"}, "times": 1, "fault": {"kind": "processed_but_lost"}})
    lost = "risk_audit: submitting the application: …\nrisk_audit: it may be under audit; …"
    expect(run(*PERSON, "20260102003", "100000"), 3, "", lost)
    entries = control("journal")["entries"]
    assert isinstance(entries, list)
    names = [
        entry["audit_data"]["user_mobile_contacts"][0]["name"] for entry in entries if entry["endpoint"] == "risk.audit"
    ]
    assert names == ["张三", '张"\\\t三', "张三"], names


def gb18030() -> None:
    """Names cross in GB18030 and come back; on the wire they are UTF-8."""
    expect(run(encoding="gb18030"), 0, "张三: as it was sent\n张𠮷: as it was sent")
    entries = control("journal")["entries"]
    assert isinstance(entries, list)
    names = [entry["params"]["name"] for entry in entries if entry["endpoint"] == "telecom.open_id"]
    assert names == ["张三", "张𠮷"], names
    wrong = run(encoding="gb18030", QIANCHENG_PASSWORD="wrong")
    expect(wrong, 3, "", "gb18030: opening a collection: Auth … 账户或密码错误…")


def many_threads() -> None:
    """They share one token."""
    expect(run("32"), 0, "32 threads, 640 calls, 320 on the blacklist, 1 token(s) fetched")
    expect(run("0"), 2, "", "usage: …")
    broken = run("2", QIANCHENG_PASSWORD="wrong")
    expect(broken, 3, "2 threads, 0 calls…", "many_threads: thread 0: Auth…\nmany_threads: thread 1: Auth…")


def journey() -> None:
    """From the blacklist to the verdict."""
    head = "not on the blacklist\nThe carrier's service password: "
    asked = "…Enter the captcha that was sent by SMS: …"
    expect(run(*PERSON, typed="123456\n123456\n"), 0, head + asked + "487 calls, 6 bills\nverdict: pass")
    expect(run(*PERSON[:2], "13800134444"), 1, "on the blacklist")
    expect(run(*PERSON, typed="123456\n"), 3, head + asked.rstrip(" …") + "…", "journey: Cancelled: …")
    expect(run(*PERSON, typed="fail\n123456\n"), 3, head + "…", "journey: the collection is over, start again: Session…")
    expect(run(), 2, "", "usage: …")
    control("faults", {"match": {"endpoint": "telecom.open_id"}, "times": 1, "fault": {"kind": "processed_but_lost"}})
    expect(run(*PERSON, typed="123456\n"), 3, head.strip(), "journey: Connection…\njourney: the vendor may have done it;…")


if __name__ == "__main__":
    globals()[sys.argv[1]]()
