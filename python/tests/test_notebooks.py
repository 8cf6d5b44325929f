"""The notebooks that come with the package run, show something, and show nobody."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="NOT TESTED: nbformat is not installed")
nbclient = pytest.importorskip("nbclient", reason="NOT TESTED: nbclient is not installed")

NOTEBOOKS = sorted((Path(__file__).parent.parent / "notebooks").glob("*.ipynb"))
# Libraries of a notebook that are not in every environment of the tests.
NEEDS = {
    "scorecard": ["optbinning"],
    "telecom_file": ["polars", "matplotlib", "pandas"],
    "quick_start": ["matplotlib", "pandas"],
}
PERSONAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)")


def outputs(notebook: Any) -> list[tuple[str, str]]:
    """Every output as its type and its text."""
    found = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", output
            if output.output_type == "stream":
                found.append((output.name, output.text))
            else:
                found.extend((kind, str(data)) for kind, data in output.data.items())
    return found


@pytest.mark.timeout(600)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_shows_nobody(path: Path) -> None:
    """Each is run from top to bottom in a kernel of its own; masked is what it shows by itself."""
    for library in NEEDS[path.stem]:
        pytest.importorskip(library, reason=f"NOT TESTED: {library} is not installed")
    notebook = nbformat.read(path, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "notebooks are kept without outputs"
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    shown = outputs(notebook)
    assert [text for kind, text in shown if kind == "stderr"] == []
    assert any(kind == "image/png" for kind, _ in shown), "no picture is drawn"
    assert any(kind == "text/html" for kind, _ in shown), "nothing shows itself"
    for kind, text in shown:
        if kind in ("text/plain", "text/html", "stdout"):
            assert not PERSONAL.search(text), f"{kind} shows a number: {PERSONAL.findall(text)}"
        if kind == "text/html":
            assert "http://" not in text and "https://" not in text and "<script" not in text


def test_the_notebooks_are_the_ones_that_are_told_of() -> None:
    """A notebook that is added is told of here, with what it needs."""
    assert [path.stem for path in NOTEBOOKS] == sorted(NEEDS)


ASKED = """
from qiancheng.sandbox import Sandbox
sandbox = Sandbox()
client = sandbox.client()
entry = client.ebank.bank_info()[0].login_types[0].entry_id
person = {"name": "张三", "id_card": "110101199003070011", "mobile": "13800138000"}
session = client.ebank.collect(entry_id=entry, login_name="login", password="picture", **person)
print(session.status, len(session.raw_data().raw) > 100)
"""
NOBODY_TYPES = """
import qiancheng
try:
    client.ebank.collect(entry_id=entry, login_name="login", password="picture", **person)
except qiancheng.CaptchaRequired as error:
    assert error.challenge.image
    error.session.submit(error.challenge, "8642")
    print("then", error.session.collect().status)
"""


def test_a_captcha_is_asked_for_under_its_picture_and_goes_along_where_nobody_types() -> None:
    """As somebody at a notebook sees it: the picture, a question, a line that follows the session."""
    manager = pytest.importorskip(
        "jupyter_client.manager", reason="NOT TESTED: jupyter_client is not installed"
    )
    kernel, client = manager.start_new_kernel(kernel_name="python3")
    seen: list[tuple[str, Any]] = []

    def see(message: Any) -> None:
        content = message["content"]
        kind = message["msg_type"]
        assert kind != "error", content
        if kind == "stream":
            seen.append((content["name"], content["text"]))
        elif kind in ("display_data", "update_display_data"):
            seen.append((kind, content["data"]["text/html"]))

    def answer(message: Any) -> None:
        assert not message["content"]["password"], "a captcha is no secret"
        seen.append(("asked", message["content"]["prompt"]))
        client.input("8642")

    try:
        client.execute_interactive(
            ASKED, allow_stdin=True, stdin_hook=answer, output_hook=see, timeout=60, stop_on_error=True
        )
        kinds = [kind for kind, _ in seen]
        # Questions come on a channel of their own, so that which was first cannot be seen here.
        assert kinds.count("asked") == 1
        assert any(kind == "display_data" and 'src="data:image/png;base64,' in text for kind, text in seen)
        assert kinds.count("update_display_data") >= 1, "the line follows the session"
        assert any("finished" in text for kind, text in seen if kind == "update_display_data")
        assert "True" in "".join(text for kind, text in seen if kind == "stdout")
        seen.clear()
        client.execute_interactive(NOBODY_TYPES, allow_stdin=False, output_hook=see, timeout=60)
        assert "then" in "".join(text for kind, text in seen if kind == "stdout")
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)
