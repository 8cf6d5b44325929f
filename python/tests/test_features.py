"""Features: one row of numbers per applicant, the same for ever, and a frame of many."""

from __future__ import annotations

import datetime
import math
import pickle
from typing import Any

import pytest
from telecom_documents import FETCHED, document

from qiancheng import tables
from qiancheng._errors import InvalidInputError
from qiancheng.sandbox import Sandbox

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
UTC = datetime.timezone.utc
WINDOWS = (7, 30, 90, 180)
FIXED = [
    *(
        f"{name}_{days}d"
        for days in WINDOWS
        for name in (
            "call_cnt",
            "call_out_cnt",
            "call_in_cnt",
            "call_seconds",
            "peer_cnt",
            "night_call_cnt",
            "night_call_ratio",
            "active_days",
        )
    ),
    "max_silence_days_180d",
    "top10_call_ratio_180d",
    "top10_seconds_ratio_180d",
    "mutual_peer_cnt_180d",
    "in_network_months",
    "bill_mean_6m",
]
RAW = tables.telecom_raw(document())


def test_a_row_has_the_dictionary_s_names_in_its_order() -> None:
    features = RAW.features()
    names = [info.name for info in tables.feature_dictionary()]
    assert list(features) == list(features.names) == list(features.to_dict()) == names
    assert 60 <= len(names) <= 120
    assert set(FIXED) <= set(names)
    assert all(type(value) is float for value in features.values())


def test_every_feature_is_explained_in_both_languages() -> None:
    for info in tables.feature_dictionary():
        assert info.description
        assert info.unit
        assert any("\u4e00" <= character <= "\u9fff" for character in info.description_zh)
        assert info.window_days is None or f"_{info.window_days}d" in info.name


def test_counts_are_those_of_the_rows_in_the_window() -> None:
    as_of = FETCHED.replace(tzinfo=BEIJING)
    features = RAW.features()
    assert features.as_of == as_of
    for days in WINDOWS:
        inside = [
            row
            for row in RAW.calls
            if row.start_time and as_of - datetime.timedelta(days=days) < row.start_time <= as_of
        ]
        assert features[f"call_cnt_{days}d"] == len(inside)
        assert features[f"call_out_cnt_{days}d"] == sum(row.direction == "out" for row in inside)
        assert features[f"call_seconds_{days}d"] == sum(row.use_time or 0 for row in inside)
        assert features[f"peer_cnt_{days}d"] == len({row.peer for row in inside if row.peer})


MOMENT = datetime.datetime(2018, 1, 15, 12, 0)


@pytest.mark.parametrize(
    "as_of",
    [
        MOMENT,
        MOMENT.replace(tzinfo=BEIJING),
        datetime.datetime(2018, 1, 15, 4, 0, tzinfo=UTC),
        "2018-01-15 12:00:00",
        "2018-01-15T12:00",
        "2018-01-15T04:00:00Z",
        "2018-01-15T12:00:00+08:00",
        "2018-01-15T12:00:00+0800",
    ],
)
def test_an_instant_can_be_said_in_many_ways(as_of: Any) -> None:
    features = RAW.features(as_of)
    assert features.as_of == MOMENT.replace(tzinfo=BEIJING)
    assert features == RAW.features(MOMENT)
    assert features != RAW.features()


@pytest.mark.parametrize(
    ("as_of", "seen_at"),
    [
        (MOMENT, "2018-01-15 12:00:00"),
        (datetime.datetime(2018, 1, 15, 4, 0, tzinfo=UTC), "2018-01-15 12:00:00"),
        ("2018-01-15T12:00:00", "2018-01-15 12:00:00"),
        ("2018-01-15T04:00:00Z", "2018-01-15 12:00:00"),
        (datetime.date(2018, 1, 15), "2018-01-15 00:00:00"),
    ],
)
def test_the_sandbox_takes_an_instant_however_it_is_said(as_of: Any, seen_at: str) -> None:
    with Sandbox(as_of=as_of) as sandbox, sandbox.client() as client:
        session = client.telecom.open(
            name="张三", id_card="110101199003070011", mobile="13800138001", service_password="direct"
        )
        for _ in session.steps():
            pass
        fetched = tables.telecom_raw(session.raw_data()).features().as_of
    assert fetched == datetime.datetime.fromisoformat(seen_at).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("as_of", "kind", "words"),
    [
        ("next week", ValueError, "as_of: expected a time such as 2018-01-31 12:34:56"),
        (1516000000, TypeError, "as_of must be a datetime, a date or ISO text, not int"),
    ],
)
def test_what_is_no_instant_is_named(as_of: Any, kind: type[Exception], words: str) -> None:
    with pytest.raises(kind, match=words):
        RAW.features(as_of)
    with pytest.raises(kind, match=words):
        Sandbox(as_of=as_of)


@pytest.mark.parametrize("as_of", [datetime.date(2018, 1, 15), "2018-01-15"])
def test_a_date_is_its_first_instant(as_of: Any) -> None:
    assert RAW.features(as_of) == RAW.features(datetime.datetime(2018, 1, 15))


def test_instants_of_pandas_and_numpy_are_taken() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    expected = RAW.features(MOMENT)
    assert RAW.features(pandas.Timestamp("2018-01-15 12:00")) == expected
    assert RAW.features(pandas.Timestamp("2018-01-15 12:00", tz="Asia/Shanghai")) == expected
    assert RAW.features(pandas.Timestamp("2018-01-15 04:00", tz="UTC")) == expected
    assert RAW.features(pandas.Timestamp("2018-01-15 12:00").to_datetime64()) == expected
    with pytest.raises(InvalidInputError, match="NaT"):
        RAW.features(pandas.NaT)


@pytest.mark.parametrize("as_of", ["yesterday", "2018-13-01", "", "2018-01-15 25:00"])
def test_text_that_is_no_time_is_refused(as_of: str) -> None:
    with pytest.raises(InvalidInputError, match="as_of") as raised:
        RAW.features(as_of)
    assert raised.value.field == "/as_of"


def test_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match="int"):
        RAW.features(20180115)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="degree_raw"):
        RAW.features(report=tables.degree_raw({}))


def test_what_is_missing_is_nan_and_not_nothing() -> None:
    features = tables.telecom_raw({}).features()
    assert features.as_of is None
    assert all(math.isnan(value) for value in features.values())
    no_calls = tables.telecom_raw(
        {"transactions": [{"basic": {"update_time": "2018-02-01 09:30:00"}}]}
    ).features()
    assert math.isnan(no_calls["call_cnt_30d"])
    assert math.isnan(no_calls["night_call_ratio_30d"])
    early = RAW.features(datetime.datetime(2000, 1, 1))
    assert early["call_cnt_30d"] == 0
    assert math.isnan(early["night_call_ratio_30d"])


def test_a_report_adds_what_only_it_knows() -> None:
    source = {"user_info_check": {"check_search_info": {"searched_org_cnt": 7}}}
    alone, both = RAW.features(), RAW.features(report=source)
    assert both == RAW.features(report=tables.telecom_report(source))
    added = [name for name in alone if math.isnan(alone[name]) and not math.isnan(both[name])]
    assert added
    assert any(both[name] == 7 for name in added)


def test_rows_pickle_and_compare() -> None:
    features = RAW.features()
    again = pickle.loads(pickle.dumps(features))
    assert again == features
    assert again.as_of == features.as_of
    assert features != tables.telecom_raw(document(2)).features()
    unknown = tables.telecom_raw({}).features()
    assert pickle.loads(pickle.dumps(unknown)) == unknown


def test_a_row_of_another_version_is_not_read_as_one_of_this() -> None:
    restore, (values, as_of, version) = RAW.features().__reduce__()
    with pytest.raises(ValueError, match="another version"):
        restore(values, as_of, version + 1)
    with pytest.raises(ValueError, match="another version"):
        restore(values[:-1], as_of, version)


def test_one_row_goes_to_every_library() -> None:
    features = RAW.features()
    numbers = list(features.values())
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    frame = features.to_pandas("A-001")
    assert frame.shape == (1, len(features))
    assert list(frame.index) == ["A-001"]
    assert {str(kind) for kind in frame.dtypes} == {"float64"}
    assert list(frame.columns) == list(features)
    assert pandas.Series(numbers).equals(pandas.Series(frame.iloc[0].to_list()))
    assert list(features.to_pandas().index) == [0]
    polars = pytest.importorskip("polars", reason="polars is not installed")
    assert features.to_polars().equals(polars.DataFrame([dict(features)]), null_equal=True)
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    assert features.to_arrow().column_names == list(features)
    assert pandas.DataFrame(features.to_arrow().to_pylist()).equals(features.to_pandas())


def test_many_applicants_make_a_frame_of_floats() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    many = [tables.telecom_raw(document(seed)) for seed in range(5)] + [tables.telecom_raw({})]
    frame = tables.features_frame(many)
    assert frame.shape == (6, len(tables.feature_dictionary()))
    assert {str(kind) for kind in frame.dtypes} == {"float64"}
    assert list(frame.index) == list(range(6))
    assert frame.iloc[5].isna().all()
    ids = [f"A-{place}" for place in range(6)]
    named = tables.features_frame(many, ids=ids)
    assert list(named.index) == ids
    assert named.reset_index(drop=True).equals(frame)
    assert tables.features_frame(dict(zip(ids, many))).equals(named)
    assert tables.features_frame(raw.features() for raw in many).equals(frame)
    stacked = pandas.concat([raw.features().to_pandas() for raw in many], ignore_index=True)
    assert stacked.equals(frame)
    earlier = tables.features_frame(many, as_of="2018-01-15 12:00:00")
    assert earlier.loc[0, "call_cnt_30d"] == many[0].features(MOMENT)["call_cnt_30d"]
    none = tables.features_frame([])
    assert none.shape == (0, frame.shape[1])
    assert {str(kind) for kind in none.dtypes} == {"float64"}
    frame.iloc[0, 0] = -1.0


def test_a_frame_s_arguments_are_checked() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    with pytest.raises(ValueError, match="1 applicants, but 2 ids"):
        tables.features_frame([RAW], ids=["a", "b"])
    with pytest.raises(TypeError, match="ids"):
        tables.features_frame({"a": RAW}, ids=["a"])
    with pytest.raises(TypeError, match="as_of"):
        tables.features_frame([RAW.features()], as_of="2018-01-15")
    with pytest.raises(TypeError, match="applicant 1 must be"):
        tables.features_frame([RAW, 3])  # type: ignore[list-item]
