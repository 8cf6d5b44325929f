"""The rounds, the ratios, and what is said of those who are missing."""

from __future__ import annotations

import pytest

from qiancheng_bench import report
from qiancheng_bench.harness import AbsentError, Contestant, Field, Sample, Track, Work, one_by_one, race
from qiancheng_bench.plan import Length, Plan
from qiancheng_bench.races.outcome import Figure, Outcome, at_least, at_most, cpu, wall


def track(name: str, *seconds: float) -> Track:
    return Track(name, [Sample(second, 2 * second) for second in seconds])


def test_a_ratio_is_the_median_of_the_rounds_ratios() -> None:
    ours, other = track("ours", 1, 2, 30), track("other", 2, 8, 40)
    assert ours.median(wall) == 4
    assert ours.ratio(other, cpu) == 0.5
    assert other.ratio(ours, cpu) == 2


def test_every_contestant_gets_the_same_work_and_the_first_round_does_not_count() -> None:
    done = {"a": 0, "b": 0}

    def in_one_go(units: int) -> None:
        done["a"] += units

    def alone() -> None:
        done["b"] += 1

    tracks = race(Length(rounds=4, units=5), [Contestant("a", in_one_go), Contestant("b", one_by_one(alone))])
    assert [len(track.samples) for track in tracks] == [4, 4]
    assert done == {"a": 25, "b": 25}


def test_a_slow_contestant_does_a_part_and_is_measured_by_the_unit() -> None:
    done: list[int] = []
    race(Length(rounds=1, units=10), [Contestant("slow", done.append, part=4)])
    assert done == [3, 3]


def test_a_missing_contestant_is_named_in_the_results_and_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    def missing() -> Work:
        raise AbsentError("not in this world")

    field = Field(Plan())
    field.enter("somebody", missing)
    assert field.race(Length(1, 1)) == []
    assert field.absent == ["somebody (not in this world)"]
    assert "NOT MEASURED: somebody: not in this world" in capsys.readouterr().err
    outcome = Outcome("Title", "Work.", Figure.MILLISECONDS, [], field.absent, (at_most(0.8, cpu, "somebody"),))
    page = report.chapter([outcome])
    assert "Not measured: somebody (not in this world)." in page
    assert "CPU of qiancheng at most 0.80 of somebody: not measured" in page


def test_an_uninvited_contestant_is_not_prepared() -> None:
    def never() -> Work:
        raise AssertionError("prepared")

    Field(Plan(only="qiancheng")).enter("somebody", never)


def test_everyone_is_sent_home_when_one_fails() -> None:
    closed: list[str] = []

    def fails(units: int) -> None:
        raise ValueError(units)

    field = Field(Plan())
    field.enter("a", lambda: (fails, lambda: closed.append("a")))
    field.enter("b", lambda: (fails, lambda: closed.append("b")))
    with pytest.raises(ValueError, match="1") as raised:
        field.race(Length(1, 1))
    assert "contestant a" in raised.value.__notes__[0]
    assert closed == ["a", "b"]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        (at_most(0.5, cpu, "other"), "**0.50**, met"),
        (at_most(0.4, cpu, "other"), "**0.50**, missed"),
        (at_least(2, wall, "other"), "**2.0**, met"),
        (at_least(3, wall, "other"), "**2.0**, missed"),
        (at_least(3, wall, "nobody"), "not measured"),
    ],
)
def test_a_target_says_whether_it_was_met(target: object, said: str) -> None:
    tracks = {"qiancheng": track("qiancheng", 1, 2), "other": track("other", 2, 4)}
    assert target.verdict(tracks).endswith(said)  # type: ignore[attr-defined]


def test_only_a_whole_run_is_kept() -> None:
    assert Plan.read([], ["calls"]).is_whole
    assert not Plan.read(["--quick"], ["calls"]).is_whole
    assert not Plan.read(["calls"], ["calls"]).is_whole
    assert not Plan.read(["--only", "qiancheng"], ["calls"]).is_whole
    with pytest.raises(SystemExit):
        Plan.read(["nothing"], ["calls"])
