"""What the pictures show, and that they show it without a person's number."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from qiancheng import tables
from qiancheng.plot import _counts

PEERS = ("13911112222", "13911113333", "95588")


def document(calls: list[dict[str, Any]], **more: Any) -> tables.TelecomRaw:
    """Telecom raw data with these calls."""
    record = {"basic": {"update_time": "2026-01-15 10:00:00"}, "calls": calls, **more}
    return tables.telecom_raw(json.dumps({"transactions": [record]}))


def call(
    start: str | None, peer: str = PEERS[0], kind: str | None = "主叫", seconds: int = 60
) -> dict[str, Any]:
    """One call."""
    return {"start_time": start, "other_cell_phone": peer, "init_type": kind, "use_time": seconds}


CALLS = [
    call("2025-12-01 09:10:00"),
    call("2025-12-01 09:50:00", kind="被叫", seconds=180),
    call("2025-12-02 23:30:00", peer=PEERS[1]),
    call("2025-12-09 00:10:00", peer=PEERS[2], kind=None),
    call("2026-01-02 12:00:00"),
    call(None),
]


def test_the_week_counts_beijing_hours_and_tells_of_calls_without_a_time() -> None:
    grid, untimed = _counts.week_by_hour(document(CALLS).calls, "count")
    assert (grid[0][9], grid[1][23], grid[1][0], grid[4][12]) == (2, 1, 1, 1)
    assert (sum(map(sum, grid)), untimed) == (5, 1)
    minutes, _ = _counts.week_by_hour(document(CALLS).calls, "minutes")
    assert minutes[0][9] == 4


def test_contacts_are_sorted_and_split_by_direction() -> None:
    found = _counts.contacts(document(CALLS), "count")
    assert [(one.number, one.out, one.into, one.other) for one in found] == [
        (PEERS[0], 3, 1, 0),
        (PEERS[1], 1, 0, 0),
        (PEERS[2], 0, 0, 1),
    ]


def test_silences_are_runs_of_whole_days_between_calls() -> None:
    days = _counts.daily(document(CALLS).calls)
    assert len(days) == 33
    runs = _counts.silences(days, 3)
    assert [(run.first.isoformat(), run.days) for run in runs] == [("2025-12-03", 6), ("2025-12-10", 23)]
    assert _counts.silences(days, 24) == []


def test_months_are_all_there_and_say_whether_the_data_covers_them() -> None:
    bills = [
        {"bill_cycle": "2025-10-01 00:00:00", "total_amt": "30.5"},
        {"bill_cycle": "2025-12-01", "total_amt": 40},
    ]
    months = _counts.months(document(CALLS, transactions=bills))
    assert [(month.first, month.out, month.into, month.other, month.bill) for month in months] == [
        (datetime.date(2025, 10, 1), 0, 0, 0, 30.5),
        (datetime.date(2025, 11, 1), 0, 0, 0, None),
        (datetime.date(2025, 12, 1), 2, 1, 1, 40.0),
        (datetime.date(2026, 1, 1), 1, 0, 0, None),
    ]
    assert [month.whole for month in months] == [False, False, True, False]


def test_a_report_has_months_and_contacts_too() -> None:
    report = tables.telecom_report(
        {
            "report": {"update_time": "2026-01-15 10:00:00"},
            "cell_behavior": [
                {
                    "phone_num": "13800138000",
                    "behavior": [
                        {
                            "cell_mth": "2026-01",
                            "call_cnt": 3,
                            "call_out_cnt": 1,
                            "call_in_cnt": 2,
                            "total_amount": -1,
                        },
                        {
                            "cell_mth": "2025-12",
                            "call_cnt": 9,
                            "call_out_cnt": 4,
                            "call_in_cnt": 4,
                            "total_amount": 50,
                        },
                    ],
                }
            ],
            "contact_list": [
                {"phone_num": PEERS[0], "call_cnt": 5, "call_out_cnt": 2, "call_in_cnt": 3, "call_len": 7.5}
            ],
        }
    )
    months = _counts.months(report)
    assert [(month.out, month.into, month.other, month.bill, month.whole) for month in months] == [
        (4, 4, 1, 50.0, True),
        (1, 2, 0, None, False),
    ]
    assert [(one.number, one.total) for one in _counts.contacts(report, "count")] == [(PEERS[0], 5)]


EBANK = {
    "ICBC": {
        "bank_name": "工商银行",
        "account_info": {"card_list": [{"card_no": "1234", "card_type": "2"}]},
        "bill_record": [
            {"card_no": "1234", "trade_money": "-10", "trade_time": "2026-01-02 09:00:00", "balance": "90"},
            {"card_no": "1234", "trade_money": "+100", "trade_time": "2026-01-01 09:00:00", "balance": "100"},
        ],
    }
}


class TestDrawn:
    """The pictures themselves."""

    @pytest.fixture(autouse=True)
    def _agg(self) -> Any:
        matplotlib = pytest.importorskip("matplotlib", reason="NOT TESTED: matplotlib is not installed")
        matplotlib.use("Agg")
        from matplotlib import pyplot

        yield
        pyplot.close("all")

    def texts(self, axes: Any) -> list[str]:
        """Every text of a figure, after it has been drawn."""
        from matplotlib.text import Text

        axes.figure.canvas.draw()
        return [text.get_text() for text in axes.figure.findobj(Text)]

    @pytest.mark.parametrize("language", ["zh", "en"])
    @pytest.mark.parametrize("name", ["calls_heatmap", "monthly", "top_contacts", "silences"])
    @pytest.mark.parametrize("calls", [CALLS, []], ids=["calls", "none"])
    def test_every_picture_draws_in_both_languages_also_of_nothing(
        self, name: str, language: str, calls: list[dict[str, Any]]
    ) -> None:
        axes = getattr(document(calls).plot, name)(language=language)
        chinese = any("\u4e00" <= letter <= "\u9fff" for text in self.texts(axes) for letter in text)
        assert chinese == (language == "zh")

    def test_numbers_are_masked_unless_revealed(self) -> None:
        masked = self.texts(document(CALLS).plot.top_contacts())
        assert "139****2222" in masked
        assert PEERS[0] not in masked
        assert PEERS[0] in self.texts(document(CALLS).plot.top_contacts(reveal=True))

    def test_balances_are_a_line_for_each_card_in_the_order_of_time(self) -> None:
        axes = tables.ebank_raw(EBANK).plot.balance(language="en")
        (line,) = [line for line in axes.lines if not line.get_label().startswith("_")]
        assert list(line.get_ydata()) == [100.0, 90.0]
        assert line.get_label() == "工商银行 debit ****"
        revealed = tables.ebank_raw(EBANK).plot.balance(reveal=True, language="zh")
        assert revealed.lines[0].get_label() == "工商银行 借记卡 1234"

    def test_masked_cards_can_be_told_apart(self) -> None:
        cards = [("1234", "2"), ("5678", "2"), ("9012", "1"), ("3456", None)]
        bank = {
            "bank_name": "工商银行",
            "account_info": {"card_list": [{"card_no": number, "card_type": kind} for number, kind in cards]},
            "bill_record": [
                {"card_no": number, "trade_money": "1", "trade_time": "2026-01-01 09:00:00", "balance": "1"}
                for number, _ in cards
            ],
        }
        axes = tables.ebank_raw({"ICBC": bank}).plot.balance(language="en")
        labels = [line.get_label() for line in axes.lines if not line.get_label().startswith("_")]
        assert labels == [
            "工商银行 debit ****",
            "工商银行 ****",
            "工商银行 debit **** (2)",
            "工商银行 credit ****",
        ]

    def test_the_caller_may_bring_the_axes(self) -> None:
        from matplotlib import pyplot

        mine = pyplot.subplots()[1]
        assert document(CALLS).plot.monthly(axes=mine) is mine

    def test_what_cannot_be_drawn_is_said(self) -> None:
        with pytest.raises(ValueError, match="by must be"):
            document(CALLS).plot.calls_heatmap(by="hours")  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="language must be"):
            document(CALLS).plot.monthly(language="fr")  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="at_least"):
            document(CALLS).plot.silences(at_least=0)
