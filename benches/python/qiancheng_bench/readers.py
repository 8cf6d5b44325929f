"""From bytes to a table of calls: what one writes for it with each library.

Each reader takes the bytes of a document and gives a table; all are checked for their number of rows. They leave text
as text and numbers as they come, where qiancheng's columns have their final types; `converted` is what bringing
a data frame there takes.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Bytes in, a table out.
Reader = Callable[[bytes], Any]

#: The arrays of a record, as they are called in the document.
ARRAYS = ("calls", "smses", "nets", "transactions")


def ours_arrow() -> Reader:
    """Calls as an Arrow table."""
    from qiancheng.tables import telecom_raw

    return lambda document: telecom_raw(document).calls.to_arrow()


def ours_pandas() -> Reader:
    """Calls as a data frame of pandas."""
    from qiancheng.tables import telecom_raw

    return lambda document: telecom_raw(document).calls.to_pandas()


def ours_polars() -> Reader:
    """Calls as a data frame of polars."""
    from qiancheng.tables import telecom_raw

    return lambda document: telecom_raw(document).calls.to_polars()


def json_pandas() -> Reader:
    """`json.loads`, then `pandas.DataFrame`."""
    import pandas as pd

    return lambda document: pd.DataFrame(json.loads(document)["transactions"][0]["calls"])


def orjson_pandas() -> Reader:
    """`orjson.loads`, then `pandas.DataFrame`."""
    import orjson
    import pandas as pd

    return lambda document: pd.DataFrame(orjson.loads(document)["transactions"][0]["calls"])


def orjson_polars() -> Reader:
    """`orjson.loads`, then `polars.DataFrame`."""
    import orjson
    import polars as pl

    return lambda document: pl.DataFrame(orjson.loads(document)["transactions"][0]["calls"])


def json_polars() -> Reader:
    """`json.loads`, then `polars.DataFrame`."""
    import polars as pl

    return lambda document: pl.DataFrame(json.loads(document)["transactions"][0]["calls"])


def json_normalize() -> Reader:
    """`json.loads`, then `pandas.json_normalize` along the path."""
    import pandas as pd

    return lambda document: pd.json_normalize(json.loads(document), record_path=["transactions", "calls"])


def converted() -> Reader:
    """`json.loads`, `pandas.DataFrame`, and then the types and columns that qiancheng's table has."""
    import pandas as pd

    from_json = json_pandas()

    def read(document: bytes) -> Any:
        frame = from_json(document)
        for name in ("start_time", "update_time"):
            frame[name] = pd.to_datetime(frame[name], format="%Y-%m-%d %H:%M:%S").dt.tz_localize("Asia/Shanghai")
        frame["use_time"] = pd.to_numeric(frame["use_time"]).astype("Int64")
        frame["subtotal"] = pd.to_numeric(frame["subtotal"])
        frame["direction"] = frame["init_type"].map({"主叫": "out", "被叫": "in"})
        frame["peer"] = frame["other_cell_phone"].str.replace(r"^(?:\+86|0086|86)(?=1\d{10}$)", "", regex=True)
        frame["seq"] = range(len(frame))
        return frame

    return read


def polars_read_json() -> Reader:
    """`polars.read_json`, then the calls taken out of the nested columns."""
    import polars as pl

    def read(document: bytes) -> Any:
        records = pl.read_json(document).explode("transactions").unnest("transactions")
        return records.select("calls").explode("calls").unnest("calls")

    return read


def pyarrow_json() -> Reader:
    """`pyarrow.json`, in one block, then the calls taken out of the nested columns."""
    import pyarrow as pa
    import pyarrow.json as pj

    def read(document: bytes) -> Any:
        options = pj.ReadOptions(block_size=len(document) + 1)
        table = pj.read_json(pa.BufferReader(document), read_options=options)
        records = table["transactions"].combine_chunks().flatten()
        return pa.Table.from_struct_array(records.field("calls").flatten())

    return read


def duckdb_read_json() -> Reader:
    """DuckDB's `read_json` of a file (it reads no bytes), as an Arrow table."""
    import duckdb

    # Ends with the connection, which lives as long as the reader.
    connection = duckdb.connect()
    folder = tempfile.TemporaryDirectory(prefix="qiancheng-bench-")
    path = Path(folder.name) / "document.json"

    def read(document: bytes, _folder: object = folder) -> Any:
        # A user would have the file; writing it is not what is measured, and it is the same document every time.
        if not path.exists() or path.stat().st_size != len(document):
            path.write_bytes(document)
        query = (
            "SELECT unnest(calls, max_depth := 2) FROM (SELECT unnest(transactions, max_depth := 2) "
            f"FROM read_json('{path}', maximum_object_size = 134217728))"
        )
        return connection.sql(query).to_arrow_table()

    return read
