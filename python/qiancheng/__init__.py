"""Client for the 前程征信 (Qiancheng) credit-data API."""

from qiancheng._native import VERSION as __version__

__all__ = ["__version__"]
