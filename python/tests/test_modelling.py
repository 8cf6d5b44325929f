"""toad, scorecardpy and optbinning take the features as they are: a frame of floats with NaN, a row per applicant.

Which versions go with which pandas, as tried with the requirements in ``modelling/``:

===========  ===========  ========  ========
library      version      pandas 2  pandas 3
===========  ===========  ========  ========
toad         0.1.7        yes       yes
optbinning   1.0.0        yes       yes
scorecardpy  0.1.9.7      yes       no
===========  ===========  ========  ========

scorecardpy asks ``pandas.to_numeric`` for ``errors="ignore"``, which pandas 3 has no more. A library that is not installed
has its tests skipped, with the file that brings it.
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Any

import pytest
from telecom_documents import record

from qiancheng import tables

pandas = pytest.importorskip("pandas", reason="pandas is not installed: see python/tests/modelling")

if TYPE_CHECKING:
    from pandas import DataFrame

APPLICANTS = 240
COLUMNS = ["call_cnt_30d", "call_seconds_90d", "night_call_ratio_180d", "peer_cnt_180d", "bill_mean_6m"]


def library(name: str) -> Any:
    """A library, or a skipped test that says what to install."""
    return pytest.importorskip(
        name, reason=f"{name} is NOT TESTED: pip install -r python/tests/modelling/pandas-2.in"
    )


@pytest.fixture(scope="module")
def applicants() -> DataFrame:
    """Applicants with their features, of whom the good ones call more; every tenth has no call data."""
    dice = random.Random(7)
    rows: dict[str, tables.Features] = {}
    bad = []
    for place in range(APPLICANTS):
        risk = dice.random()
        one = record(place, calls=int(20 + 60 * (1 - risk) * dice.random()))
        if place % 10 == 0:
            del one["calls"]
        rows[f"A-{place:03}"] = tables.telecom_raw({"transactions": [one]}).features()
        bad.append(int(dice.random() < 0.15 + 0.7 * risk))
    frame = tables.features_frame(rows)
    frame.insert(0, "bad", bad)
    return frame


def test_the_frame_is_what_models_want(applicants: DataFrame) -> None:
    features = applicants.drop(columns="bad")
    assert {str(kind) for kind in features.dtypes} == {"float64"}
    assert not features.isin([math.inf, -math.inf]).any(axis=None)
    assert features["call_cnt_30d"].isna().sum() == APPLICANTS // 10
    assert features["call_cnt_30d"].nunique() > 10


def test_toad_bins_and_weighs_the_features(applicants: DataFrame) -> None:
    toad = library("toad")
    library("toad.transform")
    frame = applicants[["bad", *COLUMNS]]
    quality = toad.quality(frame, target="bad")
    assert set(quality.index) == set(COLUMNS)
    combiner = toad.transform.Combiner()
    combiner.fit(frame, y="bad", method="chi", min_samples=0.1, empty_separate=True)
    binned = combiner.transform(frame)
    # What is missing has a bin of its own.
    missing = frame["call_cnt_30d"].isna()
    assert set(binned.loc[missing, "call_cnt_30d"]).isdisjoint(binned.loc[~missing, "call_cnt_30d"])
    weighed = toad.transform.WOETransformer().fit_transform(binned, frame["bad"], exclude=["bad"])
    assert weighed.shape == frame.shape
    assert weighed[COLUMNS].notna().all(axis=None)


def test_scorecardpy_bins_and_weighs_the_features(applicants: DataFrame) -> None:
    if pandas.__version__.startswith("3."):
        pytest.skip(
            "scorecardpy is NOT TESTED: it does not run on pandas 3; see python/tests/modelling/pandas-2.in"
        )
    scorecardpy = library("scorecardpy")
    frame = applicants[["bad", *COLUMNS]].reset_index(drop=True)
    bins = scorecardpy.woebin(frame, y="bad", no_cores=1)
    assert set(bins) == set(COLUMNS)
    assert "missing" in set(bins["call_cnt_30d"]["bin"])
    weighed = scorecardpy.woebin_ply(frame, bins)
    assert len(weighed) == len(frame)
    assert weighed.notna().all(axis=None)


def test_optbinning_makes_a_scorecard_of_the_features(applicants: DataFrame) -> None:
    optbinning = library("optbinning")
    linear_model = library("sklearn.linear_model")
    features, bad = applicants[COLUMNS], applicants["bad"].to_numpy()
    one = optbinning.OptimalBinning(name="peer_cnt_180d", dtype="numerical").fit(
        features["peer_cnt_180d"], bad
    )
    assert one.status == "OPTIMAL"
    assert one.binning_table.build()["Count"].iloc[-1] == APPLICANTS
    scorecard = optbinning.Scorecard(
        binning_process=optbinning.BinningProcess(COLUMNS),
        estimator=linear_model.LogisticRegression(),
        scaling_method="min_max",
        scaling_method_params={"min": 300, "max": 850},
    )
    scorecard.fit(features, bad, metric_missing="empirical")
    scores = scorecard.score(features)
    assert len(scores) == APPLICANTS
    assert 299 < min(scores) < max(scores) < 851
    assert sum(scores[bad == 0]) / sum(bad == 0) > sum(scores[bad == 1]) / sum(bad == 1)
