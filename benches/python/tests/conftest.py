"""Puts the bench on the path: it is run from its folder, never installed."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

#: The bench is for one machine and one interpreter; the package is what runs on the older ones.
collect_ignore_glob = ["test_*.py"] if sys.version_info < (3, 11) else []
