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
