"""Writes a C file that defines every function of a header, and does nothing: what a compiler makes of it is the header's binary
interface, which scripts/c-abi keeps.

abi_stub.py HEADER FILE"""

from __future__ import annotations

import sys
from pathlib import Path

from declarations import functions

header, file = map(Path, sys.argv[1:])
lines = [f'#include "{header.resolve()}"', ""]
lines += [f"{one.declaration} {{ __builtin_trap(); }}" for one in functions(header)]
# Hidden from the header, and frozen all the same.
lines += ["qc_status qc_test_panic(qc_error **err);", "qc_status qc_test_panic(qc_error **err) { (void)err; __builtin_trap(); }", ""]
file.write_text("\n".join(lines).replace("ArrowArrayStream*", "struct ArrowArrayStream*"))
