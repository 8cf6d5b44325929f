"""Checks the links between the project's Markdown files: that the file is there, and the heading in it.

Links to other sites are not followed: a build must not depend on them."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.*?) *#*$")


def prose(text):
    """The lines outside of code blocks."""
    fenced = False
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif not fenced:
            yield number, line


def anchors(path):
    """The anchors that a heading gets where Markdown is shown: lower case, spaces as hyphens, no punctuation."""
    found = {}
    for _, line in prose(path.read_text(encoding="utf-8")):
        heading = HEADING.match(line)
        if heading:
            words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading.group(1)).lower()
            anchor = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
            again = found.get(anchor, 0)
            found[anchor] = again + 1
            yield f"{anchor}-{again}" if again else anchor


def faults(path):
    for number, line in prose(path.read_text(encoding="utf-8")):
        for target in LINK.findall(re.sub(r"`[^`]*`", lambda code: "x" * len(code.group()), line)):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            file = (path.parent / name).resolve() if name else path
            where = f"{path.relative_to(ROOT)}:{number}: {target}"
            if not file.exists():
                yield f"{where}: there is no such file"
            elif anchor and file.suffix == ".md" and anchor not in set(anchors(file)):
                yield f"{where}: there is no such heading"


def main():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.splitlines()
    files = [ROOT / name for name in listed if (ROOT / name).exists()]
    found = [fault for path in files for fault in faults(path)]
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        return 1
    print(f"the links of {len(files)} Markdown files lead somewhere")
    return 0


if __name__ == "__main__":
    sys.exit(main())
