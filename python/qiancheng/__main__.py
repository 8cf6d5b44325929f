"""The ``qiancheng`` command, as in ``python -m qiancheng sandbox``. ``qiancheng --help`` says what it can do."""

from __future__ import annotations

import sys

from qiancheng._native import run_command


def main() -> int:
    """Run the command with the arguments of this process, and return its exit code."""
    # What Python still holds back would come after what the command prints.
    sys.stdout.flush()
    return run_command(["qiancheng", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
