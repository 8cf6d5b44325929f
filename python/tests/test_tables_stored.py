"""Stored raw data: the same bytes come back, and the same tables, or an error that says what happened to the file."""

from __future__ import annotations

import datetime
import pathlib
import pickle
import stat
import sys
from typing import Any

import pytest
from telecom_documents import document

from qiancheng import _native, tables

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
FETCHED = datetime.datetime(2018, 2, 1, 9, 30, tzinfo=BEIJING)


@pytest.fixture
def path(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "applicant.raw"


def test_a_document_comes_back_with_its_tables(path: pathlib.Path) -> None:
    raw = tables.telecom_raw(document())
    saved = tables.save_raw(path, raw, fetched_at=FETCHED)
    stored = tables.open_raw(str(path))
    assert stored == saved
    assert (stored.kind, stored.raw, stored.fetched_at) == ("telecom_raw", document(), FETCHED)
    assert stored.schema_version == raw.schema_version
    assert len(stored.sha256) == 64
    assert stored.tables() == raw
    assert isinstance(stored.tables(strict=False), tables.TelecomRaw)
    assert pickle.loads(pickle.dumps(stored)) == stored
    assert stored != tables.save_raw(path, raw)
    assert hash(stored) == hash(saved)


def test_a_stored_file_is_a_source(path: pathlib.Path) -> None:
    raw = tables.telecom_raw(document())
    raw.save(path)
    for source in (path, str(path), path.read_bytes(), tables.open_raw(path)):
        assert tables.telecom_raw(source) == raw
    with pytest.raises(tables.DataError, match="holds telecom_raw, not degree_raw"):
        tables.degree_raw(path)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        (_native.RawAnswer("telecom.raw_data", b'{"code":0,"data":{}}'), "telecom_raw"),
        (_native.RawAnswer("telecom.report", b'{"code":0,"data":{}}'), "telecom_report"),
        (_native.RawAnswer("ebank_v2.raw_data", b'{"code":0,"data":{}}'), "ebank_raw"),
        (tables.degree_raw({}), "degree_raw"),
    ],
)
def test_answers_and_tables_know_their_kind(path: pathlib.Path, source: Any, kind: str) -> None:
    assert tables.save_raw(path, source).kind == kind
    assert tables.open_raw(path).raw in (b"{}", b"{}")


def test_of_bytes_the_kind_must_be_said(path: pathlib.Path) -> None:
    with pytest.raises(ValueError, match="kind must be one of telecom_raw"):
        tables.save_raw(path, document())
    with pytest.raises(ValueError, match="kind"):
        tables.save_raw(path, document(), kind="telecom")
    assert not path.exists()
    tables.save_raw(path, document(), kind="telecom_raw", fetched_at=FETCHED.replace(tzinfo=None))
    assert tables.open_raw(path).fetched_at == FETCHED
    again = tables.save_raw(path, tables.open_raw(path))
    assert again.fetched_at == FETCHED


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content[:-5], "cut"),
        (lambda content: content + b" ", "lengthened"),
        (lambda content: content.replace(b"2018", b"2019"), "checksum"),
        (lambda content: b"{}", "not a stored raw file"),
        (lambda content: content.replace(b'"version":1', b'"version":9', 1), "newer"),
    ],
)
def test_a_file_that_was_changed_is_not_read(path: pathlib.Path, change: Any, message: str) -> None:
    tables.telecom_raw(document()).save(path)
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(tables.DataError, match=message) as raised:
        tables.open_raw(path)
    assert raised.value.reason == "stored"


@pytest.mark.parametrize(
    "fetched",
    [FETCHED, FETCHED.replace(tzinfo=None), FETCHED.astimezone(datetime.timezone.utc), FETCHED.isoformat()],
)
def test_the_fetch_can_be_said_in_many_ways(path: pathlib.Path, fetched: Any) -> None:
    tables.telecom_raw(document()).save(path, fetched_at=fetched)
    assert tables.open_raw(path).fetched_at == FETCHED


def test_only_the_owner_can_read_it(path: pathlib.Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no such permissions")
    tables.telecom_raw(document()).save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "138" not in repr(tables.open_raw(path))


def test_a_folder_that_is_not_there_is_a_missing_file(tmp_path: pathlib.Path) -> None:
    with pytest.raises(FileNotFoundError):
        tables.telecom_raw({}).save(tmp_path / "missing" / "raw")
    with pytest.raises(FileNotFoundError):
        tables.open_raw(tmp_path / "missing")
