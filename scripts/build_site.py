"""Builds the documentation site: puts its pages together, has MkDocs make HTML of them, and checks what came out.

Some pages live beside the code that they are about. They are copied to where the site has them, and links between all
pages are turned accordingly; a link to a file that is not on the site becomes plain text."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "target/site/source"
HTML = ROOT / "target/site/html"

# Where files from outside docs/ stand on the site.
ELSEWHERE = {
    "CHANGELOG.md": "changes.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "benches/RESULTS.md": "measurements.md",
    "crates/qiancheng-sandbox/README.md": "sandbox.md",
    "spec/vendor-interface.md": "vendor-interface.md",
    "tests/README.md": "conformance.md",
}
# What stands for a file that is not on the site itself.
INSTEAD = {"README.md": "index.md", "README.zh-CN.md": "zh/quick-start.md"}

LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
FENCE = re.compile(r" *(```|~~~)(\w*)")
# Loaded by the theme's script for browsers without ResizeObserver and for pages with diagrams: neither is here.
NEVER_LOADED = {"https://unpkg.com/resize-observer-polyfill", "https://unpkg.com/mermaid@11/dist/mermaid.min.js"}


def pages() -> dict[str, str]:
    """The files of the repository that are on the site, and where."""
    docs = {
        path.relative_to(ROOT).as_posix(): path.relative_to(ROOT / "docs").as_posix()
        for path in sorted((ROOT / "docs").rglob("*"))
        if path.is_file()
    }
    return {**docs, **ELSEWHERE}


def turned_page(text: str, origin: str, places: dict[str, str]) -> str:
    """The text of a page as the site has it: links lead to its pages, and blocks hold what is for readers."""
    here = Path(origin).parent

    def turned(found: re.Match[str]) -> str:
        words, target = found.groups()
        name, _, anchor = target.partition("#")
        if not name or re.match(r"[a-z]+:", target):
            return found.group()
        file = os.path.normpath(here / name).replace(os.sep, "/")
        place = places.get(file) or INSTEAD.get(file)
        if place is None:
            # A source file, say. What is not there at all stays a link, so that MkDocs complains.
            return words if (ROOT / file).exists() else found.group()
        relative = os.path.relpath(place, Path(places[origin]).parent).replace(os.sep, "/")
        return f"[{words}]({relative}{'#' + anchor if anchor else ''})"

    lines = []
    language = None
    for line in text.splitlines(keepends=True):
        fence = FENCE.match(line)
        if fence:
            language = fence[2] if language is None else None
            # Of `rust,no_run` only the language is for readers.
            line = fence[0] + "\n"
        elif language is None:
            line = LINK.sub(turned, line)
        elif language == "rust" and re.match(r"# |#$", line):
            continue  # For the compiler alone, as rustdoc has it.
        lines.append(line)
    return "".join(lines)


def put_together() -> None:
    """Writes the sources of the site."""
    if SOURCE.exists():
        shutil.rmtree(SOURCE)
    places = pages()
    for origin, place in places.items():
        target = SOURCE / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix == ".md":
            text = (ROOT / origin).read_text(encoding="utf-8")
            target.write_text(turned_page(text, origin, places), encoding="utf-8")
        else:
            shutil.copyfile(ROOT / origin, target)


class Loads(HTMLParser):
    """Collects what a browser fetches to show a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps the addresses of everything but links for the reader."""
        named = dict(attrs)
        names = () if tag == "a" else ("src", "href", "srcset", "data", "poster")
        if tag == "link" and named.get("rel") in ("canonical", "prev", "next"):
            names = ()
        self.addresses += [value for name in names if (value := named.get(name))]


def fetched_from_elsewhere() -> Iterator[str]:
    """What a page of the built site would load over the network."""
    for path in sorted(HTML.rglob("*")):
        where = path.relative_to(HTML)
        if path.suffix == ".html":
            loads = Loads()
            loads.feed(path.read_text(encoding="utf-8"))
            yield from (f"{where}: {url}" for url in loads.addresses if re.match(r"(?:[a-z]+:)?//", url))
        elif path.suffix == ".css":
            text = path.read_text(encoding="utf-8")
            yield from (f"{where}: {url}" for url in re.findall(r"(?:url\(|@import )[\"']?((?:https?:)?//[^\"')]+)", text))
        elif path.suffix == ".js":
            urls = re.findall(r"https?://[\w./@-]+\.js\b|https?://(?:unpkg|cdn)[\w./@-]*", path.read_text(encoding="utf-8"))
            # The language files of the search name their origins in comments.
            yield from (f"{where}: {url}" for url in urls if url not in NEVER_LOADED and "lunr" not in path.parts)


def main() -> int:
    """Builds and checks; the status for the shell."""
    put_together()
    # The theme prints a notice about a version of MkDocs that is not the pinned one.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "--config-file", str(ROOT / "mkdocs.yml")],
        cwd=ROOT,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    # Quiet would be deaf: with --quiet, MkDocs counts no warnings, and strictness is gone.
    faults = [line for line in built.stdout.splitlines() if not line.startswith(("INFO", "DEBUG"))]
    if built.returncode:
        print("\n".join(faults), file=sys.stderr)
        return built.returncode
    found = list(fetched_from_elsewhere())
    for fault in found:
        print(f"{fault}: the site must not load anything from elsewhere", file=sys.stderr)
    if found:
        return 1
    print(f"{sum(1 for _ in HTML.rglob('*.html'))} pages in {HTML.relative_to(ROOT)}; open index.html, no server is needed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
