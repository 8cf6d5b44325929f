"""Replays one conformance case and says in what it differs. ``tests/README.md`` of the project has the rules."""

from __future__ import annotations

import asyncio
import inspect
import json
import pathlib
import traceback
from typing import TYPE_CHECKING, Any

import qiancheng
from qiancheng import Error
from qiancheng.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qiancheng._answer import Answer

    Case = dict[str, Any]

FOLDER = pathlib.Path(__file__).parents[2] / "tests" / "cases"

# What a case and its parts may hold. What the runner does not know is refused: a check left out looks like one
# that passed.
CASE = {
    "name",
    "endpoint",
    "params",
    "config",
    "request",
    "token_request",
    "answer",
    "token_answer",
    "outcome",
}
REQUEST = {"method", "path", "headers", "encoding", "content_encoding", "body", "audit_data"}
OUTCOME = {"data", "error", "sent", "token_requests"}
ERROR_TEXTS = {"message_contains", "message_lacks"}
ERROR_MEMBERS = {"kind", "code", "vendor_message", "field", "http_status", "retryable", "outcome"}


def read_cases() -> list[tuple[str, Case]]:
    """Read every case, with the name of its file."""
    cases: list[tuple[str, Case]] = []
    for path in sorted(FOLDER.glob("*.json")):
        of_file = json.loads(path.read_text(encoding="utf-8"))
        assert of_file, f"{path.name} is empty"
        cases += [(path.stem, case) for case in of_file]
    names = [case["name"] for _, case in cases]
    assert len(set(names)) == len(names), "two cases share a name"
    for _, case in cases:
        known(case, CASE, case["name"])
        known(case["outcome"], OUTCOME, case["name"])
        known(case["outcome"].get("error", {}), ERROR_TEXTS | ERROR_MEMBERS, case["name"])
        for request in ("request", "token_request"):
            known(case.get(request, {}), REQUEST, case["name"])
    return cases


def known(members: dict[str, Any], names: set[str], where: str) -> None:
    """Refuse a member that the runner does not know."""
    assert members.keys() <= names, f"{where}: the runner does not know {members.keys() - names}"


def settings(case: Case) -> dict[str, Any]:
    """Say as settings of a client how it differs from its defaults."""
    taken: dict[str, Any] = {"backoff": (0.001, 0.001)}
    for name, value in case.get("config", {}).items():
        if name == "body_format":
            taken["wire_format"] = value
        elif name == "audit":
            known(value, {"padding", "encoding"}, case["name"])
            taken |= {f"audit_{member}": word for member, word in value.items()}
        elif name == "attempt_timeout_ms":
            taken["attempt_timeout"] = value / 1000
        else:
            assert name in {"validate", "max_retries", "paths", "max_answer_bytes", "token_hours"}, name
            taken[name] = value
    return taken


def has_method(case: Case) -> bool:
    """Whether the endpoint's own method can be called with the case's parameters: it takes no others."""
    chapter, _, name = case["endpoint"].partition(".")
    method = getattr(chapter_class(chapter), name, None)
    if method is None or not isinstance(case["params"], dict):
        return False
    parameters = inspect.signature(method).parameters
    required = {
        one.name for one in parameters.values() if one.kind is one.KEYWORD_ONLY and one.default is one.empty
    }
    return required <= case["params"].keys() <= parameters.keys()


def chapter_class(chapter: str) -> Any:
    """Give the class of a chapter."""
    from qiancheng import _chapters

    return getattr(_chapters, "".join(word.capitalize() for word in chapter.split("_")), None)


def call(sandbox: Sandbox, case: Case, *, by_method: bool) -> Answer:
    """Make the call, blocking."""
    endpoint, params = case["endpoint"], case["params"]
    with sandbox.client(**settings(case)) as client:
        if by_method:
            chapter, _, name = endpoint.partition(".")
            answer: Answer = getattr(getattr(client, chapter), name)(**params)
            return answer
        return client.call(endpoint, params)


async def call_async(sandbox: Sandbox, case: Case, *, by_method: bool) -> Answer:
    """Make the call, asynchronously."""
    endpoint, params = case["endpoint"], case["params"]
    async with qiancheng.AsyncClient(**{**sandbox.settings, **settings(case)}) as client:
        if by_method:
            chapter, _, name = endpoint.partition(".")
            answer: Answer = await getattr(getattr(client, chapter), name)(**params)
            return answer
        return await client.call(endpoint, params)


def replay(sandbox: Sandbox, case: Case, *, asynchronous: bool, by_method: bool) -> list[str]:
    """Replay a case; give everything in which it differs from what it says."""
    sandbox.reset()
    for endpoint, answers in ((case["endpoint"], "answer"), ("auth.token", "token_answer")):
        written = case.get(answers, [])
        written = written if isinstance(written, list) else [written]
        if written:
            sandbox.script({"match": {"endpoint": endpoint}, "answers": written})
    result: Answer | BaseException
    try:
        if asynchronous:
            result = asyncio.run(call_async(sandbox, case, by_method=by_method))
        else:
            result = call(sandbox, case, by_method=by_method)
    except (Error, TypeError) as error:
        result = error
    return [*outcome(case, result), *requests(case, sandbox)]


def outcome(case: Case, result: Answer | BaseException) -> Iterator[str]:
    """Compare the answer or the error."""
    expected = case["outcome"]
    assert ("data" in expected) != ("error" in expected), "an outcome has either data or an error"
    if not isinstance(result, BaseException):
        if "error" in expected:
            yield f"went well ({result!r}), expected {expected['error']}"
        else:
            yield from differs("data", expected["data"], json.loads(result.raw))
            # Every field of a typed answer can be read, and shows nothing that is to be hidden.
            repr(result)
        return
    if "data" in expected:
        yield f"failed: {result!r}"
    elif isinstance(result, Error):
        yield from error_members(expected["error"], result)
    elif isinstance(case["params"], dict) or expected["error"]["kind"] != "InvalidInput":
        # Parameters that are no object at all are a TypeError in Python; anything else is one of ours.
        yield f"raised what is not an error of the library: {result!r}"


def error_members(expected: dict[str, Any], error: Error) -> Iterator[str]:
    """Compare the members of an error, and look for what it may not show."""
    printed = (
        "".join(traceback.format_exception_only(type(error), error))
        + f"{error}\n{error!r}\n{error.args}\n{vars(error)}"
    )
    for member, value in expected.items():
        if member == "message_contains":
            if value not in error.message:
                yield f"the message does not contain {value!r}: {error.message!r}"
        elif member == "message_lacks":
            yield from (f"the error shows {text!r}: {printed}" for text in value if text in printed)
        else:
            yield from differs(f"error.{member}", value, getattr(error, member))


def requests(case: Case, sandbox: Sandbox) -> Iterator[str]:
    """Compare the requests that left, and how many."""
    token, sent, tokens = "", 0, 0
    for entry in sandbox.journal():
        if entry["endpoint"] == case["endpoint"]:
            sent += 1
            if "request" in case:
                yield from request(case["request"], entry, sandbox, token)
            else:
                yield f"sent what should not leave: {entry}"
        if entry["endpoint"] == "auth.token":
            tokens += 1
            if "token_request" in case:
                yield from request(case["token_request"], entry, sandbox, token)
            token = issued(entry) or token
    expected = case["outcome"]
    if sent != expected["sent"]:
        yield f"sent {sent} times, expected {expected['sent']}"
    if expected.get("token_requests", tokens) != tokens:
        yield f"{tokens} token requests, expected {expected['token_requests']}"


def issued(entry: dict[str, Any]) -> str | None:
    """Give the token that an answer carried."""
    answer = entry.get("answer")
    data = answer.get("data") if isinstance(answer, dict) else None
    token = data.get("token") if isinstance(data, dict) else None
    return token if isinstance(token, str) else None


def request(expected: dict[str, Any], entry: dict[str, Any], sandbox: Sandbox, token: str) -> Iterator[str]:
    """Compare one request."""
    for member in ("method", "path", "encoding", "content_encoding"):
        yield from differs(member, expected.get(member), entry.get(member))
    if "audit_data" in expected:
        yield from differs("audit_data", expected["audit_data"], entry.get("audit_data"))
    for name, value in expected.get("headers", {}).items():
        actual = entry["headers"].get(name)
        if name == "content-type" and actual is not None:
            actual = actual.split(";")[0].strip()
        yield from differs(f"header {name}", value, actual)
    places = {"$USERNAME": sandbox.username, "$PASSWORD": sandbox.password, "$TOKEN": token}
    params = entry["params"]
    if expected["body"].get("data") == "$ENCRYPTED" and isinstance(params.get("data"), str):
        params = {**params, "data": "$ENCRYPTED"}
    yield from differs("body", filled(expected["body"], places), params)


def filled(value: Any, places: dict[str, str]) -> Any:
    """Put what is known only now where it belongs."""
    if isinstance(value, str):
        return places.get(value, value)
    if isinstance(value, list):
        return [filled(one, places) for one in value]
    if isinstance(value, dict):
        return {name: filled(one, places) for name, one in value.items()}
    return value


def differs(what: str, expected: Any, actual: Any) -> Iterator[str]:
    """Say so if two values are not the same JSON."""
    if not same(expected, actual):
        yield f"{what}: expected {expected!r}, was {actual!r}"


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON: 1 is 1.0 and is not true; whole numbers have every digit."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


def endpoints() -> list[str]:
    """Give the ids of every endpoint, as the OpenAPI document has them."""
    text = (FOLDER.parents[1] / "spec" / "openapi.json").read_text(encoding="utf-8")
    return [
        operation["x-endpoint-id"]
        for path in json.loads(text)["paths"].values()
        for operation in path.values()
    ]
