"""Client for the 前程征信 (Qiancheng) credit-data API.

>>> from qiancheng import Client
>>> from qiancheng.sandbox import Sandbox
>>> with Sandbox() as sandbox, sandbox.client() as client:
...     answer = client.call("blacklist.search", {"name": "张三", "id_card": "110101199003070011", "mobile": "13800138000"})
...     answer["is_in"]
False
"""

from __future__ import annotations

from qiancheng import _native
from qiancheng._client import Client

__version__: str = _native.VERSION

__all__ = ["Client", "__version__"]
